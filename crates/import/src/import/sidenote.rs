//! Notes in the margin of an old edition, which distributors print above the paragraph beside which they stood: `[Sidenote: …]`.
//!
//! The manuscript has no margin to put them in. They say what the paragraph is about, so that each becomes a line in strong
//! type above it: once for the whole book, and one finding says how many. Within a paragraph they stay as they are.

use super::claim::{Claim, LineKind};
use super::context::Context;
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
        if n > 0 && line.blanks > 0 && !over_white_space || page_mark(line.trimmed()).is_some() {
            return None;
        }
        let text = line.trimmed();
        depth += text.chars().map(|c| i32::from(c == '[') - i32::from(c == ']')).sum::<i32>();
        if depth <= 0 {
            let ends =
                text.ends_with(']') && context.lines.get(at + n + 1).is_none_or(|next| next.blanks > 0);
            return ends.then_some(at + n + 1);
        }
    }
    None
}
