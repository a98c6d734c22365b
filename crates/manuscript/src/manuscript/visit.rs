//! Visiting what was parsed, before it is a book: the one place that knows what a [`raw::Block`](super::raw::Block)
//! holds, and in which order it is read. The book itself has `book::visit`.

use super::raw::{Block, BlockKind, Inline, Item};
use crate::diag::Span;

/// What a visit meets; all of it may be changed.
pub(super) enum Met<'a> {
    /// A block begins.
    Block(&'a mut Block),
    /// An item of a list begins.
    Item(&'a mut Item),
    /// Inlines beside one another begin.
    Inlines(&'a mut Vec<Inline>, Holder, Span),
    /// An inline; those inside it follow.
    Inline(&'a mut Inline),
}

/// What inlines beside one another are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    Heading,
    Paragraph,
    Line,
    Attribution,
    Term,
    Cell,
    Caption,
}

/// Shows everything in `blocks` to `see`, in reading order.
pub(super) fn visit(blocks: &mut [Block], see: &mut dyn FnMut(Met<'_>)) {
    for block in blocks {
        see(Met::Block(block));
        inside(block, see);
    }
}

fn inside(block: &mut Block, see: &mut dyn FnMut(Met<'_>)) {
    let span = block.span;
    match &mut block.kind {
        BlockKind::Heading(heading) => inlines(&mut heading.content, Holder::Heading, span, see),
        BlockKind::Para(content) => inlines(content, Holder::Paragraph, span, see),
        BlockKind::Quote(blocks) | BlockKind::Div(_, blocks) => visit(blocks, see),
        BlockKind::Verse(verse) => {
            for line in verse.stanzas.iter_mut().flatten() {
                inlines(&mut line.content, Holder::Line, line.span, see);
            }
            verse.attribution.iter_mut().for_each(|words| inlines(words, Holder::Attribution, span, see));
        }
        BlockKind::List { items, .. } => {
            for item in items {
                see(Met::Item(item));
                visit(&mut item.blocks, see);
            }
        }
        BlockKind::Definitions(definitions) => {
            for definition in definitions {
                definition.terms.iter_mut().for_each(|term| inlines(term, Holder::Term, span, see));
                definition.meanings.iter_mut().for_each(|meaning| visit(meaning, see));
            }
        }
        BlockKind::Table(table) => {
            // the caption stands above its table
            table.caption.iter_mut().for_each(|words| inlines(words, Holder::Caption, span, see));
            let cells = table.head.iter_mut().chain(table.rows.iter_mut().flatten());
            cells.for_each(|cell| inlines(cell, Holder::Cell, span, see));
        }
        BlockKind::Figure(figure) => {
            figure.caption.iter_mut().for_each(|words| inlines(words, Holder::Caption, span, see));
        }
        BlockKind::Code { .. } | BlockKind::SceneBreak | BlockKind::PageMark(_) => {}
    }
}

fn inlines(all: &mut Vec<Inline>, holder: Holder, span: Span, see: &mut dyn FnMut(Met<'_>)) {
    see(Met::Inlines(all, holder, span));
    each_inline(all, see);
}

fn each_inline(all: &mut [Inline], see: &mut dyn FnMut(Met<'_>)) {
    for inline in all {
        see(Met::Inline(inline));
        if let Some(children) = inline.kind.children_mut() {
            each_inline(children, see);
        }
    }
}

/// Shows every list of inlines that stands in `blocks` to `see`, in reading order.
pub(super) fn each_inlines(blocks: &mut [Block], see: &mut dyn FnMut(&mut Vec<Inline>)) {
    visit(blocks, &mut |met| {
        if let Met::Inlines(inlines, ..) = met {
            see(inlines);
        }
    });
}
