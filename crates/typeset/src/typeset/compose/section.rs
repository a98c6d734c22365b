//! Which section is composed, and what it is.

use crate::book::{Role, Section, SectionId};

/// What is known of a section before it is composed.
#[derive(Clone, Copy, Debug, Default)]
pub struct SectionContext {
    /// Which; `None` for notes that the book has no place for.
    pub id: Option<SectionId>,
    /// How deep below the book it is.
    pub depth: u8,
    /// What it is.
    pub kind: SectionKind,
    /// Whether it begins on the page on which the one before it ends.
    pub runs_on: bool,
}

/// What a section is, as far as its pages show it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SectionKind {
    /// A text that is read.
    #[default]
    Text,
    /// A part, a division or a volume.
    Part,
    /// A page of its own that is looked at, such as a frontispiece.
    Display,
    /// A dedication, an epigraph or a colophon: a page that is looked at, and that is read where it
    /// goes on overleaf.
    Dedication,
    /// An imprint of the author's own.
    Imprint,
    /// A list of books or an index: its paragraphs hang.
    Hanging,
}

impl SectionKind {
    /// What a section is; `long` when it fills more than a page, so that even a
    /// dedication is read as prose.
    #[must_use]
    pub fn of(section: &Section, long: bool) -> SectionKind {
        match section.role {
            role if role.rank() > 0 => SectionKind::Part,
            Role::Imprint => SectionKind::Imprint,
            Role::HalfTitle | Role::TitlePage | Role::Frontispiece => SectionKind::Display,
            Role::Dedication | Role::Epigraph | Role::Colophon if !long => SectionKind::Dedication,
            role if role.has_entries() => SectionKind::Hanging,
            _ => SectionKind::Text,
        }
    }

    /// Which of its pages have neither head nor folio: all of one that is looked at,
    /// the first of a part or a dedication, none of one that is read.
    #[must_use]
    pub fn bare_pages(self) -> BarePages {
        match self {
            SectionKind::Part | SectionKind::Dedication => BarePages::First,
            SectionKind::Display | SectionKind::Imprint => BarePages::All,
            SectionKind::Text | SectionKind::Hanging => BarePages::None,
        }
    }

    /// Whether a picture may take a page of it.
    #[must_use]
    pub fn is_looked_at(self) -> bool {
        self.bare_pages() != BarePages::None
    }
}

/// Which pages of a section have neither head nor folio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarePages {
    /// None of them.
    None,
    /// The first.
    First,
    /// All of them.
    All,
}

impl BarePages {
    /// Whether the page `number` of the section, from 0, is one.
    #[must_use]
    pub fn holds(self, number: usize) -> bool {
        match self {
            BarePages::None => false,
            BarePages::First => number == 0,
            BarePages::All => true,
        }
    }
}
