//! What the texts of a book were set to, so that an edit costs what it touches.
//!
//! A text is set apart from the others (see [`super::row`]), so what it was set to holds
//! as long as all that it was set from is the same. All of that goes into its [`Key`]: the
//! text itself with its places in the manuscript, the notes that it calls first, and what
//! every text is set from, its surroundings: style, metadata, the titles of places, the
//! sizes of pictures, the streams of notes, and what the pass before learnt. A change of
//! any of these sets the text anew; what is found under a key is never stale.
//!
//! Two things are not in the key, since they are known only when the text has its turn:
//! on which side it begins, and which ranks its headings may have. They are kept with what
//! was set, and a text that has another side or ranks now is set anew as well.

use crate::book::{Lang, Note, NoteId, Section, SectionId};
use crate::font::{FontData, Library};
use crate::pages::{Cost, PageCompromise};
use crate::style::Style;
use crate::typeset::compose::{BookContext, Gathered};
use crate::typeset::fingerprint::{Key, Twice};
use crate::typeset::page_draft::PageDraft;
use crate::typeset::shaper::{ShaperMemory, ShaperPool};
use crate::typeset::ways::KnownWays;
use std::collections::BTreeMap;
use std::hash::Hash;
use std::sync::Arc;

/// The texts of books that were set before.
///
/// It holds what the last two books were set to, which are mostly two states of one: the
/// older is needed when an edit is undone. More it does not grow.
#[derive(Default)]
pub struct Memo {
    texts: BTreeMap<Key, (Arc<SetApart>, u64)>,
    /// How many books were set.
    generation: u64,
    /// The fonts that they were set in: others make all of it void.
    fonts: Vec<(FontData, u32)>,
    /// What shapers knew of their words, and for which style and language.
    pool: (Key, ShaperPool),
}

/// For so many books a text is kept that none of them has.
const GENERATIONS: u64 = 2;

/// A text as it was set, its ids its own.
pub(super) struct SetApart {
    /// Whether its first page is a recto.
    pub(super) recto: bool,
    pub(super) gathered: Gathered,
    /// What page breaking paid.
    pub(super) cost: Cost,
    pub(super) sheets: Vec<PageDraft>,
    pub(super) compromises: Vec<PageCompromise>,
}

impl Memo {
    /// How many texts it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// A book is about to be set in these fonts.
    pub(in crate::typeset) fn begin(&mut self, fonts: &Library, style: &Style, language: &Lang) {
        let now = fonts.iter().map(|(_, face)| (face.data.clone(), face.index));
        let now: Vec<(FontData, u32)> = now.collect();
        // The same data in memory, or the same bytes: fonts that were read anew after an edit are the
        // same fonts. Others change every width, so that nothing that was set is of use.
        let same = |(one, other): (&(FontData, u32), &(FontData, u32))| {
            one.1 == other.1 && (Arc::ptr_eq(&one.0, &other.0) || (*one.0).as_ref() == (*other.0).as_ref())
        };
        if now.len() != self.fonts.len() || !now.iter().zip(&self.fonts).all(same) {
            self.texts.clear();
            self.pool = Default::default();
        }
        self.fonts = now;
        let mut twice = Twice::default();
        twice.write_in_full(&(style, language));
        if self.pool.0 != twice.key() {
            self.pool = (twice.key(), ShaperPool::default());
        }
        self.generation += 1;
    }

    /// What shapers may know of it: its words, and the ways in which its paragraphs were broken.
    pub(super) fn for_shapers(&self, style: &Style) -> ShaperMemory<'_> {
        let ways = self.texts.values().flat_map(|(text, _)| text.gathered.ways());
        ShaperMemory { pool: &self.pool.1, ways: KnownWays::new(style, ways) }
    }

    /// The book was set: what has not been needed for long goes.
    pub(in crate::typeset) fn end(&mut self) {
        let now = self.generation;
        // A text that the last two books did not have is forgotten, so what is held is bounded by two
        // books, however long somebody writes.
        self.texts.retain(|_, (_, used)| *used + GENERATIONS > now);
    }

    /// Keeps a text, or keeps it longer.
    pub(super) fn keep(&mut self, key: Key, text: Arc<SetApart>) {
        self.texts.insert(key, (text, self.generation));
    }
}

/// What is known of the texts of a book before it is set.
pub(super) struct Recall<'m> {
    memo: &'m Memo,
    surroundings: Key,
    /// The notes by the section that calls them first.
    notes: BTreeMap<SectionId, Vec<(NoteId, &'m Note)>>,
}

impl<'m> Recall<'m> {
    /// What is known of the texts of that book.
    pub(super) fn new(memo: &'m Memo, cx: &'m BookContext<'m>) -> Recall<'m> {
        let mut notes: BTreeMap<SectionId, Vec<(NoteId, &Note)>> = BTreeMap::new();
        for (id, note) in cx.book.notes.iter() {
            // By the section that calls a note first: with it the note's lines are set, so an edit of
            // a note is one of that section.
            notes.entry(note.section).or_default().push((id, note));
        }
        Recall { memo, surroundings: surroundings(cx), notes }
    }

    /// The key of a text.
    pub(super) fn key(&self, id: SectionId, section: &Section) -> Key {
        let mut twice = Twice::default();
        // All that a text is set from goes into its key: what all texts share, which section it is,
        // what stands in it, and its notes. What is left out would be an edit that is not seen.
        (self.surroundings, id).hash(&mut twice);
        section.hash(&mut twice);
        self.notes.get(&id).hash(&mut twice);
        twice.key()
    }

    /// What was set from the same.
    pub(super) fn find(&self, key: Key) -> Option<Arc<SetApart>> {
        self.memo.texts.get(&key).map(|(text, _)| text.clone())
    }
}

/// What every text of a book is set from.
fn surroundings(cx: &BookContext<'_>) -> Key {
    let mut twice = Twice::default();
    let book = cx.book;
    twice.write_in_full(&(cx.style, &book.meta, cx.previous));
    // Titles that a text may refer to stand in other texts, so all of them are among the surroundings:
    // to rename a chapter sets the book anew, and to write in it does not.
    for (_, anchor) in book.anchors.iter() {
        (&anchor.slug, &anchor.title, anchor.section).hash(&mut twice);
    }
    for image in &book.images {
        (&image.path, image.format, image.width, image.height).hash(&mut twice);
    }
    for (_, note) in book.notes.iter() {
        note.stream.hash(&mut twice);
    }
    twice.key()
}
