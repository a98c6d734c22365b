//! TIFF files, as scanners and archives deliver them: the first page, in
//! whatever way its samples are written.

use super::Refusal;
use super::jpeg::{Inks, from_ycbcr};
use super::profile::{Profile, inks_to_srgb};
use super::raster::{bytes_within_bounds, within_bounds};
use crate::narrow::Nearest;
use image::metadata::Orientation;
use image::{DynamicImage, GrayAlphaImage, GrayImage, RgbImage, RgbaImage};
use std::io::Cursor;
use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;
use tiff::{ColorType, TiffError};

/// More pages than any file has that a book shows.
const MOST_PAGES: usize = 10_000;
/// `PhotometricInterpretation`, and what it says of grey and of a palette.
const PHOTOMETRIC: u16 = 262;
const GRAY: u8 = 1;
const PALETTE: u8 = 3;

type Pages<'a> = Decoder<Cursor<&'a [u8]>>;

/// The first page, upright and in sRGB, and how many there are.
pub(super) fn read(bytes: &[u8]) -> Result<(DynamicImage, usize), Refusal> {
    let as_gray = palette_as_gray(bytes);
    let mut decoder = Decoder::new(Cursor::new(as_gray.as_deref().unwrap_or(bytes))).map_err(refusal)?;
    // what may be asked for is bounded by the number of pixels
    decoder = decoder.with_limits(Limits::unlimited());
    within_bounds(decoder.dimensions().map_err(refusal)?)?;
    let colours =
        as_gray.is_some().then(|| decoder.get_tag_u16_vec(Tag::ColorMap).map_err(refusal)).transpose()?;
    let profile = decoder.get_tag_u8_vec(Tag::IccProfile).ok().and_then(|bytes| Profile::read(&bytes));
    let turn =
        decoder.find_tag_unsigned::<u8>(Tag::Orientation).ok().flatten().and_then(Orientation::from_exif);
    let mut pixels = pixels(&mut decoder, colours.as_deref(), profile.as_ref())?;
    pixels.apply_orientation(turn.unwrap_or(Orientation::NoTransforms));
    Ok((pixels, pages(&mut decoder)))
}

fn refusal(problem: TiffError) -> Refusal {
    match problem {
        TiffError::UnsupportedError(problem) => Refusal::unread("TIFF", &problem),
        TiffError::IoError(_) => Refusal::damaged("it ends before its picture does"),
        other => Refusal::damaged(&format!("it is no sound TIFF file ({other})")),
    }
}

/// The pages that are not smaller copies or masks of others.
fn pages(decoder: &mut Pages<'_>) -> usize {
    let mut count = 1;
    while count < MOST_PAGES && decoder.more_images() && decoder.next_image().is_ok() {
        let kind = decoder.find_tag_unsigned::<u32>(Tag::NewSubfileType).ok().flatten().unwrap_or(0);
        count += usize::from(kind & 0b101 == 0);
    }
    count
}

/// The file with its indices into a palette called levels of grey, which the
/// decoder hands out as they are; none when it has no palette.
fn palette_as_gray(bytes: &[u8]) -> Option<Vec<u8>> {
    let little = bytes.starts_with(b"II");
    let short = |at: usize| {
        let pair = [*bytes.get(at)?, *bytes.get(at + 1)?];
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    if short(2)? != 42 {
        return None;
    }
    let (high, low) = if little { (short(6)?, short(4)?) } else { (short(4)?, short(6)?) };
    let start = usize::from(high) << 16 | usize::from(low);
    let entry = |n: usize| start + 2 + 12 * n;
    let at = (0..usize::from(short(start)?)).map(entry).find(|at| short(*at) == Some(PHOTOMETRIC))? + 8;
    let at = if little { at } else { at + 1 };
    let mut copy = (short(at - usize::from(!little))? == u16::from(PALETTE)).then(|| bytes.to_vec())?;
    *copy.get_mut(at)? = GRAY;
    Some(copy)
}

/// Samples of eight bits, the channels of a pixel side by side.
struct Samples {
    size: (u32, u32),
    channels: usize,
    levels: Vec<u8>,
}

fn pixels(
    decoder: &mut Pages<'_>,
    colours: Option<&[u16]>,
    profile: Option<&Profile>,
) -> Result<DynamicImage, Refusal> {
    let kind = decoder.colortype().map_err(refusal)?;
    let (width, height) = decoder.dimensions().map_err(refusal)?;
    let each = u64::from(kind.num_samples()) * u64::from(kind.bit_depth().div_ceil(8));
    let has_alpha = matches!(kind, ColorType::GrayA(_) | ColorType::RGBA(_) | ColorType::CMYKA(_));
    bytes_within_bounds(u64::from(width) * u64::from(height) * each, has_alpha)?;
    let mut samples = samples(decoder, kind, colours.is_none())?;
    if let Some(colours) = colours {
        return coloured(&samples, colours).ok_or_else(few);
    }
    let (width, height) = samples.size;
    let picture: Option<DynamicImage> = match (kind, samples.channels) {
        (ColorType::CMYK(_) | ColorType::CMYKA(_), _) => {
            let inks = samples.levels.chunks_exact(samples.channels).flat_map(|pixel| pixel[..4].to_vec());
            return inks_to_srgb(&Inks { size: samples.size, levels: inks.collect() }, profile);
        }
        (ColorType::YCbCr(_), 3) => {
            samples.levels.as_chunks_mut::<3>().0.iter_mut().for_each(|pixel| *pixel = from_ycbcr(*pixel));
            RgbImage::from_raw(width, height, samples.levels).map(Into::into)
        }
        (ColorType::Lab(_), _) => return Err(Refusal::unread("TIFF", &"its colours are L*a*b*")),
        (_, 1) => GrayImage::from_raw(width, height, samples.levels).map(Into::into),
        (_, 2) => GrayAlphaImage::from_raw(width, height, samples.levels).map(Into::into),
        (_, 3) => RgbImage::from_raw(width, height, samples.levels).map(Into::into),
        (_, 4) => RgbaImage::from_raw(width, height, samples.levels).map(Into::into),
        (_, channels) => return Err(Refusal::unread("TIFF", &format!("it has {channels} channels"))),
    };
    let picture = picture.ok_or_else(few)?;
    Ok(match profile {
        Some(profile) if !profile.is_srgb() => profile.to_srgb(picture),
        _ => picture,
    })
}

fn few() -> Refusal {
    Refusal::damaged("it has fewer pixels than it says")
}

/// Reads all samples and brings them to eight bits; indices into a palette are
/// not `scaled`.
fn samples(decoder: &mut Pages<'_>, kind: ColorType, scaled: bool) -> Result<Samples, Refusal> {
    let size = decoder.dimensions().map_err(refusal)?;
    let mut result = DecodingResult::U8(Vec::new());
    let layout = decoder.read_image_to_buffer(&mut result).map_err(refusal)?;
    let channels = usize::from(kind.num_samples());
    let levels = match result {
        DecodingResult::U8(levels) if kind.bit_depth() < 8 => {
            unpacked(&levels, size.0 as usize * channels, kind.bit_depth(), scaled)
        }
        DecodingResult::U8(levels) => levels,
        DecodingResult::U16(levels) => levels.into_iter().map(|level| (level >> 8) as u8).collect(),
        DecodingResult::U32(levels) => levels.into_iter().map(|level| (level >> 24) as u8).collect(),
        DecodingResult::F32(levels) => {
            levels.into_iter().map(|level| u8::nearest((level.clamp(0.0, 1.0) * 255.0).round())).collect()
        }
        _ => return Err(Refusal::unread("TIFF", &"its samples are of an unusual kind")),
    };
    let levels = if layout.planes > 1 { side_by_side(&levels, channels) } else { levels };
    Ok(Samples { size, channels, levels })
}

/// Samples of less than eight bits; each row begins at a byte.
fn unpacked(packed: &[u8], row: usize, bits: u8, scaled: bool) -> Vec<u8> {
    let (bits, each) = (usize::from(bits), 8 / usize::from(bits.max(1)));
    let most = (1u16 << bits) - 1;
    let sample = |row: &[u8], n: usize| {
        let level = u16::from(row[n / each]) >> (8 - bits * (n % each + 1)) & most;
        u8::nearest(if scaled { level * 255 / most } else { level })
    };
    let stride = row.div_ceil(each).max(1);
    packed.chunks_exact(stride).flat_map(|bytes| (0..row).map(move |n| sample(bytes, n))).collect()
}

/// Planes, one for each channel, as pixels.
fn side_by_side(planes: &[u8], channels: usize) -> Vec<u8> {
    let size = planes.len() / channels.max(1);
    (0..size).flat_map(|n| (0..channels).map(move |channel| planes[channel * size + n])).collect()
}

/// What indices mean by a map of all reds, all greens and all blues. Old
/// programs wrote eight of the sixteen bits.
fn coloured(samples: &Samples, map: &[u16]) -> Option<DynamicImage> {
    let count = map.len() / 3;
    let shift = if map.iter().all(|level| *level < 256) { 0 } else { 8 };
    let part = |index: usize| Some((map.get(index)? >> shift & 0xff) as u8);
    let levels =
        samples.levels.iter().flat_map(|index| (0..3).map(move |n| part(n * count + usize::from(*index))));
    let levels: Vec<u8> = levels.collect::<Option<_>>()?;
    RgbImage::from_raw(samples.size.0, samples.size.1, levels).map(Into::into)
}
