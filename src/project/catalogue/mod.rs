//! `catalogue.toml`: which books there are, and what they share.
//!
//! The file is the user's own, as arguments are: the folders that it names may lie
//! anywhere. What a book reads through it ([`Shared`]) is read as if it lay in the
//! book's folder.

mod lay;
mod pattern;
mod shared;

pub(super) use lay::laid;
pub use pattern::{matches as folder_matches, plain as plain_name};
pub use shared::Shared;
pub(super) use shared::in_records;

use super::door::{self, Refused};
use super::fields::Fields;
use super::folder::Folder;
use super::tree::{self, Datum};
use crate::bounds;
use crate::diag::{Checked, Code, Diagnostic, Error, Severity, SourceMap, Span};
use crate::encoding::decode;
use shared::FOLDER;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a catalogue is called when nobody says.
pub const CATALOGUE: &str = "catalogue.toml";

/// The books of a publisher, and where their editions go.
#[derive(Debug)]
pub struct Catalogue {
    /// The books, in the order of the file; those of a pattern by their names.
    pub books: Vec<Listed>,
    /// Where all editions go, each book's into a folder of its own; else into
    /// `out` in each book's folder.
    pub out: Option<PathBuf>,
    /// Where the cache is.
    pub cache: PathBuf,
    /// The file, for findings.
    pub map: SourceMap,
}

/// A book of a catalogue.
#[derive(Debug)]
pub struct Listed {
    /// Its folder as seen from the catalogue, with `/`.
    pub name: String,
    /// Its folder.
    pub root: PathBuf,
    /// What it shares with the others.
    pub shared: Shared,
}

/// The folder of the cache beside a catalogue, or where the command is run.
pub const CACHE: &str = ".pamphleteer-cache";

impl Catalogue {
    /// Reads a catalogue. A book that is not there is a finding, and the others
    /// are listed all the same.
    ///
    /// # Errors
    /// When there is no such file, or the machine fails.
    pub fn read(path: &Path) -> Result<Checked<Catalogue>, Error> {
        let text = text_of(path)?;
        let (mut map, mut findings) = (SourceMap::default(), Vec::new());
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let file = map.add(name.clone(), text.clone());
        let folder = path.parent().unwrap_or(Path::new(""));
        let table = tree::parse(file, &text, &mut findings);
        let mut reader = Reader { folder, books: BTreeMap::new(), order: Vec::new() };
        let mut fields = Fields::new(table, "catalogue.toml", &mut findings);
        let patterns = fields.texts("books");
        let entries = entries(&mut fields);
        let mut place = |key| fields.text(key).map(|written| folder.join(written));
        let (out, cache) = (place("out"), place("cache"));
        let (styles, fonts) =
            (shared_folder("styles", folder, &mut fields)?, shared_folder("fonts", folder, &mut fields)?);
        // its keys are read with each book
        let _ = fields.table("defaults");
        fields.finish();
        reader.add_patterns(&patterns, &mut findings);
        reader.add_entries(&entries, &mut findings);
        if reader.order.is_empty() && findings.is_empty() {
            let finding = Diagnostic::new(Code::KeyMissing, None, format!("{name} names no books"));
            findings.push(finding.hint("write `books = [\"novels/*\"]`, with the folders of your books"));
        }
        let shared = Shared::new(&name, text, Folder::open(&here(folder))?, styles, fonts);
        let books = reader.listed(&shared);
        let cache = cache.unwrap_or_else(|| folder.join(CACHE));
        Ok(Checked { value: Catalogue { books, out, cache, map }, findings })
    }
}

/// The folder itself: no path is the folder in which the command is run.
fn here(folder: &Path) -> PathBuf {
    if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() }
}

/// The text of a catalogue.
fn text_of(path: &Path) -> Result<String, Error> {
    let refused = |refused: Refused| Error::new(format!("{} {}", path.display(), refused.words()));
    let bytes = door::read(path, bounds::FILE.most).map_err(refused)?;
    Ok(decode(bytes).unwrap_or_else(|wrong| wrong.text))
}

/// A folder that books share.
fn shared_folder(key: &'static str, folder: &Path, fields: &mut Fields<'_>) -> Result<Option<Folder>, Error> {
    let Some((written, span)) = fields.spanned_text(key) else { return Ok(None) };
    let path = folder.join(&written);
    if path.is_dir() {
        return Folder::open(&path).map(Some);
    }
    let finding = Diagnostic::new(Code::FileMissing, span, format!("there is no folder `{written}`"));
    fields.report(finding.hint("folders are named as seen from the catalogue"));
    Ok(None)
}

/// What stands in each `[[book]]` about its folder; its other keys are those of
/// book.toml, and are read with the book.
fn entries(fields: &mut Fields<'_>) -> Vec<Entry> {
    let Some(node) = fields.take("book") else { return Vec::new() };
    let Datum::List(list) = node.datum else {
        fields.refuse::<()>("book", node.span, "a line `[[book]]` for each book, and its keys below");
        return Vec::new();
    };
    let mut found = Vec::new();
    for (index, node) in list.into_iter().enumerate() {
        let Datum::Table(table) = node.datum else { continue };
        let folder = table.entries.iter().find(|entry| entry.key == FOLDER);
        match folder.map(|entry| (&entry.node.datum, entry.node.span)) {
            Some((Datum::Text(folder), span)) => found.push(Entry { index, folder: folder.clone(), span }),
            other => {
                let span = other.map(|(_, span)| span).or(table.span);
                let message = "`[[book]]` does not say which folder it is about";
                let finding = Diagnostic::new(Code::KeyMissing, span, message);
                fields.report(finding.hint("write `folder = \"novels/emma\"`, as seen from the catalogue"));
            }
        }
    }
    found
}

/// A `[[book]]`.
struct Entry {
    index: usize,
    folder: String,
    span: Span,
}

/// Gathers the books.
struct Reader<'r> {
    folder: &'r Path,
    /// By name: the folder, and the number of its `[[book]]`.
    books: BTreeMap<String, (PathBuf, Option<usize>)>,
    order: Vec<String>,
}

impl Reader<'_> {
    /// Adds the folders of `books`; one with `!` before it takes books out again.
    fn add_patterns(&mut self, patterns: &[(String, Span)], findings: &mut Vec<Diagnostic>) {
        for (written, span) in patterns {
            if let Some(left_out) = written.strip_prefix('!') {
                let before = self.order.len();
                self.order.retain(|name| !pattern::matches(left_out, name));
                if self.order.len() == before {
                    let message = format!("`{written}` leaves out no book that stands before it");
                    let finding = Diagnostic::new(Code::ValueInvalid, *span, message);
                    findings.push(finding.severity(Severity::Warning));
                }
                continue;
            }
            let found = pattern::books(self.folder, written);
            if found.is_empty() {
                findings.push(self.no_book(written, *span));
            }
            found.into_iter().for_each(|name| self.add(name, None));
        }
        let order = &self.order;
        self.books.retain(|name, _| order.contains(name));
    }

    fn add_entries(&mut self, entries: &[Entry], findings: &mut Vec<Diagnostic>) {
        for entry in entries {
            let name = pattern::plain(&entry.folder);
            if !self.folder.join(&name).join("book.toml").is_file() {
                findings.push(self.no_book(&entry.folder, entry.span));
            } else if self.books.get(&name).is_some_and(|(_, index)| index.is_some()) {
                let message = format!("`{name}` has two `[[book]]`: the first counts");
                findings.push(Diagnostic::new(Code::ValueInvalid, entry.span, message));
            } else {
                self.add(name, Some(entry.index));
            }
        }
    }

    fn add(&mut self, name: String, index: Option<usize>) {
        let root = self.folder.join(&name);
        let known = self.books.entry(name.clone()).or_insert_with(|| {
            self.order.push(name);
            (root, None)
        });
        known.1 = known.1.or(index);
    }

    fn no_book(&self, written: &str, span: Span) -> Diagnostic {
        if pattern::is_one_folder(written) {
            let message = if self.folder.join(written).is_dir() {
                format!("`{written}` is not a book folder: it has no book.toml")
            } else {
                format!("there is no folder `{written}`")
            };
            return Diagnostic::new(Code::FileMissing, span, message)
                .hint("folders are named as seen from the catalogue");
        }
        let message = format!("no folder with a book.toml is called `{written}`");
        Diagnostic::new(Code::FileMissing, span, message)
            .hint("`*` stands for one name, `**` for folders within folders: `novels/*`, `**`")
    }

    fn listed(mut self, shared: &Shared) -> Vec<Listed> {
        let book = |name: String| {
            let (root, index) = self.books.remove(&name)?;
            Some(Listed { name, root, shared: shared.of_book(index) })
        };
        self.order.into_iter().filter_map(book).collect()
    }
}
