//! What a pass over the book is made of, and what it gives.

use super::memo::SetApart;
use crate::book::{Matter, SectionId};
use crate::diag::Diagnostic;
use crate::pages::{PageCompromise, Pages};
use crate::typeset::compose::{BarePages, FootNote, Gathered, Joined, PreviousPass};
use crate::typeset::fingerprint::Key;
use crate::typeset::flow_item::FlowItem;
use crate::typeset::made::ContentsPlan;
use crate::typeset::page_draft::PageDraft;
use crate::typeset::place::PlannedColumn;
use std::sync::Arc;

/// What a pass over the book made.
pub(crate) struct PassResult {
    /// The pages.
    pub pages: Pages,
    /// What the next pass should know; when this one knew it, all is well.
    pub learnt: PreviousPass,
    /// What is wrong with the book.
    pub findings: Vec<Diagnostic>,
}

/// A text whose blocks have become the items of a column.
pub(super) struct ComposedText {
    pub(super) items: Vec<FlowItem>,
    /// Which of its pages have neither head nor folio.
    pub(super) bare: BarePages,
    /// What it adds to the book besides.
    pub(super) gathered: Gathered,
}

/// A text that has its place in the book: it is decided what stands on which page.
pub(super) struct PlannedText {
    /// Its index among the sections that are laid out.
    pub(super) index: usize,
    pub(super) items: Vec<FlowItem>,
    pub(super) foot: Vec<FootNote>,
    pub(super) column: PlannedColumn,
    /// Which of its pages have neither head nor folio.
    pub(super) bare: BarePages,
    /// What its ids have become.
    pub(super) joined: Joined,
}

/// The sheets of a text.
pub(super) struct SetText {
    /// Its index among the sections that are laid out.
    pub(super) index: usize,
    pub(super) sheets: Vec<PageDraft>,
    pub(super) compromises: Vec<PageCompromise>,
    /// What is to be remembered of it.
    pub(super) memo: Option<(Key, Arc<SetApart>)>,
}

impl SetText {
    /// The sheets of a text that was set apart, with the ids that it has in the book.
    pub(super) fn new(
        index: usize,
        (mut sheets, compromises): (Vec<PageDraft>, Vec<PageCompromise>),
        joined: &Joined,
        memo: Option<(Key, Arc<SetApart>)>,
    ) -> SetText {
        sheets.iter_mut().for_each(|sheet| sheet.join(joined));
        SetText { index, sheets, compromises, memo }
    }
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
