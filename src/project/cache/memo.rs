//! What was built into a folder last.

use super::files::Tree;
use super::stamp::Stamp;
use super::store::{Store, write};
use crate::diag::Error;
use crate::project::door::{self, MAX_FILE};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// What was built into a folder last, from which files; `T` is what came of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Memo<T> {
    /// The key of the build.
    pub key: String,
    /// The keys of the builds before it that are worth keeping.
    pub before: Vec<String>,
    /// The files of the book's folder whose stamps tell of a change.
    pub files: Tree,
    /// Its outputs: names, and how they looked when they were written.
    pub outputs: Vec<(String, Stamp)>,
    /// What came of it.
    pub outcome: T,
}

/// So many earlier builds of a book are kept: enough to go back and forth between
/// two states of its text.
const KEPT: usize = 2;

impl<T: Serialize + DeserializeOwned> Memo<T> {
    /// The memo on the book in `root` with outputs in `out`.
    #[must_use]
    pub fn read(store: &Store, root: &Path, out: &Path) -> Option<Memo<T>> {
        let bytes = door::read(&place(store, root, out), MAX_FILE).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Writes it down.
    ///
    /// # Errors
    /// When the disk is full, or the folder of the cache may not be written to.
    pub fn write(&self, store: &Store, root: &Path, out: &Path) -> Result<(), Error> {
        let bytes = serde_json::to_vec(self).map_err(|e| Error::new(e.to_string()))?;
        write(&place(store, root, out), &bytes)
    }

    /// The keys of the builds that come before one with another key.
    #[must_use]
    pub fn history(self, key: &str) -> Vec<String> {
        let mut keys: Vec<String> = std::iter::once(self.key).chain(self.before).collect();
        keys.retain(|earlier| earlier != key);
        keys.truncate(KEPT);
        keys
    }
}

/// The same path for the same folder, from wherever it is seen.
fn real(path: &Path) -> PathBuf {
    let absolute = || std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    std::fs::canonicalize(path).unwrap_or_else(|_| absolute())
}

fn place(store: &Store, root: &Path, out: &Path) -> PathBuf {
    let both = format!("{}\0{}", real(root).display(), real(out).display());
    store.memos().join(format!("{}.json", &door::sha256(both.as_bytes())[..32]))
}
