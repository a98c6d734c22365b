//! Blocks of lines that stand in further than the first lines of paragraphs do: verse, quotations, tables.
//!
//! All their lines begin at one place, and white space parts them from the text above and below. So none of their lines begins a
//! paragraph by standing in.

use super::super::line::Line;
use super::margins::indent;
use super::{Document, Role};
use std::collections::BTreeSet;

/// How far such a block stands in at least, in characters.
const LEAST: usize = 4;

/// The lines of such blocks, without the first of each.
pub(super) fn lines_within(lines: &[Line<'_>], document: &Document, margins: &[usize]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for page in &document.pages {
        let body = page.body();
        let parted = |at: usize| {
            at == body.start || at == body.end || lines[at].blanks > 0 || document.roles[at] != Role::Text
        };
        let mut from = body.start;
        while from < body.end {
            let stop = (from + 1..body.end).find(|at| parted(*at)).unwrap_or(body.end);
            let even = (from..stop)
                .all(|at| document.roles[at] == Role::Text && indent(&lines[at]) == indent(&lines[from]));
            if even && indent(&lines[from]) >= margins[from] + LEAST {
                found.extend(from + 1..stop);
            }
            from = stop;
        }
    }
    found
}
