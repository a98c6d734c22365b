//! Attributes behind words and code that only another format reads: `[words]{style="…"}`, `` `code`{.python} ``, and code
//! in the language of another format, `` `<br>`{=html} ``.

use super::edits::Edits;
use super::links::{openings, quoted_words};
use super::mask::near;

const WHAT: &str = "attributes that only another tool knows, left out";

/// Leaves such attributes out.
pub(super) fn spans(edits: &mut Edits<'_>) {
    let text = edits.text;
    let opens = openings(text, '{');
    for at in edits.places("]{") {
        let Some(inside) = attributes(&text[at + 1..]) else { continue };
        let parts = quoted_words(inside);
        let kept: Vec<&str> = parts.iter().copied().filter(|part| !is_pair(part)).collect();
        let known = kept.iter().all(|part| part.starts_with(['#', '.']));
        let Some(open) = opens.get(&at).copied().filter(|_| known && kept.len() < parts.len()) else {
            continue;
        };
        let end = at + 1 + inside.len() + 2;
        if kept.is_empty() {
            edits.leave_out(open, open + 1, "", WHAT);
            edits.leave_out(at, end, "", WHAT);
        } else {
            edits.leave_out(at + 1, end, format!("{{{}}}", kept.join(" ")), WHAT);
        }
    }
    for (at, _) in text.match_indices("`{") {
        let Some((from, end)) = edits.mask.code_at(at).filter(|(_, end)| *end == at + 1) else { continue };
        let Some(inside) = attributes(&text[at + 1..]) else { continue };
        let behind = end + inside.len() + 2;
        if inside.starts_with('=') {
            edits.leave_out(from, behind, "", "passages in the language of another format, left out");
        } else if inside.starts_with(['.', '#']) {
            edits.leave_out(end, behind, "", WHAT);
        }
    }
}

/// What stands in the braces that a text begins with, in one line.
fn attributes(text: &str) -> Option<&str> {
    let inside = near(text.strip_prefix('{')?).split_once('}')?.0;
    (!inside.contains('\n') && !inside.is_empty()).then_some(inside)
}

/// Whether a part of attributes is a pair of another tool's: a language is ours as well.
fn is_pair(part: &str) -> bool {
    part.split_once('=').is_some_and(|(key, _)| !matches!(key, "lang" | "alt" | "width"))
}
