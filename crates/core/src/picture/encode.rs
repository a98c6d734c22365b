//! Packing pixels anew: as JPEG what came from a camera, as PNG what was drawn.

use super::png::before_data;
use super::{Refusal, raster, webp};
use crate::book::ImageFormat;
use crate::narrow::Nearest;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ExtendedColorType, GrayImage, RgbImage};

/// Quality of JPEGs, of 100: the second compression does not show.
const QUALITY: u8 = 92;

/// Where pixels come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// A file that had been compressed with loss.
    Photograph,
    /// A file without loss, which may hold a photograph all the same.
    Lossless,
}

/// Packs pixels so that no writer loses anything that can be seen.
pub(super) fn encode(pixels: &DynamicImage, origin: Origin) -> Result<(Vec<u8>, ImageFormat), Refusal> {
    let plain = plain(pixels);
    if origin == Origin::Photograph
        && let Some(bytes) = pack_jpeg(&plain)
    {
        return Ok((bytes, ImageFormat::Jpeg));
    }
    let packed = png(&plain).ok_or_else(|| Refusal::unread("picture", &"it cannot be packed as PNG"))?;
    match photograph(&plain, packed.len()) {
        Some(bytes) => Ok((bytes, ImageFormat::Jpeg)),
        None => Ok((packed, ImageFormat::Png)),
    }
}

/// Eight bits a channel; without colours and transparency that no pixel has.
fn plain(pixels: &DynamicImage) -> DynamicImage {
    let rgba = pixels.to_rgba8();
    let opaque = rgba.pixels().all(|pixel| pixel.0[3] == 255);
    let gray = rgba.pixels().all(|pixel| pixel.0[0] == pixel.0[1] && pixel.0[1] == pixel.0[2]);
    let all = DynamicImage::ImageRgba8(rgba);
    match (gray, opaque) {
        (true, true) => all.into_luma8().into(),
        (true, false) => all.into_luma_alpha8().into(),
        (false, true) => all.into_rgb8().into(),
        (false, false) => all,
    }
}

/// Packs pixels as JPEG; none for what JPEG cannot hold: transparency, and sides
/// of more than 16 bits.
#[must_use]
pub fn pack_jpeg(pixels: &DynamicImage) -> Option<Vec<u8>> {
    let kind = match pixels {
        DynamicImage::ImageLuma8(_) => ExtendedColorType::L8,
        DynamicImage::ImageRgb8(_) => ExtendedColorType::Rgb8,
        _ => return None,
    };
    let mut out = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut out, QUALITY);
    encoder.encode(pixels.as_bytes(), pixels.width(), pixels.height(), kind).ok()?;
    Some(out)
}

/// A scanned photograph, which PNG hardly packs, as JPEG; none for drawings,
/// scans of print, and small pictures.
fn photograph(pixels: &DynamicImage, packed: usize) -> Option<Vec<u8>> {
    const SMALL: usize = 1 << 20;
    let raw = pixels.as_bytes().len();
    (raw > SMALL && packed > raw / 2).then(|| pack_jpeg(pixels)).flatten()
}

fn png(pixels: &DynamicImage) -> Option<Vec<u8>> {
    let bits = pixels.as_luma8().and_then(bilevel);
    let (colour, depth, data) = match (&bits, pixels) {
        (Some(bits), _) => (png::ColorType::Grayscale, png::BitDepth::One, bits.as_slice()),
        (None, DynamicImage::ImageLuma8(_)) => {
            (png::ColorType::Grayscale, png::BitDepth::Eight, pixels.as_bytes())
        }
        (None, DynamicImage::ImageLumaA8(_)) => {
            (png::ColorType::GrayscaleAlpha, png::BitDepth::Eight, pixels.as_bytes())
        }
        (None, DynamicImage::ImageRgb8(_)) => (png::ColorType::Rgb, png::BitDepth::Eight, pixels.as_bytes()),
        _ => (png::ColorType::Rgba, png::BitDepth::Eight, pixels.as_bytes()),
    };
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, pixels.width(), pixels.height());
    encoder.set_color(colour);
    encoder.set_depth(depth);
    encoder.set_compression(png::Compression::Balanced);
    encoder.write_header().ok()?.write_image_data(data).ok()?;
    Some(out)
}

/// A picture of black and white alone, eight pixels to the byte.
fn bilevel(pixels: &GrayImage) -> Option<Vec<u8>> {
    if pixels.iter().any(|level| !matches!(level, 0 | 255)) {
        return None;
    }
    let byte =
        |eight: &[u8]| eight.iter().enumerate().fold(0, |byte, (n, level)| byte | ((level & 0x80) >> n));
    let rows = pixels.as_raw().chunks(pixels.width().max(1) as usize);
    Some(rows.flat_map(|row| row.chunks(8).map(byte)).collect())
}

/// Whether a WebP was compressed with loss, is opaque and does not move: it
/// looks the same as JPEG, and needs far less room than as PNG.
#[must_use]
pub fn is_photograph(bytes: &[u8]) -> bool {
    let mut lossy = false;
    for chunk in webp::chunks(bytes) {
        match chunk.map(|chunk| chunk.name) {
            Some(b"VP8 ") => lossy = true,
            Some(b"VP8X") => {}
            _ => return false,
        }
    }
    lossy
}

/// Whether a PNG holds a photograph, or a scan in grey or colours: opaque, with eight bits
/// and more for each colour, of which packing spared less than a half.
#[must_use]
pub fn is_photograph_without_loss(bytes: &[u8], (width, height): (u32, u32)) -> bool {
    /// Where the header says how deep colours are, and how they are written (PNG, §11.2.1).
    const DEPTH: usize = 24;
    let pixels = width as usize * height as usize;
    let unpacked = match bytes.get(DEPTH..DEPTH + 2) {
        Some([depth @ (8 | 16), 0]) => pixels * usize::from(*depth) / 8,
        Some([depth @ (8 | 16), 2]) => pixels * usize::from(*depth) / 8 * 3,
        _ => return false,
    };
    bytes.len() > unpacked / 2 && !before_data(bytes).windows(4).any(|name| name == b"tRNS")
}

/// The picture packed as JPEG, and its size: halved as often as it keeps `least`
/// pixels to its width. `name` is what its kind of file is called.
///
/// # Errors
/// What is wrong with the file, or that it has transparent parts.
pub fn as_jpeg(bytes: &[u8], name: &str, least: u32) -> Result<(Vec<u8>, (u32, u32)), Refusal> {
    let pixels = raster::decode(bytes, name)?;
    let mut pixels = match pixels {
        grey @ DynamicImage::ImageLuma8(_) => grey,
        DynamicImage::ImageLuma16(_) => pixels.into_luma8().into(),
        _ => pixels.into_rgb8().into(),
    };
    while least > 0 && pixels.width() / 2 >= least && pixels.height() > 1 {
        pixels = halved(&pixels);
    }
    let size = (pixels.width(), pixels.height());
    let packed = pack_jpeg(&pixels).ok_or_else(|| Refusal::unread(name, &"it cannot be packed as JPEG"))?;
    Ok((packed, size))
}

/// Half as wide and half as high, at least one pixel: each is the mean of four. Of no
/// other kind than eight bits for each colour, without a ground that shows through.
#[must_use]
pub fn halved(pixels: &DynamicImage) -> DynamicImage {
    let size = (pixels.width(), pixels.height());
    match pixels {
        DynamicImage::ImageLuma8(grey) => {
            let (levels, (width, height)) = means::<1>(grey.as_raw(), size);
            GrayImage::from_raw(width, height, levels).map(Into::into)
        }
        DynamicImage::ImageRgb8(colours) => {
            let (levels, (width, height)) = means::<3>(colours.as_raw(), size);
            RgbImage::from_raw(width, height, levels).map(Into::into)
        }
        _ => None,
    }
    .unwrap_or_else(|| pixels.clone())
}

/// The means of each four pixels, with so many colours each.
fn means<const COLOURS: usize>(levels: &[u8], (width, height): (u32, u32)) -> (Vec<u8>, (u32, u32)) {
    let (wide, tall) = (width / 2, height / 2);
    let row = width as usize * COLOURS;
    let mut out = Vec::with_capacity(wide as usize * tall as usize * COLOURS);
    for two in levels.chunks_exact(2 * row).take(tall as usize) {
        let (above, below) = two.split_at(row);
        let fours = above.chunks_exact(2 * COLOURS).zip(below.chunks_exact(2 * COLOURS));
        out.extend(fours.flat_map(|(above, below)| {
            std::array::from_fn::<u8, COLOURS, _>(|n| {
                let sum = [above[n], above[n + COLOURS], below[n], below[n + COLOURS]].map(u16::from);
                u8::nearest((sum.iter().sum::<u16>() + 2) / 4)
            })
        }));
    }
    (out, (wide, tall))
}
