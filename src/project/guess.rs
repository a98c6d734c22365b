//! What an author may have meant by a key or a value that a style does not know.

use super::fields::nearest;
use crate::diag::{Code, Diagnostic, Span};
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
    (&["columns"], "text is set in one column"),
    (
        &["base", "parent", "extends", "inherit", "from", "preset", "theme", "template", "style"],
        "the style to begin with is `name`",
    ),
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
    let names =
        |table: &str| KEYS.iter().filter(|key| key.table == table).map(|key| key.name).collect::<Vec<_>>();
    if let Some(near) = nearest(name, names(table).into_iter()) {
        return format!("did you mean `{table}.{near}`?");
    }
    let spelt = name.to_lowercase().replace('_', "-");
    // `text_size` for `text.size`
    if let Some(key) = KEYS.iter().find(|key| table.is_empty() && key.path().replace('.', "-") == spelt) {
        return format!("did you mean `{}`?", key.path());
    }
    let elsewhere: Vec<String> = KEYS
        .iter()
        .filter(|key| key.name == spelt && nearest(table, std::iter::once(key.table)).is_some())
        .chain(KEYS.iter().filter(|key| key.name == spelt && table.is_empty()))
        .map(|key| format!("`{}.{}`", key.table, key.name))
        .collect();
    if let Some(first) = elsewhere.first() {
        return format!(
            "did you mean {}?",
            if elsewhere.len() > 3 { first.clone() } else { elsewhere.join(" or ") }
        );
    }
    if let Some(there_is) = there_is(&spelt) {
        return there_is.to_owned();
    }
    if table.is_empty() && !names(name).is_empty() {
        return format!("`{name}` is a table; its keys are {}", listed(name, &names(name)));
    }
    match names(table) {
        keys if keys.is_empty() => match KEYS.iter().find(|key| key.name == table) {
            Some(key) => format!("did you mean `{}`?", key.path()),
            None => "`pamphleteer keys` lists every key".to_owned(),
        },
        keys => format!("there are {}", listed(table, &keys)),
    }
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
