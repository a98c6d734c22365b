//! Accessibility metadata (EPUB Accessibility 1.1), derived from the content.

use super::Edition;
use super::picture;
use super::xml::Xml;
use crate::book::{BlockKind, Book, Meta, Role, Seen};

/// What is true of the content.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    /// There are pictures that say something.
    pub(super) pictures: bool,
    /// Pages of a printed edition are marked and listed.
    pub(super) pages: bool,
    /// There are notes.
    pub(super) notes: bool,
    /// There are tables.
    pub(super) tables: bool,
    /// There is an index.
    pub(super) index: bool,
    /// A picture moves, and nobody has said whether it flashes.
    pub(super) moves: bool,
}

impl Facts {
    /// What is true of an edition.
    pub(super) fn of(edition: &Edition<'_>) -> Facts {
        let book = edition.book;
        let mut facts = Facts {
            pictures: edition.cover.is_some(),
            pages: edition.store.pages && !edition.pages.is_empty(),
            notes: !book.notes.is_empty(),
            tables: false,
            index: book.sections.iter().any(|section| section.role == Role::Index),
            moves: false,
        };
        book.visit(&mut |seen| match seen {
            Seen::PageMark(..) => facts.pages = edition.store.pages,
            Seen::Block(block) => facts.tables |= matches!(block.kind, BlockKind::Table(_)),
            Seen::Picture(image, speaks) => {
                facts.pictures |= speaks.is_some();
                facts.moves |= picture::moves(&book.images[image.0 as usize]);
            }
            _ => {}
        });
        facts
    }

    /// What is true, in words.
    pub(super) fn summary(&self) -> String {
        let mut parts = vec![
            "The text flows, its order is the reading order, and headings and contents lead to every part.",
        ];
        if self.notes {
            parts.push("Notes are linked from their calls and back.");
        }
        if self.tables {
            parts.push("Tables have marked heads.");
        }
        if self.pictures {
            parts.push("Pictures that say something are described in words.");
        }
        if self.pages {
            parts.push("Page numbers of the printed edition are marked.");
        }
        parts.join(" ")
    }
}

/// Whether pages of an older edition are marked in the text.
pub(super) fn has_page_marks(book: &Book) -> bool {
    let mut found = false;
    book.visit_texts(&mut |seen| found |= matches!(seen, Seen::PageMark(..)));
    found
}

/// Writes the metadata; the claim of conformance only when somebody stands for it.
pub(super) fn metadata(xml: &mut Xml, facts: &Facts, meta: &Meta) {
    xml.property("schema:accessMode", "textual");
    if facts.pictures {
        xml.property("schema:accessMode", "visual");
        xml.property("schema:accessModeSufficient", "textual,visual");
    }
    xml.property("schema:accessModeSufficient", "textual");
    for feature in features(facts) {
        xml.property("schema:accessibilityFeature", feature);
    }
    xml.property("schema:accessibilityHazard", if facts.moves { "unknown" } else { "none" });
    let summary = [("property", "schema:accessibilitySummary"), ("xml:lang", "en")];
    xml.leaf("meta", &summary, &facts.summary());
    if let Some(certifier) = &meta.certified_by {
        xml.property("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.1 Level AA");
        xml.property("a11y:certifiedBy", certifier);
    }
}

fn features(facts: &Facts) -> Vec<&'static str> {
    let always = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability"];
    let mut all = always.to_vec();
    all.extend(facts.pictures.then_some("alternativeText"));
    all.extend(facts.index.then_some("index"));
    if facts.pages {
        all.extend(["pageBreakMarkers", "pageNavigation"]);
    }
    all
}
