//! The sections of a book, set side by side.
//!
//! To compose a text, that is to shape its words and to break its paragraphs, takes most
//! of the time, and hardly depends on the texts before it. On which side its first page
//! stands does, and which ids its notes and links have: so texts are composed apart, take
//! their turn to be broken into pages and joined to the book, and are set on those pages
//! apart again. What comes of it is the same for any number of threads, and for a text
//! that is remembered the same as for one that is set.

use super::layout::{DocumentLayout, mark_first};
use super::memo::{Recall, SetApart};
use super::parts::{ComposedText, PlannedText, SetText};
use crate::book::{Content, Section, SectionId};
use crate::jobs::Relay;
use crate::narrow::Nearest;
use crate::pages::Tree;
use crate::style::Opening;
use crate::typeset::compose::{BookContext, Composer, Joined, SectionContext, SectionKind};
use crate::typeset::fingerprint::Key;
use crate::typeset::shaper::Shaper;
use std::sync::Arc;

/// The sections of a book in a row.
pub(super) struct Row<'a, 'm> {
    pub(super) cx: &'a BookContext<'a>,
    /// The same for each section: it says which faces that one is set in.
    pub(super) contexts: &'a [BookContext<'a>],
    /// A shaper for each thread: what one has shaped it knows for all its texts.
    pub(super) shaper: &'a (dyn Fn() -> Shaper<'a> + Sync),
    /// The texts that were set before.
    pub(super) recall: Option<Recall<'m>>,
}

/// A section before it has its turn.
pub(super) enum Prepared {
    /// It is composed in its turn: the tool makes its words of what it knows by then, or it
    /// may run on below the text before it.
    InTurn,
    /// A text, with its key when it is to be remembered.
    Composed(Box<ComposedText>, Option<Key>),
    /// A text that was set before.
    Known(Arc<SetApart>, Key),
}

/// A text that has its place in the book.
pub(super) enum Placed {
    /// It is decided what stands on its pages.
    Planned(Box<PlannedText>, Option<Box<Remembered>>),
    /// It was set before: its index among the sections, and what its ids have become.
    Known(usize, Joined, Arc<SetApart>, Key),
}

/// A text that is to be remembered, but for its sheets.
pub(super) struct Remembered {
    key: Key,
    text: SetApart,
}

impl<'a> Row<'a, '_> {
    fn section(&self, index: usize) -> (SectionId, &'a Section) {
        (SectionId(u32::nearest(index)), &self.cx.book.sections[index])
    }

    /// Composes a text as if it were the first.
    fn compose_apart(&self, composer: &mut Composer<'a>, index: usize) -> ComposedText {
        composer.set_apart(&self.contexts[index]);
        compose(composer, self.section(index))
    }

    /// Gives a text that is composed its place.
    fn place(
        &self,
        composer: &mut Composer<'a>,
        document: &mut DocumentLayout<'a>,
        (index, mut composed, key): (usize, ComposedText, Option<Key>),
    ) -> Placed {
        let (id, section) = self.section(index);
        // Composed apart a text assumes that nothing before it matters. Where that proves wrong,
        // because its headings or notes go on from the text before it, it is composed once more in its
        // place, and what came of it is not remembered, for it holds only there.
        let mut key = key;
        if !document.composer.would_gather(&composed.gathered) {
            composer.set_behind(&mut document.composer);
            composed = compose(composer, (id, section));
            // what it is now depends on the text before it
            key = None;
        }
        let remembered = key.map(|key| {
            Box::new(Remembered {
                key,
                text: SetApart {
                    recto: document.opens_on_recto(section),
                    gathered: composed.gathered.without_foot(),
                    cost: Default::default(),
                    sheets: Vec::new(),
                    compromises: Vec::new(),
                },
            })
        });
        let node = document.section_node(section);
        Placed::Planned(Box::new(document.text((id, section), composed, node)), remembered)
    }
}

impl<'a> Relay for Row<'a, '_> {
    type Workspace = Composer<'a>;
    type Baton = DocumentLayout<'a>;
    type Prepared = Prepared;
    type Placed = Option<Placed>;
    type Made = Option<SetText>;

    fn workspace(&self) -> Composer<'a> {
        Composer::new(self.cx, (self.shaper)())
    }

    fn prepare(&self, composer: &mut Composer<'a>, index: usize) -> Prepared {
        let (id, section) = self.section(index);
        // A text that may begin below the one before it cannot be broken into pages before that one
        // is.
        let runs_on = self.cx.style.page.opening == Opening::RunOn;
        if runs_on || matches!(section.content, Content::Made(_)) {
            return Prepared::InTurn;
        }
        let key = self.recall.as_ref().map(|recall| recall.key(id, section));
        let known = |key: Key| self.recall.as_ref()?.find(key).map(|text| Prepared::Known(text, key));
        key.and_then(known)
            .unwrap_or_else(|| Prepared::Composed(Box::new(self.compose_apart(composer, index)), key))
    }

    fn take_turn(
        &self,
        composer: &mut Composer<'a>,
        document: &mut DocumentLayout<'a>,
        index: usize,
        prepared: Prepared,
    ) -> Option<Placed> {
        let (id, section) = self.section(index);
        match prepared {
            Prepared::InTurn => {
                document.section(id, section);
                None
            }
            Prepared::Composed(text, key) => Some(self.place(composer, document, (index, *text, key))),
            // Known, and it would be set in the same way here: on the same side of the leaf, behind
            // headings of the same ranks. Its sheets are taken as they are.
            Prepared::Known(text, key) if document.would_set(section, &text) => {
                let (place, joined) = document.known_text((id, section), &text);
                Some(Placed::Known(place, joined, text, key))
            }
            Prepared::Known(_, key) => {
                let text = self.compose_apart(composer, index);
                Some(self.place(composer, document, (index, text, Some(key))))
            }
        }
    }

    fn finish(&self, composer: &mut Composer<'a>, placed: Option<Placed>) -> Option<SetText> {
        match placed? {
            Placed::Planned(planned, remembered) => {
                let PlannedText { index, items, foot, column, bare, joined } = *planned;
                // The lines are made here, when the text has its place and all behind it can go on:
                // this is most of the work, and each thread does it for its own texts.
                let cost = column.cost();
                let mut column = column.set(self.cx, &mut composer.shaper, &items, &foot);
                mark_first(&mut column.sheets, bare);
                let memo = remembered.map(|remembered| {
                    let Remembered { key, text } = *remembered;
                    let (sheets, compromises) = (column.sheets.clone(), column.compromises.clone());
                    (key, Arc::new(SetApart { cost, sheets, compromises, ..text }))
                });
                Some(SetText::new(index, (column.sheets, column.compromises), &joined, memo))
            }
            Placed::Known(index, joined, text, key) => {
                let sheets = (text.sheets.clone(), text.compromises.clone());
                Some(SetText::new(index, sheets, &joined, Some((key, text))))
            }
        }
    }
}

/// Composes a text apart from the others.
fn compose<'a>(composer: &mut Composer<'a>, (id, section): (SectionId, &'a Section)) -> ComposedText {
    let blocks = section.body().map_or(&[][..], |body| &body.blocks);
    let kind = SectionKind::of(section, composer.cx.is_long(blocks));
    let mut flow =
        composer.begin(SectionContext { id: Some(id), depth: section.depth, kind, runs_on: false });
    if let Some(body) = section.body() {
        flow.whole_text(body, Tree::ROOT);
    }
    let items = flow.finish();
    ComposedText { items, bare: kind.bare_pages(), gathered: composer.take_gathered() }
}
