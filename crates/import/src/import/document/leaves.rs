//! What the leaves between two pages of known number tell: which bears no number, and after which a number is missing.
//!
//! A plate is bound in without a number; a sign that does not belong there makes two leaves of one page; a sign that
//! is missing makes one of two, twice as full as any other. Each of these changes `number − place` by one, and each leaf
//! has log-odds for it. Between two pages that bear their numbers the changes must add up to the difference of the two:
//! what is likely is taken, and then the least unlikely is added or the least likely dropped until they do.

use super::super::line::Line;
use super::super::part_name::names_part;
use super::candidate::is_head;
use super::edge_lines::is_like_head;
use super::title_words::bare;
use super::titles::Contents;
use super::{Document, PhysicalPage};
use crate::narrow::Nearest;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// How many bytes of text a plate has at most.
pub(super) const PLATE: usize = 160;
/// How many lines a running head has at most.
const MOST_HEADS: usize = 2;
/// How many bytes the first line of a page has at most with which a text may begin.
const LONGEST_HEAD: usize = 40;
/// How many it has with a long legend: a page of text with a picture has more.
const MOST_LEGEND: usize = 480;
/// How full the fullest of nine leaves in ten may be, as a multiple of the usual one, for fullness to tell anything.
const REGULAR: f64 = 1.45;
/// How many letters a page holds at least whose fullness tells anything.
const LEAST_USUAL: usize = 500;
/// How many leaves there are at least for a usual one to be known.
const LEAST_LEAVES: usize = 12;
/// How full a leaf is at most of which the end was not reached.
const SHORT: f64 = 0.8;
/// The log-odds that a few lines are the second part of the page before, which is all but full without them.
const LAST_LINES: f64 = -2.0;
/// What it tells for a second half that a leaf begins with a note which the leaf before calls.
const OPENS_WITH_NOTE: f64 = 4.0;
/// How much fuller than the fullest of the others a leaf is at least behind a sign that was moved, and how much it holds with
/// the other at least, in pages.
const OVERFULL: f64 = 1.08;
const TWO_PAGES: f64 = 1.7;
/// What it tells against a plate, a second half and a missing sign that the sign was moved.
const MOVED: f64 = -4.0;
/// What it tells against a plate that nothing stands there, where printers leave a page blank.
const BLANK_PAGE: f64 = -4.0;
/// What it tells against a second half that the signs tell the place of each leaf.
const NO_HALF: f64 = -9.0;
/// How many numbers may be missing after one leaf.
const MOST_MISSING: f64 = 3.0;

/// What a page holds, and what it tells.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Leaf {
    /// Its bytes of text.
    pub size: usize,
    /// The log-odds that it bears no number: a plate and not a page of little text, or the second half of a page.
    pub unnumbered: f64,
    /// Whether it holds too much text for a plate, and may be the second half of a page only.
    pub is_half: bool,
    /// Whether it is a picture with a few words at most, or a few words within a sentence of other pages.
    pub certain: bool,
    /// Whether nothing but the title of a part stands on it.
    pub opens: bool,
    /// Whether its first line stands apart and looks like a title.
    pub begins: bool,
    /// Whether it holds text of the leaf before as well, whose sign was moved, and whether of the leaf behind.
    pub early: bool,
    pub late: bool,
    /// Whether its text is that of the leaf before: it was scanned twice.
    pub repeated: bool,
    /// The log-odds that signs are missing within it.
    pub merged: f64,
    /// How many.
    pub missing: i64,
}

impl Leaf {
    /// Whether it bears no number, as far as itself tells.
    pub(super) fn is_plate(self) -> bool {
        self.unnumbered > 0.0
    }

    /// How many signs are missing within it, as far as itself tells.
    pub(super) fn gap(self) -> i64 {
        if self.merged > 0.0 { self.missing } else { 0 }
    }
}

/// How full the pages of a document are.
struct Fill {
    /// Letters of each.
    letters: Vec<usize>,
    /// Those of the middle one.
    usual: f64,
    /// The fullest of nine in ten, as a multiple of the middle one; `None` where pages differ too much.
    full: Option<f64>,
}

impl Fill {
    fn of(lines: &[Line<'_>], document: &Document) -> Fill {
        let count = |at: usize| lines[at].text.chars().filter(|c| c.is_alphanumeric()).count();
        let letters: Vec<usize> = document.pages.iter().map(|p| p.body().map(count).sum()).collect();
        let mut sorted: Vec<usize> = letters.iter().copied().filter(|n| *n > PLATE).collect();
        sorted.sort_unstable();
        let at = |n: usize| sorted.get(sorted.len() * n / 10).copied().unwrap_or(0);
        let usual = at(5);
        let full = at(9) as f64 / usual.max(1) as f64;
        let told = sorted.len() >= LEAST_LEAVES && usual >= LEAST_USUAL && full <= REGULAR;
        Fill { letters, usual: usual as f64, full: told.then_some(full) }
    }

    fn share(&self, page: usize) -> f64 {
        self.letters[page] as f64 / self.usual.max(1.0)
    }

    /// The log-odds that signs are missing within a page, and how many.
    fn merged(&self, page: usize) -> (f64, i64) {
        let Some(full) = self.full else { return (-9.0, 0) };
        let share = self.share(page);
        let missing = (share / ((1.0 + full) / 2.0)).round().clamp(2.0, MOST_MISSING + 1.0) - 1.0;
        // half way between the fullest of the others and two usual ones
        let odds = (share - f64::midpoint(full, 2.0)) * 12.0;
        (odds.clamp(-9.0, 6.0), i64::from(i32::nearest(missing)))
    }

    /// Whether two pages side by side hold two pages' text, one too much and the other too little: their sign was moved.
    fn shifted(&self, more: usize, less: usize) -> bool {
        let Some(full) = self.full.filter(|_| more.max(less) < self.letters.len()) else { return false };
        let (more, less) = (self.share(more), self.share(less));
        less < SHORT && more > full * OVERFULL && (TWO_PAGES..=2.0 * full).contains(&(less + more))
    }

    /// The log-odds that a page is the second half of the one before.
    fn split(&self, page: usize) -> f64 {
        let (Some(full), Some(before)) = (self.full, page.checked_sub(1)) else { return -9.0 };
        let (first, second) = (self.share(before), self.share(page));
        let together = self.letters[before] > PLATE && first + second <= full * 1.05;
        match (together, first < SHORT && second < SHORT) {
            (true, true) => 1.5,
            // a full page stands before the last lines of a text as well
            (true, false) => LAST_LINES,
            _ => -4.0,
        }
    }
}

/// All leaves; `opens_with_note` tells whether one begins with a note that the leaf before calls.
pub(super) fn leaves(
    lines: &[Line<'_>],
    document: &Document,
    contents: &Contents,
    opens_with_note: &dyn Fn(usize) -> bool,
) -> Vec<Leaf> {
    let fill = Fill::of(lines, document);
    let repeated = repeated(lines, document);
    let like_head = |at: &usize| is_like_head(lines, document, *at);
    let heads = heads(lines, document);
    let opening = |i: usize| document.pages.get(i).and_then(|p| lines.get(p.body().start)).map(Line::trimmed);
    let first = |i: usize| {
        let body = document.pages.get(i)?.body();
        let above = body.clone().take(heads).take_while(like_head).count();
        lines.get(body.clone().nth(above).unwrap_or(body.start)).map(Line::trimmed)
    };
    let last = |i: usize| document.pages[i].body().next_back().map(|at| lines[at].trimmed());
    let sizes: Vec<usize> =
        document.pages.iter().map(|p| p.body().map(|at| lines[at].trimmed().len()).sum()).collect();
    // several plates may stand side by side
    let before = |i: usize| (0..i).rev().find(|j| sizes[*j] > PLATE);
    let after = |i: usize| (i + 1..sizes.len()).find(|j| sizes[*j] > PLATE);
    let small = |text: Option<&str>| text.is_some_and(|t| t.starts_with(char::is_lowercase));
    let titled = |i: usize| contents.opens(i) || opening(i).is_some_and(|t| t.starts_with(['#', '\\']));
    let usual = middle(&sizes);
    // between a full page and one on which nothing begins a few words are those of a picture
    let between = |i: usize| {
        let heads = |t: &str| t.starts_with(['#', '\\']) || t.len() <= LONGEST_HEAD && is_head(t);
        let begins = |j: usize| contents.opens(j) || first(j).is_some_and(heads);
        let full = |j: usize| sizes[j] * 5 >= usual * 4;
        !titled(i)
            && !small(first(i))
            && before(i).is_some_and(full)
            && after(i).is_some_and(|j| full(j) && !begins(j))
    };
    let is_part = |i: usize| opening(i).is_some_and(|text| names_part(bare(text)));
    let blank = blank_pages(&sizes, contents, &is_part);
    let leaf = |i: usize| {
        let page = &document.pages[i];
        let size = sizes[i];
        let shown = page.body().any(|at| is_picture(lines[at].trimmed()));
        let is_open =
            |j: usize| last(j).is_some_and(|t| t.ends_with(|c: char| c.is_alphabetic() || c == ','));
        let open = i.checked_sub(1).is_some_and(is_open);
        let goes_on = before(i).is_some_and(is_open) && after(i).is_some_and(|j| small(first(j)));
        let if_so = |holds: bool, odds: f64| if holds { odds } else { 0.0 };
        let behind = |shifted: &dyn Fn(usize) -> bool| i.checked_sub(1).is_some_and(shifted);
        let (early, late) = (behind(&|before| fill.shifted(i, before)), fill.shifted(i, i + 1));
        let moved = early || late || fill.shifted(i + 1, i) || behind(&|before| fill.shifted(before, i));
        // text goes on over a plate, and a page before a title is the last of its text
        let plate = if size > PLATE { -4.0 } else { 1.0 }
            + if_so(shown && size <= MOST_LEGEND, 3.0)
            + if_so(goes_on && size <= MOST_LEGEND || !shown && size <= PLATE && between(i), 2.0)
            + if_so(small(first(i)), -3.0)
            + if_so(contents.at_page(i + 1).is_some() && open, -2.0)
            + if_so(contents.opens(i) || is_part(i), -4.0)
            + if_so(blank[i], BLANK_PAGE)
            + if_so(moved, MOVED);
        let cut = small(first(i));
        let noted = i > 0 && opens_with_note(i);
        let split = fill.split(i)
            + if_so(noted, OPENS_WITH_NOTE)
            + if_so(open, 1.0)
            + if_so(cut, 1.0)
            + if_so(titled(i) || size == 0, -6.0);
        let (merged, missing) = fill.merged(i);
        let merged = merged + if_so(moved, MOVED);
        // the place that a sign gives the next page has told already
        let told = document.pages.get(i + 1).is_some_and(|next| next.index > page.index + 1);
        let certain = size <= PLATE && (shown || goes_on || between(i));
        // signs that tell the places of leaves part none, and leave none out, but where they say so
        let merged = if told || document.placed || contents.lists(i) { -9.0 } else { merged };
        let split = if document.placed { NO_HALF } else { split };
        let (unnumbered, repeated) = (if repeated[i] { REPEATED } else { plate.max(split) }, repeated[i]);
        let is_half = size > PLATE;
        let titles = Leaf { opens: !is_half && is_part(i), ..with_title(lines, page, titled(i)) };
        Leaf { size, unnumbered, is_half, certain, early, late, repeated, merged, missing, ..titles }
    };
    (0..document.pages.len()).map(leaf).collect()
}

/// A leaf that is known to begin with a title, or of which the first line stands apart and looks like one.
fn with_title(lines: &[Line<'_>], page: &PhysicalPage, titled: bool) -> Leaf {
    let body = page.body();
    let apart = lines.get(body.start + 1).is_some_and(|below| below.blanks > 0);
    let text = lines.get(body.start).map_or("", Line::trimmed);
    let begins = titled || apart && text.len() <= LONGEST_HEAD && is_head(text);
    Leaf { begins, ..Leaf::default() }
}

/// How many lines at the head of a page may be its running head: none where most pages have none.
fn heads(lines: &[Line<'_>], document: &Document) -> usize {
    let like_head = |at: usize| is_like_head(lines, document, at);
    let headed = document.pages.iter().filter(|p| p.body().take(1).any(like_head)).count();
    if headed * 2 > document.pages.len() { MOST_HEADS } else { 0 }
}

/// Which pages hold nothing, before a title or behind that of a part: they count, and a plate has a picture.
fn blank_pages(sizes: &[usize], contents: &Contents, is_part: &dyn Fn(usize) -> bool) -> Vec<bool> {
    let part = |i: usize| sizes.get(i).is_some_and(|size| *size <= PLATE) && is_part(i);
    let near = |i: usize| contents.opens(i + 1) || part(i + 1) || i.checked_sub(1).is_some_and(part);
    (0..sizes.len()).map(|i| sizes[i] == 0 && near(i)).collect()
}

/// The log-odds that a leaf which was scanned twice counts once.
const REPEATED: f64 = 6.0;
/// How many words in a row are held against those of another leaf, how many such rows a leaf has at least, and which share
/// of them two scans of a leaf have in common at least, though each misreads others.
const ROW: usize = 12;
const LEAST_ROWS: usize = 30;
const ALIKE: f64 = 0.5;

/// Which leaves have the text of the leaf before.
fn repeated(lines: &[Line<'_>], document: &Document) -> Vec<bool> {
    let rows = |page: &super::PhysicalPage| -> BTreeSet<u64> {
        let text = page.body().flat_map(|at| lines[at].trimmed().split(|c: char| !c.is_alphanumeric()));
        let words: Vec<&str> = text.filter(|word| !word.is_empty()).collect();
        let row = |words: &[&str]| {
            let mut hasher = DefaultHasher::new();
            words.hash(&mut hasher);
            hasher.finish()
        };
        words.windows(ROW).map(row).collect()
    };
    let mut before: BTreeSet<u64> = BTreeSet::new();
    let mut found = Vec::with_capacity(document.pages.len());
    for page in &document.pages {
        let here = rows(page);
        let least = here.len().min(before.len());
        let common = here.intersection(&before).count();
        found.push(least >= LEAST_ROWS && common as f64 >= least as f64 * ALIKE);
        before = here;
    }
    found
}

/// How many bytes of text the middle one of the pages of text holds.
fn middle(sizes: &[usize]) -> usize {
    let mut sorted: Vec<usize> = sizes.iter().copied().filter(|size| *size > PLATE).collect();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or(0)
}

/// Whether a line says that a picture stands here.
pub(super) fn is_picture(text: &str) -> bool {
    text.starts_with("![")
        || text.starts_with("[Illustration")
        || text.starts_with("[[File:")
        || text == "<!-- image -->"
}

/// A change of `number − place` at a leaf: before it by −1 where it bears no number, after it where numbers are missing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Change {
    /// The leaf.
    pub page: usize,
    /// By how much.
    pub by: i64,
    /// Its log-odds.
    odds: f64,
}

/// The changes between two pages.
#[derive(Debug)]
pub(super) struct Changes {
    /// Each, in order.
    pub changes: Vec<Change>,
    /// Whether the leaves themselves tell all of them.
    pub told: bool,
    /// Their log-odds together.
    pub odds: f64,
}

/// The changes between two pages `a` and `b` that bear their numbers, which differ by `sum`. `None` when none add up.
pub(super) fn changes(leaves: &[Leaf], (a, b): (usize, usize), sum: i64) -> Option<Changes> {
    let unnumbered = (a + 1..b).map(|page| Change { page, by: -1, odds: leaves[page].unnumbered });
    // at the last page the number may stand at the foot, so that signs are missing before it
    let merged =
        (a..=b).map(|page| Change { page, by: leaves[page].missing.max(1), odds: leaves[page].merged });
    let (mut taken, mut left): (Vec<Change>, Vec<Change>) =
        unnumbered.chain(merged).partition(|c| c.odds > 0.0);
    let mut told = true;
    loop {
        let off = sum - taken.iter().map(|c| c.by).sum::<i64>();
        if off == 0 {
            break;
        }
        // towards the sum by the cheapest step: the least likely is dropped, or the least unlikely added
        let nearer = |by: i64| (off - by).abs() < off.abs();
        let best = |changes: &[Change], sign: i64| {
            let near = (0..changes.len()).filter(|i| nearer(sign * changes[*i].by));
            near.max_by(|i, j| {
                let worth = |i: usize| sign as f64 * changes[i].odds;
                worth(*i)
                    .total_cmp(&worth(*j))
                    .then(leaves[changes[*j].page].size.cmp(&leaves[changes[*i].page].size))
            })
        };
        let (add, drop) = (best(&left, 1), best(&taken, -1));
        match (add, drop) {
            (Some(i), Some(j)) if -left[i].odds > taken[j].odds => drop_at(&mut taken, &mut left, j),
            (Some(i), _) => drop_at(&mut left, &mut taken, i),
            (None, Some(j)) => drop_at(&mut taken, &mut left, j),
            (None, None) => return None,
        }
        told = false;
    }
    taken.sort_by_key(|c| c.page);
    let odds = taken.iter().map(|c| c.odds).sum();
    Some(Changes { changes: taken, told, odds })
}

/// Moves a change from one list to the other.
fn drop_at(from: &mut Vec<Change>, to: &mut Vec<Change>, at: usize) {
    to.push(from.remove(at));
}
