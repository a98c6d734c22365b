//! A profile of black ink on uncoated paper, built here so that no licence
//! stands in the way of embedding it.
//!
//! ICC.1:2001-04 §6.3.3: a monochrome output profile needs a description, a
//! white point, a copyright line and one curve from device grey to luminance.

use crate::narrow::Nearest;

/// The name of the printing condition.
pub(super) const CONDITION: &str = "Black ink on uncoated paper, dot gain 20 %";

/// What a tint of one half gains on the press (the usual figure for uncoated
/// paper at 150 lines to the inch).
const DOT_GAIN: f64 = 0.20;
/// How much light solid black sends back, as a part of what the paper does.
const BLACK: f64 = 0.025;
/// Points of the curve.
const STEPS: u16 = 256;
const HEADER: u32 = 128;
/// The white of the profile connection space, D50, in 1/65536.
const D50: [u32; 3] = [0xF6D6, 0x1_0000, 0xD32D];

/// The profile's bytes: version 2, class `prtr`, space `GRAY`.
pub(super) fn gray_output() -> Vec<u8> {
    let tags = [(*b"desc", description()), (*b"cprt", text("CC0")), (*b"wtpt", white()), (*b"kTRC", curve())];
    let mut table = be(u32::nearest(tags.len())).to_vec();
    let mut body = Vec::new();
    let start = HEADER + 4 + 12 * u32::nearest(tags.len());
    for (name, data) in &tags {
        table.extend(name);
        table.extend(be(start + u32::nearest(body.len())));
        table.extend(be(u32::nearest(data.len())));
        body.extend(data);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    let mut profile = header(start + u32::nearest(body.len()));
    profile.extend(table);
    profile.extend(body);
    profile
}

fn be(number: u32) -> [u8; 4] {
    number.to_be_bytes()
}

fn header(size: u32) -> Vec<u8> {
    let mut header = be(size).to_vec();
    header.extend(b"\0\0\0\0\x02\x40\0\0prtrGRAYXYZ ");
    // a fixed date, 2026-01-01: the same profile in every file
    header.extend([2026u16, 1, 1, 0, 0, 0].iter().flat_map(|part| part.to_be_bytes()));
    header.extend(b"acsp");
    header.resize(68, 0);
    header.extend(D50.iter().flat_map(|part| be(*part)));
    header.resize(HEADER as usize, 0);
    header
}

fn description() -> Vec<u8> {
    let mut data = b"desc\0\0\0\0".to_vec();
    data.extend(be(u32::nearest(CONDITION.len()) + 1));
    data.extend(CONDITION.bytes());
    data.push(0);
    // no Unicode and no script code description
    data.resize(data.len() + 4 + 4 + 2 + 1 + 67, 0);
    data
}

fn text(words: &str) -> Vec<u8> {
    let mut data = b"text\0\0\0\0".to_vec();
    data.extend(words.bytes());
    data.push(0);
    data
}

fn white() -> Vec<u8> {
    let mut data = b"XYZ \0\0\0\0".to_vec();
    data.extend(D50.iter().flat_map(|part| be(*part)));
    data
}

/// Murray-Davies: paper and ink share the light by the area that the grown dot
/// covers.
fn curve() -> Vec<u8> {
    let mut data = b"curv\0\0\0\0".to_vec();
    data.extend(be(u32::from(STEPS)));
    for step in 0..STEPS {
        let tint = 1.0 - f64::from(step) / f64::from(STEPS - 1);
        let covered = (tint + 4.0 * DOT_GAIN * tint * (1.0 - tint)).min(1.0);
        let light = 1.0 - covered * (1.0 - BLACK);
        data.extend(u16::nearest((light * 65535.0).round()).to_be_bytes());
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_tells_the_truth() {
        let profile = gray_output();
        assert_eq!(profile[..4], be(u32::nearest(profile.len())));
        assert_eq!(&profile[12..20], b"prtrGRAY");
        assert_eq!(&profile[36..40], b"acsp");
    }

    #[test]
    fn lighter_grey_is_never_darker() {
        let curve = curve();
        let levels: Vec<u16> =
            curve[12..].chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        assert!(levels.is_sorted());
        assert_eq!((levels.len(), levels[255]), (256, 65535));
    }
}
