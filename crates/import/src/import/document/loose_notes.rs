//! The notes among the paragraphs of a text in Markdown of which nothing parts the pages, with no rule above them.
//!
//! A tool that leaves no sign of a page prints its notes where they stand: below its last paragraph, above the first of the next
//! page, which often goes on within a sentence. Their order tells them: the numbers of a run of such passages are those of the
//! calls above it that have no note yet, one after another. A list in which one number is called by nothing is a list.

use super::super::line::Line;
use super::foot_rules::{self, Note};
use super::note_marks::{Call, calls, found_calls, glued_star, label};
use super::{Document, Role};

/// Gives such notes their roles; the calls that only these tell are kept. Returns how many notes there are.
pub(super) fn notes(lines: &[Line<'_>], document: &mut Document) -> usize {
    let free: Vec<bool> = document.roles.iter().map(|role| *role == Role::Text).collect();
    let found = Loose::of(lines, &free);
    let notes = found.notes(lines);
    let count = notes.len();
    notes.into_iter().for_each(|note| foot_rules::write(document, note));
    count
}

/// Whether such notes show that a text is a transcription: nobody types numbers that so many passages take up, but the sources
/// of a learned text stand in square brackets.
pub(in super::super) fn tell(lines: &[Line<'_>]) -> bool {
    let free = vec![true; lines.len()];
    let found = Loose::of(lines, &free);
    let typed = |note: &Note<'_>| {
        let call = lines.get(note.call.line).and_then(|line| line.text.get(note.call.at - line.at..));
        call.is_some_and(|call| call.starts_with('[')) || lines[note.lines.start].trimmed().starts_with('[')
    };
    found.notes(lines).iter().filter(|note| !typed(note)).count() >= LEAST_TELLING
}

/// How many notes show that a text is a transcription.
const LEAST_TELLING: usize = 3;
/// How many notes show that their calls stand between spaces, as docling prints what is raised.
const LEAST_APART: usize = 3;

/// The calls of a text, and which of them the passages take up: first line, mark, bytes of the mark, index of the call.
struct Loose {
    calls: Vec<Call>,
    taken: Vec<(usize, String, usize, usize)>,
}

impl Loose {
    /// The notes of the lines that are free for them; calls between spaces count where they are the rule.
    fn of(lines: &[Line<'_>], free: &[bool]) -> Loose {
        let apart = Loose::with(lines, free, true);
        let spaced = apart.taken.iter().filter(|note| apart.calls[note.3].apart).count();
        if spaced >= LEAST_APART && spaced * 2 > apart.taken.len() {
            return apart;
        }
        Loose::with(lines, free, false)
    }

    fn with(lines: &[Line<'_>], free: &[bool], apart: bool) -> Loose {
        let mut found = Loose { calls: Vec::new(), taken: Vec::new() };
        let (mut next, mut at) = (0, 0);
        while at < lines.len() {
            let run = if free[at] && lines[at].blanks > 0 { run(lines, free, at) } else { Vec::new() };
            if let Some(places) = found.places(&run, next, lines) {
                next = places.last().map_or(next, |place| place + 1);
                at = run.last().map_or(at, |note| foot_rules::end(lines, note.0));
                found
                    .taken
                    .extend(run.into_iter().zip(places).map(|(note, place)| (note.0, note.1, note.2, place)));
                continue;
            }
            let new = if apart { found_calls(&lines[at], at, true) } else { calls(&lines[at], at) };
            if free[at] {
                found.calls.extend(new.into_iter().filter(Call::is_likely));
            }
            at += 1;
        }
        found
    }

    /// The calls of a run of passages, from the next on: all of them, in their order, over no call that everybody sees.
    fn places(&self, run: &[(usize, String, usize)], from: usize, lines: &[Line<'_>]) -> Option<Vec<usize>> {
        let first = run.first()?;
        if lines[first.0 - 1].trimmed().ends_with(':') {
            return None;
        }
        let mut next = from;
        let place = |note: &(usize, String, usize)| {
            let open = self.calls.get(next..)?;
            let place = next + open.iter().position(|call| call.mark == note.1)?;
            let seen = self.calls[next..place].iter().any(|call| call.plain);
            next = place + 1;
            (!seen).then_some(place)
        };
        run.iter().map(place).collect()
    }

    fn notes(&self, lines: &[Line<'_>]) -> Vec<Note<'_>> {
        let note = |(at, mark, strip, place): &(usize, String, usize, usize)| Note {
            lines: *at..foot_rules::end(lines, *at),
            mark: mark.clone(),
            strip: *strip,
            call: &self.calls[*place],
        };
        self.taken.iter().map(note).collect()
    }
}

/// The passages from a line on that open with a mark: first line, mark, bytes of the mark. Notes that say what they are stand
/// for themselves.
fn run(lines: &[Line<'_>], free: &[bool], from: usize) -> Vec<(usize, String, usize)> {
    let mut found = Vec::new();
    let mut at = from;
    while at > 0 && at < lines.len() && free[at] && !lines[at].trimmed().starts_with("[^") {
        let text = lines[at].trimmed();
        let Some((mark, strip)) = label(text).or_else(|| glued_star(text)) else { break };
        found.push((at, mark, strip));
        at = foot_rules::end(lines, at);
    }
    found
}
