//! Blocks: what stands below one another on a page.

use super::{AnchorId, Attrs, ImageId, Inline, PageMark, PictureLook, Text};
use crate::diag::Span;

/// A block with its place in the manuscript.
#[derive(Clone, Debug, Hash)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in the manuscript.
    pub span: Span,
}

/// The kinds of block.
#[derive(Clone, Debug, Hash)]
pub enum BlockKind {
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Para(Vec<Inline>),
    /// A passage from elsewhere, set apart.
    Quote(Vec<Block>),
    /// Lines that are lines.
    Verse(Verse),
    /// A list of items.
    List(List),
    /// Terms and what they mean.
    Definitions(Vec<Definition>),
    /// Rows and columns.
    Table(Table),
    /// A picture with its caption.
    Figure(Figure),
    /// Text as it stands, in a fixed-width face.
    Code {
        /// The language named at the fence; empty when none is.
        lang: String,
        /// The lines, each ended by `\n`.
        text: Text,
    },
    /// A pause between two scenes.
    SceneBreak,
    /// A fenced division.
    Div(Div, Attrs, Vec<Block>),
    /// A page of the older edition starts here, between blocks.
    PageMark(PageMark),
}

/// What a fenced division is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Div {
    /// A motto.
    Epigraph,
    /// To whom the book is given.
    Dedication,
    /// A letter.
    Letter,
    /// Where and when a letter was written, set to the right.
    Dateline,
    /// Who signed, set towards the right.
    Signature,
    /// A word from the editor.
    NoteToReader,
    /// The paragraph goes on after a quote or verse: no indent.
    Continued,
    /// Who is quoted.
    Attribution,
    /// Below the heading that it follows.
    Subtitle,
    /// What happens in the chapter, below its heading.
    Synopsis,
    /// The caption of the table, figure or listing before it.
    Caption,
    /// A note, a tip, a warning beside the text.
    Admonition(Admonition),
    /// The words above an admonition, in place of its kind's name.
    AdmonitionTitle,
    /// Set in the middle.
    Centre,
    /// What follows begins a page.
    PageBreak,
    /// On pages of its own that are turned by a quarter: a wide table.
    Landscape,
    /// Books and articles that are cited, at the end of a text: each entry hangs.
    Bibliography,
    /// In columns side by side: an index, a list of short lines.
    Columns,
    /// A class that means nothing to us, kept for the EPUB.
    Other,
}

impl Div {
    /// Every division with its class name.
    pub const ALL: [(Div, &'static str); 22] = [
        (Div::Epigraph, "epigraph"),
        (Div::Dedication, "dedication"),
        (Div::Letter, "letter"),
        (Div::Dateline, "dateline"),
        (Div::Signature, "signature"),
        (Div::NoteToReader, "note-to-reader"),
        (Div::Continued, "continued"),
        (Div::Attribution, "attribution"),
        (Div::Subtitle, "subtitle"),
        (Div::Synopsis, "synopsis"),
        (Div::Caption, "caption"),
        (Div::Admonition(Admonition::Note), Admonition::Note.name()),
        (Div::Admonition(Admonition::Tip), Admonition::Tip.name()),
        (Div::Admonition(Admonition::Important), Admonition::Important.name()),
        (Div::Admonition(Admonition::Warning), Admonition::Warning.name()),
        (Div::Admonition(Admonition::Caution), Admonition::Caution.name()),
        (Div::AdmonitionTitle, "admonition-title"),
        (Div::Centre, "centre"),
        (Div::PageBreak, "page-break"),
        (Div::Landscape, "landscape"),
        (Div::Columns, "columns"),
        (Div::Bibliography, "bibliography"),
    ];

    /// The division of that class name.
    #[must_use]
    pub fn find(name: &str) -> Option<Div> {
        Div::ALL.iter().find(|(_, n)| *n == name).map(|(div, _)| *div)
    }
}

/// The kinds of admonition: those of GitHub, which other programs share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Admonition {
    /// Something to know beside the text.
    Note,
    /// Advice.
    Tip,
    /// What a reader must know.
    Important,
    /// What goes wrong easily.
    Warning,
    /// What does harm.
    Caution,
}

impl Admonition {
    /// The class name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Admonition::Note => "note",
            Admonition::Tip => "tip",
            Admonition::Important => "important",
            Admonition::Warning => "warning",
            Admonition::Caution => "caution",
        }
    }
}

/// A heading.
#[derive(Clone, Debug, Hash)]
pub struct Heading {
    /// 1 for the text's title, to 6.
    pub level: u8,
    /// The place that contents lists and links lead to.
    pub anchor: AnchorId,
    /// The words, with note calls; contents lists and running heads take them
    /// through [`super::without_notes`].
    pub content: Vec<Inline>,
    /// Whether contents lists name it.
    pub listed: bool,
    /// Classes that are not roles, and the language.
    pub attrs: Attrs,
}

/// Verse: stanzas of lines.
#[derive(Clone, Debug, Hash)]
pub struct Verse {
    /// Stanzas, none empty.
    pub stanzas: Vec<Vec<VerseLine>>,
    /// Who is quoted.
    pub attribution: Option<Vec<Inline>>,
}

/// One line of verse.
#[derive(Clone, Debug, Hash)]
pub struct VerseLine {
    /// Leading spaces as written; two make 1 em.
    pub spaces: u16,
    /// The words.
    pub content: Vec<Inline>,
    /// Where the line stands in the manuscript.
    pub span: Span,
}

/// A list.
#[derive(Clone, Debug, Hash)]
pub struct List {
    /// The first number; none for a list with bullets.
    pub start: Option<u64>,
    /// How its numbers are written.
    pub numbers: Numbers,
    /// No blank line stands between its items.
    pub tight: bool,
    /// The items.
    pub items: Vec<Item>,
}

impl List {
    /// Whether nothing is said before its items but a bullet, which an index has not.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.start.is_none() && self.items.iter().all(|item| item.done.is_none())
    }
}

/// How the numbers of a list are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Numbers {
    /// In figures, letters or Roman numerals.
    pub style: NumberStyle,
    /// What stands around each.
    pub around: Around,
}

/// In which signs the numbers of a list are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum NumberStyle {
    #[default]
    Figures,
    LowerLetters,
    UpperLetters,
    LowerRoman,
    UpperRoman,
}

/// What stands around the number of an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Around {
    /// `1.`
    #[default]
    Stop,
    /// `1)`
    Parenthesis,
    /// `(1)`
    Parentheses,
}

/// One item of a list.
#[derive(Clone, Debug, Hash)]
pub struct Item {
    /// For a task, whether it is done.
    pub done: Option<bool>,
    /// What stands in it.
    pub blocks: Vec<Block>,
    /// Where it stands in the manuscript.
    pub span: Span,
}

impl Item {
    /// The box before a task, ticked when it is done.
    #[must_use]
    pub fn tick_box(&self) -> Option<&'static str> {
        self.done.map(|done| if done { "\u{2611}" } else { "\u{2610}" })
    }
}

/// Terms, and what they mean.
#[derive(Clone, Debug, Hash)]
pub struct Definition {
    /// The terms.
    pub terms: Vec<Vec<Inline>>,
    /// Their meanings, each of one or more blocks.
    pub meanings: Vec<Vec<Block>>,
}

/// A table.
#[derive(Clone, Debug, Hash)]
pub struct Table {
    /// How each column is aligned; as many as the table has columns.
    pub columns: Vec<Align>,
    /// The head row; empty cells when the author gave none.
    pub head: Row,
    /// The rows below.
    pub rows: Vec<Row>,
    /// The caption.
    pub caption: Option<Vec<Inline>>,
}

/// A row of cells, one for each column.
pub type Row = Vec<Cell>;

/// What stands in one cell.
pub type Cell = Vec<Inline>;

/// How a column is aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Align {
    #[default]
    Default,
    Left,
    Centre,
    Right,
}

/// A picture that stands alone.
#[derive(Clone, Debug, Hash)]
pub struct Figure {
    /// The picture.
    pub image: ImageId,
    /// What it shows, in words; none when it only decorates.
    pub alt: Option<String>,
    /// The caption.
    pub caption: Option<Vec<Inline>>,
    /// How it is shown.
    pub look: PictureLook,
    /// Classes, id, language.
    pub attrs: Attrs,
}
