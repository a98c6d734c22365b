//! The words of a page's lines, read off its glyph runs.

use crate::length::Abs;
use crate::pages::{Item, Page, Role, Row};
use std::collections::BTreeMap;

/// The words of each row, in the order of the rows.
pub(super) fn of_rows(page: &Page) -> Vec<String> {
    let mut runs: BTreeMap<Abs, Vec<(Abs, &str)>> = BTreeMap::new();
    for placed in &page.items {
        if let (Item::Run(run), Role::Leaf(_)) = (&placed.item, placed.role) {
            runs.entry(placed.at.y).or_default().push((placed.at.x, &run.text));
        }
    }
    page.rows.iter().map(|row| of_row(row, &runs)).collect()
}

fn of_row(row: &Row, runs: &BTreeMap<Abs, Vec<(Abs, &str)>>) -> String {
    let hair = Abs::pt(1.0);
    let inside = |x: Abs| x >= row.extent.0 - hair && x <= row.extent.1 + hair;
    let here = runs.get(&row.y).into_iter().flatten().filter(|(x, _)| inside(*x));
    let words: String = here.map(|(_, text)| *text).collect();
    let hyphen = if row.hyphenated { "-" } else { "" };
    words.trim_end().to_owned() + hyphen
}
