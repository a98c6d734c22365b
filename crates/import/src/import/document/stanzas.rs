//! Verse in text whose lines are as they were set.
//!
//! A line of verse begins with a capital though there was room for it above, where no sentence ended. A few short speeches in a
//! row do the same but for that: each of them ends its sentence.

use super::super::closers::QUOTATION;
use super::super::line::Line;
use super::super::verse::are_verse;
use super::sentences::{starts_small, stops};
use super::{Document, Role};
use std::ops::Range;

/// How many lines a stanza has at least that stands in as far as no first line does alone.
const LEAST: usize = 2;
/// In one of how many lines of verse at least no sentence ends.
const OPEN: usize = 3;
/// How far a line stands in at least that stands in, in characters.
const INNER: usize = 2;

/// The stanzas of a document, by their lines; `room` tells whether the first word of the next line would have had room in one,
/// `speaks` whether a line begins a speech of a play.
pub(super) fn stanzas(
    lines: &[Line<'_>],
    document: &Document,
    indent: Option<usize>,
    room: &dyn Fn(usize) -> bool,
    speaks: &dyn Fn(usize) -> bool,
) -> Vec<Range<usize>> {
    let text = |at: usize| document.roles.get(at) == Some(&Role::Text);
    let inner = |at: usize| lines[at].indent().saturating_sub(document.margins[at]);
    let goes_on = |at: usize| {
        let (above, here) = (&lines[at - 1], &lines[at]);
        text(at)
            && begins(here.trimmed())
            && here.blanks == 0
            && !here.feed
            && inner(at) == inner(at - 1)
            && room(at - 1)
            && !above.trimmed().ends_with('-')
            && !speaks(at)
            && !speaks(at - 1)
    };
    let mut found = Vec::new();
    let mut from = 0;
    while from < lines.len() {
        let more = || (from + 1..lines.len()).take_while(|at| goes_on(*at)).count();
        let mut end = from + 1;
        if text(from) && begins(lines[from].trimmed()) {
            end += more();
        }
        // the last one may be the first of a paragraph
        let read_on = text(end) && lines[end].blanks == 0 && starts_small(lines[end].trimmed());
        end -= usize::from(read_on && end - from > 1);
        let open = (from..end - 1).filter(|at| !stops(lines[*at].trimmed())).count();
        let first = indent.is_some_and(|indent| inner(from).abs_diff(indent) <= 1);
        let whole = inner(from) >= INNER && !first || are_verse(&lines[from..end]);
        let even = are_even(&lines[from..end]);
        if end - from >= LEAST && whole && even && open * OPEN >= end - 1 - from {
            found.push(from..end);
        }
        from = end;
    }
    found
}

/// Whether hardly a line is far narrower than the widest, as the words of a glossary are above what they mean.
fn are_even(lines: &[Line<'_>]) -> bool {
    let widths = || lines.iter().map(|line| line.trimmed().chars().count());
    let widest = widths().max().unwrap_or(0);
    widths().filter(|width| width * NARROW < widest).count() * MOST_NARROW <= lines.len()
}

/// How many times as wide as a narrow line the widest is, and of how many lines one may be narrow.
const NARROW: usize = 3;
const MOST_NARROW: usize = 4;

/// Whether a line begins as one of verse does: with a letter that is no small one, and as a whole it is no title in capitals.
fn begins(text: &str) -> bool {
    let letter = text.trim_start_matches(|c: char| QUOTATION.contains(&c) || matches!(c, '„' | '—'));
    letter.starts_with(char::is_alphabetic) && !starts_small(text) && text.contains(char::is_lowercase)
}
