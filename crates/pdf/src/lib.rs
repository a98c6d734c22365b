//! Finished pages as PDF for screen and press, covers with their spine, imposed sheets.
//!
//! A part of the crate `pamphleteer`, which is the one to use: what is here may change with any version.

#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![warn(unreachable_pub)]
#![allow(
    rustdoc::private_intra_doc_links,
    reason = "the rooms' own words also speak to those who read the source"
)]

pub mod cover;
pub mod impose;
pub mod pdf;

// A room has one name, in whichever crate it is called.
use pamphleteer_core::{
    book, contrast, diag, font, hyphenate, jobs, length, narrow, pages, picture, press_profile, reason, svg,
    terms,
};
