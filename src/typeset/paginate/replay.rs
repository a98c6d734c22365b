//! From the chain of steps that was best to what stands on each page.

use super::walker::Walker;
use super::{Layout, Lines, Spot, Step, Unit};
use crate::length::Abs;
use std::ops::Range;

/// What stands on a page.
#[derive(Clone, Debug)]
pub struct PagePlan {
    /// Its parts from head to foot.
    pub parts: Vec<Part>,
    /// Its note lines.
    pub notes: Range<u32>,
    /// How deep the text goes.
    pub depth: Abs,
    /// How far the page goes below the text block: only pages of an older
    /// edition do that are kept.
    pub over: Abs,
    /// What its leading is multiplied by; 1 but for such pages.
    pub led: f64,
    /// The [`Unit::Turn`] that begins it.
    pub opens: Option<u32>,
}

impl Default for PagePlan {
    fn default() -> PagePlan {
        PagePlan { parts: Vec::new(), notes: 0..0, depth: Abs::ZERO, over: Abs::ZERO, led: 1.0, opens: None }
    }
}

/// A part of a page: some lines of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The unit.
    pub unit: u32,
    /// In which of its ways it is set.
    pub shape: u16,
    /// Which of its lines stand here; `0..1` for a box.
    pub lines: Range<u32>,
    /// Distance of its top from the head of the text block.
    pub y: Abs,
    /// It only repeats what stands on an earlier page: a table's head.
    pub repeated: bool,
}

pub(crate) fn replay(walker: &Walker, steps: &[Step], last: u32, cost: f64) -> Layout {
    let mut chain = vec![last];
    while let Some(before) = steps[chain[chain.len() - 1] as usize].from {
        chain.push(before);
    }
    chain.reverse();
    let mut layout = Layout { cost, ..Layout::default() };
    for pair in chain.windows(2) {
        let (from, to) = (&steps[pair[0] as usize], &steps[pair[1] as usize]);
        let page = layout.pages.len();
        layout.compromises.extend(to.compromises.iter().map(|taken| (page, *taken)));
        layout.pages.push(plan(walker, &from.spot, to));
    }
    layout
}

fn plan(walker: &Walker, from: &Spot, to: &Step) -> PagePlan {
    let mut page = PagePlan { notes: from.notes..to.spot.notes, ..PagePlan::default() };
    let (floats, _) = walker.floats_at_head(from);
    for float in from.floats..floats {
        let unit = walker.floats[float as usize];
        page.push(unit, 0, 0..1, walker.float_height(float));
    }
    let mut own = walker.floats[floats as usize..to.spot.floats as usize].iter().peekable();
    let end = to.spot.unit + u32::from(to.spot.line > 0);
    for index in from.unit..end.min(walker.units.len() as u32) {
        let shape = to.choices.iter().find(|(unit, _)| *unit == index).map_or(0, |(_, shape)| *shape);
        match &walker.units[index as usize] {
            Unit::Lines(lines) => page.push_lines(index, lines, from, &to.spot, shape),
            Unit::Space { choices, .. } => page.depth += choices[shape as usize].0,
            Unit::Snap => page.depth = walker.snap(page.depth),
            Unit::Turn => {}
            Unit::Solid(solid) => {
                let Some((head, height)) = solid.head.filter(|_| index == from.unit) else {
                    if !solid.floats {
                        page.push(index, 0, 0..1, solid.height);
                    } else if own.next_if_eq(&&index).is_some() {
                        page.depth += Walker::above(solid, page.depth) + walker.frame.grid * i64::from(shape);
                        page.push(index, 0, 0..1, solid.height);
                        page.depth = (page.depth + solid.pad).min(walker.frame.depth);
                    }
                    continue;
                };
                page.push(head, 0, 0..1, height);
                page.parts.iter_mut().rev().take(1).for_each(|part| part.repeated = true);
                page.push(index, 0, 0..1, solid.height);
            }
        }
    }
    page
}

impl PagePlan {
    fn push(&mut self, unit: u32, shape: u16, lines: Range<u32>, height: Abs) {
        self.parts.push(Part { unit, shape, lines, y: self.depth, repeated: false });
        self.depth += height;
    }

    fn push_lines(&mut self, unit: u32, lines: &Lines, from: &Spot, to: &Spot, shape: u16) {
        let begun = unit == from.unit && from.line > 0;
        let ends = unit == to.unit;
        let shape = if begun {
            from.shape
        } else if ends {
            to.shape
        } else {
            shape
        };
        let first = if begun { from.line } else { 0 };
        let last = if ends { to.line } else { lines.shapes[shape as usize].lines };
        self.push(unit, shape, first..last, lines.leading * i64::from(last - first));
    }
}
