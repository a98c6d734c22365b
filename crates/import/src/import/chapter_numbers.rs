//! Numbers that count the chapters of a plain text without pages: `1`, `2`, `3`, each alone above its text.
//!
//! The numbers of pages stand so too, but within sentences; and they stand close to the text, where chapters have white
//! space above them or more text under them than a page holds.

use super::line::{Line, goes_on};
use super::mark::page_mark;
use super::part_name::is_capital;
use std::collections::BTreeSet;

/// How many chapters there are at least; how many whose numbers part no sentence are no pages, whatever else.
const LEAST: usize = 2;
const LEAST_UNCUT: usize = 4;
/// From how many blank lines above each on they have the space of chapters.
const SPACE: usize = 2;
/// How many characters a line of running text has at least.
const LEAST_RUNNING: usize = 36;
/// How many bytes of text stand under each at least, and how many a page holds at most.
const LEAST_TEXT: usize = 200;
const MOST_OF_PAGE: usize = 4000;

/// The lines of such numbers, which begin with 1 and follow on one another; none where any of them may be that of a page.
pub(super) fn chapter_numbers(lines: &[Line<'_>]) -> BTreeSet<usize> {
    let number = |at: usize| {
        let text = lines[at].trimmed().trim_end_matches('.');
        let figures = (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        let alone = (at == 0 || lines[at].blanks > 0) && lines.get(at + 1).is_some_and(|l| l.blanks > 0);
        text.parse::<usize>().ok().filter(|_| figures && alone)
    };
    let found: Vec<(usize, usize)> = (0..lines.len()).filter_map(|at| Some((at, number(at)?))).collect();
    let row = found.iter().enumerate().all(|(n, (_, number))| *number == n + 1);
    let paged = || lines.iter().any(|line| line.feed || page_mark(line.trimmed()).is_some());
    if found.len() < LEAST || !row || paged() {
        return BTreeSet::new();
    }
    let cuts = |at: usize| {
        let above = at.checked_sub(1).map_or("", |above| lines[above].trimmed());
        let above = goes_on(above) && above.chars().count() >= LEAST_RUNNING;
        above || lines.get(at + 1).is_some_and(|l| l.trimmed().starts_with(char::is_lowercase))
    };
    let end = |n: usize| found.get(n + 1).map_or(lines.last().map_or(0, Line::end), |next| lines[next.0].at);
    let text = |n: usize| end(n).saturating_sub(lines[found[n].0].end());
    let all = || 0..found.len();
    let spaced = || found[1..].iter().all(|(at, _)| lines[*at].blanks >= SPACE);
    let long = || all().filter(|n| text(*n) > MOST_OF_PAGE).count() * 2 > found.len();
    // letters and poems have numbers above titles in capitals, which are those of sections
    let titled = |at: usize| lines.get(at + 1).is_some_and(|below| is_capital(below.trimmed()));
    let sure = all().all(|n| text(n) >= LEAST_TEXT)
        && !found.iter().any(|(at, _)| titled(*at))
        && !found.iter().any(|(at, _)| cuts(*at))
        && (found.len() >= LEAST_UNCUT || spaced() || long());
    if sure { found.into_iter().map(|(at, _)| at).collect() } else { BTreeSet::new() }
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    #[test]
    fn numbers_alone_above_texts_count_chapters() {
        let text = "The wheel turned. ".repeat(20);
        let typed = format!("The Mill\n\nby a miller\n\n\n1\n\n{text}\n\n\n\n2\n\n{text}\n");
        assert_eq!(chapter_numbers(&lines(&typed)).len(), 2);
        for other in [
            format!("{text} and the\n\n1\n\nwheel {text}\n\n2\n\n{text}\n"),
            format!("{text}\n\n1\n\n{text}\n\n2\n\n{text}\n"),
            format!("{text}\n\n\n7\n\n{text}\n\n\n8\n\n{text}\n"),
        ] {
            assert!(chapter_numbers(&lines(&other)).is_empty());
        }
    }
}
