//! Printers: what each asks of a file, as dated data with sources.
//!
//! The data stands in `printers.toml`; a publisher may add a printer as a file
//! of the same form (one table without its name).

use super::standard::Standard;
use crate::cover::spine::Rule;
use crate::length::{Abs, Point, Size};
use crate::pages::{Item, Pages};
use crate::reason::Reason;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A printer's demands on a file.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Printer {
    /// What to call it in findings.
    pub title: String,
    /// When the numbers were looked up.
    pub checked: String,
    pub(super) bleed: f64,
    pub(super) bleed_gutter: bool,
    pub(super) larger_page: bool,
    pub(super) inside: Vec<(u32, f64)>,
    pub(super) outside: f64,
    pub(super) outside_with_bleed: f64,
    pub(super) pages: (u32, u32),
    pub(super) multiple: u32,
    #[serde(default)]
    pub(super) last_blank: bool,
    pub(super) type_pt: f64,
    pub(super) line_pt: f64,
    /// Resolution that pictures should have, in pixels to the inch.
    pub ppi: u32,
    /// The largest file that is taken.
    pub megabytes: u32,
    #[serde(default)]
    pub(super) trims: Vec<(f64, f64)>,
    #[serde(default)]
    pub(super) trim_between: Option<[(f64, f64); 2]>,
    /// The most ink that may lie on one spot, in per cent of one colour.
    pub ink_percent: u32,
    #[serde(default)]
    pub(super) papers: BTreeMap<String, Paper>,
    /// The fewest pages with which the spine may carry words; none when there is no spine.
    #[serde(default)]
    pub spine_text_from: Option<u32>,
    #[serde(default)]
    pub(super) barcode: Option<Barcode>,
    /// How far a hardback's cover goes beyond the trim; unset, as far as the bleed.
    #[serde(default)]
    pub(super) cover_edge: Option<f64>,
    #[serde(default)]
    pub(super) hinge: f64,
    #[serde(default)]
    pub(super) flap: f64,
    #[serde(default)]
    pub(super) spines: Vec<(u32, f64)>,
    /// The standard that its files keep; PDF/X-4 when nothing is said.
    #[serde(default)]
    pub standard: Standard,
    /// Where the numbers come from.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Which numbers are our own caution.
    #[serde(default)]
    pub guesses: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Paper {
    pub(super) page: f64,
    #[serde(default)]
    pub(super) once: f64,
    #[serde(default)]
    pub(super) step: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Barcode {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) from_edge: f64,
}

const DATA: &str = include_str!("printers.toml");
const MM: f64 = 25.4;

impl Printer {
    /// The printer of that name; none when we don't know it.
    #[must_use]
    pub fn named(name: &str) -> Option<Printer> {
        known().remove(name)
    }

    /// The names of all printers that we know.
    #[must_use]
    pub fn names() -> Vec<String> {
        known().into_keys().collect()
    }

    /// Reads a publisher's own printer.
    ///
    /// # Errors
    /// What is wrong with the file, and where.
    pub fn read(toml: &str) -> Result<Printer, Reason> {
        toml::from_str(toml).map_err(|problem| problem.to_string().into())
    }

    /// How far pictures run over each edge.
    #[must_use]
    pub fn bleed(&self) -> Abs {
        Abs::inches(self.bleed)
    }

    /// Whether pages with bleed carry it at the spine too.
    #[must_use]
    pub fn bleeds_at_spine(&self) -> bool {
        self.bleed_gutter
    }

    /// Whether the page may be larger than the trim.
    #[must_use]
    pub fn takes_larger_pages(&self) -> bool {
        self.larger_page
    }

    /// The least inner margin of a book of that many pages.
    #[must_use]
    pub fn inside(&self, pages: u32) -> Abs {
        let step = self.inside.iter().find(|(most, _)| pages <= *most).or(self.inside.last());
        Abs::inches(step.map_or(0.0, |(_, margin)| *margin))
    }

    /// The least margin at the other edges.
    #[must_use]
    pub fn outside(&self, bleed: bool) -> Abs {
        Abs::inches(if bleed { self.outside_with_bleed } else { self.outside })
    }

    /// The fewest and the most pages of a book.
    #[must_use]
    pub fn page_range(&self) -> (u32, u32) {
        self.pages
    }

    /// The smallest type that prints well.
    #[must_use]
    pub fn smallest_type(&self) -> Abs {
        Abs::pt(self.type_pt)
    }

    /// The thinnest line that prints well.
    #[must_use]
    pub fn thinnest_line(&self) -> Abs {
        Abs::pt(self.line_pt)
    }

    /// Whether the printer makes books of that size.
    #[must_use]
    pub fn takes_trim(&self, trim: Size) -> bool {
        let inches = |length: Abs| length.to_pt() / 72.0;
        let (width, height) = (inches(trim.width), inches(trim.height));
        let near = |(w, h): &(f64, f64)| (w - width).abs() < 0.01 && (h - height).abs() < 0.01;
        let between = self.trim_between.is_some_and(|[least, most]| {
            (least.0..=most.0).contains(&width) && (least.1..=most.1).contains(&height)
        });
        self.trims.is_empty() || between || self.trims.iter().any(near)
    }

    /// The size among those that the printer lists that is nearest to `trim`, in
    /// inches; none when the printer lists none.
    #[must_use]
    pub fn nearest_trim(&self, trim: Size) -> Option<(f64, f64)> {
        let (width, height) = (trim.width.to_pt() / 72.0, trim.height.to_pt() / 72.0);
        let off = |(w, h): &(f64, f64)| (w - width).abs() + (h - height).abs();
        self.trims.iter().copied().min_by(|a, b| off(a).total_cmp(&off(b)))
    }

    /// A rule of that size as this printer holds it: no thinner than its thinnest
    /// line, and in the same middle. Returns the shift and the size.
    #[must_use]
    pub fn held(&self, size: Size) -> (Point, Size) {
        let least = self.thinnest_line();
        let grow = |length: Abs, other: Abs| {
            let more = if length < least && length <= other { least - length } else { Abs::ZERO };
            (more, length + more)
        };
        let (wider, width) = grow(size.width, size.height);
        let (higher, height) = grow(size.height, size.width);
        (Point::new(Abs::ZERO - wider.scale(0.5), Abs::ZERO - higher.scale(0.5)), Size::new(width, height))
    }

    /// How many pages the printed book has: blanks are added up to the
    /// printer's multiple, and one more leaf where the last page must be blank.
    #[must_use]
    pub fn page_count(&self, pages: &Pages) -> u32 {
        let count = u32::try_from(pages.pages.len()).unwrap_or(u32::MAX / 2);
        let ends_blank = pages.pages.last().is_none_or(|page| page.items.is_empty());
        let wanted =
            count + u32::from(self.last_blank && !ends_blank && count.is_multiple_of(self.multiple.max(1)));
        wanted.next_multiple_of(self.multiple.max(1))
    }

    /// How that paper makes a spine.
    #[must_use]
    pub fn spine(&self, paper: &str) -> Option<Rule> {
        let paper = self.papers.get(paper)?;
        Some(Rule { page_mm: paper.page * MM, once_mm: paper.once * MM, step_mm: paper.step * MM })
    }

    /// The papers whose thickness we know.
    pub fn papers(&self) -> impl Iterator<Item = &str> {
        self.papers.keys().map(String::as_str)
    }

    /// The field that is kept for the barcode on the back cover, and its
    /// distance from the edges.
    #[must_use]
    pub fn barcode_field(&self) -> Option<(Size, Abs)> {
        let field = self.barcode?;
        Some((Size::new(Abs::inches(field.width), Abs::inches(field.height)), Abs::inches(field.from_edge)))
    }
}

fn known() -> BTreeMap<String, Printer> {
    toml::from_str(DATA).expect("a test reads the data that ship with the tool")
}

/// Whether something on the pages reaches an edge, so that it must bleed.
#[must_use]
pub(super) fn bleeds(pages: &Pages) -> bool {
    let reaches = |size: Size, at: crate::length::Point| {
        let edge = Abs::pt(0.5);
        at.x <= edge
            || at.y <= edge
            || at.x + size.width >= pages.trim.width - edge
            || at.y + size.height >= pages.trim.height - edge
    };
    pages.pages.iter().flat_map(|page| &page.items).any(|placed| match placed.item {
        Item::Picture(_, size) | Item::Rule(size) => reaches(size, placed.at),
        Item::Run(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::Page;

    #[test]
    fn the_data_are_sound() {
        let printers = known();
        assert_eq!(
            Printer::names(),
            ["bod", "generic", "ingram", "kdp", "lulu", "lulu-casewrap", "offset", "saddle"]
        );
        for (name, printer) in &printers {
            assert!(printer.pages.0 <= printer.pages.1 && printer.multiple > 0, "{name}");
            assert!(printer.inside.is_sorted() && !printer.inside.is_empty(), "{name}");
            assert!(!printer.sources.is_empty() || !printer.guesses.is_empty(), "{name}");
        }
    }

    #[test]
    fn a_hairline_is_drawn_as_thick_as_the_printer_holds() {
        let rule = Size::new(Abs::pt(50.0), Abs::pt(0.4));
        let (shift, held) = Printer::named("kdp").unwrap().held(rule);
        assert_eq!(held, Size::new(Abs::pt(50.0), Abs::pt(0.75)));
        assert!((shift.y.to_pt() + 0.175).abs() < 1e-4 && shift.x == Abs::ZERO);
        assert_eq!(Printer::named("generic").unwrap().held(rule), (Point::default(), rule));
    }

    #[test]
    fn the_inner_margin_grows_with_the_book() {
        let kdp = Printer::named("kdp").unwrap();
        for (pages, inches) in
            [(24, 0.375), (150, 0.375), (151, 0.5), (700, 0.75), (828, 0.875), (9999, 0.875)]
        {
            assert_eq!(kdp.inside(pages), Abs::inches(inches), "{pages} pages");
        }
    }

    #[test]
    fn pages_are_padded_as_the_printer_wants() {
        let book = |count: usize, last: bool| {
            let item = crate::pages::Placed {
                at: crate::length::Point::default(),
                item: Item::Rule(Size::default()),
                role: crate::pages::Role::Ornament,
            };
            let mut pages = vec![Page::default(); count];
            pages[count - 1].items.extend(last.then_some(item));
            Pages { pages, ..Pages::default() }
        };
        let count = |name: &str, pages: &Pages| Printer::named(name).unwrap().page_count(pages);
        assert_eq!(count("offset", &book(76, true)), 80);
        assert_eq!(count("saddle", &book(76, true)), 76);
        assert_eq!(count("ingram", &book(76, true)), 78);
        assert_eq!(count("ingram", &book(76, false)), 76);
        assert_eq!(count("ingram", &book(75, true)), 76);
        assert_eq!(count("kdp", &book(75, true)), 76);
    }

    #[test]
    fn a_publisher_may_bring_a_printer() {
        let own = Printer::read(
            "title='Us'\nchecked='2026-01-01'\nbleed=0.1\nbleed_gutter=true\nlarger_page=true\ninside=[[99,0.5]]\n\
             outside=0.3\noutside_with_bleed=0.3\npages=[4,99]\nmultiple=4\ntype_pt=6.0\nline_pt=0.25\nppi=300\n\
             megabytes=10\nink_percent=300\n[papers]\nbook={page=0.002}",
        )
        .unwrap();
        assert_eq!(own.papers().collect::<Vec<_>>(), ["book"]);
        assert!((own.spine("book").unwrap().width(100).to_mm() - 5.08).abs() < 1e-3);
        assert!(Printer::read("title='Us'").unwrap_err().contains("missing field"));
    }
}
