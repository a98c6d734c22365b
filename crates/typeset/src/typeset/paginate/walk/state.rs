//! One walk down the column, as far as it has come.

use super::ends::{BackPointer, Ends};
use crate::length::Abs;
use crate::typeset::paginate::item::{ItemId, ShapeId};
use crate::typeset::paginate::position::{Position, Step};
use crate::typeset::paginate::walker::Walker;

/// Depths kept during a walk; paragraphs of one page rarely offer more.
const CELLS: usize = 16;

/// A depth that the page so far may have.
#[derive(Clone, Copy)]
pub(super) struct Cell {
    pub depth: Abs,
    /// Boxes that may float which stand on this page or before it.
    pub floats: u32,
    /// Of the page so far.
    pub cost: f64,
    pub chosen: Option<BackPointer>,
}

/// How many lines a page may lack and still be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MostShort {
    Lines(u32),
    Any,
}

/// One walk down the column.
pub(super) struct Walk<'w, 'a> {
    pub walker: &'w Walker<'a>,
    pub from: &'w Step,
    pub recto: bool,
    pub most_short: MostShort,
    /// What a page that lacks too many lines leaves empty at least.
    too_much: Abs,
    pub cells: Vec<Cell>,
    /// The end of the notes called so far.
    pub notes_due: u32,
    pub found: Ends,
}

impl<'w, 'a> Walk<'w, 'a> {
    pub(super) fn new(walker: &'w Walker<'a>, from: &'w Step, recto: bool, most_short: MostShort) -> Self {
        let too_much = match most_short {
            MostShort::Lines(lines) => Abs::raw(walker.step() * (i64::from(lines) + 1)) - walker.hair(),
            // No page leaves so much empty: the test is always false, and the loop needs no case for
            // it.
            MostShort::Any => Abs::raw(i64::MAX),
        };
        Walk {
            walker,
            from,
            recto,
            most_short,
            too_much,
            cells: vec![head(walker, &from.position, recto)],
            notes_due: from.position.notes_due,
            found: Ends::default(),
        }
    }

    /// A page that leaves so much empty, or more, is not looked at.
    pub(super) fn too_much(&self) -> Abs {
        self.too_much
    }

    /// Whether a page that leaves so much empty is not looked at.
    pub(super) fn is_too_short(&self, empty: Abs) -> bool {
        empty >= self.too_much
    }

    /// Passes every cell on; those that grow out of them take their places.
    pub(super) fn each_cell(&mut self, mut pass: impl FnMut(&mut Self, Cell)) {
        // The new cells are put behind the old ones in the same list, which are then taken away: no
        // list is made anew for each of the twenty items of a page and thousands of pages that are
        // thought of.
        let old = self.cells.len();
        for at in 0..old {
            pass(self, self.cells[at]);
        }
        self.cells.drain(..old);
    }

    /// Adds the cell that `cell` becomes below an item, if it still fits the page.
    pub(super) fn grow(&mut self, cell: &Cell, item: ItemId, shape: ShapeId, height: Abs, cost: f64) {
        let depth = cell.depth + height;
        if depth <= self.walker.frame.depth {
            let chosen = self.choose(cell, item, shape);
            self.cells.push(Cell { depth, floats: cell.floats, cost: cell.cost + cost, chosen });
        }
    }

    /// The choices of a cell and the way in which an item is set below it.
    pub(super) fn choose(&mut self, cell: &Cell, item: ItemId, shape: ShapeId) -> Option<BackPointer> {
        // Most items of most pages are set in their natural way, so only the others are written down.
        // That keeps the lists of choices short, and cells that differ in nothing else equal.
        if shape == ShapeId::NATURAL {
            return cell.chosen;
        }
        Some(self.found.follow(cell.chosen, item, shape))
    }

    /// Keeps the cheapest cell of each depth and number of floats, and not too many.
    ///
    /// Sound, since what follows on the page depends on depth and floats alone. What
    /// is dropped beyond [`CELLS`] is remembered in the bound.
    pub(super) fn tidy(&mut self) {
        if self.cells.len() < 2 {
            return;
        }
        self.cells
            // Cells of equal depth come to stand side by side, the cheapest first, and of those that
            // are alike only the first is kept. Depths are whole numbers, so that equal ones are equal
            // to the bit: a paragraph a line longer and one a line shorter give the depth of two
            // natural ones.
            .sort_by(|a, b| (a.depth, a.floats).cmp(&(b.depth, b.floats)).then(a.cost.total_cmp(&b.cost)));
        self.cells.dedup_by_key(|cell| (cell.depth, cell.floats));
        // Of too many the cheapest are kept. For example, five paragraphs with three shapes each reach
        // eleven depths at most, from five lines fewer to five more, so that sixteen are seldom too
        // few; a page of twenty short paragraphs reaches forty-one, and its dearest ways are those far
        // from natural.
        if self.cells.len() > CELLS {
            self.cells.sort_by(|a, b| a.cost.total_cmp(&b.cost).then(a.depth.cmp(&b.depth)));
            self.found.give_up(self.from.cost + self.cells[CELLS].cost);
            self.cells.truncate(CELLS);
        }
    }
}

/// What stands at the head of a page before its text: the floats that wait.
pub(super) fn head(walker: &Walker<'_>, position: &Position, recto: bool) -> Cell {
    let (floats, depth) = walker.floats_at_head(position, recto);
    Cell { depth, floats, cost: 0.0, chosen: None }
}
