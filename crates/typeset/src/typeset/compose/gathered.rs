//! Texts that are composed apart from one another, and put together in their order.

use super::composer::Composer;
use super::context::BookContext;
use super::link::Collected;
use super::note_queue::{FootNote, NoteQueue};
use super::rank::Ranks;
use crate::narrow::Nearest;
use crate::pages::{Graft, NodeId, Tree};
use crate::typeset::line::Mark;
use crate::typeset::shaper::Gaps;
use crate::typeset::text_style::UsedFaces;
use crate::typeset::ways::MetWays;

/// What composing a text gathers, its ids its own: its nodes stand in the document node,
/// and its links are counted from 0.
pub struct Gathered {
    tree: Tree,
    collected: Collected,
    notes: NoteQueue,
    pending_marks: Vec<Mark>,
    ranks: Ranks,
    gaps: Gaps,
    faces: UsedFaces,
    /// The ways to break its paragraphs, when they are to be remembered.
    ways: MetWays,
}

/// What the ids of a text have become in the book.
#[derive(Clone, Copy, Debug)]
pub struct Joined {
    /// Its nodes and leaves.
    pub graft: Graft,
    /// What is added to the numbers of its links.
    pub links: u32,
}

impl Gathered {
    /// The ways to break its paragraphs.
    pub(in crate::typeset) fn ways(&self) -> &MetWays {
        &self.ways
    }

    /// The same without the notes for the foot, which are set.
    #[must_use]
    pub fn without_foot(&self) -> Gathered {
        let NoteQueue { called, waiting, .. } = &self.notes;
        Gathered {
            tree: self.tree.clone(),
            collected: self.collected.clone(),
            notes: NoteQueue { called: called.clone(), foot: Vec::new(), waiting: waiting.clone() },
            pending_marks: self.pending_marks.clone(),
            ranks: self.ranks,
            gaps: self.gaps.clone(),
            faces: self.faces,
            ways: self.ways.clone(),
        }
    }
}

impl<'a> Composer<'a> {
    /// Makes ready for a text that is composed apart from those before it, in a context
    /// of its own.
    pub fn set_apart(&mut self, cx: &'a BookContext<'a>) {
        self.cx = cx;
        // What came before is not known yet, so the ranks of headings are those of a text that begins
        // a book.
        self.ranks = Ranks::of_text_apart();
    }

    /// Makes ready for a text that is composed apart, but follows what `book` has composed.
    pub fn set_behind(&mut self, book: &mut Composer<'a>) {
        self.ranks = book.ranks.followed();
        self.pending_marks = std::mem::take(&mut book.pending_marks);
    }

    /// Takes what was gathered of a text.
    pub fn take_gathered(&mut self) -> Gathered {
        Gathered {
            tree: std::mem::take(&mut self.tree),
            collected: std::mem::take(&mut self.collected),
            notes: std::mem::take(&mut self.notes),
            pending_marks: std::mem::take(&mut self.pending_marks),
            ranks: self.ranks,
            gaps: self.shaper.take_gaps(),
            faces: self.cx.faces.used(),
            ways: self.shaper.take_ways(),
        }
    }

    /// Whether a text that was composed apart would be the same if it had been composed
    /// here: no mark waits for its first words, and its first heading skips no rank.
    #[must_use]
    pub fn would_gather(&self, text: &Gathered) -> bool {
        self.pending_marks.is_empty() && self.ranks.may_precede(text.ranks)
    }

    /// Puts a text into the book, below `node`; its notes for the foot.
    pub fn join(&mut self, mut text: Gathered, node: NodeId) -> (Joined, Vec<FootNote>) {
        // A text numbers its nodes, leaves and links from nought. Behind those of the texts before it
        // they go on, and whatever names them is told by how much: the numbers are those that one pass
        // over the whole book would have given.
        let links = u32::nearest(self.collected.links.len());
        let joined = Joined { graft: self.tree.graft(node, text.tree), links };
        self.collected.append(text.collected);
        self.notes.called.append(&mut text.notes.called);
        self.notes.waiting.append(&mut text.notes.waiting);
        self.pending_marks.append(&mut text.pending_marks);
        self.ranks.go_on(text.ranks);
        self.shaper.add_gaps(text.gaps);
        self.cx.faces.note_used(text.faces);
        (joined, text.notes.foot)
    }
}
