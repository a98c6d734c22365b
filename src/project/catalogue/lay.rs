//! Tables laid upon one another: defaults under a book's own, and what a
//! catalogue says of one book over it.

use super::super::tree::{Datum, Entry, Node, Table};

/// Tables that may be written as a bare value, with the key that the value is of:
/// `style = "novel"` says `[style] name = "novel"`.
const BARE: [(&str, &str); 2] = [("style", "name"), ("outputs", "formats")];

/// `upper` laid on `lower`: its keys count, and tables are laid upon each other key
/// by key. Every value keeps its place, in whichever file that is.
pub(crate) fn laid(lower: Table, upper: Table) -> Table {
    let span = upper.span.or(lower.span);
    let mut entries = lower.entries;
    for mut entry in upper.entries {
        let Some(under) = entries.iter_mut().find(|under| under.key == entry.key) else {
            entries.push(entry);
            continue;
        };
        open(under);
        open(&mut entry);
        match (&mut under.node.datum, entry.node.datum) {
            (Datum::Table(lower), Datum::Table(upper)) => {
                let lower = std::mem::take(lower);
                under.node.datum = Datum::Table(laid(lower, upper));
                (under.key_span, under.node.span) = (entry.key_span, entry.node.span);
            }
            (_, datum) => *under = Entry { node: Node { datum, ..entry.node }, ..entry },
        }
    }
    Table { entries, span }
}

/// Writes a bare value as the table that it stands for.
fn open(entry: &mut Entry) {
    let Some((_, key)) = BARE.iter().find(|(table, _)| *table == entry.key) else { return };
    if matches!(entry.node.datum, Datum::Table(_) | Datum::Unread) {
        return;
    }
    let (span, key_span) = (entry.node.span, entry.key_span);
    let datum = std::mem::replace(&mut entry.node.datum, Datum::Unread);
    let inner = Entry { key: (*key).to_owned(), key_span, node: Node { datum, span } };
    entry.node.datum = Datum::Table(Table { entries: vec![inner], span: Some(key_span) });
}

/// What a table says, without where it says so: TOML, one key a line, and the same
/// words for the same settings.
pub(super) fn said(table: &Table) -> String {
    pairs(table).map(|pair| pair + "\n").collect()
}

fn pairs(table: &Table) -> impl Iterator<Item = String> + '_ {
    let entries = table.entries.iter().filter(|entry| !matches!(entry.node.datum, Datum::Unread));
    entries.map(|entry| format!("{} = {}", quoted(&entry.key), value(&entry.node.datum)))
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn value(datum: &Datum) -> String {
    match datum {
        Datum::Text(text) => quoted(text),
        Datum::Integer(number) => number.to_string(),
        Datum::Real(number) => format!("{number:?}"),
        Datum::Flag(flag) => flag.to_string(),
        Datum::Date(date) => date.clone(),
        Datum::List(list) => {
            let items: Vec<String> = list.iter().map(|node| value(&node.datum)).collect();
            format!("[{}]", items.join(", "))
        }
        Datum::Table(table) => format!("{{ {} }}", pairs(table).collect::<Vec<_>>().join(", ")),
        Datum::Unread => "\"\"".to_owned(),
    }
}

/// Every text in a table.
pub(super) fn texts(table: &Table) -> Vec<String> {
    let mut found = Vec::new();
    table.entries.iter().for_each(|entry| gather(&entry.node.datum, &mut found));
    found
}

fn gather(datum: &Datum, found: &mut Vec<String>) {
    match datum {
        Datum::Text(text) => found.push(text.clone()),
        Datum::List(list) => list.iter().for_each(|node| gather(&node.datum, found)),
        Datum::Table(table) => table.entries.iter().for_each(|entry| gather(&entry.node.datum, found)),
        _ => {}
    }
}
