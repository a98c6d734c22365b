//! Notes: at the foot, at the end of a text, at the end of the book.

use super::{Aim, Composer, Ctx};
use crate::book::{BlockKind, NoteId, Stream};
use crate::pages::{Flow, NodeId, Tag};
use crate::style::NotePlace;
use crate::typeset::line::{Mark, Piece, StyledText, Words};
use crate::typeset::slab::Slab;

/// A note that stands at the foot.
#[derive(Debug)]
pub struct FootNote {
    /// Which.
    pub note: NoteId,
    /// Its lines.
    pub slabs: Vec<Slab>,
    /// How many notes after it are called in it, or in those.
    pub nested: usize,
}

impl Composer<'_> {
    /// Where the notes of a stream stand.
    pub fn place_of(&self, note: NoteId) -> NotePlace {
        match self.book.notes.get(note).stream {
            Stream::Author => self.style.notes.place,
            Stream::Editor => self.style.editor_notes.place,
        }
    }

    /// Sets the notes that were called since the last time: at the foot, their
    /// structure after the block that calls them; or they wait.
    pub fn set_called(&mut self, node: NodeId) {
        for note in std::mem::take(&mut self.called) {
            if self.place_of(note) == NotePlace::Foot {
                self.foot_note(note, node);
            } else {
                self.waiting.push(note);
            }
        }
    }

    fn foot_note(&mut self, note: NoteId, node: NodeId) {
        let flush = self.flush;
        let column = std::mem::take(&mut self.slabs);
        self.note_body(note, node);
        let slabs = std::mem::replace(&mut self.slabs, column);
        self.flush = flush;
        let place = self.foot.len();
        self.foot.push(FootNote { note, slabs, nested: 0 });
        self.set_called(node);
        self.foot[place].nested = self.foot.len() - place - 1;
    }

    /// What is around a note's blocks.
    pub fn note_ctx(&self, node: NodeId) -> Ctx {
        let ctx = self.ctx(node);
        let size = self.style.notes.size.at(self.style.size());
        let leading = self.style.notes.leading.at(size);
        Ctx { voice: ctx.voice.clone().at(size), leading, noted: true, ..ctx }
    }

    /// Composes a note with its number, which leads back to its call.
    pub fn note_body(&mut self, note: NoteId, node: NodeId) {
        let node = self.tree.node(node, Tag::Note);
        let ctx = self.note_ctx(node);
        let prefix = self.note_number(note, node, &ctx);
        let book = self.book;
        let blocks = &book.notes.get(note).blocks;
        if matches!(blocks.first().map(|block| &block.kind), Some(BlockKind::Para(_))) {
            self.prefix = Some(prefix);
        } else {
            let form = self.form(&ctx, self.indent(&ctx));
            if let Some(slab) = self.lay(&ctx, prefix, &form) {
                slab.keep_next = true;
            }
        }
        self.flush = false;
        let flow = std::mem::replace(&mut self.flow, Flow::Note(note.index() as u32));
        self.blocks(blocks, &ctx);
        self.flow = flow;
        self.prefix = None;
    }

    fn note_number(&mut self, note: NoteId, node: NodeId, ctx: &Ctx) -> StyledText {
        let label = self.tree.node(node, Tag::Label);
        let mark = self.mark_of(note);
        let mut text = StyledText { pieces: vec![Piece::Mark(Mark::Note(note))] };
        let description = self.terms().back_to_call(&mark);
        self.in_link(Aim::Call(note, 0), description, label, &mut text, |composer, node, out| {
            let stop = if mark.chars().all(char::is_alphanumeric) { "." } else { "" };
            let words = composer.words(&ctx.voice, node, format!("{mark}{stop}"));
            out.pieces.push(Piece::Words(words));
        });
        let space = self.words(&ctx.voice, label, "\u{a0}");
        text.pieces.push(Piece::Words(Words { glued: true, ..space }));
        text
    }
}
