//! Reads a whole book as a careful editor would and says what looks wrong.
//!
//! It reads the semantic book alone, and asks the author's bytes only where a
//! finding stands: what Markdown made of them is `manuscript::accidents`' to
//! judge. Nothing is rewritten. Each family of findings has its file; what
//! cannot be said with confidence is not said, for a reader of findings tires
//! quickly.

mod notes;
mod ranges;
mod structure;
mod typography;

use crate::book::Book;
use crate::diag::{Diagnostic, SourceMap};

/// All findings about a book, in no particular order.
#[must_use]
pub fn check(book: &Book, map: &SourceMap) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    structure::check(book, &mut findings);
    notes::check(book, &mut findings);
    typography::check(book, map, &mut findings);
    ranges::check(book, map, &mut findings);
    findings
}
