//! A paragraph as it will be printed, with the way back to the author's bytes: what `marks` looks at for the kinds of
//! `kinds`.

use crate::diag::{FileId, Span, whole_characters};
use crate::manuscript::inlines::unprotect;
use crate::manuscript::raw::{Inline, InlineKind};
use crate::narrow::Nearest;

/// Stands for what is no text: code, a picture, a note's call, an end of line.
pub(super) const OBJECT: char = '\u{FFFC}';

/// How much of a finding's place is shown.
const SHOWN: usize = 24;

/// One character.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub(super) c: char,
    /// Its byte in the author's file.
    at: u32,
    /// It was escaped, or written as an entity: a sign, and no mark.
    pub(super) literal: bool,
    /// A line of the author's begins with it.
    pub(super) begins: bool,
}

/// A paragraph.
pub(super) struct View<'a> {
    pub(super) cells: Vec<Cell>,
    file: FileId,
    source: &'a str,
}

impl<'a> View<'a> {
    pub(super) fn of(inlines: &[Inline], source: &'a str) -> View<'a> {
        let file = inlines.first().map(|inline| inline.span.file).unwrap_or_default();
        let mut view = View { cells: Vec::new(), file, source };
        view.gather(inlines, source);
        if let Some(first) = view.cells.first_mut() {
            first.begins = true;
        }
        view
    }

    fn gather(&mut self, inlines: &[Inline], source: &str) {
        for inline in inlines {
            let span = inline.span;
            match &inline.kind {
                InlineKind::Text(words) => self.align(words, span, source),
                InlineKind::Link { children, .. } if is_address(children) => self.object(span),
                InlineKind::PageMark(_) => {}
                kind => match kind.children() {
                    Some(children) => self.gather(children, source),
                    None => self.object(span),
                },
            }
        }
    }

    fn object(&mut self, span: Span) {
        self.cells.push(Cell { c: OBJECT, at: span.start, literal: true, begins: false });
    }

    /// Walks words and the bytes that they come from side by side.
    fn align(&mut self, words: &str, span: Span, source: &str) {
        let (start, end) = (span.start as usize, span.end as usize);
        let own = source.get(start..end.min(source.len())).unwrap_or("");
        let mut at = 0;
        let mut begins = false;
        for word in words.chars() {
            at += skipped(&own[at..]);
            let (c, kept) = match unprotect(word) {
                Some(c) => (c, true),
                None => (word, false),
            };
            if is_line_end(c) {
                begins = true;
                continue;
            }
            let step = step(&own[at..], c);
            let escaped = at == 0 && c.is_ascii_punctuation() && is_escaped(source, start);
            let literal = kept || step.literal || escaped;
            self.cells.push(Cell { c, at: u32::nearest(start + at), literal, begins });
            begins = step.ends_line;
            at += step.length;
        }
    }

    /// What the author wrote from a cell on.
    pub(super) fn source_from(&self, at: usize) -> &'a str {
        self.source.get(self.cells[at].at as usize..).unwrap_or("")
    }

    /// The author's bytes behind the cells `from..to`.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        let first = self.cells[from].at as usize;
        let last = &self.cells[to.max(from + 1).min(self.cells.len()) - 1];
        // where words and source could not be held side by side, a place may be rough
        let end = (last.at as usize + last.c.len_utf8()).max(first + 1);
        let place = whole_characters(self.source, first..end);
        Span::new(self.file, place.start, place.end)
    }

    /// The characters, up to the first that is no text, and [`SHOWN`] at most.
    pub(super) fn shown(&self, from: usize, to: usize) -> String {
        let all = self.cells[from..to.max(from + 1).min(self.cells.len())].iter().map(|cell| cell.c);
        let shown: String = all.clone().take(SHOWN).take_while(|c| *c != OBJECT).collect();
        let cut = all.count() > SHOWN;
        if shown.trim().is_empty() {
            "…".to_owned()
        } else {
            shown.trim_end().to_owned() + if cut { "…" } else { "" }
        }
    }
}

/// Whether a backslash before that byte escapes it.
fn is_escaped(source: &str, at: usize) -> bool {
    source[..at].bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1
}

/// The bytes of a comment, which is not in the words.
fn skipped(own: &str) -> usize {
    if own.starts_with("<!--") { own.find("-->").map_or(0, |end| end + 3) } else { 0 }
}

/// Whether a sign of the words stands for the end of a line: one of those that no text may hold, by which `inlines`
/// marks an end that is kept, or Unicode's own.
fn is_line_end(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}' | '\u{2028}')
}

/// One character of the words in the author's bytes.
struct Step {
    /// How many bytes it is there.
    length: usize,
    /// It is no mark there.
    literal: bool,
    /// A new line begins behind it.
    ends_line: bool,
}

/// What the author wrote at the start of `own` for the character `c` of the words.
fn step(own: &str, c: char) -> Step {
    let sign = |length, literal| Step { length, literal, ends_line: false };
    let Some(first) = own.chars().next() else { return sign(0, true) };
    if first == '\\' && own[1..].starts_with(c) {
        return sign(1 + c.len_utf8(), true);
    }
    if c == ' '
        && matches!(first, '\n' | '\r' | ' ')
        && own.trim_start_matches([' ', '\t']).starts_with(['\n', '\r'])
    {
        let rest = own.trim_start_matches([' ', '\t', '\r', '\n', '>']);
        return Step { length: own.len() - rest.len(), literal: false, ends_line: true };
    }
    if first == '&' && own[1..].find(';').is_some_and(|end| end < 32) {
        let end = own.find(';').unwrap_or(0) + 1;
        let named = own[1..end - 1].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#');
        if named && (c != '&' || own.starts_with("&amp;") || own.starts_with("&#")) {
            return sign(end, true);
        }
    }
    sign(first.len_utf8(), first != c)
}

/// Whether the words of a link are an address, whose signs are no marks.
fn is_address(words: &[Inline]) -> bool {
    let plain = crate::manuscript::raw::plain(words);
    !plain.contains(char::is_whitespace)
        && (plain.contains("://") || plain.contains('/') || plain.contains('@') || plain.starts_with("www."))
}
