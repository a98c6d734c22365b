//! Lines of plain text that look like titles and are none: who signs, and the letters of an index; and whether the numerals
//! that stand alone begin anew.

use super::context::Context;
use super::line::{Line, goes_on};
use super::mark::page_mark;
use super::part_name::{is_capital, names_part};

/// Whether a line of capitals is who signs what stands above: a sentence that did not end leads to it, or it stands in
/// where titles stand at the margin.
pub(super) fn is_signature(context: &Context<'_>, at: usize) -> bool {
    let mut above = context.lines[..at].iter().rev().map(Line::trimmed);
    let leads = above
        .find(|text| page_mark(text).is_none())
        .is_some_and(|text| !names_part(text) && text.contains(char::is_lowercase) && goes_on(text));
    leads || context.titles_are_flush && context.lines[at].indent() >= LEAST_INDENT
}

/// How far who signs stands in at least.
const LEAST_INDENT: usize = 8;

/// Whether lines of capitals alone stand at the margin, nearly all.
pub(super) fn titles_are_flush(lines: &[Line<'_>]) -> bool {
    let alone = |at: &usize| {
        (*at == 0 || lines[*at].blanks > 0) && lines.get(at + 1).is_none_or(|next| next.blanks > 0)
    };
    let titles: Vec<usize> =
        (0..lines.len()).filter(alone).filter(|at| is_capital(lines[*at].trimmed())).collect();
    let flush = titles.iter().filter(|at| lines[**at].indent() == 0).count();
    flush >= LEAST_FLUSH && flush * 10 >= titles.len() * 6
}

/// How many lines of capitals at the margin make a habit.
const LEAST_FLUSH: usize = 6;

/// Whether a letter alone is one of an index: the letters alone before or after it are those of the alphabet.
pub(super) fn is_of_index(lines: &[Line<'_>], at: usize) -> bool {
    let letter = |line: &Line<'_>| -> Option<u8> {
        let core = line.trimmed().trim_end_matches('.').as_bytes();
        (core.len() == 1 && core[0].is_ascii_uppercase()).then(|| core[0])
    };
    let Some(own) = letter(&lines[at]) else { return false };
    let before = lines[at.saturating_sub(INDEX_LETTER)..at].iter().rev().find_map(letter);
    let after = lines[at + 1..].iter().take(INDEX_LETTER).find_map(letter);
    let follows = |a: u8, b: u8| a < b && b - a <= 2;
    let other = |c: &u8| !b"IVXLC".contains(c);
    before.filter(other).is_some_and(|c| follows(c, own))
        || after.filter(other).is_some_and(|c| follows(own, c))
}

/// How many lines of an index stand under one letter.
const INDEX_LETTER: usize = 150;

/// Whether numerals alone begin anew with one, so that they number the sections of several texts.
pub(super) fn numerals_restart(lines: &[Line<'_>]) -> bool {
    let first =
        |at: &usize| (*at == 0 || lines[*at].blanks > 0) && lines[*at].trimmed().trim_end_matches('.') == "I";
    (0..lines.len()).filter(first).filter(|at| !is_of_index(lines, *at)).take(2).count() == 2
}
