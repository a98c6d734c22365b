//! A parsed text on its way into the book.

use super::raw;
use crate::book::SectionId;
use crate::diag::FileId;

/// A parsed text: a file, or what stands in it under one of its titles.
#[derive(Debug)]
pub(super) struct ParsedText {
    pub(super) section: SectionId,
    pub(super) file: FileId,
    pub(super) text: raw::Text,
}
