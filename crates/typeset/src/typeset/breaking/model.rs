//! The vocabulary of line breaking: breakpoints, how lines fit, and what they cost.

use std::ops::{Add, AddAssign, Sub};

/// What a stretch of a paragraph amounts to. All in one unit of length; sums
/// of whole numbers are exact.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Totals {
    /// Natural width.
    pub width: f64,
    /// What its spaces gain at an adjustment ratio of +1.
    pub stretch: f64,
    /// What its spaces lose at an adjustment ratio of −1.
    pub shrink: f64,
    /// What its letters can gain or lose by expansion and tracking.
    pub flex: f64,
}

impl Add for Totals {
    type Output = Totals;
    fn add(self, other: Totals) -> Totals {
        Totals {
            width: self.width + other.width,
            stretch: self.stretch + other.stretch,
            shrink: self.shrink + other.shrink,
            flex: self.flex + other.flex,
        }
    }
}

impl AddAssign for Totals {
    fn add_assign(&mut self, other: Totals) {
        *self = *self + other;
    }
}

impl Sub for Totals {
    type Output = Totals;
    fn sub(self, other: Totals) -> Totals {
        Totals {
            width: self.width - other.width,
            stretch: self.stretch - other.stretch,
            shrink: self.shrink - other.shrink,
            flex: self.flex - other.flex,
        }
    }
}

/// How a line ends at a breakpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// At a space, or where nothing shows the break.
    Plain,
    /// After a hyphen that the author wrote.
    Hard,
    /// With a hyphen that the break adds.
    Hyphen,
    /// The line must end here.
    Forced,
    /// The line must end here, at the margin: the paragraph goes on elsewhere.
    Full,
}

impl Ending {
    /// Whether the line must end here.
    #[must_use]
    pub fn is_forced(self) -> bool {
        matches!(self, Ending::Forced | Ending::Full)
    }

    /// Whether the line ends in a hyphen.
    #[must_use]
    pub fn is_hyphen(self) -> bool {
        matches!(self, Ending::Hard | Ending::Hyphen)
    }
}

/// A place where a line may end.
#[derive(Clone, Copy, Debug)]
pub struct Breakpoint {
    /// The caller's own name of the place.
    pub at: u32,
    /// All before it, with what the break adds and without what hangs out.
    pub before: Totals,
    /// All before the next line, with what the break drops and what hangs out.
    pub after: Totals,
    /// Cost of breaking here; negative is encouraged.
    pub penalty: f64,
    /// How the line ends.
    pub ending: Ending,
    /// The word before the break, and the word after it, as hashes; 0 for none.
    pub words: (u32, u32),
    /// How many of the paragraph's spaces come before it. One at which the line
    /// ends comes after.
    pub spaces: u32,
}

impl Breakpoint {
    /// How many of the paragraph's spaces come before the next line: it does
    /// not begin with the space at which this one ends. Spaces before an end that
    /// the author made are counted already.
    pub(super) fn spaces_before_next(&self) -> u32 {
        // A break at a space drops that space, so that the sums behind it have grown by its stretch; a
        // break in a word drops nothing. That is how the two are told apart without asking the
        // paragraph.
        let at_space = self.ending != Ending::Forced && self.after.stretch > self.before.stretch;
        self.spaces + u32::from(at_space)
    }
}

/// How a line fills its measure.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fit {
    /// The spaces' adjustment ratio.
    pub ratio: f64,
    /// The share of expansion and tracking that is used, −1 to 1.
    pub flex: f64,
    /// Fitness class: of the ways to a line of each, the best is followed.
    pub class: u8,
}

/// What makes lines and their neighbourhood good.
pub trait LineCosts {
    /// How a line of these sums fits when `misfit` is left to fill; `None` when
    /// it must not be.
    fn fit(&self, line: &Totals, misfit: f64, end: &Breakpoint) -> Option<Fit>;

    /// Whether a line with that left to fill is too loose however it ends. The
    /// same line with fewer words is then too loose as well.
    fn too_loose(&self, line: &Totals, misfit: f64) -> bool;

    /// Whether a line with that left to fill is too tight however it ends.
    fn too_tight(&self, line: &Totals, misfit: f64) -> bool;

    /// Demerits of a line by itself.
    fn demerits(&self, fit: &Fit, start: &Breakpoint, end: &Breakpoint) -> f64;

    /// Demerits of a line after the line before it, never less than none.
    fn between(&self, before: (&Fit, &Breakpoint), line: (&Fit, &Breakpoint)) -> f64;

    /// Demerits of a space that carries a river on to a third line or further.
    fn river(&self) -> f64 {
        0.0
    }
}

/// A word space of a paragraph.
#[derive(Clone, Copy, Debug)]
pub struct Space {
    /// All before it.
    pub before: Totals,
    /// Its natural width.
    pub width: f64,
}

/// A paragraph to be broken.
#[derive(Clone, Copy, Debug)]
pub struct Unbroken<'a> {
    /// Where its lines may end. The first is the paragraph's start, the last
    /// a forced end.
    pub points: &'a [Breakpoint],
    /// Its word spaces; `None` where rivers do not matter.
    pub spaces: &'a [Space],
    /// The measures that its lines fill, each up to the same right margin.
    pub measures: &'a Measures,
}

/// One way to break: indices of the breakpoints where lines end.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// The ends of its lines.
    pub ends: Vec<usize>,
    /// How each line fits.
    pub fits: Vec<Fit>,
    /// Sum of all demerits.
    pub demerits: f64,
}

/// The measure of each line: the first few may differ from the rest.
#[derive(Clone, Debug)]
pub struct Measures {
    /// Those of the first lines.
    pub first: Vec<f64>,
    /// That of all further lines.
    pub rest: f64,
}

impl Measures {
    pub(super) fn of(&self, line: u32) -> f64 {
        // Only the first few lines differ: by the indent of the first, or beside an initial. All
        // others have one measure, so a list of two or three is enough for a paragraph of any length.
        self.first.get(line as usize).copied().unwrap_or(self.rest)
    }

    pub(super) fn least(&self) -> f64 {
        // The narrowest and the widest measure bound the search: a line that is too long for the
        // widest is too long for all, one that is too loose for the narrowest is too loose for all.
        self.first.iter().copied().fold(self.rest, f64::min)
    }

    pub(super) fn greatest(&self) -> f64 {
        self.first.iter().copied().fold(self.rest, f64::max)
    }
}
