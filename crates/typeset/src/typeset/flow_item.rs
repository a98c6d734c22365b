//! The items of a flow: blocks of the book turned into pieces of a column, lines not
//! yet placed.

use super::line::{Breaks, Line, Mark};
use super::paginate::{
    Divided, ItemId, LineCall, Lines, PageItem, RepeatedHead, Shape, Solid, SpaceHeight, cost,
};
use super::paragraph::Paragraph;
use crate::book::NoteId;
use crate::length::{Abs, Size};
use crate::narrow::Nearest;
use crate::pages::{LeafId, Role};
use std::collections::{BTreeMap, BTreeSet};

/// A piece of the column.
#[derive(Debug)]
pub enum FlowItem {
    /// A paragraph.
    Paragraph(Box<ParagraphItem>),
    /// White space; the first of its heights is the natural one.
    Space {
        /// The heights that it may have.
        heights: Vec<SpaceHeight>,
        /// It stays at the head of a page.
        kept: bool,
    },
    /// Something that cannot be divided.
    Solid(SolidItem),
    /// Back to the grid.
    Snap,
    /// The author ends the page here.
    PageEnd,
    /// What follows stands in columns side by side.
    ColumnsStart(ColumnSet),
    /// The columns end here.
    ColumnsEnd,
    /// A text ends, and the next one runs on.
    TextEnd,
    /// A page of the older edition begins, and is kept; its number.
    SourcePageStart(String),
}

/// Columns that stand side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnSet {
    /// How many; two at least.
    pub count: u32,
    /// From the left edge of one to that of the next.
    pub step: Abs,
}

/// No column is narrower, in ems: two or three words a line.
pub const NARROWEST: f64 = 6.0;

/// What the rows of columns side by side forbid to page breaking. A column may end there all the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowHold {
    /// Nothing.
    #[default]
    None,
    /// A break after the paragraph: the row is not full there.
    Next,
    /// A break after it and in it: the columns stay on one page.
    Whole,
}

/// A paragraph.
#[derive(Debug)]
pub struct ParagraphItem {
    /// Its shaped words.
    pub paragraph: Paragraph,
    /// The ways to break it, the best first.
    pub variants: Vec<Breaks>,
    /// Height of its lines.
    pub leading: Abs,
    /// No page break after it.
    pub keep_next: bool,
    /// No page break in it.
    pub keep_together: bool,
    /// How far its row of columns forbids a page break, and no break of columns.
    pub row: RowHold,
    /// No figure may float past it: it is a heading.
    pub barrier: bool,
    /// What a page break in it, and after it, divides that had better stay together.
    pub divided: (Option<Divided>, Option<Divided>),
    /// Lines that stand beside its first line, or hang from it: a list's
    /// marker; an initial. Each with how far below the first baseline.
    pub beside: Vec<(Abs, Line)>,
    /// It is part of a note.
    pub noted: bool,
    /// The letters of its initial: they belong to its first word, and the
    /// large letter in `beside` only draws them.
    pub initial: Option<String>,
}

/// Something that cannot be divided.
#[derive(Debug, Default)]
pub struct SolidItem {
    /// Its height.
    pub height: Abs,
    /// No page break after it.
    pub keep_next: bool,
    /// What a page break after it divides that had better stay together.
    pub divided: Option<Divided>,
    /// It may move to the head of the next page.
    pub floats: bool,
    /// White space above and below it, where it does not begin a page.
    pub pad: Abs,
    /// How many items before it stands what must be repeated above it.
    pub head: Option<u32>,
    /// White space below it where it is repeated.
    pub tail: Abs,
    /// It is a plate: its page has neither head nor folio.
    pub plate: bool,
    /// It is the first of two pages that face each other.
    pub begins_spread: bool,
    /// It is a page that is turned by a quarter, and as deep as the others are wide.
    pub turned: bool,
    /// What is in it.
    pub fragments: Vec<Fragment>,
}

/// A part of something that cannot be divided.
#[derive(Debug)]
pub enum Fragment {
    /// A line, and how far its baseline is below that of a line of text at the
    /// top of the box.
    Line(Abs, Line),
    /// Likewise, but no text: what it is instead.
    Ornament(Abs, Line, Role),
    /// A rule: from the left of the text block, from the top of the box.
    Rule(Abs, Abs, Size),
    /// A picture: likewise, and what it is on its page.
    Picture(Abs, Abs, u32, Size, Role),
    /// A picture that fills the page from the spine to beyond the other edges, or as much
    /// of it as lies above a depth of the text block.
    Bleed {
        /// That depth.
        kept: Option<Abs>,
        /// The picture.
        image: u32,
        /// Its size.
        size: Size,
        /// Where it is read.
        leaf: Option<LeafId>,
        /// It goes over the spine, and the page shows its half.
        over: bool,
    },
}

impl Fragment {
    /// A picture that is read there, or one that only adorns the page.
    #[must_use]
    pub fn picture(x: Abs, top: Abs, image: u32, size: Size, leaf: Option<LeafId>) -> Fragment {
        Fragment::Picture(x, top, image, size, leaf.map_or(Role::Ornament, Role::Leaf))
    }

    /// The same, so much further down.
    #[must_use]
    pub fn lowered(self, by: Abs) -> Fragment {
        match self {
            Fragment::Line(y, line) => Fragment::Line(y + by, line),
            Fragment::Ornament(y, line, role) => Fragment::Ornament(y + by, line, role),
            Fragment::Rule(x, y, size) => Fragment::Rule(x, y + by, size),
            Fragment::Picture(x, y, image, size, role) => Fragment::Picture(x, y + by, image, size, role),
            bleed @ Fragment::Bleed { .. } => bleed,
        }
    }

    /// The same of a picture that bleeds, for a page on which it is not read.
    #[must_use]
    pub fn without_leaf(&self) -> Option<Fragment> {
        match *self {
            Fragment::Bleed { kept, image, size, over, .. } => {
                Some(Fragment::Bleed { kept, image, size, leaf: None, over })
            }
            _ => None,
        }
    }

    /// The same as it is repeated on a further page: an ornament, read once.
    #[must_use]
    pub fn repeated(&self) -> Option<Fragment> {
        match self {
            Fragment::Line(y, line) | Fragment::Ornament(y, line, _) => {
                Some(Fragment::Ornament(*y, line.clone(), Role::Ornament))
            }
            Fragment::Rule(x, y, size) => Some(Fragment::Rule(*x, *y, *size)),
            Fragment::Picture(..) | Fragment::Bleed { .. } => None,
        }
    }
}

/// How far a picture that bleeds goes beyond the trimmed edge: what printers ask for.
pub const BLEED: Abs = Abs::raw(65_536 * 9);

/// How many columns items stand in, and the grid of their lines.
///
/// A line in columns is as high as a whole number of lines of the text, whatever its type: then `n` columns as deep
/// as a page hold `n` times as many lines as the page does, and none is left over when they are dealt out. With
/// lines of several heights something would be left empty at the foot of each column.
#[derive(Clone, Copy, Debug)]
struct Columns {
    count: u32,
    grid: Abs,
}

impl Columns {
    /// How many lines something is high.
    fn lines(self, height: Abs) -> u32 {
        in_lines(height, self.grid)
    }

    /// The share of the page's depth that so many lines have in a column; outside of columns it is their own height.
    fn share(self, lines: u32, own: Abs) -> Abs {
        if self.count > 1 { self.grid * i64::from(lines) / i64::from(self.count) } else { own }
    }
}

/// How many lines of a column something is high.
#[must_use]
pub fn in_lines(height: Abs, grid: Abs) -> u32 {
    u32::nearest(height.ratio(grid).round().max(0.0))
}

/// What one unit of demerits costs in the ranking of page breaking.
const COST_OF_DEMERITS: f64 = 1.0 / 50.0;
/// A paragraph that is set looser or tighter costs this at least.
const OTHER_SHAPE: f64 = 4.0;
/// And this at most: the breaker offers nothing that is not fit to print.
const WORST_SHAPE: f64 = 400.0;
/// A last line that is all but empty, or hyphens in two lines in a row, for the sake of a
/// page's depth: dearer than two facing pages that are a line short, cheaper than two of
/// unlike depth.
const FAULT: f64 = 1200.0;
/// A paragraph that is cut where an old page ends, and whose last line is short.
const SHORT_LAST_LINE: f64 = 5000.0;

impl ParagraphItem {
    /// As page breaking sees it, in columns side by side: there its lines have a
    /// share of their height, and one shape, since they do not stand on the grid.
    fn page_item(&self, ends: &BTreeMap<NoteId, u32>, depth: Abs, columns: Columns) -> PageItem {
        let best = self.variants[0].demerits;
        let variants = if columns.count > 1 { &self.variants[..1] } else { &self.variants[..] };
        let shapes = variants.iter().map(|breaks| Shape {
            lines: u32::nearest(breaks.ends.len()),
            cost: shape_cost(breaks, &self.variants[0], best),
            hyphens: breaks.hyphenated.clone(),
            own_hyphens: self.paragraph.own_hyphens(breaks),
            calls: self.calls(breaks, ends),
        });
        let shapes: Vec<Shape> = shapes.collect();
        let leading = columns.share(columns.lines(self.leading).max(1), self.leading).min(depth);
        // What wants to stay whole and is higher than a page cannot: it is divided like any other.
        let whole = self.keep_together || self.row == RowHold::Whole;
        let keep_together = whole && leading * i64::from(shapes[0].lines) <= depth;
        let keep_next = self.keep_next || self.row != RowHold::None;
        let ParagraphItem { barrier, divided, .. } = *self;
        PageItem::Lines(Lines { leading, shapes, keep_next, keep_together, barrier, divided })
    }

    /// The notes that it calls.
    fn notes(&self) -> impl Iterator<Item = NoteId> {
        let marks = self.variants.first().into_iter().flat_map(|breaks| self.paragraph.marks(breaks));
        marks.filter_map(|(_, mark)| match mark {
            Mark::Call(note, _) => Some(*note),
            _ => None,
        })
    }

    fn calls(&self, breaks: &Breaks, ends: &BTreeMap<NoteId, u32>) -> Vec<LineCall> {
        let marks = self.paragraph.marks(breaks);
        marks
            .filter_map(|(line, mark)| match mark {
                Mark::Call(note, _) => ends.get(note).map(|end| LineCall { line, notes_due: *end }),
                _ => None,
            })
            .collect()
    }
}

fn shape_cost(breaks: &Breaks, first: &Breaks, best: f64) -> f64 {
    let short = if breaks.short_last_line { SHORT_LAST_LINE } else { 0.0 };
    if breaks == first {
        return short;
    }
    // Demerits become costs of page breaking. What counts is how much worse the lines are than the
    // best, for that is what choosing another shape gives up; a floor keeps it from being free, and a
    // ceiling from outweighing a widow, since the breaker offers nothing that is not fit to print.
    let faults = FAULT * f64::from(breaks.faults.saturating_sub(first.faults));
    short
        + faults
        + (OTHER_SHAPE + (breaks.demerits - best) * COST_OF_DEMERITS).clamp(OTHER_SHAPE, WORST_SHAPE)
}

impl SolidItem {
    fn page_item(&self, index: usize, items: &[FlowItem], notes_due: Option<u32>, depth: Abs) -> PageItem {
        let head = self.head.map(|back| index - back as usize);
        let head = head.and_then(|at| match &items[at] {
            FlowItem::Solid(solid) => {
                Some(RepeatedHead { item: ItemId::new(at), height: solid.height + solid.tail })
            }
            _ => None,
        });
        let head = head.filter(|head| self.height + head.height <= depth);
        PageItem::Solid(Solid {
            height: self.height.min(depth),
            keep_next: self.keep_next,
            divided: self.divided,
            floats: self.floats,
            begins_spread: self.begins_spread,
            pad: self.pad,
            notes_due,
            head,
        })
    }

    fn notes(&self) -> impl Iterator<Item = NoteId> {
        calls_in(&self.fragments)
    }
}

/// The notes that are called in the lines of fragments.
pub fn calls_in(fragments: &[Fragment]) -> impl Iterator<Item = NoteId> {
    let lines = fragments.iter().filter_map(|fragment| match fragment {
        Fragment::Line(_, line) => Some(line),
        _ => None,
    });
    lines.flat_map(|line| &line.marks).filter_map(|(_, mark)| match mark {
        Mark::Call(note, _) => Some(*note),
        _ => None,
    })
}

/// The column as page breaking sees it, on pages of that depth. `ends` says
/// where each note's lines end in the roll.
///
/// No item is deeper than a page, so that there is always a way to set it: what
/// is deeper counts as a full page, what wants to stay whole and cannot is
/// divided, a table's head is not repeated where it leaves no room, and white
/// that stays at the head of a page gives way where nothing would fit below it.
#[must_use]
pub fn page_items(
    items: &[FlowItem],
    ends: &BTreeMap<NoteId, u32>,
    (depth, grid): (Abs, Abs),
) -> Vec<PageItem> {
    let due = notes_due(items, ends);
    // How many columns the item at hand stands in.
    let mut columns = Columns { count: 1, grid };
    let nothing = || PageItem::Space { heights: vec![SpaceHeight::natural(Abs::ZERO)], kept: false };
    let item = |(index, item): (usize, &FlowItem)| match item {
        FlowItem::Paragraph(text) => text.page_item(ends, depth, columns),
        FlowItem::Space { heights, kept } => {
            let gone = kept.then_some(SpaceHeight { height: Abs::ZERO, cost: cost::SPACE_GONE });
            let share = |space: SpaceHeight| SpaceHeight {
                height: columns.share(columns.lines(space.height), space.height),
                ..space
            };
            let heights = heights.iter().copied().chain(gone).map(share);
            let heights = if columns.count > 1 { heights.take(1).collect() } else { heights.collect() };
            PageItem::Space { heights, kept: *kept }
        }
        FlowItem::Solid(solid) => solid.page_item(index, items, due[index], depth),
        FlowItem::Snap => PageItem::Snap,
        FlowItem::PageEnd => PageItem::PageEnd,
        FlowItem::ColumnsStart(set) => {
            columns.count = set.count;
            PageItem::Snap
        }
        FlowItem::ColumnsEnd => {
            columns.count = 1;
            nothing()
        }
        FlowItem::TextEnd => PageItem::TextEnd,
        FlowItem::SourcePageStart(label) => PageItem::SourcePageStart(label.clone()),
    };
    items.iter().enumerate().map(item).collect()
}

/// The end of the last note that must have begun when each box is set.
///
/// Notes stand in the order of their calls, and the cells of a row that is cut are
/// not read in the order of its parts: the second cell may call its first note
/// above the last of the first cell. A note whose turn comes after one that is
/// called further down waits for that, since no note may begin before the page of
/// its call.
fn notes_due(items: &[FlowItem], ends: &BTreeMap<NoteId, u32>) -> Vec<Option<u32>> {
    // A note that is called again stands where it was called first.
    let mut seen = BTreeSet::new();
    let called = |item: &FlowItem| match item {
        FlowItem::Solid(solid) => {
            let first = solid.notes().filter(|note| seen.insert(*note));
            first.filter_map(|note| ends.get(&note).copied()).collect()
        }
        FlowItem::Paragraph(text) => {
            seen.extend(text.notes());
            Vec::new()
        }
        _ => Vec::new(),
    };
    let called: Vec<Vec<u32>> = items.iter().map(called).collect();
    // For each box, the first note that is called further down.
    let mut later: Vec<Option<u32>> = vec![None; items.len()];
    // From the end to the beginning, the least note that is called below: one pass, where a look ahead
    // from each box would take time by the square of a table's rows.
    for at in (1..items.len()).rev() {
        later[at - 1] = called[at].iter().copied().chain(later[at]).min();
    }
    let mut waiting = Vec::new();
    let due = called.into_iter().zip(later).map(|(called, later)| {
        let may_begin = |end: u32| later.is_none_or(|later| end < later);
        waiting.extend(called);
        let due = waiting.iter().copied().filter(|end| may_begin(*end)).max();
        waiting.retain(|end| !may_begin(*end));
        due
    });
    due.collect()
}
