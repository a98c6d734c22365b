//! Where paragraphs begin in text whose lines are as they were set.
//!
//! A blank line parts paragraphs where the writer set one; a PDF reader sets
//! none. Then the indent of the first line tells, when the document indents;
//! else a last line that left room for the next word. Each sign adds its
//! log-odds, and a paragraph begins where the sum is above zero. Room is
//! measured against the lines that certainly go on: those that end in
//! mid-sentence.

use super::super::line::Line;
use super::super::model::Flow;
use super::{Document, Role};

/// From how many lines in a hundred on that begin further in than their neighbours the document indents.
const INDENTED: (usize, usize) = (2, 45);
/// How far a paragraph is indented at most, in characters.
const DEEPEST: usize = 8;

/// How lines are set.
#[derive(Clone, Copy, Debug)]
struct Measure {
    /// Characters of a full line.
    full: f64,
    /// How far full lines differ from that.
    spread: f64,
    /// The indent of a paragraph's first line, when the document has one.
    indent: Option<usize>,
}

/// Finds the paragraphs of all pages.
pub(super) fn paragraphs(lines: &[Line<'_>], document: &mut Document) {
    if !document.set_lines {
        return;
    }
    let margins = margins(lines, document);
    let learnt = learn(lines, document, &margins);
    document.margins.clone_from(&margins);
    let Some(measure) = learnt else { return };
    document
        .parameters
        .push(("characters to the line", format!("{:.0} ± {:.0}", measure.full, measure.spread)));
    document.parameters.push((
        "indent of a paragraph",
        measure.indent.map_or("none: the room in the last line tells".into(), |n| format!("{n} characters")),
    ));
    let mut before: Option<usize> = None;
    for page in 0..document.pages.len() {
        let body = document.pages[page].body();
        let mut first = true;
        for at in body {
            if !document.is_text(at) {
                continue;
            }
            if document.roles[at] != Role::Text {
                (before, first) = (None, false);
                continue;
            }
            if let Some(above) = before {
                let odds = odds(lines, (above, at), (margins[above], margins[at]), measure, first);
                let sure = confidence(odds);
                let flow = if odds > 0.0 { Flow::Begins(sure) } else { Flow::Joined(sure) };
                let parted = lines[at].blanks > 0 && !first;
                if !parted || odds < -4.0 {
                    document.flow.insert(at, flow);
                }
            }
            (before, first) = (Some(at), false);
        }
    }
}

fn confidence(odds: f64) -> u8 {
    let sure = 1.0 / (1.0 + (-odds.abs()).exp());
    (sure * 100.0).clamp(50.0, 99.0) as u8
}

/// How far the lines of a page stand in from the left, at least: the margin.
fn margins(lines: &[Line<'_>], document: &Document) -> Vec<usize> {
    let mut found = vec![0; lines.len()];
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
    }
    found
}

fn indent(line: &Line<'_>) -> usize {
    line.text.chars().take_while(|c| c.is_whitespace()).count()
}

fn length(line: &Line<'_>) -> usize {
    line.text.chars().count()
}

/// Whether a line ends in mid-sentence, so that it goes on.
fn goes_on(text: &str) -> bool {
    text.ends_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';' | '-'))
}

/// Learns how lines are set from those that certainly go on.
fn learn(lines: &[Line<'_>], document: &Document, margins: &[usize]) -> Option<Measure> {
    let text = |at: &usize| document.roles[*at] == Role::Text;
    let pair = |at: &usize| {
        let next = &lines[at + 1];
        text(&(at + 1))
            && next.blanks == 0
            && !next.feed
            && goes_on(lines[*at].trimmed())
            && next.trimmed().starts_with(char::is_lowercase)
    };
    let mut full: Vec<f64> = (0..lines.len().saturating_sub(1))
        .filter(text)
        .filter(pair)
        .map(|at| (length(&lines[at]) - margins[at].min(length(&lines[at]))) as f64)
        .collect();
    if full.len() < 6 {
        return None;
    }
    full.sort_by(f64::total_cmp);
    let share = |n: usize| full[(full.len() - 1) * n / 100];
    let (median, spread) = (share(60), (share(90) - share(10)) / 2.6);
    let mut counts = [0usize; DEEPEST + 1];
    let mut all = 0;
    for at in (0..lines.len()).filter(text) {
        let inner = indent(&lines[at]).saturating_sub(margins[at]);
        all += 1;
        if (1..=DEEPEST).contains(&inner) {
            counts[inner] += 1;
        }
    }
    let indented: usize = counts.iter().sum();
    let habit = indented * 100 >= all * INDENTED.0 && indented * 100 <= all * INDENTED.1 && indented >= 2;
    let most = (1..=DEEPEST).max_by_key(|n| counts[*n]).filter(|_| habit);
    Some(Measure { full: median, spread: spread.max(0.5), indent: most })
}

/// The log-odds that a paragraph begins at the second line.
fn odds(
    lines: &[Line<'_>],
    (above, at): (usize, usize),
    (margin_above, margin): (usize, usize),
    measure: Measure,
    overleaf: bool,
) -> f64 {
    let (before, here) = (lines[above].trimmed(), lines[at].trimmed());
    let mut odds = -1.0;
    let closed = before.trim_end_matches([
        '"', '”', '\'', '’', ')', ']', '*', '_', '»', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁰', '†',
        '‡',
    ]);
    let closed = closed.trim_end_matches(|c: char| c.is_ascii_digit());
    let stopped = closed.ends_with(['.', '!', '?', ':', '…', '—'])
        || closed.len() < before.len() && before.ends_with(['"', '”', '’']);
    odds += if stopped { 2.0 } else { -3.5 };
    let lead = here.trim_start_matches(|c: char| !c.is_alphanumeric());
    odds += if lead.starts_with(char::is_lowercase) { -3.5 } else { 0.7 };
    if before.ends_with('-') && !before.ends_with("--") {
        odds -= 3.0;
    }
    let inner = indent(&lines[at]) as i64 - margin as i64;
    if let Some(indent) = measure.indent {
        let off = (inner - indent as i64).abs();
        odds += match (inner, off) {
            (_, 0) => 6.5,
            (1.., 1) => 5.0,
            (..=0, _) => -5.0,
            _ => 2.0,
        };
    }
    let word = here.split_whitespace().next().map_or(0, |w| w.chars().count());
    let used = length(&lines[above]) as f64 - margin_above as f64;
    // How far the next word would have stayed within a full line; some words can be divided.
    let room = measure.full - used - 1.0 - word as f64;
    let by_room = if room > measure.spread {
        1.5 + (room / 6.0).min(3.5)
    } else {
        -1.5 + (room / 4.0).clamp(-1.5, 0.5)
    };
    odds += if measure.indent.is_some() { by_room * 0.4 } else { by_room };
    if !overleaf {
        odds += if lines[at].blanks > 0 { 3.0 } else { 0.0 };
    }
    odds
}
