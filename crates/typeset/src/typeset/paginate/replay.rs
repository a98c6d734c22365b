//! From the chain of steps that was best to what stands on each page.

use super::item::{ItemId, Lines, PageItem, ShapeId};
use super::plan::{Layout, PagePart, PagePlan};
use super::position::{Position, Step, StepId};
use super::walker::Walker;
use crate::length::Abs;
use std::ops::Range;

/// Goes the chain of steps that ends in `last` once more, and writes down where each
/// item comes to stand. It does what the walk did, for one way instead of all.
pub(super) fn replay(walker: &Walker, steps: &[Step], last: StepId, cost: f64) -> Layout {
    // The search knows costs and states. Where things stand follows from the shapes that were chosen,
    // so it is computed once, for the chain that won, and not for the thousands that did not.
    let mut chain = vec![last];
    while let Some(before) = steps[chain[chain.len() - 1].0 as usize].from {
        chain.push(before);
    }
    chain.reverse();
    let mut layout = Layout { cost, ..Layout::default() };
    for pair in chain.windows(2) {
        let (from, to) = (&steps[pair[0].0 as usize], &steps[pair[1].0 as usize]);
        let page = layout.pages.len();
        layout.compromises.extend(to.compromises.iter().map(|taken| (page, *taken)));
        let recto = walker.frame.starts_recto == page.is_multiple_of(2);
        layout.pages.push(plan(walker, &from.position, to, recto));
    }
    layout
}

fn plan(walker: &Walker, from: &Position, to: &Step, recto: bool) -> PagePlan {
    let mut page = PagePlan { notes: from.notes..to.position.notes, ..PagePlan::default() };
    let (floats, _) = walker.floats_at_head(from, recto);
    for float in from.floats..floats {
        let item = walker.floats[float as usize];
        page.push(item, ShapeId::NATURAL, 0..1, walker.float_height(float));
    }
    let mut own = walker.floats[floats as usize..to.position.floats as usize].iter().peekable();
    let end = if to.position.line > 0 { to.position.item.next() } else { to.position.item };
    for item in walker.items_from(from.item).take_while(|item| *item < end) {
        let chosen = to.chosen.iter().find(|chosen| chosen.item == item);
        let shape = chosen.map_or(ShapeId::NATURAL, |chosen| chosen.shape);
        match &walker.items[item.index()] {
            PageItem::Lines(lines) => page.push_lines(item, lines, from, &to.position, shape),
            PageItem::Space { heights, .. } => page.depth += heights[shape.index()].height,
            PageItem::Snap => page.depth = walker.snap(page.depth),
            PageItem::PageEnd | PageItem::TextEnd | PageItem::SourcePageStart(_) => {}
            PageItem::Solid(solid) => {
                let Some(head) = solid.head.filter(|_| item == from.item) else {
                    if !solid.floats {
                        page.push(item, ShapeId::NATURAL, 0..1, solid.height);
                    } else if own.next_if_eq(&&item).is_some() {
                        page.depth +=
                            Walker::above(solid, page.depth) + walker.frame.grid * i64::from(shape.0);
                        page.push(item, ShapeId::NATURAL, 0..1, solid.height);
                        page.depth = (page.depth + solid.pad).min(walker.frame.depth);
                    }
                    continue;
                };
                page.push(head.item, ShapeId::NATURAL, 0..1, head.height);
                page.parts.iter_mut().rev().take(1).for_each(|part| part.repeated = true);
                page.push(item, ShapeId::NATURAL, 0..1, solid.height);
            }
        }
    }
    page
}

impl PagePlan {
    fn push(&mut self, item: ItemId, shape: ShapeId, lines: Range<u32>, height: Abs) {
        self.parts.push(PagePart { item, shape, lines, y: self.depth, repeated: false });
        self.depth += height;
    }

    fn push_lines(&mut self, item: ItemId, lines: &Lines, from: &Position, to: &Position, shape: ShapeId) {
        let begun = item == from.item && from.line > 0;
        let ends = item == to.item;
        // Three cases of a paragraph that is in several pages: here it goes on, so its shape was
        // settled when it began; here it is broken off, so the shape is that of the next page's
        // position; else all of it stands here, in the shape of the choice.
        let shape = if begun {
            from.shape
        } else if ends {
            to.shape
        } else {
            shape
        };
        let first = if begun { from.line } else { 0 };
        let last = if ends { to.line } else { lines.shapes[shape.index()].lines };
        self.push(item, shape, first..last, lines.leading * i64::from(last - first));
    }
}
