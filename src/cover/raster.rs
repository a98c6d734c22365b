//! The front cover in pixels: the shop image, and the one inside an EPUB.

use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use resvg::tiny_skia::{Color, IntSize, Pixmap, Transform};
use resvg::usvg;
use std::collections::HashMap;
use std::iter::repeat_n;

/// Above this, JPEG files grow and look no better.
const QUALITY: u8 = 82;

/// Rows that are drawn at a time: what fits into the cache of a processor, and
/// spares the memory of a whole page in four channels.
const BAND: u32 = 64;

/// Renders a drawing that many pixels wide and packs it as JPEG; none when it
/// has no size.
pub fn jpeg(tree: &usvg::Tree, width: u32) -> Option<Vec<u8>> {
    let size = fitted(tree, width)?;
    let mut rgb = Vec::with_capacity(3 * size.width() as usize * size.height() as usize);
    draw(tree, size, &mut |pixel, times| rgb.extend(repeat_n(pixel, times).flatten()))?;
    pack(&rgb, size.width(), size.height())
}

/// Renders a drawing that many pixels wide and packs it as PNG with a palette;
/// none when it has no size or more than 256 colours. Flat art packs faster so
/// than as JPEG, becomes smaller, and keeps its edges sharp.
pub fn png(tree: &usvg::Tree, width: u32) -> Option<Vec<u8>> {
    let size = fitted(tree, width)?;
    let mut palette = Palette::default();
    let mut indices = Vec::with_capacity(size.width() as usize * size.height() as usize);
    draw(tree, size, &mut |pixel, times| indices.extend(repeat_n(palette.index(pixel), times)))?;
    let colours = palette.bytes()?;
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, size.width(), size.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(colours);
    encoder.set_compression(png::Compression::Fastest);
    // most rows are like the one above
    encoder.set_filter(png::Filter::Up);
    encoder.write_header().ok()?.write_image_data(&indices).ok()?;
    Some(out)
}

fn fitted(tree: &usvg::Tree, width: u32) -> Option<IntSize> {
    tree.size().to_int_size().scale_to_width(width)
}

/// Draws on white, and shows row by row every colour and how many pixels it runs on.
fn draw(tree: &usvg::Tree, size: IntSize, see: &mut impl FnMut([u8; 3], usize)) -> Option<()> {
    let scale = size.width() as f32 / tree.size().width();
    let mut band = Pixmap::new(size.width(), BAND.min(size.height()))?;
    for top in (0..size.height()).step_by(BAND as usize) {
        band.fill(Color::WHITE);
        let place = Transform::from_scale(scale, scale).post_translate(0.0, -(top as f32));
        resvg::render(tree, place, &mut band.as_mut());
        let seen = size.width() as usize * BAND.min(size.height() - top) as usize;
        for run in band.pixels()[..seen].chunk_by(|a, b| a == b) {
            see([run[0].red(), run[0].green(), run[0].blue()], run.len());
        }
    }
    Some(())
}

/// The colours of a picture, in the order in which they are met.
#[derive(Default)]
struct Palette {
    colours: Vec<[u8; 3]>,
    numbers: HashMap<[u8; 3], usize>,
}

impl Palette {
    /// A colour's number, cut to a byte: it counts only when
    /// [`Palette::bytes`] says that all colours have one.
    fn index(&mut self, colour: [u8; 3]) -> u8 {
        *self.numbers.entry(colour).or_insert_with(|| {
            self.colours.push(colour);
            self.colours.len() - 1
        }) as u8
    }

    fn bytes(&self) -> Option<Vec<u8>> {
        (self.colours.len() <= 256).then(|| self.colours.concat())
    }
}

/// The publisher's own picture, made no wider than that; none when it can't
/// be decoded.
#[must_use]
pub fn scaled_jpeg(bytes: &[u8], width: u32) -> Option<Vec<u8>> {
    let picture = image::load_from_memory(bytes).ok()?;
    let height = u64::from(picture.height()) * u64::from(width) / u64::from(picture.width().max(1));
    let fitted = if picture.width() > width {
        picture.resize_exact(width, u32::try_from(height).ok()?.max(1), FilterType::CatmullRom)
    } else {
        picture
    };
    let rgb = fitted.into_rgb8();
    pack(rgb.as_raw(), rgb.width(), rgb.height())
}

fn pack(rgb: &[u8], width: u32, height: u32) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut out, QUALITY);
    encoder.encode(rgb, width, height, ExtendedColorType::Rgb8).ok()?;
    Some(out)
}
