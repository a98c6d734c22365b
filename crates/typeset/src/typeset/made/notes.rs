//! Notes at the end of a text and at the end of the book.

use crate::book::{Attrs, Inline, InlineKind, NoteId, SectionId, Text, without_notes};
use crate::pages::NodeId;
use crate::style::{NotePlace, TitleRules};
use crate::typeset::compose::FlowBuilder;

impl FlowBuilder<'_, '_> {
    /// The notes of the text that was just composed, when they stand there.
    pub fn notes_of_text(&mut self, node: NodeId) {
        let waiting = std::mem::take(&mut self.composer.notes.waiting);
        let (here, later) = waiting.into_iter().partition(|note| self.cx.place_of(*note) == NotePlace::Text);
        self.composer.notes.waiting = later;
        let here: Vec<NoteId> = here;
        if here.is_empty() {
            return;
        }
        let title = self.notes_title(&here);
        self.space(2);
        let ctx = self.cx.block(node);
        self.headline_of(&title, 2, &ctx);
        self.space(1);
        self.end_notes(here, NotePlace::Text, node);
        self.column.snap();
    }

    /// The notes pages at the end of the book.
    pub fn notes_of_book(&mut self, node: NodeId) {
        let notes = std::mem::take(&mut self.composer.notes.waiting);
        let title = self.notes_title(&notes);
        let ctx = self.cx.block(node);
        self.sink();
        self.title_rule(TitleRules::Above);
        self.headline_of(&title, 1, &ctx);
        self.title_rule(TitleRules::Below);
        self.space(1);
        self.column.snap();
        // Notes wait in the order of their calls, and so those of one text follow one another: a group ends
        // where the section changes, and no text has two.
        let mut sections: Vec<(SectionId, Vec<NoteId>)> = Vec::new();
        for note in notes {
            let section = self.cx.book.notes.get(note).section;
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
        let title = self.cx.book.sections[section.0 as usize].title();
        let Some(title) = title.map(|title| without_notes(&title.content)) else { return };
        let ctx = self.cx.block(node);
        self.space(1);
        self.headline_of(&title, 3, &ctx);
        self.column.snap();
    }

    fn headline_of(&mut self, title: &[Inline], level: u8, ctx: &crate::typeset::compose::BlockContext) {
        self.repeated_headline(title, level, ctx);
    }

    fn notes_title(&self, notes: &[NoteId]) -> Vec<Inline> {
        let words = self.cx.terms().notes();
        let title = |note: &NoteId| {
            let span = self.cx.book.notes.get(*note).span;
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
        // A note may call others, which are known only when it is set. Those follow it at once, as their numbers
        // do. The recursion ends: `manuscript::notes` refuses a note that calls itself, through whichever others.
        for note in notes {
            self.note_body(note, node);
            let called = self.composer.take_called();
            let waits =
                |note: &NoteId| place == NotePlace::Text && self.cx.place_of(*note) == NotePlace::Book;
            let (later, here): (Vec<NoteId>, Vec<NoteId>) = called.into_iter().partition(waits);
            self.composer.notes.waiting.extend(later);
            if !here.is_empty() {
                self.end_notes(here, place, node);
            }
        }
    }
}
