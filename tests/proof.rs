//! The proofreader's report: what it says of a book that is set.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use pamphleteer::pages::Pages;
use pamphleteer::project::load;
use pamphleteer::{manuscript, proof, typeset};
use std::path::Path;

/// The pages of our handbook and the report on them.
fn handbook() -> (Pages, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("manuscript/handbook");
    let project = load(&root, &mut Vec::new()).unwrap();
    let book = manuscript::parse(&project.sources).take(&mut Vec::new());
    let pages = typeset::set(&book, &project.style, &project.fonts).take(&mut Vec::new());
    let report = proof::report(&pages, &[], &project.sources.map, None);
    (pages, report)
}

/// What somebody would mark on all pages.
fn marks(pages: &Pages) -> Vec<proof::Mark> {
    (0..pages.pages.len()).flat_map(|page| proof::marks(pages, page)).collect()
}

#[test]
fn every_page_and_every_compromise_is_in_the_report() {
    let (pages, report) = handbook();
    assert_eq!(report.matches("<section ").count(), pages.pages.len());
    let taken = report
        .split("<li class=\"mark ")
        .skip(1)
        .filter(|item| item.split('"').next().unwrap().contains(" taken"));
    assert_eq!(taken.count(), pages.compromises.len());
    for (index, page) in pages.pages.iter().enumerate() {
        let section = report.split(&format!("<section id=\"p{index}\"")).nth(1).unwrap();
        let section = section.split("</section>").next().unwrap();
        assert!(section.contains(&format!("<h3>{}</h3>", page.label)), "{section}");
        assert_eq!(section.matches("<title>").count(), page.rows.len(), "page {}", page.label);
    }
}

#[test]
fn the_report_leads_with_marks_in_words_and_pictures() {
    let (pages, report) = handbook();
    let marks = marks(&pages);
    assert!(!marks.is_empty());
    assert_eq!(report.matches("<li class=\"mark ").count(), marks.len());
    assert_eq!(report.matches("src=\"data:image/png;base64,").count(), marks.len());
    let at = |words: &str| report.find(words).unwrap_or_else(|| panic!("no {words}"));
    assert!(at("<li class=\"mark ") < at("In figures") && at("In figures") < at("<section "));
    for mark in &marks {
        assert!(mark.says.ends_with('.') && mark.says.chars().next().unwrap().is_uppercase(), "{mark:?}");
    }
    let ladder = marks.iter().find(|mark| mark.kind == "ladder");
    assert!(ladder.is_none_or(|mark| mark.rows.len() > 1 && mark.says.contains("lines in a row")));
}

#[test]
fn a_mark_stands_around_its_lines() {
    let (pages, _) = handbook();
    for (index, page) in pages.pages.iter().enumerate() {
        for mark in proof::marks(&pages, index) {
            let [left, top, width, height] = mark.area(page);
            let rows = &page.rows[mark.rows.clone()];
            assert!(rows.iter().all(|row| (top..top + height).contains(&row.y.to_pt())), "{mark:?}");
            assert!(width > 0.0 && left + width <= pages.trim.width.to_pt() + 1.0, "{mark:?}");
        }
    }
}

#[test]
fn the_report_says_what_is_new_and_what_is_gone() {
    let (mut pages, _) = handbook();
    // a part of the book, with a few marks
    let changed = (0..pages.pages.len()).find(|page| !proof::marks(&pages, *page).is_empty()).unwrap();
    pages.pages.truncate(changed + 3);
    pages.compromises.retain(|taken| (taken.page as usize) < changed + 3);
    pages.starts.clear();
    let map = pamphleteer::diag::SourceMap::default();
    let report = |pages: &Pages, last: Option<&str>| proof::report(pages, &[], &map, last);
    let first = report(&pages, None);
    assert!(report(&pages, Some(&first)).contains("They are those of the last proof."));
    let mut other = pages.clone();
    let count = proof::marks(&pages, changed).len();
    other.pages[changed].rows.clear();
    other.compromises.retain(|taken| taken.page as usize != changed);
    let said = report(&other, Some(&first));
    let gone = if count == 1 { "1 mark is gone".to_owned() } else { format!("{count} marks are gone") };
    assert!(said.contains(&format!("0 marks are new, and {gone}")));
    let back = report(&pages, Some(&said));
    assert_eq!(back.matches("class=\"badge\"").count(), count);
    assert!(report(&pages, Some("no report of ours")).contains("and 0 marks are gone"));
}

#[test]
fn the_report_needs_neither_network_nor_script() {
    let (_, report) = handbook();
    let tags = report.split('<').filter_map(|tag| tag.split('>').next()).collect::<Vec<_>>();
    let tags = tags.iter().map(|tag| tag.replace("src=\"data:image/png;base64,", "")).collect::<Vec<_>>();
    for name in ["script", "iframe", "link", "object", "embed"] {
        assert!(!tags.iter().any(|tag| tag.starts_with(name)), "{name}");
    }
    for word in ["src=", "href=\"http", " onload", " onclick"] {
        assert!(!tags.iter().any(|tag| tag.contains(word)), "{word}");
    }
    let style = report.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next()).unwrap();
    assert!(!style.contains("url(") && !style.contains("@import"));
}

#[test]
fn nothing_can_cost_less_than_the_bound() {
    let (pages, _) = handbook();
    assert!(pages.cost.bound >= 0.0 && pages.cost.bound <= pages.cost.paid, "{:?}", pages.cost);
    let taken: f64 = pages.compromises.iter().map(|taken| taken.cost).sum();
    assert!(pages.cost.paid >= taken * 0.99 - 1.0, "{} paid, {taken} for compromises", pages.cost.paid);
}

#[test]
fn the_report_has_the_figures_of_the_lines() {
    let (pages, report) = handbook();
    let lines = proof::lines(&pages);
    let rows = pages.pages.iter().flat_map(|page| &page.rows);
    assert_eq!(lines.count, rows.clone().filter(|row| !row.noted).count());
    assert_eq!(lines.hyphens, rows.filter(|row| !row.noted && row.hyphenated).count());
    assert!(lines.full > lines.count / 3 && lines.full < lines.count, "{lines:?}");
    assert!(lines.mean > 0.0 && lines.mean < lines.p95 && lines.p95 < lines.extremes.0, "{lines:?}");
    assert!(report.contains(&format!("<td class=\"n\">{}, {}</tr>", lines.count, lines.full)));
}
