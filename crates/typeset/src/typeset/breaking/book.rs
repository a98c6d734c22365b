//! What lines cost in a book: even word spaces first, hyphens seldom, no stacks.
//!
//! A line's misfit goes into its letters as far as they can take it without
//! showing (expansion and tracking, see Hàn Thế Thành, "Micro-typographic
//! extensions to the TeX typesetting system", 2000), and what is left into its
//! word spaces: those the eye compares from line to line.
//!
//! For example, a line of 290 pt in 11 pt type has 50 letters in ten words and 9 spaces of
//! 2.75 pt. Expansion of 2 % and tracking of 5/1000 em give its letters 5.8 + 2.2 pt at
//! most. When it lacks 6 pt, they take all of it, 0.75 of what they can, and the spaces
//! stay natural. When it lacks 16 pt, the letters give their 8 and the spaces the rest:
//! 8 of their 24.75, a ratio of 0.32, which is visible and costs accordingly.
//!
//! TeX's badness is the cube of the ratio; here what a line costs grows with the square,
//! and steps up where it shows, is looser than allowed, or leaps from the line before:
//! a reader sees the one line that differs, not the sum of small differences.

use super::model::{Breakpoint, Ending, Fit, LineCosts, Totals};
use super::opportunity::BreakClass;

/// What the imperfections of lines cost, in demerits.
///
/// This is the ranking that decides when not all can be had. From bad to worse: a space
/// that carries a river on; a hyphen before the last line; a break behind a title; a
/// line whose spaces are visibly loose or tight; two lines that begin or end alike;
/// spaces twice as wide as the line before has; a hyphen; a break behind the hyphen of
/// a name or a word that leans on the next, or a squeezed line; a name that is divided, a
/// change from line to line that leaps to the eye; a last line that is all but empty; a
/// line looser than is allowed; hyphens in two lines in a row, a date or number torn
/// apart; a line with holes between its words. The last few are had only when a paragraph
/// has no other lines at all. Centred lines are as even as may be, but are parted by
/// sense.
#[derive(Clone, Copy, Debug)]
pub struct CostTable {
    /// The adjustment ratio from which a loose line shows, and a tight one.
    pub visible: (f64, f64),
    /// What a line of that ratio costs; those nearer to natural spaces cost
    /// less by the square, those beyond it more.
    pub uneven: f64,
    /// What a line that shows costs besides: so that it is made seldom.
    pub shows: f64,
    /// Spaces twice as wide as those of the line before; smaller changes cost
    /// less by the square.
    pub change: f64,
    /// The change from line to line that leaps to the eye, and what it costs.
    pub leap: (f64, f64),
    /// A hyphen that the break adds, and one that is there already.
    pub hyphen: (f64, f64),
    /// The last line but one ends in a hyphen.
    pub final_hyphen: f64,
    /// Two lines in a row that end in hyphens.
    pub ladder: f64,
    /// Two lines in a row that begin or end alike.
    pub stack: f64,
    /// A space that carries a river on to a third line or further.
    pub river: f64,
    /// A last line that is shorter than it should be.
    pub runt: f64,
    /// In a centred line, behind a word that goes with the next one.
    pub sense: f64,
    /// Behind a title, in an address.
    pub discouraged: f64,
    /// Behind the hyphen of a name, or a word that leans on the next.
    pub poor: f64,
    /// In a name, before a dash, in the last word.
    pub emergency: f64,
    /// In a date or a number.
    pub last_resort: f64,
    /// Between any letters of a word that is wider than the measure.
    pub anywhere: f64,
    /// Beside a mark in such a word, as in a path or in code.
    pub at_mark: f64,
    /// The loosest line allowed, as an adjustment ratio.
    pub loosest: f64,
    /// The tightest line allowed, as a positive number; and when nothing else
    /// can be had.
    pub tightest: (f64, f64),
    /// A line that is looser than allowed, or tighter, when nothing else can be
    /// had.
    pub excess: (f64, f64),
    /// A line that is looser than [`LOOSEST_UNNAMED`]: dearer than any tie, as holes
    /// between words are seen from further away than a title that ends a line.
    pub hole: f64,
}

impl Default for CostTable {
    fn default() -> CostTable {
        CostTable {
            visible: (0.25, 0.2),
            uneven: 30.0,
            shows: 200.0,
            change: 300.0,
            leap: (0.48, 2000.0),
            hyphen: (760.0, 580.0),
            final_hyphen: 30.0,
            ladder: 20_000.0,
            stack: 250.0,
            river: 9.0,
            runt: 6000.0,
            sense: 100.0,
            discouraged: 120.0,
            poor: 1500.0,
            emergency: 2000.0,
            last_resort: 20_000.0,
            anywhere: 4000.0,
            at_mark: 1000.0,
            loosest: 0.5,
            tightest: (0.30, 0.32),
            excess: (6000.0, 1500.0),
            hole: 60_000.0,
        }
    }
}

impl CostTable {
    /// What a break of that class costs.
    #[must_use]
    pub fn of(&self, class: BreakClass) -> f64 {
        match class {
            BreakClass::Allowed => 0.0,
            BreakClass::Discouraged => self.discouraged,
            BreakClass::Poor => self.poor,
            BreakClass::Emergency => self.emergency,
            BreakClass::LastResort | BreakClass::Forbidden => self.last_resort,
        }
    }
}

/// How lines fill their measure.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Manner {
    /// To both margins.
    Justified,
    /// With natural spaces, whatever is left over; `even` when the last line
    /// should be like the others.
    Ragged { even: bool },
}

/// What lines cost in the paragraphs of books.
#[derive(Clone, Copy, Debug)]
pub struct BookCosts {
    costs: CostTable,
    manner: Manner,
    /// A last line should be at least so long.
    runt: f64,
    /// The measure of lines that are not justified.
    measure: f64,
    /// Loose lines may be made when nothing else can be.
    desperate: bool,
}

impl BookCosts {
    /// Justified lines whose last one should not be shorter than `runt`.
    #[must_use]
    pub fn justified(costs: CostTable, runt: f64) -> BookCosts {
        BookCosts { costs, manner: Manner::Justified, runt, measure: 1.0, desperate: false }
    }

    /// Lines with natural spaces in a measure; with `even`, the last line
    /// should be as long as the others.
    #[must_use]
    pub fn ragged(costs: CostTable, measure: f64, even: bool) -> BookCosts {
        BookCosts {
            costs,
            manner: Manner::Ragged { even },
            runt: 0.0,
            measure: measure.max(1.0),
            desperate: false,
        }
    }

    /// The same, but loose lines may be made when nothing else can be.
    #[must_use]
    pub fn desperate(self) -> BookCosts {
        BookCosts { desperate: true, ..self }
    }

    /// How a misfit is shared: the spaces' ratio and the letters' part.
    #[must_use]
    pub fn share(line: &Totals, misfit: f64) -> (f64, f64) {
        // Letters first, up to their limit, and the rest to the spaces: a hair's breadth in each of
        // fifty letters is not seen, while a tenth of an em in nine spaces is.
        let flex = if line.flex > 0.0 { (misfit / line.flex).clamp(-1.0, 1.0) } else { 0.0 };
        let rest = misfit - flex * line.flex;
        // A line that is too long gives what its spaces can shrink, one too short takes what they can
        // stretch. The ratio is the share of that: 1 is all of it.
        let spaces = if rest < 0.0 { line.shrink } else { line.stretch };
        if spaces > 0.0 {
            return (rest / spaces, flex);
        }
        // No spaces: one word fills the line, or none does. Less than 1/65536 pt is left when the
        // letters alone have filled it; how far they were stretched then counts as a small ratio, so
        // that of two such lines the quieter is taken. Else nothing can fill it, and the ratio says so
        // in both directions.
        (if rest.abs() < 1.0 { flex * LETTERS_ALONE } else { rest.signum() * UNFILLED }, flex)
    }

    fn tightest(&self) -> f64 {
        if self.desperate { self.costs.tightest.1 } else { self.costs.tightest.0 }
    }

    fn ragged_fit(&self, misfit: f64, end: &Breakpoint, even: bool) -> Option<Fit> {
        // Nothing is stretched, so a line either fits or does not. One that does not is had only in
        // the last pass of all, and costs by how far it sticks out.
        let last = end.ending == Ending::Forced;
        if misfit < 0.0 {
            let fit = Fit { ratio: misfit / self.measure, flex: 0.0, class: 1 };
            return self.desperate.then_some(fit);
        }
        // Ragged lines cost by what they leave empty, in shares of the measure. The last line of a
        // paragraph may end where it does; in a title, which should look even, it counts like the
        // others.
        let ratio = if last && !even { 0.0 } else { misfit / self.measure };
        Some(Fit { ratio, flex: 0.0, class: 1 })
    }

    /// A line that must end at the margin. Where that would tear it apart, it
    /// is left short.
    fn full_fit(&self, line: &Totals, misfit: f64) -> Option<Fit> {
        // The last line before an old page's end goes to the margin if it can. If it could only with
        // holes it stays short, which is said in the proof.
        let (ratio, flex) = BookCosts::share(line, misfit);
        if ratio > LOOSEST_FULL {
            return Some(Fit { ratio: UNFILLED, flex: 0.0, class: 1 });
        }
        (ratio >= -self.tightest()).then_some(Fit { ratio, flex, class: class(ratio) })
    }

    fn last_fit(&self, line: &Totals, misfit: f64) -> Option<Fit> {
        if misfit >= 0.0 {
            return Some(Fit { ratio: 0.0, flex: 0.0, class: 1 });
        }
        let (ratio, flex) = BookCosts::share(line, misfit);
        (ratio >= -self.tightest()).then_some(Fit { ratio, flex, class: class(ratio) })
    }
}

/// What each line costs where lines are not justified: as few as will do.
const RAGGED_LINE: f64 = 400.0;
/// What an empty line would cost there; shorter ends cost less by the square.
const RAGGED_END: f64 = 300.0;

/// What a line costs there that sticks out, because nothing in it can be broken: so much
/// for every one, and so much by the square of the part of a measure that is outside. By
/// the square, so that two words which are both too wide never share a line: together
/// they reach further than both do alone.
const OUTSIDE: (f64, f64) = (1e6, 1e8);

/// As what ratio a line without spaces counts whose letters are as far apart as
/// they may be.
const LETTERS_ALONE: f64 = 0.25;

/// The ratio of a line that has nothing to fill it with.
const UNFILLED: f64 = 10.0;

/// What a last line costs that should be full and is left short: less than
/// one that is looser than allowed.
const TORN: f64 = 40_000.0;

/// Whether a line should have been full and is left short.
#[must_use]
pub fn is_torn(fit: &Fit, end: &Breakpoint) -> bool {
    end.ending == Ending::Full && fit.ratio >= UNFILLED
}

/// A last line that must be full is left short rather than set looser.
pub const LOOSEST_FULL: f64 = 0.55;

/// A line that is set looser, since nothing better could be had, is named.
pub const LOOSEST_UNNAMED: f64 = 0.6;

/// No line is set looser than this: it ends before the margin, which is seen less than
/// holes between its words.
pub const LOOSEST_SET: f64 = 1.5;

/// Tight, or loose: the best way to either is followed, since the next line is
/// compared with it. CostTable weigh the change itself, so finer classes gain little.
fn class(ratio: f64) -> u8 {
    u8::from(ratio > 0.0)
}

impl LineCosts for BookCosts {
    #[inline]
    fn fit(&self, line: &Totals, misfit: f64, end: &Breakpoint) -> Option<Fit> {
        if let Manner::Ragged { even } = self.manner {
            return self.ragged_fit(misfit, end, even);
        }
        if end.ending == Ending::Forced {
            return self.last_fit(line, misfit);
        }
        if end.ending == Ending::Full {
            return self.full_fit(line, misfit);
        }
        let (ratio, flex) = BookCosts::share(line, misfit);
        let allowed = ratio >= -self.tightest() && (self.desperate || ratio <= self.costs.loosest);
        allowed.then_some(Fit { ratio, flex, class: class(ratio) })
    }

    fn too_loose(&self, line: &Totals, misfit: f64) -> bool {
        // A line is too loose for good when not even the limit and a little more would fill it. The
        // little more is for what hangs out at its ends, which differs from one breakpoint to the
        // next.
        let limit = line.flex + line.stretch * (self.costs.loosest + SLACK);
        self.manner == Manner::Justified && !self.desperate && misfit > limit
    }

    fn too_tight(&self, line: &Totals, misfit: f64) -> bool {
        match self.manner {
            Manner::Ragged { .. } => misfit < -self.measure,
            Manner::Justified => -misfit > line.flex + line.shrink * (self.tightest() + SLACK),
        }
    }

    fn demerits(&self, fit: &Fit, start: &Breakpoint, end: &Breakpoint) -> f64 {
        let costs = &self.costs;
        // A torn line is judged as such and not by its spaces, which are natural.
        if is_torn(fit, end) {
            return TORN + end.penalty;
        }
        let mut demerits = match self.manner {
            Manner::Justified => self.evenness(fit),
            Manner::Ragged { .. } if fit.ratio < 0.0 => OUTSIDE.0 + OUTSIDE.1 * fit.ratio * fit.ratio,
            Manner::Ragged { .. } => RAGGED_LINE + RAGGED_END * fit.ratio * fit.ratio,
        };
        demerits += end.penalty;
        // A hyphen that the author wrote costs less than one that the break adds, but not nothing:
        // both end the line in a mark that asks for patience.
        demerits += match end.ending {
            Ending::Hyphen => costs.hyphen.0,
            Ending::Hard => costs.hyphen.1,
            Ending::Plain | Ending::Forced | Ending::Full => 0.0,
        };
        if end.ending == Ending::Forced && self.manner == Manner::Justified {
            demerits += self.last_line(start, end);
        }
        demerits
    }

    fn river(&self) -> f64 {
        self.costs.river
    }

    fn between(&self, before: (&Fit, &Breakpoint), line: (&Fit, &Breakpoint)) -> f64 {
        let costs = &self.costs;
        let hyphen = |end: &Breakpoint| end.ending.is_hyphen();
        let mut demerits = 0.0;
        if line.1.ending != Ending::Forced && self.manner == Manner::Justified && !is_torn(line.0, line.1) {
            // The eye compares neighbours. Knuth and Plass have four fitness classes for this and
            // charge a fixed sum where two lines are more than a class apart; here the change itself
            // is charged, by its square, so there is no step between lines that are alike and lines
            // that are not. The one step is at the change that leaps to the eye.
            let change = (line.0.ratio - before.0.ratio).abs();
            demerits += costs.change * change * change;
            if change > costs.leap.0 {
                demerits += costs.leap.1 * (0.5 + change);
            }
        }
        if line.1.ending == Ending::Forced && hyphen(before.1) {
            demerits += costs.final_hyphen;
        }
        if hyphen(before.1) && hyphen(line.1) {
            demerits += costs.ladder;
        }
        // Words are compared by their hashes, nought for none: two lines that begin, or end, with the
        // same word make a stack that the eye runs into.
        let alike = |a: u32, b: u32| f64::from(u8::from(a != 0 && a == b));
        demerits += costs.stack * alike(before.1.words.0, line.1.words.0);
        demerits + costs.stack * alike(before.1.words.1, line.1.words.1)
    }
}

/// How far past its limit a line must be before longer or shorter lines need
/// not be tried: hanging punctuation and hyphens make ends uneven.
const SLACK: f64 = 0.3;

impl BookCosts {
    /// What a justified line costs for its spaces.
    fn evenness(&self, fit: &Fit) -> f64 {
        let costs = &self.costs;
        // In units of what is visible, which is not the same in both directions: a space that is a
        // fifth narrower shows as much as one that is a quarter wider.
        let part = fit.ratio / if fit.ratio > 0.0 { costs.visible.0 } else { costs.visible.1 };
        let mut demerits = LINE + costs.uneven * part * part;
        if part.abs() > 1.0 {
            demerits += costs.shows;
        }
        // Beyond what is allowed the costs jump and then rise, so that of two bad lines the less bad
        // one is taken. Only a desperate search comes here.
        let (loose, tight) = (fit.ratio - costs.loosest, -fit.ratio - costs.tightest.0);
        if loose > 0.0 {
            demerits += costs.excess.0 * (1.0 + loose);
        }
        if fit.ratio > LOOSEST_UNNAMED {
            // By the square: three lines that are a little too loose are read, one with its whole share of
            // white is looked at. Beyond what no spaces fill it makes no difference how far.
            let apart = 1.0 + loose.min(UNFILLED);
            demerits += costs.hole * apart * apart;
        }
        if tight > 0.0 {
            demerits += costs.excess.1 * (1.0 + tight);
        }
        demerits
    }

    /// A last line that is shorter than an indent costs much.
    fn last_line(&self, start: &Breakpoint, end: &Breakpoint) -> f64 {
        // Shorter than an indent, and the white of the next paragraph's first line would run into that
        // behind this one's last word.
        if self.is_runt(start, end) { self.costs.runt } else { 0.0 }
    }

    /// Whether a last line is all but empty.
    #[must_use]
    pub fn is_runt(&self, start: &Breakpoint, end: &Breakpoint) -> bool {
        end.ending == Ending::Forced && end.before.width - start.after.width < self.runt
    }
}

/// What each line costs, so that of equal paragraphs the shorter is taken.
const LINE: f64 = 1.0;
