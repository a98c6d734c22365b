//! What stands on turned pages, in pieces that no page parts.

use crate::book::NoteId;
use crate::length::Abs;
use crate::typeset::flow_item::Fragment;
use crate::typeset::line::Mark;

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
        let lines = self.fragments.iter().filter_map(|fragment| match fragment {
            Fragment::Line(_, line) => Some(line),
            _ => None,
        });
        lines.flat_map(|line| &line.marks).filter_map(|(_, mark)| match mark {
            Mark::Call(note, _) => Some(*note),
            _ => None,
        })
    }
}
