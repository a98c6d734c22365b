//! A semantic book set in lines and pages.
//!
//! A part of the crate `pamphleteer`, which is the one to use: what is here may change with any version.

#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![warn(unreachable_pub)]
#![allow(
    rustdoc::private_intra_doc_links,
    reason = "the rooms' own words also speak to those who read the source"
)]

pub mod typeset;

// A room has one name, in whichever crate it is called.
use pamphleteer_core::{book, bounds, diag, font, hyphenate, jobs, length, narrow, pages, style, svg, terms};
