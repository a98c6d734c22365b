//! The runs of backticks in a paragraph, so that the end of a code span is found at once.

use crate::manuscript::fences;
use std::collections::BTreeMap;

/// The backtick runs of a paragraph: by length, where they end.
#[derive(Default)]
pub(super) struct Ticks {
    pub(super) paragraph_end: usize,
    pub(super) ends: BTreeMap<usize, Vec<usize>>,
}

impl Ticks {
    /// The runs of the paragraph that holds `from`, from there on.
    pub(super) fn gather(source: &str, from: usize) -> Ticks {
        let paragraph_end = fences::blank_line(source, from);
        let bytes = &source.as_bytes()[..paragraph_end];
        let mut ends: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut at = from;
        while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|b| *b == b'`')) {
            let length = bytes[at + found..].iter().take_while(|b| **b == b'`').count();
            at += found + length;
            ends.entry(length).or_default().push(at);
        }
        Ticks { paragraph_end, ends }
    }
}
