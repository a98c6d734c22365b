//! Lines of a column's paragraphs, made side by side before they are placed.
//!
//! Only what a break cut in two is shaped anew, which a shaper does one word after the
//! other; to fill and write the lines then asks it for what it knows. Pages take
//! paragraphs in their order, so that a batch of those that come next is made whenever
//! one is wanted that is not there.

use super::flow_item::FlowItem;
use super::line::Line;
use super::paginate::{ItemId, PagePart, ShapeId};
use super::paragraph::CutLines;
use super::shaper::Shaper;
use crate::jobs;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// So many paragraphs are made at a time, and so many of them by one thread before it takes the next.
const BATCH: usize = 96;
const TOGETHER: usize = 8;

/// Which paragraph of the column, and which of the ways to break it.
type Key = (ItemId, ShapeId);

/// The lines of paragraphs that come next.
#[derive(Default)]
pub(super) struct LinesAhead {
    wanted: VecDeque<Key>,
    made: BTreeMap<Key, Vec<Line>>,
}

impl LinesAhead {
    /// For a column whose pages have these parts, in their order.
    pub(super) fn new<'p>(parts: impl Iterator<Item = &'p PagePart>, items: &[FlowItem]) -> LinesAhead {
        let is_paragraph = |key: &Key| matches!(items.get(key.0.index()), Some(FlowItem::Paragraph(_)));
        let mut seen = BTreeSet::new();
        let keys = parts.map(|part| (part.item, part.shape)).filter(is_paragraph);
        LinesAhead { wanted: keys.filter(|key| seen.insert(*key)).collect(), made: BTreeMap::new() }
    }

    /// The lines of a paragraph that is broken so.
    pub(super) fn take(&mut self, key: Key, items: &[FlowItem], shaper: &mut Shaper<'_>) -> Vec<Line> {
        if !self.made.contains_key(&key) {
            // A paragraph that is asked for out of turn, as one in columns may be, is made alone: what the
            // batch would take with it may not come for many pages, and lines take memory.
            let next = self.wanted.iter().take(BATCH).position(|wanted| *wanted == key);
            let batch = match next {
                Some(_) => self.wanted.drain(..BATCH.min(self.wanted.len())).collect(),
                None => vec![key],
            };
            self.make(&batch, items, shaper);
        }
        self.made.remove(&key).unwrap_or_default()
    }

    fn make(&mut self, batch: &[Key], items: &[FlowItem], shaper: &mut Shaper<'_>) {
        let cut = |key: &Key| match &items[key.0.index()] {
            FlowItem::Paragraph(text) => {
                Some((*key, text.paragraph.cut(&text.variants[key.1.index()], shaper)))
            }
            _ => None,
        };
        // First the cutting, which may shape and so needs the shaper for itself; from there on nobody changes
        // it, and all threads may read it.
        let cut: Vec<(Key, CutLines<'_>)> = batch.iter().filter_map(cut).collect();
        let shaper = &*shaper;
        let groups = cut.chunks(TOGETHER).map(<[_]>::to_vec).collect();
        let set = jobs::each(groups, |group: Vec<(Key, CutLines<'_>)>| {
            group.into_iter().map(|(key, lines)| (key, lines.set(shaper))).collect::<Vec<_>>()
        });
        self.made.extend(set.into_iter().flatten());
    }
}
