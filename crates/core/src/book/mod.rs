//! The semantic book: what the author meant, free of points, Markdown and XHTML.
//!
//! A [`Book`] is made once, by the resolver of `manuscript`, and only read
//! afterwards. What cannot be right cannot be built: a [`NoteRef`] holds a
//! [`NoteId`] and a link an [`AnchorId`], and both are handed out only for
//! notes and anchors that exist (see [`Notes::define`], [`Anchors::define`]).

mod address;
mod attrs;
mod block;
mod capitals;
mod date;
mod drama;
mod id;
mod image;
mod inline;
mod isbn;
mod lang;
mod leaning;
mod meta;
mod notes;
mod opening;
mod picture_look;
pub mod picture_row;
mod relator;
mod role;
mod script;
mod subtags;
mod text;
mod tree;
pub mod typed_words;
mod visit;
mod width;
mod words;

pub use address::{address, near_address};
pub use attrs::Attrs;
pub use block::{
    Admonition, Align, Around, Block, BlockKind, Cell, Definition, Div, Figure, Heading, Item, List,
    NumberStyle, Numbers, Row, Table, Verse, VerseLine,
};
pub use date::{Date, DateFault, MONTHS};
pub use drama::{mark_plays, speaker};
pub use id::{AnchorId, NoteId, SectionId};
pub use image::{Image, ImageFormat, ImageId};
pub use inline::{Inline, InlineKind, NoteRef, PageMark, Target, Text};
pub use isbn::{Isbn, IsbnFault};
pub use lang::Lang;
pub use meta::{Contributor, EditionIsbn, Meta, Publisher, Source, UNNAMED};
pub use notes::{Anchor, Anchors, Note, Notes, Stream};
pub use opening::{bears_initial, initial, lead_in};
pub use picture_look::PictureLook;
pub use relator::Relator;
pub use role::{GeneratedPage, Matter, Role};
pub use script::{is_divided_without_hyphen, is_invisible, stands_among_ideographs};
pub use text::{Flow, TextPos, is_forbidden, number_texts, windows_sign};
pub use tree::{Body, Book, Content, Section, file_span};
pub use visit::{Seen, Within, visit, visit_inlines};
pub use width::{Unit, Width};
pub use words::{has_placed_lines, is_capitals, numbered, plain, without_notes, without_stop};
