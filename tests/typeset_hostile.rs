//! Books that no page wants: nothing panics, nothing is lost, compromises are named.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/text.rs"]
mod text;

use pamphleteer::font::Library;
use pamphleteer::length::{Abs, Binding};
use pamphleteer::pages::{Compromise, Item, Pages, Role};
use pamphleteer::style::{Style, Value};
use pamphleteer::typeset::geometry::Geometry;
use pamphleteer::{manuscript, typeset};
use text::one_text;

fn set(text: &str, keys: &[(&str, &str, Value)]) -> Pages {
    let sources = one_text("en-GB", text);
    let book = manuscript::parse(&sources).value;
    typeset::set(&book, &style(keys), &Library::built_in()).value
}

fn style(keys: &[(&str, &str, Value)]) -> Style {
    let mut style = Style::default();
    for (table, name, value) in keys {
        style.set(table, name, value).unwrap();
    }
    style
}

fn length(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// All letters that are content, in painting order.
fn letters(pages: &Pages) -> String {
    let mut out = String::new();
    for placed in pages.pages.iter().flat_map(|page| &page.items) {
        if let (Role::Leaf(_), Item::Run(run)) = (placed.role, &placed.item) {
            out.extend(run.text.chars().filter(|c| c.is_alphanumeric()));
        }
    }
    out
}

/// No content stands below the text block.
fn keeps_to_the_block(pages: &Pages, style: &Style, name: &str) {
    let foot = Geometry::of(style, Binding::Left).foot();
    for page in &pages.pages {
        for placed in &page.items {
            if matches!(placed.role, Role::Leaf(_)) && matches!(placed.item, Item::Run(_)) {
                let inside = placed.at.y <= foot + Abs::pt(1.0);
                assert!(inside, "{name}: page {} runs over", page.label);
            }
        }
    }
}

fn words(count: usize) -> String {
    (0..count).map(|n| format!("word{n} ")).collect()
}

fn hostile() -> Vec<(&'static str, String)> {
    let note_on_every_line: String = (0..60).map(|n| format!("Some words and a note.[^{n}] ")).collect();
    let notes: String = (0..60).map(|n| format!("[^{n}]: Note number {n} says this.\n\n")).collect();
    let rows: String = (0..80).map(|n| format!("| row{n} | a cell[^c{n}] |\n")).collect();
    let cell_notes: String = (0..80).map(|n| format!("[^c{n}]: About row {n}.\n\n")).collect();
    vec![
        ("a note on every line", format!("# Notes\n\n{note_on_every_line}\n\n{notes}")),
        (
            "a note of three pages",
            format!("# Long\n\nShort text.[^long] {}\n\n[^long]: {}", words(300), words(1600)),
        ),
        ("only a note", "# T[^a]\n\n[^a]: It is all there is.".to_owned()),
        (
            "a note in a quote in a list",
            "1. One\n\n    > Quoted.[^q]\n\n2. Two\n\n[^q]: The *note*.".to_owned(),
        ),
        ("notes in a long table", format!("# Table\n\n| a | b |\n|---|---|\n{rows}\n\n{cell_notes}")),
        ("a row higher than a page", format!("| a | b |\n|---|---|\n| {} | x |", words(900))),
        (
            "rows of two thirds of a page",
            format!("| a | b |\n|---|---|\n{}", format!("| {} | x |\n", words(150)).repeat(4)),
        ),
        ("a head higher than a page", format!("| {} | b |\n|---|---|\n| a | b |\n| c | d |", words(600))),
        (
            "a tall row in a note",
            format!("A call.[^t]\n\n[^t]:\n    | a | b |\n    |---|---|\n    | {} | x |\n", words(700)),
        ),
        ("a title longer than a page", format!("# {}\n\nText.", words(600))),
        ("headings, one below the other", (0..90).map(|n| format!("### Heading {n}\n\n")).collect()),
        ("a stanza longer than a page", format!("::: verse\n{}\n:::", "A line of verse\n".repeat(90))),
        ("a line of verse longer than a page", format!("::: verse\n{}\n:::", words(700))),
        ("a line of code longer than a page", format!("```\n{}\n```", words(600))),
        ("a signature longer than a page", format!("Text.\n\n::: signature\n{}\n:::", words(600))),
        ("a subtitle longer than a page", format!("# T\n\n::: subtitle\n{}\n:::\n\nText.", words(600))),
        (
            "a caption longer than a page",
            format!("| a | b |\n|---|---|\n| c | d |\n\n::: caption\n{}\n:::", words(600)),
        ),
        ("a term longer than a page", format!("{}\n: meaning\n", words(600))),
        ("a very long word", format!("# W\n\nBefore {} after.", "abcdefghij".repeat(60))),
        ("a heading at the end", format!("# T\n\n{}\n\n## Last heading", words(400))),
        ("nothing but headings", "# A\n\n## B\n\n### C\n\n#### D".to_owned()),
        ("an empty text", String::new()),
        ("deep lists", (0..12).map(|n| format!("{}* item{n}\n", "    ".repeat(n))).collect()),
        ("code without spaces", format!("```\n{}\n```", "x".repeat(900))),
    ]
}

#[test]
fn hostile_books_are_set_whole() {
    let styles: [&[(&str, &str, Value)]; 4] = [
        &[],
        &[("page", "measure", length("160pt")), ("text", "size", length("9pt"))],
        &[
            ("page", "measure", length("340pt")),
            ("text", "size", length("13pt")),
            ("page", "lines", Value::Integer(20)),
        ],
        &[("page", "lines", Value::Integer(6))],
    ];
    for (name, text) in hostile() {
        let mut counts = Vec::new();
        for keys in styles {
            let pages = set(&text, keys);
            let mut found: Vec<char> = letters(&pages).chars().collect();
            found.sort_unstable();
            counts.push(found.into_iter().collect::<String>());
            assert!(
                pages.compromises.iter().all(|taken| taken.compromise != Compromise::OverfullPage),
                "{name}"
            );
            keeps_to_the_block(&pages, &style(keys), name);
        }
        assert!(counts.windows(2).all(|pair| pair[0] == pair[1]), "{name}: text is lost or doubled");
    }
}

#[test]
fn notes_counted_by_page_begin_anew() {
    let text: String = (0..40).map(|n| format!("{} Call.[^{n}]\n\n", words(30))).collect();
    let notes: String = (0..40).map(|n| format!("[^{n}]: Note {n}.\n\n")).collect();
    let pages = set(&format!("{text}{notes}"), &[("notes", "numbering", length("page"))]);
    for page in &pages.pages {
        let back =
            |link: &&pamphleteer::pages::Link| link.description.starts_with("Back to the call of note");
        let marks: Vec<&str> =
            page.links.iter().filter(back).filter_map(|link| link.description.rsplit(' ').next()).collect();
        let wanted: Vec<String> = (1..=marks.len()).map(|n| n.to_string()).collect();
        assert_eq!(marks, wanted, "page {}", page.label);
    }
}

#[test]
fn no_rule_of_a_table_strikes_a_word() {
    let table = "| Year | Tons |\n    |---|---|\n    | 1912 | 12[^b] |\n    | 1913 | 14 |\n\n";
    let text =
        format!("{} Call.[^a]\n\n[^a]: {table}[^b]: Inner.\n\nAfter.[^c]\n\n[^c]:\n    {table}", words(30));
    let more =
        format!("{text}{}\n\nLast.[^d]\n\n[^d]: Plain.\n", table.replace("    |", "|").replace("[^b]", ""));
    let pages = set(&more, &[]);
    let mut struck = 0;
    for page in &pages.pages {
        let rule = |placed: &pamphleteer::pages::Placed| match &placed.item {
            Item::Rule(size) => Some((placed.at, *size)),
            _ => None,
        };
        let rules: Vec<_> = page.items.iter().filter_map(rule).collect();
        struck += rules.len();
        for placed in &page.items {
            let Item::Run(run) = &placed.item else { continue };
            let (top, foot) = (placed.at.y - run.size.scale(0.7), placed.at.y + run.size.scale(0.2));
            for (at, size) in &rules {
                let beside = placed.at.x > at.x + size.width || placed.at.x + run.width() < at.x;
                assert!(beside || at.y + size.height < top || at.y > foot, "p. {}: {}", page.label, run.text);
            }
        }
    }
    assert!(struck >= 9, "three tables have three rules each: {struck}");
}

#[test]
fn no_font_is_a_finding() {
    let book = manuscript::parse(&pamphleteer::sources::Sources::default()).value;
    let set = typeset::set(&book, &Style::default(), &Library::default());
    assert!(set.value.pages.is_empty() && !set.findings.is_empty());
}
