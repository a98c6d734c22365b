//! The styles that ship: each sets a book with everything in it, proves whole, and
//! keeps what it says of itself.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use pamphleteer::book::Book;
use pamphleteer::diag::Severity;
use pamphleteer::font::Library;
use pamphleteer::length::Abs;
use pamphleteer::pages::{Item, Pages, Role};
use pamphleteer::style::{Family, Lines, Style};
use pamphleteer::{manuscript, project, typeset, verify};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// A book with everything in which styles differ.
const TOML: &str = "title = \"The Harbour and Its Lights\"\nsubtitle = \"A chronicle\"\nlanguage = \"en-GB\"\n\
    date = 2026-01-01\npublisher = \"Quay Press\"\nauthor = \"Ada Able\"\n[matter]\n\
    front = [\"half-title\", \"title-page\", \"imprint\", \"contents\"]\nbody = [\"part.md\", \"1.md\", \"2.md\"]\n";
const FIRST: &str = "# A *Late* Arrival[^n]\n\n::: subtitle\nIn which nobody is met\n:::\n\nThe boat came in after dark, as boats in \
    stories do.\n\nA second paragraph, with **bold, and *both***, `code` and 1914.\n\n## The pier\n\n### Its planks\n\nWords.\n\n\
    ***\n\n> A passage from elsewhere.\n\n::: note-to-reader\nMind the step.\n\nMind the other one.\n:::\n\n| a | *b* |\n|---|---|\n| 1 | 2 |\n\n\
    ::: caption\nSteps counted\n:::\n\n::: verse\nThe tide goes out\n  and then comes in\n:::\n\n[^n]: A note.\n";

fn read(name: &str) -> (Book, Style, Pages) {
    let folder: PathBuf =
        std::env::temp_dir().join(format!("pamphleteer-style-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("book.toml"), format!("{TOML}[style]\nname = \"{name}\"\n")).unwrap();
    fs::write(folder.join("part.md"), "# The Harbour {.part}\n").unwrap();
    fs::write(folder.join("1.md"), FIRST).unwrap();
    fs::write(
        folder.join("2.md"),
        format!("# Another\n\n{}", "Words and words of no great weight, again. ".repeat(200)),
    )
    .unwrap();
    let mut findings = Vec::new();
    let project = project::load(&folder, &mut findings).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    let book = manuscript::parse(&project.sources).take(&mut findings);
    let pages = typeset::set(&book, &project.style, &project.fonts).take(&mut findings);
    let wrong: Vec<_> = findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(wrong.is_empty(), "{name}: {wrong:?}");
    let faults = verify::pages(&book, &pages).findings;
    assert!(faults.is_empty(), "{name}: {faults:?}");
    (book, project.style, pages)
}

#[test]
fn each_style_sets_a_book_with_everything_in_it() {
    let library = Library::built_in();
    let mut looks = BTreeSet::new();
    for (name, file) in project::BUILT_IN_STYLES {
        let (_, style, pages) = read(name);
        assert!(file.starts_with("# "), "{name} says what it is for");
        for family in Family::ALL {
            let family = style.family(family);
            assert!(library.families().contains(&family), "{name} names {family}, which does not ship");
        }
        looks.insert(format!("{:?} {:?} {:?}", style.title_page, style.heading, style.scene_break));
        assert!(pages.pages.len() >= 8, "{name}");
    }
    assert_eq!(looks.len(), project::BUILT_IN_STYLES.len(), "no two styles look alike");
}

#[test]
fn large_print_has_nothing_under_sixteen_points() {
    let (_, style, pages) = read("large-print");
    assert_eq!((style.text.align, style.text.hyphenate), (Lines::Left, false));
    for page in &pages.pages {
        for placed in &page.items {
            if let Item::Run(run) = &placed.item {
                assert!(run.size >= Abs::pt(16.0), "{} on page {}", run.size, page.label);
            }
        }
    }
}

#[test]
fn the_default_style_has_no_ornaments() {
    let (_, _, pages) = read("pamphlet");
    let rules = pages.pages.iter().flat_map(|page| &page.items);
    let rules = rules.filter(|placed| matches!(placed.item, Item::Rule(_)) && placed.role == Role::Ornament);
    // the table's three, and the one above the notes
    assert!(rules.count() <= 4);
}

#[test]
fn a_frame_stands_around_the_title_and_rules_beside_heads() {
    let (_, style, pages) = read("letterpress");
    let title = &pages.pages[2];
    let rules: Vec<_> = title.items.iter().filter(|placed| matches!(placed.item, Item::Rule(_))).collect();
    assert_eq!(rules.len(), 8, "two frames of four sides");
    let last = pages.pages.last().unwrap();
    let head = last.items.iter().find_map(|placed| match placed.item {
        Item::Rule(size) => Some(size),
        _ => None,
    });
    assert_eq!(head.map(|size| (size.width, size.height)), Some((style.measure(), style.rule_weight())));
}
