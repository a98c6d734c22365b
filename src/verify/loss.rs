//! What an EPUB lacks, on its way to the reader of the findings.

use super::Count;
use crate::diag::{Code, Diagnostic, Span};

/// Losses that are told one by one; the others are counted.
const TOLD: usize = 8;

/// Where its cause stands in the manuscript, what is lost, and of which kind it is.
pub(super) type Loss = (Option<Span>, String, Code);

/// The losses as findings; after the first ones the rest is counted.
pub(super) fn told(losses: Vec<Loss>) -> Vec<Diagnostic> {
    let more = losses.len().saturating_sub(TOLD);
    let first = losses.into_iter().take(TOLD).map(|(span, message, code)| {
        Diagnostic::new(code, span, message)
            .hint("this is a fault of Pamphleteer: the EPUB is not written; please report it with this text")
    });
    let mut findings: Vec<Diagnostic> = first.collect();
    if more > 0 {
        let message = format!("{more} more passages are not in the EPUB as they are written");
        findings.push(Diagnostic::new(Code::TextLost, None, message));
    }
    findings
}

/// Compares how often something stands in the book and in the documents.
pub(super) fn compared(
    (wanted, found): (usize, usize),
    what: &str,
    code: Code,
    losses: &mut Vec<Loss>,
) -> Count {
    if found != wanted {
        losses.push((None, format!("of {wanted} {what} {found} are in the EPUB"), code));
    }
    Count { wanted, found: found.min(wanted) }
}
