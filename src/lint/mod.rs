//! Reads a whole book as a careful editor would and says what looks wrong.
//!
//! Nothing is rewritten. Each family of findings has its file; what cannot be
//! said with confidence is not said, for a reader of findings tires quickly.

mod accidents;
mod dashes;
mod joined;
mod notes;
mod structure;
mod typography;
mod walk;

use crate::book::Book;
use crate::diag::{Diagnostic, SourceMap};

/// All findings about a book, in no particular order.
#[must_use]
pub fn check(book: &Book, map: &SourceMap) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    structure::check(book, &mut findings);
    accidents::check(book, map, &mut findings);
    joined::check(book, map, &mut findings);
    notes::check(book, &mut findings);
    typography::check(book, map, &mut findings);
    dashes::check(book, map, &mut findings);
    findings
}
