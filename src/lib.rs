//! Pamphleteer, a compiler for books: from a Markdown manuscript to every
//! edition that a small press needs.
//!
//! A book is a folder with a `book.toml` and Markdown files. [`Project::open`]
//! reads it, [`Project::build`] makes editions of it in memory, and what is
//! wrong with the book is a [`Diagnostic`] with its place:
//!
//! ```
//! use pamphleteer::{BuildOptions, Colour, Format, Project, draw};
//!
//! # fn main() -> Result<(), pamphleteer::Error> {
//! let project = Project::open("tests/fixtures/look")?.value;
//! let editions = project.build(&BuildOptions::new([Format::Epub, Format::Pdf]))?;
//! for finding in &editions.findings {
//!     println!("{}", draw(finding, &project.sources.map, Colour::Off));
//! }
//! let names: Vec<&str> = editions.files.iter().map(|file| file.name.as_str()).collect();
//! assert_eq!(names, ["margins.epub", "margins.pdf"]);
//! println!("{} pages, the first is called {}", editions.pages.pages.len(), editions.pages.pages[0].label);
//! # Ok(())
//! # }
//! ```
//!
//! `examples/build.rs` does it for the folder that is named to it. What stands
//! on this page is what the crate promises; its modules, which ARCHITECTURE.md
//! describes, can be reached but may change with any version. Without the
//! default feature `cli` the crate has no command, and needs no C compiler.

#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![warn(unreachable_pub)]
#![allow(
    rustdoc::private_intra_doc_links,
    reason = "the rooms' own words also speak to those who read the source"
)]

#[doc(hidden)]
pub mod book;
#[doc(hidden)]
pub mod bounds;
#[doc(hidden)]
pub mod build;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod contrast;
#[doc(hidden)]
pub mod convert;
#[doc(hidden)]
pub mod cover;
#[doc(hidden)]
pub mod css;
#[doc(hidden)]
pub mod diag;
#[doc(hidden)]
pub mod encoding;
#[doc(hidden)]
pub mod epub;
#[doc(hidden)]
pub mod font;
#[doc(hidden)]
pub mod guard;
#[doc(hidden)]
pub mod html;
#[doc(hidden)]
pub mod hyphenate;
#[doc(hidden)]
pub mod import;
#[doc(hidden)]
pub mod impose;
#[doc(hidden)]
pub mod jobs;
#[doc(hidden)]
pub mod length;
#[doc(hidden)]
pub mod lint;
#[doc(hidden)]
pub mod manuscript;
#[doc(hidden)]
pub mod narrow;
#[doc(hidden)]
pub mod pages;
#[doc(hidden)]
pub mod pdf;
#[doc(hidden)]
pub mod picture;
#[doc(hidden)]
pub mod press_profile;
#[doc(hidden)]
pub mod project;
#[doc(hidden)]
pub mod proof;
#[doc(hidden)]
pub mod raster;
#[doc(hidden)]
pub mod reason;
#[doc(hidden)]
pub mod reference;
#[doc(hidden)]
pub mod sources;
#[doc(hidden)]
pub mod style;
#[doc(hidden)]
pub mod svg;
#[doc(hidden)]
pub mod terms;
#[doc(hidden)]
pub mod typeset;
#[doc(hidden)]
pub mod verify;

pub use book::{Book, Meta};
pub use build::{BuildOptions, Editions};
pub use diag::{Checked, Code, Colour, Diagnostic, Error, Severity, SourceMap, Span, draw};
pub use epub::Store;
pub use pages::Pages;
pub use pdf::Printer;
pub use project::{Format, Output, Project};
pub use style::Style;
