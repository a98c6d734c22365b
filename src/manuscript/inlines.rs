//! From the events inside a paragraph to inlines: spans with attributes,
//! superior and inferior letters, and note calls that lead nowhere.

use super::attrs::{self, Owner};
use super::html;
use super::markdown::{MAX_DEPTH, too_deep};
use super::prepare::{APART, LINE, Prepared, TURN, Tag};
use super::raw::{self, Attrs, Block, BlockKind, Inline, InlineKind, Note, Style};
use crate::diag::{Code, Diagnostic, Span};
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
    Mark(usize, String, Span),
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
    part_pictures(&mut tokens, text);
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
            Token::Mark(at, label, span) => {
                fold.out.push(Inline { kind: InlineKind::PageMark(label), span });
                fold.ends.push(at);
                fold.depths.push(0);
            }
        }
    }
    fold.tags_left();
    merge(fold.out)
}

/// Ends the line between a line of the manuscript that holds pictures alone and
/// one that holds words.
fn part_pictures(tokens: &mut [Token], text: &Prepared) {
    if !tokens.iter().any(|token| matches!(token, Token::Node(_, kind) if is_picture(kind))) {
        return;
    }
    let ends: Vec<usize> = (0..tokens.len()).filter(|at| ends_line(&tokens[*at], text)).collect();
    let starts = std::iter::once(0).chain(ends.iter().map(|end| end + 1));
    let pictures: Vec<bool> = starts
        .zip(ends.iter().copied().chain([tokens.len()]))
        .map(|(start, end)| holds_pictures_alone(&tokens[start..end]))
        .collect();
    for (line, at) in ends.into_iter().enumerate() {
        if let (true, Token::Words(from, _)) = (pictures[line] != pictures[line + 1], &tokens[at]) {
            tokens[at] = Token::Node(*from..*from + 1, InlineKind::Break);
        }
    }
}

/// Whether a token is the end of a line of the manuscript.
fn ends_line(token: &Token, text: &Prepared) -> bool {
    matches!(token, Token::Words(at, words) if words == " " && text.text[*at..].starts_with(['\n', '\r']))
}

fn holds_pictures_alone(line: &[Token]) -> bool {
    let mut pictures = 0;
    for token in line {
        match token {
            Token::Node(_, kind) if is_picture(kind) => pictures += 1,
            Token::Node(_, InlineKind::Note { .. }) | Token::Mark(..) => {}
            Token::Words(_, words)
                if attrs::braces(words).is_some_and(|end| words[end..].trim().is_empty()) => {}
            Token::Words(_, words) if words.trim().is_empty() => {}
            _ => return false,
        }
    }
    pictures > 0
}

/// Whether it is a picture, or a link that holds one and no words.
fn is_picture(kind: &InlineKind) -> bool {
    match kind {
        InlineKind::Image { .. } => true,
        InlineKind::Link { children, .. } => {
            !children.is_empty()
                && children.iter().all(|child| matches!(child.kind, InlineKind::Image { .. }))
        }
        _ => false,
    }
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
        if words.contains(char::is_whitespace) {
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
                    open == 0 && matches!(last, Some(InlineKind::Text(text)) if text.ends_with(']'));
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

    /// `^x^` and `~x~`: without white space inside, and not empty.
    fn raise(&mut self, at: usize, mark: u8) {
        let opener = self.openers.last().filter(|opener| opener.mark == mark);
        let in_call = mark == b'^'
            && matches!(self.out.last(), Some(Inline { kind: InlineKind::Text(t), .. }) if t == "[");
        match opener {
            Some(opener) if opener.index + 1 < self.out.len() => {
                let index = opener.index;
                self.openers.pop();
                if self.is_accident(index, at) {
                    return self.not_raised(index, at, mark);
                }
                let style = if mark == b'^' { Style::Super } else { Style::Sub };
                self.wrap(index, at + 1, |children| InlineKind::Styled(style, children));
            }
            _ if in_call => self.push(at..at + 1, InlineKind::Text("^".to_owned())),
            _ => self.open(at, mark),
        }
    }

    /// Whether signs that would raise or lower what stands between them are more
    /// likely signs: they hold no letter or figure, or the middle of a formula.
    fn is_accident(&self, index: usize, close: usize) -> bool {
        let inside = super::raw::plain(&self.out[index + 1..]);
        let word = |c: char| c.is_alphanumeric();
        let before = match index.checked_sub(1).map(|at| &self.out[at].kind) {
            Some(InlineKind::Text(text)) => text.chars().next_back(),
            _ => None,
        };
        let after = self.text.text[close + 1..].chars().next();
        let bare = !inside.contains(word)
            && !inside
                .contains(['+', '-', '−', '–', '*', '′', '°', '∗', '†', '‡', '®', '™', '©', '…', '?', '!'])
            && !self.out[index + 1..].iter().any(|inline| !matches!(inline.kind, InlineKind::Text(_)));
        let operator = inside.contains(['+', '=', '*', '/', '<', '>']) || inside.chars().any(wide);
        // words may stand between them where a mark holds them: `^[a link](x)^`
        let spaced = self.out[index + 1..].iter().any(|inline| match &inline.kind {
            InlineKind::Styled(_, children) => super::raw::plain(children).contains(char::is_whitespace),
            _ => false,
        });
        bare || spaced || (operator && before.is_some_and(word) && after.is_some_and(word))
    }

    fn not_raised(&mut self, index: usize, at: usize, mark: u8) {
        let sign = char::from(mark);
        let span = self.out[index].span.to(self.text.span(at..at + 1));
        let message = format!(
            "two `{sign}` stand around what is hardly meant to be {}: they are printed",
            if mark == b'^' { "raised" } else { "lowered" }
        );
        let hint = format!("write `\\{sign}` for the sign itself; `x{sign}2{sign}` sets the 2 alone");
        self.findings.push(Diagnostic::new(Code::MarkAccident, span, message).hint(hint));
        self.push(at..at + 1, InlineKind::Text(sign.to_string()));
    }

    /// A tag that opens an element or ends one.
    fn tag(&mut self, range: Range<usize>, html: String) {
        let Some(tag) = Tag::read(&html) else { return self.push(range, InlineKind::Text(html)) };
        if !tag.closes {
            if self.openers.len() < MOST_OPEN {
                let place = Some((tag.name.clone(), range.clone()));
                self.openers.push(Opener { mark: TAG, index: self.out.len(), tag: place });
            }
            return self.push(range, InlineKind::Text(html));
        }
        let same = |opener: &Opener| opener.tag.as_ref().is_some_and(|(name, _)| *name == tag.name);
        let Some(opener) = self.openers.iter().rposition(same) else {
            self.findings.push(html::found(&html, self.text.span(range.clone())));
            return self.push(range, InlineKind::Text(html));
        };
        let index = self.openers[opener].index;
        for inner in self.openers.split_off(opener).into_iter().skip(1) {
            self.tag_left(inner);
        }
        if index + 1 == self.out.len() {
            self.out.pop();
            self.ends.pop();
            self.depths.pop();
            return;
        }
        let open = super::raw::plain(&self.out[index..=index]);
        self.wrap(index, range.end, |children| html::meaning(&tag.name, &open, children));
    }

    /// Tags that were never closed.
    fn tags_left(&mut self) {
        for opener in std::mem::take(&mut self.openers) {
            self.tag_left(opener);
        }
    }

    fn tag_left(&mut self, opener: Opener) {
        if let Some((name, range)) = opener.tag {
            self.findings.push(html::found(&format!("<{name}>"), self.text.span(range)));
        }
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

    /// A `]` at `at`: with braces behind it, it ends a span. Returns where to go on.
    fn close_bracket(&mut self, start: usize, words: &str, at: usize) -> usize {
        let opener = self.openers.iter().rposition(|opener| opener.mark == b'[');
        let Some(opener) = opener.map(|index| (index, self.openers[index].index)) else {
            self.push_words(start + at, "]");
            return at + 1;
        };
        if self.opens_note(opener.1) && opener.1 + 1 < self.out.len() {
            self.openers.truncate(opener.0);
            self.note(opener.1, start + at + 1);
            return at + 1;
        }
        for inner in self.openers.split_off(opener.0).into_iter().skip(1) {
            self.tag_left(inner);
        }
        let braced = &words[at + 1..];
        match attrs::braces(braced).filter(|length| attrs::look_like_attrs(&braced[..*length])) {
            Some(length) => {
                let end = at + 1 + length;
                let span = self.text.span(start + at + 1..start + end);
                let attrs = attrs::parse(&words[at + 1..end], Owner::Words, span, self.findings);
                self.wrap(opener.1, start + end, |children| InlineKind::Span(attrs, children));
                end
            }
            None => {
                if let Some(length) = attrs::braces(braced) {
                    let span = self.text.span(start + at + 1..start + at + 1 + length);
                    self.findings.push(attrs::stray(&braced[..length], span));
                }
                self.push_words(start + at, "]");
                self.unknown_note(opener.1);
                at + 1
            }
        }
    }

    /// Whether the bracket at `index` stands directly behind a `^`: `^[a note]`.
    fn opens_note(&self, index: usize) -> bool {
        let before = index.checked_sub(1).map(|at| &self.out[at]);
        before.is_some_and(|before| {
            matches!(&before.kind, InlineKind::Text(text) if text == "^")
                && before.span.end == self.out[index].span.start
        })
    }

    /// A note that stands in the line which calls it.
    fn note(&mut self, index: usize, end: usize) {
        let content = merge(self.out.split_off(index + 1));
        self.out.truncate(index - 1);
        self.ends.truncate(index - 1);
        self.depths.truncate(index - 1);
        self.openers.retain(|opener| opener.index < index - 1);
        let span = match (content.first(), content.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => self.text.span(end - 1..end),
        };
        let label = format!("{NOTE}{}", span.start);
        let blocks = vec![Block { kind: BlockKind::Para(content), span }];
        self.notes.push(Note { label: label.clone(), blocks, span });
        self.push(end - 1..end, InlineKind::Note { label, site: usize::MAX });
    }

    /// `[^label]` still in the text calls a note that does not exist.
    fn unknown_note(&mut self, opener: usize) {
        let (Some(first), Some(last)) = (self.out.get(opener + 1), self.out.last()) else { return };
        let is_call = matches!(&first.kind, InlineKind::Text(text) if text.starts_with('^'));
        if !is_call {
            return;
        }
        let label = super::raw::plain(&self.out[opener + 1..self.out.len() - 1]);
        let label = label.trim_start_matches('^');
        if label.is_empty() || label.contains(char::is_whitespace) {
            return;
        }
        let span = self.out[opener].span.to(last.span);
        let message = format!("there is no note `[^{label}]` in this file");
        let hint = format!("write its text as a paragraph of its own: [^{label}]: …");
        self.findings.push(Diagnostic::new(Code::NoteUnknown, span, message).hint(hint));
    }

    /// Braces directly behind a link, picture or code belong to it. Returns where to go on.
    fn link_attrs(&mut self, start: usize, words: &str) -> usize {
        let length = attrs::braces(words).filter(|length| attrs::look_like_attrs(&words[..*length]));
        let (Some(length), Some(last)) = (length, self.out.last_mut()) else { return 0 };
        if self.ends.last() != Some(&start) {
            return 0;
        }
        let span = self.text.span(start..start + length);
        let is_picture = matches!(last.kind, InlineKind::Image { .. });
        let owner = if is_picture { Owner::Picture } else { Owner::Words };
        let mut parsed = attrs::parse(&words[..length], owner, span, self.findings);
        match &mut last.kind {
            InlineKind::Link { page, children, .. } => {
                *page = children.is_empty() && parsed.classes.iter().any(|class| class == "page");
                if *page {
                    parsed.classes.retain(|class| class != "page");
                }
            }
            InlineKind::Image { attrs, .. } => {
                **attrs = parsed;
                return length;
            }
            InlineKind::Code(_) => {}
            _ => return 0,
        }
        if parsed.id.is_some() || parsed.lang.is_some() || !parsed.classes.is_empty() {
            let inner = Inline { kind: last.kind.clone(), span: last.span };
            last.kind = InlineKind::Span(parsed, vec![inner]);
        }
        length
    }
}

fn wide(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x9FFF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFF00..=0xFFEF)
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

/// The braces that end a heading: `# Title {.part}`. They are taken off.
pub(super) fn trailing_attrs(content: &mut Vec<Inline>, findings: &mut Vec<Diagnostic>) -> Attrs {
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
    let behind = (text.len() - trimmed.len()) as u32;
    let end = span.end.saturating_sub(behind);
    let at = Span { start: end.saturating_sub((trimmed.len() - open) as u32).max(span.start), end, ..*span };
    let attrs = attrs::parse(&trimmed[open..], Owner::Words, at, findings);
    *text = before.trim_end().to_owned();
    if text.is_empty() {
        content.pop();
    }
    attrs
}
