//! How high lines are in which pictures stand.

use crate::length::Abs;
use crate::typeset::line::Line;

/// How much higher a line is than its leading, since a picture stands in it: the
/// picture may reach as high as the type is large, else it has room of its own.
/// `rise` is how far below the top of its box the baseline of a line without pictures
/// stands: where that is less than the height of the ascenders, as in small type that
/// stands on the feet of a wider leading, the picture needs the difference as well, or it
/// would stand above the box, and at the head of a page above the text block.
pub(super) fn lift(line: &Line, size: Abs, rise: Abs) -> Abs {
    let tallest = tallest(line);
    let room = size.scale(0.7).min(rise);
    if tallest > size + Abs::pt(0.01) { tallest - room } else { Abs::ZERO }
}

/// The height of a line's tallest picture.
pub(super) fn tallest(line: &Line) -> Abs {
    line.pictures.iter().map(|picture| picture.size.height).max().unwrap_or(Abs::ZERO)
}
