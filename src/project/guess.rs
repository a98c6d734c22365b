//! What an author may have meant by a key or a value that a style does not know.

use crate::diag::{Code, Diagnostic, Span, nearest};
use crate::style::{KEYS, Key, Own, Value};

/// Keys that people look for, by the last part of their name, and what there is
/// instead.
const GUESSES: &[(&[&str], &str)] = &[
    (
        &["font", "family", "font-family", "face", "typeface"],
        "the text is set in the family that `text.font` names, code in that of `text.mono`, headings in that of `heading.font`",
    ),
    (
        &["color", "colour", "background", "font-color"],
        "text is printed in black; `cover.colour` is the colour of the cover, `figure.colour` whether pictures have theirs",
    ),
    (&["inner", "binding", "inside-margin", "inner-margin"], "the margin at the spine is `page.inside`"),
    (
        &["outside", "outer", "bottom", "foot", "margin", "margins", "left", "right", "gutter"],
        "the margins are `page.inside` and `page.top`; those outside and at the foot are what `page.measure` and `page.lines` leave",
    ),
    (
        &["width", "height", "format", "paper", "page-size", "papersize"],
        "the size of the page is `page.trim`",
    ),
    (
        &["line-height", "line-spacing", "linespacing", "spacing", "lineheight"],
        "the distance of lines is `text.leading`",
    ),
    (&["font-size", "fontsize"], "the size of the text is `text.size`"),
    (
        &["align", "justify", "text-align"],
        "the text has `text.align`, headings have `heading.align` and `heading.title-align`",
    ),
    (&["hyphens", "hyphenation"], "hyphens are turned off by `text.hyphenate = false`"),
    (
        &["columns"],
        "text is set in one column; a division `::: columns` is set in as many as `columns.count` says",
    ),
    (
        &["cover", "image", "picture", "front-cover", "cover-image"],
        "the picture or drawing on the cover is `cover.front`",
    ),
    (
        &["paragraph-spacing", "paragraph-space", "parskip"],
        "paragraphs are parted by an indent or by white: `text.paragraphs`",
    ),
    (&["parindent", "first-line-indent", "paragraph-indent"], "the indent of first lines is `text.indent`"),
    (
        &["base", "parent", "extends", "inherit", "from", "preset", "theme", "template", "style"],
        "the style to begin with is `name`",
    ),
];

/// What people call tables, and ours.
const TABLES: &[(&[&str], &str)] = &[
    (&["toc", "table-of-contents"], "contents"),
    (&["head", "heads", "header", "headers", "page-header", "running-title"], "running-head"),
    (&["footer", "footers", "page-number", "page-numbers"], "folio"),
    (&["break", "breaks", "scene", "scenes", "ornament"], "scene-break"),
    (&["headings", "chapter", "chapters", "opening", "title", "part"], "heading"),
    (&["footnote", "footnotes", "endnotes", "note"], "notes"),
    (&["image", "images", "picture", "pictures", "figures", "caption", "captions"], "figure"),
    (&["quotation", "quotations", "quotes", "blockquote", "block-quote"], "quote"),
    (&["poem", "poems", "poetry"], "verse"),
    (&["body", "font", "type", "paragraph", "paragraphs", "prose"], "text"),
    (&["layout", "geometry", "paper", "sheet"], "page"),
    (&["ebook"], "epub"),
    (&["boxes", "admonition", "admonitions", "callout"], "box"),
    (&["rules", "line", "lines"], "rule"),
];

/// Words that people write for a choice, and the one that there is.
const SYNONYMS: &[(&str, &[&str])] = &[
    ("center", &["centre"]),
    ("centered", &["centre"]),
    ("centred", &["centre"]),
    ("middle", &["centre"]),
    ("odd", &["recto"]),
    ("right", &["recto"]),
    ("even", &["verso"]),
    ("left", &["verso"]),
    ("both", &["any"]),
    ("bottom", &["foot"]),
    ("footnote", &["foot"]),
    ("footnotes", &["foot"]),
    ("page", &["foot"]),
    ("endnote", &["book"]),
    ("endnotes", &["book"]),
    ("end", &["book"]),
    ("chapter", &["section", "text"]),
    ("top", &["head"]),
    ("header", &["head"]),
    ("uppercase", &["capitals"]),
    ("upper", &["capitals"]),
    ("caps", &["capitals"]),
    ("normal", &["roman", "flow"]),
    ("regular", &["roman"]),
    ("plain", &["roman"]),
    ("upright", &["roman"]),
    ("numbers", &["arabic"]),
    ("decimal", &["arabic"]),
    ("letters", &["lower-alpha"]),
    ("alpha", &["lower-alpha"]),
    ("roman", &["lower-roman"]),
    ("outer", &["outside"]),
    ("fore-edge", &["outside"]),
    ("tabular", &["lining"]),
    ("modern", &["lining"]),
    ("original", &["source"]),
    ("no", &["none"]),
    ("off", &["none"]),
    ("false", &["none"]),
];

/// A value that its key cannot have, with the near word when there is one.
pub(super) fn invalid(own: &Own, span: Span, message: &str) -> Diagnostic {
    if own.value == Value::Text(String::new()) {
        let message = format!("`{}.{}` is empty", own.table, own.name);
        return Diagnostic::new(Code::ValueInvalid, span, message)
            .hint("leave the line out: the style decides");
    }
    let finding =
        Diagnostic::new(Code::ValueInvalid, span, format!("`{}.{}`: {message}", own.table, own.name));
    let words = Key::find(&own.table, &own.name).map_or(&[][..], |key| key.words);
    let said = match &own.value {
        Value::Text(text) => text.trim().to_lowercase().replace([' ', '_'], "-"),
        other => other.to_string(),
    };
    let synonym = SYNONYMS.iter().find(|(word, _)| *word == said);
    let synonym = synonym.and_then(|(_, meant)| meant.iter().find(|word| words.contains(word)).copied());
    match synonym.or_else(|| nearest(&said, words.iter().copied())) {
        Some(near) => finding.hint(format!("did you mean \"{near}\"?")),
        None => finding,
    }
}

/// A key that no style has: the near name in its table, the same name in
/// another, what there is instead, or what its table holds.
pub(super) fn unknown_key(own: &Own, span: Span) -> Diagnostic {
    let path = if own.table.is_empty() { own.name.clone() } else { format!("{}.{}", own.table, own.name) };
    let message = format!("`{path}` is not a key of a style");
    Diagnostic::new(Code::KeyUnknown, span, message).hint(instead(own))
}

fn instead(own: &Own) -> String {
    let (table, name) = (own.table.as_str(), own.name.as_str());
    let spelt = name.to_lowercase().replace('_', "-");
    let told = there_is(&format!("{table}-{spelt}")).or_else(|| there_is(&spelt));
    // `text.spacing` is no slip for `text.tracking`: the first letter is seldom mistyped
    let near = nearest(name, names(table).into_iter())
        .filter(|near| told.is_none() || near.bytes().next() == spelt.bytes().next());
    if let Some(near) = near {
        return format!("did you mean `{table}.{near}`?");
    }
    if let Some(key) = flattened(table, &spelt) {
        return format!("did you mean `{}`?", key.path());
    }
    if let Some(key) = in_table_called(table, &spelt) {
        return format!("did you mean `{}`?", key.path());
    }
    if let Some(told) = told {
        return told.to_owned();
    }
    if let Some(ours) = called(table) {
        return format!("there are {}", listed(ours, &names(ours)));
    }
    // `drop-cap.lines`: the table is a key
    if let Some(key) = KEYS.iter().find(|key| key.name == table).filter(|_| names(table).is_empty()) {
        return format!("did you mean `{}`?", key.path());
    }
    match elsewhere(table, &spelt).as_slice() {
        few if (1..=3).contains(&few.len()) => return format!("did you mean {}?", few.join(" or ")),
        [first, ..] if table.is_empty() => return format!("did you mean {first}?"),
        _ => {}
    }
    if table.is_empty() && !names(name).is_empty() {
        return format!("`{name}` is a table; its keys are {}", listed(name, &names(name)));
    }
    match names(table) {
        keys if keys.is_empty() => "`pamphleteer keys` lists every key".to_owned(),
        keys => format!("there are {}", listed(table, &keys)),
    }
}

/// The names of a table's keys.
fn names(table: &str) -> Vec<&'static str> {
    KEYS.iter().filter(|key| key.table == table).map(|key| key.name).collect()
}

/// Our table that people call so.
fn called(table: &str) -> Option<&'static str> {
    let table = table.to_lowercase().replace('_', "-");
    TABLES.iter().find(|(words, _)| words.contains(&table.as_str())).map(|(_, ours)| *ours)
}

/// The key that is meant by the words of its path in one: `text_size` for `text.size`,
/// `caption.size` for `figure.caption-size`.
fn flattened(table: &str, spelt: &str) -> Option<&'static Key> {
    if table.is_empty() {
        return KEYS.iter().find(|key| key.path().replace('.', "-") == spelt);
    }
    let joined = format!("{table}-{spelt}");
    KEYS.iter().find(|key| key.name == joined)
}

/// The key of nearly that name in the table that people call so: `contents.depth` for `toc.depth`.
fn in_table_called(table: &str, spelt: &str) -> Option<&'static Key> {
    let ours = called(table)?;
    Key::find(ours, nearest(spelt, names(ours).into_iter())?)
}

/// Keys of that name in other tables, hyphens or not: those of tables with a near name, else all.
fn elsewhere(table: &str, spelt: &str) -> Vec<String> {
    let path = |key: &Key| format!("`{}`", key.path());
    let loose = |name: &str| name.replace('-', "").trim_end_matches('s').to_owned();
    let same = || KEYS.iter().filter(|key| loose(key.name) == loose(spelt));
    let near: Vec<String> =
        same().filter(|key| nearest(table, std::iter::once(key.table)).is_some()).map(path).collect();
    if near.is_empty() { same().map(path).collect() } else { near }
}

/// What there is instead of a key that people look for by this word.
#[must_use]
pub fn there_is(word: &str) -> Option<&'static str> {
    GUESSES.iter().find(|(words, _)| words.contains(&word)).map(|(_, there_is)| *there_is)
}

fn listed(table: &str, names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{table}.{name}`")).collect();
    names.join(", ")
}
