//! Keys of the style that are tried in the preview: laid into book.toml as an author would
//! write them, first in memory, and on demand in the file.

use crate::style::{KEYS, Key, Kind};
use std::collections::BTreeMap;
use toml_edit::{DocumentMut, Item, Table, Value, value};

/// Values by their keys (`text.size`, and [`LOOK`]), as somebody typed them; an empty one
/// takes the key out of book.toml.
pub(super) type Tried = BTreeMap<String, String>;

/// The key of the style that a book begins with.
pub(super) const LOOK: &str = "style";

/// The text of book.toml with those keys; what it has beside them stays as it is, with
/// its comments.
///
/// # Errors
/// A file that is no TOML, or a key that there is not, in words.
pub(super) fn applied(text: &str, tried: &Tried) -> Result<String, String> {
    let mut document: DocumentMut = text.parse().map_err(|_| "mend book.toml first: it is not valid TOML")?;
    if tried.is_empty() {
        return Ok(text.to_owned());
    }
    let style = style_table(&mut document)?;
    for (path, typed) in tried {
        if path == LOOK {
            lay(style, "name", value(typed.as_str()), typed.is_empty());
            continue;
        }
        let key = KEYS.iter().find(|key| key.path() == *path);
        let key = key.ok_or_else(|| format!("there is no key `{path}`"))?;
        let mut table = Some(&mut *style);
        for part in key.table.split('.') {
            table = table.and_then(|table| inner(table, part));
        }
        let table = table.ok_or_else(|| format!("`style.{}` in book.toml is not a table", key.table))?;
        lay(table, key.name, written(key, typed), typed.is_empty());
    }
    Ok(document.to_string())
}

/// Sets a key of a table, or takes it out.
fn lay(table: &mut Item, name: &str, item: Item, out: bool) {
    let Some(table) = table.as_table_like_mut() else { return };
    if out {
        table.remove(name);
        return;
    }
    match table.get_mut(name).and_then(Item::as_value_mut) {
        // what stands behind it in its line stays
        Some(old) => {
            let decor = old.decor().clone();
            if let Ok(mut new) = item.into_value() {
                *new.decor_mut() = decor;
                *old = new;
            }
        }
        None => {
            table.insert(name, item);
        }
    }
}

/// The table `[style]`; the name of a style in its place becomes its first key.
fn style_table(document: &mut DocumentMut) -> Result<&mut Item, String> {
    let root = document.as_table_mut();
    if let Some(name) = root.get("style").and_then(Item::as_str).map(str::to_owned) {
        let before = root.key("style").and_then(|key| key.leaf_decor().prefix().cloned());
        root.remove("style");
        let mut table = Table::new();
        table.insert("name", value(name));
        if let Some(before) = before {
            table.decor_mut().set_prefix(before);
        }
        root.insert("style", Item::Table(table));
    }
    let style = root.entry("style").or_insert_with(|| Item::Table(Table::new()));
    if style.is_table_like() { Ok(style) } else { Err("`style` in book.toml is not a table".to_owned()) }
}

/// The table of that name in another; a new one is written with a dot.
fn inner<'t>(table: &'t mut Item, name: &str) -> Option<&'t mut Item> {
    let table = table.as_table_like_mut()?;
    if !table.contains_key(name) {
        let mut new = Table::new();
        new.set_dotted(true);
        table.insert(name, Item::Table(new));
    }
    table.get_mut(name).filter(|inner| inner.is_table_like())
}

/// A value as book.toml writes it. What is none of its kind is written as words: the
/// finding on it is the author's answer.
fn written(key: &Key, typed: &str) -> Item {
    let typed = typed.trim();
    let plain = matches!(key.kind, Kind::Flag | Kind::Number | Kind::List);
    match typed.parse::<Value>() {
        Ok(read) if plain => Item::Value(read),
        _ => value(typed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str, keys: &[(&str, &str)]) -> String {
        let tried = keys.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        applied(text, &tried).expect("keys that there are")
    }

    #[test]
    fn all_else_stays_as_the_author_wrote_it() {
        let text = "title = \"A\" # the title\n\n[style] # looks\nname = \"novel\"  # ours\ntext.size = \"11pt\" # not 10\n";
        let after = with(text, &[("style", "report"), ("text.size", "12pt"), ("page.lines", "30")]);
        assert_eq!(
            after,
            "title = \"A\" # the title\n\n[style] # looks\nname = \"report\"  # ours\ntext.size = \"12pt\" # not 10\npage.lines = 30\n"
        );
        assert_eq!(with(&after, &[("page.lines", "")]), after.replace("page.lines = 30\n", ""));
        assert_eq!(with(text, &[]), text);
    }

    #[test]
    fn a_style_in_a_word_becomes_a_table() {
        let text = "title = \"A\"\n# its look\nstyle = \"novel\"\n[matter]\nbody = [\"a.md\"]\n";
        let after = with(text, &[("notes.editor.place", "foot"), ("text.hyphenate", "false")]);
        let read: toml::Table = after.parse().expect("TOML");
        assert_eq!(read["style"]["name"].as_str(), Some("novel"));
        assert_eq!(read["style"]["notes"]["editor"]["place"].as_str(), Some("foot"));
        assert_eq!(read["style"]["text"]["hyphenate"].as_bool(), Some(false));
        assert!(after.contains("# its look"), "{after}");
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let tried = |key: &str| Tried::from([(key.to_owned(), "1".to_owned())]);
        assert!(applied("title = ", &tried("text.size")).is_err());
        assert!(applied("", &tried("text.siez")).is_err());
        assert!(applied("style = 1\n", &tried("text.size")).is_err());
    }
}
