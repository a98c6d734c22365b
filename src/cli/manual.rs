//! The manual on demand: findings explained, completions, man page, schema.

use super::findings::Desk;
use super::{End, args::Cli, print_out};
use crate::diag::{CODES, Code, Error};
use crate::project::nearest;
use crate::style::{KEYS, Key, Kind};
use clap::CommandFactory;
use serde_json::{Map, Value, json};

/// `pamphleteer explain CODE`.
pub fn explain(code: &str, desk: &mut Desk) -> Result<End, Error> {
    let Some(found) = Code::find(code) else {
        let within = CODES.iter().map(|entry| entry.name).find(|name| name.contains(code));
        let near = nearest(code, CODES.iter().map(|entry| entry.name)).or(within);
        let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        desk.say(&format!("error: there is no finding with the code `{code}`{hint}\n"));
        return Ok(End::Misused);
    };
    let entry = found.entry();
    print_out(&format!(
        "{} ({})\n\n{}\n\n{}\n",
        entry.name, entry.severity, entry.summary, entry.explanation
    ))?;
    Ok(End::Done)
}

/// `pamphleteer completions SHELL`.
pub fn completions(shell: clap_complete::Shell) -> Result<End, Error> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "pamphleteer", &mut text);
    print_out(&String::from_utf8_lossy(&text))?;
    Ok(End::Done)
}

/// `pamphleteer man`.
pub fn man() -> Result<End, Error> {
    let mut page = Vec::new();
    let rendered = clap_mangen::Man::new(Cli::command()).render(&mut page);
    rendered.map_err(|e| Error::io("cannot make the manual page", e))?;
    print_out(&String::from_utf8_lossy(&page))?;
    Ok(End::Done)
}

/// `pamphleteer schema`.
pub fn schema() -> Result<End, Error> {
    let text = serde_json::to_string_pretty(&book_schema()).map_err(|e| Error::new(e.to_string()))?;
    print_out(&(text + "\n"))?;
    Ok(End::Done)
}

fn book_schema() -> Value {
    let text = |meaning: &str| json!({ "type": "string", "description": meaning });
    let texts =
        |meaning: &str| json!({ "type": "array", "items": { "type": "string" }, "description": meaning });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "book.toml",
        "type": "object",
        "required": ["title", "language", "matter"],
        "additionalProperties": false,
        "properties": {
            "title": text("The title."),
            "subtitle": text("The subtitle."),
            "slug": text("Stem of the outputs' file names; else the title in kebab-case."),
            "author": { "description": "A name, or a list of names; so `editor`, `translator`, `illustrator` and the like." },
            "language": text("BCP 47 tag; picks hyphenation and quotation marks."),
            "date": { "description": "Publication date: yyyy, yyyy-mm or yyyy-mm-dd." },
            "identifier": text("An ISBN, a DOI, a URL or urn:uuid:…; derived when not given."),
            "isbn": text("The same as `identifier`, for an ISBN."),
            "description": text("One sentence for the shop."),
            "blurb": text("Text of the back cover."),
            "subjects": texts("Subjects."),
            "rights": text("Whose the rights are."),
            "series": { "description": "Name of the series, or a table with name and number." },
            "certified-by": text("Who certifies the EPUB's accessibility."),
            "contributor": { "anyOf": [
                text("A name."),
                part(&["name", "sort", "role"]),
                { "type": "array", "items": { "anyOf": [text("A name."), part(&["name", "sort", "role"])] } },
            ] },
            "publisher": { "anyOf": [text("A name."), part(&["name", "place", "url"])] },
            "source": { "type": "object", "description": "The edition that is being reissued." },
            "matter": {
                "type": "object", "additionalProperties": false,
                "properties": {
                    "front": texts("Front matter."), "body": texts("The texts."), "back": texts("Back matter."),
                },
            },
            "style": style_schema(),
            "outputs": { "type": "object", "properties": {
                "formats": texts("What `build` makes: epub, pdf, print, cover, booklet, home, png."),
                "printer": text("Who prints it: a known name, or a file with the printer's demands."),
            } },
        },
    })
}

fn part(keys: &[&str]) -> Value {
    let properties: Map<String, Value> =
        keys.iter().map(|key| ((*key).to_owned(), json!({ "type": "string" }))).collect();
    json!({ "type": "object", "required": ["name"], "additionalProperties": false, "properties": properties })
}

fn style_schema() -> Value {
    let mut root = json!({ "type": "object", "additionalProperties": false, "properties": {
        "name": { "type": "string", "description": "Which style to begin with." },
    }});
    for key in KEYS {
        insert(&mut root, key.table.split('.'), key.name, key_schema(key));
    }
    root
}

/// A key of a style: type, unit, least, most, default and meaning.
fn key_schema(key: &Key) -> Value {
    let mut description = format!("{} Wants {}.", key.meaning.trim(), key.wanted);
    let plain = |written: &str| written.parse::<u32>().map_or_else(|_| unquoted(written), Value::from);
    let mut schema = json!({});
    match key.kind {
        Kind::Flag => schema["type"] = json!("boolean"),
        Kind::Number => schema["type"] = json!("integer"),
        Kind::Choice => schema["enum"] = json!(key.words),
        Kind::Words => schema["type"] = json!("string"),
        Kind::Length | Kind::Size | Kind::Share | Kind::List => {}
    }
    if !key.kind.unit().is_empty() {
        schema["unit"] = json!(key.kind.unit());
    }
    if let Some(bounds) = key.bounds {
        description += &format!(" Least {}, most {}.", bounds.least, bounds.most);
        // `minimum` is for numbers alone; a length is a string.
        let (least, most) = if key.kind == Kind::Number { ("minimum", "maximum") } else { ("least", "most") };
        schema[least] = plain(bounds.least);
        schema[most] = plain(bounds.most);
    }
    if let Some(written) = (key.default)() {
        schema["default"] = match key.kind {
            Kind::Flag | Kind::Number | Kind::List => serde_json::from_str(&written).unwrap_or_default(),
            _ => unquoted(&written),
        };
    }
    schema["description"] = json!(description);
    schema
}

/// A value of book.toml without its quotation marks.
fn unquoted(written: &str) -> Value {
    Value::from(written.trim_matches('"'))
}

/// Puts a key into the table that `path` leads to, making tables on the way.
fn insert<'p>(table: &mut Value, mut path: impl Iterator<Item = &'p str>, name: &str, meaning: Value) {
    let properties = &mut table["properties"];
    match path.next() {
        None => properties[name] = meaning,
        Some(inner) => {
            if properties[inner].is_null() {
                properties[inner] =
                    json!({ "type": "object", "additionalProperties": false, "properties": {} });
            }
            insert(&mut properties[inner], path, name, meaning);
        }
    }
}
