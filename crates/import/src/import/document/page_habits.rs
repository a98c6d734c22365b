//! What the pages have at the same place, whatever it says: a head, a rule under it, a catchword, a signature.
//!
//! Nothing of it is known from one page. A head is learnt from the pages that begin in mid-sentence, on which no title can
//! stand: where nearly all of these have a line apart above their text, the place is that of the running head, and a line
//! that stands there is one although it says what no other does (the headlines of old books, or words that a scan misread).

use super::super::line::{Line, goes_on};
use super::candidate::{LONGEST, is_head};
use super::edge_lines::{MOST, has_words, is_like_head, is_rule, without_number, words_of};
use super::{Document, Role};
use std::collections::BTreeMap;

/// How many pages that begin in mid-sentence must show what stands above their text.
const LEAST_CUT: usize = 4;
/// On how many pages the same stands at least for it to be a habit.
const LEAST_TIMES: usize = 3;
/// How many lines of running text, or characters, a page has at least of which the last tells whether it breaks off.
const LEAST_LINES: usize = 8;
const LEAST_TEXT: usize = 400;
/// How many characters a line of running text has at least.
const LEAST_RUNNING: usize = 36;
/// How many leaves of pictures stand side by side at most.
const MOST_LEAVES: usize = 3;
/// How many lines a head has at most.
const MOST_HEADS: usize = 2;

/// How the pages are headed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct HeadHabit {
    /// How many lines of words a head has; none where not all pages have one.
    pub lines: usize,
    /// Whether many say what no other does.
    pub differ: bool,
    /// How many bytes of text the middle one of the pages holds.
    usual: usize,
}

impl HeadHabit {
    /// Learns it from the pages that begin in mid-sentence.
    pub(super) fn learn(lines: &[Line<'_>], document: &Document) -> HeadHabit {
        let cut = (1..document.pages.len()).filter(|page| is_cut_before(lines, document, *page));
        let heads: Vec<Vec<String>> = cut.map(|page| heads_of(lines, document, page)).collect();
        let with = |n: usize| heads.iter().filter(|head| head.len() >= n).count();
        let all = |n: usize| with(n) >= LEAST_CUT && with(n) * 5 >= heads.len() * 4;
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        heads.iter().filter_map(|head| head.first()).for_each(|words| *times.entry(words).or_default() += 1);
        let once = times.values().filter(|times| **times == 1).count();
        HeadHabit {
            lines: (1..=MOST_HEADS).take_while(|n| all(*n)).count(),
            differ: once >= LEAST_TIMES && once * 4 >= with(1),
            usual: middle(lines, document),
        }
    }

    /// Whether the page of text before a page is about as full as others, so that nothing need begin behind it.
    pub(super) fn is_full_before(&self, lines: &[Line<'_>], document: &Document, page: usize) -> bool {
        let before = page_of_text(lines, document, page);
        before.is_some_and(|page| length(lines, document.pages[page].body()) * 5 >= self.usual * 3)
    }
}

/// The words of the lines at the head of a page that stand apart as heads do.
fn heads_of(lines: &[Line<'_>], document: &Document, page: usize) -> Vec<String> {
    let words = document.pages[page].body().take(MOST).filter(|at| has_words(lines[*at].trimmed()));
    words
        .take_while(|at| is_like_head(lines, document, *at))
        .map(|at| words_of(lines[at].trimmed()))
        .collect()
}

/// Whether a line of running text breaks off at the end of the page before, so that no title begins the page.
pub(super) fn is_cut_before(lines: &[Line<'_>], document: &Document, page: usize) -> bool {
    let Some(before) = page_of_text(lines, document, page) else { return false };
    let mut text = document.pages[before].body().filter(|at| document.roles[*at] == Role::Text);
    let last = text.next_back().map_or("", |at| lines[at].trimmed());
    goes_on(last) && last.chars().count() >= LEAST_RUNNING
}

/// The last page of running text before a page: the leaf of a picture may stand between, and bears no number. The last page
/// of a text may be short.
fn page_of_text(lines: &[Line<'_>], document: &Document, page: usize) -> Option<usize> {
    let has_text = |page: usize| document.pages[page].body().any(|at| document.roles[at] == Role::Text);
    let counts = |page: usize| document.pages[page].number.is_some() && has_text(page);
    let mut before = (page.saturating_sub(MOST_LEAVES)..page).rev();
    before.find(|before| is_of_text(lines, document, *before) || counts(*before))
}

/// Whether a page holds running text, and not a picture or a title alone.
pub(super) fn is_of_text(lines: &[Line<'_>], document: &Document, page: usize) -> bool {
    let text = || document.pages[page].body().filter(|at| document.roles[*at] == Role::Text);
    if document.set_lines { text().count() >= LEAST_LINES } else { length(lines, text()) >= LEAST_TEXT }
}

/// How many bytes of text the middle one of the pages holds.
fn middle(lines: &[Line<'_>], document: &Document) -> usize {
    let mut all: Vec<usize> = document.pages.iter().map(|page| length(lines, page.body())).collect();
    all.sort_unstable();
    all.get(all.len() / 2).copied().unwrap_or(0)
}

/// How many bytes of text some lines hold.
fn length(lines: &[Line<'_>], range: impl Iterator<Item = usize>) -> usize {
    range.map(|at| lines[at].trimmed().len()).sum()
}

/// The rules under running heads, which are not those above notes: on several pages the first lines are a head, and a rule.
pub(super) fn rules_under_heads(lines: &[Line<'_>], document: &mut Document) {
    let under = |document: &Document, page: usize| -> Option<usize> {
        let body = document.pages[page].body();
        let at = body.clone().take(MOST).find(|at| is_rule(lines[*at].trimmed()))?;
        let short =
            |at: usize| lines[at].trimmed().len() <= LONGEST && is_head(without_number(lines[at].trimmed()));
        (at > body.start && at + 1 < body.end && (body.start..at).all(short)).then_some(at)
    };
    let found: Vec<usize> = (0..document.pages.len()).filter_map(|page| under(document, page)).collect();
    if found.len() < LEAST_TIMES || found.len() * 3 < document.pages.len() {
        return;
    }
    for at in found {
        document.roles[at] = Role::Furniture(96, "a rule under the running head, as on other pages");
    }
}

/// What stands under the text of a page, and is no part of it: signatures, then catchwords.
pub(super) fn feet(lines: &[Line<'_>], document: &mut Document) {
    signatures(lines, document);
    catchwords(lines, document);
}

/// The last line of a page that is no furniture.
fn last_line(document: &Document, page: usize) -> Option<usize> {
    let body = document.pages[page].body();
    let at = body.clone().rev().find(|at| !matches!(document.roles[*at], Role::Furniture(..)))?;
    (document.roles[at] == Role::Text && at > body.start).then_some(at)
}

/// Signatures: letters at the foot of the first pages of each sheet, in the order of the alphabet. The sheets of a book
/// have as many pages each, so that two letters stand as many pages apart as they tell.
fn signatures(lines: &[Line<'_>], document: &mut Document) {
    let signed = |page: usize| {
        let at = last_line(document, page)?;
        signature(lines[at].trimmed()).map(|(sheet, leaf)| (page, at, sheet, leaf))
    };
    let found: Vec<(usize, usize, usize, usize)> = (0..document.pages.len()).filter_map(signed).collect();
    signatures_in_place(lines, document);
    let firsts: Vec<(usize, usize)> = found.iter().filter(|f| f.3 == 1).map(|f| (f.0, f.2)).collect();
    let sheet = |pair: &[(usize, usize)]| {
        let letters = pair[1].1.checked_sub(pair[0].1).filter(|letters| *letters > 0)?;
        let pages = pair[1].0 - pair[0].0;
        Some((pages + letters / 2) / letters).filter(|size| SHEET.contains(size))
    };
    let mut sizes: Vec<usize> = firsts.windows(2).filter_map(sheet).collect();
    sizes.sort_unstable();
    let size = sizes.get(sizes.len() / 2).copied().unwrap_or(0);
    let like = sizes.iter().filter(|other| other.abs_diff(size) <= 2).count();
    // the second leaf of a sheet follows its first
    let leaves =
        found.windows(2).filter(|w| w[1].2 == w[0].2 && w[1].3 == w[0].3 + 1 && w[1].0 - w[0].0 <= 2);
    if like.max(leaves.count()) * 2 < firsts.len().saturating_sub(1).max(1) {
        return;
    }
    for (_, at, _, _) in found {
        document.roles[at] = Role::Furniture(94, "a signature: its letter counts the sheets of the book");
    }
}

/// Signatures that their page tells, so that one alone is known: `C` or `3` on page 17 or 33, with which a sheet of sixteen begins.
fn signatures_in_place(lines: &[Line<'_>], document: &mut Document) {
    for page in 0..document.pages.len() {
        let number = document.pages[page].shown.filter(|number| !number.roman);
        let (Some(number), Some(at)) = (number, last_line(document, page)) else { continue };
        let text = lines[at].trimmed();
        let letter =
            signature(text).filter(|(_, leaf)| *leaf == 1).and_then(|(sheet, _)| sheet.checked_sub(1));
        let figure = text.parse::<usize>().ok().and_then(|sheet| sheet.checked_sub(1));
        let begins = |sheet: usize| SIZES.iter().any(|size| sheet * size + 1 == number.value as usize);
        let in_place = letter.is_some_and(begins) || figure.is_some_and(|sheet| sheet > 0 && begins(sheet));
        if in_place && lines[at].blanks > 0 {
            document.roles[at] =
                Role::Furniture(95, "a signature: the sheet that it counts begins with this page");
        }
    }
}

/// How many pages the sheets of books have.
const SIZES: [usize; 5] = [8, 12, 16, 24, 32];
/// How many pages a sheet has, plates among them.
const SHEET: std::ops::RangeInclusive<usize> = 4..=40;
/// The letters that count sheets: printers leave out those that Latin did not know.
const SHEETS: &str = "ABCDEFGHIKLMNOPQRSTUXYZ";

/// The sheet and the leaf that a signature tells: `B`, `B 2`, `C*`.
fn signature(text: &str) -> Option<(usize, usize)> {
    let bare = text.trim_matches(['*', '.', ' ']);
    let mut chars = bare.chars();
    let sheet = SHEETS.find(chars.next()?)?;
    let leaf = chars.as_str().trim_start_matches(['.', ' ']);
    match leaf {
        "" => Some((sheet, if text.ends_with('*') { 2 } else { 1 })),
        leaf if leaf.len() == 1 => leaf.parse().ok().map(|leaf| (sheet, leaf)),
        _ => None,
    }
}

/// How many figures a catchword has at least that is a number, which is none of a page then.
const LEAST_FIGURES: usize = 4;

/// Catchwords: the first word of the next page, alone under the text, on a third of the pages.
fn catchwords(lines: &[Line<'_>], document: &mut Document) {
    let caught = |page: usize| {
        let at = last_line(document, page)?;
        let word = lines[at].trimmed();
        let bare = word.trim_end_matches(['-', '.', ',', ';', ':']);
        let next = document.pages.get(page + 1)?.body().take(MOST);
        // with its stop a number is that of an item
        let is_number = bare.bytes().all(|b| b.is_ascii_digit());
        let caught = if is_number { word } else { bare };
        let begins = |i: usize| lines[i].trimmed().trim_start_matches(['#', '*', ' ']).starts_with(caught);
        let figures = is_number && (bare.len() >= LEAST_FIGURES || word.ends_with('.'));
        let alone = !word.contains(' ') && (figures || bare.chars().any(char::is_alphabetic));
        (alone && next.into_iter().any(begins)).then_some(at)
    };
    let mut found: Vec<usize> = (0..document.pages.len()).filter_map(caught).collect();
    if found.len() < LEAST_TIMES || found.len() * 3 < document.pages.len() {
        // a word alone below the white under a sentence that breaks off, with which the next page goes on, is one by itself
        let is_told = |at: &usize| {
            let above = lines[at - 1].trimmed();
            lines[*at].blanks > 0 && goes_on(above) && above.chars().count() >= LEAST_RUNNING
        };
        found.retain(is_told);
    }
    for at in found {
        document.roles[at] = Role::Furniture(96, "a catchword: the next page begins with it");
    }
}

#[cfg(test)]
mod tests {
    use super::signature;

    #[test]
    fn signatures_tell_sheet_and_leaf() {
        assert_eq!(
            (signature("B"), signature("C 2"), signature("K*")),
            (Some((1, 1)), Some((2, 2)), Some((9, 2)))
        );
        assert_eq!((signature("W"), signature("B 12"), signature("Bread")), (None, None, None));
    }
}
