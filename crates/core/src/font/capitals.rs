//! Small capitals, what stands for them where a face has none, and figures
//! beside capitals.

use skrifa::raw::TableProvider;
use skrifa::raw::collections::IntSet;
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::collections::HashMap;

/// The size of capitals that stand for small ones, in hundredths.
pub(super) const REDUCED: u8 = 80;

/// Which small letters of a face have small capitals.
pub(super) struct SmallCaps<'a> {
    font: FontRef<'a>,
    lookups: Option<IntSet<u16>>,
    known: HashMap<char, bool>,
}

impl<'a> SmallCaps<'a> {
    pub(super) fn new(font: FontRef<'a>) -> SmallCaps<'a> {
        SmallCaps { font, lookups: None, known: HashMap::new() }
    }

    /// Whether `text` must be set in capitals, since the face has no small ones
    /// for its alphabet. Text without letters goes by Latin ones; alphabets
    /// without capitals stay as they are.
    pub(super) fn are_missing(&mut self, text: &str) -> bool {
        let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
        let cased = letters.iter().filter(|c| is_cased(**c)).flat_map(|c| c.to_lowercase());
        let mut cased: Vec<char> = cased.filter(|c| c.is_alphabetic()).collect();
        if letters.is_empty() {
            cased.push('n');
        }
        // a face may lack that of a rare letter, such as ß
        let lacking = cased.iter().filter(|c| !self.has(**c)).count();
        2 * lacking > cased.len()
    }

    fn has(&mut self, letter: char) -> bool {
        if let Some(known) = self.known.get(&letter) {
            return *known;
        }
        let has = self.changes(letter).unwrap_or(false);
        self.known.insert(letter, has);
        has
    }

    /// Whether the feature `smcp` leads from the letter to another glyph.
    fn changes(&mut self, letter: char) -> Option<bool> {
        let gsub = self.font.gsub().ok()?;
        if self.lookups.is_none() {
            let list = gsub.feature_list().ok()?;
            let tags = list.feature_records().iter().map(|record| record.feature_tag().to_be_bytes());
            let features = tags.zip(0u16..).filter(|(tag, _)| tag == b"smcp").map(|(_, index)| index);
            self.lookups = Some(gsub.collect_lookups(&features.collect()).ok()?);
        }
        let mut glyphs: IntSet<GlyphId> = self.font.charmap().map(letter).into_iter().collect();
        gsub.closure_glyphs(self.lookups.as_ref()?, &mut glyphs).ok()?;
        Some(glyphs.len() > 1)
    }
}

/// Whether a letter has a capital form, or is one.
fn is_cased(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase()
}

/// Whether a letter belongs to an alphabet without capitals, which is never
/// letterspaced: that tears joined letters, and marks nothing in the others.
#[must_use]
pub fn is_unicase(c: char) -> bool {
    c.is_alphabetic() && !is_cased(c)
}

/// Whether a figure of `text` stands beside a capital (`A4`), or a nought after
/// any letter (`alices00`): the round of an old-style one reads as a small letter
/// there.
pub(super) fn joins_figures(text: &str) -> bool {
    let mut last = '\0';
    text.chars().any(|c| {
        let (figure, after_figure) = (c.is_ascii_digit(), last.is_ascii_digit());
        let joins = figure && last.is_uppercase()
            || after_figure && c.is_uppercase()
            || c == '0' && last.is_alphabetic();
        last = c;
        joins
    })
}

/// The alphabet of a text, in words: that of its first cased letter.
pub(super) fn alphabet(text: &str) -> &'static str {
    let letter = text.chars().find(|c| is_cased(*c));
    match letter.map_or(0, u32::from) {
        0x370..=0x3ff | 0x1f00..=0x1fff => "Greek",
        0x400..=0x52f | 0x1c80..=0x1c8f | 0x2de0..=0x2dff | 0xa640..=0xa69f => "Cyrillic",
        0x530..=0x58f => "Armenian",
        0x10a0..=0x10ff | 0x1c90..=0x1cbf | 0x2d00..=0x2d2f => "Georgian",
        _ => "Latin",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::{Library, Variant};

    #[test]
    fn figures_beside_capitals_are_known() {
        let known = ["CC0", "A4", "4K", "B2B", "1914", "R. 3", "a4", "1920s", "COVID-19"].map(joins_figures);
        assert_eq!(known, [true, true, true, true, false, false, false, false, false]);
        assert!(joins_figures("archive.org/alices00carr"));
    }

    #[test]
    fn small_capitals_are_looked_for_letter_by_letter() {
        let library = Library::built_in();
        let missing = |family: &str, text: &str| {
            let face = library.face(library.find(family, Variant::default()).unwrap());
            let font = FontRef::from_index((*face.data).as_ref(), face.index).unwrap();
            SmallCaps::new(font).are_missing(text)
        };
        assert!(!missing("Libertinus Serif", "Straße"));
        assert!(missing("Libertinus Serif", "Глава"));
        assert!(!missing("Libertinus Serif", "1914"));
        assert!(missing("Source Code Pro", "Chapter"));
        assert!(missing("Source Code Pro", "1914"));
        assert!(!missing("Source Code Pro", "שלום"), "there is no capital for it");
    }
}
