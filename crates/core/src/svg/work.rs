//! What it takes to draw a drawing, estimated from its parsed tree before anything is
//! drawn: steps of about a nanosecond each, and bytes of memory.
//!
//! The tree is walked as the renderer walks it (resvg 0.49, `render.rs`, `path.rs`,
//! `filter/`): a group that is see-through, clipped, masked or filtered has a layer as
//! large as its box, at most five times the canvas each way; a pattern has a tile as
//! large as it is written; each filter primitive keeps a picture of its region, and
//! works for each pixel of it. The weights were measured with `tests/drawings_work.rs`
//! and are rounded up. The walk is as long as the drawing has elements, counted as
//! often as they are drawn, which [`super::graph`] has bounded.

use super::canvas::{Canvas, Sides};
use super::edges::Edges;
use super::fault::{Fault, within};
use crate::bounds;
use crate::narrow::Nearest;
use resvg::tiny_skia::{Rect, Transform};
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
    let canvas = Canvas { width: f64::from(width), height: f64::from(height), is_fixed: true, beyond: 2.0 };
    let mut meter = Meter { steps: canvas.pixels() * LAYER, reach: 0.0 };
    let memory = meter.nodes(tree.root(), place, canvas);
    Work { steps: meter.steps, memory: memory + canvas.pixels() * PIXEL, reach: meter.reach }
}

impl Work {
    /// The time that it takes, about.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        self.steps / NANOSECONDS
    }

    /// Whether a drawing may take so much.
    ///
    /// # Errors
    /// What it takes too much of.
    pub fn within_bounds(&self) -> Result<(), Fault> {
        within(&bounds::DRAWING_REACH, self.reach)?;
        within(&bounds::DRAWING_TIME, self.seconds())?;
        within(&bounds::DRAWING_MEMORY, self.memory)
    }
}

/// In a second.
const NANOSECONDS: f64 = 1e9;
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
/// Steps for what is a path at all, and for each edge of a stroke.
const EDGE: f64 = 300.0;
const STROKED_EDGE: f64 = 640.0;
/// Bytes for an edge, and how many edges a stroke has for each of its path.
const EDGE_BYTES: f64 = 64.0;
const STROKED: f64 = 8.0;
/// Steps for a dash of a stroke.
const DASH: f64 = 500.0;
/// Steps for a pixel of a filter primitive, whichever it is.
const PRIMITIVE: f64 = 25.0;

struct Meter {
    steps: f64,
    reach: f64,
}

impl Meter {
    /// Takes in how far something reaches; what is no number reaches farthest.
    fn reach(&mut self, pixels: f64) {
        self.reach = if pixels.is_nan() { f64::INFINITY } else { self.reach.max(pixels.abs()) };
    }

    /// A box on the canvas, whose corners are taken in.
    fn sides(&mut self, rect: Rect, place: Transform) -> Sides {
        let sides = sides(rect, place);
        sides.into_iter().for_each(|side| self.reach(side));
        sides
    }

    /// Adds the steps of what stands in a group; the bytes that it takes at a time.
    fn nodes(&mut self, group: &Group, place: Transform, canvas: Canvas) -> f64 {
        let mut memory: f64 = 0.0;
        for node in group.children() {
            // what is too much already need not be known better
            if self.steps > bounds::DRAWING_TIME.most as f64 * NANOSECONDS * 100.0 {
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
        let is_turned = place.kx != 0.0 || place.ky != 0.0;
        let canvas = if is_turned { canvas.turned() } else { canvas };
        let sides = self.sides(own.to_rect(), place);
        let Some(layer) = canvas.layer(sides) else { return 0.0 };
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
        let shown =
            image.size().to_rect(0.0, 0.0).map_or(0.0, |rect| canvas.covered(self.sides(rect, place)));
        self.steps += width * height * DECODED + shown * LAID;
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
        let own = self.sides(path.data().bounds(), place);
        let rim = path.stroke().map_or(0.0, |stroke| rim(stroke, place));
        self.reach(rim);
        let with_rim = [own[0] - rim, own[1] - rim, own[2] + rim, own[3] + rim];
        if canvas.part(with_rim, 0.0).is_none() && !path.data().is_empty() {
            // what lies beside the canvas is seen to do so by its box
            self.steps += EDGE;
            return 0.0;
        }
        let edges = Edges::of(path.data(), place, canvas);
        self.steps += edges.steps;
        let mut memory = edges.count * EDGE_BYTES;
        if let Some(fill) = path.fill() {
            memory = memory.max(self.paint(fill.paint(), canvas.covered(own), place, canvas));
        }
        if let Some(stroke) = path.stroke() {
            let dashes = dashes(stroke, edges.length);
            // its outline runs along both sides of the path
            self.steps += edges.steps * 2.5 + edges.count * STROKED * STROKED_EDGE + dashes * DASH;
            let outline = (edges.count + dashes) * STROKED * EDGE_BYTES;
            memory =
                memory.max(outline + self.paint(stroke.paint(), canvas.covered(with_rim), place, canvas));
        }
        memory
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
                let tile =
                    Canvas { width: width.max(1.0), height: height.max(1.0), is_fixed: false, ..canvas };
                self.steps += area * PATTERN + tile.pixels() * LAYER;
                let place = Transform::from_scale(f32::nearest(across), f32::nearest(down));
                return tile.pixels() * PIXEL + self.nodes(pattern.root(), place, tile);
            }
        }
        0.0
    }

    fn filter(&mut self, filter: &Filter, place: Transform, canvas: Canvas) -> f64 {
        let rect = filter.rect();
        let sides = self.sides(rect.to_rect(), place);
        let Some(region) = canvas.part(sides, 0.0) else { return 0.0 };
        // the source is copied, and every primitive keeps its result
        let mut memory = region.pixels() * PIXEL * 4.0;
        for primitive in filter.primitives() {
            let (across, down) = scales(place);
            self.sides(primitive.rect().to_rect(), place);
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

/// How far a stroke goes beyond its path, in pixels.
fn rim(stroke: &Stroke, place: Transform) -> f64 {
    let (across, down) = scales(place);
    let miter = f64::from(stroke.miterlimit().get()).max(1.5);
    f64::from(stroke.width().get()) / 2.0 * miter * across.max(down)
}

/// The upright box around a box that is transformed.
fn sides(rect: Rect, place: Transform) -> Sides {
    let corner = |x: f32, y: f32| {
        let (x, y) = (f64::from(x), f64::from(y));
        let across = f64::from(place.sx) * x + f64::from(place.kx) * y + f64::from(place.tx);
        (across, f64::from(place.ky) * x + f64::from(place.sy) * y + f64::from(place.ty))
    };
    let corners = [
        corner(rect.left(), rect.top()),
        corner(rect.right(), rect.top()),
        corner(rect.left(), rect.bottom()),
        corner(rect.right(), rect.bottom()),
    ];
    let mut sides = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for (x, y) in corners {
        sides = [sides[0].min(x), sides[1].min(y), sides[2].max(x), sides[3].max(y)];
    }
    sides
}
