//! The best fit of pages to a text: how many lines a page of the old edition
//! holds is learnt from the pages that the transcription shows, and the ends
//! between them are put where all pages are as full as those.
//!
//! Between two ends that the transcription shows, the others are the cheapest
//! way through a graph whose nodes are the gaps between blocks and whose edges
//! are pages (the shortest path of Knuth and Plass, *Breaking Paragraphs into
//! Lines*, 1981, with pages in place of lines). A page costs the square of what
//! it is fuller or emptier than usual, in units of a slack, and more where both
//! styles of quotation marks meet on it or a heading ends it.
//!
//! The invariant: `best[end]` is the least cost of all ways from the first gap
//! to `end`. It holds for an end when it holds for all gaps before it, since
//! the cost of a page depends on its two gaps alone, and no cost is negative.
//!
//! An example: pages hold 30 lines, and blocks of 10, 12, 9, 20 and 11 lines stand
//! between two certain ends, 62 lines for two pages. An end after the third block
//! makes pages of 31 and 31 lines, which cost (1/30 / 0.06)² = 0.3 each; one after the
//! second makes 22 and 40, which cost 5.9 and 30.9. So the third is chosen, and the
//! second is the runner-up that the report names.
//!
//! A page reaches back over no more than two pages' lines, and over [`MOST_BACK`]
//! blocks, so n gaps take at most n × [`MOST_BACK`] steps; where the number of
//! pages is free as well, in stretches of up to [`COUNTED_PAGES`] pages, that many
//! times more.

use super::model::{Draft, Gap, Join, Kind, Number, Percent, Piece, Sign};
use super::page_end::{Extent, PageEnd, reason};
use crate::narrow::Nearest;

/// The size of the notes against that of the text: a line is so much lower and holds so many more characters.
const NOTE_SIZE: f64 = 0.9;
/// The measure of a quotation against that of the text.
const QUOTE_MEASURE: f64 = 0.8;
/// The measure of a list item.
const ITEM_MEASURE: f64 = 0.92;
/// What the first line of a paragraph is indented by, in characters.
const INDENT: f64 = 3.0;
/// The measures that are tried, in characters to the line.
const MEASURES: std::ops::RangeInclusive<usize> = 40..=80;
/// What the title of a text takes from its first page, in lines, at least.
const TITLE_LINES: f64 = 6.0;
/// How far above the capacity a page may be loaded before it costs, as a share of the capacity.
const SLACK_OVER: f64 = 0.06;
/// The same below the capacity.
const SLACK_UNDER: f64 = 0.11;
/// What a page costs on which both straight and curly quotation marks stand.
const MIXED_MARKS: f64 = 4.0;
/// What a page costs that ends with a heading.
const AFTER_HEADING: f64 = 40.0;
/// What an end costs that the editor ruled out.
const BARRED: f64 = 1e6;
/// How many pages must be known before others are estimated by them.
const KNOWN_PAGES: usize = 4;
/// Over how many blocks a page reaches at most.
const MOST_BACK: usize = 400;
/// Pages in one stretch up to which the number of pages is a free variable of the fit.
const COUNTED_PAGES: usize = 14;

/// The loads of all blocks, and what a page holds.
pub(super) struct Fit {
    /// Lines that each block takes.
    lines: Vec<f64>,
    /// Sums of the lines of all blocks before each.
    lines_sum: Vec<f64>,
    /// Sums of the lines that the notes in all gaps before each take.
    notes_sum: Vec<f64>,
    /// How many blocks before each have straight quotation marks only.
    straight_sum: Vec<u32>,
    /// How many have curly ones only.
    curly_sum: Vec<u32>,
    /// Lines that a full page holds.
    pub capacity: f64,
    /// Characters to the line.
    pub measure: f64,
    /// How many stretches between certain ends the fit knows.
    known: usize,
    /// Gaps at which the editor wants no end.
    barred: Vec<bool>,
    /// Which blocks are headings.
    heading: Vec<bool>,
}

impl Fit {
    /// Learns from the pages that the transcription shows.
    pub(super) fn new(draft: &Draft, texts: &[Extent]) -> Fit {
        let style: Vec<i8> = draft.blocks.iter().map(|b| marks(&b.plain())).collect();
        let count = |sign: i8| sums(style.iter().map(|s| u32::from(*s == sign)));
        let chars: Vec<usize> = draft.blocks.iter().map(|b| b.plain().chars().count()).collect();
        let mut best: Option<(f64, Fit)> = None;
        for measure in MEASURES.step_by(2).map(|m| m as f64) {
            let fit = Fit::at(draft, texts, &chars, measure);
            if best.as_ref().is_none_or(|b| fit.0 < b.0) {
                best = Some(fit);
            }
        }
        let (_, fit) = best.unwrap_or_else(|| Fit::at(draft, texts, &chars, 56.0));
        Fit { straight_sum: count(-1), curly_sum: count(1), ..fit }
    }

    /// The fit for one measure, and how badly the certain pages agree with it.
    fn at(draft: &Draft, texts: &[Extent], chars: &[usize], measure: f64) -> (f64, Fit) {
        let cut = |i: usize| draft.gaps[i].join != Join::Apart;
        let lines: Vec<f64> = draft
            .blocks
            .iter()
            .zip(chars)
            .enumerate()
            .map(|(i, (b, n))| lines_of(&b.kind, *n, cut(i), measure))
            .collect();
        let mut fit = Fit {
            lines_sum: sums(lines.iter().copied()),
            notes_sum: sums(draft.gaps.iter().map(|g| notes_of(g, measure))),
            heading: draft.blocks.iter().map(|b| matches!(b.kind, Kind::Heading(_))).collect(),
            barred: draft.gaps.iter().map(|g| g.barred).collect(),
            lines,
            straight_sum: Vec::new(),
            curly_sum: Vec::new(),
            capacity: 1.0,
            measure,
            known: 0,
        };
        let mut loads: Vec<f64> = Vec::new();
        for text in texts {
            let ends = fit.certain(draft, text);
            loads.extend(ends.windows(2).filter(|w| w[1] != text.to).map(|w| fit.load(w[0], w[1])));
        }
        loads.retain(|l| *l > 3.0);
        loads.sort_by(f64::total_cmp);
        let Some(median) = loads.get(loads.len() / 2).copied() else { return (f64::MAX, fit) };
        fit.capacity = median;
        fit.known = loads.len();
        let stray: f64 = loads.iter().map(|l| (l / median - (l / median).round().max(1.0)).abs()).sum();
        (stray / loads.len() as f64, fit)
    }

    /// The certain ends of a text, with its first and last gap.
    fn certain(&self, draft: &Draft, text: &Extent) -> Vec<usize> {
        let inner = (text.from + 1..text.to).filter(|g| draft.gaps[*g].certain());
        std::iter::once(text.from).chain(inner).chain([text.to]).collect()
    }

    /// Lines on a page from gap `from` to gap `to`.
    fn load(&self, from: usize, to: usize) -> f64 {
        self.lines_sum[to] - self.lines_sum[from] + self.notes_sum[to + 1] - self.notes_sum[from + 1]
    }

    /// What the page from gap `from` to gap `to` costs in the text.
    fn cost(&self, from: usize, to: usize, text: &Extent) -> f64 {
        let fill = self.load(from, to) / self.capacity;
        let barred = if self.barred[to] && to != text.to { BARRED } else { 0.0 };
        let slack = match (fill > 1.0, from == text.from, to == text.to) {
            (true, _, _) => SLACK_OVER,
            (false, _, true) => return self.mixed(from, to) + barred,
            (false, true, _) => SLACK_UNDER * 4.0,
            _ => SLACK_UNDER,
        };
        ((fill - 1.0) / slack).powi(2) + self.mixed(from, to) + barred
    }

    fn mixed(&self, from: usize, to: usize) -> f64 {
        let (straight, curly) = (&self.straight_sum, &self.curly_sum);
        let both = straight[to] > straight[from] && curly[to] > curly[from];
        let mixed = if both { MIXED_MARKS } else { 0.0 };
        mixed + if self.heading[to - 1] { AFTER_HEADING } else { 0.0 }
    }

    /// All page ends of a text.
    pub(super) fn text(&self, draft: &Draft, text: &Extent, given: Option<u32>) -> Vec<PageEnd> {
        let certain = self.certain(draft, text);
        let stretches: Vec<Vec<(f64, Vec<usize>)>> =
            certain.windows(2).map(|w| self.stretch(w[0], w[1], text)).collect();
        let chosen = choose(&stretches, given);
        let mut ends = Vec::new();
        for (window, path) in certain.windows(2).zip(chosen) {
            let stops: Vec<usize> =
                [window[0]].into_iter().chain(path.iter().copied()).chain([window[1]]).collect();
            for i in 1..stops.len() - 1 {
                ends.push(self.estimated(stops[i - 1], stops[i], stops[i + 1], text));
            }
            ends.push(self.shown(draft, stops[stops.len() - 2], window[1]));
        }
        ends
    }

    /// The best ways to part a stretch into 1, 2, 3 … pages: cost and inner ends, best first by cost.
    fn stretch(&self, from: usize, to: usize, text: &Extent) -> Vec<(f64, Vec<usize>)> {
        let usual = usize::nearest((self.load(from, to) / self.capacity).round().max(1.0));
        if self.known < KNOWN_PAGES || to == from + 1 {
            return vec![(self.cost(from, to, text), Vec::new())];
        }
        if usual > COUNTED_PAGES {
            return vec![self.free(from, to, text)];
        }
        let most = (usual + 1).min(to - from);
        let mut ways = self.counted(from, to, most, text);
        ways.sort_by(|a, b| a.0.total_cmp(&b.0));
        ways
    }

    /// The best way for each number of pages up to `most`.
    fn counted(&self, from: usize, to: usize, most: usize, text: &Extent) -> Vec<(f64, Vec<usize>)> {
        let n = to - from;
        let mut best = vec![vec![(f64::INFINITY, 0usize); n + 1]; most + 1];
        best[0][0] = (0.0, 0);
        for pages in 1..=most {
            for end in 1..=n {
                for start in self.reach(from, from + end) {
                    let before = best[pages - 1][start - from].0;
                    if before.is_finite() {
                        let cost = before + self.cost(start, from + end, text);
                        if cost < best[pages][end].0 {
                            best[pages][end] = (cost, start - from);
                        }
                    }
                }
            }
        }
        (1..=most)
            .filter(|k| best[*k][n].0.is_finite())
            .map(|k| (best[k][n].0, trace(&best, k, n, from)))
            .collect()
    }

    /// The best way for any number of pages.
    fn free(&self, from: usize, to: usize, text: &Extent) -> (f64, Vec<usize>) {
        let n = to - from;
        let mut best = vec![(f64::INFINITY, 0usize); n + 1];
        best[0] = (0.0, 0);
        for end in 1..=n {
            for start in self.reach(from, from + end) {
                let cost = best[start - from].0 + self.cost(start, from + end, text);
                if cost < best[end].0 {
                    best[end] = (cost, start - from);
                }
            }
        }
        let mut path = Vec::new();
        let mut at = best[n].1;
        while at > 0 {
            path.push(from + at);
            at = best[at].1;
        }
        path.reverse();
        (best[n].0, path)
    }

    /// The gaps from which a page can reach to `end`: not more than twice a page back, but at least one.
    fn reach(&self, from: usize, end: usize) -> std::ops::Range<usize> {
        let mut start = end - 1;
        let mut load = self.lines[start];
        while start > from && load < 2.0 * self.capacity && end - start < MOST_BACK {
            start -= 1;
            load += self.lines[start];
        }
        start..end
    }

    /// An end that only the fit gives.
    fn estimated(&self, before: usize, gap: usize, after: usize, text: &Extent) -> PageEnd {
        let cost = |g: usize| self.cost(before, g, text) + self.cost(g, after, text);
        let own = cost(gap);
        let near = (before + 1..after).filter(|g| *g != gap && g.abs_diff(gap) < 40);
        let rival = near.map(|g| (cost(g), g)).min_by(|a, b| a.0.total_cmp(&b.0));
        let odds = rival.map_or(4.0, |(c, _)| (c - own).clamp(0.0, 8.0));
        let sure = 1.0 / (1.0 + (-odds / 2.0).exp());
        let confidence = Percent::nearest((sure * 100.0).min(90.0));
        let fill = (self.load(before, gap) / self.capacity * 100.0).round();
        let evidence = format!("estimated: the page would be {fill} % full here");
        let runner_up = rival.map(|(_, g)| (g, 100 - confidence.max(50)));
        PageEnd { gap, page: Number::default(), certain: false, confidence, evidence, runner_up }
    }

    /// An end that the transcription shows.
    fn shown(&self, draft: &Draft, before: usize, gap: usize) -> PageEnd {
        let signs = &draft.gaps[gap].signs;
        let confidence = match signs.len() {
            0 => 50,
            1 if signs[0] == Sign::Joint => 92,
            1 => 96,
            _ => 99,
        };
        let mut named: Vec<&str> = signs.iter().map(|s| reason(*s)).collect();
        let fill = format!("the page is {} % full", (self.load(before, gap) / self.capacity * 100.0).round());
        named.push(&fill);
        PageEnd {
            gap,
            page: Number::default(),
            certain: true,
            confidence,
            evidence: named.join("; "),
            runner_up: None,
        }
    }
}

fn trace(best: &[Vec<(f64, usize)>], pages: usize, n: usize, from: usize) -> Vec<usize> {
    let mut path = Vec::new();
    let mut at = n;
    for k in (1..=pages).rev() {
        at = best[k][at].1;
        if k > 1 {
            path.push(from + at);
        }
    }
    path.reverse();
    path
}

/// One way for each stretch: the cheapest, or the cheapest that make the given number of pages.
fn choose(stretches: &[Vec<(f64, Vec<usize>)>], given: Option<u32>) -> Vec<Vec<usize>> {
    let cheapest = || stretches.iter().map(|ways| ways[0].1.clone()).collect::<Vec<_>>();
    let Some(given) = given.map(|n| n as usize).filter(|n| *n <= 3000 && *n >= stretches.len()) else {
        return cheapest();
    };
    let free = cheapest();
    if free.iter().map(|p| p.len() + 1).sum::<usize>() == given {
        return free;
    }
    let mut best = vec![vec![(f64::INFINITY, 0usize); given + 1]; stretches.len() + 1];
    best[0][0] = (0.0, 0);
    for (i, ways) in stretches.iter().enumerate() {
        for pages in 0..given {
            let before = best[i][pages].0;
            if !before.is_finite() {
                continue;
            }
            for (w, (cost, path)) in ways.iter().enumerate() {
                let total = pages + path.len() + 1;
                if total <= given && before + cost < best[i + 1][total].0 {
                    best[i + 1][total] = (before + cost, w);
                }
            }
        }
    }
    if !best[stretches.len()][given].0.is_finite() {
        return free;
    }
    let mut left = given;
    let mut chosen = Vec::new();
    for i in (0..stretches.len()).rev() {
        let path = &stretches[i][best[i + 1][left].1].1;
        left -= path.len() + 1;
        chosen.push(path.clone());
    }
    chosen.reverse();
    chosen
}

/// The lines of a block of so many characters; one that goes on from the page before has no indent.
fn lines_of(kind: &Kind, chars: usize, goes_on: bool, measure: f64) -> f64 {
    let chars = chars as f64;
    let indent = if goes_on { 0.0 } else { INDENT };
    match kind {
        Kind::Heading(1) => TITLE_LINES + (chars / (measure / 2.0)).ceil(),
        Kind::Heading(_) | Kind::Subtitle | Kind::Caption => 2.0 + (chars / measure).ceil(),
        Kind::Paragraph | Kind::Verse | Kind::Table | Kind::Code => ((chars + indent) / measure).ceil(),
        Kind::Quote => (chars / (measure * QUOTE_MEASURE)).ceil(),
        Kind::Item(_) => (chars / (measure * ITEM_MEASURE)).ceil(),
        Kind::Break => 1.0,
    }
}

/// The lines that the notes in a gap take, with the rule above them.
fn notes_of(gap: &Gap, measure: f64) -> f64 {
    if !gap.pieces.iter().any(|p| matches!(p, Piece::Note(..))) {
        return 0.0;
    }
    let lines = |chars: &usize| (*chars as f64 * NOTE_SIZE / measure).ceil() * NOTE_SIZE;
    1.0 + gap.note_chars.iter().map(lines).sum::<f64>()
}

/// The sum of all values before each, and of all.
fn sums<T: Copy + Default + std::ops::Add<Output = T>>(values: impl Iterator<Item = T>) -> Vec<T> {
    let start = T::default();
    let running = values.scan(start, |sum, value| {
        *sum = *sum + value;
        Some(*sum)
    });
    std::iter::once(start).chain(running).collect()
}

/// The style of a text's quotation marks and apostrophes: straight -1, curly 1, none or both 0.
fn marks(text: &str) -> i8 {
    let straight = text.contains(['"', '\'']);
    let curly = text.contains(['“', '”', '’', '‘']);
    i8::from(curly) - i8::from(straight)
}
