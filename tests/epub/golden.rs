//! The whole EPUB of a book that uses each construct, as text to be read.
//!
//! `ACCEPT=1 cargo test --test epub` accepts what comes out.

use crate::golden_files::Golden;
use crate::unpacked;
use pamphleteer::book::{Content, ImageFormat, SectionId};
use pamphleteer::epub::{self, Cover, Edition, Modified, PageBreak, Store};
use pamphleteer::{manuscript, project};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A page of the page edition every so many bytes of running text.
const PAGE: u32 = 300;

/// Every readable file of the EPUB, and the shop's record, by name.
fn readable(store: &str) -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/every-construct");
    let mut findings = Vec::new();
    let project = project::load(&root, &mut findings).unwrap();
    let book = manuscript::parse(&project.sources).take(&mut findings);
    assert!(findings.is_empty(), "{findings:?}");
    let texts = (0u32..).zip(&book.sections).filter(|(_, s)| matches!(s.content, Content::Text(_)));
    let starts = texts.flat_map(|(index, _)| (0..3).map(move |page| (SectionId(index), page * PAGE)));
    let pages: Vec<PageBreak> = (1..)
        .zip(starts)
        .map(|(label, (section, at))| PageBreak { section, at, label: format!("{label}") })
        .collect();
    let cover = crate::build::cover();
    let edition = Edition {
        book: &book,
        style: &project.style,
        fonts: &project.fonts,
        cover: Some(Cover { format: ImageFormat::Jpeg, picture: &cover, alt: "A red wall" }),
        pages: &pages,
        store: &Store::named(store).unwrap(),
        css: project.css.as_deref(),
        modified: Modified { date: (2024, 5, 17), time: (0, 0, 0) },
    };
    let bytes = epub::write(&edition).value;
    fs::write(format!("{}/every-construct-{store}.epub", env!("CARGO_TARGET_TMPDIR")), &bytes).unwrap();
    let is_text = |name: &str| [".otf", ".png", ".jpg"].iter().all(|ending| !name.ends_with(ending));
    let files = unpacked(&bytes).into_iter().filter(|(name, _)| is_text(name));
    let mut files: BTreeMap<String, String> = files.collect();
    files.insert("onix.xml".into(), String::from_utf8(epub::onix(&edition, 12)).unwrap());
    files
}

#[test]
fn every_construct_is_written_as_it_was() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/epub");
    let files = readable("generic");
    if Golden::accepts() {
        let _ = fs::remove_dir_all(&folder);
    }
    let mut golden = Golden::default();
    for (name, text) in &files {
        golden.compare(folder.join(name.replace('/', "_")), text);
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), files.len(), "a file came or went");
    golden.finish();
}

#[test]
fn a_shop_shapes_the_file() {
    let (any, ingram) = (readable("generic"), readable("ingram"));
    let has = |files: &BTreeMap<String, String>, words: &str| files.values().any(|text| text.contains(words));
    for words in ["epub:type=\"page-list\"", "doc-pagebreak", "pageBreakSource", "pageNavigation"] {
        assert!(has(&any, words) && !has(&ingram, words), "{words}");
    }
    assert!(!has(&ingram, "<ProductFormFeatureValue>19<"));
}

#[test]
fn no_line_of_the_book_begins_with_a_dash_or_breaks_at_a_soft_hyphen() {
    for (name, text) in readable("generic") {
        assert!(!text.contains('\u{ad}'), "{name} has a soft hyphen");
        for (at, dash) in text.match_indices(['–', '—']) {
            let before = text[..at].chars().next_back().unwrap();
            let tied = matches!(before, '\u{2060}' | '\u{a0}' | '>');
            let ours = name.ends_with(".css") || name.ends_with(".opf") || name.ends_with("onix.xml");
            assert!(tied || ours, "{name}: {dash} after {before:?}");
        }
    }
}

/// What ONIX 3.0 demands of every record (specification 3.0, "M" in the
/// tables of P.1 to P.25), in its order.
#[test]
fn the_record_has_what_onix_demands() {
    let record = readable("generic").remove("onix.xml").unwrap();
    let mut at = 0;
    for wanted in [
        "<ONIXMessage release=\"3.0\" xmlns=\"http://ns.editeur.org/onix/3.0/reference\">",
        "<Header>",
        "<SenderName>Example Press</SenderName>",
        "<SentDateTime>20240517T000000Z</SentDateTime>",
        "<Product>",
        "<RecordReference>",
        "<NotificationType>03</NotificationType>",
        "<ProductIDType>15</ProductIDType>\n<IDValue>9780000000002</IDValue>",
        "<ProductComposition>00</ProductComposition>",
        "<ProductForm>ED</ProductForm>",
        "<ProductFormDetail>E101</ProductFormDetail>",
        "<TitleType>01</TitleType>",
        "<TitleElementLevel>01</TitleElementLevel>",
        "<Contributor>",
        "<ContributorRole>A01</ContributorRole>",
        "<ContributorRole>B06</ContributorRole>",
        "<LanguageRole>01</LanguageRole>",
        "<ExtentType>08</ExtentType>\n<ExtentValue>12</ExtentValue>\n<ExtentUnit>03</ExtentUnit>",
        "<PublishingRole>01</PublishingRole>",
        "<PublishingStatus>04</PublishingStatus>",
        "<Date dateformat=\"00\">20240517</Date>",
    ] {
        at += record[at..].find(wanted).unwrap_or_else(|| panic!("{wanted} is missing or misplaced")) + 1;
    }
}

/// List 196: what is claimed is proved by the file itself, or certified.
#[test]
fn the_record_claims_what_the_file_proves() {
    let files = readable("generic");
    let record = &files["onix.xml"];
    let claimed: Vec<&str> = record
        .split("<ProductFormFeatureType>09</ProductFormFeatureType>\n<ProductFormFeatureValue>")
        .skip(1)
        .filter_map(|rest| rest.get(..2))
        .collect();
    let has = |words: &str| files.values().any(|text| text.contains(words));
    for (code, proof) in [
        ("00", "schema:accessibilitySummary"),
        ("04", "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"),
        ("11", "epub:type=\"toc\""),
        ("13", "<spine"),
        ("14", "alternativeText"),
        ("19", "epub:type=\"page-list\""),
        ("22", "lang=\"fr\""),
        ("29", "structuralNavigation"),
        ("30", "role=\"doc-chapter\""),
        ("32", "epub:type=\"landmarks\""),
        ("36", "displayTransformability"),
        ("52", "accessModeSufficient\">textual<"),
        ("81", "WCAG 2.1"),
        ("85", "Level AA"),
        ("90", "a11y:certifiedBy"),
    ] {
        assert!(claimed.contains(&code) && has(proof), "{code} wants {proof}; claimed: {claimed:?}");
    }
    assert_eq!(claimed.len(), 15, "{claimed:?}");
}
