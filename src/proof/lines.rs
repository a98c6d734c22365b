//! How even the lines of a book are, in figures.
//!
//! What is counted is what readers of proofs count: lines of the text, not of
//! its notes. The adjustment ratio says by which part of their natural width
//! the word spaces of a line are wider, or narrower.

use super::words;
use crate::pages::{Pages, Row};

/// From which change of the ratio on, from line to line, it leaps to the eye.
const LEAP: f64 = 0.5;

/// The lines of a book's text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lines {
    /// How many there are.
    pub count: usize,
    /// How many of them fill their measure. What is said of ratios is said of these.
    pub full: usize,
    /// The mean of the ratios, loose or tight.
    pub mean: f64,
    /// Their 95th percentile: nineteen in twenty are no looser and no tighter.
    pub p95: f64,
    /// The ratio of the loosest line, and of the tightest.
    pub extremes: (f64, f64),
    /// By how much the ratio changes from one line to the next, in the mean.
    pub change: f64,
    /// How many such changes leap to the eye: half a space and more.
    pub leaps: usize,
    /// How many end in a hyphen that the line break added.
    pub hyphens: usize,
    /// Two lines in a row that end so: the index of the page, and the words of
    /// the second.
    pub ladders: Vec<(usize, String)>,
    /// Those that end in a part of a name: the index of the page, and the part.
    pub divided_names: Vec<(usize, String)>,
}

/// Counts the lines of a book's text.
#[must_use]
pub fn lines(pages: &Pages) -> Lines {
    let mut lines = Lines::default();
    let (mut ratios, mut changes) = (Vec::new(), Vec::new());
    for (index, page) in pages.pages.iter().enumerate() {
        let words =
            if page.rows.iter().any(|row| row.hyphenated) { words::of_rows(page) } else { Vec::new() };
        let mut above: Option<&Row> = None;
        for (n, row) in page.rows.iter().enumerate().filter(|(_, row)| !row.noted) {
            lines.count += 1;
            if row.full {
                ratios.push(f64::from(row.ratio));
                let change = above.filter(|above| above.full).map(|above| row.ratio - above.ratio);
                changes.extend(change.map(|change| f64::from(change.abs())));
            }
            if row.hyphenated {
                lines.hyphen(index, above, &words[n]);
            }
            above = Some(row);
        }
    }
    lines.full = ratios.len();
    lines.leaps = changes.iter().filter(|change| **change > LEAP).count();
    lines.change = mean(&changes);
    lines.extremes = (ratios.iter().copied().fold(0.0, f64::max), ratios.iter().copied().fold(0.0, f64::min));
    let mut sizes: Vec<f64> = ratios.iter().map(|ratio| ratio.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    lines.mean = mean(&sizes);
    lines.p95 = sizes.get((sizes.len() * 19).div_ceil(20).saturating_sub(1)).copied().unwrap_or_default();
    lines
}

impl Lines {
    /// Counts a line that ends in a hyphen.
    fn hyphen(&mut self, page: usize, above: Option<&Row>, words: &str) {
        self.hyphens += 1;
        if above.is_some_and(|above| above.hyphenated) {
            self.ladders.push((page, words.to_owned()));
        }
        let part = words.split_whitespace().next_back().unwrap_or_default();
        let part = part.trim_start_matches(|c: char| !c.is_alphanumeric());
        if is_name(part) {
            self.divided_names.push((page, part.to_owned()));
        }
    }
}

/// Whether a word begins with a capital and goes on in small letters.
fn is_name(part: &str) -> bool {
    let mut letters = part.chars().filter(|c| c.is_alphabetic());
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::length::Abs;
    use crate::pages::Page;

    fn row(ratio: f32, full: bool, hyphenated: bool) -> Row {
        Row { y: Abs::ZERO, extent: (Abs::ZERO, Abs::ZERO), ratio, full, hyphenated, noted: false }
    }

    fn book(rows: Vec<Row>) -> Pages {
        let page = Page { rows, ..Page::default() };
        Pages { pages: vec![page], ..Pages::default() }
    }

    #[test]
    fn ratios_are_those_of_full_lines() {
        let noted = Row { noted: true, ..row(0.9, true, true) };
        let rows = vec![row(0.25, true, false), row(-0.5, true, false), row(0.0, false, false), noted];
        let found = lines(&book(rows));
        assert_eq!((found.count, found.full, found.hyphens), (3, 2, 0));
        assert_eq!((found.mean, found.p95, found.extremes), (0.375, 0.5, (0.25, -0.5)));
        assert_eq!((found.change, found.leaps), (0.75, 1));
    }

    #[test]
    fn two_hyphens_in_a_row_are_a_ladder() {
        let rows = [true, true, true, false, true].map(|hyphenated| row(0.0, true, hyphenated));
        let found = lines(&book(rows.to_vec()));
        assert_eq!((found.hyphens, found.ladders.len()), (4, 2));
    }

    #[test]
    fn a_name_begins_with_a_capital_alone() {
        let names = ["Lon-", "Émi-", "com-", "NA-", "1917-"].map(is_name);
        assert_eq!(names, [true, true, false, false, false]);
    }
}
