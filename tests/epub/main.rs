//! The EPUB edition, from small books that are built by hand.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

mod build;
mod golden;
mod hostile;

use build::{Builder, text};
use pamphleteer::book::{Block, BlockKind, Div, Inline, InlineKind, Stream};
use std::io::Read;

/// Every file of a package by its path, in order.
fn unpacked_bytes(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|index| {
            let mut file = zip.by_index(index).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// The same, as text.
fn unpacked(bytes: &[u8]) -> Vec<(String, String)> {
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    unpacked_bytes(bytes).into_iter().map(|(name, bytes)| (name, text(bytes))).collect()
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

#[test]
fn the_style_sheet_leaves_colours_to_the_reader() {
    let made = build::everything().checked(None);
    assert!(made.findings.is_empty(), "{:?}", made.findings);
    let css = file(&made.value, "EPUB/book.css");
    for declaration in css.split(['{', ';', '}']).filter_map(|part| part.split_once(':')) {
        let (name, value) = (declaration.0.trim(), declaration.1.trim());
        let colours = ["color", "background", "background-color", "border-color"].contains(&name);
        assert!(!colours || value == "inherit", "{name}: {value}");
    }
    let faint = build::everything().checked(Some("p { color: #999; background: #fff }"));
    assert_eq!(faint.findings[0].code.name(), "css-contrast");
}

#[test]
fn faces_are_obfuscated_when_asked() {
    let mut builder = build::everything();
    let plain = unpacked_bytes(&builder.epub());
    builder.style.epub.obfuscate = true;
    let mixed = unpacked_bytes(&builder.epub());
    let encryption = file(&builder.epub(), "META-INF/encryption.xml");
    std::fs::write(format!("{}/obfuscated.epub", env!("CARGO_TARGET_TMPDIR")), builder.epub()).unwrap();
    assert!(plain.iter().all(|(name, _)| name != "META-INF/encryption.xml"));
    for (name, bytes) in plain.iter().filter(|(name, _)| name.ends_with(".otf")) {
        assert!(encryption.contains(&format!("<enc:CipherReference URI=\"{name}\"/>")), "{name}");
        let (_, other) = mixed.iter().find(|(mixed, _)| mixed == name).unwrap();
        assert_ne!(other[..4], bytes[..4]);
        assert_eq!(other[1040..], bytes[1040..]);
    }
}

#[test]
fn shops_say_what_they_do_not_take() {
    let mut builder = build::everything();
    let note = builder.note(Stream::Author, vec![build::para("Yes.")], 1);
    let para = BlockKind::Para(vec![build::call(note, 0)]);
    builder.chapter("Three", vec![Block { kind: para, span: build::span() }]);
    let mut told = |store: &str| -> Vec<String> {
        builder.store = pamphleteer::epub::Store::named(store).unwrap();
        let findings = builder.checked(None).findings;
        findings.iter().map(|finding| format!("{}: {}", finding.code.name(), finding.message)).collect()
    };
    assert_eq!(told("generic"), [""; 0]);
    assert_eq!(
        told("kobo"),
        ["store-note: this note has 7 characters, and Rakuten Kobo shows 9 to 5000 as a pop-up"]
    );
    assert_eq!(
        told("apple"),
        ["store-cover: the cover has 1000 x 1600 pixels; Apple Books wants at least 1400 a side"]
    );
}

#[test]
fn many_notes_go_on_in_another_file() {
    let mut builder = Builder::new();
    let words = "word ".repeat(200);
    let notes: Vec<_> =
        (0..600).map(|_| builder.note(Stream::Author, vec![build::para(&words)], 1)).collect();
    let calls = notes.iter().map(|note| build::call(*note, 0)).collect();
    builder.chapter("One", vec![Block { kind: BlockKind::Para(calls), span: build::span() }]);
    let bytes = builder.epub();
    let files: Vec<_> =
        unpacked(&bytes).into_iter().filter(|(name, _)| name.contains("text/notes")).collect();
    assert!(files.len() > 2 && files.iter().all(|(_, text)| text.len() < 260_000), "{}", files.len());
    let chapter = file(&bytes, "EPUB/text/one.xhtml");
    for (name, text) in &files {
        for id in text.split(" id=\"note-").skip(1).filter_map(|rest| rest.split('"').next()) {
            let href = format!("href=\"{}#note-{id}\"", name.rsplit('/').next().unwrap());
            assert!(chapter.contains(&href), "{href}");
        }
    }
    assert_eq!(file(&bytes, "EPUB/nav.xhtml").matches("text/notes").count(), 2, "contents and landmarks");
}
