//! The lock on a folder: one process at a time writes into it.

use crate::diag::Error;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The file that is locked.
const LOCK: &str = ".pamphleteer.lock";
/// How often a lock that another process holds is asked for again, and how long
/// is waited in between: writing a book takes far less than their product.
const ATTEMPTS: u32 = 600;
const PAUSE: Duration = Duration::from_millis(50);

/// The lock on a folder, held until this is dropped. The system gives it back
/// when the process ends in whatever way, so that none is ever left behind.
#[derive(Debug)]
pub(super) struct Lock {
    /// Nothing on file systems that know no locks.
    file: Option<File>,
    path: PathBuf,
}

impl Lock {
    /// Takes the lock on `folder`; when another process has it, `waiting` is
    /// called once.
    ///
    /// # Errors
    /// When the other process does not end, or the folder may not be written to.
    pub(super) fn take(folder: &Path, waiting: &mut dyn FnMut()) -> Result<Lock, Error> {
        let path = folder.join(LOCK);
        for attempt in 0..ATTEMPTS {
            let file = open(&path)?;
            match file.try_lock() {
                // the holder before may have deleted the file that was opened
                Ok(()) if is_still(&file, &path) => return Ok(Lock { file: Some(file), path }),
                Ok(()) => continue,
                // a file system without locks: two builds at once are the user's to avoid
                Err(TryLockError::Error(_)) => {
                    let _ = fs::remove_file(&path);
                    return Ok(Lock { file: None, path });
                }
                Err(TryLockError::WouldBlock) => {}
            }
            if attempt == 0 {
                waiting();
            }
            std::thread::sleep(PAUSE);
        }
        let message = format!(
            "another pamphleteer is writing into {}: wait for it to end, or name another folder",
            folder.display()
        );
        Err(Error::new(message))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Deleted while it is held: who opened it before sees that it is gone.
        if cfg!(unix) && self.file.is_some() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Whether a lock lies in `folder`: held, or left by a process that died.
pub(super) fn is_there(folder: &Path) -> bool {
    fs::symlink_metadata(folder.join(LOCK)).is_ok()
}

fn failed(folder: &Path, error: std::io::Error) -> Error {
    Error::io(format!("cannot write into {}", folder.display()), error)
}

fn open(path: &Path) -> Result<File, Error> {
    let folder = path.parent().unwrap_or(path);
    if fs::symlink_metadata(path).is_ok_and(|found| !found.is_file()) {
        let message = format!("cannot write into {}: {LOCK} in it is no file; delete it", folder.display());
        return Err(Error::new(message));
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false).open(path).map_err(|error| failed(folder, error))
}

/// Whether the open file is the one that lies at `path` now. Where systems give
/// files no number, the file is never deleted, and so it is.
#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same =
        |(one, other): (fs::Metadata, fs::Metadata)| (one.dev(), one.ino()) == (other.dev(), other.ino());
    file.metadata().ok().zip(fs::symlink_metadata(path).ok()).is_some_and(same)
}

#[cfg(not(unix))]
fn is_still(_: &File, _: &Path) -> bool {
    true
}
