//! Notes at the end of a text and at the end of the book.

use crate::book::{Attrs, Inline, InlineKind, NoteId, SectionId, Text, without_notes};
use crate::pages::NodeId;
use crate::style::NotePlace;
use crate::typeset::compose::Composer;
use crate::typeset::slab::Slab;

impl Composer<'_> {
    /// The notes of the text that was just composed, when they stand there.
    pub fn notes_of_text(&mut self, node: NodeId) {
        let waiting = std::mem::take(&mut self.waiting);
        let (here, later) = waiting.into_iter().partition(|note| self.place_of(*note) == NotePlace::Text);
        self.waiting = later;
        let here: Vec<NoteId> = here;
        if here.is_empty() {
            return;
        }
        let title = self.notes_title(&here);
        self.space(2);
        let ctx = self.ctx(node);
        self.headline_of(&title, 2, &ctx);
        self.space(1);
        self.end_notes(here, NotePlace::Text, node);
        self.slabs.push(Slab::Snap);
    }

    /// The notes pages at the end of the book.
    pub fn notes_of_book(&mut self, node: NodeId) {
        let notes = std::mem::take(&mut self.waiting);
        let title = self.notes_title(&notes);
        let ctx = self.ctx(node);
        self.sink();
        self.headline_of(&title, 1, &ctx);
        self.space(1);
        self.slabs.push(Slab::Snap);
        let mut sections: Vec<(SectionId, Vec<NoteId>)> = Vec::new();
        for note in notes {
            let section = self.book.notes.get(note).section;
            match sections.last_mut() {
                Some((last, list)) if *last == section => list.push(note),
                _ => sections.push((section, vec![note])),
            }
        }
        let many = sections.len() > 1;
        for (section, notes) in sections {
            if many {
                self.notes_head(section, node);
            }
            self.end_notes(notes, NotePlace::Book, node);
        }
    }

    /// The title of the text whose notes follow.
    fn notes_head(&mut self, section: SectionId, node: NodeId) {
        let title = self.book.sections[section.0 as usize].title();
        let Some(title) = title.map(|title| without_notes(&title.content)) else { return };
        let ctx = self.ctx(node);
        self.space(1);
        self.headline_of(&title, 3, &ctx);
        self.slabs.push(Slab::Snap);
    }

    fn headline_of(&mut self, title: &[Inline], level: u8, ctx: &crate::typeset::compose::Ctx) {
        let untracked = self.styled_again_scope(true);
        self.headline(title, level, None, ctx);
        self.styled_again_scope(untracked);
    }

    fn notes_title(&self, notes: &[NoteId]) -> Vec<Inline> {
        let words = self.terms().notes();
        let title = |note: &NoteId| {
            let span = self.book.notes.get(*note).span;
            let text = Inline { kind: InlineKind::Text(Text::new(words.words())), span };
            match words.language() {
                None => text,
                lang => {
                    let attrs = Attrs { lang, ..Attrs::default() };
                    Inline { kind: InlineKind::Span(attrs, vec![text]), span }
                }
            }
        };
        notes.first().map(title).into_iter().collect()
    }

    /// Sets notes at the end of a text or of the book, each with those that it
    /// calls; at a text's end these may have to wait for the end of the book.
    fn end_notes(&mut self, notes: Vec<NoteId>, place: NotePlace, node: NodeId) {
        for note in notes {
            self.note_body(note, node);
            let called = self.take_called();
            let waits = |note: &NoteId| place == NotePlace::Text && self.place_of(*note) == NotePlace::Book;
            let (later, here): (Vec<NoteId>, Vec<NoteId>) = called.into_iter().partition(waits);
            self.waiting.extend(later);
            if !here.is_empty() {
                self.end_notes(here, place, node);
            }
        }
    }
}
