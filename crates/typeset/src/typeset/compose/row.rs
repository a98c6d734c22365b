//! Rows of tables: cells beside one another, cut between their lines where a
//! row is long.

use super::builder::FlowBuilder;
use super::context::BlockContext;
use super::line_height::lift;
use crate::book::Align;
use crate::length::{Abs, Size};
use crate::style::Rules;
use crate::typeset::flow_item::{Fragment, SolidItem};
use crate::typeset::line::StyledText;
use crate::typeset::paginate::Divided;

/// Thickness of the rules above and below, and of the one under the head.
const RULES: (f64, f64) = (0.8, 0.4);
/// How far above the foot of their row they stand: the rule below the table, and the one under the head.
const ABOVE_FOOT: (Abs, Abs) = (Abs::raw(65_536), Abs::raw(98_304));
/// Rows of so many lines may go on overleaf, two lines on each side at least.
const LONG_ROW: usize = 8;

/// Where a column stands.
#[derive(Clone, Copy)]
pub(super) struct Column {
    pub(super) left: Abs,
    pub(super) width: Abs,
    pub(super) align: Align,
}

/// Which row of the table it is.
#[derive(Clone, Copy)]
pub(super) struct Edges {
    pub(super) first: bool,
    pub(super) last: bool,
    pub(super) head: bool,
    pub(super) below_head: bool,
}

/// A row that is set.
struct SetRow {
    parts: Vec<RowPart>,
    height: Abs,
    /// Lines of its deepest cell.
    lines: usize,
    /// Lines of its first cell that has words.
    leading_lines: usize,
}

/// The boxes of a row, and what its table must know of it.
pub(super) struct Boxes {
    pub(super) boxes: Vec<SolidItem>,
    /// Its first cell that has words takes several lines.
    pub(super) turns: bool,
}

/// What stands in a row: a line of a cell, or a rule, which has no height.
struct RowPart {
    top: Abs,
    bottom: Abs,
    fragment: Fragment,
}

impl FlowBuilder<'_, '_> {
    /// The boxes of a row, one below the other: one, or for a long row as many as
    /// there are places where it may be divided, and one more.
    pub(super) fn row(
        &mut self,
        cells: &[StyledText],
        columns: &[Column],
        size: Abs,
        edges: Edges,
        ctx: &BlockContext,
    ) -> Boxes {
        let row = self.set_row(cells, columns, size, edges, ctx);
        let ruled = self.cx.style.table.rules == Rules::Open;
        let tail = if edges.head && ruled { size.scale(0.3) } else { Abs::ZERO };
        let turns = row.leading_lines > 1;
        let cuts = if row.lines < LONG_ROW { Vec::new() } else { cuts(&row) };
        let mut boxes = cut(row, &cuts);
        if let Some(last) = boxes.last_mut() {
            last.tail = tail;
        }
        Boxes { boxes, turns }
    }

    fn set_row(
        &mut self,
        cells: &[StyledText],
        columns: &[Column],
        size: Abs,
        edges: Edges,
        ctx: &BlockContext,
    ) -> SetRow {
        let leading = size.scale(1.26);
        let base = self.cx.style.baseline_shift(leading);
        let rise = base + self.cx.style.size().scale(0.7);
        let ruled = self.cx.style.table.rules == Rules::Open;
        let pad = size.scale(0.3);
        let above = match edges {
            Edges { first: true, .. } if ruled => pad * 2,
            Edges { below_head: true, .. } if ruled => pad,
            _ => Abs::ZERO,
        };
        let mut row = SetRow { parts: Vec::new(), height: above + leading, lines: 1, leading_lines: 0 };
        for (cell, column) in cells.iter().zip(columns) {
            let form = self.cell_form(column.left, column.width, column.align, ctx);
            let lines = self.composer.lines(cell, &form);
            row.lines = row.lines.max(lines.len());
            if row.leading_lines == 0 {
                row.leading_lines = lines.len();
            }
            let mut top = above;
            for line in lines {
                let bottom = top + leading + lift(&line, size, rise);
                let fragment = Fragment::Line(bottom - leading + base, line);
                row.parts.push(RowPart { top, bottom, fragment });
                top = bottom;
            }
            row.height = row.height.max(top);
        }
        // The pad of very small rows is narrower than the rules want: these would cross the last line.
        row.height += match edges {
            Edges { last: true, .. } if ruled => pad.max(ABOVE_FOOT.0),
            Edges { head: true, .. } if ruled => pad.max(ABOVE_FOOT.1),
            Edges { last: true, .. } | Edges { head: true, .. } => pad,
            _ => pad / 2,
        };
        if ruled {
            row.parts.extend(rules(columns, row.height, edges));
        }
        row
    }
}

/// Where a row may be divided: below a line of every cell, but not below the
/// first such place or the last.
fn cuts(row: &SetRow) -> Vec<Abs> {
    let lines = || row.parts.iter().filter(|part| part.top < part.bottom);
    // The foot of every line of every cell is a place to ask about. It is one to cut at if no line of
    // any cell crosses it: all end above it or begin below it. Rules have no height and are in
    // nobody's way.
    let mut cuts: Vec<Abs> = lines().map(|line| line.bottom).collect();
    cuts.sort();
    cuts.dedup();
    cuts.pop();
    // Each line crosses the places strictly between its top and its foot, which lie together in the sorted list: it is
    // counted in at the first and out behind the last, and one walk over the list adds up how many cross each place.
    let mut crossing = vec![0_i64; cuts.len() + 1];
    for line in lines() {
        let (first, behind) =
            (cuts.partition_point(|cut| *cut <= line.top), cuts.partition_point(|cut| *cut < line.bottom));
        if first < behind {
            crossing[first] += 1;
            crossing[behind] -= 1;
        }
    }
    let mut crossed = crossing.into_iter().scan(0, |sum, change| {
        *sum += change;
        Some(*sum > 0)
    });
    cuts.retain(|_| !crossed.next().unwrap_or(false));
    cuts.pop();
    // The last place was the foot of the row itself and is gone already; now the last and the first
    // within it go too, so that a part of a row has two lines at least.
    cuts.drain(..cuts.len().min(1));
    cuts
}

fn cut(row: SetRow, cuts: &[Abs]) -> Vec<SolidItem> {
    let ends = cuts.iter().copied().chain([row.height]);
    let mut top = Abs::ZERO;
    let mut boxes: Vec<SolidItem> = Vec::with_capacity(cuts.len() + 1);
    for end in ends {
        let divided = (end < row.height).then_some(Divided::Row);
        boxes.push(SolidItem { height: end - top, divided, ..SolidItem::default() });
        top = end;
    }
    for RowPart { top, mut fragment, .. } in row.parts {
        // The part in which it begins; what it measured from the top of the row it now measures from
        // there.
        let at = cuts.partition_point(|cut| *cut <= top);
        if let (Fragment::Line(y, _) | Fragment::Rule(_, y, _), Some(above)) =
            (&mut fragment, at.checked_sub(1).map(|above| cuts[above]))
        {
            *y -= above;
        }
        boxes[at].fragments.push(fragment);
    }
    boxes
}

fn rules(columns: &[Column], height: Abs, edges: Edges) -> Vec<RowPart> {
    let left = columns.first().map_or(Abs::ZERO, |column| column.left);
    let right = columns.last().map_or(Abs::ZERO, |column| column.left + column.width);
    let rule = |y: Abs, weight: f64| {
        let fragment = Fragment::Rule(left, y, Size::new(right - left, Abs::pt(weight)));
        RowPart { top: y, bottom: y, fragment }
    };
    let mut rules = Vec::new();
    if edges.first {
        rules.push(rule(Abs::ZERO, RULES.0));
    }
    if edges.head {
        rules.push(rule(height - ABOVE_FOOT.1, RULES.1));
    }
    if edges.last {
        rules.push(rule(height - ABOVE_FOOT.0, RULES.0));
    }
    rules
}
