//! Notes: the document that holds them, and the ways there and back.

use super::Context;
use super::doc::Doc;
use crate::book::{Block, BlockKind, Book, Note, NoteId, NoteRef, Stream};
use crate::style::{Marks, Numbering};
use crate::terms::numerals::mark;

/// The id of a note.
pub(super) fn note_id(book: &Book, id: NoteId) -> String {
    let note = book.notes.get(id);
    match note.stream {
        Stream::Author => format!("note-{}", note.number),
        Stream::Editor => format!("editor-note-{}", note.number),
    }
}

/// The id of a note's call.
pub(super) fn call_id(book: &Book, call: NoteRef) -> String {
    let note = book.notes.get(call.note);
    let stem = match note.stream {
        Stream::Author => format!("noteref-{}", note.number),
        Stream::Editor => format!("editor-noteref-{}", note.number),
    };
    if call.call == 0 { stem } else { format!("{stem}-{}", call.call + 1) }
}

impl Context<'_> {
    /// The mark of a note, as printed.
    pub(super) fn note_label(&self, id: NoteId) -> String {
        let note = self.book.notes.get(id);
        let (numbering, marks) = match note.stream {
            Stream::Author => (self.style.notes.numbering, self.style.notes.marks),
            Stream::Editor => (self.style.editor_notes.numbering, self.style.editor_notes.marks),
        };
        let number = if numbering == Numbering::Book { note.number } else { note.number_in_text };
        mark(number, marks)
    }
}

impl Doc<'_, '_> {
    /// All notes of a stream, under the titles of the texts that call them.
    pub(super) fn notes(&mut self, stream: Stream) {
        let title = self.cx.plan.files[self.file].title.clone();
        let before = self.face;
        self.face = self.cx.heading_face(1);
        self.open_heading(1, &[]);
        self.words(&title);
        self.xml.close_line();
        self.face = before;
        let book = self.cx.book;
        let mut all: Vec<_> = book.notes.iter().filter(|(_, note)| note.stream == stream).collect();
        all.sort_by_key(|(_, note)| (note.section, note.number));
        let groups: Vec<_> = all.chunk_by(|a, b| a.1.section == b.1.section).collect();
        for group in &groups {
            if groups.len() > 1 {
                self.group_heading(group[0].1);
            }
            let class = self.class("notes");
            self.open_line("ol", &[("class", class)]);
            for (id, note) in *group {
                self.note(*id, note);
            }
            self.xml.close_line();
        }
    }

    fn group_heading(&mut self, note: &Note) {
        let section = note.section;
        let file = self.cx.plan.find(
            |file| matches!(file.unit, super::plan::Unit::Text { section: s, part: 0, .. } if s == section),
        );
        let title = file.map_or_else(String::new, |file| self.cx.plan.files[file].title.clone());
        let before = self.face;
        self.face = self.cx.heading_face(2);
        self.open_heading(2, &[]);
        self.words(&title);
        self.xml.close_line();
        self.face = before;
    }

    fn note(&mut self, id: NoteId, note: &Note) {
        self.open("li", &[]);
        let html_id = note_id(self.cx.book, id);
        self.open_line("div", &[("epub:type", "footnote"), ("role", "doc-footnote"), ("id", &html_id)]);
        let rest = match note.blocks.as_slice() {
            [Block { kind: BlockKind::Para(content), .. }, rest @ ..] => {
                self.open("p", &[]);
                self.ways_back(id, note);
                self.inlines(content);
                self.xml.close_line();
                rest
            }
            blocks => {
                self.open("p", &[]);
                self.ways_back(id, note);
                self.xml.close_line();
                blocks
            }
        };
        self.blocks(rest);
        self.xml.close_line();
        self.xml.close_line();
    }

    /// A link to each call: the note's number to the first, letters to others.
    fn ways_back(&mut self, id: NoteId, note: &Note) {
        let label = format!("{}.", self.cx.note_label(id));
        for call in 0..note.calls {
            let call = NoteRef { note: id, call };
            let href = self.cx.plan.href(self.cx.plan.of_call(call), &call_id(self.cx.book, call));
            let title = self.cx.terms.back();
            let class = self.class(if call.call == 0 { "back" } else { "again" });
            let attributes = [
                ("epub:type", "backlink"),
                ("role", "doc-backlink"),
                ("class", class),
                ("href", &href),
                ("title", title),
            ];
            self.open("a", &attributes);
            if call.call == 0 {
                self.words(&label);
            } else {
                self.words(&mark(call.call + 1, Marks::LowerAlpha));
            }
            self.xml.close();
            self.xml.text(" ");
        }
    }
}
