//! Hostile books: a sample of those that `examples/hostile.rs` runs whole, from the
//! folder to the editions in one process, and what once grew with its square.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/hostile_book.rs"]
mod hostile_book;
#[path = "common/spent.rs"]
mod spent;
#[path = "common/text.rs"]
mod text;

use hostile_book::{CLASSES, EACH, hostile_book};
use pamphleteer::diag::{Severity, SourceMap};
use pamphleteer::font::Library;
use pamphleteer::import::{Request, recover};
use pamphleteer::style::Style;
use pamphleteer::verify::{self, Document};
use pamphleteer::{epub, lint, manuscript, pdf, project, proof, typeset};
use spent::spent_by_all;
use std::fs;
use std::path::Path;
use std::time::Duration;
use text::one_text;

/// Of each class, every so manieth book.
const EVERY: usize = 25;
/// How many of anything they hold at most.
const MOST: usize = 150;
/// The most processor time that one may take, with that of the test that runs beside it.
const LONGEST: Duration = Duration::from_secs(20);

#[test]
fn hostile_books_are_made_or_refused() {
    let folder = std::env::temp_dir().join(format!("pamphleteer-hostile-test-{}", std::process::id()));
    for (class, (name, _)) in CLASSES.iter().enumerate() {
        for number in (0..EACH).step_by(EVERY) {
            let book = hostile_book(class, number, MOST);
            let _ = fs::remove_dir_all(&folder);
            for (name, bytes) in &book.files {
                let path = folder.join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, bytes).unwrap();
            }
            let begin = spent_by_all();
            make(&folder);
            import(&String::from_utf8_lossy(&book.transcription));
            let spent = spent_by_all() - begin;
            assert!(spent < LONGEST, "{name} {number} takes {spent:?}");
        }
    }
    fs::remove_dir_all(&folder).unwrap();
}

/// Makes what a build makes, as far as there are no errors.
fn make(folder: &Path) {
    let mut findings = Vec::new();
    let Ok(project) = project::load(folder, &mut findings) else { return };
    let book = manuscript::parse(&project.sources).take(&mut findings);
    findings.extend(lint::check(&book, &project.sources.map));
    let pages = typeset::set(&book, &project.style, &project.fonts).take(&mut findings);
    let is_refused = findings.iter().any(|finding| finding.severity == Severity::Error);
    drop(proof::report(&pages, &findings, &project.sources.map, None));
    if is_refused {
        return;
    }
    assert!(!pages.pages.is_empty(), "no pages, and no finding");
    assert!(verify::pages(&book, &pages).findings.iter().all(|finding| finding.severity != Severity::Error));
    pdf::screen(&pages, None).unwrap();
    let files = epub_files(&book, &project.style, &project.fonts);
    let texts = files.iter().filter(|file| file.path.ends_with(".xhtml"));
    let documents: Vec<Document<'_>> =
        texts.map(|file| Document { section: file.section, bytes: &file.bytes }).collect();
    let faults = verify::ebook(&book, &project.style.text.font, &documents).findings;
    assert!(faults.iter().all(|finding| finding.severity != Severity::Error), "{faults:?}");
}

fn epub_files(book: &pamphleteer::book::Book, style: &Style, fonts: &Library) -> Vec<epub::File> {
    let store = epub::Store::named("generic").unwrap();
    let modified = epub::Modified { date: (2000, 1, 1), time: (0, 0, 0) };
    let edition =
        epub::Edition { book, style, fonts, cover: None, pages: &[], store: &store, css: None, modified };
    epub::files(&edition).value
}

fn import(text: &str) {
    let mut map = SourceMap::default();
    let file = map.add("t.txt", text);
    let request = Request {
        name: "t.txt",
        text,
        file,
        decisions: None,
        corrections: None,
        book_toml: None,
        dialect: None,
        dictionary: None,
    };
    let checked = recover(&request);
    let refused = checked.findings.iter().any(|finding| finding.severity == Severity::Error);
    assert!(checked.value.is_some() || refused, "nothing recovered, and no reason given");
}

/// What took time by the square of its length, or its square in memory: each now takes
/// a part of a second, and a hundred times as long would not pass.
#[test]
fn long_things_take_seconds() {
    let wide = |piece: &str| format!("# T\n\n{}\n", piece.repeat(100_000 / piece.chars().count()));
    let long = [
        wide("漢"),
        wide("\u{1100}\u{1161}"),
        wide("\0"),
        wide("\u{ad}"),
        wide("a\u{200b}"),
        wide("\u{301}"),
        wide("a\u{a0}"),
        wide("'a "),
        wide("@ab "),
        wide("<b>") + &"</i>".repeat(20_000),
        wide("a\" 'b"),
        wide("_"),
        wide("_a."),
        wide("`a`-"),
        wide("{~~"),
        wide("&"),
        wide(":-"),
        wide("אa"),
        format!("# T\n\na*{}b\n", " ".repeat(100_000)),
        format!("# T\n\n{}\n", "a*\n".repeat(33_000)),
        format!("# T\n\n{}![a](p.png)\n", "<!-- page 1 --> ".repeat(20_000)),
        "# h\n\n".repeat(3_000),
        wide("W") + &"x".repeat(1_000_000),
    ];
    let fonts = Library::built_in();
    for text in long {
        let shown: String = text.chars().skip(5).take(12).collect();
        let begin = spent_by_all();
        let sources = one_text("en", text);
        let parsed = manuscript::parse(&sources);
        drop(lint::check(&parsed.value, &sources.map));
        let pages = typeset::set(&parsed.value, &Style::default(), &fonts).value;
        drop(verify::pages(&parsed.value, &pages));
        let spent = spent_by_all() - begin;
        assert!(spent < LONGEST * 2, "{shown:?} takes {spent:?}");
    }
}
