//! The book's folder: names that stay inside it, and files of bearable size.

use super::door::{self, MAX_FILE, Refused};
use crate::diag::{Code, Error};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A book's folder.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    root: PathBuf,
    canonical: PathBuf,
    unsaved: Unsaved,
}

/// By real path, the texts that an editor holds and has not saved: they are read in place of the
/// files, which must be there.
pub type Unsaved = Arc<BTreeMap<PathBuf, String>>;

/// Why a file was not read.
#[derive(Debug)]
pub(super) enum Unread {
    /// The book is to blame.
    Finding(Code, String),
    /// The machine is to blame.
    Machine(Error),
}

impl Folder {
    /// The folder at `root`.
    ///
    /// # Errors
    /// When the folder cannot be entered.
    pub(super) fn open(root: &Path) -> Result<Folder, Error> {
        let canonical =
            fs::canonicalize(root).map_err(|e| Error::io(format!("cannot open {}", root.display()), e))?;
        Ok(Folder { root: root.to_owned(), canonical, unsaved: Unsaved::default() })
    }

    /// The same folder as an editor has it.
    #[must_use]
    pub(super) fn with(self, unsaved: Option<&Unsaved>) -> Folder {
        Folder { unsaved: unsaved.cloned().unwrap_or_default(), ..self }
    }

    /// Where it is.
    #[must_use]
    pub(super) fn path(&self) -> &Path {
        &self.root
    }

    /// Reads the file of that name, which may not lead out of the folder.
    ///
    /// # Errors
    /// [`Unread`] says whether the book or the machine is to blame.
    pub(super) fn read(&self, name: &str) -> Result<Vec<u8>, Unread> {
        let path = self.inside(name)?;
        if let Some(text) = self.unsaved.get(&path) {
            return Ok(text.clone().into_bytes());
        }
        door::read(&path, MAX_FILE).map_err(|refused| unread(name, refused))
    }

    /// The file or folder whose name is the same by `same`, asked part by part;
    /// the first in the order of names.
    #[must_use]
    pub(super) fn find(&self, name: &str, same: impl Fn(&str, &str) -> bool) -> Option<String> {
        let mut found = String::new();
        for part in name.split('/') {
            let mut here = self.entries(&found, |_| true);
            let exact = here.iter().position(|entry| entry == part);
            let at = exact.or_else(|| here.iter().position(|entry| same(entry, part)))?;
            let entry = here.swap_remove(at);
            found = if found.is_empty() { entry } else { format!("{found}/{entry}") };
        }
        Some(found)
    }

    /// The folders that lie in the book's folder.
    #[must_use]
    pub(super) fn folders(&self) -> Vec<String> {
        self.entries("", Path::is_dir)
    }

    /// The names in a folder of the book, sorted; none when it leads out.
    fn entries(&self, folder: &str, wanted: impl Fn(&Path) -> bool) -> Vec<String> {
        let Ok(folder) = self.inside(folder) else { return Vec::new() };
        let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
        let entries = entries.flatten().filter(|entry| wanted(&entry.path()));
        let mut names: Vec<String> =
            entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        names
    }

    /// The real path of that name.
    fn inside(&self, name: &str) -> Result<PathBuf, Unread> {
        let outside =
            || Unread::Finding(Code::FileOutside, format!("`{name}` leads out of the book's folder"));
        if !door::stays_inside(name) {
            return Err(outside());
        }
        let path = fs::canonicalize(self.root.join(name)).map_err(|e| unread(name, e.into()))?;
        if path.starts_with(&self.canonical) { Ok(path) } else { Err(outside()) }
    }

    /// What is said of a folder of that name when it is a link that leads out.
    #[must_use]
    pub(super) fn leading_out(&self, name: &str) -> Option<String> {
        match self.inside(name) {
            Err(Unread::Finding(Code::FileOutside, message)) => Some(message),
            _ => None,
        }
    }

    /// The names of files in a folder of the book that end in one of `endings`,
    /// sorted. No such folder, no names.
    #[must_use]
    pub(super) fn list(&self, folder: &str, endings: &[&str]) -> Vec<String> {
        let names = self.entries(folder, Path::is_file).into_iter();
        names
            .filter(|name| endings.iter().any(|ending| name.to_lowercase().ends_with(ending)))
            .map(|name| if folder.is_empty() { name } else { format!("{folder}/{name}") })
            .collect()
    }
}

/// Who is to blame that a file of the book is not read.
fn unread(name: &str, refused: Refused) -> Unread {
    match refused {
        Refused::Failed(error) => Unread::Machine(Error::io(format!("cannot read {name}"), error)),
        Refused::Changing => Unread::Machine(Error::new(format!("{name} {}", refused.words()))),
        Refused::Missing => Unread::Finding(refused.code(), format!("there is no file `{name}`")),
        _ => Unread::Finding(refused.code(), format!("`{name}` {}", refused.words())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside() {
        let folder = Folder::open(Path::new("src")).unwrap();
        for name in ["../Cargo.toml", "/etc/passwd", "diag/../../Cargo.toml", "a\\b", "a\0b", "C:/a"] {
            let refused = folder.read(name);
            assert!(matches!(refused, Err(Unread::Finding(Code::FileOutside, _))), "{name:?}");
        }
        assert!(matches!(folder.read("absent.md"), Err(Unread::Finding(Code::FileMissing, _))));
        assert!(folder.read("lib.rs").is_ok());
    }
}
