//! Pictures without loss, as a PDF holds them: rows packed as a PNG packs them.
//!
//! A PDF unpacks rows just as a PNG does (ISO 32000-1, 7.4.4.4), so those of most PNGs go over as
//! they are, and what has no such rows is packed once, in as few bits as it needs. How they
//! come into the file says [`super::stand_in`].

use crate::narrow::Nearest;
use crate::reason::Reason;
use image::{DynamicImage, RgbImage};
use krilla::image::ImageColorspace;
use lopdf::{Dictionary, Object, StringFormat, dictionary};
use png::{BitDepth, ColorType};
use std::collections::hash_map::{Entry, HashMap};
use std::io::Cursor;

/// The pixels of a picture, packed.
#[derive(Debug, Hash)]
pub(super) struct Samples {
    size: (u32, u32),
    /// For each colour of a pixel.
    bits: u8,
    pub(super) space: ImageColorspace,
    /// The colours that the pixels are numbers of, one after the other.
    palette: Option<Vec<u8>>,
    pub(super) rows: Vec<u8>,
    /// How much of each pixel is seen, where not all is.
    pub(super) mask: Option<Box<Samples>>,
}

impl Samples {
    /// Those of a PNG as they are; none where rows have to be made of it: its pixels come in
    /// several passes, or some are clear.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub(super) fn of_png(bytes: &[u8]) -> Result<Option<Samples>, Reason> {
        let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().map_err(|e| e.to_string())?;
        let info = reader.info();
        let space = match info.color_type {
            _ if info.interlaced || info.trns.is_some() => None,
            ColorType::Grayscale => Some(ImageColorspace::Luma),
            ColorType::Rgb | ColorType::Indexed => Some(ImageColorspace::Rgb),
            ColorType::GrayscaleAlpha | ColorType::Rgba => None,
        };
        let Some(space) = space else { return Ok(None) };
        let (size, bits) = ((info.width, info.height), info.bit_depth as u8);
        let palette = info.palette.as_ref().map(|palette| palette.to_vec());
        let palette = palette.filter(|_| info.color_type == ColorType::Indexed);
        if info.color_type == ColorType::Indexed && palette.as_ref().is_none_or(|palette| palette.len() < 3) {
            return Err("it has no palette".into());
        }
        // damage has to be found before a reader of the book finds it
        let mut pixels = vec![0; reader.output_buffer_size().ok_or("it is too large")?];
        reader.next_frame(&mut pixels).map_err(|e| e.to_string())?;
        Ok(Some(Samples { size, bits, space, palette, rows: rows(bytes), mask: None }))
    }

    /// Those of decoded pixels, in their colours.
    ///
    /// # Errors
    /// They could not be packed.
    pub(super) fn of_pixels(pixels: &DynamicImage) -> Result<Samples, Reason> {
        if !pixels.color().has_alpha() {
            return Samples::of_colours(&pixels.to_rgb8());
        }
        let pixels = pixels.to_rgba8();
        let (size, count) = (pixels.dimensions(), pixels.len() / 4);
        let (mut colours, mut alphas) = (Vec::with_capacity(count * 3), Vec::with_capacity(count));
        for pixel in pixels.pixels() {
            let [red, green, blue, alpha] = pixel.0;
            colours.extend_from_slice(&[red, green, blue]);
            alphas.push(alpha);
        }
        let colours = RgbImage::from_raw(size.0, size.1, colours).ok_or("it has no size")?;
        let mut samples = Samples::of_colours(&colours)?;
        if alphas.iter().any(|alpha| *alpha < 255) {
            samples.mask = Some(Box::new(Samples::of_levels(size, &alphas)?));
        }
        Ok(samples)
    }

    fn of_colours(pixels: &RgbImage) -> Result<Samples, Reason> {
        let size = pixels.dimensions();
        let Some((palette, numbers)) = few_colours(pixels) else {
            return Samples::packed(size, pixels, ImageColorspace::Rgb, BitDepth::Eight);
        };
        let depth = match palette.len() / 3 {
            0..=2 => BitDepth::One,
            3..=4 => BitDepth::Two,
            5..=16 => BitDepth::Four,
            _ => BitDepth::Eight,
        };
        let numbers = narrowed(size.0, &numbers, depth, 1);
        let samples = Samples::packed(size, &numbers, ImageColorspace::Luma, depth)?;
        Ok(Samples { space: ImageColorspace::Rgb, palette: Some(palette), ..samples })
    }

    /// Those of grey levels, in as few bits as hold them.
    ///
    /// # Errors
    /// They could not be packed.
    pub(super) fn of_levels(size: (u32, u32), levels: &[u8]) -> Result<Samples, Reason> {
        let depths = [(BitDepth::One, 255), (BitDepth::Two, 85), (BitDepth::Four, 17)];
        let all = |step: u8| levels.iter().all(|level| level % step == 0);
        let (depth, step) = depths.into_iter().find(|(_, step)| all(*step)).unwrap_or((BitDepth::Eight, 1));
        Samples::packed(size, &narrowed(size.0, levels, depth, step), ImageColorspace::Luma, depth)
    }

    /// Those of the four inks of each pixel.
    ///
    /// # Errors
    /// They could not be packed.
    pub(super) fn of_inks(size: (u32, u32), inks: &[u8]) -> Result<Samples, Reason> {
        Samples::packed(size, inks, ImageColorspace::Cmyk, BitDepth::Eight)
    }

    fn packed(
        size: (u32, u32),
        pixels: &[u8],
        space: ImageColorspace,
        depth: BitDepth,
    ) -> Result<Samples, Reason> {
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, size.0, size.1);
        encoder.set_color(match space {
            ImageColorspace::Luma => ColorType::Grayscale,
            ImageColorspace::Rgb => ColorType::Rgb,
            // four inks have room where a PNG has three colours and alpha
            ImageColorspace::Cmyk => ColorType::Rgba,
        });
        encoder.set_depth(depth);
        encoder.set_compression(png::Compression::Balanced);
        let mut writer = encoder.write_header().map_err(|problem| problem.to_string())?;
        writer.write_image_data(pixels).map_err(|problem| problem.to_string())?;
        drop(writer);
        Ok(Samples { size, bits: depth as u8, space, palette: None, rows: rows(&out), mask: None })
    }

    /// The same in grey for a press, where no pixel has to be unpacked for it: those that are grey, and
    /// those that are numbers of colours. Levels of sixteen bits do not go to a press (PDF/X-1a has none).
    pub(super) fn in_gray(self) -> Option<Samples> {
        match (&self.palette, self.space) {
            (None, ImageColorspace::Luma) => (self.bits <= 8).then_some(self),
            (Some(palette), _) => {
                let count = u32::nearest(palette.len() / 3);
                let colours = RgbImage::from_raw(count, 1, palette.clone())?;
                let palette = DynamicImage::ImageRgb8(colours).into_luma8().into_raw();
                Some(Samples { space: ImageColorspace::Luma, palette: Some(palette), ..self })
            }
            _ => None,
        }
    }

    /// Whether no pixel has a colour, as far as that can be said without unpacking them.
    pub(super) fn is_gray(&self) -> bool {
        let is_gray = |colour: &[u8]| colour.windows(2).all(|two| two[0] == two[1]);
        match &self.palette {
            Some(palette) => self.space == ImageColorspace::Luma || palette.chunks(3).all(is_gray),
            None => self.space == ImageColorspace::Luma,
        }
    }

    /// What a stream of them says, with the space that the library gave their stand-in.
    pub(super) fn dictionary(&self, space: Object) -> Dictionary {
        let (width, height) = (i64::from(self.size.0), i64::from(self.size.1));
        let (colours, space) = match &self.palette {
            None => (channels(self.space), space),
            Some(palette) => {
                let last = palette.len() / usize::from(channels(self.space)) - 1;
                let last = i64::from(u32::nearest(last));
                let palette = Object::String(palette.clone(), StringFormat::Hexadecimal);
                (1, Object::Array(vec!["Indexed".into(), space, last.into(), palette]))
            }
        };
        let parameters = dictionary! {
            // each row says which of PNG's filters it went through
            "Predictor" => 15,
            "Colors" => i64::from(colours),
            "BitsPerComponent" => i64::from(self.bits),
            "Columns" => width,
        };
        dictionary! {
            "Type" => "XObject",
            "Subtype" => "Image",
            "Width" => width,
            "Height" => height,
            "ColorSpace" => space,
            "BitsPerComponent" => i64::from(self.bits),
            "Filter" => "FlateDecode",
            "DecodeParms" => parameters,
        }
    }
}

/// The packed rows of a PNG that has been read.
fn rows(png: &[u8]) -> Vec<u8> {
    /// The signature of the file.
    const HEAD: usize = 8;
    let (mut rows, mut at) = (Vec::with_capacity(png.len()), HEAD);
    while let Some([a, b, c, d, name @ ..]) = png.get(at..at + 8) {
        let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        if name == b"IDAT" {
            rows.extend_from_slice(png.get(at + 8..at + 8 + length).unwrap_or_default());
        }
        // length, name and checksum
        at += length + 12;
    }
    rows
}

/// How many colours a pixel has.
pub(super) fn channels(space: ImageColorspace) -> u8 {
    match space {
        ImageColorspace::Luma => 1,
        ImageColorspace::Rgb => 3,
        ImageColorspace::Cmyk => 4,
    }
}

/// The colours of a picture that has no more than 256, in the order in which they come, and
/// their number for each pixel.
fn few_colours(pixels: &RgbImage) -> Option<(Vec<u8>, Vec<u8>)> {
    let (mut known, mut palette, mut numbers) = (HashMap::new(), Vec::new(), Vec::new());
    let mut last = None;
    for pixel in pixels.pixels() {
        let number = match last {
            Some((colour, number)) if colour == pixel.0 => number,
            _ => match known.entry(pixel.0) {
                Entry::Occupied(number) => *number.get(),
                Entry::Vacant(place) => {
                    let number = u8::try_from(palette.len() / 3).ok()?;
                    palette.extend(pixel.0);
                    *place.insert(number)
                }
            },
        };
        last = Some((pixel.0, number));
        numbers.push(number);
    }
    Some((palette, numbers))
}

/// Numbers, each divided by `step`, in so many bits; each row begins with a byte of its own.
fn narrowed(width: u32, numbers: &[u8], depth: BitDepth, step: u8) -> Vec<u8> {
    let bits = depth as u8;
    let in_byte = usize::from(8 / bits);
    let byte = |some: &[u8]| {
        some.iter()
            .enumerate()
            .fold(0, |byte, (n, number)| byte | (number / step) << (8 - usize::from(bits) * (n + 1)))
    };
    let rows = numbers.chunks(width.max(1) as usize);
    rows.flat_map(|row| row.chunks(in_byte).map(byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: (u32, u32) = (19, 7);

    /// A PNG of some pixels; of sixteen colours where they are numbers.
    fn png_of(colours: ColorType, depth: BitDepth, clear: Option<&[u8]>) -> Vec<u8> {
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, SIZE.0, SIZE.1);
        encoder.set_color(colours);
        encoder.set_depth(depth);
        if colours == ColorType::Indexed {
            encoder.set_palette((0..48).map(|n| n * 5).collect::<Vec<u8>>());
        }
        clear.iter().for_each(|clear| encoder.set_trns(clear.to_vec()));
        let row = (SIZE.0 as usize * colours.samples() * depth as usize).div_ceil(8);
        let level = |at: usize| u8::nearest((at * 37 + at / row * 11) % 256);
        // the numbers that a palette has
        let least = if colours == ColorType::Indexed && depth == BitDepth::Eight { 15 } else { 255 };
        let pixels: Vec<u8> = (0..row * SIZE.1 as usize).map(|at| level(at) & least).collect();
        encoder.write_header().expect("a header").write_image_data(&pixels).expect("its pixels");
        out
    }

    /// A PNG that holds the rows, and what is said of them, just as they are.
    fn unpacked(samples: &Samples) -> DynamicImage {
        let space = Object::from("DeviceGray");
        let said = samples.dictionary(space.clone());
        let number =
            |facts: &Dictionary, key: &[u8]| facts.get(key).and_then(Object::as_i64).expect("a number");
        let parameters = said.get(b"DecodeParms").and_then(Object::as_dict).expect("parameters");
        assert_eq!(number(parameters, b"Columns"), number(&said, b"Width"));
        assert_eq!(number(parameters, b"BitsPerComponent"), number(&said, b"BitsPerComponent"));
        let kind = match (&samples.palette, number(parameters, b"Colors")) {
            (Some(_), 1) => ColorType::Indexed,
            (None, 1) => ColorType::Grayscale,
            (None, 3) => ColorType::Rgb,
            (None, 4) => ColorType::Rgba,
            other => panic!("{other:?}"),
        };
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        let head = [number(&said, b"Width"), number(&said, b"Height")].map(u32::nearest);
        let head: Vec<u8> = head.into_iter().flat_map(u32::to_be_bytes).collect();
        chunk(b"IHDR", &[&head[..], &[samples.bits, kind as u8, 0, 0, 0]].concat(), &mut file);
        if let Some(palette) = &samples.palette {
            let colours = match samples.space {
                ImageColorspace::Luma => palette.iter().flat_map(|level| [*level; 3]).collect(),
                _ => palette.clone(),
            };
            chunk(b"PLTE", &colours, &mut file);
        }
        chunk(b"IDAT", &samples.rows, &mut file);
        chunk(b"IEND", &[], &mut file);
        image::load_from_memory(&file).expect("a sound PNG")
    }

    fn chunk(name: &[u8; 4], data: &[u8], file: &mut Vec<u8>) {
        file.extend(u32::nearest(data.len()).to_be_bytes());
        file.extend(name);
        file.extend(data);
        let sum = [&name[..], data].concat().iter().fold(!0_u32, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| sum >> 1 ^ (0xEDB8_8320 & (sum & 1).wrapping_neg()))
        });
        file.extend((!sum).to_be_bytes());
    }

    #[test]
    fn pictures_of_every_kind_keep_every_pixel() {
        use {BitDepth::*, ColorType::*};
        /// Colours, depths, what is clear, and whether the rows go over.
        type Kind<'a> = (ColorType, &'a [BitDepth], Option<&'a [u8]>, bool);
        let kinds: [Kind<'_>; 7] = [
            (Grayscale, &[One, Two, Four, Eight, Sixteen], None, true),
            (Rgb, &[Eight, Sixteen], None, true),
            (Indexed, &[One, Two, Four, Eight], None, true),
            (Indexed, &[Four], Some(&[0, 90, 255]), false),
            (Grayscale, &[Eight], Some(&[0, 37]), false),
            (GrayscaleAlpha, &[Eight], None, false),
            (Rgba, &[Eight], None, false),
        ];
        for (colours, depths, clear, goes_over) in kinds {
            for depth in depths {
                let file = png_of(colours, *depth, clear);
                let want = image::load_from_memory(&file).expect("a sound PNG");
                let as_it_is = Samples::of_png(&file).expect("a sound PNG");
                assert_eq!(as_it_is.is_some(), goes_over, "{colours:?} {depth:?}");
                let made = Samples::of_pixels(&want).expect("pixels");
                assert_eq!(unpacked(&made).to_rgb8(), want.to_rgb8(), "{colours:?} {depth:?}");
                let mask = made.mask.as_deref().map(|mask| unpacked(mask).to_luma8().into_raw());
                let alphas: Vec<u8> = want.to_rgba8().pixels().map(|pixel| pixel.0[3]).collect();
                assert_eq!(mask, (!goes_over).then_some(alphas), "{colours:?} {depth:?}");
                let Some(as_it_is) = as_it_is else { continue };
                assert_eq!(unpacked(&as_it_is).to_rgb16(), want.to_rgb16(), "{colours:?} {depth:?}");
                let gray = as_it_is.in_gray();
                assert_eq!(gray.is_some(), colours != Rgb && *depth != Sixteen, "{colours:?} {depth:?}");
                if let Some(gray) = gray {
                    assert_eq!(unpacked(&gray).to_luma8(), want.to_luma8(), "{colours:?} {depth:?}");
                }
            }
        }
    }

    #[test]
    fn levels_take_as_few_bits_as_they_need() {
        for (levels, bits) in [(&[0, 255, 255], 1), (&[0, 85, 255], 2), (&[17, 34, 255], 4), (&[1, 2, 3], 8)]
        {
            let samples = Samples::of_levels((3, 1), levels).expect("levels");
            assert_eq!((samples.bits, unpacked(&samples).to_luma8().into_raw()), (bits, levels.to_vec()));
        }
    }

    #[test]
    fn rows_in_several_passes_and_damaged_ones_do_not_go_over() {
        let plain = png_of(ColorType::Grayscale, BitDepth::Eight, None);
        let mut damaged = plain.clone();
        let at = plain.windows(4).position(|name| name == b"IDAT").expect("rows") + 10;
        damaged[at] ^= 0x55;
        assert!(Samples::of_png(&damaged).is_err());
        let mut passes = plain[..8].to_vec();
        // one pixel is its own first pass
        chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 1], &mut passes);
        let one = Samples::of_levels((1, 1), &[3]).expect("a pixel");
        chunk(b"IDAT", &one.rows, &mut passes);
        chunk(b"IEND", &[], &mut passes);
        assert!(Samples::of_png(&passes).expect("a sound PNG").is_none());
    }
}
