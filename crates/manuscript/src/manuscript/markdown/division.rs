//! Divisions: where `:::` opens and closes them among the blocks.

use super::MAX_DEPTH;
use super::builder::Builder;
use super::frame::Hold;
use crate::diag::{Code, Diagnostic, Span};
use crate::manuscript::fences::Fence;
use crate::manuscript::prepare::FENCE;
use crate::manuscript::raw::BlockKind;
use crate::manuscript::shape;
use std::ops::Range;

/// Whether nothing but comments stands there: they part what is around them.
fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--") && html.ends_with("-->")
}

impl Builder<'_> {
    pub(super) fn html_block(&mut self, html: &str, range: Range<usize>) {
        self.close_paragraph();
        self.block_marks(range.start);
        let number = html.trim().strip_prefix("<!--").and_then(|rest| rest.strip_prefix(FENCE));
        let number = number.and_then(|rest| rest.strip_suffix("-->")).and_then(|n| n.parse::<usize>().ok());
        match number.and_then(|n| self.text.fences.get(n).map(|fence| (n, fence.clone()))) {
            Some((number, Fence::Open(_, span))) => {
                let open: usize = self.frames.iter().map(|frame| frame.divs.len() + 1).sum();
                if open < MAX_DEPTH {
                    self.top().divs.push((number, Vec::new()));
                } else {
                    let message = "divisions stand too deep in one another here";
                    self.findings.push(Diagnostic::new(Code::NestingTooDeep, span, message));
                }
            }
            Some((_, Fence::Close(span))) => self.close_div(span),
            Some((_, Fence::Alert(attrs))) => {
                let quote = self.frames.iter_mut().rev().find(|frame| matches!(frame.hold, Hold::Quote));
                quote.into_iter().for_each(|quote| quote.alert = Some(attrs.clone()));
            }
            None if is_comment(html) => {}
            None => {
                let span =
                    self.text.span(range.start..range.start + self.text.text[range.clone()].trim_end().len());
                self.html_found(html, span);
                let kind = BlockKind::Code { lang: "html".to_owned(), text: html.to_owned() };
                self.block(range, kind);
            }
        }
    }

    fn close_div(&mut self, span: Span) {
        let Some((number, blocks)) = self.top().divs.pop() else {
            let message = "this `:::` closes nothing here";
            let hint = "delete it, or move it to where its division began: the same quote, list item or note, with the same indent";
            self.findings.push(Diagnostic::new(Code::DivUnopened, span, message).hint(hint));
            return;
        };
        if let Some(Fence::Open(attrs, opening)) = self.text.fences.get(number).cloned() {
            let blocks = shape::div(attrs, blocks, opening.to(span), self.findings);
            self.top().blocks().extend(blocks);
        }
    }

    /// Divisions that are still open where their container ends.
    pub(super) fn close_divs(&mut self) {
        while let Some(number) = self.top().divs.last().map(|(number, _)| *number) {
            let Some(Fence::Open(attrs, span)) = self.text.fences.get(number) else { return };
            let name = attrs.classes.first().map_or("", String::as_str);
            let message = format!("the division `{name}` that opens here is never closed");
            let hint = "end it with a line `:::`, in the same quote, list item or note, with the same indent";
            let span = *span;
            self.findings.push(Diagnostic::new(Code::DivUnclosed, span, message).hint(hint));
            self.close_div(span);
        }
    }
}
