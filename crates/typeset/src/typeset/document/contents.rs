//! The contents lists of the book: set with a guess, then with the true numbers.

use super::layout::DocumentLayout;
use super::parts::PlacedList;
use crate::book::Matter;
use crate::pages::{NodeId, Pages};
use crate::typeset::compose::{BarePages, LinkEnd, PreviousLists, SectionContext};
use crate::typeset::made::set_contents;
use crate::typeset::page_draft::PageDraft;
use crate::typeset::place::PlannedColumn;

impl DocumentLayout<'_> {
    /// Adds a contents list, its page numbers those of the pass before or a guess.
    pub(super) fn contents(&mut self, context: SectionContext, matter: Matter, node: NodeId) {
        let Some(id) = context.id else { return };
        self.composer.begin(context);
        let plan = self.composer.contents(id, node, self.has_book_notes());
        let lists = &self.cx.previous.lists;
        let guess = |aim: &LinkEnd| Some(lists.labels.get(aim).map_or("000", String::as_str).to_owned());
        // `000` is as wide as most numbers are, so that the first pass already breaks the entries as
        // the last one will. A list that has been longer in an earlier pass keeps its pages, empty if
        // need be.
        let least = lists.least.get(self.lists.len()).copied().unwrap_or(0);
        let items = set_contents(&mut self.composer, &plan, &guess);
        let (mut sheets, compromises) = self.break_pages(&items, BarePages::None, self.grid());
        let pages = sheets.len().max(least);
        sheets.resize_with(pages, PageDraft::blank);
        self.push(Some(id), matter, (sheets, compromises));
        self.lists.push(PlacedList { plan, index: self.sections.len() - 1 });
    }

    /// Sets the contents lists again, now that the pages are numbered.
    ///
    /// The lists of this pass were set with the numbers of the one before, or with
    /// a guess. When the true numbers make a list longer or shorter by a page, all
    /// pages behind it move, so the book is set once more with these numbers: a fix
    /// point. Longer lists move pages, moved pages may shorten a list: where two
    /// passes have not settled that, each list keeps the most pages that it ever
    /// took, and a page that it does not need stays empty. What a list takes at
    /// least only grows from then on, and is bounded by its entries, so this ends.
    pub(super) fn set_contents_again(&mut self, labels: &[String]) -> PreviousLists {
        let mut lists = self.cx.previous.lists.clone();
        let places = self.places();
        let label = |aim: &LinkEnd| places.get(aim).map(|place| labels[place.page as usize].clone());
        let mut settled = true;
        for (number, PlacedList { plan, index }) in std::mem::take(&mut self.lists).into_iter().enumerate() {
            let items = set_contents(&mut self.composer, &plan, &label);
            let recto = Pages::is_recto(self.sections[index].first);
            let grid = self.grid();
            let column = PlannedColumn::new(self.cx, &items, &[], recto, grid);
            let column = column.set(self.cx, &mut self.composer.shaper, &items, &[]);
            let (had, wants) = (self.sections[index].sheets.len(), column.sheets.len());
            let reserved = lists.least.get(number).copied().unwrap_or(0);
            // Not settled: pages behind the list would move. A list that is only set with other
            // numbers in the same number of pages moves nothing, and what it says is true.
            if wants > had || (wants < had && had > reserved) {
                settled = false;
                lists.least.resize(lists.least.len().max(number + 1), 0);
                if lists.tries > 1 {
                    lists.least[number] = reserved.max(wants).max(had);
                }
            }
            let mut set = column.sheets.into_iter();
            for old in &mut self.sections[index].sheets {
                let (opening, bare) = (old.opening, old.bare);
                *old = set.next().map_or_else(PageDraft::blank, |new| PageDraft { opening, bare, ..new });
            }
        }
        if !settled {
            lists.tries += 1;
            let all = places.iter().map(|(aim, place)| (aim.clone(), labels[place.page as usize].clone()));
            lists.labels = all.collect();
        }
        lists
    }
}
