//! What a pass over the book is made of, and what it gives.

use crate::book::{Matter, SectionId};
use crate::diag::Diagnostic;
use crate::pages::{PageCompromise, Pages};
use crate::typeset::compose::PreviousPass;
use crate::typeset::made::ContentsPlan;
use crate::typeset::page_draft::PageDraft;

/// What a pass over the book made.
pub(crate) struct PassResult {
    /// The pages.
    pub pages: Pages,
    /// What the next pass should know; when this one knew it, all is well.
    pub learnt: PreviousPass,
    /// What is wrong with the book.
    pub findings: Vec<Diagnostic>,
}

/// The sheets of a section.
pub(super) struct SectionPages {
    /// Which; `None` for an empty page between two, and for notes without a place.
    pub(super) section: Option<SectionId>,
    /// Texts that run on in its pages.
    pub(super) with: Vec<SectionId>,
    pub(super) matter: Matter,
    pub(super) sheets: Vec<PageDraft>,
    pub(super) compromises: Vec<PageCompromise>,
    /// Index of its first page.
    pub(super) first: usize,
}

/// A contents list that has its place in the book.
pub(super) struct PlacedList {
    pub(super) plan: ContentsPlan,
    /// Its index among the sections that are laid out.
    pub(super) index: usize,
}
