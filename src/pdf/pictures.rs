//! Pictures as the PDF library takes them.

use crate::diag::Error;
use crate::pages::{Picture, PictureKind};
use image::DynamicImage;
use krilla::Data;
use krilla::image::{BitsPerComponent, CustomImage, Image, ImageColorspace};
use resvg::tiny_skia::{Pixmap, Transform};

/// The picture in its own colours, packed as it came where PDF can hold that.
///
/// # Errors
/// When the bytes are not what the picture's kind says.
pub fn in_colour(picture: &Picture) -> Result<Image, Error> {
    let data = || Data::from(picture.bytes.to_vec());
    let image = match picture.kind {
        PictureKind::Png => Image::from_png(data(), false),
        PictureKind::Jpeg => Image::from_jpeg(data(), false),
        PictureKind::Gif => Image::from_gif(data(), false),
        PictureKind::Webp => Image::from_webp(data(), false),
        PictureKind::Svg => drawn(picture).map(|pixels| rgba(&pixels)),
    };
    image.map_err(|reason| unreadable(picture, &reason))
}

fn unreadable(picture: &Picture, reason: &str) -> Error {
    Error::new(format!("`{}` cannot be read as a picture: {reason}", picture.path))
}

fn rgba(pixels: &Pixmap) -> Image {
    let straight = pixels.pixels().iter().flat_map(|pixel| {
        let colour = pixel.demultiply();
        [colour.red(), colour.green(), colour.blue(), colour.alpha()]
    });
    Image::from_rgba8(straight.collect(), pixels.width(), pixels.height())
}

/// The picture in black and its greys, on white paper.
///
/// # Errors
/// When the bytes are not what the picture's kind says.
pub fn in_gray(picture: &Picture) -> Result<Image, Error> {
    let pixels = match picture.kind {
        PictureKind::Svg => straight(picture)?,
        _ => image::load_from_memory(&picture.bytes).map_err(|e| unreadable(picture, &e.to_string()))?,
    };
    if let (PictureKind::Jpeg, DynamicImage::ImageLuma8(_)) = (picture.kind, &pixels) {
        return in_colour(picture);
    }
    let gray = Gray { size: (pixels.width(), pixels.height()), levels: on_paper(&pixels) };
    Image::from_custom(gray, false).map_err(|reason| unreadable(picture, &reason))
}

fn straight(picture: &Picture) -> Result<DynamicImage, Error> {
    let drawing = drawn(picture).map_err(|reason| unreadable(picture, &reason))?;
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
        ((level * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    pixels.to_luma_alpha8().pixels().map(shade).collect()
}

/// Grey levels for the PDF library.
#[derive(Clone, Hash)]
struct Gray {
    size: (u32, u32),
    levels: Vec<u8>,
}

impl CustomImage for Gray {
    fn color_channel(&self) -> &[u8] {
        &self.levels
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
        ImageColorspace::Luma
    }
}

/// The longer side of a drawing in pixels: 300 to the inch on a page of 8 inches.
const DRAWN: f32 = 2400.0;

/// A drawing in pixels. Its words should be paths: no system font is used.
fn drawn(picture: &Picture) -> Result<Pixmap, String> {
    let tree = crate::svg::read(&picture.bytes)?;
    let scale = DRAWN / tree.size().width().max(tree.size().height());
    let size = tree.size().to_int_size().scale_by(scale).ok_or("it has no size")?;
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or("it has no size")?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    Ok(pixels)
}
