//! The key of a build: the hash of everything that its bytes follow from.

use super::super::args::Editions;
use super::super::findings::Policy;
use super::super::source_date_epoch;
use super::plan::Plan;
use super::planned::PlannedBook;
use crate::diag::Error;
use crate::project::{Files, Stamp, Store, Tree, names_a_file, read_table, sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// What is the same in the keys of all books of a run.
pub(super) struct Keys {
    /// Looks at files.
    pub files: Files,
    common: String,
    /// The hashes of what books share, by path.
    shared: BTreeMap<PathBuf, String>,
}

impl Keys {
    /// Hashes the tool, the request and what is shared.
    ///
    /// # Errors
    /// When SOURCE_DATE_EPOCH is no moment.
    pub(super) fn new(
        plan: &Plan,
        request: &Editions,
        policy: &Policy,
        store: Option<&Store>,
    ) -> Result<Keys, Error> {
        let files = Files::new(store.map_or(0, Store::began));
        let mut shared = BTreeMap::new();
        for path in plan.books.iter().filter_map(|book| book.shared.as_ref()).flat_map(|s| s.paths()) {
            shared.entry(path).or_insert_with_key(|path| hash_of(path, &files));
        }
        let common = format!(
            "{}\n{:?} {:?} {:?} {:?} {}\n{}\n{:?}\n",
            tool(store, &files),
            request.to,
            request.style,
            request.printer.as_deref().map(named),
            request.store.as_deref().map(named),
            request.ppi,
            policy.words(),
            source_date_epoch()?,
        );
        Ok(Keys { files, common, shared })
    }

    /// The key of a book whose folder holds those files.
    pub(super) fn of(&self, book: &PlannedBook, tree: &Tree) -> String {
        let mut text = self.common.clone();
        if let Some(shared) = &book.shared {
            text += &shared.settings();
            for path in shared.paths() {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let _ = writeln!(text, "shared {name} {}", self.shared.get(&path).map_or("", String::as_str));
            }
        }
        for (name, (_, hash)) in tree {
            let _ = writeln!(text, "{hash} {name}");
        }
        sha256(text.as_bytes())
    }

    /// The files of a book's folder, but for its outputs.
    pub(super) fn tree(&self, book: &PlannedBook, known: &Tree) -> Tree {
        let real = |path: &Path| std::fs::canonicalize(path).ok();
        let root = real(&book.root).unwrap_or_else(|| book.root.clone());
        let outputs = real(&book.out).into_iter().chain([root.join("out")]).filter(|out| *out != root);
        self.files.tree(&root, &outputs.collect::<Vec<_>>(), known)
    }
}

/// The hash of a file, or of all files in a folder.
fn hash_of(path: &Path, files: &Files) -> String {
    if path.is_dir() {
        let tree = files.tree(path, &[], &Tree::new());
        let lines: String = tree.iter().map(|(name, (_, hash))| format!("{hash} {name}\n")).collect();
        return sha256(lines.as_bytes());
    }
    files.hashed(path, None).1
}

/// A printer or a shop: its name, and what stands in its file when it has one.
fn named(name: &str) -> String {
    let text =
        if names_a_file(name) { read_table(Path::new(name)).unwrap_or_default() } else { String::new() };
    format!("{name} {}", sha256(text.as_bytes()))
}

/// The tool itself: its version, and the hash of its program, so that one that was
/// compiled anew makes everything anew. The hash is remembered while the program
/// looks the same.
fn tool(store: Option<&Store>, files: &Files) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let Ok(program) = std::env::current_exe() else { return version.to_owned() };
    let known: Option<(Stamp, String)> = store.and_then(|store| store.note("tool"));
    let found = files.hashed_program(&program, known.as_ref());
    if let Some(store) = store.filter(|_| known.as_ref() != Some(&found)) {
        store.keep_note("tool", &found);
    }
    format!("{version} {}", found.1)
}
