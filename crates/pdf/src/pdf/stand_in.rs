//! Stand-ins for pictures, which change places with them when a file is finished.
//!
//! The PDF library would unpack each picture into colours of eight bits and pack those anew, one
//! after the other: three quarters of the time of an illustrated book, and more room than the
//! pictures have in their own files. So it is given one row of a few pixels for each, which say
//! whose they are; what the library says of its colours and of what is clear stays
//! ([`Originals`]).

use super::samples::{Samples, channels};
use crate::diag::Error;
use crate::narrow::Nearest;
use crate::reason::Reason;
use flate2::{Decompress, FlushDecompress};
use krilla::image::{BitsPerComponent, CustomImage, Image, ImageColorspace};
use lopdf::{Dictionary, Document, Object};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

impl Samples {
    /// A picture for the library in their place.
    pub(super) fn stand_in(&self) -> Result<Image, Reason> {
        let stand_in = StandIn {
            pixels: self.mark().repeat(channels(self.space).into()),
            mask: self.mask.as_ref().map(|mask| mask.mark().to_vec()),
            space: self.space,
        };
        Ok(Image::from_custom(stand_in, false)?)
    }

    /// What a stand-in is known by.
    fn mark(&self) -> [u8; MARKED] {
        let mut hash = DefaultHasher::new();
        self.hash(&mut hash);
        let mut mark = [0; MARKED];
        mark[..MARK.len()].copy_from_slice(&MARK);
        mark[MARK.len()..].copy_from_slice(&hash.finish().to_be_bytes());
        mark
    }
}

/// How stand-ins begin; what follows is the number of the picture.
const MARK: [u8; 8] = *b"stand-in";

/// Bytes of a mark, and pixels of a stand-in.
const MARKED: usize = MARK.len() + 8;

/// What the library is given in place of a picture: one row of as many pixels as its mark has bytes.
#[derive(Clone, Hash)]
struct StandIn {
    pixels: Vec<u8>,
    mask: Option<Vec<u8>>,
    space: ImageColorspace,
}

impl CustomImage for StandIn {
    fn color_channel(&self) -> &[u8] {
        &self.pixels
    }

    fn alpha_channel(&self) -> Option<&[u8]> {
        self.mask.as_deref()
    }

    fn bits_per_component(&self) -> BitsPerComponent {
        BitsPerComponent::Eight
    }

    fn size(&self) -> (u32, u32) {
        (u32::nearest(MARKED), 1)
    }

    fn icc_profile(&self) -> Option<&[u8]> {
        None
    }

    fn color_space(&self) -> ImageColorspace {
        self.space
    }
}

/// The pictures that stand-ins of a file stand for.
pub(super) struct Originals<'a>(BTreeMap<[u8; 8], &'a Samples>);

impl<'a> Originals<'a> {
    /// Those pictures, and what is clear in them.
    pub(super) fn new(all: impl Iterator<Item = &'a Arc<Samples>>) -> Originals<'a> {
        let with_masks = all.flat_map(|samples| [Some(&**samples), samples.mask.as_deref()]);
        let number = |samples: &Samples| {
            let [.., a, b, c, d, e, f, g, h] = samples.mark();
            [a, b, c, d, e, f, g, h]
        };
        Originals(with_masks.flatten().map(|samples| (number(samples), samples)).collect())
    }

    /// Puts the pictures in their places.
    ///
    /// # Errors
    /// A stand-in stands for none of them.
    pub(super) fn put_into(&self, document: &mut Document) -> Result<(), Error> {
        for object in document.objects.values_mut() {
            let Object::Stream(stream) = object else { continue };
            if let Some((dictionary, rows)) = self.behind(&stream.dict, &stream.content)? {
                stream.dict = dictionary;
                stream.set_content(rows.to_vec());
                stream.allows_compression = false;
            }
        }
        Ok(())
    }

    /// What stands behind a stream, which is to take its place; none when it stands for itself.
    ///
    /// # Errors
    /// It is a stand-in, and stands for none of the pictures.
    pub(super) fn behind(
        &self,
        dictionary: &Dictionary,
        content: &[u8],
    ) -> Result<Option<(Dictionary, &'a [u8])>, Error> {
        let is =
            |key: &[u8], value: i64| dictionary.get(key).and_then(Object::as_i64).is_ok_and(|it| it == value);
        if !is(b"Width", i64::from(u32::nearest(MARKED))) || !is(b"Height", 1) {
            return Ok(None);
        }
        let mut pixels = [0; 4 * MARKED];
        let unpacked = Decompress::new(true).decompress(content, &mut pixels, FlushDecompress::Finish);
        let (Ok(_), Some(number)) = (unpacked, pixels.strip_prefix(&MARK)) else { return Ok(None) };
        let number: [u8; 8] = std::array::from_fn(|n| number[n]);
        let lost =
            || Error::new("a picture of the pages was lost on its way into the file; this is a bug of ours");
        let samples = self.0.get(&number).ok_or_else(lost)?;
        let mut whole = samples.dictionary(dictionary.get(b"ColorSpace").cloned().unwrap_or(Object::Null));
        if let Ok(mask) = dictionary.get(b"SMask") {
            whole.set("SMask", mask.clone());
        }
        Ok(Some((whole, &samples.rows)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::dictionary;

    #[test]
    fn a_stand_in_of_no_picture_is_an_error() {
        let samples = Arc::new(Samples::of_levels((1, 1), &[3]).expect("a pixel"));
        let mark = flate(&samples.mark());
        let facts = dictionary! { "Width" => 16, "Height" => 1, "ColorSpace" => "DeviceGray" };
        let there = Originals::new([&samples].into_iter());
        let (found, rows) = there.behind(&facts, &mark).expect("it is known").expect("a stand-in");
        assert_eq!((found.get(b"Width").and_then(Object::as_i64).ok(), rows), (Some(1), &samples.rows[..]));
        assert!(there.behind(&facts, &flate(&[7; 16])).expect("a picture").is_none());
        assert!(Originals::new([].into_iter()).behind(&facts, &mark).is_err());
    }

    fn flate(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(100);
        let mut compressor = flate2::Compress::new(flate2::Compression::fast(), true);
        compressor.compress_vec(bytes, &mut out, flate2::FlushCompress::Finish).expect("room");
        out
    }
}
