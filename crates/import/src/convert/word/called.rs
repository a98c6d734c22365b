//! The notes that the text of a Word file calls.

use std::collections::BTreeMap;

/// The notes that were called, in order: `f12` for footnotes, `e3` for endnotes.
#[derive(Default)]
pub(super) struct Called {
    names: Vec<String>,
    numbers: BTreeMap<String, usize>,
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

    /// The name of the note of that number.
    pub(super) fn name(&self, number: usize) -> Option<String> {
        self.names.get(number).cloned()
    }
}
