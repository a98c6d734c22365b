//! Which page marks of a row are believed, where a text bears the number of each page.
//!
//! A mark may be missing, be misread, or stand where none belongs. No mark is believed for itself: the row that is
//! worth most is. Each mark that is believed earns one; a step from one believed mark to the next pays for the numbers
//! that are missing between them, and for holding more or less text than as many pages usually do. This is the longest
//! increasing subsequence (Schensted 1961) with weights: one stray number never outweighs the marks that contradict it.
//!
//! An example: 60 61 **200** 62 63 … 258. The row through 200 lacks the 138 marks up to 199, the row beside it lacks one.
//!
//! Complexity: a step pays at most [`RESTART`], so only marks within [`REACH`] are tried one by one, and of those
//! farther back the best: n × [`REACH`] steps for n marks.

use super::model::Number;

/// How many marks back each predecessor is tried.
const REACH: usize = 64;
/// What each number pays that is missing in a step.
const MISSING: f64 = 0.15;
/// What all numbers that are missing in a step pay at most: a stretch as long may have been left out.
const JUMP: f64 = 4.0;
/// What it costs when numbers begin anew, as in a second volume.
const RESTART: f64 = 4.5;
/// What it costs that arabic numbers begin behind roman ones with another number than one or the next.
const ANEW: f64 = 0.5;
/// What a step pays whose pages hold e times as much text as usual, or an e-th of it.
const UNEVEN: f64 = 0.2;
/// How far from the usual the text of a page is counted, as the logarithm of its share.
const MOST_UNEVEN: f64 = 3.0;
/// What a mark is worth that the editor confirms.
const CONFIRMED: f64 = 1000.0;
/// How much text there is at least on either side of a mark whose number is misread, as a share of the usual page.
const LEAST_SHARE: f64 = 0.5;

/// A page mark with a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct PageMark {
    /// Its number.
    pub number: Number,
    /// How much text stands before it.
    pub at: usize,
    /// Whether the editor says that a page begins here.
    pub confirmed: bool,
}

/// What is made of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The page has its number.
    Believed,
    /// A page begins here, with the number that the marks around it leave.
    Misread(Number),
    /// No page begins here.
    Stray,
}

/// What is made of each mark of a row.
pub(super) fn verdicts(row: &[PageMark]) -> Vec<Verdict> {
    let usual = usual_text(row);
    let mut found = vec![Verdict::Stray; row.len()];
    for at in best_row(row, usual) {
        found[at] = Verdict::Believed;
    }
    let mut last: Option<(Number, usize)> = None;
    for at in 0..row.len() {
        let own = match found[at] {
            Verdict::Believed => Some(row[at].number),
            _ => last.and_then(|last| left_for(row, &found, at, last, usual)),
        };
        let Some(number) = own else { continue };
        if found[at] != Verdict::Believed {
            found[at] = Verdict::Misread(number);
        }
        last = Some((number, row[at].at));
    }
    found
}

/// The number that a mark has which is not believed: the next, where the marks before and behind leave it free and each of
/// them is about a page away.
fn left_for(
    row: &[PageMark],
    found: &[Verdict],
    at: usize,
    (before, from): (Number, usize),
    usual: f64,
) -> Option<Number> {
    let behind = (at + 1..row.len()).find(|i| found[*i] == Verdict::Believed).map(|i| row[i])?;
    let number = before.next();
    let is_free = behind.number.roman == number.roman && number.value < behind.number.value;
    let share = |from: usize, to: usize| to.saturating_sub(from) as f64 / usual.max(1.0);
    let above = share(from, row[at].at);
    let is_page =
        (LEAST_SHARE..1.0 + LEAST_SHARE).contains(&above) && share(row[at].at, behind.at) >= LEAST_SHARE;
    (is_free && is_page).then_some(number)
}

/// The text between two marks whose numbers follow each other, in the middle.
fn usual_text(row: &[PageMark]) -> f64 {
    let follow = |pair: &&[PageMark]| pair[1].number == pair[0].number.next();
    let mut sizes: Vec<usize> =
        row.windows(2).filter(follow).map(|pair| pair[1].at.saturating_sub(pair[0].at)).collect();
    sizes.sort_unstable();
    sizes.get(sizes.len() / 2).copied().unwrap_or(0) as f64
}

/// What a step from one believed mark to the next pays.
fn step(from: &PageMark, to: &PageMark, usual: f64) -> f64 {
    let (a, b) = (from.number, to.number);
    // what is left of a book may begin with any page behind the matter at its front
    if a.roman && !b.roman && b.value > 1 && b.value != a.value.saturating_add(1) {
        return ANEW;
    }
    let pages = match (a.roman, b.roman) {
        (x, y) if x == y && b.value > a.value => b.value - a.value,
        // arabic numbers begin with one after the matter at the front, or go on with its numbers
        (true, false) => 1,
        _ => return RESTART,
    };
    let missing = (MISSING * f64::from(pages - 1)).min(JUMP);
    let share = to.at.saturating_sub(from.at) as f64 / (usual * f64::from(pages)).max(1.0);
    let uneven = if usual > 0.0 { share.max(1e-9).ln().abs().min(MOST_UNEVEN) } else { 0.0 };
    (missing + UNEVEN * uneven).min(RESTART)
}

/// The marks of the row that is worth most.
///
/// `worth[i]` is what the best row is worth that ends with mark `i`. Any step costs [`RESTART`] at most, so that the best
/// of all rows which end more than [`REACH`] marks back, less [`RESTART`], stands for all of these.
fn best_row(row: &[PageMark], usual: f64) -> Vec<usize> {
    let mut worth: Vec<f64> = Vec::with_capacity(row.len());
    let mut back: Vec<Option<usize>> = Vec::with_capacity(row.len());
    let mut far: Option<usize> = None;
    for (at, mark) in row.iter().enumerate() {
        if let Some(leaves) = at.checked_sub(REACH + 1)
            && far.is_none_or(|f| worth[leaves] > worth[f])
        {
            far = Some(leaves);
        }
        let near = (at.saturating_sub(REACH)..at).map(|i| (worth[i] - step(&row[i], mark, usual), i));
        let best = near.chain(far.map(|i| (worth[i] - RESTART, i))).max_by(|a, b| a.0.total_cmp(&b.0));
        let best = best.filter(|(gain, _)| *gain > 0.0);
        worth.push(best.map_or(0.0, |b| b.0) + if mark.confirmed { CONFIRMED } else { 1.0 });
        back.push(best.map(|b| b.1));
    }
    let mut at = (0..row.len()).max_by(|a, b| worth[*a].total_cmp(&worth[*b]));
    let mut found = Vec::new();
    while let Some(i) = at {
        found.push(i);
        at = back[i];
    }
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row of pages of 1000 characters each; `?` before a number sets it in the middle of the page before.
    fn judged(numbers: &str) -> String {
        let mut at = 0;
        let mut row = Vec::new();
        for word in numbers.split(' ') {
            let (stray, word) = word.strip_prefix('?').map_or((false, word), |w| (true, w));
            let number = Number::read(word).unwrap();
            row.push(PageMark { number, at: if stray { at - 500 } else { at }, confirmed: false });
            at += if stray { 0 } else { 1000 };
        }
        let shown = |(mark, verdict): (&PageMark, &Verdict)| match verdict {
            Verdict::Believed => mark.number.to_string(),
            Verdict::Misread(number) => format!("={number}"),
            Verdict::Stray => "-".to_owned(),
        };
        row.iter().zip(&verdicts(&row)).map(shown).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn no_mark_is_believed_alone() {
        for (row, wanted) in [
            ("1 2 3 4 5 6", "1 2 3 4 5 6"),
            ("v vi vii 1 2 3", "v vi vii 1 2 3"),
            ("v vi 7 8 9", "v vi 7 8 9"),
            ("v vi vii 141 142 143", "v vi vii 141 142 143"),
            ("ix 1 2 3", "ix 1 2 3"),
            ("vii viii ix 9 10 11", "vii viii ix 9 10 11"),
            // a number of another place, before and behind its own
            ("1 2 3 ?80 4 5 6 7 8 9", "1 2 3 - 4 5 6 7 8 9"),
            ("1 2 3 4 5 6 ?2 7 8 9", "1 2 3 4 5 6 - 7 8 9"),
            // two of them
            ("1 2 ?60 3 ?61 4 5 6 7 8", "1 2 - 3 - 4 5 6 7 8"),
            // the same number twice: the one whose pages are full
            ("1 2 3 ?4 4 5 6", "1 2 3 - 4 5 6"),
            ("1 2 3 4 ?4 5 6", "1 2 3 4 - 5 6"),
            // a number beyond the last, and one that is missing
            ("1 2 3 4 5 ?900", "1 2 3 4 5 -"),
            ("1 2 4 5 7 8", "1 2 4 5 7 8"),
            // a misread number
            ("60 61 72 63 64", "60 61 =62 63 64"),
            ("60 61 26 63 64", "60 61 =62 63 64"),
        ] {
            assert_eq!(judged(row), wanted, "{row}");
        }
    }

    #[test]
    fn numbers_begin_anew_in_a_second_volume() {
        let row = "1 2 3 4 5 6 7 1 2 3 4 5 6 7 8";
        assert_eq!(judged(row), row);
        assert_eq!(judged("1 2 3 4 5 6 7 ?1 8 9 10"), "1 2 3 4 5 6 7 - 8 9 10");
    }
}
