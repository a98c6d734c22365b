//! The source of the tool, in whichever of its crates it lies.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of the source.
pub struct SourceFile {
    /// Where it is below the `src` of its crate, which begins with its module: `typeset/line.rs`.
    pub place: PathBuf,
    /// Where it is in the repository.
    pub path: PathBuf,
    /// What it says.
    pub text: String,
}

/// Every file of the source, in the order of their places.
pub fn source() -> Vec<SourceFile> {
    let crates = fs::read_dir("crates").unwrap().flatten().map(|entry| entry.path().join("src"));
    let mut files = Vec::new();
    for root in crates.chain([PathBuf::from("src")]) {
        let found = files.len();
        add(&root, &root, &mut files);
        assert!(files.len() > found + 1, "{} holds no source", root.display());
    }
    files.sort_by(|a, b| (&a.place, &a.path).cmp(&(&b.place, &b.path)));
    files
}

fn add(folder: &Path, root: &Path, files: &mut Vec<SourceFile>) {
    for path in fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            add(&path, root, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let place = path.strip_prefix(root).unwrap().to_owned();
            files.push(SourceFile { place, text: fs::read_to_string(&path).unwrap(), path });
        }
    }
}
