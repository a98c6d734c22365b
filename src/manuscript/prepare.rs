//! Lifts out of a text what Markdown must not see: comments, page marks,
//! fences of divisions, and the line starts of verse.
//!
//! Fences become HTML comments that only this module can write (they hold a
//! noncharacter that is removed from the author's text), so Markdown itself
//! keeps them at their depth inside quotes, lists, notes and definitions.
//! [`Prepared::span`] leads every byte back to the author's file.

use super::fences::{self, Fence, Shape};
use crate::book::is_forbidden;
use crate::diag::{Code, Diagnostic, FileId, Span};
use std::collections::BTreeMap;

/// Begins the comment that stands for a fence; its number follows.
pub(super) const FENCE: char = '\u{FDD0}';
/// Begins a line of verse.
pub(super) const LINE: char = '\u{FDD1}';
/// One leading space of a line of verse.
pub(super) const SPACE: char = '\u{FDD2}';
/// Ends the mark of a line of verse: white space to Markdown, so that
/// emphasis behaves as at the start of a line.
pub(super) const LINE_END: char = '\u{2028}';
/// Holds apart what Markdown would join.
pub(super) const APART: char = '\u{FDD3}';

/// A verse line may be indented by so many spaces.
const MAX_SPACES: usize = 200;

/// A text ready for the Markdown parser.
#[derive(Debug)]
pub(super) struct Prepared {
    /// The text.
    pub(super) text: String,
    /// The fences, by the number in their comments.
    pub(super) fences: Vec<Fence>,
    /// Where pages of the older edition start: byte in `text`, label, place.
    pub(super) marks: Vec<(usize, String, Span)>,
    file: FileId,
    /// Pieces copied from the source: start in `text`, start in the source.
    pieces: Vec<(usize, usize)>,
}

impl Prepared {
    /// The author's bytes behind `range` of the prepared text.
    pub(super) fn span(&self, range: std::ops::Range<usize>) -> Span {
        let start = self.origin(range.start);
        let end = if range.end > range.start { self.origin(range.end - 1) + 1 } else { start };
        Span::new(self.file, start, end)
    }

    fn origin(&self, at: usize) -> usize {
        let index = self.pieces.partition_point(|(start, _)| *start <= at);
        match index.checked_sub(1).map(|i| self.pieces[i]) {
            Some((start, source)) => source + (at - start),
            None => 0,
        }
    }
}

/// Prepares the text of a file.
pub(super) fn prepare(file: FileId, source: &str, findings: &mut Vec<Diagnostic>) -> Prepared {
    let mut lifter = Lifter {
        source,
        out: Prepared {
            text: String::with_capacity(source.len() + 64),
            fences: Vec::new(),
            marks: Vec::new(),
            file,
            pieces: Vec::new(),
        },
        open: Vec::new(),
        closes: fences::partners(source),
        code: None,
        literal_until: 0,
        no_comment_end: false,
        ticks: Ticks::default(),
        findings,
    };
    let mut at = if source.starts_with('\u{FEFF}') { 3 } else { 0 };
    while at < source.len() {
        at = lifter.line(at);
    }
    lifter.out
}

/// A division whose closing fence has not come yet.
struct Open {
    verse: bool,
    /// Where the line of its closing fence starts, when it has one.
    closes_at: Option<usize>,
    /// What every line inside begins with.
    prefix: String,
}

/// The backtick runs of a paragraph: by length, where they end.
#[derive(Default)]
struct Ticks {
    paragraph_end: usize,
    ends: BTreeMap<usize, Vec<usize>>,
}

impl Ticks {
    /// The runs of the paragraph that holds `from`, from there on.
    fn gather(source: &str, from: usize) -> Ticks {
        let paragraph_end = fences::blank_line(source, from);
        let bytes = &source.as_bytes()[..paragraph_end];
        let mut ends: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut at = from;
        while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|b| *b == b'`')) {
            let length = bytes[at + found..].iter().take_while(|b| **b == b'`').count();
            at += found + length;
            ends.entry(length).or_default().push(at);
        }
        Ticks { paragraph_end, ends }
    }
}

struct Lifter<'a> {
    source: &'a str,
    out: Prepared,
    open: Vec<Open>,
    closes: BTreeMap<usize, usize>,
    /// The open code fence: its character, length, and whether it stands in a quote.
    code: Option<(u8, usize, bool)>,
    /// Up to here the source is a code span.
    literal_until: usize,
    no_comment_end: bool,
    ticks: Ticks,
    findings: &'a mut Vec<Diagnostic>,
}

impl Lifter<'_> {
    /// Handles the line that starts at `start`; returns where the next begins.
    fn line(&mut self, start: usize) -> usize {
        let end = line_end(self.source, start);
        let line = &self.source[start..end];
        if self.code.is_some() {
            return self.code_line(start, end);
        }
        let prefix = fences::prefix(line);
        if start >= self.literal_until
            && let Some(shape) = fences::shape(&line[prefix..])
        {
            return self.fence_line(start, end, prefix, shape);
        }
        if self.open.last().is_some_and(|open| open.verse) && !self.leave_verse(start, line) {
            return self.verse_line(start, end);
        }
        if let Some((byte, length)) = fences::code_fence(&line[prefix..]) {
            self.code = Some((byte, length, line[..prefix].contains('>')));
            return self.copy_line(start, end);
        }
        let line_out = self.out.text.len();
        self.copy(start, start + prefix);
        self.inline(line_out, start + prefix, end)
    }

    fn code_line(&mut self, start: usize, end: usize) -> usize {
        let line = &self.source[start..end];
        let Some((byte, length, quoted)) = self.code else { return end };
        let inside = line.trim_start_matches([' ', '\t', '>']);
        let run = inside.bytes().take_while(|b| *b == byte).count();
        let left_quote = quoted && !line.trim_start().starts_with('>');
        if (run >= length && inside[run..].trim().is_empty()) || left_quote {
            self.code = None;
        }
        if left_quote { self.line(start) } else { self.copy_line(start, end) }
    }

    fn copy_line(&mut self, start: usize, end: usize) -> usize {
        for (at, c) in self.source[start..end].char_indices() {
            self.character(start + at, c);
        }
        self.newline(end)
    }

    /// Ends a line of the prepared text; returns where the next line starts.
    fn newline(&mut self, end: usize) -> usize {
        let next = after_newline(self.source, end);
        if next > end {
            self.push('\n', end);
        }
        next
    }

    /// A fence: a comment with its number takes its place.
    fn fence_line(&mut self, start: usize, end: usize, prefix: usize, shape: Shape<'_>) -> usize {
        let line = &self.source[start..end];
        let span = Span::new(self.out.file, start + prefix, start + line.trim_end().len());
        self.copy(start, start + prefix);
        let fence = Fence::new(shape, span, self.findings);
        let number = self.out.fences.len();
        for c in format!("<!--{FENCE}{number}-->").chars() {
            self.push(c, start + prefix);
        }
        match &fence {
            Fence::Close(_) => {
                self.open.pop();
            }
            Fence::Open(attrs, _) => self.open.push(Open {
                verse: attrs.classes.iter().any(|class| class == "verse"),
                closes_at: self.closes.get(&start).copied(),
                prefix: fences::continuation(&line[..prefix]),
            }),
        }
        self.out.fences.push(fence);
        self.newline(end)
    }

    /// Whether a line after the opening of a verse is not verse any more: the
    /// verse has no end and a blank line comes, or its quote is over.
    fn leave_verse(&mut self, start: usize, line: &str) -> bool {
        let Some(open) = self.open.last() else { return true };
        let endless = open.closes_at.is_none_or(|at| at < start) && line.trim().is_empty();
        let outside = open.prefix.contains('>') && !line.trim_start().starts_with('>');
        if endless || outside {
            self.open.pop();
        }
        endless || outside
    }

    fn verse_line(&mut self, start: usize, end: usize) -> usize {
        let line = &self.source[start..end];
        let prefix = self.open.last().map_or(String::new(), |open| open.prefix.clone());
        let (at, spaces) = fences::strip(line, &prefix);
        let content = start + at;
        if line[at..].trim().is_empty() {
            for c in prefix.trim_end().chars() {
                self.push(c, start);
            }
            return self.newline(end);
        }
        let line_out = self.out.text.len();
        let spaces = std::iter::repeat_n(SPACE, spaces.min(MAX_SPACES));
        for c in prefix.chars().chain([LINE]).chain(spaces).chain([LINE_END]) {
            self.push(c, content);
        }
        self.inline(line_out, content, end)
    }

    /// Text with comments and page marks in it, from `from` on; `line_out` is
    /// where its line starts in the prepared text. Returns where the next line starts.
    fn inline(&mut self, line_out: usize, from: usize, end: usize) -> usize {
        let content_out = self.out.text.len();
        let lead = self.out.text[line_out..].trim_end_matches([LINE, SPACE, LINE_END]);
        let bare = lead.bytes().all(|b| matches!(b, b' ' | b'\t' | b'>'));
        let mut at = from;
        let mut end = end;
        while let Some(c) = self.source[at..end.max(at)].chars().next() {
            let letters = at + ordinary(&self.source.as_bytes()[at..end]);
            if letters > at {
                self.copy(at, letters);
                at = letters;
            } else if at < self.literal_until {
                self.character(at, c);
                at += c.len_utf8();
            } else if !self.source[at..].starts_with("<!--") {
                at = self.plain(at, c, end);
            } else if let Some(after) = self.comment(at) {
                if after > end {
                    end = line_end(self.source, after);
                }
                at = self.after_comment(after, end);
                let alone = bare && self.out.text.len() <= content_out;
                if alone && self.source[at..end].trim().is_empty() {
                    return self.drop_line(line_out, end);
                }
            } else {
                at += 4;
            }
        }
        self.newline(end)
    }

    /// One character, or an escape, or the start of a code span.
    fn plain(&mut self, at: usize, c: char, end: usize) -> usize {
        let rest = &self.source[at..];
        self.character(at, c);
        match c {
            '\\' => match self.source[at + 1..end].chars().next() {
                Some(next) => {
                    self.character(at + 1, next);
                    at + 1 + next.len_utf8()
                }
                None => at + 1,
            },
            '`' => {
                let run = rest.bytes().take_while(|b| *b == b'`').count();
                (1..run).for_each(|i| self.push('`', at + i));
                if let Some(close) = self.ticks_after(at + run, run) {
                    self.literal_until = close;
                }
                at + run
            }
            ']' if rest.starts_with("](") && self.ends_note_call() => {
                self.push(APART, at + 1);
                at + 1
            }
            _ => at + c.len_utf8(),
        }
    }

    /// Whether the prepared text ends in `[^label]`.
    fn ends_note_call(&self) -> bool {
        let text = &self.out.text[..self.out.text.len() - 1];
        let tail = text.bytes().rev().take(100).position(|b| b == b'[' || b.is_ascii_whitespace());
        tail.is_some_and(|length| text[text.len() - length - 1..].starts_with("[^"))
    }

    /// Where a code span opened by `run` backticks closes, within the paragraph.
    fn ticks_after(&mut self, from: usize, run: usize) -> Option<usize> {
        if from > self.ticks.paragraph_end {
            self.ticks = Ticks::gather(self.source, from);
        }
        let ends = self.ticks.ends.get(&run)?;
        ends.get(ends.partition_point(|end| *end <= from)).copied()
    }

    /// Lifts the comment at `at`; returns where the text goes on, or none
    /// when it never ends (its first bytes are then escaped).
    fn comment(&mut self, at: usize) -> Option<usize> {
        let found = if self.no_comment_end { None } else { self.source[at + 2..].find("-->") };
        let Some(length) = found else {
            if !self.no_comment_end {
                let message = "this comment has no end: `-->` is missing";
                let span = Span::new(self.out.file, at, at + 4);
                self.findings.push(Diagnostic::new(Code::CommentUnclosed, span, message));
            }
            self.no_comment_end = true;
            self.push('\\', at);
            self.copy(at, at + 4);
            return None;
        };
        let after = at + 2 + length + 3;
        let span = Span::new(self.out.file, at, after);
        let words = self.source.get(at + 4..at + 2 + length).unwrap_or("");
        match page_label(words) {
            Page::Label(label) => self.out.marks.push((self.out.text.len(), label, span)),
            Page::Invalid => {
                let message = format!("`{}` does not say which page starts here", words.trim());
                let hint = "write the number as printed: <!-- page 12 --> or <!-- page xiv -->";
                self.findings.push(Diagnostic::new(Code::PageMarkInvalid, span, message).hint(hint));
            }
            Page::Private => {}
        }
        Some(after)
    }

    /// Of the spaces on both sides of a comment one side is enough.
    fn after_comment(&mut self, after: usize, end: usize) -> usize {
        let out = &mut self.out.text;
        if after == end {
            let kept = out.trim_end_matches(' ').len();
            self.truncate(kept);
            return after;
        }
        let spaced = out.is_empty() || out.ends_with([' ', '\n', LINE_END]);
        after + usize::from(spaced && self.source[after..].starts_with(' '))
    }

    /// Takes back what was written of a line that held nothing but comments.
    fn drop_line(&mut self, line_out: usize, end: usize) -> usize {
        self.truncate(line_out);
        after_newline(self.source, end)
    }

    fn truncate(&mut self, length: usize) {
        self.out.text.truncate(length);
        while self.out.pieces.last().is_some_and(|(start, _)| *start >= length && *start > 0) {
            self.out.pieces.pop();
        }
        for mark in self.out.marks.iter_mut().rev().take_while(|mark| mark.0 > length) {
            mark.0 = length;
        }
    }

    fn copy(&mut self, start: usize, end: usize) {
        if start < end {
            self.piece(start);
            self.out.text.push_str(&self.source[start..end]);
        }
    }

    /// A character of the author's, unless it is one that no book may hold.
    fn character(&mut self, at: usize, c: char) {
        if is_forbidden(c) {
            let message = format!("U+{:04X} is a control character: it has no place in a text", u32::from(c));
            let span = Span::new(self.out.file, at, at + c.len_utf8());
            let hint = "delete it; it is invisible in most editors";
            self.findings.push(Diagnostic::new(Code::ControlCharacter, span, message).hint(hint));
        } else {
            self.push(c, at);
        }
    }

    fn push(&mut self, c: char, source: usize) {
        self.piece(source);
        self.out.text.push(c);
    }

    /// What is written next comes from that byte of the source.
    fn piece(&mut self, source: usize) {
        let at = self.out.text.len();
        let follows = self.out.pieces.last().is_some_and(|(start, origin)| origin + (at - start) == source);
        if !follows {
            self.out.pieces.push((at, source));
        }
    }
}

/// How many bytes from the start are letters and signs that mean nothing but
/// themselves: most of every text, so they are copied together.
fn ordinary(text: &[u8]) -> usize {
    let plain = |byte: &&u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'\\' | b'`' | b']' | b'<');
    text.iter().take_while(plain).count()
}

fn line_end(source: &str, start: usize) -> usize {
    let rest = &source.as_bytes()[start..];
    start + rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len())
}

fn after_newline(source: &str, end: usize) -> usize {
    let rest = &source[end..];
    end + if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) }
}

/// What a comment says of pages.
enum Page {
    Label(String),
    Invalid,
    Private,
}

fn page_label(words: &str) -> Page {
    let mut words = words.split_whitespace();
    if !words.next().is_some_and(|word| word.eq_ignore_ascii_case("page")) {
        return Page::Private;
    }
    match (words.next(), words.next()) {
        (None, _) => Page::Invalid,
        (Some(label), None) if is_folio(label) => Page::Label(label.to_owned()),
        (Some(_), None) => Page::Invalid,
        (Some(label), Some(_)) if label.starts_with(|c: char| c.is_ascii_digit()) => Page::Invalid,
        _ => Page::Private,
    }
}

/// Whether a folio may be printed so: `12`, `xiv`, `A3`, `12a`, `[4]`, `12*`.
fn is_folio(label: &str) -> bool {
    let bare = label.trim_matches(['[', ']', '*']);
    let roman = bare.bytes().all(|b| b"ivxlcdmIVXLCDM".contains(&b));
    let plate = bare.len() <= 8
        && bare.bytes().any(|b| b.is_ascii_digit())
        && bare.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '–'));
    !bare.is_empty() && (roman || plate)
}
