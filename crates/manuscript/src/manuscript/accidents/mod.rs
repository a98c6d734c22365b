//! What Markdown reads otherwise than the author may have meant it: a year that becomes a list, lines
//! of verse that become one paragraph, two hyphens here and three there.
//!
//! This is asked of the finished book and the author's bytes together: only here, where Markdown is
//! known, can both be compared. Findings that need no Markdown are those of `lint`.

mod blocks;
mod dashes;
mod joined;
#[cfg(test)]
mod remedies;
mod shapes;
mod spaces;
mod typed_notes;

use crate::book::Book;
use crate::diag::{Diagnostic, SourceMap};

/// What is said behind a finding that stands for so many places of a file.
fn more_places(count: usize) -> String {
    match count.saturating_sub(1) {
        0 => String::new(),
        1 => "; one more place in this file is like it".to_owned(),
        more => format!("; {more} more places in this file are like it"),
    }
}

/// All accidents in a book, in no particular order.
pub(super) fn of(book: &Book, map: &SourceMap) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    blocks::check(book, map, &mut findings);
    joined::check(book, map, &mut findings);
    dashes::check(book, map, &mut findings);
    spaces::check(book, map, &mut findings);
    typed_notes::check(book, &mut findings);
    findings
}
