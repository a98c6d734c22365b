//! Paragraphs that bear numbers, as those of a treatise do: `12. It follows …`. They are no items of a list, which are short.

use super::line::Line;
use super::rules::ordinal;
use std::collections::BTreeSet;

/// How many characters of its own half of the paragraphs of a row have at least.
const LEAST_LENGTH: usize = 480;
/// How many paragraphs a row has at least.
const LEAST_ROW: usize = 3;

/// The first lines of numbered paragraphs: in a row of numbers that rise by one, half are as long as no item of a list is.
pub(super) fn numbered_paragraphs(lines: &[Line<'_>]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut row: Vec<(usize, usize)> = Vec::new();
    let mut last = 0;
    for at in (0..lines.len()).filter(|at| *at == 0 || lines[*at].blanks > 0) {
        let Some((number, _)) = ordinal(lines[at].trimmed()) else { continue };
        if number != last + 1 {
            take(&mut found, &mut row);
        }
        if number == 1 || number == last + 1 {
            row.push((at, length(lines, at)));
            last = number;
        }
    }
    take(&mut found, &mut row);
    found
}

/// Ends a row: its lines are those of numbered paragraphs, or it is a list.
fn take(found: &mut BTreeSet<usize>, row: &mut Vec<(usize, usize)>) {
    let long = row.iter().filter(|(_, length)| *length >= LEAST_LENGTH).count();
    if row.len() >= LEAST_ROW && long * 2 >= row.len() {
        found.extend(row.iter().map(|(at, _)| *at));
    }
    row.clear();
}

/// How many characters a paragraph has.
fn length(lines: &[Line<'_>], at: usize) -> usize {
    let more = lines[at + 1..].iter().take_while(|line| line.blanks == 0 && !line.feed);
    lines[at..=at].iter().chain(more).map(|line| line.trimmed().chars().count()).sum()
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    #[test]
    fn long_passages_with_numbers_are_no_items() {
        let long = "The wheel turned on all the week and nobody asked for whom. ".repeat(9);
        let text =
            format!("1. {long}\n\n2. {long}\n\nSo it was.\n\n3. Short.\n\n1. Oats\n\n2. Rye\n\n3. Wheat\n");
        let lines = lines(&text);
        assert_eq!(numbered_paragraphs(&lines), [0, 1, 3].into());
    }
}
