//! A page on its way: what is put on it, before it has its place in the book.

use super::compose::{Joined, LinkEnd};
use super::flow_item::{Fragment, SolidItem};
use super::geometry::Geometry;
use super::line::{Line, LinkArea, LinkId, Mark, PlacedPicture};
use super::paginate::SourcePage;
use crate::diag::Span;
use crate::length::{Abs, Point, Size};
use crate::narrow::Nearest;
use crate::pages::{Item, Page, Placed, Role, Row};

/// A page before it has its place in the book.
#[derive(Clone, Debug, Default)]
pub struct PageDraft {
    /// What stands on it; its links are still in `links`.
    pub page: Page,
    /// Active areas with their link.
    pub links: Vec<(Point, Size, LinkId)>,
    /// Places that links may lead to.
    pub places: Vec<(LinkEnd, Point)>,
    /// Where the running text goes on.
    pub start: Option<(u32, Option<Span>)>,
    /// The section of that text, where it is known.
    pub start_in: Option<u32>,
    /// Pages of the older edition that start on it, with their baselines.
    pub source_marks: Vec<(Abs, String)>,
    /// A text begins on it.
    pub opening: bool,
    /// It bears no head and no folio.
    pub bare: bool,
    /// The page of the older edition that it is, where pages are kept.
    pub source_page: Option<SourcePage>,
}

/// How far above the baseline links and destinations reach, and below it.
const LINK_REACH: (f64, f64) = (9.0, 3.0);
/// The narrowest area that a link is worth.
const LEAST_LINK: Abs = Abs::raw(65_536 / 2);
/// How thick the line is that strikes words out.
const STRIKE: Abs = Abs::raw(65_536 / 2);

impl PageDraft {
    /// A page that stays empty.
    #[must_use]
    pub fn blank() -> PageDraft {
        PageDraft { bare: true, ..PageDraft::default() }
    }

    /// The number of the older edition's page that it is.
    #[must_use]
    pub fn source_page_label(&self) -> Option<&str> {
        self.source_page.as_ref()?.label.as_deref()
    }

    /// Makes its ids those of the book that its text was composed apart from.
    pub fn join(&mut self, joined: &Joined) {
        for placed in &mut self.page.items {
            if let Role::Leaf(leaf) = &mut placed.role {
                *leaf = joined.graft.leaf(*leaf);
            }
        }
        for (_, _, link) in &mut self.links {
            link.number += joined.links;
            link.node = joined.graft.node(link.node);
        }
    }

    /// How far the text goes below the text block.
    #[must_use]
    pub fn overrun(&self) -> Abs {
        self.source_page.as_ref().map_or(Abs::ZERO, |page| page.overrun)
    }

    /// Puts a line on its baseline. With a `role`, it is no content: nothing in
    /// it can be linked to.
    pub fn put_line(&mut self, line: Line, at: Point, role: Option<Role>) {
        if role.is_none() {
            // Marks, links and the row come first, from the whole line; then the line is taken apart.
            self.put_marks(&line, at);
            line.links.iter().for_each(|area| self.put_link(area, at));
            self.page.rows.push(row(&line, at));
        }
        for PlacedPicture { x, image, size, leaf } in line.pictures {
            let at = Point::new(at.x + x, at.y - size.height);
            self.put(at, Item::Picture(image.0, size), role.unwrap_or(Role::Leaf(leaf)));
        }
        for run in line.runs {
            let at = Point::new(at.x + run.x, at.y - run.raise);
            if run.struck {
                // Through the middle of the small letters, about a quarter of the type size above the
                // baseline.
                let middle = Point::new(at.x, at.y - run.run.size.scale(0.24));
                self.put_rule(middle, Size::new(run.run.width(), STRIKE));
            }
            self.put(at, Item::Run(run.run), role.unwrap_or(Role::Leaf(run.leaf)));
        }
    }

    /// Puts what cannot be divided, at the top left corner of its box in the
    /// text block.
    pub fn put_solid(&mut self, solid: &SolidItem, at: Point, geometry: &Geometry, role: Option<Role>) {
        self.bare |= solid.plate;
        self.page.turned |= solid.turned;
        let base = |y: Abs| Point::new(at.x, geometry.base + at.y + y);
        let corner = |x: Abs, y: Abs, size: &Size| {
            Point::new(at.x + geometry.faced_x(x, size.width), geometry.top + at.y + y)
        };
        for fragment in &solid.fragments {
            match fragment {
                Fragment::Line(y, line) => self.put_line(geometry.faced(line.clone()), base(*y), role),
                Fragment::Ornament(y, line, role) => {
                    self.put_line(geometry.faced(line.clone()), base(*y), Some(*role));
                }
                Fragment::Rule(x, y, size) => self.put_rule(corner(*x, *y, size), *size),
                Fragment::Picture(x, y, image, size, role) => {
                    self.put(corner(*x, *y, size), Item::Picture(*image, *size), *role);
                }
                Fragment::Bleed { kept, image, size, leaf, over } => {
                    let role = leaf.map_or(Role::Ornament, Role::Leaf);
                    self.put(geometry.bled(*kept, *size, *over), Item::Picture(*image, *size), role);
                }
            }
        }
    }

    /// Puts a rule, from its top left corner.
    pub fn put_rule(&mut self, at: Point, size: Size) {
        self.put(at, Item::Rule(size), Role::Ornament);
    }

    fn put(&mut self, at: Point, item: Item, role: Role) {
        self.page.items.push(Placed { at, item, role });
    }

    fn put_marks(&mut self, line: &Line, at: Point) {
        let top = at.y - Abs::pt(LINK_REACH.0);
        for (x, mark) in &line.marks {
            let here = Point::new(at.x + *x, top);
            match mark {
                Mark::Anchor(anchor) => self.places.push((LinkEnd::Anchor(*anchor), here)),
                Mark::Call(note, call) => self.places.push((LinkEnd::Call(*note, *call), here)),
                Mark::Note(note) => self.places.push((LinkEnd::Note(*note), here)),
                Mark::SourcePage(label) => self.source_marks.push((at.y, label.clone())),
            }
        }
    }

    fn put_link(&mut self, area: &LinkArea, at: Point) {
        // kerning may carry the pen back over what is narrow
        let (left, right) = (area.extent.0.min(area.extent.1), area.extent.0.max(area.extent.1));
        if right - left < LEAST_LINK {
            return;
        }
        let corner = Point::new(at.x + left, at.y - Abs::pt(LINK_REACH.0));
        let size = Size::new(right - left, Abs::pt(LINK_REACH.0 + LINK_REACH.1));
        self.links.push((corner, size, area.link));
    }
}

/// What a reader of proofs is told of a line.
fn row(line: &Line, at: Point) -> Row {
    Row {
        y: at.y,
        extent: (at.x + line.extent.0, at.x + line.extent.1),
        ratio: f32::nearest(line.ratio),
        full: line.full,
        hyphenated: line.hyphenated,
        noted: false,
    }
}
