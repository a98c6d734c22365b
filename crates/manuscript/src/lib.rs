//! Markdown read into a semantic book, and what it may have read otherwise than it was meant.
//!
//! A part of the crate `pamphleteer`, which is the one to use: what is here may change with any version.

#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![warn(unreachable_pub)]
#![allow(
    rustdoc::private_intra_doc_links,
    reason = "the rooms' own words also speak to those who read the source"
)]

pub mod lint;
pub mod manuscript;

// A room has one name, in whichever crate it is called.
use pamphleteer_core::{book, bounds, diag, guard, jobs, narrow, sources, terms};
