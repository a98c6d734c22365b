//! `pamphleteer new`: a small book that builds at once.

use super::slug::slug;
use super::write::{Output, WriteFolder};
use crate::diag::Error;
use std::fs;
use std::path::Path;

const FIRST: &str = "\
# The First Text

Write here. A blank line parts two paragraphs; *emphasis* stands between
asterisks, and a note is called like this.[^1]

[^1]: And stands anywhere in the same file.

> A passage from elsewhere stands behind angle brackets.

## A heading inside the text

`pamphleteer build` makes every edition into the folder `out`, and
`pamphleteer check` only says what it would find.
";

/// Makes a book in `folder`, which must not hold one yet. Files that are there
/// already stay as they are; their names are returned.
///
/// # Errors
/// When there is a book already, or the machine fails.
pub fn scaffold(folder: &Path, style: &str, waiting: &mut dyn FnMut()) -> Result<Vec<String>, Error> {
    let opened = WriteFolder::open(folder, waiting)?;
    let is_there = |name: &str| fs::symlink_metadata(folder.join(name)).is_ok();
    if is_there("book.toml") {
        return Err(Error::new(format!("{} holds a book already", folder.display())));
    }
    let files = files(folder, style);
    let (kept, new): (Vec<Output>, Vec<Output>) = files.into_iter().partition(|file| is_there(&file.name));
    opened.commit(&new)?;
    Ok(kept.into_iter().map(|file| file.name).collect())
}

/// The files of a new book.
fn files(folder: &Path, style: &str) -> [Output; 3] {
    let name = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let title = title_of(&slug(&name));
    let book = format!(
        "title    = \"{title}\"\nlanguage = \"en-GB\"\n\n[[contributor]]\nname = \"Your Name\"\nrole = \"aut\"\n\n\
         [publisher]\nname = \"Your Press\"\n\n[matter]\n\
         front = [\"half-title\", \"title-page\", \"imprint\", \"contents\"]\n\
         body  = [\"01-first.md\"]\nback  = [\"colophon\"]\n\n[style]\nname = \"{style}\"\n"
    );
    let file = |name: &str, text: &str| Output { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    [file("book.toml", &book), file("01-first.md", FIRST), file(".gitignore", "out/\n")]
}

/// A path as a shell takes it for one word, on Unix and on Windows: as it is, or
/// between quotation marks where it holds anything that a shell reads.
#[must_use]
pub fn for_shell(path: &Path) -> String {
    let path = path.to_string_lossy();
    let plain = |c: char| c.is_alphanumeric() || "/\\._-+:@%,=~".contains(c);
    if !path.is_empty() && path.chars().all(plain) && !path.starts_with('~') {
        return path.into_owned();
    }
    if cfg!(windows) { format!("\"{path}\"") } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

/// A title from a folder's name: `my-first-book` becomes `My First Book`.
fn title_of(slug: &str) -> String {
    let words = slug.split('-').map(|word| {
        let mut letters = word.chars();
        letters.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn paths_are_quoted_for_the_shell() {
        for (path, quoted) in [
            ("books/my-book", "books/my-book"),
            ("Ä/б", "Ä/б"),
            ("My Second Novel!", "'My Second Novel!'"),
            ("Joan's", "'Joan'\\''s'"),
            ("$HOME", "'$HOME'"),
            ("", "''"),
        ] {
            assert_eq!(for_shell(Path::new(path)), quoted);
        }
    }
}
