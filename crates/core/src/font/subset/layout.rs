//! Which glyphs the substitutions of a font can reach.

use skrifa::raw::TableProvider;
use skrifa::raw::collections::IntSet;
use skrifa::raw::tables::gsub::Gsub;
use skrifa::{FontRef, GlyphId};

/// Features that an edition never switches on; small capitals are a case of their own.
const OPTIONAL: [&[u8; 4]; 31] = [
    b"aalt", b"afrc", b"c2pc", b"case", b"cpsp", b"cswh", b"dlig", b"dnom", b"expt", b"falt", b"frac",
    b"halt", b"hist", b"hlig", b"nalt", b"numr", b"ordn", b"ornm", b"pcap", b"rand", b"salt", b"sinf",
    b"subs", b"sups", b"swsh", b"titl", b"trad", b"unic", b"vert", b"vrt2", b"zero",
];

fn is_kept(tag: [u8; 4], small_caps: bool) -> bool {
    let numbered = matches!(&tag, [b's', b's', ..] | [b'c', b'v', b'0'..=b'9', _]);
    let capitals = matches!(&tag, b"smcp" | b"c2sc") && !small_caps;
    !(numbered || capitals || OPTIONAL.contains(&&tag))
}

/// Adds to `glyphs` every glyph that the kept features can make of them.
pub(super) fn close_over(font: &FontRef<'_>, glyphs: &mut IntSet<GlyphId>, small_caps: bool) -> Option<()> {
    let Ok(gsub) = font.gsub() else { return Some(()) };
    gsub.closure_glyphs(&lookups(&gsub, small_caps)?, glyphs).ok()
}

/// The lookups of the kept features.
pub(super) fn lookups(gsub: &Gsub<'_>, small_caps: bool) -> Option<IntSet<u16>> {
    let list = gsub.feature_list().ok()?;
    let tags = list.feature_records().iter().map(|record| record.feature_tag());
    let kept = tags.zip(0u16..).filter(|(tag, _)| is_kept(tag.to_be_bytes(), small_caps));
    let kept: IntSet<u16> = kept.map(|(_, index)| index).collect();
    gsub.collect_lookups(&kept).ok()
}

/// Takes the lookups away from the features that are not kept, so that they
/// can't lead to emptied glyphs. A feature that shares its table with a kept
/// one is left alone.
pub(super) fn drop_features(gsub: &mut [u8], small_caps: bool) -> Option<()> {
    let list = usize::from(u16_at(gsub, 6)?);
    let count = usize::from(u16_at(gsub, list)?);
    let record = |gsub: &[u8], index: usize| {
        let at = list + 2 + index * 6;
        let tag = <[u8; 4]>::try_from(gsub.get(at..at + 4)?).ok()?;
        Some((is_kept(tag, small_caps), list + usize::from(u16_at(gsub, at + 4)?)))
    };
    let records: Vec<(bool, usize)> = (0..count).map(|index| record(gsub, index)).collect::<Option<_>>()?;
    for (kept, at) in &records {
        let shared = records.iter().any(|(other_kept, other)| *other_kept && other == at);
        if !kept && !shared {
            gsub.get_mut(at + 2..at + 4)?.fill(0);
        }
    }
    Some(())
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_that_nobody_switches_on_are_dropped() {
        for kept in [b"liga", b"kern", b"onum", b"locl", b"init"] {
            assert!(is_kept(*kept, false));
        }
        for dropped in [b"ss01", b"cv12", b"dlig", b"smcp"] {
            assert!(!is_kept(*dropped, false));
        }
        assert!(is_kept(*b"smcp", true));
    }
}
