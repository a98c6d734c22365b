//! How the author numbered an item, and the list that is open while they are read.

use crate::book::{Around, Numbers};
use std::collections::BTreeMap;

/// What an item is numbered in the author's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::manuscript) struct ItemMark {
    pub(in crate::manuscript) number: u64,
    pub(in crate::manuscript) numbers: Numbers,
}

/// A list that is open.
#[derive(Clone, Copy)]
pub(super) struct Run {
    /// How far its author has set its markers in.
    pub(super) spaces: usize,
    /// How far they are set in where they are written.
    pub(super) written: usize,
    pub(super) kind: Kind,
    pub(super) next: u64,
    /// What stands behind its numbers in the prepared text.
    pub(super) delimiter: char,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Lettered(Numbers),
    Hash(Around),
    Example,
}

/// The examples of a file.
#[derive(Default)]
pub(super) struct Examples {
    /// Their numbers, by their labels.
    pub(super) numbers: BTreeMap<String, u64>,
    /// Whether any of them is one: without a label, or with one that other words refer to. `(@jones) wrote` alone is
    /// the name of an account.
    pub(super) any: bool,
}
