//! Visiting the tree: every block and inline in reading order.

use super::{AnchorId, Block, BlockKind, ImageId, Inline, InlineKind, NoteRef, Text};
use crate::diag::Span;

/// What a visit meets.
#[derive(Clone, Copy, Debug)]
pub enum Seen<'a> {
    /// Words, and where they stand in the manuscript.
    Words(&'a Text, Span),
    /// A place to link to.
    Anchor(AnchorId),
    /// A note's call.
    Call(NoteRef),
    /// A page of the older edition starts.
    PageMark(&'a str),
    /// A picture, and whether it says something.
    Picture(ImageId, bool),
    /// Words that are known only when the book is made: a cross-reference.
    Reference,
    /// A block begins.
    Block(&'a Block),
}

/// Shows everything in `blocks` to `see`, in reading order.
pub fn visit<'a>(all: &'a [Block], see: &mut dyn FnMut(Seen<'a>)) {
    for block in all {
        see(Seen::Block(block));
        match &block.kind {
            BlockKind::Heading(heading) => {
                see(Seen::Anchor(heading.anchor));
                inlines(&heading.content, see);
            }
            BlockKind::Para(content) => inlines(content, see),
            BlockKind::Quote(inner) => visit(inner, see),
            BlockKind::Div(_, attrs, inner) => {
                attrs.anchor.into_iter().for_each(|anchor| see(Seen::Anchor(anchor)));
                visit(inner, see);
            }
            BlockKind::Verse(verse) => {
                verse.stanzas.iter().flatten().for_each(|line| inlines(&line.content, see));
                verse.attribution.iter().for_each(|words| inlines(words, see));
            }
            BlockKind::List(list) => list.items.iter().for_each(|item| visit(&item.blocks, see)),
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    definition.terms.iter().for_each(|term| inlines(term, see));
                    definition.meanings.iter().for_each(|meaning| visit(meaning, see));
                }
            }
            BlockKind::Table(table) => {
                let rows = std::iter::once(&table.head).chain(&table.rows);
                table.caption.iter().chain(rows.flatten()).for_each(|cell| inlines(cell, see));
            }
            BlockKind::Figure(figure) => {
                figure.attrs.anchor.into_iter().for_each(|anchor| see(Seen::Anchor(anchor)));
                see(Seen::Picture(figure.image, figure.alt.is_some()));
                figure.caption.iter().for_each(|caption| inlines(caption, see));
            }
            BlockKind::Code { text, .. } => see(Seen::Words(text, block.span)),
            BlockKind::SceneBreak => {}
            BlockKind::PageMark(mark) => see(Seen::PageMark(&mark.label)),
        }
    }
}

fn inlines<'a>(all: &'a [Inline], see: &mut dyn FnMut(Seen<'a>)) {
    for inline in all {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => see(Seen::Words(text, inline.span)),
            InlineKind::Anchor(anchor) => see(Seen::Anchor(*anchor)),
            InlineKind::NoteRef(call) => see(Seen::Call(*call)),
            InlineKind::PageMark(mark) => see(Seen::PageMark(&mark.label)),
            InlineKind::Image { image, alt, .. } => see(Seen::Picture(*image, alt.is_some())),
            InlineKind::Span(attrs, _) => {
                attrs.anchor.into_iter().for_each(|anchor| see(Seen::Anchor(anchor)));
            }
            InlineKind::TitleOf(_) | InlineKind::PageOf(_) | InlineKind::NumberOf(_) => see(Seen::Reference),
            _ => {}
        }
        if let Some(children) = inline.kind.children() {
            inlines(children, see);
        }
    }
}
