//! The store: outputs by their hashes, and what came of a build by its key.

use crate::diag::Error;
use crate::project::door::{self, MAX_FILE};
use crate::project::write::Output;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::stamp::Stamp;

/// What tells other programs that this folder can be made again
/// (bford.info/cachedir).
const TAG: (&str, &str) = (
    "CACHEDIR.TAG",
    "Signature: 8a477f597d28d172789f06886806bc55\n# Made by pamphleteer. It may be deleted at any time.\n",
);
/// The largest output that is taken from the store.
const MAX_OUTPUT: u64 = 4 << 30;
/// What was written in the last hour is never swept: another process may be about
/// to say that it needs it.
const NEW: u64 = 3_600_000_000_000;

/// A folder with the outputs of builds.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    /// When this run began, by the clock of the folder's file system.
    began: u64,
}

impl Store {
    /// The store in `folder`, which is made when it isn't there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(folder: &Path) -> Result<Store, Error> {
        let failed = |e| Error::io(format!("cannot make the folder of the cache, {}", folder.display()), e);
        for name in ["outputs", "builds", "books"] {
            fs::create_dir_all(folder.join(name)).map_err(failed)?;
        }
        if !folder.join(TAG.0).exists() {
            fs::write(folder.join(TAG.0), TAG.1).map_err(failed)?;
            fs::write(folder.join(".gitignore"), "*\n").map_err(failed)?;
        }
        let clock = folder.join("began");
        fs::write(&clock, "").map_err(failed)?;
        let began = Stamp::of(&clock).map_or(0, |stamp| stamp.time());
        Ok(Store { folder: folder.to_owned(), began })
    }

    /// When this run began, by the clock of the file system.
    #[must_use]
    pub fn began(&self) -> u64 {
        self.began
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder of memos.
    pub(super) fn memos(&self) -> PathBuf {
        self.folder.join("books")
    }

    /// A note of that name.
    #[must_use]
    pub fn note<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let bytes = door::read(&self.folder.join(name), MAX_FILE).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Keeps a note. One that cannot be kept is found anew.
    pub fn keep_note<T: Serialize>(&self, name: &str, note: &T) {
        let bytes = serde_json::to_vec(note).unwrap_or_default();
        let _ = write(&self.folder.join(name), &bytes);
    }

    fn blob(&self, hash: &str) -> PathBuf {
        self.folder.join("outputs").join(hash)
    }

    fn record(&self, key: &str) -> PathBuf {
        self.folder.join("builds").join(format!("{key}.json"))
    }

    /// What came of the build with that key.
    #[must_use]
    pub fn outcome<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        let bytes = door::read(&self.record(key), MAX_FILE).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// An output by its hash; none when it isn't there as it was.
    #[must_use]
    pub fn output(&self, hash: &str) -> Option<Vec<u8>> {
        let is_name = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        let bytes = is_name.then(|| door::read(&self.blob(hash), MAX_OUTPUT).ok()).flatten()?;
        (door::sha256(&bytes) == hash).then_some(bytes)
    }

    /// Keeps the outputs of a build, each with its hash, and what came of it.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn keep<T: Serialize>(
        &self,
        key: &str,
        outputs: &[(&Output, &str)],
        outcome: &T,
    ) -> Result<(), Error> {
        for (output, hash) in outputs {
            let there =
                Stamp::of(&self.blob(hash)).is_some_and(|stamp| stamp.bytes() == output.bytes.len() as u64);
            if !there {
                write(&self.blob(hash), &output.bytes)?;
            }
        }
        let record = serde_json::to_vec(outcome).map_err(|e| Error::new(e.to_string()))?;
        write(&self.record(key), &record)
    }

    /// Deletes what no memo speaks of any more: `hashes` says which outputs a build
    /// has, and `keys` which builds a memo speaks of.
    pub fn sweep<T: DeserializeOwned, M: DeserializeOwned>(
        &self,
        keys: impl Fn(&M) -> Vec<String>,
        hashes: impl Fn(&T) -> Vec<String>,
    ) {
        let mut needed = BTreeSet::new();
        for memo in files(&self.memos()) {
            let bytes = door::read(&memo, MAX_FILE).unwrap_or_default();
            needed.extend(serde_json::from_slice(&bytes).iter().flat_map(&keys));
        }
        let outputs: BTreeSet<String> =
            needed.iter().filter_map(|key| self.outcome(key)).flat_map(|outcome| hashes(&outcome)).collect();
        let of = |path: &Path| {
            path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
        };
        let is_old =
            |path: &Path| Stamp::of(path).is_none_or(|stamp| stamp.time().saturating_add(NEW) < self.began);
        let builds =
            files(&self.folder.join("builds")).into_iter().filter(|path| !needed.contains(&of(path)));
        let blobs =
            files(&self.folder.join("outputs")).into_iter().filter(|path| !outputs.contains(&of(path)));
        // what a process began to write that was killed
        let drafts =
            files(&self.memos()).into_iter().filter(|path| path.extension().is_some_and(|e| e == "new"));
        for path in builds.chain(blobs).chain(drafts).filter(|path| is_old(path)) {
            // what cannot be deleted is in nobody's way
            let _ = fs::remove_file(path);
        }
    }
}

/// The files in a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.sort();
    files
}

/// Writes a file whole: who reads it meanwhile reads the old one. It need not last
/// through a loss of power, so that nobody waits for the disk.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let draft = path.with_extension(format!("{}.{:?}.new", std::process::id(), std::thread::current().id()));
    let written = fs::write(&draft, bytes).and_then(|()| fs::rename(&draft, path));
    written.map_err(|e| {
        let _ = fs::remove_file(&draft);
        Error::io(format!("cannot write into the cache, {}", path.display()), e)
    })
}
