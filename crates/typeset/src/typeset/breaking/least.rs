//! The least number of faults that any lines of a paragraph have: a proof, by a second and
//! simpler programme than [`Search`](super::Search), of how good its lines can be.
//!
//! Faults are hyphens at the ends of two lines in a row, and a last line that is all but
//! empty. Whether two lines make one depends on the three breakpoints at which they begin
//! and end, and on nothing else. So the state is the breakpoint alone, with the line's number
//! as long as measures differ (a first line is indented); there are no demerits, no classes
//! and no rivers, nothing is pruned, and the least is exact: every way whose lines keep the
//! limits of spaces and letters is counted in.
//!
//! For example, a paragraph of 400 breakpoints, each with some forty starts from which a line
//! leads to it, is 16,000 lines to look at. Only paragraphs whose best lines have a fault are
//! looked at so, which in a book are a handful.

use super::book::BookCosts;
use super::model::{Breakpoint, LineCosts, Unbroken};

/// The least number of faults of all ways to break `text` within the limits of `costs`;
/// `None` when there is no such way.
#[must_use]
pub fn least_faults(text: &Unbroken<'_>, costs: &BookCosts) -> Option<u32> {
    let Unbroken { points, measures, .. } = *text;
    let (narrowest, widest) = (measures.least(), measures.greatest());
    // Behind the lines whose measures differ all line numbers are one state.
    let special = measures.first.len();
    let mut least: Vec<Vec<Option<u32>>> = vec![vec![None; special + 1]; points.len()];
    *least.first_mut()?.first_mut()? = Some(0);
    // The first start from which a line may still be not too long: it only moves on, for sums of
    // widths grow with the breakpoints.
    let mut live = 0;
    for (end, point) in points.iter().enumerate().skip(1) {
        let mut tight = live;
        for start in live..end {
            let sums = point.before - points[start].after;
            // The window is that of the search: a start from which the line is too long leaves it.
            if costs.too_tight(&sums, widest - sums.width) {
                tight += usize::from(tight == start);
                continue;
            }
            if !point.ending.is_forced() && costs.too_loose(&sums, narrowest - sums.width) {
                break;
            }
            // What a line adds does not depend on how its start was come to: that is what makes the
            // least of the beginnings enough.
            let added = faults_of(costs, (start, &points[start]), (point, end + 1 == points.len()));
            for line in 0..=special {
                let misfit = measures.of(u32::try_from(line).unwrap_or(u32::MAX)) - sums.width;
                let known = least[start][line].filter(|_| costs.fit(&sums, misfit, point).is_some());
                let Some(faults) = known.map(|faults| faults + added) else { continue };
                let next = &mut least[end][(line + 1).min(special)];
                *next = Some(next.map_or(faults, |other| other.min(faults)));
            }
        }
        // No line goes over an end that the author made.
        live = if point.ending.is_forced() { end } else { tight };
    }
    least.last()?.iter().flatten().min().copied()
}

/// The faults that a line adds to those of the lines before it.
fn faults_of(costs: &BookCosts, (at, start): (usize, &Breakpoint), (end, last): (&Breakpoint, bool)) -> u32 {
    let ladder = start.ending.is_hyphen() && end.ending.is_hyphen();
    let runt = last && at > 0 && costs.is_runt(start, end);
    u32::from(ladder) + u32::from(runt)
}
