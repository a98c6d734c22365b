//! What every other crate of Pamphleteer stands on: lengths, findings, the semantic book, styles, faces, words, finished pages.
//!
//! A part of the crate `pamphleteer`, which is the one to use: what is here may change with any version.

#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![warn(unreachable_pub)]
#![allow(
    rustdoc::private_intra_doc_links,
    reason = "the rooms' own words also speak to those who read the source"
)]

pub mod book;
pub mod bounds;
pub mod capitals;
pub mod contrast;
pub mod css;
pub mod diag;
pub mod encoding;
pub mod file_names;
pub mod font;
pub mod guard;
pub mod html;
pub mod hyphenate;
pub mod jobs;
pub mod length;
pub mod narrow;
pub mod pages;
pub mod picture;
pub mod press_profile;
pub mod raster;
pub mod reason;
pub mod sources;
pub mod spelling;
pub mod style;
pub mod svg;
pub mod terms;
