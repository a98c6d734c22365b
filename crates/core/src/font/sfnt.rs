//! The tables of a font file, and putting them together to one (OpenType 1.9, "Organization of an
//! OpenType font").

use crate::narrow::Nearest;
use skrifa::{FontRef, Tag};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Tables that a reader of text needs; others are left out.
const KEPT: [&[u8; 4]; 23] = [
    b"BASE", b"CFF ", b"GDEF", b"GPOS", b"GSUB", b"OS/2", b"VORG", b"cmap", b"cvt ", b"fpgm", b"gasp",
    b"glyf", b"head", b"hhea", b"hmtx", b"kern", b"loca", b"maxp", b"name", b"post", b"prep", b"vhea",
    b"vmtx",
];

/// What the checksum of a whole font, with its adjustment, comes to.
const WHOLE: u32 = 0xb1b0_afba;
/// Where `head` holds the adjustment.
const ADJUSTMENT: usize = 8;

/// The tables of a font by their tags.
pub(super) type Tables<'a> = BTreeMap<[u8; 4], Cow<'a, [u8]>>;

/// The tables that are kept of a font.
pub(super) fn tables<'a>(font: &FontRef<'a>) -> Tables<'a> {
    let data = |tag: &[u8; 4]| Some((*tag, Cow::Borrowed(font.table_data(Tag::new(tag))?.as_bytes())));
    KEPT.into_iter().filter_map(data).collect()
}

/// A font file with those tables.
pub(super) fn build(mut tables: Tables<'_>) -> Vec<u8> {
    let head = tables.get_mut(b"head");
    if let Some(slot) = head.and_then(|head| head.to_mut().get_mut(ADJUSTMENT..ADJUSTMENT + 4)) {
        slot.fill(0);
    }
    let count = u16::nearest(tables.len());
    let version: u32 = if tables.contains_key(b"glyf") { 0x0001_0000 } else { u32::from_be_bytes(*b"OTTO") };
    let range = 16 * (1u16 << count.max(1).ilog2());
    let mut out = version.to_be_bytes().to_vec();
    for value in [count, range, u16::nearest(count.max(1).ilog2()), count * 16 - range] {
        out.extend(value.to_be_bytes());
    }
    let mut at = out.len() + usize::from(count) * 16;
    let mut head = None;
    for (tag, data) in &tables {
        if tag == b"head" {
            head = Some(at);
        }
        out.extend(tag);
        for value in [checksum(data), u32::nearest(at), u32::nearest(data.len())] {
            out.extend(value.to_be_bytes());
        }
        at += data.len().next_multiple_of(4);
    }
    for data in tables.values() {
        out.extend_from_slice(data);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    let adjustment = WHOLE.wrapping_sub(checksum(&out)).to_be_bytes();
    if let Some(slot) = head.and_then(|head| out.get_mut(head + ADJUSTMENT..head + ADJUSTMENT + 4)) {
        slot.copy_from_slice(&adjustment);
    }
    out
}

/// The sum of a table's bytes as big-endian words, the last one filled up
/// with zeros.
fn checksum(data: &[u8]) -> u32 {
    let (words, rest) = data.as_chunks::<4>();
    let mut last = [0; 4];
    last[..rest.len()].copy_from_slice(rest);
    words.iter().chain([&last]).fold(0, |sum, word| sum.wrapping_add(u32::from_be_bytes(*word)))
}
