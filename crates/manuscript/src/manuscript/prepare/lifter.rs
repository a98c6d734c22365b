//! What the preparation of a text knows while it goes from line to line.

use super::caption_owner::CaptionOwner;
use super::containers::Containers;
use super::item_mark::{Examples, Run};
use super::prepared::Prepared;
use super::ticks::Ticks;
use crate::diag::Diagnostic;
use std::collections::BTreeMap;

/// What becomes of the lines of a division.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Lines {
    /// They are Markdown's.
    #[default]
    Joined,
    /// Their ends stay, and the spaces before them.
    Kept,
    /// They are verse.
    Verse,
}

/// A division whose closing fence has not come yet.
pub(super) struct Open {
    pub(super) lines: Lines,
    /// Where the line of its closing fence starts, when it has one.
    pub(super) closes_at: Option<usize>,
    /// What every line inside begins with.
    pub(super) prefix: String,
    /// For a division that an indent marks: how far its lines are set in.
    pub(super) dedent: Option<usize>,
}

/// The fence that opened a listing.
#[derive(Clone, Copy, Debug)]
pub(super) struct CodeFence {
    /// Its character, a back-quote or a tilde.
    pub(super) sign: u8,
    pub(super) length: usize,
    /// Whether it stands in a quotation.
    pub(super) quoted: bool,
    /// How far the lines of the list item are set in that it stands in.
    pub(super) column: usize,
}

pub(super) struct Lifter<'a> {
    pub(super) source: &'a str,
    /// Whether the book is in English.
    pub(super) is_english: bool,
    pub(super) out: Prepared,
    pub(super) open: Vec<Open>,
    pub(super) closes: BTreeMap<usize, usize>,
    /// The open code fence.
    pub(super) code: Option<CodeFence>,
    /// Where it begins.
    pub(super) code_at: usize,
    /// The open code fences that are admonitions.
    pub(super) directives: Vec<CodeFence>,
    /// Up to here the source is a code span.
    pub(super) literal_until: usize,
    pub(super) no_comment_end: bool,
    pub(super) ticks: Ticks,
    /// Whether the last line was code that an indent marks.
    pub(super) in_indented_code: bool,
    /// Whether the last line but this that was not blank was one.
    pub(super) was_indented_code: bool,
    /// Whether the last line was one of a table of upright strokes.
    pub(super) in_pipe_table: bool,
    /// The table or listing since whose end nothing but blank lines came.
    pub(super) owner: Option<CaptionOwner>,
    /// Whether nothing but blank lines came since a caption that belongs to what follows.
    pub(super) captioned_above: bool,
    /// The list items, meanings and notes that are open.
    pub(super) containers: Containers,
    /// The open lists of letters and the like.
    pub(super) runs: Vec<Run>,
    pub(super) last_delimiter: char,
    /// The number of the last example, and those that labels stand for.
    pub(super) example: u64,
    pub(super) examples: Examples,
    /// The open elements of HTML that were read as divisions.
    pub(super) html: Vec<String>,
    pub(super) findings: &'a mut Vec<Diagnostic>,
}
