//! How far down the drawing of a letter reaches.

use super::Face;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

impl Face {
    /// The lowest point of a glyph's outline and the highest, in font units; below the
    /// baseline they are less than nothing. None for a glyph that draws nothing.
    #[must_use]
    pub fn reach(&self, glyph: u16) -> Option<(f32, f32)> {
        let font = FontRef::from_index((*self.data).as_ref(), self.index).ok()?;
        let outline = font.outline_glyphs().get(GlyphId::from(glyph))?;
        let mut pen = Reach(f32::INFINITY, f32::NEG_INFINITY);
        outline.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), &mut pen).ok()?;
        pen.0.is_finite().then_some((pen.0, pen.1))
    }
}

/// A pen that keeps the lowest and the highest point that it was led to: the control
/// points of a curve may lie a little further out than the curve.
struct Reach(f32, f32);

impl Reach {
    fn reach(&mut self, y: f32) {
        self.0 = self.0.min(y);
        self.1 = self.1.max(y);
    }
}

impl OutlinePen for Reach {
    fn move_to(&mut self, _: f32, y: f32) {
        self.reach(y);
    }

    fn line_to(&mut self, _: f32, y: f32) {
        self.reach(y);
    }

    fn quad_to(&mut self, _: f32, control: f32, _: f32, y: f32) {
        self.reach(control);
        self.reach(y);
    }

    fn curve_to(&mut self, _: f32, first: f32, _: f32, second: f32, _: f32, y: f32) {
        self.reach(first.min(second));
        self.reach(first.max(second));
        self.reach(y);
    }

    fn close(&mut self) {}
}

#[cfg(test)]
mod tests {
    use crate::font::{Library, Variant};
    use skrifa::{FontRef, MetadataProvider};

    #[test]
    fn a_tail_reaches_below_the_baseline() {
        let library = Library::built_in();
        let face = library.face(library.find("Libertinus Serif", Variant::default()).unwrap());
        let font = FontRef::from_index((*face.data).as_ref(), face.index).unwrap();
        let lowest = |letter| Some(face.reach(font.charmap().map(letter).unwrap().to_u32() as u16)?.0);
        assert!(lowest('Q').unwrap() < -200.0);
        assert!(lowest('H').unwrap() > -20.0);
        assert_eq!(lowest(' '), None);
    }
}
