//! The margins of pages: how far their lines stand in from the left at least.

use super::super::line::Line;
use super::{Document, Role};

/// How far the lines of a page stand in from the left, at least: the margin.
pub(super) fn margins(lines: &[Line<'_>], document: &Document) -> Vec<usize> {
    let mut found = vec![0; lines.len()];
    let mut own: Vec<(usize, [usize; 64])> = Vec::new();
    for page in &document.pages {
        let body = page.body();
        let mut counts = [0usize; 64];
        for at in body.clone().filter(|i| document.roles[*i] == Role::Text) {
            counts[indent(&lines[at]).min(63)] += 1;
        }
        let all: usize = counts.iter().sum();
        // the leftmost indent that a fair share of the lines has
        let margin =
            (0..64).find(|i| counts[*i] * 5 >= all.max(1)).or_else(|| (0..64).find(|i| counts[*i] > 0));
        found[page.lines.clone()].fill(margin.unwrap_or(0));
        own.push((margin.unwrap_or(0), counts));
    }
    // a page of verse or quotations has few lines at the margin, which is that of the other pages
    let mut times = [0usize; 64];
    own.iter().for_each(|(margin, _)| times[*margin] += 1);
    let usual = (0..64).max_by_key(|n| (times[*n], 64 - n)).unwrap_or(0);
    for (page, (margin, counts)) in document.pages.iter().zip(own) {
        if margin > usual && counts[usual] >= LEAST_AT_MARGIN {
            found[page.lines.clone()].fill(usual);
        }
    }
    found
}

/// How many lines at the margin of the other pages show that it is that of a page too.
const LEAST_AT_MARGIN: usize = 3;

/// How far a line stands in, its signs among the white space.
pub(super) fn indent(line: &Line<'_>) -> usize {
    line.text.chars().take_while(|c| c.is_whitespace()).count()
}
