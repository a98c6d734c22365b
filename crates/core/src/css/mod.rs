//! Style sheets, judged by a list: what they may hold, and nothing else.
//!
//! Whatever loads something from outside of a book does it by a function
//! (`url()`, `image-set()`, `src()` …) or by a rule (`@import`, `@font-face` …).
//! A sheet is taken apart into tokens as a reader does it, with comments gone and
//! escapes decoded, and each function, rule and property is looked up in a list of
//! what loads and runs nothing. What is not there is left out, so that a way to
//! load that nobody has heard of yet is left out as well. What stays is written
//! anew from its tokens: no two readers can take it in different ways.

mod judge;
mod lists;
mod parts;
mod select;
mod token;

pub use judge::{Judged, LeftOut, declarations, is_of_drawings, sheet, value};
pub use lists::{BOOK, DRAWING, List};
pub use select::{Node, Rule, properties, rules};
