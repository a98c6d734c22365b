//! Places in the running text, the same for every edition.
//!
//! Each section, and each note, is a *flow* of words. A place in it is the
//! number of bytes of running text before it; the layout says so where its
//! pages start, and the EPUB puts its page breaks at those very places.

use super::{Block, BlockKind, Book, Content, Inline, InlineKind, NoteId, SectionId, Text, Verse};
use crate::narrow::Nearest;

/// A flow of running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flow {
    /// The text of a section, without its notes.
    Section(SectionId),
    /// The text of a note.
    Note(NoteId),
}

/// A place in a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextPos {
    /// Which flow.
    pub flow: Flow,
    /// Bytes of running text before it.
    pub at: u32,
}

/// Whether no book may hold that character: a control character, a separator
/// of lines, or one of those that Unicode keeps for programs.
#[must_use]
pub fn is_forbidden(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\t' | '\n');
    control || matches!(c, '\u{FDD0}'..='\u{FDEF}' | '\u{FFFE}' | '\u{FFFF}' | '\u{2028}' | '\u{2029}')
}

/// Sets [`super::Text::at`] throughout the book: the resolver's last act.
pub fn number_texts(book: &mut Book) {
    for section in &mut book.sections {
        if let Content::Text(body) = &mut section.content {
            number_blocks(&mut body.blocks, &mut 0);
        }
    }
    for note in book.notes.iter_mut() {
        number_blocks(&mut note.blocks, &mut 0);
    }
}

fn number_blocks(blocks: &mut [Block], at: &mut u32) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading(heading) => number_inlines(&mut heading.content, at),
            BlockKind::Para(inlines) => number_inlines(inlines, at),
            BlockKind::Quote(blocks) | BlockKind::Div(_, _, blocks) => number_blocks(blocks, at),
            BlockKind::Verse(verse) => number_verse(verse, at),
            BlockKind::List(list) => {
                for item in &mut list.items {
                    number_blocks(&mut item.blocks, at);
                }
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    definition.terms.iter_mut().for_each(|term| number_inlines(term, at));
                    definition.meanings.iter_mut().for_each(|blocks| number_blocks(blocks, at));
                }
            }
            BlockKind::Table(table) => {
                let rows = std::iter::once(&mut table.head).chain(&mut table.rows);
                table.caption.iter_mut().chain(rows.flatten()).for_each(|cell| number_inlines(cell, at));
            }
            BlockKind::Figure(figure) => {
                figure.caption.iter_mut().for_each(|caption| number_inlines(caption, at));
            }
            BlockKind::Code { text, .. } => number_text(text, at),
            BlockKind::SceneBreak | BlockKind::PageMark(_) => {}
        }
    }
}

fn number_verse(verse: &mut Verse, at: &mut u32) {
    verse.stanzas.iter_mut().flatten().for_each(|line| number_inlines(&mut line.content, at));
    verse.attribution.iter_mut().for_each(|inlines| number_inlines(inlines, at));
}

fn number_inlines(inlines: &mut [Inline], at: &mut u32) {
    for inline in inlines {
        match &mut inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => number_text(text, at),
            kind => {
                if let Some(children) = kind.children_mut() {
                    number_inlines(children, at);
                }
            }
        }
    }
}

fn number_text(text: &mut Text, at: &mut u32) {
    text.at = *at;
    *at += u32::nearest(text.words.len());
}
