//! Small books set whole: golden pages, and what must hold on every page.
//!
//! Each folder of `tests/golden/pages` is a book; `pages.txt` in it says what
//! stands where on its pages. `ACCEPT=1` accepts what is set now.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/golden.rs"]
mod golden;

use golden::Golden;
use pamphleteer::book::{Block, BlockKind, Book, Content, Inline, InlineKind};
use pamphleteer::diag::{Diagnostic, Severity};
use pamphleteer::length::Abs;
use pamphleteer::pages::{Child, Item, LinkTarget, NodeId, Page, Pages, Role, Tag, Tree};
use pamphleteer::style::Style;
use pamphleteer::{manuscript, project, typeset};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

struct Set {
    book: Book,
    style: Style,
    pages: Pages,
    findings: Vec<Diagnostic>,
}

fn set(root: &Path) -> Set {
    let mut findings = Vec::new();
    let project = project::load(root, &mut findings).unwrap();
    let book = manuscript::parse(&project.sources).take(&mut findings);
    let pages = typeset::set(&book, &project.style, &project.fonts).take(&mut findings);
    Set { book, style: project.style, pages, findings }
}

fn golden_books() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/pages");
    let mut books: Vec<PathBuf> =
        std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    books.sort();
    assert!(books.len() >= 6, "the golden books are gone");
    books
}

/// What stands on the pages: one line of text for each baseline.
fn drawn(set: &Set) -> String {
    let mut out = String::new();
    for (n, page) in set.pages.pages.iter().enumerate() {
        let side = if Pages::is_recto(n) { "recto" } else { "verso" };
        writeln!(out, "page {} {side}", page.label).unwrap();
        draw_page(page, &mut out);
    }
    for item in &set.pages.outline {
        let page = set.pages.destinations[item.to.0 as usize].page as usize;
        let indent = usize::from(item.level) * 2;
        writeln!(out, "outline{:indent$}{} → {}", "", item.title, set.pages.pages[page].label).unwrap();
    }
    for taken in &set.pages.compromises {
        let label = &set.pages.pages[taken.page as usize].label;
        writeln!(out, "compromise {} on {label}", taken.compromise.name()).unwrap();
    }
    out
}

fn draw_page(page: &Page, out: &mut String) {
    let mut lines: BTreeMap<(Abs, Abs), (char, String)> = BTreeMap::new();
    for placed in &page.items {
        let role = match placed.role {
            Role::Leaf(_) => ' ',
            Role::Header => '^',
            Role::Footer => '_',
            Role::Ornament | Role::SceneBreak | Role::Initial => '~',
        };
        let text = match &placed.item {
            Item::Run(run) => run.text.clone(),
            Item::Rule(size) => format!("—— {}", size.width),
            Item::Picture(n, size) => format!("[picture {n}, {} × {}]", size.width, size.height),
        };
        lines.entry((placed.at.y, placed.at.x)).or_insert((role, String::new())).1.push_str(&text);
    }
    let mut last = None;
    for ((y, x), (role, text)) in lines {
        if last == Some(y) {
            write!(out, "¦{text}").unwrap();
        } else {
            write!(out, "\n{role}{:7.2} {:6.2}  {text}", y.to_pt(), x.to_pt()).unwrap();
        }
        last = Some(y);
    }
    out.push_str("\n\n");
}

#[test]
fn pages_are_as_they_were() {
    let mut golden = Golden::default();
    for book in golden_books() {
        golden.compare(book.join("pages.txt"), &drawn(&set(&book)));
    }
    golden.finish();
}

#[test]
fn golden_books_have_no_errors() {
    for book in golden_books() {
        let errors: Vec<_> =
            set(&book).findings.into_iter().filter(|f| f.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", book.display());
    }
}

#[test]
fn lines_of_a_language_without_spaces_are_left_as_they_come() {
    let full = |name: &str| {
        let book = golden_books().into_iter().find(|book| book.ends_with(name)).unwrap();
        let pages = set(&book).pages;
        pages.pages.iter().flat_map(|page| &page.rows).filter(|row| row.full).count()
    };
    assert!(full("unspaced") == 0 && full("mirrored") > 0);
}

/// No face that ships has these letters; boxes of the same width stand for them.
#[test]
fn letters_that_fill_a_square_fill_their_lines() {
    let set = set(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ideographs"));
    let rows: Vec<_> = set.pages.pages.iter().flat_map(|page| &page.rows).collect();
    let full: Vec<_> = rows.iter().filter(|row| row.full).map(|row| row.extent).collect();
    assert!(full.len() > 3, "{rows:?}");
    let even = |(from, to): (Abs, Abs)| (to - from - Abs::pt(200.0)).abs() < Abs::pt(0.1);
    assert!(full.iter().skip(1).all(|extent| even(*extent)), "{full:?}");
}

#[test]
fn nothing_is_lost() {
    for book in golden_books() {
        let set = set(&book);
        let read = squeezed(&read_aloud(&set.pages));
        let mut rest = read.as_str();
        for piece in pieces(&set.book) {
            let piece = squeezed(&piece);
            let at = rest.find(&piece);
            assert!(at.is_some(), "{}: `{piece}` is not after …{:.80}", book.display(), rest);
            rest = &rest[at.unwrap() + piece.len()..];
        }
        for (_, note) in set.book.notes.iter() {
            for piece in texts(&note.blocks) {
                assert!(read.contains(&squeezed(&piece)), "{}: `{piece}` is lost", book.display());
            }
        }
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{ad}').collect::<String>().to_lowercase()
}

/// The words of all pages as the structure orders them.
fn read_aloud(pages: &Pages) -> String {
    let mut leaves: Vec<String> = vec![String::new(); pages.tree.leaves()];
    for placed in pages.pages.iter().flat_map(|page| &page.items) {
        if let (Role::Leaf(leaf), Item::Run(run)) = (placed.role, &placed.item) {
            leaves[leaf.index()].push_str(&run.text);
        }
    }
    let mut out = String::new();
    read_node(&pages.tree, Tree::ROOT, &leaves, &mut out);
    out
}

fn read_node(tree: &Tree, node: NodeId, leaves: &[String], out: &mut String) {
    for child in &tree.get(node).children {
        match child {
            Child::Node(node) => read_node(tree, *node, leaves, out),
            Child::Leaf(leaf) => out.push_str(&leaves[leaf.index()]),
        }
    }
}

fn pieces(book: &Book) -> Vec<String> {
    let bodies = book.sections.iter().filter_map(|section| match &section.content {
        Content::Text(body) => Some(body),
        Content::Made(_) => None,
    });
    bodies.flat_map(|body| texts(&body.blocks)).collect()
}

fn texts(blocks: &[Block]) -> Vec<String> {
    let mut out = Vec::new();
    blocks.iter().for_each(|block| block_texts(block, &mut out));
    out
}

fn block_texts(block: &Block, out: &mut Vec<String>) {
    match &block.kind {
        BlockKind::Heading(heading) => inline_texts(&heading.content, out),
        BlockKind::Para(inlines) => inline_texts(inlines, out),
        BlockKind::Quote(blocks) | BlockKind::Div(_, _, blocks) => out.extend(texts(blocks)),
        BlockKind::Verse(verse) => {
            verse.stanzas.iter().flatten().for_each(|line| inline_texts(&line.content, out));
        }
        BlockKind::List(list) => list.items.iter().for_each(|item| out.extend(texts(&item.blocks))),
        BlockKind::Definitions(all) => {
            for definition in all {
                definition.terms.iter().for_each(|term| inline_texts(term, out));
                definition.meanings.iter().for_each(|blocks| out.extend(texts(blocks)));
            }
        }
        BlockKind::Table(table) => {
            table.caption.iter().for_each(|caption| inline_texts(caption, out));
            let rows = std::iter::once(&table.head).chain(&table.rows);
            rows.flatten().for_each(|cell| inline_texts(cell, out));
        }
        BlockKind::Figure(figure) => figure.caption.iter().for_each(|caption| inline_texts(caption, out)),
        BlockKind::Code { text, .. } => out.extend(text.words.lines().map(str::to_owned)),
        BlockKind::SceneBreak | BlockKind::PageMark(_) => {}
    }
}

fn inline_texts(inlines: &[Inline], out: &mut Vec<String>) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => out.push(text.words.clone()),
            kind => kind.children().into_iter().for_each(|children| inline_texts(children, out)),
        }
    }
}

/// The page of each note's number, and of each call's mark.
fn note_pages(pages: &Pages) -> (BTreeMap<usize, u32>, BTreeMap<usize, Vec<u32>>) {
    let mut notes = BTreeMap::new();
    let mut calls: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for (n, page) in (0u32..).zip(&pages.pages) {
        for link in &page.links {
            let LinkTarget::Destination(dest) = &link.to else { continue };
            let target = pages.destinations[dest.0 as usize].page;
            if link.description.starts_with("Back to the call of note") {
                notes.insert(dest.0 as usize, n);
                calls.entry(dest.0 as usize).or_default().push(target);
            }
        }
    }
    (notes, calls)
}

#[test]
fn foot_notes_begin_on_the_page_of_their_call() {
    let books = golden_books();
    let set = set(books.iter().find(|book| book.ends_with("notes")).unwrap());
    let (notes, calls) = note_pages(&set.pages);
    assert_eq!(notes.len(), set.book.notes.len());
    for (note, page) in &notes {
        assert_eq!(calls[note], [*page]);
    }
}

#[test]
fn text_stands_on_the_grid_above_the_notes() {
    for book in golden_books() {
        let set = set(&book);
        let grid = set.style.leading();
        let first = set.pages.pages.iter().filter_map(|page| page.body).map(|(first, _)| first).min();
        for page in &set.pages.pages {
            let Some((top, foot)) = page.body else { continue };
            let base = first.unwrap();
            assert_eq!((top - base).to_raw() % grid.to_raw(), 0, "{} p. {}", book.display(), page.label);
            assert_eq!((foot - base).to_raw() % grid.to_raw(), 0, "{} p. {}", book.display(), page.label);
            let depth = base + grid * i64::from(set.style.page.lines - 1);
            assert!(foot <= depth, "{} p. {}: text below the block", book.display(), page.label);
        }
    }
}

#[test]
fn no_line_overlaps_another() {
    for book in golden_books() {
        let set = set(&book);
        for page in &set.pages.pages {
            let mut boxes: Vec<(Abs, Abs, Abs, String)> = Vec::new();
            for placed in &page.items {
                let Item::Run(run) = &placed.item else { continue };
                if !matches!(placed.role, Role::Leaf(_)) || run.text.trim().is_empty() {
                    continue;
                }
                boxes.push((placed.at.y, placed.at.x, placed.at.x + run.width(), run.text.clone()));
            }
            for (n, a) in boxes.iter().enumerate() {
                for b in &boxes[n + 1..] {
                    let same_line = (a.0 - b.0).abs() < Abs::pt(6.0);
                    let apart = a.2 <= b.1 + Abs::pt(0.6) || b.2 <= a.1 + Abs::pt(0.6);
                    assert!(!same_line || apart, "{} p. {}: {a:?} {b:?}", book.display(), page.label);
                }
            }
        }
    }
}

/// Hanging punctuation aside.
#[test]
fn no_line_stands_in_a_margin() {
    const HANGS: f64 = 5.0;
    for book in golden_books().into_iter().filter(|book| !book.ends_with("mirrored")) {
        let set = set(&book);
        for (n, page) in set.pages.pages.iter().enumerate() {
            let (inside, measure) = (set.style.inside(), set.style.measure());
            let outside = set.pages.trim.width - inside - measure;
            let left = if Pages::is_recto(n) { inside } else { outside };
            for placed in &page.items {
                let Item::Run(run) = &placed.item else { continue };
                let off = (placed.at.x + run.width() - left - measure).max(left - placed.at.x).to_pt();
                let words = run.text.trim();
                let of_text = matches!(placed.role, Role::Leaf(_));
                assert!(!of_text || off < HANGS, "{} p. {}: {off} {words}", book.display(), page.label);
            }
        }
    }
}

#[test]
fn the_structure_is_sound() {
    for book in golden_books() {
        let set = set(&book);
        let mut rank = 0;
        check_node(&set.pages.tree, Tree::ROOT, &mut rank);
    }
}

fn check_node(tree: &Tree, id: NodeId, rank: &mut u8) {
    let node = tree.get(id);
    if let Tag::Heading(level) = node.tag {
        assert!(level <= *rank + 1, "rank {level} after {rank}");
        *rank = level;
    }
    for child in &node.children {
        let Child::Node(child) = child else { continue };
        let tag = &tree.get(*child).tag;
        match node.tag {
            Tag::List(_) => assert_eq!(*tag, Tag::ListItem),
            Tag::ListItem => assert!(matches!(tag, Tag::Label | Tag::ListBody), "{tag:?}"),
            Tag::Table => assert!(matches!(tag, Tag::TableRow | Tag::Caption), "{tag:?}"),
            Tag::TableRow => assert!(matches!(tag, Tag::TableCell | Tag::TableHeaderCell(_)), "{tag:?}"),
            Tag::Toc => assert_eq!(*tag, Tag::TocItem),
            _ => {}
        }
        check_node(tree, *child, rank);
    }
}

/// Whoever hears the page has no ends of lines to go by.
#[test]
fn lines_that_the_author_ends_are_read_apart() {
    let set = set(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/pages/elements"));
    let read = read_aloud(&set.pages);
    for passage in [
        "A line of verse, and one that is indented, and a line that is so long",
        "a second stanza of two lines",
        "From the lines of an address to the next.",
    ] {
        assert!(read.contains(passage), "{passage:?} is not in {read:?}");
    }
    let code = "fn main() { \u{a0}\u{a0}\u{a0}\u{a0}body(); }";
    assert!(read.contains(code), "{code:?} is not in {read:?}");
}

#[test]
fn a_book_is_set_the_same_twice() {
    for book in golden_books() {
        assert_eq!(drawn(&set(&book)), drawn(&set(&book)));
    }
}
