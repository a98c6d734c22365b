//! Where the text of a page does not go on with that of the page before: a leaf is missing between them, or stands elsewhere.
//!
//! Either the page before ends with a sentence, and the next begins with a small letter; or it breaks off within one, and the next
//! begins with a word that has a small letter everywhere but at the beginning of sentences: `serving either the | The
//! bourgeoisie has`. Three of ten lost leaves leave such a seam, and hardly a whole book has one.

use super::super::line::{Line, goes_on};
use super::super::model::Percent;
use super::leaves::PLATE;
use super::{Document, Role};
use std::collections::BTreeMap;

/// How many letters the last word of a sentence has at least, to be no abbreviation.
const LEAST_LAST: usize = 4;
/// How often a word has a small letter at least, and how many times as often as a capital.
const LEAST_SMALL: usize = 4;
const SMALL_FOR_LARGE: usize = 2;
/// How many characters a line has at least that breaks off.
const LEAST_BROKEN: usize = 30;

/// How sure the number of a page is at least that the page itself bears, and how sure one is that a seam puts in doubt.
const BORNE: Percent = 99;
const DOUBTED: Percent = 75;
const WHY: &str = "the text of a page near it does not go on: a leaf may be missing or stand elsewhere";
/// In how many pages two seams show that leaves were exchanged.
const EXCHANGED: usize = 3;

/// Doubts the numbers of pages that are counted on over a seam, and of those between two seams near one another. Heads and notes
/// are known by then.
pub(super) fn doubt(lines: &[Line<'_>], document: &mut Document) {
    let torn = torn(lines, document);
    let borne: Vec<bool> =
        document.pages.iter().map(|page| page.number.is_some_and(|(_, sure)| sure >= BORNE)).collect();
    let first = borne.iter().position(|borne| *borne);
    let last = borne.iter().rposition(|borne| *borne);
    let (Some(first), Some(last)) = (first, last) else { return };
    let mut doubted = vec![false; torn.len()];
    let before = (1..=first).rev().find(|page| torn[*page]).unwrap_or(0);
    doubted[..before].fill(true);
    let behind = (last + 1..torn.len()).find(|page| torn[*page]).unwrap_or(torn.len());
    doubted[behind..].fill(true);
    for page in (0..torn.len()).filter(|page| torn[*page]) {
        let near = (page + 1..(page + EXCHANGED).min(torn.len())).rev().find(|next| torn[*next]);
        doubted[page..near.unwrap_or(page)].fill(true);
    }
    let pages = document.pages.iter_mut().zip(doubted).zip(borne);
    for ((page, _), _) in pages.filter(|((_, doubted), borne)| *doubted && !borne) {
        if let Some((_, sure)) = page.number.as_mut().filter(|(_, sure)| *sure > DOUBTED) {
            (*sure, page.reason) = (DOUBTED, WHY);
        }
    }
}

/// Of each page, whether it does not go on with the text of the page before.
fn torn(lines: &[Line<'_>], document: &Document) -> Vec<bool> {
    let firsts: Vec<Option<usize>> =
        (0..document.pages.len()).map(|page| first(lines, document, page)).collect();
    let large = firsts.iter().flatten().filter_map(|at| large_word(lines[*at].trimmed()));
    let mut words: BTreeMap<String, (usize, usize)> =
        large.map(|word| (word.to_lowercase(), (0, 0))).collect();
    for word in lines.iter().flat_map(|line| line.text.split(|c: char| !c.is_alphabetic())) {
        let small = word.starts_with(char::is_lowercase);
        let known = if small { words.get_mut(word) } else { words.get_mut(&word.to_lowercase()) };
        let Some((smalls, larges)) = known else { continue };
        *if small { smalls } else { larges } += 1;
    }
    let begins_sentence = |text: &str| {
        let met = large_word(text).and_then(|word| words.get(&word.to_lowercase()));
        met.is_some_and(|(small, large)| *small >= LEAST_SMALL.max(large * SMALL_FOR_LARGE))
    };
    let seam = |page: usize| {
        let before = firsts[page - 1].and_then(|_| last(lines, document, page - 1));
        let (Some(last), Some(first)) = (before, firsts[page]) else { return false };
        let (above, below) = (lines[last].trimmed(), lines[first].trimmed());
        let broken = goes_on(above) && !above.ends_with('-') && above.chars().count() >= LEAST_BROKEN;
        let is_text = above.starts_with(char::is_alphabetic);
        is_text
            && (ends_sentence(above) && below.starts_with(char::is_lowercase)
                || broken && begins_sentence(below))
    };
    (0..document.pages.len()).map(|page| page > 0 && seam(page)).collect()
}

/// The first line of a page below its head, when it is text; `None` where the page has little.
fn first(lines: &[Line<'_>], document: &Document, page: usize) -> Option<usize> {
    let body = document.pages[page].body();
    let size: usize = body.clone().map(|at| lines[at].trimmed().len()).sum();
    let edge = |at: &usize| matches!(document.roles[*at], Role::Furniture(..) | Role::PageSign);
    let first = body.clone().find(|at| !edge(at))?;
    (document.roles[first] == Role::Text && size > PLATE).then_some(first)
}

/// The last line of a page above its notes and its foot, when it is text.
fn last(lines: &[Line<'_>], document: &Document, page: usize) -> Option<usize> {
    let below = |at: &usize| {
        let note = matches!(document.roles[*at], Role::Note(..) | Role::NoteText | Role::FootRule);
        note || matches!(document.roles[*at], Role::Furniture(..)) || lines[*at].trimmed().starts_with("*[")
    };
    let last = document.pages[page].body().rev().find(|at| !below(at))?;
    (document.roles[last] == Role::Text).then_some(last)
}

/// The first word of a text, when it begins with a capital and goes on in small letters.
fn large_word(text: &str) -> Option<&str> {
    let word = text.split(|c: char| !c.is_alphabetic()).next()?;
    let mut letters = word.chars();
    let large = letters.next().is_some_and(char::is_uppercase);
    (large && letters.next().is_some_and(char::is_lowercase) && letters.all(char::is_lowercase))
        .then_some(word)
}

/// Whether a text ends with a sentence, and not with a short word that a stop shortens.
fn ends_sentence(text: &str) -> bool {
    let Some(before) = text.strip_suffix('.') else { return false };
    before.chars().rev().take_while(|c| c.is_lowercase()).count() >= LEAST_LAST
}

#[cfg(test)]
mod tests {
    use super::super::PhysicalPage;
    use super::*;

    #[test]
    fn a_sentence_that_nothing_ends_shows_a_seam() {
        let text = "the mill stood still, and the water was low, as the old man had said of the\n\
                    ferry that went over the river when the year was dry, and not by the miller of the\n\
                    The bourgeoisie of the town, and the guild, had nothing to do there in the summer.\n\
                    the ferryman went home, and the children of the upper town came down to the shore,\n\
                    Danube and Rhine flow into the sea, and the boats come and go, as far as the eye\n";
        let long: String = text.lines().map(|line| format!("{line}\n").repeat(3)).collect();
        let lines = super::super::super::line::lines(&long);
        let roles = vec![Role::Text; lines.len()];
        let pages = (0..5).map(|n| PhysicalPage::of(n * 3..(n + 1) * 3, n as i64)).collect();
        let document = Document { roles, pages, ..Document::default() };
        assert_eq!(torn(&lines, &document), [false, false, true, true, false]);
    }
}
