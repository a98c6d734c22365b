//! How high lines are in which pictures stand.

use crate::length::Abs;
use crate::typeset::line::Line;

/// How much higher a line is than its leading, since a picture stands in it: the
/// picture may reach as high as the type is large, else it has room of its own.
pub(super) fn lift(line: &Line, size: Abs) -> Abs {
    let tallest = tallest(line);
    if tallest > size + Abs::pt(0.01) { tallest - size.scale(0.7) } else { Abs::ZERO }
}

/// The height of a line's tallest picture.
pub(super) fn tallest(line: &Line) -> Abs {
    line.pictures.iter().map(|picture| picture.size.height).max().unwrap_or(Abs::ZERO)
}
