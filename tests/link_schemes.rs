//! Links that run a program or lead to files of the reader's machine pass into nothing that
//! is made of a book: not into the EPUB, the PDF, the reports or the preview, also where
//! the book has errors and is shown all the same.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]
#![allow(dead_code, reason = "not every test needs all of the common part")]

#[path = "common/process.rs"]
mod process;
#[path = "common/text.rs"]
mod text;

use lopdf::{Document, Object};
use pamphleteer::font::Library;
use pamphleteer::style::Style;
use pamphleteer::{epub, manuscript, pdf, typeset};
use process::{Scratch, said, tool};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;
use text::one_text;

/// Schemes that no reader should follow, as a book may spell them.
const SCHEMES: [&str; 8] = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#115;cript:alert(1)",
    "vbscript:x",
    "data:text/html,x",
    "file:///etc/passwd",
    "blob:x",
    "x-own:y",
];
/// One that they may follow, which shows that the test sees links.
const SOUND: &str = "https://example.org/sound";

/// A book with a link to each in every place that holds links.
fn hostile() -> String {
    let mut text = format!("# One [sound]({SOUND})\n\n[sound]({SOUND})\n\n");
    for (number, address) in SCHEMES.iter().enumerate() {
        text += &format!(
            "## Two [words](<{address}>)\n\nWords [words](<{address}>) <{address}> [words][{number}] ![a](<{address}>).[^{number}]\n\n\
             > [words](<{address}>)\n\n- [![a](p.png)](<{address}>)\n\n| a |\n|---|\n| [words](<{address}>) |\n\n\
             ::: caption\n[words](<{address}>)\n:::\n\n::: verse\n[words](<{address}>)\n:::\n\n\
             [{number}]: <{address}>\n\n[^{number}]: [words](<{address}>)\n\n"
        );
    }
    text
}

/// No attribute of an element leads to one of the schemes.
fn holds_no_link(name: &str, html: &str) {
    let lower = html.to_lowercase();
    for attribute in ["href=", "src=", "action=", "data=", "xlink:href=", "content=\"0;url="] {
        for (at, _) in lower.match_indices(attribute) {
            let value = lower[at + attribute.len()..].trim_start_matches(['"', '\'', ' ']);
            let pictures = ["data:,\"", "data:image/png;base64,", "data:image/svg+xml"];
            let ours = pictures.iter().any(|start| value.starts_with(start));
            let runs = ["javascript:", "vbscript:", "data:", "file:", "blob:", "x-own:"];
            let found = runs.iter().any(|scheme| value.starts_with(scheme));
            assert!(ours || !found, "{name}: {}", &value[..value.floor_char_boundary(60)]);
        }
    }
}

#[test]
fn no_edition_holds_a_link_that_runs() {
    let book = manuscript::parse(&one_text("en", hostile())).value;
    let (style, fonts) = (Style::default(), Library::built_in());
    let pages = typeset::set(&book, &style, &fonts).value;
    let file = Document::load_mem(&pdf::screen(&pages, None).unwrap().bytes).unwrap();
    let actions = file.objects.values().filter_map(|object| object.as_dict().ok()).flat_map(|dict| {
        let own = dict.get(b"URI").ok();
        own.into_iter().chain(dict.get(b"A").ok().and_then(|a| a.as_dict().ok()?.get(b"URI").ok()))
    });
    let leads: Vec<String> = actions
        .filter_map(|uri| match uri {
            Object::String(bytes, _) => Some(String::from_utf8_lossy(bytes).into_owned()),
            _ => None,
        })
        .collect();
    assert!(leads.iter().any(|uri| uri == SOUND), "{leads:?}");
    assert!(leads.iter().all(|uri| uri == SOUND), "{leads:?}");
    for object in file.objects.values().filter_map(|object| object.as_dict().ok()) {
        let kind = object.get(b"S").and_then(Object::as_name).unwrap_or_default();
        assert!(!matches!(kind, b"JavaScript" | b"Launch" | b"SubmitForm"), "{object:?}");
    }
    let store = epub::Store::named("generic").unwrap();
    let modified = epub::Modified { date: (2000, 1, 1), time: (0, 0, 0) };
    let (style, fonts) = (&style, &fonts);
    let edition = epub::Edition {
        book: &book,
        style,
        fonts,
        cover: None,
        pages: &[],
        store: &store,
        css: None,
        modified,
    };
    let mut sound = 0;
    for file in epub::files(&edition).value {
        let words = String::from_utf8_lossy(&file.bytes);
        sound += words.matches(SOUND).count();
        holds_no_link(&file.path, &words);
    }
    assert!(sound > 0, "the sound link is there");
}

#[test]
fn a_book_with_such_links_is_refused_and_shown_without_them() {
    let book = Scratch::book("schemes", &hostile());
    let (code, words) = said(tool(["build"]).arg(&book.0));
    assert!(code == Some(1) && words.contains("error[link-scheme]"), "{words}");
    assert!(!book.path("out").join("seen.epub").exists());
    let (code, words) = said(tool(["proof"]).arg(&book.0));
    assert!(code == Some(1), "{words}");
    holds_no_link("proof", &book.read("out/seen.proof.html"));
    let (_, words) = said(tool(["styles"]).arg(&book.0));
    assert!(book.path("out/seen.styles.html").exists(), "{words}");
    holds_no_link("styles", &book.read("out/seen.styles.html"));
}

#[test]
fn the_report_of_an_import_holds_none() {
    let home = Scratch::new("schemes-import");
    let html = "<a href=\"javascript:alert(1)\">words</a> <script>alert(1)</script>";
    home.write(
        "old.txt",
        format!("{}\n\n{html}\n\nMore of the words that fol-\n\n[Pg 2]\n\nlow here.\n", hostile()),
    );
    let (code, words) = said(tool(["import"]).arg(home.path("old.txt")).arg("--into").arg(home.path("book")));
    assert_eq!(code, Some(0), "{words}");
    let report = home.read("book/import-report.html");
    holds_no_link("report", &report);
    assert!(!report.contains("<script>alert"), "words are no markup");
}

#[test]
fn the_preview_shows_none() {
    let book = Scratch::book("schemes-preview", &hostile());
    let mut child = tool(["preview", "--port", "0"]).arg(&book.0).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let get = |path: &str| {
        let mut stream = TcpStream::connect(&address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    };
    // the page itself holds nothing of the book but its title: it is told all else as JSON
    let page = get("/");
    let state = get("/state");
    let told: serde_json::Value = serde_json::from_str(state.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    let texts = told["editions"]["texts"].as_array().unwrap();
    let texts: Vec<String> =
        texts.iter().map(|text| format!("/book/{}", text[0].as_str().unwrap())).collect();
    let shown: Vec<(String, String)> = texts.iter().map(|path| (path.clone(), get(path))).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(state.contains("link-scheme") && !shown.is_empty(), "{state}");
    holds_no_link("preview", &page);
    assert!(shown.iter().any(|(_, words)| words.contains(SOUND)), "{texts:?}");
    shown.iter().for_each(|(path, words)| holds_no_link(path, words));
}
