//! Faces with their measures, and the library of those that a book may be set in.

use super::sound::{self, MOST_FACES};
use super::{variable, web};
use crate::guard::guarded;
use crate::narrow::Nearest;
use crate::reason::Reason;
use skrifa::attribute::{Stretch, Style as Slope};
use skrifa::instance::{LocationRef, Size as ScalerSize};
use skrifa::raw::{FileRef, TableProvider};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider, Tag};
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// The bytes of a font file.
pub type FontData = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// Which face: an index into a [`Library`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(u16);

impl FaceId {
    /// The face's place in [`Library::iter`]; runs of glyphs name their font
    /// by it.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// Which face of a family.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Variant {
    /// Bold weight.
    pub bold: bool,
    /// Italics.
    pub italic: bool,
}

/// A face with its measures, in font units.
#[derive(Clone)]
pub struct Face {
    /// The family's name, as styles give it.
    pub family: String,
    /// The PostScript name.
    pub postscript: String,
    /// Which face of the family it is.
    pub variant: Variant,
    /// Its weight: 400 for regular, 700 for bold.
    pub weight: f32,
    /// Whether it is neither condensed nor expanded.
    pub usual_width: bool,
    /// Whether it has the letters of plain text: the web gives fonts away in parts.
    pub has_letters: bool,
    /// Whether it lies on the axes of a variable font.
    pub is_variable: bool,
    /// The whole file.
    pub data: FontData,
    /// The face's index in a collection.
    pub index: u32,
    /// Units to the em.
    pub units_per_em: u16,
    /// Height above the baseline that lines reserve.
    pub ascent: f32,
    /// Depth below the baseline, negative.
    pub descent: f32,
    /// Height of capitals.
    pub cap_height: f32,
    /// Height of the small x.
    pub x_height: f32,
    /// The shaper's tables of the font, read when first needed.
    pub(super) shaper: OnceLock<Arc<harfrust::ShaperData>>,
}

impl Face {
    /// Reads a face from a font file.
    #[must_use]
    pub fn read(data: FontData, index: u32) -> Option<Face> {
        let bytes = data.clone();
        let font = FontRef::from_index((*bytes).as_ref(), index).ok()?;
        let name = |id| font.localized_strings(id).english_or_first().map(|s| s.to_string());
        let family = name(StringId::TYPOGRAPHIC_FAMILY_NAME).or_else(|| name(StringId::FAMILY_NAME))?;
        let metrics = font.metrics(ScalerSize::unscaled(), LocationRef::default());
        let attributes = font.attributes();
        let em = f32::from(metrics.units_per_em);
        Some(Face {
            postscript: name(StringId::POSTSCRIPT_NAME).unwrap_or_else(|| family.replace(' ', "")),
            family,
            variant: Variant {
                bold: attributes.weight.value() >= 600.0,
                italic: attributes.style != Slope::Normal,
            },
            weight: attributes.weight.value(),
            usual_width: attributes.stretch == Stretch::NORMAL,
            has_letters: font.charmap().map('e').is_some(),
            is_variable: !font.axes().is_empty(),
            index,
            units_per_em: metrics.units_per_em,
            ascent: metrics.ascent,
            descent: metrics.descent,
            cap_height: metrics.cap_height.unwrap_or(0.7 * em),
            x_height: metrics.x_height.unwrap_or(0.5 * em),
            data,
            shaper: OnceLock::new(),
        })
    }

    /// How the name of its file ends: by the kind of its outlines.
    #[must_use]
    pub fn ending(&self) -> &'static str {
        let font = FontRef::from_index((*self.data).as_ref(), self.index).ok();
        let quadratic = font.is_some_and(|font| font.table_data(Tag::new(b"glyf")).is_some());
        if quadratic { "ttf" } else { "otf" }
    }

    /// Whether the font changes glyphs by that feature of OpenType, such as `smcp` for small
    /// capitals.
    #[must_use]
    pub fn has_feature(&self, tag: [u8; 4]) -> bool {
        let Ok(font) = FontRef::from_index((*self.data).as_ref(), self.index) else { return false };
        let Ok(features) = font.gsub().and_then(|gsub| gsub.feature_list()) else { return false };
        features.feature_records().iter().any(|record| record.feature_tag().to_be_bytes() == tag)
    }

    /// Those of the letters that it has no glyph for.
    pub fn lacks<'l>(&self, letters: impl Iterator<Item = &'l char>) -> Vec<char> {
        let Ok(font) = FontRef::from_index((*self.data).as_ref(), self.index) else { return Vec::new() };
        let map = font.charmap();
        letters.copied().filter(|letter| map.map(*letter).is_none()).collect()
    }

    /// The faces of a font file: one, or those of a collection.
    #[must_use]
    pub fn all(data: &FontData) -> Vec<Face> {
        (0..faces_in(data)).filter_map(|index| Face::read(data.clone(), index)).collect()
    }

    /// How far it is from what a variant usually is: no letters before other widths, and
    /// those before other weights, such as a semibold beside a bold.
    #[must_use]
    pub fn strangeness(&self) -> f32 {
        let usual = if self.variant.bold { 700.0 } else { 400.0 };
        let width = if self.usual_width { 0.0 } else { 10_000.0 };
        (self.weight - usual).abs() + width + if self.has_letters { 0.0 } else { 100_000.0 }
    }
}

/// The faces of a file that may be wrong in any way: those of a web font are unpacked,
/// those of a variable font drawn for text of `size` points.
fn sound_faces(data: &FontData, size: f32) -> Result<Vec<Face>, Reason> {
    let data: FontData = match web::unpacked((**data).as_ref())? {
        Cow::Borrowed(_) => data.clone(),
        Cow::Owned(font) => Arc::new(font),
    };
    let bytes = (*data).as_ref();
    sound::fault(bytes).map_or(Ok(()), Err)?;
    let mut faces = Vec::new();
    for index in 0..faces_in(&data) {
        let made = variable::faces(bytes, index, size)?;
        if made.is_empty() {
            faces.extend(Face::read(data.clone(), index));
        }
        for file in made {
            sound::fault(&file).map_or(Ok(()), Err)?;
            faces.extend(Face::read(Arc::new(file), 0).map(|face| Face { is_variable: true, ..face }));
        }
    }
    Ok(faces)
}

/// All faces that a book may be set in.
#[derive(Clone)]
pub struct Library {
    faces: Vec<Face>,
    /// For type of that many points a variable font with optical sizes is drawn.
    size: f32,
}

impl Default for Library {
    fn default() -> Library {
        /// The usual size of text.
        const USUAL: f32 = 11.0;
        Library { faces: Vec::new(), size: USUAL }
    }
}

impl Library {
    /// The families that ship with the tool.
    #[must_use]
    pub fn built_in() -> Library {
        let mut library = Library::default();
        for bytes in pamphleteer_fonts::FILES {
            // they are sound, as a test of theirs shows
            library.faces.extend(Face::read(Arc::new(bytes), 0));
        }
        library
    }

    /// Draws fonts with optical sizes for type of that many points, from now on.
    pub fn draw_for(&mut self, size: f32) {
        self.size = size;
    }

    /// Adds a font file: its face, all faces of a collection, or the roman, italic, bold
    /// and bold italic of a variable font. It may be a web font.
    ///
    /// # Errors
    /// What is wrong with the file, as the end of a sentence that its name begins.
    pub fn add(&mut self, data: FontData) -> Result<(), Reason> {
        let read = guarded(|| sound_faces(&data, self.size));
        let before = self.faces.len();
        self.faces.extend(read.map_err(|fall| format!("cannot be read: {fall}"))??);
        if self.faces.len() > before { Ok(()) } else { Err("has no family name".into()) }
    }

    /// Adds a face that is read already.
    ///
    /// # Errors
    /// What is wrong with its file, as the end of a sentence.
    pub fn add_face(&mut self, face: Face) -> Result<(), Reason> {
        match sound::fault((*face.data).as_ref()) {
            Some(fault) => Err(fault.into()),
            None => {
                self.faces.push(face);
                Ok(())
            }
        }
    }

    /// The face of that family and variant. The book's own faces come before
    /// ours; a variant that the family lacks is not replaced by another. Of
    /// several weights or widths, the usual one is meant.
    #[must_use]
    pub fn find(&self, family: &str, variant: Variant) -> Option<FaceId> {
        let fits = |face: &Face| face.variant == variant && face.family.eq_ignore_ascii_case(family);
        let found = self.faces.iter().enumerate().rev().filter(|(_, face)| fits(face));
        let nearest = found.min_by(|a, b| a.1.strangeness().total_cmp(&b.1.strangeness()));
        nearest.map(|(index, _)| FaceId(u16::nearest(index)))
    }

    /// The face of that family and variant. A family without a bold italic, as many of
    /// sans-serif are, gives its italic: what is emphasised within bold still shows.
    #[must_use]
    pub fn find_or_italic(&self, family: &str, variant: Variant) -> Option<FaceId> {
        let italic = || self.find(family, Variant { bold: false, italic: true });
        self.find(family, variant).or_else(|| italic().filter(|_| variant.bold && variant.italic))
    }

    /// The names of all families, sorted.
    #[must_use]
    pub fn families(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.faces.iter().map(|face| face.family.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The face of that id.
    #[must_use]
    pub fn face(&self, id: FaceId) -> &Face {
        &self.faces[id.0 as usize]
    }

    /// All faces with their ids.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (FaceId, &Face)> {
        self.faces.iter().enumerate().map(|(index, face)| (FaceId(u16::nearest(index)), face))
    }
}

/// Whether a face has ink for a character: some fonts of pictures, and some of
/// blanks, have none.
#[must_use]
pub fn has_ink(face: &Face, c: char) -> bool {
    let font = FontRef::from_index((*face.data).as_ref(), face.index).ok();
    let glyph = font.as_ref().and_then(|font| font.charmap().map(c));
    font.zip(glyph).and_then(|(font, glyph)| sound::inked(&font, glyph)).unwrap_or(false)
}

/// How many faces a font file holds.
fn faces_in(data: &FontData) -> u32 {
    match FileRef::new((**data).as_ref()) {
        Ok(FileRef::Collection(collection)) => collection.len().min(MOST_FACES),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_that_ships_is_found_by_name() {
        let library = Library::built_in();
        for bold in [false, true] {
            for italic in [false, true] {
                assert!(library.find("Libertinus Serif", Variant { bold, italic }).is_some());
            }
        }
        assert!(library.find("libertinus sans", Variant::default()).is_some());
        assert!(library.find("Source Code Pro", Variant::default()).is_some());
        assert!(library.find("Comic Sans", Variant::default()).is_none());
    }
}
