//! What all editions of one build share, and the record of a file that was made.

use super::front::BookCover;
use super::printers::Chosen;
use super::production::{Made, Proof};
use crate::book::Meta;
use crate::epub::Store;
use crate::project::{Output, Project};
use std::time::Instant;

/// For whom the editions are made.
pub(super) struct EditionOptions {
    /// Who prints them.
    pub chosen: Chosen,
    /// The shop whose rules the EPUB must keep.
    pub store: Store,
    /// Pixels to the inch of proof images.
    pub ppi: u32,
}

/// What all editions of one build share.
pub(super) struct EditionBuilder<'a> {
    /// What was read.
    pub project: &'a Project,
    /// The book and its pages.
    pub proof: &'a Proof,
    /// For whom.
    pub options: EditionOptions,
    /// Its front cover.
    pub cover: BookCover,
}

impl EditionBuilder<'_> {
    /// What the book says of itself, its marks set as in print.
    pub(super) fn meta(&self) -> &Meta {
        &self.proof.book.meta
    }

    /// A file that was made.
    pub(super) fn made(
        &self,
        suffix: &str,
        bytes: Vec<u8>,
        pages: Option<usize>,
        standards: &[&str],
        begin: Instant,
    ) -> Made {
        let name = format!("{}{suffix}", self.meta().slug);
        let standards = standards.iter().map(|s| (*s).to_owned()).collect();
        let seconds = begin.elapsed().as_secs_f64();
        Made { output: Output { name, bytes }, pages, standards, wrap: None, account: None, seconds }
    }
}
