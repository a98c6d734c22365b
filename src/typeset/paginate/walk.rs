//! One page: every way that it may end, having begun at a given place.
//!
//! The walk goes down the column once. It keeps, as [`Cell`]s, every depth
//! that the units so far may reach by their different shapes, each with its
//! least cost, and tries to end the page after each line.

pub(super) mod ends;
mod foot;

use super::cost;
use super::walker::Walker;
use super::{Divided, Lines, Shape, Solid, Spot, Step, Unit};
use crate::length::Abs;
use crate::pages::Compromise;
use ends::{Candidate, Ends, NO_TRAIL};
use foot::End;

/// Depths kept during a walk; paragraphs of one page rarely offer more.
const CELLS: usize = 16;
/// How many lines a page may lack: at first, when that finds nothing good, and
/// when it finds nothing at all.
const MOST_SHORT: [u32; 3] = [3, 12, u32::MAX];

/// A depth that the page so far may have.
#[derive(Clone, Copy)]
struct Cell {
    depth: Abs,
    floats: u32,
    cost: f64,
    trail: u32,
}

/// One walk down the column.
struct Walk<'w, 'a> {
    walker: &'w Walker<'a>,
    from: &'w Step,
    recto: bool,
    /// Pages that lack more lines are not looked at.
    most_short: u32,
    /// What such pages leave empty at least.
    too_much: Abs,
    cells: Vec<Cell>,
    owed: u32,
    found: Ends,
}

impl Walker<'_> {
    /// Every way that a page may end which begins at `from`. Pages that lack
    /// many lines are looked at only when there are no good others.
    pub fn pages_from(&self, from: &Step, recto: bool) -> Ends {
        let mut found = Ends::default();
        for most_short in MOST_SHORT {
            found = self.walk(from, recto, most_short);
            let sound = |end: &Candidate| end.cost - from.cost < cost::ORPHAN;
            if found.ends.iter().any(sound) {
                let shorter = from.cost + cost::short(most_short.saturating_add(1));
                found.given_up = found.given_up.min(shorter);
                break;
            }
        }
        found
    }

    /// What stands at the head of a page before its text.
    fn head(&self, spot: &Spot) -> Cell {
        let (floats, depth) = self.floats_at_head(spot);
        Cell { depth, floats, cost: 0.0, trail: NO_TRAIL }
    }

    fn walk(&self, from: &Step, recto: bool, most_short: u32) -> Ends {
        let mut walk = Walk {
            walker: self,
            from,
            recto,
            most_short,
            too_much: Abs::raw(self.step().saturating_mul(i64::from(most_short) + 1)) - self.hair(),
            cells: vec![self.head(&from.spot)],
            owed: from.spot.owed,
            found: Ends::default(),
        };
        walk.run();
        walk.found
    }
}

impl Walk<'_, '_> {
    fn run(&mut self) {
        let start = self.from.spot;
        let nothing_left = start.unit as usize == self.walker.units.len();
        let only_floats = self.cells[0].floats > start.floats;
        if nothing_left || only_floats {
            self.end_before(start.unit, start.shape, start.line);
        }
        let mut first = true;
        for unit in start.unit..self.walker.units.len() as u32 {
            self.pass(unit, first);
            if self.cells.is_empty() {
                break;
            }
            first = false;
        }
        if self.most_short == u32::MAX && self.found.ends.is_empty() && !nothing_left {
            self.end_before(start.unit, start.shape, start.line);
            if self.found.ends.is_empty() {
                self.force(start.unit);
            }
        }
    }

    /// A page of nothing but floats and notes.
    fn end_before(&mut self, unit: u32, shape: u16, line: u32) {
        let spot = self.from.spot;
        let cell = self.walker.head(&spot);
        let end = End { unit, shape, line, owed: spot.owed, parts: None };
        let progress = cell.floats > spot.floats || spot.owed > spot.notes;
        if progress {
            self.end(&cell, cell.depth, end);
        }
    }

    /// Takes one unit in.
    fn pass(&mut self, unit: u32, first: bool) {
        let walker = self.walker;
        match &walker.units[unit as usize] {
            Unit::Lines(lines) => self.pass_lines(unit, lines, first),
            Unit::Space { choices, .. } => self.pass_space(unit, choices),
            Unit::Solid(solid) => self.pass_solid(unit, solid, first),
            Unit::Snap => self.cells.iter_mut().for_each(|cell| cell.depth = walker.snap(cell.depth)),
            Unit::Turn => {}
        }
        self.tidy();
    }

    fn pass_space(&mut self, unit: u32, choices: &[(Abs, f64)]) {
        self.each_cell(|walk, cell| {
            for (shape, (height, cost)) in (0u16..).zip(choices) {
                walk.grow(&cell, unit, shape, *height, *cost, cell.floats);
            }
        });
    }

    /// Passes every cell on; those that grow out of them take their places.
    fn each_cell(&mut self, mut pass: impl FnMut(&mut Self, Cell)) {
        let old = self.cells.len();
        for at in 0..old {
            pass(self, self.cells[at]);
        }
        self.cells.drain(..old);
    }

    fn pass_lines(&mut self, unit: u32, lines: &Lines, first: bool) {
        if lines.barrier {
            let before = self.walker.floats_before[unit as usize];
            self.cells.retain(|cell| cell.floats >= before);
        }
        let begun = if first { self.from.spot.line } else { 0 };
        let only = (begun > 0).then_some(self.from.spot.shape);
        let owed = self.owed;
        self.each_cell(|walk, cell| {
            for (shape, form) in (0u16..).zip(&lines.shapes) {
                if only.is_none_or(|o| o == shape) {
                    walk.try_lines(&cell, (unit, shape), lines, begun, owed);
                    let height = lines.leading * i64::from(form.lines - begun);
                    let cost = if begun > 0 { 0.0 } else { form.cost };
                    walk.grow(&cell, unit, shape, height, cost, cell.floats);
                }
            }
        });
        let called = lines.shapes[0].calls.last();
        self.owed = called.map_or(self.owed, |(_, end)| (*end).max(self.owed));
    }

    /// Tries to end the page after each line of one shape.
    fn try_lines(&mut self, cell: &Cell, at: (u32, u16), lines: &Lines, begun: u32, owed: u32) {
        let shape = &lines.shapes[at.1 as usize];
        let extra = if begun > 0 { 0.0 } else { shape.cost };
        let trail = self.trail(cell, at.0, at.1);
        let cell = Cell { cost: cell.cost + extra, trail, ..*cell };
        let mut owed = owed;
        // What the lines before call is owed already.
        let called = shape.calls.partition_point(|(n, _)| *n < begun);
        let mut calls = shape.calls[called..].iter().peekable();
        for line in begun + 1..=shape.lines {
            while let Some((_, end)) = calls.next_if(|(n, _)| *n < line) {
                owed = owed.max(*end);
            }
            let depth = cell.depth + lines.leading * i64::from(line - begun);
            if depth > self.walker.frame.depth {
                break;
            }
            let done = line == shape.lines && at.0 + 1 >= self.walker.text_end;
            if !done && self.lacks_too_many(depth, owed) {
                continue;
            }
            let parts = self.parted(at.0, lines, shape, line);
            let end = if line == shape.lines {
                End { unit: at.0 + 1, shape: 0, line: 0, owed, parts }
            } else {
                End { unit: at.0, shape: at.1, line, owed, parts }
            };
            self.end(&cell, depth, end);
        }
    }

    /// Whether a page break after a unit parts what should hold together.
    fn severs(&self, unit: u32, keep_next: bool) -> Option<Compromise> {
        let more = (self.walker.skip_space(unit + 1) as usize) < self.walker.units.len();
        (keep_next && more).then_some(Compromise::Severed)
    }

    /// What a page break after a line of a paragraph parts.
    fn parted(&self, unit: u32, lines: &Lines, shape: &Shape, line: u32) -> Option<Compromise> {
        let left = shape.lines - line;
        if left == 0 {
            return self.severs(unit, lines.keep_next);
        }
        if lines.whole {
            return Some(Compromise::Severed);
        }
        if left == 1 {
            return Some(Compromise::Widow);
        }
        if line == 1 {
            return Some(Compromise::Orphan);
        }
        let hyphen = shape.hyphens.get(line as usize - 1).copied().unwrap_or(false);
        hyphen.then_some(Compromise::HyphenAtFoot { recto: self.recto })
    }

    fn pass_solid(&mut self, unit: u32, solid: &Solid, first: bool) {
        let head = solid.head.filter(|_| first).map_or(Abs::ZERO, |(_, height)| height);
        let height = solid.height + head;
        let mine = self.walker.floats_before[unit as usize];
        self.each_cell(|walk, cell| {
            let owed = walk.owed.max(solid.notes.unwrap_or(0));
            let fits = walk.room(&cell, owed) >= height + Walker::above(solid, cell.depth);
            if solid.floats && (cell.floats != mine || !fits) {
                return walk.grow(&cell, unit, 0, Abs::ZERO, cost::FLOAT, cell.floats);
            }
            let floats = cell.floats + u32::from(solid.floats);
            let above = Walker::above(solid, cell.depth);
            if solid.floats {
                walk.grow_float(&cell, unit, solid, above, floats);
            } else {
                walk.grow(&cell, unit, 0, height, 0.0, floats);
            }
            let height = height + above;
            let divided = solid.divided.map(|divided| match divided {
                Divided::Table => Compromise::DividedTable,
                Divided::Row => Compromise::DividedRow,
            });
            let parts = walk.severs(unit, solid.keep_next).or(divided);
            let end = End { unit: unit + 1, shape: 0, line: 0, owed, parts };
            walk.end(&Cell { floats, ..cell }, cell.depth + height, end);
        });
        self.owed = self.owed.max(solid.notes.unwrap_or(0));
    }

    /// A figure in its place, with a line more above it or not; the space below
    /// it may vanish at the foot.
    fn grow_float(&mut self, cell: &Cell, unit: u32, solid: &Solid, above: Abs, floats: u32) {
        let frame = self.walker.frame;
        let room = frame.depth - cell.depth;
        for (shape, more, price) in [(0, Abs::ZERO, 0.0), (1, frame.grid, cost::FLOAT_GAP)] {
            let least = above + more + solid.height;
            if least <= room {
                self.grow(cell, unit, shape, (least + solid.pad).min(room), price, floats);
            }
        }
    }

    /// What is left below a cell when the notes owed stand on this page.
    fn room(&self, cell: &Cell, owed: u32) -> Abs {
        let from = self.from.spot.notes;
        let notes = if owed > from {
            self.walker.notes.height(from, owed) + self.walker.frame.note_gap
        } else {
            Abs::ZERO
        };
        self.walker.frame.depth - cell.depth - notes
    }

    fn grow(&mut self, cell: &Cell, unit: u32, shape: u16, height: Abs, cost: f64, floats: u32) {
        let depth = cell.depth + height;
        if depth <= self.walker.frame.depth {
            let trail = self.trail(cell, unit, shape);
            self.cells.push(Cell { depth, floats, cost: cell.cost + cost, trail });
        }
    }

    fn trail(&mut self, cell: &Cell, unit: u32, shape: u16) -> u32 {
        if shape == 0 { cell.trail } else { self.found.follow(cell.trail, unit, shape) }
    }

    /// Keeps the cheapest cell of each depth, and not too many.
    fn tidy(&mut self) {
        if self.cells.len() < 2 {
            return;
        }
        self.cells
            .sort_by(|a, b| (a.depth, a.floats).cmp(&(b.depth, b.floats)).then(a.cost.total_cmp(&b.cost)));
        self.cells.dedup_by_key(|cell| (cell.depth, cell.floats));
        if self.cells.len() > CELLS {
            self.cells.sort_by(|a, b| a.cost.total_cmp(&b.cost).then(a.depth.cmp(&b.depth)));
            self.found.given_up = self.found.given_up.min(self.from.cost + self.cells[CELLS].cost);
            self.cells.truncate(CELLS);
        }
    }

    /// Nothing fits: the first unit is set all the same, and named.
    fn force(&mut self, unit: u32) {
        let walker = self.walker;
        let begun = self.from.spot.line;
        let (to, owed) = match &walker.units[unit as usize] {
            Unit::Lines(lines) if lines.shapes[self.from.spot.shape as usize].lines > begun + 1 => (
                Spot { unit, line: begun + 1, shape: self.from.spot.shape, ..self.from.spot },
                self.from.spot.owed,
            ),
            Unit::Solid(solid) => (Spot { unit: unit + 1, ..self.from.spot }, solid.notes.unwrap_or(0)),
            _ => (Spot { unit: unit + 1, line: 0, shape: 0, ..self.from.spot }, self.from.spot.owed),
        };
        let (floats, _) = walker.floats_at_head(&self.from.spot);
        let own = u32::from(walker.floats.get(floats as usize) == Some(&unit));
        let line = if to.unit == unit { to.line } else { 0 };
        let next = if line == 0 { walker.skip_space(to.unit) } else { unit };
        let spot = Spot { unit: next, line, owed: owed.max(self.owed), floats: floats + own, ..to };
        let cell = Cell { depth: Abs::ZERO, floats, cost: 0.0, trail: NO_TRAIL };
        self.keep(&cell, spot, 0, [Some(Compromise::OverfullPage), None, None, None, None]);
    }
}
