//! What a wrap is made for: its measures, and where its two pages lie on the sheet.

use crate::length::{Abs, Binding, Point, Size};

/// What the wrap is made for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WrapSpec {
    /// The trimmed size of a page.
    pub trim: Size,
    /// The width of the spine.
    pub spine: Abs,
    /// How far colour runs beyond the edge on all four sides: for a case, what is folded
    /// over its boards, and what they stand beyond the pages.
    pub bleed: Abs,
    /// How wide the joint is on which a board of a case turns; none of a paperback.
    pub hinge: Abs,
    /// How wide the flaps of a jacket are; none of any other cover.
    pub flap: Abs,
    /// How far words on the spine stay from its folds.
    pub clear: Abs,
    /// Whether there may be words on the spine.
    pub spine_text: bool,
    /// On which side the book is bound; its front is on the other.
    pub binding: Binding,
}

impl WrapSpec {
    /// The sheet: two pages, the spine and its hinges, the flaps and the bleed.
    #[must_use]
    pub fn sheet(&self) -> Size {
        let side = self.bleed + self.flap + self.trim.width + self.hinge;
        Size::new(side * 2 + self.spine, self.trim.height + self.bleed + self.bleed)
    }

    /// Where the two pages begin, from the left.
    fn corners(&self) -> [Point; 2] {
        let right = self.spine_left() + self.spine + self.hinge;
        [self.bleed + self.flap, right].map(|x| Point::new(x, self.bleed))
    }

    /// Where the spine begins, from the left.
    pub(super) fn spine_left(&self) -> Abs {
        self.bleed + self.flap + self.trim.width + self.hinge
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

    /// Where the flap beside the front begins.
    pub(super) fn front_flap(&self) -> Point {
        self.flaps()[usize::from(self.binding == Binding::Left)]
    }

    /// Where the flap beside the back begins.
    pub(super) fn back_flap(&self) -> Point {
        self.flaps()[usize::from(self.binding == Binding::Right)]
    }

    /// Where the two flaps begin, from the left.
    fn flaps(&self) -> [Point; 2] {
        [self.bleed, self.sheet().width - self.bleed - self.flap].map(|x| Point::new(x, self.bleed))
    }

    /// The front with its hinge, and with its bleed at the three edges, or the flap and its bleed.
    #[must_use]
    pub fn panel(&self) -> (Point, Size) {
        let left = if self.binding == Binding::Left { self.front().x - self.hinge } else { Abs::ZERO };
        let width = self.hinge + self.trim.width + self.flap + self.bleed;
        (Point::new(left, Abs::ZERO), Size::new(width, self.sheet().height))
    }

    /// The same without the flap, on which words of its own stand: the front ends at the fold.
    pub(super) fn page_panel(&self) -> (Point, Size) {
        if self.flap <= Abs::ZERO {
            return self.panel();
        }
        let left = if self.binding == Binding::Left { self.front().x - self.hinge } else { self.front().x };
        (Point::new(left, Abs::ZERO), Size::new(self.hinge + self.trim.width, self.sheet().height))
    }
}
