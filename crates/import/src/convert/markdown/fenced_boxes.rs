//! Boxes that are typed as blocks of code, as a plugin of another tool draws them: ```` ```admonish tip ```` of mdBook's
//! authors, ```` ```{block, type='rmdnote'} ```` of bookdown's, ```` ```{warning} ```` of MyST's. They become admonitions.

use super::callouts::{kind, kind_of_classes};
use super::chunks::option;
use super::edits::Edits;
use crate::convert::meta::title_of;

const WHAT: &str = "boxes that were typed as code, into admonitions";

/// Rewrites the boxes of a text; one that stands in another is seen once that is rewritten.
pub(super) fn fenced_boxes(edits: &mut Edits<'_>) {
    let text = edits.text;
    for fence in edits.mask.fences.clone() {
        let line = &text[fence.open.0..fence.open.1];
        let Some(ticks) = line.find(['`', '~']) else { continue };
        let info = line[ticks..].trim_start_matches(['`', '~']).trim();
        let close = &text[fence.body.1..fence.end];
        let (Some((ours, title)), Some(from)) = (box_of(info), close.find(['`', '~'])) else { continue };
        let indent = if line[..ticks].trim().is_empty() { &line[..ticks] } else { "" };
        let title = title.map(|title| format!("\n{indent}**{title}**\n")).unwrap_or_default();
        edits.leave_out(fence.open.0 + ticks, fence.open.1, format!("::: {ours}{title}"), WHAT);
        options(edits, fence.body);
        edits.leave_out(fence.body.1 + from, fence.body.1 + close.trim_end().len(), ":::", WHAT);
    }
}

/// The admonition, and its title, that the head of a block of code asks for.
fn box_of(info: &str) -> Option<(&'static str, Option<String>)> {
    if let Some(inside) = info.strip_prefix('{') {
        let (head, title) = inside.split_once('}')?;
        let title = Some(title.trim().to_owned()).filter(|title| !title.is_empty());
        if head.starts_with("block") {
            let said = option(head, "type")?;
            return Some((kind_of_classes(&said).unwrap_or("note"), title));
        }
        let ours = if head == "admonition" { Some("note") } else { kind(head) };
        return Some((ours?, title));
    }
    let said =
        info.strip_prefix("admonish").filter(|rest| rest.is_empty() || rest.starts_with([' ', ',']))?;
    let name: String =
        said.trim_start_matches([' ', ',']).chars().take_while(char::is_ascii_alphabetic).collect();
    let title = option(said, "title");
    let is_key = said.contains(&format!("{name}="));
    match kind(&name).filter(|_| !is_key) {
        Some(ours) => Some((ours, title.filter(|title| !title.is_empty()))),
        // a kind of its own is its title
        None if title.is_none() && !is_key && !name.is_empty() => Some(("note", Some(title_of(&name)))),
        None => Some(("note", title.filter(|title| !title.is_empty()))),
    }
}

/// Leaves out the lines that the words of a box of MyST's begin with, `:class: tip`.
fn options(edits: &mut Edits<'_>, (from, to): (usize, usize)) {
    let mut at = from;
    for line in edits.text[from..to].split_inclusive('\n') {
        let key = line.trim().strip_prefix(':').and_then(|rest| rest.split_once(':')).map(|(key, _)| key);
        if !key.is_some_and(|key| !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
        {
            break;
        }
        edits.leave_out(at, at + line.len(), "", WHAT);
        at += line.len();
    }
}
