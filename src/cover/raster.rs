//! The shop image: the front cover in pixels.

use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

/// Above this, JPEG files grow and look no better.
const QUALITY: u8 = 82;

/// Renders a drawing that many pixels wide and packs it; none when it has no size.
pub fn jpeg(tree: &usvg::Tree, width: u32) -> Option<Vec<u8>> {
    let size = tree.size().to_int_size().scale_to_width(width)?;
    let scale = width as f32 / tree.size().width();
    let mut pixels = Pixmap::new(size.width(), size.height())?;
    pixels.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let rgb: Vec<u8> =
        pixels.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    pack(&rgb, size.width(), size.height())
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
