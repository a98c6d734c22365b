//! A paragraph as it will be printed, with the way back to the author's bytes: what `marks` looks at for the kinds of
//! `kinds`.

use crate::diag::{FileId, Span, whole_characters};
use crate::manuscript::inlines::unprotect;
use crate::manuscript::prepare::LINE;
use crate::manuscript::raw::{Inline, InlineKind};
use crate::narrow::Nearest;

/// Stands for what is no text: code, a picture, a note's call, an end of line.
pub(super) const OBJECT: char = '\u{FFFC}';

/// What stands before a mark in its line is looked at no further back.
const LONGEST_LEAD: usize = 200;

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
    /// Ends of lines stay ends of lines, and spaces before them stay.
    pub(super) keeps_lines: bool,
    /// Its lines are those of verse.
    pub(super) is_verse: bool,
    /// It is a cell of a table.
    pub(super) in_cell: bool,
    /// Where it was asked last whether a sign is escaped, and how many backslashes stand before it.
    backslashes: (usize, usize),
    file: FileId,
    source: &'a str,
}

impl<'a> View<'a> {
    pub(super) fn of(inlines: &[Inline], source: &'a str, in_cell: bool) -> View<'a> {
        let file = inlines.first().map(|inline| inline.span.file).unwrap_or_default();
        let mut view = View {
            cells: Vec::new(),
            keeps_lines: false,
            is_verse: false,
            in_cell,
            backslashes: (0, 0),
            file,
            source,
        };
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
        let mut way = Way { own, blank: (0, false), comments: true };
        let mut words = words;
        while let Some(word) = words.chars().next() {
            let plain = if begins { 0 } else { alike(words.as_bytes(), &own.as_bytes()[at..]) };
            if plain > 0 {
                let cell = |(byte, at)| Cell { c: char::from(byte), at, literal: false, begins: false };
                self.cells.extend(words.bytes().take(plain).zip(u32::nearest(start + at)..).map(cell));
                (words, at) = (&words[plain..], at + plain);
                continue;
            }
            words = &words[word.len_utf8()..];
            at += way.skipped(at);
            let (c, kept) = match unprotect(word) {
                Some(c) => (c, true),
                None => (word, false),
            };
            if is_line_end(c) {
                begins = true;
                self.keeps_lines = true;
                self.is_verse |= c == LINE;
                continue;
            }
            if c == '('
                && let Some(length) = example_label(&own[at..], words)
            {
                // the number of an example, written in place of its label
                let digits = words.bytes().take_while(u8::is_ascii_digit).count();
                for c in ['('].into_iter().chain(words[..=digits].chars()) {
                    self.cells.push(Cell { c, at: u32::nearest(start + at), literal: true, begins });
                    begins = false;
                }
                (words, at) = (&words[digits + 1..], at + length);
                continue;
            }
            let step = way.step(at, c);
            let escaped = at == 0 && c.is_ascii_punctuation() && self.is_escaped(start);
            let literal = kept || step.literal || escaped;
            self.cells.push(Cell { c, at: u32::nearest(start + at), literal, begins });
            begins = step.ends_line;
            at += step.length;
        }
    }

    /// Whether a backslash before that byte escapes it. Backslashes that were counted for the sign before are not
    /// counted again, since each of a long row of them is asked about.
    fn is_escaped(&mut self, at: usize) -> bool {
        let (last, counted) = self.backslashes;
        let from = if last <= at { last } else { 0 };
        let new = self.source[from..at].bytes().rev().take_while(|b| *b == b'\\').count();
        let count = if from > 0 && from + new == at { new + counted } else { new };
        self.backslashes = (at, count);
        count % 2 == 1
    }

    /// What the author wrote from a cell on.
    pub(super) fn source_from(&self, at: usize) -> &'a str {
        self.source.get(self.cells[at].at as usize..).unwrap_or("")
    }

    /// What the author wrote before a cell in its line.
    pub(super) fn line_before(&self, at: usize) -> &'a str {
        let before = self.source.get(..self.cells[at].at as usize).unwrap_or("");
        let near = before.len() - before.len().min(LONGEST_LEAD);
        let before = &before[before.ceil_char_boundary(near)..];
        before.rsplit('\n').next().unwrap_or("")
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

/// The bytes of a label of Pandoc's, `(@label)`, in whose place the words have a number and a bracket.
fn example_label(own: &str, words: &str) -> Option<usize> {
    let label = own.strip_prefix("(@")?;
    let end = label.find(')')?;
    let bare = words.trim_start_matches(|c: char| c.is_ascii_digit());
    (bare.len() < words.len() && bare.starts_with(')')).then_some(end + "(@)".len())
}

/// How many bytes words and source begin with that are the same and mean themselves: letters, figures and the spaces
/// between them, which is most of every text.
fn alike(words: &[u8], own: &[u8]) -> usize {
    let plain = |at: usize| own.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let means_itself = |at: usize| plain(at) || own[at] == b' ' && plain(at + 1);
    let both = words.iter().zip(own).enumerate();
    both.take_while(|(at, (word, own))| word == own && means_itself(*at)).count()
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

/// The author's bytes of one text, and what is known of those ahead: that a row of blanks or the search for the end of
/// a comment is not gone through again for each character.
struct Way<'a> {
    own: &'a str,
    /// Where the blanks end that were met last, and whether the line ends there.
    blank: (usize, bool),
    /// Whether a comment may still end.
    comments: bool,
}

impl Way<'_> {
    /// The bytes of a comment, which is not in the words.
    fn skipped(&mut self, at: usize) -> usize {
        let rest = &self.own[at..];
        if !self.comments || !rest.starts_with("<!--") {
            return 0;
        }
        let end = rest.find("-->");
        self.comments = end.is_some();
        end.map_or(0, |end| end + 3)
    }

    /// Whether nothing but blanks stands between `at` and the end of its line.
    fn ends_line(&mut self, at: usize) -> bool {
        if at >= self.blank.0 {
            let rest = self.own[at..].trim_start_matches([' ', '\t']);
            self.blank = (self.own.len() - rest.len(), rest.starts_with(['\n', '\r']));
        }
        self.blank.1
    }

    /// What the author wrote from `at` on for the character `c` of the words.
    fn step(&mut self, at: usize, c: char) -> Step {
        let sign = |length, literal| Step { length, literal, ends_line: false };
        let own = &self.own[at..];
        let Some(first) = own.chars().next() else { return sign(0, true) };
        if first == '\\' && own[1..].starts_with(c) {
            return sign(1 + c.len_utf8(), true);
        }
        if c == '\u{A0}' && own.starts_with("\\ ") {
            return sign(2, true);
        }
        if c == ' ' && matches!(first, '\n' | '\r' | ' ') && self.ends_line(at) {
            let rest = own.trim_start_matches([' ', '\t', '\r', '\n', '>']);
            return Step { length: own.len() - rest.len(), literal: false, ends_line: true };
        }
        if first == '&'
            && let Some(end) = own.bytes().take(LONGEST_ENTITY).position(|b| b == b';')
        {
            let named = own[1..end].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#');
            let numbered = own[..end].contains(|c: char| c.is_ascii_digit()) && own.starts_with("&#");
            if named && (c != '&' || own.starts_with("&amp;") || numbered) {
                return sign(end + 1, true);
            }
        }
        sign(first.len_utf8(), first != c)
    }
}

/// The bytes of the longest name that HTML has for a sign, with `&` and `;`.
const LONGEST_ENTITY: usize = 33;

/// Whether the words of a link are an address, whose signs are no marks.
fn is_address(words: &[Inline]) -> bool {
    let plain = crate::manuscript::raw::plain(words);
    !plain.contains(char::is_whitespace)
        && (plain.contains("://") || plain.contains('/') || plain.contains('@') || plain.starts_with("www."))
}
