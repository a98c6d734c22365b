//! The ways to break a paragraph that are worth having.

use super::breakpoints::{Breakpoints, Candidates};
use super::model::Paragraph;
use crate::length::Abs;
use crate::typeset::breaking::{BookCosts, BreakClass, CostTable, Measures};
use crate::typeset::line::{Breaks, LineAlignment};
use crate::typeset::shaper::Shaper;

/// So many hyphens of a paragraph's best way, the first ones, are each left out in a way of its own.
const HYPHENS_SPARED: usize = 4;

/// A last line should not be shorter than this, in ems: an indent and a half, or four wide letters.
const SHORTEST_LAST_LINE: f64 = 2.5;

/// By how much the limits of expansion and tracking grow in a paragraph that cannot be
/// broken within them: from 2 to 3 %, and from 5 to 10/1000 em.
const WIDER_EXPANSION: f64 = 1.5;
const WIDER_TRACKING: f64 = 2.0;

/// The loosest line in such a paragraph: as loose as may be without being named.
const WIDER_LOOSEST: f64 = 0.58;
/// What a fault costs there: as much as holes between words, so that the lines with the fewest
/// faults are the best.
const FIRST_OF_ALL: f64 = 60_000.0;

impl Paragraph {
    /// Breaks it as a compositor would like to, or else at any price.
    ///
    /// Knuth and Plass try three passes: without hyphens, with them, and with lines that
    /// are looser than allowed. Hyphens have a price here, so the first two are one: the
    /// breaks that no compositor would make (in a name, in a date) are left out, and
    /// no line may be looser than the table of costs allows. Only when that finds no way
    /// at all does the paragraph get wider limits for its letters, which then stand a
    /// trifle closer or wider than in others. The same is tried, and then names are
    /// divided, when the best way has hyphens in two lines in a row or a last line that is
    /// all but empty, and it is kept if that has fewer of these. Only when nothing helps is
    /// everything a break, and loose lines and lines that stick out are had.
    pub(super) fn find_variants(&mut self, shaper: &mut Shaper<'_>, costs: CostTable) -> Vec<Breaks> {
        if self.tokens.is_empty() {
            let (ends, hyphenated) = (Vec::new(), Vec::new());
            let (demerits, loosest, short_last_line, faults) = (0.0, 0.0, false, 0);
            return vec![Breaks { ends, demerits, loosest, hyphenated, short_last_line, faults }];
        }
        let measures = self.measures();
        let narrow = self.form.limits;
        let (mut found, mut limits): (Vec<Breaks>, _) = (Vec::new(), narrow);
        // The common case sees a short list of breaks that a compositor would make, and ends here.
        for class in [BreakClass::Poor, BreakClass::Poor, BreakClass::Emergency] {
            // A second and a third look are for faults alone, so there faults outweigh all else; the first
            // has the costs of all other paragraphs.
            let costs = if self.form.limits == narrow { costs } else { wider(costs) };
            let line_costs = self.line_costs(costs, shaper);
            let points = Breakpoints::new(self, shaper, class, &costs);
            let ways = self.variants_among(points.candidates(&measures, &line_costs, false), costs);
            if !ways.is_empty() && (found.is_empty() || least_faults(&ways) < least_faults(&found)) {
                (found, limits) = (ways, self.form.limits);
            }
            if least_faults(&found) == Some(0) || (self.form.limits == narrow && !self.widen_limits()) {
                break;
            }
            // The last of them has all ways of the others among its own.
            self.least_faults = points.least_faults(&measures, &line_costs).unwrap_or(0);
        }
        if !found.is_empty() {
            self.form.limits = limits;
            self.least_faults = self.least_faults.min(least_faults(&found).unwrap_or(0));
            return found;
        }
        let points = Breakpoints::new(self, shaper, BreakClass::LastResort, &costs);
        let line_costs = self.line_costs(costs, shaper).desperate();
        let ways = self.variants_among(points.candidates(&measures, &line_costs, true), costs);
        // No lines keep the limits, so that there is nothing to be nearer to.
        self.least_faults = least_faults(&ways).unwrap_or(0);
        ways
    }

    /// Lets the letters of this paragraph take up half as much again by expansion, and
    /// twice as much by tracking; false where they take up nothing.
    fn widen_limits(&mut self) -> bool {
        let (expansion, tracking) = self.form.limits;
        let justified = self.form.alignment == LineAlignment::Justified;
        self.form.limits = (expansion * WIDER_EXPANSION, tracking * WIDER_TRACKING);
        justified && expansion > 0.0
    }

    /// The ways worth having:
    ///
    /// 1. the best for each number of lines;
    /// 2. for each of the best one's first [`HYPHENS_SPARED`] hyphens the best way of as many lines
    ///    in which that line ends otherwise;
    /// 3. of ragged lines, the best alone.
    ///
    /// Page breaking needs the second kind when the last line of a page would end in a hyphen. The
    /// search keeps what it knew before each breakpoint, so leaving one out costs only
    /// the way from there to the end; from the last hyphen to the first, each rewinds
    /// further than the one before, so the work is bounded by five searches.
    fn variants_among(&self, mut candidates: Candidates<'_>, costs: CostTable) -> Vec<Breaks> {
        let mut variants = candidates.all();
        let Some(best) = variants.iter().min_by(|a, b| a.demerits.total_cmp(&b.demerits)).cloned() else {
            return variants;
        };
        // Ragged lines have no spaces to judge and no hyphens to avoid; their shape is the best one
        // alone.
        if self.form.alignment != LineAlignment::Justified {
            return vec![Breaks { loosest: 0.0, ..best }];
        }
        let hyphens = (0..best.ends.len().saturating_sub(1)).filter(|line| best.hyphenated[*line]);
        let hyphens: Vec<usize> = hyphens.take(HYPHENS_SPARED).collect();
        for line in hyphens.into_iter().rev() {
            let spared = candidates.without(best.ends[line]);
            let same = |way: &Breaks| way.ends.len() == best.ends.len() && !way.hyphenated[line];
            variants.extend(spared.into_iter().filter(same));
        }
        // A line more or less, or a hyphen fewer, must not cost a loose line: page breaking cannot see
        // the lines, and would take such a shape for the sake of a page's depth. What is as loose as
        // the best itself is allowed, for a paragraph that has no better.
        let limit = best.loosest.max(costs.loosest);
        variants.retain(|variant| variant.loosest <= limit);
        variants
    }

    /// What makes its lines good: even spaces where they are justified, else even ends.
    fn line_costs(&self, costs: CostTable, shaper: &Shaper<'_>) -> BookCosts {
        let size =
            self.tokens.iter().find_map(|token| self.style(token)).map(|style| shaper.open(style).style.size);
        let em = size.unwrap_or(Abs::pt(10.0)).to_raw() as f64;
        let measure = self.form.measure.to_raw() as f64;
        match self.form.alignment {
            LineAlignment::Justified => BookCosts::justified(costs, em * SHORTEST_LAST_LINE),
            _ => BookCosts::ragged(costs, measure, self.form.display),
        }
    }

    fn measures(&self) -> Measures {
        let width = |line| self.width(line).to_raw() as f64;
        let special = (self.form.beside.0 as usize).max(1);
        Measures { first: (0..special).map(width).collect(), rest: width(special) }
    }
}

/// The costs of a paragraph that is looked at again, for the sake of its faults.
fn wider(costs: CostTable) -> CostTable {
    let loosest = costs.loosest.max(WIDER_LOOSEST);
    CostTable { loosest, ladder: FIRST_OF_ALL, runt: FIRST_OF_ALL, ..costs }
}

/// How many faults the best of those ways has; `None` of none.
fn least_faults(ways: &[Breaks]) -> Option<u32> {
    let best = ways.iter().min_by(|a, b| a.demerits.total_cmp(&b.demerits));
    best.map(|best| best.faults)
}
