//! Takes one item after another into the page, and tries to end it after each line.

use super::foot::PageEnd;
use super::state::{Cell, Walk};
use crate::length::Abs;
use crate::pages::Compromise;
use crate::typeset::paginate::cost;
use crate::typeset::paginate::item::{Divided, ItemId, Lines, PageItem, Shape, ShapeId, Solid, SpaceHeight};
use crate::typeset::paginate::walker::Walker;

/// How many boxes may wait for a later page. Boxes that wait take no depth, so that a page
/// among nothing but boxes would look at all that follow, and a book of them would take
/// time by their square. A page may always end before the one too many: after words, or
/// after a box that stands. (TeX stops at 18, The TeXbook, chapter 15; each costs
/// [`cost::FLOAT`], so that no book with words between its boxes comes near.)
const MOST_WAITING: u32 = 64;

impl Walk<'_, '_> {
    /// Takes one item in; `first` when the page begins with it.
    pub(super) fn pass(&mut self, item: ItemId, first: bool) {
        let walker = self.walker;
        match &walker.items[item.index()] {
            PageItem::Lines(lines) => self.pass_lines(item, lines, first),
            PageItem::Space { heights, .. } => self.pass_space(item, heights),
            PageItem::Solid(solid) => self.pass_solid(item, solid, first),
            PageItem::Snap => self.cells.iter_mut().for_each(|cell| cell.depth = walker.snap(cell.depth)),
            PageItem::PageEnd => self.pass_page_end(item),
            PageItem::TextEnd | PageItem::SourcePageStart(_) => {}
        }
        self.tidy();
    }

    /// Ends the page at any depth, and goes no further.
    fn pass_page_end(&mut self, item: ItemId) {
        // The author's own end of the page. Taking the cells away ends the walk: nothing behind it can
        // be on this page, and however short the page is, nobody is to be blamed for it.
        for cell in std::mem::take(&mut self.cells) {
            let notes_due = self.notes_due;
            let end = PageEnd { item, shape: ShapeId::NATURAL, line: 0, notes_due, parts: None };
            self.end(&cell, cell.depth, end);
        }
    }

    fn pass_space(&mut self, item: ItemId, heights: &[SpaceHeight]) {
        self.each_cell(|walk, cell| {
            // White space is never an end by itself: a page ends with what stands above it, and the
            // space vanishes at the head of the next. So it only multiplies the cells, and those of
            // equal depth are one again at once.
            for (shape, space) in (0..).map(ShapeId).zip(heights) {
                walk.grow(&cell, item, shape, space.height, space.cost);
            }
        });
    }

    fn pass_lines(&mut self, item: ItemId, lines: &Lines, first: bool) {
        if lines.barrier {
            // A heading is passed only by pages on which all boxes before it stand.
            let before = self.walker.floats_before[item.index()];
            self.cells.retain(|cell| cell.floats >= before);
        }
        // Lines that an earlier page began are paid for, and their shape is settled.
        let begun = if first { self.from.position.line } else { 0 };
        let settled = (begun > 0).then_some(self.from.position.shape);
        let notes_due = self.notes_due;
        self.each_cell(|walk, cell| {
            for (id, shape) in (0..).map(ShapeId).zip(&lines.shapes) {
                if settled.is_none_or(|settled| settled == id) {
                    walk.try_lines(&cell, item, id, lines, begun, notes_due);
                    let height = lines.leading * i64::from(shape.lines - begun);
                    let cost = if begun > 0 { 0.0 } else { shape.cost };
                    walk.grow(&cell, item, id, height, cost);
                }
            }
        });
        self.notes_due = lines.notes_due().max(self.notes_due);
    }

    /// Tries to end the page after each line of one shape.
    fn try_lines(
        &mut self,
        cell: &Cell,
        item: ItemId,
        id: ShapeId,
        lines: &Lines,
        begun: u32,
        mut notes_due: u32,
    ) {
        let shape = &lines.shapes[id.index()];
        let extra = if begun > 0 { 0.0 } else { shape.cost };
        let chosen = self.choose(cell, item, id);
        let cell = Cell { cost: cell.cost + extra, chosen, ..*cell };
        // Notes that earlier lines call are due already.
        let called = shape.calls.partition_point(|call| call.line < begun);
        // Calls are in the order of their lines, and so are the lines: one pass over both. What is due
        // after a line is the greatest end of all notes called so far, for notes stand in the order of
        // their calls.
        let mut calls = shape.calls[called..].iter().peekable();
        // Most lines of a page are far from its foot. Where no line calls a note, those after which it would
        // lack too much are the first so many, which a division tells; the last is always looked at.
        let far = match calls.peek() {
            None => self.lines_lacking_too_many(cell.depth, lines.leading, notes_due),
            Some(_) => 0,
        };
        let far = far.min(shape.lines.saturating_sub(begun + 1));
        for line in begun + 1 + far..=shape.lines {
            while let Some(call) = calls.next_if(|call| call.line < line) {
                notes_due = notes_due.max(call.notes_due);
            }
            let depth = cell.depth + lines.leading * i64::from(line - begun);
            // Lines only grow deeper, so the first that is below the frame ends this shape.
            if depth > self.walker.frame.depth {
                break;
            }
            let last = line == shape.lines;
            // Where the text is done a page may be as short as it likes. Everywhere else this test
            // comes first: it is one subtraction.
            let done =
                last && (item.next() >= self.walker.text_end || self.walker.is_text_end(item.next(), 0));
            if !done && self.lacks_too_many(depth, notes_due) {
                continue;
            }
            let parts = self.parted(item, lines, shape, line);
            let end = if last {
                PageEnd { item: item.next(), shape: ShapeId::NATURAL, line: 0, notes_due, parts }
            } else {
                PageEnd { item, shape: id, line, notes_due, parts }
            };
            self.end(&cell, depth, end);
        }
    }

    /// Whether a page break after an item parts what should hold together.
    fn severs(&self, item: ItemId, keep_next: bool) -> Option<Compromise> {
        let more = self.walker.skip_space(item.next()) < self.walker.end();
        (keep_next && more).then_some(Compromise::Severed)
    }

    /// What a page break after a line of a paragraph parts.
    fn parted(&self, item: ItemId, lines: &Lines, shape: &Shape, line: u32) -> Option<Compromise> {
        let left = shape.lines - line;
        let (inside, after) = lines.divided;
        if left == 0 {
            let severed = self.severs(item, lines.keep_next);
            let heading = severed.filter(|_| lines.barrier).map(|_| Compromise::HeadingAtFoot);
            return heading.or(severed).or(after.map(Divided::compromise));
        }
        // The order is that of the costs, from the dearest: one break may part several things, and the
        // worst of them is what it is named for and what is paid.
        if lines.keep_together {
            return Some(Compromise::Severed);
        }
        if left == 1 {
            return Some(Compromise::Widow);
        }
        if line == 1 {
            return Some(Compromise::Orphan);
        }
        // A word that the author joined with a hyphen is whole up to it: only where the leaf must be
        // turned does it matter that the rest is overleaf.
        let own = self.recto && shape.own_hyphens.contains(&(line - 1));
        let hyphen = own || shape.hyphens.get(line as usize - 1).copied().unwrap_or(false);
        let at_hyphen = hyphen.then_some(Compromise::HyphenAtFoot { recto: self.recto });
        // At a recto's end a hyphen is dearer than a box in two.
        let dearer = at_hyphen.filter(|_| self.recto);
        dearer.or(inside.map(Divided::compromise)).or(at_hyphen)
    }

    fn pass_solid(&mut self, item: ItemId, solid: &Solid, first: bool) {
        let head = solid.head.filter(|_| first).map_or(Abs::ZERO, |head| head.height);
        let height = solid.height + head;
        let mine = self.walker.floats_before[item.index()];
        self.each_cell(|walk, cell| {
            let notes_due = walk.notes_due.max(solid.notes_due.unwrap_or(0));
            let above = Walker::above(solid, cell.depth);
            let fits = walk.room(&cell, notes_due) >= height + above && !(solid.begins_spread && walk.recto);
            // A box floats on when an earlier one still waits, or when there is no room.
            // Boxes float in their order, so one that comes behind a waiting box waits too, even where
            // there would be room for it: figure 3 must not stand before figure 2.
            if solid.floats && (cell.floats != mine || !fits) {
                if mine - cell.floats >= MOST_WAITING && !walk.walker.may_wait {
                    return;
                }
                return walk.grow(&cell, item, ShapeId::NATURAL, Abs::ZERO, cost::FLOAT);
            }
            let cell = Cell { floats: cell.floats + u32::from(solid.floats), ..cell };
            // A box that stands in its place has two ways (with a line more of white or not); one that
            // may not float has one. An end is tried below it either way, and its depth is counted
            // there.
            if solid.floats {
                walk.grow_float(&cell, item, solid, above);
            } else {
                walk.grow(&cell, item, ShapeId::NATURAL, height, 0.0);
            }
            let divided = solid.divided.map(Divided::compromise);
            let parts = walk.severs(item, solid.keep_next).or(divided);
            let end = PageEnd { item: item.next(), shape: ShapeId::NATURAL, line: 0, notes_due, parts };
            walk.end(&cell, cell.depth + height + above, end);
        });
        self.notes_due = self.notes_due.max(solid.notes_due.unwrap_or(0));
    }

    /// A figure in its place, with a line more above it or not; the space below
    /// it may vanish at the foot.
    fn grow_float(&mut self, cell: &Cell, item: ItemId, solid: &Solid, above: Abs) {
        let frame = self.walker.frame;
        let room = frame.depth - cell.depth;
        for (shape, more, price) in [(0, Abs::ZERO, 0.0), (1, frame.grid, cost::FLOAT_GAP)] {
            let least = above + more + solid.height;
            if least <= room {
                self.grow(cell, item, ShapeId(shape), (least + solid.pad).min(room), price);
            }
        }
    }

    /// What is left below a cell when the notes due stand on this page.
    fn room(&self, cell: &Cell, notes_due: u32) -> Abs {
        let from = self.from.position.notes;
        let notes = if notes_due > from {
            self.walker.notes.height(from, notes_due) + self.walker.frame.note_gap
        } else {
            Abs::ZERO
        };
        self.walker.frame.depth - cell.depth - notes
    }
}
