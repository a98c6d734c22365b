//! Visiting a book of another tool: the one place that knows what a [`Block`] of the model holds, and in which
//! order it is read.

use super::model::{Block, Inline};

/// What a visit meets.
#[derive(Clone, Copy, Debug)]
pub(super) enum Met<'a> {
    /// A block begins.
    Block(&'a Block),
    /// Inlines beside one another begin: a paragraph's, a line's, a cell's.
    Inlines,
    /// An inline; those inside it follow.
    Inline(&'a Inline),
}

/// Calls `$inlines` and `$blocks` with what a block holds, for reading (`iter`) and for changing (`iter_mut`).
macro_rules! each_part {
    ($block:expr, $iter:ident, $inlines:expr, $blocks:expr) => {
        match $block {
            Block::Heading { words, .. } | Block::Paragraph(words) => $inlines(words),
            Block::Quote(inside) | Block::Division { blocks: inside, .. } => $blocks(inside),
            Block::Verse(stanzas) => stanzas.$iter().flatten().for_each(|(_, line)| $inlines(line)),
            Block::List { items, .. } => items.$iter().for_each(|item| $blocks(item)),
            Block::Definitions(list) => list.$iter().for_each(|(term, meaning)| {
                $inlines(term);
                $blocks(meaning);
            }),
            Block::Table { head, rows, caption } => {
                // the caption stands above its table
                caption.$iter().for_each(|caption| $inlines(caption));
                head.$iter().flatten().for_each(|cell| $inlines(cell));
                rows.$iter().flatten().for_each(|cell| $inlines(cell));
            }
            Block::Figure { caption, .. } => $inlines(caption),
            Block::Code { .. } | Block::SceneBreak | Block::PageMark(_) => {}
        }
    };
}

/// Shows everything in `blocks` to `see`, in reading order.
pub(super) fn visit<'a>(blocks: &'a [Block], see: &mut dyn FnMut(Met<'a>)) {
    for block in blocks {
        see(Met::Block(block));
        each_part!(block, iter, |words| visit_inlines(words, see), |inside| visit(inside, see));
    }
}

fn visit_inlines<'a>(inlines: &'a [Inline], see: &mut dyn FnMut(Met<'a>)) {
    see(Met::Inlines);
    each_inline(inlines, see);
}

fn each_inline<'a>(inlines: &'a [Inline], see: &mut dyn FnMut(Met<'a>)) {
    for inline in inlines {
        see(Met::Inline(inline));
        if let Inline::Styled(_, inside) | Inline::Link(_, inside) | Inline::Language(_, inside) = inline {
            each_inline(inside, see);
        }
    }
}

/// Shows every inline in `blocks` to `change`, in the order of [`visit`].
pub(super) fn inlines_mut(blocks: &mut [Block], change: &mut dyn FnMut(&mut Inline)) {
    for block in blocks {
        each_part!(block, iter_mut, |words| each_inline_mut(words, change), |inside| inlines_mut(
            inside, change
        ));
    }
}

fn each_inline_mut(inlines: &mut [Inline], change: &mut dyn FnMut(&mut Inline)) {
    for inline in inlines {
        change(inline);
        if let Inline::Styled(_, inside) | Inline::Link(_, inside) | Inline::Language(_, inside) = inline {
            each_inline_mut(inside, change);
        }
    }
}

/// All inlines of a block, those of blocks in it one behind the other, with breaks between.
pub(super) fn into_inlines(block: Block) -> Vec<Inline> {
    let mut out = Vec::new();
    let mut blocks = [block];
    take_inlines(&mut blocks, &mut out);
    out
}

fn take_inlines(blocks: &mut [Block], out: &mut Vec<Inline>) {
    for block in blocks {
        if let Block::Code { text, .. } = block {
            out.push(Inline::Code(std::mem::take(text)));
        }
        each_part!(
            block,
            iter_mut,
            |words: &mut Vec<Inline>| {
                out.append(words);
                out.push(Inline::Break);
            },
            |inside| take_inlines(inside, out)
        );
    }
}
