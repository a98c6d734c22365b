//! Writing files into a folder: all of them or none, and never half a file.
//!
//! One process at a time writes into a folder (`lock`); what it writes goes in
//! together (`commit`), and what a process that died has left is finished or
//! undone by the next.

mod commit;
mod lock;

use crate::diag::Error;
use lock::Lock;
use std::borrow::Borrow;
use std::fs;
use std::path::{Path, PathBuf};

/// A file to be written.
#[derive(Clone, Debug)]
pub struct Output {
    /// Its path relative to the folder of outputs, with `/`.
    pub name: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// A folder that this process alone writes into until this is dropped.
#[derive(Debug)]
pub struct WriteFolder {
    folder: PathBuf,
    /// Whether the folder was made for this.
    new: bool,
    /// Given back by `drop`, before the folder goes.
    lock: Option<Lock>,
}

impl WriteFolder {
    /// Takes `folder`, which is made when it isn't there, and finishes or undoes
    /// what a process left there that died. When another process writes into it
    /// now, `waiting` is called and its end awaited.
    ///
    /// # Errors
    /// When the folder cannot be made or written to.
    pub fn open(folder: &Path, waiting: &mut dyn FnMut()) -> Result<WriteFolder, Error> {
        let new = !folder.exists();
        if !new && !folder.is_dir() {
            let message = format!("cannot write into {}: it is a file, not a folder", folder.display());
            return Err(Error::new(message));
        }
        fs::create_dir_all(folder)
            .map_err(|e| Error::io(format!("cannot make the folder {}", folder.display()), e))?;
        let mut opened = WriteFolder { folder: folder.to_owned(), new, lock: None };
        opened.lock = Some(Lock::take(folder, waiting)?);
        commit::recover(folder)?;
        Ok(opened)
    }

    /// Writes all files, in their order. A file that comes twice holds for a
    /// while what it has first: a process that dies in between leaves that. A
    /// failure leaves every file as it was.
    ///
    /// # Errors
    /// When the disk is full, a permission is missing, something that is no
    /// file stands in the place of one.
    pub fn commit(&self, outputs: &[impl Borrow<Output> + Sync]) -> Result<(), Error> {
        commit::commit(&self.folder, outputs)
    }
}

impl Drop for WriteFolder {
    fn drop(&mut self) {
        self.lock = None;
        if self.new {
            // refused where something was written, as it should be
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

/// Finishes or undoes what a process left in `folder` that died while it wrote.
///
/// # Errors
/// When the folder cannot be written to.
pub fn finish_earlier(folder: &Path, waiting: &mut dyn FnMut()) -> Result<(), Error> {
    let is_left = commit::is_unfinished(folder) || lock::is_there(folder);
    if is_left { WriteFolder::open(folder, waiting).map(drop) } else { Ok(()) }
}

/// Writes all files into `folder`, or none (see [`WriteFolder`]).
///
/// # Errors
/// When the disk is full, a folder cannot be made, a permission is missing.
pub fn write_all(folder: &Path, outputs: &[Output]) -> Result<(), Error> {
    WriteFolder::open(folder, &mut || {})?.commit(outputs)
}
