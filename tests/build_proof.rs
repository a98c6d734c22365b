//! The proof of a build can fail: whatever is taken from finished pages or from
//! the documents of an EPUB, or put in a wrong place, is found.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/random_book.rs"]
mod random_book;

use dice::Dice;
use pamphleteer::book::Book;
use pamphleteer::diag::Code;
use pamphleteer::font::Library;
use pamphleteer::length::Abs;
use pamphleteer::pages::{Item, Pages, Role};
use pamphleteer::style::Style;
use pamphleteer::verify::{self, Document};
use pamphleteer::{epub, manuscript, typeset};
use random_book::random_book;
use std::sync::Arc;

/// How many books are damaged, each in every way.
const BOOKS: u64 = 25;

/// A book that is set, with a place on its pages: page and item.
struct Set {
    book: Book,
    pages: Pages,
    style: Style,
    dice: Dice,
}

fn books(fonts: &Library) -> impl Iterator<Item = Set> + '_ {
    (1..=BOOKS).map(|seed| {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let written = random_book(&mut dice);
        let style = Style::default();
        let book = manuscript::parse(&written.sources).value;
        let pages = typeset::set(&book, &style, fonts).value;
        Set { book, pages, style, dice }
    })
}

impl Set {
    fn codes(&self) -> Vec<Code> {
        verify::pages(&self.book, &self.pages).findings.into_iter().map(|finding| finding.code).collect()
    }

    /// The places of all items that are words of the running text.
    fn words(&self) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        for (number, page) in self.pages.pages.iter().enumerate() {
            for (index, placed) in page.items.iter().enumerate() {
                let Item::Run(run) = &placed.item else { continue };
                let content = matches!(placed.role, Role::Leaf(_)) && run.origin.is_some();
                if content && run.text.chars().any(char::is_alphanumeric) {
                    places.push((number, index));
                }
            }
        }
        places
    }

    fn one_of_its_words(&mut self) -> (usize, usize) {
        let words = self.words();
        words[self.dice.roll(words.len())]
    }
}

#[test]
fn whole_pages_have_nothing_to_tell() {
    let fonts = Library::built_in();
    for set in books(&fonts) {
        let proof = verify::pages(&set.book, &set.pages);
        assert!(proof.findings.is_empty(), "{:?}", proof.findings);
        let account = proof.value;
        assert!(account.words.wanted > 0 && account.words.wanted == account.words.found);
        assert_eq!(account.notes.wanted, account.notes.found);
        assert_eq!(account.pictures.wanted, account.pictures.found);
        assert_eq!(account.rules.wanted, account.rules.found);
        assert_eq!(account.entries.wanted, account.entries.found);
    }
}

#[test]
fn a_rule_that_a_table_loses_is_found() {
    let fonts = Library::built_in();
    let mut tried = 0;
    for mut set in books(&fonts) {
        let wanted = verify::pages(&set.book, &set.pages).value.rules.wanted;
        let wide = |item: &Item| matches!(item, Item::Rule(size) if size.height > Abs::pt(0.7));
        for page in 0..set.pages.pages.len() {
            let items = &set.pages.pages[page].items;
            let Some(index) = items.iter().position(|placed| wide(&placed.item)) else { continue };
            let rule = set.pages.pages[page].items.remove(index);
            if wanted > 0 && set.codes().contains(&Code::RuleLost) {
                tried += 1;
            }
            set.pages.pages[page].items.insert(index, rule);
        }
        assert_eq!(set.codes(), []);
    }
    assert!(tried > 5, "{tried} rules of tables were taken away and missed");
}

#[test]
fn a_line_that_is_dropped_is_found() {
    let fonts = Library::built_in();
    for mut set in books(&fonts) {
        let (page, item) = set.one_of_its_words();
        set.pages.pages[page].items.remove(item);
        assert!(set.codes().contains(&Code::TextLost));
        let account = verify::pages(&set.book, &set.pages).value;
        assert!(account.words.found < account.words.wanted);
    }
}

#[test]
fn a_line_that_stands_twice_is_found() {
    let fonts = Library::built_in();
    for mut set in books(&fonts) {
        let (page, item) = set.one_of_its_words();
        let again = set.pages.pages[page].items[item].clone();
        set.pages.pages[page].items.push(again);
        assert!(set.codes().contains(&Code::TextLost));
    }
}

#[test]
fn a_letter_that_is_changed_is_found() {
    let fonts = Library::built_in();
    for mut set in books(&fonts) {
        let (page, item) = set.one_of_its_words();
        let Item::Run(run) = &mut set.pages.pages[page].items[item].item else { unreachable!() };
        let run = Arc::make_mut(run);
        run.text = run.text.replace(char::is_alphanumeric, "#");
        assert!(set.codes().contains(&Code::TextLost));
    }
}

#[test]
fn words_below_the_text_block_are_found() {
    let fonts = Library::built_in();
    for mut set in books(&fonts) {
        let (page, item) = set.one_of_its_words();
        let foot = set.pages.pages[page].frame.at.y + set.pages.pages[page].frame.size.height;
        set.pages.pages[page].items[item].at.y = foot + Abs::pt(3.0);
        assert!(set.codes().contains(&Code::TextOutside));
    }
}

#[test]
fn words_in_the_margin_are_found_and_off_the_paper_refused() {
    let fonts = Library::built_in();
    for mut set in books(&fonts) {
        let (page, item) = set.one_of_its_words();
        set.pages.pages[page].items[item].at.x = Abs::pt(5.0);
        assert!(set.codes().contains(&Code::TextInMargin));
        set.pages.pages[page].items[item].at.x = Abs::pt(-50.0);
        assert!(set.codes().contains(&Code::TextOutside));
    }
}

#[test]
fn words_on_other_words_are_found() {
    let fonts = Library::built_in();
    for mut set in books(&fonts) {
        let ((page, item), (other, below)) = (set.one_of_its_words(), set.one_of_its_words());
        if page != other || item == below {
            continue;
        }
        set.pages.pages[page].items[item].at = set.pages.pages[page].items[below].at;
        assert!(set.codes().contains(&Code::TextOverprinted));
    }
}

#[test]
fn a_picture_that_is_dropped_is_found() {
    let fonts = Library::built_in();
    let mut seen = 0;
    for mut set in books(&fonts) {
        let before: usize = set.pages.pages.iter().map(|page| page.items.len()).sum();
        for page in &mut set.pages.pages {
            page.items.retain(|placed| !matches!(placed.item, Item::Picture(..)));
        }
        let after: usize = set.pages.pages.iter().map(|page| page.items.len()).sum();
        if after < before {
            seen += 1;
            assert!(set.codes().contains(&Code::PictureLost));
        }
    }
    assert!(seen > 3, "too few of the books have pictures");
}

#[test]
fn a_note_before_its_call_is_found() {
    let fonts = Library::built_in();
    let mut seen = 0;
    for mut set in books(&fonts) {
        let Some(index) = set.pages.notes.iter().position(|place| place.call.is_some()) else { continue };
        seen += 1;
        set.pages.notes[index].note = None;
        assert!(set.codes().contains(&Code::NoteMisplaced));
        set.pages.notes[index].call = Some(1);
        set.pages.notes[index].note = Some(0);
        assert!(set.codes().contains(&Code::NoteMisplaced));
    }
    assert!(seen > 3, "too few of the books have notes");
}

#[test]
fn calls_of_notes_that_are_dropped_are_found() {
    let fonts = Library::built_in();
    let mut seen = 0;
    for mut set in books(&fonts) {
        let calls = verify::pages(&set.book, &set.pages).value.calls;
        assert_eq!(calls.wanted, calls.found);
        if calls.wanted == 0 {
            continue;
        }
        seen += 1;
        for page in &mut set.pages.pages {
            // what the tool adds to the text: marks, numbers, labels
            let is_added = |item: &Item| matches!(item, Item::Run(run) if run.origin.is_none());
            page.items.retain(|placed| !(matches!(placed.role, Role::Leaf(_)) && is_added(&placed.item)));
        }
        assert!(set.codes().contains(&Code::NoteMisplaced));
    }
    assert!(seen > 3, "too few of the books have notes");
}

#[test]
fn texts_that_no_list_names_are_found() {
    let fonts = Library::built_in();
    let mut seen = 0;
    for mut set in books(&fonts) {
        let wanted = verify::pages(&set.book, &set.pages).value.entries.wanted;
        for page in &mut set.pages.pages {
            page.links.clear();
        }
        let lost = set.codes().contains(&Code::TextLost);
        seen += usize::from(wanted > 0 && lost);
        assert!(wanted > 0 || !lost);
    }
    assert!(seen > 3, "too few of the books have contents");
}

#[test]
fn a_wrong_number_in_the_contents_is_found() {
    let fonts = Library::built_in();
    let mut seen = 0;
    for mut set in books(&fonts) {
        if verify::pages(&set.book, &set.pages).value.entries.wanted == 0 {
            continue;
        }
        seen += 1;
        for page in &mut set.pages.pages {
            page.label.push('7');
        }
        assert!(set.codes().contains(&Code::ContentsNumber));
    }
    assert!(seen > 3, "too few of the books have contents");
}

#[test]
fn a_paragraph_that_the_ebook_lacks_is_found() {
    let fonts = Library::built_in();
    for mut set in books(&fonts) {
        let store = epub::Store::named("generic").unwrap();
        let modified = epub::Modified { date: (2000, 1, 1), time: (0, 0, 0) };
        let edition = epub::Edition {
            book: &set.book,
            style: &set.style,
            fonts: &fonts,
            cover: None,
            pages: &[],
            store: &store,
            css: None,
            modified,
        };
        let mut files = epub::files(&edition).value;
        let codes = |files: &[epub::File]| -> Vec<Code> {
            let texts = files.iter().filter(|file| file.path.ends_with(".xhtml"));
            let documents: Vec<Document<'_>> =
                texts.map(|file| Document { section: file.section, bytes: &file.bytes }).collect();
            verify::ebook(&set.book, &set.style.text.font, &documents)
                .findings
                .into_iter()
                .map(|finding| finding.code)
                .collect()
        };
        assert_eq!(codes(&files), []);
        let damaged: Vec<epub::File> = files.iter().map(without_calls).collect();
        let differs = files.iter().zip(&damaged).any(|(file, damaged)| file.bytes != damaged.bytes);
        assert_eq!(differs, codes(&damaged).contains(&Code::NoteMisplaced));
        let texts: Vec<usize> = (0..files.len()).filter(|n| files[*n].section.is_some()).collect();
        let file = texts[set.dice.roll(texts.len())];
        let text = String::from_utf8(files[file].bytes.clone()).unwrap();
        let end = |start: usize| start + text[start..].find("</p>").unwrap() + "</p>".len();
        let says_something = |start: &usize| {
            let paragraph = &text[*start..end(*start)];
            !paragraph.contains("backlink") && paragraph.contains("x.")
        };
        let starts = text.match_indices("<p>").map(|(at, _)| at);
        let starts: Vec<usize> = starts.filter(says_something).collect();
        if starts.is_empty() {
            continue;
        }
        let start = starts[set.dice.roll(starts.len())];
        let end = end(start);
        files[file].bytes = [&text[..start], &text[end..]].concat().into_bytes();
        assert!(codes(&files).contains(&Code::TextLost), "{}", &text[start..end]);
    }
}

/// A file of an EPUB whose calls of notes are no calls.
fn without_calls(file: &epub::File) -> epub::File {
    let bytes = match file.path.ends_with(".xhtml") {
        true => String::from_utf8_lossy(&file.bytes).replace("\"noteref\"", "\"x\"").into_bytes(),
        false => file.bytes.clone(),
    };
    epub::File { path: file.path.clone(), section: file.section, bytes }
}
