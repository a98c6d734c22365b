//! Places in the running text, the same for every edition.
//!
//! Each section, and each note, is a *flow* of words. A place in it is the
//! number of bytes of running text before it; the layout says so where its
//! pages start, and the EPUB puts its page breaks at those very places.

use super::visit::texts_mut;
use super::{Block, Book, Content, NoteId, SectionId};
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

/// The sign of Windows-1252 at the place of a control character, by its number: no text has such characters, but programs
/// that took one encoding for another leave them (HTML Standard, 13.2.5.84).
#[must_use]
pub fn windows_sign(code: u32) -> Option<char> {
    const SIGNS: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    SIGNS.get(code.checked_sub(0x80)? as usize).copied()
}

/// Sets [`super::Text::at`] throughout the book: the resolver's last act.
pub fn number_texts(book: &mut Book) {
    for section in &mut book.sections {
        if let Content::Text(body) = &mut section.content {
            number_blocks(&mut body.blocks);
        }
    }
    for note in book.notes.iter_mut() {
        number_blocks(&mut note.blocks);
    }
}

fn number_blocks(blocks: &mut [Block]) {
    let mut at = 0;
    texts_mut(blocks, &mut |text| {
        text.at = at;
        at += u32::nearest(text.words.len());
    });
}
