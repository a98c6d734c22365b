//! A character map with only the characters that are used.

use crate::narrow::Nearest;
use std::collections::BTreeMap;

/// A run of characters whose glyphs follow one another.
struct Run {
    first: u32,
    last: u32,
    glyph: u16,
}

/// A `cmap` table: format 4 for the basic plane and, when there are others,
/// format 12 for all.
pub(super) fn build(map: &BTreeMap<u32, u16>) -> Vec<u8> {
    let runs = runs(map);
    let basic = format_4(&runs);
    let beyond = runs.iter().any(|run| run.last > 0xffff);
    let mut out = Vec::new();
    push16(&mut out, &[0, if beyond { 4 } else { 2 }]);
    let start = 4 + if beyond { 4 } else { 2 } * 8;
    let (four, twelve) = (u32::nearest(start), u32::nearest(start + basic.len()));
    let mut record = |platform: u16, encoding: u16, offset: u32| {
        push16(&mut out, &[platform, encoding]);
        push32(&mut out, &[offset]);
    };
    record(0, 3, four);
    if beyond {
        record(0, 4, twelve);
    }
    record(3, 1, four);
    if beyond {
        record(3, 10, twelve);
    }
    out.extend(basic);
    if beyond {
        out.extend(format_12(&runs));
    }
    out
}

fn runs(map: &BTreeMap<u32, u16>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (&code, &glyph) in map {
        match runs.last_mut() {
            Some(run)
                if run.last + 1 == code
                    && u32::from(run.glyph) + (code - run.first) == u32::from(glyph)
                    && code != 0x1_0000 =>
            {
                run.last = code;
            }
            _ => runs.push(Run { first: code, last: code, glyph }),
        }
    }
    runs
}

/// OpenType 1.9, `cmap` format 4: segments with a delta each.
fn format_4(runs: &[Run]) -> Vec<u8> {
    let mut segments: Vec<(u16, u16, u16)> = runs
        .iter()
        .filter_map(|run| Some((u16::try_from(run.first).ok()?, u16::try_from(run.last).ok()?, run.glyph)))
        .filter(|(_, last, _)| *last < 0xffff)
        .collect();
    segments.push((0xffff, 0xffff, 0));
    let count = u16::nearest(segments.len());
    let step = 2 * (1 << count.ilog2());
    let mut out = Vec::new();
    push16(&mut out, &[4, 16 + count * 8, 0, count * 2, step, u16::nearest(count.ilog2()), count * 2 - step]);
    segments.iter().for_each(|(_, last, _)| push16(&mut out, &[*last]));
    push16(&mut out, &[0]);
    segments.iter().for_each(|(first, ..)| push16(&mut out, &[*first]));
    for (first, last, glyph) in &segments {
        let end = *last == 0xffff;
        push16(&mut out, &[if end { 1 } else { glyph.wrapping_sub(*first) }]);
    }
    segments.iter().for_each(|_| push16(&mut out, &[0]));
    out
}

/// OpenType 1.9, `cmap` format 12: groups over all planes.
fn format_12(runs: &[Run]) -> Vec<u8> {
    let mut out = Vec::new();
    push16(&mut out, &[12, 0]);
    push32(&mut out, &[16 + u32::nearest(runs.len()) * 12, 0, u32::nearest(runs.len())]);
    runs.iter().for_each(|run| push32(&mut out, &[run.first, run.last, u32::from(run.glyph)]));
    out
}

fn push16(out: &mut Vec<u8>, values: &[u16]) {
    values.iter().for_each(|value| out.extend(value.to_be_bytes()));
}

fn push32(out: &mut Vec<u8>, values: &[u32]) {
    values.iter().for_each(|value| out.extend(value.to_be_bytes()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use skrifa::raw::tables::cmap::Cmap;
    use skrifa::raw::{FontData, FontRead};

    #[test]
    fn every_character_is_found_again() {
        let map: BTreeMap<u32, u16> =
            [(32, 1), (65, 40), (66, 41), (67, 50), (0xfffe, 9), (0x1_0000, 10), (0x1_d11e, 7)].into();
        let table = build(&map);
        let cmap = Cmap::read(FontData::new(&table)).unwrap();
        for (code, glyph) in &map {
            let found = cmap.map_codepoint(*code).map(|glyph| glyph.to_u32());
            assert_eq!(found, Some(u32::from(*glyph)), "{code:x}");
        }
        assert_eq!(cmap.map_codepoint(68u32), None);
    }
}
