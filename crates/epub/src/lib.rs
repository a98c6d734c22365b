//! A semantic book as EPUB 3.3.
//!
//! A part of the crate `pamphleteer`, which is the one to use: what is here may change with any version.

#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![warn(unreachable_pub)]
#![allow(
    rustdoc::private_intra_doc_links,
    reason = "the rooms' own words also speak to those who read the source"
)]

pub mod epub;

// A room has one name, in whichever crate it is called.
use pamphleteer_core::{
    book, contrast, css, diag, font, jobs, length, narrow, picture, reason, style, svg, terms,
};
