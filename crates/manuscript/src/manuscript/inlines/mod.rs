//! From the events inside a paragraph to inlines: spans with attributes,
//! superior and inferior letters, and note calls that lead nowhere.

mod brackets;
mod pictures;
mod raise;
mod tags;

use super::attrs::{self, Owner};
use super::depth::{MAX_DEPTH, too_deep};
use super::prepare::{APART, LINE, LiftedMark, Prepared, TURN};
use super::raw::{self, Attrs, Inline, InlineKind, Note};
use crate::diag::{Diagnostic, Span};
use crate::narrow::Nearest;
use std::ops::Range;

/// What the Markdown parser gives inside a paragraph.
#[derive(Debug)]
pub(super) enum Token {
    /// Words as they stand in the prepared text, from this byte on.
    Words(usize, String),
    /// Characters that are no mark: they were escaped or written as entities.
    Literal(Range<usize>, String),
    /// Anything else, and the bytes of the prepared text that it comes from.
    Node(Range<usize>, InlineKind),
    /// A page of the older edition starts at this byte; its number, and the mark's place.
    Mark(LiftedMark),
    /// A tag of HTML that means what a mark of ours does.
    Tag(Range<usize>, String),
}

/// Begins the label of a note that stands in the line which calls it.
pub(super) const NOTE: char = '^';

/// Folds tokens into inlines; notes that stand among them are put to the others.
pub(super) fn fold(
    mut tokens: Vec<Token>,
    text: &Prepared,
    notes: &mut Vec<Note>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Inline> {
    pictures::part_pictures(&mut tokens, text);
    let mut fold = Fold {
        text,
        notes,
        findings,
        out: Vec::new(),
        ends: Vec::new(),
        depths: Vec::new(),
        depth_told: false,
        openers: Vec::new(),
    };
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            Token::Words(at, mut words) => {
                while let Some(Token::Words(_, more)) =
                    tokens.next_if(|next| continues(next, at + words.len()))
                {
                    words.push_str(&more);
                }
                fold.words(at, &words);
            }
            Token::Literal(range, words) => fold.push(range, InlineKind::Text(protect(&words))),
            Token::Node(range, kind) => {
                let depth = raw::depth(&kind);
                fold.push(range, kind);
                fold.depths.pop();
                fold.depths.push(depth);
            }
            Token::Tag(range, html) => fold.tag(range, html),
            Token::Mark(LiftedMark { at, label, span }) => {
                fold.out.push(Inline { kind: InlineKind::PageMark(label), span });
                fold.ends.push(at);
                fold.depths.push(0);
            }
        }
    }
    fold.tags_left();
    merge(fold.out)
}

fn continues(token: &Token, end: usize) -> bool {
    matches!(token, Token::Words(at, words) if *at == end && !words.starts_with(LINE))
}

/// Straight marks that the author escaped stay straight: each goes through
/// the making of quotation marks as a noncharacter.
const PROTECTED: [(char, char); 4] =
    [('"', '\u{FDD4}'), ('\'', '\u{FDD5}'), ('-', '\u{FDD6}'), ('.', '\u{FDD7}')];

fn protect(words: &str) -> String {
    words
        .chars()
        .map(|c| PROTECTED.iter().find(|(mark, _)| *mark == c).map_or(c, |(_, kept)| *kept))
        .collect()
}

/// The character that a protected one stands for.
pub(super) fn unprotect(c: char) -> Option<char> {
    PROTECTED.iter().find(|(_, kept)| *kept == c).map(|(mark, _)| *mark)
}

/// Marks of a paragraph that may still open something; each is looked at when one
/// closes, so more of them are only characters.
const MOST_OPEN: usize = 500;

/// A mark that may open something.
struct Opener {
    mark: u8,
    /// Its place in `out`.
    index: usize,
    /// The name of the tag that it is, with its place.
    tag: Option<(String, Range<usize>)>,
}

/// Marks what a tag opens.
const TAG: u8 = b'<';

struct Fold<'a> {
    text: &'a Prepared,
    notes: &'a mut Vec<Note>,
    findings: &'a mut Vec<Diagnostic>,
    out: Vec<Inline>,
    /// Where each inline of `out` ends in the prepared text.
    ends: Vec<usize>,
    /// How deep spans stand in one another in each inline of `out`.
    depths: Vec<usize>,
    /// Whether it was told that they stand too deep.
    depth_told: bool,
    openers: Vec<Opener>,
}

impl Fold<'_> {
    fn push(&mut self, range: Range<usize>, kind: InlineKind) {
        if matches!(kind, InlineKind::Break) {
            self.openers.retain(|opener| matches!(opener.mark, b'[' | TAG));
        }
        self.out.push(Inline { kind, span: self.text.span(range.clone()) });
        self.ends.push(range.end);
        self.depths.push(0);
    }

    fn push_words(&mut self, mut at: usize, mut words: &str) {
        // an end of line that a tag asks for, and the space of the author's own
        if matches!(self.out.last(), Some(Inline { kind: InlineKind::Break, .. })) && words.starts_with(' ') {
            at += 1;
            words = &words[1..];
        }
        if !words.is_empty() {
            self.push(at..at + words.len(), InlineKind::Text(words.to_owned()));
        }
        if words.contains(|c: char| c.is_whitespace() && c != '\u{A0}') {
            while self.openers.last().is_some_and(|opener| !matches!(opener.mark, b'[' | TAG)) {
                self.openers.pop();
            }
        }
    }

    fn words(&mut self, start: usize, words: &str) {
        let mut at = self.link_attrs(start, words);
        while at < words.len() {
            let rest = &words[at..];
            let plain =
                rest.find(|c| matches!(c, '[' | ']' | '^' | '~' | APART | TURN)).unwrap_or(rest.len());
            self.stray_braces(start + at, &rest[..plain]);
            self.push_words(start + at, &rest[..plain]);
            at += plain;
            match words.as_bytes().get(at) {
                None => {}
                Some(b'[') => {
                    self.open(start + at, b'[');
                    at += 1;
                }
                Some(b']') => at = self.close_bracket(start, words, at),
                Some(mark @ (b'^' | b'~')) => {
                    self.raise(start + at, *mark);
                    at += 1;
                }
                Some(_) if words[at..].starts_with(TURN) => {
                    self.push(start + at..start + at + TURN.len_utf8(), InlineKind::Break);
                    at += TURN.len_utf8();
                }
                Some(_) => at += APART.len_utf8(),
            }
        }
    }

    /// Attributes that belong to nothing would be printed.
    fn stray_braces(&mut self, at: usize, words: &str) {
        for (open, _) in words.match_indices('{') {
            let braced = &words[open..];
            if let Some(length) =
                attrs::braces(braced).filter(|length| attrs::look_like_attrs(&braced[..*length]))
            {
                // A heading's braces end it; they are read when it is whole.
                let ends = braced[length..].trim().is_empty();
                let last = self.out.last().map(|inline| &inline.kind);
                let escaped =
                    open == 0 && matches!(last, Some(InlineKind::Text(text)) if text.ends_with([']', '{']));
                if !ends && !escaped && !words[..open].ends_with('{') {
                    let span = self.text.span(at + open..at + open + length);
                    self.findings.push(attrs::stray(&braced[..length], span));
                }
            }
        }
    }

    fn open(&mut self, at: usize, mark: u8) {
        if self.openers.len() < MOST_OPEN {
            self.openers.push(Opener { mark, index: self.out.len(), tag: None });
        }
        self.push(at..at + 1, InlineKind::Text(char::from(mark).to_string()));
    }

    /// Puts everything after the opener at `index` into one inline.
    /// What stands too deep is kept, but not wrapped.
    fn wrap(&mut self, index: usize, end: usize, kind: impl FnOnce(Vec<Inline>) -> InlineKind) {
        let depth = 1 + self.depths[index..].iter().max().copied().unwrap_or(0);
        if depth > MAX_DEPTH {
            return self.unwrapped(index);
        }
        let children = merge(self.out.split_off(index + 1));
        let opener = self.out.pop();
        self.ends.truncate(index);
        self.depths.truncate(index);
        let close = self.text.span(end.saturating_sub(1)..end);
        let span = opener.map_or(close, |opener| opener.span.to(close));
        self.out.push(Inline { kind: kind(children), span });
        self.ends.push(end);
        self.depths.push(depth);
    }

    /// Takes the mark away of a span that would stand too deep.
    fn unwrapped(&mut self, index: usize) {
        let opener = &mut self.out[index];
        opener.kind = InlineKind::Text(String::new());
        let opener = opener.clone();
        if !std::mem::replace(&mut self.depth_told, true) {
            self.findings.push(too_deep(opener.span));
        }
    }
}

/// Joins neighbouring texts.
fn merge(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(inlines.len());
    for inline in inlines {
        if let (InlineKind::Text(more), Some(Inline { kind: InlineKind::Text(text), span })) =
            (&inline.kind, out.last_mut())
            && !more.starts_with(LINE)
        {
            text.push_str(more);
            *span = span.to(inline.span);
        } else {
            out.push(inline);
        }
    }
    out
}

/// Pandoc's short mark for a heading without a number.
fn is_unnumbered(braced: &str) -> bool {
    braced == "{-}"
}

/// The braces that end a heading: `# Title {.part}`. They are taken off, unless the author escaped them.
pub(super) fn trailing_attrs(
    content: &mut Vec<Inline>,
    source: &str,
    findings: &mut Vec<Diagnostic>,
) -> Attrs {
    let Some(Inline { kind: InlineKind::Text(text), span }) = content.last_mut() else {
        return Attrs::default();
    };
    let trimmed = text.trim_end();
    let Some(open) = trimmed.rfind('{').filter(|_| trimmed.ends_with('}')) else { return Attrs::default() };
    let before = &trimmed[..open];
    if !(before.is_empty() || before.ends_with(char::is_whitespace))
        || !(attrs::look_like_attrs(&trimmed[open..]) || is_unnumbered(&trimmed[open..]))
    {
        return Attrs::default();
    }
    let behind = u32::nearest(text.len() - trimmed.len());
    let end = span.end.saturating_sub(behind);
    let at =
        Span { start: end.saturating_sub(u32::nearest(trimmed.len() - open)).max(span.start), end, ..*span };
    if is_written_otherwise(source, at, &trimmed[open..]) {
        return Attrs::default();
    }
    let attrs = attrs::parse(&trimmed[open..], Owner::Words, at, findings);
    *text = before.trim_end().to_owned();
    if text.is_empty() {
        content.pop();
    }
    attrs
}

/// Whether braces of the text are written otherwise at their place: with a backslash before one, or as an entity.
fn is_written_otherwise(source: &str, at: Span, braced: &str) -> bool {
    attrs::is_escaped(source.get(..at.start as usize).unwrap_or(""))
        || source.get(at.start as usize..at.end as usize) != Some(braced)
}
