//! State shown in the browser.

use super::likeness::Likeness;
use super::source::Manuscript;
use super::tried::Tried;
use super::words::Place;
use crate::diag::Diagnostic;
use crate::pages::Pages;
use crate::project::Output;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// State shown in the browser.
#[derive(Clone, Default)]
pub(super) struct Shown {
    /// Counts the changes.
    pub version: u64,
    pub pages: Arc<Pages>,
    /// What they were made of.
    pub manuscript: Manuscript,
    /// What each page looks like.
    pub likeness: Arc<Vec<Likeness>>,
    /// The version that brought these pages.
    pub pages_version: u64,
    /// For each page before them, where it is now.
    pub moves: Arc<Vec<usize>>,
    /// The version that had brought those: from it on they were shown.
    pub moved_from: u64,
    /// How long it took to make the pages of the files.
    pub took: Duration,
    /// So many pages at the beginning and at the end look as they did then.
    pub unchanged: (usize, usize),
    /// Counts the changes of what is made when files have been left alone.
    pub edition: u64,
    pub editions: Editions,
    /// What was found.
    pub findings: Arc<Vec<Found>>,
    /// How what is shown differs from the files: it is older, or incomplete.
    pub warning: Option<String>,
    /// The values of all keys of the style, by their paths.
    pub style: Arc<Value>,
    /// What of them is tried, and why that cannot be.
    pub tried: Tried,
    pub untried: Option<String>,
}

/// What is made of a book beside its pages.
#[derive(Clone, Default)]
pub(super) struct Editions {
    /// The picture of the front cover.
    pub cover: Option<Arc<[u8]>>,
    /// The wrap laid flat, as SVG.
    pub wrap: Option<Arc<str>>,
    /// The files of the ebook by their paths.
    pub files: Arc<BTreeMap<String, Vec<u8>>>,
    /// The paths and names of its texts, in reading order.
    pub texts: Arc<Vec<(String, String)>>,
    /// What `build` would write.
    pub outputs: Arc<Vec<Output>>,
}

/// A finding with its places.
pub(super) struct Found {
    /// The finding.
    pub finding: Diagnostic,
    /// Its place in the manuscript in which it was found, as a browser is told it.
    pub at: Option<Value>,
    /// Its page, its place in the running text, and how many bytes it is long there.
    pub on_page: Option<(usize, Place, u32)>,
}

impl Shown {
    /// Says why nothing newer is shown.
    pub(super) fn fail(&mut self, reason: String) {
        self.keep(Arc::default(), format!("{} {reason}", older(1)));
    }

    /// Keeps the pages, which are older than the files, and says so.
    pub(super) fn keep(&mut self, findings: Arc<Vec<Found>>, warning: String) {
        (self.findings, self.warning) = (findings, Some(warning));
    }

    /// For whoever has that version: how many pages at the beginning and at the end stay as
    /// they are, and where each page went. None when that version is not known any more.
    pub(super) fn since(&self, version: u64) -> Option<((usize, usize), &[usize])> {
        if version == 0 || version > self.version || version < self.moved_from {
            None
        } else if version < self.pages_version {
            Some((self.unchanged, &self.moves[..]))
        } else {
            Some(((self.likeness.len(), 0), &[]))
        }
    }
}

/// Says that what is shown is not what the files hold now.
pub(super) fn older(errors: usize) -> String {
    format!("These pages are older than your files: {}.", counted(errors))
}

pub(super) fn counted(errors: usize) -> String {
    if errors == 1 {
        "an error stops the build".to_owned()
    } else {
        format!("{errors} errors stop the build")
    }
}
