//! Where each file of an import goes: into its place, or beside it when somebody
//! has edited what stands there.
//!
//! `decisions.toml` keeps the SHA-256 of every file that an import wrote. A file
//! that has it still is the import's own and is replaced; any other is the
//! editor's, and the new text goes to `NAME.new`.

use super::merge::{SOURCE, WRITTEN};
use crate::diag::{Code, Diagnostic, Error};
use crate::project::{MAX_FILE, Output, Refused, read_file, sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};
use toml_edit::{DocumentMut, Item, Table, TomlError, value};

/// What is said of the table.
const EXPLAINED: &str = "
# The files that the import wrote, with their SHA-256. One that has another now
# was edited: the import leaves it as it is, and its own text goes to NAME.new.
";

/// What is said of the table of the source.
const SOURCE_EXPLAINED: &str = "
# What was imported: another source does not go into this folder.
";

/// The hashes of what imports wrote, by the names of the files.
pub(super) type Written = BTreeMap<String, String>;

/// The hashes in a `decisions.toml`; none in one that is no TOML.
pub(super) fn written(decisions: &str) -> Written {
    let Ok(document) = decisions.parse::<DocumentMut>() else { return Written::new() };
    let table = document.get(WRITTEN).and_then(Item::as_table_like);
    let entries = table.into_iter().flat_map(|table| table.iter());
    entries.filter_map(|(name, hash)| Some((name.to_owned(), hash.as_str()?.to_owned()))).collect()
}

/// The name of the source that a `decisions.toml` is of; none in one of an import that did not say it yet.
pub(super) fn source(decisions: &str) -> Option<String> {
    let document = decisions.parse::<DocumentMut>().ok()?;
    Some(document.get(SOURCE)?.get("name")?.as_str()?.to_owned())
}

/// `decisions.toml` with these hashes, and the name of the source.
///
/// # Errors
/// When it is no TOML.
pub(super) fn with_written(decisions: &str, written: &Written, source: &str) -> Result<String, TomlError> {
    let names = |line: &str| line.contains(WRITTEN) || line.contains(SOURCE);
    if !decisions.lines().any(|line| line.trim_start().starts_with(['[', '"', '\'']) && names(line)) {
        // as a first import leaves it: a tree of so many tables would take gigabytes
        let own = with_table(DocumentMut::new(), written, source);
        return Ok(format!("{decisions}{own}"));
    }
    Ok(with_table(decisions.parse()?, written, source).to_string())
}

/// A document with the source and these hashes in their tables.
fn with_table(mut document: DocumentMut, written: &Written, source: &str) -> DocumentMut {
    if document.get(SOURCE).and_then(Item::as_table).is_none() {
        let mut table = Table::new();
        table.decor_mut().set_prefix(SOURCE_EXPLAINED);
        document.insert(SOURCE, Item::Table(table));
    }
    if let Some(table) = document.get_mut(SOURCE).and_then(Item::as_table_mut)
        && table.get("name").and_then(Item::as_str) != Some(source)
    {
        table.insert("name", value(source));
    }
    if document.get(WRITTEN).and_then(Item::as_table).is_none() {
        let mut table = Table::new();
        table.decor_mut().set_prefix(EXPLAINED);
        document.insert(WRITTEN, Item::Table(table));
    }
    if let Some(table) = document.get_mut(WRITTEN).and_then(Item::as_table_mut) {
        let gone: Vec<String> = table
            .iter()
            .map(|(name, _)| name.to_owned())
            .filter(|name| !written.contains_key(name))
            .collect();
        gone.iter().for_each(|name| drop(table.remove(name)));
        for (name, hash) in written {
            if table.get(name).and_then(Item::as_str) != Some(hash) {
                table.insert(name, value(hash));
            }
        }
    }
    document
}

/// The hash of a text, which does not change when a tool changes its line ends.
fn hash(bytes: &[u8]) -> String {
    if !bytes.contains(&b'\r') {
        return sha256(bytes);
    }
    let mut text = bytes.to_vec();
    let mut ends = bytes.iter().skip(1).chain([&0]);
    text.retain(|byte| ends.next() != Some(&b'\n') || *byte != b'\r');
    sha256(&text)
}

/// The files of an import on their way into a folder.
pub(super) struct Places<'p> {
    /// The folder.
    pub folder: &'p Path,
    /// Whether edited files are replaced all the same.
    pub force: bool,
    /// What earlier imports wrote, and this one.
    pub written: Written,
    /// What is to be written.
    pub outputs: Vec<Output>,
    /// What an earlier import wrote, and nobody needs any more.
    pub obsolete: Vec<String>,
    /// Edited files that were left as they are, or replaced.
    pub findings: Vec<Diagnostic>,
}

impl<'p> Places<'p> {
    /// No files yet; `decisions` is the file of that name of an earlier import.
    pub(super) fn new(folder: &'p Path, force: bool, decisions: Option<&str>) -> Places<'p> {
        let written = decisions.map(written).unwrap_or_default();
        let (outputs, obsolete, findings) = (Vec::new(), Vec::new(), Vec::new());
        Places { folder, force, written, outputs, obsolete, findings }
    }

    /// Finds a place for a file.
    ///
    /// # Errors
    /// When what stands there cannot be read.
    pub(super) fn put(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), Error> {
        let wanted = hash(&bytes);
        let there = self.there(name)?;
        let edited =
            there.as_ref().is_some_and(|there| *there != wanted && self.written.get(name) != Some(there));
        if edited && !self.force {
            let beside = format!("{name}.new");
            let message = format!(
                "`{name}` was edited since the import wrote it: it is left as it is, and the new text is in `{beside}`"
            );
            let hint = "take over what you want and delete it; --force replaces edited files";
            self.findings.push(Diagnostic::new(Code::ImportEdited, None, message).hint(hint));
            return self.put(&beside, bytes);
        }
        if edited {
            let message =
                format!("`{name}` was edited since the import wrote it, and is replaced, as --force asks");
            self.findings.push(Diagnostic::new(Code::ImportEdited, None, message));
        }
        self.forget_beside(name)?;
        self.written.insert(name.to_owned(), wanted);
        self.outputs.push(Output { name: name.to_owned(), bytes });
        Ok(())
    }

    /// Takes away what an earlier import wrote and this one does not, where nobody has edited it: a book that is
    /// imported anew holds no texts of what it was. Where `book.toml` is an editor's, it may name them, and all stay.
    ///
    /// # Errors
    /// When what stands there cannot be read.
    pub(super) fn take_away(&mut self) -> Result<(), Error> {
        let put: BTreeSet<String> = self.outputs.iter().map(|output| output.name.clone()).collect();
        if !put.contains("book.toml") {
            return Ok(());
        }
        // `decisions.toml` is a file that anybody may write: no name in it leads out of the folder
        let is_inside =
            |name: &str| Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
        let is_left = |name: &&String| {
            !put.contains(*name) && *name != ".gitignore" && !name.ends_with(".new") && is_inside(name)
        };
        let left: Vec<String> = self.written.keys().filter(is_left).cloned().collect();
        for name in left {
            let there = self.there(&name)?;
            if there.is_none() || there.as_ref() == self.written.get(&name) {
                self.written.remove(&name);
                self.obsolete.extend(there.map(|_| name));
            } else {
                let message = format!(
                    "`{name}` was edited, and the source no longer has it: the file stays, but is not part of the book"
                );
                self.findings.push(
                    Diagnostic::new(Code::ImportEdited, None, message)
                        .hint("delete it, or name it in book.toml"),
                );
            }
        }
        Ok(())
    }

    /// The hash of what stands in a place; none when nothing does.
    fn there(&self, name: &str) -> Result<Option<String>, Error> {
        match read_file(&self.folder.join(name), MAX_FILE) {
            Ok(bytes) => Ok(Some(hash(&bytes))),
            Err(Refused::Missing) => Ok(None),
            Err(refused) => {
                Err(Error::new(format!("{} {}", self.folder.join(name).display(), refused.words())))
            }
        }
    }

    /// Lets go of what an earlier import laid beside a file that is the import's
    /// own again, unless it was edited.
    fn forget_beside(&mut self, name: &str) -> Result<(), Error> {
        let beside = format!("{name}.new");
        let hash = self.written.remove(&beside);
        if hash.is_some() && self.there(&beside)? == hash {
            self.obsolete.push(beside);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_kept_in_decisions() {
        let mut hashes = Written::from([("a.md".to_owned(), "1".to_owned())]);
        let first = with_written("[[decision]]\nid = \"x\"\n", &hashes, "a.txt").unwrap();
        assert!(first.ends_with("[written]\n\"a.md\" = \"1\"\n"), "{first}");
        assert_eq!(written(&first), hashes);
        assert_eq!(source(&first).as_deref(), Some("a.txt"));
        hashes = Written::from([("b.md".to_owned(), "2".to_owned())]);
        let second = with_written(&first, &hashes, "a.txt").unwrap();
        assert_eq!(written(&second), hashes);
        assert_eq!(with_written(&second, &hashes, "a.txt").unwrap(), second);
    }

    #[test]
    fn line_ends_are_no_edit() {
        assert_eq!(hash(b"a\r\nb\n"), hash(b"a\nb\r\n"));
        assert_ne!(hash(b"a\rb"), hash(b"ab"));
        assert_eq!(hash(b"a\n"), sha256(b"a\n"));
    }
}
