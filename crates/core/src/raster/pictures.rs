//! Pictures on a proof page, brought to the page's own pixels.

use crate::diag::Error;
use crate::length::{Point, Size};
use crate::narrow::Nearest;
use crate::pages::{Picture, PictureKind};
use crate::svg;
use image::imageops::{self, FilterType};
use resvg::tiny_skia::{IntSize, Pixmap, PixmapPaint, Transform};

/// Paints a picture scaled to `size`, at so many pixels to the point.
pub(super) fn paint(
    canvas: &mut Pixmap,
    picture: &Picture,
    at: Point,
    size: Size,
    scale: f32,
) -> Result<(), Error> {
    let extent = [size.width, size.height].map(|side| u32::nearest((side.to_f32() * scale).round().max(1.0)));
    let made = match picture.kind {
        PictureKind::Svg => {
            Some(svg::stretched(&picture.bytes, extent).map_err(|e| unreadable(picture, &e))?)
        }
        _ => resized(picture, extent)?,
    };
    let made = made.ok_or_else(|| unreadable(picture, "it has no size"))?;
    let (x, y) =
        (i32::nearest((at.x.to_f32() * scale).round()), i32::nearest((at.y.to_f32() * scale).round()));
    canvas.draw_pixmap(x, y, made.as_ref(), &PixmapPaint::default(), Transform::identity(), None);
    Ok(())
}

fn resized(picture: &Picture, [width, height]: [u32; 2]) -> Result<Option<Pixmap>, Error> {
    let pixels = image::load_from_memory(&picture.bytes).map_err(|e| unreadable(picture, &e.to_string()))?;
    let mut fitted = imageops::resize(&pixels.into_rgba8(), width, height, FilterType::CatmullRom);
    for pixel in fitted.pixels_mut() {
        let [red, green, blue, alpha] = pixel.0;
        let part = |level: u8| u8::nearest((u32::from(level) * u32::from(alpha) + 127) / 255);
        pixel.0 = [part(red), part(green), part(blue), alpha];
    }
    Ok(IntSize::from_wh(width, height).and_then(|size| Pixmap::from_vec(fitted.into_raw(), size)))
}

fn unreadable(picture: &Picture, reason: &str) -> Error {
    Error::new(format!("`{}` cannot be read as a picture: {reason}", picture.path))
}
