//! What a reader of proofs would mark on a page, in plain words.

use super::words;
use crate::length::Abs;
use crate::pages::{Compromise, Page, PageCompromise, Pages, Row};
use std::ops::Range;

/// Spaces wider than natural by this are marked, and narrower by that.
const LOOSE: f32 = 0.45;
const TIGHT: f32 = -0.3;
/// How many of the book's loosest lines, and tightest, are listed.
const WORST: usize = 8;

/// Something to mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// What it is: the name of its filter.
    pub kind: &'static str,
    /// What is said of it.
    pub says: String,
    /// The lines that it is about, as they read.
    pub lines: Vec<String>,
    /// Which of [`Page::rows`] they are.
    pub rows: Range<usize>,
    /// What page breaking paid for it, when that is its doing.
    pub cost: Option<f64>,
}

impl Mark {
    /// The rectangle of its lines in points from the page's corner: left, top, width,
    /// height. Of a page without lines, where they would stand.
    #[must_use]
    pub fn area(&self, page: &Page) -> [f64; 4] {
        let rows = page.rows.get(self.rows.clone()).unwrap_or_default();
        let Some(first) = rows.first() else {
            let (at, size) = (page.frame.at, page.frame.size);
            return [at.x, at.y, size.width, Abs::pt(2.0)].map(Abs::to_pt);
        };
        let reach = |row: &Row| (row.extent.0.to_pt(), row.extent.1.to_pt());
        let wider = |a: (f64, f64), b: (f64, f64)| (a.0.min(b.0), a.1.max(b.1));
        let (left, right) = rows.iter().map(reach).reduce(wider).unwrap_or_default();
        let high = if first.noted { 7.0 } else { 9.0 };
        let last = rows.last().map_or(first.y, |row| row.y);
        let top = first.y.min(last).to_pt() - high;
        [left, top, right - left, first.y.max(last).to_pt() + 3.0 - top]
    }
}

/// Everything to mark on a page, from its top.
#[must_use]
pub fn marks(pages: &Pages, index: usize) -> Vec<Mark> {
    let Some(page) = pages.pages.get(index) else { return Vec::new() };
    let lines: Vec<(&Row, String)> = page.rows.iter().zip(words::of_rows(page)).collect();
    let taken = pages.compromises.iter().filter(|taken| taken.page as usize == index);
    let mut marks: Vec<Mark> = taken.map(|taken| of_compromise(taken, page, &lines)).collect();
    uneven(&lines, &mut marks);
    ladders(&lines, &mut marks);
    stacks(&lines, &mut marks);
    hyphen_at_foot(page, &lines, &mut marks);
    marks.sort_by_key(|mark| mark.rows.start);
    marks
}

/// The book's lines with the widest spaces, or with -1 the narrowest: page,
/// ratio, words.
pub(super) fn worst(pages: &Pages, sign: f32) -> Vec<(usize, f32, String)> {
    let rows = pages
        .pages
        .iter()
        .enumerate()
        .flat_map(|(n, page)| page.rows.iter().enumerate().map(move |(r, row)| (n, r, row.ratio)));
    let mut found: Vec<(usize, usize, f32)> = rows.filter(|(_, _, ratio)| ratio * sign > 0.1).collect();
    found.sort_by(|a, b| (b.2 * sign).total_cmp(&(a.2 * sign)).then((a.0, a.1).cmp(&(b.0, b.1))));
    found.truncate(WORST);
    let text = |page: usize, row: usize| words::of_rows(&pages.pages[page]).swap_remove(row);
    found.into_iter().map(|(page, row, ratio)| (page, ratio, text(page, row))).collect()
}

/// What page breaking or line breaking gave up, at the lines where it shows.
fn of_compromise(taken: &PageCompromise, page: &Page, lines: &[(&Row, String)]) -> Mark {
    let rows = rows_of(&taken.compromise, page);
    let quoted = lines.get(rows.clone()).unwrap_or_default();
    let mut says = taken.compromise.reason();
    if let Some(first) = says.get(..1).map(str::to_uppercase) {
        says.replace_range(..1, &first);
    }
    Mark {
        kind: taken.compromise.name(),
        says: says + ".",
        lines: quoted.iter().map(|(_, words)| words.clone()).collect(),
        rows,
        cost: Some(taken.cost),
    }
}

/// The lines at which a compromise is seen: mostly the last of the text.
fn rows_of(compromise: &Compromise, page: &Page) -> Range<usize> {
    let at = |found: Option<usize>| found.map_or(0..0, |row| row..row + 1);
    let last = |noted: bool| page.rows.iter().rposition(|row| row.noted == noted);
    match compromise {
        Compromise::Widow => at(page.rows.iter().position(|row| !row.noted)),
        Compromise::SplitNote { .. } => at(last(true).or_else(|| last(false))),
        Compromise::ThinLastPage { .. } => 0..page.rows.iter().filter(|row| !row.noted).count(),
        Compromise::LooseLine { .. } => {
            let loosest = |a: &(usize, &Row), b: &(usize, &Row)| a.1.ratio.total_cmp(&b.1.ratio);
            at(page.rows.iter().enumerate().max_by(loosest).map(|(row, _)| row))
        }
        Compromise::LineOfOneWord => {
            let texts = words::of_rows(page);
            let is_one = |words: &String| !words.is_empty() && !words.contains(' ');
            at(texts.iter().position(is_one))
        }
        _ => at(last(false)),
    }
}

/// A mark on lines that stand one below the other.
fn on_lines(kind: &'static str, says: String, lines: &[(&Row, String)], rows: Range<usize>) -> Mark {
    let lines = lines[rows.clone()].iter().map(|(_, words)| words.clone()).collect();
    Mark { kind, says, lines, rows, cost: None }
}

fn uneven(lines: &[(&Row, String)], marks: &mut Vec<Mark>) {
    for (row, line) in lines.iter().enumerate() {
        let percent = (line.0.ratio * 100.0).abs();
        // what line breaking told of is told of once
        let known = marks.iter().any(|mark| mark.kind == "loose line" && mark.rows.contains(&row));
        if line.0.ratio > LOOSE && !known {
            let says =
                format!("The words stand far apart: spaces are {percent:.0} % wider than they should be.");
            marks.push(on_lines("loose line", says, lines, row..row + 1));
        } else if line.0.ratio < TIGHT {
            let says =
                format!("The words stand close: spaces are {percent:.0} % narrower than they should be.");
            marks.push(on_lines("tight line", says, lines, row..row + 1));
        }
    }
}

/// The rows of each group of neighbours that are alike.
fn groups<'l>(
    lines: &'l [(&'l Row, String)],
    alike: impl Fn(&(&Row, String), &(&Row, String)) -> bool,
) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut groups = Vec::new();
    for group in lines.chunk_by(alike) {
        groups.push(at..at + group.len());
        at += group.len();
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// Two lines in a row, or more, that end in hyphens.
fn ladders(lines: &[(&Row, String)], marks: &mut Vec<Mark>) {
    let same =
        |a: &(&Row, String), b: &(&Row, String)| a.0.hyphenated && b.0.hyphenated && a.0.noted == b.0.noted;
    for rows in groups(lines, same) {
        let says = format!("{} lines in a row end in a hyphen.", in_words(rows.len()));
        marks.push(on_lines("ladder", says, lines, rows));
    }
}

/// Two lines in a row, or more, that begin or end with the same word.
fn stacks(lines: &[(&Row, String)], marks: &mut Vec<Mark>) {
    stacked("begin", |words| words.split_whitespace().next(), lines, marks);
    stacked("end", |words| words.split_whitespace().next_back(), lines, marks);
}

/// Lines that are farther apart than so many times the least distance on their page do not stand one below the other.
const PARTED: f64 = 1.25;

/// Those whose word at one end is the same.
fn stacked(verb: &str, word_of: fn(&str) -> Option<&str>, lines: &[(&Row, String)], marks: &mut Vec<Mark>) {
    let end = |line: &(&Row, String)| word_of(&line.1).and_then(key);
    let distance = |a: &Row, b: &Row| (b.y - a.y).max(Abs::ZERO);
    let leading = |noted: bool| {
        let pairs = lines.windows(2).filter(|pair| pair.iter().all(|line| line.0.noted == noted));
        let distances = pairs.map(|pair| distance(pair[0].0, pair[1].0));
        distances.filter(|distance| *distance > Abs::ZERO).min().unwrap_or(Abs::ZERO)
    };
    let leadings = [false, true].map(leading);
    // the eye joins no words over white: between two paragraphs with space, or on a title page
    let close = |a: &Row, b: &Row| {
        a.noted == b.noted && distance(a, b) <= leadings[usize::from(a.noted)].scale(PARTED)
    };
    let alike =
        |a: &(&Row, String), b: &(&Row, String)| close(a.0, b.0) && end(a).is_some() && end(a) == end(b);
    for rows in groups(lines, alike) {
        let word = end(&lines[rows.start]).unwrap_or_default();
        let says = format!("{} lines in a row {verb} with “{word}”.", in_words(rows.len()));
        marks.push(on_lines("stack", says, lines, rows));
    }
}

/// A small number at the beginning of a sentence.
fn in_words(count: usize) -> String {
    match count {
        2 => "Two".to_owned(),
        3 => "Three".to_owned(),
        4 => "Four".to_owned(),
        count => count.to_string(),
    }
}

/// A word as stacks compare it; none when there is nothing to compare.
fn key(word: &str) -> Option<String> {
    let letters: String = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    (!letters.is_empty()).then_some(letters)
}

fn hyphen_at_foot(page: &Page, lines: &[(&Row, String)], marks: &mut Vec<Mark>) {
    let Some(row) = lines.iter().rposition(|(row, _)| !row.noted) else { return };
    let known = marks.iter().any(|mark| mark.kind == "hyphen at foot");
    if lines[row].0.hyphenated && !known && page.body.is_some_and(|(_, last)| last == lines[row].0.y) {
        let says = "The page ends in the middle of a word.".to_owned();
        marks.push(on_lines("hyphen at foot", says, lines, row..row + 1));
    }
}
