//! Taking keys out of a table: each is read once, and what nobody took is
//! a key that we don't know.

use super::tree::{Datum, Node, Table};
use crate::book::is_forbidden;
use crate::diag::{Code, Diagnostic, Span};

/// A table being read, and the findings about it.
pub struct Fields<'a> {
    table: Table,
    name: String,
    asked: Vec<&'static str>,
    findings: &'a mut Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// Begins to read `table`, which findings call `name` (empty for the top).
    pub fn new(table: Table, name: &str, findings: &'a mut Vec<Diagnostic>) -> Fields<'a> {
        Fields { table, name: name.to_owned(), asked: Vec::new(), findings }
    }

    /// Takes the value of `key`.
    pub fn take(&mut self, key: &'static str) -> Option<Node> {
        self.asked.push(key);
        let index = self.table.entries.iter().position(|entry| entry.key == key)?;
        Some(self.table.entries.remove(index).node)
    }

    /// Takes words; anything else is a finding.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        self.spanned_text(key).map(|(text, _)| text)
    }

    /// Takes words with their place.
    pub fn spanned_text(&mut self, key: &'static str) -> Option<(String, Span)> {
        let node = self.take(key)?;
        match node.datum {
            Datum::Text(text) => Some((self.clean(text, node.span), node.span)),
            _ => self.refuse(key, node.span, "words in quotation marks"),
        }
    }

    /// The words without the characters that no book may hold; one is a finding.
    fn clean(&mut self, mut text: String, span: Span) -> String {
        if let Some(c) = text.chars().find(|c| is_forbidden(*c)) {
            let message = format!("U+{:04X} is a control character: it has no place in a text", u32::from(c));
            let finding = Diagnostic::new(Code::ControlCharacter, span, message);
            self.findings.push(finding.hint("delete it, or the escape that stands for it"));
            text.retain(|c| !is_forbidden(c));
        }
        text
    }

    /// Takes words that must be there.
    pub fn required(&mut self, key: &'static str, example: &str) -> String {
        let present = self.table.entries.iter().any(|entry| entry.key == key);
        let text = self.text(key);
        if !present {
            let message = format!("`{key}` is missing");
            let finding = Diagnostic::new(Code::KeyMissing, self.table.span.map(first_byte), message);
            self.findings.push(finding.hint(format!("add a line such as `{key} = {example}`")));
        }
        text.unwrap_or_default()
    }

    /// Takes a list of words.
    pub fn texts(&mut self, key: &'static str) -> Vec<(String, Span)> {
        let Some(node) = self.take(key) else { return Vec::new() };
        let Datum::List(list) = node.datum else {
            self.refuse::<()>(key, node.span, "a list, such as [\"one\", \"two\"]");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in list {
            match item.datum {
                Datum::Text(text) => texts.push((self.clean(text, item.span), item.span)),
                _ => drop(self.refuse::<()>(key, item.span, "words in quotation marks")),
            }
        }
        texts
    }

    /// Takes a table.
    pub fn table(&mut self, key: &'static str) -> Option<Table> {
        let node = self.take(key)?;
        match node.datum {
            Datum::Table(table) => Some(table),
            _ => self.refuse(key, node.span, "a table"),
        }
    }

    /// Takes a list of tables.
    pub fn tables(&mut self, key: &'static str) -> Vec<Table> {
        let Some(node) = self.take(key) else { return Vec::new() };
        let Datum::List(list) = node.datum else {
            self.refuse::<()>(key, node.span, &format!("tables, each under a line `[[{key}]]`"));
            return Vec::new();
        };
        let tables = list.into_iter().filter_map(|item| match item.datum {
            Datum::Table(table) => Some(table),
            _ => None,
        });
        tables.collect()
    }

    /// Where the value of `key` stands.
    #[must_use]
    pub fn span_of(&self, key: &str) -> Option<Span> {
        self.table.entries.iter().find(|entry| entry.key == key).map(|entry| entry.node.span)
    }

    /// Begins to read a table inside this one.
    pub fn inside(&mut self, table: Table, name: &str) -> Fields<'_> {
        Fields::new(table, name, self.findings)
    }

    /// Says that the value of `key` is wrong.
    pub fn refuse<T>(&mut self, key: &str, span: Span, wanted: &str) -> Option<T> {
        let message = format!("`{key}` wants {wanted}");
        self.findings.push(Diagnostic::new(Code::ValueInvalid, span, message));
        None
    }

    /// Adds a finding.
    pub fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// Ends the reading: what is left is unknown.
    pub fn finish(self) {
        for entry in self.table.entries {
            let place =
                if self.name.is_empty() { "book.toml".to_owned() } else { format!("[{}]", self.name) };
            let message = format!("`{}` is not a key of {place}", entry.key);
            let finding = Diagnostic::new(Code::KeyUnknown, entry.key_span, message);
            let near = nearest(&entry.key, self.asked.iter().copied());
            self.findings.push(match near {
                Some(near) => finding.hint(format!("did you mean `{near}`?")),
                None => finding,
            });
        }
    }
}

fn first_byte(span: Span) -> Span {
    Span { end: span.start, ..span }
}

/// The candidate that differs least from `word`, when it is near enough to be meant.
pub fn nearest<'n>(word: &str, candidates: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    candidates
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 4)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Edit distance (Levenshtein 1966), bounded by the words' own lengths.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().take(64).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_keys_are_suggested() {
        let keys = ["title", "subtitle", "language"];
        assert_eq!(nearest("langauge", keys.into_iter()), Some("language"));
        assert_eq!(nearest("titel", keys.into_iter()), Some("title"));
        assert_eq!(nearest("zeitgeist", keys.into_iter()), None);
    }
}
