//! The package document: what the book is, what it holds, in which order.

use super::access;
use super::context::Context;
use super::doc::UNDETERMINED;
use super::nav::{Landmark, landmark_list};
use super::pack::TEXT;
use super::xml::Xml;
use crate::book::{Contributor, Meta, Relator};

/// A file of the package.
pub(super) struct Item {
    /// Its address, as seen from the package document.
    pub(super) href: String,
    /// Its media type.
    pub(super) media: &'static str,
    /// Its id.
    pub(super) id: String,
    /// `nav`, `cover-image`.
    pub(super) properties: Option<&'static str>,
}

/// What the package document needs besides the book.
pub(super) struct Package<'p> {
    /// Every file.
    pub(super) items: &'p [Item],
    /// The ids of the documents in reading order.
    pub(super) spine: &'p [String],
    /// When the edition was made: `2023-01-31T00:00:00Z`.
    pub(super) modified: &'p str,
    /// What is true of the content, for the blind.
    pub(super) access: &'p access::Facts,
    /// The edition whose pages are listed.
    pub(super) page_source: Option<&'p str>,
}

/// The package document.
pub(super) fn package(cx: &Context<'_>, package: &Package<'_>) -> Vec<u8> {
    let language = cx.book.meta.language.shared().unwrap_or(UNDETERMINED);
    let mut xml = Xml::new();
    xml.open(
        "package",
        &[
            ("xmlns", "http://www.idpf.org/2007/opf"),
            ("version", "3.0"),
            ("unique-identifier", "identifier"),
            ("xml:lang", language),
        ],
    );
    xml.line();
    metadata(&mut xml, cx, package);
    manifest(&mut xml, package.items);
    spine(&mut xml, cx, package.spine);
    guide(&mut xml, cx);
    xml.finish()
}

fn metadata(xml: &mut Xml, cx: &Context<'_>, package: &Package<'_>) {
    let meta = &cx.book.meta;
    xml.open("metadata", &[("xmlns:dc", "http://purl.org/dc/elements/1.1/")]);
    xml.line();
    xml.leaf("dc:identifier", &[("id", "identifier")], &meta.identifier);
    titles(xml, meta);
    xml.leaf("dc:language", &[], meta.language.shared().unwrap_or(UNDETERMINED));
    contributors(xml, meta);
    if let Some(publisher) = &meta.publisher {
        optional(xml, "dc:publisher", Some(&publisher.name));
    }
    optional(xml, "dc:date", meta.date.map(|date| date.to_string()).as_ref());
    optional(xml, "dc:description", meta.description.as_ref());
    meta.subjects.iter().for_each(|subject| optional(xml, "dc:subject", Some(subject)));
    optional(xml, "dc:rights", meta.rights.as_ref());
    optional(xml, "dc:source", source(meta).as_ref());
    series(xml, meta);
    access::metadata(xml, package.access, meta);
    if let Some(source) = package.page_source {
        xml.property("pageBreakSource", source);
    }
    xml.property("dcterms:modified", package.modified);
    if package.items.iter().any(|item| item.properties == Some("cover-image")) {
        xml.empty("meta", &[("name", "cover"), ("content", "cover-image")]);
        xml.line();
    }
    xml.close_line();
}

/// The older edition in words.
pub(super) fn source(meta: &Meta) -> Option<String> {
    meta.source.as_ref().map(|source| match &source.date {
        Some(date) => format!("{}, {date}", source.title),
        None => source.title.clone(),
    })
}

fn titles(xml: &mut Xml, meta: &Meta) {
    title(xml, "title", "main", &meta.title, meta);
    if let Some(subtitle) = &meta.subtitle {
        title(xml, "subtitle", "subtitle", subtitle, meta);
    }
}

fn title(xml: &mut Xml, id: &str, kind: &str, words: &str, meta: &Meta) {
    xml.leaf("dc:title", &[("id", id)], words);
    refine(xml, id, "title-type", kind, None);
    refine(xml, id, "file-as", filed(words, meta.language.primary()), None);
}

/// A title as filed: without its article.
pub(super) fn filed<'w>(title: &'w str, language: &str) -> &'w str {
    let articles: &[&str] = match language {
        "en" => &["The ", "A ", "An "],
        "de" => &["Der ", "Die ", "Das ", "Ein ", "Eine "],
        "fr" => &["Le ", "La ", "Les ", "L’", "Un ", "Une "],
        "es" => &["El ", "La ", "Los ", "Las ", "Un ", "Una "],
        "it" => &["Il ", "Lo ", "La ", "I ", "Gli ", "Le ", "L’", "Un ", "Una "],
        _ => &[],
    };
    let rest = articles.iter().find_map(|article| title.strip_prefix(article));
    rest.map(str::trim).filter(|rest| !rest.is_empty()).unwrap_or(title)
}

fn contributors(xml: &mut Xml, meta: &Meta) {
    let has_author = meta.with_role("aut").next().is_some();
    for (index, contributor) in meta.contributors.iter().enumerate() {
        let creates = contributor.role == Relator::AUTHOR || (!has_author && index == 0);
        let tag = if creates { "dc:creator" } else { "dc:contributor" };
        person(xml, tag, &format!("person-{}", index + 1), contributor, index + 1);
    }
}

fn person(xml: &mut Xml, tag: &'static str, id: &str, contributor: &Contributor, sequence: usize) {
    xml.leaf(tag, &[("id", id)], &contributor.name);
    refine(xml, id, "role", contributor.role.code(), Some("marc:relators"));
    refine(xml, id, "file-as", &contributor.sort, None);
    refine(xml, id, "display-seq", &sequence.to_string(), None);
}

fn series(xml: &mut Xml, meta: &Meta) {
    if let Some((name, number)) = &meta.series {
        xml.leaf("meta", &[("property", "belongs-to-collection"), ("id", "series")], name);
        refine(xml, "series", "collection-type", "series", None);
        // Readers want figures here: 3, or 2.5.
        let is_number = |number: &&String| number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if let Some(number) = number.as_ref().filter(is_number) {
            refine(xml, "series", "group-position", number, None);
        }
    }
}

fn optional(xml: &mut Xml, tag: &'static str, words: Option<&String>) {
    if let Some(words) = words.filter(|words| !words.trim().is_empty()) {
        xml.leaf(tag, &[], words);
    }
}

fn refine(xml: &mut Xml, id: &str, name: &str, value: &str, scheme: Option<&str>) {
    if value.trim().is_empty() {
        return;
    }
    let target = format!("#{id}");
    let mut attributes = vec![("refines", target.as_str()), ("property", name)];
    attributes.extend(scheme.map(|scheme| ("scheme", scheme)));
    xml.leaf("meta", &attributes, value);
}

fn manifest(xml: &mut Xml, items: &[Item]) {
    xml.open("manifest", &[]);
    xml.line();
    for item in items {
        let mut attributes =
            vec![("id", item.id.as_str()), ("href", item.href.as_str()), ("media-type", item.media)];
        attributes.extend(item.properties.map(|properties| ("properties", properties)));
        xml.empty("item", &attributes);
        xml.line();
    }
    xml.close_line();
}

fn spine(xml: &mut Xml, cx: &Context<'_>, ids: &[String]) {
    let mut attributes = vec![("toc", "ncx")];
    attributes.extend(cx.book.meta.language.is_rtl().then_some(("page-progression-direction", "rtl")));
    xml.open("spine", &attributes);
    xml.line();
    for id in ids {
        xml.empty("itemref", &[("idref", id)]);
        xml.line();
    }
    xml.close_line();
}

/// The landmarks once more, in the words of EPUB 2.
fn guide(xml: &mut Xml, cx: &Context<'_>) {
    xml.open("guide", &[]);
    xml.line();
    for Landmark { kind, title, href, .. } in landmark_list(cx) {
        let kind = match kind {
            "titlepage" => "title-page",
            "bodymatter" => "text",
            "endnotes" => "notes",
            kind => kind,
        };
        xml.empty("reference", &[("type", kind), ("title", &title), ("href", &href)]);
        xml.line();
    }
    xml.close_line();
}

/// `META-INF/container.xml`, which leads to the package document.
pub(super) fn container() -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open(
        "container",
        &[("version", "1.0"), ("xmlns", "urn:oasis:names:tc:opendocument:xmlns:container")],
    );
    xml.line();
    xml.open("rootfiles", &[]);
    xml.line();
    let path = format!("{}package.opf", super::pack::ROOT);
    xml.empty("rootfile", &[("full-path", &path), ("media-type", "application/oebps-package+xml")]);
    xml.line();
    xml.finish()
}

/// The address of a text.
pub(super) fn text_href(name: &str) -> String {
    format!("{TEXT}{name}.xhtml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_filed_without_their_article() {
        assert_eq!(filed("The Conquest", "en"), "Conquest");
        assert_eq!(filed("Theory", "en"), "Theory");
        assert_eq!(filed("Die Farbe", "de"), "Farbe");
        assert_eq!(filed("L’Étranger", "fr"), "Étranger");
    }
}
