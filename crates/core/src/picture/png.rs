//! PNG files: their chunks (PNG 3rd edition §5 and §11).

use super::Refusal;
use super::bare::Bare;
use image::codecs::png::PngDecoder;
use image::metadata::Orientation;
use image::{ImageDecoder, Limits};
use std::io::Cursor;

/// Chunks that a reader needs to show the picture. What else there is (words,
/// times, thumbnails, private chunks) goes.
const KEPT: [&[u8; 4]; 16] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"hIST",
    b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT",
];
/// Larger than the profile of any camera or scanner, unpacked.
const LARGEST_PROFILE: u64 = 16 << 20;
const SIGNATURE: usize = 8;
/// Length, name and checksum of a chunk.
const FRAME: usize = 12;

/// Keeps what decoding needs, up to the end chunk. Each such chunk is held against
/// its checksum, which finds whatever happened to a file on its way and costs a
/// hundredth of decoding it.
pub(super) fn bare(bytes: &[u8]) -> Result<Bare, Refusal> {
    let cut = || Refusal::damaged("it ends before its picture does");
    let mut out = bytes[..SIGNATURE].to_vec();
    let (mut turn, mut has_profile, mut moves, mut data, mut at) =
        (Orientation::NoTransforms, false, false, false, SIGNATURE);
    loop {
        let head = bytes.get(at..at + 8).ok_or_else(cut)?;
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let end = at.checked_add(FRAME).and_then(|end| end.checked_add(length)).ok_or_else(cut)?;
        let chunk = bytes.get(at..end).ok_or_else(cut)?;
        let name = &head[4..];
        let kept = KEPT.iter().any(|kept| *kept == name);
        if kept && crc32fast::hash(&chunk[4..8 + length]).to_be_bytes() != chunk[8 + length..] {
            return Err(Refusal::damaged("its data are corrupt"));
        }
        at = end;
        data |= name == b"IDAT";
        moves |= name == b"acTL";
        has_profile |= name == b"iCCP";
        if name == b"eXIf" {
            turn = Orientation::from_exif_chunk(&chunk[8..8 + length]).unwrap_or(turn);
        }
        if kept {
            out.extend(chunk);
        }
        if name == b"IEND" {
            break;
        }
    }
    if !data {
        return Err(cut());
    }
    // the profile is packed, and the decoder unpacks it
    let mut limits = Limits::default();
    limits.max_alloc = Some(LARGEST_PROFILE);
    let decoder = has_profile.then(|| PngDecoder::with_limits(Cursor::new(bytes), limits).ok()).flatten();
    let profile = decoder.and_then(|mut decoder| decoder.icc_profile().ok().flatten());
    Ok(Bare { bytes: out, turn, profile, moves })
}

/// What a PNG says of itself before its pixels.
#[must_use]
pub fn before_data(png: &[u8]) -> &[u8] {
    png.windows(4).position(|name| name == b"IDAT").map_or(png, |at| &png[..at])
}
