//! What a folder says of its book: the tool that made it, and the order of its texts.

pub(in crate::convert) use crate::convert::model::Place;
pub(in crate::convert) use crate::convert::tree::{MARKDOWN, is_markdown};

use crate::convert::meta::Meta;
use crate::convert::tree::Tree;
use std::collections::BTreeSet;

/// The tools whose folders are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::convert) enum Layout {
    MdBook,
    GitBook,
    Quarto,
    Bookdown,
    Leanpub,
    Softcover,
    Pandoc,
    MkDocs,
    Site,
    Plain,
    File,
}

impl Layout {
    /// Whether it is a tool that manuals are written with, so that its books are set as such.
    pub(crate) fn makes_manuals(self) -> bool {
        !matches!(self, Layout::Leanpub | Layout::Pandoc | Layout::Plain | Layout::File)
    }

    /// What people call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Layout::MdBook => "mdBook",
            Layout::GitBook => "GitBook or HonKit",
            Layout::Quarto => "Quarto",
            Layout::Bookdown => "bookdown",
            Layout::Leanpub => "Leanpub",
            Layout::Softcover => "Softcover",
            Layout::Pandoc => "Pandoc",
            Layout::MkDocs => "MkDocs",
            Layout::Site => "a site generator (Hugo, Zola or Jekyll)",
            Layout::Plain => "a folder of Markdown",
            Layout::File => "a file of Markdown",
        }
    }
}

/// One entry of the reading order.
#[derive(Clone, Debug)]
pub(in crate::convert) enum Item {
    /// A file, with the title that the order gives it and how deep it stands.
    Chapter { path: String, title: Option<String>, depth: usize, place: Place },
    /// A heading over the chapters that follow.
    Part(String),
}

impl Item {
    /// A chapter of the first rank.
    pub(crate) fn chapter(path: impl Into<String>) -> Item {
        Item::Chapter { path: path.into(), title: None, depth: 0, place: Place::Body }
    }
}

/// What a folder says of its book.
#[derive(Clone, Debug)]
pub(in crate::convert) struct Plan {
    pub layout: Layout,
    /// The folder of the texts; their names in the new book begin behind it.
    pub root: String,
    pub items: Vec<Item>,
    pub meta: Meta,
    /// The cover's picture, a path of the source.
    pub cover: Option<String>,
    /// Texts that head a part, by their paths.
    pub part_texts: BTreeSet<String>,
    /// What was asked for and is not there.
    pub missing: Vec<String>,
}

impl Plan {
    pub(crate) fn new(layout: Layout, root: impl Into<String>) -> Plan {
        let (meta, cover, part_texts) = (Meta::default(), None, BTreeSet::new());
        Plan { layout, root: root.into(), items: Vec::new(), meta, cover, part_texts, missing: Vec::new() }
    }

    /// Adds a chapter that is there; remembers one that is not.
    pub(crate) fn add(&mut self, tree: &Tree<'_>, item: Item) {
        match &item {
            Item::Chapter { path, .. } if !tree.has(path) => self.missing.push(path.clone()),
            Item::Chapter { path, .. } if self.holds(path) => {}
            _ => self.items.push(item),
        }
    }

    /// Whether a text is in the book.
    pub(crate) fn holds(&self, wanted: &str) -> bool {
        self.items.iter().any(|item| matches!(item, Item::Chapter { path, .. } if path == wanted))
    }
}
