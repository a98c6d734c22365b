//! The column as page breaking sees it: depths and numbers, no words.

use crate::length::Abs;
use crate::pages::Compromise;

/// Which item of the column: its index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub u32);

impl ItemId {
    /// The index of an item.
    ///
    /// # Panics
    /// When a column has more than 2³² items: the bounds on a book's text forbid it.
    #[must_use]
    pub fn new(index: usize) -> ItemId {
        ItemId(u32::try_from(index).expect("a column has fewer than 2^32 items"))
    }

    /// The index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The item after it.
    #[must_use]
    pub fn next(self) -> ItemId {
        ItemId(self.0 + 1)
    }
}

/// Which of the ways to set an item: an index into a paragraph's shapes, the heights of
/// a white space, or the number of lines of white added above a figure. The first is
/// the natural one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeId(pub u16);

impl ShapeId {
    /// The natural way.
    pub const NATURAL: ShapeId = ShapeId(0);

    /// The index.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A piece of the column.
#[derive(Clone, Debug)]
pub enum PageItem {
    /// Lines of text.
    Lines(Lines),
    /// White space. It vanishes at the head of a page unless it is `kept`.
    Space {
        /// The heights that it may have; the first is the natural one.
        heights: Vec<SpaceHeight>,
        /// Whether it stays at the head of a page.
        kept: bool,
    },
    /// Something that cannot be divided.
    Solid(Solid),
    /// The column returns to the baseline grid.
    Snap,
    /// The author ends the page here.
    PageEnd,
    /// A text ends, and the next one runs on: a page that ends here may be somewhat short.
    TextEnd,
    /// A page of the older edition begins, with its number: a break for
    /// [`SourcePages`](crate::typeset::source_pages::SourcePages), nothing for others.
    SourcePageStart(String),
}

impl PageItem {
    /// Whether it is nothing at the head of a page.
    pub(in crate::typeset) fn vanishes(&self) -> bool {
        use PageItem::{PageEnd, Snap, Space, TextEnd};
        matches!(self, Snap | PageEnd | TextEnd | Space { kept: false, .. })
    }
}

/// A height of a white space.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpaceHeight {
    /// The height.
    pub height: Abs,
    /// What it costs more than the natural one.
    pub cost: f64,
}

impl SpaceHeight {
    /// The height that a space has by nature.
    #[must_use]
    pub fn natural(height: Abs) -> SpaceHeight {
        SpaceHeight { height, cost: 0.0 }
    }
}

/// A paragraph: lines of one leading.
#[derive(Clone, Debug)]
pub struct Lines {
    /// Height of each line. Where it is not the grid's, there is one shape.
    pub leading: Abs,
    /// The ways to break it; the first is the best.
    pub shapes: Vec<Shape>,
    /// No page break after it.
    pub keep_next: bool,
    /// No page break in it.
    pub keep_together: bool,
    /// No box that floats may pass it: it is a heading.
    pub barrier: bool,
    /// What a page break in it, and after it, divides that had better stay together.
    pub divided: (Option<Divided>, Option<Divided>),
}

impl Lines {
    /// The end in the roll of the furthest note that it calls; 0 when it calls none. The last
    /// call is not always of the last note: one may be called again after others.
    #[must_use]
    pub fn notes_due(&self) -> u32 {
        self.shapes[0].calls.iter().map(|call| call.notes_due).max().unwrap_or(0)
    }
}

/// One way to break a paragraph.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// How many lines it has; at least one.
    pub lines: u32,
    /// What it costs more than the best.
    pub cost: f64,
    /// For each line, whether it ends in a hyphen that was added; may be empty.
    pub hyphens: Vec<bool>,
    /// The lines that end in a hyphen of the author's, from 0.
    pub own_hyphens: Vec<u32>,
    /// Lines that call notes, in order.
    pub calls: Vec<LineCall>,
}

/// A line that calls notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineCall {
    /// Which line of its paragraph, from 0.
    pub line: u32,
    /// The end of the last note that it calls, in the
    /// [`NoteRoll`](super::NoteRoll).
    pub notes_due: u32,
}

/// Something that cannot be divided.
#[derive(Clone, Debug)]
pub struct Solid {
    /// Its height.
    pub height: Abs,
    /// No page break after it.
    pub keep_next: bool,
    /// What a page break after it divides that had better stay together.
    pub divided: Option<Divided>,
    /// It may move to the head of the next page while text goes on.
    pub floats: bool,
    /// It fills a page that must be a verso, and the item behind it the recto beside that.
    pub begins_spread: bool,
    /// White space above and below it, where it does not begin a page. It goes
    /// with a box that floats.
    pub pad: Abs,
    /// The end of the last note that it calls, in the [`NoteRoll`](super::NoteRoll).
    pub notes_due: Option<u32>,
    /// What must be repeated above it when it comes first on a page.
    pub head: Option<RepeatedHead>,
}

/// A table's head as it is repeated above a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RepeatedHead {
    /// The item that is the head.
    pub item: ItemId,
    /// Its height, with the white below it.
    pub height: Abs,
}

/// What had better stand on one page, and may be divided all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Divided {
    /// A small table.
    Table,
    /// A row of a table, between two lines of its cells.
    Row,
    /// A short box.
    Box,
    /// A list, between its rest and an item of one line.
    Item,
    /// A short stanza, between two of its lines.
    Stanza,
}

impl Divided {
    /// The compromise that it is to divide it.
    #[must_use]
    pub fn compromise(self) -> Compromise {
        match self {
            Divided::Table => Compromise::DividedTable,
            Divided::Row => Compromise::DividedRow,
            Divided::Box => Compromise::DividedBox,
            Divided::Item => Compromise::LoneItem,
            Divided::Stanza => Compromise::DividedStanza,
        }
    }
}
