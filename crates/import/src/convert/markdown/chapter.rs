//! A text while it is brought in.

use crate::convert::layout::Place;

/// A text on its way.
pub(super) struct Chapter {
    /// Its path in the source.
    pub path: String,
    /// Its name in the new book.
    pub name: String,
    pub title: Option<String>,
    pub depth: usize,
    pub place: Place,
    pub text: String,
    /// Whether its title is that of a part.
    pub is_part: bool,
}
