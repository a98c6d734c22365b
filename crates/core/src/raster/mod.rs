//! Proof images: finished pages in pixels, for looking at on the web.
//!
//! Letters are the outlines of their own fonts, painted by the library that
//! paints our covers; nothing of the machine's fonts or screen takes part, so
//! the same pages give the same bytes everywhere.

mod pictures;

use crate::diag::Error;
use crate::length::{Abs, Point, Size};
use crate::narrow::Nearest;
use crate::pages::{Font, Item, Page, Pages, Run};
use image::ImageEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use resvg::tiny_skia::{Color, FillRule, Paint, Path, PathBuilder, Pixmap, Rect, Transform};
use skrifa::instance::{LocationRef, Size as FontSize};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::collections::BTreeMap;
use std::ops::Range;

/// Points to the inch.
const POINTS: f64 = 72.0;

/// Paints pages; a glyph that comes again is made ready once.
pub struct Painter<'a> {
    pages: &'a Pages,
    /// Pixels to the point.
    scale: f32,
    glyphs: BTreeMap<(u32, u16), Option<Path>>,
}

impl<'a> Painter<'a> {
    /// A painter of those pages at so many pixels to the inch.
    #[must_use]
    pub fn new(pages: &'a Pages, ppi: u32) -> Painter<'a> {
        let scale = f32::nearest(f64::from(ppi) / POINTS);
        Painter { pages, scale, glyphs: BTreeMap::new() }
    }

    /// The page of that index as a PNG file: grey when it has no picture.
    ///
    /// # Errors
    /// A picture that cannot be read, or a page without a size.
    pub fn png(&mut self, index: usize) -> Result<Vec<u8>, Error> {
        let (canvas, coloured) = self.canvas(index)?;
        pack(&canvas, coloured, (CompressionType::Default, FilterType::Adaptive))
    }

    /// The same, packed less in a fraction of the time: for a browser on this machine.
    ///
    /// # Errors
    /// As with [`Painter::png`].
    pub fn quick_png(&mut self, index: usize) -> Result<Vec<u8>, Error> {
        let (canvas, coloured) = self.canvas(index)?;
        pack(&canvas, coloured, (CompressionType::Fast, FilterType::NoFilter))
    }

    /// Strips of the page of that index, each from one height to another, as PNG files in
    /// sixteen greys.
    ///
    /// # Errors
    /// As with [`Painter::png`].
    pub fn strips(&mut self, index: usize, heights: &[(Abs, Abs)]) -> Result<Vec<Vec<u8>>, Error> {
        let (canvas, _) = self.canvas(index)?;
        let row =
            |length: Abs| u32::nearest((length.to_f32() * self.scale).round().max(0.0)).min(canvas.height());
        heights.iter().map(|(top, bottom)| strip(&canvas, row(*top)..row(*bottom))).collect()
    }

    /// The page of that index, and whether it has colours.
    fn canvas(&mut self, index: usize) -> Result<(Pixmap, bool), Error> {
        let blank = Page::default();
        let page = self.pages.pages.get(index).unwrap_or(&blank);
        let coloured = page.items.iter().any(|placed| matches!(placed.item, Item::Picture(..)));
        Ok((self.paint(page)?, coloured))
    }

    fn paint(&mut self, page: &Page) -> Result<Pixmap, Error> {
        let pixels = |length: Abs| u32::nearest((length.to_f32() * self.scale).round());
        let trim = self.pages.extent(page);
        let mut canvas = Pixmap::new(pixels(trim.width), pixels(trim.height))
            .ok_or_else(|| Error::new("a page has no size that can be drawn"))?;
        canvas.fill(Color::WHITE);
        for placed in &page.items {
            match &placed.item {
                Item::Run(run) => self.run(&mut canvas, run, placed.at),
                Item::Rule(size) => self.rule(&mut canvas, placed.at, *size),
                Item::Picture(picture, size) => {
                    if let Some(picture) = self.pages.images.get(*picture as usize) {
                        pictures::paint(&mut canvas, picture, placed.at, *size, self.scale)?;
                    }
                }
            }
        }
        Ok(canvas)
    }

    fn run(&mut self, canvas: &mut Pixmap, run: &Run, at: Point) {
        let Some(font) = self.pages.fonts.get(run.font as usize) else { return };
        let up = run.size.to_f32() / f32::from(font.units_per_em.max(1)) * self.scale;
        let across = up * run.expansion;
        let mut pen = at.x;
        for glyph in &run.glyphs {
            let (x, y) = (pen + glyph.offset().x, at.y - glyph.offset().y);
            let key = (run.font, glyph.id);
            let outline = self.glyphs.entry(key).or_insert_with(|| outline(font, glyph.id));
            if let Some(path) = outline {
                let (x, y) = (x.to_f32() * self.scale, y.to_f32() * self.scale);
                let place = Transform::from_row(across, 0.0, 0.0, -up, x, y);
                canvas.fill_path(path, &black(), FillRule::Winding, place, None);
            }
            pen += glyph.advance();
        }
    }

    fn rule(&self, canvas: &mut Pixmap, at: Point, size: Size) {
        let [x, y, width, height] =
            [at.x, at.y, size.width, size.height].map(|length| length.to_f32() * self.scale);
        if let Some(rect) = Rect::from_xywh(x, y, width, height) {
            canvas.fill_rect(rect, &black(), Transform::identity(), None);
        }
    }
}

fn black() -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(Color::BLACK);
    paint
}

/// A glyph's outline in font units, y upwards; none for a space.
fn outline(font: &Font, glyph: u16) -> Option<Path> {
    let face = FontRef::from_index((*font.data).as_ref(), font.index).ok()?;
    let glyph = face.outline_glyphs().get(GlyphId::new(u32::from(glyph)))?;
    let settings = DrawSettings::unhinted(FontSize::unscaled(), LocationRef::default());
    let mut pen = Pen(PathBuilder::new());
    glyph.draw(settings, &mut pen).ok()?;
    pen.0.finish()
}

struct Pen(PathBuilder);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.quad_to(cx, cy, x, y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0.cubic_to(ax, ay, bx, by, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}

/// The canvas, opaque by now, as a file; one channel is enough for black and white.
fn pack(
    canvas: &Pixmap,
    coloured: bool,
    (compression, filter): (CompressionType, FilterType),
) -> Result<Vec<u8>, Error> {
    let channels = if coloured { 3 } else { 1 };
    let pixels: Vec<u8> =
        canvas.data().chunks_exact(4).flat_map(|pixel| pixel[..channels].iter().copied()).collect();
    let kind = if coloured { image::ExtendedColorType::Rgb8 } else { image::ExtendedColorType::L8 };
    let mut file = Vec::new();
    PngEncoder::new_with_quality(&mut file, compression, filter)
        .write_image(&pixels, canvas.width(), canvas.height(), kind)
        .map_err(unwritable)?;
    Ok(file)
}

/// Some rows of a canvas as a file of half a byte a pixel.
fn strip(canvas: &Pixmap, rows: Range<u32>) -> Result<Vec<u8>, Error> {
    let width = canvas.width() as usize;
    let mut packed = Vec::new();
    for row in canvas.data().chunks_exact(width * 4).take(rows.end as usize).skip(rows.start as usize) {
        let grey = |pixel: &[u8]| pixel[1] >> 4;
        let pixels: Vec<u8> = row.chunks_exact(4).map(grey).collect();
        packed.extend(pixels.chunks(2).map(|two| two[0] << 4 | two.get(1).copied().unwrap_or(0)));
    }
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, canvas.width(), (rows.end - rows.start).max(1));
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Four);
    packed.resize(packed.len().max(width.div_ceil(2)), 0xff);
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&packed)).map_err(unwritable)?;
    Ok(file)
}

fn unwritable(problem: impl std::fmt::Display) -> Error {
    Error::new(format!("no proof image could be written: {problem}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::Library;
    use crate::pages::{Glyph, Placed, Role};

    /// A page with one letter, a hundred points tall, and a rule.
    fn pages() -> Pages {
        let library = Library::built_in();
        let (_, face) = library.iter().next().expect("a face");
        let font = Font {
            name: face.postscript.clone(),
            data: face.data.clone(),
            index: face.index,
            units_per_em: face.units_per_em,
        };
        let id = FontRef::from_index((*font.data).as_ref(), font.index).expect("a font").charmap().map('H');
        let id = u16::try_from(id.expect("a letter").to_u32()).expect("a small font");
        let glyph = Glyph::new(id, Abs::pt(70.0), Point::default(), 0..1);
        let run = Run {
            font: 0,
            size: Abs::pt(100.0),
            expansion: 1.0,
            glyphs: vec![glyph],
            text: "H".into(),
            lang: None,
            origin: None,
        };
        let place =
            |x, y, item| Placed { at: Point::new(Abs::pt(x), Abs::pt(y)), item, role: Role::Ornament };
        let rule = Item::Rule(Size::new(Abs::pt(20.0), Abs::pt(10.0)));
        let page = Page {
            items: vec![place(20.0, 110.0, Item::Run(run.into())), place(20.0, 130.0, rule)],
            ..Page::default()
        };
        let trim = Size::new(Abs::pt(144.0), Abs::pt(216.0));
        Pages { fonts: vec![font], pages: vec![page], trim, ..Pages::default() }
    }

    #[test]
    fn a_page_is_drawn_at_the_resolution_asked_for() {
        for ppi in [72, 150] {
            let file = Painter::new(&pages(), ppi).png(0).expect("a page");
            let image = image::load_from_memory(&file).expect("a PNG file").into_luma8();
            assert_eq!((image.width(), image.height()), (2 * ppi, 3 * ppi));
            let at = |x: f64, y: f64| {
                let pixel = |points: f64| u32::nearest(points * f64::from(ppi) / POINTS);
                image.get_pixel(pixel(x), pixel(y)).0[0]
            };
            assert_eq!((at(5.0, 5.0), at(30.0, 135.0)), (255, 0), "paper, and the rule");
            let letter = (20..90).filter(|x| at(f64::from(*x), 80.0) < 128).count();
            assert!((15..60).contains(&letter), "two stems of the letter: {letter}");
        }
    }

    #[test]
    fn the_same_pages_give_the_same_bytes() {
        let pages = pages();
        assert_eq!(Painter::new(&pages, 96).png(0).ok(), Painter::new(&pages, 96).png(0).ok());
    }
}
