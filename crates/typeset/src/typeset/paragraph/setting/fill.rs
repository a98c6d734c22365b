//! How a line fills its measure: what its parts amount to, how far it hangs
//! into the margins, and how its misfit is shared between spaces and letters.

use super::cut::{Atom, AtomKind, CutLine};
use crate::font::WordId;
use crate::length::Abs;
use crate::narrow::Nearest;
use crate::typeset::breaking::{BookCosts, LOOSEST_FULL, LOOSEST_SET, Totals};
use crate::typeset::line::LineAlignment;
use crate::typeset::paragraph::model::PieceKind;
use crate::typeset::protrude::hang;
use crate::typeset::shaper::{Shaper, StyleId, ems};

/// A last line that should be full is left short when it would be looser: the
/// breaker's own limit, and a kern.
const MOST_FULL: f64 = LOOSEST_FULL + 0.04;

/// The share of the measure below which one word alone does not fill a line.
const FULL_OF_ONE: f64 = 0.9;

/// How the line's letters and spaces are changed to fill it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filling {
    pub(super) expansion: f64,
    /// Per em, between letters.
    pub(super) tracking: f64,
    /// The word spaces' adjustment ratio.
    pub(super) ratio: f64,
    /// The ratio that would fill the line; infinite when it has no spaces and is not full.
    pub(super) needed: f64,
    /// How far the line ends before the margin all the same.
    pub(super) short: Abs,
}

impl Filling {
    /// Nothing is changed.
    const NATURAL: Filling =
        Filling { expansion: 1.0, tracking: 0.0, ratio: 0.0, needed: 0.0, short: Abs::ZERO };
}

/// Fits a line that is cut into its measure.
pub(super) struct Fitter<'c, 'a> {
    pub(super) line: &'c CutLine<'c>,
    pub(super) shaper: &'c Shaper<'a>,
}

impl Fitter<'_, '_> {
    /// How the misfit is shared between spaces and letters.
    pub(super) fn filling(&self, sums: &Totals, misfit: Abs) -> Filling {
        let form = &self.line.paragraph.form;
        if !self.line.is_adjusted() && (form.alignment != LineAlignment::Justified || misfit >= Abs::ZERO) {
            return Filling::NATURAL;
        }
        // The breaker decided from sums that were exact but for kerning at cut words. Here the line is
        // as it will stand, so its misfit is computed again and shared in the same way.
        let gaps: f64 = self.line.atoms.iter().map(|atom| self.gaps(atom)).sum();
        let flex = BookCosts::share(sums, misfit.to_raw() as f64).1;
        let (expansion, tracking) = self.letters(flex * sums.flex, sums.flex, gaps);
        // What the line should come to, less what its letters come to when they have taken their
        // share, is left for the spaces; the ratio follows from how wide these are by nature.
        let target = sums.width + misfit.to_raw() as f64;
        let letters = (sums.width - sums.stretch) * expansion + gaps * tracking;
        let spaces = sums.stretch * expansion;
        // One word alone cannot fill a measure, and a word with its letters pulled apart is worse than
        // a short line. It may fill one that it nearly fills anyway.
        if self.is_one_word() && letters < target * FULL_OF_ONE {
            return Filling { needed: f64::INFINITY, ..Filling::NATURAL };
        }
        let needed = if spaces > 0.0 { (target - letters) / spaces - 1.0 } else { 0.0 };
        if self.line.is_full() && needed > MOST_FULL {
            return Filling::NATURAL;
        }
        // A space is never set at less than half its width, nor looser than the limit; what is then
        // still missing is white at the margin.
        let ratio = needed.clamp(-0.5, LOOSEST_SET);
        let short = Abs::raw(i64::nearest(spaces * (needed - LOOSEST_SET).max(0.0)));
        Filling { expansion, tracking, ratio, needed, short }
    }

    /// Whether the line holds one word and nothing else.
    fn is_one_word(&self) -> bool {
        let mut words = self.line.atoms.iter().filter(|atom| atom.is_solid());
        matches!(words.next().map(|atom| atom.kind), Some(AtomKind::Word(_))) && words.next().is_none()
    }

    /// How letters take up `part` of a misfit, of which they can take `all`: they
    /// are made wider or narrower, and tracked only when that is not enough.
    fn letters(&self, part: f64, all: f64, gaps: f64) -> (f64, f64) {
        let (expansion, tracking) = self.line.paragraph.form.limits;
        // Expansion comes first and tracking after it: a file is larger for every gap that is not the
        // font's own, and wider letters are seen less than wider gaps.
        let by_tracking = gaps * tracking;
        // a face may draw its letters over one another, so that a line has no width
        let by_expansion = (all - by_tracking).max(0.0);
        let expanded = part.clamp(-by_expansion, by_expansion);
        let share = |part: f64, all: f64| if all > 0.0 { part / all } else { 0.0 };
        (1.0 + expansion * share(expanded, by_expansion), tracking * share(part - expanded, by_tracking))
    }

    /// How far the line's first character hangs out, and its last.
    pub(super) fn hangs(&self) -> (Abs, Abs) {
        let paragraph = self.line.paragraph;
        if !paragraph.form.protrude || paragraph.levels.is_some() {
            return (Abs::ZERO, Abs::ZERO);
        }
        let mut solid = self.line.atoms.iter().filter(|atom| atom.is_solid());
        // The first line begins with its indent, where nothing hangs; lines that have runs in both
        // directions do not hang at all, for the mark at their left end may be the last that is read.
        let first = if self.line.is_first() { None } else { solid.clone().next() };
        let left = first.map_or(Abs::ZERO, |atom| self.hang(atom, true));
        (left, solid.next_back().map_or(Abs::ZERO, |atom| self.hang(atom, false)))
    }

    fn hang(&self, atom: &Atom, left: bool) -> Abs {
        let (AtomKind::Word(word), Some(style)) = (atom.kind, self.line.style(atom)) else {
            return Abs::ZERO;
        };
        let text = self.line.text(atom);
        let glyphs = self.shaper.glyphs(word);
        let hyphen = self.line.adds_hyphen(atom.end);
        let (c, glyph) = if left {
            (text.chars().next(), glyphs.first())
        } else {
            (if hyphen { Some('-') } else { text.chars().next_back() }, glyphs.last())
        };
        let (Some(c), Some(glyph)) = (c, glyph) else { return Abs::ZERO };
        let share = if left { hang(c).0 } else { hang(c).1 };
        ems(i64::nearest(share * f64::from(glyph.advance)), self.shaper.open(style).style.size)
    }

    /// What the line's parts amount to.
    pub(super) fn sums(&self) -> Totals {
        let mut sums = Totals::default();
        for atom in &self.line.atoms {
            sums += self.atom_sums(atom);
        }
        sums
    }

    fn atom_sums(&self, atom: &Atom) -> Totals {
        let (expansion, _) = self.line.paragraph.form.limits;
        match (atom.kind, self.line.part(atom)) {
            (AtomKind::Word(word), PieceKind::Words { style, .. }) => {
                let width = atom.correction.to_raw() as f64;
                self.word_sums(word, *style) + Totals { width, ..Totals::default() }
            }
            (AtomKind::Space, PieceKind::Words { style, .. }) => {
                let width = self.shaper.spaces(*style, self.line.text(atom)).to_raw() as f64;
                Totals { width, stretch: width, shrink: width, flex: width * expansion }
            }
            (AtomKind::Picture, PieceKind::Picture(_, size, _)) => {
                Totals { width: size.width.to_raw() as f64, ..Totals::default() }
            }
            _ => Totals::default(),
        }
    }

    fn word_sums(&self, word: WordId, style: StyleId) -> Totals {
        let (expansion, tracking) = self.line.paragraph.form.limits;
        let width = self.shaper.width(style, word).to_raw() as f64;
        let gaps = self.word_gaps(word, style);
        Totals { width, flex: width * expansion + gaps * tracking, ..Totals::default() }
    }

    /// The ems of an atom between whose letters there is a gap.
    fn gaps(&self, atom: &Atom) -> f64 {
        match (atom.kind, self.line.style(atom)) {
            (AtomKind::Word(word), Some(style)) => self.word_gaps(word, style),
            _ => 0.0,
        }
    }

    fn word_gaps(&self, word: WordId, style: StyleId) -> f64 {
        let size = self.shaper.open(style).style.size;
        self.shaper.shaped(word).glyph_count().saturating_sub(1) as f64 * size.to_raw() as f64
    }
}
