//! Which folder a name is seen from: the book's, or that of the catalogue whose key says it.

use super::catalogue::Shared;
use super::folder::Folder;
use super::tree::Table;
use crate::diag::{FileId, SourceMap, Span};

/// The folders that the files of a book lie in.
pub struct Homes<'s> {
    /// The book's own.
    pub book: Folder,
    /// What it shares, and the number of the catalogue's file.
    pub shared: Option<(&'s Shared, FileId)>,
}

impl<'s> Homes<'s> {
    /// The folders, and the book's keys with those that the catalogue lays around them.
    pub fn new(
        book: Folder,
        shared: Option<&'s Shared>,
        own: Table,
        map: &mut SourceMap,
    ) -> (Table, Homes<'s>) {
        match shared {
            None => (own, Homes { book, shared: None }),
            Some(shared) => {
                let (table, file) = shared.laid_around(own, map);
                (table, Homes { book, shared: Some((shared, file)) })
            }
        }
    }

    /// The folder that a name is seen from which stands there.
    pub fn of(&self, span: impl Into<Option<Span>>) -> &Folder {
        match (self.shared, span.into()) {
            (Some((shared, file)), Some(span)) if span.file == file => &shared.folder,
            _ => &self.book,
        }
    }

    /// The folder of shared styles.
    pub fn styles(&self) -> Option<&Folder> {
        self.shared.and_then(|(shared, _)| shared.styles.as_ref())
    }

    /// The folder of shared fonts.
    pub fn fonts(&self) -> Option<&Folder> {
        self.shared.and_then(|(shared, _)| shared.fonts.as_ref())
    }
}
