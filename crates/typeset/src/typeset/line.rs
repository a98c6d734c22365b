//! The vocabulary of lines: text ready to be broken, and lines that are set.
//!
//! The composer turns inlines into [`StyledText`]; the breaker turns that into
//! [`Line`]s; the page builder places lines and never looks inside a word.

use crate::book::{AnchorId, ImageId, Lang, NoteId};
use crate::diag::Span;
use crate::font::FaceId;
use crate::length::{Abs, Size};
use crate::pages::{Flow, LeafId, NodeId, Run};
use std::sync::Arc;

/// How a stretch of text looks: its face, size and features.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ResolvedStyle {
    /// The face.
    pub face: FaceId,
    /// Type size.
    pub size: Abs,
    /// Real small capitals (`smcp`); with `caps_too`, capitals as well (`c2sc`).
    pub small_caps: bool,
    /// Capitals become small capitals too.
    pub caps_too: bool,
    /// Old-style figures (`onum`) rather than lining ones (`lnum`).
    pub old_style: bool,
    /// Superior figures or letters (`sups`), as for note marks.
    pub superior: bool,
    /// How far above the baseline the text stands; negative is below.
    pub raise: Abs,
    /// Extra space after each letter, for capitals and titles.
    pub letterspace: Abs,
    /// Whether a line strikes it out.
    pub struck: bool,
    /// The language, for shaping and hyphenation.
    pub lang: Arc<Lang>,
}

/// Text ready to be broken into lines.
#[derive(Clone, Debug, Default)]
pub struct StyledText {
    /// Its pieces in logical order.
    pub pieces: Vec<Piece>,
}

/// A piece of text.
#[derive(Clone, Debug)]
pub enum Piece {
    /// Words in one style. Spaces are the author's; a no-break space never breaks.
    Words(Words),
    /// A picture that stands in the line, on the baseline.
    Picture(LinePicture),
    /// Something without width that must know where it came to stand. It
    /// belongs to the next glyph, or to the last when nothing follows.
    Mark(Mark),
    /// A line ends here.
    Break,
}

impl Piece {
    /// Makes it belong to a link, unless it belongs to one within that.
    pub fn link_to(&mut self, to: LinkId) {
        if let Piece::Words(Words { link, .. }) | Piece::Picture(LinePicture { link, .. }) = self {
            link.get_or_insert(to);
        }
    }
}

/// Words in one style.
#[derive(Clone, Debug)]
pub struct Words {
    /// The words.
    pub text: String,
    /// Their style.
    pub style: ResolvedStyle,
    /// Their leaf in the logical structure.
    pub leaf: LeafId,
    /// Bytes of the flow's running text before the words; `None` for words that
    /// the tool adds (note marks, list numbers).
    pub at: Option<u32>,
    /// Where they stand in the manuscript, for findings.
    pub span: Option<Span>,
    /// No line may break before or in these words: note marks.
    pub glued: bool,
    /// The link that they belong to; of two, the inner one.
    pub link: Option<LinkId>,
}

/// A picture that stands in a line.
#[derive(Clone, Debug)]
pub struct LinePicture {
    /// Which.
    pub image: ImageId,
    /// How large it is printed.
    pub size: Size,
    /// Its leaf in the logical structure.
    pub leaf: LeafId,
    /// The link that it belongs to; of two, the inner one.
    pub link: Option<LinkId>,
}

/// A link of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkId {
    /// The composer's own number for it.
    pub number: u32,
    /// Its node in the logical structure.
    pub node: NodeId,
}

/// Something without width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A place that links lead to.
    Anchor(AnchorId),
    /// A note is called; which of its calls, from 0.
    Call(NoteId, u32),
    /// A note begins.
    Note(NoteId),
    /// A page of the older edition starts.
    SourcePage(String),
}

/// How a line stands in its measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineAlignment {
    /// To both margins, the last line to the left.
    Justified,
    /// To the left margin.
    Left,
    /// In the middle.
    Centred,
    /// To the right margin.
    Right,
}

/// How a paragraph's last line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LastLine {
    /// Where its words end.
    Natural,
    /// At the right margin: the paragraph goes on overleaf, where an older
    /// edition's page ended. `hyphen`: that page ended within a word.
    Full {
        /// Whether a hyphen is added.
        hyphen: bool,
    },
}

/// The form that a paragraph's lines must fill.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// How lines stand.
    pub alignment: LineAlignment,
    /// Width of the text block that the lines stand in.
    pub measure: Abs,
    /// Indent of all lines on the left, and on the right.
    pub indents: (Abs, Abs),
    /// Further indent of the first line; negative hangs.
    pub first: Abs,
    /// Lines that stand beside an initial, and how far they are indented by it.
    pub beside: (u32, Abs),
    /// Whether words may be hyphenated.
    pub hyphenate: bool,
    /// Limits of expansion (share of one) and tracking (part of an em).
    pub limits: (f64, f64),
    /// Whether punctuation hangs into the margins.
    pub protrude: bool,
    /// The lines are looked at one by one, as those of a title are: they are parted by
    /// sense and as even as may be. Lines in the middle always are.
    pub display: bool,
    /// How the last line ends.
    pub last: LastLine,
    /// The lines will stand as in a mirror, since the book is read from the
    /// right; what is left here is right there.
    pub mirrored: bool,
    /// The loosest line that a way to break it may have, as an adjustment ratio.
    pub loosest: f64,
    /// The flow of running text that its words belong to, if to any.
    pub flow: Option<Flow>,
}

/// A picture in a line that is set: it stands on the baseline.
#[derive(Clone, Copy, Debug)]
pub struct PlacedPicture {
    /// Its left edge.
    pub x: Abs,
    /// The picture.
    pub image: ImageId,
    /// How large it is.
    pub size: Size,
    /// Its leaf in the logical structure.
    pub leaf: LeafId,
}

/// A line that is set. All x are from the left edge of the text block.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// The glyphs, with their leaves, from left to right.
    pub runs: Vec<LineRun>,
    /// Pictures in the line.
    pub pictures: Vec<PlacedPicture>,
    /// The areas of its links in logical order.
    pub links: Vec<LinkArea>,
    /// Marks in logical order, and where they came to stand.
    pub marks: Vec<(Abs, Mark)>,
    /// Where the line begins and ends, without spaces that were dropped there.
    pub extent: (Abs, Abs),
    /// The word spaces' adjustment ratio: 0 natural, 0.5 half as wide again.
    pub ratio: f64,
    /// The ratio that would fill the line: where it is more than that, the line
    /// ends before the margin. Infinite in a line of one word.
    pub needed: f64,
    /// Its spaces were adjusted so that it ends at the margin.
    pub full: bool,
    /// The line ends in a hyphen that the breaker added.
    pub hyphenated: bool,
    /// Bytes of the flow's running text before the line's first word.
    pub at: Option<u32>,
    /// The first word's place in the manuscript.
    pub span: Option<Span>,
}

impl Line {
    /// The same line, so far to the right.
    #[must_use]
    pub fn moved(mut self, aside: Abs) -> Line {
        self.runs.iter_mut().for_each(|run| run.x += aside);
        self.pictures.iter_mut().for_each(|picture| picture.x += aside);
        self.marks.iter_mut().for_each(|mark| mark.0 += aside);
        let move_extent = |extent: &mut (Abs, Abs)| *extent = (extent.0 + aside, extent.1 + aside);
        self.links.iter_mut().for_each(|area| move_extent(&mut area.extent));
        move_extent(&mut self.extent);
        self
    }
}

/// A stretch of a line that a link is active in.
#[derive(Clone, Copy, Debug)]
pub struct LinkArea {
    /// Its left edge, and its right edge.
    pub extent: (Abs, Abs),
    /// The link.
    pub link: LinkId,
}

/// A run of a line.
#[derive(Clone, Debug)]
pub struct LineRun {
    /// Where the pen starts.
    pub x: Abs,
    /// How far above the baseline.
    pub raise: Abs,
    /// The glyphs.
    pub run: Arc<Run>,
    /// Their leaf in the logical structure.
    pub leaf: LeafId,
    /// Whether a line strikes it out.
    pub struck: bool,
}

/// One way to break a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Breaks {
    /// Where each line ends: bytes of the paragraph's words taken together.
    pub ends: Vec<u32>,
    /// Demerits of the whole paragraph (Knuth & Plass 1981, p. 1128).
    pub demerits: f64,
    /// The largest adjustment ratio of its justified lines.
    pub loosest: f64,
    /// For each line, whether it ends in a hyphen that the breaker added.
    pub hyphenated: Vec<bool>,
    /// The last line should reach the margin and cannot.
    pub short_last_line: bool,
    /// How often two lines in a row end in hyphens, and whether the last line is all but
    /// empty: the faults for whose sake further ways are looked for.
    pub faults: u32,
}
