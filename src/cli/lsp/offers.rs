//! What may be written at a place: keys and their values in TOML; notes, places, texts and classes in Markdown.

use super::asked::Asked;
use super::names::usable;
use crate::book::{Div, Role};
use crate::manuscript::{Kind, names};
use crate::project::TABLES;
use crate::reference::{Entry, entries};
use crate::sources::Item;
use serde_json::{Value, json};
use std::ops::Range;

/// The protocol's number for the kind of thing that is offered.
#[derive(Clone, Copy)]
enum Thing {
    Class = 7,
    Table = 9,
    Key = 10,
    Value = 12,
    File = 17,
    Name = 18,
}

/// What may follow the place that is asked about.
pub(super) fn offers(asked: &Asked<'_>) -> Value {
    let offered = if asked.name.to_lowercase().ends_with(".toml") { of_toml(asked) } else { of_text(asked) };
    json!({ "isIncomplete": false, "items": offered })
}

fn offer(label: &str, thing: Thing, detail: &str) -> Value {
    json!({ "label": label, "kind": thing as u8, "detail": detail })
}

/// Notes behind `[^`, places behind `](#` and texts behind `](`, classes behind `::: ` and `{.`.
fn of_text(asked: &Asked<'_>) -> Vec<Value> {
    let before = asked.before();
    let behind = |mark: &str| {
        let (_, word) = before.rsplit_once(mark)?;
        word.chars().all(|c| c.is_alphanumeric() || "-_.:/#".contains(c)).then_some(word)
    };
    if behind("[^").is_some() {
        return named(asked, Kind::Note);
    }
    if behind("](#note:").is_some() {
        return named(asked, Kind::Note);
    }
    if behind("](#").is_some() {
        return named(asked, Kind::Place);
    }
    if behind("](").is_some() {
        return files(asked);
    }
    if before.trim_start().starts_with(":::") || behind("{.").is_some() {
        return classes(before.trim_start().starts_with('#'));
    }
    Vec::new()
}

fn named(asked: &Asked<'_>, kind: Kind) -> Vec<Value> {
    let names = names(&asked.project.sources);
    usable(asked, &names, kind).map(|given| offer(&given.id, Thing::Name, &given.words)).collect()
}

/// The texts and pictures of the book, as seen from this one.
fn files(asked: &Asked<'_>) -> Vec<Value> {
    let sources = &asked.project.sources;
    let texts = sources.matter.iter().filter_map(|entry| match entry.item {
        Item::File(file) => Some(sources.map.file(file).name.as_str()),
        Item::Made(_) => None,
    });
    let pictures = sources.images.keys().map(String::as_str);
    texts.chain(pictures).map(|name| offer(&seen_from(&asked.name, name), Thing::File, "")).collect()
}

/// The way from one file of the book to another.
fn seen_from(from: &str, to: &str) -> String {
    let folder: Vec<&str> =
        from.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').collect());
    let parts: Vec<&str> = to.split('/').collect();
    let shared = folder.iter().zip(&parts).take_while(|(one, other)| one == other).count();
    let up = folder[shared..].iter().map(|_| "..");
    up.chain(parts[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

/// The roles of headings, or the classes of divisions.
fn classes(of_heading: bool) -> Vec<Value> {
    let names: Vec<&str> = if of_heading {
        Role::ALL.iter().map(|(_, name)| *name).collect()
    } else {
        Div::ALL.iter().map(|(_, name)| *name).collect()
    };
    names.into_iter().map(|name| offer(name, Thing::Class, "")).collect()
}

/// Keys of the table at the beginning of a line, tables behind `[`, a key's words behind `=`.
fn of_toml(asked: &Asked<'_>) -> Vec<Value> {
    let before = asked.before();
    let table = table_at(&asked.text, asked.at);
    let all = entries();
    if before.trim_start().starts_with('[') && !before.contains('=') {
        return TABLES.iter().map(|(name, about)| offer(name, Thing::Table, about)).collect();
    }
    let Some((key, _)) = before.split_once('=') else {
        let keys = all.iter().filter_map(|entry| Some((written_in(entry, &table)?, entry)));
        return keys.map(|(name, entry)| key_offered(name, entry)).collect();
    };
    let Some(entry) = all.iter().find(|entry| written_in(entry, &table) == Some(key.trim())) else {
        return Vec::new();
    };
    let bare = before.contains('"');
    let shown = |word: &str| if bare { word.to_owned() } else { format!("\"{word}\"") };
    entry.words.iter().map(|(word, meaning)| offer(&shown(word), Thing::Value, meaning)).collect()
}

fn key_offered(name: &str, entry: &Entry) -> Value {
    json!({
        "label": name, "kind": Thing::Key as u8, "detail": entry.wanted, "documentation": entry.meaning,
        "insertText": format!("{name} = "),
    })
}

/// The name of a key in the table of that name, as book.toml or a style file has it; none when it belongs elsewhere.
fn written_in<'e>(entry: &'e Entry, table: &str) -> Option<&'e str> {
    let last = entry.path.rsplit('.').next();
    match (entry.of_style, table) {
        (true, "style") => Some(&entry.path),
        (true, table) => last.filter(|_| entry.table == table.strip_prefix("style.").unwrap_or(table)),
        (false, "") => Some(entry.path.as_str()).filter(|_| entry.table.is_empty()),
        (false, table) => last.filter(|_| entry.table == table),
    }
}

/// The table that a place of a TOML file is in.
fn table_at(text: &str, at: usize) -> String {
    let heads = text[..at].lines().rev().map(str::trim).find(|line| line.starts_with('['));
    heads.map_or_else(String::new, |line| line.trim_matches(['[', ']', ' ']).to_owned())
}

/// The key at a place of a TOML file with its table, and the bytes of its name.
pub(super) fn key_at(text: &str, at: usize) -> Option<(String, Range<usize>)> {
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let table = table_at(text, start);
    let name = match line.split_once('=') {
        Some((key, _)) => key.trim_matches(['#', ' ', '\t']),
        None => line.trim().trim_matches(['[', ']']),
    };
    let from = start + line.find(name).filter(|_| !name.is_empty())?;
    let path = if table.is_empty() || table == "style" { name.to_owned() } else { format!("{table}.{name}") };
    Some((path, from..from + name.len()))
}
