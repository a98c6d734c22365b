//! Ranks of headings, headings without text, the order of old pages.

use crate::book::{Block, BlockKind, Book, Heading, Inline, InlineKind};
use crate::diag::{Code, Diagnostic, Span};

pub(super) fn check(book: &Book, findings: &mut Vec<Diagnostic>) {
    for section in &book.sections {
        let Some(body) = section.body() else { continue };
        ranks(&body.blocks, findings);
        if section.role.rank() == 0 {
            empty(&body.blocks, findings);
        }
    }
    page_order(book, findings);
}

fn heading(block: &Block) -> Option<&Heading> {
    match &block.kind {
        BlockKind::Heading(heading) => Some(heading),
        _ => None,
    }
}

/// A heading may be one rank below the one before it, not more.
fn ranks(blocks: &[Block], findings: &mut Vec<Diagnostic>) {
    let mut above: Option<u8> = None;
    for block in blocks {
        let Some(heading) = heading(block) else { continue };
        if above.is_some_and(|above| heading.level > above + 1) {
            let above = above.unwrap_or(1);
            let message =
                format!("this heading is of rank {}, the one before it of rank {above}", heading.level);
            let hint = format!("write it with {} `#`", above + 1);
            findings.push(Diagnostic::new(Code::HeadingSkipped, block.span, message).hint(hint));
        }
        above = Some(heading.level);
    }
}

/// A heading needs text, or headings below it.
fn empty(blocks: &[Block], findings: &mut Vec<Diagnostic>) {
    let mut open: Option<(&Heading, Span)> = None;
    let solid = blocks.iter().filter(|block| !matches!(block.kind, BlockKind::PageMark(_)));
    for block in solid.map(Some).chain([None]) {
        let next = block.and_then(|block| heading(block).map(|heading| (heading, block.span)));
        if let Some((last, span)) = open.take() {
            let deeper = next.is_some_and(|(heading, _)| heading.level > last.level);
            let text = block.is_some() && next.is_none();
            if !deeper && !text && last.level > 1 {
                let message = "nothing stands below this heading";
                let hint = "write what belongs there, or delete the heading";
                findings.push(Diagnostic::new(Code::SectionEmpty, span, message).hint(hint));
            }
        }
        open = next;
    }
}

/// Old pages follow one another: 12 does not come after 13.
fn page_order(book: &Book, findings: &mut Vec<Diagnostic>) {
    let mut marks: Vec<(&str, Span)> = Vec::new();
    for body in book.sections.iter().filter_map(|section| section.body()) {
        block_marks(&body.blocks, &mut marks);
    }
    let mut last: Option<u32> = None;
    for (label, span) in marks {
        let Ok(number) = label.parse::<u32>() else { continue };
        if last.is_some_and(|last| number <= last) {
            let message =
                format!("page {number} starts here, but page {} has started before", last.unwrap_or(0));
            let hint = "each page of the old edition starts once, in order";
            findings.push(Diagnostic::new(Code::PageMarkOrder, span, message).hint(hint));
        }
        last = Some(last.unwrap_or(0).max(number));
    }
}

fn block_marks<'a>(blocks: &'a [Block], marks: &mut Vec<(&'a str, Span)>) {
    for block in blocks {
        match &block.kind {
            BlockKind::PageMark(mark) => marks.push((&mark.label, block.span)),
            BlockKind::Heading(heading) => inline_marks(&heading.content, marks),
            BlockKind::Para(inlines) => inline_marks(inlines, marks),
            BlockKind::Quote(inside) | BlockKind::Div(_, _, inside) => block_marks(inside, marks),
            BlockKind::Verse(verse) => {
                verse.stanzas.iter().flatten().for_each(|line| inline_marks(&line.content, marks));
            }
            BlockKind::List(list) => list.items.iter().for_each(|item| block_marks(&item.blocks, marks)),
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    definition.terms.iter().for_each(|term| inline_marks(term, marks));
                    definition.meanings.iter().for_each(|blocks| block_marks(blocks, marks));
                }
            }
            BlockKind::Table(table) => {
                let rows = std::iter::once(&table.head).chain(&table.rows);
                rows.flatten().for_each(|cell| inline_marks(cell, marks));
            }
            _ => {}
        }
    }
}

fn inline_marks<'a>(inlines: &'a [Inline], marks: &mut Vec<(&'a str, Span)>) {
    for inline in inlines {
        if let InlineKind::PageMark(mark) = &inline.kind {
            marks.push((&mark.label, inline.span));
        } else if let Some(children) = inline.kind.children() {
            inline_marks(children, marks);
        }
    }
}
