//! The generated reference is what the tables say, and the tables are what the
//! tool reads. `ACCEPT=1 cargo test --test reference` writes it anew.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/golden.rs"]
mod golden;

use golden::Golden;
use pamphleteer::project::{BOOK_KEYS, load};
use pamphleteer::reference::{documents, entries};
use pamphleteer::style::{KEYS, Style, Value};
use std::collections::BTreeSet;
use std::fs;

#[test]
fn every_document_is_fresh() {
    let mut golden = Golden::default();
    for document in documents().into_iter().chain(pamphleteer::cli::documents()) {
        golden.compare(document.path, &document.text);
    }
    golden.finish();
}

/// Every key, every printer and every shop stands in the handbook.
#[test]
fn every_key_is_in_the_handbook() {
    let read = |name: &str| fs::read_to_string(format!("manuscript/handbook/{name}")).unwrap();
    let book = read("book.toml");
    let [style, keys] = ["reference-style.md", "reference-book.md"].map(|name| {
        assert!(book.contains(&format!("\"{name}\"")), "{name} is not in the handbook");
        read(name)
    });
    let missing: Vec<String> = entries()
        .into_iter()
        .filter(|entry| {
            !(if entry.of_style { &style } else { &keys }).contains(&format!("\n`{}`\n:", entry.path))
        })
        .map(|entry| entry.path)
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The examples of style keys are taken by the style, and are in its range.
#[test]
fn every_example_can_be_set() {
    for key in KEYS {
        let written = format!("x = {}", key.example());
        let table: toml::Table = written.parse().unwrap_or_else(|_| panic!("{}: {written}", key.path()));
        let set = Style::default().set(key.table, key.name, &value(&table["x"]));
        assert_eq!(set, Ok(()), "{}: {written}", key.path());
    }
}

fn value(value: &toml::Value) -> Value {
    match value {
        toml::Value::Integer(number) => Value::Integer(*number),
        toml::Value::Boolean(flag) => Value::Flag(*flag),
        toml::Value::Array(list) => Value::List(list.iter().map(self::value).collect()),
        other => Value::Text(other.as_str().unwrap().to_owned()),
    }
}

/// What the readers of book.toml ask for is what the table of keys says: the
/// finding about a key that nobody knows lists those that were asked for.
#[test]
fn the_table_of_keys_is_what_is_read() {
    let root = std::env::temp_dir().join(format!("pamphleteer-keys-{}", std::process::id()));
    fs::create_dir_all(&root).unwrap();
    let unknown = "qqqqqqqqqqqqqqqq = 1\n";
    let book = format!(
        "title = \"T\"\nlanguage = \"en\"\n{unknown}[matter]\nbody = [\"a.md\"]\n{unknown}[publisher]\nname = \"P\"\n{unknown}\
         [series]\nname = \"S\"\n{unknown}[source]\ntitle = \"O\"\n{unknown}[isbn]\n{unknown}[outputs]\n{unknown}[markdown]\n{unknown}[text]\n{unknown}[[contributor]]\nname = \"N\"\n{unknown}"
    );
    fs::write(root.join("book.toml"), book).unwrap();
    fs::write(root.join("a.md"), "# A\n\nB.\n").unwrap();
    let mut findings = Vec::new();
    load(&root, &mut findings).unwrap();
    fs::remove_dir_all(&root).unwrap();
    let mut asked = BTreeSet::new();
    for finding in findings.iter().filter(|finding| finding.code.name() == "key-unknown") {
        let (_, place) = finding.message.rsplit_once(" key of ").unwrap();
        let table = if place == "book.toml" { "" } else { place.trim_matches(['[', ']']) };
        let list = finding.hint.as_deref().unwrap().strip_prefix("keys that stand here: ").unwrap();
        asked.extend(list.split(", ").map(|key| (table.to_owned(), key.to_owned())));
    }
    // whoever helped is read by what the key means, and not by its name
    let people = ["author", "editor", "translator", "illustrator", "contributor"];
    let table: BTreeSet<(String, String)> = BOOK_KEYS
        .iter()
        .filter(|key| !(key.table.is_empty() && people.contains(&key.name)))
        .map(|key| (key.table.to_owned(), key.name.to_owned()))
        .collect();
    assert_eq!(asked, table);
}
