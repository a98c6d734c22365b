//! What was read from a book's folder, before anything is understood.
//!
//! `project` makes it, `manuscript` reads it, and neither needs the other.

use crate::book::{ImageFormat, MadePage, Matter, Meta};
use crate::diag::{FileId, SourceMap, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything that was read.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// book.toml, the styles and all texts, for findings.
    pub map: SourceMap,
    /// What book.toml says of the book.
    pub meta: Meta,
    /// The reading order.
    pub matter: Vec<Entry>,
    /// Pictures by path, with `/`, relative to the book's folder. A picture
    /// that a text names and that is not here does not exist.
    pub images: BTreeMap<String, ImageFile>,
}

/// One entry of the reading order.
#[derive(Clone, Debug)]
pub struct Entry {
    /// In which list of `[matter]` it stands.
    pub matter: Matter,
    /// What it is.
    pub item: Item,
    /// Where it stands in book.toml.
    pub span: Option<Span>,
}

/// What an entry of the reading order is.
#[derive(Clone, Copy, Debug)]
pub enum Item {
    /// A page that the tool makes.
    Made(MadePage),
    /// A text; its name and words are in [`Sources::map`].
    File(FileId),
}

/// A picture's file.
#[derive(Clone, Debug)]
pub struct ImageFile {
    /// The bytes.
    pub bytes: Arc<[u8]>,
    /// What the bytes are, whatever the name says; none when we don't take such files.
    pub format: Option<ImageFormat>,
    /// Width and height in pixels; zero when unknown.
    pub size: (u32, u32),
}
