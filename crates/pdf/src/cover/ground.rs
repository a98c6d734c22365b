//! What the words of a spine, or of a flap, stand on.
//!
//! The ground of a front runs on over the spine and the back. Where it changes from head
//! to foot, no one colour of words can be read on all of it, and where it ends depends on
//! the length of the title. Such a spine has a plain field from fold to fold, in the
//! colour of the ground on which its words stand out most, as designers make it.

use super::WrapSpec;
use super::art::{PaintedPath, PathStep, rectangle};
use super::inks::Paint;
use crate::contrast::{LEAST, ratio};
use crate::length::{Point, Size};
use crate::narrow::Nearest;
use resvg::tiny_skia::{self, FillRule, Path, PathBuilder, Pixmap, Stroke, Transform};
use std::collections::BTreeSet;

/// The field under words of that colour, where one part of the sheet lies behind them and another is filled;
/// none when they stand out from all of the ground
/// that is there, or from none of it.
pub(super) fn field(
    shapes: &[PaintedPath],
    words: Paint,
    behind: (Point, Size),
    (at, size): (Point, Size),
) -> Option<PaintedPath> {
    let colours = colours(shapes, behind)?;
    let contrast = |colour: &[u8; 3]| ratio(*colour, words.0);
    if colours.iter().all(|colour| contrast(colour) >= LEAST) {
        return None;
    }
    let best = colours.into_iter().max_by(|one, other| contrast(one).total_cmp(&contrast(other)))?;
    (contrast(&best) >= LEAST).then(|| rectangle(at, size, Paint(best)))
}

/// The spine with its bleed at head and foot.
pub(super) fn spine(spec: &WrapSpec) -> (Point, Size) {
    let left = spec.spine_left();
    (Point { x: left, ..Point::default() }, Size::new(spec.spine, spec.sheet().height))
}

/// Pixels for each point: enough to see a rule of half a point's width in most places, and
/// few enough to cost nothing.
const SCALE: f32 = 1.0;

/// The colours that are seen in a part of the sheet.
fn colours(shapes: &[PaintedPath], (at, size): (Point, Size)) -> Option<BTreeSet<[u8; 3]>> {
    let side = |length: f32| u32::nearest((length * SCALE).ceil()).max(1);
    let mut pixels = Pixmap::new(side(size.width.to_f32()), side(size.height.to_f32()))?;
    pixels.fill(tiny_skia::Color::WHITE);
    let place = Transform::from_translate(-at.x.to_f32(), -at.y.to_f32()).post_scale(SCALE, SCALE);
    for shape in shapes {
        draw(shape, place, &mut pixels);
    }
    Some(pixels.pixels().iter().map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect())
}

fn draw(shape: &PaintedPath, place: Transform, pixels: &mut Pixmap) {
    let Some(outline) = outline(&shape.path) else { return };
    if let Some(fill) = shape.fill {
        let rule = if shape.even_odd { FillRule::EvenOdd } else { FillRule::Winding };
        pixels.fill_path(&outline, &plain(fill), rule, place, None);
    }
    if let Some((paint, width)) = shape.stroke {
        let stroke = Stroke { width, ..Stroke::default() };
        pixels.stroke_path(&outline, &plain(paint), &stroke, place, None);
    }
}

/// Paint without softened edges, which would be colours that the ground has not.
fn plain(Paint([red, green, blue]): Paint) -> tiny_skia::Paint<'static> {
    let mut paint = tiny_skia::Paint { anti_alias: false, ..tiny_skia::Paint::default() };
    paint.set_color_rgba8(red, green, blue, 255);
    paint
}

fn outline(steps: &[PathStep]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for step in steps {
        match *step {
            PathStep::Move([x, y]) => path.move_to(x, y),
            PathStep::Line([x, y]) => path.line_to(x, y),
            PathStep::Cubic([ax, ay], [bx, by], [x, y]) => path.cubic_to(ax, ay, bx, by, x, y),
            PathStep::Close => path.close(),
        }
    }
    path.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::length::{Abs, Binding};

    #[test]
    fn a_ground_that_changes_gives_way_to_a_field() {
        let spec = WrapSpec {
            trim: Size::new(Abs::inches(5.0), Abs::inches(8.0)),
            spine: Abs::inches(0.5),
            bleed: Abs::inches(0.125),
            hinge: Abs::ZERO,
            flap: Abs::ZERO,
            clear: Abs::mm(1.5),
            spine_text: true,
            binding: Binding::Left,
        };
        let (cream, blue, black) = (Paint([0xf3, 0xef, 0xe6]), Paint([0x2f, 0x48, 0x58]), Paint([0; 3]));
        let half = Size::new(spec.sheet().width, spec.sheet().height.scale(0.5));
        let ground =
            [rectangle(Point::default(), spec.sheet(), cream), rectangle(Point::default(), half, blue)];
        let (at, size) = spine(&spec);
        for (words, field_colour) in [(cream, Some(blue)), (black, Some(cream)), (Paint([0x7f; 3]), None)] {
            let expected = field_colour.map(|colour| rectangle(at, size, colour));
            assert_eq!(field(&ground, words, (at, size), (at, size)), expected, "{words:?}");
        }
        assert_eq!(field(&ground[..1], black, (at, size), (at, size)), None);
    }
}
