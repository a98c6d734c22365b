//! Which folder a command means: that of the book, and that of its outputs.

use super::findings::Reporter;
use crate::diag::Error;
use crate::project::{find_root, for_shell, is_text_of_a_book};
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
    let way = here.and_then(way_to_a_book);
    way.map_or_else(
        || format!("{without}, or begin a book: pamphleteer new my-book"),
        |way| format!("{without}, or {way}"),
    )
}

/// What makes a book of what lies in a folder.
fn way_to_a_book(folder: &Path) -> Option<String> {
    if names_in(folder).any(|name| is_text_of_a_book(&name)) {
        let folder = if folder.is_absolute() { ".".to_owned() } else { for_shell(folder) };
        return Some(format!("make a book of its Markdown files: pamphleteer new {folder}"));
    }
    let file = file_to_import(folder)?;
    Some(format!("make a book of {}: {}", file.display(), importing(&file)))
}

/// A file of another program that lies in a folder, and that `import` reads.
pub(super) fn file_to_import(folder: &Path) -> Option<PathBuf> {
    const ENDINGS: [&str; 6] = ["docx", "odt", "epub", "html", "htm", "xhtml"];
    let ending = |name: &String| Path::new(name).extension().unwrap_or_default().to_ascii_lowercase();
    let place = |name: &String| ENDINGS.iter().position(|known| ending(name) == *known);
    let found = names_in(folder).filter_map(|name| Some((place(&name)?, name))).min()?.1;
    let here = folder.is_absolute() || folder == Path::new(".");
    Some(if here { PathBuf::from(found) } else { folder.join(found) })
}

/// The command that brings a file in.
pub(super) fn importing(file: &Path) -> String {
    let stem = file.with_extension("");
    let into = if stem.exists() { stem.with_added_extension("book") } else { stem };
    format!("pamphleteer import {} --into {}", for_shell(file), for_shell(&into))
}

fn names_in(folder: &Path) -> impl Iterator<Item = String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with(['.', '~']))
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
    if at.is_file() {
        let above = at.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if above.join("book.toml").is_file() {
            let folder = above.display();
            return format!("{shown} lies in the book folder {folder}; name that folder");
        }
        return format!("{shown} is a file, not a book folder; to make one of it: {}", importing(at));
    }
    let without = format!("{shown} is not a book folder: it has no book.toml");
    match (book_below(at), way_to_a_book(at)) {
        (Some(below), None) => format!("{without}; {} has one", below.display()),
        (_, Some(way)) => format!("{without}; to {way}"),
        (None, None) => format!("{without}; to begin a book there: pamphleteer new {}", for_shell(at)),
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
