//! Total fit against the published example: the first paragraph of the frog
//! king in D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines"
//! (1981), with the widths and glue given there, at 500 and at 390 units.

#![allow(clippy::cast_possible_truncation, reason = "the numbers of a test are small")]
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use pamphleteer::typeset::breaking::{
    Breakpoint, Ending, Fit, LineCosts, Measures, Search, Totals, Unbroken,
};

/// The paragraph with its optional hyphens.
const FROG_KING: &str = "In olden times when wish|ing still helped one, there lived a king whose \
    daugh|ters were all beau|ti|ful; and the young|est was so beau|ti|ful that the sun it|self, \
    which has seen so much, was aston|ished when|ever it shone in her face. Close by the king's \
    cas|tle lay a great dark for|est, and un|der an old lime-tree in the for|est was a well, and \
    when the day was very warm, the king's child went out into the for|est and sat down by the \
    side of the cool foun|tain; and when she was bored she took a golden ball, and threw it up \
    on high and caught it; and this ball was her fa|vor|ite play|thing.";

/// Units of 1/18 em.
fn width(c: char) -> f64 {
    const LETTERS: [f64; 26] = [
        9., 10., 8., 10., 8., 6., 9., 10., 5., 6., 10., 5., 15., 10., 9., 10., 10., 7., 7., 7., 10., 9., 13.,
        10., 10., 8.,
    ];
    match c {
        'a'..='z' => LETTERS[c as usize - 'a' as usize],
        'C' => 13.0,
        'I' | '-' => 6.0,
        _ => 5.0,
    }
}

fn glue(after: Option<char>) -> Totals {
    let (width, stretch, shrink) = match after {
        Some(',') => (6.0, 4.0, 2.0),
        Some(';') => (6.0, 4.0, 1.0),
        Some('.') => (8.0, 6.0, 1.0),
        _ => (6.0, 3.0, 2.0),
    };
    Totals { width, stretch, shrink, flex: 0.0 }
}

const HYPHEN_PENALTY: f64 = 50.0;

fn chain() -> Vec<Breakpoint> {
    let mut points = Vec::new();
    let mut sum = Totals { width: 18.0, ..Totals::default() };
    let mut point = |at: usize, before, after, penalty, ending| {
        points.push(Breakpoint { at: at as u32, before, after, penalty, ending, words: (0, 0), spaces: 0 });
    };
    point(0, Totals::default(), Totals::default(), 0.0, Ending::Plain);
    let mut last = None;
    for (at, c) in FROG_KING.char_indices() {
        let added = Totals { width: width(c), ..Totals::default() };
        match c {
            ' ' => {
                point(at, sum, sum + glue(last), 0.0, Ending::Plain);
                sum += glue(last);
            }
            '|' => {
                let hyphen = Totals { width: width('-'), ..Totals::default() };
                point(at, sum + hyphen, sum, HYPHEN_PENALTY, Ending::Hyphen);
            }
            '-' => {
                sum += added;
                point(at + 1, sum, sum, HYPHEN_PENALTY, Ending::Hard);
            }
            _ => sum += added,
        }
        last = Some(c);
    }
    let end = sum + Totals { stretch: 1e6, ..Totals::default() };
    point(FROG_KING.len(), end, end, 0.0, Ending::Forced);
    points
}

/// The paper's badness and demerits (page 1128), before fitness classes cost
/// anything.
struct Classic;

impl LineCosts for Classic {
    fn fit(&self, line: &Totals, misfit: f64, _: &Breakpoint) -> Option<Fit> {
        let ratio = misfit / if misfit < 0.0 { line.shrink } else { line.stretch };
        (-1.0..=2.0).contains(&ratio).then_some(Fit { ratio, flex: 0.0, class: 0 })
    }

    fn too_loose(&self, line: &Totals, misfit: f64) -> bool {
        misfit > 2.0 * line.stretch
    }

    fn too_tight(&self, line: &Totals, misfit: f64) -> bool {
        misfit < -line.shrink - 10.0
    }

    fn demerits(&self, fit: &Fit, _: &Breakpoint, end: &Breakpoint) -> f64 {
        let badness = 100.0 * fit.ratio.abs().powi(3);
        (1.0 + badness + end.penalty) * (1.0 + badness + end.penalty)
    }

    fn between(&self, before: (&Fit, &Breakpoint), line: (&Fit, &Breakpoint)) -> f64 {
        let flagged = |end: &Breakpoint| matches!(end.ending, Ending::Hyphen | Ending::Hard);
        if flagged(before.1) && flagged(line.1) { 3000.0 } else { 0.0 }
    }
}

fn ratios(measure: f64) -> Vec<f64> {
    let measures = Measures { first: Vec::new(), rest: measure };
    let text = Unbroken { points: &chain(), spaces: &[], measures: &measures };
    let solutions = Search::new(&text, &Classic, false).solutions();
    let best = solutions.iter().min_by(|a, b| a.demerits.total_cmp(&b.demerits)).unwrap();
    best.fits[..best.fits.len() - 1].iter().map(|fit| (fit.ratio * 1000.0).round() / 1000.0).collect()
}

#[test]
fn at_500_units_it_is_the_papers_optimum() {
    assert_eq!(ratios(500.0), [0.774, 0.179, 0.629, 0.545, 0.0, 0.079, 0.282, 0.294, 0.575]);
}

#[test]
fn at_390_units_it_is_the_papers_optimum() {
    let expected = [0.857, 0.0, 0.28, -0.5, -0.235, 0.607, 0.5, 1.12, 0.7, -0.176, 0.357];
    assert_eq!(ratios(390.0), expected);
}
