//! How far down the drawing of a letter reaches.

use super::Face;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

impl Face {
    /// How far a glyph's ink reaches; `None` for a glyph that draws nothing.
    #[must_use]
    pub fn ink(&self, glyph: u16) -> Option<Ink> {
        let font = FontRef::from_index((*self.data).as_ref(), self.index).ok()?;
        let outline = font.outline_glyphs().get(GlyphId::from(glyph))?;
        let mut pen = Ink { low: f32::INFINITY, high: f32::NEG_INFINITY, right: f32::NEG_INFINITY };
        outline.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), &mut pen).ok()?;
        pen.low.is_finite().then_some(pen)
    }

    /// How far the ink of its glyph for a character reaches, if it has one that draws.
    #[must_use]
    pub fn ink_of(&self, c: char) -> Option<Ink> {
        let glyph = FontRef::from_index((*self.data).as_ref(), self.index).ok()?.charmap().map(c)?;
        self.ink(u16::try_from(glyph.to_u32()).ok()?)
    }
}

/// How far the ink of a glyph reaches, in font units from its origin: the control points
/// of a curve may lie a little further out than the curve.
#[derive(Clone, Copy, Debug)]
pub struct Ink {
    /// Its lowest point; below the baseline it is less than nothing.
    pub low: f32,
    /// Its highest point.
    pub high: f32,
    /// The point that is furthest to the right.
    pub right: f32,
}

impl Ink {
    fn take(&mut self, x: f32, y: f32) {
        self.low = self.low.min(y);
        self.high = self.high.max(y);
        self.right = self.right.max(x);
    }
}

impl OutlinePen for Ink {
    fn move_to(&mut self, x: f32, y: f32) {
        self.take(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.take(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.take(x1, y1);
        self.take(x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.take(x1, y1);
        self.take(x2, y2);
        self.take(x, y);
    }

    fn close(&mut self) {}
}

#[cfg(test)]
mod tests {
    use crate::font::{Library, Variant};
    use crate::narrow::Nearest;
    use skrifa::{FontRef, MetadataProvider};

    #[test]
    fn a_tail_reaches_below_the_baseline() {
        let library = Library::built_in();
        let face = library.face(library.find("Libertinus Serif", Variant::default()).unwrap());
        let font = FontRef::from_index((*face.data).as_ref(), face.index).unwrap();
        let lowest = |letter| Some(face.ink(u16::nearest(font.charmap().map(letter).unwrap().to_u32()))?.low);
        assert!(lowest('Q').unwrap() < -200.0);
        assert!(lowest('H').unwrap() > -20.0);
        assert_eq!(lowest(' '), None);
    }
}
