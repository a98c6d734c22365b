//! Pamphleteer, a compiler for books: from a Markdown manuscript to every
//! edition that a small press needs.
//!
//! ARCHITECTURE.md draws the way from manuscript to editions; each module
//! below is one room of it.

#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![allow(
    rustdoc::private_intra_doc_links,
    reason = "the rooms' own words also speak to those who read the source"
)]

pub mod book;
pub mod bounds;
#[cfg(feature = "cli")]
pub mod cli;
pub mod cover;
pub mod css;
pub mod diag;
pub mod epub;
pub mod font;
pub mod html;
pub mod hyphenate;
pub mod import;
pub mod impose;
pub mod jobs;
pub mod length;
pub mod lint;
pub mod manuscript;
pub mod pages;
pub mod pdf;
pub mod picture;
pub mod press_profile;
pub mod project;
pub mod proof;
pub mod raster;
pub mod reference;
pub mod sources;
pub mod style;
pub mod svg;
pub mod terms;
pub mod typeset;
pub mod verify;
