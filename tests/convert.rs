//! Books of other tools, brought in: every word is there, notes lead to their calls, and
//! hostile sources end in a finding.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/spent.rs"]
mod spent;

use dice::Dice;
use pamphleteer::convert::{Changes, Converted, Request, Tree, convert, correct};
use pamphleteer::diag::{Checked, Code, Diagnostic};
use pamphleteer::{BuildOptions, Format, Project};
use spent::spent_by_all;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};
use std::time::Duration;
use zip::write::SimpleFileOptions;

/// Brings in a file that lies alone.
fn file(name: &str, bytes: &[u8]) -> Checked<Option<Converted>> {
    let tree = Tree { name: name.to_owned(), paths: BTreeSet::new(), read: &|_| None };
    convert(&Request { name, bytes: Some(bytes), tree: &tree, changes: Changes::Accept })
}

/// What came of a web page: the files by name, and the findings.
fn page(html: &str) -> (BTreeMap<String, String>, Vec<Diagnostic>) {
    let checked = file("page.html", format!("<html><body>{html}</body></html>").as_bytes());
    let files = checked.value.map(|value| value.files).unwrap_or_default();
    let text = |(name, bytes): (String, Vec<u8>)| (name, String::from_utf8_lossy(&bytes).into_owned());
    (files.into_iter().map(text).collect(), checked.findings)
}

/// The first text that came of a web page.
fn text(html: &str) -> String {
    let (files, findings) = page(html);
    let found = files.iter().find(|(name, _)| name.ends_with(".md")).map(|(_, text)| text.clone());
    found.unwrap_or_else(|| panic!("{html}: {findings:?}"))
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn web_pages_become_markdown() {
    for (html, markdown) in [
        ("<h1>One</h1><p>A <i>b</i> c<b>d</b>e.</p>", "# One\n\nA *b* c<strong>d</strong>e.\n"),
        ("<p>x[<sup>1</sup>]</p>", "x\\[<sup>1</sup>\\]\n"),
        ("<p>2*3*4 [x] `y` a_b_ #1</p>", "2\\*3\\*4 \\[x\\] \\`y\\` a_b\\_ #1\n"),
        ("<p># no title</p><p>1914. It was</p><p>- so</p>", "\\# no title\n\n1914\\. It was\n\n\\- so\n"),
        ("<p>M<sup>me</sup> H<sub>2</sub>O</p>", "M^me^ H~2~O\n"),
        ("<ol start=3><li>c<li>d</ol>", "3. c\n4. d\n"),
        (
            "<dl><dt>one<dt><dfn>two</dfn><dd>Both of them.<dt>three<dd>It.<dt>four</dl>",
            "one\n*two*\n:   Both of them.\n\nthree\n:   It.\n\nfour\n",
        ),
        (
            "<blockquote><p>So said.</p></blockquote><p class=continued>and so on.</p><p class=continued>Then.</p>",
            "> So said.\n\n::: continued\nand so on.\n:::\n\nThen.\n",
        ),
        ("<p>a</p><p>* * *</p><p>b</p>", "a\n\n* * *\n\nb\n"),
        (
            "<p>So <math><mi>x</mi><mo>=</mo><mfrac><mi>a</mi><mrow><mn>2</mn><mi>b</mi></mrow></mfrac></math>, \
             <math><semantics><msup><mn>10</mn><mn>6</mn></msup><annotation>10^6</annotation></semantics></math>, \
             <math><mn>2</mn><mfrac><mn>1</mn><mi>n</mi></mfrac></math>, \
             <math><msubsup><mi>S</mi><mi>i</mi><mi>n</mi></msubsup></math> and \
             <math><mn>2</mn><mroot><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>3</mn></mroot></math>.</p>",
            "So x=a/(2b), 10^6^, 2(1/n), S~i~^n^ and 2(^3^√(a+b)).\n",
        ),
        ("<blockquote><p>q</p><p>r</p></blockquote>", "> q\n>\n> r\n"),
        ("<div class=poem>one<br>two</div>", "::: verse\none\ntwo\n:::\n"),
        (
            "<div class=poem><p>one<br>two</p><div class=pagenum>39</div><p>three<br>four</p></div>",
            "::: verse\none\ntwo\n\n<!-- page 39 -->three\nfour\n:::\n",
        ),
        (
            "<section class=poem><h1>One</h1><p><span>a</span><br><span class=i1>b</span></p><p><span>c</span></p></section>",
            "# One\n\n::: verse\na\n b\n\nc\n:::\n",
        ),
        ("<p><span>a</span><br><span>b</span></p>", "a\\\nb\n"),
        (
            "<hgroup><h1>A Walk</h1><p>In the <i>rain</i></p></hgroup>",
            "# A Walk\n\n::: subtitle\nIn the *rain*\n:::\n",
        ),
        (
            "<table><tr><td rowspan=2>May<td>a<td>1<tr><td>b<td>2<tr><td>June<td>c<td>3</table>",
            "|  |  |  |\n|---|---|---|\n| May | a | 1 |\n|  | b | 2 |\n| June | c | 3 |\n",
        ),
        (
            "<hgroup><h2>IV</h2><p>Rain<a href=\"#n\" id=r>1</a></p></hgroup><p>x</p><p id=n><a href=\"#r\">[1]</a> note</p>",
            "# IV<br>Rain[^1]\n\nx\n\n[^1]: note\n",
        ),
        (
            "<hgroup><h2>IV</h2><p>In the <i>rain</i></p><p>A sketch</p></hgroup>",
            "# IV<br>In the *rain*\n\n::: subtitle\nA sketch\n:::\n",
        ),
        ("<pre><code class=language-rust>a * b\n</code></pre>", "```rust\na * b\n```\n"),
        ("<p>a</p><p><span class=pagenum>[Pg 4]</span>4. It was</p>", "a\n\n<!-- page 4 -->4\\. It was\n"),
        ("<p>com<span class=pagenum>[Pg 12]</span>positor</p>", "com<!-- page 12 -->positor\n"),
        ("<table><tr><th>a<th>b<tr><td>1|2<td>3</table>", "| a | b |\n|---|---|\n| 1\\|2 | 3 |\n"),
        ("<p>caf&eacute; &amp; &#8212; &nosuch; &lt;b></p>", "café & — \\&nosuch; \\<b>\n"),
        ("<p>x<a href=\"#n\" id=r>1</a></p><p id=n><a href=\"#r\">[1]</a> note</p>", "x[^1]\n\n[^1]: note\n"),
        (
            "<p>x<a href=\"#n\" id=r>1</a></p><p>[<a href=\"#r\" id=n>1</a>] [a] note</p>",
            "x[^1]\n\n[^1]: \\[a\\] note\n",
        ),
        (
            "<p>x<a href=\"#n\" id=r>1</a></p><p id=n><a href=\"#r\">1</a> [a] note</p>",
            "x[^1]\n\n[^1]: \\[a\\] note\n",
        ),
    ] {
        assert_eq!(text(html), markdown, "{html}");
    }
}

/// A sentence of marks alone comes out as the words that it was: the import proves it with
/// our own parser, and returns nothing when it cannot.
#[test]
fn no_word_is_misread() {
    let signs = [
        "*",
        "**",
        "_",
        "`",
        "[",
        "]",
        "(",
        ")",
        "#",
        "&lt;",
        ">",
        "~",
        "^",
        "|",
        ":",
        "-",
        "+",
        "=",
        "$",
        "!",
        "{",
        "}",
        "\\",
        "&amp;",
        "'",
        "\"",
        "...",
        "--",
        " ",
        " ",
        " ",
        "a",
        "B1",
        "2.",
        "i)",
        "é",
        "漢字",
        "“",
        "”",
        "%",
        "@x",
        "<i>",
        "</i>",
        "<b>",
        "</b>",
        "<sup>",
        "</sup>",
        "<br>",
        "://",
        "www.a.org",
        ":x:",
        "[^1]",
        ":::",
        "```",
        "T&gt;",
        "<em>q</em>",
        "<code>`</code>",
        "<span lang=fr>",
        "</span>",
        "$x$",
    ];
    let mut seed = 1_u64;
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize
    };
    for round in 0..3000 {
        let words: String = (0..2 + next() % 9).map(|_| signs[next() % signs.len()]).collect();
        let around = [
            ("<p>", "</p>"),
            ("<h2>", "</h2>"),
            ("<li>", "</li>"),
            ("<table><tr><td>x<td>", "</table>"),
            ("<blockquote>", "</blockquote>"),
            ("<div class=verse>", "</div>"),
        ];
        let (open, close) = around[round % around.len()];
        let html = format!("<h1>Title</h1><p>before</p>{open}{words}{close}<p>after</p>");
        let (files, findings) = page(&html);
        assert!(!files.is_empty(), "{html}: {findings:?}");
    }
}

/// An edition of ours, brought in and built again, has the same words.
#[test]
fn an_edition_comes_back() {
    let project = Project::open("tests/fixtures/look").unwrap().value;
    let epub = project.build(&BuildOptions::new([Format::Epub])).unwrap().files.remove(0);
    let checked = file("margins.epub", &epub.bytes);
    let converted = checked.value.unwrap_or_else(|| panic!("{:?}", checked.findings));
    assert!(converted.files.iter().any(|(name, _)| name == "book.toml"), "{}", converted.told);
    assert!(converted.told.contains("words and signs kept"), "{}", converted.told);
}

/// An EPUB of one package and these documents.
fn epub_of<B: AsRef<[u8]>>(opf: &str, documents: &[(&str, B)]) -> BTreeMap<String, String> {
    let container = "<container><rootfiles><rootfile full-path='O/c.opf'/></rootfiles></container>";
    let mut files = vec![
        ("mimetype", &b"application/epub+zip"[..]),
        ("META-INF/container.xml", container.as_bytes()),
        ("O/c.opf", opf.as_bytes()),
    ];
    files.extend(documents.iter().map(|(name, text)| (*name, text.as_ref())));
    let checked = file("t.epub", &zipped(&files));
    let converted = checked.value.unwrap_or_else(|| panic!("{:?}", checked.findings));
    let text = |(name, bytes): (String, Vec<u8>)| (name, String::from_utf8_lossy(&bytes).into_owned());
    converted.files.into_iter().map(text).collect()
}

/// A creator of several roles is an author; who made the older edition's type and files made no part of this one. An
/// imprint that says more than the book prints itself stays whole, as it stands in place of the one that is made.
#[test]
fn an_epub_keeps_its_authors_and_its_imprint() {
    let opf = "<package><metadata><dc:title>T</dc:title><dc:creator id='a'>A. Writer</dc:creator>\
        <meta refines='#a' property='role'>ann</meta><meta refines='#a' property='role'>aut</meta>\
        <dc:contributor id='b'>B. Founder</dc:contributor><meta refines='#b' property='role'>tyd</meta>\
        <dc:contributor id='c'>C. Other</dc:contributor><meta refines='#c' property='role'>trl</meta>\
        <dc:language>en</dc:language><dc:rights>All reserved</dc:rights></metadata>\
        <manifest><item id='i' href='imprint.xhtml' media-type='application/xhtml+xml'/>\
        <item id='o' href='one.xhtml' media-type='application/xhtml+xml'/></manifest>\
        <spine><itemref idref='i'/><itemref idref='o'/></spine></package>";
    let files = epub_of(
        opf,
        &[
            ("O/imprint.xhtml", "<html><body><p>All reserved</p><p>Printed in Dale</p></body></html>"),
            (
                "O/one.xhtml",
                "<html><body><h1>One</h1><p>a<a epub:type='noteref' id='r' href='#n'>1</a> b</p>\
                 <aside epub:type='footnote' id='n'><p><a href='#r'>1.</a> <em>A Book</em> in 1844.</p></aside></body></html>",
            ),
        ],
    );
    let toml = &files["book.toml"];
    assert!(
        toml.contains("name = \"A. Writer\"\nrole = \"aut\"") && toml.contains("role = \"trl\""),
        "{toml}"
    );
    assert!(!toml.contains("Founder"), "{toml}");
    let holds = |words: &str| files.iter().any(|(name, text)| name.ends_with(".md") && text.contains(words));
    assert!(holds("All reserved\n\nPrinted in Dale"), "{files:?}");
    assert!(holds("*A Book* in 1844."), "{files:?}");
}

/// What stands in the reading order of an EPUB and is a picture is brought in as one.
#[test]
fn a_picture_in_the_reading_order_is_a_picture() {
    let opf = "<package><metadata><dc:title>T</dc:title><dc:language>en</dc:language></metadata>\
        <manifest><item id='p' href='a%20b%25.png' media-type='image/png'/>\
        <item id='o' href='one.xhtml' media-type='application/xhtml+xml'/></manifest>\
        <spine><itemref idref='p'/><itemref idref='o'/></spine></package>";
    let png = include_bytes!("common/random_book.png");
    let one = b"<html><body><h1>One</h1><p>It is a wheel.</p></body></html>";
    let files = epub_of(opf, &[("O/a b%.png", &png[..]), ("O/one.xhtml", one)]);
    let pictures = files.keys().filter(|name| name.ends_with(".png")).count();
    let shown = files.iter().filter(|(name, text)| name.ends_with(".md") && text.contains("![](")).count();
    assert_eq!((pictures, shown), (1, 1), "{:?}", files.keys());
}

/// Titles that are pictures or that only the contents list says, Adobe's list of pages, a container that names a PDF
/// first, and nobody who drew the pictures.
#[test]
fn packages_say_titles_pages_and_people_in_odd_places() {
    let long = "<p>It rained all day, and nobody came to the mill that week or the next, and so the wheel stood still.</p>";
    let opf = "<package><metadata><dc:title>T</dc:title><dc:language>en</dc:language><dc:creator>A. B.</dc:creator>\
        <dc:contributor id='i'>Anonymous</dc:contributor><meta refines='#i' property='role'>ill</meta></metadata>\
        <manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/><item id='b' href='b.xhtml' media-type='application/xhtml+xml'/>\
        <item id='n' href='n.ncx' media-type='application/x-dtbncx+xml'/><item id='p' href='p.xml' media-type='application/oebps-page-map+xml'/></manifest>\
        <spine><itemref idref='a'/><itemref idref='b'/></spine></package>";
    let ncx = "<ncx><navMap><navPoint><navLabel><text>The Storm</text></navLabel><content src='a.xhtml'/></navPoint>\
        <navPoint><navLabel><text>Second</text></navLabel><content src='b.xhtml'/></navPoint></navMap></ncx>";
    let a =
        format!("<html><body><div><img src='a.gif' alt='I'/></div>{long}<p id='p8'>Eight.</p></body></html>");
    let b = format!("<html><body><p>THE SECOND ONE</p>{long}</body></html>");
    let map = "<page-map><page name='8' href='a.xhtml#p8'/></page-map>";
    let container = "<container><rootfiles><rootfile full-path='O/t.pdf' media-type='application/pdf'/>\
        <rootfile full-path='O/c.opf' media-type='application/oebps-package+xml'/></rootfiles></container>";
    let files = [
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
        ("O/c.opf", opf),
        ("O/n.ncx", ncx),
        ("O/a.xhtml", &a),
        ("O/b.xhtml", &b),
        ("O/p.xml", map),
        ("O/a.gif", GIF),
    ];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let checked = file("t.epub", &zipped(&files));
    let made = checked.value.unwrap_or_else(|| panic!("{:?}", checked.findings));
    let text = |name: &str| {
        let file = made.files.iter().find(|(path, _)| path == name);
        String::from_utf8_lossy(&file.unwrap_or_else(|| panic!("{name}: {}", made.told)).1).into_owned()
    };
    holds(&text("01-the-storm.md"), &["# The Storm\n\n![](", "<!-- page 8 -->\n\nEight."], &[]);
    holds(&text("02-the-second-one.md"), &["# THE SECOND ONE\n"], &["Second\n"]);
    holds(&text("book.toml"), &["A. B."], &["Anonymous"]);
}

/// A page's own list of contents and the title over its notes go, and the line below the title is the author.
#[test]
fn contents_titles_of_notes_and_bylines_of_web_pages_are_made_anew() {
    let html = "<h1>THE MILL</h1><p>BY<br>ANN MILLER</p><h2>Contents</h2><ul><li><a href='#c1'>One</a></li><li><a href='#c2'>Two</a></li></ul>\
        <a name='c1'></a><h2>One</h2><p>It\u{97}rained<a href='#n' name='r'><sup>[1]</sup></a>.</p><a name='c2'></a><h2>Two</h2><p>More.</p>\
        <h2>Notes</h2><p><a name='n' href='#r'>[1]</a> A note.</p>";
    let (files, findings) = page(html);
    let names: Vec<&String> = files.keys().filter(|name| name.ends_with(".md")).collect();
    assert_eq!(names, ["01-one.md", "02-two.md"], "{findings:?}");
    holds(&files["01-one.md"], &["It—rained[^1]."], &[]);
    holds(&files["book.toml"], &["title = \"THE MILL\"", "ANN MILLER"], &[]);
}

/// HTML lets each section begin again with its highest heading: within another section it is one of the next rank.
#[test]
fn headings_of_sections_in_sections_are_lower() {
    let html = "<html><body><section><h1>Chapter 1</h1><p>a</p><section><h1>A Brief History</h1><p>b</p>\
        <section><h2>Headnotes</h2><p>They say more.</p></section></section><section><h1>Users</h1><p>d</p></section></section>\
        <section><h1>Chapter 2</h1><p>e</p><section><h2>Kinds</h2><p>f</p></section></section></body></html>";
    let files = epub_of(
        "<package><metadata><dc:title>T</dc:title><dc:language>en</dc:language></metadata>\
         <manifest><item id='o' href='one.xhtml' media-type='application/xhtml+xml'/></manifest>\
         <spine><itemref idref='o'/></spine></package>",
        &[("O/one.xhtml", html)],
    );
    let lines = files.iter().filter(|(name, _)| name.ends_with(".md")).flat_map(|(_, text)| text.lines());
    let headings: Vec<&str> = lines.filter(|line| line.starts_with('#')).collect();
    let wanted =
        ["# Chapter 1", "## A Brief History", "### Headnotes", "## Users", "# Chapter 2", "## Kinds"];
    assert_eq!(headings, wanted);
}

/// What is laid out as a table of names and speeches is a play: a name in small capitals before what it says, above the
/// verse that it speaks, and what nobody says in between.
#[test]
fn a_table_of_speeches_is_a_play() {
    let row =
        |name: &str, said: &str| format!("<tr><td epub:type='z3998:persona'>{name}</td><td{said}</td></tr>");
    let html = [
        "<html><body><h1>Act I</h1><table>".to_owned(),
        "<tr><td/><td><i>A bell. Enter <b epub:type='z3998:persona'>Ida</b>.</i></td></tr>".to_owned(),
        row("Ida", "><p>Who rings?</p><p>Nobody.</p>"),
        row("<b>The Miller</b>", " epub:type='z3998:verse'><p><span>The wheel has turned,</span><br/><span>the pond is dry.</span></p>"),
        "<tr><td colspan='2'>Exeunt.</td></tr></table>".to_owned(),
        "<table><tr><td/><td epub:type='z3998:verse'><p><span>Now all is told.</span></p></td></tr></table></body></html>".to_owned(),
    ]
    .concat();
    let files = epub_of(
        "<package><metadata><dc:title>T</dc:title><dc:language>en</dc:language></metadata>\
         <manifest><item id='o' href='one.xhtml' media-type='application/xhtml+xml'/></manifest>\
         <spine><itemref idref='o'/></spine></package>",
        &[("O/one.xhtml", &html)],
    );
    let text = files.iter().find(|(name, _)| name.ends_with(".md")).map(|(_, text)| text.as_str());
    let wanted = "# Act I\n\n*A bell. Enter [Ida]{.smallcaps}.*\n\n[Ida]{.smallcaps} Who rings?\n\nNobody.\n\n\
        [The Miller]{.smallcaps}\n\n::: verse\nThe wheel has turned,\nthe pond is dry.\n:::\n\nExeunt.\n\n::: verse\nNow all is told.\n:::\n";
    assert_eq!(text, Some(wanted));
}

#[test]
fn an_epub_keeps_its_printed_pages_and_its_people() {
    let opf = "<package><metadata><dc:title>T</dc:title><dc:creator opf:role='aut'>A. Writer</dc:creator>\
        <dc:contributor opf:role='trl'>B. Other</dc:contributor><dc:language>de</dc:language>\
        <dc:date>1911-02-03</dc:date></metadata><manifest><item id='a' href='t/a%20b.xhtml' media-type='application/xhtml+xml'/>\
        <item id='n' href='nav.xhtml' properties='nav' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/></spine></package>";
    let nav = "<nav epub:type='page-list'><ol><li><a href='t/a%20b.xhtml#x'>xiv</a></li></ol></nav>";
    let epub = zipped(&[
        ("mimetype", b"application/epub+zip"),
        (
            "META-INF/container.xml",
            b"<container><rootfiles><rootfile full-path='O/c.opf'/></rootfiles></container>",
        ),
        ("O/c.opf", opf.as_bytes()),
        ("O/nav.xhtml", nav.as_bytes()),
        ("O/t/a b.xhtml", b"<html><body><h1>One</h1><p>a <span id='x'/>b</p></body></html>"),
    ]);
    let checked = file("t.epub", &epub);
    let converted = checked.value.unwrap_or_else(|| panic!("{:?}", checked.findings));
    let files: BTreeMap<String, Vec<u8>> = converted.files.into_iter().collect();
    assert_eq!(String::from_utf8_lossy(&files["01-one.md"]), "# One\n\na <!-- page xiv -->b\n");
    let toml = String::from_utf8_lossy(&files["book.toml"]);
    for line in ["language = \"de\"", "date = \"1911-02-03\"", "name = \"B. Other\"\nrole = \"trl\""] {
        assert!(toml.contains(line), "{toml}");
    }
}

#[test]
fn hostile_sources_end_in_a_finding() {
    let deep = format!("{}<p>words</p>{}", "<div>".repeat(10_000), "</div>".repeat(10_000));
    assert_eq!(text(&deep), "words\n");
    let notes: String = (0..3000)
        .map(|n| format!("<a id=r{n} href=#n{n}>{n}</a><p id=n{n}><a href=#r{n}>{n}</a> x</p>"))
        .collect();
    assert!(!page(&notes).0.is_empty());
    for bytes in [&b"PK\x03\x04 application/epub+zip"[..], &zipped(&[("META-INF/container.xml", b"<x/>")])] {
        let checked = file("x.epub", bytes);
        assert!(checked.value.is_none());
        assert_eq!(checked.findings[0].code.name(), "import-damaged", "{:?}", checked.findings);
    }
    let entity = "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY y '&z;&z;'>]><container><rootfile full-path='&x;'/></container>";
    let epub =
        zipped(&[("mimetype", b"application/epub+zip"), ("META-INF/container.xml", entity.as_bytes())]);
    assert!(file("x.epub", &epub).value.is_none());
}

/// A Word file of these paragraphs, with further parts by their kind.
fn word(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let mut relations = String::new();
    let mut files = vec![
        ("_rels/.rels".to_owned(), "<Relationships><Relationship Id='r' Type='x/officeDocument' Target='word/document.xml'/></Relationships>".to_owned()),
        ("word/document.xml".to_owned(), format!("<w:document><w:body>{body}</w:body></w:document>")),
    ];
    for (kind, xml) in parts {
        relations.push_str(&format!("<Relationship Id='{kind}' Type='x/{kind}' Target='{kind}.xml'/>"));
        files.push((format!("word/{kind}.xml"), (*xml).to_owned()));
    }
    relations.push_str("<Relationship Id='out' Type='x/image' Target='../../../etc/passwd'/>");
    files.push((
        "word/_rels/document.xml.rels".to_owned(),
        format!("<Relationships>{relations}</Relationships>"),
    ));
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    zipped(&files)
}

/// What came of a Word file.
/// The same archive with one of its files replaced.
fn with_file(archive: &[u8], name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        let mut held = Vec::new();
        file.read_to_end(&mut held).unwrap();
        let own = file.name().unwrap().to_string();
        files.push((own.clone(), if own == name { bytes.to_vec() } else { held }));
    }
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    zipped(&files)
}

fn of_word(bytes: &[u8], changes: Changes) -> BTreeMap<String, String> {
    let tree = Tree { name: "book.docx".to_owned(), paths: BTreeSet::new(), read: &|_| None };
    let checked = convert(&Request { name: "book.docx", bytes: Some(bytes), tree: &tree, changes });
    let files = checked.value.unwrap_or_else(|| panic!("{:?}", checked.findings)).files;
    files.into_iter().map(|(name, bytes)| (name, String::from_utf8_lossy(&bytes).into_owned())).collect()
}

fn line(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

fn titled(words: &str) -> String {
    format!(
        "<w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{words}</w:t></w:r></w:p>"
    )
}

#[test]
fn plain_lines_of_typists_become_chapters_and_pauses() {
    let break_ = "<w:p><w:r><w:br w:type='page'/></w:r></w:p>";
    let one = format!("{}{}{}<w:p/>{}", titled("Chapter 1"), line("\ta  b"), line("* * *"), line("c"));
    let two = format!(
        "{break_}{}{}{}{}{}",
        titled("Chapter 2"),
        titled("The Gate"),
        line("d"),
        line("# 1. e"),
        line("f").repeat(12)
    );
    let files = of_word(&word(&(one + &two), &[]), Changes::Accept);
    assert_eq!(files["01-chapter-1.md"], "# Chapter 1\n\na b\n\n* * *\n\nc\n");
    assert!(
        files["02-chapter-2-the-gate.md"].starts_with("# Chapter 2<br>The Gate\n\nd\n\n\\# 1. e\n"),
        "{files:?}"
    );
}

/// A title page with the author below `by`, a last page set as the chapters are, letters raised by hand, and a line
/// in the middle.
#[test]
fn title_pages_last_pages_and_lines_in_the_middle_of_word_files() {
    let middle = |words: &str| {
        format!("<w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
    };
    let break_ = "<w:p><w:r><w:br w:type='page'/></w:r></w:p>";
    let shifted = |shift: &str, words: &str| {
        format!("<w:r><w:rPr><w:position w:val='{shift}'/><w:sz w:val='19'/></w:rPr><w:t>{words}</w:t></w:r>")
    };
    let body = [
        titled("THE LONG WINTER"),
        middle("by"),
        middle("Anna Berg"),
        break_.to_owned(),
        titled("CHAPTER 1"),
        format!(
            "<w:p><w:r><w:t>H</w:t></w:r>{}<w:r><w:t>O on the 10</w:t></w:r>{}</w:p>",
            shifted("-2", "2"),
            shifted("8", "th")
        ),
        middle("CLOSED FOR WINTER"),
        line("It snowed."),
        break_.to_owned(),
        titled("CHAPTER 2"),
        line("It thawed."),
        break_.to_owned(),
        titled("ABOUT THE AUTHOR"),
        line("She lives."),
    ];
    let files = of_word(&word(&body.concat(), &[]), Changes::Accept);
    let toml = &files["book.toml"];
    assert!(toml.contains("title = \"THE LONG WINTER\"") && toml.contains("name = \"Anna Berg\""), "{toml}");
    assert_eq!(
        files["01-chapter-1.md"],
        "# CHAPTER 1\n\nH~2~O on the 10^th^\n\n::: centre\nCLOSED FOR WINTER\n:::\n\nIt snowed.\n"
    );
    assert_eq!(files["03-about-the-author.md"], "# ABOUT THE AUTHOR\n\nShe lives.\n");
    assert!(toml.contains("back = [\"03-about-the-author.md\"]"), "{toml}");
}

#[test]
fn tracked_changes_are_accepted_or_rejected() {
    let run = |words: &str| format!("<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>");
    let body = format!(
        "<w:p>{}<w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins>{}</w:ins>{}</w:p><w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p><w:p>{}</w:p>",
        run("the "),
        run("new"),
        run(" gate"),
        run("one "),
        run("line")
    );
    let text = |changes| of_word(&word(&body, &[]), changes)["01-text.md"].clone();
    assert_eq!(text(Changes::Accept), "the new gate\n\none line\n");
    assert_eq!(text(Changes::Reject), "the old gate\n\none\n\nline\n");
    let named = body.replace("<w:ins>", "<w:ins w:id='7' w:author='Ed' w:date='2026-01-02T00:00:00Z'>");
    let asked = of_word(&word(&named, &[]), Changes::Ask(""));
    assert!(
        asked["decisions.toml"].contains(
            "words = \"new\"\nverdict = \"accept\"\ninstead = \"reject\"\nevidence = \"by Ed, 2026-01-02\""
        ),
        "{asked:?}"
    );
    let rejected = "[[decision]]\nid = \"insertion-7\"\neditor = \"reject\"\n";
    assert_eq!(of_word(&word(&named, &[]), Changes::Ask(rejected))["01-text.md"], "the gate\n\none line\n");
}

/// Items that paragraphs interrupt: those that stand further in belong to the item, and after
/// others the list goes on counting.
#[test]
fn lists_of_word_files_go_on() {
    let numbering = "<w:numbering><w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl></w:abstractNum>\
        <w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='1'/><w:lvlOverride w:ilvl='0'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/>\
        <w:lvlText w:val='•'/></w:lvl></w:lvlOverride></w:num></w:numbering>";
    let item = |list: u8, words: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='{list}'/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
        )
    };
    let inner = "<w:p><w:pPr><w:ind w:left='720'/></w:pPr><w:r><w:t>more</w:t></w:r></w:p>";
    let body =
        [&item(1, "one"), inner, &item(1, "two"), &line("Between."), &item(1, "three"), &item(2, "point")];
    let body: String = body.iter().map(|part| part.to_string()).collect();
    let files = of_word(&word(&body, &[("numbering", numbering)]), Changes::Accept);
    assert_eq!(
        files["01-text.md"],
        "1. one\n\n   more\n\n2. two\n\nBetween.\n\n3. three\n\n<!-- -->\n\n- point\n"
    );
}

#[test]
fn notes_remarks_and_running_heads_go_where_they_belong() {
    let body = "<w:p><w:commentRangeStart w:id='4'/><w:r><w:t>Said</w:t></w:r><w:commentRangeEnd w:id='4'/><w:r><w:footnoteReference w:id='2'/></w:r>\
        <w:r><w:endnoteReference w:id='2'/></w:r></w:p><w:p><w:r><w:drawing><a:blip r:embed='out'/></w:drawing></w:r></w:p>";
    let note = |words: &str| format!("<w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> {words}</w:t></w:r></w:p>");
    let file = word(
        body,
        &[
            (
                "footnotes",
                &format!("<w:footnotes><w:footnote w:id='2'>{}</w:footnote></w:footnotes>", note("A foot.")),
            ),
            (
                "endnotes",
                &format!("<w:endnotes><w:endnote w:id='2'>{}</w:endnote></w:endnotes>", note("An end.")),
            ),
            (
                "comments",
                &format!(
                    "<w:comments><w:comment w:id='4' w:author='Ed'>{}</w:comment></w:comments>",
                    line("True?")
                ),
            ),
            ("header", &format!("<w:hdr>{}</w:hdr>", line("A running head"))),
        ],
    );
    let files = of_word(&file, Changes::Accept);
    assert_eq!(files["01-text.md"], "Said[^1][^2]\n\n[^1]: A foot.\n\n[^2]: An end.\n");
    assert!(files["review.txt"].contains("1. Ed, on “Said”: True?"), "{}", files["review.txt"]);
    assert!(files["import-report.html"].contains("A running head"));
    assert!(
        files["import-report.html"].contains("pictures that are not there"),
        "a picture outside of the file is not read"
    );
}

/// An OpenDocument text of these paragraphs.
fn open_document(body: &str) -> Vec<u8> {
    let styles = "<office:automatic-styles><style:style style:name='T1' style:family='text'><style:text-properties fo:font-style='italic'/></style:style>\
        <style:style style:name='P1' style:family='paragraph' style:parent-style-name='Standard'><style:paragraph-properties fo:text-align='center'/></style:style>\
        <text:list-style style:name='L1'><text:list-level-style-number text:level='1' style:num-format='1' text:start-value='3'/></text:list-style></office:automatic-styles>";
    let content = format!(
        "<office:document-content>{styles}<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let layout = "<office:document-styles><office:master-styles><style:master-page><style:header><text:p>A running head</text:p></style:header>\
        </style:master-page></office:master-styles></office:document-styles>";
    let said = "<office:document-meta><office:meta><dc:title>T</dc:title><meta:initial-creator>A. Writer</meta:initial-creator></office:meta></office:document-meta>";
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
        ("styles.xml", layout.as_bytes()),
        ("meta.xml", said.as_bytes()),
    ])
}

#[test]
fn open_document_texts_keep_lists_notes_remarks_and_looks() {
    let body = "<text:h text:outline-level='1'>One</text:h>\
        <text:p>Some <text:span text:style-name='T1'>soft</text:span><text:s text:c='2'/>words<office:annotation office:name='a'><dc:creator>Ed</dc:creator>\
        <text:p>True?</text:p></office:annotation> here<office:annotation-end office:name='a'/>.<text:note><text:note-citation>1</text:note-citation>\
        <text:note-body><text:p>A note.</text:p></text:note-body></text:note></text:p>\
        <text:list text:style-name='L1'><text:list-item><text:p>third</text:p><text:p>more of it</text:p></text:list-item><text:list-item><text:p>fourth</text:p></text:list-item></text:list>\
        <text:p>Between.</text:p><text:list text:style-name='L1' text:continue-numbering='true'><text:list-item><text:p>fifth</text:p></text:list-item></text:list>\
        <text:p text:style-name='P1'>* * *</text:p><table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>";
    let files = of_word(&open_document(body), Changes::Accept);
    assert_eq!(
        files["01-one.md"],
        "# One\n\nSome *soft* words here.[^1]\n\n3. third\n\n   more of it\n\n4. fourth\n\nBetween.\n\n5. fifth\n\n* * *\n\n|  |  |\n|---|---|\n| a | b |\n\n[^1]: A note.\n"
    );
    assert!(files["review.txt"].contains("1. Ed, on “here”: True?"), "{}", files["review.txt"]);
    assert!(files["import-report.html"].contains("A running head"));
    assert!(files["book.toml"].contains("name = \"A. Writer\""), "{}", files["book.toml"]);
}

#[test]
fn chapters_of_formats_that_are_not_read_are_told_with_a_way_in() {
    let (files, findings) = folder(&[
        ("Book.txt", "one.md\ntwo.adoc\nthree.adoc\nfour.tex\n"),
        ("one.md", "# One\n\nWords.\n"),
        ("two.adoc", "words"),
        ("three.adoc", "words"),
    ]);
    let said: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        said,
        [
            "`two.adoc` and 1 more are of a format that is not read: their words are not in the book",
            "the source names a file that is not in it: `four.tex`"
        ]
    );
    assert!(findings[0].hint.as_deref().is_some_and(|hint| hint.contains("pandoc two.adoc -o two.md")));
    assert!(files["import-report.html"].contains("three.adoc"));
}

/// Chapters in TeX of a book of Softcover's, what stands in each and what comes of it.
#[test]
fn chapters_in_tex_become_markdown() {
    for (tex, markdown) in [
        (
            "\\chapter{A \\emph{first} one} % (fold)\n\\label{cha:a}\n\nWords---and \\\"{o}, \\'e, \\c{c}, \\ss{} ``quoted'' `x'~5\\,m.% gone\n\n% a remark\nMore\n",
            "# A *first* one {#cha:a}\n\nWords—and ö, é, ç, ß “quoted” ‘x'\u{a0}5\u{202f}m.\n\nMore\n",
        ),
        (
            "\\section*{One}\nSee Section~\\ref{sec:t}.\\footnote{A \\textbf{note}.}\n\\subsection{Two}\\label{sec:t}\n1. no list * <b>\n",
            "## One\nSee Section\u{a0}\"[](#sec:t)\".^[A **note**.]\n\n### Two {#sec:t}\n1\\. no list \\* \\<b>\n",
        ),
        (
            "a\n\\begin{itemize}\n  \\item one\n  goes on\n  \\begin{enumerate}\n    \\item two\n  \\end{enumerate}\n\\item[Term] what\n\\end{itemize}\nb\n",
            "a\n\n- one\n  goes on\n\n  1. two\n\n- **Term** what\n\nb\n",
        ),
        (
            "\\begin{quote}\nSo \\textit{said}.\n\nTwice.\n\\end{quote}\n\\begin{verse}\none \\\\\ntwo\n\\end{verse}\n",
            "\n> So *said*.\n>\n> Twice.\n\n\n\n::: verse\none \ntwo\n:::\n\n",
        ),
        (
            "Code:\n%= lang:ruby\n\\begin{code}\nx = \"50%\" # `\\emph{y}`\n\\end{code}\n\\kode{a\\_b\\%} and \\verb|\\x{|.\n",
            "Code:\n\n```ruby\nx = \"50%\" # `\\emph{y}`\n```\n\n`a_b%` and `\\x{`.\n",
        ),
        (
            "\\begin{table}[h]\n\\centering\n\\begin{tabular}{l|r}\n\\textbf{A} & B\\&C \\\\ \\hline\n\\kode{x} & one\ntwo \\\\\n\\multicolumn{2}{c}{wide}\n\\end{tabular}\n\\caption{Of\nthings.\\label{table:t}}\n\\end{table}\n",
            "\n\n\n| **A** | B\\&C  |\n|---|---|\n| `x` | one two  |\n| wide  | |\n\n\n::: {.caption #table:t}\nOf things.\n:::\n",
        ),
        (
            "\\begin{figure}\n\\begin{center}\n\\image{a.gif}\n\\end{center}\n\\caption{Seen.\\label{fig:f}}\n\\end{figure}\n\\includegraphics[width=2in]{a.gif}\n{\\em all} {of} \\textcolor{red}{it} $a * b$\n",
            "![Seen.](../a.gif){#fig:f}\n\n![](../a.gif)\n*all* of it $a * b$\n",
        ),
    ] {
        let (files, findings) = folder(&[
            ("Book.txt", "a.tex\n"),
            ("config/book.yml", "title: T\n"),
            ("chapters/a.tex", tex),
            ("a.gif", GIF),
        ]);
        let empty = String::new();
        assert_eq!(files.get("chapters/a.md").unwrap_or(&empty), markdown, "{tex}\n{findings:?}");
        let report = &files["import-report.html"];
        assert!(!report.contains("does not read") && findings.is_empty(), "{findings:?} {report}");
    }
}

/// Fences in fences, tables without a head, and references to headings.
#[test]
fn marks_of_softcover_among_markdown_are_read() {
    let (files, findings) = folder(&[
        ("Book.txt", "a.md\n"),
        ("config/book.yml", "title: T\n"),
        (
            "a.md",
            "# A\n\\label{cha:a}\n\n```text\n```ruby\nx\n```\n```\n\n|a|b|\n|c|d|\n\nChapter~\\ref{cha:a}\n\n\\begin{equation}\n\\text{x}\n\\end{equation}\n",
        ),
    ]);
    assert_eq!(
        files["a.md"],
        "# A {#cha:a}\n\n````text\n```ruby\nx\n```\n````\n\n|  |  |\n|---|---|\n|a|b|\n|c|d|\n\nChapter\u{a0}\"[](#cha:a)\"\n\n\\begin{equation}\n\\text{x}\n\\end{equation}\n",
        "{findings:?}"
    );
}

#[test]
fn raised_letters_that_lead_to_and_fro_are_calls() {
    for call in ["<a href='#f' id='r'><sup>a</sup></a>", "<sup><a href='#f' id='r'>a</a></sup>"] {
        let page = format!("<p>A word{call} and more.</p><p id='f'><a href='#r'>a</a> The note.</p>");
        assert_eq!(text(&page), "A word[^1] and more.\n\n[^1]: The note.\n");
    }
    let linked = text("<p>See <a href='#f' id='r'>a</a> here.</p><p id='f'><a href='#r'>a</a> More.</p>");
    assert!(!linked.contains("[^"), "{linked}");
}

#[test]
fn what_stands_in_odd_places_of_open_document_texts_is_kept() {
    let body = "<text:p>One<text:note>stray<text:p>two</text:p><text:note-body>stray<text:p>three</text:p></text:note-body></text:note></text:p>\
        <text:list>stray<text:p>four</text:p><text:list-item><text:p>five</text:p></text:list-item></text:list>\
        <table:table><text:p>six</text:p><table:table-row><text:p>seven</text:p><table:table-cell>stray<text:p>eight</text:p></table:table-cell></table:table-row></table:table>";
    let files = of_word(&open_document(body), Changes::Accept);
    assert_eq!(
        files["01-text.md"],
        "One[^1]\n\n- four\n- five\n\neight\n\nsix\n\nseven\n\n[^1]: two\n\n    three\n"
    );
}

#[test]
fn changes_of_open_document_texts_are_accepted_or_rejected() {
    let region = |id: &str, inside: &str| {
        format!("<text:changed-region text:id='{id}'>{inside}</text:changed-region>")
    };
    let changes = [
        region("d", "<text:deletion><office:change-info/><text:p>old</text:p></text:deletion>"),
        region("e", "<text:deletion><text:p>end</text:p><text:p>start </text:p></text:deletion>"),
        region("i", "<text:insertion><office:change-info/></text:insertion>"),
    ];
    let body = format!(
        "<text:tracked-changes>{}</text:tracked-changes><text:p>The <text:change text:change-id='d'/><text:change-start text:change-id='i'/>new\
        <text:change-end text:change-id='i'/> gate</text:p><text:p>A <text:change text:change-id='e'/>of it.</text:p>",
        changes.concat()
    );
    let text = |changes| of_word(&open_document(&body), changes)["01-text.md"].clone();
    assert_eq!(text(Changes::Accept), "The new gate\n\nA of it.\n");
    assert_eq!(text(Changes::Reject), "The old gate\n\nA end\n\nstart of it.\n");
    let asked = of_word(&open_document(&body), Changes::Ask(""));
    let decisions = &asked["decisions.toml"];
    assert!(
        decisions.contains("id = \"deletion-e\"") && decisions.contains("words = \"end start\""),
        "{decisions}"
    );
    let nowhere = [
        "<text:changed-region><text:deletion><text:p>nameless</text:p></text:deletion></text:changed-region>"
            .to_owned(),
        region(
            "i",
            "<text:deletion><text:p>twice</text:p></text:deletion><text:deletion><text:p>thrice</text:p></text:deletion>",
        ),
    ];
    let with_them = body.replace("</text:tracked-changes>", &(nowhere.concat() + "</text:tracked-changes>"));
    for changes in [Changes::Accept, Changes::Reject] {
        let files = of_word(&open_document(&with_them), changes);
        assert_eq!(files["01-text.md"], text(changes));
        let report = &files["import-report.html"];
        assert!(["nameless", "twice", "thrice"].iter().all(|word| report.contains(word)), "{report}");
    }
    let rejected = "[[decision]]\nid = \"deletion-d\"\neditor = \"reject\"\n";
    assert_eq!(text(Changes::Ask(rejected)), "The oldnew gate\n\nA of it.\n");
}

#[test]
fn a_bomb_in_a_zip_is_refused_before_it_is_unpacked() {
    let zeros = vec![b' '; 70 << 20];
    let file = zipped(&[("word/document.xml", &zeros)]);
    assert!(file.len() < 1 << 20);
    let checked = self::file("bomb.docx", &file);
    assert!(checked.value.is_none());
    assert!(!checked.findings.is_empty());
    let deep = format!("{}{}{}", "<w:sdt>".repeat(10_000), line("deep"), "</w:sdt>".repeat(10_000));
    assert!(!self::file("deep.docx", &word(&deep, &[])).findings.is_empty());
}

/// A folder of these files, brought in: its files by name, and the findings.
/// Pictures of one name in two folders are two; one that is shown many times is read once.
#[test]
fn pictures_of_one_name_are_kept_apart() {
    let opf = "<package><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest>\
        <spine><itemref idref='a'/><itemref idref='a'/></spine></package>";
    let large = [&b"\x89PNG"[..], &[0; 20_000_000]].concat();
    let text = format!(
        "<html><body><h1>T</h1><p>a</p><img src='x/p.png'/><p>b</p><img src='y/p.png'/>{}</body></html>",
        "<img src='z/p.png'/>".repeat(2000)
    );
    let bytes = zipped(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", b"<container><rootfile full-path='c.opf'/></container>"),
        ("c.opf", opf.as_bytes()),
        ("a.xhtml", text.as_bytes()),
        ("x/p.png", b"\x89PNG one"),
        ("y/p.png", b"\x89PNG two"),
        ("z/p.png", &large),
    ]);
    let begin = spent_by_all();
    let converted = file("b.epub", &bytes).value.unwrap();
    let files: BTreeMap<&str, &[u8]> =
        converted.files.iter().map(|(name, bytes)| (&**name, &**bytes)).collect();
    assert_eq!(files["images/p.png"], b"\x89PNG one");
    assert_eq!(files["images/p-2.png"], b"\x89PNG two");
    assert_eq!(files["images/p-3.png"].len(), large.len());
    let texts: Vec<&&str> = files.keys().filter(|name| name.ends_with(".md")).collect();
    assert_eq!(texts.len(), 1, "a document that the spine names twice is there once");
    assert!(spent_by_all() - begin < Duration::from_secs(20));
}

/// What took time by the square of its length: each takes a second now.
#[test]
fn sources_take_no_time_by_their_square() {
    let many = 100_000;
    let anchors: String = (0..30_000).map(|n| format!("<a id=a{n} href=#a{}>{n}</a> ", n + 1)).collect();
    let refinements: String = (0..40_000)
        .map(|n| {
            format!("<dc:creator id='c{n}'>A</dc:creator><meta refines='#c{n}' property='role'>aut</meta>")
        })
        .collect();
    let opf = format!(
        "<package><metadata>{refinements}</metadata><manifest><item id='a' href='a.xhtml' \
         media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/></spine></package>"
    );
    let epub = zipped(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", b"<container><rootfile full-path='c.opf'/></container>"),
        ("c.opf", opf.as_bytes()),
        ("a.xhtml", b"<html><body><p>words</p></body></html>"),
    ]);
    let remarks: String = (0..many).map(|n| format!("<w:commentRangeStart w:id='{n}'/>")).collect();
    let field = format!(
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>HYPERLINK {}</w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType='separate'/></w:r>{}</w:p>",
        "x".repeat(1_000_000),
        "<w:r><w:t>a</w:t></w:r>".repeat(many)
    );
    let boxes = format!(
        "<w:p><w:r><w:pict>{}{}</w:pict></w:r></w:p>",
        "<w:txbxContent><w:p/></w:txbxContent>".repeat(many / 4),
        "<mc:Fallback/>".repeat(many)
    );
    let blank = "<w:p/>".repeat(many) + &line("words.").repeat(many);
    let wide = format!("<w:p>{remarks}</w:p>{}", line("words").repeat(many / 4));
    let open =
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>";
    let fields = format!("<w:p>{}</w:p>{}", open.repeat(many), line("words").repeat(many / 4));
    let texts: [(&str, &str, Vec<u8>); 9] = [
        ("breaks", "a.html", format!("<html><body><p>{}words", "<br>".repeat(1_000_000)).into_bytes()),
        ("anchors", "a.html", format!("<html><body><p>{anchors}").into_bytes()),
        ("refinements", "a.epub", epub),
        ("remarks", "a.docx", word(&wide, &[])),
        ("a field", "a.docx", word(&field, &[])),
        ("fields", "a.docx", word(&fields, &[])),
        ("boxes", "a.docx", word(&(boxes + &line("words")), &[])),
        ("blank lines", "a.docx", word(&blank, &[])),
        ("remarks of OpenDocument", "a.odt", open_document(&remarks_of_open_document(many / 4))),
    ];
    for (what, name, bytes) in texts {
        let begin = spent_by_all();
        let checked = file(name, &bytes);
        let spent = spent_by_all() - begin;
        assert!(checked.value.is_some(), "{what}: {:?}", checked.findings);
        assert!(spent < Duration::from_secs(40), "{what} take {spent:?}");
    }
}

fn remarks_of_open_document(count: usize) -> String {
    let remark = |n| format!("<office:annotation office:name='r{n}'/>");
    let begin: String = (0..count).map(remark).collect();
    format!("<text:p>{begin}</text:p>{}", "<text:p>words</text:p>".repeat(count))
}

/// Deletions within deletions come back as far as any book goes, and are followed no further.
#[test]
fn deletions_within_deletions_end() {
    let change = |n: usize| {
        format!(
            "<text:changed-region text:id='c{n}'><text:deletion><office:change-info/><text:p>word{n}\
             <text:change text:change-id='c{}'/></text:p></text:deletion></text:changed-region>",
            n + 1
        )
    };
    let changes: String = (0..20_000).map(change).collect();
    let body = format!(
        "<text:tracked-changes>{changes}</text:tracked-changes><text:p>kept <text:change text:change-id='c0'/></text:p>"
    );
    let tree = Tree { name: "a.odt".to_owned(), paths: BTreeSet::new(), read: &|_| None };
    let bytes = open_document(&body);
    let checked =
        convert(&Request { name: "a.odt", bytes: Some(&bytes), tree: &tree, changes: Changes::Reject });
    let files = checked.value.unwrap_or_else(|| panic!("{:?}", checked.findings)).files;
    let texts: String = files.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
    assert!(texts.contains("kept word0word1"), "{}", texts.chars().take(300).collect::<String>());
}

/// A tree takes fifty times its tags, so that there is a most.
#[test]
fn sources_of_too_many_tags_are_refused_with_the_number() {
    for (name, bytes) in [
        ("a.html", format!("<html><body>{}", "<b>w</b>".repeat(2_100_000)).into_bytes()),
        ("a.docx", word(&"<w:p/>".repeat(4_100_000), &[])),
    ] {
        let checked = file(name, &bytes);
        let said = checked.findings.iter().find(|finding| finding.code == Code::LimitExceeded);
        assert!(
            checked.value.is_none()
                && said.is_some_and(|said| said.message.contains("4,000,000 tags is the most")),
            "{name}: {:?}",
            checked.findings
        );
    }
    // each of these was looked for to the end of the page
    let begin = spent_by_all();
    assert!(
        file("a.html", format!("<html><body>words{}", "<!a>".repeat(400_000)).as_bytes()).value.is_some()
    );
    assert!(spent_by_all() - begin < Duration::from_secs(20));
}

/// Where a mark is not closed, its end is not looked for in all that follows, once for each.
#[test]
fn marks_that_nobody_closes_take_no_time_by_their_square() {
    let pages = ["<a/b=c", "<a \"", "<a b='", "<title>", "</p>", "<!--", "<![CDATA["];
    let texts = [
        "](",
        "![](<",
        "![a](b.png",
        "[a](",
        "<a/b=c",
        "<svg>",
        "<figure>",
        "<div>",
        "</div>",
        "<!--",
        "&",
        "{{#include ",
        "<<(",
        "{{< ",
        "\\ref{",
        "){",
        "[^",
        "][",
        "](((",
        "```\na\n```\n",
        "`",
    ];
    let pages = pages.iter().map(|piece| ("page.html", piece));
    for (name, piece) in pages.chain(texts.iter().map(|piece| ("book.md", piece))) {
        let begin = spent_by_all();
        drop(file(name, format!("{}</title><p>words</p>", piece.repeat(120_000 / piece.len())).as_bytes()));
        let spent = spent_by_all() - begin;
        assert!(spent < Duration::from_secs(30), "{piece:?} in {name} takes {spent:?}");
    }
}

/// A note that is called is known by its number, and not looked for among all those before it.
#[test]
fn many_notes_take_no_time_by_their_square() {
    let many = 40_000;
    let calls: String = (0..many).map(|n| format!("<p>a<a href=#n{n} id=r{n}>{n}</a></p>")).collect();
    let notes: String = (0..many).map(|n| format!("<p id=n{n}><a href=#r{n}>[{n}]</a> note</p>")).collect();
    let begin = spent_by_all();
    let checked = file("page.html", format!("<html><body>{calls}{notes}").as_bytes());
    assert!(checked.value.is_some(), "{:?}", checked.findings);
    let spent = spent_by_all() - begin;
    assert!(spent < Duration::from_secs(60), "{many} notes take {spent:?}");
}

fn folder(files: &[(&str, &str)]) -> (BTreeMap<String, String>, Vec<Diagnostic>) {
    let read =
        |path: &str| files.iter().find(|(name, _)| *name == path).map(|(_, text)| text.as_bytes().to_vec());
    let paths = files.iter().map(|(name, _)| (*name).to_owned()).collect();
    let tree = Tree { name: "my-book".to_owned(), paths, read: &read };
    let request = Request { name: "my-book", bytes: None, tree: &tree, changes: Changes::Accept };
    let checked = convert(&request);
    let files = checked.value.map(|value| value.files).unwrap_or_default();
    let text = |(name, bytes): (String, Vec<u8>)| (name, String::from_utf8_lossy(&bytes).into_owned());
    (files.into_iter().map(text).collect(), checked.findings)
}

const GIF: &str = "GIF89a";

/// What is named at the foot of a text leads where it led: pictures come in, and renamed texts are found.
#[test]
fn addresses_at_the_foot_of_a_text_are_followed() {
    let (files, findings) = folder(&[
        ("SUMMARY.md", "# Summary\n\n- [Start](a/index.md)\n- [Two](b/index.md)\n"),
        (
            "a/index.md",
            "# A\n\n![Seen][pic]\n\n[![Build][badge]][ci], a ![Pic] and [two][], [Two], `[Two]`, [here][].\n\n[pic]: ../img/a.gif 'A title'\n[badge]: https://x.org/b.svg\n[ci]: https://x.org/\n[two]:\n  <../b/index.md#there>\n[here]: #a\n",
        ),
        (
            "b/index.md",
            "# B\n\n## There\n\n然后使用[`map`]和[range语法]将内存区域迭代器转化为地址范围的迭代器，使用[说明](../a/index.md)安装它。这句话很长因为没有空格所以证明必须逐字进行比较。\n\n[import, x.js](../x.js)\n\n[import:2-2](../x.js)\n\nSee [x](#x.js). {{book.mark}}Node {{ book.node }}.\n\n<!-- gone\n\n```lua\nx\n``` -->\n\n[`map`]: https://a.org\n[range语法]:\nhttps://b.org\n",
        ),
        ("book.json", "{\"variables\": {\"node\": \"v22\", \"mark\": \"<a class='x'></a>\"}}"),
        ("img/a.gif", GIF),
        ("x.js", "one();\ntwo();\n"),
    ]);
    assert_eq!(
        files["a/start.md"],
        "# A\n\n![Seen](../img/a.gif 'A title')\n\n[Build][ci], a ![Pic](../img/a.gif) and [two](../b/start.md#there), [Two](../b/start.md#there), `[Two]`, [here][].\n\n[ci]: https://x.org/\n[here]: #a\n"
    );
    let b = &files["b/start.md"];
    assert!(b.contains("```js\none();\ntwo();\n```\n\n::: {.caption #x.js}\n`x.js`\n:::\n"), "{b}");
    assert!(b.contains("```js\ntwo();\n```\n\nSee [x](#x.js). Node v22.\n"), "{b}");
    assert!(b.contains("[说明](../a/start.md)安装它"), "{b}");
    let said: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(said, ["the source names a file that is not in it: `https://x.org/b.svg`"]);
}

#[test]
fn mdbook_keeps_order_parts_ranks_and_included_files() {
    let (files, findings) = folder(&[
        ("book.toml", "[book]\ntitle = \"T\"\nauthors = [\"A\", \"B\"]\nlanguage = \"en\"\n"),
        (
            "src/SUMMARY.md",
            "# Summary\n\n[Preface](preface.md)\n\n# First Part\n\n- [One](one.md)\n  - [Inner](one/inner.md)\n  - [Its title](one/own.md)\n\n# Second\n\n- [Two](two.md)\n- [Three](three.md)\n",
        ),
        ("src/preface.md", "Words.\n"),
        (
            "src/one.md",
            "# One\n\n{{#include ../code/x.rs:2}}\n\n```rust,ignore\n# fn main() {\nlet a = 1;\n# }\n```\n\n# Again\n",
        ),
        (
            "src/one/inner.md",
            "# Inner\n\n[back](../one.html#again) <span class=\"q\">a <b>b</b></span> {{#include gone.md}}\n",
        ),
        // a directive behind a backslash is shown
        ("src/two.md", "# Two\n\n`\\{{#include ../code/x.rs}}` is \\{{#playground ../code/x.rs}}\n"),
        // a page that begins with a heading has its title there, whatever its rank
        ("src/one/own.md", "## Its *own* title\n\nText.\n\n### Below\n"),
        ("src/three.md", "### Three\n\n#### Below\n\nText.\n"),
        ("code/x.rs", "first\nsecond\nthird\n"),
    ]);
    assert_eq!(files["preface.md"], "# Preface\n\nWords.\n");
    assert_eq!(files["one.md"], "# One\n\nsecond\n\n```rust\nlet a = 1;\n```\n\n## Again\n");
    assert_eq!(
        files["one/inner.md"],
        "## Inner\n\n[back](../one.md#again) a <b>b</b> `{{#include gone.md}}`\n"
    );
    assert_eq!(files["two.md"], "# Two\n\n`{{#include ../code/x.rs}}` is `{{#playground ../code/x.rs}}`\n");
    assert_eq!(files["one/own.md"], "## Its *own* title\n\nText.\n\n### Below\n");
    assert_eq!(files["three.md"], "# Three\n\n## Below\n\nText.\n");
    assert!(files["part-2-first-part.md"].starts_with("# First Part {.part}"));
    let toml = &files["book.toml"];
    assert!(toml.contains("\"contents\", \"preface.md\"]") && toml.contains("name = \"B\""), "{toml}");
    assert_eq!(findings.iter().map(|f| f.code.name()).collect::<Vec<_>>(), ["import-missing"]);
}

/// An address between angle brackets is no tag, in whatever block it stands.
#[test]
fn addresses_between_angle_brackets_stay() {
    let text = "# One\n\nSee <https://a.org/b?c=d>, <me.you+x@mail.example.org>, <mailto:me@x.org> and <tel:+49-30-1>.\n\n> <ftp://a.org>\n\n- <urn:isbn:0451450523>\n\nCall[^1].\n\n[^1]: At <https://rust-lang.org>.\n";
    let (files, findings) = folder(&[("1.md", text)]);
    // addresses that a book links to nowhere stay as words
    let kept = text.replace("<tel:", "\\<tel:").replace("<ftp:", "\\<ftp:").replace("<urn:", "\\<urn:");
    assert_eq!(files["1.md"], kept);
    assert_eq!(findings.iter().map(|f| f.code.name()).collect::<Vec<_>>(), ["import-left"]);
}

#[test]
fn boxes_of_web_pages_become_admonitions() {
    for (html, wanted) in [
        ("<div class=\"warning\">\n\nDo not.\n\n</div>", "::: warning\n\nDo not.\n\n:::"),
        ("<div class=\"alert alert-info\" role=\"alert\">Know.</div>", "::: note\n\nKnow.\n\n:::"),
        (
            "<aside class=\"admonition tip\">\n\nTry <div>this</div>.\n\n</aside>",
            "::: tip\n\nTry this.\n\n:::",
        ),
        ("<p class=\"danger\">Hot.</p>", "::: caution\n\nHot.\n\n:::"),
        ("<div class=\"wide\">\n\nWords.\n\n</div>", "Words."),
    ] {
        let (files, findings) = folder(&[("1.md", &format!("# One\n\n{html}\n\nMore.\n"))]);
        let text =
            files["1.md"].split("\n").map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>();
        let wanted = format!("# One\n{wanted}\nMore.");
        let flat = wanted.split('\n').filter(|line| !line.is_empty()).collect::<Vec<_>>();
        if html.contains("<div>") {
            // a division without a class parts paragraphs
            assert_eq!(text.join(" "), "# One ::: tip Try this . ::: More.");
        } else {
            assert_eq!(text, flat, "{html}");
        }
        assert!(findings.is_empty(), "{findings:?}");
    }
}

#[test]
fn texts_in_folders_come_with_those_above_them() {
    let (files, _) = folder(&[
        ("Characters.md", "# Characters\n"),
        ("README.md", "About.\n"),
        ("Draft/Chapter 10.md", "# Ten\n"),
        ("Draft/Chapter 2.md", "# Two\n"),
    ]);
    let toml = &files["book.toml"];
    let at = |name: &str| toml.find(name).unwrap_or_else(|| panic!("{name} in {toml}"));
    assert!(at("Characters.md") < at("Draft/Chapter 2.md") && at("Chapter 2.md") < at("Chapter 10.md"));
    assert!(!files.contains_key("README.md") && files["import-report.html"].contains("README.md"));
}

/// The style of an imported book goes by the tool it comes from, and by what its texts hold.
#[test]
fn an_imported_book_has_a_style_of_its_kind() {
    let style = |files: &[(&str, &str)]| {
        let (files, _) = folder(files);
        files["book.toml"].split("[style]\nname = ").nth(1).unwrap().lines().next().unwrap().to_owned()
    };
    let mdbook =
        [("book.toml", "[book]\n"), ("src/SUMMARY.md", "- [A](a.md)\n"), ("src/a.md", "# A\n\nB.\n")];
    assert_eq!(style(&mdbook), "\"textbook\"");
    assert_eq!(style(&[("1.md", "# A\n\nShe left.\n\n* * *\n\nHe stayed.\n")]), "\"novel\"");
    assert_eq!(style(&[("1.md", "# A\n\n```\nx = 1\n```\n")]), "\"textbook\"");
    assert_eq!(style(&[("1.md", "# A\n\n## B\n\nC.[^1]\n\n[^1]: D.\n")]), "\"pamphlet\"");
}

#[test]
fn quarto_and_bookdown_keep_code_captions_and_references() {
    let (files, _) = folder(&[
        (
            "_quarto.yml",
            "project:\n  type: book\nbook:\n  title: \"T\"\n  author: A. Writer\n  chapters:\n    - index.qmd\n    - part: P\n      chapters:\n        - a.qmd\n",
        ),
        ("index.qmd", "# Preface {.unnumbered}\n"),
        (
            "a.qmd",
            "---\ntitle: A text\n---\n\n::: {.callout-note}\nMind.\n:::\n\n```{r}\nx <- 1\n```\n\n![Cap](i/x.png){#fig-x fig-align=\"left\"}\n\nSee @fig-x.\n",
        ),
        ("i/x.png", GIF),
    ]);
    assert_eq!(
        files["a.md"],
        "# A text\n\n\n::: note\nMind.\n:::\n\n```r\nx <- 1\n```\n\n![Figure 1. Cap](i/x.png){#fig-x}\n\nSee [Figure 1](#fig-x).\n"
    );
    let (files, _) = folder(&[
        ("_bookdown.yml", "rmd_files: [\n  \"index.Rmd\", # first\n  \"02.Rmd\"\n]\n"),
        (
            "index.Rmd",
            "---\ntitle: \"T\"\nauthor: \"A\"\ndate: \"2020-01-02\"\n---\n\n# Welcome {-}\n\nOne\n\\index{a} \\indexc{b{c}}\ntwo\\index{d!e} three `\\index{f}`.\n",
        ),
        ("02.Rmd", "# (PART) Basics {-}\n\n# Two {#two}\n\nSee \\@ref(two) and `\\@ref(two)`.\n"),
    ]);
    assert_eq!(files["02.md"], "# Basics {.part}\n\n# Two {#two}\n\nSee \"[](#two)\" and `\\@ref(two)`.\n");
    assert!(files["book.toml"].contains("date = \"2020-01-02\""), "{}", files["book.toml"]);
    // marks for an index print nothing, and part no paragraph
    let welcome = files.values().find(|text| text.trim_start().starts_with("# Welcome")).unwrap();
    assert!(welcome.ends_with("\n\nOne\ntwo three `\\index{f}`.\n"), "{welcome}");
}

/// What other tools number has its number in the caption, and where it is referred to; code that would draw it is kept,
/// with the caption; theorems have their names.
#[test]
fn references_say_the_numbers_that_captions_have() {
    let quarto = "# One {#sec-one}\n\nSee @fig-p, [-@fig-q], [Figs. @fig-p; -@fig-q], @eq-l, @lst-c, @thm-t, @tbl-a and @sec-one.\n\n\
        ```{python}\n#| label: fig-p\n#| fig-cap: \"A plot\"\nplot()\n```\n\n![Cap](x.gif){#fig-q}\n\n\
        $$\nx\n$$ {#eq-l}\n\n```{#lst-c .python lst-cap=\"A *listing*\"}\nf()\n```\n\n\
        ::: {#thm-t}\n\n## Line\n\nIt is straight.\n\n:::\n\n::: {.proof}\n```\ncode\n```\n:::\n\n\
        | a |\n|---|\n| 1 |\n\n: Of numbers {#tbl-a}\n";
    let (files, findings) = folder(&[
        ("_quarto.yml", "book:\n  title: T\n  chapters: [index.qmd, a.qmd]\nlang: de\n"),
        ("index.qmd", "# P\n"),
        ("a.qmd", quarto),
        ("x.gif", GIF),
    ]);
    assert!(findings.is_empty(), "{findings:?}");
    let text = &files["a.md"];
    for wanted in [
        "See [Abbildung 1](#fig-p), [2](#fig-q), Figs. [1](#fig-p), [2](#fig-q), [Equation 1](#eq-l), [Listing 1](#lst-c), [Theorem 1](#thm-t), [Tabelle 1](#tbl-a) and \"[](#sec-one)\".",
        "```python\nplot()\n```\n\n::: {.caption #fig-p}\nAbbildung 1. A plot\n:::\n",
        "![Abbildung 2. Cap](x.gif){#fig-q}",
        "$$ [(1)]{#eq-l}",
        "```python\nf()\n```\n\n::: {.caption #lst-c}\nListing 1. A *listing*\n:::\n",
        "**Theorem [1]{#thm-t} (Line).** It is straight.",
        "*Proof.*\n\n```\ncode\n```",
        ": Tabelle 1. Of numbers {#tbl-a}",
    ] {
        assert!(text.contains(wanted), "{wanted} in {text}");
    }
    let bookdown = "# Two\n\nFigure \\@ref(fig:s), Table \\@ref(tab:k), Theorem \\@ref(thm:py), (\\@ref(eq:e)), Section \\@ref(whats-new-in-2.0) and \\@ref(three).\n\n\
        (ref:cap) The words *of it*.\n\n```{r s, fig.cap='(ref:cap)'}\nplot(x)\n```\n\n\
        ```{r, k, echo=FALSE}\nkable(x, caption = \"Of \\\"x\\\"\")\n```\n\n```{theorem, py, name=\"Pyth\"}\nIt is so.\n```\n\n\
        \\begin{equation}\nx (\\#eq:e)\n\\end{equation}\n\n## What's new in 2.0?\n\n## Other {#three-other}\n\nThree.\n";
    let (files, findings) = folder(&[
        ("_bookdown.yml", "rmd_files: [index.Rmd, 2.Rmd, 3.Rmd]\n"),
        ("index.Rmd", "---\ntitle: T\n---\n# W\n"),
        ("2.Rmd", bookdown),
        ("3.Rmd", "# Three\n"),
    ]);
    assert!(findings.is_empty(), "{findings:?}");
    let text = &files["2.md"];
    for wanted in [
        "Figure [1](#fig:s), Table [1](#tab:k), Theorem [1](#thm:py), ([(1)](#eq:e)), Section \"[](#whats-new-in-20)\" and \"[](3.md)\".",
        "```r\nplot(x)\n```\n\n::: {.caption #fig:s}\nFigure 1. The words *of it*.\n:::\n",
        "::: {.caption #tab:k}\nTable 1. Of \"x\"\n:::\n",
        "**Theorem [1]{#thm:py} (Pyth).** It is so.",
        "x [(1)]{#eq:e}",
    ] {
        assert!(text.contains(wanted), "{wanted} in {text}");
    }
    assert!(!text.contains("(ref:cap)"), "{text}");
}

/// A picture is no wider than its pixels can be printed; what stands for another format alone goes.
#[test]
fn widths_and_passages_of_other_formats() {
    // a PNG of 300 by 200 pixels, as far as its head says
    let png = |path: &str| {
        (path == "p.png").then(|| b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x2c\0\0\0\xc8".to_vec())
    };
    let text = "# A\n\n![a](p.png){width=100%}\n\n![b](p.png){width=30%}\n\n![c](p.png){width=3in}\n\n![d](p.png){#d width=190px}\n\n\
        ```{=latex}\n\\vspace{1em}\n```\n\nA `<br>`{=html}b `c`{.r} [d]{style=\"x\"} [e]{.f g=\"h\"}. \\newpage\n";
    let read = |path: &str| png(path).or_else(|| (path == "1.md").then(|| text.as_bytes().to_vec()));
    let paths = BTreeSet::from(["1.md".to_owned(), "p.png".to_owned()]);
    let tree = Tree { name: "b".to_owned(), paths, read: &read };
    let request = Request { name: "b", bytes: None, tree: &tree, changes: Changes::Accept };
    let files = convert(&request).value.unwrap().files;
    let (_, text) = files.iter().find(|(name, _)| name == "1.md").unwrap();
    assert_eq!(
        String::from_utf8_lossy(text),
        "# A\n\n![a](p.png)\n\n![b](p.png){width=30%}\n\n![c](p.png)\n\n![d](p.png){#d width=190px}\n\n\nA b `c` d [e]{.f}. \n"
    );
}

/// Every word is there, however a command of TeX or a link divides it.
#[test]
fn words_that_marks_divide_are_proved() {
    let (files, findings) = folder(&[
        ("Book.txt", "a.md\n"),
        ("config/book.yml", "title: T\n"),
        (
            "a.md",
            "# A\n\nMac\\TeX\\ in [Learn Enough\\href{http://x.org/r}{robots} to Be](https://y.org). Code \\verb+```+ is \\verb|a`b|, 参考[说明](x.md)安装, x<b>y</b>z.\n",
        ),
    ]);
    assert!(findings.is_empty(), "{findings:?}");
    assert!(
        files["a.md"].starts_with(
            "# A\n\nMacTeX in [Learn Enoughrobots to Be](https://y.org). Code ```` ``` ```` is ``a`b``"
        ),
        "{}",
        files["a.md"]
    );
}

/// What came of one text of a book of a tool, whose folder these files make.
fn one_of(files: &[(&str, &str)], name: &str) -> String {
    let (made, findings) = folder(files);
    let report = made.get("import-report.html").cloned().unwrap_or_default();
    assert!(!report.contains("that are lost"), "{report}");
    made.get(name).cloned().unwrap_or_else(|| panic!("{name}: {:?} {findings:?}", made.keys()))
}

/// Each of the passages came of a text, and none of those that should not.
fn holds(text: &str, passages: &[&str], lacks: &[&str]) {
    passages.iter().for_each(|passage| assert!(text.contains(passage), "{passage:?} in {text}"));
    lacks.iter().for_each(|mark| assert!(!text.contains(mark), "{mark:?} in {text}"));
}

#[test]
fn boxes_captions_and_cells_of_engineers_books_are_read() {
    let chapter = "# One\n\n```admonish warning title=\"Mind\"\nIt is *hot*.\n```\n\n```admonish\nplain\n```\n\n\
        <Listing number=\"2-1\" file-name=\"src/main.rs\" caption=\"It panics\">\n\n```rust\nfn main() {}\n```\n\n</Listing>\n\n\
        <figure>\n<img src=\"a.gif\">\n<figcaption>A <em>c</em> of <code>x</code></figcaption>\n</figure>\n\n\
        | a | b |\n|---|---|\n| `x | y` | 1 |\n\n<a id=\"-old\"></a>\n\n[old](#-old)\n\n| a |\n|---|\n| 1 | two |\n";
    let files = [
        ("src/SUMMARY.md", "- [One](one.md)\n"),
        ("book.toml", "[book]\ntitle = \"T\"\n"),
        ("src/one.md", chapter),
        ("src/a.gif", GIF),
    ];
    let wanted = [
        "::: warning\n**Mind**\n\nIt is *hot*.\n:::",
        "::: note\nplain\n:::",
        "`src/main.rs`",
        "::: caption\nListing 2-1. It panics\n:::",
        "![A *c* of `x`](a.gif)",
        "| `x \\| y` | 1 |",
        "| a |  |\n|---|---|\n| 1 | two |",
    ];
    holds(&one_of(&files, "one.md"), &wanted, &["admonish", "Listing number"]);
}

#[test]
fn code_in_html_is_code() {
    let chapter = "# One\n\n<pre><code class=\"lang-py\">{% include \"a.py\" %}</code></pre>\n\n\
        <pre><code>a &lt; b\n\n  # c</code></pre>\n\n- item\n\n  <pre>\n  *d* <span class=\"k\">e</span>\n  </pre>\n\nWords.\n";
    let files = [("SUMMARY.md", "- [One](one.md)\n"), ("a.py", "x = 1\n\n# y\n"), ("one.md", chapter)];
    let wanted = ["```py\nx = 1\n\n# y\n```", "```\na < b\n\n  # c\n```", "  ```\n  *d* e\n  ```", "Words."];
    holds(&one_of(&files, "one.md"), &wanted, &["<pre", "code>", "&lt;", "## y"]);
}

#[test]
fn places_pictures_and_tags_of_gitbook_are_read() {
    let start = "# Start\n\n## Part <a href=\"#part\" id=\"part\"></a>\n\n![](<.gitbook/assets/a (1).gif>)\n\n\
        <figure><img src=\".gitbook/assets/a (1).gif\" alt=\"\"><figcaption><p>Seen</p></figcaption></figure>\n\n\
        {% embed url=\"https://x.org\" %}\nFilm\n{% endembed %}\n\n{% stepper %}\n{% step %}\nDo it.\n{% endstep %}\n{% endstepper %}\n\n\
        {% if a %}b{% endif %}\n";
    let files =
        [("SUMMARY.md", "* [Start](start.md)\n"), ("start.md", start), (".gitbook/assets/a (1).gif", GIF)];
    let wanted =
        ["## Part []{#part}\n", "a%20%281%29.gif", "![Seen](", "Do it.", "Film", "{% if a %}b{% endif %}"];
    holds(&one_of(&files, "start.md"), &wanted, &["[part](", "step", "embed"]);
}

#[test]
fn divisions_chunks_and_children_of_scientists_books_are_read() {
    let one = "# One\n\nSee @fig-both and @fig-flow.\n\n::: {#fig-both layout-ncol=2}\n![A](a.gif)\n\n![B](a.gif)\n\nTwo\nplots\n:::\n\n\
        ```{mermaid}\n%%| fig-cap: \"A flow\"\n%%| label: fig-flow\nA --> B\n```\n\n{{< kbd Ctrl-C >}}\n";
    let quarto = "project:\n  type: book\nbook:\n  title: T\n  chapters:\n    - one.qmd\n";
    let files = [("_quarto.yml", quarto), ("one.qmd", one), ("a.gif", GIF)];
    let wanted = [
        "See [Figure 1](#fig-both) and [Figure 2](#fig-flow).",
        "::: {.caption #fig-both}\nFigure 1. Two\nplots\n:::",
        "::: {.caption #fig-flow}\nFigure 2. A flow\n:::",
        "<kbd>Ctrl-C</kbd>",
    ];
    holds(&one_of(&files, "one.md"), &wanted, &["layout-ncol", "%%|"]);

    let index = "--- \ntitle: \"T\"\nauthor: A. B.\n---\n\n# One\n\n```{block, type='rmdwarning'}\nHot.\n```\n\n```{r, child=\"_part.Rmd\"}\n```\n\n\
        <div class=\"figure\">\n<img src=\"a.gif\"/>\n<p class=\"caption\">(\\#fig:h) Drawn.</p>\n</div>\n\nFigure \\@ref(fig:h)\n\n\
        `r if (knitr::is_html_output()) '## References {-}'`\n";
    let files =
        [("index.Rmd", index), ("_bookdown.yml", "x: y\n"), ("_part.Rmd", "A *child*.\n"), ("a.gif", GIF)];
    let (made, _) = folder(&files);
    holds(&made["book.toml"], &["title = \"T\"", "A. B."], &[]);
    let wanted = [
        "::: warning\nHot.\n:::",
        "A *child*.",
        "Figure 1.  Drawn.",
        "Figure [1](#fig:h)",
        "\n## References {-}\n",
    ];
    holds(&made["start.md"], &wanted, &["```"]);
}

#[test]
fn attributes_and_remarks_of_leanpub_and_softcover_are_read() {
    let one = "# One\n\n{alt: \"seen\", caption: \"Shown\"}\n![](a.gif)\n\n{title: \"L\", id: l1}\n```\nx\n```\n\n\
        | a | b |\n|---|---|\n| 1 | 2 |\n{caption: \"Of both\"}\n\n{id: x}\n## Sec\n\n%% nobody -- reads\n\nIf {$$}x_1{/$$} is.\n\n{$$}\ny\n{/$$}\n";
    let files = [("Book.txt", "one.md\n"), ("one.md", one), ("a.gif", GIF)];
    let wanted = [
        "![Shown](a.gif){alt=\"seen\"}",
        "::: {.caption #l1}\nL\n:::",
        "::: caption\nOf both\n:::",
        "## Sec {#x}",
        "<!-- nobody - - reads -->",
        "If $x_1$ is.\n\n$$\ny\n$$",
    ];
    holds(&one_of(&files, "one.md"), &wanted, &["{title", "%%"]);

    let master = "\\include{preface}\n\\mainmatter\n\\include{chapters/b}\n\\include{chapters/a}\n";
    let files = [
        ("config/book.yml", "title: T\n"),
        ("t.tex", master),
        ("chapters/a.md", "# A\n"),
        ("chapters/b.md", "# B\n"),
    ];
    let (made, _) = folder(&files);
    holds(&made["book.toml"], &["    \"chapters/b.md\",\n    \"chapters/a.md\",\n"], &[]);
}

#[test]
fn shortcodes_and_kramdown_of_sites_are_read() {
    let one = "---\ntitle: Page\n---\n\n{{< tabs \"id\" >}}\n{{< tab \"Mac\" >}} # Head {{< /tab >}}\n{{< /tabs >}}\n\n\
        {{% notice tip \"Mind\" %}}\nIt.\n{{% /notice %}}\n\n{{< columns >}}\nLeft\n<--->\nRight\n{{< /columns >}}\n\n\
        {{< highlight go \"linenos=table\" >}}\nx := 1\n{{< /highlight >}}\n\n{{</* shown */>}}\n";
    let files = [("hugo.toml", "title = 'T'\n"), ("content/docs/one.md", one)];
    let wanted = [
        "## Page\n",
        "**Mac**\n\n ### Head",
        "::: tip\n**Mind**\n\nIt.\n:::",
        "Left\n\nRight",
        "```go\nx := 1\n```",
        "\\{{< shown >}}",
    ];
    holds(&one_of(&files, "docs/one.md"), &wanted, &["<--->", "{{< tab"]);

    let one = "---\ntitle: One\n---\n\n{: .note }\nMind.\n\n> Quoted\n{: .warning }\n\n{% comment %}gone -- far{% endcomment %}\n\n\
        |---\n| A | B\n|-|:-\n| 1 | 2\n|===\n| f | g\n|---\n\n{% highlight ruby %}\nputs 1\n{% endhighlight %}\n";
    let files = [
        ("_config.yml", "title: T\ncollections:\n  chapters:\n    output: true\n"),
        ("_chapters/one.md", one),
    ];
    let wanted = [
        "::: note\nMind.\n:::",
        "::: warning\nQuoted\n:::",
        "<!-- gone - - far -->",
        "\n\n| A | B\n|-|:-\n| 1 | 2\n| f | g\n",
        "```ruby\nputs 1\n```",
    ];
    holds(&one_of(&files, "one.md"), &wanted, &["==="]);
}

#[test]
fn title_blocks_parts_and_pauses_of_pandocs_novelists_are_read() {
    let novel = "% The Road\n  Home\n% Ann Author; Bob Other\n% 2019\n\n# Part I {.unnumbered}\n\n# Chapter 1\n\nIt\\ began.\n\n\\\n\nIt went on.\n\nTwo\n===\n\nSee [two].\n";
    let tree = Tree {
        name: ".".into(),
        paths: ["n.md".to_owned()].into(),
        read: &|_| Some(novel.as_bytes().to_vec()),
    };
    let request =
        Request { name: "n.md", bytes: Some(novel.as_bytes()), tree: &tree, changes: Changes::Accept };
    let made = convert(&request).value.unwrap();
    let text = |name: &str| {
        let file = made.files.iter().find(|(path, _)| path == name);
        String::from_utf8_lossy(&file.unwrap_or_else(|| panic!("{name}: {}", made.told)).1).into_owned()
    };
    holds(
        &text("book.toml"),
        &["title = \"The Road Home\"", "name = \"Ann Author\"", "name = \"Bob Other\"", "date = \"2019\""],
        &[],
    );
    holds(&text("01-part-i.md"), &["# Part I {.part}"], &[]);
    holds(&text("02-chapter-1.md"), &["It\u{a0}began.\n\n* * *\n\nIt went on."], &["\\"]);
}

#[test]
fn sites_say_their_order_in_many_ways() {
    let (files, findings) = folder(&[
        ("_config.yml", "title: T\ncollections:\n  essays:\n    output: true\n"),
        ("_essays/b.md", "---\ntitle: B\norder: 1\n---\nB.\n"),
        ("_essays/a.md", "---\ntitle: A\norder: 2\n---\nA.\n"),
        (
            "_posts/2021-02-01-second.md",
            "---\ntitle: Second\n---\nTo [one]({% post_url 2020-01-05-first %}), {{ page.title }}.\n\n{% highlight ruby %}\nputs 1\n{% endhighlight %}\n\n* TOC\n{:toc}\n",
        ),
        (
            "_posts/2020-01-05-first.md",
            "---\ntitle: First\ndate: 2020-01-05\n---\n[a]({% link _essays/a.md %}) {% include figure.html src=\"/x.gif\" caption=\"Cap\" %}\n\n![b]({{ '/x.gif' | relative_url }})\n",
        ),
        ("x.gif", GIF),
    ]);
    assert!(findings.is_empty(), "{findings:?}");
    let toml = &files["book.toml"];
    let order = ["_essays/b.md", "_essays/a.md", "_posts/2020-01-05-first.md", "_posts/2021-02-01-second.md"];
    let places: Vec<usize> = order.iter().map(|name| toml.find(name).unwrap()).collect();
    assert!(places.is_sorted(), "{toml}");
    assert_eq!(
        files["_posts/2021-02-01-second.md"],
        "# Second\n\nTo [one](2020-01-05-first.md), Second.\n\n```ruby\nputs 1\n```\n\n\n\n"
    );
    assert_eq!(
        files["_posts/2020-01-05-first.md"],
        "# First\n\n[a](../_essays/a.md) ![Cap](../x.gif)\n\n![b](../x.gif)\n"
    );
    let (files, _) = folder(&[
        ("zola.toml", "title = \"T\"\n"),
        (
            "content/a.md",
            "+++\ntitle = \"A\"\n+++\nSee [b](@/b/x.md#y).\n\n{{ image(src=\"/x.gif\", alt=\"Alt\", caption=\"Cap\") }}\n\n{% quote(by=\"Me\") %}\nSaid.\n{% end %}\n",
        ),
        ("content/b/x.md", "+++\ntitle = \"B\"\n+++\n## Y\n"),
        ("static/x.gif", GIF),
    ]);
    assert_eq!(
        files["a.md"],
        "# A\n\nSee [b](b/x.md#y).\n\n![Cap](static/x.gif){alt=\"Alt\"}\n\n\nSaid.\n\n"
    );
    let (files, findings) = folder(&[
        ("mkdocs.yml", "site_name: S\nnav:\n  - index.md\n  - Guide:\n    - Second: z.md\n    - a.md\n"),
        ("docs/index.md", "# Home\n"),
        ("docs/z.md", "!!! note \"Titled\"\n    Words.\n"),
        ("docs/a.md", "# A\n"),
    ]);
    assert!(findings.is_empty(), "{findings:?}");
    assert!(
        files["book.toml"].contains("\"start.md\",\n    \"part-2-guide.md\",\n    \"z.md\",\n    \"a.md\"")
    );
    assert!(files["z.md"].starts_with("# Second\n\n!!! note"), "{}", files["z.md"]);
}

/// A book in a script that the faces of the styles lack takes those that are installed.
#[test]
fn books_of_other_scripts_use_installed_faces() {
    let toml = |text: &str| folder(&[("1.md", text)]).0["book.toml"].clone();
    assert!(toml("# فصل\n\nهذا كتاب عربي.\n").contains("text.system-fonts = true"));
    assert!(
        !toml("# One\n\nEnglish words, Ελληνικά, русские; one 漢字 among them, and more.\n")
            .contains("system-fonts")
    );
}

#[test]
fn parts_links_and_rights_of_other_tools() {
    let (files, findings) = folder(&[
        (
            "_quarto.yml",
            "book:\n  title: T\n  rights: \"[CC BY](https://x.org) *4.0*\"\n  chapters:\n    - index.qmd\n    - part: p.qmd\n      chapters: [a.qmd]\n    - part: q.qmd\n      chapters: [b.qmd]\n",
        ),
        ("index.qmd", "# Preface\n"),
        ("p.qmd", "# First\n\nOver.\n"),
        ("q.qmd", "---\ntitle: Second\n---\n\nOver.\n"),
        (
            "a.qmd",
            "# A\n\nAn [*app*](app://open?x=1) and <div class=\"hidden\">not seen</div>{{< pagebreak >}}\n\n{{< video https://x.org/v >}}\n",
        ),
        ("b.qmd", "# B\n\n$$\nx\n$$ {#eq:m}\n\nAs \\eqref{eq:m}.\n"),
    ]);
    assert!(findings.is_empty(), "{findings:?}");
    assert_eq!(files["p.md"], "# First {.part}\n\nOver.\n");
    assert_eq!(files["q.md"], "# Second {.part}\n\n\nOver.\n");
    assert_eq!(files["a.md"], "# A\n\nAn *app* and \n\n<https://x.org/v>\n");
    assert!(files["b.md"].ends_with("As [(1)](#eq:m).\n"), "{}", files["b.md"]);
    assert!(files["book.toml"].contains("rights = \"CC BY 4.0\""), "{}", files["book.toml"]);
}

#[test]
fn lists_of_chapters_and_code_of_other_tools() {
    let (files, findings) = folder(&[
        ("book.toml", "[book]\ntitle = \"T\"\n"),
        ("src/SUMMARY.md", "# Summary\n\n1. [One](one.md)\n2. [Two](two.md)\n"),
        ("src/one.md", "# One\n\n{{#title The First}}\n\n{{#playground a.rs editable}}\n"),
        ("src/two.md", "# Two\n"),
        ("src/a.rs", "fn main() {}\n"),
    ]);
    assert!(findings.is_empty(), "{findings:?}");
    assert_eq!(files["one.md"], "# One\n\n\n\n```rust\nfn main() {}\n```\n");
    assert!(files.contains_key("two.md"));
    let (files, findings) = folder(&[
        ("manuscript/Book.txt", "one.md\n"),
        (
            "manuscript/one.md",
            "# One\n\n![A *title*](code/a.js)\n\n<<[Other](a.js)\n\nEnd <<(a.js)\n\n> <<(code/a.js)\n\nC> Middle\n\nx{i: \"entry\"}y\n\n{quiz: q1}\n? Q\n{/quiz}\n",
        ),
        ("manuscript/code/a.js", "var a;\nvar b;\n"),
    ]);
    assert!(findings.is_empty(), "{findings:?}");
    let code = |title: &str| format!("```js\nvar a;\nvar b;\n```\n\n::: caption\n{title}\n:::");
    assert_eq!(
        files["one.md"],
        format!(
            "# One\n\n{}\n\n{}\n\nEnd <<(a.js)\n\n> ```js\n> var a;\n> var b;\n> ```\n\n::: centre\nMiddle\n:::\n\nxy\n\n\n? Q\n\n",
            code("A *title*"),
            code("Other")
        )
    );
    let (files, _) = folder(&[
        (
            "metadata.yaml",
            "title:\n- type: main\n  text: My Book\n- type: subtitle\n  text: Of things\ncreator:\n- role: author\n  text: A. One\n- role: editor\n  text: B. Two\n",
        ),
        ("1.md", "# One\n\n(@good) An example.\n\nAs (@good) shows.\n"),
    ]);
    let toml = &files["book.toml"];
    for wanted in [
        "title = \"My Book\"\nsubtitle = \"Of things\"",
        "\"A. One\"\nrole = \"aut\"",
        "\"B. Two\"\nrole = \"edt\"",
    ] {
        assert!(toml.contains(wanted), "{toml}");
    }
}

#[test]
fn leanpub_pandoc_and_sites_are_known() {
    let (files, _) = folder(&[
        ("manuscript/Book.txt", "frontmatter:\npreface.md\nmainmatter:\none.txt\n"),
        ("manuscript/preface.md", "# Preface\n"),
        (
            "manuscript/one.txt",
            "-# A Part\n\n# One\n\nT> A tip\nT> goes on.\n\n{pagebreak}\n\n{class: x}\nWords.\n",
        ),
    ]);
    assert!(
        files["one.md"].starts_with("# A Part {.part}\n\n# One\n\n::: tip\nA tip\n goes on.\n:::\n\n\n\n"),
        "{}",
        files["one.md"]
    );
    let (files, _) = folder(&[
        (
            "metadata.yaml",
            "title: T\nauthor:\n  - name: A. Writer\nlang: de-DE\nidentifier:\n- scheme: DOI\n  text: doi:10.1000/1234567890\n- scheme: ISBN-13\n  text: 978-3-16-148410-0\n",
        ),
        ("02-b.md", "# B\n"),
        ("10-c.md", "# C\n"),
        ("1-a.md", "# A\n\n![x](gone.png){#fig:g}\n"),
    ]);
    let toml = &files["book.toml"];
    assert!(
        toml.contains("\"1-a.md\",\n    \"02-b.md\",\n    \"10-c.md\"") && toml.contains("\"de-DE\""),
        "{toml}"
    );
    assert!(toml.contains("isbn = \"978-3-16-148410-0\""), "{toml}");
    assert_eq!(files["1-a.md"], "# A\n\nx[]{#fig:g}\n");
    let (files, _) = folder(&[
        ("hugo.toml", "title = \"T\"\n"),
        ("content/b/_index.md", "+++\ntitle = \"B\"\nweight = 2\n+++\nOver.\n"),
        ("content/b/x.md", "---\ntitle: X\nweight: 1\n---\n\nUnder.\n"),
        ("content/a.md", "---\ntitle: A\nweight: 1\n---\n"),
    ]);
    let toml = &files["book.toml"];
    assert!(toml.contains("\"a.md\",\n    \"b/_index.md\",\n    \"b/x.md\""), "{toml}");
    assert_eq!(files["b/x.md"], "## X\n\n\nUnder.\n");
}

/// One file is a whole book: it is parted at its chapters, which keep their notes.
#[test]
fn a_file_of_markdown_is_parted_at_its_chapters() {
    let read = |text: &str| {
        let checked = file("my-tale.md", text.as_bytes());
        // the file lies in a folder of its own
        assert!(checked.value.is_none());
        let read = |path: &str| (path == "my-tale.md").then(|| text.as_bytes().to_vec());
        let tree = Tree {
            name: "my-tale.md".to_owned(),
            paths: BTreeSet::from(["my-tale.md".to_owned()]),
            read: &read,
        };
        let request = Request {
            name: "my-tale.md",
            bytes: Some(text.as_bytes()),
            tree: &tree,
            changes: Changes::Accept,
        };
        let files = convert(&request).value.unwrap().files;
        let text = |(name, bytes): (String, Vec<u8>)| (name, String::from_utf8_lossy(&bytes).into_owned());
        files.into_iter().map(text).collect::<BTreeMap<String, String>>()
    };
    let files = read(
        "---\ntitle: T\n---\n\n# Part One\n\n## First {#one}\n\nText[^2] [a][r].\n\n```\n# none\n```\n\n## Second\n\nMore[^2].\n\n[^2]: Two.\n\n    Further.\n\n[r]: https://example.org\n\n# Part Two\n\nThird\n-----\n\n### Inner\n",
    );
    let named =
        read("# The Book\n\n*by Ann Writer*\n\n## One\n\n- a\n\n      ```toml\n      x\n\n## Two\n\nMore.\n");
    assert!(
        named.contains_key("01-one.md") && named["book.toml"].contains("name = \"Ann Writer\""),
        "{named:?}"
    );
    assert_eq!(files["01-part-one.md"], "# Part One {.part}\n\n");
    assert_eq!(
        files["02-first.md"],
        "# First {#one}\n\nText[^2] [a][r].\n\n```\n# none\n```\n\n[^2]: Two.\n\n    Further.\n\n[r]: https://example.org\n"
    );
    assert_eq!(files["03-second.md"], "# Second\n\nMore[^2].\n\n[^2]: Two.\n\n    Further.\n\n\n");
    assert_eq!(files["05-third.md"], "# Third\n\n## Inner\n");
    assert!(files["book.toml"].starts_with("title = \"T\"\n"));
    let files = read("# My Tale\n\nBefore.\n\n## One\n\na\n\n## Two\n\n### Deep\n");
    assert_eq!(
        (files["01-text.md"].as_str(), files["03-two.md"].as_str()),
        ("\n\nBefore.\n\n", "# Two\n\n## Deep\n")
    );
    assert!(files["book.toml"].starts_with("title = \"My Tale\"\n"));
}

/// What the public books of other tools taught: each kind once.
#[test]
fn habits_of_other_tools_are_read() {
    let quarto = "# A\n\n::: {.content-visible when-format=\"html\"}\nweb\n:::\n\n::: {.content-visible when-format=\"pdf\"}\npaper\n:::\n\n\
        ```{r, echo = F}\n#| fig-cap: \"Cap\"\nknitr::include_graphics(\"x.gif\")\n```\n\n<figure>\n  <img src=\"x.gif\" alt=\"Seen\" width=900>\n  <figcaption>Cap <b>two</b></figcaption>\n</figure>\n\nShe said <q>yes</q> and <q>“no”</q>.\n";
    let (files, findings) = folder(&[
        ("_quarto.yml", "book:\n  title: T\n  chapters:\n  - a.qmd\n"),
        ("a.qmd", quarto),
        ("x.gif", "GIF89aAA"),
    ]);
    assert_eq!(
        files["a.md"],
        "# A\n\n\n\n\npaper\n\n\n![Cap](x.gif)\n\n\n\n![Cap **two**](x.gif){alt=\"Seen\" width=900px}\n\n\n\nShe said \"yes\" and “no”.\n"
    );
    assert!(findings.is_empty(), "{findings:?}");
    assert!(files["import-report.html"].contains("words that went with divisions for one format alone"));
    let (files, _) = folder(&[
        ("hugo.toml", "title = \"T\"\n"),
        (
            "content.en/a.md",
            "--- \ntitle: A\n---\n{{% columns %}}\n## B {anchor=false}\n{{% /columns %}}\n{{< figure src=\"x.gif\" caption=\"C\" >}}\n\n{{< youtube 1 >}} [b]({{< ref \"b.md\" >}})\n",
        ),
        ("content.en/b.md", "# B\n\n{:lang=\"js\"}\n"),
        ("content.en/x.gif", "GIF89aAA"),
    ]);
    assert_eq!(files["a.md"], "# A\n\n\n## B \n\n![C](x.gif)\n\n{{< youtube 1 >}} [b](b.md)\n");
    assert_eq!(files["b.md"], "# B\n\n\n");
}

/// Commands, labels and environments of TeX among Markdown, as authors of Softcover, bookdown and Pandoc have them, exercises of
/// GitBook, and references to headings by their words.
#[test]
fn tex_among_markdown_and_exercises_are_read() {
    let one = "# One\n\\label{cha:one}\n\n\\noindent It is \\emph{so}, in \\texttt{a\\_b} and \\LaTeX\\ (Section~\\ref{sec:x}, Listing~\\ref{code:c}). A formula $\\textbf{X}$ stays.\n\n## X\n\\label{sec:x}\n\n\\begin{codelisting}\n\\label{code:c}\n\\codecaption{Call \\emph{it}.}\n```\ncall()\n```\n\\end{codelisting}\n\n![A door.\\label{fig:d}](d.gif)\n\nSee Figure~\\ref{fig:d}.\n\n\\begin{aside}\n\\label{aside:a}\n\\heading{Mind}\nWords.\n\\end{aside}\n";
    let (files, findings) = folder(&[
        ("config/book.yml", "title: T\n"),
        ("Book.txt", "one.md\n"),
        ("chapters/one.md", one),
        ("chapters/d.gif", GIF),
    ]);
    let text = files.values().find(|text| text.contains("# One")).unwrap();
    for part in [
        "# One {#cha:one}\n\nIt is *so*, in `a_b` and LaTeX (Section\u{a0}\"[](#sec:x)\", Listing\u{a0}[1](#code:c)).",
        "$\\textbf{X}$ stays.",
        "## X {#sec:x}\n",
        "call()\n```\n\n::: {.caption #code:c}\nListing 1. Call *it*.\n:::",
        "![Figure 1. A door.](d.gif){#fig:d}",
        "::: {.note #aside:a}\n\n**Mind**\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}\n{findings:?}");
    }
    let (files, _) = folder(&[
        ("SUMMARY.md", "* [Introduction](README.md)\n* [Sums](sums.md)\n"),
        ("README.md", "# Learn Sums\n\nWords.\n"),
        (
            "sums.md",
            "# Sums\n\n{% exercise %}\nAdd it.\n{% initial %}\nvar x =\n{% solution %}\nvar x = 2;\n{% endexercise %}\n",
        ),
    ]);
    assert!(files["book.toml"].contains("title = \"Learn Sums\""), "{}", files["book.toml"]);
    let boxed =
        "::: tip\nAdd it.\n\n*initial*\n\n```js\nvar x =\n```\n\n*solution*\n\n```js\nvar x = 2;\n```\n:::\n";
    assert!(files["sums.md"].ends_with(boxed), "{}", files["sums.md"]);
    let (files, _) = folder(&[
        ("_bookdown.yml", "rmd_files: [\"index.Rmd\", \"z.Rmd\"]\n"),
        (
            "index.Rmd",
            "# Welcome Here\n\nSee [Two words], [welcome here], [other] and [Two words](x).\n\n$$ x $$ {#eq:a}\n",
        ),
        ("z.Rmd", "`r if (knitr::is_html_output()) '\n# References {-}\n'`\n\n## Two Words\n"),
    ]);
    let welcome = files.values().find(|text| text.starts_with("# Welcome")).unwrap();
    assert!(
        welcome.contains(
            "See [Two words](z.md#two-words), [welcome here](start.md), [other] and [Two words](x)."
        ),
        "{welcome}"
    );
    assert!(welcome.contains("$$ x $$ []{#eq:a}"), "{welcome}");
    assert_eq!(files["z.md"], "# References {-}\n\n\n## Two Words\n");
}

/// Notes of a vault lead to each other by name, its pictures lie anywhere in it, and remarks are for nobody's eyes; numbers that
/// lead to paragraphs and back are notes.
#[test]
fn vaults_and_linked_numbers_are_read() {
    let mill = "See [[The Weir]], [[the weir#By Night|at night]], [[#Wheel]], [[Nowhere|no note]] and x[[1]].\n\n## Wheel\n\n![[wheel.gif|300]] %%ask Ida%%\n\nIt turns. ^turns\n\n![[The Weir]]\n";
    let weir = "One[[1\\]](#_ftn1) and two.[\\[2\\]](#_ftn2)\n\n## By Night\n\n[[1\\]](#_ftnref1) First *note*.\n\n[\\[2\\]](#_ftnref2) Second.\n";
    let (files, findings) =
        folder(&[("Mill.md", mill), ("deep/The Weir.md", weir), ("attic/wheel.gif", GIF)]);
    assert_eq!(
        files["Mill.md"],
        "# Mill\n\nSee [The Weir](deep/The%20Weir.md), [at night](deep/The%20Weir.md#by-night), [Wheel](#wheel), no note and x[[1]].\n\n## Wheel\n\n![](attic/wheel.gif){width=300px} <!--ask Ida-->\n\nIt turns.\n\n[The Weir](deep/The%20Weir.md)\n"
    );
    assert_eq!(
        files["deep/The Weir.md"],
        "# The Weir\n\nOne[^ftn1] and two.[^ftn2]\n\n## By Night\n\n[^ftn1]: First *note*.\n\n[^ftn2]: Second.\n"
    );
    assert!(findings.is_empty(), "{findings:?}");
}

/// What another tool reads, and ours would refuse, stays as words, so that every book can be built.
#[test]
fn what_would_stop_a_build_stays_as_words() {
    let (files, _) = folder(&[(
        "a.md",
        "# A\n\nSee [^gone] and {#x .y}.\n\n<video src=x>no</video><foo-bar a=b>words</foo-bar>\n",
    )]);
    assert!(files["a.md"].contains("words"), "{}", files["a.md"]);
    assert!(!files["a.md"].contains('<'), "{}", files["a.md"]);
}

/// What was met in public books: code in lists and code set in, ids that stand twice, lines of attributes with captions.
#[test]
fn code_ids_and_lines_of_attributes_are_told_apart() {
    let text = "# A\n\nRun:\n\n\tperl -pe 's/<author>(.*?)<\\/author>/$1/'\n\n1. ```bash\n   ls <b>here</b>\n   ```\n2. Done.\n\n\
        See the [next part]{#more}.\n\n## Next {#more}\n\n{title=\"A listing\", linenos=off}\n    let <i>x</i> = 1;\n\n\
        {caption: \"Two\"}\n| a | b |\n|---|---|\n| c | d |\n\nWords.\n\n::: {.alert .alert-warning}\nMind it.\n:::\n\n\
        [![Badge](https://example.org/b.svg)](https://example.org) and [one](b.md)'s end.\n";
    let (files, findings) = folder(&[("a.md", text), ("b.md", "# B\n\n[//]: # (a remark)\n\nWords.\n")]);
    let a = &files["a.md"];
    for kept in [
        "'s/<author>(.*?)<\\/author>/$1/'",
        "ls <b>here</b>",
        "See the next part.",
        "## Next {#more}",
        "    let <i>x</i> = 1;\n\n::: caption\nA listing\n:::\n",
        "| c | d |\n\n::: caption\nTwo\n:::\n",
        "::: warning\nMind it.",
        "[Badge](https://example.org) and",
    ] {
        assert!(a.contains(kept), "{kept}\n{a}");
    }
    assert!(!a.contains("linenos"), "{a}");
    assert!(findings.iter().all(|finding| finding.code.name() == "import-missing"), "{findings:?}");
}

/// A summary's first page and its glossary, and a list of texts that are no `.md`.
#[test]
fn pages_that_no_list_names_and_texts_of_any_ending() {
    let (files, _) = folder(&[
        ("SUMMARY.md", "# Summary\n\n* [One](one/README.md)\n"),
        ("README.md", "# First\n\nWelcome.\n"),
        ("one/README.md", "# One\n\nWords.\n"),
        ("GLOSSARY.md", "# Glossary\n\n## Word\n\nA thing said.\n"),
    ]);
    assert!(files["book.toml"].contains("\"README.md\"") && files["book.toml"].contains("\"GLOSSARY.md\""));
    let (files, _) =
        folder(&[("Book.txt", "one.txt\ntwo.txt\n"), ("one.txt", "# One\n"), ("two.txt", "# Two\n")]);
    assert!(files.contains_key("one.md") && files.contains_key("two.md"), "{:?}", files.keys());
}

/// What typists type where a word processor has a command.
#[test]
fn what_typists_type_by_hand_is_read() {
    let tab =
        |cells: &[&str]| format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", cells.join("</w:t><w:tab/><w:t>"));
    let centred = |words: &str, size: &str| {
        format!(
            "<w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:rPr>{size}</w:rPr><w:t>{words}</w:t></w:r></w:p>"
        )
    };
    let page = "<w:p><w:r><w:br w:type='page'/></w:r></w:p>";
    let long = "The ferry was late that morning, and the gulls sat on the rail as if they had paid.";
    let body = [
        centred("THE FERRYMAN", "<w:b/><w:sz w:val='48'/>"),
        centred("A Novel", ""),
        centred("Ann Writer", ""),
        page.to_owned(),
        line("CONTENTS"),
        line("Chapter One ............ 3"),
        line("Chapter Two ............ 12"),
        page.to_owned(),
        centred("Chapter One", "<w:b/>"),
        "<w:p><w:pPr><w:framePr w:dropCap='drop'/></w:pPr><w:r><w:rPr><w:sz w:val='108'/></w:rPr><w:t>T</w:t></w:r></w:p>".into(),
        format!("<w:p><w:r><w:t>hen it came. {long}</w:t><w:br/><w:t>{long}</w:t><w:br/><w:t>He left.</w:t></w:r></w:p>"),
        tab(&["Name", "Age", "Town"]),
        tab(&["Ada", "36", "London"]),
        line("• one thing"),
        line("• two things"),
        line("1. the first"),
        line("2. the second"),
        centred("Chapter Two", "<w:b/>"),
        line(long),
        line("ABOUT THE AUTHOR"),
        line("Ann Writer lives by a river."),
    ];
    let files = of_word(&word(&body.concat(), &[]), Changes::Accept);
    let toml = &files["book.toml"];
    assert!(toml.contains("title = \"THE FERRYMAN\"") && toml.contains("name = \"Ann Writer\""), "{toml}");
    let one = &files["01-chapter-one.md"];
    for kept in [
        "# Chapter One\n\nThen it came. The ferry",
        "paid.\n\nThe ferry",
        "\n\nHe left.\n",
        "| Name | Age | Town |",
        "- one thing\n- two things",
        "1. the first\n2. the second",
    ] {
        assert!(one.contains(kept), "{kept}\n{one}");
    }
    assert!(files.contains_key("03-about-the-author.md"), "{:?}", files.keys());
    assert!(files.values().all(|text| !text.contains("......") || text.contains("<html")));
}

/// A paragraph in the middle, with what its words look like.
fn in_middle(words: &str, look: &str) -> String {
    format!(
        "<w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:rPr>{look}</w:rPr><w:t>{words}</w:t></w:r></w:p>"
    )
}

/// The titles of the chapters that came of a Word file.
fn chapters(body: &str) -> Vec<String> {
    let files = of_word(&word(body, &[]), Changes::Accept);
    let texts = files.iter().filter(|(name, _)| name.ends_with(".md"));
    texts.filter_map(|(_, text)| text.strip_prefix("# ")?.lines().next()).map(str::to_owned).collect()
}

/// However a typist sets the titles of chapters, they are found.
#[test]
fn chapters_are_found_however_they_are_set() {
    let tale = format!("{}{}", line("It was late when the boat came in."), line("“No,” she said."));
    let page = "<w:p><w:r><w:br w:type='page'/></w:r></w:p>";
    let section = "<w:p><w:pPr><w:sectPr><w:type w:val='nextPage'/></w:sectPr></w:pPr></w:p>";
    let each = |titles: &[&str], set: &dyn Fn(&str) -> String, behind: &str| -> String {
        titles.iter().map(|title| format!("{}{tale}{behind}", set(title))).collect()
    };
    let names = ["The Boat", "The Hill", "The Forge"];
    let bold = |words: &str| format!("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{words}</w:t></w:r></w:p>");
    let outlined = |words: &str| {
        format!("<w:p><w:pPr><w:outlineLvl w:val='0'/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
    };
    let stacked = |words: &str| format!("{}{}", in_middle("7", "<w:b/>"), in_middle(words, "<w:b/>"));
    let numbers = ["Prologue", "One", "Two", "Epilogue"];
    let romans = ["I. The Boat", "II. The Hill"];
    let below = |words: &str| format!("{}{}", bold("Chapter One"), in_middle(words, "<w:i/>"));
    for (body, wanted) in [
        (each(&names, &bold, "<w:p/>"), names.map(str::to_owned).to_vec()),
        (
            format!("{}{}", in_middle("A Winter Tale", "<w:sz w:val='60'/>"), each(&names, &bold, "<w:p/>")),
            names.map(str::to_owned).to_vec(),
        ),
        (each(&names, &outlined, ""), names.map(str::to_owned).to_vec()),
        (
            each(&names, &|words| in_middle(words, "<w:u w:val='single'/>"), ""),
            names.map(str::to_owned).to_vec(),
        ),
        (each(&["A", "B"].map(|_| "THE BOAT"), &line, section), vec!["THE BOAT".to_owned(); 2]),
        (each(&names, &stacked, page), names.map(|name| format!("7<br>{name}")).to_vec()),
        (each(&names, &below, page), names.map(|name| format!("Chapter One<br>{name}")).to_vec()),
        (each(&numbers, &|words| in_middle(words, ""), page), numbers.map(str::to_owned).to_vec()),
        (
            each(&romans, &|words| in_middle(words, ""), ""),
            romans.map(|title| title.replacen('.', "\\.", 1)).to_vec(),
        ),
    ] {
        assert_eq!(chapters(&body), wanted);
    }
    let french = ["Chapitre premier", "Chapitre II"];
    assert_eq!(chapters(&each(&french, &|words| in_middle(words, "<w:b/>"), "")), french);
    let acts = |act: &str| format!("{}{}", in_middle(act, "<w:b/>"), in_middle("Scene 1", ""));
    assert_eq!(chapters(&each(&["ACT I", "ACT II"], &acts, "")), ["ACT I", "ACT II"]);
    // names of speakers are no titles, and neither is one line in bold
    let speech: String = ["ANNA", "BEN", "ANNA", "BEN"].iter().map(|name| bold(name) + &tale).collect();
    assert_eq!(chapters(&speech), Vec::<String>::new());
    assert_eq!(chapters(&format!("{tale}{}{tale}", bold("Mind this"))), Vec::<String>::new());
    // a heading of its own style above chapters that are set by hand is the title of the whole
    let files = of_word(
        &word(&format!("{}{}", outlined("The Lamp"), each(&["Chapter 1", "Chapter 2"], &bold, page)), &[]),
        Changes::Accept,
    );
    assert!(files["book.toml"].contains("title = \"The Lamp\""), "{}", files["book.toml"]);
    assert!(
        files.contains_key("02-chapter-2.md") || files.contains_key("03-chapter-2.md"),
        "{:?}",
        files.keys()
    );
}

/// Titles that are underlined, as on a typewriter, and the page of a typescript with which agents are written to.
#[test]
fn underlined_titles_and_first_pages_of_typescripts() {
    let long = line(&"The rain had not stopped for three days and nobody expected it to. ".repeat(3));
    let under =
        |words: &str| format!("<w:p><w:r><w:rPr><w:u w:val='single'/></w:rPr><w:t>{words}</w:t></w:r></w:p>");
    let title = in_middle("The Mill", "<w:b/>") + &in_middle("A novel", "") + &in_middle("by Ann Miller", "");
    let text = format!("{long}{long}");
    let body = format!("{title}{}{text}{}{text}", under("The Arrival"), under("The Storm"));
    let files = of_word(&word(&body, &[]), Changes::Accept);
    holds(
        &files["book.toml"],
        &["title = \"The Mill\"", "Ann Miller", "01-the-arrival.md", "02-the-storm.md"],
        &[],
    );
    holds(&files["01-the-arrival.md"], &["# The Arrival\n"], &["*The"]);

    let page = "<w:p><w:r><w:br w:type='page'/></w:r></w:p>";
    let above = line("Ann Miller") + &line("ann@example.org") + &line("About 90,000 words");
    let title = in_middle("THE MILL", "") + &in_middle("by Ann Miller", "");
    let body = format!(
        "{above}{title}{page}{}{text}{page}{}{text}",
        in_middle("Chapter 1", ""),
        in_middle("Chapter 2", "")
    );
    let files = of_word(&word(&body, &[]), Changes::Accept);
    holds(&files["book.toml"], &["title = \"THE MILL\"", "    \"01-chapter-1.md\""], &["-text.md"]);
    holds(&files["import-report.html"], &["About 90,000 words"], &[]);
}

/// Titles that are only a number, made by the word processor; templates of publishers; signs of pauses.
#[test]
fn numbers_of_headings_templates_and_pauses_are_read() {
    let styles = "<w:styles><w:style w:type='paragraph' w:styleId='H'><w:name w:val='heading 1'/>\
        <w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>\
        <w:style w:type='paragraph' w:styleId='CN'><w:name w:val='CN Chapter Number'/></w:style>\
        <w:style w:type='paragraph' w:styleId='CT'><w:name w:val='CT Chapter Title'/></w:style></w:styles>";
    let numbering = "<w:numbering><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/>\
        <w:numFmt w:val='cardinalText'/><w:lvlText w:val='Chapter %1'/></w:lvl></w:abstractNum>\
        <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>";
    let parts = [("styles", styles), ("numbering", numbering)];
    let styled = |style: &str, words: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
    };
    let empty = "<w:p><w:pPr><w:pStyle w:val='H'/></w:pPr></w:p>";
    let rule = "<w:p><w:pPr><w:pBdr><w:bottom w:val='single'/></w:pBdr></w:pPr></w:p>";
    let drawn = "<w:p><w:r><w:pict><v:rect o:hr='t'/></w:pict></w:r></w:p>";
    let body = [
        empty.to_owned(),
        line("a"),
        rule.to_owned(),
        line("b"),
        in_middle("&lt;&lt;&lt;&gt;&gt;&gt;", ""),
        line("c"),
        empty.to_owned(),
        line("d"),
        drawn.to_owned(),
        line("e"),
        in_middle("?", ""),
        line("f"),
        in_middle("oOo", ""),
        line("g"),
        in_middle("◊", ""),
        line("h"),
        in_middle(". . .", ""),
        line("i"),
    ];
    let files = of_word(&word(&body.concat(), &parts), Changes::Accept);
    assert_eq!(files["01-chapter-one.md"], "# Chapter One\n\na\n\n* * *\n\nb\n\n* * *\n\nc\n");
    let two = &files["02-chapter-two.md"];
    assert!(two.starts_with("# Chapter Two\n\nd\n\n* * *\n\ne\n\n::: centre\n?\n:::\n"), "{two}");
    assert!(two.ends_with("\nf\n\n* * *\n\ng\n\n* * *\n\nh\n\n* * *\n\ni\n"), "{two}");
    let body: String = ["The Boat", "The Hill"]
        .iter()
        .map(|name| format!("{}{}{}", styled("CN", "1"), styled("CT", name), line("Text.")))
        .collect();
    let files = of_word(&word(&body, &parts), Changes::Accept);
    let texts: Vec<&String> =
        files.iter().filter(|(name, _)| name.ends_with(".md")).map(|(_, text)| text).collect();
    assert_eq!(texts, ["# 1<br>The Boat\n\nText.\n", "# 1<br>The Hill\n\nText.\n"]);
}

/// Contents that were typed with tabs, a title in a heading above all others with its author, a picture between scenes.
#[test]
fn contents_titles_and_ornaments_of_typists_stay_out() {
    let styles = "<w:styles><w:style w:type='paragraph' w:styleId='A'><w:name w:val='heading 1'/></w:style>\
        <w:style w:type='paragraph' w:styleId='B'><w:name w:val='heading 2'/></w:style></w:styles>";
    let heading = |style: &str, words: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
    };
    let entry = |words: &str, page: &str| {
        format!("<w:p><w:r><w:t>{words}</w:t><w:tab/><w:t>{page}</w:t></w:r></w:p>")
    };
    let picture = "<w:p><w:r><w:drawing><a:blip r:embed='image'/></w:drawing></w:r></w:p>";
    let body = [
        heading("A", "The Lamp"),
        line("Ann Writer"),
        line("Contents"),
        entry("The Boat", "3"),
        entry("The Hill", "12"),
        heading("B", "The Boat"),
        line("a"),
        picture.to_owned(),
        line("b"),
        picture.to_owned(),
        line("c"),
        heading("B", "The Hill"),
        line("d"),
        picture.to_owned(),
        line("e"),
    ];
    let png = include_bytes!("../docs/spread.png");
    let bytes = with_file(&word(&body.concat(), &[("styles", styles), ("image", "")]), "word/image.xml", png);
    let files = of_word(&bytes, Changes::Accept);
    let toml = &files["book.toml"];
    assert!(toml.contains("title = \"The Lamp\"") && toml.contains("name = \"Ann Writer\""), "{toml}");
    assert_eq!(files["01-the-boat.md"], "# The Boat\n\na\n\n* * *\n\nb\n\n* * *\n\nc\n");
    assert_eq!(files["02-the-hill.md"], "# The Hill\n\nd\n\n* * *\n\ne\n");
}

#[test]
fn what_stands_in_no_paragraph_is_one() {
    let formula = "<m:oMathPara><m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath></m:oMathPara>";
    let body = format!(
        "{}{formula}<w:r><w:t>Loose </w:t></w:r><w:t>words.</w:t><w:hyperlink>{}{}</w:hyperlink>",
        line("Before."),
        line("Behind."),
        line("Last.")
    );
    let files = of_word(&word(&body, &[]), Changes::Accept);
    let (_, text) = files.into_iter().find(|(name, _)| name.ends_with(".md")).unwrap();
    assert_eq!(text.trim(), "Before.\n\nE=mc\n\nLoose words.\n\nBehind.\n\nLast.");
}

/// Brackets, the sign of a sum and the degree of a root are said of a formula of Word's, and not written in it.
#[test]
fn formulas_keep_the_signs_that_word_only_names() {
    let t = |words: &str| format!("<m:r><m:t>{words}</m:t></m:r>");
    let e = |words: &str| format!("<m:e>{}</m:e>", t(words));
    let formula = format!(
        "<m:oMath>{}<m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=')'/></m:dPr>{}{}</m:d>{}<m:d>{}</m:d>{}\
         <m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{}</m:sub><m:sup>{}</m:sup>{}</m:nary>{}\
         <m:rad><m:deg>{}</m:deg>{}</m:rad>{}<m:f><m:num>{}</m:num><m:den>{}</m:den></m:f></m:oMath>",
        t("x∈"),
        e("a"),
        e("b"),
        t(", f"),
        e("x"),
        t("="),
        t("i"),
        t("n"),
        e("k"),
        t("+"),
        t("3"),
        e("y"),
        t("−2"),
        t("1"),
        t("n"),
    );
    let files = of_word(&word(&format!("<w:p>{formula}</w:p>"), &[]), Changes::Accept);
    let (_, text) = files.into_iter().find(|(name, _)| name.ends_with(".md")).unwrap();
    assert_eq!(text.trim(), "x∈\\[a|b), f(x)=∑~i~^n^k+^3^√y−2(1/n)");
}

/// A title that has its style is the title: what is in the middle of the page below it says who wrote the book, or for
/// whom it is.
#[test]
fn a_title_under_its_style_is_not_taken_from_the_lines_below_it() {
    let styles = "<w:styles><w:style w:type='paragraph' w:styleId='Title'><w:name w:val='Title'/></w:style>\
        <w:style w:type='paragraph' w:styleId='H1'><w:name w:val='heading 1'/></w:style></w:styles>";
    let styled = |style: &str, words: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
    };
    let centred = |words: &str| {
        format!("<w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
    };
    let page_break = "<w:p><w:r><w:br w:type='page'/></w:r></w:p>";
    let chapter = [styled("H1", "One"), line("It rained.")].concat();
    for (between, author, kept) in [
        (centred("Nora Field") + page_break, true, false),
        (centred("by Nora Field"), true, false),
        (page_break.to_owned() + &centred("For Tom") + page_break, false, true),
        (centred("For Tom"), false, true),
    ] {
        let body = [styled("Title", "The Weir"), between.clone(), chapter.clone()].concat();
        let files = of_word(&word(&body, &[("styles", styles)]), Changes::Accept);
        let toml = &files["book.toml"];
        assert!(toml.starts_with("title = \"The Weir\"\n"), "{between}: {toml}");
        assert_eq!(toml.contains("name = \"Nora Field\""), author, "{between}: {toml}");
        assert_eq!(files.values().any(|text| text.contains("For Tom")), kept, "{between}: {files:?}");
    }
}

/// Word's own styles for lists within lists have each a list of one level.
#[test]
fn lists_of_words_styles_stand_in_one_another() {
    let styles = "<w:styles>\
        <w:style w:type='paragraph' w:styleId='LB'><w:name w:val='List Bullet'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>\
        <w:style w:type='paragraph' w:styleId='LN2'><w:name w:val='List Number 2'/><w:pPr><w:numPr><w:numId w:val='2'/></w:numPr></w:pPr></w:style></w:styles>";
    let level =
        |format: &str| format!("<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='{format}'/></w:lvl>");
    let numbering = format!(
        "<w:numbering><w:abstractNum w:abstractNumId='1'>{}</w:abstractNum><w:abstractNum w:abstractNumId='2'>{}</w:abstractNum>\
         <w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='2'/></w:num></w:numbering>",
        level("bullet"),
        level("decimal")
    );
    let item = |style: &str, words: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
    };
    let body = [item("LB", "a"), item("LN2", "b"), item("LN2", "c"), item("LB", "d")].concat();
    let files = of_word(&word(&body, &[("styles", styles), ("numbering", &numbering)]), Changes::Accept);
    let (_, text) = files.into_iter().find(|(name, _)| name.ends_with(".md")).unwrap();
    assert_eq!(text.trim(), "- a\n\n  1. b\n  2. c\n\n- d");
}

/// Shapes that a program may write and Word seldom does: other prefixes, the strict form, alternatives, fields in fields,
/// links in links, notes with a sign of their own, changed ends, capitals, formulas, what cannot be shown.
#[test]
fn rare_shapes_of_word_files_are_read() {
    let namespace = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    let foreign = format!(
        "<n:document xmlns:n='{namespace}'><n:body><n:p><n:pPr><n:jc n:val='center'/></n:pPr><n:r><n:t>A &amp; b</n:t></n:r></n:p>\
         <p xmlns='{namespace}'><r><t>c</t></r></p></n:body></n:document>"
    );
    let files = of_word(
        &zipped(&[
            ("_rels/.rels", b"<Relationships><Relationship Id='r' Type='x/officeDocument' Target='word/document.xml'/></Relationships>"),
            ("word/document.xml", foreign.as_bytes()),
        ]),
        Changes::Accept,
    );
    assert!(files.values().any(|text| text == "::: centre\nA & b\n:::\n\nc\n"), "{files:?}");

    let run = |words: &str, look: &str| {
        format!("<w:r><w:rPr>{look}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>")
    };
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    let alternative = format!(
        "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
        run("chosen ", ""),
        run("second ", ""),
        run("older ", "")
    );
    let nested = [
        field("begin"),
        field("begin"),
        field("separate"),
        run("3", ""),
        field("end"),
        field("separate"),
        run("two ", ""),
        field("end"),
    ];
    let link = format!(
        "<w:hyperlink w:anchor='x'>{}<w:hyperlink w:anchor='x'>{}</w:hyperlink></w:hyperlink>",
        run("a link", ""),
        run(" 1", "")
    );
    let call = "<w:r><w:footnoteReference w:id='1' w:customMarkFollows='1'/><w:t>*</w:t></w:r>";
    let formula = "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>\
        <m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>";
    let gone = "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>";
    let letter = "<w:p><w:pPr><w:framePr w:dropCap='drop'/></w:pPr><w:r><w:rPr><w:position w:val='-12'/><w:sz w:val='112'/></w:rPr><w:t>D</w:t></w:r></w:p>";
    let body = format!(
        "<w:p><w:bookmarkStart w:name='x'/>{alternative}{}{link}{call} {}{formula}</w:p><w:p>{gone}{}</w:p>{}{letter}{}<w:altChunk r:id='out'/>",
        nested.concat(),
        run("nato ", "<w:caps/>"),
        run("split", ""),
        line("apart."),
        line("rop cap."),
    );
    let notes = format!(
        "<w:footnotes><w:footnote w:id='1'><w:p>{}</w:p></w:footnote></w:footnotes>",
        run("* A note.", "")
    );
    let bytes = word(&body, &[("footnotes", &notes)]);
    let text =
        of_word(&bytes, Changes::Accept).into_iter().find(|(name, _)| name.ends_with(".md")).unwrap().1;
    assert_eq!(
        text,
        "chosen two [a link 1](#x)[^1]NATO x^2^(a/b)\n\nsplit apart.\n\nDrop cap.\n\n[^1]: A note.\n"
            .replace("chosen", "[]{#x}chosen")
    );
    let told = file("book.docx", &bytes).findings;
    assert!(told.iter().any(|finding| finding.message.contains("was not brought in")), "{told:?}");
}

/// Numbers that OpenDocument counts: headings without words, and lists that begin anew in their middle.
/// Verse that is typed line by line, and pauses that only white space shows.
#[test]
fn lines_of_verse_and_white_space_are_read() {
    let lines = |words: &str| words.split('/').map(|words| line(words.trim())).collect::<String>();
    let empty = "<w:p/>";
    let long = line(
        "It was late when the boat came in, and nobody had lit the lamp at the end of the pier that night.",
    );
    let apart = |words: &str| {
        format!("<w:p><w:pPr><w:spacing w:before=\"480\"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
    };
    let poem = format!(
        "{}{empty}{}",
        lines("The sea was dark, / the lamp was lit; / and no one came / to look at it."),
        lines("The boat lay still / upon the sand,")
    );
    let talk = lines("“Who is it?” / “Nobody.” / “Come in.”");
    let names = lines("Anna Smith / Ben Jones / Carla Brown");
    let body = [
        titled("Chapter One"),
        long.clone(),
        poem,
        long.clone(),
        talk,
        long.clone(),
        titled("Chapter Two"),
        long.clone(),
        long.clone(),
        names,
        apart("She woke and it was day, and the boat had gone."),
        long.clone(),
        long,
    ]
    .concat();
    let files = of_word(&word(&body, &[]), Changes::Accept);
    let text = files
        .iter()
        .filter(|(name, _)| name.ends_with(".md"))
        .map(|(_, text)| text.as_str())
        .collect::<String>();
    for part in [
        "::: verse\nThe sea was dark,\nthe lamp was lit;\nand no one came\nto look at it.\n\nThe boat lay still\nupon the sand,\n:::\n",
        "“Who is it?”\n\n“Nobody.”\n\n“Come in.”",
        "Anna Smith\n\nBen Jones\n\nCarla Brown\n\n* * *\n\nShe woke",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    // a book of verse without a comma
    let body: String = ["Roses", "Lilies"]
        .map(|title| {
            format!(
                "{}{}{empty}{}",
                titled(title),
                lines("Roses are red / Violets are blue"),
                lines("Sugar is sweet / And so are you")
            )
        })
        .concat();
    let files = of_word(&word(&body, &[]), Changes::Accept);
    let verse = "::: verse\nRoses are red\nViolets are blue\n\nSugar is sweet\nAnd so are you\n:::\n";
    let texts = files.iter().filter(|(name, text)| name.ends_with(".md") && text.contains(verse));
    assert_eq!(texts.count(), 2, "{files:?}");
}

/// A Word file with texts in other formats in it: the body, and for each its name and bytes.
fn with_chunks(body: &str, chunks: &[(&str, &[u8])]) -> Vec<u8> {
    let relation = |(at, (name, _)): (usize, &(&str, &[u8]))| {
        format!("<Relationship Id='c{at}' Type='x/aFChunk' Target='{name}'/>")
    };
    let relations: String = chunks.iter().enumerate().map(relation).collect();
    let relations = format!("<Relationships>{relations}</Relationships>");
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    let root = "<Relationships><Relationship Id='r' Type='x/officeDocument' Target='word/document.xml'/></Relationships>";
    let names: Vec<String> = chunks.iter().map(|(name, _)| format!("word/{name}")).collect();
    let mut files: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
    ];
    files.extend(names.iter().zip(chunks).map(|(name, (_, bytes))| (name.as_str(), *bytes)));
    zipped(&files)
}

/// Texts that a Word file embeds in other formats come in where they stand, with their notes.
#[test]
fn embedded_texts_are_read() {
    let chunk = |at: usize| format!("<w:altChunk r:id=\"c{at}\"/>");
    let footnotes = "<w:footnotes><w:footnote w:id=\"5\"><w:p><w:r><w:t>Inner note.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let inner = word(
        "<w:p><w:r><w:t>Of a Word file</w:t></w:r><w:r><w:footnoteReference w:id=\"5\"/></w:r></w:p>",
        &[("footnotes", footnotes)],
    );
    let page = "<html><body><h2>A <i>page</i></h2><p>Words<a href=\"#n1\" id=r1><sup>1</sup></a>.</p><table><tr><td>a<td>b</table><p id=n1><a href=\"#r1\">1</a> Page note.</p></body></html>";
    let mail = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"=x\"\r\n\r\n--=x\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>Caf=C3=A9 so=\r\nft.</p></body></html>\r\n--=x--\r\n";
    let body =
        [line("Before."), chunk(0), chunk(1), line("Between."), chunk(2), chunk(3), chunk(4), line("After.")]
            .concat();
    let bytes = with_chunks(
        &body,
        &[
            ("a.html", page.as_bytes()),
            ("b.docx", &inner),
            ("c.mht", mail.as_bytes()),
            ("d.txt", b"Plain one.\nPlain two."),
            ("e.rtf", b"{\\rtf1 x}"),
        ],
    );
    let checked = file("x.docx", &bytes);
    let files = checked.value.unwrap().files;
    let text: String = files
        .iter()
        .filter(|(name, _)| name.ends_with(".md"))
        .map(|(_, text)| String::from_utf8_lossy(text).into_owned())
        .collect();
    for part in [
        "Before.\n# A *page*\n\nWords[^1].",
        "| a | b |",
        "Of a Word file[^2]\n\nBetween.\n\nCafé soft.\n\nPlain one.\n\nPlain two.\n\nAfter.",
        "[^1]: Page note.",
        "[^2]: Inner note.",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let told: Vec<&str> = checked.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert!(told.iter().any(|message| message.contains("word/e.rtf")), "{told:?}");
    assert!(told.iter().all(|message| !message.contains("word/c.mht")), "{told:?}");
    // a file that holds itself, as far as it may
    let mut nested = word(&line("Innermost."), &[]);
    for depth in 0..7 {
        nested =
            with_chunks(&format!("{}{}", line(&format!("Depth {depth}.")), chunk(0)), &[("n.docx", &nested)]);
    }
    let checked = file("x.docx", &nested);
    assert!(checked.value.is_some());
    let told: Vec<&str> = checked.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert!(told.iter().any(|message| message.contains("was not brought in")), "{told:?}");
}

#[test]
fn numbers_of_open_documents_are_read() {
    let item = |start: &str, words: &str| {
        format!("<text:list-item {start}><text:p>{words}</text:p></text:list-item>")
    };
    let body = format!(
        "<text:h text:outline-level='1'/><text:p>a</text:p><text:list text:style-name='L1'>{}{}{}</text:list><text:h text:outline-level='1'/><text:p>b</text:p>",
        item("", "three"),
        item("text:start-value='7'", "seven"),
        item("", "eight")
    );
    let layout = "<office:document-styles><text:outline-style><text:outline-level-style text:level='1' style:num-prefix='Kapitel ' style:num-format='I'/></text:outline-style></office:document-styles>";
    let content = "<office:document-content><office:automatic-styles><text:list-style style:name='L1'><text:list-level-style-number text:level='1' style:num-format='1' text:start-value='3'/></text:list-style></office:automatic-styles><office:body><office:text>BODY</office:text></office:body></office:document-content>".replace("BODY", &body);
    let bytes = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
        ("styles.xml", layout.as_bytes()),
    ]);
    let files = of_word(&bytes, Changes::Accept);
    assert_eq!(files["01-kapitel-i.md"], "# Kapitel I\n\na\n\n3. three\n\n<!-- -->\n\n7. seven\n8. eight\n");
    assert_eq!(files["02-kapitel-ii.md"], "# Kapitel II\n\nb\n");
}

/// An EPUB of these documents, with a contents list that leads to each.
fn ebook(sheet: &str, documents: &[(&str, &str)]) -> Vec<u8> {
    let (mut items, mut spine, mut list, mut files) =
        (String::new(), String::new(), String::new(), Vec::new());
    for (index, (label, body)) in documents.iter().enumerate() {
        items.push_str(&format!(
            "<item id='i{index}' href='{index}.xhtml' media-type='application/xhtml+xml'/>"
        ));
        spine.push_str(&format!("<itemref idref='i{index}'/>"));
        list.push_str(&format!("<li><a href='{index}.xhtml'>{label}</a></li>"));
        let page = format!("<html><head><style>{sheet}</style></head><body>{body}</body></html>");
        files.push((format!("{index}.xhtml"), page.into_bytes()));
    }
    let opf = format!(
        "<package><metadata><dc:title>The Lamp</dc:title><dc:creator>Ann Writer</dc:creator></metadata><manifest>{items}\
         <item id='n' href='nav.xhtml' properties='nav'/></manifest><spine>{spine}</spine></package>"
    );
    let nav = format!(
        "<html><body><nav epub:type='toc'><ol>{list}</ol></nav><nav epub:type='page-list'><ol><li><a href='0.xhtml'>3</a></li></ol></nav></body></html>"
    );
    files.push(("mimetype".into(), b"application/epub+zip".to_vec()));
    files.push((
        "META-INF/container.xml".into(),
        b"<container><rootfile full-path='c.opf'/></container>".to_vec(),
    ));
    files.push(("c.opf".into(), opf.into_bytes()));
    files.push(("nav.xhtml".into(), nav.into_bytes()));
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    zipped(&files)
}

/// Ebooks whose programs set titles, pauses and emphasis by classes: the contents list says which lines are titles.
#[test]
fn titles_that_ebooks_only_set_are_found() {
    let text = "<p>It was late.</p><p class='c'>oOo</p><p>3</p><p>They <span class='e'>walked</span>.</p>";
    let texts = |head: &str| -> Vec<String> {
        let documents = ["ONE", "TWO"]
            .map(|number| (format!("Chapter {number}"), format!("{}{text}", head.replace("NUMBER", number))));
        let named: Vec<(&str, &str)> =
            documents.iter().map(|(label, body)| (label.as_str(), body.as_str())).collect();
        let files = of_word(&ebook(".c{text-align:center} .e{font-style:italic}", &named), Changes::Accept);
        files.into_iter().filter(|(name, _)| name.ends_with(".md")).map(|(_, text)| text).collect()
    };
    let below = "\n\nIt was late.\n\n* * *\n\n3\n\nThey *walked*.\n";
    for (head, title) in [
        (
            "<p class='t1'><span class='b'>CHAPTER NUMBER</span></p><p class='t2'><b>The Boat</b></p>",
            "CHAPTER ONE<br>The Boat",
        ),
        (
            "<center><font size='+2'><b>Chapter</b> Number</font></center>"
                .replace("Number", "NUMBER")
                .as_str(),
            "**Chapter** ONE",
        ),
        ("<div class='n'>Chapter NUMBER</div><h1><b>The Boat</b></h1>", "Chapter ONE<br>The Boat"),
        ("<h3 class='n'>Chapter NUMBER</h3><h2>The Boat</h2>", "Chapter ONE<br>The Boat"),
    ] {
        let made = texts(head);
        assert_eq!(made.len(), 2, "{made:?}");
        assert_eq!(made[0], format!("# {title}{below}"));
    }
    // other prefixes, a pause by its class, a pause before notes, a title of the whole with its author
    let page = "<h:h1 xmlns:h='http://www.w3.org/1999/xhtml'>The Lamp</h:h1><p>By</p><p>ANN WRITER</p><h2>One</h2><p>a</p><div class='ornamental-break'><span>=|=</span></div>\
        <p>b<a href='#n' id='r' epub:type='noteref'>1</a></p><hr/><aside epub:type='footnote' id='n'><p>A note.</p></aside><h2>Two</h2><p>c</p>";
    let files = of_word(&ebook("", &[("The Lamp", page)]), Changes::Accept);
    assert_eq!(files["01-one.md"], "# One\n\na\n\n* * *\n\nb[^1]\n\n[^1]: A note.\n");
    assert!(
        files["book.toml"].contains("title = \"The Lamp\"") && !files["book.toml"].contains("ANN WRITER")
    );
}

/// References to headings by the id that Pandoc makes of their words, as bookdown's users write them.
#[test]
fn references_to_headings_without_an_id_are_led_there() {
    let (files, _) = folder(&[
        ("_bookdown.yml", "rmd_files: [\"index.Rmd\", \"02.Rmd\"]\n"),
        ("index.Rmd", "# Start\n\nSee \\@ref(methods), \\@ref(markdown-syntax) and \\@ref(other).\n"),
        ("02.Rmd", "# Methods\n\n## Markdown syntax\n\nWords of \\@ref(start).\n"),
    ]);
    let all: String =
        files.iter().filter(|(name, _)| name.ends_with(".md")).map(|(_, text)| text.as_str()).collect();
    assert!(all.contains("See \"[](02.md)\", \"[](02.md#markdown-syntax)\" and \\@ref(other)."), "{all}");
    assert!(all.contains("Words of \"[](start.md)\"."), "{all}");
}

/// Sources cut and mixed anyhow end in a book or in a finding, and never in a panic.
#[test]
fn no_source_is_too_broken() {
    let seeds = [
        "---\ntitle: [a, {b: \"c\n---\n# T\n\n```{r x, fig.cap=\"é\"}\nx\n```\n\n::: {.callout-tip title=\"ü\"}\nT> x\n\n![a[b](é.png){#fig:x width=50%}\n\n@fig:x \\@ref(x) <a href='x'>é</a> {{#include a.md:2:1}} `é` <!-- x",
        "<h1>é<p><a href=#n id=r>1</a><table><tr><td colspan=9>x<div class=poem>a<br>é</div><li id=n><a href=#r>1</a>&#x;&eacute;<pre><code>x<figure><img src=x><hr><dl><dt>x<dd>y",
        "project:\n  type: book\nbook:\n  chapters:\n  - a.md\n  - part: é\n    chapters: [a.md, |\n",
    ];
    let mut seed = 7_u64;
    let mut next = |most: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % most.max(1)
    };
    for round in 0..1500 {
        let mut bytes = seeds[round % seeds.len()].as_bytes().to_vec();
        for _ in 0..1 + next(6) {
            let (from, length) = (next(bytes.len()), next(12));
            let piece = bytes[from..(from + length).min(bytes.len())].to_vec();
            let to = next(bytes.len());
            match next(3) {
                0 => drop(bytes.splice(to..to, piece)),
                1 => drop(bytes.drain(from..(from + length).min(bytes.len()))),
                _ => bytes[to] = b"\n<>{}[]()`#*:-|\"'&;\\ "[next(21)],
            }
            bytes.push(b' ');
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        drop(folder(&[("a.md", &text), ("b.md", "# B\n")]));
        drop(folder(&[("_quarto.yml", &text), ("a.md", &text)]));
        drop(page(&text));
        drop(file("x.docx", &word(&text, &[])));
    }
}

/// Tags at random, opened and closed wherever, with words between them that are all different.
fn tangled(dice: &mut Dice) -> (String, usize) {
    const NAMES: [&str; 46] = [
        "image",
        "svg",
        "title",
        "p",
        "i",
        "b",
        "em",
        "strong",
        "a href=#x",
        "a href=#y",
        "a id=x name=y",
        "div",
        "div class=poem",
        "span id=y",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "tr",
        "td",
        "th",
        "caption",
        "tbody",
        "thead",
        "h1",
        "h2",
        "h3",
        "blockquote",
        "pre",
        "code",
        "sup",
        "sub",
        "figure",
        "figcaption",
        "section",
        "aside epub:type=footnote id=x",
        "br",
        "hr",
        "q",
        "ruby",
        "rt",
        "p class=stanza",
        "summary",
    ];
    let (mut html, mut count) = (String::new(), 0);
    for _ in 0..4 + dice.roll(40) {
        let tag = dice.pick(&NAMES);
        match dice.roll(5) {
            0 | 1 => html.push_str(&format!("<{tag}>")),
            2 => html.push_str(&format!("</{}>", tag.split(' ').next().unwrap())),
            _ => {
                count += 1;
                html.push_str(&format!(
                    "word{count}{}",
                    dice.pick(&[",", " ", "* ", " _", "\n", "[", "&nbsp;"])
                ));
            }
        }
    }
    (html, count)
}

/// A browser shows all words of such a page, so all of them come in.
#[test]
fn pages_whose_elements_overlap_keep_their_words() {
    let mut dice = Dice(41);
    let mut by_words = 0;
    for round in 0..3000 {
        let (html, count) = tangled(&mut dice);
        let (files, findings) = page(&html);
        if count == 0 {
            continue;
        }
        let texts: String =
            files.iter().filter(|(name, _)| name.ends_with(".md")).map(|(_, text)| &**text).collect();
        by_words += usize::from(findings.iter().any(|finding| finding.code == Code::ImportShape));
        for number in 1..=count {
            let word = format!("word{number}");
            // twice where it is a name of its file as well
            let is_there = texts.split(|c: char| !c.is_alphanumeric()).any(|found| found == word);
            let is_alone = findings.iter().any(|finding| finding.code == Code::ImportEmpty);
            assert!(is_there || is_alone, "round {round}: {word} is lost\n{html}\n{findings:?}\n{texts}");
        }
    }
    // most are read with their shapes all the same
    assert!(by_words < 900, "{by_words} of 3000 pages were read by their words alone");
}

/// What was cut off has lost what stood behind, and nobody could say what that was.
#[test]
fn sources_that_were_cut_off_are_refused() {
    let cut = "<office:document-content><office:body><office:text><text:p>some wor";
    let odt: &[(&str, &[u8])] =
        &[("content.xml", cut.as_bytes()), ("styles.xml", b"<office:document-styles/>")];
    let word: &[(&str, &[u8])] = &[("word/document.xml", b"<w:document><w:body><w:p><w:r><w:t>some wor")];
    for (name, files) in [("a.docx", word), ("a.odt", odt)] {
        let checked = file(name, &zipped(files));
        let is_damaged = checked.findings.iter().any(|finding| finding.code == Code::ImportDamaged);
        assert!(checked.value.is_none() && is_damaged, "{name}: {:?}", checked.findings);
    }
}

/// The editor's corrections are made in the texts of a book that was brought in; those that
/// are not approved, and those whose words are gone, are not.
#[test]
fn corrections_are_made_after_the_proof() {
    let html = "<html><body><h1>One</h1><p>teh gate and teh hill</p><h1>Two</h1><p>teh end</p></body></html>";
    let mut files = file("page.html", html.as_bytes()).value.unwrap().files;
    let corrections = "[[correction]]\nwas = \"teh\"\nnow = \"the\"\nnth = 2\napproved = true\n\
        [[correction]]\nwas = \"teh end\"\nnow = \"The end\"\nfile = \"02-two.md\"\napproved = true\n\
        [[correction]]\nwas = \"teh gate\"\nnow = \"a gate\"\napproved = false\n\
        [[correction]]\nwas = \"gone\"\nnow = \"here\"\napproved = true\n";
    let findings = correct(&mut files, corrections);
    let text = |name: &str| {
        let (_, bytes) = files.iter().find(|(file, _)| file == name).unwrap();
        String::from_utf8_lossy(bytes).into_owned()
    };
    assert_eq!(text("01-one.md"), "# One\n\nteh gate and the hill\n");
    assert_eq!(text("02-two.md"), "# Two\n\nThe end\n");
    assert!(text("import-report.html").contains("<del>teh end</del> <ins>The end</ins>"));
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(findings[0].message.contains("“gone” does not stand in the texts"), "{findings:?}");
}

/// A bomb, an entity of another file, a relationship out of the folder and ten thousand
/// elements within each other end in a finding, for every kind of source.
#[test]
fn every_door_of_a_file_is_bounded() {
    let deep = |tag: &str, inner: &str| {
        format!("{}{inner}{}", format!("<{tag}>").repeat(10_000), format!("</{tag}>").repeat(10_000))
    };
    let xxe = |root: &str| format!("<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>{root}");
    let opf = "<package><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>\
        <item id='o' href='../../../../etc/passwd' media-type='application/xhtml+xml'/></manifest>\
        <spine><itemref idref='a'/><itemref idref='o'/></spine></package>";
    let ebook = |body: &str| {
        zipped(&[
            ("mimetype", b"application/epub+zip"),
            ("META-INF/container.xml", b"<container><rootfile full-path='c.opf'/></container>"),
            ("c.opf", opf.as_bytes()),
            ("a.xhtml", body.as_bytes()),
        ])
    };
    let open = |content: &str| {
        zipped(&[
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("content.xml", content.as_bytes()),
            ("styles.xml", b"<office:document-styles/>"),
        ])
    };
    let office = |body: &str| {
        format!(
            "<office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>"
        )
    };
    let passwords = |files: &[(String, Vec<u8>)]| {
        files.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("root:"))
    };
    // 1 GB of nothing in an entry, in 1 MB
    let bomb = vec![b' '; 1 << 30];
    let less = &bomb[..200 << 20];
    let bombs = [
        ("b.docx", zipped(&[("word/document.xml", &bomb)])),
        ("b.odt", zipped(&[("styles.xml", b"<s/>"), ("content.xml", less)])),
        ("b.epub", zipped(&[("mimetype", b"application/epub+zip"), ("META-INF/container.xml", less)])),
    ];
    drop(bomb);
    let entity = [
        ("x.docx", word(&xxe("<w:p><w:r><w:t>&x; word</w:t></w:r></w:p>"), &[])),
        ("x.odt", open(&xxe(&office("<text:p>&x; word</text:p>")))),
        ("x.epub", ebook(&xxe("<html><body><p>&x; word</p></body></html>"))),
        ("x.html", xxe("<html><body><p>&x; word</p></body></html>").into_bytes()),
    ];
    let nested = [
        ("d.docx", word(&deep("w:sdt", "<w:p><w:r><w:t>word</w:t></w:r></w:p>"), &[])),
        ("d.odt", open(&office(&deep("text:section", "<text:p>word</text:p>")))),
        ("d.epub", ebook(&format!("<html><body>{}</body></html>", deep("div", "<p>word</p>")))),
        ("d.html", format!("<html><body>{}</body></html>", deep("div", "<p>word</p>")).into_bytes()),
    ];
    for (name, bytes) in &bombs {
        let checked = file(name, bytes);
        assert!(checked.value.is_none() && !checked.findings.is_empty(), "{name}: {:?}", checked.findings);
    }
    for (name, bytes) in &nested {
        let checked = file(name, bytes);
        let value = checked.value.unwrap_or_else(|| panic!("{name}: {:?}", checked.findings));
        assert!(
            value.files.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("word")),
            "{name}"
        );
        let deep = checked.findings.iter().find(|finding| finding.code.name() == "import-shape");
        assert!(deep.is_some_and(|deep| deep.message.contains("deep in one another")), "{name}");
    }
    let picture = "<draw:frame><draw:image xlink:href='../../../etc/passwd'/></draw:frame>";
    let linked =
        "<text:p>word</text:p><text:section><text:section-source xlink:href='../other.odt'/></text:section>";
    let page = "<p>word <a href='file:///etc/passwd'>there</a></p>";
    let outward = [
        ("o.docx", word("<w:p><w:r><w:t>word</w:t></w:r></w:p>", &[])),
        ("p.odt", open(&office(&format!("<text:p>word {picture}</text:p>")))),
        ("s.odt", open(&office(linked))),
        ("o.epub", ebook("<html><body><p>word</p></body></html>")),
        ("o.html", format!("<html><body>{page}</body></html>").into_bytes()),
    ];
    for (name, bytes) in &outward {
        let checked = file(name, bytes);
        let outside = checked.findings.iter().find(|finding| finding.code.name() == "import-outside");
        assert!(
            outside.is_some_and(|one| one.message.contains("not opened")),
            "{name}: {:?}",
            checked.findings
        );
        assert!(!checked.value.is_some_and(|value| passwords(&value.files)), "{name}");
    }
    for (name, bytes) in entity.iter().chain(&nested) {
        let checked = file(name, bytes);
        assert!(checked.value.is_some() || !checked.findings.is_empty(), "{name}");
        let is_refused = !matches!(*name, "x.docx" | "x.odt") || !checked.findings.is_empty();
        assert!(is_refused, "{name}: its entities are not told");
        assert!(!checked.value.is_some_and(|value| passwords(&value.files)), "{name}");
    }
}

/// One byte of a packed text is wrong: nobody could say what is lost with it, and nothing is written. A text that the
/// reading order names and that is not there is told of.
#[test]
fn a_packed_text_that_is_damaged_is_no_empty_one() {
    let container = "<container><rootfiles><rootfile full-path='c.opf'/></rootfiles></container>";
    let opf = "<package><metadata><dc:title>T</dc:title><dc:language>en</dc:language></metadata><manifest>\
        <item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>\
        <item id='b' href='b.xhtml' media-type='application/xhtml+xml'/>\
        <item id='c' href='c.xhtml' media-type='application/xhtml+xml'/></manifest>\
        <spine><itemref idref='a'/><itemref idref='b'/><itemref idref='c'/><itemref idref='d'/></spine></package>";
    let chapter =
        |n: usize| format!("<html><body><h1>Title {n}</h1><p>{}</p></body></html>", "words ".repeat(n));
    let (first, second) = (chapter(40), chapter(60));
    let whole = zipped(&[
        ("META-INF/container.xml", container.as_bytes()),
        ("c.opf", opf.as_bytes()),
        ("a.xhtml", first.as_bytes()),
        ("b.xhtml", second.as_bytes()),
    ]);
    let checked = file("t.epub", &whole);
    assert!(checked.value.is_some());
    let missing = checked.findings.iter().find(|finding| finding.code == Code::ImportMissing).unwrap();
    assert!(missing.message.ends_with("names texts that are not in it: `c.xhtml`, `d`"), "{missing:?}");

    let relations =
        "<Relationships><Relationship Id='r' Type='x/footnotes' Target='footnotes.xml'/></Relationships>";
    let notes = "<w:footnotes><w:footnote w:id='2'><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let text = "<w:document><w:body><w:p><w:r><w:t>Words</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p></w:body></w:document>";
    let word = zipped(&[
        ("word/document.xml", text.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/footnotes.xml", notes.as_bytes()),
    ]);
    assert!(file("t.docx", &word).value.is_some());
    for (name, packed, part) in [
        ("t.epub", &whole, "b.xhtml"),
        ("t.docx", &word, "word/footnotes.xml"),
        ("t.docx", &word, "word/_rels/document.xml.rels"),
        ("t.docx", &word, "word/document.xml"),
    ] {
        let mut damaged = packed.clone();
        let at = damaged.windows(part.len()).position(|window| window == part.as_bytes()).unwrap();
        damaged[at + part.len() + 9] ^= 16;
        let checked = file(name, &damaged);
        assert!(checked.value.is_none(), "{part}");
        let said = format!("{name} is damaged: `{part}` in it cannot be unpacked");
        assert_eq!(
            checked.findings.iter().map(|f| (f.code, &f.message)).collect::<Vec<_>>(),
            [(Code::ImportDamaged, &said)]
        );
    }
}

/// The same of a Word file within a Word file, and of relationships that are no XML: what they lead to would be missed
/// by nobody.
#[test]
fn what_is_damaged_within_a_word_file_is_said() {
    let relations =
        "<Relationships><Relationship Id='r' Type='x/footnotes' Target='footnotes.xml'/></Relationships>";
    let notes = "<w:footnotes><w:footnote w:id='2'><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let text = "<w:document><w:body><w:p><w:r><w:t>Inner words</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p></w:body></w:document>";
    let word = |relations: &str| {
        zipped(&[
            ("word/document.xml", text.as_bytes()),
            ("word/_rels/document.xml.rels", relations.as_bytes()),
            ("word/footnotes.xml", notes.as_bytes()),
        ])
    };
    let around = |inner: &[u8]| {
        let chunk =
            "<Relationships><Relationship Id='c' Type='x/aFChunk' Target='inner.docx'/></Relationships>";
        let text = "<w:document><w:body><w:p><w:r><w:t>Outer words.</w:t></w:r></w:p><w:altChunk r:id='c'/></w:body></w:document>";
        zipped(&[
            ("word/document.xml", text.as_bytes()),
            ("word/_rels/document.xml.rels", chunk.as_bytes()),
            ("word/inner.docx", inner),
        ])
    };
    let whole = word(relations);
    let made = file("t.docx", &around(&whole));
    assert!(made.value.is_some(), "{:?}", made.findings);
    let mut damaged = whole;
    let part = b"word/footnotes.xml";
    let at = damaged.windows(part.len()).position(|window| window == part).unwrap();
    damaged[at + part.len() + 9] ^= 16;
    let cut = word(&relations[..relations.len() - 30]);
    for (name, bytes, said) in [
        ("inner", around(&damaged), "`word/footnotes.xml` in it cannot be unpacked"),
        ("cut", cut.clone(), "word/_rels/document.xml.rels"),
        ("inner cut", around(&cut), "word/_rels/document.xml.rels"),
    ] {
        let checked = file("t.docx", &bytes);
        assert!(checked.value.is_none(), "{name}");
        let damaged = checked.findings.iter().find(|finding| finding.code == Code::ImportDamaged).unwrap();
        assert!(damaged.message.contains(said), "{name}: {damaged:?}");
    }
}
