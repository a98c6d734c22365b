//! How much of a PDF is read. A few kilobytes may hold a stream of megabytes, and paint it on ten thousand
//! pages, or ten thousand times on one: so every repeat counts.

use crate::bounds::{self, Bound};
use crate::reason::Reason;
use std::cell::Cell;

/// What was read up to now.
#[derive(Default)]
pub(super) struct Budget {
    content: Cell<usize>,
    steps: Cell<usize>,
    letters: Cell<usize>,
}

impl Budget {
    /// So many bytes were unpacked.
    pub(super) fn content(&self, bytes: usize) -> Result<(), Reason> {
        spend(&self.content, bytes, &bounds::PDF_CONTENT, "what its pages and fonts unpack to")
    }

    /// Steps of painting were read.
    pub(super) fn steps(&self, count: usize) -> Result<(), Reason> {
        spend(&self.steps, count, &bounds::PDF_STEPS, "what its pages paint")
    }

    /// So many bytes of letters were read.
    pub(super) fn letters(&self, bytes: usize) -> Result<(), Reason> {
        spend(&self.letters, bytes, &bounds::TRANSCRIPTION, "its text")
    }
}

fn spend(sum: &Cell<usize>, more: usize, bound: &Bound, what: &str) -> Result<(), Reason> {
    sum.set(sum.get().saturating_add(more));
    if bound.is_exceeded_by(sum.get()) {
        return Err(format!("{what} has more than {}, which is the most", bound.most_in_words()).into());
    }
    Ok(())
}
