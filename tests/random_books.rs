//! Books made by chance: no word of them is lost on the way to pages, PDF and
//! EPUB, and the proof of the build agrees with a reader who knows nothing of it.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]
#![allow(clippy::disallowed_methods, reason = "whoever runs the test may ask for more books")]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/pdf_letters.rs"]
mod pdf_letters;
#[path = "common/random_book.rs"]
mod random_book;

use dice::Dice;
use pamphleteer::book::Book;
use pamphleteer::diag::{Diagnostic, Severity};
use pamphleteer::font::Library;
use pamphleteer::pages::{Item, LeafId, Pages, Role};
use pamphleteer::style::{Style, Value};
use pamphleteer::verify::{self, Document};
use pamphleteer::{epub, manuscript, pdf, typeset};
use random_book::{RandomBook, random_book};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many books; `PAMPHLETEER_RANDOM_BOOKS` asks for more.
const BOOKS: usize = 2000;
/// Of so many books one is traced into the file of its PDF too: writing and reading it takes as long as a dozen books' pages.
const TRACED_INTO_PDF: usize = 8;

#[test]
fn no_word_of_a_random_book_is_lost() {
    let books = std::env::var("PAMPHLETEER_RANDOM_BOOKS").ok().and_then(|count| count.parse().ok());
    let books: usize = books.unwrap_or(BOOKS);
    let next = AtomicUsize::new(0);
    let faults: Vec<String> = std::thread::scope(|scope| {
        let worker = || {
            let fonts = Library::built_in();
            let mut faults = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= books {
                    return faults;
                }
                faults.extend(judge(number, &fonts));
            }
        };
        let workers: Vec<_> = (0..2).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert!(
        faults.is_empty(),
        "{} faults, the first:\n{}",
        faults.len(),
        faults[..faults.len().min(5)].join("\n")
    );
}

/// The style of a book: one of several places for notes, and what else moves words.
fn style(dice: &mut Dice) -> Style {
    let mut style = Style::default();
    let mut set = |table: &str, key: &str, value: Value| style.set(table, key, &value).unwrap();
    let text = |words: &str| Value::Text(words.to_owned());
    set("notes", "place", text(dice.pick(&["foot", "foot", "text", "book"])));
    set("notes", "numbering", text(dice.pick(&["book", "text", "page"])));
    set("notes.editor", "place", text(dice.pick(&["foot", "text", "book"])));
    set("heading", "drop-cap", Value::Integer(dice.roll(4) as i64));
    set("heading", "lead-in", Value::Flag(dice.roll(2) == 0));
    set("heading", "title-case", text(dice.pick(&["roman", "capitals", "small-caps"])));
    set("page", "lines", Value::Integer(18 + dice.roll(20) as i64));
    set("page", "opening", text(dice.pick(&["any", "recto", "verso"])));
    set("contents", "depth", Value::Integer(1 + dice.roll(3) as i64));
    style
}

/// The seed of the book of that number.
fn seed(number: usize) -> u64 {
    0x9e37_79b9_7f4a_7c15 ^ (number as u64 + 1).wrapping_mul(0x2545_f491_4f6c_dd1d)
}

fn judge(number: usize, fonts: &Library) -> Vec<String> {
    let mut dice = Dice(seed(number));
    let written = random_book(&mut dice);
    let style = style(&mut dice);
    let parsed = manuscript::parse(&written.sources);
    let errors: Vec<String> =
        parsed.findings.iter().filter(|f| f.severity == Severity::Error).map(said).collect();
    if !errors.is_empty() {
        return vec![format!("book {number} is not well formed: {}", errors.join("; "))];
    }
    let mut faults = Vec::new();
    let pages = typeset::set(&parsed.value, &style, fonts).value;
    faults.extend(lost(&on_pages(&pages), &written, "the pages"));
    // a word of fifty letters may reach into the margin: it is named, and not lost
    let proof = verify::pages(&parsed.value, &pages).findings;
    faults.extend(proof.iter().filter(|finding| finding.severity == Severity::Error).map(said));
    if number.is_multiple_of(TRACED_INTO_PDF) {
        faults.extend(lost_in_pdf(&pages));
    }
    let documents = documents(&parsed.value, &style, fonts);
    // title page, contents and navigation repeat words
    let told = documents.iter().filter(|file| file.section.is_some() || file.path.contains("notes"));
    let texts: Vec<String> = told.map(|file| without_tags(&file.bytes)).collect();
    faults.extend(lost(&texts.join(" "), &written, "the EPUB"));
    let held: Vec<Document<'_>> =
        documents.iter().map(|file| Document { section: file.section, bytes: &file.bytes }).collect();
    faults.extend(verify::ebook(&parsed.value, &style.text.font, &held).findings.iter().map(said));
    faults.into_iter().map(|fault| format!("book {number}: {fault}")).collect()
}

fn said(finding: &Diagnostic) -> String {
    format!("{}: {}", finding.code, finding.message)
}

/// What an edition has less or more often than its author wrote it.
fn lost(text: &str, book: &RandomBook, edition: &str) -> Option<String> {
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for word in text.split(|c: char| !c.is_ascii_alphabetic()) {
        *found.entry(word).or_default() += 1;
    }
    let count = |word: &String| found.get(word.as_str()).copied().unwrap_or(0);
    let written = book.words.iter().filter(|word| !word.is_empty());
    let wrong: Vec<String> =
        written.filter(|word| count(word) != 1).map(|word| format!("{word} {} times", count(word))).collect();
    let gone: Vec<&String> = book.repeated.iter().filter(|word| count(word) == 0).collect();
    (!wrong.is_empty() || !gone.is_empty())
        .then(|| format!("{edition}: {wrong:?}, gone from headings {gone:?}"))
}

/// The first page whose letters are others in the PDF than on the finished page. An initial is drawn there, and said by
/// the word beside it.
fn lost_in_pdf(pages: &Pages) -> Option<String> {
    let file = pdf::screen(pages, None).unwrap();
    let read = pdf_letters::letters_of_pages(&file.bytes);
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let set = pages.pages.iter().map(|page| {
        let runs = page.items.iter().filter_map(|placed| match &placed.item {
            Item::Run(run) if placed.role != Role::Initial => Some(letters(&run.text)),
            _ => None,
        });
        runs.collect::<String>()
    });
    let set: Vec<String> = set.collect();
    let read: Vec<String> = read.iter().map(|text| letters(text)).collect();
    if set.len() != read.len() {
        return Some(format!("the PDF: {} pages of {}", read.len(), set.len()));
    }
    let wrong = set.iter().zip(&read).position(|(set, read)| set != read)?;
    Some(format!("the PDF: page {} has {:?} for {:?}", wrong + 1, read[wrong], set[wrong]))
}

/// The words of all pages: what belongs together in the structure is one.
fn on_pages(pages: &Pages) -> String {
    let mut leaves: BTreeMap<LeafId, String> = BTreeMap::new();
    for placed in pages.pages.iter().flat_map(|page| &page.items) {
        if let (Item::Run(run), Role::Leaf(leaf)) = (&placed.item, placed.role) {
            leaves.entry(leaf).or_default().push_str(&run.text);
        }
    }
    let words: Vec<String> = leaves.into_values().collect();
    words.join(" ").replace('\u{ad}', "").to_lowercase()
}

fn documents(book: &Book, style: &Style, fonts: &Library) -> Vec<epub::File> {
    let store = epub::Store::named("generic").unwrap();
    let modified = epub::Modified { date: (2000, 1, 1), time: (0, 0, 0) };
    let edition =
        epub::Edition { book, style, fonts, cover: None, pages: &[], store: &store, css: None, modified };
    let files = epub::files(&edition).value;
    files.into_iter().filter(|file| file.path.ends_with(".xhtml")).collect()
}

/// The words of a document. The browser's own words do not count.
fn without_tags(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let body = text.split_once("<body").map_or("", |(_, body)| body);
    let mut words = String::new();
    for (n, part) in body.split('<').enumerate() {
        let (tag, rest) = part.split_once('>').unwrap_or(("", part));
        // parts of a word may be marked by themselves
        let inline = ["span", "/span", "em", "/em", "i", "/i", "b", "/b", "wbr"];
        let name = tag.split([' ', '/']).next().unwrap_or("");
        if n > 0 && !inline.contains(&tag) && !inline.contains(&name) {
            words.push(' ');
        }
        words.push_str(rest);
    }
    words.replace(['\u{ad}', '\u{2060}'], "").to_lowercase()
}

/// Prints a book: `BOOK=191 cargo test --test random_books -- --ignored --nocapture`.
#[test]
#[ignore = "for those who look for the cause of a fault"]
fn one_book() {
    let number: usize = std::env::var("BOOK").unwrap().parse().unwrap();
    let mut dice = Dice(seed(number));
    let written = random_book(&mut dice);
    for (_, file) in written.sources.map.iter() {
        println!("== {}\n{}", file.name, file.text);
    }
    let style = style(&mut dice);
    println!("{:?}\n{:?}\n{:?}", style.page, style.notes, style.editor_notes);
    println!("{:?}", judge(number, &Library::built_in()));
}
