//! Pictures as the PDF library takes them.

use super::separation::Separation;
use crate::diag::{Code, Diagnostic, Error, Scope};
use crate::jobs::{self, with_room_for};
use crate::length::{Abs, Size};
use crate::narrow::Nearest;
use crate::pages::{Item, Pages, Picture, PictureKind};
use crate::picture::{Refusal, as_jpeg, is_photograph, is_photograph_without_loss, pack_jpeg};
use crate::reason::Reason;
use crate::svg;
use image::DynamicImage;
use krilla::Data;
use krilla::image::{BitsPerComponent, CustomImage, Image, ImageColorspace};
use resvg::tiny_skia::Pixmap;
use std::hash::{Hash, Hasher};
use std::io::Cursor;
use std::sync::OnceLock;

/// Makes pictures ready for all editions of pages at once, several at a time, so that each
/// large one is decoded once. What came as WebP with loss, which PDF cannot hold, becomes
/// JPEG and not many times as many bytes without loss; so does a large photograph without
/// loss. What is packed anew, and a large JPEG, becomes no finer than [`FINE`] where it is
/// largest.
pub fn make_ready(pages: &mut Pages) -> Vec<Diagnostic> {
    let least: Vec<u32> =
        widest(pages).iter().map(|width| u32::nearest((width.to_pt() / 72.0 * FINE).ceil())).collect();
    let images = &pages.images;
    let kinds: Vec<(usize, &str)> = (0..images.len())
        .filter_map(|index| Some((index, packed_anew(&images[index], least[index])?)))
        .collect();
    let made = jobs::side_by_side(kinds.len(), |n| {
        let (index, kind) = kinds[n];
        with_room_for(images[index].pixels, || as_jpeg(&images[index].bytes, kind, least[index]))
    });
    let mut findings = Vec::new();
    for ((index, _), made) in kinds.into_iter().zip(made) {
        let picture = &mut pages.images[index];
        match made {
            Ok((bytes, pixels)) => {
                *picture =
                    Picture { bytes: bytes.into(), kind: PictureKind::Jpeg, pixels, ..picture.clone() };
            }
            Err(refusal) => findings.push(damaged(picture, &refusal)),
        }
    }
    findings
}

/// Pixels to the inch that every printer's screen can show; a picture that is
/// packed anew keeps at least as many.
const FINE: f64 = 350.0;

/// Pixels of which a picture has more that costs as much time and room as a book's words.
const LARGE: u64 = 8_000_000;

/// What the kind of a picture is called that is packed anew, where it is to have `least` pixels to its width.
fn packed_anew(picture: &Picture, least: u32) -> Option<&'static str> {
    let (width, height) = picture.pixels;
    let is_large = u64::from(width) * u64::from(height) > LARGE;
    match picture.kind {
        PictureKind::Webp => is_photograph(&picture.bytes).then_some("WebP"),
        PictureKind::Jpeg => (is_large && least > 0 && width / 2 >= least).then_some("JPEG"),
        PictureKind::Png => {
            (is_large && is_photograph_without_loss(&picture.bytes, picture.pixels)).then_some("PNG")
        }
        PictureKind::Gif | PictureKind::Svg => None,
    }
}

/// The largest width that each picture has on a page.
fn widest(pages: &Pages) -> Vec<Abs> {
    let mut widest = vec![Abs::ZERO; pages.images.len()];
    for placed in pages.pages.iter().flat_map(|page| &page.items) {
        if let Item::Picture(index, size) = &placed.item
            && let Some(width) = widest.get_mut(*index as usize)
        {
            *width = size.width.max(*width);
        }
    }
    widest
}

fn damaged(picture: &Picture, refusal: &Refusal) -> Diagnostic {
    let message = format!("`{}` {}", picture.path, refusal.reason);
    Diagnostic::new(Code::ImageUnreadable, None, message).hint(refusal.hint).within(Scope::Pages)
}

/// The picture in its own colours, packed as it came where PDF can hold that.
///
/// # Errors
/// When the bytes are not what the picture's kind says.
pub(super) fn in_colour(picture: &Picture) -> Result<Image, Error> {
    let data = || Data::from(picture.bytes.to_vec());
    let image = match picture.kind {
        PictureKind::Png => Image::from_png(data(), false),
        PictureKind::Jpeg => Image::from_jpeg(data(), false),
        PictureKind::Gif => Image::from_gif(data(), false),
        PictureKind::Webp => Image::from_webp(data(), false),
        PictureKind::Svg => {
            return svg::printed(&picture.bytes)
                .and_then(|pixels| rgba(&pixels))
                .map_err(|reason| unreadable(picture, &reason));
        }
    };
    image.map_err(|reason| unreadable(picture, &reason))
}

fn unreadable(picture: &Picture, reason: &str) -> Error {
    Error::new(format!("`{}` cannot be read as a picture: {reason}", picture.path))
}

/// A drawing's pixels, packed until they are written: a hundred drawings would take two
/// gigabytes otherwise.
fn rgba(pixels: &Pixmap) -> Result<Image, Reason> {
    let straight = pixels.pixels().iter().flat_map(|pixel| {
        let colour = pixel.demultiply();
        [colour.red(), colour.green(), colour.blue(), colour.alpha()]
    });
    let straight: Vec<u8> = straight.collect();
    let packed = packed((pixels.width(), pixels.height()), &straight, png::ColorType::Rgba)?;
    Ok(Image::from_png(Data::from(packed), false)?)
}

/// The picture in black and its greys, on white paper.
///
/// # Errors
/// When the bytes are not what the picture's kind says.
pub(super) fn in_gray(picture: &Picture) -> Result<Image, Error> {
    gray(picture, &pixels_of(picture)?)
}

fn pixels_of(picture: &Picture) -> Result<DynamicImage, Error> {
    match picture.kind {
        PictureKind::Svg => straight(picture),
        _ => image::load_from_memory(&picture.bytes).map_err(|e| unreadable(picture, &e.to_string())),
    }
}

fn gray(picture: &Picture, pixels: &DynamicImage) -> Result<Image, Error> {
    if let (PictureKind::Jpeg, DynamicImage::ImageLuma8(_)) = (picture.kind, pixels) {
        return in_colour(picture);
    }
    if picture.kind == PictureKind::Jpeg
        && let Some(bytes) = pack_jpeg(&DynamicImage::ImageLuma8(pixels.to_luma8()))
    {
        return Image::from_jpeg(Data::from(bytes), false).map_err(|reason| unreadable(picture, &reason));
    }
    let size = (pixels.width(), pixels.height());
    let gray = Levels::pack(size, &on_paper(pixels), ImageColorspace::Luma);
    let gray = gray.map_err(|reason| unreadable(picture, &reason))?;
    Image::from_custom(gray, false).map_err(|reason| unreadable(picture, &reason))
}

fn straight(picture: &Picture) -> Result<DynamicImage, Error> {
    let drawing = svg::printed(&picture.bytes).map_err(|reason| unreadable(picture, &reason))?;
    let (width, height) = (drawing.width(), drawing.height());
    let pixels = image::RgbaImage::from_raw(width, height, drawing.take_demultiplied());
    pixels.map(DynamicImage::ImageRgba8).ok_or_else(|| unreadable(picture, "it has no size"))
}

/// Grey levels; what is transparent lets the paper through.
fn on_paper(pixels: &DynamicImage) -> Vec<u8> {
    if !pixels.color().has_alpha() {
        return pixels.to_luma8().into_raw();
    }
    let shade = |pixel: &image::LumaA<u8>| {
        let [level, alpha] = pixel.0.map(u32::from);
        u8::nearest((level * alpha + 255 * (255 - alpha) + 127) / 255)
    };
    pixels.to_luma_alpha8().pixels().map(shade).collect()
}

/// The picture in the inks of a colour press, cut evenly on two sides to the
/// proportions of `panel`. A spot has at most so many per cent of ink.
///
/// # Errors
/// When the bytes are not what the picture's kind says.
pub(super) fn in_inks(picture: &Picture, panel: Size, limit: u32) -> Result<Image, Error> {
    let pixels = pixels_of(picture)?;
    let (width, height) = (pixels.width(), pixels.height());
    let (wide, tall) = cut((width, height), panel.width.ratio(panel.height));
    let pixels = pixels.crop_imm((width - wide) / 2, (height - tall) / 2, wide, tall);
    separated(picture, &on_white(&pixels), limit)
}

/// The picture in the inks of a colour press, or in black alone when it has no
/// colour. A spot has at most so many per cent of ink.
///
/// # Errors
/// When the bytes are not what the picture's kind says.
pub(super) fn in_colour_inks(picture: &Picture, limit: u32) -> Result<Image, Error> {
    let pixels = pixels_of(picture)?;
    let paper = on_white(&pixels);
    if paper.pixels().all(|pixel| pixel.0[0] == pixel.0[1] && pixel.0[1] == pixel.0[2]) {
        return gray(picture, &pixels);
    }
    separated(picture, &paper, limit)
}

fn separated(picture: &Picture, pixels: &image::RgbImage, limit: u32) -> Result<Image, Error> {
    let (wide, tall) = pixels.dimensions();
    let separation = Separation::new()?;
    let mut last = ([255; 3], separation.inks([255; 3], limit));
    let mut levels = Vec::with_capacity(wide as usize * tall as usize * 4);
    for rgb in pixels.pixels().map(|pixel| pixel.0) {
        if rgb != last.0 {
            last = (rgb, separation.inks(rgb, limit));
        }
        levels.extend(last.1);
    }
    let inks = Levels::pack((wide, tall), &levels, ImageColorspace::Cmyk);
    let inks = inks.map_err(|reason| unreadable(picture, &reason))?;
    Image::from_custom(inks, false).map_err(|reason| unreadable(picture, &reason))
}

/// The largest part of a picture that has those proportions.
pub(super) fn cut((width, height): (u32, u32), ratio: f64) -> (u32, u32) {
    let wide = (f64::from(height) * ratio).round();
    if wide <= f64::from(width) {
        return (u32::nearest(wide).max(1), height);
    }
    (width, u32::nearest((f64::from(width) / ratio).round()).clamp(1, height))
}

fn on_white(pixels: &DynamicImage) -> image::RgbImage {
    if !pixels.color().has_alpha() {
        return pixels.to_rgb8();
    }
    let mut paper = image::RgbaImage::from_pixel(pixels.width(), pixels.height(), image::Rgba([255; 4]));
    image::imageops::overlay(&mut paper, &pixels.to_rgba8(), 0, 0);
    DynamicImage::ImageRgba8(paper).into_rgb8()
}

/// Levels for the PDF library, eight bits to each.
/// Levels of ink, one for each of four or of one, packed until they are written: all
/// pictures of a book wait for that at a time.
#[derive(Clone)]
struct Levels {
    size: (u32, u32),
    packed: Vec<u8>,
    space: ImageColorspace,
    levels: OnceLock<Vec<u8>>,
}

impl Levels {
    fn pack(size: (u32, u32), levels: &[u8], space: ImageColorspace) -> Result<Levels, Reason> {
        // four inks have room where a PNG has four colours
        let colours = match space {
            ImageColorspace::Cmyk => png::ColorType::Rgba,
            _ => png::ColorType::Grayscale,
        };
        Ok(Levels { size, packed: packed(size, levels, colours)?, space, levels: OnceLock::new() })
    }

    fn unpacked(&self) -> Option<Vec<u8>> {
        let mut reader = png::Decoder::new(Cursor::new(&self.packed)).read_info().ok()?;
        let mut levels = vec![0; reader.output_buffer_size()?];
        reader.next_frame(&mut levels).ok()?;
        Some(levels)
    }
}

impl Hash for Levels {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.size, &self.packed, self.space).hash(state);
    }
}

/// Pixels packed in as little time as can be.
fn packed(size: (u32, u32), levels: &[u8], colours: png::ColorType) -> Result<Vec<u8>, Reason> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, size.0, size.1);
    encoder.set_color(colours);
    encoder.set_compression(png::Compression::Fastest);
    let mut writer = encoder.write_header().map_err(|problem| problem.to_string())?;
    writer.write_image_data(levels).map_err(|problem| problem.to_string())?;
    drop(writer);
    Ok(out)
}

impl CustomImage for Levels {
    fn color_channel(&self) -> &[u8] {
        self.levels.get_or_init(|| self.unpacked().expect("what was packed a moment ago can be unpacked"))
    }

    fn alpha_channel(&self) -> Option<&[u8]> {
        None
    }

    fn bits_per_component(&self) -> BitsPerComponent {
        BitsPerComponent::Eight
    }

    fn size(&self) -> (u32, u32) {
        self.size
    }

    fn icc_profile(&self) -> Option<&[u8]> {
        None
    }

    fn color_space(&self) -> ImageColorspace {
        self.space
    }
}
