//! Accessibility metadata (EPUB Accessibility 1.1), derived from the content.

use super::opf::property;
use super::xml::Xml;
use crate::book::Meta;

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
}

/// Writes the metadata; the claim of conformance only when somebody stands for it.
pub(super) fn metadata(xml: &mut Xml, facts: &Facts, meta: &Meta) {
    property(xml, "schema:accessMode", "textual");
    if facts.pictures {
        property(xml, "schema:accessMode", "visual");
        property(xml, "schema:accessModeSufficient", "textual,visual");
    }
    property(xml, "schema:accessModeSufficient", "textual");
    for feature in features(facts) {
        property(xml, "schema:accessibilityFeature", feature);
    }
    property(xml, "schema:accessibilityHazard", "none");
    property(xml, "schema:accessibilitySummary", &summary(facts));
    if let Some(certifier) = &meta.certified_by {
        property(xml, "dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.1 Level AA");
        property(xml, "a11y:certifiedBy", certifier);
    }
}

fn features(facts: &Facts) -> Vec<&'static str> {
    let always = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability"];
    let mut all = always.to_vec();
    all.extend(facts.pictures.then_some("alternativeText"));
    if facts.pages {
        all.extend(["pageBreakMarkers", "pageNavigation"]);
    }
    all
}

fn summary(facts: &Facts) -> String {
    let mut parts =
        vec!["The text flows, its order is the reading order, and headings and contents lead to every part."];
    if facts.notes {
        parts.push("Notes are linked from their calls and back.");
    }
    if facts.tables {
        parts.push("Tables have marked heads.");
    }
    if facts.pictures {
        parts.push("Pictures that say something are described in words.");
    }
    if facts.pages {
        parts.push("Page numbers of the printed edition are marked.");
    }
    parts.join(" ")
}
