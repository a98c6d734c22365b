//! What an EPUB is made from: the book, its look, its faces and its pages.

use super::cover::Cover;
use super::store::Store;
use crate::book::{Book, SectionId};
use crate::font::Library;
use crate::style::Style;
use std::fmt;

/// Everything that an EPUB is made of.
pub struct Edition<'a> {
    /// The book.
    pub book: &'a Book,
    /// Its look.
    pub style: &'a Style,
    /// The faces that it may be set in.
    pub fonts: &'a Library,
    /// The front cover.
    pub cover: Option<Cover<'a>>,
    /// Where the pages of the page edition start, in reading order. The pages
    /// of an older edition, when the book holds them, are listed instead.
    pub pages: &'a [PageBreak],
    /// The shop that it is made for.
    pub store: &'a Store,
    /// Rules to be added to the style sheet.
    pub css: Option<&'a str>,
    /// When the edition was made.
    pub modified: Modified,
}

/// A page of the page edition starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageBreak {
    /// In which section.
    pub section: SectionId,
    /// Bytes of the section's running text before it.
    pub at: u32,
    /// The page's number, as a reader would cite it.
    pub label: String,
}

/// A moment, in universal time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Modified {
    /// Year, month from 1, day from 1.
    pub date: (u16, u8, u8),
    /// Hour, minute, second.
    pub time: (u8, u8, u8),
}

impl fmt::Display for Modified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ((year, month, day), (hour, minute, second)) = (self.date, self.time);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}
