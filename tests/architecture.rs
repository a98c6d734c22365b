//! The rules of ARCHITECTURE.md, read off the source itself.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Which rooms alone may name a crate or a part of the standard library.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("pulldown_cmark", &["manuscript"]),
    ("harfrust", &["font"]),
    ("krilla", &["pdf"]),
    ("lopdf", &["pdf"]),
    ("zip::", &["epub"]),
    ("sha1_smol", &["epub"]),
    ("hypher", &["hyphenate"]),
    ("unicode_bidi", &["typeset"]),
    ("clap", &["cli"]),
    ("std::fs", &["project", "cli"]),
    ("std::env", &["project", "cli"]),
    ("std::time", &["cli"]),
    ("std::process", &["project", "cli", "main"]),
];

/// Every source file with its room and its code, without tests and comments.
fn rooms() -> Vec<(String, PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::from("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                files.push((room(&path), path.clone(), code(&fs::read_to_string(&path).unwrap())));
            }
        }
    }
    assert!(files.len() > 10, "the source was not found");
    files
}

fn room(path: &Path) -> String {
    let inside = path.strip_prefix("src").unwrap();
    inside.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

fn code(text: &str) -> String {
    let before_tests = text.split("#[cfg(test)]\nmod ").next().unwrap_or("");
    let lines = before_tests.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The rooms that a file enters: `use crate::room`, `crate::room::…`, `use crate::{room, …}`.
fn entered(code: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if name.is_empty() && rest.starts_with('{') {
            let list = rest.trim_start_matches('{').split('}').next().unwrap_or("");
            rooms.extend(list.split(',').map(|item| item.trim().split("::").next().unwrap_or("").to_owned()));
        } else {
            rooms.insert(name);
        }
    }
    rooms
}

/// Which rooms each room may enter, as the table of ARCHITECTURE.md has it;
/// `cli`, `main` and `lib` may enter all.
fn allowed() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string("ARCHITECTURE.md").unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |"));
    let mut allowed = BTreeMap::new();
    for row in rows {
        let (room, rest) = row.split_once('`').unwrap();
        let uses = rest.rsplit(" | ").next().unwrap();
        if uses != "everything" {
            allowed.insert(room.to_owned(), named(uses));
        }
    }
    assert!(allowed.len() > 20, "the table was not found");
    allowed
}

/// The rooms of a list such as `book, terms (months)`; a dash is none.
fn named(list: &str) -> BTreeSet<String> {
    let words = list.split(", ").map(|item| item.split(' ').next().unwrap_or(""));
    words.filter(|word| *word != "–").map(str::to_owned).collect()
}

#[test]
fn rooms_enter_where_the_table_says() {
    let allowed = allowed();
    let mut really: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut faults = Vec::new();
    for (room, path, code) in rooms() {
        if ["cli", "main", "lib"].contains(&room.as_str()) {
            continue;
        }
        let entered =
            entered(&code).into_iter().filter(|other| *other != room && allowed.contains_key(other));
        let entered: BTreeSet<String> = entered.collect();
        match allowed.get(&room) {
            Some(may) => faults.extend(
                entered
                    .difference(may)
                    .map(|other| format!("{}: {room} may not use {other}", path.display())),
            ),
            None => faults.push(format!("{} is in no room of ARCHITECTURE.md", path.display())),
        }
        really.entry(room).or_default().extend(entered);
    }
    for (room, may) in &allowed {
        let needs = really.get(room).unwrap_or_else(|| panic!("{room} is in the table alone"));
        faults.extend(may.difference(needs).map(|other| format!("{room} does not use {other} any more")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn outside_things_have_one_room_each() {
    let mut faults = Vec::new();
    for (room, path, code) in rooms() {
        for (thing, allowed) in ONLY_IN {
            let really = code.match_indices(thing).any(|(at, _)| {
                let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
                let goes_on =
                    thing.ends_with(part_of_word) && code[at + thing.len()..].starts_with(part_of_word);
                !code[..at].ends_with(part_of_word) && !goes_on
            });
            if really && !allowed.contains(&room.as_str()) {
                faults.push(format!("{}: `{thing}` belongs in {allowed:?}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_file_says_its_job() {
    for (_, path, _) in rooms() {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{} does not open by saying its one job", path.display());
    }
}

#[test]
fn no_stage_prints() {
    for (room, path, code) in rooms() {
        for word in ["println!", "print!(", "eprint", "dbg!", "io::stdout", "io::stderr"] {
            assert!(room == "cli" || !code.contains(word), "{} prints with {word}", path.display());
        }
    }
}
