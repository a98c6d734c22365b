//! Font files with only what a text needs, for editions that embed them.
//!
//! Glyphs keep their numbers: those that the text cannot reach are emptied,
//! not removed. So kerning, ligatures, small capitals and old-style figures
//! work as in the whole file, and no table that refers to glyphs has to be
//! rewritten.

mod cff;
mod cff_data;
mod charset;
mod cmap;
pub(super) mod effort;
mod glyf;
mod layout;

use super::Face;
use super::characters::is_ignorable;
use super::sfnt;
use crate::narrow::Nearest;
use skrifa::raw::TableProvider;
use skrifa::raw::collections::IntSet;
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Characters that a reading system adds: spaces, hyphens at line ends,
/// numbers and bullets of lists, an ellipsis where it cuts a line.
const ADDED: &str = "\u{20}\u{a0}-\u{2010}0123456789.•◦▪…";

/// Whether the face's licence bits (OS/2 `fsType`) allow it in an edition.
#[must_use]
pub fn may_embed(face: &Face) -> bool {
    const RESTRICTED: u16 = 0x0002;
    const ALLOWED: u16 = 0x000c;
    const BITMAPS_ONLY: u16 = 0x0200;
    let bits = fs_type(face).unwrap_or(0);
    bits & BITMAPS_ONLY == 0 && (bits & RESTRICTED == 0 || bits & ALLOWED != 0)
}

fn fs_type(face: &Face) -> Option<u16> {
    let font = FontRef::from_index((*face.data).as_ref(), face.index).ok()?;
    Some(font.os2().ok()?.fs_type())
}

/// The characters that need a glyph and have none in the face.
#[must_use]
pub fn lacking(face: &Face, characters: &[char]) -> Vec<char> {
    let font = FontRef::from_index((*face.data).as_ref(), face.index).ok();
    let charmap = font.as_ref().map(MetadataProvider::charmap);
    let has = |c: char| charmap.as_ref().is_some_and(|charmap| charmap.map(c).is_some());
    let needs = |c: &&char| !c.is_whitespace() && !c.is_control() && !is_ignorable(**c);
    characters.iter().filter(needs).copied().filter(|c| !has(*c)).collect()
}

/// A font file that can set those characters as the whole one does; small
/// capitals only when `small_caps`. A font that we can't take apart, or that
/// may not be subset, is given back whole.
#[must_use]
pub fn subset(face: &Face, characters: impl Iterator<Item = char>, small_caps: bool) -> Vec<u8> {
    const NO_SUBSETTING: u16 = 0x0100;
    let whole = (*face.data).as_ref();
    let free = fs_type(face).is_some_and(|bits| bits & NO_SUBSETTING == 0);
    let made = FontRef::from_index(whole, face.index).ok().filter(|_| free);
    made.and_then(|font| reduce(&font, characters, small_caps)).unwrap_or_else(|| whole.to_vec())
}

fn reduce(font: &FontRef<'_>, characters: impl Iterator<Item = char>, small_caps: bool) -> Option<Vec<u8>> {
    let charmap = font.charmap();
    let wanted = characters.chain(ADDED.chars());
    let map: BTreeMap<u32, u16> =
        wanted.filter_map(|c| Some((u32::from(c), u16::try_from(charmap.map(c)?.to_u32()).ok()?))).collect();
    let mut glyphs: IntSet<GlyphId> = map.values().map(|glyph| GlyphId::new(u32::from(*glyph))).collect();
    glyphs.insert(GlyphId::NOTDEF);
    let mut tables = sfnt::tables(font);
    layout::close_over(font, &mut glyphs, small_caps)?;
    if let Some(gsub) = tables.get_mut(b"GSUB") {
        layout::drop_features(gsub.to_mut(), small_caps)?;
    }
    if tables.contains_key(b"glyf") {
        glyf::empty_unused(font, &mut tables, &mut glyphs)?;
    } else {
        let table = tables.get_mut(b"CFF ")?;
        *table = Cow::Owned(cff::reduced(table, &|glyph| glyphs.contains(GlyphId::new(glyph)))?);
    }
    forget_metrics(font, tables.get_mut(b"hmtx")?.to_mut(), &glyphs)?;
    tables.insert(*b"cmap", Cow::Owned(cmap::build(&map)));
    Some(sfnt::build(tables))
}

/// Sets the side bearings and widths of emptied glyphs to nothing.
fn forget_metrics(font: &FontRef<'_>, hmtx: &mut [u8], glyphs: &IntSet<GlyphId>) -> Option<()> {
    let long = usize::from(font.hhea().ok()?.number_of_h_metrics());
    // The last width stands for all glyphs beyond it.
    for index in
        (0..long.saturating_sub(1)).filter(|index| !glyphs.contains(GlyphId::new(u32::nearest(*index))))
    {
        hmtx.get_mut(index * 4..index * 4 + 4)?.fill(0);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::super::{Library, Variant};
    use super::*;
    use skrifa::instance::{LocationRef, Size};
    use skrifa::outline::{DrawSettings, OutlinePen};

    #[derive(Default)]
    struct Strokes(Vec<String>);

    impl OutlinePen for Strokes {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.push(format!("M{x} {y}"));
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0.push(format!("L{x} {y}"));
        }
        fn quad_to(&mut self, a: f32, b: f32, x: f32, y: f32) {
            self.0.push(format!("Q{a} {b} {x} {y}"));
        }
        fn curve_to(&mut self, a: f32, b: f32, c: f32, d: f32, x: f32, y: f32) {
            self.0.push(format!("C{a} {b} {c} {d} {x} {y}"));
        }
        fn close(&mut self) {
            self.0.push("Z".into());
        }
    }

    fn outline(font: &FontRef<'_>, glyph: GlyphId) -> Vec<String> {
        let mut strokes = Strokes::default();
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        font.outline_glyphs().get(glyph).unwrap().draw(settings, &mut strokes).unwrap();
        strokes.0
    }

    #[test]
    fn what_is_kept_looks_the_same_and_the_rest_is_empty() {
        let library = Library::built_in();
        let face = library.face(library.find("Libertinus Serif", Variant::default()).unwrap());
        let small = subset(face, "Office, 1917 – ½".chars(), true);
        let (old, new) = (FontRef::new((*face.data).as_ref()).unwrap(), FontRef::new(&small).unwrap());
        for c in "Ofice, 1917 –½".chars() {
            let glyph = old.charmap().map(c).unwrap();
            assert_eq!(new.charmap().map(c), Some(glyph));
            assert_eq!(outline(&old, glyph), outline(&new, glyph), "{c}");
        }
        assert_eq!(new.charmap().map('Z'), None);
        assert!(outline(&new, old.charmap().map('Z').unwrap()).is_empty());
        let gsub = old.gsub().unwrap();
        let mut reached: IntSet<GlyphId> =
            [old.charmap().map('f').unwrap(), old.charmap().map('i').unwrap()].into_iter().collect();
        let before = reached.len();
        gsub.closure_glyphs(&layout::lookups(&gsub, true).unwrap(), &mut reached).unwrap();
        assert!(reached.len() > before + 2, "ligatures and small capitals are reached");
        for glyph in reached.iter() {
            assert_eq!(outline(&old, glyph), outline(&new, glyph), "{glyph}");
        }
    }

    #[test]
    fn every_face_that_ships_gets_small() {
        for (_, face) in Library::built_in().iter() {
            assert!(may_embed(face));
            let small = subset(face, "The quick brown fox".chars(), false);
            let font = FontRef::new(&small).unwrap();
            assert!(font.charmap().map('q').is_some(), "{}", face.postscript);
            let letters = small.iter().filter(|byte| **byte != 0).count();
            let before = (*face.data).as_ref().len();
            assert!(letters < before / 2, "{}: {letters} of {before}", face.postscript);
        }
    }
}
