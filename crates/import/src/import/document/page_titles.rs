//! Titles that nothing but their place tells: in the middle of their line above running text, with white space around them; or at
//! the head of a page that begins with no part of a sentence, in a line far narrower than the one below.
//!
//! A line counts as centred when the room on its left differs from that on its right by a few characters, held against the
//! width of lines that go on in the next.

use super::super::dialect::Dialect;
use super::super::furniture::is_capital;
use super::super::line::{Line, goes_on, normal};
use super::super::part_name::{is_numeral, is_title_case, names_part};
use super::super::speaker::speaker;
use super::edge_lines::{ends, has_words};
use super::note_marks::label;
use super::sentences::{starts_small, stops};
use super::{Document, PhysicalPage, Role};
use std::collections::BTreeMap;

/// How much room a centred line has on its left at least, and by how many characters that on its right may differ.
const LEAST_ROOM: usize = 8;
const OFF: usize = 4;
/// How many characters a line of running text has at least.
const LEAST_RUNNING: usize = 36;
/// How often the same words stand alone at least that name who speaks.
const SPEAKERS: usize = 3;
/// From how many blank lines above it on a title is that of a text.
const TEXT_SPACE: usize = 3;
/// How many blank lines stand above the title of a section at least.
const SECTION_SPACE: usize = 2;
/// How many characters a title at the head of a page has at most, and how many lines of text its page has at least.
const LONGEST: usize = 48;
const LEAST_LINES: usize = 8;
/// How many lines a title has at most, with those that say whose it is.
const MOST_LINES: usize = 4;

/// Gives such lines their roles: at the head of a page they begin a text, within one a section.
pub(super) fn titles(lines: &[Line<'_>], document: &mut Document, dialect: Dialect) {
    if !document.set_lines {
        return;
    }
    let width = width(lines, document);
    let is_centred = |at: usize| {
        let margin = document.margins.get(at).copied().unwrap_or(0);
        let left = lines[at].indent().saturating_sub(margin);
        let right = width.saturating_sub(left + lines[at].trimmed().chars().count());
        left >= LEAST_ROOM && left.abs_diff(right) <= OFF
    };
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    let all = (0..lines.len()).filter(|at| document.roles[*at] == Role::Text);
    let short = all.filter(|at| lines[*at].trimmed().chars().count() <= LONGEST);
    short.for_each(|at| *times.entry(normal(lines[at].trimmed())).or_default() += 1);
    let mut found: Vec<(usize, u8)> = Vec::new();
    for page in &document.pages {
        let text: Vec<usize> = page.body().filter(|at| document.roles[*at] == Role::Text).collect();
        for (n, at) in text.iter().copied().enumerate() {
            let words = lines[at].trimmed();
            let run = text[n..].iter().take(MOST_LINES + 1).take_while(|at| is_centred(**at)).count();
            let below = text.get(n + run).copied();
            let first = n == 0 || !is_centred(text[n - 1]);
            let stands = (n == 0 || lines[at].blanks > 0)
                && (1..=MOST_LINES).contains(&run)
                && below.is_some_and(|below| {
                    lines[below].blanks > 0 && lines[below].trimmed().chars().count() >= LEAST_RUNNING
                });
            // capitals within a page are left to the rules of headings
            let capital = is_capital(words) && n == 0 && !words.ends_with([',', ';', ':', '-', '—']);
            let is_title = (capital || is_title_case(words) && !is_capital(words))
                && !names_part(words)
                && !is_numeral(words);
            let speaks = times.get(&normal(words)).is_some_and(|times| *times >= SPEAKERS);
            if first && stands && is_title && !speaks {
                let begins = n == 0 || lines[at].blanks >= TEXT_SPACE;
                found.push((at, if begins && !document.titled { 1 } else { 2 }));
            }
        }
    }
    found.extend(openings(lines, document, width, &times));
    let openings_are_bare = openings_are_bare(lines, document);
    for (at, depth) in found {
        let below_head =
            openings_are_bare && page_of(document, at).is_some_and(|page| is_headed(lines, document, page));
        let depth = if below_head || is_of_section(lines, document, dialect, at) { 2 } else { depth };
        document.roles[at] = Role::Title(depth, 85, "it stands apart as titles do, and is written as one");
        let more = (at + 1..lines.len()).take_while(|next| lines[*next].blanks == 0 && !lines[*next].feed);
        let is_title =
            |next: &usize| document.roles[*next] == Role::Text && lines[*next].indent() >= LEAST_ROOM;
        let more: Vec<usize> = more.take_while(is_title).collect();
        more.into_iter().for_each(|next| document.roles[next] = Role::TitleText);
    }
}

/// The page on which a line stands.
fn page_of(document: &Document, at: usize) -> Option<&PhysicalPage> {
    document.page_at.range(..=at).next_back().map(|(_, page)| &document.pages[*page])
}

/// Whether a page has a running head.
fn is_headed(lines: &[Line<'_>], document: &Document, page: &PhysicalPage) -> bool {
    let is_head =
        |at: usize| matches!(document.roles[at], Role::Furniture(..)) && has_words(lines[at].trimmed());
    page.body().take(MOST_HEADS).any(is_head)
}

/// Whether printers left out the running head where a text begins: most pages have one, and several of text have none.
fn openings_are_bare(lines: &[Line<'_>], document: &Document) -> bool {
    let texts = document.pages.iter().filter(|page| page.body().len() >= LEAST_LINES);
    let (headed, bare): (Vec<_>, Vec<_>) = texts.partition(|page| is_headed(lines, document, page));
    bare.len() >= LEAST_BARE && headed.len() > bare.len()
}

/// How many pages of text without a running head show that texts begin so, and how many lines a head has at most.
const LEAST_BARE: usize = 2;
const MOST_HEADS: usize = 2;

/// Whether white space tells that a title at the head of a page is that of a section: behind the sign of a page it is what it is
/// elsewhere, and one blank line parts the sign itself from the text.
fn is_of_section(lines: &[Line<'_>], document: &Document, dialect: Dialect, at: usize) -> bool {
    let sign = page_of(document, at)
        .filter(|page| page.signed && page.lines.start + 1 == at)
        .map(|page| page.lines.start);
    let space = sign.map(|sign| lines[at].blanks + lines[sign].blanks.saturating_sub(1));
    match dialect {
        // they leave two blank lines above a section, and four above a text
        Dialect::Proofreaders => space.is_some_and(|space| (SECTION_SPACE..=TEXT_SPACE).contains(&space)),
        Dialect::Plain | Dialect::Distributor => space == Some(SECTION_SPACE),
        _ => false,
    }
}

/// The titles at the heads of pages in narrow lines: the page before ends with a sentence, no stop ends the line, and the next
/// one is wide and begins anew.
fn openings(
    lines: &[Line<'_>],
    document: &Document,
    width: usize,
    times: &BTreeMap<String, usize>,
) -> Vec<(usize, u8)> {
    let mut found = Vec::new();
    let mut above: Option<usize> = None;
    for page in &document.pages {
        let text: Vec<usize> = page.body().filter(|at| document.roles[*at] == Role::Text).collect();
        let ended = above.is_none_or(|above| stops(lines[above].trimmed()));
        // a title page ends with no sentence
        above = text.last().copied().filter(|_| text.len() >= LEAST_LINES);
        let [first, second, ..] = text[..] else { continue };
        let (title, below) = (lines[first].trimmed(), lines[second].trimmed());
        let count = |text: &str| text.chars().count();
        let narrow = count(title) <= LONGEST && count(title) * 4 <= width * 3;
        let wide = count(below) * 4 >= width * 3 && !starts_small(below);
        let is_title = (is_title_case(title) || is_capital(title)) && !ends(title) && !title.ends_with('.');
        let named =
            names_part(title) || is_numeral(title) || speaker(title).is_some() || label(title).is_some();
        let once = times.get(&normal(title)).is_none_or(|times| *times < SPEAKERS);
        if ended && narrow && wide && is_title && !named && once && text.len() >= LEAST_LINES {
            found.push((first, if document.titled { 2 } else { 1 }));
        }
    }
    found
}

/// How wide the lines are that go on in the next: three of four do not exceed it.
fn width(lines: &[Line<'_>], document: &Document) -> usize {
    let is_full = |at: &usize| document.roles[*at] == Role::Text && goes_on(lines[*at].trimmed());
    let mut widths: Vec<usize> =
        (0..lines.len()).filter(is_full).map(|at| lines[at].trimmed().chars().count()).collect();
    widths.sort_unstable();
    widths.get(widths.len() * 3 / 4).copied().unwrap_or(0)
}
