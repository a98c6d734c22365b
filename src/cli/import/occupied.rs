//! Whether a folder holds another book than the one that is to be imported into it: two books in one folder would
//! be neither.
//!
//! `decisions.toml` names the source of the import that wrote the folder. A folder without it may hold the files that
//! an editor has laid there before the first import, `book.toml` and `corrections.toml`, but no texts.

use super::place;
use crate::diag::{Code, Diagnostic};
use crate::file_names::is_text;
use std::fs;
use std::path::Path;

/// The finding on a folder that holds another book; none for one that holds none, or the same source imported before.
pub(super) fn finding(folder: &Path, source: &str, decisions: Option<&str>) -> Option<Diagnostic> {
    let holds = match decisions {
        Some(decisions) => match place::source(decisions) {
            Some(other) if other == source => return None,
            Some(other) => format!("the book that was imported from `{other}`"),
            // an import that did not say its source yet wrote this folder
            None if !place::written(decisions).is_empty() => return None,
            None => text_of(folder)?,
        },
        None => text_of(folder)?,
    };
    let message = format!("`{}` already holds {holds}; nothing was written", folder.display());
    let hint = format!(
        "import `{source}` into another folder; if it is the same book under another name, --force imports it here, in place of the files of the former import that nobody edited"
    );
    Some(Diagnostic::new(Code::ImportOccupied, None, message).hint(hint))
}

/// What a book's folder holds that no import wrote: its first text by name; none in a folder without a `book.toml`.
fn text_of(folder: &Path) -> Option<String> {
    if !folder.join("book.toml").is_file() {
        return None;
    }
    let names = fs::read_dir(folder).ok()?.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let texts = names.filter(|name| is_text(name) && !name.eq_ignore_ascii_case("readme.md"));
    texts.min().map(|name| format!("a book of its own, with `{name}`"))
}
