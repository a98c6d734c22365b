//! For what a book needs a family of faces, and which family that is.

use super::Style;

/// What a family is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// The running text.
    #[default]
    Text,
    /// Code.
    Mono,
    /// Titles and headings.
    Heading,
    /// Running heads.
    RunningHead,
    /// Folios.
    Folio,
    /// Captions.
    Caption,
    /// Title page and half-title.
    TitlePage,
    /// Tables.
    Table,
    /// Boxes.
    Boxed,
}

impl Family {
    /// All of them.
    pub const ALL: [Family; 9] = [
        Family::Text,
        Family::Mono,
        Family::Heading,
        Family::RunningHead,
        Family::Folio,
        Family::Caption,
        Family::TitlePage,
        Family::Table,
        Family::Boxed,
    ];

    /// The table and the name of its key.
    #[must_use]
    pub fn key(self) -> (&'static str, &'static str) {
        match self {
            Family::Text => ("text", "font"),
            Family::Mono => ("text", "mono"),
            Family::Heading => ("heading", "font"),
            Family::RunningHead => ("running-head", "font"),
            Family::Folio => ("folio", "font"),
            Family::Caption => ("figure", "caption-font"),
            Family::TitlePage => ("title-page", "font"),
            Family::Table => ("table", "font"),
            Family::Boxed => ("box", "font"),
        }
    }
}

impl Style {
    /// The name of the family that is used for that: where the style names none,
    /// that of what it belongs to, and in the end that of the text.
    #[must_use]
    pub fn family(&self, family: Family) -> &str {
        let (own, parent) = match family {
            Family::Text => return &self.text.font,
            Family::Mono => return &self.text.mono,
            Family::Heading => (&self.heading.font, Family::Text),
            Family::RunningHead => (&self.running_head.font, Family::Text),
            Family::Folio => (&self.folio.font, Family::RunningHead),
            Family::Caption => (&self.figure.caption_font, Family::Text),
            Family::TitlePage => (&self.title_page.font, Family::Heading),
            Family::Table => (&self.table.font, Family::Text),
            Family::Boxed => (&self.boxed.font, Family::Text),
        };
        own.as_deref().unwrap_or_else(|| self.family(parent))
    }
}
