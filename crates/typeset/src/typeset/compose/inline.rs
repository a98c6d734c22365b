//! Inlines to styled text.

use super::composer::Composer;
use super::link::LinkEnd;
use super::pictures::Written;
use super::scope::WordSource;
use crate::book::{AnchorId, Attrs, Inline, InlineKind, NoteId, NoteRef, Target, Text, is_capitals, plain};
use crate::diag::Span;
use crate::length::{Abs, Em};
use crate::pages::{NodeId, Tag};
use crate::typeset::line::{Mark, Piece, StyledText, Words};
use crate::typeset::text_style::TextStyle;

/// What parts the marks of two notes that are called at one place.
const CALLS_APART: &str = ",";

impl Composer<'_> {
    /// The styled text of inlines whose words belong to `node`.
    pub fn styled(&mut self, inlines: &[Inline], text_style: &TextStyle, node: NodeId) -> StyledText {
        let mut out = StyledText::default();
        self.inlines(inlines, text_style, node, &mut out);
        out
    }

    /// The same for words that are repeated from elsewhere.
    pub fn styled_again(&mut self, inlines: &[Inline], text_style: &TextStyle, node: NodeId) -> StyledText {
        self.scoped(self.repeated(), |composer| composer.styled(inlines, text_style, node))
    }

    fn inlines(&mut self, inlines: &[Inline], text_style: &TextStyle, node: NodeId, out: &mut StyledText) {
        for inline in inlines {
            self.inline(inline, text_style, node, out);
        }
    }

    fn inline(&mut self, inline: &Inline, text_style: &TextStyle, node: NodeId, out: &mut StyledText) {
        match &inline.kind {
            InlineKind::Text(text) => self.text(text, inline.span, text_style, node, out),
            InlineKind::Code(text) => {
                let code = self.tree.node(node, Tag::Code);
                self.text(text, inline.span, &text_style.clone().mono(), code, out);
            }
            InlineKind::Emph(inner) => {
                let text_style = TextStyle { italic: !text_style.italic, ..text_style.clone() };
                let node = self.tree.node(node, Tag::Emphasis);
                self.inlines(inner, &text_style, node, out);
            }
            InlineKind::Strong(inner) => {
                let text_style = TextStyle { bold: true, ..text_style.clone() };
                let node = self.tree.node(node, Tag::Strong);
                self.inlines(inner, &text_style, node, out);
            }
            InlineKind::Strike(inner) => {
                self.inlines(inner, &TextStyle { struck: true, ..text_style.clone() }, node, out);
            }
            InlineKind::Super(inner) => self.inlines(inner, &superior(inner, text_style), node, out),
            InlineKind::Sub(inner) => {
                self.inlines(inner, &text_style.clone().shifted(Em::new(-0.16)), node, out);
            }
            InlineKind::SmallCaps(inner) => {
                let caps_too = is_capitals(inner);
                self.inlines(
                    inner,
                    &TextStyle { small_caps: true, caps_too, ..text_style.clone() },
                    node,
                    out,
                );
            }
            InlineKind::Number(inner) => self.inlines(inner, text_style, node, out),
            InlineKind::Span(attrs, inner) => self.span(attrs, inner, text_style, node, out),
            InlineKind::Link(target, inner) => self.linked(target, inner, text_style, node, out),
            InlineKind::TitleOf(anchor) => self.title_of(*anchor, text_style, node, out),
            InlineKind::PageOf(anchor) => self.page_of(*anchor, text_style, node, out),
            InlineKind::NumberOf(note) => self.number_of(*note, text_style, node, out),
            InlineKind::NoteRef(call) => self.call(*call, text_style, node, out),
            InlineKind::Anchor(anchor) => out.pieces.push(Piece::Mark(Mark::Anchor(*anchor))),
            InlineKind::PageMark(mark) => {
                out.pieces.push(Piece::Mark(Mark::SourcePage(mark.label.clone())));
            }
            InlineKind::Break => out.pieces.push(Piece::Break),
            InlineKind::Image { image, alt, look } => {
                let span = inline.span;
                let written = Written { image: *image, look: *look, alt: alt.as_ref(), span };
                self.line_picture(&written, text_style, node, out);
            }
        }
    }

    fn text(&mut self, text: &Text, span: Span, text_style: &TextStyle, node: NodeId, out: &mut StyledText) {
        if text.words.is_empty() {
            return;
        }
        let words =
            if text_style.capitals { text_style.lang.capitals(&text.words) } else { text.words.clone() };
        out.pieces.push(Piece::Words(Words {
            text: words,
            style: self.cx.faces.resolve(text_style),
            leaf: self.leaf(node),
            at: (self.scope.source == WordSource::Manuscript).then_some(text.at),
            span: Some(span),
            glued: false,
            link: None,
        }));
    }

    fn span(
        &mut self,
        attrs: &Attrs,
        inner: &[Inline],
        text_style: &TextStyle,
        node: NodeId,
        out: &mut StyledText,
    ) {
        if let Some(anchor) = attrs.anchor {
            out.pieces.push(Piece::Mark(Mark::Anchor(anchor)));
        }
        let mut text_style = text_style.clone();
        let node = match &attrs.lang {
            Some(lang) => self.lang_node(node, Tag::Span, Some(lang), &mut text_style),
            None => node,
        };
        self.inlines(inner, &text_style, node, out);
    }

    fn linked(
        &mut self,
        target: &Target,
        inner: &[Inline],
        text_style: &TextStyle,
        node: NodeId,
        out: &mut StyledText,
    ) {
        let words = plain(inner);
        let (aim, description) = match target {
            Target::Url(url) => (LinkEnd::Url(url.as_str().into()), format!("{words}: {url}")),
            Target::Anchor(anchor) => (LinkEnd::Anchor(*anchor), words),
        };
        self.in_link(aim, description, node, out, |composer, node, out| {
            composer.inlines(inner, text_style, node, out);
        });
    }

    fn title_of(&mut self, anchor: AnchorId, text_style: &TextStyle, node: NodeId, out: &mut StyledText) {
        let title = self.cx.book.anchors.get(anchor).title.clone().unwrap_or_default();
        let description = plain(&title);
        self.in_link(LinkEnd::Anchor(anchor), description, node, out, |composer, node, out| {
            out.pieces.extend(composer.styled_again(&title, text_style, node).pieces);
        });
    }

    fn page_of(&mut self, anchor: AnchorId, text_style: &TextStyle, node: NodeId, out: &mut StyledText) {
        self.collected.page_references.insert(anchor);
        // The page of the pass before; in the first pass two figures, as most numbers of pages have.
        let label = self.cx.previous.labels.get(&anchor).cloned().unwrap_or_else(|| "00".to_owned());
        self.in_link(
            LinkEnd::Anchor(anchor),
            self.cx.terms().page(&label),
            node,
            out,
            |composer, node, out| {
                let words = composer.words(text_style, node, label);
                out.pieces.push(Piece::Words(words));
            },
        );
    }

    fn number_of(&mut self, note: NoteId, text_style: &TextStyle, node: NodeId, out: &mut StyledText) {
        let mark = self.cx.mark_of(note);
        self.in_link(LinkEnd::Note(note), self.cx.terms().note(&mark), node, out, |composer, node, out| {
            let words = composer.words(text_style, node, mark);
            out.pieces.push(Piece::Words(words));
        });
    }

    fn call(&mut self, call: NoteRef, text_style: &TextStyle, node: NodeId, out: &mut StyledText) {
        // A note that is called twice stands once, with its first call.
        if call.call == 0 {
            self.notes.called.push(call.note);
        }
        // Two calls without a word between them would read as one number: 12 for 1 and 2.
        if matches!(out.pieces.as_slice(), [.., Piece::Mark(Mark::Call(..)), Piece::Words(_)]) {
            let words = self.words(&mark_style("a", text_style), node, CALLS_APART);
            out.pieces.push(Piece::Words(Words { glued: true, ..words }));
        }
        let mark = self.cx.mark_of(call.note);
        let reference = self.tree.node(node, Tag::Reference);
        let aim = LinkEnd::Note(call.note);
        self.in_link(aim, self.cx.terms().note(&mark), reference, out, |composer, node, out| {
            out.pieces.push(Piece::Mark(Mark::Call(call.note, call.call)));
            // A label of its own keeps the mark apart from the word before it.
            let label = composer.tree.node(node, Tag::Label);
            let words = composer.words(&mark_style(&mark, text_style), label, mark);
            out.pieces.push(Piece::Words(Words { glued: true, ..words }));
        });
    }

    /// Composes what `body` adds as a link.
    pub fn in_link(
        &mut self,
        aim: LinkEnd,
        description: String,
        node: NodeId,
        out: &mut StyledText,
        body: impl FnOnce(&mut Self, NodeId, &mut StyledText),
    ) {
        let link = self.link(node, aim, description);
        let first = out.pieces.len();
        body(self, link.node, out);
        out.pieces[first..].iter_mut().for_each(|piece| piece.link_to(link));
    }
}

/// The text style of superior letters: the face's own figures, else shrunk ones.
fn superior(inner: &[Inline], text_style: &TextStyle) -> TextStyle {
    if plain(inner).bytes().all(|b| b.is_ascii_digit()) {
        return TextStyle {
            superior: true,
            old_style: false,
            small_caps: false,
            caps_too: false,
            ..text_style.clone()
        };
    }
    text_style.clone().raised()
}

/// The text style of a note's mark in the text.
pub(super) fn mark_style(mark: &str, text_style: &TextStyle) -> TextStyle {
    let upright = TextStyle {
        italic: false,
        small_caps: false,
        caps_too: false,
        capitals: false,
        letterspace: Abs::ZERO,
        ..text_style.clone()
    };
    match mark.chars().next() {
        Some(c) if c.is_ascii_digit() => TextStyle { superior: true, old_style: false, ..upright },
        Some(c) if c.is_alphabetic() => upright.raised(),
        _ => upright,
    }
}
