//! Where a page may end in text that stands in columns side by side.

use super::column::Column;
use crate::length::Abs;
use crate::typeset::flow_item::{FlowItem, RowHold, in_lines};

/// Columns of so many rows at most stay on one page: a list that is parted into two columns and two pages
/// is read in four pieces.
const WHOLE: u32 = 8;
/// Longer ones leave so many rows on each page.
const LEAST: u32 = 2;
/// Where paragraphs of several lines leave no whole row for so many rows, the page may end in one that is
/// not full.
const FAR: u32 = 6;

impl Column {
    /// Takes away the white at both ends of what stands from `first` on: the columns have their own above and
    /// below themselves.
    pub(super) fn trim_white(&mut self, first: usize) {
        self.drop_soft_space();
        let items = self.split_off(first);
        let is_white = |item: &FlowItem| matches!(item, FlowItem::Space { kept: false, .. });
        self.extend(items.into_iter().skip_while(is_white));
    }

    /// Holds what stands from `first` on together, so that pages end below whole rows of `count` columns.
    ///
    /// Page breaking gives each line in columns a share of its height, and so a row that is not full
    /// counts for less than the line that it takes: five lines in two columns are two and a half there and
    /// three on paper. Below a whole row both are the same.
    pub(super) fn hold_rows(&mut self, first: usize, count: u32, grid: Abs) {
        // Boxes stand in no column: the rows above them end, and those below begin anew.
        let is_box = |item: &FlowItem| matches!(item, FlowItem::Solid(_));
        self.since(first).split_mut(is_box).for_each(|run| hold(run, count, grid));
    }
}

fn hold(run: &mut [FlowItem], count: u32, grid: Abs) {
    let Some(last) = run.iter().rposition(|item| matches!(item, FlowItem::Paragraph(_))) else { return };
    let total: u32 = run[..=last].iter().map(|item| lines(item, grid)).sum();
    let rows = total.div_ceil(count);
    // How many lines stand above, and how many did at the last place where a page may end.
    let (mut above, mut ended) = (0, 0);
    for item in &mut run[..last] {
        above += lines(item, grid);
        let FlowItem::Paragraph(text) = item else { continue };
        let inside = above >= LEAST * count && total - above >= LEAST * count;
        let full = above.is_multiple_of(count) || above - ended > FAR * count;
        if rows > WHOLE && inside && full {
            ended = above;
        } else {
            text.row = if rows <= WHOLE { RowHold::Whole } else { RowHold::Next };
        }
    }
}

/// How many lines an item takes in its column.
fn lines(item: &FlowItem, grid: Abs) -> u32 {
    match item {
        FlowItem::Paragraph(text) => {
            let lines = u32::try_from(text.variants[0].ends.len()).unwrap_or(u32::MAX);
            lines.saturating_mul(in_lines(text.leading, grid).max(1))
        }
        FlowItem::Space { heights, .. } => in_lines(heights[0].height, grid),
        _ => 0,
    }
}
