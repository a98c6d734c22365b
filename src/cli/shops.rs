//! Which shop: one that we know, or a publisher's file with its rules.

use super::names;
use crate::epub::Store;
use crate::project::{names_a_file, read_table};
use crate::reason::Reason;
use std::path::Path;

/// What people call shops that we know.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("amazon", "kdp"),
    ("apple-books", "apple"),
    ("google-play", "google"),
    ("ibooks", "apple"),
    ("ingramspark", "ingram"),
    ("itunes", "apple"),
    ("kindle", "kdp"),
    ("play", "google"),
    ("rakuten", "kobo"),
];

/// The shop asked for, by name or as a file; what any shop takes when none is.
///
/// # Errors
/// A name that we don't know, or what is wrong with the file.
pub(super) fn find(name: Option<&str>) -> Result<Store, Reason> {
    let name = name.unwrap_or("generic");
    if let Some(store) = Store::named(name) {
        return Ok(store);
    }
    if !names_a_file(name) {
        let stores = Store::names();
        let known: Vec<&str> = stores.iter().map(String::as_str).chain(["FILE.toml"]).collect();
        return Err(names::unknown("a shop that we know", name, OTHER_NAMES, &known).into());
    }
    let text = read_table(Path::new(name)).map_err(|reason| format!("the shop file {name} {reason}"))?;
    Store::read(&text).map_err(|reason| format!("the shop file {name}: {reason}").into())
}
