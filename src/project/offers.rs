//! Keys that other programs have, and what says the same here.

use super::keys::{BookKey, BookValue, OTHER_KEYS};
use super::tree::{Datum, Entry};
use crate::diag::nearest;
use crate::style::KEYS;

/// By table (empty for the top) and key: what to write instead.
const INSTEAD: &[(&str, &str, &str)] = &[
    ("", "abstract", "write `description`"),
    ("", "acknowledgements", "write it into a file `acknowledgments.md`, and name that in [matter]"),
    ("", "acknowledgments", "write it into a file `acknowledgments.md`, and name that in [matter]"),
    ("", "afterword", "write it into a file `afterword.md`, and name that in [matter]"),
    ("", "age", "write it as one of the `subjects`"),
    ("", "appendix", "write it into a file `appendix.md`, and name that in [matter]"),
    ("", "asin", "leave it out: the shop gives it"),
    ("", "audience", "write it as one of the `subjects`"),
    ("", "back-cover", "write `blurb`"),
    ("", "bisac", "write `subjects`"),
    ("", "bleed", "leave it out: it follows from the `printer` below [outputs]"),
    ("", "book", "its keys stand at the top of book.toml, under no table"),
    ("", "build", "write `formats = [\"epub\"]` below a line `[outputs]`"),
    ("", "by", "write `author`"),
    ("", "categories", "write `subjects`"),
    ("", "chapters", "write `body = [\"01.md\"]` below a line `[matter]`"),
    ("", "content", "write `body = [\"01.md\"]` below a line `[matter]`"),
    ("", "contents", "name the page `contents` in `front` of [matter]"),
    ("", "copyright", "write `rights`"),
    ("", "copyright-year", "write `rights`"),
    ("", "cover", "write `cover.front` below [style]"),
    ("", "cover-image", "write `cover.front` below [style]"),
    ("", "dedication", "write it into a file `dedication.md`, and name that in [matter]"),
    (
        "",
        "design",
        "write `page.trim = \"6in x 9in\"`, `text.size = \"11pt\"` and the like below a line `[style]`",
    ),
    ("", "direction", "leave it out: it follows from `language`"),
    ("", "doi", "write `identifier`"),
    ("", "ean", "write `identifier`"),
    ("", "ebook", "write `epub.css`, `epub.fonts` and the like below a line `[style]`"),
    ("", "edition", "write it into `subtitle`, or into a file `imprint.md`"),
    ("", "email", "write it into a file `imprint.md`"),
    ("", "epigraph", "write it into a file `epigraph.md`, and name that in [matter]"),
    ("", "file-name", "write `slug`"),
    ("", "filename", "write `slug`"),
    ("", "files", "write `body = [\"01.md\"]` below a line `[matter]`"),
    ("", "font-family", "write `text.font = \"Libertinus Serif\"` below a line `[style]`"),
    ("", "fonts", "write `text.font = \"Libertinus Serif\"` below a line `[style]`"),
    ("", "foreword", "write it into a file `foreword.md`, and name that in [matter]"),
    ("", "genre", "write `subjects`"),
    ("", "id", "write `identifier`"),
    ("", "imprint", "write `publisher`, or name the page `imprint` in `front` of [matter]"),
    ("", "introduction", "write it into a file `introduction.md`, and name that in [matter]"),
    ("", "issn", "write it into a file `imprint.md`"),
    ("", "keywords", "write `subjects`"),
    ("", "lang", "write `language`"),
    (
        "",
        "layout",
        "write `page.trim = \"6in x 9in\"`, `text.size = \"11pt\"` and the like below a line `[style]`",
    ),
    ("", "lccn", "write it into a file `imprint.md`"),
    ("", "licence", "write `rights`"),
    ("", "license", "write `rights`"),
    ("", "metadata", "its keys stand at the top of book.toml, under no table"),
    ("", "name", "write `title`"),
    ("", "number", "write `series = { name = \"…\", number = 2 }`"),
    ("", "oclc", "write it into a file `imprint.md`"),
    ("", "out", "name the folder on the command line: `--out FOLDER`"),
    ("", "output-dir", "name the folder on the command line: `--out FOLDER`"),
    ("", "pages", "leave it out: pages are counted"),
    ("", "paper", "write `cover.paper` below [style]"),
    (
        "",
        "pdf",
        "write `page.trim = \"6in x 9in\"`, `text.size = \"11pt\"` and the like below a line `[style]`",
    ),
    ("", "preface", "write it into a file `preface.md`, and name that in [matter]"),
    ("", "price", "leave it out: the shop asks for it"),
    ("", "prices", "leave it out: the shop asks for it"),
    (
        "",
        "print",
        "write `page.trim = \"6in x 9in\"` and the like below a line `[style]`, and `printer = \"kdp\"` below a line `[outputs]`",
    ),
    ("", "pubdate", "write `date`"),
    ("", "publication-date", "write `date`"),
    ("", "published", "write `date`"),
    ("", "series-number", "write `series = { name = \"…\", number = 2 }`"),
    ("", "store", "name the shop on the command line: `--store kdp`"),
    ("", "summary", "write `description`"),
    ("", "synopsis", "write `description`"),
    ("", "tags", "write `subjects`"),
    ("", "template", "write `style = \"novel\"`, or the name of another style"),
    ("", "thema", "write `subjects`"),
    ("", "theme", "write `style = \"novel\"`, or the name of another style"),
    ("", "toc", "name the page `contents` in `front` of [matter]"),
    (
        "",
        "typesetting",
        "write `page.trim = \"6in x 9in\"`, `text.size = \"11pt\"` and the like below a line `[style]`",
    ),
    (
        "",
        "typography",
        "write `page.trim = \"6in x 9in\"`, `text.size = \"11pt\"` and the like below a line `[style]`",
    ),
    ("", "uuid", "write `identifier`"),
    ("", "version", "write it into `subtitle`, or into a file `imprint.md`"),
    ("", "volume", "write `series = { name = \"…\", number = 2 }`"),
    ("", "website", "write `url` below a line `[publisher]`"),
    ("", "year", "write `date`"),
    ("contributor", "as", "write `role`"),
    ("contributor", "file-as", "write `sort`"),
    ("contributor", "full-name", "write `name`"),
    ("contributor", "roles", "write `role`"),
    ("contributor", "sort-name", "write `sort`"),
    ("contributor", "type", "write `role`"),
    ("contributor", "what", "write `role`"),
    ("isbn", "digital", "write `ebook`"),
    ("isbn", "e-book", "write `ebook`"),
    ("isbn", "electronic", "write `ebook`"),
    ("isbn", "epub", "write `ebook`"),
    ("isbn", "hardback", "write `print`"),
    ("isbn", "hardcover", "write `print`"),
    ("isbn", "kindle", "write `ebook`"),
    ("isbn", "paper", "write `print`"),
    ("isbn", "paperback", "write `print`"),
    ("isbn", "printed", "write `print`"),
    ("isbn", "softcover", "write `print`"),
    ("matter", "backmatter", "write `back`"),
    ("matter", "chapters", "write `body`"),
    ("matter", "content", "write `body`"),
    ("matter", "end", "write `back`"),
    ("matter", "files", "write `body`"),
    ("matter", "frontmatter", "write `front`"),
    ("matter", "main", "write `body`"),
    ("matter", "text", "write `body`"),
    ("matter", "texts", "write `body`"),
    ("outputs", "dir", "name the folder on the command line: `--out FOLDER`"),
    ("outputs", "folder", "name the folder on the command line: `--out FOLDER`"),
    ("outputs", "format", "write `formats`"),
    ("outputs", "out", "name the folder on the command line: `--out FOLDER`"),
    ("outputs", "press", "write `printer`"),
    ("outputs", "shop", "name the shop on the command line: `--store kdp`"),
    ("outputs", "store", "name the shop on the command line: `--store kdp`"),
    ("outputs", "to", "write `formats`"),
    ("publisher", "address", "write `place`"),
    ("publisher", "city", "write `place`"),
    ("publisher", "location", "write `place`"),
    ("publisher", "site", "write `url`"),
    ("publisher", "town", "write `place`"),
    ("publisher", "web", "write `url`"),
    ("publisher", "website", "write `url`"),
    ("series", "index", "write `number`"),
    ("series", "position", "write `number`"),
    ("series", "title", "write `name`"),
    ("series", "volume", "write `number`"),
    ("source", "name", "write `title`"),
    ("source", "year", "write `date`"),
];

/// The tables in which a key is looked for that stands in another, in this order.
const HOMES: [&str; 4] = ["", "matter", "outputs", "publisher"];
/// What stands below `[style]` and is often written elsewhere, besides its tables.
const OF_STYLE: [&str; 5] = ["font", "size", "trim", "leading", "hyphenate"];

/// What to write instead of `key` in `table`.
pub(super) fn instead(table: &str, key: &str) -> Option<String> {
    let known = INSTEAD.iter().find(|(place, other, _)| *place == table && *other == key);
    known.map(|(.., hint)| (*hint).to_owned())
}

/// What to write instead of a key that nearly has the name of such a key, or of a trade.
pub(super) fn near(table: &str, key: &str) -> Option<String> {
    const TRADES: [&str; 4] = ["author", "editor", "translator", "illustrator"];
    if table.is_empty()
        && let Some(trade) = nearest(key, TRADES.into_iter())
    {
        return Some(format!("did you mean `{trade}`?"));
    }
    let known = INSTEAD.iter().filter(|(place, ..)| *place == table).map(|(_, other, _)| *other);
    instead(table, nearest(key, known)?)
}

/// Where a table of the style belongs that stands beside `[style]`.
pub(super) fn of_style(table: &str, entry: &Entry) -> Option<String> {
    let Datum::Table(inner) = &entry.node.datum else { return None };
    let names: Vec<&str> = KEYS.iter().filter(|key| key.table == entry.key).map(|key| key.name).collect();
    if !table.is_empty() || names.is_empty() {
        return None;
    }
    let known = inner.entries.iter().find(|inner| names.contains(&inner.key.as_str()));
    Some(match known {
        Some(inner) => format!("write `{}.{} = …` below a line `[style]`", entry.key, inner.key),
        None => {
            let keys: Vec<String> = names.iter().map(|name| format!("`{}.{name}`", entry.key)).collect();
            format!("below a line `[style]` there are {}", keys.join(", "))
        }
    })
}

/// The table where `key` belongs, when it is another than `table`.
pub(super) fn home(table: &str, key: &str) -> Option<String> {
    // Many tables have a name, and a table of the top stands in brackets of its own.
    let known = |home: &str| BookKey::find(home, key).filter(|key| key.kind != BookValue::Table);
    let is_key = |home: &&str| key != "name" && known(home).is_some();
    let is_other = |home: &&str| OTHER_KEYS.iter().any(|(place, other, _)| place == home && *other == key);
    let of_style = || KEYS.iter().any(|known| known.table == key) || OF_STYLE.contains(&key);
    let found = HOMES.into_iter().find(|home| is_key(home) || is_other(home));
    match found.or_else(|| of_style().then_some("style")).filter(|home| *home != table)? {
        "" => Some("move the line up, above the first line in brackets".to_owned()),
        home => Some(format!("it belongs below a line `[{home}]`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_at_home() {
        assert_eq!(home("", "front").as_deref(), Some("it belongs below a line `[matter]`"));
        assert_eq!(
            home("publisher", "title").as_deref(),
            Some("move the line up, above the first line in brackets")
        );
        assert_eq!((home("", "title"), instead("", "title")), (None, None));
        assert!(INSTEAD.is_sorted());
    }
}
