//! What a program or a distributor set in place of a picture that is not there.
//!
//! A sign without any words of the book is a remark that is not printed. Words in it are those under the picture: they stand in
//! the middle, below the remark, and the editor puts the picture there.

use super::claim::{Claim, LineKind};
use super::context::Context;
use super::sidenote::closed_passage;

/// How distributors open the words under a picture.
const OPENINGS: [&str; 3] = ["[Illustration: ", "[Illustration. ", "[Illustration:"];

/// A sign in place of a picture.
pub(super) fn picture(context: &Context<'_>, at: usize) -> Option<Claim> {
    let line = context.lines[at].trimmed();
    // Mistral gives the name of the file in place of words: `![img-0.jpeg](img-0.jpeg)`
    let parts = line.strip_prefix("![").and_then(|rest| rest.strip_suffix(')')?.split_once("]("));
    let named = parts.is_some_and(|(words, file)| {
        !file.contains(['(', ')', ' ']) && (words.is_empty() || words == file && file.contains('.'))
    });
    if named || matches!(line, "<!-- image -->" | "<!-- formula-not-decoded -->" | "[Illustration]") {
        let evidence = "stands for a picture, and has no words of the book";
        return Some(Claim { kind: LineKind::Picture, strip: 0, confidence: 90, evidence });
    }
    caption(context, at)
}

/// The words under a picture, a paragraph by themselves.
fn caption(context: &Context<'_>, at: usize) -> Option<Claim> {
    let line = context.lines[at].trimmed();
    let opening = OPENINGS.iter().find(|opening| line.starts_with(**opening))?;
    if !context.plain || line.len() == opening.len() || at > 0 && context.lines[at].blanks == 0 {
        return None;
    }
    let kind = LineKind::Caption(closed_passage(context, at, true)?);
    let evidence = "the text says that a picture stands here, and gives the words under it";
    Some(Claim { kind, strip: opening.len(), confidence: 90, evidence })
}
