//! Follows, line by line, which list items, meanings and notes are open.

use super::containers::marker_width;
use super::lifter::Lifter;
use super::rows::{quotes, set_in};
use crate::manuscript::fences;

/// What belongs to a note is set in so far, however long its label is.
const OF_NOTE: usize = 4;

impl Lifter<'_> {
    /// How far what belongs to the item is set in that the line at `start` stands in.
    pub(super) fn item_column(&self, line: &str) -> usize {
        self.containers.column(quotes(line).1)
    }

    /// How far the words of a line are set in beyond the item that they stand in.
    pub(super) fn indent_of(&self, start: usize, prefix: usize) -> usize {
        let line = &self.source[start..start + prefix];
        let inside = line.rsplit('>').next().unwrap_or(line);
        let quoted = usize::from(line.contains('>'));
        let spaces: usize = inside.bytes().map(|b| if b == b'\t' { 4 } else { 1 }).sum();
        spaces.saturating_sub(self.item_column(line).max(quoted))
    }

    /// Ends the items that a line does not belong to, where no paragraph of theirs goes on in it.
    pub(super) fn leave_items(&mut self, line: &str) {
        let words = line.trim_start_matches([' ', '\t', '>']);
        // a colon begins a further meaning or a caption, and which of them the open ones decide;
        // a comment is taken out of its line
        let waits = words.is_empty() || words.starts_with(": ") || words.starts_with("<!--");
        if !waits && !self.containers.is_empty() && self.is_fresh() {
            self.end_items(line);
        }
    }

    /// Ends the items that a line does not belong to.
    pub(super) fn end_items(&mut self, line: &str) {
        self.containers.leave(quotes(line).1, set_in(line));
    }

    /// Notes the item that a line begins.
    pub(super) fn note_item(&mut self, line: &str) {
        let (marks, depth) = quotes(line);
        let (mut inside, mut spaces) = (line[marks..].trim_start(), set_in(line));
        while let Some(length) = fences::marker(inside) {
            if spaces >= self.containers.column(depth) + 4 {
                return;
            }
            let width = match inside.as_bytes()[0] {
                b'[' => OF_NOTE,
                _ => marker_width(length, &inside[length..]),
            };
            self.containers.enter(depth, spaces, spaces + width, inside.starts_with(':'));
            inside = inside[length..].trim_start();
            spaces += width;
        }
    }
}
