//! The ways in which the paragraphs of a book were broken before: one that stands as it did
//! is not searched anew when the text around it is edited.
//!
//! They are bytes of a paragraph's words, and follow from these words, from how they look, and
//! from the form that they fill: from nothing that depends on where the paragraph stands.

use super::fingerprint::{Key, Twice};
use super::line::Breaks;
use crate::style::Style;
use std::collections::HashMap;
use std::sync::Arc;

/// What was found of a paragraph when it was searched.
pub(super) struct Ways {
    /// The ways that are worth having.
    pub(super) variants: Vec<Breaks>,
    /// The limits of expansion and tracking that they need.
    pub(super) limits: (f64, f64),
    /// No way has fewer faults.
    pub(super) least_faults: u32,
}

/// Paragraphs that were met, each with its ways.
pub(super) type MetWays = Vec<(Key, Arc<Ways>)>;

/// The ways of paragraphs that were set before.
pub(super) struct KnownWays<'m> {
    style: Key,
    ways: HashMap<Key, &'m Arc<Ways>>,
}

impl<'m> KnownWays<'m> {
    /// Those of a book that is set in that style again.
    pub(super) fn new(style: &Style, known: impl Iterator<Item = &'m (Key, Arc<Ways>)>) -> Self {
        let mut twice = Twice::default();
        twice.write_in_full(style);
        KnownWays { style: twice.key(), ways: known.map(|(key, ways)| (*key, ways)).collect() }
    }

    /// The style, for the keys of paragraphs.
    pub(super) fn style(&self) -> Key {
        self.style
    }

    /// The ways of a paragraph with that key.
    pub(super) fn find(&self, key: Key) -> Option<Arc<Ways>> {
        self.ways.get(&key).map(|ways| (*ways).clone())
    }
}
