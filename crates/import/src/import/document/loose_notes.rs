//! The notes among the paragraphs of a text in Markdown of which nothing parts the pages, with no rule above them.
//!
//! A tool that leaves no sign of a page prints its notes where they stand: below its last paragraph, above the first of the next
//! page, which often goes on within a sentence. Their order tells them: the numbers of a run of such passages are those of the
//! calls above it that have no note yet, one after another. A list in which one number is called by nothing is a list. All
//! numbers stand before notes in one form; the one is right that makes the most passages notes.

use super::super::line::{Line, goes_on};
use super::foot_rules::{self, Note};
use super::note_ends::{before_call, ends};
use super::note_marks::{Call, calls, found_calls, glued_star, label};
use super::sentences::starts_small;
use super::{Document, Role};

/// Gives such notes their roles; the calls that only these tell are kept. Returns how many notes there are.
pub(super) fn notes(lines: &[Line<'_>], document: &mut Document) -> usize {
    let free: Vec<bool> = document.roles.iter().map(|role| *role == Role::Text).collect();
    let found = Loose::of(lines, &free);
    let (notes, parts) = (found.notes(lines), found.parts_overleaf(lines, &free));
    let count = notes.len();
    notes.into_iter().for_each(|note| foot_rules::write(document, note));
    parts.into_iter().for_each(|at| document.roles[at] = Role::NoteText);
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
/// How many bytes a paragraph has at least that is no line of a title or the like.
const LEAST_PROSE: usize = 40;

/// How a number stands before a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Raised, or in a frame.
    Raised,
    /// With a stop, as before an item of a list.
    Stopped,
    /// Alone.
    Bare,
}

/// A passage that opens with a mark: its first line, the mark, how many bytes that takes.
struct Passage {
    line: usize,
    mark: String,
    strip: usize,
}

/// The calls of a text, and the passages that they call.
#[derive(Default)]
struct Loose {
    calls: Vec<Call>,
    taken: Vec<(Passage, usize)>,
}

impl Loose {
    /// The notes of the lines that are free for them; calls between spaces count where they are the rule.
    fn of(lines: &[Line<'_>], free: &[bool]) -> Loose {
        let best = |apart: bool| {
            let forms = [Form::Bare, Form::Stopped, Form::Raised].into_iter();
            let found = forms.map(|form| Loose::with(lines, free, (form, apart)));
            found.max_by_key(|found| found.taken.len()).unwrap_or_default()
        };
        let apart = best(true);
        let spaced = apart.taken.iter().filter(|(_, call)| apart.calls[*call].apart).count();
        if spaced >= LEAST_APART && spaced * 2 > apart.taken.len() { apart } else { best(false) }
    }

    fn with(lines: &[Line<'_>], free: &[bool], (form, apart): (Form, bool)) -> Loose {
        let mut found = Loose::default();
        let (mut next, mut at) = (0, 0);
        while at < lines.len() {
            let run = if free[at] && lines[at].blanks > 0 { run(lines, free, at, form) } else { Vec::new() };
            if let Some(places) = found.places(&run, next, lines) {
                next = places.last().map_or(next, |place| place + 1);
                at = run.last().map_or(at, |note| foot_rules::end(lines, note.line));
                found.taken.extend(run.into_iter().zip(places));
                continue;
            }
            if free[at] {
                // the figures of a list are those of pages
                let text = lines[at].trimmed();
                let led = text.starts_with('|') || text.contains("....") || text.contains(". . .");
                let apart = apart && text.len() >= LEAST_PROSE && !led;
                let new = if apart { found_calls(&lines[at], at, true) } else { calls(&lines[at], at) };
                found.calls.extend(new.into_iter().filter(Call::is_likely));
            }
            at += 1;
        }
        found
    }

    /// The calls of a run of passages, from the next on: all of them, in their order, over no call that everybody sees.
    fn places(&self, run: &[Passage], from: usize, lines: &[Line<'_>]) -> Option<Vec<usize>> {
        if lines[run.first()?.line - 1].trimmed().ends_with(':') {
            return None;
        }
        let mut next = from;
        let place = |note: &Passage| {
            let open = self.calls.get(next..)?;
            let place = next + open.iter().position(|call| call.mark == note.mark)?;
            let seen = self.calls[next..place].iter().any(|call| call.plain);
            next = place + 1;
            (!seen).then_some(place)
        };
        run.iter().map(place).collect()
    }

    fn notes(&self, lines: &[Line<'_>]) -> Vec<Note<'_>> {
        let note = |(passage, call): &(Passage, usize)| Note {
            lines: passage.line..foot_rules::end(lines, passage.line),
            mark: passage.mark.clone(),
            strip: passage.strip,
            call: &self.calls[*call],
        };
        self.taken.iter().map(note).collect()
    }

    /// The passages with which notes go on overleaf whose sentences break off: of the paragraphs behind such a note, up to the next
    /// one, the first that begins within a sentence though the text above has none open, or though the text below goes on with it.
    fn parts_overleaf(&self, lines: &[Line<'_>], free: &[bool]) -> Vec<usize> {
        let notes = self.notes(lines);
        let is_note = |at: usize| notes.iter().any(|note| note.lines.contains(&at));
        let begins = |at: &usize| free[*at] && lines[*at].blanks > 0 && !is_note(*at);
        let is_open = |at: usize| goes_on(before_call(lines[at].trimmed()));
        let small = |at: usize| starts_small(lines[at].trimmed());
        let mut found = Vec::new();
        for (n, note) in notes.iter().enumerate() {
            let last = note.lines.end - 1;
            let next = notes.get(n + 1).map_or(lines.len(), |next| next.lines.start);
            if next == note.lines.end || ends(lines[last].trimmed()) || !is_open(last) {
                continue;
            }
            let text =
                |at: &usize| !is_note(*at) && !found.contains(at) && lines[*at].text.len() >= LEAST_PROSE;
            let mut above = (0..note.lines.start).rev().find(text);
            // the text of the next page stands above what goes on from the note
            let mut of_text = true;
            for at in (note.lines.end..next).filter(|at| begins(at)).take(MOST_PARAGRAPHS) {
                let below = (at + 1..lines.len()).find(|at| begins(at));
                let open = above.is_some_and(is_open);
                let end = foot_rules::end(lines, at) - 1;
                if small(at) && (!open || !of_text && below.is_some_and(small)) {
                    found.push(at);
                    if !is_open(end) {
                        break;
                    }
                    of_text = true;
                    continue;
                }
                of_text = false;
                above = if lines[at].text.len() >= LEAST_PROSE { Some(end) } else { above };
            }
        }
        found
    }
}

/// How many paragraphs stand on the page on which a note goes on at most.
const MOST_PARAGRAPHS: usize = 12;

/// The passages from a line on that open with a mark. Notes that say what they are stand for themselves.
fn run(lines: &[Line<'_>], free: &[bool], from: usize, form: Form) -> Vec<Passage> {
    let mut found = Vec::new();
    let mut at = from;
    while at > 0 && at < lines.len() && free[at] && !lines[at].trimmed().starts_with("[^") {
        let text = lines[at].trimmed();
        let Some((mark, strip)) = label(text).or_else(|| glued_star(text)) else { break };
        if form_of(text, &mark).is_some_and(|own| own != form) {
            break;
        }
        found.push(Passage { line: at, mark, strip });
        at = foot_rules::end(lines, at);
    }
    found
}

/// How a number stands before a passage; a sign has no form.
fn form_of(text: &str, mark: &str) -> Option<Form> {
    let figures = mark.bytes().all(|b| b.is_ascii_digit());
    figures.then(|| match text.strip_prefix(mark) {
        Some(rest) if rest.starts_with(['.', ')', ':']) => Form::Stopped,
        Some(_) => Form::Bare,
        None => Form::Raised,
    })
}
