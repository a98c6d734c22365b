//! What the title page, the shop and the catalogue say of a book.

use super::{Date, Isbn, Lang, Relator};
use std::collections::BTreeMap;

/// The book's particulars, as book.toml gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// The title.
    pub title: String,
    /// The subtitle.
    pub subtitle: Option<String>,
    /// A shorter title for running heads.
    pub short_title: Option<String>,
    /// The language of the book.
    pub language: Lang,
    /// When this edition was published.
    pub date: Option<Date>,
    /// `urn:isbn:…`, `urn:uuid:…` or a URL; derived when the author gave none.
    pub identifier: String,
    /// The ISBN of the printed edition, which the bar code shows.
    pub isbn: Option<EditionIsbn>,
    /// The ISBN of the ebook: the same, unless the author gave one for each.
    pub ebook_isbn: Option<EditionIsbn>,
    /// One sentence for the shop.
    pub description: Option<String>,
    /// The text of the back cover.
    pub blurb: Option<String>,
    /// The text of a jacket's front flap.
    pub front_flap: Option<String>,
    /// The text of a jacket's back flap.
    pub back_flap: Option<String>,
    /// Subjects, in the author's order.
    pub subjects: Vec<String>,
    /// Whose the rights are.
    pub rights: Option<String>,
    /// Name of the series, and the number in it.
    pub series: Option<(String, Option<String>)>,
    /// Everybody who contributed, in the author's order.
    pub contributors: Vec<Contributor>,
    /// The publisher.
    pub publisher: Option<Publisher>,
    /// The edition that is being reissued.
    pub source: Option<Source>,
    /// What the author calls what the tool adds, by the key of the term.
    pub words: BTreeMap<String, String>,
    /// Who certifies the EPUB's accessibility.
    pub certified_by: Option<String>,
    /// The stem of the outputs' file names: lower-case ASCII and hyphens.
    pub slug: String,
}

impl Meta {
    /// The contributors with that MARC role.
    pub fn with_role<'a>(&'a self, role: &'a str) -> impl Iterator<Item = &'a Contributor> {
        self.contributors.iter().filter(move |c| c.role.code() == role)
    }

    /// Everybody but the authors, by what they did: the roles in the order of
    /// their first name, and all names of each.
    #[must_use]
    pub fn credits(&self) -> Vec<(Relator, Vec<&str>)> {
        let mut credits: Vec<(Relator, Vec<&str>)> = Vec::new();
        for Contributor { name, role, .. } in self.contributors.iter().filter(|c| c.role != Relator::AUTHOR) {
            match credits.iter_mut().find(|(other, _)| other == role) {
                Some((_, names)) => names.push(name),
                None => credits.push((*role, vec![name])),
            }
        }
        credits
    }

    /// The series, and which of its volumes this is.
    #[must_use]
    pub fn series_line(&self) -> Option<String> {
        let (name, number) = self.series.as_ref()?;
        Some(number.as_ref().map_or_else(|| name.clone(), |number| format!("{name} · {number}")))
    }

    /// Where and when the book comes out, as a title page has it below the publisher's name.
    #[must_use]
    pub fn place_line(&self) -> Option<String> {
        let place = self.publisher.as_ref().and_then(|publisher| publisher.place.clone());
        let year = self.date.map(|date| date.year.to_string());
        let parts: Vec<String> = place.into_iter().chain(year).collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    }

    /// The title as running heads have it.
    #[must_use]
    pub fn running_title(&self) -> &str {
        self.short_title.as_deref().unwrap_or(&self.title)
    }

    /// The ISBN of the printed edition as it is printed.
    #[must_use]
    pub fn printed_isbn(&self) -> Option<String> {
        self.isbn.as_ref().map(EditionIsbn::printed)
    }
}

/// The ISBN of an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionIsbn {
    /// The number.
    pub isbn: Isbn,
    /// The number in its five groups, `978-3-16-148410-0`, when the author parted
    /// it so.
    pub parted: Option<String>,
}

impl EditionIsbn {
    /// The number as it is printed: in the author's groups, or in the agency's.
    #[must_use]
    pub fn printed(&self) -> String {
        let digits = self.isbn.to_string();
        let plain = || format!("{}\u{a0}{}", &digits[..3], &digits[3..]);
        self.parted.clone().or_else(|| self.isbn.hyphenated()).unwrap_or_else(plain)
    }
}

/// Somebody who contributed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contributor {
    /// The name as printed.
    pub name: String,
    /// The name as filed: `Example, Ada`.
    pub sort: String,
    /// What they did.
    pub role: Relator,
}

/// The name that stands for an author until somebody writes one: no shop takes it.
pub const UNNAMED: &str = "Your Name";

/// Who publishes the book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publisher {
    /// The name.
    pub name: String,
    /// The place of business.
    pub place: Option<String>,
    /// The web site.
    pub url: Option<String>,
}

/// The edition that is being reissued.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Its title.
    pub title: String,
    /// Its date, as written.
    pub date: Option<String>,
}
