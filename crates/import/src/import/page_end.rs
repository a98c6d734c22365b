//! Where a page of the old edition ends, and why.

use super::model::{Number, Percent, Sign};

/// The end of a page.
#[derive(Clone, Debug)]
pub(super) struct PageEnd {
    /// The gap in which it lies.
    pub gap: usize,
    /// The page that ends.
    pub page: Number,
    /// Whether the transcription shows it.
    pub certain: bool,
    /// How sure.
    pub confidence: Percent,
    /// Why.
    pub evidence: String,
    /// The next best gap and how sure that would be.
    pub runner_up: Option<(usize, Percent)>,
}

/// A text: its first block, one past its last, and its first page in the contents.
pub(super) struct Extent {
    /// The first block.
    pub from: usize,
    /// One past the last block.
    pub to: usize,
    /// The first page, when the contents name it.
    pub first_page: Option<u32>,
}

/// What a sign says, as evidence.
pub(super) fn reason(sign: Sign) -> &'static str {
    match sign {
        Sign::Notes => "notes stand at the foot",
        Sign::Cut => "a sentence runs on from here to the next page",
        Sign::Hyphen => "a word is cut",
        Sign::Joint => "two batches of the transcription meet",
        Sign::Mark => "the transcription marks it",
        Sign::Furniture => "a running head or page number stands here",
        Sign::Opening => "a text begins",
        Sign::Close => "the text ends",
        Sign::Editor => "the editor says so",
    }
}
