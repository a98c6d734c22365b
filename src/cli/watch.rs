//! `build --watch`: build again whenever a file of the book changes.

use super::args::Editions;
use super::build::build as build_once;
use super::findings::Desk;
use super::{End, book_root};
use crate::diag::Error;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How often the folder is looked at. Below a quarter of a second a change
/// feels immediate; reading the times of a few files costs microseconds.
const PAUSE: Duration = Duration::from_millis(250);

/// Builds, and builds again at every change, until the process is ended.
pub fn build(request: &Editions, desk: &mut Desk) -> Result<End, Error> {
    let Some(root) = book_root(request.book.as_deref(), desk) else { return Ok(End::Misused) };
    let out = request.out.clone().unwrap_or_else(|| root.join("out"));
    let mut seen = BTreeMap::new();
    loop {
        let now = times(&root, &out);
        if now != seen {
            seen = now;
            match build_once(request, desk) {
                Ok(_) => desk.tell("watching for changes; Ctrl-C to stop\n"),
                Err(error) => desk.say_error(&error),
            }
        }
        std::thread::sleep(PAUSE);
    }
}

/// When each file of the book was changed last, but for what we make ourselves.
pub fn times(root: &Path, out: &Path) -> BTreeMap<PathBuf, Option<SystemTime>> {
    let mut times = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && !hidden && path != out => folders.push(path),
                Ok(kind) if kind.is_file() && !hidden => {
                    let changed = entry.metadata().and_then(|m| m.modified()).ok();
                    times.insert(path, changed);
                }
                _ => {}
            }
        }
    }
    times
}
