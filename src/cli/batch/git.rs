//! Which books have changed since a commit, as git knows it.

use super::planned::PlannedBook;
use crate::reason::Reason;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The names of the books of which a file differs from what it was at `commit`: in
/// their own folders, or in what they share. Files that git does not know yet count.
///
/// # Errors
/// What git says when it cannot tell.
pub(super) fn changed_since(commit: &str, books: &[PlannedBook]) -> Result<BTreeSet<String>, Reason> {
    let Some(first) = books.first() else { return Ok(BTreeSet::new()) };
    if commit.starts_with('-') {
        return Err(format!("`{commit}` is not a commit").into());
    }
    let top = git(&first.root, &["rev-parse", "--show-toplevel"])?;
    let top = real(Path::new(top.trim_end_matches(['\n', '\r'])));
    let commit = format!("{commit}^{{commit}}");
    git(&top, &["rev-parse", "--verify", "--quiet", &commit]).map_err(|_| {
        format!(
            "git knows no commit `{}`: fetch it first, or name another",
            commit.trim_end_matches("^{commit}")
        )
    })?;
    let known = git(&top, &["diff", "--name-only", "-z", "--no-ext-diff", "--no-renames", &commit, "--"])?;
    let new = git(&top, &["ls-files", "-z", "--others", "--exclude-standard"])?;
    let names = known.split('\0').chain(new.split('\0')).filter(|name| !name.is_empty());
    let changed: Vec<PathBuf> = names.map(|name| top.join(name)).collect();
    let touched = |book: &&PlannedBook| {
        let (root, out) = (real(&book.root), real(&book.out));
        let shared: Vec<PathBuf> =
            book.shared.iter().flat_map(|shared| shared.paths()).map(|path| real(&path)).collect();
        changed.iter().any(|path| {
            let own = path.starts_with(&root) && !(path.starts_with(&out) && out.starts_with(&root));
            own || shared.iter().any(|shared| path.starts_with(shared))
                || book.shared.as_ref().is_some_and(|shared| shared.is_in(path))
        })
    };
    Ok(books.iter().filter(touched).map(|book| book.name.clone()).collect())
}

fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// What git says. A repository from elsewhere may tell git to run a program when
/// files are looked at: that one is not run.
fn git(folder: &Path, arguments: &[&str]) -> Result<String, Reason> {
    let ran = Command::new("git")
        .args(["-c", "core.fsmonitor=false", "-C"])
        .arg(folder)
        .args(arguments)
        .output()
        .map_err(|error| format!("git cannot be run: {error}"))?;
    if ran.status.success() {
        return Ok(String::from_utf8_lossy(&ran.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&ran.stderr);
    Err(said.lines().next().unwrap_or("git failed").into())
}
