//! Keys that other programs have, and what says the same here.

/// By table (empty for the top) and key: what to write instead.
const INSTEAD: &[(&str, &str, &str)] = &[
    ("", "abstract", "write `description`"),
    ("", "asin", "leave it out: the shop gives it"),
    ("", "back-cover", "write `blurb`"),
    ("", "book", "its keys stand at the top of book.toml, under no table"),
    ("", "categories", "write `subjects`"),
    ("", "copyright", "write `rights`"),
    ("", "cover", "write `cover.front` below [style]"),
    ("", "cover-image", "write `cover.front` below [style]"),
    ("", "dedication", "write it into a file `dedication.md`, and name that in [matter]"),
    ("", "direction", "leave it out: it follows from `language`"),
    ("", "doi", "write `identifier`"),
    ("", "ean", "write `identifier`"),
    ("", "edition", "write it into `subtitle`, or into a file `imprint.md`"),
    ("", "genre", "write `subjects`"),
    ("", "id", "write `identifier`"),
    ("", "keywords", "write `subjects`"),
    ("", "licence", "write `rights`"),
    ("", "license", "write `rights`"),
    ("", "metadata", "its keys stand at the top of book.toml, under no table"),
    ("", "name", "write `title`"),
    ("", "number", "write `series = { name = \"…\", number = 2 }`"),
    ("", "pubdate", "write `date`"),
    ("", "publication-date", "write `date`"),
    ("", "published", "write `date`"),
    ("", "series-number", "write `series = { name = \"…\", number = 2 }`"),
    ("", "store", "name the shop on the command line: `--store kdp`"),
    ("", "summary", "write `description`"),
    ("", "synopsis", "write `description`"),
    ("", "tags", "write `subjects`"),
    ("", "uuid", "write `identifier`"),
    ("", "volume", "write `series = { name = \"…\", number = 2 }`"),
    ("", "year", "write `date`"),
    ("contributor", "as", "write `role`"),
    ("contributor", "file-as", "write `sort`"),
    ("contributor", "sort-name", "write `sort`"),
    ("contributor", "type", "write `role`"),
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
    ("outputs", "out", "name the folder on the command line: `--out FOLDER`"),
    ("outputs", "shop", "name the shop on the command line: `--store kdp`"),
    ("outputs", "store", "name the shop on the command line: `--store kdp`"),
    ("outputs", "to", "write `formats`"),
    ("publisher", "address", "write `place`"),
    ("publisher", "city", "write `place`"),
    ("publisher", "location", "write `place`"),
    ("publisher", "site", "write `url`"),
    ("publisher", "web", "write `url`"),
    ("publisher", "website", "write `url`"),
    ("series", "index", "write `number`"),
    ("series", "position", "write `number`"),
    ("series", "title", "write `name`"),
    ("series", "volume", "write `number`"),
    ("source", "name", "write `title`"),
    ("source", "year", "write `date`"),
];

/// Where keys stand that nobody looked for in their place.
const HOMES: &[(&str, &[&str])] = &[
    (
        "",
        &[
            "title",
            "subtitle",
            "slug",
            "language",
            "lang",
            "date",
            "identifier",
            "isbn",
            "description",
            "blurb",
            "subjects",
            "rights",
            "series",
            "certified-by",
            "author",
            "authors",
            "editor",
            "translator",
            "illustrator",
        ],
    ),
    ("matter", &["front", "body", "back", "chapters", "files"]),
    ("outputs", &["formats", "format", "printer"]),
    ("publisher", &["place", "url"]),
    (
        "style",
        &[
            "page",
            "text",
            "notes",
            "heading",
            "quote",
            "verse",
            "list",
            "table",
            "figure",
            "contents",
            "running-head",
            "folio",
            "title-page",
            "epub",
            "font",
            "size",
            "trim",
            "leading",
            "hyphenate",
        ],
    ),
];

/// What to write instead of `key` in `table`.
pub fn instead(table: &str, key: &str) -> Option<String> {
    let known = INSTEAD.iter().find(|(place, other, _)| *place == table && *other == key);
    known.map(|(.., hint)| (*hint).to_owned())
}

/// The table where `key` belongs, when it is another than `table`.
pub fn home(table: &str, key: &str) -> Option<String> {
    let (home, _) = HOMES.iter().find(|(home, keys)| *home != table && keys.contains(&key))?;
    Some(match *home {
        "" => "move the line up, above the first line in brackets".to_owned(),
        home => format!("it belongs below a line `[{home}]`"),
    })
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
