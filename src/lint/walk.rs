//! The way through a book that all families share.

use crate::book::{Block, BlockKind, Book, Inline};

/// Where a list of blocks stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In a text, a note, a quotation, a division.
    Flow,
    /// In an item of a list, or a definition.
    Item,
}

/// Calls `visit` with every list of blocks: each section's, each note's, and
/// those inside quotes, divisions, items and definitions.
pub(super) fn lists<'a>(book: &'a Book, visit: &mut dyn FnMut(&'a [Block], Place)) {
    for body in book.sections.iter().filter_map(|section| section.body()) {
        inside(&body.blocks, Place::Flow, visit);
    }
    for (_, note) in book.notes.iter() {
        inside(&note.blocks, Place::Flow, visit);
    }
}

fn inside<'a>(blocks: &'a [Block], place: Place, visit: &mut dyn FnMut(&'a [Block], Place)) {
    visit(blocks, place);
    for block in blocks {
        match &block.kind {
            BlockKind::Quote(blocks) | BlockKind::Div(_, _, blocks) => inside(blocks, Place::Flow, visit),
            BlockKind::List(list) => {
                list.items.iter().for_each(|item| inside(&item.blocks, Place::Item, visit));
            }
            BlockKind::Definitions(definitions) => {
                let meanings = definitions.iter().flat_map(|definition| &definition.meanings);
                meanings.for_each(|blocks| inside(blocks, Place::Item, visit));
            }
            _ => {}
        }
    }
}

/// Calls `visit` with the words of every paragraph, heading, line of verse,
/// cell, term and caption.
pub(super) fn runs<'a>(book: &'a Book, visit: &mut dyn FnMut(&'a [Inline])) {
    lists(book, &mut |blocks, _| {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading(heading) => visit(&heading.content),
                BlockKind::Para(inlines) => visit(inlines),
                BlockKind::Verse(verse) => {
                    verse.stanzas.iter().flatten().for_each(|line| visit(&line.content));
                    verse.attribution.iter().for_each(|inlines| visit(inlines));
                }
                BlockKind::Definitions(definitions) => {
                    definitions.iter().flat_map(|definition| &definition.terms).for_each(|term| visit(term));
                }
                BlockKind::Table(table) => {
                    let rows = std::iter::once(&table.head).chain(&table.rows);
                    rows.flatten().chain(&table.caption).for_each(|cell| visit(cell));
                }
                BlockKind::Figure(figure) => figure.caption.iter().for_each(|caption| visit(caption)),
                _ => {}
            }
        }
    });
}
