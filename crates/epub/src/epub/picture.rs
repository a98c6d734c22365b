//! Pictures as the package holds them.

use super::Store;
use crate::book::picture_row::MOST_BESIDE;
use crate::book::{Image, ImageFormat};
use crate::diag::{Checked, Code, Diagnostic};
use crate::jobs::with_room_for;
use crate::narrow::Nearest;
use crate::picture::{before_data, halved, is_photograph};
use crate::svg;
use image::ColorType;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use std::collections::BTreeSet;

/// A picture, ready for the package.
pub(super) struct Picture {
    pub(super) media: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// The classes of pictures that share a line, from two of them to as many as stand in one, and the
/// width of each; what is left of the line is the space between them.
pub(super) const BESIDE: [(&str, &str); MOST_BESIDE - 1] =
    [("beside-2", "48%"), ("beside-3", "31%"), ("beside-4", "23%")];

/// The class of a picture in a line of so many; none when it has the line to itself.
pub(super) fn beside(pictures: usize) -> Option<&'static str> {
    BESIDE.get(pictures.min(MOST_BESIDE).checked_sub(2)?).map(|(class, _)| *class)
}

/// A name for each picture, as seen from the package document: safe in a URL
/// and unlike every other, whatever the author's folders are called.
pub(super) fn names(images: &[Image], store: &Store) -> Vec<String> {
    let mut taken: BTreeSet<String> = ["cover.jpg", "cover.png"].map(str::to_owned).into();
    let name = |image| format!("images/{}", name(image, packed_as(image, store), &mut taken));
    images.iter().map(name).collect()
}

fn name(image: &Image, format: ImageFormat, taken: &mut BTreeSet<String>) -> String {
    let base = image.path.rsplit('/').next().unwrap_or_default();
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem).to_ascii_lowercase();
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' };
    let stem: String = stem.chars().map(safe).collect();
    let stem = if stem.trim_matches('-').is_empty() { "image" } else { stem.trim_matches('-') };
    let ending = ending(format);
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
/// runs, photographs no larger than the shop takes them.
pub(super) fn prepare(image: &Image, store: &Store) -> Checked<Picture> {
    let format = packed_as(image, store);
    let media = match format {
        ImageFormat::Png => "image/png",
        ImageFormat::Jpeg => "image/jpeg",
        ImageFormat::Gif => "image/gif",
        ImageFormat::Webp => "image/webp",
        ImageFormat::Svg => "image/svg+xml",
    };
    if format == ImageFormat::Svg {
        return drawing(image, media);
    }
    let large = pixels(image) > store.picture_pixels;
    let anew = large || image.bytes.len() > store.picture_bytes || format != image.format;
    let reduce = || reduced(image, format, store.picture_pixels);
    let made = if anew { with_room_for((image.width, image.height), reduce) } else { None };
    let wanted = made.filter(|made| large || format != image.format || made.len() < image.bytes.len());
    let finding = (large && wanted.is_none()).then(|| too_large(image, store));
    let bytes = wanted.unwrap_or_else(|| image.bytes.to_vec());
    Checked { value: Picture { media, bytes }, findings: finding.into_iter().collect() }
}

/// The format that a picture has in the package. A photograph stays one, since
/// it would need ten times the room without loss.
fn packed_as(image: &Image, store: &Store) -> ImageFormat {
    match image.format {
        ImageFormat::Webp if store.webp => ImageFormat::Webp,
        ImageFormat::Webp if is_photograph(&image.bytes) => ImageFormat::Jpeg,
        ImageFormat::Webp => ImageFormat::Png,
        other => other,
    }
}

fn pixels(image: &Image) -> u64 {
    u64::from(image.width) * u64::from(image.height)
}

fn too_large(image: &Image, store: &Store) -> Diagnostic {
    let (path, pixels, most) = (&image.path, pixels(image), store.picture_pixels);
    let message = format!("the picture `{path}` has {pixels} pixels; {} takes {most}", store.title);
    Diagnostic::new(Code::StorePicture, None, message)
}

/// Whether the ground may show through the picture.
pub(super) fn is_clear(image: &Image) -> bool {
    /// Where the header of a PNG says how colours are written (PNG, §11.2.1).
    const COLOUR_TYPE: usize = 25;
    match image.format {
        ImageFormat::Png => {
            let has_alpha = image.bytes.get(COLOUR_TYPE).is_some_and(|kind| kind & 4 != 0);
            has_alpha || before_data(&image.bytes).windows(4).any(|name| name == b"tRNS")
        }
        ImageFormat::Jpeg => false,
        ImageFormat::Gif | ImageFormat::Webp | ImageFormat::Svg => true,
    }
}

/// Whether the picture moves.
pub(super) fn moves(image: &Image) -> bool {
    let has = |bytes: &[u8], mark: &[u8]| bytes.windows(mark.len()).any(|window| window == mark);
    match image.format {
        // The extension that repeats the frames.
        ImageFormat::Gif => has(&image.bytes, b"NETSCAPE2.0"),
        ImageFormat::Png => has(before_data(&image.bytes), b"acTL"),
        ImageFormat::Webp => has(image.bytes.get(..64).unwrap_or(&image.bytes), b"ANIM"),
        ImageFormat::Svg => has(&image.bytes, b"@keyframes"),
        ImageFormat::Jpeg => false,
    }
}

/// Quality of JPEGs that are compressed anew, of 100.
const QUALITY: u8 = 85;

fn drawing(image: &Image, media: &'static str) -> Checked<Picture> {
    match svg::for_ebook(&image.bytes) {
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
fn reduced(image: &Image, format: ImageFormat, most: u64) -> Option<Vec<u8>> {
    let format = match format {
        ImageFormat::Png => image::ImageFormat::Png,
        ImageFormat::Jpeg => image::ImageFormat::Jpeg,
        _ => return None,
    };
    let mut decoded = image::load_from_memory(&image.bytes).ok()?;
    // The mean of four is a tenth of the work of curves through them, and more than twice as many are left for those.
    while matches!(decoded.color(), ColorType::L8 | ColorType::Rgb8)
        && u64::from(decoded.width()) * u64::from(decoded.height()) > 4 * most
        && decoded.width().min(decoded.height()) > 1
    {
        decoded = halved(&decoded);
    }
    let pixels = f64::from(decoded.width()) * f64::from(decoded.height());
    let scale = (most as f64 / pixels).sqrt().min(1.0);
    let side = |length: u32| u32::nearest((f64::from(length) * scale).floor()).max(1);
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
