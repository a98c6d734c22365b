//! What the editions must hold: the book's running text, flow by flow, and
//! its pictures.

use crate::book::{Block, Book, Content, Heading, ImageId, NoteId, Role, Seen, visit};
use crate::diag::Span;
use crate::narrow::Nearest;
use crate::pages::Flow;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that an edition of a book must hold.
pub(super) struct Expected<'b> {
    /// The flows: every text, and every note that is called from one, be it
    /// through other notes.
    pub(super) flows: BTreeMap<Flow, Vec<Piece<'b>>>,
    /// How often each picture is used in those.
    pub(super) pictures: BTreeMap<ImageId, usize>,
    /// The notes that are called from a text, and not from another note alone.
    pub(super) called_in_text: BTreeSet<usize>,
    /// How often notes are called in the flows.
    pub(super) calls: usize,
}

/// Words that the author wrote in one go.
#[derive(Clone, Copy)]
pub(super) struct Piece<'b> {
    /// Bytes of the flow before them.
    pub(super) at: u32,
    /// The words.
    pub(super) words: &'b str,
    /// Where they stand in the manuscript.
    pub(super) span: Span,
    /// The edition may have words of its own before them: a note's mark, a
    /// cross-reference, the number of an item.
    pub(super) apart: bool,
}

impl<'b> Expected<'b> {
    /// What a book holds.
    pub(super) fn of(book: &'b Book) -> Expected<'b> {
        let mut expected = Expected {
            flows: BTreeMap::new(),
            pictures: BTreeMap::new(),
            called_in_text: BTreeSet::new(),
            calls: 0,
        };
        let mut called = Vec::new();
        for (section, index) in book.sections.iter().zip(0u32..) {
            if let Content::Text(body) = &section.content {
                expected.add(Flow::Section(index), &body.blocks, &mut called);
            }
        }
        expected.called_in_text = called.iter().map(|note| note.index()).collect();
        while let Some(note) = called.pop() {
            let flow = Flow::Note(u32::nearest(note.index()));
            if !expected.flows.contains_key(&flow) {
                expected.add(flow, &book.notes.get(note).blocks, &mut called);
            }
        }
        expected
    }

    fn add(&mut self, flow: Flow, blocks: &'b [Block], called: &mut Vec<NoteId>) {
        let (mut pieces, mut apart) = (Vec::new(), true);
        visit(blocks, &mut |seen| match seen {
            Seen::Words(text, span) | Seen::Code(text, span) => {
                pieces.push(Piece { at: text.at, words: &text.words, span, apart });
                apart = false;
            }
            Seen::Call(call) => {
                called.push(call.note);
                self.calls += 1;
                apart = true;
            }
            Seen::Reference | Seen::Block(_) => apart = true,
            Seen::Picture(image, _) => *self.pictures.entry(image).or_default() += 1,
            _ => {}
        });
        pieces.sort_by_key(|piece| piece.at);
        self.flows.insert(flow, pieces);
    }

    /// The notes that must be there.
    pub(super) fn notes(&self) -> impl Iterator<Item = usize> {
        self.flows.keys().filter_map(|flow| match flow {
            Flow::Note(index) => Some(*index as usize),
            Flow::Section(_) => None,
        })
    }
}

/// The titles of texts that every contents list names, in one spelling: those of texts that
/// are read, if they have words.
pub(super) fn titles(book: &Book) -> impl Iterator<Item = (u32, &Heading)> {
    let is_read = |role: Role| {
        !matches!(
            role,
            Role::HalfTitle
                | Role::TitlePage
                | Role::Imprint
                | Role::Dedication
                | Role::Contents
                | Role::Epigraph
                | Role::Frontispiece
        )
    };
    let sections = (0u32..).zip(&book.sections).filter(move |(_, section)| is_read(section.role));
    let titled = sections.filter_map(|(index, section)| Some((index, section.title()?)));
    titled.filter(|(_, heading)| heading.listed && heading.has_words())
}

/// How many words those pieces hold.
pub(super) fn words_in(pieces: &[Piece<'_>]) -> usize {
    pieces.iter().map(|piece| piece.words.split_whitespace().count()).sum()
}

/// The first words of a text, as a message quotes them.
pub(super) fn quoted(text: &str) -> String {
    const MOST: usize = 60;
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &words[..words[..end].rfind(' ').unwrap_or(end)]),
        None => words,
    }
}
