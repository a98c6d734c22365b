//! The semantic book: what the author meant, free of points, Markdown and XHTML.
//!
//! A [`Book`] is made once, by the resolver of `manuscript`, and only read
//! afterwards. What cannot be right cannot be built: a [`NoteRef`] holds a
//! [`NoteId`] and a link an [`AnchorId`], and both are handed out only for
//! notes and anchors that exist (see [`Notes::define`], [`Anchors::define`]).

mod address;
mod block;
mod capitals;
mod date;
mod drama;
mod inline;
mod isbn;
mod lang;
mod leaning;
mod meta;
mod notes;
mod opening;
mod relator;
mod subtags;
mod text;
mod visit;
mod width;

pub use address::{address, near_address};
pub use block::{
    Admonition, Align, Around, Attrs, Block, BlockKind, Cell, Definition, Div, Figure, Heading, Item, List,
    NumberStyle, Numbers, Row, Table, Verse, VerseLine,
};
pub use date::{Date, DateFault};
pub use drama::{is_play, speaker};
pub use inline::{
    Inline, InlineKind, NoteRef, PageMark, Target, Text, is_capitals, numbered, plain, without_notes,
    without_stop,
};
pub use isbn::{Isbn, IsbnFault};
pub use lang::Lang;
pub use meta::{Contributor, Meta, Publisher, Source};
pub use notes::{Anchor, AnchorId, Anchors, Note, NoteId, Notes, Stream};
pub use opening::{bears_initial, initial, lead_in};
pub use relator::Relator;
pub use text::{Flow, TextPos, is_forbidden, number_texts};
pub use visit::{Seen, visit};
pub use width::{Unit, Width};

use crate::diag::{FileId, Span};
use std::sync::Arc;

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

/// Which section: an index into [`Book::sections`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionId(pub u32);

/// A part of the reading order: one file, or a page that the tool makes.
#[derive(Clone, Debug)]
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

/// Front matter, body or back matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matter {
    /// Before the text; folios in roman numerals.
    Front,
    /// The text.
    Body,
    /// After the text.
    Back,
}

/// What stands in a section.
#[derive(Clone, Debug)]
pub enum Content {
    /// A page that the tool makes from the rest of the book.
    Made(MadePage),
    /// A text from a file.
    Text(Body),
}

/// A text from a file.
#[derive(Clone, Debug)]
pub struct Body {
    /// The file.
    pub file: FileId,
    /// Its blocks; the first heading of level 1, if there is one, is the title.
    pub blocks: Vec<Block>,
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

/// The pages that the tool makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MadePage {
    /// The front cover.
    Cover,
    /// The title alone, on the first recto.
    HalfTitle,
    /// Title, subtitle, contributors and publisher.
    TitlePage,
    /// The publisher's page: rights, date, identifier, source.
    Imprint,
    /// The list of texts with their pages.
    Contents,
    /// Where endnotes go when an output sets endnotes.
    Notes,
    /// How and by whom the book was made.
    Colophon,
    /// An empty page.
    Blank,
}

impl MadePage {
    /// Every made page with its name in `[matter]`.
    pub const ALL: [(MadePage, &'static str); 8] = [
        (MadePage::Cover, "cover"),
        (MadePage::HalfTitle, "half-title"),
        (MadePage::TitlePage, "title-page"),
        (MadePage::Imprint, "imprint"),
        (MadePage::Contents, "contents"),
        (MadePage::Notes, "notes"),
        (MadePage::Colophon, "colophon"),
        (MadePage::Blank, "blank"),
    ];

    /// Its name in `[matter]`.
    #[must_use]
    pub fn name(self) -> &'static str {
        MadePage::ALL.iter().find(|(page, _)| *page == self).map_or("blank", |(_, name)| name)
    }

    /// The made page of that name.
    #[must_use]
    pub fn find(name: &str) -> Option<MadePage> {
        MadePage::ALL.iter().find(|(_, n)| *n == name).map(|(page, _)| *page)
    }
}

macro_rules! roles {
    ($($variant:ident $name:literal)*) => {
        /// What a section is: the names of EPUB Structural Semantics 1.1, and
        /// the ranks above the text.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the vocabulary's own names")]
        pub enum Role { $($variant,)* }

        impl Role {
            /// Every role with its class name.
            pub const ALL: &[(Role, &'static str)] = &[$((Role::$variant, $name),)*];
        }
    };
}

roles! {
    Cover "cover" HalfTitle "half-title" TitlePage "title-page" Imprint "imprint" Contents "contents"
    Dedication "dedication" Epigraph "epigraph" Foreword "foreword" Preface "preface"
    Introduction "introduction" Prologue "prologue" Frontispiece "frontispiece"
    Volume "volume" Division "division" Part "part" Chapter "chapter"
    Epilogue "epilogue" Afterword "afterword" Conclusion "conclusion" Appendix "appendix"
    Glossary "glossary" Bibliography "bibliography" Index "index"
    Acknowledgments "acknowledgments" Notes "notes" Colophon "colophon" Blank "blank"
}

impl Role {
    /// The class name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Role::ALL.iter().find(|(role, _)| *role == self).map_or("chapter", |(_, name)| name)
    }

    /// The role of that class name.
    #[must_use]
    pub fn find(name: &str) -> Option<Role> {
        Role::ALL.iter().find(|(_, n)| *n == name).map(|(role, _)| *role)
    }

    /// How high above a chapter the role stands: volume 3, division 2, part 1,
    /// everything else 0.
    #[must_use]
    pub fn rank(self) -> u8 {
        match self {
            Role::Volume => 3,
            Role::Division => 2,
            Role::Part => 1,
            _ => 0,
        }
    }
}

/// Which picture: an index into [`Book::images`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImageId(pub u32);

/// A picture, whole and checked.
#[derive(Clone, Debug)]
pub struct Image {
    /// Its path in the book's folder, with `/`.
    pub path: String,
    /// The file as it is.
    pub bytes: Arc<[u8]>,
    /// What the bytes really are.
    pub format: ImageFormat,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// The kinds of picture that we take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the formats' own names")]
pub enum ImageFormat {
    Png,
    Jpeg,
    Gif,
    Webp,
    Svg,
}

/// Where a whole section's source stands, for findings about all of it.
#[must_use]
pub fn file_span(file: FileId) -> Span {
    Span::new(file, 0, 0)
}
