//! Pictures as the PDF library takes them.

use super::samples::Samples;
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
use krilla::image::Image;
use std::sync::Arc;

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

/// A picture as the PDF library takes it.
#[derive(Clone)]
pub(super) struct Ready {
    pub(super) image: Image,
    /// What it is a stand-in for.
    pub(super) original: Option<Arc<Samples>>,
}

impl Ready {
    fn of_samples(picture: &Picture, samples: Result<Samples, Reason>) -> Result<Ready, Error> {
        let ready = samples
            .and_then(|samples| Ok(Ready { image: samples.stand_in()?, original: Some(Arc::new(samples)) }));
        ready.map_err(|reason| unreadable(picture, &reason))
    }

    fn of_jpeg(picture: &Picture, bytes: Vec<u8>) -> Result<Ready, Error> {
        let image = Image::from_jpeg(Data::from(bytes), false);
        let image = image.map_err(|reason| unreadable(picture, &reason))?;
        Ok(Ready { image, original: None })
    }
}

/// The picture in its own colours, packed as it came where PDF can hold that.
///
/// # Errors
/// When the bytes are not what the picture's kind says.
pub(super) fn in_colour(picture: &Picture) -> Result<Ready, Error> {
    if picture.kind == PictureKind::Jpeg {
        return Ready::of_jpeg(picture, picture.bytes.to_vec());
    }
    let samples = match rows_of(picture)? {
        Some(samples) => Ok(samples),
        None => Samples::of_pixels(&pixels_of(picture)?),
    };
    Ready::of_samples(picture, samples)
}

/// The rows of a PNG as they are, where they can go over.
fn rows_of(picture: &Picture) -> Result<Option<Samples>, Error> {
    match picture.kind {
        PictureKind::Png => Samples::of_png(&picture.bytes).map_err(|reason| unreadable(picture, &reason)),
        _ => Ok(None),
    }
}

fn unreadable(picture: &Picture, reason: &str) -> Error {
    Error::new(format!("`{}` cannot be read as a picture: {reason}", picture.path))
}

/// The picture in black and its greys, on white paper.
///
/// # Errors
/// When the bytes are not what the picture's kind says.
pub(super) fn in_gray(picture: &Picture) -> Result<Ready, Error> {
    if picture.kind == PictureKind::Svg {
        let (size, levels) = gray_drawing(picture)?;
        return Ready::of_samples(picture, Samples::of_levels(size, &levels));
    }
    match rows_of(picture)?.and_then(Samples::in_gray) {
        Some(samples) => Ready::of_samples(picture, Ok(samples)),
        None => gray(picture, &pixels_of(picture)?),
    }
}

fn pixels_of(picture: &Picture) -> Result<DynamicImage, Error> {
    match picture.kind {
        PictureKind::Svg => straight(picture),
        _ => image::load_from_memory(&picture.bytes).map_err(|e| unreadable(picture, &e.to_string())),
    }
}

fn gray(picture: &Picture, pixels: &DynamicImage) -> Result<Ready, Error> {
    if let (PictureKind::Jpeg, DynamicImage::ImageLuma8(_)) = (picture.kind, pixels) {
        return in_colour(picture);
    }
    if picture.kind == PictureKind::Jpeg
        && let Some(bytes) = pack_jpeg(&DynamicImage::ImageLuma8(pixels.to_luma8()))
    {
        return Ready::of_jpeg(picture, bytes);
    }
    let size = (pixels.width(), pixels.height());
    Ready::of_samples(picture, Samples::of_levels(size, &on_paper(pixels)))
}

fn straight(picture: &Picture) -> Result<DynamicImage, Error> {
    let drawing = svg::printed(&picture.bytes).map_err(|reason| unreadable(picture, &reason))?;
    let (width, height) = (drawing.width(), drawing.height());
    let pixels = image::RgbaImage::from_raw(width, height, drawing.take_demultiplied());
    pixels.map(DynamicImage::ImageRgba8).ok_or_else(|| unreadable(picture, "it has no size"))
}

/// The size of a drawing in pixels, and its grey levels on white paper.
fn gray_drawing(picture: &Picture) -> Result<((u32, u32), Vec<u8>), Error> {
    let drawing = svg::printed(&picture.bytes).map_err(|reason| unreadable(picture, &reason))?;
    // Its colours are multiplied by what covers the paper already, as on paper they are: the shade of a colour
    // that covers half is half that of the colour, and the paper gives the other half. Most pixels are bare.
    let shade = |pixel: &[u8]| match pixel {
        [_, _, _, 0] => 255,
        [red, green, blue, cover] => {
            let [red, green, blue] = [red, green, blue].map(|part| u32::from(*part));
            let level = (2126 * red + 7152 * green + 722 * blue + 5000) / 10_000;
            u8::nearest(level + 255 - u32::from(*cover))
        }
        _ => 255,
    };
    let levels = drawing.data().chunks_exact(4).map(shade).collect();
    Ok(((drawing.width(), drawing.height()), levels))
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
pub(super) fn in_inks(picture: &Picture, panel: Size, limit: u32) -> Result<Ready, Error> {
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
pub(super) fn in_colour_inks(picture: &Picture, limit: u32) -> Result<Ready, Error> {
    if let Some(samples) = rows_of(picture)?.filter(Samples::is_gray).and_then(Samples::in_gray) {
        return Ready::of_samples(picture, Ok(samples));
    }
    let pixels = pixels_of(picture)?;
    let paper = on_white(&pixels);
    if paper.pixels().all(|pixel| pixel.0[0] == pixel.0[1] && pixel.0[1] == pixel.0[2]) {
        return gray(picture, &pixels);
    }
    separated(picture, &paper, limit)
}

fn separated(picture: &Picture, pixels: &image::RgbImage, limit: u32) -> Result<Ready, Error> {
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
    Ready::of_samples(picture, Samples::of_inks((wide, tall), &levels))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_has_the_greys_of_its_pixels_on_paper() {
        let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10">
            <rect width="10" height="10"/><rect x="10" width="10" height="10" fill="#f00"/>
            <rect x="20" width="10" height="10" fill="#00f" opacity="0.5"/></svg>"##;
        let picture = Picture {
            path: "drawing.svg".to_owned(),
            bytes: svg.as_bytes().into(),
            kind: PictureKind::Svg,
            pixels: (40, 10),
        };
        let ((width, height), levels) = gray_drawing(&picture).expect("a drawing");
        assert_eq!(levels.len(), (width * height) as usize);
        let at = |tenth: u32| i32::from(levels[(height / 2 * width + width * tenth / 8) as usize]);
        for (tenth, level) in [(1, 0), (3, 54), (5, 137), (7, 255)] {
            assert!((at(tenth) - level).abs() <= 1, "{tenth}: {} for {level}", at(tenth));
        }
        // as of the pixels one by one, without their cover multiplied in
        let slowly = on_paper(&straight(&picture).expect("pixels"));
        assert!(levels.iter().zip(&slowly).all(|(a, b)| a.abs_diff(*b) <= 1));
    }
}
