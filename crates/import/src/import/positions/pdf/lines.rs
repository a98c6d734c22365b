//! The lines of a page from the strings that it paints.

use super::super::{Line, join, plain};
use super::content::Run;
use super::tags::{Known, Tags};
use crate::import::positions::Tag;
use crate::import::rules::NOTE_SIGNS;
use crate::narrow::Nearest;
use lopdf::ObjectId;

/// From which gap on two letters are of two words, in sizes.
const SPACE: f32 = 0.17;
/// From which gap on they may be, in a line that a printer set tight; and from which share of the middle gap between words of
/// that line on they are.
const TIGHT: f32 = 0.08;
const OF_TIGHT: f32 = 0.65;
/// How many gaps tell.
const LEAST_GAPS: usize = 4;
/// How many letters a word has at least on the average: with more gaps a line is letterspaced.
const LEAST_LETTERS: f32 = 2.5;
/// How far baselines of one line differ, in sizes.
const SAME: f32 = 0.25;
/// How small raised type is against the text beside it.
const RAISED: f32 = 0.85;

/// How wide a letter of a typewriter is, in sizes, and how many spaces stand between two strings at most.
const FIXED: f32 = 0.6;
const MOST_SPACES: f32 = 80.0;

/// A line on its way: its strings, with what the tags say of each.
struct Row {
    base: f32,
    size: f32,
    runs: Vec<(Run, Known)>,
}

/// Puts the strings of a page together to lines, in the order of painting.
pub(super) fn lines(runs: Vec<Run>, page: ObjectId, tags: &Tags) -> Vec<Line> {
    let mut rows: Vec<Row> = Vec::new();
    // leaders and rules of dots are nobody's words
    let said = |run: &Run| !run.artifact || run.text.chars().any(char::is_alphanumeric);
    let has_code = tags.is_empty() && has_code(&runs);
    let mut code = 0;
    for run in runs.into_iter().filter(said) {
        let mut known = run.mark.and_then(|mark| tags.known(page, mark)).unwrap_or_default();
        if has_code {
            // odd within code, and another number for each
            code += usize::from(run.fixed != (code % 2 == 1));
            known.code = if run.fixed { code } else { 0 };
        }
        let known = if run.artifact { Known { tag: Some(Tag::Edge), ..Known::default() } } else { known };
        let joins = rows.last().is_some_and(|row| row.takes(&run, &known));
        match rows.last_mut().filter(|_| joins) {
            Some(row) => row.push(run, known),
            None => rows.push(Row { base: run.base, size: run.size, runs: vec![(run, known)] }),
        }
    }
    if has_code {
        mark_listings(&mut rows);
    }
    rows.into_iter().map(Row::line).filter(|line| !line.text.is_empty()).collect()
}

/// Whether the letters of a typewriter are code in a page without tags: most of it is in others.
fn has_code(runs: &[Run]) -> bool {
    let letters = |fixed: bool| -> usize {
        runs.iter().filter(|run| run.fixed == fixed).map(|run| run.text.trim().len()).sum()
    };
    letters(true) > 0 && letters(true) < letters(false)
}

/// Lines below one another that are all in letters of a typewriter are a listing.
fn mark_listings(rows: &mut [Row]) {
    let is_code = |row: &Row| row.runs.iter().all(|(run, _)| run.fixed || run.text.trim().is_empty());
    let code: Vec<bool> = rows.iter().map(is_code).collect();
    for lines in code.chunk_by(|a, b| a == b).scan(0, |from, lines| {
        let at = *from..*from + lines.len();
        *from = at.end;
        Some(at)
    }) {
        if code[lines.start] && lines.len() > 1 {
            let runs = rows[lines].iter_mut().flat_map(|row| &mut row.runs);
            runs.for_each(|(_, known)| *known = Known { tag: Some(Tag::Code), ..Known::default() });
        }
    }
}

impl Row {
    /// Whether a string goes on with the line: on its baseline or raised above it, behind what was painted.
    fn takes(&self, run: &Run, known: &Known) -> bool {
        let Some((last, before)) = self.runs.last() else { return false };
        let same = before.block == known.block
            && before.tag == known.tag
            && (before.tag != Some(Tag::Row) || before.cell == known.cell);
        let size = self.size.max(run.size);
        let off = (run.base - self.base).abs();
        let raised = run.size < self.size * RAISED || self.size < run.size * RAISED;
        let near = off < size * SAME || raised && off < size * 0.6;
        // in a list of contents the page stands at the other end of the line
        let reach = if known.contents { f32::MAX } else { size * 12.0 };
        let behind = run.left > last.right - size * 1.2 && run.left - last.right < reach;
        same && near && behind
    }

    fn push(&mut self, run: Run, known: Known) {
        if run.size > self.size {
            (self.base, self.size) = (run.base, run.size);
        }
        self.runs.push((run, known));
    }

    /// From which gap on two letters are of two words in this line: where it was set tight, so that its words are as near to
    /// each other as letters may be elsewhere, the gaps themselves tell.
    fn space(&self) -> f32 {
        let pairs = self.runs.windows(2).map(|pair| (pair[1].0.left - pair[0].0.right) / self.size);
        let mut gaps: Vec<f32> = pairs.filter(|gap| (TIGHT..1.0).contains(gap)).collect();
        gaps.sort_by(f32::total_cmp);
        let letters: usize = self.runs.iter().map(|run| run.0.text.trim().chars().count()).sum();
        let spaced = self.runs.iter().any(|run| run.0.text.contains(' '));
        let own = gaps.get(gaps.len() / 2).map_or(SPACE, |middle| (middle * OF_TIGHT).clamp(TIGHT, SPACE));
        let words = gaps.iter().filter(|gap| **gap > own).count() + 1;
        if spaced || gaps.len() < LEAST_GAPS || letters as f32 <= words as f32 * LEAST_LETTERS {
            SPACE * self.size
        } else {
            own * self.size
        }
    }

    fn line(self) -> Line {
        let known = self.runs.first().map(|r| r.1).unwrap_or_default();
        let mut words: Vec<(String, bool)> = Vec::new();
        let mut end: Option<f32> = None;
        let code = known.tag == Some(Tag::Code);
        let space = self.space();
        let mut inline_code = 0;
        for (run, known) in &self.runs {
            let raised = run.size < self.size * RAISED && self.base - run.base > self.size * 0.12;
            let text = run.text.trim();
            let sign = |c: char| c.is_ascii_digit() || NOTE_SIGNS.contains(&c);
            let call =
                (known.call || raised) && !text.is_empty() && text.len() <= 9 && text.chars().all(sign);
            let bare = text.trim_end_matches(['.', ')']);
            let lettered = is_letter(bare) && (known.call || known.label && known.tag == Some(Tag::Note));
            let gap = end.is_none_or(|end| run.left - end > space);
            let slanted = (run.slanted || known.slanted) && !code;
            end = Some(run.right);
            if lettered {
                // a call or a note that is marked by a letter has no other form that says so
                let mark = if known.call { format!("[^{bare}]") } else { format!("[^{bare}]:") };
                match words.last_mut().filter(|_| known.call) {
                    Some(word) => word.0.push_str(&mark),
                    None => words.extend([(mark, false), (String::new(), false)]),
                }
                continue;
            }
            if call {
                raise(&mut words, text, gap && !known.call);
                continue;
            }
            // code that has the sign of code in it stays text
            let inner = if run.text.contains('`') { 0 } else { known.code };
            let begins = inner != inline_code;
            if begins {
                close_code(&mut words, inline_code);
                inline_code = inner;
            }
            match inner {
                0 => add(&mut words, &plain(&run.text), gap, slanted),
                _ if begins => add(&mut words, &format!("`{}", run.text.trim_start()), gap, false),
                _ => add(&mut words, &run.text, gap, false),
            }
        }
        close_code(&mut words, inline_code);
        let mut words = kept(words);
        super::rtl::in_reading_order(&mut words);
        let text = if code { code_of(&self.runs) } else { join(&words) };
        let runs = || self.runs.iter().map(|r| &r.0);
        let top = self.base - self.size;
        Line {
            text,
            left: runs()
                .filter(|r| !r.text.trim().is_empty())
                .map(|r| r.left)
                .reduce(f32::min)
                .unwrap_or(0.0),
            right: runs().map(|r| r.right).reduce(f32::max).unwrap_or(0.0),
            top,
            bottom: self.base,
            size: self.size,
            tag: known.tag,
            block: (known.block > 0).then_some(known.block),
            cell: known.cell,
            goes_on: false,
        }
    }
}

/// `a`, `bb`: the mark of a note.
fn is_letter(text: &str) -> bool {
    (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase())
}

/// Adds the call of a note, or further figures of one.
fn raise(words: &mut Vec<(String, bool)>, mark: &str, apart: bool) {
    match words.last_mut().filter(|word| !apart && !word.0.is_empty()) {
        Some(word) => {
            if word.0.ends_with("</sup>") {
                word.0.truncate(word.0.len() - "</sup>".len());
                word.0.push_str(&format!("{mark}</sup>"));
            } else {
                word.0.push_str(&format!("<sup>{mark}</sup>"));
            }
        }
        None => words.push((format!("<sup>{mark}</sup>"), false)),
    }
}

/// Ends the code within a line that is open, if one is.
fn close_code(words: &mut Vec<(String, bool)>, open: usize) {
    if open == 0 {
        return;
    }
    // the space behind it stays behind it
    match words.iter_mut().rev().find(|word| !word.0.is_empty()) {
        Some(word) => word.0.push('`'),
        None => words.push(("`".to_owned(), false)),
    }
}

/// Adds a string: its first word goes on with the last one unless there is a gap.
fn add(words: &mut Vec<(String, bool)>, text: &str, gap: bool, slanted: bool) {
    let mut parts = text.split(char::is_whitespace);
    let first = parts.next().unwrap_or("");
    match words.last_mut().filter(|w| !gap && !w.0.is_empty()) {
        Some(word) => {
            word.1 |= slanted && !first.is_empty() && word.0.chars().all(|c| !c.is_alphanumeric());
            word.0.push_str(first);
        }
        None => words.push((first.to_owned(), slanted)),
    }
    // an empty word stands for a space at the end of the string
    words.extend(parts.map(|part| (part.to_owned(), slanted)));
}

fn kept(words: Vec<(String, bool)>) -> Vec<(String, bool)> {
    words.into_iter().filter(|w| !w.0.is_empty()).collect()
}

/// A line of code, with the space before it in the width of its own letters.
fn code_of(runs: &[(Run, Known)]) -> String {
    let mut code = String::new();
    let mut end: Option<f32> = None;
    for (run, _) in runs {
        let letters = end.map_or(0.0, |end| (run.left - end) / (run.size * FIXED));
        code.push_str(&" ".repeat(usize::nearest(letters.clamp(0.0, MOST_SPACES))));
        code.push_str(&plain(&run.text));
        end = Some(run.right);
    }
    code.trim_end().to_owned()
}
