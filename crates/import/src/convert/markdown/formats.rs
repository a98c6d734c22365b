//! Divisions that Quarto shows in one format alone.

use super::edits::Edits;

/// Quarto's divisions for one format alone: those that no edition of a book shows go, and of the
/// others the words stay. Both editions are pages, as those of a PDF are.
pub(super) fn formats(edits: &mut Edits<'_>) {
    const WHAT: &str = "divisions for one format alone";
    let mut open: Vec<(usize, usize, Option<bool>)> = Vec::new();
    for (at, line) in edits.lines() {
        let Some(rest) = line.trim_start().strip_prefix(":::") else { continue };
        let inside = rest.trim_start_matches(':').trim();
        let end = at + line.len();
        if !inside.is_empty() {
            open.push((at, end, is_shown(inside)));
            continue;
        }
        match open.pop() {
            Some((from, _, Some(false))) => edits.leave_out(from, end, "", WHAT),
            Some((from, to, Some(true))) => {
                edits.leave_out(from, to, "", WHAT);
                edits.leave_out(at, end, "", WHAT);
            }
            _ => {}
        }
    }
}

/// Whether a division for one format is shown in a book; none for another division.
fn is_shown(inside: &str) -> Option<bool> {
    let is_visible = inside.contains("content-visible");
    if !is_visible && !inside.contains("content-hidden") {
        return None;
    }
    let named = |key: &str| {
        let value = inside.split_once(key)?.1.trim_start_matches(['=', '"', '\'']);
        Some(value.split(['"', '\'', '}', ' ']).next()?.to_owned())
    };
    let is_ours = |format: &str| matches!(format, "pdf" | "latex" | "typst" | "epub" | "docx" | "odt");
    let when = named("when-format").map(|format| is_ours(&format));
    let unless = named("unless-format").map(|format| !is_ours(&format));
    Some(when.or(unless).unwrap_or(false) == is_visible)
}
