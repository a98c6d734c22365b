//! Which folder a name is seen from: the book's, or that of the catalogue whose key says it.

use super::catalogue::{Shared, laid};
use super::folder::{Folder, Unsaved};
use super::known::KnownPictures;
use super::tree::{Table, parse};
use crate::diag::{FileId, SourceMap, Span};

/// What is laid around a book's own keys.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around<'s> {
    /// What the catalogue says that lists it.
    pub shared: Option<&'s Shared>,
    /// The style that the command line asks for, in place of the book's.
    pub style: Option<&'s str>,
    /// What an editor holds of its files and has not saved.
    pub unsaved: Option<&'s Unsaved>,
    /// What became of its pictures before.
    pub pictures: Option<&'s KnownPictures>,
}

/// The keys of a book with the style of that name; findings about it point at a line
/// that stands for the command line.
fn with_style(table: Table, style: &str, map: &mut SourceMap) -> Table {
    let text = format!("style.name = {}\n", toml::Value::from(style));
    let file = map.add("(command line)", text.clone());
    laid(table, parse(file, &text, &mut Vec::new()))
}

/// The folders that the files of a book lie in.
pub(super) struct Homes<'s> {
    /// The book's own.
    pub book: Folder,
    /// What it shares, and the number of the catalogue's file.
    pub shared: Option<(&'s Shared, FileId)>,
}

impl<'s> Homes<'s> {
    /// The folders, and the book's keys with those that are laid around them.
    pub(super) fn new(
        book: Folder,
        around: Around<'s>,
        own: Table,
        map: &mut SourceMap,
    ) -> (Table, Homes<'s>) {
        let (mut table, mut homes) = (own, Homes { book, shared: None });
        if let Some(shared) = around.shared {
            let (laid, file) = shared.laid_around(table, map);
            (table, homes.shared) = (laid, Some((shared, file)));
        }
        if let Some(style) = around.style {
            table = with_style(table, style, map);
        }
        (table, homes)
    }

    /// The folder that a name is seen from which stands there.
    pub(super) fn of(&self, span: impl Into<Option<Span>>) -> &Folder {
        match (self.shared, span.into()) {
            (Some((shared, file)), Some(span)) if span.file == file => &shared.folder,
            _ => &self.book,
        }
    }

    /// The folder of shared styles.
    pub(super) fn styles(&self) -> Option<&Folder> {
        self.shared.and_then(|(shared, _)| shared.styles.as_ref())
    }

    /// The folder of shared fonts.
    pub(super) fn fonts(&self) -> Option<&Folder> {
        self.shared.and_then(|(shared, _)| shared.fonts.as_ref())
    }
}
