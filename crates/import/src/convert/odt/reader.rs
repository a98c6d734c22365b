//! The state in which an OpenDocument text is read.

use super::styles::Styles;
use crate::convert::archive::Archive;
use crate::convert::element::Element;
use crate::convert::flow::Paragraph;
use crate::convert::model::Book;
use crate::convert::remarks::Remarks;
use crate::convert::tracked::Verdicts;
use std::collections::{BTreeMap, BTreeSet};

/// Ends a paragraph within words that were deleted and come back.
pub(super) const PARAGRAPH_END: &str = "\u{2029}";

/// Reads the text, its styles and what is said about it.
pub(super) struct Reader<'p, 'b, 'z> {
    pub archive: &'p Archive<'z>,
    pub styles: &'p Styles,
    pub book: &'b mut Book,
    pub wish: &'p Verdicts,
    /// Places that links or references lead to.
    pub wanted: &'p BTreeSet<String>,
    /// What was changed, by its id: `text:insertion` or `text:deletion`.
    pub changes: &'p BTreeMap<String, Element>,
    /// Deletions that came back.
    pub restored: BTreeSet<String>,
    /// How many of them are being read, one within the other.
    pub restoring: usize,
    /// The insertion that is being left out, and its words so far.
    pub dropping: Option<String>,
    pub dropped: String,
    pub remarks: Remarks,
    /// The names of the remarks, with their places among the book's.
    pub remark_names: Vec<(String, usize)>,
    /// The paragraph before, when its end is gone and the next goes on with it.
    pub joins: Option<Paragraph>,
    /// Frames that were met, to be read after their paragraph.
    pub boxes: Vec<Element>,
    /// The largest size met, in half points.
    pub size: u32,
    /// How many lists there were, and how far each style of lists has counted.
    pub lists: usize,
    pub counted: BTreeMap<String, u64>,
    /// How many headings of each rank there were since the last of a higher one.
    pub headings: Vec<u64>,
}
