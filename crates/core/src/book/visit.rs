//! Visiting the book: the one place that knows what a block holds, and in which order it is read.
//!
//! Whoever asks something of a book's words, notes, pictures or places asks it here, so that a new
//! kind of block or inline is met by all of them. What turns a book into something else (the layout,
//! the XHTML) goes its own way, as each kind becomes another thing there.

use super::{AnchorId, Block, BlockKind, ImageId, Inline, InlineKind, NoteRef, Text};
use crate::diag::Span;

/// What a visit meets.
#[derive(Clone, Copy, Debug)]
pub enum Seen<'a> {
    /// Blocks below one another begin: those of a text or a note, or those inside a block.
    Blocks(&'a [Block], Within),
    /// A block begins.
    Block(&'a Block),
    /// Inlines beside one another begin: a paragraph's or a heading's, those of a line of verse, a
    /// cell, a term or a caption.
    Inlines(&'a [Inline]),
    /// Words, and where they stand in the manuscript.
    Words(&'a Text, Span),
    /// The same in a fixed-width face: inside a line, or a whole listing.
    Code(&'a Text, Span),
    /// A line ends.
    Break,
    /// A place to link to.
    Anchor(AnchorId),
    /// A note's call.
    Call(NoteRef),
    /// A page of the older edition starts: its number, and where the mark stands in the manuscript.
    PageMark(&'a str, Span),
    /// A picture, and what it shows in words, if it says something.
    Picture(ImageId, Option<&'a str>),
    /// Words that are known only when the book is made: a cross-reference.
    Reference(&'a Inline),
}

/// What blocks stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// A text, a note, a quotation, a division.
    Text,
    /// An item of a list, or what a term means.
    Item,
}

/// Calls `$inlines`, `$blocks` and `$code` with what a block holds, in reading order. It is written
/// once for reading (`iter`) and for changing (`iter_mut` and `mut`).
macro_rules! each_part {
    ($kind:expr, $iter:ident, $($mutable:ident)?, $inlines:expr, $blocks:expr, $code:expr) => {
        match $kind {
            BlockKind::Heading(heading) => $inlines(&$($mutable)? heading.content),
            BlockKind::Para(content) => $inlines(content),
            BlockKind::Quote(inside) | BlockKind::Div(_, _, inside) => $blocks(inside, Within::Text),
            BlockKind::Verse(verse) => {
                verse.stanzas.$iter().flatten().for_each(|line| $inlines(&$($mutable)? line.content));
                verse.attribution.$iter().for_each(|words| $inlines(words));
            }
            BlockKind::List(list) => {
                list.items.$iter().for_each(|item| $blocks(&$($mutable)? item.blocks, Within::Item));
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    definition.terms.$iter().for_each(|term| $inlines(term));
                    definition.meanings.$iter().for_each(|meaning| $blocks(meaning, Within::Item));
                }
            }
            BlockKind::Table(table) => {
                // the caption stands above its table
                table.caption.$iter().for_each(|caption| $inlines(caption));
                table.head.$iter().for_each(|cell| $inlines(cell));
                table.rows.$iter().flatten().for_each(|cell| $inlines(cell));
            }
            BlockKind::Figure(figure) => figure.caption.$iter().for_each(|caption| $inlines(caption)),
            BlockKind::Code { text, .. } => $code(text),
            BlockKind::SceneBreak | BlockKind::PageMark(_) => {}
        }
    };
}

/// Shows everything in `blocks` to `see`, in reading order.
pub fn visit<'a>(blocks: &'a [Block], see: &mut dyn FnMut(Seen<'a>)) {
    visit_within(blocks, Within::Text, see);
}

fn visit_within<'a>(blocks: &'a [Block], within: Within, see: &mut dyn FnMut(Seen<'a>)) {
    see(Seen::Blocks(blocks, within));
    for block in blocks {
        see(Seen::Block(block));
        match &block.kind {
            BlockKind::Heading(heading) => see(Seen::Anchor(heading.anchor)),
            BlockKind::Div(_, attrs, _) => {
                attrs.anchor.into_iter().for_each(|anchor| see(Seen::Anchor(anchor)));
            }
            BlockKind::Figure(figure) => {
                figure.attrs.anchor.into_iter().for_each(|anchor| see(Seen::Anchor(anchor)));
                see(Seen::Picture(figure.image, figure.alt.as_deref()));
            }
            BlockKind::PageMark(mark) => see(Seen::PageMark(&mark.label, block.span)),
            _ => {}
        }
        each_part!(
            &block.kind,
            iter,,
            |inlines| visit_inlines(inlines, see),
            |inside, within| visit_within(inside, within, see),
            |text| see(Seen::Code(text, block.span))
        );
    }
}

/// Shows everything in `inlines` to `see`, in reading order.
pub fn visit_inlines<'a>(inlines: &'a [Inline], see: &mut dyn FnMut(Seen<'a>)) {
    see(Seen::Inlines(inlines));
    each_inline(inlines, see);
}

fn each_inline<'a>(inlines: &'a [Inline], see: &mut dyn FnMut(Seen<'a>)) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) => see(Seen::Words(text, inline.span)),
            InlineKind::Code(text) => see(Seen::Code(text, inline.span)),
            InlineKind::Break => see(Seen::Break),
            InlineKind::Anchor(anchor) => see(Seen::Anchor(*anchor)),
            InlineKind::NoteRef(call) => see(Seen::Call(*call)),
            InlineKind::PageMark(mark) => see(Seen::PageMark(&mark.label, inline.span)),
            InlineKind::Image { image, alt, .. } => see(Seen::Picture(*image, alt.as_deref())),
            InlineKind::Span(attrs, _) => {
                attrs.anchor.into_iter().for_each(|anchor| see(Seen::Anchor(anchor)));
            }
            InlineKind::TitleOf(_) | InlineKind::PageOf(_) | InlineKind::NumberOf(_) => {
                see(Seen::Reference(inline));
            }
            _ => {}
        }
        if let Some(children) = inline.kind.children() {
            each_inline(children, see);
        }
    }
}

/// Shows every text in `blocks`, words and code, to `change`, in the order of [`visit`].
pub(super) fn texts_mut(blocks: &mut [Block], change: &mut dyn FnMut(&mut Text)) {
    for block in blocks {
        each_part!(
            &mut block.kind,
            iter_mut,
            mut,
            |inlines| inline_texts_mut(inlines, change),
            |inside, _| texts_mut(inside, change),
            &mut *change
        );
    }
}

fn inline_texts_mut(inlines: &mut [Inline], change: &mut dyn FnMut(&mut Text)) {
    for inline in inlines {
        match &mut inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => change(text),
            kind => kind.children_mut().into_iter().for_each(|children| inline_texts_mut(children, change)),
        }
    }
}
