//! The areas of links: each covers its words, whichever way they run, and
//! nothing else; and the PDF has the areas that the pages have.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/read.rs"]
mod read;
#[path = "common/text.rs"]
mod text;

use pamphleteer::font::Library;
use pamphleteer::length::Abs;
use pamphleteer::pages::{Child, Item, LeafId, Link, NodeId, Page, Pages, Placed, Role, Tree};
use pamphleteer::style::Style;
use pamphleteer::{manuscript, pdf, typeset};
use read::Read;
use std::collections::BTreeMap;
use text::one_text;

/// Texts with links, each with its language and how many areas its links have:
/// a short link, one over lines, and one in which the direction changes.
const TEXTS: &[(&str, &str, usize)] = &[
    ("en", "A text with [a link](https://example.org/) in it.", 1),
    ("en", "Read [*first* and second](https://example.org/1), [third](https://example.org/2).", 2),
    ("en", "The word [one שלום עולם two](https://example.org/) turns.", 1),
    ("en", "The word [one שלום](https://example.org/) עולם two turns.", 2),
    ("he", "הערב ירד על [העיר הגדולה](https://example.org/) לאט מאוד.", 1),
    ("he", "הערב [*ירד* על העיר](https://example.org/1) ועל [הכפר](https://example.org/2).", 2),
    ("he", "המילה [אחת one two שתיים](https://example.org/) באמצע.", 1),
    (
        "he",
        "הערב ירד על העיר לאט, והאנשים סגרו את החלונות, [ואיש לא ענה מן הרחוב אל החלון הגבוה של הבית](https://example.org/) שמעבר לגשר.",
        2,
    ),
];

fn set(lang: &str, text: &str) -> Pages {
    let book = manuscript::parse(&one_text(lang, text)).value;
    typeset::set(&book, &Style::default(), &Library::built_in()).value
}

fn leaves(tree: &Tree, node: NodeId, out: &mut Vec<LeafId>) {
    for child in &tree.get(node).children {
        match child {
            Child::Node(node) => leaves(tree, *node, out),
            Child::Leaf(leaf) => out.push(*leaf),
        }
    }
}

/// Where the glyphs of some content stand that are no spaces: each with its
/// baseline, its left edge and its right edge.
fn inked<'p>(page: &'p Page, wanted: impl Fn(LeafId) -> bool + 'p) -> Vec<(Abs, Abs, Abs)> {
    let runs = page.items.iter().filter_map(move |placed| match placed {
        Placed { at, item: Item::Run(run), role: Role::Leaf(leaf) } if wanted(*leaf) => Some((*at, run)),
        _ => None,
    });
    let mut out = Vec::new();
    for (at, run) in runs {
        let mut x = at.x;
        for glyph in &run.glyphs {
            let range = glyph.text();
            if !run.text[range.start as usize..range.end as usize].trim().is_empty() {
                out.push((at.y, x, x + glyph.advance()));
            }
            x += glyph.advance();
        }
    }
    out
}

fn covers(link: &Link, (y, left, right): (Abs, Abs, Abs)) -> bool {
    let beside = link.at.x > left || link.at.x + link.size.width < right;
    !beside && (link.at.y..link.at.y + link.size.height).contains(&y)
}

#[test]
fn an_area_covers_the_words_of_its_link_and_no_others() {
    for (lang, text, areas) in TEXTS {
        let pages = set(lang, text);
        let page = pages.pages.iter().find(|page| !page.links.is_empty()).unwrap();
        assert_eq!(page.links.len(), *areas, "{text}");
        let mut by_node: BTreeMap<usize, Vec<&Link>> = BTreeMap::new();
        page.links.iter().for_each(|link| by_node.entry(link.node.index()).or_default().push(link));
        for links in by_node.values() {
            let mut own = Vec::new();
            leaves(&pages.tree, links[0].node, &mut own);
            let within = inked(page, |leaf| own.contains(&leaf));
            assert!(within.len() > 3, "{text}");
            for glyph in &within {
                assert!(links.iter().any(|link| covers(link, *glyph)), "{text}: {glyph:?} is not active");
            }
            for glyph in inked(page, |leaf| !own.contains(&leaf)) {
                assert!(!links.iter().any(|link| covers(link, glyph)), "{text}: {glyph:?} is active");
            }
            for link in links {
                assert!(within.iter().any(|glyph| covers(link, *glyph)), "{text}: an area without words");
            }
        }
    }
}

/// The areas of a page's annotations, from left to right: left edge and width.
fn annotated(pdf: &Read, page: usize) -> Vec<(f32, f32)> {
    let annotations = pdf.array(pdf.page(page).get(b"Annots").unwrap());
    let mut out = Vec::new();
    for annotation in annotations {
        let link = pdf.dict(annotation);
        let numbers = |key: &[u8]| -> Option<Vec<f32>> {
            Some(pdf.array(link.get(key).ok()?).iter().map(|n| n.as_float().unwrap()).collect())
        };
        match numbers(b"QuadPoints") {
            Some(points) => out.extend(points.chunks(8).map(|quad| (quad[0], quad[2] - quad[0]))),
            None => out.extend(numbers(b"Rect").map(|rect| (rect[0], rect[2] - rect[0]))),
        }
    }
    out.sort_by(|a, b| a.0.total_cmp(&b.0));
    out
}

#[test]
fn the_pdf_has_the_areas_of_the_pages() {
    for (lang, text, _) in TEXTS {
        let pages = set(lang, text);
        let index = pages.pages.iter().position(|page| !page.links.is_empty()).unwrap();
        let links = pages.pages[index].links.iter();
        let mut expected: Vec<(f64, f64)> =
            links.map(|link| (link.at.x.to_pt(), link.size.width.to_pt())).collect();
        expected.sort_by(|a, b| a.0.total_cmp(&b.0));
        let found = annotated(&Read::new(&pdf::screen(&pages, None).unwrap().bytes), index);
        assert_eq!(found.len(), expected.len(), "{text}");
        for (a, b) in found.iter().zip(&expected) {
            let off = (f64::from(a.0) - b.0).abs().max((f64::from(a.1) - b.1).abs());
            assert!(off < 0.01, "{text}: {found:?} and not {expected:?}");
        }
    }
}
