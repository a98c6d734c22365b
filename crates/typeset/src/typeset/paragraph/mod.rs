//! A paragraph: shaped once, broken in several ways, set on demand.

mod breakpoints;
mod known;
mod model;
mod order;
mod setting;
mod variants;

pub use model::Paragraph;
pub use setting::CutLines;
