//! `pages = "source"`: the pages of an older edition are kept, page for page.
//!
//! What belongs to this mode and nowhere else:
//!
//! 1. [`fitted_style`] tries a few narrower measures before anything else and takes the
//!    one in which old pages end best.
//! 2. `cut` parts a paragraph where an old page begins in it; the builder of a flow
//!    lays the parts one by one and puts a start of a source page between them.
//! 3. [`SourcePages`] breaks the column there, and fills each page.
//! 4. What stands on a page as an old one has a
//!    [`SourcePage`](super::paginate::SourcePage), from the plan of the page to its
//!    sheet: number, leading and how deep it goes. From it the page has its label.
//!
//! How many lines shallower all old pages are is found by fix point: each pass says
//! what every number of lines would have cost, and the next takes the cheapest.

mod breaker;
mod cut;
mod measure;

pub use breaker::SourcePages;
pub(super) use cut::{cut, uncut};
pub(super) use measure::fitted_style;
