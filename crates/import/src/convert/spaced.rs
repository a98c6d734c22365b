//! Pauses that only the white space above a paragraph shows.

use super::flow::{Flow, Paragraph, Role, is_blank};
use super::model::{Book, Inline, plain};
use super::pauses::{PAUSE, is_scene_break};
use std::collections::BTreeMap;

/// So much more white space than usual is a pause, in twentieths of a point: nearly a line.
const MORE: i64 = 200;
/// With fewer paragraphs nothing is usual.
const FEWEST: usize = 5;

/// Puts a pause above each paragraph that stands apart so, where few do.
pub(super) fn spaced(flow: &mut Vec<Flow>, book: &mut Book) {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    flow.iter().filter_map(text).for_each(|paragraph| *counts.entry(paragraph.above).or_default() += 1);
    let texts: usize = counts.values().sum();
    let Some(usual) = counts.iter().max_by_key(|(_, count)| **count).map(|(above, _)| *above) else { return };
    let apart: Vec<usize> = (1..flow.len())
        .filter(|at| {
            let is_apart = text(&flow[*at])
                .is_some_and(|paragraph| paragraph.above >= usual + MORE && !paragraph.page_break);
            is_apart && text(&flow[*at - 1]).is_some()
        })
        .collect();
    if texts < FEWEST || apart.len() * 5 > texts {
        return;
    }
    for at in apart.into_iter().rev() {
        book.turn("white space above a paragraph into scene breaks");
        book.added.push_str(PAUSE);
        book.added.push(' ');
        let words = vec![Inline::Text(PAUSE.into())];
        flow.insert(at, Flow::Paragraph(Paragraph { words, ..Paragraph::default() }));
    }
}

/// A paragraph of running text.
fn text(part: &Flow) -> Option<&Paragraph> {
    match part {
        Flow::Paragraph(p)
            if p.role == Role::Body
                && p.item.is_none()
                && !p.centred
                && !is_blank(part)
                && !is_scene_break(&plain(&p.words)) =>
        {
            Some(p)
        }
        _ => None,
    }
}
