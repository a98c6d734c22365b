//! Composition: the semantic tree becomes columns of flow items, and at the same
//! time the logical structure of the finished pages.
//!
//! What does not change stands in a [`BookContext`]. A [`Composer`] shapes words, grows
//! the structure and gathers links. One serves the whole book; texts are composed side
//! by side, each by a composer of its own, and what those gather joins it in order. A [`FlowBuilder`]
//! owns the column of one flow; a note at the foot has a builder, and so a column,
//! of its own.

mod admonition;
mod block;
mod builder;
mod code;
mod column;
mod column_rows;
mod column_widths;
mod columns;
mod composer;
mod context;
mod figure;
mod gathered;
mod heading;
mod inline;
mod known;
mod landscape;
mod line_height;
mod link;
mod list;
mod note;
mod note_queue;
mod open;
mod ornament;
mod pictures;
mod plate;
mod rank;
mod row;
mod scope;
mod section;
mod source_pages;
mod table;
mod turned_notes;
mod turned_unit;
mod verse;

pub use builder::FlowBuilder;
pub use column::Column;
pub use composer::Composer;
pub use context::{BlockContext, BookContext};
pub use gathered::{Gathered, Joined};
pub use heading::{OTHER_SPACE, line_alignment};
pub use known::{PreviousLists, PreviousPass};
pub use link::{Collected, Headline, LinkEnd, LinkSpec};
pub use note_queue::{FootNote, NoteQueue};
pub use section::{BarePages, SectionContext, SectionKind};
