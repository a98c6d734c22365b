//! Which folder a command means: that of the book, and that of its outputs.

use super::findings::Reporter;
use crate::diag::Error;
use crate::project::{find_root, for_shell};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The book's folder: the one given, else the nearest upward with a book.toml.
/// When there is none, says why and what makes one.
pub(super) fn book_root(book: Option<&Path>, reporter: &mut Reporter) -> Option<PathBuf> {
    let Some(book) = book else {
        let here = std::env::current_dir().ok();
        let root = here.as_deref().and_then(find_root);
        match (&here, &root) {
            (Some(here), Some(root)) => reporter.set_folder(&up(here, root)),
            _ => reporter.say(&format!("error: {}\n", nothing_here(here.as_deref()))),
        }
        return root;
    };
    let folder = if book.ends_with("book.toml") { book.parent().unwrap_or(book) } else { book };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if folder.join("book.toml").is_file() {
        reporter.set_folder(folder.strip_prefix(".").unwrap_or(folder));
        return Some(folder.to_owned());
    }
    reporter.say(&format!("error: {}\n", no_book(book)));
    None
}

/// Says that no book is here, and what makes one.
fn nothing_here(here: Option<&Path>) -> String {
    let without = "no book.toml here or in any folder above; name the book folder";
    match here {
        Some(here) if holds_markdown(here) => {
            format!("{without}, or make a book of the Markdown files here: pamphleteer new .")
        }
        _ => format!("{without}, or begin a book: pamphleteer new my-book"),
    }
}

/// The way from a folder to one above it.
fn up(from: &Path, to: &Path) -> PathBuf {
    let levels = from.components().count().saturating_sub(to.components().count());
    std::iter::repeat_n("..", levels).collect()
}

/// What stands where a book was looked for, and the command that makes a book of it.
fn no_book(at: &Path) -> String {
    let shown = at.display();
    if at.ends_with("book.toml") || !at.exists() {
        return format!("there is no {} {shown}", if at.extension().is_some() { "file" } else { "folder" });
    }
    let quoted = for_shell(at);
    if at.is_file() {
        let above = at.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if above.join("book.toml").is_file() {
            let folder = above.display();
            return format!("{shown} lies in the book folder {folder}; name that folder");
        }
        let stem = at.with_extension("");
        let into = if stem.exists() { stem.with_added_extension("book") } else { stem };
        let into = for_shell(&into);
        return format!(
            "{shown} is a file, not a book folder; to make one of it: pamphleteer import {quoted} --into {into}"
        );
    }
    let without = format!("{shown} is not a book folder: it has no book.toml");
    if holds_markdown(at) {
        return format!("{without}; to make a book of its Markdown files: pamphleteer new {quoted}");
    }
    match book_below(at) {
        Some(below) => format!("{without}; {} has one", below.display()),
        None => format!("{without}; to begin a book there: pamphleteer new {quoted}"),
    }
}

/// The first folder within this one that holds a book.
fn book_below(folder: &Path) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder).ok()?.flatten();
    let mut books: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| path.join("book.toml").is_file()).collect();
    books.sort();
    books.into_iter().next()
}

fn holds_markdown(folder: &Path) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_markdown = |path: PathBuf| {
        path.extension().and_then(OsStr::to_str).is_some_and(|it| matches!(it, "md" | "markdown"))
    };
    entries.map(|entry| entry.path()).any(is_markdown)
}

/// Where outputs go: the folder that was asked for, else `out` in the book's
/// folder.
///
/// # Errors
/// When nobody asked for a folder and `out` is a link that leads out of the
/// book's: a book from elsewhere could choose any folder of this machine.
pub(super) fn out_folder(root: &Path, asked: Option<&Path>) -> Result<PathBuf, Error> {
    if let Some(asked) = asked {
        return Ok(asked.to_owned());
    }
    let out = root.join("out");
    let is_link = std::fs::symlink_metadata(&out).is_ok_and(|found| found.is_symlink());
    let resolved = |path: &Path| std::fs::canonicalize(path).ok();
    let inside = || resolved(&out).zip(resolved(root)).is_some_and(|(out, root)| out.starts_with(root));
    if is_link && !inside() {
        let message = format!(
            "{} is a link that leads out of the book folder: name the folder of the outputs with --out",
            out.display()
        );
        return Err(Error::new(message));
    }
    Ok(out)
}
