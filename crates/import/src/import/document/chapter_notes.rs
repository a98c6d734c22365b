//! Notes `1. …` of calls `[1]` that stand together under a heading, in a text that distributors filled anew: behind their chapter,
//! or behind all texts, chapter by chapter.
//!
//! Behind their chapter they stand right under the heading, and end with the same number as the calls since the notes before.
//! Below a heading such as `Notes and Sources` stand several rows of passages `1. …`, `2. …`, each row numbered from one on; the
//! texts before it call them by frames, `[1]`, which begin anew in each chapter too. A row of notes belongs to the row of
//! calls that ends with the same number, in the order of both: a list of sources above the notes of a chapter ends with another
//! number. Where not nearly all rows of calls have theirs, the lines are left to others.

use super::super::line::Line;
use super::super::part_name::names_part;
use super::note_marks::{Call, calls, label};
use super::{Document, Role};
use std::ops::Range;

/// How many rows of notes there are at least: one row alone is that of the whole book.
const LEAST_ROWS: usize = 2;
/// How many notes the rows have at least between them.
const LEAST_NOTES: usize = 8;
/// How many headings are tried: each looks at all lines.
const MOST_HEADINGS: usize = 40;
/// How many characters a heading has at most.
const LONGEST_HEADING: usize = 60;
/// What headings of notes have among their words.
const NOTES_WORDS: [&str; 7] =
    ["notes", "footnotes", "endnotes", "references", "anmerkungen", "noten", "notas"];

/// A row of notes: the lines that open them, with the length of their marks, and one past the last line.
struct Row {
    openings: Vec<(usize, usize)>,
    end: usize,
}

/// Finds the rows of notes behind the texts that call them.
pub(super) fn notes(lines: &[Line<'_>], document: &mut Document) {
    let headings: Vec<usize> = (0..lines.len()).filter(|at| heads_notes(lines, *at)).collect();
    if !behind_chapters(lines, document, &headings) {
        behind_all(lines, document, &headings);
    }
}

/// The notes of each chapter right behind it; tells whether there are any.
fn behind_chapters(lines: &[Line<'_>], document: &mut Document, headings: &[usize]) -> bool {
    let (mut from, mut found) = (0, false);
    for (n, heading) in headings.iter().enumerate() {
        let called = rows_of_calls(lines, from..*heading);
        from = heading + 1;
        let end = headings.get(n + 1).copied().unwrap_or(lines.len());
        let rows = rows_of_notes(lines, heading + 1..end);
        let ([calls], Some(row)) = (&called[..], rows.first()) else { continue };
        let is_below = row.openings.first().is_some_and(|(at, _)| *at == heading + 1);
        if is_below && Some(row.openings.len()) == last_number(calls) {
            enter(lines, document, calls, row);
            found = true;
        }
    }
    found
}

/// The notes of all chapters behind the last of them.
fn behind_all(lines: &[Line<'_>], document: &mut Document, headings: &[usize]) {
    for heading in headings.iter().copied().take(MOST_HEADINGS) {
        let called = rows_of_calls(lines, 0..heading);
        let all: usize = called.iter().map(Vec::len).sum();
        let behind: usize = rows_of_calls(lines, heading + 1..lines.len()).iter().map(Vec::len).sum();
        // behind notes that stand after their own chapter the next one has its calls
        if called.len() < LEAST_ROWS || all < LEAST_NOTES || behind * 10 > all {
            continue;
        }
        let rows = rows_of_notes(lines, heading + 1..lines.len());
        let pairs = pairs(&called, &rows);
        if pairs.len() < LEAST_ROWS || pairs.len() * 5 < called.len() * 4 {
            continue;
        }
        for (calls, row) in &pairs {
            enter(lines, document, calls, row);
        }
        let last = pairs.last().map_or(heading, |(_, row)| row.end);
        for at in (heading + 1..last).filter(|at| is_alone(lines, *at)) {
            if document.roles[at] == Role::Text && names_part(lines[at].trimmed()) {
                document.roles[at] = Role::Title(2, 90, "the name of a chapter above its notes");
            }
        }
        return;
    }
}

fn is_alone(lines: &[Line<'_>], at: usize) -> bool {
    (at == 0 || lines[at].blanks > 0) && lines.get(at + 1).is_none_or(|below| below.blanks > 0)
}

/// Whether a line alone is a heading with notes among its words.
fn heads_notes(lines: &[Line<'_>], at: usize) -> bool {
    let text = lines[at].trimmed();
    text.len() <= LONGEST_HEADING && is_alone(lines, at) && {
        let lower = text.to_lowercase();
        lower.split(|c: char| !c.is_alphabetic()).any(|word| NOTES_WORDS.contains(&word))
    }
}

/// The calls in frames, parted where their numbers begin anew.
fn rows_of_calls(lines: &[Line<'_>], range: Range<usize>) -> Vec<Vec<Call>> {
    let mut rows: Vec<Vec<Call>> = Vec::new();
    let mut last: Option<u32> = None;
    for at in range {
        let framed = |call: &Call| lines[at].text[call.at - lines[at].at..].starts_with(['[', '<']);
        for call in calls(&lines[at], at).into_iter().filter(|call| call.is_likely() && framed(call)) {
            let Ok(number) = call.mark.parse::<u32>() else { continue };
            match rows.last_mut() {
                Some(row) if last.is_some_and(|last| number >= last) => row.push(call),
                _ if number == 1 => rows.push(vec![call]),
                _ => continue,
            }
            last = Some(number);
        }
    }
    rows
}

/// The rows of passages that begin with the numbers from one on. A title ends a row.
fn rows_of_notes(lines: &[Line<'_>], range: Range<usize>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut open = false;
    for at in range {
        // a label in a frame says what it is
        let text = lines[at].trimmed();
        let opens = lines[at].blanks > 0 && text.starts_with(|c: char| c.is_ascii_digit());
        let opening = label(text).filter(|_| opens);
        let number = opening.as_ref().and_then(|(mark, _)| mark.parse::<usize>().ok());
        let strip = opening.map_or(0, |(_, strip)| strip);
        match rows.last_mut().filter(|_| open) {
            Some(row) if number == Some(row.openings.len() + 1) => {
                row.openings.push((at, strip));
                row.end = at + 1;
            }
            _ if number == Some(1) => {
                rows.push(Row { openings: vec![(at, strip)], end: at + 1 });
                open = true;
            }
            // a further passage is one of the note where another note follows
            Some(row) if !ends_row(lines, at) => {
                row.end += usize::from(row.end == at && lines[at].blanks == 0);
            }
            _ => open = false,
        }
    }
    rows
}

/// Whether a line is a title of what follows the notes: short, alone, and no sentence.
fn ends_row(lines: &[Line<'_>], at: usize) -> bool {
    let text = lines[at].trimmed();
    let slanted = text.starts_with('_') && text.ends_with('_');
    is_alone(lines, at)
        && text.len() <= LONGEST_HEADING
        && (names_part(text)
            || slanted
            || heads_notes(lines, at)
            || !text.ends_with(['.', ',', ';', '?', '!']))
}

/// The rows that belong together, in the order of both.
fn pairs<'a>(called: &'a [Vec<Call>], rows: &'a [Row]) -> Vec<(&'a [Call], &'a Row)> {
    let mut from = 0;
    let mut found: Vec<(&[Call], &Row)> = Vec::new();
    for calls in called {
        let last = last_number(calls);
        let Some(next) = rows[from..].iter().position(|row| Some(row.openings.len()) == last) else {
            continue;
        };
        found.push((calls, &rows[from + next]));
        from += next + 1;
    }
    found
}

/// The greatest number of a row of calls.
fn last_number(calls: &[Call]) -> Option<usize> {
    calls.iter().filter_map(|call| call.mark.parse().ok()).max()
}

/// Gives the lines of a row their roles, and each note its call.
fn enter(lines: &[Line<'_>], document: &mut Document, calls: &[Call], row: &Row) {
    let first = row.openings.first().map_or(row.end, |(at, _)| *at);
    if let Some(above) = first.checked_sub(1).filter(|above| heads_notes(lines, *above)) {
        document.roles[above] = Role::NotesHeading;
    }
    let text: Vec<usize> = (first..row.end).filter(|at| document.roles[*at] == Role::Text).collect();
    for at in text {
        document.roles[at] = Role::NoteText;
        if lines[at].blanks > 0 {
            document.note_parts.insert(at);
        }
    }
    for (n, (at, strip)) in row.openings.iter().enumerate() {
        let mark = (n + 1).to_string();
        if let Some(call) = calls.iter().find(|call| call.mark == mark) {
            document.called_at.insert(*at, call.at);
        }
        document.roles[*at] = Role::Note(mark, *strip);
    }
    for call in calls.iter().filter(|call| !call.plain) {
        document.calls.insert(call.at, (call.length, call.mark.clone()));
    }
}
