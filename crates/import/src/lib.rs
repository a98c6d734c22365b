//! Old editions, and the books of other tools, read into manuscripts: every word proved.
//!
//! A part of the crate `pamphleteer`, which is the one to use: what is here may change with any version.

#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![warn(unreachable_pub)]
#![allow(
    rustdoc::private_intra_doc_links,
    reason = "the rooms' own words also speak to those who read the source"
)]

pub mod convert;
pub mod import;

// A room has one name, in whichever crate it is called.
use pamphleteer_core::{
    book, bounds, diag, encoding, file_names, html, jobs, narrow, reason, sources, spelling, terms,
};
use pamphleteer_manuscript::manuscript;
