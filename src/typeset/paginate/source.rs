//! The pages of an older edition, kept one for one.
//!
//! Each page is a problem of its own: its paragraphs in one of their shapes
//! and its white spaces, so that it fills the text block exactly and costs
//! least (a knapsack over depths). What is still amiss by a line or so is
//! taken up by the leading, as a compositor leads out a page. What cannot be
//! made to fit is named: a page that is short stays so, one that is a little
//! too long goes deeper, and what is longer than that goes on overleaf by our
//! own rules. Old pages seldom hold as many of our lines as ours do, so it is
//! also found what each page would cost if all were some lines shallower.

use super::cost;
use super::walker::Walker;
use super::{Frame, Layout, Lines, NoteRoll, PagePlan, Part, Solid, Spot, Unit, search};
use crate::length::Abs;
use crate::pages::Compromise;
use std::collections::BTreeMap;
use std::ops::Range;

/// How many lines deeper than the page a way to fill it is followed up.
const TOO_DEEP: i64 = 8;
/// How many lines shallower than the text block the pages may be.
pub const MOST_FEWER: u32 = 8;
/// How much the leading may shrink, and grow, to make a page even with the others.
const LEADING: (f64, f64) = (-0.03, 0.065);
/// What may part two paragraphs when the leading alone is not enough, in lines.
const PARTED: f64 = 0.2;
/// How many lines a white space may be wider than it should, or narrower.
const WHITE: (i64, i64) = (4, 2);

/// Sets each page that a [`Unit::Turn`] begins as a page of its own.
#[must_use]
pub fn keep_pages(units: &[Unit], notes: &NoteRoll, frame: &Frame) -> Layout {
    let mut layout = Layout { fewer: vec![0.0; MOST_FEWER as usize + 1], ..Layout::default() };
    let mut noted = 0;
    let ranges = ranges(units);
    let count = ranges.len();
    for (n, (turn, range)) in ranges.into_iter().enumerate() {
        let frame = &Frame { depth: frame.depth - frame.grid * i64::from(frame.fewer), ..*frame };
        let page = Page { units, notes, frame, noted, range, last: n + 1 == count };
        let first = layout.pages.len();
        noted = page.set(&mut layout);
        if let Some(plan) = layout.pages.get_mut(first) {
            plan.opens = turn;
        }
    }
    layout
}

/// The units of each page, and the turn that begins it. White space at the
/// head and at the foot belongs to no page.
fn ranges(units: &[Unit]) -> Vec<(Option<u32>, Range<usize>)> {
    let turns = units.iter().enumerate().filter(|(_, unit)| matches!(unit, Unit::Turn)).map(|(at, _)| at);
    let mut found: Vec<(Option<u32>, Range<usize>)> = vec![(None, 0..units.len())];
    for at in turns {
        if let Some((_, range)) = found.last_mut() {
            range.end = at;
        }
        found.push((Some(at as u32), at + 1..units.len()));
    }
    for (_, range) in &mut found {
        while range.start < range.end && units[range.start].vanishes() {
            range.start += 1;
        }
        while range.start < range.end && matches!(units[range.end - 1], Unit::Space { .. } | Unit::Snap) {
            range.end -= 1;
        }
    }
    let blank_start = found.len() > 1 && found[0].1.is_empty();
    found.drain(..usize::from(blank_start));
    found
}

/// A page of the older edition.
struct Page<'a> {
    units: &'a [Unit],
    notes: &'a NoteRoll,
    frame: &'a Frame,
    /// Note lines that stand on earlier pages.
    noted: u32,
    range: Range<usize>,
    /// The text ends with it: it need not be full.
    last: bool,
}

/// A depth that the page so far may have.
#[derive(Clone, Copy)]
struct Cell {
    cost: f64,
    /// The last choice in the trail, and one more.
    trail: usize,
}

/// A way to fill a page.
struct Fill {
    cost: f64,
    trail: usize,
    /// What the leading is multiplied by.
    led: f64,
    /// White between its paragraphs.
    parted: Abs,
    /// How far it goes below the text block.
    over: Abs,
    compromise: Option<Compromise>,
}

/// A unit, the way it is set in, and the trail before it.
struct Choice {
    unit: usize,
    way: u16,
    before: usize,
}

impl Page<'_> {
    /// Sets the page; how many note lines then stand on pages.
    fn set(&self, layout: &mut Layout) -> u32 {
        let owed = self.range.clone().map(|unit| self.owed(unit)).fold(self.noted, u32::max);
        let room = self.room(owed);
        let (ways, trail) = self.walk(room);
        let noted = owed > self.noted;
        for (fewer, cost) in (0i64..).zip(&mut layout.fewer) {
            let change = self.frame.grid * (i64::from(self.frame.fewer) - fewer);
            *cost += self.choose(&ways, room + change, noted).map_or(cost::OLD_DIVIDED, |fill| fill.cost);
        }
        let Some(fill) = self.choose(&ways, room, noted) else {
            return self.flow(owed, layout);
        };
        let page = layout.pages.len();
        layout.cost += fill.cost;
        layout.bound += fill.cost;
        layout.compromises.extend(fill.compromise.map(|taken| (page, taken)));
        let mut plan = self.plan(&trail, fill.trail, fill.parted.scale(1.0 / fill.led));
        plan.notes = self.noted..owed;
        plan.over = fill.over;
        plan.led = fill.led;
        layout.pages.push(plan);
        owed
    }

    /// The end of the last note that a unit calls.
    fn owed(&self, unit: usize) -> u32 {
        match &self.units[unit] {
            Unit::Lines(lines) => lines.shapes[0].calls.last().map_or(0, |(_, end)| *end),
            Unit::Solid(solid) => solid.notes.unwrap_or(0),
            _ => 0,
        }
    }

    /// What the text may fill above its notes.
    fn room(&self, owed: u32) -> Abs {
        if owed <= self.noted {
            return self.frame.depth;
        }
        let text = !self.range.is_empty();
        let gap = if text { self.frame.note_gap } else { Abs::ZERO };
        self.frame.depth - gap - self.notes.height(self.noted, owed)
    }

    /// Every depth that the page may have, and the cheapest way to it.
    fn walk(&self, room: Abs) -> (BTreeMap<Abs, Cell>, Vec<Choice>) {
        let mut trail = Vec::new();
        let mut cells = BTreeMap::from([(Abs::ZERO, Cell { cost: 0.0, trail: 0 })]);
        let limit = room.max(Abs::ZERO) + self.frame.grid * TOO_DEEP;
        for unit in self.range.clone() {
            let mut next: BTreeMap<Abs, Cell> = BTreeMap::new();
            for (depth, cell) in &cells {
                for (way, height, cost) in self.ways(unit, *depth) {
                    let deep = *depth + height;
                    let cost = cell.cost + cost;
                    if next.get(&deep).is_some_and(|known| known.cost <= cost) {
                        continue;
                    }
                    trail.push(Choice { unit, way, before: cell.trail });
                    next.insert(deep, Cell { cost, trail: trail.len() });
                }
            }
            let least = next.keys().next().copied().unwrap_or(Abs::ZERO);
            next.retain(|depth, _| *depth <= limit.max(least));
            cells = next;
        }
        (cells, trail)
    }

    /// The ways to set a unit at a depth: their numbers, heights and costs.
    fn ways(&self, unit: usize, depth: Abs) -> Vec<(u16, Abs, f64)> {
        match &self.units[unit] {
            Unit::Lines(lines) => shapes(lines),
            Unit::Space { choices, kept } => whites(choices, *kept, self.frame.grid),
            Unit::Solid(solid) => self.boxes(unit, solid, depth),
            Unit::Snap => {
                let step = self.frame.grid.to_raw().max(1);
                let up = Abs::raw((depth.to_raw() + step - 1).div_euclid(step) * step);
                vec![(0, up - depth, 0.0)]
            }
            Unit::Turn => vec![(0, Abs::ZERO, 0.0)],
        }
    }

    /// A box, with a line more of white above and below it or not.
    fn boxes(&self, unit: usize, solid: &Solid, depth: Abs) -> Vec<(u16, Abs, f64)> {
        let below = if unit + 1 == self.range.end { Abs::ZERO } else { solid.pad };
        let height = solid.height + Walker::above(solid, depth) + below + self.repeated(unit, solid);
        let more = if solid.pad > Abs::ZERO && depth > Abs::ZERO { WHITE.0 } else { 0 };
        (0..=more).map(|n| (n as u16, height + self.frame.grid * n, cost::FLOAT_GAP * n as f64)).collect()
    }

    /// The height of a table's head that is repeated above its first row here.
    fn repeated(&self, unit: usize, solid: &Solid) -> Abs {
        solid.head.filter(|_| unit == self.range.start).map_or(Abs::ZERO, |(_, height)| height)
    }

    /// The best way to fill the room; none when all are deeper than a page can be.
    fn choose(&self, ways: &BTreeMap<Abs, Cell>, room: Abs, noted: bool) -> Option<Fill> {
        let fills = ways.iter().filter_map(|(depth, cell)| {
            let misfit = self.misfit(*depth, room - *depth, noted)?;
            let cost = cell.cost + misfit.compromise.as_ref().map_or(0.0, cost::of);
            Some(Fill { cost, trail: cell.trail, ..misfit })
        });
        fills.min_by(|a, b| a.cost.total_cmp(&b.cost))
    }

    /// What it means when so much is left below text of some depth.
    fn misfit(&self, depth: Abs, left: Abs, noted: bool) -> Option<Fill> {
        let grid = self.frame.grid;
        // Rounding of leadings to 1/65536 pt must not count as a line.
        let hair = grid / 1000;
        let lines = left.ratio(grid);
        let fill =
            Fill { cost: 0.0, trail: 0, led: 1.0, parted: Abs::ZERO, over: Abs::ZERO, compromise: None };
        if left.abs() <= hair || (self.last && left > Abs::ZERO) {
            return Some(fill);
        }
        if noted && left > Abs::ZERO {
            let whole = (lines + 0.001).floor();
            let white = Compromise::SourcePageWhite { lines: whole as u32 };
            return Some(Fill { compromise: (whole >= 1.0).then_some(white), ..fill });
        }
        let leaded = Some(Compromise::SourcePageLeaded { lines });
        let change = left.ratio((depth - grid).max(grid));
        if change >= LEADING.0 && change <= LEADING.1 {
            return Some(Fill { led: 1.0 + change, compromise: leaded, ..fill });
        }
        let rest = left - (depth - grid).scale(LEADING.1);
        let joints = self.joints();
        if rest > Abs::ZERO && rest <= grid.scale(PARTED) * joints {
            return Some(Fill { led: 1.0 + LEADING.1, parted: rest / joints, compromise: leaded, ..fill });
        }
        if left > Abs::ZERO {
            return Some(Fill { compromise: Some(Compromise::SourcePageShort { lines }), ..fill });
        }
        let over = Some(Compromise::SourcePageOver { lines: -lines });
        let deepest = grid * i64::from(self.frame.spare + self.frame.fewer);
        (-left <= deepest + hair).then_some(Fill { over: -left, compromise: over, ..fill })
    }

    /// How many joints there are between the page's paragraphs and boxes.
    fn joints(&self) -> i64 {
        let solid = |unit: &&Unit| matches!(unit, Unit::Lines(_) | Unit::Solid(_));
        (self.units[self.range.clone()].iter().filter(solid).count() as i64 - 1).max(0)
    }

    fn plan(&self, trail: &[Choice], last: usize, parted: Abs) -> PagePlan {
        let mut chosen = Vec::new();
        let mut at = last;
        while let Some(choice) = at.checked_sub(1).map(|at| &trail[at]) {
            chosen.push((choice.unit, choice.way));
            at = choice.before;
        }
        let mut plan = PagePlan::default();
        for (unit, way) in chosen.into_iter().rev() {
            let parts = plan.parts.len();
            self.put(&mut plan, unit, way);
            if parts > 0 && plan.parts.len() > parts {
                plan.parts[parts..].iter_mut().for_each(|part| part.y += parted);
                plan.depth += parted;
            }
        }
        plan
    }

    fn put(&self, plan: &mut PagePlan, unit: usize, way: u16) {
        let height = self
            .ways(unit, plan.depth)
            .into_iter()
            .find(|(known, ..)| *known == way)
            .map_or(Abs::ZERO, |(_, height, _)| height);
        let part = |lines: Range<u32>, shape: u16, y: Abs| Part {
            unit: unit as u32,
            shape,
            lines,
            y,
            repeated: false,
        };
        match &self.units[unit] {
            Unit::Lines(lines) => {
                plan.parts.push(part(0..lines.shapes[way as usize].lines, way, plan.depth));
            }
            Unit::Solid(solid) => {
                if let Some((head, _)) = solid.head.filter(|_| unit == self.range.start) {
                    plan.parts.push(Part { unit: head, repeated: true, ..part(0..1, 0, plan.depth) });
                }
                let above = Walker::above(solid, plan.depth) + self.frame.grid * i64::from(way);
                let y = plan.depth + self.repeated(unit, solid) + above;
                plan.parts.push(part(0..1, 0, y));
            }
            _ => {}
        }
        plan.depth += height;
    }

    /// The page is longer than ours can be: it goes on overleaf.
    fn flow(&self, owed: u32, layout: &mut Layout) -> u32 {
        let offset = self.range.start as u32;
        let units: Vec<Unit> =
            self.units[self.range.clone()].iter().map(|unit| rebased(unit, offset)).collect();
        let start = Spot { notes: self.noted, owed: self.noted, ..Spot::default() };
        let found = search(&units, self.notes, self.frame, start);
        let page = layout.pages.len();
        let more = found.pages.len().saturating_sub(1) as u32;
        layout.cost += found.cost;
        layout.bound += found.bound;
        if more > 0 {
            layout.compromises.push((page, Compromise::SourcePageDivided { pages: more }));
        }
        layout.compromises.extend(found.compromises.into_iter().map(|(at, taken)| (page + at, taken)));
        for mut plan in found.pages {
            plan.parts.iter_mut().for_each(|part| part.unit += offset);
            layout.pages.push(plan);
        }
        owed
    }
}

/// A unit as a column sees it that begins `offset` units later.
fn rebased(unit: &Unit, offset: u32) -> Unit {
    match unit {
        Unit::Solid(solid) => {
            let head = solid.head.and_then(|(at, height)| Some((at.checked_sub(offset)?, height)));
            Unit::Solid(Solid { head, ..solid.clone() })
        }
        other => other.clone(),
    }
}

fn shapes(lines: &Lines) -> Vec<(u16, Abs, f64)> {
    let shapes = (0u16..).zip(&lines.shapes);
    shapes.map(|(way, shape)| (way, lines.leading * i64::from(shape.lines), shape.cost)).collect()
}

/// A white space and what it may be instead: way 0 is as it should be.
fn whites(choices: &[(Abs, f64)], kept: bool, grid: Abs) -> Vec<(u16, Abs, f64)> {
    let natural = choices[0].0;
    let least = if kept { grid } else { Abs::ZERO };
    let mut ways = vec![(0, natural, 0.0)];
    for n in 1..=WHITE.0 {
        ways.push((n as u16, natural + grid * n, cost::WHITE_MORE * (n * n) as f64));
    }
    for n in 1..=WHITE.1 {
        let height = natural - grid * n;
        if height >= least {
            let gone = if height == Abs::ZERO { cost::WHITE_GONE } else { 0.0 };
            ways.push(((WHITE.0 + n) as u16, height, gone + cost::WHITE_LESS * (n * n) as f64));
        }
    }
    ways
}
