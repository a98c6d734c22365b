//! Lines that are set: every glyph at its place.
//!
//! What a line's misfit is shared into here is the same share that the breaker
//! saw; only words that a break cut are shaped again, so a line's ratio may
//! differ from the breaker's by a kern.

mod cut;
mod fill;
mod pen;

use super::model::Paragraph;
use crate::length::Abs;
use crate::narrow::Nearest;
use crate::typeset::line::{Breaks, Line, LineAlignment};
use crate::typeset::shaper::Shaper;
use cut::CutLine;
use fill::Fitter;
use pen::Pen;

/// The lines of a paragraph, cut out of it and not yet set.
#[derive(Clone)]
pub struct CutLines<'p>(Vec<CutLine<'p>>);

impl CutLines<'_> {
    /// Sets them, by a shaper that cut them.
    #[must_use]
    pub fn set(self, shaper: &Shaper<'_>) -> Vec<Line> {
        self.0.into_iter().map(|line| set(line, shaper)).collect()
    }
}

impl Paragraph {
    /// Its lines when broken so.
    #[must_use]
    pub fn lines(&self, breaks: &Breaks, shaper: &mut Shaper<'_>) -> Vec<Line> {
        self.cut(breaks, shaper).set(shaper)
    }

    /// The same before they are set: what a break has cut is shaped.
    #[must_use]
    pub fn cut(&self, breaks: &Breaks, shaper: &mut Shaper<'_>) -> CutLines<'_> {
        let mut lines = Vec::with_capacity(breaks.ends.len());
        let mut start = 0;
        for (number, end) in breaks.ends.iter().enumerate() {
            let hyphen = breaks.hyphenated.get(number).copied().unwrap_or(false);
            lines.push(CutLine::new(self, number, start..*end, hyphen, shaper));
            start = *end;
        }
        CutLines(lines)
    }
}

/// Fills the line's measure, and writes the line from where it begins.
fn set(line: CutLine<'_>, shaper: &Shaper<'_>) -> Line {
    let fitter = Fitter { line: &line, shaper };
    let (left, right) = fitter.hangs();
    let sums = fitter.sums();
    let natural = Abs::raw(i64::nearest(sums.width)) - left - right;
    let spare = line.paragraph.width(line.number) - natural;
    let filling = fitter.filling(&sums, spare);
    let x = line.begin() + aside(&line, spare, filling.short) - left;
    Pen::new(x, filling, shaper).write(line)
}

/// How far from the left edge of its measure a line begins that would leave
/// `spare` of it when natural, and leaves `short` when filled.
fn aside(line: &CutLine<'_>, spare: Abs, short: Abs) -> Abs {
    let form = &line.paragraph.form;
    match form.alignment {
        LineAlignment::Justified if line.runs_against() && line.is_last() && spare > Abs::ZERO => spare,
        LineAlignment::Justified if line.runs_against() => short,
        LineAlignment::Left if form.mirrored && line.runs_against() => spare,
        LineAlignment::Justified | LineAlignment::Left => Abs::ZERO,
        LineAlignment::Centred => spare / 2,
        LineAlignment::Right => spare,
    }
}
