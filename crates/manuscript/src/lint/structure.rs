//! Ranks of headings, headings without text, the order of old pages.

use crate::book::{Block, BlockKind, Book, Heading, Seen};
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
    let mut last: Option<u32> = None;
    book.visit_texts(&mut |seen| {
        let Seen::PageMark(label, span) = seen else { return };
        let Ok(number) = label.parse::<u32>() else { return };
        if last.is_some_and(|last| number <= last) {
            let message =
                format!("page {number} starts here, but page {} has started before", last.unwrap_or(0));
            let hint =
                "correct the number, or delete the mark: each page of the old edition starts once, in order";
            findings.push(Diagnostic::new(Code::PageMarkOrder, span, message).hint(hint));
        }
        last = Some(last.unwrap_or(0).max(number));
    });
}
