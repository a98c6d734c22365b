//! The list items, meanings of terms and notes that a line stands in: how far what
//! belongs to each of them is set in, as CommonMark reckons it.

use super::rows::indent;

/// An item, a meaning or a note that is open.
#[derive(Clone, Copy, Debug)]
struct Container {
    /// In how many quotations it stands.
    depth: usize,
    /// How far what belongs to it is set in within them.
    column: usize,
    /// How far its marker is set in.
    marker: usize,
    is_meaning: bool,
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
    pub(super) fn leave(&mut self, depth: usize, spaces: usize) {
        while self
            .0
            .last()
            .is_some_and(|last| last.depth > depth || last.depth == depth && spaces < last.column)
        {
            self.0.pop();
        }
    }

    pub(super) fn enter(&mut self, depth: usize, marker: usize, column: usize, is_meaning: bool) {
        self.leave(depth, marker);
        self.0.push(Container { depth, column, marker, is_meaning });
    }

    /// How far what belongs to the innermost is set in, in so many quotations.
    pub(super) fn column(&self, depth: usize) -> usize {
        self.0.last().filter(|last| last.depth == depth).map_or(0, |last| last.column)
    }

    /// How far the marker of the innermost is set in, in so many quotations.
    pub(super) fn marker(&self, depth: usize) -> Option<usize> {
        self.0.last().filter(|last| last.depth == depth).map(|last| last.marker)
    }

    /// Whether a colon that stands so far in begins one more meaning of a term, of which a meaning is open that
    /// holds what is set in as far as `inner`.
    pub(super) fn goes_on_with_meaning(&self, depth: usize, colon: usize, inner: usize) -> bool {
        self.0
            .iter()
            .any(|open| open.depth == depth && open.is_meaning && colon < open.column && open.column <= inner)
    }
}

/// How many columns of a marker's line belong to the marker: it, and the white behind it unless that is so wide that
/// code begins there.
pub(super) fn marker_width(length: usize, behind: &str) -> usize {
    let blank = indent(behind);
    length + if (1..=4).contains(&blank) { blank } else { 1 }
}
