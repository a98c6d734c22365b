//! Building a character from other glyphs of its face.
//!
//! What a [`Recipe`] asks for is shaped by itself. Small figures come from the
//! face's own features where it has them; else they are its figures at
//! [`SMALL`] of their size.

use super::open::OpenFace;
use super::spell::{Recipe, hangs_below};
use super::word::WordGlyph;
use crate::narrow::Nearest;
use harfrust::{Direction, Feature, ShapeOptions, Tag, UnicodeBuffer};
use skrifa::GlyphId;

/// The size of figures that are made small, in hundredths.
const SMALL: u8 = 66;
/// How far dashes that touch lie on one another, in 1/65536 em: more than
/// letterspacing and the filling of a line put between two glyphs.
const LAP: i32 = 4588;
/// The gap between a letter and a dot below it, in 1/65536 em.
const GAP: i32 = 5900;
/// How far lowered figures stand below the baseline, in 1/65536 em.
const LOWERED: i32 = -9830;

/// The glyphs of a character that is built, from left to right. They stand for
/// the bytes `start..end` of the word.
pub(super) fn build(face: &OpenFace<'_>, recipe: &Recipe, (start, end): (u32, u32)) -> Vec<WordGlyph> {
    let mut glyphs = match recipe {
        Recipe::Letters(letters) => shaped(face, letters, &[]),
        Recipe::Joined(dashes) => joined(face, dashes),
        Recipe::Fraction(above, below) => fraction(face, above, below),
        Recipe::Raised(letters) => by_feature(face, letters, &[b"sups"])
            .unwrap_or_else(|| small(face, letters, face.cap_height - scaled(face.cap_height))),
        Recipe::Lowered(letters) => {
            by_feature(face, letters, &[b"subs", b"sinf"]).unwrap_or_else(|| small(face, letters, LOWERED))
        }
        Recipe::Accented(letter, accents) => with_accents(face, *letter, accents),
    };
    for glyph in &mut glyphs {
        (glyph.start, glyph.end) = (start, end);
    }
    glyphs
}

/// Dashes without a gap.
fn joined(face: &OpenFace<'_>, dashes: &str) -> Vec<WordGlyph> {
    let mut glyphs = shaped(face, dashes, &[]);
    join(face, &mut glyphs);
    glyphs
}

/// Makes dashes touch: each begins before the ink of the one before it ends.
pub(super) fn join(face: &OpenFace<'_>, glyphs: &mut [WordGlyph]) {
    let last = glyphs.len().saturating_sub(1);
    for (n, glyph) in glyphs.iter_mut().enumerate() {
        let Some(Ink { left, right, .. }) = face.ink(glyph.id) else { continue };
        // the first keeps the room on its left, the last that on its right
        let before = if n > 0 { left } else { 0 };
        let after = if n < last { glyph.advance - right + LAP } else { 0 };
        glyph.offset.0 -= before;
        glyph.advance -= before + after;
    }
}

/// A letter with accents one above another, each in the middle of its ink and
/// as far above it as above a small x.
fn with_accents(face: &OpenFace<'_>, letter: char, accents: &str) -> Vec<WordGlyph> {
    let mut glyphs = shaped(face, letter.encode_utf8(&mut [0; 4]), &[]);
    let Some(base) = glyphs.first().copied() else { return glyphs };
    let Some(ink) = face.ink(base.id) else { return glyphs };
    let mut top = ink.top.max(face.x_height);
    for accent in accents.chars() {
        let Some(mut glyph) = shaped(face, accent.encode_utf8(&mut [0; 4]), &[]).pop() else { continue };
        let Some(mark) = face.ink(glyph.id) else { continue };
        let lift = match accent {
            '.' => ink.bottom.min(0) - GAP - mark.top,
            below if hangs_below(below) => 0,
            _ => top - face.x_height,
        };
        let aside = (ink.left + ink.right - mark.left - mark.right) / 2;
        glyph.offset = (aside - base.advance, lift);
        glyph.advance = 0;
        if !hangs_below(accent) {
            top = mark.top + lift;
        }
        glyphs.push(glyph);
    }
    glyphs
}

/// A fraction as the face's own feature makes it, or of figures made small.
fn fraction(face: &OpenFace<'_>, above: &str, below: &str) -> Vec<WordGlyph> {
    let slash = if face.has('⁄') { "⁄" } else { "/" };
    let whole = shaped(face, &format!("{above}{slash}{below}"), &[b"frac"]);
    let plain = |text: &str| shaped(face, text, &[]).first().map(|glyph| glyph.id);
    let is_made = !below.is_empty()
        && whole.first().map(|glyph| glyph.id) != plain(above)
        && !whole.iter().skip(1).any(|glyph| Some(glyph.id) == plain(below));
    if is_made {
        return whole;
    }
    let rest = face.cap_height - scaled(face.cap_height);
    let mut glyphs = small(face, above, rest);
    glyphs.extend(small(face, slash, rest / 2));
    glyphs.extend(small(face, below, 0));
    glyphs
}

/// The letters by the first of these features that changes all of them.
fn by_feature(face: &OpenFace<'_>, letters: &str, features: &[&[u8; 4]]) -> Option<Vec<WordGlyph>> {
    let plain = shaped(face, letters, &[]);
    let mut made = features.iter().map(|feature| shaped(face, letters, &[feature]));
    let changed = |made: &Vec<WordGlyph>| {
        made.len() == plain.len() && made.iter().zip(&plain).all(|(made, plain)| made.id != plain.id)
    };
    made.find(changed)
}

/// The letters made small, and raised so far.
fn small(face: &OpenFace<'_>, letters: &str, raise: i32) -> Vec<WordGlyph> {
    let mut glyphs = shaped(face, letters, &[]);
    glyphs.iter_mut().for_each(|glyph| glyph.shrink(SMALL));
    glyphs.iter_mut().for_each(|glyph| glyph.offset.1 += raise);
    glyphs
}

fn scaled(length: i32) -> i32 {
    length * i32::from(SMALL) / 100
}

/// The glyphs of `text` with lining figures and these features.
fn shaped(face: &OpenFace<'_>, text: &str, features: &[&[u8; 4]]) -> Vec<WordGlyph> {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    buffer.set_direction(Direction::LeftToRight);
    let tags = features.iter().copied().chain([b"lnum"]);
    let features: Vec<Feature> = tags.map(|tag| Feature::new(Tag::new(tag), 1, ..)).collect();
    let shaped = face.shaper.shape(buffer, ShapeOptions::new().features(&features));
    let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
    glyphs.map(|(info, position)| face.glyph(info, position)).collect()
}

/// The box around a glyph's ink, in 1/65536 em.
struct Ink {
    left: i32,
    right: i32,
    bottom: i32,
    top: i32,
}

impl OpenFace<'_> {
    /// The ink of a glyph; none when it has none.
    fn ink(&self, id: u16) -> Option<Ink> {
        let ink = self.metrics.bounds(GlyphId::from(id))?;
        let ems = |units: f32| i32::nearest((f64::from(units) * self.per_unit).round());
        (ink.x_max > ink.x_min).then(|| Ink {
            left: ems(ink.x_min),
            right: ems(ink.x_max),
            bottom: ems(ink.y_min),
            top: ems(ink.y_max),
        })
    }
}
