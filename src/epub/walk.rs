//! Walking through the tree: every block and inline in reading order.

use crate::book::{AnchorId, Block, BlockKind, ImageId, Inline, InlineKind, NoteRef};

/// What the walk meets.
pub(super) enum Seen<'a> {
    /// Words.
    Words(&'a str),
    /// A place to link to.
    Anchor(AnchorId),
    /// A note's call.
    Call(NoteRef),
    /// A page of the older edition starts.
    PageMark,
    /// A picture, and whether it says something.
    Picture(ImageId, bool),
    /// A block begins.
    Block(&'a BlockKind),
}

/// Shows everything in `blocks` to `see`, in reading order.
pub(super) fn blocks<'a>(all: &'a [Block], see: &mut dyn FnMut(Seen<'a>)) {
    for block in all {
        see(Seen::Block(&block.kind));
        match &block.kind {
            BlockKind::Heading(heading) => {
                see(Seen::Anchor(heading.anchor));
                inlines(&heading.content, see);
            }
            BlockKind::Para(content) => inlines(content, see),
            BlockKind::Quote(inner) => blocks(inner, see),
            BlockKind::Div(_, attrs, inner) => {
                attrs.anchor.into_iter().for_each(|anchor| see(Seen::Anchor(anchor)));
                blocks(inner, see);
            }
            BlockKind::Verse(verse) => {
                verse.stanzas.iter().flatten().for_each(|line| inlines(&line.content, see));
                verse.attribution.iter().for_each(|words| inlines(words, see));
            }
            BlockKind::List(list) => list.items.iter().for_each(|item| blocks(&item.blocks, see)),
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    definition.terms.iter().for_each(|term| inlines(term, see));
                    definition.meanings.iter().for_each(|meaning| blocks(meaning, see));
                }
            }
            BlockKind::Table(table) => {
                let rows = std::iter::once(&table.head).chain(&table.rows);
                rows.flatten().chain(&table.caption).for_each(|cell| inlines(cell, see));
            }
            BlockKind::Figure(figure) => {
                figure.attrs.anchor.into_iter().for_each(|anchor| see(Seen::Anchor(anchor)));
                see(Seen::Picture(figure.image, figure.alt.is_some()));
                figure.caption.iter().for_each(|caption| inlines(caption, see));
            }
            BlockKind::Code { text, .. } => see(Seen::Words(text)),
            BlockKind::SceneBreak => {}
            BlockKind::PageMark(_) => see(Seen::PageMark),
        }
    }
}

fn inlines<'a>(all: &'a [Inline], see: &mut dyn FnMut(Seen<'a>)) {
    for inline in all {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => see(Seen::Words(&text.words)),
            InlineKind::Anchor(anchor) => see(Seen::Anchor(*anchor)),
            InlineKind::NoteRef(call) => see(Seen::Call(*call)),
            InlineKind::PageMark(_) => see(Seen::PageMark),
            InlineKind::Image { image, alt, .. } => see(Seen::Picture(*image, alt.is_some())),
            InlineKind::Span(attrs, _) => {
                attrs.anchor.into_iter().for_each(|anchor| see(Seen::Anchor(anchor)));
            }
            _ => {}
        }
        if let Some(children) = inline.kind.children() {
            inlines(children, see);
        }
    }
}
