//! WebP files: their chunks (RFC 9649 §2.3 to §2.7).

use super::Refusal;
use super::bare::Bare;
use crate::narrow::Nearest;
use image::metadata::Orientation;

const HEADER: usize = 12;
/// Flags of the extended header: profile, EXIF, XMP.
const PROFILE: u8 = 0x20;
const EXIF: u8 = 0x08;
const XMP: u8 = 0x04;

/// A chunk of a RIFF file: its name, its content, and all of it with its padding.
pub(super) struct Chunk<'a> {
    pub(super) name: &'a [u8],
    pub(super) content: &'a [u8],
    whole: &'a [u8],
}

/// The chunks of a file; an error where one is cut off.
pub(super) fn chunks(bytes: &[u8]) -> impl Iterator<Item = Option<Chunk<'_>>> {
    let mut rest = bytes.get(HEADER..).unwrap_or_default();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let chunk = first(rest);
        rest = chunk.as_ref().map_or(&[], |chunk| &rest[chunk.whole.len()..]);
        Some(chunk)
    })
}

fn first(rest: &[u8]) -> Option<Chunk<'_>> {
    let size = rest.get(4..8)?;
    let size = u32::from_le_bytes([size[0], size[1], size[2], size[3]]) as usize;
    let content = rest.get(8..8usize.checked_add(size)?)?;
    // the last chunk's padding is often left out
    let whole = &rest[..(8 + size.next_multiple_of(2)).min(rest.len())];
    Some(Chunk { name: &rest[..4], content, whole })
}

/// Keeps pictures and what says how they are shown.
pub(super) fn bare(bytes: &[u8]) -> Result<Bare, Refusal> {
    let cut = || Refusal::damaged("it ends before its picture does");
    let size = bytes.get(4..8).ok_or_else(cut)?;
    let end = 8 + u32::from_le_bytes([size[0], size[1], size[2], size[3]]) as usize;
    let bytes = bytes.get(..end).ok_or_else(cut)?;
    let mut out = bytes.get(..HEADER).ok_or_else(cut)?.to_vec();
    let (mut exif, mut profile, mut moves, mut dropped) = (None, None, false, false);
    for chunk in chunks(bytes) {
        let Chunk { name, content, whole } = chunk.ok_or_else(cut)?;
        match name {
            b"EXIF" => exif = Some(content),
            b"ICCP" => profile = Some(content.to_vec()),
            b"VP8 " | b"VP8L" | b"VP8X" | b"ALPH" | b"ANIM" | b"ANMF" => {
                moves |= name == b"ANIM";
                out.extend(whole);
                continue;
            }
            _ => {}
        }
        dropped = true;
    }
    if dropped {
        let length = u32::nearest(out.len() - 8);
        out[4..8].copy_from_slice(&length.to_le_bytes());
        if out.get(12..16) == Some(b"VP8X") && out.len() > 20 {
            out[20] &= !(PROFILE | EXIF | XMP);
        }
    }
    let exif = exif.map(|exif| exif.strip_prefix(b"Exif\0\0").unwrap_or(exif));
    let turn = exif.and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms);
    Ok(Bare { bytes: out, turn, profile, moves })
}
