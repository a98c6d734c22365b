//! A book.toml that is written as JSON: it is told so once, and read as it was meant.

use super::tree::{Datum, Entry, Node, Table};
use crate::diag::{Code, Diagnostic, FileId, Span, whole_characters};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Whether a file begins as JSON does and no TOML can.
pub(super) fn is_meant(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('{')
}

/// The keys of such a file; none when it is no sound JSON either.
pub(super) fn read(file: FileId, text: &str) -> Option<Table> {
    let keys: Map<String, Value> = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
    Some(Reader { file, text, places: first_places(text) }.table(keys))
}

/// The finding on it.
pub(super) fn finding(file: FileId, text: &str) -> Diagnostic {
    let start = text.find('{').unwrap_or(0);
    let span = Span::new(file, start, (start + 1).min(text.len()));
    let hint = "write each key on a line of its own without braces and commas, such as `title = \"My Book\"`, and at the end `[matter]` and below it `body = [\"01.md\"]`";
    Diagnostic::new(Code::TomlSyntax, span, "book.toml is written as JSON").hint(hint)
}

/// Where each piece in quotation marks first stands, with its marks; found once, so that a file of
/// many keys is not searched for each of them.
fn first_places(text: &str) -> HashMap<&str, usize> {
    let mut places = HashMap::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('"').map(|found| at + found) {
        let end = end_of_string(text, start);
        places.entry(&text[start..end]).or_insert(start);
        at = end;
    }
    places
}

/// Behind the mark that closes what opens at `start`; the end of the text when none does.
fn end_of_string(text: &str, start: usize) -> usize {
    let mut escaped = false;
    let closes = |(_, byte): &(usize, u8)| {
        let closes = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        closes
    };
    text.bytes().enumerate().skip(start + 1).find(closes).map_or(text.len(), |(at, _)| at + 1)
}

struct Reader<'t> {
    file: FileId,
    text: &'t str,
    places: HashMap<&'t str, usize>,
}

impl Reader<'_> {
    /// A table with its entries in the order of the file, which the parser of JSON does not keep.
    fn table(&self, keys: Map<String, Value>) -> Table {
        let entry = |(key, value): (String, Value)| {
            let key_span = self.place(&key);
            Entry { node: self.node(key_span, value), key, key_span }
        };
        let mut entries: Vec<Entry> = keys.into_iter().map(entry).collect();
        entries.sort_by_key(|entry| entry.key_span.start);
        Table { span: entries.first().map(|entry| entry.key_span), entries }
    }

    /// The value of the key that stands there.
    fn node(&self, key: Span, value: Value) -> Node {
        let span = match &value {
            Value::String(words) => self.place(words),
            _ => key,
        };
        let datum = match value {
            Value::Null => Datum::Unread,
            Value::Bool(flag) => Datum::Flag(flag),
            Value::Number(number) => match number.as_i64() {
                Some(whole) => Datum::Integer(whole),
                None => Datum::Real(number.as_f64().unwrap_or(0.0)),
            },
            Value::String(words) => Datum::Text(words),
            Value::Array(list) => Datum::List(list.into_iter().map(|value| self.node(key, value)).collect()),
            Value::Object(keys) => Datum::Table(self.table(keys)),
        };
        Node { datum, span }
    }

    /// Where a key or words stand in their quotation marks; at the beginning, when they are
    /// written with escapes.
    fn place(&self, words: &str) -> Span {
        let quoted = format!("\"{words}\"");
        let start = self.places.get(quoted.as_str());
        let range = start.map_or(0..0, |start| whole_characters(self.text, *start..start + quoted.len()));
        Span::new(self.file, range.start, range.end)
    }
}
