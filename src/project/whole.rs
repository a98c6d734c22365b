//! Whether a picture's file is whole: cheap to ask, so that no writer is handed
//! half a picture, or a picture with something else behind it.

use crate::book::ImageFormat;

/// How many bytes the picture takes of the file; none when it is cut off.
/// What stands behind is no part of it.
pub(super) fn length(bytes: &[u8], format: ImageFormat) -> Option<usize> {
    match format {
        ImageFormat::Png => png(bytes),
        ImageFormat::Jpeg => jpeg(bytes),
        ImageFormat::Gif => gif(bytes),
        ImageFormat::Webp => webp(bytes),
        ImageFormat::Svg => Some(bytes.len()),
    }
}

/// Chunks from the signature to `IEND`, with data among them (PNG 3rd edition §5).
fn png(bytes: &[u8]) -> Option<usize> {
    const FRAME: usize = 12;
    let mut at = 8;
    let mut data = false;
    loop {
        let head = bytes.get(at..at + 8)?;
        let size = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        data |= &head[4..] == b"IDAT";
        at = at.checked_add(size)?.checked_add(FRAME).filter(|end| *end <= bytes.len())?;
        if &head[4..] == b"IEND" {
            return data.then_some(at);
        }
    }
}

/// From the start of a scan to the last end of an image (ITU-T T.81 §B.2).
fn jpeg(bytes: &[u8]) -> Option<usize> {
    let scan = bytes.windows(2).position(|pair| pair == [0xff, 0xda])?;
    let end = bytes.windows(2).rposition(|pair| pair == [0xff, 0xd9])?;
    (end > scan).then_some(end + 2)
}

/// An image and a trailer behind it (GIF89a §20, §27).
fn gif(bytes: &[u8]) -> Option<usize> {
    let image = bytes.get(13..)?.iter().position(|byte| *byte == 0x2c)? + 13;
    let trailer = bytes.iter().rposition(|byte| *byte == 0x3b)?;
    (trailer > image).then_some(trailer + 1)
}

/// As many bytes as the RIFF header says (RFC 9649 §2.4).
fn webp(bytes: &[u8]) -> Option<usize> {
    let size = bytes.get(4..8)?;
    let end = u32::from_le_bytes([size[0], size[1], size[2], size[3]]) as usize;
    end.checked_add(8).filter(|end| *end <= bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageFormat as Raster, RgbImage};
    use std::io::Cursor;

    #[test]
    fn whole_pictures_are_whole_and_halves_are_not() {
        let picture = RgbImage::from_fn(9, 9, |x, y| image::Rgb([x as u8 * 20, y as u8 * 20, 7]));
        for (format, raster) in [
            (ImageFormat::Png, Raster::Png),
            (ImageFormat::Jpeg, Raster::Jpeg),
            (ImageFormat::Gif, Raster::Gif),
            (ImageFormat::Webp, Raster::WebP),
        ] {
            let mut bytes = Cursor::new(Vec::new());
            picture.write_to(&mut bytes, raster).unwrap();
            let mut bytes = bytes.into_inner();
            let whole = bytes.len();
            assert_eq!(length(&bytes[..whole / 4], format), None, "{format:?}");
            bytes.extend(b"<script>");
            assert!(length(&bytes, format).is_some_and(|end| end.abs_diff(whole) <= 1), "{format:?}");
        }
    }
}
