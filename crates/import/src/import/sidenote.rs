//! Notes in the margin of an old edition, which distributors print above the paragraph beside which they stood: `[Sidenote: …]`.
//!
//! The manuscript has no margin to put them in. They say what the paragraph is about, so that each becomes a line in strong
//! type above it: once for the whole book, and one finding says how many. Within a paragraph they stay as they are.

use super::claim::{Claim, LineKind};
use super::context::Context;
use super::document::Role;
use super::mark::page_mark;

/// How distributors name them.
const OPENINGS: [&str; 4] = ["[Sidenote: ", "[Side note: ", "[Side-note: ", "[Marginal note: "];
/// How many lines one has at most.
const LONGEST: usize = 24;

/// A note in the margin that is a paragraph by itself.
pub(super) fn sidenote(context: &Context<'_>, at: usize) -> Option<Claim> {
    let line = context.lines[at].trimmed();
    let opening = OPENINGS.iter().find(|opening| line.starts_with(**opening))?;
    let kind = LineKind::Sidenote(closed_passage(context, at, false)?);
    let (confidence, evidence) = (95, "the text says that it stood in the margin");
    Some(Claim { kind, strip: opening.len(), confidence, evidence })
}

/// One past the last line of a passage that the bracket closes with which it opens, over white space or not; none where the
/// bracket closes elsewhere, or on another page.
pub(super) fn closed_passage(context: &Context<'_>, at: usize, over_white_space: bool) -> Option<usize> {
    let mut depth = 0i32;
    for (n, line) in context.lines[at..].iter().enumerate().take(LONGEST) {
        if n > 0 && line.blanks > 0 && !over_white_space || is_of_page(context, at + n) {
            return None;
        }
        let text = line.trimmed();
        depth += text.chars().map(|c| i32::from(c == '[') - i32::from(c == ']')).sum::<i32>();
        if depth <= 0 {
            let next = at + n + 1;
            let ends = text.ends_with(']') && (next == context.lines.len() || is_parted(context, next));
            return ends.then_some(next);
        }
    }
    None
}

/// Whether white space or the end of a page parts a line from the one above it.
pub(super) fn is_parted(context: &Context<'_>, at: usize) -> bool {
    let begins = || context.document.as_ref().is_some_and(|document| document.page_at(at).is_some());
    at == 0 || context.lines[at].blanks > 0 || begins() || (at - 1..=at).any(|line| is_of_page(context, line))
}

/// Whether a line is nothing but the sign of a page, or furniture of one.
fn is_of_page(context: &Context<'_>, at: usize) -> bool {
    let role = context.document.as_ref().and_then(|document| document.roles.get(at));
    matches!(role, Some(Role::PageSign | Role::Furniture(..)))
        || page_mark(context.lines[at].trimmed()).is_some()
}
