//! Notes: the document that holds them, and the ways there and back.

use super::context::Context;
use super::doc::Doc;
use super::plan::{File, Plan, Unit};
use crate::book::{
    Block, BlockKind, Book, Inline, Note, NoteId, NoteRef, Role, Stream, plain, without_notes,
};
use crate::style::{Marks, Numbering};
use crate::terms::numerals::{before_note, mark};
use std::ops::Range;

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
    /// Notes of a stream, under the titles of the texts that call them.
    pub(super) fn notes(&mut self, stream: Stream, which: Range<usize>) {
        let cx = self.cx;
        let file = &cx.plan.files[self.file];
        let before = self.face;
        self.face = self.cx.heading_face(1);
        self.open_heading(1, &[]);
        self.words_of(&file.title, file.lang);
        self.xml.close_line();
        self.face = before;
        let all = Plan::notes_of(self.cx.book, stream);
        let grouped = all.first().map(|(_, note)| note.section) != all.last().map(|(_, note)| note.section);
        for group in all[which].chunk_by(|a, b| a.1.section == b.1.section) {
            if grouped {
                self.group_heading(group[0].1);
            }
            self.note_list(group.iter().map(|(id, _)| *id));
        }
    }

    /// The notes that stand at the end of this file, when there are any: below the
    /// text that calls them, or in a file behind it.
    pub(super) fn notes_below(&mut self) {
        let cx = self.cx;
        let file = &cx.plan.files[self.file];
        if file.notes.is_empty() {
            return;
        }
        self.takes_pages = false;
        let below = file.role != Role::Notes;
        if below {
            self.open_line("section", &[("epub:type", "endnotes"), ("role", "doc-endnotes")]);
        }
        let rank = if below { 2 } else { 1 };
        let before = std::mem::replace(&mut self.face, cx.heading_face(rank));
        self.open_heading(rank, &[]);
        self.term(cx.terms.notes());
        self.xml.close_line();
        self.face = before;
        self.note_list(file.notes.iter().copied());
        if below {
            self.xml.close_line();
        }
    }

    fn note_list(&mut self, notes: impl Iterator<Item = NoteId>) {
        let book = self.cx.book;
        self.open_line("ol", &[("class", "notes")]);
        let mut named = None;
        for id in notes {
            let note = book.notes.get(id);
            let meant = meant(note, &mut named).filter(|_| self.cx.style.epub.expand_ibid);
            self.note(id, note, meant);
        }
        self.xml.close_line();
    }

    /// The title of a text, over its notes.
    fn group_heading(&mut self, note: &Note) {
        let section = note.section;
        let heading = self.cx.book.sections[section.0 as usize].title();
        let words = heading.map(|heading| without_notes(&heading.content)).unwrap_or_default();
        let before = self.face;
        self.face = self.cx.heading_face(2);
        self.open_heading(2, &[]);
        if plain(&words).trim().is_empty() {
            let opens =
                |file: &File<'_>| matches!(file.unit, Unit::Text { section: s, part: 0, .. } if s == section);
            let cx = self.cx;
            let file = cx.plan.find(opens).map(|file| &cx.plan.files[file]);
            self.words_of(file.map_or("", |file| &file.title), file.and_then(|file| file.lang));
        } else {
            self.inlines(&words);
        }
        self.xml.close_line();
        self.face = before;
    }

    fn note(&mut self, id: NoteId, note: &Note, meant: Option<&[Inline]>) {
        self.open("li", &[]);
        let html_id = note_id(self.cx.book, id);
        self.open_line("div", &[("epub:type", "footnote"), ("role", "doc-footnote"), ("id", &html_id)]);
        self.numbered_blocks(&note.blocks, id, note);
        if let Some(meant) = meant {
            self.disclosure(meant);
        }
        self.xml.close_line();
        self.xml.close_line();
    }

    /// Blocks with the number of their note before the first words, which may be those of a quotation.
    fn numbered_blocks(&mut self, blocks: &[Block], id: NoteId, note: &Note) {
        let rest = match blocks {
            [Block { kind: BlockKind::Quote(inner), .. }, rest @ ..] => {
                self.open_line("blockquote", &[]);
                self.first_in("blockquote", inner);
                self.numbered_blocks(inner, id, note);
                self.xml.close_line();
                rest
            }
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
    }

    /// What "ibid." means, shown when asked for.
    fn disclosure(&mut self, meant: &[Inline]) {
        self.open_class("details", "meant");
        self.open("summary", &[]);
        self.term(self.cx.terms.that_is());
        self.xml.close_line();
        self.open("p", &[]);
        self.inlines(&without_notes(meant));
        self.xml.close_line();
        self.xml.close_line();
    }

    /// A link to each call: the note's number to the first, letters to others.
    fn ways_back(&mut self, id: NoteId, note: &Note) {
        let label = before_note(&self.cx.note_label(id));
        for call in 0..note.calls {
            let call = NoteRef { note: id, call };
            let href = self.cx.plan.href(self.cx.plan.of_call(call), &call_id(self.cx.book, call));
            let title = self.cx.terms.back_to_text();
            let class = if call.call == 0 { "back" } else { "again" };
            let mut attributes = vec![
                ("epub:type", "backlink"),
                ("role", "doc-backlink"),
                ("class", class),
                ("href", &href),
                ("title", &title),
            ];
            attributes.extend(title.lang.iter().flat_map(|lang| [("lang", *lang), ("xml:lang", *lang)]));
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

/// What a note means by "the same place": the words of the nearest note before
/// it that names one, which is kept in `named`.
fn meant<'b>(note: &'b Note, named: &mut Option<&'b Note>) -> Option<&'b [Inline]> {
    if says_same_place(note) {
        return named.and_then(opening).filter(|words| plain(words).len() <= LONGEST_SOURCE);
    }
    *named = Some(note);
    None
}

/// A source of more bytes than this is no source.
const LONGEST_SOURCE: usize = 2000;

/// The words of a note's first paragraph.
fn opening(note: &Note) -> Option<&[Inline]> {
    match note.blocks.first().map(|block| &block.kind) {
        Some(BlockKind::Para(content)) => Some(content),
        _ => None,
    }
}

/// Whether a note begins with "in the same place", as scholars write it.
fn says_same_place(note: &Note) -> bool {
    const SAME: [&str; 14] = [
        "ibid",
        "ibidem",
        "ib",
        "ibíd",
        "ibídem",
        "ivi",
        "ebd",
        "ebenda",
        "a. a. o",
        "a.a.o",
        "loc. cit",
        "op. cit",
        "tamże",
        "там же",
    ];
    let words = opening(note).map(plain).unwrap_or_default().to_lowercase();
    SAME.iter().any(|same| {
        let rest = words.trim_start().strip_prefix(same);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{InlineKind, Notes, SectionId, Text};
    use crate::diag::{SourceMap, Span};

    #[test]
    fn ibid_means_the_nearest_source_before_it() {
        let span = Span::new(SourceMap::default().add("a.md", ""), 0, 0);
        let inline = |words: &str| Inline { kind: InlineKind::Text(Text::new(words)), span };
        let mut notes = Notes::default();
        let notes_in_order = [
            "Ibid.",
            "Marx, p. 3",
            "Ibid., p. 4",
            "Op. cit., p. 9",
            "ibidem",
            "Ibidiary",
            "A. a. O., S. 2",
            "Ebd. S. 2",
        ];
        for words in notes_in_order {
            let blocks = vec![Block { kind: BlockKind::Para(vec![inline(words)]), span }];
            let (stream, section, label) = (Stream::Author, SectionId(0), String::new());
            notes.define(Note {
                stream,
                number: 1,
                number_in_text: 1,
                label,
                section,
                calls: 1,
                blocks,
                span,
            });
        }
        let mut named = None;
        let found: Vec<_> = notes.iter().map(|(_, note)| meant(note, &mut named).map(plain)).collect();
        let found: Vec<_> = found.iter().map(Option::as_deref).collect();
        let (marx, ibidiary) = (Some("Marx, p. 3"), Some("Ibidiary"));
        assert_eq!(found, [None, None, marx, marx, marx, None, ibidiary, ibidiary]);
    }
}
