//! The ONIX 3.0 record of the ebook, which shops and libraries list it by.
//!
//! Reference names; numbers of code lists stand beside their codes. Of list
//! 196 only what is true by construction, or certified, is claimed.

use super::access::Facts;
use super::opf::filed;
use super::xml::Xml;
use super::{Edition, Modified};
use crate::book::{Contributor, Date, Meta};

/// The ONIX record of an edition whose page edition has so many pages.
#[must_use]
pub fn onix(edition: &Edition<'_>, pages: u32) -> Vec<u8> {
    let meta = &edition.book.meta;
    let mut xml = Xml::new();
    xml.open("ONIXMessage", &[("release", "3.0"), ("xmlns", "http://ns.editeur.org/onix/3.0/reference")]);
    xml.line();
    header(&mut xml, meta, edition.modified);
    open(&mut xml, "Product");
    xml.leaf("RecordReference", &[], &meta.identifier);
    // List 1: 03, notification confirmed on publication.
    xml.leaf("NotificationType", &[], "03");
    identifier(&mut xml, meta);
    descriptive(&mut xml, edition, pages);
    collateral(&mut xml, meta);
    publishing(&mut xml, meta);
    xml.finish()
}

fn open(xml: &mut Xml, tag: &'static str) {
    xml.open(tag, &[]);
    xml.line();
}

fn header(xml: &mut Xml, meta: &Meta, sent: Modified) {
    open(xml, "Header");
    open(xml, "Sender");
    let name = meta.publisher.as_ref().map_or(meta.title.as_str(), |publisher| &publisher.name);
    xml.leaf("SenderName", &[], name);
    xml.close_line();
    xml.leaf("SentDateTime", &[], &sent.to_string().replace(['-', ':'], ""));
    xml.close_line();
}

fn identifier(xml: &mut Xml, meta: &Meta) {
    open(xml, "ProductIdentifier");
    // List 5: 15 ISBN-13, 06 DOI, 22 URN, 01 proprietary.
    match &meta.ebook_isbn {
        Some(edition) => {
            xml.leaf("ProductIDType", &[], "15");
            xml.leaf("IDValue", &[], &edition.isbn.to_string());
        }
        None if doi(&meta.identifier).is_some() => {
            xml.leaf("ProductIDType", &[], "06");
            xml.leaf("IDValue", &[], doi(&meta.identifier).unwrap_or_default());
        }
        None if meta.identifier.starts_with("urn:") => {
            xml.leaf("ProductIDType", &[], "22");
            xml.leaf("IDValue", &[], &meta.identifier);
        }
        None => {
            xml.leaf("ProductIDType", &[], "01");
            let name = if meta.identifier.contains(':') { "URI" } else { "Publisher’s number" };
            xml.leaf("IDTypeName", &[], name);
            xml.leaf("IDValue", &[], &meta.identifier);
        }
    }
    xml.close_line();
}

/// The name of a Digital Object Identifier without what leads to it.
fn doi(identifier: &str) -> Option<&str> {
    let leads = ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"];
    leads.iter().find_map(|lead| identifier.strip_prefix(lead)).filter(|name| name.starts_with("10."))
}

fn descriptive(xml: &mut Xml, edition: &Edition<'_>, pages: u32) {
    let meta = &edition.book.meta;
    open(xml, "DescriptiveDetail");
    // List 2: 00 single item; list 150: ED download; list 175: E101 EPUB.
    xml.leaf("ProductComposition", &[], "00");
    xml.leaf("ProductForm", &[], "ED");
    xml.leaf("ProductFormDetail", &[], "E101");
    accessibility(xml, edition);
    if let Some((name, number)) = &meta.series {
        series(xml, name, number.as_deref());
    }
    title(xml, meta);
    for (contributor, index) in meta.contributors.iter().zip(1..) {
        person(xml, contributor, index);
    }
    open(xml, "Language");
    xml.leaf("LanguageRole", &[], "01");
    xml.leaf("LanguageCode", &[], meta.language.bibliographic());
    xml.close_line();
    if pages > 0 {
        // List 23: 08, pages in the print counterpart; list 24: 03 pages.
        open(xml, "Extent");
        xml.leaf("ExtentType", &[], "08");
        xml.leaf("ExtentValue", &[], &pages.to_string());
        xml.leaf("ExtentUnit", &[], "03");
        xml.close_line();
    }
    for subject in &meta.subjects {
        open(xml, "Subject");
        // List 27: 20 keywords.
        xml.leaf("SubjectSchemeIdentifier", &[], "20");
        xml.leaf("SubjectHeadingText", &[], subject);
        xml.close_line();
    }
    xml.close_line();
}

/// Lists 79, 196 and 143: what the files offer to those who don't read by eye.
fn accessibility(xml: &mut Xml, edition: &Edition<'_>) {
    let facts = Facts::of(edition);
    feature(xml, "09", "00", Some(&facts.summary()));
    // 11 contents, 13 one reading order, 22 languages, 29 headings, 30 ARIA roles, 32 landmarks,
    // 36 appearance, 52 all of it may be read without sight.
    let mut codes = vec!["11", "13", "22", "29", "30", "32", "36", "52"];
    // 12 index, 14 short descriptions, 19 page numbers.
    codes.extend(facts.index.then_some("12"));
    codes.extend(facts.pictures.then_some("14"));
    codes.extend(facts.pages.then_some("19"));
    if edition.book.meta.certified_by.is_some() {
        // 04 EPUB Accessibility 1.1, 81 WCAG 2.1, 85 level AA.
        codes.extend(["04", "81", "85"]);
    }
    codes.sort_unstable();
    codes.iter().for_each(|code| feature(xml, "09", code, None));
    if let Some(certifier) = &edition.book.meta.certified_by {
        feature(xml, "09", "90", Some(certifier));
    }
    // List 143: 00, nothing that could harm.
    if !facts.moves {
        feature(xml, "12", "00", None);
    }
}

fn feature(xml: &mut Xml, kind: &str, value: &str, words: Option<&str>) {
    open(xml, "ProductFormFeature");
    xml.leaf("ProductFormFeatureType", &[], kind);
    xml.leaf("ProductFormFeatureValue", &[], value);
    if let Some(words) = words {
        xml.leaf("ProductFormFeatureDescription", &[], words);
    }
    xml.close_line();
}

fn series(xml: &mut Xml, name: &str, number: Option<&str>) {
    open(xml, "Collection");
    // List 148: 10 publisher's collection; list 149: 02 title of the collection.
    xml.leaf("CollectionType", &[], "10");
    open(xml, "TitleDetail");
    xml.leaf("TitleType", &[], "01");
    open(xml, "TitleElement");
    xml.leaf("TitleElementLevel", &[], "02");
    if let Some(number) = number {
        xml.leaf("PartNumber", &[], number);
    }
    xml.leaf("TitleText", &[], name);
    (0..3).for_each(|_| xml.close_line());
}

fn title(xml: &mut Xml, meta: &Meta) {
    open(xml, "TitleDetail");
    xml.leaf("TitleType", &[], "01");
    open(xml, "TitleElement");
    xml.leaf("TitleElementLevel", &[], "01");
    let rest = filed(&meta.title, meta.language.primary());
    match meta.title.strip_suffix(rest).map(str::trim).filter(|article| !article.is_empty()) {
        Some(article) => xml.leaf("TitlePrefix", &[], article),
        None => {
            xml.empty("NoPrefix", &[]);
            xml.line();
        }
    }
    xml.leaf("TitleWithoutPrefix", &[], rest);
    if let Some(subtitle) = &meta.subtitle {
        xml.leaf("Subtitle", &[], subtitle);
    }
    (0..2).for_each(|_| xml.close_line());
}

fn person(xml: &mut Xml, contributor: &Contributor, index: u32) {
    open(xml, "Contributor");
    xml.leaf("SequenceNumber", &[], &index.to_string());
    xml.leaf("ContributorRole", &[], contributor.role.onix());
    xml.leaf("PersonName", &[], &contributor.name);
    xml.leaf("PersonNameInverted", &[], &contributor.sort);
    xml.close_line();
}

fn collateral(xml: &mut Xml, meta: &Meta) {
    let Some(words) = meta.blurb.as_ref().or(meta.description.as_ref()) else { return };
    open(xml, "CollateralDetail");
    open(xml, "TextContent");
    // List 153: 03 description; list 154: 00 for everybody.
    xml.leaf("TextType", &[], "03");
    xml.leaf("ContentAudience", &[], "00");
    xml.leaf("Text", &[], words);
    (0..2).for_each(|_| xml.close_line());
}

/// Who publishes is demanded: whoever has no publisher does it alone.
fn publishing(xml: &mut Xml, meta: &Meta) {
    let by_author = meta.contributors.first().map(|contributor| &contributor.name);
    let Some(name) = meta.publisher.as_ref().map(|publisher| &publisher.name).or(by_author) else { return };
    open(xml, "PublishingDetail");
    open(xml, "Publisher");
    xml.leaf("PublishingRole", &[], "01");
    xml.leaf("PublisherName", &[], name);
    xml.close_line();
    if let Some(place) = meta.publisher.as_ref().and_then(|publisher| publisher.place.as_ref()) {
        xml.leaf("CityOfPublication", &[], place);
    }
    // List 64: 04 active.
    xml.leaf("PublishingStatus", &[], "04");
    if let Some(date) = meta.date {
        open(xml, "PublishingDate");
        xml.leaf("PublishingDateRole", &[], "01");
        let (format, digits) = dated(date);
        xml.leaf("Date", &[("dateformat", format)], &digits);
        xml.close_line();
    }
    xml.close_line();
}

/// List 55: 00 year, month, day; 01 year and month; 05 year.
fn dated(date: Date) -> (&'static str, String) {
    let format = match (date.month, date.day) {
        (Some(_), Some(_)) => "00",
        (Some(_), None) => "01",
        _ => "05",
    };
    (format, date.to_string().replace('-', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_have_their_codes() {
        let date = |text: &str| dated(Date::parse(text).unwrap());
        assert_eq!(date("2023-01-31"), ("00", "20230131".to_owned()));
        assert_eq!(date("2023"), ("05", "2023".to_owned()));
    }
}
