//! Pages that are turned by a quarter: for tables and pictures that are wider than the
//! text block is.
//!
//! What stands on them is composed in lines as long as the text block is deep, and then
//! put together page by page, since page breaking knows pages of one shape only: for it a
//! turned page is a box as high as a page, which floats as a plate does.

use super::builder::FlowBuilder;
use super::context::BlockContext;
use super::note_queue::FootNote;
use super::turned_notes::{NoteLines, Notes};
use super::turned_unit::Unit;
use crate::book::Block;
use crate::length::Abs;
use crate::typeset::flow_item::{FlowItem, Fragment, SolidItem};

impl FlowBuilder<'_, '_> {
    /// Composes blocks for turned pages. In a note, or where an older edition's pages are
    /// kept, they stand as others do.
    pub(super) fn landscape(&mut self, blocks: &[Block], ctx: &BlockContext) {
        if ctx.noted || self.cx.keeps_source_pages() {
            return self.blocks(blocks, ctx);
        }
        let (depth, measure) = (self.cx.style.depth(), self.cx.style.measure());
        let outer = std::mem::take(&mut self.column);
        // Lines end as far to the right of the text block as it is deeper than wide.
        let indents = (Abs::ZERO, measure - depth);
        let around = std::mem::replace(&mut self.composer.scope.turned, true);
        let first = self.composer.notes.foot.len();
        self.blocks(blocks, &BlockContext { indents, ..ctx.clone() });
        self.composer.scope.turned = around;
        let called = self.composer.notes.foot.split_off(first);
        let mut notes = self.turned_notes(called);
        let mut items = std::mem::replace(&mut self.column, outer).into_items();
        // A plate has a page of its own already, which parts what stands before it from what follows.
        while let Some(at) = items.iter().position(is_plate) {
            let after = items.split_off(at + 1);
            let plate = items.pop();
            self.turned_pages(items, &mut notes, ctx);
            if let Some(FlowItem::Solid(plate)) = plate {
                self.column.push_solid(plate);
            }
            items = after;
        }
        self.turned_pages(items, &mut notes, ctx);
        // What is called on a plate, which has no foot of its own, stands behind it.
        let left = notes.left();
        self.turned_pages_of(left, &mut Notes::default(), false);
        self.indent_next();
    }

    /// The lines of notes that are called on turned pages, at whose feet they stand.
    fn turned_notes(&mut self, called: Vec<FootNote>) -> Notes {
        let gap = self.cx.style.leading();
        let lines = called.into_iter().map(|note| NoteLines {
            note: note.note,
            nested: note.nested,
            units: self.units(note.items),
        });
        Notes::new(lines.collect(), gap)
    }

    /// Puts what stands between plates on turned pages.
    fn turned_pages(&mut self, items: Vec<FlowItem>, notes: &mut Notes, ctx: &BlockContext) {
        let units = self.units(items);
        let floats = ctx.lists == 0 && !units.iter().any(|unit| unit.calls().next().is_some());
        self.turned_pages_of(units, notes, floats);
    }

    fn turned_pages_of(&mut self, units: Vec<Unit>, notes: &mut Notes, floats: bool) {
        let (depth, measure) = (self.cx.style.depth(), self.cx.style.measure());
        for fragments in pages(units, measure, notes) {
            self.column.push_solid(SolidItem {
                height: depth,
                floats,
                plate: true,
                turned: true,
                fragments,
                ..SolidItem::default()
            });
        }
    }

    pub(super) fn units(&mut self, items: Vec<FlowItem>) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::with_capacity(items.len());
        // Where each item begins among the units, for the heads of tables.
        let mut starts = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            starts.push(units.len());
            match item {
                FlowItem::Paragraph(text) => {
                    let shift = self.cx.style.baseline_shift(text.leading);
                    let lines = text.paragraph.lines(&text.variants[0], &mut self.composer.shaper);
                    let (last, mut beside) = (lines.len().saturating_sub(1), text.beside);
                    for (n, line) in lines.into_iter().enumerate() {
                        let mut fragments: Vec<Fragment> =
                            beside.drain(..).map(|(drop, line)| Fragment::Line(shift + drop, line)).collect();
                        fragments.push(Fragment::Line(shift, line));
                        let keep_next = if n == last { text.keep_next } else { text.keep_together };
                        units.push(Unit { height: text.leading, fragments, keep_next, ..Unit::default() });
                    }
                }
                FlowItem::Solid(solid) => {
                    let head = solid.head.and_then(|back| starts.get(index - back as usize)).copied();
                    let SolidItem { height, fragments, tail, keep_next, .. } = solid;
                    units.push(Unit { height, fragments, tail, head, keep_next, ..Unit::default() });
                }
                FlowItem::Space { heights, kept } => {
                    units.push(Unit { height: heights[0].height, white: !kept, ..Unit::default() });
                }
                _ => {}
            }
        }
        units
    }
}

/// Whether an item is a page of its own.
fn is_plate(item: &FlowItem) -> bool {
    matches!(item, FlowItem::Solid(solid) if solid.plate)
}

/// The units on pages of that depth, as many on each as fit with the notes that they call; what stays
/// together begins a page together. Notes for which a page has no room stand behind all of it.
fn pages(mut units: Vec<Unit>, depth: Abs, notes: &mut Notes) -> Vec<Vec<Fragment>> {
    notes.give(units.iter_mut().map(|unit| (unit.calls().collect(), unit)), depth);
    units.append(&mut notes.late());
    let ends = page_ends(&units, depth, notes);
    let mut made = Vec::with_capacity(ends.len());
    let mut from = 0;
    for end in ends {
        let mut fragments = Vec::new();
        let first = (from..end).find(|at| !units[*at].white).unwrap_or(end);
        let mut y = Abs::ZERO;
        if let Some(head) = units.get(first).and_then(|unit| unit.head).filter(|head| *head < first) {
            fragments.extend(units[head].fragments.iter().filter_map(Fragment::repeated));
            y += units[head].height + units[head].tail;
        }
        made.push((first..end, y, fragments));
        from = end;
    }
    let mut units = units.into_iter().map(Some).collect::<Vec<_>>();
    let mut set = |(range, mut y, mut fragments): (std::ops::Range<usize>, Abs, Vec<Fragment>)| {
        let mut called = Vec::new();
        for unit in units[range].iter_mut().filter_map(Option::take) {
            fragments.extend(unit.fragments.into_iter().map(|fragment| fragment.lowered(y)));
            y += unit.height;
            called.extend(unit.notes);
        }
        fragments.extend(notes.at_foot(&called, depth));
        fragments
    };
    made.into_iter().map(&mut set).filter(|fragments: &Vec<Fragment>| !fragments.is_empty()).collect()
}

/// The end of each page among the units.
fn page_ends(units: &[Unit], depth: Abs, notes: &Notes) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut from = 0;
    // Each turn sets one unit at least, so it ends.
    while from < units.len() {
        let (mut y, mut foot) = (Abs::ZERO, Abs::ZERO);
        let mut end = from;
        while let Some(unit) = units.get(end) {
            let skipped = unit.white && y == Abs::ZERO;
            let head = unit.head.filter(|head| y == Abs::ZERO && *head < end).map(|head| &units[head]);
            if !skipped {
                y += unit.height + head.map_or(Abs::ZERO, |head| head.height + head.tail);
            }
            foot += notes.height(&unit.notes);
            let gap = if foot > Abs::ZERO { notes.gap() } else { Abs::ZERO };
            if y + foot + gap > depth && !unit.white && end > from {
                break;
            }
            end += 1;
        }
        if end < units.len() {
            // Back to a place where a page may end, if there is one.
            let may_end = |at: usize| !units[at - 1].keep_next && !units[at].white;
            end = (from + 1..=end).rev().find(|at| may_end(*at)).unwrap_or(end);
        }
        ends.push(end);
        from = end;
    }
    ends
}
