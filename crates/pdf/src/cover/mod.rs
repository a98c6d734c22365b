//! Covers: the front from an SVG template and the book's particulars, and the
//! parts that a wrap adds to it.
//!
//! A template is an SVG file with a view box of 1600 by 2560 units whose ground
//! is drawn beyond it on all sides, so that one drawing serves every trim, the
//! bleed and the wrap: only the view box changes. [`fill`] says how a template
//! marks the places of the words.

mod advice;
mod art;
mod attributes;
mod audit;
pub mod barcode;
mod colour;
mod crowding;
mod faces;
mod fields;
mod fill;
mod flap;
mod front;
mod ground;
mod inks;
mod lines;
mod raster;
mod room;
pub mod spine;
mod wrap;
mod wrap_spec;

pub use advice::{Booklet, advice};
pub use art::{Drawing, PaintedPath, PathStep, ornament};
pub use colour::{coloured, plain};
pub use faces::Faces;
pub use front::{Front, Template, describe, front};
pub use inks::{Inks, Paint};
pub use raster::{EbookPicture, SHOP_WIDTH, scaled_jpeg};
pub use wrap::{Wrap, wrap};
pub use wrap_spec::WrapSpec;
