//! Typesetting: the semantic book becomes finished pages.
//!
//! Words are shaped and broken into lines (`line` is the vocabulary), blocks
//! become lines with space between, lines become pages with their notes, and
//! the made pages are set last, by fix-point, because they print page numbers.

pub mod breaking;
pub mod hyphenate;
pub mod line;
pub mod paragraph;
pub mod protrude;
pub mod shape;
