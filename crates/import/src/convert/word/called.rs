//! The notes that the text of a Word file calls.

use std::collections::BTreeMap;

/// The notes that were called, in order: `f12` for footnotes, `e3` for endnotes.
#[derive(Default)]
pub(super) struct Called {
    names: Vec<String>,
    numbers: BTreeMap<String, usize>,
    /// The sign with which an author calls a note by hand.
    marks: BTreeMap<String, String>,
}

impl Called {
    /// The number of a note in the book, from 0.
    pub(super) fn number(&mut self, name: String) -> usize {
        let next = self.names.len();
        let number = *self.numbers.entry(name.clone()).or_insert(next);
        if number == next {
            self.names.push(name);
        }
        number
    }

    /// Whether notes were called that stand at the end.
    pub(super) fn has_endnotes(&self) -> bool {
        self.names.iter().any(|name| name.starts_with('e'))
    }

    /// Remembers the sign by which a note is called.
    pub(super) fn mark(&mut self, name: String, sign: &str) {
        self.marks.insert(name, sign.to_owned());
    }

    /// The sign by which a note is called, if its author gave it one.
    pub(super) fn sign(&self, name: &str) -> Option<&str> {
        self.marks.get(name).map(String::as_str)
    }

    /// The name of the note of that number.
    pub(super) fn name(&self, number: usize) -> Option<String> {
        self.names.get(number).cloned()
    }
}
