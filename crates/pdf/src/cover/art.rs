//! A cover as paths: what a writer of pages can paint without knowing SVG.

use super::inks::{Inks, Paint};
use crate::length::{Abs, Point, Size};
use crate::svg;
use resvg::tiny_skia::{Path, PathSegment, Rect, Transform};
use resvg::usvg::{self, Node};

/// Painted paths, in painting order.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// The size of the page or sheet that it covers.
    pub size: Size,
    /// The paths, in points from the top left corner, y downwards.
    pub shapes: Vec<PaintedPath>,
    /// What a press prints for each colour.
    pub inks: Inks,
}

/// One path with its paint.
#[derive(Clone, Debug, PartialEq)]
pub struct PaintedPath {
    /// The outline.
    pub path: Vec<PathStep>,
    /// How the inside is painted.
    pub fill: Option<Paint>,
    /// Whether a point is inside by the even-odd rule; else by winding.
    pub even_odd: bool,
    /// How the outline is painted, and how wide in points.
    pub stroke: Option<(Paint, f32)>,
}

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

/// The transform that fits a drawing into a box at `origin`: scaled evenly and
/// centred. A template's ground reaches far enough beyond to cover what is left.
pub(super) fn fit(tree: &usvg::Tree, origin: Point, page: Size) -> Transform {
    let (width, height) = (page.width.to_f32(), page.height.to_f32());
    let scale = (width / tree.size().width()).min(height / tree.size().height());
    let left = origin.x.to_f32() + (width - tree.size().width() * scale) / 2.0;
    let top = origin.y.to_f32() + (height - tree.size().height() * scale) / 2.0;
    Transform::from_row(scale, 0.0, 0.0, scale, left, top)
}

/// A drawing as it is, on its own canvas; none when it holds more than paths in plain
/// colours: those are drawn as pictures are.
#[must_use]
pub fn ornament(bytes: &[u8]) -> Option<Drawing> {
    let tree = svg::read(bytes).ok()?;
    let [width, height] = [tree.size().width(), tree.size().height()].map(|side| Abs::pt(f64::from(side)));
    let size = Size::new(width, height);
    let is_plain = all_plain(tree.root());
    is_plain.then(|| Drawing {
        size,
        shapes: flatten(&tree, Transform::identity(), size),
        inks: Inks::default(),
    })
}

/// Whether a group has nothing but paths that are filled and drawn in plain colours.
fn all_plain(group: &usvg::Group) -> bool {
    let is_opaque = |opacity: usvg::Opacity| opacity == usvg::Opacity::ONE;
    let is_bare = is_opaque(group.opacity())
        && group.mask().is_none()
        && group.clip_path().is_none()
        && group.filters().is_empty();
    let stroked = |stroke: &usvg::Stroke| {
        is_opaque(stroke.opacity())
            && paint(stroke.paint()).is_some()
            && stroke.dasharray().is_none()
            && stroke.linecap() == usvg::LineCap::Butt
            && stroke.linejoin() == usvg::LineJoin::Miter
    };
    let filled = |fill: &usvg::Fill| is_opaque(fill.opacity()) && paint(fill.paint()).is_some();
    is_bare
        && group.children().iter().all(|node| match node {
            Node::Group(inner) => all_plain(inner),
            Node::Path(path) => path.fill().is_none_or(filled) && path.stroke().is_none_or(stroked),
            Node::Text(_) | Node::Image(_) => false,
        })
}

/// The paths of a drawing that touch the sheet.
pub(super) fn flatten(tree: &usvg::Tree, place: Transform, sheet: Size) -> Vec<PaintedPath> {
    let mut shapes = Vec::new();
    if let Some(bounds) = Rect::from_xywh(0.0, 0.0, sheet.width.to_f32(), sheet.height.to_f32()) {
        collect(tree.root(), place, bounds, &mut shapes);
    }
    shapes
}

fn collect(group: &usvg::Group, place: Transform, bounds: Rect, shapes: &mut Vec<PaintedPath>) {
    for node in group.children() {
        match node {
            Node::Group(inner) => collect(inner, place, bounds, shapes),
            Node::Path(path) if path.is_visible() => shapes.extend(shape(path, place, bounds)),
            Node::Text(text) => collect(text.flattened(), place, bounds, shapes),
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

fn shape(path: &usvg::Path, place: Transform, sheet: Rect) -> Option<PaintedPath> {
    let transform = place.pre_concat(path.abs_transform());
    let outline = path.data().clone().transform(transform)?;
    let scale = (transform.sx * transform.sy - transform.kx * transform.ky).abs().sqrt();
    let fill = path.fill();
    let stroke = path.stroke().and_then(|s| Some((paint(s.paint())?, s.width().get() * scale)));
    let reach = stroke.map_or(0.0, |(_, width)| width);
    touches(outline.bounds(), sheet, reach).then(|| PaintedPath {
        path: steps(&outline),
        fill: fill.and_then(|fill| paint(fill.paint())),
        even_odd: fill.is_some_and(|fill| fill.rule() == usvg::FillRule::EvenOdd),
        stroke,
    })
}

fn touches(shape: Rect, sheet: Rect, reach: f32) -> bool {
    shape.left() - reach < sheet.right()
        && shape.right() + reach > sheet.left()
        && shape.top() - reach < sheet.bottom()
        && shape.bottom() + reach > sheet.top()
}

fn paint(paint: &usvg::Paint) -> Option<Paint> {
    match paint {
        usvg::Paint::Color(colour) => Some(Paint([colour.red, colour.green, colour.blue])),
        _ => None,
    }
}

fn steps(path: &Path) -> Vec<PathStep> {
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

/// A filled rectangle.
pub(super) fn rectangle(at: Point, size: Size, paint: Paint) -> PaintedPath {
    let (left, top) = (at.x.to_f32(), at.y.to_f32());
    let (right, bottom) = ((at.x + size.width).to_f32(), (at.y + size.height).to_f32());
    let path = vec![
        PathStep::Move([left, top]),
        PathStep::Line([right, top]),
        PathStep::Line([right, bottom]),
        PathStep::Line([left, bottom]),
        PathStep::Close,
    ];
    PaintedPath { path, fill: Some(paint), even_odd: false, stroke: None }
}
