//! The text as every page of it is walked: its items, its floats and its notes.

use super::item::{ItemId, PageItem, Solid};
use super::notes::NoteRoll;
use super::plan::Frame;
use super::position::Position;
use crate::length::Abs;
use crate::narrow::Nearest;

/// What all walks through a text share.
pub(in crate::typeset) struct Walker<'a> {
    pub(super) items: &'a [PageItem],
    pub(super) notes: &'a NoteRoll,
    pub(super) frame: &'a Frame,
    /// How many items before each one may float.
    pub(super) floats_before: Vec<u32>,
    /// The items that may float.
    pub(super) floats: Vec<ItemId>,
    /// From this item on, nothing may stand at the head of a page.
    pub(super) text_end: ItemId,
    /// The last item that does not float.
    last_fixed: ItemId,
    /// Boxes may wait as long as they must, over the end of the text as well.
    pub(super) may_wait: bool,
}

impl<'a> Walker<'a> {
    pub(super) fn new(items: &'a [PageItem], notes: &'a NoteRoll, frame: &'a Frame) -> Walker<'a> {
        let may_float = |item: &PageItem| matches!(item, PageItem::Solid(Solid { floats: true, .. }));
        // One pass over the column, whatever is asked of it later: how many floats come before an item
        // is a look into a table, and to walk a page takes time by what stands on the page alone.
        let mut floats = Vec::new();
        let mut floats_before = Vec::with_capacity(items.len() + 1);
        for (id, item) in (0..).map(ItemId).zip(items) {
            floats_before.push(u32::nearest(floats.len()));
            if may_float(item) {
                floats.push(id);
            }
        }
        floats_before.push(u32::nearest(floats.len()));
        let stands = |item: &PageItem| matches!(item, PageItem::Lines(_) | PageItem::Solid(_));
        let text_end = items.iter().rposition(stands).map_or(ItemId(0), |last| ItemId::new(last).next());
        let is_fixed = |item: &PageItem| !item.vanishes() && !may_float(item);
        let last_fixed = items.iter().rposition(is_fixed).map_or(ItemId(0), ItemId::new);
        Walker { items, notes, frame, floats_before, floats, text_end, last_fixed, may_wait: false }
    }

    /// The same where boxes may wait as long as they must: there is always a way to set the text then.
    pub(super) fn patient(self) -> Walker<'a> {
        Walker { may_wait: true, ..self }
    }

    /// Where the text ends.
    pub(super) fn end(&self) -> ItemId {
        ItemId::new(self.items.len())
    }

    /// The items from `first` on.
    pub(super) fn items_from(&self, first: ItemId) -> impl Iterator<Item = ItemId> + use<> {
        (first.0..self.end().0).map(ItemId)
    }

    /// Whether a box waits to float at the end of the text that has words after
    /// its place: they would stand before it. A spread may stand behind them, since its place is
    /// where the next verso is, and so may a plate: to come before them, it would take a whole page
    /// between the last lines and those above them.
    pub(super) fn floats_over_end(&self, position: &Position) -> bool {
        !self.may_wait
            && position.item == self.end()
            && self.floats.get(position.floats as usize).is_some_and(|float| *float < self.last_fixed)
            && !self.begins_spread(position.floats)
            && self.float_height(position.floats) < self.frame.depth
            && !position.floats.checked_sub(1).is_some_and(|before| self.begins_spread(before))
    }

    /// Whether a float wants a verso.
    fn begins_spread(&self, float: u32) -> bool {
        let item = self.floats.get(float as usize).map(|item| &self.items[item.index()]);
        matches!(item, Some(PageItem::Solid(Solid { begins_spread: true, .. })))
    }

    /// Whether what waits at the head of a page can only stand on the next one.
    pub(super) fn waits_for_verso(&self, position: &Position, recto: bool) -> bool {
        recto && !self.waiting(position).is_empty() && self.begins_spread(position.floats)
    }

    /// Whether everything is set when a page ends there.
    pub(super) fn is_end(&self, position: &Position) -> bool {
        position.item == self.end()
            && position.notes >= position.notes_due
            && position.floats as usize == self.floats.len()
    }

    /// The floats that wait at a position.
    pub(super) fn waiting(&self, position: &Position) -> std::ops::Range<u32> {
        position.floats..self.floats_before[position.item.index()].max(position.floats)
    }

    pub(super) fn float_height(&self, float: u32) -> Abs {
        match &self.items[self.floats[float as usize].index()] {
            PageItem::Solid(solid) => (solid.height + solid.pad).min(self.frame.depth),
            _ => Abs::ZERO,
        }
    }

    /// The space above a box at some depth of a page.
    pub(in crate::typeset) fn above(solid: &Solid, depth: Abs) -> Abs {
        if depth == Abs::ZERO { Abs::ZERO } else { solid.pad }
    }

    /// How many floats stand at the head of a page, and how deep they go.
    pub(super) fn floats_at_head(&self, position: &Position, recto: bool) -> (u32, Abs) {
        let mut depth = Abs::ZERO;
        let mut placed = position.floats;
        for float in self.waiting(position) {
            // Those behind it wait with it, since boxes stand in their order.
            if recto && self.begins_spread(float) {
                break;
            }
            let height = self.float_height(float);
            // The first box always stands, though it be higher than the page, or the floats would
            // never come to an end; its height counts as the page's.
            if depth + height > self.frame.depth && depth > Abs::ZERO {
                break;
            }
            depth += height;
            placed += 1;
        }
        (placed, depth)
    }

    /// The first item at or after `item` that may stand at the head of a page.
    pub(super) fn skip_space(&self, item: ItemId) -> ItemId {
        if item >= self.text_end {
            return self.end();
        }
        let space = self.items[item.index()..].iter().take_while(|item| item.vanishes()).count();
        ItemId::new(item.index() + space)
    }

    /// Whether the author ends the page at an item, or behind the white that it is.
    pub(super) fn is_page_end(&self, item: ItemId, line: u32) -> bool {
        let mut white = self.items[item.index()..].iter().take_while(|item| item.vanishes());
        line == 0 && white.any(|item| matches!(item, PageItem::PageEnd))
    }

    /// Whether a text ends at an item, or behind the white that it is, and another runs on.
    pub(super) fn is_text_end(&self, item: ItemId, line: u32) -> bool {
        let items = self.items.get(item.index()..).unwrap_or_default();
        let mut white = items.iter().take_while(|item| item.vanishes());
        line == 0 && white.any(|item| matches!(item, PageItem::TextEnd))
    }

    /// The grid's step.
    pub(super) fn step(&self) -> i64 {
        self.frame.grid.to_raw().max(1)
    }

    /// Rounding of leadings to 1/65536 pt must not cost a line.
    pub(super) fn hair(&self) -> Abs {
        Abs::raw(self.step() / 1000)
    }

    /// A depth, moved down to the grid.
    pub(super) fn snap(&self, depth: Abs) -> Abs {
        // Rounded up, for a column that returns to the grid never goes back over what is set: 14.3
        // lines become 15. `div_euclid` rounds towards less for negative numbers too.
        let step = self.step();
        Abs::raw((depth.to_raw() + step - 1).div_euclid(step) * step)
    }
}
