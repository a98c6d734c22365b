//! Pictures as the package holds them.

use super::svg;
use crate::book::{Image, ImageFormat};
use crate::diag::{Checked, Code, Diagnostic};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use std::collections::BTreeSet;

/// A picture, ready for the package.
pub(super) struct Picture {
    pub(super) media: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// A name for each picture, as seen from the package document: safe in a URL
/// and unlike every other, whatever the author's folders are called.
pub(super) fn names(images: &[Image]) -> Vec<String> {
    let mut taken: BTreeSet<String> = ["cover.jpg", "cover.png"].map(str::to_owned).into();
    images.iter().map(|image| format!("images/{}", name(image, &mut taken))).collect()
}

fn name(image: &Image, taken: &mut BTreeSet<String>) -> String {
    let base = image.path.rsplit('/').next().unwrap_or_default();
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem).to_ascii_lowercase();
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' };
    let stem: String = stem.chars().map(safe).collect();
    let stem = if stem.trim_matches('-').is_empty() { "image" } else { stem.trim_matches('-') };
    let ending = ending(image.format);
    let mut name = format!("{stem}.{ending}");
    let mut n = 2;
    while !taken.insert(name.clone()) {
        name = format!("{stem}-{n}.{ending}");
        n += 1;
    }
    name
}

fn ending(format: ImageFormat) -> &'static str {
    match format {
        ImageFormat::Png => "png",
        ImageFormat::Jpeg => "jpg",
        ImageFormat::Gif => "gif",
        ImageFormat::Webp => "webp",
        ImageFormat::Svg => "svg",
    }
}

/// The picture as it goes into the package: drawings without anything that
/// runs, photographs no larger than readers show them.
pub(super) fn prepare(image: &Image) -> Checked<Picture> {
    let media = match image.format {
        ImageFormat::Png => "image/png",
        ImageFormat::Jpeg => "image/jpeg",
        ImageFormat::Gif => "image/gif",
        ImageFormat::Webp => "image/webp",
        ImageFormat::Svg => "image/svg+xml",
    };
    if image.format == ImageFormat::Svg {
        return drawing(image, media);
    }
    let pixels = u64::from(image.width) * u64::from(image.height);
    let smaller = if pixels > MAX_PIXELS || image.bytes.len() > MAX_BYTES { reduced(image) } else { None };
    let bytes = smaller.filter(|smaller| smaller.len() < image.bytes.len());
    Checked::clean(Picture { media, bytes: bytes.unwrap_or_else(|| image.bytes.to_vec()) })
}

/// The most pixels that a picture keeps: what the strictest shop takes.
const MAX_PIXELS: u64 = 3_200_000;
/// Above this many bytes a picture is compressed anew.
const MAX_BYTES: usize = 1 << 20;
/// Quality of JPEGs that are compressed anew, of 100.
const QUALITY: u8 = 85;

fn drawing(image: &Image, media: &'static str) -> Checked<Picture> {
    match svg::harmless(&image.bytes) {
        Some(bytes) => Checked::clean(Picture { media, bytes }),
        None => {
            let message = format!("the drawing `{}` is not well-formed SVG", image.path);
            let finding = Diagnostic::new(Code::ImageUnreadable, None, message);
            Checked { value: Picture { media, bytes: NOTHING.to_vec() }, findings: vec![finding] }
        }
    }
}

/// A drawing of nothing.
const NOTHING: &[u8] = br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>"#;

/// The picture scaled and compressed anew; none for kinds that lose by it.
fn reduced(image: &Image) -> Option<Vec<u8>> {
    let format = match image.format {
        ImageFormat::Png => image::ImageFormat::Png,
        ImageFormat::Jpeg => image::ImageFormat::Jpeg,
        _ => return None,
    };
    let decoded = image::load_from_memory_with_format(&image.bytes, format).ok()?;
    let pixels = f64::from(decoded.width()) * f64::from(decoded.height());
    let scale = (MAX_PIXELS as f64 / pixels).sqrt().min(1.0);
    let side = |length: u32| ((f64::from(length) * scale).floor() as u32).max(1);
    let scaled = if scale < 1.0 {
        decoded.resize_exact(side(decoded.width()), side(decoded.height()), FilterType::CatmullRom)
    } else {
        decoded
    };
    let mut bytes = std::io::Cursor::new(Vec::new());
    match format {
        image::ImageFormat::Jpeg => {
            scaled.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))
        }
        _ => scaled.write_to(&mut bytes, format),
    }
    .ok()?;
    Some(bytes.into_inner())
}
