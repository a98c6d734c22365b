//! The sides of letters as they are drawn: how near two of them come to each other.

use super::{FaceId, Library};
use crate::narrow::Nearest;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

/// A letter in a line: which, how large, and how far above the baseline.
#[derive(Clone, Copy, Debug)]
pub struct Letter {
    /// Its face.
    pub face: FaceId,
    /// Its glyph.
    pub glyph: u16,
    /// Its type size, in any unit.
    pub size: f64,
    /// How far it stands above the baseline, in that unit.
    pub raise: f64,
}

impl Library {
    /// The white that lies between the drawings of two letters where they come nearest, when
    /// the second one's origin is `pace` behind the first one's. Less than nothing where they
    /// overlap; `None` where they stand one above the other, or draw nothing.
    #[must_use]
    pub fn white_between(&self, first: Letter, pace: f64, second: Letter) -> Option<f64> {
        let (left, right) = (self.sides(first)?, self.sides(second)?);
        let mut least = f64::INFINITY;
        for (band, (_, end)) in left.iter() {
            // Bands that touch count too: corners that nearly meet are seen as near.
            for near in [band - 1, band, band + 1] {
                if let Some((start, _)) = right.band(near) {
                    least = least.min(pace + start - end);
                }
            }
        }
        least.is_finite().then_some(least)
    }

    fn sides(&self, letter: Letter) -> Option<Sides> {
        let face = self.face(letter.face);
        let font = FontRef::from_index((*face.data).as_ref(), face.index).ok()?;
        let outline = font.outline_glyphs().get(GlyphId::from(letter.glyph))?;
        let scale = letter.size / f64::from(face.units_per_em.max(1));
        let mut sides = Sides { scale, raise: letter.raise, ..Sides::default() };
        outline.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), &mut sides).ok()?;
        Some(sides)
    }
}

/// How far the ink of a letter reaches to the left and to the right, in bands of its
/// height: each a unit of length high, counted from the baseline.
#[derive(Default)]
struct Sides {
    /// The lowest band.
    lowest: i32,
    /// Left and right edges; a band without ink has its left edge on the right of the other.
    bands: Vec<(f64, f64)>,
    scale: f64,
    raise: f64,
    /// Where the pen is, and where its contour began.
    at: (f64, f64),
    start: (f64, f64),
}

/// How many bands there are to a unit of length.
const BANDS: f64 = 4.0;
/// Into how many straight parts a curve is taken.
const PARTS: u32 = 12;
/// Ink that is further from the baseline than so many bands is no letter's.
const FURTHEST: i32 = 4096;
/// A band without ink.
const EMPTY: (f64, f64) = (f64::INFINITY, f64::NEG_INFINITY);

impl Sides {
    fn iter(&self) -> impl Iterator<Item = (i32, (f64, f64))> + '_ {
        (self.lowest..).zip(self.bands.iter().copied()).filter(|(_, band)| *band != EMPTY)
    }

    fn band(&self, band: i32) -> Option<(f64, f64)> {
        let at = usize::try_from(band - self.lowest).ok()?;
        self.bands.get(at).copied().filter(|band| *band != EMPTY)
    }

    fn place(&self, x: f32, y: f32) -> (f64, f64) {
        (f64::from(x) * self.scale, f64::from(y) * self.scale + self.raise)
    }

    fn take(&mut self, (x, y): (f64, f64)) {
        let band = i32::nearest((y * BANDS).floor()).clamp(-FURTHEST, FURTHEST);
        if self.bands.is_empty() {
            self.lowest = band;
        }
        while self.lowest > band {
            self.bands.insert(0, EMPTY);
            self.lowest -= 1;
        }
        let at = usize::try_from(band - self.lowest).unwrap_or(0);
        if self.bands.len() <= at {
            self.bands.resize(at + 1, EMPTY);
        }
        let (left, right) = self.bands[at];
        self.bands[at] = (left.min(x), right.max(x));
    }

    /// A straight line to there: a point in each band that it goes through.
    fn line(&mut self, to: (f64, f64)) {
        let from = self.at;
        let steps = ((to.1 - from.1).abs() * BANDS * 2.0).ceil().clamp(1.0, f64::from(FURTHEST));
        for step in 0..=u32::nearest(steps) {
            let part = f64::from(step) / steps;
            self.take((from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part));
        }
        self.at = to;
    }

    fn curve(&mut self, point: impl Fn(f64) -> (f64, f64)) {
        for part in 1..=PARTS {
            self.line(point(f64::from(part) / f64::from(PARTS)));
        }
    }
}

/// The point of a curve between two others.
fn between(a: (f64, f64), b: (f64, f64), t: f64) -> (f64, f64) {
    (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t)
}

impl OutlinePen for Sides {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = self.place(x, y);
        self.start = self.at;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.line(self.place(x, y));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (a, b, c) = (self.at, self.place(x1, y1), self.place(x, y));
        self.curve(|t| between(between(a, b, t), between(b, c, t), t));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (a, b, c, d) = (self.at, self.place(x1, y1), self.place(x2, y2), self.place(x, y));
        // De Casteljau: halving, at any part instead of the half.
        self.curve(|t| {
            let (ab, bc, cd) = (between(a, b, t), between(b, c, t), between(c, d, t));
            between(between(ab, bc, t), between(bc, cd, t), t)
        });
    }

    fn close(&mut self) {
        self.line(self.start);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::Variant;

    fn white(pair: &str, slanted: (bool, bool)) -> f64 {
        let library = Library::built_in();
        let letter = |c: char, italic: bool| {
            let id = library.find("Libertinus Serif", Variant { bold: false, italic }).unwrap();
            let face = library.face(id);
            let font = FontRef::from_index((*face.data).as_ref(), face.index).unwrap();
            let glyph = font.charmap().map(c).unwrap();
            let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
            let advance = f64::from(metrics.advance_width(glyph).unwrap()) / f64::from(face.units_per_em);
            let glyph = u16::nearest(glyph.to_u32());
            (Letter { face: id, glyph, size: 100.0, raise: 0.0 }, advance * 100.0)
        };
        let mut letters = pair.chars();
        let (first, pace) = letter(letters.next().unwrap(), slanted.0);
        let (second, _) = letter(letters.next().unwrap(), slanted.1);
        library.white_between(first, pace, second).unwrap()
    }

    #[test]
    fn a_slanted_f_leans_over_what_stands_behind_it() {
        assert!(white("f)", (true, false)) < -15.0);
        assert!(white("(f", (false, true)) < -4.0);
        assert!(white("n)", (false, false)) > 4.0);
        // a comma stands below the bow of the f
        assert!(white("f,", (true, false)) > 4.0);
    }
}
