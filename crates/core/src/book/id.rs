//! The ids by which the parts of a book name one another.
//!
//! A note's and an anchor's are made in the file of their tables alone: who holds one
//! may look it up without asking whether it exists.

/// Which section: an index into [`super::Book::sections`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionId(pub u32);

/// Which note. Handed out by [`super::Notes::define`] alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId(pub(super) u32);

impl NoteId {
    /// The note's place in the order of first calls, from 0; for ids in files.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Which place to link to. Handed out by [`super::Anchors::define`] alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnchorId(pub(super) u32);

impl AnchorId {
    /// The place's number, from 0; for tables beside the book.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}
