//! What page breaking is asked, and what it answers.

use super::item::{ItemId, PageItem, ShapeId};
use super::notes::NoteRoll;
use crate::length::Abs;
use crate::pages::Compromise;
use std::ops::Range;

/// Breaks a column into pages: the best that it can ([`OptimalPages`](super::OptimalPages)),
/// or those of an older edition
/// ([`SourcePages`](crate::typeset::source_pages::SourcePages)).
pub trait PageBreaker {
    /// Breaks a column into pages. Every item, note line and float comes to stand on
    /// exactly one page.
    fn break_pages(&self, items: &[PageItem], notes: &NoteRoll, frame: &Frame) -> Layout;
}

/// What every page of the text is like.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// Height of the text block: a whole number of grid steps.
    pub depth: Abs,
    /// The grid's step.
    pub grid: Abs,
    /// What stands between text and notes at least.
    pub note_gap: Abs,
    /// Whether the first page is a recto.
    pub starts_recto: bool,
}

/// The pages that were found.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// What stands on each page.
    pub pages: Vec<PagePlan>,
    /// The sum of all costs.
    pub cost: f64,
    /// The least that any pages of these items can cost: what was given up on
    /// the way had cost as much already.
    pub bound: f64,
    /// What could not be had, each with the page's index in this layout.
    pub compromises: Vec<(usize, Compromise)>,
    /// For source pages: what all would cost if they were so many lines shallower.
    /// Else empty.
    pub costs_by_lines_removed: Vec<f64>,
}

/// What stands on a page.
#[derive(Clone, Debug, Default)]
pub struct PagePlan {
    /// Its parts from head to foot.
    pub parts: Vec<PagePart>,
    /// Its note lines.
    pub notes: Range<u32>,
    /// How deep the text goes.
    pub depth: Abs,
    /// The page of the older edition that it is, if pages are kept.
    pub source_page: Option<SourcePage>,
}

impl PagePlan {
    /// How far it goes below the text block.
    #[must_use]
    pub fn overrun(&self) -> Abs {
        self.source_page.as_ref().map_or(Abs::ZERO, |page| page.overrun)
    }

    /// What its leading is multiplied by.
    #[must_use]
    pub fn leading_factor(&self) -> f64 {
        self.source_page.as_ref().map_or(1.0, |page| page.leading_factor)
    }
}

/// A page of the older edition as it stands on a page of ours.
#[derive(Clone, Debug, PartialEq)]
pub struct SourcePage {
    /// Its number; `None` for what stands before the first that is marked.
    pub label: Option<String>,
    /// What its leading is multiplied by, to make it even with the others.
    pub leading_factor: f64,
    /// How far it goes below the text block.
    pub overrun: Abs,
}

impl SourcePage {
    /// A page that is neither leaded nor too deep.
    #[must_use]
    pub fn plain(label: Option<String>) -> SourcePage {
        SourcePage { label, leading_factor: 1.0, overrun: Abs::ZERO }
    }
}

/// A part of a page: some lines of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagePart {
    /// The item.
    pub item: ItemId,
    /// In which of its ways it is set.
    pub shape: ShapeId,
    /// Which of its lines stand here; `0..1` for a box.
    pub lines: Range<u32>,
    /// Distance of its top from the head of the text block.
    pub y: Abs,
    /// It only repeats what stands on an earlier page: a table's head.
    pub repeated: bool,
}
