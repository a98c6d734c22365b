//! Painting the items of a page.

use super::file::broken;
use super::initial;
use super::pictures::Ready;
use super::samples::Samples;
use super::text::{self, Widths};
use crate::cover::{self, Drawing, Paint as Colour, PaintedPath, PathStep};
use crate::diag::Error;
use crate::jobs::{self, with_room_for};
use crate::length::{Abs, Point, Size};
use crate::narrow::Nearest;
use crate::pages::{Font as FontFile, Item, Pages, Picture, PictureKind, Placed, Role, Run};
use krilla::color::{cmyk, luma, rgb};
use krilla::geom::{PathBuilder, Rect, Transform};
use krilla::image::Image;
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, Paint, Stroke};
use krilla::surface::Surface;
use krilla::text::Font;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How a picture is made fit for the edition.
pub(super) type Prepare<'a> = &'a (dyn Fn(&Picture) -> Result<Ready, Error> + Sync);

/// The fonts and pictures that are used, each made ready once, before the
/// first page is begun: a page that has been begun cannot be given up.
pub(super) struct Stock {
    fonts: Vec<Option<(Font, Widths)>>,
    /// The files of the fonts, for what is drawn from their outlines.
    files: Vec<FontFile>,
    pictures: Vec<Option<Ready>>,
    /// Ornaments that are drawn as paths, each on its own canvas.
    ornaments: Vec<Option<Drawing>>,
}

impl Stock {
    /// What those pages use; pictures go through `prepare`.
    ///
    /// # Errors
    /// A font or picture that cannot be embedded, or is not there.
    pub(super) fn new(pages: &Pages, prepare: Prepare<'_>) -> Result<Stock, Error> {
        let fonts = pages.fonts.iter().map(|_| None).collect();
        let pictures = vec![None; pages.images.len()];
        let ornaments = vec![None; pages.images.len()];
        let mut stock = Stock { fonts, files: pages.fonts.clone(), pictures, ornaments };
        let mut used = BTreeSet::new();
        for placed in pages.pages.iter().flat_map(|page| &page.items) {
            match &placed.item {
                Item::Run(run) => stock.add_font(pages, run.font as usize)?,
                Item::Picture(index, _) if stock.add_ornament(pages, placed, *index as usize) => {}
                Item::Picture(index, _) => {
                    used.insert(*index as usize);
                }
                Item::Rule(_) => {}
            }
        }
        stock.add_pictures(pages, &Vec::from_iter(used), prepare)?;
        Ok(stock)
    }

    /// The widths of a font that is used.
    pub(super) fn widths(&self, font: u32) -> Option<&Widths> {
        self.fonts.get(font as usize)?.as_ref().map(|(_, widths)| widths)
    }

    /// The pictures that stand-ins stand for.
    pub(super) fn originals(&self) -> impl Iterator<Item = &Arc<Samples>> {
        self.pictures.iter().flatten().filter_map(|ready| ready.original.as_ref())
    }

    fn add_font(&mut self, pages: &Pages, index: usize) -> Result<(), Error> {
        let slot = self.fonts.get_mut(index).ok_or_else(|| broken("font"))?;
        if slot.is_none() {
            let source = &pages.fonts[index];
            let font = Font::new(source.data.clone().into(), source.index);
            let widths = Widths::read((*source.data).as_ref(), source.index);
            let missing = || Error::new(format!("the font {} cannot be embedded", source.name));
            *slot = Some(font.zip(widths).ok_or_else(missing)?);
        }
        Ok(())
    }

    /// Adds a drawing that is an ornament, as paths; a picture that stands in its text, or
    /// holds more than paths, is added as a picture.
    fn add_ornament(&mut self, pages: &Pages, placed: &Placed, index: usize) -> bool {
        let Some(slot) = self.ornaments.get_mut(index) else { return false };
        let picture = &pages.images[index];
        if !is_sign(placed.role) || picture.kind != PictureKind::Svg {
            return false;
        }
        if slot.is_none() {
            *slot = cover::ornament(&picture.bytes);
        }
        slot.is_some()
    }

    /// Adds the pictures of those numbers, made ready side by side.
    fn add_pictures(&mut self, pages: &Pages, used: &[usize], prepare: Prepare<'_>) -> Result<(), Error> {
        let ready = |n: usize| {
            let picture = pages.images.get(used[n]).ok_or_else(|| broken("picture"))?;
            with_room_for(picture.pixels, || prepare(picture))
        };
        for (index, ready) in used.iter().zip(jobs::side_by_side(used.len(), ready)) {
            self.pictures[*index] = Some(ready?);
        }
        Ok(())
    }
}

/// Whether what stands there is a sign of the style's and no content.
fn is_sign(role: Role) -> bool {
    matches!(role, Role::Ornament | Role::SceneBreak)
}

/// Paints one item: letters and rules in the surface's fill, pictures in their
/// own colours.
pub(super) fn item(surface: &mut Surface<'_>, stock: &Stock, placed: &Placed) {
    match &placed.item {
        Item::Run(run) if placed.role == Role::Initial => {
            let file = stock.files.get(run.font as usize);
            if let Some(path) = file.and_then(|file| initial::outlines(run, placed.at, file)) {
                surface.draw_path(&path);
            }
        }
        Item::Run(run) => {
            if let Some(Some((font, widths))) = stock.fonts.get(run.font as usize) {
                letters(surface, font.clone(), widths, placed.at, run);
            }
        }
        Item::Rule(size) => rule(surface, placed.at, *size),
        Item::Picture(index, size) => {
            let drawing = stock.ornaments.get(*index as usize).and_then(Option::as_ref);
            if let Some(drawing) = drawing.filter(|_| is_sign(placed.role)) {
                ornament(surface, drawing, placed.at, *size);
            } else if let Some(Some(ready)) = stock.pictures.get(*index as usize) {
                picture(surface, ready.image.clone(), placed.at, *size);
            }
        }
    }
}

/// Black, and nothing else, on every kind of press and screen.
pub(super) fn black() -> Fill {
    Fill { paint: luma::Color::black().into(), ..Fill::default() }
}

fn letters(surface: &mut Surface<'_>, font: Font, widths: &Widths, at: Point, run: &Run) {
    let (text, glyphs) = text::glyphs(run, widths);
    let size = points(run.size);
    let (x, y) = (points(at.x), points(at.y));
    let expansion = (run.expansion * 10_000.0).round() / 10_000.0;
    if expansion == 1.0 {
        surface.draw_glyphs(krilla::geom::Point::from_xy(x, y), &glyphs, font, &text, size, false);
    } else {
        surface.push_transform(&Transform::from_row(expansion, 0.0, 0.0, 1.0, x, y));
        surface.draw_glyphs(krilla::geom::Point::from_xy(0.0, 0.0), &glyphs, font, &text, size, false);
        surface.pop();
    }
}

fn rule(surface: &mut Surface<'_>, at: Point, size: Size) {
    let mut path = PathBuilder::new();
    if let Some(rect) = rectangle(at, size) {
        path.push_rect(rect);
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

/// Paints a picture scaled to that size.
pub(super) fn picture(surface: &mut Surface<'_>, image: Image, at: Point, size: Size) {
    let Some(extent) = krilla::geom::Size::from_wh(points(size.width), points(size.height)) else { return };
    surface.push_transform(&Transform::from_translate(points(at.x), points(at.y)));
    surface.draw_image(image, extent);
    surface.pop();
}

/// The rectangle with that top left corner; none when it has no area.
pub(super) fn rectangle(at: Point, size: Size) -> Option<Rect> {
    Rect::from_xywh(points(at.x), points(at.y), points(size.width), points(size.height))
}

/// Points to three decimals: a third of a micrometre, and few digits.
pub(super) fn points(length: Abs) -> f32 {
    f32::nearest((length.to_pt() * 1000.0).round() / 1000.0)
}

/// Paints the paths of an ornament, which are black and grey like the words around them.
fn ornament(surface: &mut Surface<'_>, drawing: &Drawing, at: Point, size: Size) {
    let scale = f32::nearest(size.width.ratio(drawing.size.width));
    surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, points(at.x), points(at.y)));
    for shape in &drawing.shapes {
        paint_shape(surface, shape, &|colour| luma::Color::new(grey(colour.0)).into());
    }
    surface.pop();
    surface.set_fill(Some(black()));
}

/// How light a colour is (ITU-R BT.709).
fn grey([red, green, blue]: [u8; 3]) -> u8 {
    let light = 0.2126 * f32::from(red) + 0.7152 * f32::from(green) + 0.0722 * f32::from(blue);
    u8::nearest(light.round())
}

/// Paints a cover's paths in their colours.
pub(super) fn drawing(surface: &mut Surface<'_>, drawing: &Drawing) {
    for shape in &drawing.shapes {
        paint_shape(surface, shape, &|colour| colour_of(colour.0));
    }
}

/// Paints a cover's paths in the inks of a press.
pub(super) fn drawing_in_inks(surface: &mut Surface<'_>, drawing: &Drawing) {
    for shape in &drawing.shapes {
        paint_shape(surface, shape, &|colour| inks_of(drawing.inks.cmyk(colour)));
    }
}

fn paint_shape(surface: &mut Surface<'_>, shape: &PaintedPath, paint: &dyn Fn(Colour) -> Paint) {
    let rule = if shape.even_odd { FillRule::EvenOdd } else { FillRule::NonZero };
    let fill = shape.fill.map(|colour| Fill { paint: paint(colour), opacity: NormalizedF32::ONE, rule });
    let stroke = shape.stroke.map(|(colour, width)| Stroke {
        paint: paint(colour),
        width: thousandth(width),
        ..Stroke::default()
    });
    let Some(path) = outline(&shape.path) else { return };
    if fill.is_none() && stroke.is_none() {
        return;
    }
    surface.set_fill(fill);
    surface.set_stroke(stroke);
    surface.draw_path(&path);
    surface.set_stroke(None);
}

fn colour_of([red, green, blue]: [u8; 3]) -> Paint {
    rgb::Color::new(red, green, blue).into()
}

fn inks_of(parts: [f32; 4]) -> Paint {
    let [cyan, magenta, yellow, black] = parts.map(|part| u8::nearest((part * 255.0).round()));
    cmyk::Color::new(cyan, magenta, yellow, black).into()
}

fn outline(steps: &[PathStep]) -> Option<krilla::geom::Path> {
    let mut path = PathBuilder::new();
    let t = thousandth;
    for step in steps {
        match *step {
            PathStep::Move([x, y]) => path.move_to(t(x), t(y)),
            PathStep::Line([x, y]) => path.line_to(t(x), t(y)),
            PathStep::Cubic(a, b, p) => path.cubic_to(t(a[0]), t(a[1]), t(b[0]), t(b[1]), t(p[0]), t(p[1])),
            PathStep::Close => path.close(),
        }
    }
    path.finish()
}

fn thousandth(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}
