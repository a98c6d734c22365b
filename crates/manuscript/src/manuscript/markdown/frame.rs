//! An open element of Markdown, and what has been read inside of it.

use crate::book::Align;
use crate::manuscript::inlines::Token;
use crate::manuscript::prepare::ItemMark;
use crate::manuscript::raw::{Attrs, Block, Definition, Inline, InlineStyle, Item};
use pulldown_cmark::{Alignment, CodeBlockKind, LinkType, Tag};
use std::ops::Range;

/// What an open element holds when it ends.
pub(super) enum Hold {
    /// The whole text, a quote's inside, an item's inside ...
    Blocks,
    Quote,
    Item,
    Meaning,
    Note(String),
    List(Option<u64>),
    Definitions,
    Table(Vec<Align>),
    Row,
    Code(String),
    /// A paragraph; `true` when no event opened it (in a tight list).
    Para(bool),
    Heading(u8),
    Cell,
    Term,
    Styled(InlineStyle),
    Link(String),
    Image(String, String),
}

/// An open element.
pub(super) struct Frame {
    pub(super) hold: Hold,
    pub(super) range: Range<usize>,
    pub(super) blocks: Vec<Block>,
    /// Open divisions: number of the fence, and the blocks inside.
    pub(super) divs: Vec<(usize, Vec<Block>)>,
    pub(super) tokens: Vec<Token>,
    pub(super) items: Vec<Item>,
    pub(super) definitions: Vec<Definition>,
    pub(super) cells: Vec<Vec<Inline>>,
    /// Where the last cell ends in the prepared text.
    pub(super) cells_end: usize,
    pub(super) rows: Vec<Vec<Vec<Inline>>>,
    pub(super) loose: bool,
    /// Of an item that is a task, whether it is done.
    pub(super) done: Option<bool>,
    /// How the author numbered an item.
    pub(super) mark: Option<ItemMark>,
    /// Of a quotation that is an admonition, what it is.
    pub(super) alert: Option<Attrs>,
}

impl Frame {
    pub(super) fn new(hold: Hold, range: Range<usize>) -> Frame {
        Frame {
            hold,
            range,
            blocks: Vec::new(),
            divs: Vec::new(),
            tokens: Vec::new(),
            items: Vec::new(),
            definitions: Vec::new(),
            cells: Vec::new(),
            cells_end: 0,
            rows: Vec::new(),
            loose: false,
            done: None,
            mark: None,
            alert: None,
        }
    }

    pub(super) fn holds_blocks(&self) -> bool {
        matches!(self.hold, Hold::Blocks | Hold::Quote | Hold::Item | Hold::Meaning | Hold::Note(_))
    }

    pub(super) fn blocks(&mut self) -> &mut Vec<Block> {
        self.divs.last_mut().map_or(&mut self.blocks, |(_, blocks)| blocks)
    }
}

/// What a tag opens; none for what is not ours.
pub(super) fn hold(tag: Tag<'_>) -> Option<Hold> {
    Some(match tag {
        Tag::Paragraph => Hold::Para(false),
        Tag::Heading { level, .. } => Hold::Heading(level as u8),
        Tag::BlockQuote(_) => Hold::Quote,
        Tag::CodeBlock(CodeBlockKind::Fenced(lang)) => Hold::Code(lang.trim().to_owned()),
        Tag::CodeBlock(CodeBlockKind::Indented) => Hold::Code(String::new()),
        Tag::List(start) => Hold::List(start),
        Tag::Item => Hold::Item,
        Tag::FootnoteDefinition(label) => Hold::Note(label.to_lowercase()),
        Tag::DefinitionList => Hold::Definitions,
        Tag::DefinitionListTitle => Hold::Term,
        Tag::DefinitionListDefinition => Hold::Meaning,
        Tag::Table(columns) => Hold::Table(columns.into_iter().map(align).collect()),
        Tag::TableHead => Hold::Row,
        Tag::TableRow => Hold::Row,
        Tag::TableCell => Hold::Cell,
        Tag::Emphasis => Hold::Styled(InlineStyle::Emph),
        Tag::Strong => Hold::Styled(InlineStyle::Strong),
        Tag::Strikethrough => Hold::Styled(InlineStyle::Strike),
        Tag::Link { link_type: LinkType::Email, dest_url, .. } => Hold::Link(format!("mailto:{dest_url}")),
        Tag::Link { dest_url, .. } => Hold::Link(dest_url.into_string()),
        Tag::Image { dest_url, title, .. } => Hold::Image(dest_url.into_string(), title.into_string()),
        _ => return None,
    })
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::Default,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Centre,
        Alignment::Right => Align::Right,
    }
}
