//! Whatever a typesetter or a writer of EPUBs could lose, double, cut or misplace: each thing of a book
//! of every construct is damaged by itself, and the proof of the build must tell.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use pamphleteer::book::Book;
use pamphleteer::build::{documents, page_breaks};
use pamphleteer::font::Library;
use pamphleteer::pages::{Flow, Item, Pages, Placed, Role};
use pamphleteer::project::Project;
use pamphleteer::style::Style;
use pamphleteer::verify;
use pamphleteer::{epub, manuscript, typeset};
use std::path::Path;
use std::sync::Arc;

/// The book of every construct, set.
fn book() -> (Book, Style, Library, Pages) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/every-construct");
    let project = Project::open(folder).unwrap().value;
    let mut style = project.style.clone();
    style.epub.expand_ibid = false;
    let book = manuscript::parse(&project.sources).value;
    let pages = typeset::set(&book, &style, &project.fonts).value;
    (book, style, project.fonts, pages)
}

fn is_told(book: &Book, pages: &Pages) -> bool {
    !verify::pages(book, pages).findings.is_empty()
}

/// Every thing on the pages that says something: page and item.
fn things(pages: &Pages) -> Vec<(usize, usize)> {
    let says = |placed: &Placed| match (&placed.item, placed.role) {
        (Item::Run(run), Role::Leaf(_) | Role::SceneBreak) => run.text.contains(|c: char| !c.is_whitespace()),
        (Item::Picture(..), Role::Leaf(_) | Role::SceneBreak) => true,
        _ => false,
    };
    let on_page = |(number, page): (usize, &pamphleteer::pages::Page)| {
        let items = page.items.iter().enumerate();
        items.filter(|(_, placed)| says(placed)).map(move |(index, _)| (number, index)).collect::<Vec<_>>()
    };
    pages.pages.iter().enumerate().flat_map(on_page).collect()
}

/// What a thing says, for a failure.
fn named(placed: &Placed) -> String {
    match &placed.item {
        Item::Run(run) => run.text.clone(),
        Item::Picture(..) => "a picture".to_owned(),
        Item::Rule(_) => "a rule".to_owned(),
    }
}

/// Damages each thing on the pages by itself; those whose damage nobody tells of.
fn untold(damage: impl Fn(&mut Pages, usize, usize) -> bool) -> (Vec<String>, usize) {
    let (book, _, _, mut pages) = book();
    assert!(!is_told(&book, &pages), "{:?}", verify::pages(&book, &pages).findings);
    let (mut untold, mut tried) = (Vec::new(), 0);
    for (page, index) in things(&pages) {
        let before = pages.pages.clone();
        if damage(&mut pages, page, index) {
            tried += 1;
            if !is_told(&book, &pages) {
                untold.push(format!("page {}: {}", page + 1, named(&before[page].items[index])));
            }
        }
        pages.pages = before;
    }
    (untold, tried)
}

#[test]
fn everything_that_is_dropped_from_pages_is_told() {
    let (untold, tried) = untold(|pages, page, index| {
        pages.pages[page].items.remove(index);
        true
    });
    assert!(tried > 150, "{tried}");
    assert_eq!(untold, Vec::<String>::new());
}

#[test]
fn everything_that_stands_twice_on_pages_is_told() {
    let (untold, _) = untold(|pages, page, index| {
        let items = &mut pages.pages[page].items;
        let again = items[index].clone();
        // a sign is not counted
        let counts = again.role != Role::SceneBreak;
        items.push(again);
        counts
    });
    assert_eq!(untold, Vec::<String>::new());
}

#[test]
fn everything_that_loses_a_letter_on_pages_is_told() {
    let (untold, tried) = untold(|pages, page, index| {
        let Item::Run(run) = &mut pages.pages[page].items[index].item else { return false };
        let run = Arc::make_mut(run);
        let Some((at, _)) = run.text.char_indices().rfind(|(_, c)| c.is_alphanumeric()) else { return false };
        // of two marks of notes that differ by one sign each is a mark
        let marks = run.origin.is_none() && run.text.len() < 3;
        run.text.remove(at);
        !marks
    });
    assert!(tried > 120, "{tried}");
    assert_eq!(untold, Vec::<String>::new());
}

#[test]
fn spaces_that_are_lost_on_pages_are_told() {
    let (untold, tried) = untold(|pages, page, index| {
        let Item::Run(run) = &mut pages.pages[page].items[index].item else { return false };
        let run = Arc::make_mut(run);
        let inner = run.text.trim();
        let is_authors = run.origin.is_some() && inner.contains(' ');
        run.text = run.text.replace(' ', "");
        is_authors
    });
    assert!(tried > 50, "{tried}");
    assert_eq!(untold, Vec::<String>::new());
}

#[test]
fn everything_that_stands_on_another_page_is_told() {
    let (untold, tried) = untold(|pages, page, index| {
        // from the pages of the first chapter to the first of the second
        let away = 8;
        let origin = |at: usize| match &pages.pages[page].items.get(at)?.item {
            Item::Run(run) => run.origin.filter(|origin| matches!(origin.flow, Flow::Section(_))),
            _ => None,
        };
        // what ends its text may stand on any later page
        let goes_on = (index + 1..index + 4)
            .filter_map(origin)
            .any(|next| Some(next.flow) == origin(index).map(|o| o.flow));
        if origin(index).is_none() || !goes_on || !(6..8).contains(&page) {
            return false;
        }
        let moved = pages.pages[page].items.remove(index);
        pages.pages[away].items.push(moved);
        true
    });
    assert!(tried > 50, "{tried}");
    assert_eq!(untold, Vec::<String>::new());
}

/// The elements of those names in a document: where each begins and ends.
fn elements(text: &str, names: &[&str]) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    for name in names {
        let (open, close) = (format!("<{name}"), format!("</{name}>"));
        for (start, _) in text.match_indices(&open) {
            let behind = text[start + open.len()..].chars().next();
            if !matches!(behind, Some('>' | ' ')) {
                continue;
            }
            if *name == "img" {
                all.push((start, start + text[start..].find("/>").unwrap() + 2));
                continue;
            }
            let mut at = start + open.len();
            let mut depth = 1;
            while depth > 0 {
                let end = at + text[at..].find(&close).unwrap();
                let inner = text[at..end].match_indices(&open);
                depth += inner
                    .filter(|(n, _)| matches!(text.as_bytes()[at + n + open.len()], b'>' | b' '))
                    .count();
                depth -= 1;
                at = end + close.len();
            }
            all.push((start, at));
        }
    }
    all
}

/// The book of every construct as an EPUB.
fn ebook() -> (Book, Style, Vec<epub::File>) {
    let (book, style, fonts, pages) = book();
    let breaks = page_breaks(&pages);
    let store = epub::Store::named("generic").unwrap();
    let modified = epub::Modified { date: (2000, 1, 1), time: (0, 0, 0) };
    let (fonts, css) = (&fonts, None);
    let edition = epub::Edition {
        book: &book,
        style: &style,
        fonts,
        cover: None,
        pages: &breaks,
        store: &store,
        css,
        modified,
    };
    let files = epub::files(&edition).value;
    (book, style, files)
}

/// Damages each element of the EPUB's documents by itself; those whose damage nobody tells of.
fn untold_in_ebook(damage: impl Fn(&str, usize, usize) -> Option<String>) -> (Vec<String>, usize) {
    let (book, style, mut files) = ebook();
    let told = |files: &[epub::File]| verify::ebook(&book, &style.text.font, &documents(files)).findings;
    assert!(told(&files).is_empty(), "{:?}", told(&files));
    let (mut untold, mut tried) = (Vec::new(), 0);
    let names = [
        "p",
        "li",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "figure",
        "img",
        "dt",
        "dd",
        "pre",
        "blockquote",
        "em",
        "figcaption",
        "caption",
        "a",
        "tr",
        "ul",
        "ol",
        "table",
        "div",
        "code",
        "strong",
        "section",
    ];
    for n in 0..files.len() {
        let names_of_tool = ["nav.xhtml", "contents.xhtml"];
        if !files[n].path.ends_with(".xhtml")
            || names_of_tool.iter().any(|name| files[n].path.ends_with(name))
        {
            continue;
        }
        let text = String::from_utf8(files[n].bytes.clone()).unwrap();
        for (start, end) in elements(&text, &names) {
            let element = &text[start..end];
            let says = element.contains("<img") || {
                let mut inside = false;
                element.chars().any(|c| {
                    inside = c == '<' || inside && c != '>';
                    !inside && c != '>' && !c.is_whitespace()
                })
            };
            let Some(damaged) = damage(&text, start, end).filter(|_| says) else { continue };
            files[n].bytes = damaged.into_bytes();
            tried += 1;
            if told(&files).is_empty() {
                untold.push(format!("{}: {element}", files[n].path));
            }
        }
        files[n].bytes = text.into_bytes();
    }
    (untold, tried)
}

/// Ways back from notes, and ornaments of the style's, are nobody's words. What the lists of the navigation say
/// of headings within texts is not held.
fn is_sign(element: &str) -> bool {
    let tag = &element[..element.find('>').unwrap()];
    tag.contains("backlink") || tag.contains("aria-hidden")
}

#[test]
fn every_element_that_is_dropped_from_the_ebook_is_told() {
    let (untold, tried) = untold_in_ebook(|text, start, end| {
        (!is_sign(&text[start..end])).then(|| format!("{}{}", &text[..start], &text[end..]))
    });
    assert!(tried > 150, "{tried}");
    assert_eq!(untold, Vec::<String>::new());
}

#[test]
fn every_element_that_stands_twice_in_the_ebook_is_told() {
    let (untold, _) = untold_in_ebook(|text, start, end| {
        let element = &text[start..end];
        // nor are numbers told from longer ones
        let is_number = element.starts_with("<a href") && element.len() < 40;
        (!is_number && !is_sign(element)).then(|| format!("{}{}", &text[..end], &text[start..]))
    });
    assert_eq!(untold, Vec::<String>::new());
}

/// Every entry of the page list and of the landmarks, dropped and doubled, and without its last letter.
#[test]
fn lists_of_the_navigation_are_held() {
    let (book, style, files) = ebook();
    let told =
        |files: &[epub::File]| !verify::ebook(&book, &style.text.font, &documents(files)).findings.is_empty();
    let nav = files.iter().position(|file| file.path.ends_with("nav.xhtml")).unwrap();
    let text = String::from_utf8(files[nav].bytes.clone()).unwrap();
    let lists = text.find("epub:type=\"landmarks\"").unwrap();
    let mut damaged = files;
    let mut untold = Vec::new();
    let entries: Vec<(usize, usize)> =
        elements(&text, &["li", "a"]).into_iter().filter(|(start, _)| *start > lists).collect();
    assert!(entries.len() > 20, "{}", entries.len());
    for (start, end) in entries {
        let cut = start + text[start..end].find("</a>").unwrap();
        let without_letter = format!("{}{}", &text[..cut - 1], &text[cut..]);
        let dropped = format!("{}{}", &text[..start], &text[end..]);
        let doubled = format!("{}{}", &text[..end], &text[start..]);
        for (how, words) in [("dropped", dropped), ("doubled", doubled), ("cut", without_letter)] {
            damaged[nav].bytes = words.into_bytes();
            // what other landmarks are called follows from the texts that they lead to
            let is_free = how == "cut" && text[start..end].contains("epub:type");
            if !told(&damaged) && !is_free {
                untold.push(format!("{how}: {}", &text[start..end]));
            }
        }
    }
    assert_eq!(untold, Vec::<String>::new());
}

#[test]
fn spaces_that_the_ebook_loses_are_told() {
    let (untold, tried) = untold_in_ebook(|text, start, end| {
        let element = &text[start..end];
        let from = start + element.find('>')? + 1;
        let words = &text[from..from + text[from..].find('<')?];
        let inside = words.trim().contains(' ')
            && element.starts_with("<p>")
            && text.contains("epub:type=\"chapter\"");
        inside.then(|| format!("{}{}{}", &text[..from], words.replace(' ', ""), &text[from + words.len()..]))
    });
    assert!(tried > 10, "{tried}");
    assert_eq!(untold, Vec::<String>::new());
}
