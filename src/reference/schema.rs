//! The JSON Schema (draft 2020-12) of book.toml and of style files, with which
//! an editor of TOML completes keys, shows what they mean and marks what cannot
//! be.
//!
//! It knows the forms that the handbook teaches; the tool itself is more
//! lenient (`"yes"` for `true`, `"5 inches"`), and takes nothing less.

use super::pattern;
use crate::book::{GeneratedPage, Relator};
use crate::pdf::Printer;
use crate::project::{
    BOOK_KEYS, BUILT_IN_STYLES, BookKey, BookValue, OTHER_KEYS, TABLES, is_about_people, word_keys,
};
use crate::style::{KEYS, Key, Kind};
use serde_json::{Map, Value, json};

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A schema as it is printed.
#[must_use]
pub fn printed(schema: &Value) -> String {
    format!("{schema:#}\n")
}

/// The schema of book.toml.
#[must_use]
pub fn book() -> Value {
    let mut schema = table("");
    schema["$schema"] = json!(DRAFT);
    schema["title"] = json!("book.toml of Pamphleteer");
    schema["required"] = json!(["title", "matter"]);
    schema["anyOf"] = json!([{ "required": ["language"] }, { "required": ["lang"] }]);
    let trades: Vec<String> = trades().iter().map(|trade| trade.replace(' ', "-")).collect();
    let people = value(BookValue::People, "Who did this for the book.");
    schema["patternProperties"] = json!({ format!("^(?:{})s?$", trades.join("|")): people });
    schema
}

/// The schema of a style file.
#[must_use]
pub fn style_file() -> Value {
    let mut schema = style();
    schema["$schema"] = json!(DRAFT);
    schema["title"] = json!("a style of Pamphleteer, styles/NAME.toml");
    schema
}

/// The trades whose names are keys at the top of book.toml.
fn trades() -> Vec<&'static str> {
    let mut trades: Vec<&str> =
        Relator::all().map(Relator::english).filter(|name| is_about_people(name)).collect();
    trades.retain(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == ' ' || c == '-'));
    trades
}

/// A table of book.toml with its keys, and nothing else in it.
fn table(name: &str) -> Value {
    let mut properties = Map::new();
    for key in BOOK_KEYS.iter().filter(|key| key.table == name) {
        properties.insert(key.name.to_owned(), of_key(key));
    }
    for (_, other, ours) in OTHER_KEYS.iter().filter(|(table, ..)| *table == name) {
        if let Some(key) = BookKey::find(name, ours) {
            let mut schema = of_key(key);
            schema["deprecated"] = json!(true);
            schema["description"] = json!(format!("The same as `{ours}`."));
            properties.insert((*other).to_owned(), schema);
        }
    }
    let required: Vec<&str> =
        BOOK_KEYS.iter().filter(|key| key.table == name && key.required).map(|key| key.name).collect();
    let about = TABLES.iter().find(|(table, _)| *table == name).map_or("", |(_, about)| about);
    json!({
        "type": "object", "description": about, "properties": properties, "required": required,
        "additionalProperties": false,
    })
}

fn of_key(key: &BookKey) -> Value {
    match (key.table, key.name) {
        ("", "words") => words(key.meaning),
        ("", "style") => style_of_book(key.meaning),
        ("", name @ ("matter" | "outputs" | "source")) => table(name),
        ("", name @ ("publisher" | "series")) => {
            either(json!({ "type": "string" }), table(name), key.meaning)
        }
        _ => {
            let mut schema = value(key.kind, key.meaning);
            match key.kind {
                BookValue::Text if key.required => schema["pattern"] = json!("\\S"),
                BookValue::Matter if key.required => schema["minItems"] = json!(1),
                _ => {}
            }
            schema["examples"] = json!([example(key)]);
            schema
        }
    }
}

/// The example of a key as JSON; words of TOML that are no JSON as words.
fn example(key: &BookKey) -> Value {
    serde_json::from_str(key.example).unwrap_or_else(|_| json!(key.example))
}

/// The schema of a value, without the tables that it may be.
fn value(kind: BookValue, meaning: &str) -> Value {
    let text = || json!({ "type": "string" });
    let list = |item: &Value| json!({ "anyOf": [item, { "type": "array", "items": item }] });
    let number = || json!({ "type": ["string", "number"] });
    let mut schema = match kind {
        BookValue::Text => json!({ "type": ["string", "integer"] }),
        BookValue::TextOrNumber => number(),
        BookValue::Texts => list(&text()),
        BookValue::Language => {
            json!({ "type": "string", "pattern": "^ *[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})* *$" })
        }
        BookValue::Date => json!({ "anyOf": [
            { "type": "integer", "minimum": 1, "maximum": 9999 },
            { "type": "string", "pattern": "[0-9]{4}" },
        ] }),
        BookValue::Slug => json!({ "type": "string", "pattern": "^[^A-Z /_.]*$" }),
        BookValue::Isbn => json!({ "anyOf": [
            { "type": "integer" },
            { "type": "string", "pattern": "^(?:[Uu][Rr][Nn]:)?(?:[Ii][Ss][Bb][Nn][ :]*)?[0-9][0-9 \\u2010-\\u2013-]*[0-9Xx]$" },
        ] }),
        BookValue::Isbns => json!({ "anyOf": [value(BookValue::Isbn, meaning), table("isbn")] }),
        BookValue::Address => json!({ "type": "string", "pattern": "^https?://" }),
        BookValue::People => {
            let person = json!({ "anyOf": [text(), table("contributor")] });
            list(&person)
        }
        BookValue::Matter => list(&matter()),
        BookValue::Formats => list(&json!({ "enum": kind.words() })),
        BookValue::Flag => json!({ "type": "boolean" }),
        BookValue::LineEnds | BookValue::DoubleHyphen => json!({ "enum": kind.words() }),
        BookValue::Printer => either(json!({ "enum": Printer::names() }), file(), meaning),
        BookValue::Named | BookValue::Table => json!({ "type": "object" }),
    };
    schema["description"] = json!(meaning);
    schema
}

/// An entry of the reading order.
fn matter() -> Value {
    let pages: Vec<&str> = GeneratedPage::ALL.iter().map(|(_, name)| *name).collect();
    json!({ "anyOf": [{ "enum": pages }, { "type": "string", "pattern": "\\.[Mm][Dd]$" }] })
}

/// A name of something that is not in a list: the path of a file.
fn file() -> Value {
    json!({ "type": "string", "pattern": "[./]" })
}

fn either(one: Value, other: Value, meaning: &str) -> Value {
    json!({ "anyOf": [one, other], "description": meaning })
}

fn words(meaning: &str) -> Value {
    let term = |(key, parts): (&str, &[&str])| {
        let holds: Vec<Value> = parts
            .iter()
            .map(|part| json!({ "pattern": part.replace('{', "\\{").replace('}', "\\}") }))
            .collect();
        let mut schema = json!({ "type": "string", "minLength": 1 });
        if !holds.is_empty() {
            schema["allOf"] = json!(holds);
        }
        (key.to_owned(), schema)
    };
    let properties: Map<String, Value> = word_keys().map(term).collect();
    json!({
        "type": "object", "description": meaning, "properties": properties,
        "patternProperties": { "^[a-z]{3}$": { "type": "string" } }, "additionalProperties": false,
    })
}

/// `[style]` of book.toml: the keys of a style, and the name of one.
fn style_of_book(meaning: &str) -> Value {
    let mut schema = style();
    let names: Vec<&str> = BUILT_IN_STYLES.iter().map(|(name, _)| *name).collect();
    schema["properties"]["name"] = json!({
        "type": "string", "default": "pamphlet", "examples": names,
        "description": format!("A style that ships with the tool ({}), or the name of a file in the book's styles/ folder.", names.join(", ")),
    });
    schema["description"] = json!(meaning);
    schema
}

fn style() -> Value {
    let mut root = json!({ "type": "object", "additionalProperties": false, "properties": {} });
    for key in KEYS {
        insert(&mut root, key.table.split('.'), key);
    }
    root
}

/// Puts a key into the table that `path` leads to, making tables on the way.
fn insert<'p>(table: &mut Value, mut path: impl Iterator<Item = &'p str>, key: &Key) {
    let properties = &mut table["properties"];
    let Some(inner) = path.next() else {
        properties[key.name] = style_key(key);
        return;
    };
    if properties[inner].is_null() {
        properties[inner] = json!({
            "type": "object", "description": key.about.trim(), "additionalProperties": false, "properties": {},
        });
    }
    insert(&mut properties[inner], path, key);
}

/// A key of a style: type, unit, range, default, example and meaning.
fn style_key(key: &Key) -> Value {
    let mut schema = of_kind(key);
    let mut description = format!("{} Wants {}.", key.meaning.trim(), key.wanted);
    if !key.kind.unit().is_empty() {
        schema["unit"] = json!(key.kind.unit());
    }
    if let Some(bounds) = key.bounds {
        description +=
            &format!(" Least {}, most {}.", bounds.least.trim_matches('"'), bounds.most.trim_matches('"'));
        if key.kind != Kind::Number {
            (schema["least"], schema["most"]) = (written(bounds.least), written(bounds.most));
        }
    }
    if let Some(default) = (key.default)() {
        schema["default"] = written(&default);
    }
    schema["examples"] = json!([written(&key.example())]);
    schema["description"] = json!(description);
    schema
}

fn of_kind(key: &Key) -> Value {
    let range = key.bounds.map(|bounds| (bounds.least, bounds.most));
    // What may be nothing at all may be written without a unit.
    let may_be_zero = range.is_some_and(|(least, _)| matches!(least, "0" | "\"0%\""));
    let text = |pattern: String| match may_be_zero {
        true => {
            json!({ "anyOf": [{ "const": 0 }, { "const": "0" }, { "type": "string", "pattern": pattern }] })
        }
        false => json!({ "type": "string", "pattern": pattern }),
    };
    match key.kind {
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Number => {
            let bound = |text: &str| text.parse::<u32>().unwrap_or_default();
            let (least, most) = range.unwrap_or(("0", "4294967295"));
            json!({ "type": "integer", "minimum": bound(least), "maximum": bound(most) })
        }
        Kind::Choice => json!({ "enum": key.words, "x-taplo": { "docs": { "enumValues": key.meanings } } }),
        Kind::Words if (key.table, key.name) == ("cover", "colour") => {
            json!({ "type": "string", "pattern": "^#[0-9A-Fa-f]{6}$" })
        }
        Kind::Words => json!({ "type": "string" }),
        Kind::List => {
            json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
        }
        Kind::Length => text(pattern::length(range)),
        Kind::Em => text(pattern::em(range)),
        Kind::Share => text(pattern::share(range)),
        Kind::Size => text(pattern::size(range)),
    }
}

/// A value of book.toml as one of JSON.
fn written(value: &str) -> Value {
    serde_json::from_str(value).unwrap_or_else(|_| Value::from(value.trim_matches('"')))
}
