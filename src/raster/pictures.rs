//! Pictures on a proof page, brought to the page's own pixels.

use crate::diag::Error;
use crate::length::{Point, Size};
use crate::pages::{Picture, PictureKind};
use image::imageops::{self, FilterType};
use resvg::tiny_skia::{IntSize, Pixmap, PixmapPaint, Transform};

/// Paints a picture scaled to `size`, at so many pixels to the point.
pub fn paint(canvas: &mut Pixmap, picture: &Picture, at: Point, size: Size, scale: f32) -> Result<(), Error> {
    let extent = [size.width, size.height].map(|side| (side.to_f32() * scale).round().max(1.0) as u32);
    let made = match picture.kind {
        PictureKind::Svg => drawn(picture, extent),
        _ => resized(picture, extent)?,
    };
    let made = made.ok_or_else(|| unreadable(picture, "it has no size"))?;
    let (x, y) = ((at.x.to_f32() * scale).round() as i32, (at.y.to_f32() * scale).round() as i32);
    canvas.draw_pixmap(x, y, made.as_ref(), &PixmapPaint::default(), Transform::identity(), None);
    Ok(())
}

fn resized(picture: &Picture, [width, height]: [u32; 2]) -> Result<Option<Pixmap>, Error> {
    let pixels = image::load_from_memory(&picture.bytes).map_err(|e| unreadable(picture, &e.to_string()))?;
    let mut fitted = imageops::resize(&pixels.into_rgba8(), width, height, FilterType::CatmullRom);
    for pixel in fitted.pixels_mut() {
        let [red, green, blue, alpha] = pixel.0;
        let part = |level: u8| ((u32::from(level) * u32::from(alpha) + 127) / 255) as u8;
        pixel.0 = [part(red), part(green), part(blue), alpha];
    }
    Ok(IntSize::from_wh(width, height).and_then(|size| Pixmap::from_vec(fitted.into_raw(), size)))
}

/// A drawing at its final size: it needs no resizing.
fn drawn(picture: &Picture, [width, height]: [u32; 2]) -> Option<Pixmap> {
    let tree = crate::svg::read(&picture.bytes).ok()?;
    let mut pixels = Pixmap::new(width, height)?;
    let (across, down) = (width as f32 / tree.size().width(), height as f32 / tree.size().height());
    resvg::render(&tree, Transform::from_scale(across, down), &mut pixels.as_mut());
    Some(pixels)
}

fn unreadable(picture: &Picture, reason: &str) -> Error {
    Error::new(format!("`{}` cannot be read as a picture: {reason}", picture.path))
}
