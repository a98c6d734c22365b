//! PDF files from finished pages: the only module that knows a PDF library.
//!
//! [`screen()`] writes the edition for reading on a screen: tagged, PDF/UA-1
//! and, when the content allows it, PDF/A-2a. [`press()`] writes the interior
//! for a [`Printer`]: PDF/X in black alone, [`check`]ed first; [`sheets()`] the
//! same pages imposed, and [`wrap()`] the cover around them. LEDGER.md beside
//! this file says clause by clause what is met, by which code, and which check
//! proves it.

mod demands;
mod draw;
mod icc;
mod labels;
mod outline;
mod pack;
mod pictures;
mod plain;
mod preflight;
mod press;
mod printer;
mod screen;
mod separation;
mod sheets;
mod standard;
mod tags;
mod text;
mod wrap;
mod x1a;
mod x4;

pub use pictures::make_ready;
pub use preflight::{check, check_cover, check_size};
pub use press::{Inside, press, press_in};
pub use printer::Printer;
pub use screen::screen;
pub use sheets::{Extras, sheets};
pub use standard::Standard;
pub use wrap::{Sheet, wrap};

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
fn creators(info: &Info) -> Vec<String> {
    if info.authors.is_empty() { info.publisher.iter().cloned().collect() } else { info.authors.clone() }
}

/// Pages that refer to what they don't hold are a bug of ours; it is reported,
/// so that a book is never half written.
fn broken(what: &str) -> Error {
    Error::new(format!("the laid-out pages refer to a {what} that does not exist; this is a bug of ours"))
}
