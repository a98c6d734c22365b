//! Variable fonts: the faces of a book, drawn from their axes.
//!
//! A book is set in a roman, an italic, a bold and a bold italic. A variable font holds
//! them as places on its axes (OpenType 1.9, "OpenType Font Variations Overview"), so
//! those are made into fonts of their own, before anything else reads the file: shaping,
//! measures, the PDF and the EPUB then all see the same plain font.
//!
//! Outlines and widths are those that `subsetter` writes for a PDF, with every glyph in
//! its place; so no table that refers to glyphs changes. Kerning and marks move in
//! [`layout`]; names, weight and the heights of letters in [`naming`].

mod layout;
mod naming;
mod numbers;
mod places;

use super::sfnt;
use places::{Place, places};
use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider, Tag};
use std::borrow::Cow;

/// A font has five axes or so that are registered, and a few of its own.
const MOST_AXES: usize = 64;

/// The faces in a variable font, as font files; none of a font without axes. Where it has
/// optical sizes, they are drawn for type of `size` points.
///
/// # Errors
/// What is wrong with the font, as the end of a sentence.
pub(super) fn faces(data: &[u8], index: u32, size: f32) -> Result<Vec<Vec<u8>>, String> {
    let Ok(font) = FontRef::from_index(data, index) else { return Ok(Vec::new()) };
    if font.axes().is_empty() || font.axes().len() > MOST_AXES {
        return Ok(Vec::new());
    }
    let made = places(&font, size).into_iter().map(|place| made(data, index, &font, &place));
    let damaged = || "is damaged: its variations make no sense; get the file again".to_owned();
    made.collect::<Option<Vec<_>>>().ok_or_else(damaged)
}

/// The font at a place on its axes.
fn made(data: &[u8], index: u32, font: &FontRef<'_>, place: &Place) -> Option<Vec<u8>> {
    let location = font.axes().location(place.axes.iter().map(|(tag, value)| (Tag::new(tag), *value)));
    let outlines = outlines(data, index, font, place)?;
    let drawn = FontRef::new(&outlines).ok()?;
    let mut all = sfnt::tables(font);
    for tag in [b"glyf", b"loca", b"head", b"hhea", b"hmtx", b"maxp"] {
        all.insert(*tag, Cow::Borrowed(drawn.table_data(Tag::new(tag))?.as_bytes()));
    }
    // hints are for the outlines as the file has them
    [b"cvt ", b"fpgm", b"prep", b"VORG"].into_iter().for_each(|tag| drop(all.remove(tag)));
    layout::settle(font, &location, &mut all)?;
    naming::settle(font, &location, place, &mut all)?;
    Some(sfnt::build(all))
}

/// A font with the outlines and widths of every glyph, and little else.
fn outlines(data: &[u8], index: u32, font: &FontRef<'_>, place: &Place) -> Option<Vec<u8>> {
    let every: Vec<u16> = (0..font.maxp().ok()?.num_glyphs()).collect();
    let glyphs = subsetter::GlyphRemapper::new_from_glyphs_sorted(&every);
    let axes: Vec<_> = place.axes.iter().map(|(tag, value)| (subsetter::Tag::new(tag), *value)).collect();
    subsetter::subset_with_variations(data, index, &axes, &glyphs).ok()
}
