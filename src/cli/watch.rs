//! `build --watch`: build again whenever a file of the book changes.

use super::args::Editions;
use super::build::build_again;
use super::end::End;
use super::findings::Reporter;
use super::memory::Memory;
use super::notices::Notices;
use super::root::book_root;
use crate::diag::Error;
use crate::project::{MAX_FILE, read_file};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The end of the names of records, which say what a build wrote.
const RECORD: &str = ".build.json";
/// The ends of the names of reports: a proofreader's, and a book in every style.
const REPORTS: [&str; 2] = [".proof.html", ".styles.html"];

/// Builds, and builds again at every change, until the process is ended.
pub(super) fn build(request: &Editions, reporter: &mut Reporter) -> Result<End, Error> {
    let Some(root) = book_root(request.book(), reporter) else { return Ok(End::Misused) };
    let notices = Notices::of(&root);
    let (mut watcher, mut memory) = (Watcher::new(root), Memory::default());
    loop {
        if watcher.has_changed() {
            match build_again(request, &mut memory, reporter) {
                // no change of a file mends the command line
                Ok(End::Misused) => return Ok(End::Misused),
                Ok(_) => reporter.tell("watching for changes; Ctrl-C to stop\n"),
                Err(error) => reporter.say_error(&error),
            }
        }
        notices.wait();
    }
}

/// Looks whether the files of a book have changed, but for what builds write.
///
/// Outputs may go anywhere, and into a folder of the book too, even among its
/// texts, and other processes may write them. Wherever they lie, a record lies
/// beside them that names them: what it names is not watched.
pub(super) struct Watcher {
    root: PathBuf,
    seen: Option<Times>,
    /// What each record names, while it is the same.
    records: BTreeMap<PathBuf, (Stamp, BTreeSet<PathBuf>)>,
}

/// When a file was changed last, and how long it is.
type Stamp = (Option<SystemTime>, u64);
/// The files of a book.
type Times = BTreeMap<PathBuf, Stamp>;

impl Watcher {
    /// Has seen nothing yet.
    pub(super) fn new(root: PathBuf) -> Watcher {
        Watcher { root, seen: None, records: BTreeMap::new() }
    }

    /// Whether a file has changed, come or gone since this was asked last; the
    /// first time it is so.
    pub(super) fn has_changed(&mut self) -> bool {
        let mut now = times(&self.root);
        self.read_records(&now);
        let outputs: BTreeSet<&PathBuf> = self.records.values().flat_map(|(_, outputs)| outputs).collect();
        now.retain(|path, _| !is_made(path) && !outputs.contains(path));
        let changed = self.seen.as_ref() != Some(&now);
        self.seen = Some(now);
        changed
    }

    /// Reads the records that are new or changed.
    fn read_records(&mut self, now: &Times) {
        self.records.retain(|path, _| now.contains_key(path));
        for (path, stamp) in now.iter().filter(|(path, _)| ends_with(path, RECORD)) {
            if self.records.get(path).is_none_or(|(known, _)| known != stamp) {
                self.records.insert(path.clone(), (*stamp, outputs(path)));
            }
        }
    }
}

fn ends_with(path: &Path, end: &str) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(end))
}

fn is_made(path: &Path) -> bool {
    ends_with(path, RECORD) || REPORTS.iter().any(|end| ends_with(path, end))
}

/// The files that a record names, which lie beside it.
fn outputs(record: &Path) -> BTreeSet<PathBuf> {
    let folder = record.parent().unwrap_or(record);
    let bytes = read_file(record, MAX_FILE).unwrap_or_default();
    let record: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let list = |key: &str| record[key].as_array().into_iter().flatten();
    let made = list("outputs").filter_map(|output| output["file"].as_str());
    made.chain(list("unfinished").filter_map(Value::as_str)).map(|name| folder.join(name)).collect()
}

/// When each file below a folder was changed last. Links to folders are not
/// followed, and hidden files are nobody's texts.
fn times(root: &Path) -> Times {
    let mut times = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten().filter(|entry| !entry.file_name().to_string_lossy().starts_with('.')) {
            let path = entry.path();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path),
                // a link leads to a file of the book
                Ok(kind) if kind.is_file() || kind.is_symlink() => {
                    let found = std::fs::metadata(&path).ok();
                    let stamp = found.map_or((None, 0), |found| (found.modified().ok(), found.len()));
                    times.insert(path, stamp);
                }
                _ => {}
            }
        }
    }
    times
}
