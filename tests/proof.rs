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
    let report = proof::report(&pages, &[], &project.sources.map);
    (pages, report)
}

#[test]
fn every_page_and_every_compromise_is_in_the_report() {
    let (pages, report) = handbook();
    assert_eq!(report.matches("<section ").count(), pages.pages.len());
    assert_eq!(report.matches(" class=\"taken\"").count(), pages.compromises.len());
    for (index, page) in pages.pages.iter().enumerate() {
        let section = report.split(&format!("<section id=\"p{index}\"")).nth(1).unwrap();
        let section = section.split("</section>").next().unwrap();
        assert!(section.contains(&format!("<h2>Page {} ", page.label)), "{section}");
        assert_eq!(section.matches("<title>").count(), page.rows.len(), "page {}", page.label);
    }
}

#[test]
fn the_report_needs_neither_network_nor_script() {
    let (_, report) = handbook();
    let tags = report.split('<').filter_map(|tag| tag.split('>').next()).collect::<Vec<_>>();
    for word in ["script", "src=", "href=\"http", "onload", "onclick", "iframe"] {
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
