//! What a wrap is made for: its measures, and where its two pages lie on the sheet.

use crate::length::{Abs, Binding, Point, Size};

/// What the wrap is made for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WrapSpec {
    /// The trimmed size of a page.
    pub trim: Size,
    /// The width of the spine.
    pub spine: Abs,
    /// How far colour runs beyond the edge on all four sides.
    pub bleed: Abs,
    /// How far words on the spine stay from its folds.
    pub clear: Abs,
    /// Whether there may be words on the spine.
    pub spine_text: bool,
    /// On which side the book is bound; its front is on the other.
    pub binding: Binding,
}

impl WrapSpec {
    /// The sheet: two pages, the spine and the bleed.
    #[must_use]
    pub fn sheet(&self) -> Size {
        let width = self.trim.width + self.trim.width + self.spine + self.bleed + self.bleed;
        Size::new(width, self.trim.height + self.bleed + self.bleed)
    }

    /// Where the two pages begin, from the left.
    fn corners(&self) -> [Point; 2] {
        [self.bleed, self.bleed + self.trim.width + self.spine].map(|x| Point::new(x, self.bleed))
    }

    /// Where the front page begins.
    pub(super) fn front(&self) -> Point {
        let [left, right] = self.corners();
        if self.binding == Binding::Left { right } else { left }
    }

    /// Where the back page begins.
    pub(super) fn back(&self) -> Point {
        let [left, right] = self.corners();
        if self.binding == Binding::Left { left } else { right }
    }

    /// The front with its bleed at the three edges.
    pub(super) fn panel(&self) -> (Point, Size) {
        let left = if self.binding == Binding::Left { self.front().x } else { Abs::ZERO };
        (Point::new(left, Abs::ZERO), Size::new(self.trim.width + self.bleed, self.sheet().height))
    }
}
