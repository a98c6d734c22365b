//! What a text says of itself before it begins: front matter in YAML or TOML, Pandoc's title block.

use super::edits::Edits;
use crate::convert::settings::Value;

/// Takes the front matter from a text; what it says.
pub(super) fn take(edits: &mut Edits<'_>) -> Option<Value> {
    let text = edits.text;
    let start = text.len() - text.trim_start().len();
    let rest = &text[start..];
    for (open, closes) in [("---\n", ["\n---", "\n..."]), ("+++\n", ["\n+++", "\n+++"])] {
        // white space behind the first line means nothing
        let first = rest.split_inclusive('\n').next().unwrap_or("");
        if first.trim_end() != open.trim_end() {
            continue;
        }
        let inside = &rest[first.len()..];
        let end = closes.iter().filter_map(|close| inside.find(close)).min()?;
        let behind =
            inside[end + 1..].find('\n').map_or(text.len(), |line| start + first.len() + end + 1 + line + 1);
        edits.leave_out(0, behind, "", "front matter, which book.toml says");
        let words = &inside[..=end];
        return if open.starts_with('+') { Value::from_toml(words) } else { Some(Value::from_yaml(words)) };
    }
    title_block(edits)
}

/// Pandoc's title block: up to three entries that begin with `%`, of which each may go on in lines that are set in; one
/// without words says nothing.
fn title_block(edits: &mut Edits<'_>) -> Option<Value> {
    const KEYS: [&str; 3] = ["title", "author", "date"];
    let mut entries: Vec<Vec<&str>> = Vec::new();
    let mut length = 0;
    for line in edits.text.split_inclusive('\n') {
        let words = line.trim_end();
        let goes_on = words.starts_with([' ', '\t']) && !words.trim().is_empty();
        let is_new = entries.len() < KEYS.len() && (words == "%" || words.starts_with("% "));
        match entries.last_mut().filter(|_| goes_on) {
            Some(entry) => entry.push(words.trim()),
            None if is_new => entries.push(vec![words[1..].trim()]),
            None => break,
        }
        length += line.len();
    }
    if entries.iter().flatten().all(|words| words.is_empty()) {
        return None;
    }
    edits.leave_out(0, length, "", "front matter, which book.toml says");
    let value = |words: &str| Value::Text(words.trim().to_owned());
    let said = KEYS.iter().zip(&entries).map(|(key, lines)| {
        // authors stand between semicolons, or each in a line
        let is_list = *key == "author" && (lines.len() > 1 || lines[0].contains(';'));
        let authors = || lines.iter().flat_map(|line| line.split(';')).filter(|name| !name.trim().is_empty());
        let said =
            if is_list { Value::List(authors().map(value).collect()) } else { value(&lines.join(" ")) };
        ((*key).to_owned(), said)
    });
    Some(Value::Map(said.collect()))
}
