//! Code that an author typed as HTML, `<pre><code class="lang-python">…</code></pre>`, as a block of Markdown.

use super::edits::Edits;
use crate::convert::html::decoded;

const WHAT: &str = "code in HTML, written as a block of code";

/// Gives `<pre>` that begins a line the fence of a block of code: what stands in it is no Markdown, and keeps its lines.
pub(super) fn preformatted(edits: &mut Edits<'_>) {
    let mut from = 0;
    for (at, line) in edits.lines() {
        let lead = line.len() - line.trim_start_matches(' ').len();
        let start = at + lead;
        if start < from || !begins_element(&line[lead..], "pre") {
            continue;
        }
        let Some((open, close, end)) = ends(edits.text, start) else { continue };
        let opened = &edits.text[start..open];
        let code = &edits.text[open..close];
        let marks = "`".repeat(longest_ticks(code).max(2) + 1);
        let indent = &line[..lead];
        let first = if code.starts_with('\n') { "" } else { "\n" };
        let before = if first.is_empty() { "" } else { indent };
        edits.leave_out(start, open, format!("{marks}{}{first}{before}", language(opened)), WHAT);
        signs(edits, open, close);
        let last = if code.ends_with('\n') { "" } else { "\n" };
        let behind = edits.text[end..].lines().next().unwrap_or("").trim().is_empty();
        let apart = if behind { "" } else { "\n\n" };
        edits.leave_out(close, end, format!("{last}{indent}{marks}{apart}"), WHAT);
        from = end;
    }
}

/// Where the tags of code end that begin at `start`, where those begin that close it, and where these end.
fn ends(text: &str, start: usize) -> Option<(usize, usize, usize)> {
    let mut open = start + tag_length(&text[start..])?;
    let bare = text[open..].trim_start_matches([' ', '\n']);
    let is_code = begins_element(bare, "code");
    if is_code {
        open = text.len() - bare.len() + tag_length(bare)?;
    }
    let mut close = open + text[open..].find("</pre>")?;
    let end = close + "</pre>".len();
    if let Some(inside) = text[open..close].trim_end().strip_suffix("</code>").filter(|_| is_code) {
        close = open + inside.len();
    }
    // the spaces before a closing tag on a line of its own
    let bare = text[open..close].trim_end_matches(' ');
    if bare.ends_with('\n') {
        close = open + bare.len();
    }
    Some((open, close, end))
}

/// Whether a tag of that name stands at the beginning.
fn begins_element(text: &str, name: &str) -> bool {
    let rest = text.strip_prefix('<').and_then(|rest| rest.strip_prefix(name));
    rest.is_some_and(|rest| rest.starts_with(['>', ' ']))
}

/// How long the tag is that a text begins with, on one line.
fn tag_length(text: &str) -> Option<usize> {
    let line = text.lines().next()?;
    line.find('>').map(|at| at + 1)
}

/// The language that the tags name: `class="language-python"`, `lang="python"`.
fn language(tags: &str) -> &str {
    let value = |name: &str| tags.split_once(name).and_then(|(_, rest)| rest.split('"').next());
    let class = value("class=\"")
        .into_iter()
        .flat_map(str::split_whitespace)
        .find_map(|class| class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-")));
    let named = class.or_else(|| value("lang=\"")).unwrap_or("");
    if named.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-#_".contains(&b)) { named } else { "" }
}

fn longest_ticks(code: &str) -> usize {
    code.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// The signs that stand for others in HTML as themselves; tags that only colour code go.
fn signs(edits: &mut Edits<'_>, from: usize, to: usize) {
    let text = edits.text;
    let mut at = from;
    while let Some(next) = text[at..to].find(['&', '<']).map(|next| at + next) {
        let rest = &text[next..to];
        let is_tag = ["span", "/span", "b", "/b", "i", "/i", "em", "/em", "strong", "/strong"]
            .iter()
            .any(|name| begins_element(rest, name));
        let length = match tag_length(rest) {
            Some(length) if is_tag => length,
            _ if rest.starts_with('&') => {
                rest.bytes().take(9).position(|b| b == b';').map_or(0, |end| end + 1)
            }
            _ => 0,
        };
        let sign = if is_tag { String::new() } else { decoded(&rest[..length]) };
        match length {
            0 => {}
            _ if is_tag => edits.leave_out(next, next + length, "", WHAT),
            _ => edits.put(next, next + length, sign, WHAT),
        }
        at = next + length.max(1);
    }
}
