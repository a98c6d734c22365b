//! One change, and everything that depends on the number of pages follows in
//! the same run; and what was delivered before is remembered.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A book in a folder of its own, which goes with it.
struct Book(PathBuf);

impl Drop for Book {
    fn drop(&mut self) {
        // what is left in the folder of temporary files harms nobody
        let _ = fs::remove_dir_all(&self.0);
    }
}

const SENTENCE: &str =
    "A compositor works with the patience of a gardener, and weighs every line against its neighbours. ";

impl Book {
    fn new(name: &str) -> Book {
        let folder = std::env::temp_dir().join(format!("pamphleteer-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let particulars = "title = \"Growth\"\nslug = \"growth\"\nlanguage = \"en-US\"\ndate = 2024-02-29\n\
            identifier = \"urn:isbn:9780306406157\"\ndescription = \"A book that grows.\"\n\
            [[contributor]]\nname = \"Ada Example\"\nsort = \"Example, Ada\"\nrole = \"aut\"\n\
            [publisher]\nname = \"Example Press\"\nplace = \"London\"\n\
            [matter]\nfront = [\"title-page\", \"imprint\", \"contents\"]\nbody = [\"one.md\", \"two.md\"]\n\
            [outputs]\nprinter = \"kdp\"\n";
        fs::write(folder.join("book.toml"), particulars).unwrap();
        let book = Book(folder);
        book.write("one.md", "One", 24, 1);
        book.write("two.md", "Two", 12, 1);
        book
    }

    /// A text of that many paragraphs, the first of them so many times as long.
    fn write(&self, file: &str, title: &str, paragraphs: usize, first: usize) {
        let mut text = format!("# {title}\n\n{}\n\n", SENTENCE.repeat(12 * first));
        for number in 1..paragraphs {
            let _ = writeln!(text, "Paragraph {number}. {}\n", SENTENCE.repeat(12));
        }
        fs::write(self.0.join(file), text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> (bool, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pamphleteer"));
        let ran = command.arg(arguments[0]).arg(&self.0).args(&arguments[1..]).output().unwrap();
        (ran.status.success(), String::from_utf8(ran.stderr).unwrap())
    }

    fn build(&self, arguments: &[&str]) {
        let (good, said) = self.run(&[&["build"], arguments].concat());
        assert!(good, "{said}");
    }

    fn out(&self, name: &str) -> PathBuf {
        self.0.join("out").join(name)
    }

    fn record(&self) -> Value {
        serde_json::from_str(&fs::read_to_string(self.out("growth.build.json")).unwrap()).unwrap()
    }
}

/// Everything that the number of pages decides.
#[derive(Debug)]
struct Figures {
    laid_out: usize,
    printed: usize,
    spine_mm: f64,
    cover_points: f64,
    booklet_sides: usize,
    page_list: usize,
    contents: String,
    second_text: String,
    extent: String,
}

impl Figures {
    fn of(book: &Book) -> Figures {
        let record = book.record();
        let labels = record["pages"].as_array().unwrap();
        let second = labels.iter().find(|page| page["from"]["file"] == "two.md").unwrap();
        let wrap = record["outputs"].as_array().unwrap().iter().find_map(|o| o.get("wrap")).unwrap();
        let cover = lopdf::Document::load(book.out("growth-cover.pdf")).unwrap();
        let sheet = cover.get_dictionary(cover.page_iter().next().unwrap()).unwrap();
        let width = sheet.get(b"MediaBox").unwrap().as_array().unwrap()[2].as_float().unwrap();
        let onix = fs::read_to_string(book.out("growth.onix.xml")).unwrap();
        Figures {
            laid_out: labels.len(),
            printed: pages_of(&book.out("growth-print.pdf")),
            spine_mm: wrap["spine_mm"].as_f64().unwrap(),
            cover_points: f64::from(width),
            booklet_sides: pages_of(&book.out("growth-booklet.pdf")),
            page_list: page_breaks(&book.out("growth.epub")),
            contents: contents(&book.0),
            second_text: second["label"].as_str().unwrap().to_owned(),
            extent: between(&onix, "<ExtentValue>", "</ExtentValue>"),
        }
    }
}

fn pages_of(file: &Path) -> usize {
    lopdf::Document::load(file).unwrap().get_pages().len()
}

fn between(text: &str, start: &str, end: &str) -> String {
    let rest = text.split(start).nth(1).unwrap();
    rest.split(end).next().unwrap().to_owned()
}

/// How many page breaks the texts of the EPUB mark.
fn page_breaks(epub: &Path) -> usize {
    texts(epub).matches("\"doc-pagebreak\"").count()
}

/// All files of the EPUB, one after the other.
fn texts(epub: &Path) -> String {
    let mut archive = zip::ZipArchive::new(fs::File::open(epub).unwrap()).unwrap();
    let mut all = String::new();
    for index in 0..archive.len() {
        let mut bytes = Vec::new();
        archive.by_index(index).unwrap().read_to_end(&mut bytes).unwrap();
        all += &String::from_utf8_lossy(&bytes);
    }
    all
}

/// What the printed contents say, entry after entry.
fn contents(folder: &Path) -> String {
    let mut findings = Vec::new();
    let project = pamphleteer::project::load(folder, &mut findings).unwrap();
    let book = pamphleteer::manuscript::parse(&project.sources).take(&mut findings);
    let pages = pamphleteer::typeset::set(&book, &project.style, &project.fonts).take(&mut findings);
    let entry = pages.outline.iter().find(|entry| entry.title == "Contents").unwrap();
    let page = pages.destinations[entry.to.0 as usize].page as usize;
    let words = pages.pages[page].items.iter().filter_map(|placed| match &placed.item {
        pamphleteer::pages::Item::Run(run) => Some(run.text.as_str()),
        _ => None,
    });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_longer_paragraph_moves_everything_that_depends_on_pages() {
    let book = Book::new("growth");
    book.build(&[]);
    let before = Figures::of(&book);
    book.write("one.md", "One", 24, 60);
    book.build(&[]);
    let after = Figures::of(&book);
    let more = after.laid_out - before.laid_out;
    assert!(more >= 4, "{before:?} {after:?}");
    assert_eq!(after.printed, after.laid_out.next_multiple_of(2));
    assert_eq!(after.booklet_sides, after.laid_out.next_multiple_of(4) / 2);
    assert!(after.booklet_sides > before.booklet_sides);
    // cream paper: 0.0025 in to the page
    for figures in [&before, &after] {
        let spine = figures.printed as f64 * 0.0025;
        assert!((figures.spine_mm - spine * 25.4).abs() < 0.01, "{figures:?}");
        assert!((figures.cover_points - (11.0 + 0.25 + spine) * 72.0).abs() < 0.01, "{figures:?}");
        assert_eq!(figures.extent, figures.laid_out.to_string());
        assert!(figures.contents.contains(&figures.second_text), "{figures:?}");
    }
    assert_eq!(after.page_list - before.page_list, more);
    assert_ne!(after.second_text, before.second_text);
    assert_ne!(after.contents, before.contents);
}

#[test]
fn the_cover_has_the_marks_of_print() {
    let book = Book::new("marks");
    let particulars = book.0.join("book.toml");
    let text = fs::read_to_string(&particulars).unwrap();
    fs::write(&particulars, text.replace("title = \"Growth\"", "title = \"The Printer's 'Devil'\"")).unwrap();
    book.build(&["--to", "epub,pdf"]);
    let files = texts(&book.out("growth.epub"));
    let cover = between(&files, "alt=\"", "\"");
    assert!(cover.contains("The Printer’s ‘Devil’"), "{cover}");
}

#[test]
fn a_cover_for_a_book_that_the_printer_does_not_make_is_refused() {
    let book = Book::new("thin");
    book.write("one.md", "One", 2, 1);
    book.write("two.md", "Two", 2, 1);
    let (good, said) = book.run(&["build", "--to", "print,cover", "--printer", "kdp"]);
    assert!(!good && said.matches("Amazon KDP takes 24 to 828 pages").count() == 1, "{said}");
    let (good, alone) = book.run(&["build", "--to", "cover", "--printer", "kdp"]);
    assert!(!good && alone.contains("Amazon KDP takes 24 to 828 pages"), "{alone}");
    assert!(!book.out("growth-cover.pdf").exists());
}

#[test]
fn an_error_of_one_edition_refuses_that_edition_alone() {
    let book = Book::new("alone");
    book.build(&[]);
    let before = fs::read(book.out("growth-print.pdf")).unwrap();
    book.write("one.md", "One", 2, 1);
    book.write("two.md", "Two", 2, 1);
    let (good, said) = book.run(&["build"]);
    assert!(
        !good && said.contains("refused: print (print-pages); growth-print.pdf is of an earlier build"),
        "{said}"
    );
    assert_eq!(fs::read(book.out("growth-print.pdf")).unwrap(), before);
    let record = book.record();
    let outputs = record["outputs"].as_array().unwrap();
    let entry = |file: &str| outputs.iter().find(|entry| entry["file"] == file).unwrap();
    for (file, stale) in [
        ("growth-print.pdf", true),
        ("growth-cover.pdf", true),
        ("growth.epub", false),
        ("growth.pdf", false),
    ] {
        assert_eq!(entry(file)["stale"] == true, stale, "{file}");
    }
    assert_eq!(entry("growth-print.pdf")["codes"][0], "print-pages");
    assert_eq!(record["refused"][0]["edition"], "print");
    // made again it is stale no more
    book.write("one.md", "One", 30, 1);
    book.build(&[]);
    assert!(book.record()["outputs"].as_array().unwrap().iter().all(|entry| entry.get("stale").is_none()));
    assert!(book.record().get("refused").is_none());
}

#[test]
fn a_sign_that_no_face_has_refuses_pages_and_not_the_ebook() {
    let book = Book::new("signs");
    book.build(&["--to", "epub,pdf"]);
    let before = fs::read(book.out("growth.pdf")).unwrap();
    fs::write(book.0.join("two.md"), "# Two\n\nA rabbit \u{1f407} runs.\n").unwrap();
    let (good, said) = book.run(&["build", "--to", "epub,pdf"]);
    assert!(!good && said.contains("refused: pdf (glyph-missing)"), "{said}");
    assert!(texts(&book.out("growth.epub")).contains("A rabbit \u{1f407} runs."));
    assert_eq!(fs::read(book.out("growth.pdf")).unwrap(), before);
    let (good, said) = book.run(&["build", "--to", "epub"]);
    assert!(good && said.contains("note[glyph-") && !said.contains("error"), "{said}");
}

#[test]
fn a_book_in_hebrew_is_bound_on_the_right() {
    let book = Book::new("right");
    let particulars = book.0.join("book.toml");
    let text = fs::read_to_string(&particulars).unwrap();
    fs::write(&particulars, text.replace("en-US", "he")).unwrap();
    book.build(&["--to", "pdf,print"]);
    let screen = lopdf::Document::load(book.out("growth.pdf")).unwrap();
    let wishes = screen.catalog().unwrap().get(b"ViewerPreferences").unwrap().as_dict().unwrap();
    assert_eq!(wishes.get(b"Direction").unwrap().as_name().unwrap(), b"R2L");
    let mut findings = Vec::new();
    let project = pamphleteer::project::load(&book.0, &mut findings).unwrap();
    let read = pamphleteer::manuscript::parse(&project.sources).take(&mut findings);
    let pages = pamphleteer::typeset::set(&read, &project.style, &project.fonts).take(&mut findings);
    assert!(!pages.is_right_hand(0) && pages.is_right_hand(1));
    // the style's inner margin is on the right of a recto, and narrower than the outer one
    let full: Vec<_> = (0..pages.pages.len()).filter(|page| pages.pages[*page].rows.len() > 20).collect();
    for page in full {
        let rows = &pages.pages[page].rows;
        let left = rows.iter().map(|row| row.extent.0).min().unwrap();
        let right = pages.trim.width - rows.iter().map(|row| row.extent.1).max().unwrap();
        let (inside, outside) = if page % 2 == 0 { (right, left) } else { (left, right) };
        assert!(inside < outside, "page {page}: {inside:?} {outside:?}");
    }
}

#[test]
fn a_wrap_delivered_earlier_is_not_forgotten() {
    let book = Book::new("stale");
    book.build(&[]);
    book.write("one.md", "One", 24, 60);
    book.build(&["--to", "epub,print"]);
    let record = book.record();
    let outputs = record["outputs"].as_array().unwrap();
    let entry = |file: &str| outputs.iter().find(|entry| entry["file"] == file);
    assert_eq!(entry("growth-cover.pdf").unwrap()["earlier"], true);
    assert!(entry("growth.epub").unwrap().get("earlier").is_none());
    assert!(book.run(&["check"]).1.contains("note[cover-stale]"), "the cover would be made anew");
    let (good, said) = book.run(&["check", "--to", "print"]);
    assert!(good && said.contains("warning[cover-stale]"), "{said}");
    assert!(!book.run(&["check", "--to", "print", "--deny", "cover-stale"]).0);

    // a file that somebody changed is nothing that we know
    fs::write(book.out("growth-cover.pdf"), "another").unwrap();
    book.build(&["--to", "epub"]);
    let (good, said) = book.run(&["check"]);
    assert!(good && !said.contains("cover-stale"), "{said}");
}

#[test]
fn a_printers_file_is_kept_like_a_known_printer() {
    let book = Book::new("printer");
    let own = "title='the house next door'\nchecked='2026-11-24'\nbleed=0.1\nbleed_gutter=true\nlarger_page=true\n\
        inside=[[999,0.5]]\noutside=0.3\noutside_with_bleed=0.3\npages=[4,999]\nmultiple=16\ntype_pt=6.0\nline_pt=0.25\n\
        ppi=300\nmegabytes=10\nink_percent=300\nspine_text_from=40\n[papers]\ncream={page=0.004}\n";
    fs::write(book.0.join("next-door.toml"), own).unwrap();
    book.build(&["--printer", "next-door.toml", "--to", "print,cover"]);
    assert_eq!(pages_of(&book.out("growth-print.pdf")) % 16, 0);
    let (good, said) = book.run(&["check"]);
    assert!(good && !said.contains("cover-stale"), "{said}");
    book.write("one.md", "One", 24, 60);
    assert!(book.run(&["check", "--printer", "next-door.toml"]).1.contains("cover-stale"));
    let (good, said) = book.run(&["build", "--printer", "nobody"]);
    assert!(!good && said.contains("`nobody` is not a printer that we know"), "{said}");
}

#[test]
fn proof_images_and_a_booklet_for_home_are_made_when_asked_for() {
    let book = Book::new("proofs");
    book.build(&["--to", "png,home", "--ppi", "72"]);
    let record = book.record();
    let pages = record["pages"].as_array().unwrap().len();
    let page = image::open(book.out("growth-png/001.png")).unwrap();
    assert_eq!((page.width(), page.height()), (396, 612));
    assert_eq!(fs::read_dir(book.out("growth-png")).unwrap().count(), pages);
    assert_eq!(pages_of(&book.out("growth-home.pdf")), 2 + pages.next_multiple_of(4) / 2);
}
