//! The EPUB edition, from small books that are built by hand.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

mod build;

use build::{Builder, text};
use pamphleteer::book::{Block, BlockKind, Div, Inline, InlineKind, Stream};
use std::io::Read;

/// Every file of a package by its path.
fn unpacked(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|index| {
            let mut file = zip.by_index(index).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), String::from_utf8_lossy(&bytes).into_owned())
        })
        .collect()
}

fn file(bytes: &[u8], path: &str) -> String {
    unpacked(bytes).into_iter().find(|(name, _)| name == path).unwrap_or_else(|| panic!("no {path}")).1
}

#[test]
fn a_book_with_everything_is_written_whole() {
    let builder = build::everything();
    let bytes = builder.epub();
    let folder = env!("CARGO_TARGET_TMPDIR");
    std::fs::write(format!("{folder}/everything.epub"), &bytes).unwrap();
    let names: Vec<String> = unpacked(&bytes).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names[0], "mimetype");
    assert!(names[1..].is_sorted(), "{names:?}");
    assert_eq!(bytes, builder.epub(), "two editions differ");
}

#[test]
fn every_document_is_well_formed() {
    for (name, text) in unpacked(&build::everything().epub()) {
        if name.ends_with("xhtml") || name.ends_with("opf") || name.ends_with("ncx") {
            let mut reader = quick_xml::Reader::from_str(&text);
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(_) => {}
                    Err(problem) => panic!("{name}: {problem}"),
                }
            }
        }
    }
}

#[test]
fn notes_lead_there_and_back() {
    let mut builder = Builder::new();
    let note = builder.note(Stream::Author, vec![build::para("What it says.")], 2);
    builder.chapter(
        "One",
        vec![Block {
            kind: BlockKind::Para(vec![
                text("Said"),
                build::call(note, 0),
                text(" twice"),
                build::call(note, 1),
            ]),
            span: build::span(),
        }],
    );
    let bytes = builder.epub();
    let chapter = file(&bytes, "EPUB/text/one.xhtml");
    for id in ["noteref-1", "noteref-1-2"] {
        assert!(chapter.contains(&format!("id=\"{id}\" href=\"notes.xhtml#note-1\">1</a>")), "{chapter}");
    }
    let notes = file(&bytes, "EPUB/text/notes.xhtml");
    assert!(notes.contains("<div epub:type=\"footnote\" role=\"doc-footnote\" id=\"note-1\">"), "{notes}");
    for (id, label) in [("noteref-1", "1."), ("noteref-1-2", "b")] {
        let back = format!("href=\"one.xhtml#{id}\" title=\"Back to the text\">{label}</a>");
        assert!(notes.contains(&back), "{notes}");
    }
}

#[test]
fn pages_start_where_the_running_text_says() {
    let mut builder = Builder::new();
    builder.chapter(
        "One",
        vec![build::para("First words."), build::para("Second words, and a cut wo"), build::para("rd.")],
    );
    let at = "OneFirst words.Second words, and a cut".len() as u32;
    builder.page(0, 0, "5").page(0, at, "6").page(0, 9999, "7");
    let chapter = file(&builder.epub(), "EPUB/text/one.xhtml");
    let page = |tag: &str, n: u32| {
        format!(
            "<{tag} epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"page-{n}\" aria-label=\"{n}\"></{tag}>"
        )
    };
    assert!(chapter.contains(&format!("{}\n<h1", page("div", 5))), "{chapter}");
    assert!(chapter.contains(&format!("and a cut{} wo</p>", page("span", 6))), "{chapter}");
    assert!(chapter.contains(&format!("<p>rd.</p>\n{}", page("div", 7))), "{chapter}");
}

#[test]
fn nothing_dangerous_comes_through() {
    let mut builder = Builder::new();
    let link =
        InlineKind::Link(pamphleteer::book::Target::Url("javascript:alert(1)".into()), vec![text("click")]);
    let para = BlockKind::Para(vec![
        text("<script>alert(1)</script>\u{0}\u{1b}&nbsp;"),
        Inline { kind: link, span: build::span() },
    ]);
    builder.chapter("One <img src=x onerror=alert(1)>", vec![Block { kind: para, span: build::span() }]);
    builder.book.meta.title = "A \"title\" & <more>".into();
    for (name, text) in unpacked(&builder.epub()) {
        if !name.ends_with("otf") && !name.ends_with("jpg") {
            for bad in ["<script", "<img src=x", "javascript:", "\u{0}", "\u{1b}"] {
                assert!(!text.contains(bad), "{name} has {bad:?}");
            }
        }
    }
}

#[test]
fn long_texts_go_on_in_another_file() {
    let mut builder = Builder::new();
    let long = "word ".repeat(2000);
    let mut blocks: Vec<Block> = (0..50).map(|_| build::para(&long)).collect();
    blocks.push(build::div(Div::Continued, vec![build::para("The end.")]));
    builder.chapter("One", blocks);
    let bytes = builder.epub();
    let texts: Vec<_> =
        unpacked(&bytes).into_iter().filter(|(name, _)| name.starts_with("EPUB/text/one")).collect();
    assert_eq!(texts.len(), 3, "{:?}", texts.iter().map(|(name, _)| name).collect::<Vec<_>>());
    assert!(texts.iter().all(|(_, text)| text.len() < 260_000));
    let words: usize = texts.iter().map(|(_, text)| text.matches("word ").count()).sum();
    assert_eq!(words, 50 * 2000);
}

#[test]
fn the_shops_record_says_what_the_book_is() {
    let onix = build::everything().onix(32);
    for part in [
        "<ContributorRole>A01</ContributorRole>",
        "<PersonNameInverted>Example, Ada</PersonNameInverted>",
        "<LanguageCode>eng</LanguageCode>",
        "<ExtentValue>32</ExtentValue>",
        "<ProductFormFeatureValue>19</ProductFormFeatureValue>",
        "<Date dateformat=\"01\">202402</Date>",
        "<PartNumber>3</PartNumber>",
        "<SentDateTime>20240201T000000Z</SentDateTime>",
    ] {
        assert!(onix.contains(part), "{part} is not in {onix}");
    }
    assert!(
        onix.contains("<TitlePrefix>The</TitlePrefix>\n<TitleWithoutPrefix>Small Book</TitleWithoutPrefix>"),
        "{onix}"
    );
}

#[test]
fn rules_that_load_anything_are_refused() {
    for (css, fits) in [
        ("p { color: inherit }", true),
        ("@import \"x.css\";", false),
        ("p { background: URL(http://example.org) }", false),
        ("p { color: red", false),
        ("} p {", false),
    ] {
        let made = build::everything().checked(Some(css));
        assert_eq!(made.findings.is_empty(), fits, "{css}");
        assert_eq!(file(&made.value, "EPUB/book.css").contains(css), fits, "{css}");
    }
}
