//! Page breaking: one text at a time, the best pages that its lines allow.
//!
//! A text is a column of [`PageItem`]s: paragraphs that can be set in more than
//! one number of lines, spaces, and boxes. [`OptimalPages`] looks for the chain of
//! page breaks with the least total cost, page by page, keeping the [`BEAM`]
//! cheapest ways to have come so far. What each compromise costs stands in
//! [`cost`]; those that were taken are named in the [`Layout`].
//!
//! Nothing here knows fonts, words or trees: depths and numbers only.

pub mod cost;
mod item;
mod notes;
mod plan;
mod position;
mod replay;
mod search;
mod walk;
mod walker;

pub use item::{
    Divided, ItemId, LineCall, Lines, PageItem, RepeatedHead, Shape, ShapeId, Solid, SpaceHeight,
};
pub use notes::{NoteLine, NoteRoll};
pub use plan::{Frame, Layout, PageBreaker, PagePart, PagePlan, SourcePage};
pub(super) use position::Position;
pub(super) use search::search;
pub use search::{BEAM, OptimalPages};
pub(super) use walker::Walker;
