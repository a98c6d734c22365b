//! Where the text block stands on a page, and its lines in it.

use super::flow_item::BLEED;
use super::line::Line;
use crate::book::Book;
use crate::length::{Abs, Binding, Point, Size};
use crate::narrow::Nearest;
use crate::pages::Frame;
use crate::style::{FOLIO_BELOW, Style};

/// Where the text block stands on a page.
#[derive(Clone, Copy, Debug)]
pub struct Geometry {
    /// On which side the book is bound, so where its lines begin.
    pub binding: Binding,
    /// Left edge of the text block on a recto, and on a verso.
    pub left: (Abs, Abs),
    /// Top of the text block.
    pub top: Abs,
    /// Baseline of the first line.
    pub base: Abs,
    /// Width of the text block.
    pub measure: Abs,
    /// The grid's step.
    pub grid: Abs,
    /// Whether the page that is being set is a recto.
    pub recto: bool,
    /// Size of the page.
    pub trim: Size,
    /// Height of the text block: lines times grid.
    pub depth: Abs,
    /// How many lines of a source page may stand below it.
    pub overrun_lines: u32,
}

/// So many lines below the text block at most.
const MOST_OVERRUN: f64 = 3.0;
/// Room below a folio at least.
const LEAST_FOOT: Abs = Abs::raw(65_536 * 21);

/// On which side a book is bound: where its lines begin.
pub fn binding(book: &Book) -> Binding {
    if book.meta.language.is_rtl() { Binding::Right } else { Binding::Left }
}

impl Geometry {
    /// The geometry that a style asks for.
    #[must_use]
    pub fn of(style: &Style, binding: Binding) -> Geometry {
        let inside = style.inside();
        let measure = style.measure();
        // The spine is on the left of a right-hand page, and in a book that is bound on the right it
        // is the versos that lie on the right hand.
        let right_hand = (inside, style.outside());
        let top = style.top();
        let grid = style.leading();
        let lines = i64::from(style.page.lines.max(1));
        let base = style.first_baseline();
        let below = style.page.trim.height - (base + grid * (lines - 1));
        // Old pages may go deeper than ours as far as there is room for it: what lies between the last
        // baseline and the foot of the page, less what the folio takes.
        let overrun = (below - grid.scale(FOLIO_BELOW) - LEAST_FOOT).ratio(grid);
        Geometry {
            binding,
            left: match binding {
                Binding::Left => right_hand,
                Binding::Right => (right_hand.1, right_hand.0),
            },
            top,
            base,
            measure,
            grid,
            recto: true,
            trim: style.page.trim,
            depth: grid * lines,
            overrun_lines: u32::nearest(overrun.clamp(0.0, MOST_OVERRUN)),
        }
    }

    /// The same of a page that is turned by a quarter, as its reader holds it: its text
    /// block is as wide as that of others is deep, and lies as far from the spine.
    #[must_use]
    pub fn turned(&self) -> Geometry {
        let top = self.left(self.recto);
        let left = self.trim.height - self.top - self.depth;
        Geometry {
            left: (left, left),
            top,
            base: self.base - self.top + top,
            measure: self.depth,
            depth: self.measure,
            trim: Size::new(self.trim.height, self.trim.width),
            ..*self
        }
    }

    /// The left edge of the text block.
    #[must_use]
    pub fn left(&self, recto: bool) -> Abs {
        if recto { self.left.0 } else { self.left.1 }
    }

    /// Where the text of a page must stand that goes so far below the block.
    pub fn frame(&self, recto: bool, overrun: Abs) -> Frame {
        Frame {
            at: Point::new(self.left(recto), self.top),
            size: Size::new(self.measure, self.depth + overrun),
        }
    }

    /// The line where it stands in the text block. Lines are made for a block
    /// that is read from the left; in a book that is read from the right they
    /// stand as in a mirror, each whole.
    pub fn faced(&self, line: Line) -> Line {
        let aside = self.faced_x(line.extent.0, line.extent.1 - line.extent.0) - line.extent.0;
        if aside == Abs::ZERO { line } else { line.moved(aside) }
    }

    /// Likewise for something else of that width.
    pub fn faced_x(&self, x: Abs, width: Abs) -> Abs {
        match self.binding {
            Binding::Left => x,
            Binding::Right => self.measure - x - width,
        }
    }

    /// Where a picture of that size begins that bleeds: at the spine, or half of it beyond where it goes `over` that, and
    /// beyond the head. One that is too high loses as much above as below, or all of it above where a caption stands so far
    /// down.
    pub fn bled(&self, foot: Option<Abs>, size: Size, over: bool) -> Point {
        let hidden = if over { size.width / 2 } else { Abs::ZERO };
        let x = match (self.binding, self.recto) {
            (Binding::Left, true) | (Binding::Right, false) => -hidden,
            _ => self.trim.width - size.width + hidden,
        };
        let lowest = foot.map_or(self.trim.height + BLEED, |foot| self.top + foot);
        let over = (size.height - BLEED - lowest).max(Abs::ZERO);
        let up = if foot.is_some() { over } else { over / 2 };
        Point::new(x, -BLEED - up)
    }

    /// Baseline of the last line of a full page.
    #[must_use]
    pub fn foot(&self) -> Abs {
        self.base + self.depth - self.grid
    }
}
