//! A page of advice for whoever prints and folds a booklet at home.

use super::art::{self, Drawing};
use super::inks::Inks;
use super::{Faces, Paint};
use crate::length::{Abs, Point, Size};
use quick_xml::escape::escape;
use resvg::tiny_skia::Transform;
use resvg::usvg;

/// What the advice speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Booklet<'a> {
    /// The book's title.
    pub title: &'a str,
    /// Sheets of paper, the page of advice not counted.
    pub sheets: usize,
    /// Sheets that are folded together; all of them in a pamphlet.
    pub section: usize,
    /// Whether the first of the sheets is the cover.
    pub cover: bool,
}

/// Type size and leading of the advice, in points.
const SIZE: f64 = 13.0;
const LEADING: f64 = 19.0;
/// Left and upper margin, in points; no office printer reaches nearer than a
/// quarter of an inch.
const MARGIN: (f64, f64) = (72.0, 96.0);

/// The advice on a sheet of that size, in black.
#[must_use]
pub fn advice(booklet: &Booklet<'_>, faces: &Faces, sheet: Size) -> Drawing {
    let mut y = MARGIN.1;
    let mut body = line(y, 20.0, booklet.title);
    y += LEADING * 1.5;
    body += &line(y, SIZE, "How to print and fold this booklet");
    for (number, step) in (1..).zip(steps(booklet)) {
        y += LEADING * 0.6;
        for (index, words) in step.iter().enumerate() {
            y += LEADING;
            let number = if index == 0 { format!("{number}.") } else { String::new() };
            body += &format!(r#"<text x="{}" y="{y:.1}" font-size="{SIZE}">{number}</text>"#, MARGIN.0);
            body += &indented(y, words);
        }
    }
    let (width, height) = (sheet.width.to_pt(), sheet.height.to_pt());
    let svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width:.2}" height="{height:.2}" font-family="Libertinus Serif">{body}</svg>"#
    );
    let tree = usvg::Tree::from_str(&svg, &faces.options());
    let mut shapes = tree.map(|tree| art::flatten(&tree, Transform::identity(), sheet)).unwrap_or_default();
    let rule = Size::new(Abs::pt(width - 2.0 * MARGIN.0), Abs::pt(0.75));
    shapes.push(art::rectangle(Point::new(Abs::pt(MARGIN.0), Abs::pt(MARGIN.1 + 10.0)), rule, BLACK));
    Drawing { size: sheet, shapes, inks: Inks::default() }
}

fn line(y: f64, size: f64, words: &str) -> String {
    format!(r#"<text x="{}" y="{y:.1}" font-size="{size}">{}</text>"#, MARGIN.0, escape(words))
}

fn indented(y: f64, words: &str) -> String {
    format!(r#"<text x="{}" y="{y:.1}" font-size="{SIZE}">{}</text>"#, MARGIN.0 + 24.0, escape(words))
}

/// What to do, one list of lines for each step.
fn steps(booklet: &Booklet<'_>) -> Vec<Vec<String>> {
    let mut steps = printing(booklet);
    steps.extend(if booklet.section < booklet.sheets { sewing(booklet) } else { stapling(booklet.sheets) });
    steps.push(lines(&["Turn the pages once before you print many: if every other page is upside down, choose the long edge."]));
    steps
}

fn lines(step: &[&str]) -> Vec<String> {
    step.iter().map(|line| (*line).to_owned()).collect()
}

fn printing(booklet: &Booklet<'_>) -> Vec<Vec<String>> {
    let kept = match booklet.sheets {
        1 => "Lay this page aside. One sheet is left.".to_owned(),
        sheets => {
            format!(
                "Lay this page aside. {sheets} sheets are left; keep them in the order in which they came."
            )
        }
    };
    let first = match (booklet.sheets, booklet.cover) {
        (1, _) => "On it the first page stands beside the last.",
        (_, true) => "The first of them is the cover, and is blank on its back. Take stronger paper for it.",
        _ => "On the first of them the first page stands beside the last, or the last of its section.",
    };
    vec![
        lines(&[
            "Print the file on both sides of the paper, at 100 % (\u{201c}actual size\u{201d}, not \u{201c}fit to page\u{201d}).",
            "Choose \u{201c}flip on short edge\u{201d}, so that the two sides of a sheet stand the same way up.",
        ]),
        vec![kept, first.to_owned()],
    ]
}

/// A booklet of several sections.
fn sewing(booklet: &Booklet<'_>) -> Vec<Vec<String>> {
    let (sheets, apart) = (booklet.section, if booklet.cover { ", without the cover" } else { "" });
    let mut steps = vec![vec![
        format!("Take {sheets} sheets at a time{apart}, lay them into each other, and fold them together."),
        "Lay these sections on each other in order, and sew or glue them at the fold.".to_owned(),
    ]];
    if booklet.cover {
        steps.push(lines(&[
            "Fold the cover on both sides of its spine, and glue the backs of the sections into it.",
        ]));
    }
    steps
}

/// A booklet of one section.
fn stapling(sheets: usize) -> Vec<Vec<String>> {
    let pile = if sheets == 1 { "the sheet" } else { "the whole pile" };
    vec![
        vec![format!("Fold {pile} once, in the middle, and press the fold with a bone or a spoon.")],
        lines(&["Open it again, and put two staples through the fold from the outside, a hand apart."]),
    ]
}

/// The colour of all of it.
const BLACK: Paint = Paint([0; 3]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::Library;

    const SHEET: Size = Size::new(Abs::raw(792 << 16), Abs::raw(612 << 16));

    #[test]
    fn all_of_it_is_black_and_on_the_sheet() {
        let booklet = Booklet { title: "On <Margins> & More", sheets: 18, section: 18, cover: true };
        let drawing = advice(&booklet, &Faces::new(&Library::built_in()), SHEET);
        assert!(drawing.shapes.len() > 8);
        for shape in &drawing.shapes {
            assert_eq!(shape.fill, Some(BLACK));
            for step in &shape.path {
                if let crate::cover::PathStep::Line([x, y]) = *step {
                    assert!((18.0..774.0).contains(&x) && (18.0..594.0).contains(&y), "{x} {y}");
                }
            }
        }
    }

    #[test]
    fn sections_and_piles_are_folded_differently() {
        let words = |sheets, section| {
            let booklet = Booklet { title: "", sheets, section, cover: false };
            steps(&booklet).concat().join(" ")
        };
        assert!(words(18, 18).contains("staples") && words(18, 4).contains("Take 4 sheets"));
        assert!(words(18, 18).contains("18 sheets are left"));
        assert!(words(1, 1).contains("One sheet is left.") && words(1, 1).contains("Fold the sheet once"));
    }
}
