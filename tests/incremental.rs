//! An edit costs what it touches, and what comes of it is what a cold build makes: over
//! random edits of random books, everything that a memo gives is held against a book set
//! anew.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/random_book.rs"]
mod random_book;

use dice::Dice;
use pamphleteer::book::Matter;
use pamphleteer::diag::{Checked, SourceMap};
use pamphleteer::font::Library;
use pamphleteer::pages::Pages;
use pamphleteer::project::{Around, KnownPictures, load_with, sha256};
use pamphleteer::sources::{Entry, Item, Sources};
use pamphleteer::style::{Style, Value};
use pamphleteer::typeset::Memo;
use pamphleteer::{manuscript, pdf, typeset};
use random_book::random_book;

/// Edits of each book.
const EDITS: usize = 334;
/// After so many edits of a book others are written in its place, so that it does not
/// only grow.
const FRESH_AFTER: usize = 30;
/// So many states of a book are remembered, and each was set in so many passes at most.
const STATES: usize = 2;
const PASSES: usize = 8;
/// After so many edits the PDF is held against that of a cold build as well.
const PDF_AFTER: usize = 30;

#[test]
fn a_thousand_edits_of_three_books_are_set_as_cold_builds_are() {
    let notes = [("foot", "book"), ("book", "page"), ("text", "text")];
    std::thread::scope(|scope| {
        for (number, (place, numbering)) in notes.into_iter().enumerate() {
            scope.spawn(move || edit_and_compare(number, place, numbering));
        }
    });
}

fn edit_and_compare(number: usize, place: &str, numbering: &str) {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (number as u64 + 77) << 13);
    let mut style = Style::default();
    let mut set = |table: &str, key: &str, value: &str| {
        style.set(table, key, &Value::Text(value.to_owned())).unwrap();
    };
    set("notes", "place", place);
    set("notes", "numbering", numbering);
    set("page", "opening", ["any", "recto", "any"][number]);
    let fonts = Library::built_in();
    let mut book = Edited::new(&mut dice);
    let (mut memo, mut before, mut last) = (Memo::default(), Vec::new(), 0);
    let mut texts = manuscript::Memo::default();
    for edit in 0..EDITS {
        if edit % FRESH_AFTER == 0 {
            book = Edited::new(&mut dice);
        }
        let sources = book.sources();
        let Checked { value: parsed, findings } = manuscript::parse(&sources);
        let again = manuscript::parse_again(&sources, &mut texts);
        assert_eq!(
            manuscript::compare(&again.value, &sources, again.findings),
            findings,
            "edit {edit}: {before:?}"
        );
        assert_eq!(
            format!("{:?}", again.value),
            format!("{parsed:?}"),
            "book {number}, edit {edit}: {before:?}"
        );
        let cold = typeset::set(&parsed, &style, &fonts);
        let warm = typeset::set_again(&parsed, &style, &fonts, &mut memo);
        assert_eq!(warm.findings, cold.findings, "book {number}, edit {edit}: {before:?}");
        assert_eq!(words(&warm.value), words(&cold.value), "book {number}, edit {edit}: {before:?}");
        if edit % PDF_AFTER == 0 {
            assert!(screen(&warm.value) == screen(&cold.value), "book {number}, edit {edit}: {before:?}");
        }
        let most = STATES * PASSES * parsed.sections.len().max(last);
        assert!(memo.len() <= most, "{} texts are remembered", memo.len());
        last = parsed.sections.len();
        before.push(book.edit(&mut dice));
        let from = before.len().saturating_sub(5);
        before.drain(..from);
    }
}

/// All that pages say of themselves.
fn words(pages: &Pages) -> String {
    format!("{pages:?}")
}

fn screen(pages: &Pages) -> Vec<u8> {
    pdf::screen(pages, None).unwrap().bytes
}

#[test]
fn what_is_untouched_is_remembered_and_other_styles_are_not_mixed_up() {
    let fonts = Library::built_in();
    let mut dice = Dice(99);
    let book = Edited::new(&mut dice);
    let parsed = manuscript::parse(&book.sources()).value;
    let mut memo = Memo::default();
    assert!(memo.is_empty());
    let mut larger = Style::default();
    larger.set("text", "size", &Value::Text("12pt".to_owned())).unwrap();
    for style in [&Style::default(), &larger, &Style::default(), &larger] {
        let warm = typeset::set_again(&parsed, style, &fonts, &mut memo);
        assert_eq!(words(&warm.value), words(&typeset::set(&parsed, style, &fonts).value));
    }
    assert!(!memo.is_empty());
}

/// A book that somebody edits.
struct Edited {
    /// All but the texts.
    rest: Sources,
    texts: Vec<String>,
    /// The texts as they were before the last edit.
    undone: Vec<String>,
}

impl Edited {
    /// The texts of several random books.
    fn new(dice: &mut Dice) -> Edited {
        let (first, second) = (random_book(dice), random_book(dice));
        let all = first.sources.map.iter().chain(second.sources.map.iter());
        let texts: Vec<String> = all.map(|(_, file)| file.text.clone()).collect();
        Edited { rest: first.sources.clone(), undone: texts.clone(), texts }
    }

    fn sources(&self) -> Sources {
        let mut sources = self.rest.clone();
        sources.map = SourceMap::default();
        sources.matter.retain(|entry| matches!(entry.item, Item::Made(_)));
        let back = sources.matter.iter().position(|entry| entry.matter == Matter::Back);
        let first = back.unwrap_or(sources.matter.len());
        for (number, text) in self.texts.iter().enumerate() {
            let item = Item::File(sources.map.add(format!("{number:02}.md"), text.clone()));
            let entry = Entry { matter: Matter::Body, item, span: None };
            sources.matter.insert(first + number, entry);
        }
        sources
    }

    /// Does what an author does; what that was.
    fn edit(&mut self, dice: &mut Dice) -> String {
        let before = self.texts.clone();
        let at = dice.roll(self.texts.len());
        let what = dice.pick(&[
            "word",
            "word",
            "word",
            "word",
            "cut",
            "undo",
            "paragraph",
            "paragraph",
            "heading",
            "anchor",
            "signs",
            "first",
            "order",
            "note",
        ]);
        let text = &mut self.texts[at];
        let end = text.len();
        match what {
            "word" => {
                let spaces: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
                let place = spaces.get(dice.roll(spaces.len())).copied().unwrap_or(end);
                text.insert_str(place, dice.pick(&[" so", " indeed,", " Mr. Brown", " *quite*", " 1949"]));
            }
            "cut" => {
                let lines: Vec<&str> = text.lines().collect();
                let gone = 1 + dice.roll(lines.len().saturating_sub(1));
                let left = lines.iter().enumerate().filter(|(line, _)| *line != gone);
                *text = left.map(|(_, line)| format!("{line}\n")).collect();
            }
            "undo" => self.texts = self.undone.clone(),
            "paragraph" => {
                *text += &format!("\n\n{}\n", "More words than there were. ".repeat(1 + dice.roll(30)));
            }
            "heading" => *text += dice.pick(&["\n\n## Further {#on}\n\nOn.\n", "\n\n#### Deep\n\nDown.\n"]),
            // a place without words waits for those of the next text
            "anchor" => *text += &format!("\n\n[]{{#end-{end}}}\n"),
            "signs" => *text += "\n\n漢 [τα μικρά, small]{.smallcaps} [adlam]{lang=ff}\n",
            "first" => *text = format!("#### Below\n\n{text}"),
            "order" => self.texts.rotate_left(1),
            _ => *text += &format!("\n\nCalled.[^x{end}]\n\n[^x{end}]: Said, [](#on){{.page}}.\n"),
        }
        if what != "undo" {
            self.undone = before;
        }
        format!("{what} {at}")
    }
}

#[test]
fn a_picture_is_prepared_anew_when_its_bytes_are_others() {
    let root = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("known-pictures");
    let _ = std::fs::remove_dir_all(&root);
    std::fs::create_dir_all(&root).unwrap();
    let toml = "title = \"Seen\"\nlanguage = \"en\"\n[matter]\nbody = [\"a.md\"]\n";
    std::fs::write(root.join("book.toml"), toml).unwrap();
    std::fs::write(root.join("a.md"), "# One\n\n![a](a.png)\n").unwrap();
    let picture = include_bytes!("common/random_book.png");
    let drawing = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";
    let known = KnownPictures::default();
    let read = || {
        let around = Around { pictures: Some(&known), ..Around::default() };
        let project = load_with(&root, around, &mut Vec::new()).unwrap();
        project.sources.images["a.png"].clone()
    };
    let mut before: Option<std::sync::Arc<[u8]>> = None;
    for (bytes, is_same) in [(&picture[..], false), (picture, true), (drawing, false), (picture, false)] {
        std::fs::write(root.join("a.png"), bytes).unwrap();
        let image = read().unwrap();
        assert_eq!(image.sha256, sha256(bytes));
        let same = before.is_some_and(|before| std::sync::Arc::ptr_eq(&before, &image.bytes));
        assert_eq!(same, is_same);
        before = Some(image.bytes);
    }
    std::fs::write(root.join("a.png"), b"no picture at all").unwrap();
    assert_eq!(read().unwrap_err().message, read().unwrap_err().message);
    std::fs::remove_dir_all(root).unwrap();
}
