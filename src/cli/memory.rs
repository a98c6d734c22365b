//! What is remembered of a book between two looks at it.

use crate::project::KnownPictures;
use crate::{manuscript, typeset};

/// What was made of a book before, so that an edit costs what it touches.
#[derive(Default)]
pub(super) struct Memory {
    /// What its pictures became.
    pub pictures: KnownPictures,
    /// How its texts were parsed.
    pub manuscript: manuscript::Memo,
    /// How its texts were set.
    pub texts: typeset::Memo,
}
