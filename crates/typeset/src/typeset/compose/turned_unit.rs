//! What stands on turned pages, in pieces that no page parts.

use crate::book::NoteId;
use crate::length::Abs;
use crate::typeset::flow_item::{Fragment, calls_in};

/// What cannot be parted from one page to the next: fragments, and how high they are.
#[derive(Default)]
pub(super) struct Unit {
    pub(super) height: Abs,
    pub(super) fragments: Vec<Fragment>,
    /// White below it where it is repeated.
    pub(super) tail: Abs,
    /// The head of its table, which is repeated above it on a further page.
    pub(super) head: Option<usize>,
    /// It stays with the unit behind it.
    pub(super) keep_next: bool,
    /// It vanishes at the head of a page.
    pub(super) white: bool,
    /// The notes that stand on its page, by their places among all.
    pub(super) notes: Vec<usize>,
}

impl Unit {
    /// The notes that are called in it: its page must be where its words are.
    pub(super) fn calls(&self) -> impl Iterator<Item = NoteId> {
        calls_in(&self.fragments)
    }
}
