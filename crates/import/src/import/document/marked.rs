//! Notes of pages whose lines say by their place that they are notes: those of a scan, of a PDF.
//!
//! What stands at the foot is sure, but its figures may be misread, and raised figures in the text nearly always are. So
//! a note that nothing on its page calls takes the sign there that a scan makes of such figures ([`misread`]).

use super::super::line::{Line, NOTE_BEGINS, NOTE_GOES_ON};
use super::bracketed::{self, bracketed_sign};
use super::candidate::misread_figure;
use super::misread::{Garble, garbles};
use super::note_marks::{Call, MOST_FIGURES, calls, glued_star, label};
use super::{Document, Role};
use std::ops::Range;

/// Finds the notes; tells whether any line says of itself that it is one.
pub(super) fn notes(lines: &[Line<'_>], document: &mut Document) -> bool {
    let marked = |l: &Line<'_>| l.text.starts_with([NOTE_BEGINS, NOTE_GOES_ON]);
    if !lines.iter().any(marked) {
        return false;
    }
    let mut last = 0;
    for page in 0..document.pages.len() {
        let body = document.pages[page].body();
        let free = |at: &usize| document.roles[*at] == Role::Text;
        let (foot, text): (Vec<usize>, Vec<usize>) = body.filter(free).partition(|at| marked(&lines[*at]));
        let calls: Vec<Call> = text.iter().flat_map(|i| calls(&lines[*i], *i)).collect();
        let mut taken = vec![false; calls.len()];
        let mut notes: Vec<Note> = Vec::new();
        let begins = |at: &usize| lines[*at].text.starts_with(NOTE_BEGINS);
        let framed = |at: &usize| begins(at) && bracketed_sign(lines[*at].trimmed()).is_some();
        let (in_brackets, foot): (Vec<usize>, Vec<usize>) = foot.into_iter().partition(framed);
        bracketed::notes(lines, document, (&in_brackets, &text));
        for line in foot {
            let Some((mark, strip)) = opened(&lines[line], last + 1) else {
                document.roles[line] = Role::NoteText;
                document.note_parts.extend(lines[line].text.starts_with(NOTE_BEGINS).then_some(line));
                continue;
            };
            last = mark.parse().unwrap_or(last);
            document.roles[line] = Role::Note(mark.clone(), strip);
            let call = call(&calls, &mut taken, &mark);
            document.called_at.extend(call.map(|call| (line, call.at)));
            document.calls.extend(call.filter(|c| !c.plain).map(|c| (c.at, (c.length, mark.clone()))));
            notes.push(Note { line, mark, called_at: call.map(|call| call.at) });
        }
        call_behind_figures(document, &mut notes, (&calls, &mut taken));
        if notes.iter().any(|note| note.called_at.is_none()) {
            call_by_order(document, &notes, &garbles(lines, &text));
        }
    }
    true
}

/// A note of a page: its line, its mark, where it is called.
struct Note {
    line: usize,
    mark: String,
    called_at: Option<usize>,
}

/// The mark that opens a note with a line.
fn opened(line: &Line<'_>, next: u32) -> Option<(String, usize)> {
    let text = Some(line.trimmed()).filter(|_| line.text.starts_with(NOTE_BEGINS))?;
    misread_label(text, next).or_else(|| label(text)).or_else(|| glued_star(text))
}

/// The call of a mark that no note has taken; raised figures call before figures that only stand close to a word.
fn call<'c>(calls: &'c [Call], taken: &mut [bool], mark: &str) -> Option<&'c Call> {
    let free = |n: &usize| !taken[*n] && calls[*n].mark == mark && calls[*n].is_likely();
    let raised = (0..calls.len()).filter(free).find(|n| calls[*n].plain);
    let found = raised.or_else(|| (0..calls.len()).find(free))?;
    taken[found] = true;
    Some(&calls[found])
}

/// Gives notes that nothing else calls the figures behind a number that are their own, between the calls before and after them:
/// `1913.5`, which is no fraction on a page whose note 5 nothing calls.
fn call_behind_figures(document: &mut Document, notes: &mut [Note], (calls, taken): (&[Call], &mut [bool])) {
    for at in 0..notes.len() {
        if notes[at].called_at.is_some() {
            continue;
        }
        let before = notes[..at].iter().rev().find_map(|note| note.called_at).map_or(0, |call| call + 1);
        let after = notes[at..].iter().find_map(|note| note.called_at).unwrap_or(usize::MAX);
        let own = |n: &usize| {
            !taken[*n] && calls[*n].mark == notes[at].mark && (before..after).contains(&calls[*n].at)
        };
        let Some(found) = (0..calls.len()).find(own) else { continue };
        taken[found] = true;
        let call = &calls[found];
        document.called_at.insert(notes[at].line, call.at);
        document.calls.insert(call.at, (call.length, call.mark.clone()));
        notes[at].called_at = Some(call.at);
    }
}

/// Gives notes that nothing calls the signs between the calls before and after them, in their order: the most likely ones,
/// as many as there are such notes.
fn call_by_order(document: &mut Document, notes: &[Note], garbles: &[Garble]) {
    let mut from = 0;
    while from < notes.len() {
        let run = from..from + notes[from..].iter().take_while(|note| note.called_at.is_none()).count();
        let after = notes.get(run.end).and_then(|note| note.called_at).unwrap_or(usize::MAX);
        let before = from.checked_sub(1).and_then(|i| notes[i].called_at).unwrap_or(0);
        assign(document, &notes[run.clone()], between(garbles, before + 1..after));
        from = run.end + 1;
    }
}

/// The signs in a range of bytes.
fn between(garbles: &[Garble], range: Range<usize>) -> Vec<Garble> {
    garbles.iter().filter(|garble| range.contains(&garble.at)).copied().collect()
}

fn assign(document: &mut Document, notes: &[Note], mut signs: Vec<Garble>) {
    if notes.is_empty() || signs.len() < notes.len() {
        return;
    }
    signs.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.at.cmp(&b.at)));
    signs.truncate(notes.len());
    signs.sort_by_key(|sign| sign.at);
    for (note, sign) in notes.iter().zip(signs) {
        document.calls.insert(sign.at, (sign.length, note.mark.clone()));
        document.called_at.insert(note.line, sign.at);
        document.guessed.insert(sign.at);
    }
}

/// The number of the next note, where a scan misread some of its figures: `2g.` for 29.
fn misread_label(text: &str, next: u32) -> Option<(String, usize)> {
    let (word, rest) = text.split_once(' ')?;
    let bare = word.strip_suffix(['.', ')'])?;
    let read: String = bare.chars().map(misread_figure).collect::<Option<_>>()?;
    let misread = bare.len() <= MOST_FIGURES && !bare.bytes().all(|b| b.is_ascii_digit());
    (misread && read == next.to_string()).then(|| (read, text.len() - rest.len()))
}
