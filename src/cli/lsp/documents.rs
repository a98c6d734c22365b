//! The texts as the editor holds them, and the book that one belongs to.

use super::findings::Order;
use super::place::{path_of, uri_of};
use crate::project::{Unsaved, find_root};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Every document that is open, by its real path.
#[derive(Default)]
pub(super) struct Documents {
    open: BTreeMap<PathBuf, Held>,
    texts: Unsaved,
}

struct Held {
    /// The address by which the editor knows it.
    uri: String,
}

impl Documents {
    /// Holds a document with that text; without one, as it was.
    pub(super) fn hold(&mut self, uri: &str, text: Option<&str>) {
        let (Some(path), Some(text)) = (real(uri), text) else { return };
        self.open.insert(path.clone(), Held { uri: uri.to_owned() });
        Arc::make_mut(&mut self.texts).insert(path, text.to_owned());
    }

    /// From now on, the file counts.
    pub(super) fn close(&mut self, uri: &str) {
        let Some(path) = real(uri) else { return };
        self.open.remove(&path);
        Arc::make_mut(&mut self.texts).remove(&path);
    }

    /// Every text that is open.
    pub(super) fn texts(&self) -> &Unsaved {
        &self.texts
    }

    /// The address of a file.
    pub(super) fn uri(&self, path: &Path) -> String {
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        self.open.get(&path).map_or_else(|| uri_of(&path), |held| held.uri.clone())
    }

    /// What is to be looked at after a change of that document; nothing when it is no book's.
    pub(super) fn order(&self, uri: &str, saved: bool) -> Option<Order> {
        let root = root_of(&real(uri)?)?;
        let uris = self.open.iter().map(|(path, held)| (path.clone(), held.uri.clone())).collect();
        Some(Order { root, texts: self.texts.clone(), uris, saved })
    }
}

/// The book's folder that a file lies in.
pub(super) fn root_of(file: &Path) -> Option<PathBuf> {
    find_root(file.parent()?)
}

/// The real path of a document; that of a file which is not there yet has none.
pub(super) fn real(uri: &str) -> Option<PathBuf> {
    std::fs::canonicalize(path_of(uri)?).ok()
}
