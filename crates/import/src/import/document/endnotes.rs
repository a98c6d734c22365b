//! Notes that stand together behind the text that calls them, under a heading of their own.
//!
//! `Notes`, `Anmerkungen` stands alone in its line, and below it a note with the number 1; the next numbers follow, over as many
//! pages as they take. They are the notes of what stands between them and the notes before. The calls are found in order: each
//! behind that of the note before, so that a number which stands in the text for something else is passed over unless
//! it is the next. Where not most of the notes are called, the lines are left to others.

use super::super::line::Line;
use super::super::rules::names_notes;
use super::candidate::is_head;
use super::edge_lines::first_of_text;
use super::note_marks::{Call, calls, label};
use super::titles::Contents;
use super::{Document, Role};

/// Of ten notes so many are called at least.
const CALLED: usize = 6;
/// How many calls are passed over at most between those of two notes.
const MOST_PASSED: usize = 60;
/// How many characters a line has at most that may be a title.
const LONGEST_TITLE: usize = 60;

/// A note: the line that opens it, its number, and how many bytes of the line are its mark.
struct Opening {
    line: usize,
    number: u32,
    strip: usize,
}

/// Finds the notes under headings of their own.
pub(super) fn notes(lines: &[Line<'_>], document: &mut Document, contents: &Contents) {
    let mut from = 0;
    for heading in 0..lines.len() {
        if heading < from || document.roles[heading] != Role::Text || !names_notes(lines[heading].trimmed()) {
            continue;
        }
        let Some((openings, text)) = section(lines, document, contents, heading) else { continue };
        let found = called(lines, document, from..heading, &openings);
        from = heading + 1;
        if found.iter().flatten().count() * 10 < openings.len() * CALLED {
            continue;
        }
        document.roles[heading] = Role::NotesHeading;
        from = text.last().map_or(from, |last| last + 1);
        for at in text {
            document.roles[at] = Role::NoteText;
        }
        for (opening, call) in openings.into_iter().zip(found) {
            document.roles[opening.line] = Role::Note(opening.number.to_string(), opening.strip);
            let Some(call) = call else { continue };
            document.called_at.insert(opening.line, call.at);
            if !call.plain {
                document.calls.insert(call.at, (call.length, call.mark));
            }
        }
    }
}

/// The notes below a heading, and all their lines: numbers from one up, to a title, or to a page that does not go on with them.
fn section(
    lines: &[Line<'_>],
    document: &Document,
    contents: &Contents,
    heading: usize,
) -> Option<(Vec<Opening>, Vec<usize>)> {
    let mut openings: Vec<Opening> = Vec::new();
    let mut taken: Vec<usize> = Vec::new();
    let first = document.page_at.range(..=heading).next_back().map_or(0, |(_, page)| *page);
    for (n, page) in document.pages.iter().enumerate().skip(first) {
        // below the running head
        let from =
            if n > first { first_of_text(lines, document, n).unwrap_or(page.lines.end) } else { heading + 1 };
        let free = |at: &usize| *at >= from && matches!(document.roles[*at], Role::Text | Role::Title(..));
        let text: Vec<usize> = page.body().filter(free).collect();
        let wanted = openings.last().map_or(1, |last| last.number + 1);
        let opens = |at: usize, wanted: u32| {
            label(lines[at].trimmed()).filter(|(mark, _)| mark.parse() == Ok(wanted))
        };
        let goes_on = n == first || text.iter().any(|at| opens(*at, wanted).is_some());
        if !goes_on {
            break;
        }
        for at in text {
            let wanted = openings.last().map_or(1, |last| last.number + 1);
            let titled = document.roles[at] != Role::Text || contents.knows(lines[at].trimmed());
            if let Some((_, strip)) = opens(at, wanted).filter(|_| !titled) {
                openings.push(Opening { line: at, number: wanted, strip });
            } else if openings.is_empty() {
                return None;
            } else if titled || is_title(&lines[at]) || names_notes(lines[at].trimmed()) {
                return (!openings.is_empty()).then_some((openings, taken));
            }
            taken.push(at);
        }
    }
    (!openings.is_empty()).then_some((openings, taken))
}

/// Whether a line looks like the title of what follows, with white space above.
fn is_title(line: &Line<'_>) -> bool {
    let text = line.trimmed();
    line.blanks > 0
        && text.len() <= LONGEST_TITLE
        && is_head(text)
        && !text.ends_with(['.', ',', ';', '”', '»'])
}

/// The calls of notes in order, each behind the one before.
fn called(
    lines: &[Line<'_>],
    document: &Document,
    text: std::ops::Range<usize>,
    openings: &[Opening],
) -> Vec<Option<Call>> {
    let own = text.filter(|at| document.is_text(*at));
    let all: Vec<Call> = own.flat_map(|at| calls(&lines[at], at)).filter(Call::is_likely).collect();
    let mut from = 0;
    let next = |opening: &Opening| {
        let mark = opening.number.to_string();
        let passed = all[from..].iter().take(MOST_PASSED).position(|call| call.mark == mark)?;
        from += passed + 1;
        Some(all[from - 1].clone())
    };
    openings.iter().map(next).collect()
}

#[cfg(test)]
mod tests {
    use super::super::PhysicalPage;
    use super::*;

    #[test]
    fn notes_behind_a_text_are_those_that_it_calls() {
        let text = "The ferry stood still,1 and nobody came.\nIn 1914 the mill was sold.2\n\
                    Notes\n1. So in the copy.\n2. In the year of the\ngreat flood.\nTHE MILL\nThe water rose.1\nNotes\n1. So there.\n";
        let lines = super::super::super::line::lines(text);
        let page = PhysicalPage::of(0..lines.len(), 0);
        let roles = vec![Role::Text; lines.len()];
        let page_at = [(0, 0)].into();
        let mut document = Document { roles, pages: vec![page], page_at, ..Document::default() };
        document.roles[6] = Role::Title(1, 98, "");
        notes(&lines, &mut document, &Contents::default());
        let note = |n: &str| Role::Note(n.to_owned(), 3);
        let wanted = [note("1"), note("2"), Role::NoteText];
        assert_eq!(document.roles[2], Role::NotesHeading);
        assert_eq!(document.roles[3..6], wanted);
        assert_eq!(document.called_at.len(), 3);
    }
}
