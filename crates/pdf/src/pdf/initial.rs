//! Initials: letters that are drawn and not written.
//!
//! A reader who copies or hears the text has the whole word from the letters beside the
//! initial. Were the initial text as well, `Once` would be copied as `O Once`; an artifact
//! is no part of the structure, but readers copy it all the same. Outlines are not text.

use crate::length::Point;
use crate::narrow::Nearest;
use crate::pages::{Font, Run};
use krilla::geom::{Path, PathBuilder};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

/// The outlines of a run whose first glyph stands there; none when they draw nothing.
pub(super) fn outlines(run: &Run, at: Point, font: &Font) -> Option<Path> {
    let file = FontRef::from_index((*font.data).as_ref(), font.index).ok()?;
    let settings = || DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    let em = run.size.to_pt() / f64::from(font.units_per_em.max(1));
    let mut pen = Pen { path: PathBuilder::new(), x: 0.0, y: 0.0, em: (em * f64::from(run.expansion), em) };
    let mut x = at.x;
    for glyph in &run.glyphs {
        let offset = glyph.offset();
        (pen.x, pen.y) = ((x + offset.x).to_pt(), (at.y - offset.y).to_pt());
        let outline = file.outline_glyphs().get(GlyphId::from(glyph.id));
        outline.and_then(|outline| outline.draw(settings(), &mut pen).ok());
        x += glyph.advance();
    }
    pen.path.finish()
}

/// Draws glyphs onto the page.
struct Pen {
    path: PathBuilder,
    x: f64,
    y: f64,
    /// Points to a font unit, across and upwards.
    em: (f64, f64),
}

impl Pen {
    /// A point of a glyph on the page, to a thousandth of a point.
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        let (x, y) = (self.x + f64::from(x) * self.em.0, self.y - f64::from(y) * self.em.1);
        let rounded = |value: f64| f32::nearest((value * 1000.0).round() / 1000.0);
        (rounded(x), rounded(y))
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.place(x1, y1), self.place(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.place(x1, y1), self.place(x2, y2), self.place(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
