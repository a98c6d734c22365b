//! A cover as paths: what a writer of pages can paint without knowing SVG.

use crate::length::Size;
use resvg::tiny_skia::{PathSegment, Transform};
use resvg::usvg::{self, Node};

/// Painted paths, in painting order.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// The size of the page that it fills.
    pub size: Size,
    /// The paths, in points from the page's top left corner, y downwards.
    pub shapes: Vec<Shape>,
}

/// One path with its paint.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The outline.
    pub path: Vec<PathStep>,
    /// How the inside is painted.
    pub fill: Option<Paint>,
    /// Whether a point is inside by the even-odd rule; else by winding.
    pub even_odd: bool,
    /// How the outline is painted, and how wide in points.
    pub stroke: Option<(Paint, f32)>,
}

/// A colour: red, green and blue as the template gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint(pub [u8; 3]);

/// One step of a path: absolute places in points.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs, reason = "the operators' usual names")]
pub enum PathStep {
    Move([f32; 2]),
    Line([f32; 2]),
    /// Two control points and the end.
    Cubic([f32; 2], [f32; 2], [f32; 2]),
    Close,
}

/// Flattens a drawing to a page: scaled evenly until it fits, and centred; a
/// template's ground reaches far enough beyond to cover what is left.
pub fn drawing(tree: &usvg::Tree, page: Size) -> Option<Drawing> {
    let (width, height) = (page.width.to_f32(), page.height.to_f32());
    let scale = (width / tree.size().width()).min(height / tree.size().height());
    let left = (width - tree.size().width() * scale) / 2.0;
    let top = (height - tree.size().height() * scale) / 2.0;
    let place = Transform::from_row(scale, 0.0, 0.0, scale, left, top);
    let mut shapes = Vec::new();
    collect(tree.root(), place, &mut shapes);
    (scale > 0.0).then_some(Drawing { size: page, shapes })
}

fn collect(group: &usvg::Group, place: Transform, shapes: &mut Vec<Shape>) {
    for node in group.children() {
        match node {
            Node::Group(inner) => collect(inner, place, shapes),
            Node::Path(path) if path.is_visible() => shapes.extend(shape(path, place)),
            Node::Text(text) => collect(text.flattened(), place, shapes),
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

fn shape(path: &usvg::Path, place: Transform) -> Option<Shape> {
    let transform = place.pre_concat(path.abs_transform());
    let outline = path.data().clone().transform(transform)?;
    let scale = (transform.sx * transform.sy - transform.kx * transform.ky).abs().sqrt();
    let fill = path.fill();
    Some(Shape {
        path: steps(&outline),
        fill: fill.and_then(|fill| paint(fill.paint())),
        even_odd: fill.is_some_and(|fill| fill.rule() == usvg::FillRule::EvenOdd),
        stroke: path.stroke().and_then(|s| Some((paint(s.paint())?, s.width().get() * scale))),
    })
}

fn paint(paint: &usvg::Paint) -> Option<Paint> {
    match paint {
        usvg::Paint::Color(colour) => Some(Paint([colour.red, colour.green, colour.blue])),
        _ => None,
    }
}

fn steps(path: &resvg::tiny_skia::Path) -> Vec<PathStep> {
    let pair = |p: resvg::tiny_skia::Point| [p.x, p.y];
    let mut here = [0.0, 0.0];
    let mut steps = Vec::with_capacity(path.len());
    for segment in path.segments() {
        let step = match segment {
            PathSegment::MoveTo(p) => PathStep::Move(pair(p)),
            PathSegment::LineTo(p) => PathStep::Line(pair(p)),
            PathSegment::QuadTo(c, p) => raised(here, pair(c), pair(p)),
            PathSegment::CubicTo(a, b, p) => PathStep::Cubic(pair(a), pair(b), pair(p)),
            PathSegment::Close => PathStep::Close,
        };
        if let PathStep::Move(p) | PathStep::Line(p) | PathStep::Cubic(_, _, p) = step {
            here = p;
        }
        steps.push(step);
    }
    steps
}

/// A quadratic curve as a cubic one.
fn raised(from: [f32; 2], control: [f32; 2], to: [f32; 2]) -> PathStep {
    let third = |end: f32, c: f32| end + (c - end) * 2.0 / 3.0;
    let near = [third(from[0], control[0]), third(from[1], control[1])];
    let far = [third(to[0], control[0]), third(to[1], control[1])];
    PathStep::Cubic(near, far, to)
}
