//! Pictures as the PDF library takes them.

use crate::diag::Error;
use crate::pages::{Picture, PictureKind};
use krilla::Data;
use krilla::image::Image;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

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

/// The longer side of a drawing in pixels: 300 to the inch on a page of 8 inches.
const DRAWN: f32 = 2400.0;

/// A drawing in pixels. Its words should be paths: no system font is used.
fn drawn(picture: &Picture) -> Result<Pixmap, String> {
    let tree = usvg::Tree::from_data(&picture.bytes, &usvg::Options::default()).map_err(|e| e.to_string())?;
    let scale = DRAWN / tree.size().width().max(tree.size().height());
    let size = tree.size().to_int_size().scale_by(scale).ok_or("it has no size")?;
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or("it has no size")?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    Ok(pixels)
}
