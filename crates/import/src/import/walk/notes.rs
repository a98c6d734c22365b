//! Notes on the walk: their text, what goes on with them, and what calls them.

use super::super::decisions::Case;
use super::super::document::Role;
use super::super::inline::{InlineNote, LinePart, parts};
use super::super::line::{Line, goes_on};
use super::super::mark::page_mark;
use super::super::model::{Block, Inline, Note, Piece};
use super::super::rules::{SPELLED, note_number};
use super::{Walk, as_text};
use crate::narrow::Nearest;

impl Walk<'_, '_> {
    /// Running text, or what goes on with the last note.
    pub(super) fn unclaimed(&mut self, at: usize) -> usize {
        let line = self.context.lines[at];
        let noted = self.context.document.as_ref().is_some_and(|d| d.roles[at] == Role::NoteText);
        if noted && !self.draft.notes.is_empty() {
            let (key, evidence) = (line.text, "stands among the notes at the foot of its page".into());
            let verdicts = ["note goes on", "paragraph"];
            let case =
                Case { rule: "note-goes-on", at: line.start(), key, verdicts, confidence: 90, evidence };
            return if self.decisions.decide(case) { self.note_goes_on(at) } else { self.paragraph(at) };
        }
        let in_section = self.context.among_notes && line.blanks <= self.usual.max(1) && !line.feed;
        // a note in brackets says where it ends
        let closed = self.draft.notes.last().is_some_and(|n| !n.closing.is_empty());
        let evidence = match (in_section && !closed && self.note_is_last(), self.breaks_off(at)) {
            (true, _) => "stands under a note, before the next",
            (_, true) => {
                "begins with a small letter at the foot of a page, and the note before it breaks off"
            }
            _ => return self.paragraph(at),
        };
        let verdicts = ["note goes on", "paragraph"];
        let (key, evidence) = (line.text, evidence.into());
        let case = Case { rule: "note-goes-on", at: line.start(), key, verdicts, confidence: 85, evidence };
        if self.decisions.decide(case) { self.note_goes_on(at) } else { self.paragraph(at) }
    }

    /// Whether nothing but notes stands since the last block.
    pub(super) fn note_is_last(&self) -> bool {
        self.draft.notes.last().is_some_and(|n| n.gap + 1 == self.draft.gaps.len())
    }

    /// Whether the paragraph at `at` goes on with a note of the page before: directly under a rule, or at the foot
    /// of a page whose text is whole without it.
    pub(super) fn breaks_off(&self, at: usize) -> bool {
        let lines = self.context.lines;
        if !self.context.note_open || !lines[at].trimmed().starts_with(char::is_lowercase) {
            return false;
        }
        if self.context.foot && at > 0 && lines[at - 1].trimmed().chars().all(|c| "-—–─=_* ".contains(c))
        {
            return true;
        }
        if self.note_is_last() || self.draft.gaps.last().is_none_or(|g| !g.pieces.is_empty()) {
            return false;
        }
        let mut next = self.run(at);
        let sign = |i: usize| {
            lines.get(i).is_none_or(|l| {
                l.feed || page_mark(l.trimmed()).is_some() || self.context.furniture.folios.contains(&i)
            })
        };
        let note = |i: usize| {
            let called = |l: &Line<'_>| {
                note_number(l.trimmed()).is_some_and(|(n, _)| self.context.calls.contains_key(&n))
            };
            lines.get(i).is_some_and(called)
        };
        if !sign(next) && !note(next) {
            return false;
        }
        while next < lines.len() && next < at + 60 && !sign(next) {
            next += 1;
        }
        let overleaf = lines[next.min(lines.len())..]
            .iter()
            .take(4)
            .map(Line::trimmed)
            .find(|t| page_mark(t).is_none() && t.chars().any(char::is_lowercase));
        let ended = |b: &Block| {
            b.plain().trim_end().ends_with(['.', '!', '?', '”', '"', '…', ':', ')', '»', '’', '\''])
        };
        self.draft.blocks.last().is_some_and(ended)
            || overleaf.is_some_and(|t| t.starts_with(char::is_lowercase))
    }

    /// Adds the paragraph at `at` to the last note.
    pub(super) fn note_goes_on(&mut self, at: usize) -> usize {
        let stop = self.run(at);
        let body: Vec<Inline> = self.inlines(at, stop, 0).into_iter().map(as_text).collect();
        let last = self.draft.gaps.last().and_then(|g| g.pieces.last());
        let first_part = matches!(last, Some(Piece::Note(n, 0)) if n + 1 == self.draft.notes.len());
        let closed = self.draft.notes.last().is_some_and(|n| !n.closing.is_empty());
        let together = self.note_is_last() && first_part && !closed;
        let end = self.context.lines[stop - 1].end();
        self.context.note_open = is_open(&body);
        let index = self.draft.notes.len() - 1;
        let chars = self.text[self.context.lines[at].start()..end].chars().count();
        if together {
            let note = &mut self.draft.notes[index];
            note.paragraphs.push(body);
            note.end = end;
        } else {
            self.rejoin_note(index, at);
            let note = &mut self.draft.notes[index];
            note.more.push(body);
            let part = note.more.len();
            self.gap().pieces.push(Piece::Note(index, part));
        }
        self.gap().note_chars.push(chars);
        stop
    }

    /// Weighs the hyphen with which a note ends that goes on at line `at`.
    fn rejoin_note(&mut self, index: usize, at: usize) {
        let line = self.context.lines[at];
        let note = &mut self.draft.notes[index];
        let Some(last) = note.more.last_mut().or(note.paragraphs.last_mut()) else { return };
        let ends =
            matches!(last.last(), Some(Inline::Text(t)) if self.words.weigh(t, line.trimmed()).is_some());
        if !ends {
            return;
        }
        let mut parts: Vec<LinePart> = std::mem::take(last).into_iter().map(LinePart::Inline).collect();
        self.line_end(&mut parts, &line, None);
        let joined = parts.into_iter().map(as_text).collect();
        let note = &mut self.draft.notes[index];
        if let Some(last) = note.more.last_mut().or(note.paragraphs.last_mut()) {
            *last = joined;
        }
    }

    /// A note and its further lines; `[Footnote …` runs to its bracket.
    pub(super) fn note(&mut self, at: usize, number: String, strip: usize) -> usize {
        let line = self.context.lines[at];
        let spelled = SPELLED.iter().any(|w| *w != "[^" && line.trimmed().starts_with(w));
        let stop = if spelled { self.bracket_end(at) } else { self.run(at) };
        self.context.foot = true;
        self.context.note_open = false;
        let left = self.context.calls.remove(&number).unwrap_or(0);
        // letters in brackets begin anew after Z; a bare number is called once, or twice for one note
        if left > 1 && line.trimmed().starts_with('[') {
            self.context.calls.insert(number.clone(), left - 1);
        }
        self.context.last_note = number.parse().unwrap_or(self.context.last_note);
        let opening = line.trimmed()[..strip].to_owned();
        let mut paragraphs = self.note_paragraphs(at, stop, strip);
        let closing = if spelled { cut_bracket(&mut paragraphs) } else { String::new() };
        self.context.note_open = !spelled && paragraphs.last().is_some_and(|p| is_open(p));
        let gap = self.draft.gaps.len() - 1;
        let index = self.draft.notes.len();
        let end = self.context.lines[stop - 1].end();
        let chars = self.text[line.start()..end].chars().count();
        let note = Note {
            label: number.clone(),
            number,
            line: line.number,
            opening,
            closing,
            paragraphs,
            more: Vec::new(),
            at: line.start(),
            end,
            gap,
            called_at: self.context.document.as_ref().and_then(|d| d.called_at.get(&at).copied()),
            file: None,
            called: false,
        };
        self.draft.notes.push(note);
        self.gap().pieces.push(Piece::Note(index, 0));
        self.gap().note_chars.push(chars);
        stop
    }

    /// A note that stands where it is called: its call, and what stands there in the transcription.
    pub(super) fn inline_note(&mut self, note: &InlineNote, block: &Block) -> (Option<Inline>, Vec<Piece>) {
        let literal = |text: &str| Piece::Literal(text.to_owned());
        let follows = note.attribute("follow").and_then(|name| self.named.get(name)).cloned();
        let earlier = follows.and_then(|number| self.draft.notes.iter().rposition(|n| n.number == number));
        let body = |walk: &Walk<'_, '_>, text: &str| -> Vec<Inline> {
            let at = note.at + note.opening.len();
            parts(text, at, &walk.readers()).into_iter().map(as_text).collect()
        };
        let number = match note.attribute("name").map(str::to_owned) {
            Some(name) if self.named.contains_key(&name) => self.named[&name].clone(),
            name => {
                self.inline_notes += 1;
                let number = self.inline_notes.to_string();
                self.named.extend(name.map(|name| (name, number.clone())));
                number
            }
        };
        let Some(text) = &note.text else {
            let (literal, at) = (note.opening.clone(), note.at);
            return (Some(Inline::Call { number, literal, note: None, at }), Vec::new());
        };
        let body = body(self, text);
        if let Some(index) = earlier {
            self.inline_notes -= 1;
            self.draft.notes[index].more.push(body);
            let part = self.draft.notes[index].more.len();
            let pieces = vec![literal(&note.opening), Piece::Note(index, part), literal(InlineNote::CLOSING)];
            return (None, pieces);
        }
        let length = note.opening.len() + text.len() + InlineNote::CLOSING.len();
        self.draft.notes.push(Note {
            label: number.clone(),
            number: number.clone(),
            line: block.line,
            opening: note.opening.clone(),
            closing: InlineNote::CLOSING.to_owned(),
            paragraphs: vec![body],
            more: Vec::new(),
            at: note.at,
            end: note.at + length,
            gap: self.draft.gaps.len() - 1,
            called_at: Some(note.at),
            file: None,
            called: false,
        });
        let piece = Piece::Note(self.draft.notes.len() - 1, 0);
        (Some(Inline::Call { number, literal: String::new(), note: None, at: note.at }), vec![piece])
    }

    pub(super) fn note_paragraphs(&mut self, at: usize, stop: usize, strip: usize) -> Vec<Vec<Inline>> {
        let mut paragraphs = Vec::new();
        let mut from = at;
        while from < stop {
            // white space in mid-sentence is that of a smaller type, and parts nothing
            let parts = |i: &usize| {
                let lines = self.context.lines;
                lines[*i].blanks > 0 && !(goes_on(lines[i - 1].text) && lines[i - 1].blanks == 0)
            };
            let next = (from + 1..stop).find(parts).unwrap_or(stop);
            let body = self.inlines(from, next, if from == at { strip } else { 0 });
            paragraphs.push(body.into_iter().map(as_text).collect());
            from = next;
        }
        paragraphs
    }

    /// The line after the one that closes the bracket opened at `at`: at most 400 lines on, and on its page.
    pub(super) fn bracket_end(&self, at: usize) -> usize {
        let mut depth = 0i32;
        for (index, line) in self.context.lines.iter().enumerate().skip(at).take(400) {
            depth +=
                i32::nearest(line.text.matches('[').count()) - i32::nearest(line.text.matches(']').count());
            let ends_page = self.context.document.as_ref().is_some_and(|d| d.page_at(index + 1).is_some());
            if depth <= 0 || ends_page {
                return index + 1;
            }
        }
        self.run(at)
    }
}

/// Whether a note's text breaks off in mid-sentence.
fn is_open(text: &[Inline]) -> bool {
    let plain: String = text.iter().map(Inline::plain).collect();
    plain.chars().count() > 30
        && plain.trim_end().ends_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';' | '-'))
}

/// Takes the closing bracket off the last paragraph of a note.
fn cut_bracket(paragraphs: &mut [Vec<Inline>]) -> String {
    if let Some(Inline::Text(text)) = paragraphs.last_mut().and_then(|p| p.last_mut())
        && let Some(body) = text.strip_suffix(']')
    {
        *text = body.to_owned();
        return "]".to_owned();
    }
    String::new()
}
