//! Lines of attributes above a block, as Markua and kramdown have them: `{title="Words", lang=ruby}`. What they say of the
//! words is kept, the rest is left out.

use super::attribute_list::{is_attributes, pairs};
use super::edits::Edits;

const WHAT: &str = "lines of attributes above a block";

/// Takes lines of attributes out. Their title or caption stands below the block that they are of.
pub(super) fn attribute_lines(edits: &mut Edits<'_>) {
    let all: Vec<(usize, &str)> = lines(edits.text);
    for (index, (at, line)) in all.iter().enumerate() {
        if !edits.mask.is_code(*at) && is_end(line) {
            edits.leave_out(*at, at + line.len(), "", WHAT);
        }
        if edits.mask.is_code(*at) || !is_attributes(line) {
            continue;
        }
        let end = block_end(edits, &all[index + 1..]);
        edits.leave_out(*at, at + line.len(), "", WHAT);
        if let (Some(caption), Some(end)) = (caption(line), end) {
            edits.put(end, end, format!("\n::: caption\n{caption}\n:::\n"), "captions of code and tables");
        }
    }
}

/// Whether a line ends what a line of attributes began, such as `{/quiz}`.
fn is_end(line: &str) -> bool {
    let name = line.trim().strip_prefix("{/").and_then(|rest| rest.strip_suffix('}'));
    name.is_some_and(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase()))
}

/// The lines of a text, with their places.
fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let line = |line: &'_ str| (line.len(), line.trim_end_matches('\n').len());
    let mut out = Vec::new();
    for (length, words) in text.split_inclusive('\n').map(line) {
        out.push((at, &text[at..at + words]));
        at += length;
    }
    out
}

/// The words that a line of attributes says of its block.
fn caption(line: &str) -> Option<String> {
    let inside = line.trim().trim_start_matches(['{', ':']).trim_end_matches('}');
    let said = pairs(inside).into_iter().find(|(key, _)| matches!(*key, "title" | "caption"))?;
    // the marks of code stay, what would end the division does not
    Some(said.1.replace('\n', " ")).filter(|words| !words.trim().is_empty())
}

/// Where the block of code or the table ends that begins with the first of these lines.
fn block_end(edits: &Edits<'_>, below: &[(usize, &str)]) -> Option<usize> {
    let (at, first) = below.first()?;
    if let Some(fence) = edits.mask.fence_at(*at) {
        return Some(fence.end.min(edits.text.len()));
    }
    let is_row = |line: &str| line.trim_start().starts_with('|');
    let goes_on = |(at, line): &&(usize, &str)| {
        if is_row(first) { is_row(line) } else { edits.mask.is_code(*at) || line.trim().is_empty() }
    };
    let block: Vec<&(usize, &str)> = below.iter().take_while(goes_on).collect();
    let last = block.into_iter().rev().find(|(_, line)| !line.trim().is_empty())?;
    (is_row(first) || edits.mask.is_code(*at)).then(|| (last.0 + last.1.len() + 1).min(edits.text.len()))
}
