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

/// Pandoc's title block: up to three lines that begin with `%`.
fn title_block(edits: &mut Edits<'_>) -> Option<Value> {
    let lines: Vec<&str> =
        edits.text.split_inclusive('\n').take(3).take_while(|line| line.starts_with("% ")).collect();
    if lines.is_empty() {
        return None;
    }
    let length = lines.iter().map(|line| line.len()).sum();
    edits.leave_out(0, length, "", "front matter, which book.toml says");
    let keys = ["title", "author", "date"];
    let entries = keys.iter().zip(&lines).map(|(key, line)| {
        let words = line[2..].trim();
        let value = |words: &str| Value::Text(words.trim().to_owned());
        // authors stand between semicolons
        let is_list = *key == "author" && words.contains(';');
        let list = || Value::List(words.split(';').map(value).collect());
        ((*key).to_owned(), if is_list { list() } else { value(words) })
    });
    Some(Value::Map(entries.collect()))
}
