//! The persons of a play, whose names stand at the margin before what they say.

use super::super::speaker;
use super::entries::INDENT;
use super::{Line, ScannedPage, Tag};
use std::collections::BTreeSet;

/// The words with which their names begin.
pub(super) fn speakers(pages: &[ScannedPage]) -> BTreeSet<String> {
    let lines = pages.iter().flat_map(|page| &page.lines).filter(|line| line.tag != Some(Tag::Edge));
    speaker::persons(lines.map(|line| line.text.as_str()))
}

/// Whether a line begins a speech: at the margin, with the name of one of them.
pub(super) fn speaks(line: &Line, margin: f32, size: f32, speakers: &BTreeSet<String>) -> bool {
    let at_margin = (line.left - margin).abs() < INDENT / 2.0 * size;
    at_margin && speaker::speaks(&line.text, speakers)
}

/// The left margin of a page of a play, which is that of its speeches: their verse may stand further in.
pub(super) fn margin(page: &ScannedPage, speakers: &BTreeSet<String>) -> Option<f32> {
    let spoken = |line: &&Line| speaker::speaks(&line.text, speakers);
    let lines = page.lines.iter().filter(|line| line.tag.is_none());
    lines.filter(spoken).map(|line| line.left).reduce(f32::min)
}

/// Whether most lines at the margin of a page begin speeches.
pub(super) fn is_played(page: &ScannedPage, margin: f32, size: f32, speakers: &BTreeSet<String>) -> bool {
    let flush = |line: &&Line| line.tag.is_none() && (line.left - margin).abs() < INDENT / 2.0 * size;
    let (all, speeches) = page.lines.iter().filter(flush).fold((0, 0), |(all, speeches), line| {
        (all + 1, speeches + usize::from(speaks(line, margin, size, speakers)))
    });
    speeches > 0 && speeches * 3 >= all
}
