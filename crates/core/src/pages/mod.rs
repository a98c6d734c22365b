//! Finished pages: positions only, no styles and no Markdown.
//!
//! What the typesetter hands to every writer of pages: glyphs, rules and
//! pictures at exact places, and beside them the logical structure ([`tree`])
//! that makes a page readable to a machine. Coordinates run from the top left
//! corner of the trimmed page, x to the right and y downwards.

mod compromise;
mod tree;

pub use compromise::{Compromise, PageCompromise, UnevenBy};
pub use tree::{Child, Graft, Labels, LeafId, Node, NodeId, Scope, Tag, Tree};

use crate::diag::Span;
use crate::length::{Abs, Binding, Point, Size};
use crate::narrow::Nearest;
use std::ops::Range;
use std::sync::Arc;

/// A laid-out book.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    /// What a writer says of the document.
    pub info: Info,
    /// The trimmed size of every page.
    pub trim: Size,
    /// On which side the book is bound.
    pub binding: Binding,
    /// The font files that runs refer to.
    pub fonts: Vec<Font>,
    /// The pictures that pages refer to.
    pub images: Vec<Picture>,
    /// The pages in order; the first is a recto.
    pub pages: Vec<Page>,
    /// The family of the text, as the publisher's page names it.
    pub typeface: String,
    /// The same with its size, as the colophon names them.
    pub type_line: String,
    /// Whether every table stands between two rules.
    pub ruled_tables: bool,
    /// Whether a sign stands in every pause between two scenes.
    pub marked_scenes: bool,
    /// The logical structure.
    pub tree: Tree,
    /// Places that links and the outline lead to; [`DestId`] is the index.
    pub destinations: Vec<Destination>,
    /// Headings in order, each with its level from 1.
    pub outline: Vec<OutlineItem>,
    /// Where each page starts in the running text; pages that start no text
    /// (made pages, blanks) have none.
    pub starts: Vec<PageStart>,
    /// Pages of the older edition in order: each label, and the index of the
    /// page that it starts on.
    pub old_pages: Vec<(String, u32)>,
    /// Where every note of the book is called and begins, by its index.
    pub notes: Vec<NotePages>,
    /// What page breaking paid in all, and the least that it can prove any
    /// pages to cost.
    pub cost: Cost,
    /// What breaking lines and pages could not have.
    pub compromises: Vec<PageCompromise>,
}

/// What a writer says of the document.
#[derive(Clone, Debug, Default)]
pub struct Info {
    /// The title.
    pub title: String,
    /// Authors' names.
    pub authors: Vec<String>,
    /// One sentence.
    pub description: Option<String>,
    /// Subjects.
    pub subjects: Vec<String>,
    /// The publisher's name.
    pub publisher: Option<String>,
    /// Whose the rights are.
    pub rights: Option<String>,
    /// BCP 47 tag of the book's language.
    pub language: String,
    /// Year, month and day of publication; never the clock.
    pub date: Option<(u16, u8, u8)>,
    /// The identifier of the edition.
    pub identifier: String,
}

/// A font file; [`Run::font`] is an index into [`Pages::fonts`].
#[derive(Clone)]
pub struct Font {
    /// The PostScript name, for findings.
    pub name: String,
    /// The whole file.
    pub data: Arc<dyn AsRef<[u8]> + Send + Sync>,
    /// The face's index in a collection.
    pub index: u32,
    /// Units to the em.
    pub units_per_em: u16,
}

impl std::fmt::Debug for Font {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Font").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A picture; [`Item::Picture`] holds an index into [`Pages::images`].
#[derive(Clone, Debug)]
pub struct Picture {
    /// The path in the book's folder, for findings.
    pub path: String,
    /// The file as it is.
    pub bytes: Arc<[u8]>,
    /// What the bytes are.
    pub kind: PictureKind,
    /// Width and height in pixels.
    pub pixels: (u32, u32),
}

/// The kinds of picture that a writer of pages must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the formats' own names")]
pub enum PictureKind {
    Png,
    Jpeg,
    Gif,
    Webp,
    Svg,
}

/// One page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The page's number as a reader would cite it: `xii`, `12`. Every page
    /// has one, printed or not.
    pub label: String,
    /// What stands on it, in painting order.
    pub items: Vec<Placed>,
    /// Active areas.
    pub links: Vec<Link>,
    /// Where the first line of the text stands, and the last: baselines of
    /// body lines, for tests of the grid. None on made pages.
    pub body: Option<(Abs, Abs)>,
    /// Its lines of content in painting order, for the reader of proofs.
    pub rows: Vec<Row>,
    /// Where its text and its notes must stand.
    pub frame: Frame,
    /// It is read with the book turned by a quarter: its head lies on the left of the
    /// sheet. All coordinates are those of the page as its reader holds it, which is as
    /// wide as the others are high ([`Pages::extent`]).
    pub turned: bool,
}

/// A page with fewer lines is never heavy with notes.
const HEAVY_LINES: usize = 12;
/// Lines of notes to a line of text on a page that is heavy with them.
const HEAVY: usize = 3;

impl Page {
    /// Whether notes take up most of it.
    #[must_use]
    pub fn is_heavy(&self) -> bool {
        let notes = self.rows.iter().filter(|row| row.noted).count();
        let text = self.rows.len() - notes;
        self.rows.len() >= HEAVY_LINES && text > 0 && notes >= HEAVY * text
    }
}

/// The rectangle that holds the text and the notes of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Its top left corner.
    pub at: Point,
    /// Its extent.
    pub size: Size,
}

/// The pages on which a note is first called and on which it begins: indices
/// into [`Pages::pages`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NotePages {
    /// Where it is called.
    pub call: Option<u32>,
    /// Where it begins.
    pub note: Option<u32>,
}

/// A line of words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Its baseline.
    pub y: Abs,
    /// Where it begins and ends.
    pub extent: (Abs, Abs),
    /// The word spaces' adjustment ratio: 0 natural, 0.5 half as wide again.
    pub ratio: f32,
    /// Its spaces were adjusted so that it ends at the margin.
    pub full: bool,
    /// It ends in a hyphen that the line break added.
    pub hyphenated: bool,
    /// It is part of a note at the foot.
    pub noted: bool,
}

/// What page breaking paid, in the units of [`PageCompromise::cost`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cost {
    /// For the pages as they are.
    pub paid: f64,
    /// No other pages of the same lines cost less than this.
    pub bound: f64,
    /// How often two lines in a row end in hyphens, or a last line is all but empty.
    pub faults: u32,
    /// No lines of the same words have fewer of these.
    pub least_faults: u32,
}

impl std::ops::AddAssign for Cost {
    fn add_assign(&mut self, other: Cost) {
        self.paid += other.paid;
        self.bound += other.bound;
        self.faults += other.faults;
        self.least_faults += other.least_faults;
    }
}

impl Pages {
    /// Whether notes take up most of more than half of the pages that have text.
    #[must_use]
    pub fn are_heavy(&self) -> bool {
        let text = self.pages.iter().filter(|page| !page.rows.is_empty()).count();
        self.pages.iter().filter(|page| page.is_heavy()).count() * 2 > text
    }
}

/// Something at a place.
#[derive(Clone, Debug)]
pub struct Placed {
    /// For glyphs, the start of the baseline; for rules and pictures, the top
    /// left corner.
    pub at: Point,
    /// What it is.
    pub item: Item,
    /// Its place in the logical structure.
    pub role: Role,
}

/// How an item takes part in the logical structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It is content: part of this leaf.
    Leaf(LeafId),
    /// Running head.
    Header,
    /// Folio or other matter at the foot.
    Footer,
    /// Ornament, rules, leaders.
    Ornament,
    /// The sign of a pause between two scenes.
    SceneBreak,
    /// The large letter of a text's opening. It is only drawn: the word that goes on beside it
    /// says it, so that it is neither read nor copied twice.
    Initial,
}

/// What may stand on a page.
#[derive(Clone, Debug)]
pub enum Item {
    /// Glyphs of one face and size on one baseline. Pages that are set again share those
    /// of the lines that stay as they were.
    Run(Arc<Run>),
    /// A filled black rectangle.
    Rule(Size),
    /// A picture scaled to a size.
    Picture(u32, Size),
}

/// Glyphs of one face and size on one baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Index into [`Pages::fonts`].
    pub font: u32,
    /// Type size.
    pub size: Abs,
    /// Horizontal scale of the glyphs (font expansion): 1.0 is as drawn.
    pub expansion: f32,
    /// The glyphs from left to right.
    pub glyphs: Vec<Glyph>,
    /// The words that the glyphs stand for, in logical order; ranges in
    /// [`Glyph::text`] refer to it. A hyphen that the line break added is
    /// a glyph with an empty range.
    pub text: String,
    /// BCP 47 tag when it differs from the book's language.
    pub lang: Option<Arc<str>>,
    /// Where its words come from in the manuscript's running text; none for
    /// words that the tool adds or repeats.
    pub origin: Option<Origin>,
}

/// A flow of running text: each is numbered from 0 by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flow {
    /// The text of a section, without its notes.
    Section(u32),
    /// The text of a note.
    Note(u32),
}

/// Where words come from in the running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// In which flow.
    pub flow: Flow,
    /// Bytes of the flow before the stretch of words that was composed as one.
    pub stretch: u32,
    /// Bytes of that stretch before the run's words. Capitals may have more or
    /// fewer bytes than the letters that they stand for, so this counts the
    /// bytes of the words as they are set.
    pub within: u32,
}

/// One glyph. A long book has ten million, so it is kept small: lengths in 32
/// bits reach 32,767 pt on both sides of zero, and are cut there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u16,
    bytes: u16,
    start: u32,
    advance: i32,
    offset: [i32; 2],
}

impl Glyph {
    /// A glyph after which the pen moves by `advance` (with expansion,
    /// tracking and, for word spaces, justification already in it), itself
    /// shifted by `offset`, y upwards. It stands for the bytes `text` of
    /// [`Run::text`]: 65,535 at most.
    #[must_use]
    pub fn new(id: u16, advance: Abs, offset: Point, text: Range<u32>) -> Glyph {
        let bytes = u16::try_from(text.end.saturating_sub(text.start)).unwrap_or(u16::MAX);
        let offset = [small(offset.x), small(offset.y)];
        Glyph { id, bytes, start: text.start, advance: small(advance), offset }
    }

    /// How far the pen moves.
    #[must_use]
    pub fn advance(&self) -> Abs {
        Abs::raw(i64::from(self.advance))
    }

    /// The shift of this glyph alone, y upwards.
    #[must_use]
    pub fn offset(&self) -> Point {
        let [x, y] = self.offset.map(|length| Abs::raw(i64::from(length)));
        Point::new(x, y)
    }

    /// The bytes of [`Run::text`] that it stands for.
    #[must_use]
    pub fn text(&self) -> Range<u32> {
        self.start..self.start + u32::from(self.bytes)
    }

    /// The same glyph, standing for other bytes.
    #[must_use]
    pub fn standing_for(self, text: Range<u32>) -> Glyph {
        Glyph::new(self.id, self.advance(), self.offset(), text)
    }
}

/// A length in 32 bits.
fn small(length: Abs) -> i32 {
    i32::nearest(length.to_raw().clamp(i64::from(i32::MIN), i64::from(i32::MAX)))
}

impl Run {
    /// The sum of the advances.
    #[must_use]
    pub fn width(&self) -> Abs {
        self.glyphs.iter().map(Glyph::advance).sum()
    }
}

/// An active area.
#[derive(Clone, Debug)]
pub struct Link {
    /// Top left corner.
    pub at: Point,
    /// Its extent.
    pub size: Size,
    /// Where it leads.
    pub to: LinkTarget,
    /// What it is for, in words (`Note 12`, `Page 30`).
    pub description: String,
    /// The structure node (`Link` or `Reference`) that it belongs to.
    pub node: NodeId,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// Out of the book. Each line of the link's words has it.
    Url(Arc<str>),
    /// A place in the book.
    Destination(DestId),
}

/// Which place in the book: an index into [`Pages::destinations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DestId(pub u32);

/// A place in the book.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Destination {
    /// Index into [`Pages::pages`].
    pub page: u32,
    /// Where on the page: above the line that is meant.
    pub at: Point,
}

/// An entry of the outline.
#[derive(Clone, Debug)]
pub struct OutlineItem {
    /// 1 for the outermost; an entry is inside the nearest one above it with a
    /// smaller level.
    pub level: u8,
    /// The heading without notes.
    pub title: String,
    /// Where it leads.
    pub to: DestId,
}

/// Where a page starts in the running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageStart {
    /// Index into [`Pages::pages`].
    pub page: u32,
    /// Index of the section in the book.
    pub section: u32,
    /// Bytes of the section's running text before the page's first word.
    pub at: u32,
    /// The first words' place in the manuscript.
    pub span: Option<Span>,
}

impl Pages {
    /// Whether that page is a recto, the front of a leaf. The first page is one.
    #[must_use]
    pub fn is_recto(page: usize) -> bool {
        page.is_multiple_of(2)
    }

    /// The size of a page as its reader holds it.
    #[must_use]
    pub fn extent(&self, page: &Page) -> Size {
        let Size { width, height } = self.trim;
        if page.turned { Size::new(height, width) } else { self.trim }
    }

    /// Whether that page lies on the right of the open book, its spine on the
    /// left: a recto does in a book that is bound on the left.
    #[must_use]
    pub fn is_right_hand(&self, page: usize) -> bool {
        Pages::is_recto(page) == (self.binding == Binding::Left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glyph_is_small_and_keeps_what_it_is_given() {
        assert!(size_of::<Glyph>() <= 20);
        let offset = Point::new(Abs::pt(-1.5), Abs::pt(2.25));
        let glyph = Glyph::new(7, Abs::pt(-0.5), offset, 100_000..100_003);
        assert_eq!((glyph.advance(), glyph.offset()), (Abs::pt(-0.5), offset));
        assert_eq!(glyph.text(), 100_000..100_003);
        assert_eq!(glyph.standing_for(1..1).text(), 1..1);
        let far = Glyph::new(7, Abs::pt(1e6), Point::default(), 0..70_000);
        assert_eq!((far.advance(), far.text()), (Abs::raw(i64::from(i32::MAX)), 0..65_535));
    }
}
