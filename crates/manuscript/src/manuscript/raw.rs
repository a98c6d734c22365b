//! The tree between Markdown and the book: parsed, not yet resolved.
//!
//! It holds labels, paths and ids as the author wrote them; `resolve` turns
//! them into the ids of [`crate::book`].

use super::prepare::{ItemMark, LINE, without_lines};
use crate::book::{Align, AnchorId, Lang, Numbers, PictureLook};
use crate::diag::Span;

/// A block.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    pub(super) span: Span,
}

/// The kinds of block.
#[derive(Clone, Debug)]
pub(super) enum BlockKind {
    Heading(Heading),
    Para(Vec<Inline>),
    Quote(Vec<Block>),
    Verse(Verse),
    List {
        start: Option<u64>,
        numbers: Numbers,
        tight: bool,
        items: Vec<Item>,
    },
    Definitions(Vec<Definition>),
    Table(Table),
    Figure(Figure),
    Code {
        lang: String,
        text: String,
    },
    SceneBreak,
    /// A fenced division.
    Div(Attrs, Vec<Block>),
    PageMark(String),
}

#[derive(Clone, Debug)]
pub(super) struct Heading {
    pub(super) level: u8,
    pub(super) content: Vec<Inline>,
    pub(super) attrs: Attrs,
}

#[derive(Clone, Debug)]
pub(super) struct Item {
    /// For a task, whether it is done.
    pub(super) done: Option<bool>,
    /// How the author numbered it, where Markdown does not say so.
    pub(super) mark: Option<ItemMark>,
    pub(super) blocks: Vec<Block>,
    pub(super) span: Span,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Definition {
    pub(super) terms: Vec<Vec<Inline>>,
    pub(super) meanings: Vec<Vec<Block>>,
}

#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) columns: Vec<Align>,
    pub(super) head: Vec<Vec<Inline>>,
    pub(super) rows: Vec<Vec<Vec<Inline>>>,
    pub(super) caption: Option<Vec<Inline>>,
}

#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub(super) path: String,
    pub(super) alt: String,
    pub(super) caption: Option<Vec<Inline>>,
    /// The caption is what stands in brackets, and nothing else.
    pub(super) bracketed: bool,
    pub(super) attrs: Attrs,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Verse {
    pub(super) stanzas: Vec<Vec<VerseLine>>,
    pub(super) attribution: Option<Vec<Inline>>,
}

#[derive(Clone, Debug)]
pub(super) struct VerseLine {
    pub(super) spaces: u16,
    pub(super) content: Vec<Inline>,
    pub(super) span: Span,
}

/// An inline.
#[derive(Clone, Debug)]
pub(super) struct Inline {
    pub(super) kind: InlineKind,
    pub(super) span: Span,
}

/// The kinds of inline.
#[derive(Clone, Debug)]
pub(super) enum InlineKind {
    Text(String),
    Code(String),
    Styled(InlineStyle, Vec<Inline>),
    Span(Attrs, Vec<Inline>),
    Link {
        dest: String,
        page: bool,
        children: Vec<Inline>,
    },
    Image {
        path: String,
        /// The words in quotation marks behind the path.
        title: Vec<Inline>,
        alt: String,
        /// What stands between its brackets.
        words: Vec<Inline>,
        attrs: Box<Attrs>,
    },
    /// A note's call; `site` says which of all calls of the book it is, set by `notes`.
    Note {
        label: String,
        site: Option<CallSite>,
    },
    PageMark(String),
    Break,
}

/// Which of all note calls of the book: an index into what `notes` finds out about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CallSite(pub(super) usize);

/// Marks that hold inlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InlineStyle {
    Emph,
    Strong,
    Strike,
    Super,
    Sub,
}

/// What stands in braces, as written.
#[derive(Clone, Debug, Default)]
pub(super) struct Attrs {
    pub(super) id: Option<String>,
    pub(super) classes: Vec<String>,
    pub(super) lang: Option<Lang>,
    /// How a picture is shown.
    pub(super) look: PictureLook,
    /// What a picture shows, in words; what stands below code.
    pub(super) words: Option<Box<str>>,
    /// Where the braces stand, when there are any.
    pub(super) span: Option<Span>,
    /// The place that the id, or a heading's slug, became; set by `anchors`.
    pub(super) anchor: Option<AnchorId>,
}

/// A note's text, as defined in a file.
#[derive(Clone, Debug)]
pub(super) struct Note {
    pub(super) label: String,
    pub(super) blocks: Vec<Block>,
    pub(super) span: Span,
}

/// One parsed file.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    pub(super) blocks: Vec<Block>,
    pub(super) notes: Vec<Note>,
}

impl InlineKind {
    /// What is inside, for the kinds that hold inlines.
    pub(super) fn children_mut(&mut self) -> Option<&mut Vec<Inline>> {
        match self {
            InlineKind::Styled(_, c) | InlineKind::Span(_, c) | InlineKind::Link { children: c, .. } => {
                Some(c)
            }
            _ => None,
        }
    }

    /// What is inside, for the kinds that hold inlines.
    pub(super) fn children(&self) -> Option<&Vec<Inline>> {
        match self {
            InlineKind::Styled(_, c) | InlineKind::Span(_, c) | InlineKind::Link { children: c, .. } => {
                Some(c)
            }
            _ => None,
        }
    }
}

/// How deep inlines stand in one another in an inline; 0 when it holds none.
pub(super) fn depth(kind: &InlineKind) -> usize {
    kind.children()
        .map_or(0, |children| 1 + children.iter().map(|child| depth(&child.kind)).max().unwrap_or(0))
}

/// The bare words of paragraphs.
pub(super) fn plain_of(blocks: &[Block]) -> String {
    let words = blocks.iter().map(|block| match &block.kind {
        BlockKind::Para(inlines) => plain(inlines),
        _ => String::new(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The bare words.
pub(super) fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_plain(inlines, &mut out);
    out
}

fn push_plain(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => out.push_str(text),
            InlineKind::Break => out.push(' '),
            kind => {
                if let Some(children) = kind.children() {
                    push_plain(children, out);
                }
            }
        }
    }
}

/// Makes prose of what stands in verse and is not set in its lines: the words for a picture, or
/// a note in the line.
pub(super) fn join_lines(inlines: &mut [Inline]) {
    for inline in inlines {
        match &mut inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) if text.contains(LINE) => {
                *text = without_lines(text);
            }
            kind => {
                if let Some(children) = kind.children_mut() {
                    join_lines(children);
                }
            }
        }
    }
}
