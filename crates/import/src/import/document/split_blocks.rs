//! Paragraphs where a reader of PDF sets white space behind first lines that stand in.
//!
//! Some readers (MuPDF's `mutool draw -F txt`) make a block of lines that begin at the same place. So first lines that stand in
//! are blocks of their own, several of them one where paragraphs have one line, and white space stands above and below each. It
//! stands within sentences as often as between them, which shows the habit. Then every line of a block begins a paragraph, and no
//! line of the next does, in turn: which of the two a block is, the whole page tells (Viterbi 1967, two states to a line).
//!
//! Worked example, with a blank line at each bar: `“Who is she?” said he. She was | a maid of the inn. | “Nobody.” “Then let her |
//! go.”` The small letters of the second and fourth block tell that these go on, so that the lines of the first and third begin.

use super::super::line::{Line, goes_on};
use super::super::model::Flow;
use super::sentences::{starts_small, stops};
use super::{Document, Role};
use std::collections::BTreeMap;

/// How many blank lines are looked at at least, and one in how many stands within a sentence at least.
const LEAST: usize = 12;
const SHARE: usize = 4;
/// On one of how many pages it does at least: above long notes it does now and then.
const PAGES: usize = 2;
/// Below so many of ten such lines white space stands at least.
const PARTED: usize = 6;
/// How many lines at the head of a page are those of heads and titles.
const HEAD: usize = 3;
/// How many characters a line has at least that breaks off.
const LEAST_BROKEN: usize = 30;

/// How many times as many blank lines there are at least as places that contradict the habit.
const WHITE_TO_BROKEN: usize = 6;

/// What it costs that white space stands between two lines of a kind, and that none stands between two kinds.
const SAME: f64 = 2.5;
const UNPARTED: f64 = 7.0;
/// What it costs that a line begins a paragraph though it has a small letter, or though the one above breaks off.
const SMALL: f64 = 6.0;
const OPEN: f64 = 4.0;
/// What it costs that a line goes on which has a capital, behind a stop.
const CAPITAL: f64 = 0.7;

/// Whether the white space of a text tells nothing of its paragraphs: it stands within sentences too, in the upper half of
/// pages, where no notes are.
pub(super) fn white_parts_sentences(lines: &[Line<'_>], document: &Document) -> bool {
    let (mut within, mut all) = (0, 0);
    for page in &document.pages {
        let body = page.body();
        let upper = (body.start + HEAD).min(body.end)..body.start + body.len() / 2;
        for at in upper.filter(|at| *at > 0 && lines[*at].blanks > 0 && document.roles[*at] == Role::Text) {
            let above = lines[at - 1].trimmed();
            all += 1;
            within += usize::from(goes_on(above) && above.chars().count() >= LEAST_BROKEN);
        }
    }
    all >= LEAST && within * SHARE >= all && within * PAGES >= document.pages.len()
}

/// Whether white space stands below most first lines behind white space that do not end with a sentence.
fn white_follows_first_lines(lines: &[Line<'_>], document: &Document) -> bool {
    let text = |at: usize| document.roles.get(at) == Some(&Role::Text);
    let first = |at: &usize| {
        let (above, here) = (lines[at - 1].trimmed(), lines[*at].trimmed());
        let whole = lines[*at].blanks > 0 && !lines[*at].feed && stops(above) && !starts_small(here);
        whole && !stops(here) && (at - 1..at + 2).all(text) && !lines[at + 1].feed
    };
    let firsts: Vec<usize> = (1..lines.len().saturating_sub(1)).filter(first).collect();
    let parted = firsts.iter().filter(|at| lines[**at + 1].blanks > 0).count();
    parted * 10 >= firsts.len() * PARTED
}

/// How the lines of text go on where white space parts first lines from the others; `None` where it does not.
pub(super) fn paragraphs(lines: &[Line<'_>], document: &Document) -> Option<BTreeMap<usize, Flow>> {
    if !white_parts_sentences(lines, document) || !white_follows_first_lines(lines, document) {
        return None;
    }
    let mut found = BTreeMap::new();
    let mut broken = 0;
    let mut before: Option<usize> = None;
    for page in &document.pages {
        let mut run: Vec<usize> = Vec::new();
        for at in page.body().filter(|at| document.is_text(*at)) {
            if document.roles[at] == Role::Text {
                run.push(at);
                continue;
            }
            broken += settle(lines, &std::mem::take(&mut run), before, &mut found).1;
            before = None;
        }
        let settled = settle(lines, &run, before, &mut found);
        (before, broken) = (settled.0, broken + settled.1);
    }
    let white = found.keys().filter(|at| lines[**at].blanks > 0).count();
    (broken * WHITE_TO_BROKEN <= white).then_some(found)
}

/// Settles the lines of a page between two titles, which stand under line `before`; gives their last line, and how often they
/// contradict that blocks take turns.
fn settle(
    lines: &[Line<'_>],
    run: &[usize],
    before: Option<usize>,
    found: &mut BTreeMap<usize, Flow>,
) -> (Option<usize>, usize) {
    let own = |n: usize, begins: bool| {
        let above = n.checked_sub(1).map(|n| run[n]).or(before);
        let (small, open) =
            (starts_small(lines[run[n]].trimmed()), above.is_some_and(|at| !stops(lines[at].trimmed())));
        let if_so = |holds: bool, cost: f64| if holds { cost } else { 0.0 };
        if begins { if_so(small, SMALL) + if_so(open, OPEN) } else { if_so(!small && !open, CAPITAL) }
    };
    let step = |n: usize, same: bool| match (lines[run[n]].blanks > 0, same) {
        (true, true) => SAME,
        (false, false) => UNPARTED,
        _ => 0.0,
    };
    let mut cost = [0.0; 2];
    let mut back: Vec<[usize; 2]> = Vec::with_capacity(run.len());
    for n in 0..run.len() {
        let mut next = [0.0; 2];
        let mut from = [0; 2];
        for state in 0..2 {
            let way = |other: usize| cost[other] + if n > 0 { step(n, other == state) } else { 0.0 };
            from[state] = usize::from(way(1) < way(0));
            next[state] = way(from[state]) + own(n, state == 1);
        }
        cost = next;
        back.push(from);
    }
    let mut state = usize::from(cost[1] < cost[0]);
    let mut broken = 0;
    for n in (0..run.len()).rev() {
        if n > 0 || before.is_some() {
            let flow = if state == 1 { Flow::Begins(97) } else { Flow::Joined(97) };
            found.insert(run[n], flow);
        }
        let from = back[n][state];
        broken += usize::from(own(n, state == 1) > CAPITAL || n > 0 && step(n, from == state) > 0.0);
        state = from;
    }
    (run.last().copied().or(before), broken)
}

#[cfg(test)]
mod tests {
    use super::super::PhysicalPage;
    use super::*;

    #[test]
    fn blocks_begin_and_go_on_in_turn() {
        let page = "of the ferry and the lower stage, where the old man was\nat work. Nobody knew him there.\n\n\
                    “Who is she?”\nSo he asked, when they had come to the mill and the\n\n\
                    Danube was seen. And the water\nwas high.\n\nNow the year was late, and the rain of the winter came\n\n\
                    upon them all.\n";
        let text = page.repeat(16);
        let lines = super::super::super::line::lines(&text);
        let each = lines.len() / 8;
        let page = |n: usize| PhysicalPage::of(n * each..(n + 1) * each, n as i64);
        let roles = vec![Role::Text; lines.len()];
        let document = Document { roles, pages: (0..8).map(page).collect(), ..Document::default() };
        let found = paragraphs(&lines, &document).expect("white space stands within sentences");
        let begins: Vec<usize> =
            (each..each * 2).filter(|at| matches!(found[at], Flow::Begins(_))).map(|at| at - each).collect();
        assert_eq!(begins, [2, 3, 6, 10, 11, 14]);
    }
}
