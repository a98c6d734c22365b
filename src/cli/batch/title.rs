//! A book of many, before anything is done with it.

use crate::project::Shared;
use std::path::PathBuf;

/// A book that is to be worked on.
pub(super) struct Title {
    /// Its folder, as the user or the catalogue calls it.
    pub name: String,
    /// Its folder.
    pub root: PathBuf,
    /// Where its editions go.
    pub out: PathBuf,
    /// What it takes from the catalogue.
    pub shared: Option<Shared>,
}
