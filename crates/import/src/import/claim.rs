//! What a line is taken for: the shapes that rules claim, and their claims.

use super::model::{Number, Percent};

/// What a rule takes a line for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    /// Code between fences, up to that line.
    Code(usize),
    /// A heading of that depth.
    Heading(u8),
    /// A rule above notes: what follows may be notes.
    FootRule,
    /// A rule or sign between two pages.
    PageSign,
    /// A break between scenes.
    Break,
    /// The text of a note: its number.
    Note(String),
    /// An entry of the contents: title and page.
    Contents(String, u32),
    /// An entry of the contents whose page has a roman number: its title.
    FrontContents(String),
    /// Words of the contents that are no entry.
    Aside,
    /// The heading above notes.
    NotesHeading,
    /// The number of the page that begins here.
    PageMark(Number),
    /// A page number alone in its line, at a page's head or foot.
    Folio(u32),
    /// What the model of the document found at the edges of pages: a number, a running head.
    Furniture,
    /// A running head, with the number of its page where that stands in the same line.
    RunningHead(Option<u32>),
    /// An item of a list, with its marker.
    Item(String),
    /// What a program set where a picture stands.
    Picture,
    /// Words of a distributor around the book.
    Licence,
    /// A passage marked as a quotation.
    Quoted,
    /// A note in the margin of the old edition: one past its last line.
    Sidenote(usize),
    /// The words under a picture that is not there: one past their last line.
    Caption(usize),
    /// A table or picture: no rule understands it, so it stays as text.
    Strange(&'static str),
}

impl LineKind {
    /// The rule under whose name decisions on this shape stand.
    pub(super) fn rule(&self) -> &'static str {
        match self {
            LineKind::Heading(_) => "heading",
            LineKind::FootRule => "rule",
            LineKind::Note(_) => "note-text",
            LineKind::Contents(..) | LineKind::FrontContents(_) | LineKind::Aside => "contents-entry",
            LineKind::Furniture => "running-head",
            _ => "page-mark",
        }
    }
}

/// A rule's claim to a line.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    /// What the line is.
    pub kind: LineKind,
    /// How many bytes at the line's start, after indentation, are a marker and no text.
    pub strip: usize,
    /// How sure the rule is.
    pub confidence: Percent,
    /// Why.
    pub evidence: &'static str,
}
