//! A page drawn small: a box for each line, coloured by its word spaces.

use super::words;
use crate::html::escaped;
use crate::length::Abs;
use crate::pages::{Item, Pages, Row};
use std::fmt::Write;

/// Lines whose spaces are wider than this, or narrower, are coloured.
const LOOSE: f32 = 0.3;
const TIGHT: f32 = -0.2;

/// The page as SVG; each line's words show when it is pointed at.
pub(super) fn page(pages: &Pages, index: usize) -> String {
    let page = &pages.pages[index];
    let extent = pages.extent(page);
    let (width, height) = (extent.width.to_pt(), extent.height.to_pt());
    let mut out = format!(
        "<svg viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" aria-label=\"Page {} drawn as boxes\">\n",
        escaped(&page.label)
    );
    for placed in &page.items {
        if let Item::Picture(_, size) = &placed.item {
            let (x, y) = (placed.at.x.to_pt(), placed.at.y.to_pt());
            let (w, h) = (size.width.to_pt(), size.height.to_pt());
            let _ = writeln!(
                out,
                "<rect class=\"o\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{w:.1}\" height=\"{h:.1}\"/>"
            );
        }
    }
    for (row, words) in page.rows.iter().zip(words::of_rows(page)) {
        line(row, &words, &mut out);
    }
    out + "</svg>\n"
}

fn line(row: &Row, words: &str, out: &mut String) {
    let class = match row.ratio {
        r if r > LOOSE => "l",
        r if r < TIGHT => "t",
        _ => "w",
    };
    let height = if row.noted { 4.0 } else { 6.0 };
    let (x, y) = (row.extent.0.to_pt(), row.y.to_pt() - height);
    let width = (row.extent.1 - row.extent.0).max(Abs::ZERO).to_pt();
    let words = escaped(words);
    let _ = writeln!(
        out,
        "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height}\"><title>{words}</title></rect>"
    );
    if row.hyphenated {
        let (x, y) = (row.extent.1.to_pt() + 4.0, row.y.to_pt() - 3.0);
        let _ = writeln!(out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2\"/>");
    }
}
