//! What inlines are composed for.

use crate::length::Abs;

/// What inlines are composed for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct InlineScope {
    /// The room of pictures among words.
    pub(super) pictures: PictureRoom,
    /// Where the words come from.
    pub(super) source: WordSource,
    /// They stand on a page that is turned by a quarter.
    pub(super) turned: bool,
}

/// Where words come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum WordSource {
    /// The manuscript, at their place: they are running text.
    #[default]
    Manuscript,
    /// Elsewhere: a title that is said once more.
    Repeated,
}

/// The room that pictures among words have.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum PictureRoom {
    /// A line of a heading, a caption and the like: no higher than the type.
    #[default]
    Tight,
    /// A line of words of that width.
    Words(Abs),
    /// Alone in a line of the first width, or beside others; a picture whose width
    /// the author leaves open may take the second.
    Row(Abs, Abs),
}
