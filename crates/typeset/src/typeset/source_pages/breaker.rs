//! Breaks a column where the pages of an older edition end.
//!
//! Each page is a problem of its own: its paragraphs in one of their shapes
//! and its white spaces, so that it fills the text block exactly and costs
//! least. That is a knapsack over depths ([`OldPage::walk`]): for every depth that the
//! items so far can have, the cheapest way to it. Depths are sums of the same few
//! heights, so there are seldom more than a hundred, and the work is items × ways ×
//! depths.
//!
//! What is still amiss by a line or so is taken up by the leading, as a compositor leads
//! out a page. For example, a page of 36 lines of 14 pt that comes out at 34 lacks 28 pt;
//! over its 33 steps that is 0.85 pt or 6.1 % of the leading, just within
//! [`LEADING`], and nobody sees it. What cannot be made to fit is named: a page that is
//! short stays so, one that is a little too long goes deeper, and what is longer than
//! that goes on overleaf by our own rules.
//!
//! Old pages seldom hold as many of our lines as ours do, so it is also found what each
//! page would cost if all were some lines shallower. The ways of a page are the same at
//! any depth of the text block; only the misfit below them differs, so one walk serves
//! all [`MOST_LINES_REMOVED`] questions. The next pass takes the cheapest answer.

use crate::length::Abs;
use crate::narrow::Nearest;
use crate::pages::Compromise;
use crate::typeset::paginate::{
    Frame, ItemId, Layout, Lines, NoteRoll, PageBreaker, PageItem, PagePart, PagePlan, Position,
    RepeatedHead, Shape, ShapeId, Solid, SourcePage, SpaceHeight, Walker, cost, search,
};
use std::collections::BTreeMap;
use std::ops::Range;

/// How many lines deeper than the page a way to fill it is followed up.
const TOO_DEEP: i64 = 8;
/// How many lines shallower than the text block the pages may be.
const MOST_LINES_REMOVED: u32 = 8;
/// How much the leading may shrink, and grow, to make a page even with the others.
const LEADING: (f64, f64) = (-0.03, 0.065);
/// What may part two paragraphs when the leading alone is not enough, in lines.
const PARTED: f64 = 0.2;
/// How many lines a white space may be wider than it should, or narrower.
const WHITE: (i64, i64) = (4, 2);

/// The pages of an older edition, kept one for one.
#[derive(Clone, Copy, Debug, Default)]
pub struct SourcePages {
    /// How many lines shallower than the text block they are set.
    pub lines_removed: u32,
    /// How many lines below the text block one of them may go.
    pub overrun_lines: u32,
}

impl PageBreaker for SourcePages {
    /// Sets each page that a [`PageItem::SourcePageStart`] begins as a page of its own.
    fn break_pages(&self, items: &[PageItem], notes: &NoteRoll, frame: &Frame) -> Layout {
        let costs_by_lines_removed = vec![0.0; MOST_LINES_REMOVED as usize + 1];
        let mut layout = Layout { costs_by_lines_removed, ..Layout::default() };
        let frame = &Frame { depth: frame.depth - frame.grid * i64::from(self.lines_removed), ..*frame };
        // Pages are set one after the other, and the only thing that one hands to the next is how many
        // lines of the roll of notes have come to stand: an old page's end is given, so nothing is to
        // be searched for across it.
        let mut noted = 0;
        let stretches = stretches(items);
        let count = stretches.len();
        for (n, Stretch { label, items: range }) in stretches.into_iter().enumerate() {
            let page =
                OldPage { mode: *self, items, notes, frame, noted, label, range, last: n + 1 == count };
            noted = page.set(&mut layout);
        }
        layout
    }
}

/// What stands on one page of the older edition.
struct Stretch {
    /// Its number.
    label: Option<String>,
    /// Its items, without white space at the head and at the foot: that belongs to no page.
    items: Range<usize>,
}

/// The items of each source page.
fn stretches(items: &[PageItem]) -> Vec<Stretch> {
    let mut found = vec![Stretch { label: None, items: 0..items.len() }];
    for (at, item) in items.iter().enumerate() {
        if let PageItem::SourcePageStart(label) = item {
            found.iter_mut().rev().take(1).for_each(|before| before.items.end = at);
            found.push(Stretch { label: Some(label.clone()), items: at + 1..items.len() });
        }
    }
    for Stretch { items: range, .. } in &mut found {
        // White at the head of a page vanishes anywhere, and what is at the foot would only be
        // measured as text that the page does not have.
        while range.start < range.end && items[range.start].vanishes() {
            range.start += 1;
        }
        while range.start < range.end
            && matches!(items[range.end - 1], PageItem::Space { .. } | PageItem::Snap)
        {
            range.end -= 1;
        }
    }
    let blank_start = found.len() > 1 && found[0].items.is_empty();
    found.drain(..usize::from(blank_start));
    found
}

/// A page of the older edition.
struct OldPage<'a> {
    mode: SourcePages,
    items: &'a [PageItem],
    notes: &'a NoteRoll,
    frame: &'a Frame,
    /// Note lines that stand on earlier pages.
    noted: u32,
    label: Option<String>,
    range: Range<usize>,
    /// The text ends with it: it need not be full.
    last: bool,
}

/// A depth that the page so far may have.
#[derive(Clone, Copy)]
struct Cell {
    cost: f64,
    chosen: Option<BackPointer>,
}

/// A way to fill a page.
struct Fill {
    cost: f64,
    chosen: Option<BackPointer>,
    /// What the leading is multiplied by.
    leading_factor: f64,
    /// White between its paragraphs.
    parted: Abs,
    /// How far it goes below the text block.
    overrun: Abs,
    compromise: Option<Compromise>,
}

/// A choice in the list of all: its index.
#[derive(Clone, Copy)]
struct BackPointer(usize);

/// An item, the way it is set in, and the choices before it.
struct Choice {
    item: usize,
    way: u16,
    before: Option<BackPointer>,
}

/// A way to set an item at some depth.
struct Way {
    /// Its number, by which it is found again.
    way: u16,
    height: Abs,
    cost: f64,
}

impl OldPage<'_> {
    /// Sets the page; how many note lines then stand on pages.
    fn set(&self, layout: &mut Layout) -> u32 {
        let notes_due = self.range.clone().map(|item| self.notes_due(item)).fold(self.noted, u32::max);
        let room = self.room(notes_due);
        let (cells, choices) = self.walk(room);
        let noted = notes_due > self.noted;
        for (removed, cost) in (0i64..).zip(&mut layout.costs_by_lines_removed) {
            // The question what all pages would cost if they were some lines shallower is asked of the
            // same cells: the room changes, the ways to reach a depth do not.
            let change = self.frame.grid * (i64::from(self.mode.lines_removed) - removed);
            *cost += self.choose(&cells, room + change, noted).map_or(cost::OLD_DIVIDED, |fill| fill.cost);
        }
        // No way comes within what a page can be made to hold: it goes on overleaf by the rules for
        // our own pages.
        let Some(fill) = self.choose(&cells, room, noted) else {
            return self.flow(notes_due, layout);
        };
        let page = layout.pages.len();
        layout.cost += fill.cost;
        layout.bound += fill.cost;
        layout.compromises.extend(fill.compromise.map(|taken| (page, taken)));
        // The page is stretched as a whole, the white between its paragraphs too.
        let mut plan = self.plan(&choices, fill.chosen, fill.parted.scale(1.0 / fill.leading_factor));
        plan.notes = self.noted..notes_due;
        plan.source_page = Some(SourcePage {
            label: self.label.clone(),
            leading_factor: fill.leading_factor,
            overrun: fill.overrun,
        });
        layout.pages.push(plan);
        notes_due
    }

    /// The end of the last note that an item calls.
    fn notes_due(&self, item: usize) -> u32 {
        match &self.items[item] {
            PageItem::Lines(lines) => lines.notes_due(),
            PageItem::Solid(solid) => solid.notes_due.unwrap_or(0),
            _ => 0,
        }
    }

    /// What the text may fill above its notes.
    fn room(&self, notes_due: u32) -> Abs {
        if notes_due <= self.noted {
            return self.frame.depth;
        }
        let text = !self.range.is_empty();
        let gap = if text { self.frame.note_gap } else { Abs::ZERO };
        self.frame.depth - gap - self.notes.height(self.noted, notes_due)
    }

    /// Every depth that the page may have, and the cheapest way to it.
    fn walk(&self, room: Abs) -> (BTreeMap<Abs, Cell>, Vec<Choice>) {
        let mut choices = Vec::new();
        let mut cells = BTreeMap::from([(Abs::ZERO, Cell { cost: 0.0, chosen: None })]);
        let limit = room.max(Abs::ZERO) + self.frame.grid * TOO_DEEP;
        for item in self.range.clone() {
            let mut next: BTreeMap<Abs, Cell> = BTreeMap::new();
            for (depth, cell) in &cells {
                for Way { way, height, cost } in self.ways(item, *depth) {
                    let deep = *depth + height;
                    // The knapsack: of several ways to the same depth only the cheapest can be part of
                    // the best page, whatever follows.
                    let cost = cell.cost + cost;
                    if next.get(&deep).is_some_and(|known| known.cost <= cost) {
                        continue;
                    }
                    let chosen = Some(BackPointer(choices.len()));
                    choices.push(Choice { item, way, before: cell.chosen });
                    next.insert(deep, Cell { cost, chosen });
                }
            }
            // What is too deep already is dropped; but the least depth never is, so that
            // a page that is too long has a way that can be measured and divided.
            let least = next.keys().next().copied().unwrap_or(Abs::ZERO);
            next.retain(|depth, _| *depth <= limit.max(least));
            cells = next;
        }
        (cells, choices)
    }

    /// The ways to set an item at a depth.
    fn ways(&self, item: usize, depth: Abs) -> Vec<Way> {
        match &self.items[item] {
            PageItem::Lines(lines) => shapes(lines),
            PageItem::Space { heights, kept } => whites(heights, *kept, self.frame.grid),
            PageItem::Solid(solid) => self.boxes(item, solid, depth),
            PageItem::Snap => {
                let step = self.frame.grid.to_raw().max(1);
                let up = Abs::raw((depth.to_raw() + step - 1).div_euclid(step) * step);
                vec![Way { way: 0, height: up - depth, cost: 0.0 }]
            }
            PageItem::PageEnd | PageItem::TextEnd | PageItem::SourcePageStart(_) => {
                vec![Way { way: 0, height: Abs::ZERO, cost: 0.0 }]
            }
        }
    }

    /// A box, with a line more of white above and below it or not.
    fn boxes(&self, item: usize, solid: &Solid, depth: Abs) -> Vec<Way> {
        // White below a box at the very foot of the page is seen by nobody.
        let below = if item + 1 == self.range.end { Abs::ZERO } else { solid.pad };
        let height = solid.height + Walker::above(solid, depth) + below + self.repeated(item, solid);
        let more = if solid.pad > Abs::ZERO && depth > Abs::ZERO { WHITE.0 } else { 0 };
        let way = |n: i64| Way {
            way: u16::nearest(n),
            height: height + self.frame.grid * n,
            cost: cost::FLOAT_GAP * n as f64,
        };
        (0..=more).map(way).collect()
    }

    /// The height of a table's head that is repeated above its first row here.
    fn repeated(&self, item: usize, solid: &Solid) -> Abs {
        solid.head.filter(|_| item == self.range.start).map_or(Abs::ZERO, |head| head.height)
    }

    /// The best way to fill the room; `None` when all are deeper than a page can be.
    fn choose(&self, cells: &BTreeMap<Abs, Cell>, room: Abs, noted: bool) -> Option<Fill> {
        let fills = cells.iter().filter_map(|(depth, cell)| {
            let misfit = self.misfit(*depth, room - *depth, noted)?;
            let cost = cell.cost + misfit.compromise.as_ref().map_or(0.0, cost::of);
            Some(Fill { cost, chosen: cell.chosen, ..misfit })
        });
        fills.min_by(|a, b| a.cost.total_cmp(&b.cost))
    }

    /// What it means when so much is left below text of some depth.
    fn misfit(&self, depth: Abs, left: Abs, noted: bool) -> Option<Fill> {
        let grid = self.frame.grid;
        // Rounding of leadings to 1/65536 pt must not count as a line.
        let hair = grid / 1000;
        let lines = left.ratio(grid);
        let fill = Fill {
            cost: 0.0,
            chosen: None,
            leading_factor: 1.0,
            parted: Abs::ZERO,
            overrun: Abs::ZERO,
            compromise: None,
        };
        // The cases from the best to the worst. First: it fits, or is the last page of its text and
        // may end where it does.
        if left.abs() <= hair || (self.last && left > Abs::ZERO) {
            return Some(fill);
        }
        // Notes stand at the foot and the text at the head, so what is left lies between them, where
        // white is expected. It costs little, and less than to lead the page out.
        if noted && left > Abs::ZERO {
            let whole = (lines + 0.001).floor();
            let white = Compromise::SourcePageWhite { lines: u32::nearest(whole) };
            return Some(Fill { compromise: (whole >= 1.0).then_some(white), ..fill });
        }
        let leaded = Some(Compromise::SourcePageLeaded { lines });
        // Leading is put between lines, of which there are one fewer than lines: the first stands
        // where it stands. For example, 28 pt over 33 steps of 14 pt change it by 28 / 462, which is
        // 6.1 %.
        let change = left.ratio((depth - grid).max(grid));
        if change >= LEADING.0 && change <= LEADING.1 {
            return Some(Fill { leading_factor: 1.0 + change, compromise: leaded, ..fill });
        }
        // Leading alone is not enough. The most of it, and the rest in equal parts between the
        // paragraphs, as long as none of these is more than a fifth of a line.
        let rest = left - (depth - grid).scale(LEADING.1);
        let joints = self.joints();
        if rest > Abs::ZERO && rest <= grid.scale(PARTED) * joints {
            return Some(Fill {
                leading_factor: 1.0 + LEADING.1,
                parted: rest / joints,
                compromise: leaded,
                ..fill
            });
        }
        if left > Abs::ZERO {
            return Some(Fill { compromise: Some(Compromise::SourcePageShort { lines }), ..fill });
        }
        let over = Some(Compromise::SourcePageOver { lines: -lines });
        // Too long by more than the leading takes up: it may go below the text block as far as there
        // is room above the folio. Beyond that there is no fill, and the page is divided.
        let deepest = grid * i64::from(self.mode.overrun_lines + self.mode.lines_removed);
        (-left <= deepest + hair).then_some(Fill { overrun: -left, compromise: over, ..fill })
    }

    /// How many joints there are between the page's paragraphs and boxes.
    fn joints(&self) -> i64 {
        let solid = |item: &&PageItem| matches!(item, PageItem::Lines(_) | PageItem::Solid(_));
        (self.items[self.range.clone()].iter().filter(solid).count() as i64 - 1).max(0)
    }

    /// What stands on the page when its items are set as chosen.
    fn plan(&self, choices: &[Choice], last: Option<BackPointer>, parted: Abs) -> PagePlan {
        let mut chosen = Vec::new();
        let mut at = last;
        while let Some(BackPointer(index)) = at {
            chosen.push(&choices[index]);
            at = choices[index].before;
        }
        let mut plan = PagePlan::default();
        for choice in chosen.into_iter().rev() {
            // White goes above every part but the first, so it is added when a further part has come.
            let parts = plan.parts.len();
            self.put(&mut plan, choice.item, choice.way);
            if parts > 0 && plan.parts.len() > parts {
                plan.parts[parts..].iter_mut().for_each(|part| part.y += parted);
                plan.depth += parted;
            }
        }
        plan
    }

    fn put(&self, plan: &mut PagePlan, item: usize, way: u16) {
        // The way is found again by its number instead of being kept with each choice: choices are
        // many, and those of one page that was chosen are few.
        let known = self.ways(item, plan.depth).into_iter().find(|known| known.way == way);
        let height = known.map_or(Abs::ZERO, |known| known.height);
        let part = |lines: Range<u32>, shape: u16, y: Abs| PagePart {
            item: ItemId::new(item),
            shape: ShapeId(shape),
            lines,
            y,
            repeated: false,
        };
        match &self.items[item] {
            PageItem::Lines(lines) => {
                plan.parts.push(part(0..lines.shapes[usize::from(way)].lines, way, plan.depth));
            }
            PageItem::Solid(solid) => {
                if let Some(head) = solid.head.filter(|_| item == self.range.start) {
                    plan.parts.push(PagePart {
                        item: head.item,
                        repeated: true,
                        ..part(0..1, 0, plan.depth)
                    });
                }
                let above = Walker::above(solid, plan.depth) + self.frame.grid * i64::from(way);
                let y = plan.depth + self.repeated(item, solid) + above;
                plan.parts.push(part(0..1, 0, y));
            }
            _ => {}
        }
        plan.depth += height;
    }

    /// The page is longer than ours can be: it goes on overleaf.
    fn flow(&self, notes_due: u32, layout: &mut Layout) -> u32 {
        let offset = u32::nearest(self.range.start);
        // The search counts items from nought, so those of this page become a column of their own, and
        // the places in its plans are moved back afterwards.
        let items: Vec<PageItem> =
            self.items[self.range.clone()].iter().map(|item| rebased(item, offset)).collect();
        let start = Position { notes: self.noted, notes_due: self.noted, ..Position::default() };
        let found = search(&items, self.notes, self.frame, start);
        let page = layout.pages.len();
        let more = u32::nearest(found.pages.len().saturating_sub(1));
        layout.cost += found.cost;
        layout.bound += found.bound;
        if more > 0 {
            layout.compromises.push((page, Compromise::SourcePageDivided { pages: more }));
        }
        layout.compromises.extend(found.compromises.into_iter().map(|(at, taken)| (page + at, taken)));
        for (n, mut plan) in found.pages.into_iter().enumerate() {
            plan.parts.iter_mut().for_each(|part| part.item.0 += offset);
            plan.source_page = (n == 0).then(|| SourcePage::plain(self.label.clone()));
            layout.pages.push(plan);
        }
        notes_due
    }
}

/// An item as a column sees it that begins `offset` items later.
fn rebased(item: &PageItem, offset: u32) -> PageItem {
    match item {
        PageItem::Solid(solid) => {
            let moved = |head: RepeatedHead| {
                Some(RepeatedHead { item: ItemId(head.item.0.checked_sub(offset)?), ..head })
            };
            PageItem::Solid(Solid { head: solid.head.and_then(moved), ..solid.clone() })
        }
        other => other.clone(),
    }
}

/// The shapes of a paragraph.
fn shapes(lines: &Lines) -> Vec<Way> {
    let way = |(way, shape): (u16, &Shape)| Way {
        way,
        height: lines.leading * i64::from(shape.lines),
        cost: shape.cost,
    };
    (0u16..).zip(&lines.shapes).map(way).collect()
}

/// A white space and what it may be instead: way 0 is as it should be.
fn whites(heights: &[SpaceHeight], kept: bool, grid: Abs) -> Vec<Way> {
    let natural = heights[0].height;
    let least = if kept { grid } else { Abs::ZERO };
    let mut ways = vec![Way { way: 0, height: natural, cost: 0.0 }];
    for n in 1..=WHITE.0 {
        let cost = cost::WHITE_MORE * (n * n) as f64;
        ways.push(Way { way: u16::nearest(n), height: natural + grid * n, cost });
    }
    for n in 1..=WHITE.1 {
        let height = natural - grid * n;
        if height >= least {
            let gone = if height == Abs::ZERO { cost::WHITE_GONE } else { 0.0 };
            let cost = gone + cost::WHITE_LESS * (n * n) as f64;
            ways.push(Way { way: u16::nearest(WHITE.0 + n), height, cost });
        }
    }
    ways
}
