//! Labels of TeX and bookdown, `\label{x}` and `(\#x)`: they become the id of what they are of, a heading or a picture,
//! and else a place in the words.

use super::braces::argument;
use super::edits::Edits;
use super::mask::{line_start, near};

const WHAT: &str = "references to figures, tables and sections";

/// Turns the labels of a text into ids.
pub(super) fn labels(edits: &mut Edits<'_>) {
    let text = edits.text;
    for at in edits.places("\\label{") {
        let Some(id) = argument(&text[at + 6..]) else { continue };
        let end = at + 6 + id.len() + 2;
        let heading = heading_end(text, at);
        match heading.or_else(|| picture_end(text, at)) {
            Some(place) => {
                let own_line = text[..at].ends_with('\n') && text[end..].starts_with('\n');
                edits.leave_out(at, end + usize::from(own_line), "", WHAT);
                edits.put(
                    place,
                    place,
                    format!("{}{{#{id}}}", if heading.is_some() { " " } else { "" }),
                    WHAT,
                );
            }
            None => edits.leave_out(at, end, format!("[]{{#{id}}}"), WHAT),
        }
    }
    // Markua's users name the heading below so
    let lines = edits.lines();
    for pair in lines.windows(2) {
        let ((at, line), (below, heading)) = (pair[0], pair[1]);
        let id = argument(line).filter(|id| id.len() + 2 == line.trim_end().len());
        let Some(id) = id.and_then(|id| id.strip_prefix('#')).filter(|id| !id.contains([' ', '.'])) else {
            continue;
        };
        if heading.starts_with('#') && !heading.contains("{#") && below == at + line.len() + 1 {
            edits.leave_out(at, below, "", WHAT);
            let end = below + heading.trim_end().len();
            edits.put(end, end, format!(" {{#{id}}}"), WHAT);
        }
    }
    // Pandoc's users name formulas so
    for at in edits.places("$$ {#").into_iter().chain(edits.places("$${#")) {
        let open = at + text[at..].find('{').unwrap_or(0);
        if let Some(id) = argument(&text[open..]).and_then(|id| id.strip_prefix('#')) {
            edits.leave_out(open, open + id.len() + 3, format!("[]{{#{id}}}"), WHAT);
        }
    }
    for at in edits.places("(\\#") {
        let inside = near(&text[at + 3..]);
        let Some(end) = inside.find(')') else { continue };
        edits.leave_out(at, at + 3 + end + 1, format!("[]{{#{}}}", &inside[..end]), WHAT);
    }
}

/// The end of the heading that the place stands in, or right below; none where it has an id already.
fn heading_end(text: &str, at: usize) -> Option<usize> {
    let line = line_start(text, at);
    let (from, end) = if text[line..].starts_with('#') {
        (line, at)
    } else if text[line..at].trim().is_empty() && line > 0 {
        (line_start(text, line - 1), line - 1)
    } else {
        return None;
    };
    let heading = &text[from..end];
    (heading.starts_with('#') && !heading.contains("{#")).then_some(from + heading.trim_end().len())
}

/// The end of the picture in whose brackets the place stands; none where it has attributes already.
fn picture_end(text: &str, at: usize) -> Option<usize> {
    let line = line_start(text, at);
    let open = line + text[line..at].rfind("![")?;
    let inside = near(&text[at..]).split('\n').next()?;
    let close = at + inside.find("](")?;
    let end = close + text[close..].find([')', '\n'])? + 1;
    let is_own = !text[open..at].contains("](") && text[..end].ends_with(')');
    (is_own && !text[end..].starts_with('{')).then_some(end)
}
