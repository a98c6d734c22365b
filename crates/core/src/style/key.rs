//! What is known of one key of the style: for the reader, the manual and the schema.

use super::value::{Bounds, Kind};
use crate::reason::Reason;

/// A key of the style, for the manual and the schema.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The table: `page`, `notes.editor`.
    pub table: &'static str,
    /// The key in it.
    pub name: &'static str,
    /// What it wants, in the author's words.
    pub wanted: &'static str,
    /// The kind of value.
    pub kind: Kind,
    /// The words that it may have, when it is a choice.
    pub words: &'static [&'static str],
    /// What each of the words means.
    pub meanings: &'static [&'static str],
    /// The least and the most that it may be.
    pub bounds: Option<Bounds>,
    /// What it is when nobody says, as book.toml would write it; `None` when it is unset.
    pub default: fn() -> Option<String>,
    /// A value that shows its form, as book.toml would write it; none where the default does.
    pub(super) example: Option<&'static str>,
    /// What it means.
    pub meaning: &'static str,
    /// What its table is about.
    pub about: &'static str,
}

impl Key {
    /// The key with its table: `text.size`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}.{}", self.table, self.name)
    }

    /// A value that may be set, as book.toml would write it: for a choice or a
    /// flag another one than the default.
    #[must_use]
    pub fn example(&self) -> String {
        let default = (self.default)().unwrap_or_default();
        let others = || self.words.iter().map(|word| format!("\"{word}\"")).find(|word| *word != default);
        match (self.example, self.kind) {
            (Some(example), _) => example.to_owned(),
            (None, Kind::Flag) => (default != "true").to_string(),
            (None, Kind::Choice) => others().unwrap_or(default),
            (None, _) => default,
        }
    }
}

/// Why a key could not be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such key.
    Unknown,
    /// The value is not of the kind wanted; in the author's words.
    Invalid(Reason),
}
