//! What stands in brackets: spans with attributes, notes in the line, calls of notes
//! that do not exist; and what stands in braces behind a link or a picture.

use super::{Fold, NOTE, merge};
use crate::manuscript::attrs::{self, Owner};
use crate::manuscript::notes;
use crate::manuscript::raw::{self, Block, BlockKind, Inline, InlineKind, Note};

impl Fold<'_> {
    /// A `]` at `at`: with braces behind it, it ends a span. Returns where to go on.
    pub(super) fn close_bracket(&mut self, start: usize, words: &str, at: usize) -> usize {
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
        let mut content = merge(self.out.split_off(index + 1));
        raw::join_lines(&mut content);
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
        self.push(end - 1..end, InlineKind::Note { label, site: None });
    }

    /// `[^label]` still in the text calls a note that does not exist.
    fn unknown_note(&mut self, opener: usize) {
        let (Some(first), Some(last)) = (self.out.get(opener + 1), self.out.last()) else { return };
        let is_call = matches!(&first.kind, InlineKind::Text(text) if text.starts_with('^'));
        if !is_call {
            return;
        }
        let label = raw::plain(&self.out[opener + 1..self.out.len() - 1]);
        let label = label.trim_start_matches('^');
        if label.is_empty() || label.contains(char::is_whitespace) {
            return;
        }
        let span = self.out[opener].span.to(last.span);
        self.findings.push(notes::unknown(label, span));
    }

    /// Braces directly behind a link, picture or code belong to it. Returns where to go on.
    pub(super) fn link_attrs(&mut self, start: usize, words: &str) -> usize {
        let length = attrs::braces(words).filter(|length| attrs::look_like_attrs(&words[..*length]));
        let (Some(length), Some(last)) = (length, self.out.last_mut()) else { return 0 };
        let owns =
            matches!(last.kind, InlineKind::Link { .. } | InlineKind::Image { .. } | InlineKind::Code(_));
        if self.ends.last() != Some(&start) || !owns {
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
