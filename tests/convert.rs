//! Books of other tools, brought in: every word is there, notes lead to their calls, and
//! hostile sources end in a finding.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use pamphleteer::convert::{Converted, Request, Tree, convert};
use pamphleteer::diag::{Checked, Diagnostic};
use pamphleteer::{BuildOptions, Format, Project};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// Brings in a file that lies alone.
fn file(name: &str, bytes: &[u8]) -> Checked<Option<Converted>> {
    let tree = Tree { name: name.to_owned(), paths: BTreeSet::new(), read: &|_| None };
    convert(&Request { name, bytes: Some(bytes), tree: &tree })
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
        ("<p>2*3*4 [x] `y` a_b_ #1</p>", "2\\*3\\*4 \\[x\\] \\`y\\` a_b\\_ #1\n"),
        ("<p># no title</p><p>1914. It was</p><p>- so</p>", "\\# no title\n\n1914\\. It was\n\n\\- so\n"),
        ("<p>M<sup>me</sup> H<sub>2</sub>O</p>", "M^me^ H~2~O\n"),
        ("<ol start=3><li>c<li>d</ol>", "3. c\n4. d\n"),
        ("<p>a</p><p>* * *</p><p>b</p>", "a\n\n* * *\n\nb\n"),
        ("<blockquote><p>q</p><p>r</p></blockquote>", "> q\n>\n> r\n"),
        ("<div class=poem>one<br>two</div>", "::: verse\none\ntwo\n:::\n"),
        ("<pre><code class=language-rust>a * b\n</code></pre>", "```rust\na * b\n```\n"),
        ("<p>com<span class=pagenum>[Pg 12]</span>positor</p>", "com<!-- page 12 -->positor\n"),
        ("<table><tr><th>a<th>b<tr><td>1|2<td>3</table>", "| a | b |\n|---|---|\n| 1\\|2 | 3 |\n"),
        ("<p>caf&eacute; &amp; &#8212; &nosuch; &lt;b></p>", "café & — \\&nosuch; \\<b>\n"),
        ("<p>x<a href=\"#n\" id=r>1</a></p><p id=n><a href=\"#r\">[1]</a> note</p>", "x[^1]\n\n[^1]: note\n"),
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
