//! JPEG files: their segments (ITU-T T.81 annex B), and pixels in four inks.

use super::Refusal;
use super::bare::Bare;
use crate::narrow::Nearest;
use image::metadata::Orientation;
use std::io::Cursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
const COMMENT: u8 = 0xfe;
const ICC: &[u8] = b"ICC_PROFILE\0";
const EXIF: &[u8] = b"Exif\0\0";

/// Keeps what decoding needs: tables, frames and scans, the JFIF header without
/// its thumbnail, and Adobe's word on how colours are written. Ends at the end
/// of the picture: telephones put further pictures behind it.
pub(super) fn bare(bytes: &[u8]) -> Result<Bare, Refusal> {
    let cut = || Refusal::damaged("it ends before its picture does");
    let mut out = bytes[..2].to_vec();
    let (mut exif, mut profile, mut at) = (None, Vec::new(), 2);
    loop {
        let start = at;
        at += bytes.get(at..).and_then(|rest| rest.windows(2).position(is_marker)).ok_or_else(cut)?;
        let marker = bytes[at + 1];
        at += 2;
        if marker == END {
            out.extend([0xff, END]);
            break;
        }
        if matches!(marker, 0x01 | 0xd0..=0xd8) {
            continue;
        }
        let length = bytes.get(at..at + 2).ok_or_else(cut)?;
        let end = at + usize::from(u16::from_be_bytes([length[0], length[1]])).max(2);
        let content = bytes.get(at + 2..end).ok_or_else(cut)?;
        at = end;
        match marker {
            0xe0 if content.starts_with(b"JFIF\0") => out.extend(jfif(content)),
            0xe1 if content.starts_with(EXIF) => exif = exif.or(Some(&content[EXIF.len()..])),
            0xe2 if content.starts_with(ICC) && content.len() > 14 => {
                profile.push((content[12], &content[14..]));
            }
            0xee if content.starts_with(b"Adobe") => out.extend(&bytes[start..end]),
            0xe0..=0xef | COMMENT => {}
            _ => out.extend(&bytes[start..end]),
        }
        if marker == SCAN {
            let data = &bytes[end..];
            at += data.windows(2).position(ends_scan).ok_or_else(cut)?;
            out.extend(&bytes[end..at]);
        }
    }
    profile.sort_by_key(|(number, _)| *number);
    let profile: Vec<u8> = profile.into_iter().flat_map(|(_, part)| part).copied().collect();
    let turn = exif.and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms);
    Ok(Bare { bytes: out, turn, profile: (!profile.is_empty()).then_some(profile), moves: false })
}

fn is_marker(pair: &[u8]) -> bool {
    pair[0] == 0xff && !matches!(pair[1], 0 | 0xff)
}

/// Whether coded data end here: a marker that does not only restart the coder.
fn ends_scan(pair: &[u8]) -> bool {
    is_marker(pair) && !matches!(pair[1], 0xd0..=0xd7)
}

/// The JFIF header without a thumbnail.
fn jfif(content: &[u8]) -> Vec<u8> {
    const PLAIN: usize = 12;
    let mut segment = vec![0xff, 0xe0, 0, 16];
    segment.extend(&content[..content.len().min(PLAIN)]);
    segment.resize(4 + PLAIN, 0);
    segment.extend([0, 0]);
    segment
}

fn decoder(bytes: &[u8], space: Option<ColorSpace>) -> Option<JpegDecoder<Cursor<&[u8]>>> {
    let mut options =
        DecoderOptions::default().set_strict_mode(false).set_max_width(usize::MAX).set_max_height(usize::MAX);
    if let Some(space) = space {
        options = options.jpeg_set_out_colorspace(space);
    }
    let mut decoder = JpegDecoder::new_with_options(Cursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    Some(decoder)
}

/// Whether the pixels are amounts of cyan, magenta, yellow and black.
pub(super) fn is_in_inks(bytes: &[u8]) -> bool {
    let space = decoder(bytes, None).and_then(|decoder| decoder.input_colorspace());
    matches!(space, Some(ColorSpace::CMYK | ColorSpace::YCCK))
}

/// Pixels in four inks, 255 of each being the full ink.
pub(super) struct Inks {
    pub(super) size: (u32, u32),
    pub(super) levels: Vec<u8>,
}

/// The inks of a JPEG in CMYK or YCCK. Adobe's programs write them inverted
/// (Adobe Technical Note 5116 §18).
pub(super) fn inks(bytes: &[u8]) -> Result<Inks, Refusal> {
    let unread = |problem: &dyn std::fmt::Display| Refusal::unread("JPEG", problem);
    let space = decoder(bytes, None).and_then(|decoder| decoder.input_colorspace());
    let mut decoder = decoder(bytes, space).ok_or_else(|| unread(&"its head is damaged"))?;
    let (width, height) = decoder.dimensions().ok_or_else(|| unread(&"it has no size"))?;
    let mut levels = decoder.decode().map_err(|problem| unread(&problem))?;
    let (pixels, _) = levels.as_chunks_mut::<4>();
    if space == Some(ColorSpace::YCCK) {
        pixels.iter_mut().for_each(|pixel| *pixel = from_ycck(*pixel));
    }
    if bytes.windows(7).any(|window| window == b"\x00\x0eAdobe") {
        levels.iter_mut().for_each(|level| *level = 255 - *level);
    }
    Ok(Inks { size: (u32::nearest(width), u32::nearest(height)), levels })
}

/// Cyan, magenta and yellow are what red, green and blue of the YCbCr values
/// lack (ITU-T T.872 §6.3); black stands as it is.
fn from_ycck([y, cb, cr, k]: [u8; 4]) -> [u8; 4] {
    let [red, green, blue] = from_ycbcr([y, cb, cr]);
    [255 - red, 255 - green, 255 - blue, k]
}

/// Red, green and blue (ITU-T T.871 §7).
pub(super) fn from_ycbcr([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let (y, cb, cr) = (f32::from(y), f32::from(cb) - 128.0, f32::from(cr) - 128.0);
    let level = |light: f32| u8::nearest(light.round().clamp(0.0, 255.0));
    [level(y + 1.402 * cr), level(y - 0.344_136 * cb - 0.714_136 * cr), level(y + 1.772 * cb)]
}
