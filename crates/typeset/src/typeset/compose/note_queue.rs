//! Notes on their way from the call to their place.

use crate::book::NoteId;
use crate::typeset::flow_item::FlowItem;

/// Notes that were called, by how far they have come.
#[derive(Debug, Default)]
pub struct NoteQueue {
    /// Called in the block that is being composed.
    pub called: Vec<NoteId>,
    /// Composed for the foot, in the order of their calls.
    pub foot: Vec<FootNote>,
    /// Waiting for their place at the end of the text, or of the book.
    pub waiting: Vec<NoteId>,
}

/// A note that stands at the foot.
#[derive(Debug)]
pub struct FootNote {
    /// Which.
    pub note: NoteId,
    /// Its lines.
    pub items: Vec<FlowItem>,
    /// How many notes after it are called in it, or in those.
    pub nested: usize,
}
