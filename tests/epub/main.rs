//! The EPUB edition, from small books that are built by hand.

#![allow(clippy::cast_possible_truncation, reason = "the numbers of a test are small")]
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

mod build;
mod golden;
#[path = "../common/golden.rs"]
mod golden_files;
mod hostile;
#[path = "../common/spent.rs"]
mod spent;
#[path = "../common/xml.rs"]
mod xml;

use build::{Builder, text};
use pamphleteer::book::{
    Align, Attrs, Block, BlockKind, Div, Figure, ImageFormat, Inline, InlineKind, Lang, Matter, PageMark,
    PictureLook, Role, Stream, Table, Text, Verse, VerseLine,
};
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
            xml::assert_well_formed(&name, &text);
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
    builder.page(0, 0, "4").page(0, "One".len() as u32, "5").page(0, at, "6").page(0, 9999, "7");
    let chapter = file(&builder.epub(), "EPUB/text/one.xhtml");
    let page = |tag: &str, n: u32| {
        format!(
            "<{tag} epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"page-{n}\" aria-label=\"{n}\"></{tag}>"
        )
    };
    assert!(chapter.contains(&format!("{}\n<h1", page("div", 4))), "{chapter}");
    assert!(chapter.contains(&format!("</h1>\n<p>{}First", page("span", 5))), "{chapter}");
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
    let mut alone = Builder::new();
    assert!(alone.onix(32).contains("<PublisherName>Ada Example</PublisherName>"), "{}", alone.onix(32));
    alone.book.meta.contributors.clear();
    assert!(!alone.onix(32).contains("PublishingDetail"), "{}", alone.onix(32));
}

#[test]
fn rules_that_load_anything_are_refused() {
    for (css, written) in [
        ("p { color: inherit }", Some("color: inherit")),
        ("@import \"x.css\";", None),
        ("p { background: URL(http://example.org) }", None),
        ("p { background: u\\72l(http://example.org) }", None),
        ("} p {", None),
    ] {
        let made = build::everything().checked(Some(css));
        let sheet = file(&made.value, "EPUB/book.css");
        assert_eq!(made.findings.is_empty(), written.is_some(), "{css}: {:?}", made.findings);
        assert!(sheet.contains(written.unwrap_or_default()), "{css}: {sheet}");
        assert!(!sheet.contains("x.css") && !sheet.contains("example.org"), "{css}: {sheet}");
    }
}

#[test]
fn the_style_sheet_leaves_colours_to_the_reader() {
    let made = build::everything().checked(None);
    assert!(made.findings.is_empty(), "{:?}", made.findings);
    let css = file(&made.value, "EPUB/book.css").replace("img.clear { color: #000; background: #fff; }", "");
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

#[test]
fn old_pages_that_start_between_blocks_start_inside_the_paragraph() {
    let mut builder = Builder::new();
    let mark = |label: &str| build::block(BlockKind::PageMark(PageMark { label: label.into() }));
    let heading = builder.heading(2, vec![text("Two")]);
    builder.chapter("One", vec![heading, mark("5"), mark("6"), build::para("Words."), mark("7")]);
    let bytes = builder.epub();
    let chapter = file(&bytes, "EPUB/text/one.xhtml");
    let start = chapter.split("</h2>\n<p>").nth(1).unwrap();
    let order: Vec<_> = ["id=\"page-5\"", "id=\"page-6\"", ">Words.</p>\n<div", "id=\"page-7\""]
        .iter()
        .map(|part| start.find(part).unwrap_or_else(|| panic!("{part} is not in {start}")))
        .collect();
    assert!(order.is_sorted(), "{start}");
    assert!(file(&bytes, "EPUB/book.css").contains("h2 + p"));
}

#[test]
fn calls_in_a_row_keep_their_distance() {
    let mut builder = Builder::new();
    let notes = [1, 2].map(|_| builder.note(Stream::Author, vec![build::para("What it says.")], 1));
    let [one, two] = notes.map(|note| build::call(note, 0));
    builder.chapter("One", vec![build::block(BlockKind::Para(vec![text("Said"), one, two]))]);
    let bytes = builder.epub();
    let chapter = file(&bytes, "EPUB/text/one.xhtml");
    assert!(chapter.contains("class=\"noteref\" id=\"noteref-1\""), "{chapter}");
    assert!(chapter.contains("class=\"noteref next\" id=\"noteref-2\""), "{chapter}");
    assert!(file(&bytes, "EPUB/book.css").contains("a.next {"));
}

#[test]
fn navigation_has_every_heading_and_old_readers_every_text() {
    let mut builder = Builder::new();
    for (role, depth, slug) in [(Role::Volume, 0, "v"), (Role::Part, 1, "p"), (Role::Chapter, 2, "c")] {
        let title = builder.heading(1, vec![text(slug)]);
        let deep = builder.heading(2, vec![text(&format!("deep-{slug}"))]);
        builder.section(Matter::Body, role, slug, vec![title, deep, build::para("Words.")]);
        builder.book.sections.last_mut().unwrap().depth = depth;
    }
    let bytes = builder.epub();
    let nav = file(&bytes, "EPUB/nav.xhtml");
    let places = ["v.xhtml", "v.xhtml#deep-v", "p.xhtml", "p.xhtml#deep-p", "c.xhtml", "c.xhtml#deep-c"];
    for place in places {
        assert_eq!(nav.matches(&format!("<a href=\"text/{place}\"")).count(), 1, "{place} in {nav}");
    }
    let ncx = file(&bytes, "EPUB/toc.ncx");
    for place in ["v.xhtml", "p.xhtml", "c.xhtml"] {
        assert_eq!(ncx.matches(&format!("src=\"text/{place}\"")).count(), 1, "{place} in {ncx}");
    }
    assert!(!ncx.contains("deep-c"), "{ncx}");
}

#[test]
fn what_is_said_of_pictures_is_true() {
    let mut builder = Builder::new();
    let image = builder.image("a.png");
    let of = |alt: Option<&str>| {
        build::block(BlockKind::Figure(Figure {
            image,
            alt: alt.map(str::to_owned),
            caption: None,
            look: PictureLook::default(),
            attrs: Attrs::default(),
        }))
    };
    builder.chapter("One", vec![of(None)]);
    assert!(!file(&builder.coverless(), "EPUB/book.css").contains("\n {"), "a rule for nothing");
    let package = |builder: &Builder| {
        let bytes = builder.coverless();
        (file(&bytes, "EPUB/package.opf"), file(&bytes, "EPUB/book.css"), builder.onix(1))
    };
    let (opf, css, onix) = package(&builder);
    assert!(!opf.contains("visual") && !opf.contains("alternativeText"), "{opf}");
    assert!(opf.contains("accessibilityHazard\">none<") && !css.contains("img.clear"), "{opf} {css}");
    assert!(onix.contains("<ProductFormFeatureType>12<"), "{onix}");
    builder.chapter("Two", vec![of(Some("A field"))]);
    builder.book.images[0].format = ImageFormat::Gif;
    builder.book.images[0].bytes = b"GIF89a..NETSCAPE2.0".as_slice().into();
    let (opf, css, onix) = package(&builder);
    assert!(opf.contains(">visual<") && opf.contains("alternativeText"), "{opf}");
    assert!(opf.contains("accessibilityHazard\">unknown<") && css.contains("img.clear"), "{opf} {css}");
    assert!(!onix.contains("<ProductFormFeatureType>12<"), "{onix}");
}

#[test]
fn foreign_words_are_marked_and_emphasis_in_italics_is_upright() {
    let mut builder = Builder::new();
    let french = |inside: Vec<Inline>| {
        let attrs = Attrs { lang: Lang::parse("fr"), ..Attrs::default() };
        build::inline(InlineKind::Span(attrs, inside))
    };
    let emph = |inside: Vec<Inline>| build::inline(InlineKind::Emph(inside));
    let title = builder.heading(3, vec![text("On "), emph(vec![text("Walls")])]);
    let words = vec![
        emph(vec![french(vec![text("la cour")])]),
        french(vec![emph(vec![text("le mur")])]),
        emph(vec![text("one "), emph(vec![text("two")])]),
    ];
    builder.chapter("One", vec![title, build::block(BlockKind::Para(words))]);
    let bytes = builder.epub();
    let chapter = file(&bytes, "EPUB/text/one.xhtml");
    for words in ["la cour", "le mur"] {
        assert!(chapter.contains(&format!("<i lang=\"fr\" xml:lang=\"fr\">{words}</i>")), "{chapter}");
    }
    let css = file(&bytes, "EPUB/book.css");
    assert!(css.contains("\nem em, h2 em { font-style: normal; }"), "{css}");
}

#[test]
fn numerals_passages_and_pages_say_what_they_are() {
    let mut builder = Builder::new();
    for (title, is_numeral) in [("XIV.", true), ("IIII", false), ("MIX", false), ("Part I", false)] {
        let heading = builder.heading(1, vec![text(title)]);
        let signed = build::div(Div::Signature, vec![build::para("A. E.")]);
        let letter = build::div(Div::Letter, vec![build::para("Dear all,"), signed]);
        builder.section(Matter::Body, Role::Chapter, "one", vec![heading, letter]);
        let chapter = file(&builder.epub(), "EPUB/text/one.xhtml");
        assert_eq!(chapter.contains("epub:type=\"ordinal z3998:roman\""), is_numeral, "{chapter}");
        for kind in ["div epub:type=\"z3998:letter\"", "p epub:type=\"z3998:signature\""] {
            assert!(chapter.contains(kind), "{chapter}");
        }
        builder.book.sections.clear();
    }
    let dedication = vec![build::div(Div::Dedication, vec![build::para("For them")])];
    builder.section(Matter::Front, Role::Dedication, "dedication", dedication);
    builder.section(Matter::Front, Role::Imprint, "imprint", vec![build::para("Printed here.")]);
    let bytes = builder.epub();
    assert_eq!(file(&bytes, "EPUB/text/dedication.xhtml").matches("doc-dedication").count(), 1);
    assert!(file(&bytes, "EPUB/text/imprint.xhtml").contains("class=\"imprint\""));
    assert!(file(&bytes, "EPUB/book.css").contains("section.imprint p {"));
}

#[test]
fn fallbacks_are_in_the_package_when_they_are_needed() {
    let mut builder = Builder::new();
    builder.style.text.fallback = vec!["Libertinus Sans".into(), "Source Code Pro".into()];
    builder.style.text.mono = "Source Code Pro".into();
    builder.chapter("One", vec![build::para("A corner: \u{250c}, and a \u{2060} joiner.")]);
    let bytes = builder.epub();
    let css = file(&bytes, "EPUB/book.css");
    assert!(css.contains("font-family: \"Libertinus Serif\", \"Source Code Pro\", serif;"), "{css}");
    let faces =
        |bytes: &[u8]| unpacked_bytes(bytes).iter().filter(|(name, _)| name.ends_with(".otf")).count();
    assert_eq!(faces(&bytes), 2, "no face for what the text face has");
    builder.style.text.mono = "Libertinus Serif".into();
    let code = BlockKind::Code { lang: String::new(), text: Text::new("one face for both") };
    builder.chapter("Two", vec![build::block(code)]);
    assert_eq!(faces(&builder.epub()), 2, "a face is packed once");
}

#[test]
fn faces_that_may_not_be_embedded_stay_outside() {
    let mut face = include_bytes!("../../fonts/LibertinusSerif-Regular.otf").to_vec();
    let record = face.windows(4).position(|tag| tag == b"OS/2").unwrap();
    let table = u32::from_be_bytes(face[record + 8..record + 12].try_into().unwrap()) as usize;
    // OpenType, OS/2: the licence bits stand at byte 8; 2 forbids to embed.
    face[table + 9] = 2;
    let mut builder = Builder::new();
    builder.fonts.add(std::sync::Arc::new(face)).unwrap();
    builder.chapter("One", vec![build::para("Words.")]);
    let made = builder.checked(None);
    assert_eq!(made.findings[0].code.name(), "font-restricted");
    assert!(unpacked_bytes(&made.value).iter().all(|(name, _)| !name.ends_with(".otf")));
}

/// A verse of two lines, the second indented.
fn couplet() -> Block {
    let line = |spaces, words| VerseLine { spaces, content: vec![text(words)], span: build::span() };
    let stanzas = vec![vec![line(0, "one line"), line(2, "and another")]];
    build::block(BlockKind::Verse(Verse { stanzas, attribution: None }))
}

#[test]
fn a_book_from_right_to_left_has_its_sides_turned() {
    let css = |language: &str, other: &str| {
        let mut builder = Builder::new();
        builder.book.meta.language = Lang::parse(language).unwrap();
        let attrs = Attrs { lang: Lang::parse(other), ..Attrs::default() };
        let turned = build::block(BlockKind::Div(Div::Other, attrs, vec![couplet()]));
        builder.chapter("One", vec![couplet(), turned]);
        file(&builder.epub(), "EPUB/book.css")
    };
    for (language, other, start, end, way) in
        [("en", "he", "left", "right", "rtl"), ("he", "en", "right", "left", "ltr")]
    {
        let css = css(language, other);
        for wanted in [
            format!("div.verse p > span.i1 {{ padding-{start}: "),
            format!("[dir=\"{way}\"] div.verse p > span.i1 {{ padding-{end}: "),
            format!("[dir=\"{way}\"] div.verse > p {{ text-align: {end}; }}"),
        ] {
            assert!(css.contains(&wanted), "{language}: no {wanted} in {css}");
        }
        assert_eq!(css.contains("letter-spacing: 0.03em"), language == "en", "{css}");
    }
    assert!(!css("en", "fr").contains("[dir"));
}

#[test]
fn tables_fit_on_a_phone_as_far_as_they_can() {
    let mut builder = Builder::new();
    let code = Inline { kind: InlineKind::Code(Text::new("oven.heat(max_value)")), span: build::span() };
    let table = |columns: usize, cell: Inline| {
        let row = vec![vec![cell]; columns];
        let columns = vec![Align::Default; columns];
        build::block(BlockKind::Table(Table { columns, head: vec![], rows: vec![row], caption: None }))
    };
    builder.chapter("One", vec![table(4, code), table(8, text("1,000,000.00"))]);
    let bytes = builder.epub();
    let one = file(&bytes, "EPUB/text/one.xhtml");
    assert!(one.contains("<code>oven.<wbr/>heat(<wbr/>max_<wbr/>value)</code>"), "{one}");
    assert_eq!(one.matches("<table class=\"wide\">").count(), 1, "{one}");
    assert!(file(&bytes, "EPUB/book.css").contains("table.wide {"));
}

#[test]
fn quotation_marks_that_meet_are_parted_across_emphasis() {
    let mut builder = Builder::new();
    let stressed = Inline { kind: InlineKind::Emph(vec![text("‘Never,’")]), span: build::span() };
    builder.chapter("One", vec![build::block(BlockKind::Para(vec![text("“"), stressed, text("”")]))]);
    let one = file(&builder.epub(), "EPUB/text/one.xhtml");
    assert!(one.contains("“<em>\u{200a}‘Never,’</em>\u{200a}”"), "{one}");
}
