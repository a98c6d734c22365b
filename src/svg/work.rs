//! What it takes to draw a drawing, reckoned from its parsed tree before anything is
//! drawn: steps of about a nanosecond each, and bytes of memory.
//!
//! The tree is walked as the renderer walks it (resvg 0.49, `render.rs`, `path.rs`,
//! `filter/`): a group that is see-through, clipped, masked or filtered has a layer as
//! large as its box, at most five times the canvas each way; a pattern has a tile as
//! large as it is written; each filter primitive keeps a picture of its region, and
//! works for each pixel of it. The weights were measured with `tests/drawings_work.rs`
//! and are rounded up. The walk is as long as the drawing has elements, counted as
//! often as they are drawn, which [`super::graph`] has bounded.

use super::bounds::BOUNDS;
use resvg::tiny_skia::{PathSegment, Point, Rect, Transform};
use resvg::usvg::filter::{Filter, Kind, Primitive};
use resvg::usvg::{self, ClipPath, Group, Image, ImageKind, Mask, Node, Paint, Path, Stroke, Tree};

/// Steps and bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Work {
    /// About as many nanoseconds.
    pub steps: f64,
    /// The most bytes at a time.
    pub memory: f64,
    /// How many pixels away the farthest point lies, or the widest line reaches.
    pub reach: f64,
}

/// What it takes to draw a tree on a canvas of that size.
#[must_use]
pub fn measure(tree: &Tree, (width, height): (u32, u32), place: Transform) -> Work {
    let canvas = Canvas { width: f64::from(width), height: f64::from(height), reach: 5.0 };
    let mut meter = Meter { steps: canvas.pixels() * LAYER, reach: 0.0 };
    let memory = meter.nodes(tree.root(), place, canvas);
    Work { steps: meter.steps, memory: memory + canvas.pixels() * PIXEL, reach: meter.reach }
}

impl Work {
    /// Why that is too much; none when it is not.
    #[must_use]
    pub fn excess(&self) -> Option<super::Fault> {
        if self.reach > BOUNDS.reach {
            return Some(super::Fault::costly(self.reach, BOUNDS.reach, "pixels from end to end"));
        }
        if self.steps > BOUNDS.work {
            return Some(super::Fault::slow(self.steps / 1e9, BOUNDS.work / 1e9));
        }
        let (have, most) = (self.memory / 1e6, BOUNDS.memory / 1e6);
        (have > most).then(|| super::Fault::costly(have, most, "MB of memory while it is drawn"))
    }
}

/// Bytes of a pixel.
const PIXEL: f64 = 4.0;
/// Steps for a pixel of a layer: to clear it, and to lay it on what is below.
const LAYER: f64 = 12.0;
/// Steps for a pixel of a clip or mask.
const MASK: f64 = 12.0;
/// Steps for a pixel of a paint.
const FLAT: f64 = 1.5;
const GRADIENT: f64 = 12.0;
const STOP: f64 = 0.6;
const PATTERN: f64 = 45.0;
/// Steps for a pixel of a picture: to decode it, and to lay it.
const DECODED: f64 = 25.0;
const LAID: f64 = 45.0;
/// Steps for a straight edge, a curve, and each row of pixels that one crosses.
const EDGE: f64 = 80.0;
const CURVE: f64 = 800.0;
const ROW: f64 = 10.0;
/// Steps for two edges that cross.
const CROSSING: f64 = 8.0;
/// Bytes for an edge, and how many edges a stroke has for each of its path.
const EDGE_BYTES: f64 = 64.0;
const STROKED: f64 = 8.0;
/// Steps for a dash of a stroke.
const DASH: f64 = 500.0;
/// Steps for a pixel of a filter primitive, whichever it is.
const PRIMITIVE: f64 = 25.0;

/// The picture that is drawn on.
#[derive(Clone, Copy, Debug)]
struct Canvas {
    width: f64,
    height: f64,
    /// How many times as large the layers above it may be.
    reach: f64,
}

impl Canvas {
    fn pixels(&self) -> f64 {
        self.width * self.height
    }

    /// The part of a box of that size that may be on it.
    fn part(&self, (width, height): (f64, f64)) -> Canvas {
        let side = |own: f64, most: f64| if own.is_finite() { own.clamp(1.0, most) } else { most };
        Canvas { width: side(width, self.width), height: side(height, self.height), reach: 1.0 }
    }

    /// A layer for a box of that size, its rim included.
    fn layer(&self, (width, height): (f64, f64)) -> Canvas {
        let most = Canvas { width: self.width * self.reach, height: self.height * self.reach, reach: 1.0 };
        most.part((width + 5.0, height + 5.0))
    }

    /// As it is seen through a turned layer.
    fn turned(&self) -> Canvas {
        let diagonal = self.width.hypot(self.height);
        Canvas { width: diagonal, height: diagonal, reach: self.reach }
    }
}

struct Meter {
    steps: f64,
    reach: f64,
}

impl Meter {
    /// Takes in how far something reaches; what is no number reaches farthest.
    fn reach(&mut self, pixels: f64) {
        self.reach = if pixels.is_nan() { f64::INFINITY } else { self.reach.max(pixels.abs()) };
    }

    /// Takes in the corners of a box.
    fn reach_of(&mut self, rect: Rect, place: Transform) {
        for (x, y) in [(rect.left(), rect.top()), (rect.right(), rect.bottom())] {
            let (x, y) = (f64::from(x), f64::from(y));
            self.reach(f64::from(place.sx) * x + f64::from(place.kx) * y + f64::from(place.tx));
            self.reach(f64::from(place.ky) * x + f64::from(place.sy) * y + f64::from(place.ty));
        }
    }

    /// Adds the steps of what stands in a group; the bytes that it takes at a time.
    fn nodes(&mut self, group: &Group, place: Transform, canvas: Canvas) -> f64 {
        let mut memory: f64 = 0.0;
        for node in group.children() {
            // what is too much already need not be known better
            if self.steps > BOUNDS.work * 100.0 {
                break;
            }
            memory = memory.max(match node {
                Node::Group(group) => self.group(group, place, canvas),
                Node::Path(path) => self.path(path, place, canvas),
                Node::Image(image) => self.image(image, place, canvas),
                Node::Text(text) => self.group(text.flattened(), place, canvas),
            });
        }
        memory
    }

    fn group(&mut self, group: &Group, place: Transform, canvas: Canvas) -> f64 {
        self.steps += EDGE;
        let place = place.pre_concat(group.transform());
        if !group.should_isolate() {
            return self.nodes(group, place, canvas);
        }
        let own = group.layer_bounding_box();
        self.reach_of(own.to_rect(), place);
        let is_turned = place.kx != 0.0 || place.ky != 0.0;
        let canvas = if is_turned { canvas.turned() } else { canvas };
        let layer = canvas.layer(extent(own.width(), own.height(), place));
        self.steps += layer.pixels() * LAYER;
        let mut memory = self.nodes(group, place, layer);
        for filter in group.filters() {
            memory = memory.max(self.filter(filter, place, layer));
        }
        if let Some(clip) = group.clip_path() {
            memory = memory.max(self.clip(clip, place, layer));
        }
        if let Some(mask) = group.mask() {
            memory = memory.max(self.mask(mask, place, layer));
        }
        memory + layer.pixels() * PIXEL
    }

    fn clip(&mut self, clip: &ClipPath, place: Transform, canvas: Canvas) -> f64 {
        self.steps += canvas.pixels() * MASK;
        let own = self.clipping(clip.root(), place.pre_concat(clip.transform()), canvas);
        let other = clip.clip_path().map_or(0.0, |clip| self.clip(clip, place, canvas));
        canvas.pixels() * (PIXEL + 1.0) + own.max(other)
    }

    /// What stands in a clip: each group that is clipped itself has a layer as large.
    fn clipping(&mut self, group: &Group, place: Transform, canvas: Canvas) -> f64 {
        let mut memory: f64 = 0.0;
        for node in group.children() {
            memory = memory.max(match node {
                Node::Path(path) => self.path(path, place, canvas),
                Node::Text(text) => self.clipping(text.flattened(), place, canvas),
                Node::Group(group) => {
                    let place = place.pre_concat(group.transform());
                    let own = self.clipping(group, place, canvas);
                    let clip = group.clip_path().map(|clip| {
                        self.steps += canvas.pixels() * LAYER;
                        canvas.pixels() * PIXEL + self.clip(clip, place, canvas)
                    });
                    own.max(clip.unwrap_or(0.0))
                }
                Node::Image(_) => 0.0,
            });
        }
        memory
    }

    fn mask(&mut self, mask: &Mask, place: Transform, canvas: Canvas) -> f64 {
        self.steps += canvas.pixels() * (LAYER + MASK);
        let own = self.nodes(mask.root(), place, canvas);
        let other = mask.mask().map_or(0.0, |mask| self.mask(mask, place, canvas));
        canvas.pixels() * (PIXEL + 2.0) + own.max(other)
    }

    fn image(&mut self, image: &Image, place: Transform, canvas: Canvas) -> f64 {
        let (width, height) = (f64::from(image.size().width()), f64::from(image.size().height()));
        let shown = canvas.part(extent(image.size().width(), image.size().height(), place));
        self.steps += width * height * DECODED + shown.pixels() * LAID;
        match image.kind() {
            // none is read, see `super::sealed`
            ImageKind::SVG(tree) => canvas.pixels() * PIXEL + self.nodes(tree.root(), place, canvas),
            _ => width * height * PIXEL * 2.0,
        }
    }

    fn path(&mut self, path: &Path, place: Transform, canvas: Canvas) -> f64 {
        if !path.is_visible() {
            return 0.0;
        }
        let (edges, length) = self.edges(path, place, canvas);
        let bounds = path.data().bounds();
        self.reach_of(bounds, place);
        let mut memory = edges * EDGE_BYTES;
        if let Some(fill) = path.fill() {
            let area = canvas.part(extent(bounds.width(), bounds.height(), place)).pixels();
            memory = memory.max(self.paint(fill.paint(), area, place, canvas));
        }
        if let Some(stroke) = path.stroke() {
            let reach = stroke.width().get() * 2.0 * stroke.miterlimit().get().max(1.0);
            let size = extent(bounds.width() + reach, bounds.height() + reach, place);
            self.reach(size.0.max(size.1));
            let area = canvas.part(size).pixels();
            let dashes = dashes(stroke, length);
            self.steps += edges * STROKED * EDGE * 8.0 + dashes * DASH;
            let outline = (edges * STROKED + dashes * STROKED) * EDGE_BYTES;
            memory = memory.max(outline + self.paint(stroke.paint(), area, place, canvas));
        }
        memory
    }

    /// Adds the steps for the edges of a path; how many there are, and their length in
    /// its own units.
    fn edges(&mut self, path: &Path, place: Transform, canvas: Canvas) -> (f64, f64) {
        let scale = f64::from(place.sx.abs() + place.kx.abs() + place.ky.abs() + place.sy.abs());
        let (mut count, mut pieces, mut crossed) = (0.0, 0.0, 0.0);
        let (mut length, mut last) = (0.0, Point::zero());
        for segment in path.data().segments() {
            let (points, steps): (&[Point], f64) = match &segment {
                PathSegment::MoveTo(point) => {
                    last = *point;
                    (&[], 0.0)
                }
                PathSegment::LineTo(a) => (&[*a], EDGE),
                PathSegment::QuadTo(a, b) => (&[*a, *b], CURVE),
                PathSegment::CubicTo(a, b, c) => (&[*a, *b, *c], CURVE),
                PathSegment::Close => (&[], EDGE),
            };
            let mut own = 0.0;
            for point in points {
                own += f64::from((point.x - last.x).hypot(point.y - last.y));
                last = *point;
            }
            let rows = (own * scale).min(canvas.height * 2.0);
            crossed += if rows.is_finite() { rows } else { canvas.height };
            self.steps += steps;
            (count, pieces) =
                if steps == CURVE { (count + 16.0, pieces + 3.0) } else { (count + 1.0, pieces + 1.0) };
            length += own;
        }
        // in each row the edges are kept in order, which two change where they cross
        self.steps += crossed * ROW + pieces * crossed / canvas.height * CROSSING / 2.0;
        (count, length)
    }

    /// Adds the steps of a paint over so many pixels; the bytes that it takes.
    fn paint(&mut self, paint: &Paint, area: f64, place: Transform, canvas: Canvas) -> f64 {
        let stops = |stops: &[usvg::Stop]| GRADIENT + STOP * stops.len() as f64;
        match paint {
            Paint::Color(_) => self.steps += area * FLAT,
            Paint::LinearGradient(gradient) => self.steps += area * stops(gradient.stops()),
            Paint::RadialGradient(gradient) => self.steps += area * stops(gradient.stops()),
            Paint::Pattern(pattern) => {
                let (across, down) = scales(place.pre_concat(pattern.transform()));
                let rect = pattern.rect();
                let (width, height) = (f64::from(rect.width()) * across, f64::from(rect.height()) * down);
                let tile = Canvas { width: width.max(1.0), height: height.max(1.0), ..canvas };
                self.steps += area * PATTERN + tile.pixels() * LAYER;
                let place = Transform::from_scale(across as f32, down as f32);
                return tile.pixels() * PIXEL + self.nodes(pattern.root(), place, tile);
            }
        }
        0.0
    }

    fn filter(&mut self, filter: &Filter, place: Transform, canvas: Canvas) -> f64 {
        let rect = filter.rect();
        self.reach_of(rect.to_rect(), place);
        let region = canvas.part(extent(rect.width(), rect.height(), place));
        // the source is copied, and every primitive keeps its result
        let mut memory = region.pixels() * PIXEL * 4.0;
        for primitive in filter.primitives() {
            let (across, down) = scales(place);
            self.reach_of(primitive.rect().to_rect(), place);
            self.steps += region.pixels() * (PRIMITIVE + weight(primitive, across, down, region));
            memory += region.pixels() * PIXEL;
            if let Kind::Image(image) = primitive.kind() {
                memory += self.nodes(image.root(), place, region);
            }
        }
        memory
    }
}

/// Steps for a pixel of a filter primitive, beside those of every one.
fn weight(primitive: &Primitive, across: f64, down: f64, region: Canvas) -> f64 {
    let blur = |x: f32, y: f32| {
        // at the end of each row a box runs out of pixels
        let beyond = f64::from(x) * across / region.width + f64::from(y) * down / region.height;
        let sigma = f64::from(x).max(f64::from(y)) * across.max(down);
        // below that a recursive filter takes the place of boxes
        if sigma < 2.0 { 400.0 } else { 60.0 + 60.0 * beyond }
    };
    match primitive.kind() {
        Kind::Morphology(morphology) => {
            let side = |radius: f32, scale: f64, most: f64| {
                (f64::from(radius) * scale * 2.0 + 1.0).min(most.max(1.0))
            };
            let columns = side(morphology.radius_x().get(), across, region.width);
            let rows = side(morphology.radius_y().get(), down, region.height);
            columns * rows * 2.0
        }
        Kind::ConvolveMatrix(convolve) => {
            f64::from(convolve.matrix().columns()) * f64::from(convolve.matrix().rows()) * 8.0
        }
        Kind::Turbulence(turbulence) => f64::from(turbulence.num_octaves()) * 180.0,
        Kind::GaussianBlur(blurred) => blur(blurred.std_dev_x().get(), blurred.std_dev_y().get()),
        Kind::DropShadow(shadow) => 60.0 + blur(shadow.std_dev_x().get(), shadow.std_dev_y().get()),
        Kind::Merge(merge) => merge.inputs().len() as f64 * 35.0,
        Kind::DiffuseLighting(_) | Kind::SpecularLighting(_) => 100.0,
        Kind::ComponentTransfer(_) | Kind::ColorMatrix(_) | Kind::Tile(_) => 50.0,
        _ => 30.0,
    }
}

/// How many dashes a stroke of that length has.
fn dashes(stroke: &Stroke, length: f64) -> f64 {
    let Some(pattern) = stroke.dasharray() else { return 0.0 };
    let whole: f64 = pattern.iter().map(|dash| f64::from(dash.abs())).sum();
    if whole > 0.0 { length / whole * pattern.len() as f64 } else { 0.0 }
}

/// How much a transform enlarges across and down.
fn scales(place: Transform) -> (f64, f64) {
    let (across, down) = place.get_scale();
    (f64::from(across), f64::from(down))
}

/// The size of the upright box around a box of that size, after a transform.
fn extent(width: f32, height: f32, place: Transform) -> (f64, f64) {
    let side =
        |a: f32, b: f32| f64::from(width) * f64::from(a.abs()) + f64::from(height) * f64::from(b.abs());
    (side(place.sx, place.kx), side(place.ky, place.sy))
}
