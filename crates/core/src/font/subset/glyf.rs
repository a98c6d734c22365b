//! Emptying glyphs of a TrueType font: their data goes, their numbers stay.

use crate::font::sfnt::Tables;
use crate::narrow::Nearest;
use skrifa::raw::TableProvider;
use skrifa::raw::collections::IntSet;
use skrifa::raw::tables::glyf::Glyph;
use skrifa::{FontRef, GlyphId};
use std::borrow::Cow;

/// Empties every glyph that is not kept; parts of composite glyphs are kept.
pub(super) fn empty_unused(
    font: &FontRef<'_>,
    tables: &mut Tables<'_>,
    glyphs: &mut IntSet<GlyphId>,
) -> Option<()> {
    let (loca, glyf) = (font.loca(None).ok()?, font.glyf().ok()?);
    let mut open: Vec<GlyphId> = glyphs.iter().collect();
    while let Some(glyph) = open.pop() {
        if let Ok(Some(Glyph::Composite(composite))) = loca.get_glyf(glyph, &glyf) {
            open.extend(
                composite.components().map(|part| part.glyph.into()).filter(|part| glyphs.insert(*part)),
            );
        }
    }
    let old = glyf.offset_data().as_bytes();
    let (mut data, mut offsets) = (Vec::new(), vec![0u32]);
    for index in 0..loca.len() {
        let range = loca.get_raw(index)? as usize..loca.get_raw(index + 1)? as usize;
        if glyphs.contains(GlyphId::new(u32::nearest(index))) {
            data.extend_from_slice(old.get(range)?);
            data.resize(data.len().next_multiple_of(4), 0);
        }
        offsets.push(u32::nearest(data.len()));
    }
    let long = font.head().ok()?.index_to_loc_format() != 0;
    let bytes = |offset: &u32| match long {
        true => offset.to_be_bytes().to_vec(),
        false => u16::nearest(offset / 2).to_be_bytes().to_vec(),
    };
    let offsets: Vec<u8> = offsets.iter().flat_map(bytes).collect();
    tables.insert(*b"loca", Cow::Owned(offsets));
    tables.insert(*b"glyf", Cow::Owned(data));
    Some(())
}
