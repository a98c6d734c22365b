//! One book of a call for many: how it is called in reports, where it is read, and where it is written.

use crate::project::Shared;
use std::path::PathBuf;

/// A book of the plan, before it is worked on.
pub(super) struct PlannedBook {
    /// What reports and `catalogue.json` call it: its folder, as the user or the catalogue wrote it.
    pub name: String,
    /// The folder that it is read from.
    pub root: PathBuf,
    /// The folder that its editions are written into.
    pub out: PathBuf,
    /// What it takes from the catalogue: styles, fonts, defaults, overrides.
    pub shared: Option<Shared>,
}
