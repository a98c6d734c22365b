//! A paragraph as the rules see it.

use super::super::model::{Block, Inline, Join};
use super::tokens::tokens;
use crate::narrow::Nearest;

/// A paragraph as the rules see it: one run of text.
#[derive(Debug, Default)]
pub(super) struct View {
    /// The number of the text that it belongs to.
    pub(super) text: usize,
    pub(super) line: usize,
    pub(super) plain: String,
    /// Its words: where each begins in `plain`, and how long it is.
    pub(super) words: Vec<(u32, u32)>,
    /// Before which bytes of `plain` a note is called.
    pub(super) calls: Vec<usize>,
    /// Whether it is a paragraph of the text proper, in which quotation marks must balance.
    pub(super) balanced: bool,
}

impl View {
    /// Goes on with a block that a page's end had cut off.
    pub(super) fn join(&mut self, block: &Block, join: Join) {
        if join == Join::Dehyphenated {
            let kept = self.plain.trim_end_matches(super::super::hyphen::Hyphen::SIGNS).len();
            self.plain.truncate(kept);
        }
        self.plain.push_str(if join == Join::Spaced { " " } else { "" });
        self.take(&block.inlines);
    }

    /// Finds the words, when the text is whole.
    pub(super) fn find_words(&mut self) {
        let words = tokens(&self.plain).map(|(at, token)| (u32::nearest(at), u32::nearest(token.len())));
        self.words = words.collect();
    }

    /// The words with their places.
    pub(super) fn tokens(&self) -> impl Iterator<Item = (usize, &str)> {
        self.words.iter().map(|(at, length)| {
            let at = *at as usize;
            (at, &self.plain[at..at + *length as usize])
        })
    }

    pub(super) fn take(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Call { .. } => self.calls.push(self.plain.len()),
                other => self.plain.push_str(other.plain()),
            }
        }
    }
}
