//! One page: every way that it may end, having begun at a given place.
//!
//! The walk goes down the column once. It keeps, as cells, every depth that the
//! items so far may reach by their different shapes, each with its least cost,
//! and tries to end the page after each line. So a page of twenty paragraphs with
//! three shapes each is not 3²⁰ pages but twenty times sixteen cells: paragraphs are
//! a line longer or shorter, and depths that are equal are one cell.
//!
//! The walk stops when every cell is deeper than the page.

pub(super) mod ends;
mod foot;
mod pass;
mod state;

use super::cost;
use super::item::{ItemId, PageItem};
use super::position::{Position, Step};
use super::walker::Walker;
use crate::length::Abs;
use crate::pages::Compromise;
use ends::{Candidate, Ends};
use foot::PageEnd;
use state::{Cell, MostShort, Walk, head};

/// How many lines a page may lack: at first, when that finds nothing good, and
/// when it finds nothing at all.
const MOST_SHORT: [MostShort; 3] = [MostShort::Lines(3), MostShort::Lines(12), MostShort::Any];

impl Walker<'_> {
    /// Every way that a page may end which begins at `from`. Pages that lack
    /// many lines are looked at only when there are no good others.
    ///
    /// That is what makes the walk quick: of a page of 36 lines, 33 cannot be its
    /// end, and no break there is weighed. It gives something up only where a page
    /// that is four lines short would begin a cheaper chain than all that are sound;
    /// such a page costs at least [`cost::short`] of one line more than was looked at,
    /// and that is what the bound remembers.
    pub(super) fn pages_from(&self, from: &Step, recto: bool) -> Ends {
        let mut found = Ends::default();
        // Three looks at the same page, each wider than the one before, of which nearly always the
        // first is enough. A page of 36 lines has about 36 places to end; within three lines of the
        // foot there are four. The second look is for what cannot be divided, such as a heading with a
        // table behind it, and the third finds something on any page.
        for most_short in MOST_SHORT {
            let mut walk = Walk::new(self, from, recto, most_short);
            walk.run();
            found = walk.found;
            // A sound end parts nothing that should hold together: it costs less than an orphan. An
            // unsound one is no reason to stop looking, for a page that is five lines short may be
            // better than a widow.
            let sound = |end: &Candidate| end.cost - from.cost < cost::ORPHAN;
            if let MostShort::Lines(lines) = most_short
                && found.ends.iter().any(sound)
            {
                found.give_up(from.cost + cost::short(lines + 1));
                break;
            }
        }
        found
    }
}

impl Walk<'_, '_> {
    fn run(&mut self) {
        let start = self.from.position;
        let nothing_left = start.item == self.walker.end();
        // Floats that waited stand at the head before any text. They may be all that the page holds,
        // as when three plates come after one another: then it may end at once.
        let only_floats = self.cells[0].floats > start.floats;
        if nothing_left || only_floats {
            self.end_before_text();
        }
        for item in self.walker.items_from(start.item) {
            self.pass(item, item == start.item);
            // No cell is left when every way is deeper than the page; what comes behind cannot stand
            // on it. So a walk looks at the items of one page and one more, however long the text is.
            if self.cells.is_empty() {
                break;
            }
        }
        // Nothing ends the page in any way, so the first thing on it is higher than the page itself,
        // or a note is. Rather than fail, the walk takes one thing and says so: a book with one such
        // table still has all its other pages.
        if self.most_short == MostShort::Any && self.found.ends.is_empty() && !nothing_left {
            self.end_before_text();
            if self.found.ends.is_empty() {
                self.force(start.item);
            }
        }
    }

    /// A page of nothing but floats and notes; or of nothing, before a spread that ends a text.
    fn end_before_text(&mut self) {
        let start = self.from.position;
        let cell = head(self.walker, &start, self.recto);
        let Position { item, shape, line, notes_due, .. } = start;
        let blank = item == self.walker.end() && self.walker.waits_for_verso(&start, self.recto);
        let progress = cell.floats > start.floats || notes_due > start.notes || blank;
        if progress {
            self.end(&cell, cell.depth, PageEnd { item, shape, line, notes_due, parts: None });
        }
    }

    /// Nothing fits: the first item is set all the same, and named. So every text
    /// has its pages, whatever it holds; each forced page takes one item or line on,
    /// so the search ends.
    fn force(&mut self, item: ItemId) {
        let walker = self.walker;
        let from = self.from.position;
        let (to, notes_due) = match &walker.items[item.index()] {
            PageItem::Lines(lines) if lines.shapes[from.shape.index()].lines > from.line + 1 => {
                (Position { item, line: from.line + 1, ..from }, from.notes_due)
            }
            PageItem::Solid(solid) => (Position { item: item.next(), ..from }, solid.notes_due.unwrap_or(0)),
            _ => (Position { item: item.next(), line: 0, shape: Default::default(), ..from }, from.notes_due),
        };
        // A box that may float and is forced counts as placed here, or it would wait for ever.
        let (floats, _) = walker.floats_at_head(&from, self.recto);
        let own = u32::from(walker.floats.get(floats as usize) == Some(&item));
        let line = if to.item == item { to.line } else { 0 };
        let next = if line == 0 { walker.skip_space(to.item) } else { item };
        let notes_due = notes_due.max(self.notes_due);
        let position = Position { item: next, line, notes_due, floats: floats + own, ..to };
        let cell = Cell { depth: Abs::ZERO, floats, cost: 0.0, chosen: None };
        self.keep(&cell, position, 0, [Some(Compromise::OverfullPage), None, None, None, None]);
    }
}
