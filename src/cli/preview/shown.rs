//! State shown in the browser.

use super::likeness::Likeness;
use crate::pages::Pages;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// State shown in the browser.
#[derive(Clone, Default)]
pub(super) struct Shown {
    /// Counts the changes.
    pub version: u64,
    pub pages: Arc<Pages>,
    /// What each page looks like.
    pub likeness: Arc<Vec<Likeness>>,
    /// For each page of the version `moved_from`, where it is now.
    pub moves: Arc<Vec<usize>>,
    /// The last version that showed other pages.
    pub moved_from: u64,
    /// Where in the manuscript each page begins.
    pub places: Arc<Vec<Option<SourcePlace>>>,
    /// The picture of the front cover.
    pub cover: Option<Arc<[u8]>>,
    /// Counts the changes of the ebook.
    pub edition: u64,
    /// The files of the ebook by their paths.
    pub files: Arc<BTreeMap<String, Vec<u8>>>,
    /// The paths of its texts, in reading order.
    pub texts: Vec<String>,
    /// What was found, as people read it.
    pub findings: Vec<String>,
    /// How what is shown differs from the files: it is older, or incomplete.
    pub warning: Option<String>,
}

impl Shown {
    /// Says why nothing newer is shown.
    pub(super) fn fail(&mut self, reason: String) {
        self.keep(vec![reason], older(1));
    }

    /// Keeps the pages, which are older than the files, and says so.
    pub(super) fn keep(&mut self, findings: Vec<String>, warning: String) {
        (self.findings, self.warning) = (findings, Some(warning));
        self.moves = Arc::default();
    }
}

/// Where in the manuscript a page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SourcePlace {
    /// The file on this machine.
    pub path: PathBuf,
    /// Its name in the book.
    pub name: String,
    /// The line, from 1.
    pub line: usize,
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
