//! Runs as the PDF library wants them: glyphs in ems, each with its words.
//!
//! A PDF moves the pen by the font's own widths and by corrections between
//! glyphs, in thousandths of an em. Every correction costs bytes, so inside a
//! word one is written only when the pen would be off by more than [`DRIFT`];
//! the first letter of every word stands exactly, so nothing adds up.

use crate::length::{Abs, Point};
use crate::narrow::Nearest;
use crate::pages::{Glyph, Run};
use krilla::text::{GlyphId, KrillaGlyph};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use std::borrow::Cow;

/// A hyphen that the line break added extracts as a soft hyphen, so that copy
/// and search find the whole word (ISO 32000-1 §14.8.2.2.3).
pub(super) const SOFT_HYPHEN: &str = "\u{ad}";

/// Thousandths of an em.
const MILLI: f64 = 1000.0;

/// How far a letter inside a word may stand from its place, in thousandths of
/// an em: a hundredth of a millimetre at the sizes of books.
const DRIFT: f64 = 3.0;

/// The widths of a font as the PDF library reckons them.
pub(super) struct Widths {
    units: f32,
    widths: Vec<Width>,
}

/// The width of a glyph in font units, and what would otherwise be computed from it for
/// every letter: in ems, and exactly in thousandths of an em.
#[derive(Clone, Copy, Default)]
struct Width {
    units: f32,
    ems: f32,
    milli: f64,
}

impl Widths {
    /// Reads the widths of all glyphs; none of a file that is no font.
    pub(super) fn read(data: &[u8], index: u32) -> Option<Widths> {
        let font = FontRef::from_index(data, index).ok()?;
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let units = f32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        // the division and multiplication are the library's own, so that its
        // rounding and ours cancel out
        let width = |id: u32| {
            let width = metrics.advance_width(id.into()).map_or(0.0, |width| width / units * units);
            Width { units: width, ems: width / units, milli: f64::from(width) / f64::from(units) * MILLI }
        };
        Some(Widths { units, widths: (0..metrics.glyph_count()).map(width).collect() })
    }

    fn of(&self, glyph: u16) -> Width {
        self.widths.get(usize::from(glyph)).copied().unwrap_or_default()
    }
}

/// The run's text, with a soft hyphen at the end when some glyph stands for
/// one, and its glyphs, whose ranges refer to that text.
pub(super) fn glyphs<'a>(run: &'a Run, widths: &Widths) -> (Cow<'a, str>, Vec<KrillaGlyph>) {
    let mut pen = Pen::new(run, widths);
    let glyphs = run.glyphs.iter().map(|glyph| one(run, glyph, &mut pen)).collect();
    let hyphenated = run.glyphs.iter().any(|glyph| glyph.text().is_empty());
    let text =
        if hyphenated { format!("{}{SOFT_HYPHEN}", run.text).into() } else { run.text.as_str().into() };
    (text, glyphs)
}

fn one(run: &Run, glyph: &Glyph, pen: &mut Pen) -> KrillaGlyph {
    let range = if glyph.text().is_empty() { hyphen(run) } else { words(run, glyph) };
    let ends_word = ends_word(run, range.start);
    let (x, y) = match glyph.offset() {
        // most stand where they are: two divisions less
        Point { x: Abs::ZERO, y: Abs::ZERO } => (0.0, 0.0),
        offset => (pen.ems(offset.x), f32::nearest(offset.y.ratio(run.size))),
    };
    let id = GlyphId::new(u32::from(glyph.id));
    KrillaGlyph::new(id, pen.advance(glyph, ends_word), x, y, 0.0, range, None)
}

/// Whether the glyph that begins there in the run's words is a space between words.
fn ends_word(run: &Run, start: usize) -> bool {
    run.text.as_bytes().get(start) == Some(&b' ')
}

fn hyphen(run: &Run) -> std::ops::Range<usize> {
    run.text.len()..run.text.len() + SOFT_HYPHEN.len()
}

/// The glyph's range; the whole text when it cuts a character.
fn words(run: &Run, glyph: &Glyph) -> std::ops::Range<usize> {
    let range = glyph.text();
    let range = range.start as usize..range.end as usize;
    if run.text.get(range.clone()).is_some() { range } else { 0..run.text.len() }
}

/// Where the pen is, exactly, and in thousandths of an em as written.
pub(super) struct Pen<'a> {
    exact: Abs,
    written: f64,
    em: Abs,
    widths: &'a Widths,
}

impl<'a> Pen<'a> {
    /// A pen at the beginning of a run.
    pub(super) fn new(run: &Run, widths: &'a Widths) -> Pen<'a> {
        Pen { exact: Abs::ZERO, written: 0.0, em: run.size.scale(f64::from(run.expansion)), widths }
    }

    /// How far it has come as written, in thousandths of an em.
    pub(super) fn written(&self) -> f64 {
        self.written
    }

    /// Moves behind a glyph: the correction to write after it, in whole thousandths of an em,
    /// when a word ends or the drift grows too large.
    pub(super) fn correction(&mut self, run: &Run, glyph: &Glyph) -> i64 {
        self.exact += glyph.advance();
        let width = self.widths.of(glyph.id);
        self.written += width.milli;
        let off = self.exact.ratio(self.em) * MILLI - self.written;
        // a hyphen that the line break added stands behind the words
        let start = if glyph.text().is_empty() { run.text.len() } else { glyph.text().start as usize };
        if !ends_word(run, start) && off.abs() <= DRIFT {
            return 0;
        }
        // the same number as where the library writes it, so that both stand in the same place
        let (_, correction) = self.corrected(width.units, nearest(off));
        self.written += correction;
        i64::nearest(correction)
    }

    /// A length in whole thousandths of an em.
    pub(super) fn milli(&self, length: Abs) -> i64 {
        if length == Abs::ZERO { 0 } else { i64::nearest(nearest(length.ratio(self.em) * MILLI)) }
    }

    /// The movement to write after a glyph, in ems: its width, corrected when
    /// a word ends or the drift grows too large.
    fn advance(&mut self, glyph: &Glyph, ends_word: bool) -> f32 {
        self.exact += glyph.advance();
        let width = self.widths.of(glyph.id);
        let natural = self.written + width.milli;
        let off = self.exact.ratio(self.em) * MILLI - natural;
        if !ends_word && off.abs() <= DRIFT {
            self.written = natural;
            return width.ems;
        }
        let (movement, correction) = self.corrected(width.units, nearest(off));
        self.written = natural + correction;
        movement
    }

    /// A width with a correction as ems, and the correction: the one wanted, or
    /// one a thousandth off that the library can hold without a tail of digits.
    /// (It multiplies by the units and takes the width away again; not every
    /// number comes through that unharmed.)
    fn corrected(&self, width: f32, wanted: f64) -> (f32, f64) {
        let units = self.widths.units;
        let exactly = |correction: f64| {
            let step = f32::nearest(correction / MILLI) * units;
            let step = if units == 1000.0 { f32::nearest(correction) } else { step };
            let close = (width + step) / units;
            let candidates = [close, close.next_up(), close.next_down()];
            let hit = candidates.into_iter().find(|ems| ems * units - width == step);
            hit.map(|ems| (ems, correction))
        };
        let near = [wanted, wanted + 1.0, wanted - 1.0];
        let rough = || {
            (f32::nearest((f64::from(width) + wanted / MILLI * f64::from(units)) / f64::from(units)), wanted)
        };
        near.into_iter().find_map(exactly).unwrap_or_else(rough)
    }

    fn ems(&self, length: Abs) -> f32 {
        f32::nearest(nearest(length.ratio(self.em) * MILLI) / MILLI)
    }
}

/// The nearest whole number; quicker than the library's, which minds infinities.
fn nearest(value: f64) -> f64 {
    i64::nearest(value + 0.5_f64.copysign(value)) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTHS: Widths = Widths { units: 1000.0, widths: Vec::new() };

    fn run() -> Run {
        let glyph = |advance: f64, text| Glyph::new(1, Abs::pt(advance), Point::default(), text);
        let letters = (0..90).map(|i| glyph(f64::from(i % 7) / 97.0, if i % 6 == 5 { 1..2 } else { 0..1 }));
        Run {
            font: 0,
            size: Abs::pt(11.0),
            expansion: 1.01,
            glyphs: letters.chain([glyph(3.0, 0..0)]).collect(),
            text: "x ".into(),
            lang: None,
            origin: None,
        }
    }

    #[test]
    fn words_stand_exactly_and_letters_nearly() {
        let run = run();
        let (_, glyphs) = glyphs(&run, &WIDTHS);
        let em = 11.0 * 1.01;
        let (mut exact, mut written) = (0.0, 0.0);
        for (wanted, got) in run.glyphs.iter().zip(&glyphs) {
            exact += wanted.advance().to_pt();
            written += f64::from(got.x_advance) * em;
            let least = if wanted.text() == (1..2) { 1.51 } else { DRIFT + 0.01 };
            assert!((exact - written).abs() < least / MILLI * em, "{exact} {written}");
        }
    }

    #[test]
    fn corrections_are_whole_numbers() {
        let run = run();
        let (_, glyphs) = glyphs(&run, &WIDTHS);
        let corrections = glyphs.iter().map(|glyph| glyph.x_advance * 1000.0 - WIDTHS.of(1).units);
        let corrections: Vec<f32> = corrections.collect();
        assert!(corrections.iter().all(|correction| correction.fract() == 0.0), "{corrections:?}");
        assert!(corrections.iter().any(|correction| *correction != 0.0));
    }

    #[test]
    fn an_added_hyphen_reads_as_a_soft_hyphen() {
        let run = run();
        let (text, glyphs) = glyphs(&run, &WIDTHS);
        assert_eq!(&*text, "x \u{ad}");
        let last = glyphs.last().map(|glyph| glyph.text_range.clone());
        assert_eq!(last.map(|range| &text[range]), Some("\u{ad}"));
    }
}
