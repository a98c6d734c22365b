//! The tree from its root: the book, its sections, and their texts.

use super::{
    Anchors, Block, BlockKind, GeneratedPage, Heading, Image, ImageId, Matter, Meta, Notes, Role, Seen,
    plain, visit,
};
use crate::diag::{FileId, Span};
use crate::narrow::Nearest;

/// A whole book, ready to be set.
#[derive(Clone, Debug)]
pub struct Book {
    /// What the title page, the shop and the catalogue say.
    pub meta: Meta,
    /// Everything between the covers, in reading order.
    pub sections: Vec<Section>,
    /// All notes of all streams.
    pub notes: Notes,
    /// Every place that a link may lead to.
    pub anchors: Anchors,
    /// Every picture that is used.
    pub images: Vec<Image>,
}

impl Book {
    /// The picture that a style means by a sign such as `ornament.svg`; none when it means
    /// the words themselves.
    #[must_use]
    pub fn ornament(&self, sign: &str) -> Option<ImageId> {
        let place = self.images.iter().position(|image| image.path == sign)?;
        Some(ImageId(u32::nearest(place)))
    }

    /// Shows everything in the texts to `see`, in reading order, and then everything in the notes.
    pub fn visit<'a>(&'a self, see: &mut dyn FnMut(Seen<'a>)) {
        self.visit_texts(see);
        self.notes.iter().for_each(|(_, note)| visit(&note.blocks, see));
    }

    /// The same without the notes.
    pub fn visit_texts<'a>(&'a self, see: &mut dyn FnMut(Seen<'a>)) {
        self.sections.iter().filter_map(Section::body).for_each(|body| visit(&body.blocks, see));
    }
}

/// A part of the reading order: one file, or a page that the tool makes.
#[derive(Clone, Debug, Hash)]
pub struct Section {
    /// Where it stands in the book.
    pub matter: Matter,
    /// What it is, in the terms of EPUB Structural Semantics.
    pub role: Role,
    /// How deep below the book: 0 for a section of its own, 1 inside a part,
    /// 2 inside a part of a division, and so on.
    pub depth: u8,
    /// A name for files and ids, unique in the book: the file's name without
    /// its ending, or the made page's name; lower-case ASCII and hyphens.
    pub slug: String,
    /// What stands in it.
    pub content: Content,
}

/// What stands in a section.
#[derive(Clone, Debug, Hash)]
pub enum Content {
    /// A page that the tool makes from the rest of the book.
    Made(GeneratedPage),
    /// A text from a file.
    Text(Body),
}

/// A text from a file.
#[derive(Clone, Debug, Hash)]
pub struct Body {
    /// The file.
    pub file: FileId,
    /// Its blocks; the first heading of level 1, if there is one, is the title.
    pub blocks: Vec<Block>,
    /// Whether it is a play, whose paragraphs are speeches.
    pub play: bool,
}

impl Body {
    /// The heading that is the text's title.
    #[must_use]
    pub fn title(&self) -> Option<&Heading> {
        self.blocks.iter().find_map(|block| match &block.kind {
            BlockKind::Heading(heading) if heading.level == 1 => Some(heading),
            _ => None,
        })
    }

    /// Whether it begins with a heading that is no title, as a further part of
    /// the text before it.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        self.first_heading().is_some_and(|heading| heading.level > 1)
    }

    /// The heading that the text begins with, of whatever rank.
    #[must_use]
    pub fn first_heading(&self) -> Option<&Heading> {
        let silent = |block: &&Block| match &block.kind {
            BlockKind::Para(inlines) => plain(inlines).trim().is_empty(),
            BlockKind::PageMark(_) => true,
            _ => false,
        };
        match self.blocks.iter().find(|block| !silent(block)).map(|block| &block.kind) {
            Some(BlockKind::Heading(heading)) => Some(heading),
            _ => None,
        }
    }
}

impl Section {
    /// The text, unless the section is a made page.
    #[must_use]
    pub fn body(&self) -> Option<&Body> {
        match &self.content {
            Content::Text(body) => Some(body),
            Content::Made(_) => None,
        }
    }

    /// The heading that is the section's title.
    #[must_use]
    pub fn title(&self) -> Option<&Heading> {
        self.body().and_then(Body::title)
    }
}

/// Where a whole section's source stands, for findings about all of it.
#[must_use]
pub fn file_span(file: FileId) -> Span {
    Span::new(file, 0, 0)
}
