//! What the edges of a path take: each is cut into lines, and those are kept in order
//! from row to row, which two change where they cross.
//!
//! That order is kept by insertion, so a path whose edges all cross takes the square of
//! their number. How many cross is not known before; an edge is assumed to cross those
//! of its rows as far as it goes across the whole path.

use super::canvas::Canvas;
use resvg::tiny_skia::{Path, PathSegment, Point, Transform};

/// Steps for a straight edge, a curve, each row of pixels that one goes through, and
/// each crossing of two.
const EDGE: f64 = 80.0;
const CURVE: f64 = 800.0;
const ROW: f64 = 10.0;
const CROSSING: f64 = 4.0;
/// Lines that a curve is cut into, and parts of it that go one way.
const LINES: f64 = 16.0;
const PARTS: f64 = 3.0;

/// The edges of a path on a canvas.
pub(super) struct Edges {
    /// How many lines they are cut into.
    pub(super) count: f64,
    /// Their length, in the units of the path.
    pub(super) length: f64,
    /// Steps to fill what they enclose.
    pub(super) steps: f64,
}

/// What is known of one edge, in pixels.
#[derive(Default)]
struct Edge {
    across: f64,
    top: f64,
    bottom: f64,
    down: f64,
}

impl Edges {
    pub(super) fn of(path: &Path, place: Transform, canvas: Canvas) -> Edges {
        let mut all = Edges { count: 0.0, length: 0.0, steps: 0.0 };
        let (mut rows, mut crossing, mut last) = (0.0, 0.0, Point::zero());
        let wide = width(path, place);
        for segment in path.segments() {
            let (points, is_curve): (&[Point], bool) = match &segment {
                PathSegment::MoveTo(point) => {
                    last = *point;
                    continue;
                }
                PathSegment::LineTo(a) => (&[*a], false),
                PathSegment::QuadTo(a, b) => (&[*a, *b], true),
                PathSegment::CubicTo(a, b, c) => (&[*a, *b, *c], true),
                PathSegment::Close => (&[], false),
            };
            let edge = all.edge(points, &mut last, place);
            all.steps += if is_curve { CURVE } else { EDGE };
            all.count += if is_curve { LINES } else { 1.0 };
            let own = edge.rows(canvas);
            rows += own;
            if own > 0.0 {
                let share = if wide > 0.0 { (2.0 * edge.across / wide).min(1.0) } else { 1.0 };
                crossing += share * if is_curve { PARTS } else { 1.0 };
            }
        }
        all.steps += rows * ROW + crossing * rows / canvas.height.max(1.0) * CROSSING;
        all
    }

    /// The edge through those points, from the last of the one before it.
    fn edge(&mut self, points: &[Point], last: &mut Point, place: Transform) -> Edge {
        let mapped = |mut point: Point| {
            place.map_point(&mut point);
            (f64::from(point.x), f64::from(point.y))
        };
        let mut from = mapped(*last);
        let mut edge = Edge { top: from.1, bottom: from.1, ..Edge::default() };
        for point in points {
            self.length += f64::from((point.x - last.x).hypot(point.y - last.y));
            let to = mapped(*point);
            edge.across += (to.0 - from.0).abs();
            edge.down += (to.1 - from.1).abs();
            (edge.top, edge.bottom) = (edge.top.min(to.1), edge.bottom.max(to.1));
            (from, *last) = (to, *point);
        }
        edge
    }
}

impl Edge {
    /// The rows of a canvas that it goes through.
    fn rows(&self, canvas: Canvas) -> f64 {
        let (top, bottom) = if canvas.is_fixed {
            (self.top.max(0.0), self.bottom.min(canvas.height))
        } else {
            (self.top, self.bottom)
        };
        // a curve may go through them twice
        let rows = (bottom - top).max(0.0).min(canvas.height)
            * if self.down > self.bottom - self.top { 2.0 } else { 1.0 };
        if rows.is_nan() { canvas.height } else { rows }
    }
}

/// The width of a path in pixels.
fn width(path: &Path, place: Transform) -> f64 {
    let bounds = path.bounds();
    f64::from(bounds.width()) * f64::from(place.sx.abs())
        + f64::from(bounds.height()) * f64::from(place.kx.abs())
}
