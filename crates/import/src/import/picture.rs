//! What a program or a distributor set in place of a picture that is not there.
//!
//! A sign without any words of the book is a remark that is not printed. Words in it are those under the picture: they stand in
//! the middle, below the remark, and the editor puts the picture there.

use super::claim::{Claim, LineKind};
use super::context::Context;
use super::sidenote::{closed_passage, is_parted};

/// How distributors open the words under a picture.
const OPENINGS: [&str; 3] = ["[Illustration: ", "[Illustration. ", "[Illustration:"];

/// A sign in place of a picture.
pub(super) fn picture(context: &Context<'_>, at: usize) -> Option<Claim> {
    let line = context.lines[at].trimmed();
    let wordless =
        parts(line).is_some_and(|(words, file)| words.is_empty() && !file.contains(['(', ')', ' ']));
    if wordless || is_sign_of_tool(line) || line == "[Illustration]" {
        let evidence = "stands for a picture, and has no words of the book";
        return Some(Claim { kind: LineKind::Picture, strip: 0, confidence: 90, evidence });
    }
    caption(context, at)
}

/// The words and the file of a picture in Markdown.
fn parts(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("![").and_then(|rest| rest.strip_suffix(')')?.split_once("]("))
}

/// Whether a line is what only a program sets in place of a picture: the remark of docling, the name of the file in place of
/// words, as Mistral gives it: `![img-0.jpeg](img-0.jpeg)`.
pub(super) fn is_sign_of_tool(line: &str) -> bool {
    let named =
        |(words, file): (&str, &str)| words == file && file.contains('.') && !file.contains(['(', ')', ' ']);
    matches!(line, "<!-- image -->" | "<!-- formula-not-decoded -->") || parts(line).is_some_and(named)
}

/// The words under a picture, a paragraph by themselves.
fn caption(context: &Context<'_>, at: usize) -> Option<Claim> {
    let line = context.lines[at].trimmed();
    let opening = OPENINGS.iter().find(|opening| line.starts_with(**opening))?;
    if !context.plain || line.len() == opening.len() || !is_parted(context, at) {
        return None;
    }
    let kind = LineKind::Caption(closed_passage(context, at, true)?);
    let evidence = "the text says that a picture stands here, and gives the words under it";
    Some(Claim { kind, strip: opening.len(), confidence: 90, evidence })
}
