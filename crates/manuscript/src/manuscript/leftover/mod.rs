//! Marks that stayed in the text: whatever still looks like a mark of some
//! Markdown when ours has been read would be printed, so it is told of.
//!
//! [`View`] is a paragraph as it will be printed, with each character's place in
//! the author's file and whether it was escaped; [`marks`] looks through it;
//! here the finds are gathered, so that each kind is told of once for a file.

mod kinds;
mod marks;
#[cfg(test)]
mod remedies;
mod view;

use super::raw::{Inline, InlineKind};
use crate::diag::{Code, Diagnostic, Span};
use kinds::Kind;
use std::collections::BTreeMap;
use view::View;

/// So many places of a kind are named.
const NAMED: usize = 4;

/// What was found in a file.
#[derive(Default)]
pub(super) struct Leftovers {
    kinds: BTreeMap<Kind, Found>,
    /// Lists of attributes and signs of no kind, with their lines: those that were refused as something else are told
    /// of already.
    doubtful: Vec<(Kind, Span, String, usize)>,
    /// Pairs of asterisks, each told of where it stands.
    pairs: Vec<(Span, usize)>,
    /// A byte, and the ends of lines before it: places come in their order, so that none is counted twice.
    counted: (usize, usize),
}

/// Where marks of one kind stand, and how the first begins.
struct Found {
    shown: String,
    first: Span,
    lines: Vec<usize>,
    count: usize,
}

impl Leftovers {
    /// Looks through a paragraph, a heading, a cell or a note.
    pub(super) fn look(&mut self, inlines: &[Inline], source: &str) {
        self.look_within(inlines, source, false);
    }

    /// The same in a cell, where some marks can begin nothing.
    pub(super) fn look_at_cell(&mut self, inlines: &[Inline], source: &str) {
        self.look_within(inlines, source, true);
    }

    fn look_within(&mut self, inlines: &[Inline], source: &str, in_cell: bool) {
        let begins_list = in_cell && inlines.first().is_some_and(marks::may_begin_list);
        if !begins_list && !inlines.iter().any(|inline| may_hold(inline, source)) {
            return;
        }
        self.look_at_nodes(inlines, source);
        let view = View::of(inlines, source, in_cell);
        let (found, pairs) = marks::find(&view);
        self.pairs.extend(pairs.into_iter().map(|(from, to, length)| (view.span(from, to), length)));
        for mark in found {
            self.put(mark.kind, view.span(mark.from, mark.to), view.shown(mark.from, mark.to), source);
        }
    }

    /// Looks at code and emphasis, of which a view knows no more than that they are there.
    fn look_at_nodes(&mut self, inlines: &[Inline], source: &str) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Code(words) if marks::in_words_of_code(words) => {
                    self.put(Kind::Chunk, inline.span, words.chars().take(24).collect(), source);
                }
                InlineKind::Styled(..) if marks::is_underscored_name(inline, source) => {
                    let shown = source[inline.span.start as usize..inline.span.end as usize].to_owned();
                    self.put(Kind::Underscored, inline.span, shown, source);
                }
                InlineKind::Styled(..) if marks::is_switch(inline, source) => {
                    let shown = source[inline.span.start as usize..inline.span.end as usize].to_owned();
                    let kind = if shown == "__TOC__" { Kind::Contents } else { Kind::Directive };
                    self.put(kind, inline.span, shown, source);
                }
                kind => {
                    if let Some(children) = kind.children() {
                        self.look_at_nodes(children, source);
                    }
                }
            }
        }
    }

    /// Notes what was found in code, where no view is needed.
    pub(super) fn put(&mut self, kind: Kind, span: Span, shown: String, source: &str) {
        let line = self.line(span, source);
        match kind {
            Kind::Braces | Kind::Signs => self.doubtful.push((kind, span, shown, line)),
            _ => self.count(kind, span, shown, line),
        }
    }

    fn count(&mut self, kind: Kind, span: Span, shown: String, line: usize) {
        let found =
            self.kinds.entry(kind).or_insert(Found { shown, first: span, lines: Vec::new(), count: 0 });
        found.count += 1;
        if found.lines.len() <= NAMED && found.lines.last() != Some(&line) {
            found.lines.push(line);
        }
    }

    /// The line that a place stands in.
    fn line(&mut self, span: Span, source: &str) -> usize {
        let at = (span.start as usize).min(source.len());
        if at < self.counted.0 {
            self.counted = (0, 0);
        }
        let ends = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count();
        self.counted = (at, self.counted.1 + ends(&source.as_bytes()[self.counted.0..at]));
        self.counted.1 + 1
    }

    /// Looks at what is said of a picture.
    pub(super) fn look_at_picture(&mut self, alt: &str, span: Span, source: &str) {
        if marks::ends_in_size(alt) {
            self.put(Kind::PictureSize, span, alt.to_owned(), source);
        }
    }

    /// Looks at a listing: what its first line says, and what it holds for other programs.
    pub(super) fn look_at_code(&mut self, info: &str, text: &str, span: Span, source: &str) {
        if let Some((kind, shown)) = marks::in_code(info, text) {
            self.put(kind, span, shown, source);
        }
    }

    /// Tells of each kind once.
    pub(super) fn tell(&mut self, findings: &mut Vec<Diagnostic>) {
        for (span, length) in std::mem::take(&mut self.pairs) {
            let stars = "*".repeat(length.min(3));
            let message = format!("these `{stars}` stayed in the text: Markdown saw no emphasis here");
            let hint =
                "put the punctuation outside the emphasis, or a space beside it; write `\\*` for an asterisk";
            findings.push(Diagnostic::new(Code::EmphasisLiteral, span, message).hint(hint));
        }
        let told: Vec<Span> = findings.iter().filter_map(|finding| finding.span).collect();
        let last = told.iter().map(|span| span.end).max().unwrap_or(0);
        for (kind, span, shown, line) in std::mem::take(&mut self.doubtful) {
            let overlaps =
                |other: &Span| other.file == span.file && other.start < span.end && span.start < other.end;
            if span.start >= last || !told.iter().any(overlaps) {
                self.count(kind, span, shown, line);
            }
        }
        for (kind, found) in std::mem::take(&mut self.kinds) {
            let (code, what, hint) = kind.told();
            let printed = match code {
                Code::RemarkPrivate => "and would be printed",
                Code::MarkAccident => "and is printed without its underscores",
                _ if kind == Kind::VerseFence => "and is set as code",
                _ => "and is printed as it stands",
            };
            let message = format!("`{}` is {what}, {printed}{}", found.shown, found.more());
            findings.push(Diagnostic::new(code, found.first, message).hint(hint));
        }
    }
}

impl Found {
    /// `; 4 more in this file (lines 12, 13 and 20)`.
    fn more(&self) -> String {
        let others: Vec<String> = self.lines.iter().skip(1).take(NAMED - 1).map(usize::to_string).collect();
        let more = self.count - 1;
        match (more, others.as_slice()) {
            (0, _) => String::new(),
            (_, []) => format!("; {more} more beside it"),
            (_, [one]) => format!("; {more} more in this file (line {one})"),
            (_, [first @ .., last]) => {
                format!("; {more} more in this file (lines {} and {last})", first.join(", "))
            }
        }
    }
}

/// Whether any sign stands there that a mark could begin with; most paragraphs
/// have none. What was escaped is no sign any more, but may have been meant as one.
fn may_hold(inline: &Inline, source: &str) -> bool {
    use super::raw::InlineKind::{Code, Styled, Text};
    match &inline.kind {
        Text(text) => {
            let own = source.get(inline.span.start as usize..inline.span.end as usize).unwrap_or("");
            let is_escaped = source[..inline.span.start as usize].ends_with('\\');
            has_sign(text) || is_escaped || own.contains(['\\', '&']) || begins_mark(text)
        }
        Code(words) => marks::in_words_of_code(words),
        Styled(..) if marks::is_switch(inline, source) || marks::is_underscored_name(inline, source) => true,
        kind => kind.children().is_some_and(|children| children.iter().any(|child| may_hold(child, source))),
    }
}

/// What may begin a mark wherever it stands, as a table by bytes: the signs of ASCII, and the first bytes of a
/// wide space, of letters that may be misread and of ligatures.
const SIGNS: [bool; 256] = {
    let mut table = [false; 256];
    let signs = b"*_`~[]{}=%$:|!?>@\\&^#+</-\xC2\xC3\xE2\xE3\xEF";
    let mut at = 0;
    while at < signs.len() {
        table[signs[at] as usize] = true;
        at += 1;
    }
    table
};

/// Whether a text begins with a space that is no plain one, a sign that stands for letters, or the first of several
/// letters that may be one which was misread.
fn begins_with_sign(text: &str) -> bool {
    let mut letters = text.chars();
    let (first, second) = (letters.next().unwrap_or(' '), letters.next().unwrap_or(' '));
    match first {
        '\u{A0}'
        | '\u{AC}'
        | '\u{B4}'
        | '\u{2002}'
        | '\u{2003}'
        | '\u{3000}'
        | '\u{FB00}'..='\u{FB06}'
        | '\u{FFFD}' => true,
        'Ã' | 'Â' | 'Ð' | 'â' | 'ï' => !second.is_ascii(),
        '《' => true,
        '［' => second == '＃',
        _ => false,
    }
}

/// Whether one of the signs stands in a text, or two that make one together.
fn has_sign(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_sign = |at: usize| match bytes[at] {
        0xC2 | 0xC3 | 0xE2 | 0xE3 | 0xEF => begins_with_sign(&text[at..]),
        byte => SIGNS[usize::from(byte)],
    };
    let is_pair = |at: usize| {
        matches!(
            (bytes[at], bytes.get(at + 1)),
            (b'\'', Some(b'\''))
                | (b',', Some(b','))
                | (b'.', Some(b'.'))
                | (b'"', Some(b'"'))
                | (b'(', Some(b'(' | b'T' | b'F' | b'A' | b'I' | b'i' | b'r' | b'p' | b'f' | b'P'))
        ) || bytes[at..].starts_with(b". .")
    };
    (0..bytes.len()).any(|at| is_sign(at) || is_pair(at))
}

/// Whether a text begins as a mark does that stands at the beginning of a paragraph.
fn begins_mark(text: &str) -> bool {
    let lowercase = text.starts_with(|c: char| c.is_ascii_lowercase());
    text.starts_with(['.', ';'])
        || BEGINNINGS.iter().any(|mark| text.starts_with(mark))
        || lowercase && text.bytes().take(LONGEST_TAG).any(|b| b == b'.')
}

/// Letters that a mark may begin with.
const BEGINNINGS: [&str; 19] = [
    "TK",
    "TODO",
    "FIXME",
    "import ",
    "export ",
    "LATER ",
    "DOING ",
    "WAITING ",
    "AU: ",
    "MERGEFIELD ",
    "HYPERLINK ",
    "INCLUDEPICTURE ",
    "XE ",
    "PAGEREF ",
    "Footnote ",
    "Lorem ipsum",
    "Click or tap",
    "Click here to enter",
    "Tap here to enter",
];

/// Textile's tag before a paragraph has hardly more bytes.
const LONGEST_TAG: usize = 24;
