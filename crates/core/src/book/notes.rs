//! Notes and anchors, and the only file where their ids are made.

use super::{AnchorId, Block, Inline, NoteId, SectionId};
use crate::diag::Span;
use crate::narrow::Nearest;

/// Whose notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    /// `[^id]`: the author's.
    Author,
    /// `[^ed:id]`: the editor's.
    Editor,
}

impl Stream {
    /// All of them, each at its own index.
    pub const ALL: [Stream; 2] = [Stream::Author, Stream::Editor];
}

/// A note that is called at least once.
#[derive(Clone, Debug, Hash)]
pub struct Note {
    /// Whose it is.
    pub stream: Stream,
    /// Its number through the whole book, in its stream, from 1, in the order
    /// of first calls.
    pub number: u32,
    /// Its number through its section, in its stream, from 1.
    pub number_in_text: u32,
    /// The author's label, for findings only.
    pub label: String,
    /// The section that calls it first.
    pub section: SectionId,
    /// How often it is called; at least once.
    pub calls: u32,
    /// What it says; not empty.
    pub blocks: Vec<Block>,
    /// Where its text stands in the manuscript.
    pub span: Span,
}

/// All notes of a book, in the order of first calls.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    all: Vec<Note>,
}

impl Notes {
    /// Adds a note and hands out its id.
    pub fn define(&mut self, note: Note) -> NoteId {
        self.all.push(note);
        NoteId(u32::nearest(self.all.len()) - 1)
    }

    /// The note of that id.
    #[must_use]
    pub fn get(&self, id: NoteId) -> &Note {
        &self.all[id.0 as usize]
    }

    /// The note of that id, for the resolver to complete.
    pub fn get_mut(&mut self, id: NoteId) -> &mut Note {
        &mut self.all[id.0 as usize]
    }

    /// All notes with their ids, in the order of first calls.
    pub fn iter(&self) -> impl Iterator<Item = (NoteId, &Note)> {
        self.all.iter().zip(0u32..).map(|(note, index)| (NoteId(index), note))
    }

    /// All notes, for the resolver to complete.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Note> {
        self.all.iter_mut()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// A place that a link may lead to.
#[derive(Clone, Debug, Hash)]
pub struct Anchor {
    /// The section that holds it.
    pub section: SectionId,
    /// Its id, unique in its section: a valid XML name.
    pub slug: String,
    /// The heading's or caption's words when it is one's, without notes.
    pub title: Option<Vec<Inline>>,
    /// Where it stands in the manuscript.
    pub span: Span,
}

/// Every place that a link may lead to.
#[derive(Clone, Debug, Default)]
pub struct Anchors {
    all: Vec<Anchor>,
}

impl Anchors {
    /// Adds a place and hands out its id.
    pub fn define(&mut self, anchor: Anchor) -> AnchorId {
        self.all.push(anchor);
        AnchorId(u32::nearest(self.all.len()) - 1)
    }

    /// The place of that id.
    #[must_use]
    pub fn get(&self, id: AnchorId) -> &Anchor {
        &self.all[id.0 as usize]
    }

    /// The place of that id, for the resolver to complete.
    pub fn get_mut(&mut self, id: AnchorId) -> &mut Anchor {
        &mut self.all[id.0 as usize]
    }

    /// All places with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (AnchorId, &Anchor)> {
        self.all.iter().zip(0u32..).map(|(anchor, index)| (AnchorId(index), anchor))
    }
}
