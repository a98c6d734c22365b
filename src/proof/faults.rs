//! What a reader of proofs would mark on a page.

use super::words;
use crate::html::escaped;
use crate::pages::{Page, Pages, Row};

/// Spaces wider than natural by this are marked, and narrower by that.
const LOOSE: f32 = 0.45;
const TIGHT: f32 = -0.3;
/// How many of the book's loosest lines, and tightest, are listed.
const WORST: usize = 8;

/// Something to mark.
pub(super) struct Fault {
    /// What it is: the name of its filter.
    pub kind: &'static str,
    /// What is said of it, as HTML.
    pub words: String,
    /// What page breaking paid for it, when that is its doing.
    pub cost: Option<f64>,
}

/// Everything to mark on a page.
pub(super) fn of_page(pages: &Pages, index: usize) -> Vec<Fault> {
    let taken = pages.compromises.iter().filter(|taken| taken.page as usize == index);
    let mut faults: Vec<Fault> = taken
        .map(|taken| Fault {
            kind: taken.compromise.name(),
            words: escaped(&taken.compromise.reason()),
            cost: Some(taken.cost),
        })
        .collect();
    let page = &pages.pages[index];
    let lines: Vec<(&Row, String)> = page.rows.iter().zip(words::of_rows(page)).collect();
    uneven(&lines, &mut faults);
    ladders(&lines, &mut faults);
    stacks(&lines, &mut faults);
    hyphen_at_foot(page, &lines, &mut faults);
    faults
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

fn plain(kind: &'static str, words: String) -> Fault {
    Fault { kind, words, cost: None }
}

fn quoted(lines: &[(&Row, String)]) -> String {
    let quoted: Vec<String> = lines.iter().map(|(_, words)| format!("<q>{}</q>", escaped(words))).collect();
    quoted.join("<br>")
}

fn uneven(lines: &[(&Row, String)], faults: &mut Vec<Fault>) {
    for line in lines {
        let percent = line.0.ratio * 100.0;
        let words = || format!("word spaces {percent:+.0} %: {}", quoted(std::slice::from_ref(line)));
        if line.0.ratio > LOOSE {
            faults.push(plain("loose line", words()));
        } else if line.0.ratio < TIGHT {
            faults.push(plain("tight line", words()));
        }
    }
}

/// Two lines in a row, or more, that end in hyphens.
fn ladders(lines: &[(&Row, String)], faults: &mut Vec<Fault>) {
    let same =
        |a: &(&Row, String), b: &(&Row, String)| a.0.hyphenated && b.0.hyphenated && a.0.noted == b.0.noted;
    for group in lines.chunk_by(same).filter(|group| group.len() > 1) {
        faults.push(plain("ladder", quoted(group)));
    }
}

/// Two lines in a row, or more, that begin or end with the same word.
fn stacks(lines: &[(&Row, String)], faults: &mut Vec<Fault>) {
    let first = |line: &(&Row, String)| key(line.1.split_whitespace().next());
    let last = |line: &(&Row, String)| key(line.1.split_whitespace().next_back());
    let alike = |a: Option<String>, b: Option<String>| a.is_some() && a == b;
    for group in
        lines.chunk_by(|a, b| alike(first(a), first(b))).chain(lines.chunk_by(|a, b| alike(last(a), last(b))))
    {
        if group.len() > 1 {
            faults.push(plain("stack", quoted(group)));
        }
    }
}

/// A word as stacks compare it; none when there is nothing to compare.
fn key(word: Option<&str>) -> Option<String> {
    let letters: String =
        word?.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    (!letters.is_empty()).then_some(letters)
}

fn hyphen_at_foot(page: &Page, lines: &[(&Row, String)], faults: &mut Vec<Fault>) {
    let Some(line) = lines.iter().rfind(|(row, _)| !row.noted).filter(|(row, _)| row.hyphenated) else {
        return;
    };
    let known = faults.iter().any(|fault| fault.kind == "hyphen at foot");
    if !known && page.body.is_some_and(|(_, last)| last == line.0.y) {
        faults.push(plain("hyphen at foot", quoted(std::slice::from_ref(line))));
    }
}
