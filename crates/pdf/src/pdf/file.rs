//! A finished PDF file, and what all writers of one share.

use crate::cover::Drawing;
use crate::diag::Error;
use crate::pages::{Info, Picture};

/// A finished PDF file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// The standards that the file says it keeps, such as `PDF/UA-1`.
    pub standards: &'static [&'static str],
}

/// The front cover as the first page of the screen edition.
#[derive(Clone, Debug)]
pub struct CoverImage {
    /// What is painted.
    pub art: CoverArt,
    /// What it shows, in words, for those who don't see it.
    pub description: String,
}

/// What a front cover is painted from.
#[derive(Clone, Debug)]
pub enum CoverArt {
    /// Paths that fill a page of the drawing's size.
    Drawing(Drawing),
    /// The publisher's own picture; the page takes its proportions.
    Picture(Picture),
}

/// Who made the book, for the metadata: its authors, or the publisher of a book
/// that names none.
pub(super) fn creators(info: &Info) -> Vec<String> {
    if info.authors.is_empty() { info.publisher.iter().cloned().collect() } else { info.authors.clone() }
}

/// Pages that refer to what they don't hold are a bug of ours; it is reported,
/// so that a book is never half written.
pub(super) fn broken(what: &str) -> Error {
    Error::new(format!("the laid-out pages refer to a {what} that does not exist; this is a bug of ours"))
}
