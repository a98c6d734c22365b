//! What comes of a book: its pages, its outputs, and everything that was found.

use crate::book::Book;
use crate::diag::Diagnostic;
use crate::pages::Pages;
use crate::project::{Format, Output, Project};
use crate::verify::Account;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// An output that was made.
pub(super) struct Made {
    /// The file.
    pub output: Output,
    /// How many pages it has, when it has pages.
    pub pages: Option<usize>,
    /// Which standards it says it keeps.
    pub standards: Vec<String>,
    /// For an EPUB, what it was found to hold of the book.
    pub account: Option<Account>,
    /// For a wrap, what it was made for.
    pub wrap: Option<serde_json::Value>,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// A book that was read, understood and set.
pub(super) struct Proof {
    /// The semantic tree.
    pub book: Arc<Book>,
    /// Its pages.
    pub pages: Arc<Pages>,
    /// What stands on them of the book, when it was set.
    pub account: Option<Account>,
    /// What was found as it was parsed, when it is still to be compared with its manuscript.
    pub uncompared: Option<Vec<Diagnostic>>,
}

/// What came of a book.
pub(super) struct Production {
    /// What was read.
    pub project: Project,
    /// The book and its pages.
    pub proof: Proof,
    /// Everything that was found, as the user weighs it.
    pub findings: Vec<Diagnostic>,
    /// The outputs; none when the book itself has errors.
    pub made: Vec<Made>,
    /// The book itself has errors, so that no edition was made.
    pub blocked: bool,
    /// The editions that were asked for and are refused, each with the codes
    /// of the errors that refuse it.
    pub refused: BTreeMap<Format, Vec<&'static str>>,
    /// Where outputs go.
    pub out: PathBuf,
    /// How long each stage took, in seconds.
    pub stages: Vec<(&'static str, f64)>,
}
