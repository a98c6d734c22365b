//! The picture that is drawn on, and how much of something lies on it.

/// A box on the canvas, in pixels: left, top, right, bottom.
pub(super) type Sides = [f64; 4];

/// The picture that is drawn on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Canvas {
    pub(super) width: f64,
    pub(super) height: f64,
    /// Whether its top left corner is where places are counted from: that of a layer is
    /// somewhere else, and what is laid on it may be anywhere on it.
    pub(super) is_fixed: bool,
    /// How far the layers above it go beyond it on each side, in its own size.
    pub(super) beyond: f64,
}

impl Canvas {
    pub(super) fn pixels(&self) -> f64 {
        self.width * self.height
    }

    /// How many of its pixels a box may cover.
    pub(super) fn covered(&self, sides: Sides) -> f64 {
        self.part(sides, 0.0).map_or(0.0, |part| part.pixels())
    }

    /// The part of a box that is on it, or not farther away than so many times its size.
    pub(super) fn part(&self, [left, top, right, bottom]: Sides, beyond: f64) -> Option<Canvas> {
        let side = |from: f64, to: f64, own: f64| {
            let (least, most) = (-beyond * own, (1.0 + beyond) * own);
            let length =
                if self.is_fixed { to.min(most) - from.max(least) } else { (to - from).min(most - least) };
            if length.is_nan() { most - least } else { length }
        };
        let (width, height) = (side(left, right, self.width), side(top, bottom, self.height));
        let is_on_it = width > 0.0 && height > 0.0;
        is_on_it.then(|| Canvas {
            width: width.max(1.0),
            height: height.max(1.0),
            is_fixed: false,
            beyond: 0.0,
        })
    }

    /// A layer for a box, its rim included.
    pub(super) fn layer(&self, [left, top, right, bottom]: Sides) -> Option<Canvas> {
        self.part([left - 3.0, top - 3.0, right + 3.0, bottom + 3.0], self.beyond)
    }

    /// As it is seen through a turned layer.
    pub(super) fn turned(&self) -> Canvas {
        let diagonal = self.width.hypot(self.height);
        Canvas { width: diagonal, height: diagonal, is_fixed: false, ..*self }
    }
}
