//! Lines of plain text that look like titles and are none: who signs, and the letters of an index; and whether the numerals
//! that stand alone begin anew.

use super::author_names::is_lone_author;
use super::context::Context;
use super::line::{Line, goes_on, normal};
use super::mark::page_mark;
use super::part_name::{is_capital, is_numeral, names_part};
use super::spaced_title::is_at_right;
use crate::terms::numerals::from_roman;
use std::collections::{BTreeSet, HashMap};

/// Whether a line of capitals is who signs what stands above: a sentence that did not end leads to it, or it stands in
/// where titles stand at the margin, or at the right.
pub(super) fn is_signature(context: &Context<'_>, at: usize) -> bool {
    let mut above = context.lines[..at].iter().rev().map(Line::trimmed);
    let leads = above
        .find(|text| page_mark(text).is_none())
        .is_some_and(|text| !names_part(text) && text.contains(char::is_lowercase) && goes_on(text));
    // who signs stands close under what was said
    leads && context.lines[at].blanks <= MOST_SPACE
        || ends_text(context, at) && is_lone_author(context.lines[at].trimmed().trim_end_matches('.'))
        || context.titles_are_flush && context.lines[at].indent() >= LEAST_INDENT
        || is_at_right(context, at)
}

/// Whether a line is the last of what stands above it: running text ends there, and its page does too, or a title follows.
fn ends_text(context: &Context<'_>, at: usize) -> bool {
    let prose = |at: usize| {
        let text = context.lines[at].trimmed();
        // the call of a note may stand behind the last sentence
        let behind = text.rfind(char::is_alphabetic).map_or("", |last| &text[last..]);
        text.contains(char::is_lowercase) && behind.contains(['.', '!', '?'])
    };
    let above = (0..at).rev().find(|above| !context.is_beside_text(*above));
    let below = (at + 1..context.lines.len()).find(|below| !context.is_beside_text(*below));
    let titled = |at: usize| {
        let text = context.lines[at].trimmed();
        names_part(text) || is_numeral(text) || is_capital(text)
    };
    let ends = |below: usize| {
        let turns = (at + 1..=below)
            .any(|at| context.document.as_ref().is_some_and(|document| document.page_at(at).is_some()));
        turns || context.lines[below].feed || context.lines[below].blanks > 0 && titled(below)
    };
    above.is_some_and(prose) && below.is_none_or(ends)
}

/// How many blank lines stand above who signs at most.
const MOST_SPACE: usize = 2;

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

/// The letters of the alphabet that stand alone in a row, each above the words that begin with it: an index, a dictionary.
pub(super) fn alphabets(lines: &[Line<'_>]) -> BTreeSet<usize> {
    let alone = |at: &usize| {
        let parted = *at == 0 || lines[*at].blanks > 0 || lines[*at].feed;
        parted && lines.get(at + 1).is_none_or(|next| next.blanks > 0)
    };
    let letter = |at: usize| {
        let core = lines[at].trimmed().trim_end_matches('.').as_bytes();
        (core.len() == 1 && core[0].is_ascii_uppercase()).then(|| (at, core[0]))
    };
    let letters: Vec<(usize, u8)> = (0..lines.len()).filter(alone).filter_map(letter).collect();
    let rises = |a: &(usize, u8), b: &(usize, u8)| a.1 < b.1 && b.1 - a.1 <= MOST_LEFT_OUT;
    let rows = letters.chunk_by(rises).filter(|row| row.len() >= LEAST_LETTERS && row[0].1 <= b'C');
    rows.flatten().map(|(at, _)| *at).collect()
}

/// How many letters of the alphabet a row has at least, and by how many the next of them is farther on at most: few words
/// begin with Q or X.
const LEAST_LETTERS: usize = 6;
const MOST_LEFT_OUT: u8 = 3;

/// Whether names of persons stand alone above what each says, all through a text.
pub(super) fn names_stand_alone(lines: &[Line<'_>], repeated: &HashMap<String, usize>) -> bool {
    let is_name = |line: &&Line<'_>| is_repeated_name(line.trimmed(), repeated);
    let names = lines.iter().filter(|line| line.blanks > 0).filter(is_name).count();
    names >= LEAST_SPEECHES && names * MOST_LINES_OF_SPEECH >= lines.len()
}

/// Whether a line of capitals comes so often that it may be the name of who speaks.
pub(super) fn is_repeated_name(text: &str, repeated: &HashMap<String, usize>) -> bool {
    is_capital(text) && repeated.get(&normal(text)).is_some_and(|times| *times >= LEAST_TIMES)
}

/// How often who speaks is named at least, how many speeches a play has, and how many lines these have on the average at
/// most.
const LEAST_TIMES: usize = 4;
const LEAST_SPEECHES: usize = 20;
const MOST_LINES_OF_SPEECH: usize = 24;

/// Whether numerals alone count the stanzas of poems: each stands above a few lines that all begin with a capital, and the
/// next number below these.
pub(super) fn numerals_count_stanzas(lines: &[Line<'_>]) -> bool {
    let alone = |at: &usize| (*at == 0 || lines[*at].blanks > 0) && is_numeral(lines[*at].trimmed());
    let value = |at: usize| from_roman(&lines[at].trimmed().trim_end_matches('.').to_lowercase());
    let numerals: Vec<usize> = (0..lines.len()).filter(alone).collect();
    let rows: Vec<&[usize]> =
        numerals.windows(2).filter(|w| value(w[0]).map(|n| n + 1) == value(w[1])).collect();
    let is_stanza = |row: &&&[usize]| {
        let first = |at: usize| lines[at].text.chars().find(|c| c.is_alphabetic());
        let between: Vec<char> = (row[0] + 1..row[1]).filter_map(first).collect();
        let large = between.iter().filter(|c| c.is_uppercase()).count();
        (LEAST_VERSES..=MOST_VERSES).contains(&between.len()) && large * 10 >= between.len() * 7
    };
    let stanzas = rows.iter().filter(is_stanza).count();
    stanzas >= LEAST_STANZAS && stanzas * 2 >= rows.len()
}

/// How many lines a stanza has, and how many stanzas with a number a poem has at least.
const LEAST_VERSES: usize = 3;
const MOST_VERSES: usize = 60;
const LEAST_STANZAS: usize = 8;

/// Whether numerals alone begin anew with one, so that they number the sections of several texts.
pub(super) fn numerals_restart(lines: &[Line<'_>]) -> bool {
    let first =
        |at: &usize| (*at == 0 || lines[*at].blanks > 0) && lines[*at].trimmed().trim_end_matches('.') == "I";
    (0..lines.len()).filter(first).filter(|at| !is_of_index(lines, *at)).take(2).count() == 2
}
