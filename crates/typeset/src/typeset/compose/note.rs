//! Notes: at the foot, at the end of a text, at the end of the book.

use super::builder::{FlowBuilder, TitleState};
use super::context::BlockContext;
use super::link::LinkEnd;
use super::note_queue::FootNote;
use crate::book::{Block, BlockKind, Div, NoteId};
use crate::length::Abs;
use crate::narrow::Nearest;
use crate::pages::{Flow, NodeId, Tag};
use crate::style::NotePlace;
use crate::terms::numerals::before_note;
use crate::typeset::line::{Mark, Piece, StyledText, Words};

impl FlowBuilder<'_, '_> {
    /// Sets the notes that were called since the last time: at the foot, their
    /// structure after the block that calls them; or they wait.
    pub(super) fn set_called(&mut self, node: NodeId) {
        for note in self.composer.take_called() {
            if self.cx.place_of(note) == NotePlace::Foot {
                self.foot_note(note, node);
            } else {
                self.composer.notes.waiting.push(note);
            }
        }
    }

    /// Composes a note for the foot, in a column of its own, and those that it calls.
    fn foot_note(&mut self, note: NoteId, node: NodeId) {
        let mut flow = FlowBuilder::new(self.composer, None, None);
        flow.title = TitleState::Set;
        flow.note_body(note, node);
        let items = flow.finish();
        // A note's own notes follow it in the roll, so its place is taken before they are composed,
        // and how many they are is written into it afterwards.
        let place = self.composer.notes.foot.len();
        self.composer.notes.foot.push(FootNote { note, items, nested: 0 });
        self.set_called(node);
        let foot = &mut self.composer.notes.foot;
        foot[place].nested = foot.len() - place - 1;
    }

    /// Composes a note with its number, which leads back to its call.
    pub(in crate::typeset) fn note_body(&mut self, note: NoteId, node: NodeId) {
        let node = self.composer.tree.node(node, Tag::Note);
        let at_foot = self.cx.place_of(note) == NotePlace::Foot;
        let ctx = self.cx.note_block(node);
        let ctx = if at_foot { self.foot_block(ctx) } else { ctx };
        let prefix = self.note_number(note, node, &ctx);
        let blocks = &self.cx.book.notes.get(note).blocks;
        if begins_with_paragraph(blocks) {
            self.next.prefix = Some(prefix);
        } else {
            let form = self.form(&ctx, self.cx.indent(&ctx));
            if let Some(item) = self.lay(&ctx, prefix, &form) {
                item.keep_next = true;
            }
        }
        self.indent_next();
        let flow = self.flow.replace(Flow::Note(u32::nearest(note.index())));
        self.blocks(blocks, &ctx);
        self.flow = flow;
        self.next.prefix = None;
    }

    /// A note's block at the foot of a page: in one of its columns, or as wide as a turned page.
    fn foot_block(&self, ctx: BlockContext) -> BlockContext {
        if !self.composer.scope.turned {
            return self.cx.in_note_columns(ctx);
        }
        let style = self.cx.style;
        BlockContext { indents: (Abs::ZERO, style.measure() - style.depth()), ..ctx }
    }

    fn note_number(&mut self, note: NoteId, node: NodeId, ctx: &BlockContext) -> StyledText {
        let label = self.composer.tree.node(node, Tag::Label);
        let mark = self.cx.mark_of(note);
        let mut text = StyledText { pieces: vec![Piece::Mark(Mark::Note(note))] };
        let description = self.cx.terms().back_to_call(&mark);
        let aim = LinkEnd::Call(note, 0);
        self.composer.in_link(aim, description, label, &mut text, |composer, node, out| {
            let words = composer.words(&ctx.text_style, node, before_note(&mark));
            out.pieces.push(Piece::Words(words));
        });
        let space = self.composer.words(&ctx.text_style, label, "\u{a0}");
        text.pieces.push(Piece::Words(Words { glued: true, ..space }));
        text
    }
}

/// Whether the first words of a note are those of a paragraph, be it one of a quotation: its number
/// stands before them, and not in a line of its own.
fn begins_with_paragraph(blocks: &[Block]) -> bool {
    match blocks.first().map(|block| &block.kind) {
        Some(BlockKind::Para(_)) => true,
        Some(
            BlockKind::Quote(inner) | BlockKind::Div(Div::Letter | Div::Continued | Div::Other, _, inner),
        ) => begins_with_paragraph(inner),
        _ => false,
    }
}
