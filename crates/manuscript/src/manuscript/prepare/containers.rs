//! The list items, meanings of terms and notes that a line stands in: how far what
//! belongs to each of them is set in, as CommonMark reckons it.

use super::lifter::Lifter;
use super::rows::{quotes, set_in};
use crate::manuscript::fences;

/// What belongs to a note is set in so far, however long its label is.
const OF_NOTE: usize = 4;

/// An item, a meaning or a note that is open.
#[derive(Clone, Copy, Debug)]
struct Container {
    /// In how many quotations it stands.
    depth: usize,
    /// How far what belongs to it is set in within them.
    column: usize,
    /// For the meaning of a term: where its colon stands.
    colon: Option<usize>,
}

/// Those that are open, from the outermost on.
#[derive(Debug, Default)]
pub(super) struct Containers(Vec<Container>);

impl Containers {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Ends those that a line does not belong to which is set in so far, in so many quotations.
    fn leave(&mut self, depth: usize, spaces: usize) {
        while self.0.last().is_some_and(|last| {
            last.depth > depth || last.depth == depth && spaces < last.column
        }) {
            self.0.pop();
        }
    }

    pub(super) fn enter(&mut self, depth: usize, marker: usize, column: usize, is_meaning: bool) {
        self.leave(depth, marker);
        self.0.push(Container { depth, column, colon: is_meaning.then_some(marker) });
    }

    /// How far what belongs to the innermost is set in, in so many quotations.
    pub(super) fn column(&self, depth: usize) -> usize {
        self.0.last().filter(|last| last.depth == depth).map_or(0, |last| last.column)
    }

    /// Whether a colon that stands so far in begins one more meaning of a term, of which a meaning is open that
    /// holds what is set in as far as `inner`.
    pub(super) fn goes_on_with_meaning(&self, depth: usize, colon: usize, inner: usize) -> bool {
        self.0.iter().any(|open| {
            open.depth == depth && open.colon.is_some() && colon < open.column && open.column <= inner
        })
    }
}

/// How many columns of a marker's line belong to the marker: it, and the white behind it unless that is so wide that
/// code begins there.
pub(super) fn marker_width(length: usize, behind: &str) -> usize {
    let blank: usize = behind.bytes().map_while(|b| match b {
        b' ' => Some(1),
        b'\t' => Some(4),
        _ => None,
    })
    .sum();
    length + if (1..=4).contains(&blank) { blank } else { 1 }
}

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
