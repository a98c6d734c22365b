//! What epub-builder writes for a book with an author and a language.

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, MetadataOpf, MetadataOpfV3, ZipLibrary};
use std::io::{Cursor, Read};

/// An EPUB of one text, and the bytes of the whole.
fn book(version: EpubVersion, refined: bool) -> Vec<u8> {
    let mut builder = EpubBuilder::new(ZipLibrary::new().unwrap()).unwrap();
    builder.epub_version(version);
    builder.metadata("author", "Ada Example").unwrap();
    builder.metadata("lang", "en").unwrap();
    builder.metadata("title", "Growth").unwrap();
    if refined {
        let mut meta = MetadataOpfV3::new("role".to_owned(), "aut".to_owned());
        meta.add_refines("#epub-creator-0".to_owned());
        builder.add_metadata_opf(Box::new(meta));
    } else {
        let meta = MetadataOpf { name: "publisher".to_owned(), content: "Example Press".to_owned() };
        builder.add_metadata_opf(Box::new(meta));
    }
    let text = "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>One</title></head><body><p>One.</p></body></html>";
    builder.add_content(EpubContent::new("one.xhtml", text.as_bytes()).title("One")).unwrap();
    let mut bytes = Vec::new();
    builder.generate(&mut bytes).unwrap();
    bytes
}

fn file(epub: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(epub)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// `Duplicate "epub-creator-0"`, as EPUBCheck has it.
#[test]
fn an_epub_3_gives_one_id_twice() {
    for version in [EpubVersion::V30, EpubVersion::V33] {
        let opf = file(&book(version, false), "OEBPS/content.opf");
        assert_eq!(opf.matches("id=\"epub-creator-0\"").count(), 2, "{opf}");
    }
    let opf = file(&book(EpubVersion::V20, false), "OEBPS/content.opf");
    assert!(!opf.contains("epub-creator-0"), "{opf}");
}

/// `add_refines` writes an `id`, and one that begins with `#`.
#[test]
fn what_refines_is_written_as_an_id() {
    let opf = file(&book(EpubVersion::V33, true), "OEBPS/content.opf");
    assert!(opf.contains("id=\"#epub-creator-0\""), "{opf}");
}

#[test]
fn there_is_no_publisher_and_no_page_list() {
    let epub = book(EpubVersion::V33, false);
    assert!(!file(&epub, "OEBPS/content.opf").contains("dc:publisher"));
    assert!(!file(&epub, "OEBPS/nav.xhtml").contains("page-list"));
}

#[test]
fn two_runs_differ() {
    assert_ne!(book(EpubVersion::V33, false), book(EpubVersion::V33, false));
}
