//! The hashes of files, and those of everything in a folder.

use super::stamp::Stamp;
use crate::project::door::{self, MAX_FILE};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Hashes of files by their paths from some folder, with the stamps that they had.
pub type Tree = BTreeMap<String, (Stamp, String)>;

/// Looks at files, and reads those alone that have changed.
#[derive(Debug)]
pub struct Files {
    /// When this run began, by the clock of the file system.
    began: u64,
}

impl Files {
    /// Files as seen in a run that began at `began`.
    #[must_use]
    pub fn new(began: u64) -> Files {
        Files { began }
    }

    /// The hashes of all files below `root`, but for hidden ones and those in
    /// `without`. Links to folders are not followed: what they lead to lies in the
    /// same folder, or may not be read.
    #[must_use]
    pub fn tree(&self, root: &Path, without: &[PathBuf], known: &Tree) -> Tree {
        let mut found = Tree::new();
        let mut folders = vec![(root.to_owned(), String::new())];
        while let Some((folder, prefix)) = folders.pop() {
            let Ok(entries) = fs::read_dir(&folder) else { continue };
            for entry in entries.flatten() {
                let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
                if name.starts_with('.') || without.contains(&path) {
                    continue;
                }
                let name = format!("{prefix}{name}");
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() => folders.push((path, name + "/")),
                    Ok(kind) if kind.is_symlink() => {
                        let leads_to = fs::read_link(&path).unwrap_or_default();
                        let hash = door::sha256(leads_to.to_string_lossy().as_bytes());
                        let file = self.hashed(&path, known.get(&name));
                        found.insert(name.clone() + "@", (file.0, hash));
                        found.insert(name, file);
                    }
                    Ok(_) => {
                        let file = self.hashed(&path, known.get(&name));
                        found.insert(name, file);
                    }
                    Err(_) => {}
                }
            }
        }
        found
    }

    /// The hash of a file. One that is known by its stamp is not read, and one that
    /// no book may read is known by its length alone.
    #[must_use]
    pub fn hashed(&self, path: &Path, known: Option<&(Stamp, String)>) -> (Stamp, String) {
        let stamp = Stamp::of(path).unwrap_or_default();
        if let Some((_, hash)) = known.filter(|(before, _)| *before == stamp) {
            return (stamp, hash.clone());
        }
        let hash = match door::read(path, MAX_FILE) {
            Ok(bytes) => door::sha256(&bytes),
            Err(refused) => format!("{}: {}", stamp.bytes(), refused.words()),
        };
        (stamp, hash)
    }

    /// The hash of the program of this process, which may be larger than any file of a book.
    #[must_use]
    pub fn hashed_program(&self, path: &Path, known: Option<&(Stamp, String)>) -> (Stamp, String) {
        let stamp = Stamp::of(path).unwrap_or_default();
        match known.filter(|(before, _)| *before == stamp) {
            Some((_, hash)) => (stamp, hash.clone()),
            None => (stamp, door::fingerprint(path).map(|(_, hash)| hash).unwrap_or_default()),
        }
    }

    /// Those files of a tree whose stamps will tell of any change from now on.
    #[must_use]
    pub fn settled(&self, tree: Tree) -> Tree {
        tree.into_iter().filter(|(_, (stamp, _))| stamp.is_settled(self.began)).collect()
    }
}
