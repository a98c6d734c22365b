//! What the books of a catalogue share, as the reading of one book needs it.

use super::super::door;
use super::super::folder::Folder;
use super::super::tree::{self, Datum, Table};
use super::lay;
use crate::diag::{FileId, SourceMap};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a book takes from the catalogue that lists it: keys under and over its own,
/// styles and fonts.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The catalogue's file, as findings call it.
    name: String,
    text: Arc<str>,
    /// Which `[[book]]` is about it.
    index: Option<usize>,
    /// The catalogue's folder: what its keys name lies there.
    pub(in crate::project) folder: Folder,
    pub(in crate::project) styles: Option<Folder>,
    pub(in crate::project) fonts: Option<Folder>,
}

impl Shared {
    pub(super) fn new(
        name: &str,
        text: String,
        folder: Folder,
        styles: Option<Folder>,
        fonts: Option<Folder>,
    ) -> Shared {
        let name = in_records(name);
        Shared { name, text: text.into(), index: None, folder, styles, fonts }
    }

    /// The same for a book that has a `[[book]]` of its own.
    pub(super) fn of_book(&self, index: Option<usize>) -> Shared {
        Shared { index, ..self.clone() }
    }

    /// The keys of a book: its own over the defaults, and those of its `[[book]]` over
    /// both. The catalogue becomes a file of the map, which findings about its keys
    /// point into.
    pub(in crate::project) fn laid_around(&self, own: Table, map: &mut SourceMap) -> (Table, FileId) {
        let file = map.add(self.name.clone(), &*self.text);
        let (under, over) = self.tables(file);
        (lay::laid(lay::laid(under, own), over), file)
    }

    /// A catalogue that lists the book of that name alone, and says of it what this one
    /// does: what somebody needs who is given the book and what it shares, and no other.
    #[must_use]
    pub fn excerpt(&self, name: &str) -> String {
        let (under, over) = self.tables(FileId::default());
        let name = toml::Value::from(name);
        let mut text = format!("books = [{name}]\n");
        for (key, folder) in [("styles", &self.styles), ("fonts", &self.fonts)] {
            let Some(path) = folder.as_ref().map(Folder::path) else { continue };
            let path = path.strip_prefix(self.folder.path()).unwrap_or(path).to_string_lossy().into_owned();
            let path = path.replace(std::path::MAIN_SEPARATOR, "/");
            let _ = writeln!(text, "{key} = {}", toml::Value::from(path));
        }
        text + &format!("[defaults]\n{}[[book]]\nfolder = {name}\n{}", lay::said(&under), lay::said(&over))
    }

    /// What the catalogue says about the book, without where.
    #[must_use]
    pub fn settings(&self) -> String {
        let (under, over) = self.tables(FileId::default());
        format!("[under]\n{}[over]\n{}", lay::said(&under), lay::said(&over))
    }

    /// Whether it stands in that file.
    #[must_use]
    pub fn is_in(&self, path: &Path) -> bool {
        let own = self.name.strip_prefix(CATALOGUES).unwrap_or_default();
        std::fs::canonicalize(self.folder.path().join(own)).is_ok_and(|own| own == path)
    }

    fn tables(&self, file: FileId) -> (Table, Table) {
        // what is wrong with the file was told of when the catalogue was read
        parts(tree::parse(file, &self.text, &mut Vec::new()), self.index)
    }

    /// The name of the catalogue's file in findings and records.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the book may read besides its folder: the folders of shared styles and fonts,
    /// and the files in that of the catalogue which its keys seem to name.
    #[must_use]
    pub fn paths(&self) -> Vec<PathBuf> {
        let (under, over) = self.tables(FileId::default());
        let named = lay::texts(&under).into_iter().chain(lay::texts(&over));
        let files = named.filter(|text| text.contains('.') && door::stays_inside(text));
        let files = files.map(|text| self.folder.path().join(text)).filter(|path| path.is_file());
        let folders = [&self.styles, &self.fonts].into_iter().flatten();
        let mut paths: Vec<PathBuf> = folders.map(|folder| folder.path().to_owned()).chain(files).collect();
        paths.sort();
        paths.dedup();
        paths
    }
}

/// What the names of shared files begin with.
const CATALOGUES: &str = "(catalogue) ";

/// The name of a shared file in findings and records: no file of a book is called so.
pub(crate) fn in_records(name: &str) -> String {
    format!("{CATALOGUES}{name}")
}

/// The key of `[[book]]` that is none of book.toml.
pub(super) const FOLDER: &str = "folder";

/// The part of a catalogue that is about one book: the tables under and over its own.
fn parts(mut top: Table, index: Option<usize>) -> (Table, Table) {
    let mut take = |key: &str| {
        let at = top.entries.iter().position(|entry| entry.key == key)?;
        Some(top.entries.swap_remove(at).node.datum)
    };
    let defaults = match take("defaults") {
        Some(Datum::Table(table)) => table,
        _ => Table::default(),
    };
    let entry = match take("book") {
        Some(Datum::List(list)) => index.and_then(|index| list.into_iter().nth(index)),
        _ => None,
    };
    let mut own = match entry.map(|node| node.datum) {
        Some(Datum::Table(table)) => table,
        _ => Table::default(),
    };
    own.entries.retain(|entry| entry.key != FOLDER);
    (defaults, own)
}
