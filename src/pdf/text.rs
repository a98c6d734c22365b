//! Runs as the PDF library wants them: glyphs in ems, each with its words.
//!
//! Pen movements are rounded to a thousandth of an em, the unit of a PDF's own
//! widths, so that the file stays small; what rounding takes from one glyph it
//! gives to the next, so nothing adds up over a line.

use crate::length::Abs;
use crate::pages::{Glyph, Run};
use krilla::text::{GlyphId, KrillaGlyph};
use std::borrow::Cow;

/// A hyphen that the line break added extracts as a soft hyphen, so that copy
/// and search find the whole word (ISO 32000-1 §14.8.2.2.3).
const SOFT_HYPHEN: char = '\u{ad}';

/// Thousandths of an em.
const MILLI: f64 = 1000.0;

/// The run's text, with a soft hyphen at the end when some glyph stands for
/// one, and its glyphs, whose ranges refer to that text.
pub fn glyphs(run: &Run) -> (Cow<'_, str>, Vec<KrillaGlyph>) {
    let em = run.size.scale(f64::from(run.expansion));
    let mut pen = Pen { exact: Abs::ZERO, written: 0, em };
    let glyphs = run.glyphs.iter().map(|glyph| one(run, glyph, &mut pen)).collect();
    let hyphenated = run.glyphs.iter().any(|glyph| glyph.text.is_empty());
    let text =
        if hyphenated { format!("{}{SOFT_HYPHEN}", run.text).into() } else { run.text.as_str().into() };
    (text, glyphs)
}

fn one(run: &Run, glyph: &Glyph, pen: &mut Pen) -> KrillaGlyph {
    let range = if glyph.text.is_empty() { hyphen(run) } else { words(run, glyph) };
    let (x, y) = (pen.ems(glyph.offset.x), glyph.offset.y.ratio(run.size));
    let id = GlyphId::new(u32::from(glyph.id));
    KrillaGlyph::new(id, pen.advance(glyph.advance), x, y as f32, 0.0, range, None)
}

fn hyphen(run: &Run) -> std::ops::Range<usize> {
    run.text.len()..run.text.len() + SOFT_HYPHEN.len_utf8()
}

/// The glyph's range; the whole text when it cuts a character.
fn words(run: &Run, glyph: &Glyph) -> std::ops::Range<usize> {
    let range = glyph.text.start as usize..glyph.text.end as usize;
    if run.text.get(range.clone()).is_some() { range } else { 0..run.text.len() }
}

/// Where the pen is, exactly and as written.
struct Pen {
    exact: Abs,
    written: i64,
    em: Abs,
}

impl Pen {
    /// The movement to write for `advance`, in ems.
    fn advance(&mut self, advance: Abs) -> f32 {
        self.exact += advance;
        let at = (self.exact.ratio(self.em) * MILLI).round() as i64;
        let step = at - self.written;
        self.written = at;
        thousandths(step)
    }

    fn ems(&self, length: Abs) -> f32 {
        thousandths((length.ratio(self.em) * MILLI).round() as i64)
    }
}

/// `n` thousandths, chosen among the neighbouring floats so that the writer,
/// which multiplies by 1000 again, gets a whole number with few digits.
fn thousandths(n: i64) -> f32 {
    let nearest = n as f32 / 1000.0;
    let candidates = [nearest, nearest.next_up(), nearest.next_down()];
    candidates.into_iter().find(|value| value * 1000.0 == n as f32).unwrap_or(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::length::Point;

    fn run() -> Run {
        let glyph =
            |id, advance: f64, text| Glyph { id, advance: Abs::pt(advance), offset: Point::default(), text };
        Run {
            font: 0,
            size: Abs::pt(11.0),
            expansion: 1.01,
            glyphs: (0..90)
                .map(|i| glyph(i, 5.0 + f64::from(i) / 97.0, 0..1))
                .chain([glyph(9, 3.0, 0..0)])
                .collect(),
            text: "x".into(),
            lang: None,
        }
    }

    #[test]
    fn rounding_never_adds_up() {
        let run = run();
        let (_, glyphs) = glyphs(&run);
        let em = 11.0 * 1.01;
        let mut exact = 0.0;
        let mut written = 0.0;
        for (wanted, got) in run.glyphs.iter().zip(&glyphs) {
            exact += wanted.advance.to_pt();
            written += f64::from(got.x_advance) * em;
            assert!((exact - written).abs() < 0.006, "{exact} {written}");
        }
    }

    #[test]
    fn an_added_hyphen_reads_as_a_soft_hyphen() {
        let run = run();
        let (text, glyphs) = glyphs(&run);
        assert_eq!(&*text, "x\u{ad}");
        let last = glyphs.last().map(|glyph| glyph.text_range.clone());
        assert_eq!(last.map(|range| &text[range]), Some("\u{ad}"));
    }
}
