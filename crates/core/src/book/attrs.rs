//! What an author adds to a heading, a picture, a span or a division in braces.

use super::{AnchorId, Lang};

/// What an author adds in braces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Attrs {
    /// `#id`, when it became a place to link to.
    pub anchor: Option<AnchorId>,
    /// `.class`, in order; those that we understand are gone into the tree.
    pub classes: Vec<String>,
    /// `lang=`: the language of what is inside.
    pub lang: Option<Lang>,
}
