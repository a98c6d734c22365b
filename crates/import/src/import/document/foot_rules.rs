//! The notes below rules of a text in Markdown of which nothing parts the pages.
//!
//! A rule stands above notes when what follows opens with a number or mark that is called between it and the notes before.
//! The notes end with the first passage that opens with none.

use super::super::line::Line;
use super::note_marks::{Call, calls, glued_star, label};
use super::{Document, Role};
use std::ops::Range;

/// Whether most rules of a text stand above notes, and do not part its pages.
pub(super) fn stand_above_notes(lines: &[Line<'_>]) -> bool {
    let rules: Vec<usize> = (0..lines.len()).filter(|at| is_rule(lines[*at].trimmed())).collect();
    let (mut from, mut noted) = (0, 0);
    for rule in &rules {
        let above: Vec<Call> = (from..*rule).flat_map(|at| calls(&lines[at], at)).collect();
        noted += usize::from(!zone(lines, rule + 1, &above).is_empty());
        from = *rule;
    }
    noted * 2 > rules.len()
}

/// Gives such rules and notes their roles; the calls that only these tell are kept. Returns how many of these there are.
pub(super) fn notes(lines: &[Line<'_>], document: &mut Document) -> usize {
    let (mut from, mut count) = (0, 0);
    for rule in 0..lines.len() {
        if rule < from || document.roles[rule] == Role::Code || !is_rule(lines[rule].trimmed()) {
            continue;
        }
        let above: Vec<Call> = (from..rule).flat_map(|at| calls(&lines[at], at)).collect();
        let zone = zone(lines, rule + 1, &above);
        if zone.is_empty() {
            continue;
        }
        document.roles[rule] = Role::FootRule;
        for note in zone {
            from = note.lines.end;
            count += usize::from(!note.call.plain);
            write(document, note);
        }
    }
    count
}

/// A rule of Markdown.
fn is_rule(text: &str) -> bool {
    text.len() >= 3 && ["-", "*", "_"].iter().any(|sign| text.replace(*sign, "").is_empty())
}

/// A note of a text of which nothing parts the pages.
pub(super) struct Note<'c> {
    /// Its lines.
    pub lines: Range<usize>,
    /// Its mark.
    pub mark: String,
    /// How many bytes of its first line the mark takes.
    pub strip: usize,
    /// What calls it.
    pub call: &'c Call,
}

/// Gives the lines of a note their roles, and keeps a call that only the note tells.
pub(super) fn write(document: &mut Document, note: Note<'_>) {
    let Note { lines, mark, strip, call } = note;
    document.called_at.insert(lines.start, call.at);
    if !call.plain {
        document.calls.insert(call.at, (call.length, mark.clone()));
    }
    for at in lines.clone().skip(1) {
        document.roles[at] = Role::NoteText;
    }
    document.roles[lines.start] = Role::Note(mark, strip);
}

/// One past the last line of the note that begins with a line.
pub(super) fn end(lines: &[Line<'_>], at: usize) -> usize {
    let more = lines[at + 1..].iter().take_while(|line| line.blanks == 0 && !line.feed);
    at + 1 + more.take_while(|line| label(line.trimmed()).is_none() && !is_rule(line.trimmed())).count()
}

/// The notes from a line on, each with its call, which stand in the order of the calls.
fn zone<'c>(lines: &[Line<'_>], from: usize, above: &'c [Call]) -> Vec<Note<'c>> {
    let mut found: Vec<Note<'c>> = Vec::new();
    let (mut at, mut next) = (from, 0);
    while let Some(line) = lines.get(at) {
        let text = line.trimmed();
        let opened = label(text).or_else(|| glued_star(text));
        let called = opened.and_then(|(mark, strip)| {
            let place = (next..above.len()).find(|i| above[*i].mark == mark && above[*i].is_likely())?;
            Some((mark, strip, place))
        });
        let Some((mark, strip, place)) = called else { break };
        let end = end(lines, at);
        found.push(Note { lines: at..end, mark, strip, call: &above[place] });
        (at, next) = (end, place + 1);
    }
    found
}
