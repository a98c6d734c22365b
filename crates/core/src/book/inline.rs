//! Inlines: what stands beside one another in a line.

use super::{AnchorId, Attrs, ImageId, NoteId, PictureLook};
use crate::diag::Span;

/// An inline with its place in the manuscript.
#[derive(Clone, Debug, Hash)]
pub struct Inline {
    /// What it is.
    pub kind: InlineKind,
    /// Where it stands in the manuscript.
    pub span: Span,
}

/// The kinds of inline.
#[derive(Clone, Debug, Hash)]
pub enum InlineKind {
    /// Words, with the author's quotation marks and dashes already made.
    Text(Text),
    /// Emphasis: italics, and upright inside italics.
    Emph(Vec<Inline>),
    /// Strong emphasis: bold.
    Strong(Vec<Inline>),
    /// Struck out.
    Strike(Vec<Inline>),
    /// Superior letters.
    Super(Vec<Inline>),
    /// Inferior letters.
    Sub(Vec<Inline>),
    /// Small capitals.
    SmallCaps(Vec<Inline>),
    /// The number of a title, parted from its words; a line end follows it, if words do.
    Number(Vec<Inline>),
    /// A span with classes or a language of its own.
    Span(Attrs, Vec<Inline>),
    /// Text as it stands, in a fixed-width face.
    Code(Text),
    /// A link; its words are never empty.
    Link(Target, Vec<Inline>),
    /// A cross-reference that prints its target's title, as words known only
    /// when the book is whole.
    TitleOf(AnchorId),
    /// A cross-reference that prints its target's page; in an edition without
    /// pages, its title.
    PageOf(AnchorId),
    /// A cross-reference that prints a note's number.
    NumberOf(NoteId),
    /// A note is called.
    NoteRef(NoteRef),
    /// A place to link to.
    Anchor(AnchorId),
    /// A page of the older edition starts here.
    PageMark(PageMark),
    /// A line ends here.
    Break,
    /// A picture in the line.
    Image {
        /// The picture.
        image: ImageId,
        /// What it shows, in words; none when it only decorates.
        alt: Option<String>,
        /// How it is shown.
        look: PictureLook,
    },
}

/// Words, and where they stand in the section's text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Text {
    /// The words. Line ends of the manuscript are single spaces.
    pub words: String,
    /// How many bytes of the section's (or note's) running text come before;
    /// set by [`super::number_texts`]. Both editions find page starts by it.
    pub at: u32,
}

impl Text {
    /// Words whose place is not yet known.
    pub fn new(words: impl Into<String>) -> Text {
        Text { words: words.into(), at: 0 }
    }
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// Out of the book: `https:`, `http:` or `mailto:`.
    Url(String),
    /// A place in the book.
    Anchor(AnchorId),
}

/// A note's call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NoteRef {
    /// Which note.
    pub note: NoteId,
    /// Which of its calls this is, from 0.
    pub call: u32,
}

/// A page of the older edition starts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageMark {
    /// Its number as printed: `12`, `xiv`.
    pub label: String,
}

/// What is inside a kind of inline, for reading and for changing.
macro_rules! inside {
    ($kind:expr) => {
        match $kind {
            InlineKind::Emph(inside)
            | InlineKind::Strong(inside)
            | InlineKind::Strike(inside)
            | InlineKind::Super(inside)
            | InlineKind::Sub(inside)
            | InlineKind::SmallCaps(inside)
            | InlineKind::Number(inside)
            | InlineKind::Span(_, inside)
            | InlineKind::Link(_, inside) => Some(inside),
            _ => None,
        }
    };
}

impl InlineKind {
    /// What is inside, for the kinds that hold inlines.
    #[must_use]
    pub fn children(&self) -> Option<&Vec<Inline>> {
        inside!(self)
    }

    /// What is inside, to be changed.
    pub fn children_mut(&mut self) -> Option<&mut Vec<Inline>> {
        inside!(self)
    }

    /// The same kind around other inlines.
    #[must_use]
    pub fn with_children(&self, children: Vec<Inline>) -> InlineKind {
        let mut kind = self.clone();
        if let Some(slot) = kind.children_mut() {
            *slot = children;
        }
        kind
    }
}
