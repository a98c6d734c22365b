//! Entries whose first line stands out: items, the titles of a bibliography, the words of a glossary with what they mean
//! below them.
//!
//! Their other lines stand in as those of a quotation do. What tells the two apart is that an entry begins with a line
//! that is flush and ends no sentence, that nothing parts it from the lines below, and that a page has more of its kind,
//! or its first line counts.

use super::super::rules::NOTE_SIGNS;
use super::edges::LARGER;
use super::{Line, ScannedPage};

/// From how many sizes on the first line of a paragraph stands in.
pub(super) const INDENT: f32 = 0.6;
/// How far it stands in at most.
pub(super) const DEEPEST: f32 = 4.5;

/// What a line is of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// Its first line.
    Head,
    /// The first line of what its short first line means.
    Meaning,
    /// A further one.
    Rest,
    /// A line at the head of a page, of the entry that the page before began.
    Overleaf,
}

/// How far the indents of entries of a kind differ, in sizes.
const ALIKE: f32 = 0.3;
/// How many of a kind a page has.
const LEAST: usize = 2;

/// What the lines of a page are measured against.
pub(super) struct Measures<'m> {
    /// The left and right margin.
    pub margins: (f32, f32),
    /// The size of the text.
    pub size: f32,
    /// Whether a short line may be a word that is explained below: in a play it is a name.
    pub has_terms: bool,
    /// Whether more than the usual white space is between two lines.
    pub apart: &'m dyn Fn(&Line, &Line) -> bool,
    /// Whether a line is running text.
    pub is_text: &'m dyn Fn(usize) -> bool,
}

/// An entry that may be one: its lines, how far they stand in, whether its first line stands alone, and whether that
/// begins an item.
struct Candidate {
    lines: std::ops::Range<usize>,
    depth: f32,
    is_term: bool,
    is_item: bool,
}

/// What each line of a page is of an entry, and how far the lines stand in of the one with which it ends; `carried` is
/// that of the page before.
pub(super) fn entries(
    page: &ScannedPage,
    measures: &Measures<'_>,
    carried: Option<f32>,
) -> (Vec<Option<Entry>>, Option<f32>) {
    let lines = &page.lines;
    let inner = |at: usize| (lines[at].left - measures.margins.0) / measures.size;
    let mut candidates = candidates(lines, measures, &inner);
    let mut depths: Vec<f32> = candidates.iter().map(|one| one.depth).collect();
    depths.sort_by(f32::total_cmp);
    let alike = |depth: f32| {
        let from = depths.partition_point(|other| depth - other >= ALIKE);
        depths.partition_point(|other| other - depth < ALIKE).saturating_sub(from)
    };
    candidates.retain(|one| one.is_item || alike(one.depth) >= LEAST);
    let mut found = vec![None; lines.len()];
    let mut ends = None;
    if let Some(depth) = carried.or(candidates.first().map(|first| first.depth)) {
        let head = (0..lines.len()).find(|at| (measures.is_text)(*at)).unwrap_or(0);
        let same = |at: &usize| (measures.is_text)(*at) && (inner(*at) - depth).abs() < ALIKE;
        (head..lines.len()).take_while(same).for_each(|at| found[at] = Some(Entry::Overleaf));
        ends = Some(depth);
    }
    for one in candidates {
        found[one.lines.clone()].fill(Some(Entry::Rest));
        found[one.lines.start] = Some(Entry::Head);
        if one.is_term {
            found[one.lines.start + 1] = Some(Entry::Meaning);
        }
        ends = Some(one.depth);
    }
    let last = (0..lines.len()).rev().find(|at| (measures.is_text)(*at));
    let carried = ends.filter(|_| last.is_some_and(|at| found[at].is_some()));
    (found, carried)
}

/// All that begins as an entry does, and ends as a passage.
fn candidates(lines: &[Line], measures: &Measures<'_>, inner: &dyn Fn(usize) -> f32) -> Vec<Candidate> {
    let (left, right) = measures.margins;
    let room = |at: usize| right - lines[at].right;
    let is_text = |at: usize| {
        at < lines.len()
            && (measures.is_text)(at)
            && lines[at].tag.is_none()
            && lines[at].size < measures.size * LARGER
    };
    let goes_on = |at: usize| is_text(at) && !(measures.apart)(&lines[at - 1], &lines[at]);
    let mut found = Vec::new();
    let mut at = 0;
    while at + 1 < lines.len() {
        let first = at;
        at += 1;
        let is_term = room(first) > (right - left) / 3.0;
        // the figures of items stand in as they like, further out than their words
        let is_item = !is_term && begins_item(&lines[first].text);
        let opens = is_text(first)
            && (measures.has_terms || !is_term)
            && (is_item || inner(first).abs() < INDENT / 2.0)
            && !stops(&lines[first].text)
            && (is_term || room(first) < measures.size * 1.5);
        let stands_out = |at: usize| inner(at) - inner(first) >= INDENT && inner(at) < DEEPEST;
        if !opens || !goes_on(at) || !stands_out(at) {
            continue;
        }
        let depth = inner(at);
        while goes_on(at) && (inner(at) - depth).abs() < ALIKE {
            at += 1;
        }
        // the first line of a paragraph stands in as well, and its sentence goes on below
        let last = at - 1;
        if stops(&lines[last].text) || room(last) > measures.size * 1.8 || !is_text(at) {
            found.push(Candidate { lines: first..at, depth, is_term, is_item });
        }
    }
    found
}

/// Whether a line ends with its sentence.
pub(super) fn stops(text: &str) -> bool {
    let bare = text.trim_end_matches("</sup>");
    let bare = bare.trim_end_matches(|c: char| c.is_ascii_digit() || NOTE_SIGNS.contains(&c));
    let bare =
        bare.trim_end_matches("<sup>").trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '*', '_']);
    bare.ends_with(['.', '!', '?', ':', '…'])
}

/// Whether a line begins as an item of a list does: `5.`, `(b)`, `iv)`, `•`.
fn begins_item(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or("");
    let roman = |bare: &str| bare.bytes().all(|b| b"ivxlc".contains(&b.to_ascii_lowercase()));
    let bare = word.trim_start_matches('(').strip_suffix(['.', ')']);
    let number = bare.is_some_and(|bare| {
        (1..=4).contains(&bare.len())
            && (bare.bytes().all(|b| b.is_ascii_digit()) || bare.len() == 1 || roman(bare))
            && bare.is_ascii()
    });
    number || ["•", "–", "—"].contains(&word)
}
