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
pub mod build;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod project;
#[doc(hidden)]
pub mod proof;
#[doc(hidden)]
pub mod reference;
#[doc(hidden)]
pub mod verify;

#[doc(hidden)]
pub use pamphleteer_core::{
    book, bounds, capitals, contrast, css, diag, encoding, file_names, font, guard, html, hyphenate, jobs,
    length, narrow, pages, picture, press_profile, raster, reason, sources, spelling, style, svg, terms,
};
#[doc(hidden)]
pub use pamphleteer_epub::epub;
#[doc(hidden)]
pub use pamphleteer_import::{convert, import};
#[doc(hidden)]
pub use pamphleteer_manuscript::{lint, manuscript};
#[doc(hidden)]
pub use pamphleteer_pdf::{cover, impose, pdf};
#[doc(hidden)]
pub use pamphleteer_typeset::typeset;

pub use book::{Book, Meta};
pub use build::{BuildOptions, Editions};
pub use diag::{Checked, Code, Colour, Diagnostic, Error, Severity, SourceMap, Span, draw};
pub use epub::Store;
pub use pages::Pages;
pub use pdf::Printer;
pub use project::{Format, Output, Project};
pub use style::Style;
