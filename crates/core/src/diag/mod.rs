//! Findings about the user's book: where, how grave, what is wrong, what to do.
//!
//! A [`Diagnostic`] speaks of the book; trouble with the machine is an
//! [`Error`]; a panic would be our own bug. No stage prints: stages return
//! [`Checked`] values and the command line draws them (see [`draw()`]).

mod code;
mod draw;
mod error;
mod finding;
mod near;
mod severity;
mod source;
mod span;
mod weight;
mod word_places;

pub use code::{CODES, Code, CodeEntry};
pub use draw::{Colour, counted, draw, draw_from, json};
pub use error::Error;
pub use finding::{Checked, Diagnostic, bound, bound_now, sort};
pub use near::nearest;
pub use severity::{Scope, Severity};
pub use source::{Place, SourceFile, SourceMap, whole_characters};
pub use span::{FileId, Span};
pub use word_places::WordPlaces;
