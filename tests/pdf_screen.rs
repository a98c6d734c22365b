//! The screen edition, read back from the file that was written.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/pages.rs"]
mod fixture;
#[path = "common/read.rs"]
mod read;

use lopdf::content::Content;
use pamphleteer::cover::{self, Faces, Template};
use pamphleteer::font::Library;
use pamphleteer::pages::{Item, Pages, Tag, Tree};
use pamphleteer::pdf::{self, CoverArt, CoverImage};
use read::Read;
use std::sync::Arc;

fn screen(pages: &Pages) -> Read {
    Read::new(&pdf::screen(pages, None).unwrap().bytes)
}

fn front() -> CoverImage {
    let meta = pamphleteer::book::Meta { title: "Parts & Pieces".into(), ..Default::default() };
    let front = cover::front(&meta, Template::of_style("novel"), &Faces::new(&Library::built_in())).value;
    let art = CoverArt::Drawing(front.drawing(fixture::book().trim).unwrap());
    CoverImage { art, description: front.description }
}

#[test]
fn a_whole_book_claims_both_standards() {
    let pdf = pdf::screen(&fixture::book(), Some(&front())).unwrap();
    assert_eq!(pdf.standards, ["PDF/UA-1", "PDF/A-2a"]);
}

#[test]
fn what_is_not_kept_is_not_claimed() {
    let mut undated = fixture::book();
    undated.info.date = None;
    assert_eq!(pdf::screen(&undated, None).unwrap().standards, ["PDF/UA-1"]);

    let mut wordless = fixture::book();
    let node = wordless.tree.node(Tree::ROOT, Tag::Figure(None));
    let leaf = wordless.tree.leaf(node);
    let mut picture = wordless.pages.last().unwrap().items.last().unwrap().clone();
    picture.role = pamphleteer::pages::Role::Leaf(leaf);
    wordless.pages[0].items.push(picture);
    assert_eq!(pdf::screen(&wordless, None).unwrap().standards, [] as [&str; 0]);
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let write = || pdf::screen(&fixture::book(), Some(&front())).unwrap().bytes;
    assert_eq!(write(), write());
}

#[test]
fn a_book_without_authors_is_its_publishers() {
    let mut pages = fixture::book();
    pages.info.authors.clear();
    let pdf = screen(&pages);
    let info = pdf.dict(pdf.0.trailer.get(b"Info").unwrap());
    assert_eq!(pdf.text(info, "Author").as_deref(), Some("Example Press"));
}

#[test]
fn every_page_has_the_label_that_the_book_gives_it() {
    let with_cover = Read::new(&pdf::screen(&fixture::book(), Some(&front())).unwrap().bytes);
    let expected = ["0 Cover0", "1 r1", "2 r2", "3 r3", "4 r4", "5 D1", "6 D2", "7 D3"];
    assert_eq!(with_cover.labels(), expected);
}

#[test]
fn the_outline_is_nested_like_the_headings() {
    let expected = ["Contents", "First Text", "Second Text", "  Of Lists", "  Of Tables and Figures"];
    assert_eq!(screen(&fixture::book()).outline(), expected);
}

#[test]
fn the_structure_is_what_a_screen_reader_needs() {
    let structure = screen(&fixture::book()).structure().join("\n");
    assert_eq!(structure, include_str!("pdf/small-book.tags").trim_end());
}

#[test]
fn lines_of_a_turned_page_stand_where_the_page_has_them() {
    let mut pages = fixture::book();
    pages.pages.iter_mut().for_each(|page| page.turned = true);
    let pdf = screen(&pages);
    for (page, id) in pages.pages.iter().zip(pdf.pages()) {
        let content = Content::decode(&pdf.0.get_page_content(id)).unwrap();
        let matrices = content.operations.iter().filter(|operation| operation.operator == "Tm");
        let height = pages.extent(page).height.to_pt();
        // the library reckons from the head of the page, our own lines from its foot
        let places: Vec<f64> = matrices
            .map(|matrix| {
                let [turn, y] = [3, 5].map(|at| f64::from(matrix.operands[at].as_float().unwrap()));
                if turn < 0.0 { y } else { height - y }
            })
            .collect();
        for placed in page.items.iter().filter(|placed| matches!(&placed.item, Item::Run(_))) {
            let y = placed.at.y.to_pt();
            let found = places.iter().any(|place| (place - y).abs() < 0.1);
            assert!(found, "page {}: no line at {y} among {places:?}", page.label);
        }
    }
}

#[test]
fn headings_never_skip_a_rank() {
    let mut setter = fixture::Setter::new();
    setter.page("1");
    for level in [2, 4, 1, 3] {
        setter.heading(Tree::ROOT, level, "A heading");
    }
    let structure = screen(&setter.pages).structure();
    assert_eq!(structure, ["Document", "  H1", "    *", "  H2", "    *", "  H1", "    *", "  H2", "    *"]);
}

#[test]
fn a_link_over_two_lines_is_one_annotation_with_two_parts() {
    let pdf = screen(&fixture::book());
    let last = pdf.pages().len() - 1;
    let annotations = pdf.array(pdf.page(last).get(b"Annots").unwrap());
    let link = pdf.dict(&annotations[0]);
    assert_eq!(annotations.len(), 1);
    assert_eq!(pdf.array(link.get(b"QuadPoints").unwrap()).len(), 16);
    assert_eq!(pdf.text(link, "Contents").as_deref(), Some("Example Press on the web"));
}

#[test]
fn a_page_that_refers_to_nothing_is_an_error_and_no_panic() {
    let mut pages = fixture::book();
    for placed in &mut pages.pages[0].items {
        if let Item::Run(run) = &mut placed.item {
            let run = Arc::make_mut(run);
            run.font = 99;
        }
    }
    assert!(pdf::screen(&pages, None).is_err());
    let mut pages = fixture::book();
    pages.images[0].bytes = b"not a picture".as_slice().into();
    assert!(pdf::screen(&pages, None).unwrap_err().to_string().contains("ramp.png"));
}

#[test]
fn destinations_out_of_the_book_are_left_out() {
    let mut pages = fixture::book();
    for destination in &mut pages.destinations {
        destination.page = 500;
    }
    let pdf = pdf::screen(&pages, None).unwrap();
    assert_eq!(pdf.standards.len(), 2, "{:?}", pdf.standards);
}
