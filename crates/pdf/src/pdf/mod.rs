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
mod file;
mod icc;
mod initial;
mod labels;
mod outline;
mod own_text;
mod pack;
mod pictures;
mod plain;
mod preflight;
mod press;
mod printer;
mod samples;
mod screen;
mod separation;
mod sheets;
mod stand_in;
mod standard;
mod tags;
mod text;
mod wrap;
mod x1a;
mod x4;

pub use file::{CoverArt, CoverImage, Pdf};
pub use pictures::make_ready;
pub use preflight::{check, check_cover, check_size};
pub use press::{Inside, press, press_in};
pub use printer::Printer;
pub use screen::screen;
pub use sheets::{Extras, sheets};
pub use standard::Standard;
pub use wrap::{WrapContent, wrap};
