//! What the reader of Markdown knows while events come.

use super::frame::Frame;
use super::open_tags::OpenTags;
use crate::book::Lang;
use crate::diag::Diagnostic;
use crate::manuscript::leftover::Leftovers;
use crate::manuscript::prepare::Prepared;
use crate::manuscript::raw::Note;
use crate::sources::Markup;
use std::collections::BTreeMap;
use std::ops::Range;

pub(super) struct Builder<'a> {
    pub(super) text: &'a Prepared,
    /// The author's text.
    pub(super) source: &'a str,
    pub(super) markup: Markup,
    /// Marks that stayed in the text.
    pub(super) left: Leftovers,
    pub(super) language: &'a Lang,
    pub(super) findings: &'a mut Vec<Diagnostic>,
    pub(super) frames: Vec<Frame>,
    /// For every open tag: whether it made no frame.
    pub(super) ignored: Vec<bool>,
    /// How many page marks are placed.
    pub(super) marks: usize,
    pub(super) notes: Vec<Note>,
    /// The HTML block that is being read.
    pub(super) html: Option<String>,
    /// The tags of HTML that were told of and are not closed yet.
    pub(super) told: OpenTags,
    pub(super) depth_told: bool,
    /// The link definitions that no link has used yet.
    pub(super) links: BTreeMap<String, Range<usize>>,
}
