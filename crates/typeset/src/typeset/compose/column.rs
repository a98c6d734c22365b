//! The column of a flow, as far as it is composed.

use crate::length::Abs;
use crate::typeset::flow_item::{ColumnSet, FlowItem, ParagraphItem, SolidItem};
use crate::typeset::paginate::{Divided, SpaceHeight};
use std::ops::Range;

/// A box of so many lines at most is kept on one page where that costs no more than three
/// empty lines.
const SHORT_BOX: usize = 14;

/// A stanza of more lines is divided like any text: a sonnet is not.
const LONGEST_STANZA: usize = 14;
/// A stanza of so many lines stays whole in a poem: Spenser's have nine.
const WHOLE_STANZA: usize = 9;

/// The column of a flow, as far as it is composed.
#[derive(Debug, Default)]
pub struct Column {
    items: Vec<FlowItem>,
}

impl Column {
    /// What stands in it.
    #[must_use]
    pub fn into_items(self) -> Vec<FlowItem> {
        self.items
    }

    /// How many items stand in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// What stands in it from `first` on.
    pub fn since(&mut self, first: usize) -> &mut [FlowItem] {
        &mut self.items[first..]
    }

    /// Whether its last item is a paragraph or a box.
    #[must_use]
    pub fn ends_in_content(&self) -> bool {
        matches!(self.items.last(), Some(FlowItem::Paragraph(_) | FlowItem::Solid(_)))
    }

    /// Whether nothing but white stands below the last heading.
    #[must_use]
    pub fn ends_in_heading(&self) -> bool {
        let last =
            self.items.iter().rev().find(|item| !matches!(item, FlowItem::Space { .. } | FlowItem::Snap));
        matches!(last, Some(FlowItem::Paragraph(text)) if text.barrier)
    }

    /// Adds a paragraph.
    pub fn push_text(&mut self, text: ParagraphItem) {
        self.items.push(FlowItem::Paragraph(Box::new(text)));
    }

    /// Adds a box that cannot be divided.
    pub fn push_solid(&mut self, solid: SolidItem) {
        self.items.push(FlowItem::Solid(solid));
    }

    /// The paragraph at that index, if it is one.
    pub fn text_at(&mut self, index: usize) -> Option<&mut ParagraphItem> {
        match self.items.get_mut(index) {
            Some(FlowItem::Paragraph(text)) => Some(text),
            _ => None,
        }
    }

    /// White space that stays, wherever it stands.
    pub fn fixed_space(&mut self, height: Abs) {
        self.items.push(FlowItem::Space { heights: vec![SpaceHeight::natural(height)], kept: true });
    }

    /// White space that vanishes at the head of a page.
    pub fn soft_space(&mut self, height: Abs) {
        self.items.push(FlowItem::Space { heights: vec![SpaceHeight::natural(height)], kept: false });
    }

    /// White space of several possible heights, each with its cost; of spaces that
    /// meet, the larger counts, and a return to the grid between them comes last.
    pub fn elastic_space(&mut self, heights: Vec<SpaceHeight>) {
        if heights.iter().all(|space| space.height == Abs::ZERO) {
            return;
        }
        let last = match self.items.as_slice() {
            [.., FlowItem::Space { kept: false, .. }, FlowItem::Snap] => self.items.len() - 2,
            items => items.len().wrapping_sub(1),
        };
        match self.items.get_mut(last) {
            Some(FlowItem::Space { kept: true, .. }) | None => {}
            Some(FlowItem::Space { heights: known, .. }) => {
                if known[0].height < heights[0].height {
                    *known = heights;
                }
            }
            Some(_) => self.items.push(FlowItem::Space { heights, kept: false }),
        }
    }

    /// Of the white space that it ends in, a line stays at the head of a page.
    pub fn keep_a_line(&mut self, line: Abs) {
        let last = self.items.iter_mut().rev().find(|item| !matches!(item, FlowItem::Snap));
        if let Some(FlowItem::Space { heights, kept: false }) = last {
            for space in heights.iter_mut() {
                space.height = (space.height - line).max(Abs::ZERO);
            }
            self.fixed_space(line);
        }
    }

    /// Takes away the white space at its end that would vanish at the head of a page.
    pub fn drop_soft_space(&mut self) {
        while matches!(self.items.last(), Some(FlowItem::Space { kept: false, .. })) {
            self.items.pop();
        }
    }

    /// Back to the baseline grid.
    pub fn snap(&mut self) {
        self.items.push(FlowItem::Snap);
    }

    /// Whether it ends on its way back to the grid.
    #[must_use]
    pub fn ends_in_snap(&self) -> bool {
        matches!(self.items.last(), Some(FlowItem::Snap))
    }

    /// The page ends here.
    pub fn end_page(&mut self) {
        self.items.push(FlowItem::PageEnd);
    }

    /// What follows stands in columns.
    pub fn start_columns(&mut self, set: ColumnSet) {
        self.items.push(FlowItem::ColumnsStart(set));
    }

    /// The columns end here, and the text returns to the grid.
    pub fn end_columns(&mut self) {
        self.items.extend([FlowItem::ColumnsEnd, FlowItem::Snap]);
    }

    /// Parts the boxes from `first` on, which stand in no column, from the lines in columns around them: those above end on
    /// the grid, and those below begin on it.
    pub fn part_boxes(&mut self, first: usize) {
        let items = self.split_off(first);
        let mut in_box = false;
        for item in items {
            let is_box = matches!(item, FlowItem::Solid(_));
            let is_line = matches!(item, FlowItem::Paragraph(_));
            if is_box && !in_box || is_line && in_box {
                self.snap();
            }
            in_box = is_box || in_box && !is_line;
            self.items.push(item);
        }
    }

    /// A page of the older edition begins here.
    pub fn start_source_page(&mut self, label: &str) {
        self.items.push(FlowItem::SourcePageStart(label.to_owned()));
    }

    /// Puts white space that vanishes before the last item.
    pub fn soft_space_before_last(&mut self, height: Abs) {
        // The last item was pushed before it was known that space belongs above it; what was pushed
        // before it stays where it is.
        let at = self.items.len().saturating_sub(1);
        self.items.insert(at, FlowItem::Space { heights: vec![SpaceHeight::natural(height)], kept: false });
    }

    /// Takes off the last item.
    pub fn drop_last(&mut self) {
        self.items.pop();
    }

    /// Takes off the white space and the return to the grid that it ends in.
    pub fn split_off_space(&mut self) -> Vec<FlowItem> {
        let spaced = |item: &FlowItem| matches!(item, FlowItem::Space { kept: false, .. } | FlowItem::Snap);
        // What a passage ends in (white, a return to the grid) belongs between it and what follows.
        // Whoever takes the passage apart takes that off first, or it would stand in the middle.
        let end = self.items.iter().rposition(|item| !spaced(item)).map_or(0, |last| last + 1);
        self.items.split_off(end)
    }

    /// Takes off all items from `first` on.
    pub fn split_off(&mut self, first: usize) -> Vec<FlowItem> {
        self.items.split_off(first.min(self.items.len()))
    }

    /// Whether no paragraph stands in it from `first` on.
    #[must_use]
    pub fn is_bare_since(&self, first: usize) -> bool {
        self.items.iter().skip(first).all(|item| !matches!(item, FlowItem::Paragraph(_)))
    }

    /// Adds several items.
    pub fn extend(&mut self, items: impl IntoIterator<Item = FlowItem>) {
        self.items.extend(items);
    }

    /// The last paragraph or box must stay with what comes next.
    pub fn keep_next(&mut self) {
        let last = self
            .items
            .iter_mut()
            .rev()
            .find(|item| matches!(item, FlowItem::Paragraph(_) | FlowItem::Solid(_)));
        match last {
            Some(FlowItem::Paragraph(text)) => text.keep_next = true,
            Some(FlowItem::Solid(solid)) => solid.keep_next = true,
            _ => {}
        }
    }

    /// The last paragraph or box stays with what stands before it: the sign of a pause that ends a text has no
    /// page of its own.
    pub fn keep_last(&mut self) {
        let is_content = |item: &&mut FlowItem| matches!(item, FlowItem::Paragraph(_) | FlowItem::Solid(_));
        match self.items.iter_mut().rev().filter(is_content).nth(1) {
            Some(FlowItem::Paragraph(text)) => text.keep_next = true,
            Some(FlowItem::Solid(solid)) => solid.keep_next = true,
            _ => {}
        }
    }

    /// No page break between the items of a range, nor in them.
    pub fn hold_together(&mut self, range: Range<usize>) {
        let last = range.end.saturating_sub(1);
        for index in range {
            if let FlowItem::Paragraph(text) = &mut self.items[index] {
                text.keep_together = true;
                text.keep_next |= index != last;
            }
        }
    }

    /// No page break between the boxes from `first` on.
    pub fn hold_boxes(&mut self, first: usize) {
        let last = self.items.len().saturating_sub(1);
        for item in self.items.get_mut(first..last).unwrap_or_default() {
            if let FlowItem::Solid(solid) = item {
                solid.keep_next = true;
            }
        }
    }

    /// Puts so much white below boxes.
    pub(super) fn part_rows(&mut self, boxes: &[usize], white: Abs) {
        for at in boxes {
            if let Some(FlowItem::Solid(solid)) = self.items.get_mut(*at) {
                solid.height += white;
            }
        }
    }

    /// What stands from `first` on is a box. A short one had better stay on one page; a long
    /// one, which no page could make room for by ending early, is divided like any text.
    pub fn box_from(&mut self, first: usize) {
        let lines = |item: &FlowItem| match item {
            FlowItem::Paragraph(text) => text.variants[0].ends.len(),
            _ => 0,
        };
        let range = first.min(self.items.len())..self.items.len();
        let items = &mut self.items[range];
        let last = items.iter().rposition(|item| lines(item) > 0);
        if items.iter().map(lines).sum::<usize>() > SHORT_BOX {
            return;
        }
        for (at, item) in items.iter_mut().enumerate() {
            let after = Some(Divided::Box).filter(|_| last.is_some_and(|last| at < last));
            match item {
                FlowItem::Paragraph(text) => text.divided = (Some(Divided::Box), after),
                FlowItem::Solid(solid) => solid.divided = solid.divided.or(after),
                _ => {}
            }
        }
    }

    /// What stands from `first` on is a list. An item of one line had better not stand on another page
    /// than the rest of it, as its first or as its last.
    pub fn list_from(&mut self, first: usize) {
        let mut texts: Vec<&mut ParagraphItem> = self
            .since(first)
            .iter_mut()
            .filter_map(|item| match item {
                FlowItem::Paragraph(text) => Some(&mut **text),
                _ => None,
            })
            .collect();
        let is_line = |text: &ParagraphItem| text.variants[0].ends.len() == 1;
        if texts.len() < 2 {
            return;
        }
        let before_last = texts.len() - 2;
        for (at, alone) in [(0, is_line(texts[0])), (before_last, is_line(texts[before_last + 1]))] {
            if alone {
                texts[at].divided.1 = texts[at].divided.1.or(Some(Divided::Item));
            }
        }
    }

    /// What stands from `first` on is a stanza. A short one had better stay on one page; in a poem, whose pages
    /// need not be of one depth, it does.
    pub fn stanza_from(&mut self, first: usize, of_poem: bool) {
        let lines = self.items.len().saturating_sub(first);
        if lines > LONGEST_STANZA {
            return;
        }
        for item in self.items.iter_mut().skip(first).take(lines.saturating_sub(1)) {
            if let FlowItem::Paragraph(text) = item {
                // A page of prose that is short is seen; one of verse ends where it ends, and nobody can tell.
                // Pages of stanzas of one length are then all short by the same, as Spenser's are.
                text.keep_next |= of_poem && lines <= WHOLE_STANZA;
                text.divided.1 = text.divided.1.or(Some(Divided::Stanza));
            }
        }
    }

    /// Two of the paragraphs from `first` on stay together at each end.
    pub fn keep_two(&mut self, first: usize) {
        let texts: Vec<usize> =
            (first..self.items.len()).filter(|i| matches!(self.items[*i], FlowItem::Paragraph(_))).collect();
        let count = texts.len();
        for (place, index) in texts.into_iter().enumerate() {
            // The first stays with the second, and the last but one with the last: no list and no run
            // of short paragraphs leaves a single one of them on a page. All between may be parted
            // anywhere.
            let alone = place == 0 || place + 2 == count;
            if let FlowItem::Paragraph(text) = &mut self.items[index] {
                text.keep_next |= alone && place + 1 != count;
            }
        }
    }

    /// Pushes what stands from `first` on down a page of that depth: by `most`, if there is room, else to its foot.
    pub fn push_down(&mut self, first: usize, depth: Abs, most: Abs) {
        // Heights as they would best be set: page breaking may choose another shape, and then what
        // stands at the foot is a line off, which is seen on no such page, since they hold titles and
        // imprints.
        let spare = (depth - self.height_since(0)).min(most);
        if spare > Abs::ZERO {
            self.insert_space(first, spare);
        }
    }

    /// Sinks all that stands in it by so many lines of a page of that depth, or, where it would go on
    /// overleaf for that, by as many as there is room for.
    pub fn sink(&mut self, depth: Abs, line: Abs, lines: u32) {
        // Whole lines alone, so that what stands below the white is on the grid. What is longer than a page
        // begins at its head: on two pages nothing stands alone that white would have to set apart.
        let spare = depth - self.height_since(0);
        let room = (1..=lines).rev().map(|lines| line * i64::from(lines)).find(|room| *room <= spare);
        self.insert_space(0, room.unwrap_or(Abs::ZERO));
    }

    fn insert_space(&mut self, first: usize, height: Abs) {
        if height > Abs::ZERO && first < self.items.len() {
            let heights = vec![SpaceHeight::natural(height)];
            self.items.insert(first, FlowItem::Space { heights, kept: true });
        }
    }

    /// How high all is together that stands in it from `first` on, as it would best be set.
    #[must_use]
    pub fn height_since(&self, first: usize) -> Abs {
        self.items.iter().skip(first).map(height).sum()
    }
}

/// How high an item is as it would best be set.
fn height(item: &FlowItem) -> Abs {
    match item {
        FlowItem::Paragraph(text) => text.leading * text.variants[0].ends.len() as i64,
        FlowItem::Space { heights, .. } => heights[0].height,
        FlowItem::Solid(solid) => solid.height,
        FlowItem::Snap
        | FlowItem::PageEnd
        | FlowItem::ColumnsStart(_)
        | FlowItem::ColumnsEnd
        | FlowItem::TextEnd
        | FlowItem::SourcePageStart(_) => Abs::ZERO,
    }
}
