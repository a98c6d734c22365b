//! What the boxes of all lines have in common: margins, indents, the size of the text, the zone of notes.
//!
//! Everything is measured against what most lines of the whole book, or of the page, have in common, in units of the size of its
//! text; so neither the resolution of a scan nor a page laid askew a little matters.

use super::super::document::bracketed::bracketed_sign;
use super::super::raised::SUPERSCRIPT;
use super::super::rules::NOTE_SIGNS;
use super::edges::{LARGER, SMALLER, words};
use super::entries::{DEEPEST, INDENT};
use super::speakers;
use super::{Line, ScannedPage, Tag};
use std::collections::BTreeSet;

/// How far sizes differ that are one.
pub(super) const EVEN: f32 = 0.03;
/// How many leadings two lines are apart that something parts.
const APART: f32 = 1.4;
/// How many lines that begin at the margin of its side show that a page has it.
const LEAST_FLUSH: usize = 3;
/// How many notes show whether their first lines stand in.
const LEAST_MARKED: usize = 5;

/// What all pages have in common.
pub(super) struct BookMeasures {
    /// The size of the text.
    pub(super) size: f32,
    /// From one line to the next.
    pub(super) leading: f32,
    /// The width of a full line.
    pub(super) width: f32,
    /// The sizes of headings, the largest first.
    pub(super) headings: Vec<f32>,
    /// Whether the file says which lines are headings, and which are notes: measures then tell of no others.
    pub(super) headings_are_told: bool,
    pub(super) notes_are_told: bool,
    /// Whether lines of the same type differ in size, as the boxes of a scan do.
    pub(super) uneven: bool,
    /// Whether the file itself says which lines are one passage.
    pub(super) tagged: bool,
    /// Whether the first lines of notes stand in.
    pub(super) notes_stand_in: bool,
    /// How far the first lines of paragraphs stand in, in sizes.
    pub(super) indent: f32,
    /// The left margins that most pages of a side have, those with an even index first.
    pub(super) lefts: [Option<f32>; 2],
    /// The names of the persons, where the book is a play.
    pub(super) speakers: BTreeSet<String>,
}

/// The value that half of the weights lie below.
fn median(mut values: Vec<(f32, usize)>) -> f32 {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = values.iter().map(|v| v.1).sum::<usize>() / 2;
    let mut sum = 0;
    for (value, weight) in values {
        sum += weight;
        if sum > half {
            return value;
        }
    }
    0.0
}

impl BookMeasures {
    /// Measures a book.
    pub(super) fn of(pages: &[ScannedPage]) -> BookMeasures {
        let mut book = BookMeasures::of_lines(pages);
        book.lefts = book.lefts(pages);
        book.notes_stand_in = book.notes_stand_in(pages);
        book.indent = book.indent(pages);
        book.speakers = speakers::speakers(pages);
        book
    }

    /// What single lines tell.
    fn of_lines(pages: &[ScannedPage]) -> BookMeasures {
        let lines = || pages.iter().flat_map(|p| &p.lines).filter(|l| l.tag != Some(Tag::Edge));
        let size = median(lines().map(|l| (l.size, l.text.len())).collect()).max(0.1);
        let pairs = pages.iter().flat_map(|p| p.lines.windows(2));
        let steps = pairs.map(|w| w[1].bottom - w[0].bottom).filter(|s| *s > 0.3 * size && *s < 4.0 * size);
        let leading = median(steps.map(|s| (s, 1)).collect()).max(0.5 * size);
        let mut widths: Vec<f32> = lines().map(|l| l.right - l.left).collect();
        widths.sort_by(f32::total_cmp);
        let width = widths.get(widths.len() * 4 / 5).copied().unwrap_or(0.0);
        let mut headings: Vec<f32> = Vec::new();
        let headings_are_told = lines().any(|l| matches!(l.tag, Some(Tag::Heading(_))));
        let large = |l: &&Line| l.size > size * LARGER && l.text.len() < 200 && !headings_are_told;
        for line in lines().filter(large) {
            if !headings.iter().any(|h| (h - line.size).abs() < size * 0.12) {
                headings.push(line.size);
            }
        }
        headings.sort_by(|a, b| b.total_cmp(a));
        let all = lines().count();
        let tagged = lines().filter(|l| l.block.is_some()).count() * 10 >= all * 8;
        let notes_are_told = lines().any(|l| l.tag == Some(Tag::Note));
        let even = lines().filter(|l| (l.size - size).abs() < size * EVEN).count();
        let uneven = even * 10 < lines().count() * 6;
        let (notes_stand_in, indent, lefts) = (false, 0.0, [None; 2]);
        BookMeasures {
            size,
            leading,
            width,
            headings,
            headings_are_told,
            notes_are_told,
            uneven,
            tagged,
            notes_stand_in,
            indent,
            lefts,
            speakers: BTreeSet::new(),
        }
    }

    /// The left and right margin of the page with an index. Where most of its full lines stand in, as those of an index or
    /// of definitions do, the margin is that of its side, if lines begin there.
    pub(super) fn margins(&self, index: usize, page: &ScannedPage) -> (f32, f32) {
        let (left, right) = self.own_margins(page);
        let usual = self.lefts[index % 2].filter(|usual| left - usual > INDENT * self.size);
        let begin_there = |usual: &f32| {
            let flush =
                |l: &&Line| l.tag != Some(Tag::Edge) && (l.left - usual).abs() < INDENT / 2.0 * self.size;
            page.lines.iter().filter(flush).count() >= LEAST_FLUSH
        };
        let spoken =
            speakers::margin(page, &self.speakers).filter(|spoken| left - spoken > INDENT * self.size);
        (spoken.or(usual.filter(begin_there)).unwrap_or(left), right)
    }

    /// The left margins of the two sides: of both as many pages as have about the same.
    fn lefts(&self, pages: &[ScannedPage]) -> [Option<f32>; 2] {
        [0, 1].map(|side| {
            let own: Vec<f32> =
                pages.iter().skip(side).step_by(2).map(|page| self.own_margins(page).0).collect();
            let usual = median(own.iter().map(|left| (*left, 1)).collect());
            let alike = own.iter().filter(|left| (**left - usual).abs() < INDENT / 2.0 * self.size).count();
            (alike * 2 > own.len()).then_some(usual)
        })
    }

    /// Where most lines of a page begin, and the longest end.
    fn own_margins(&self, page: &ScannedPage) -> (f32, f32) {
        let lines = || page.lines.iter().filter(|l| l.tag != Some(Tag::Edge) && l.size < self.size * LARGER);
        let wide = || lines().filter(|l| l.right - l.left > self.width * 0.7);
        // the leftmost place at which a fair share of the wide lines begins
        let mut lefts: Vec<f32> = wide().map(|l| l.left).collect();
        lefts.sort_by(f32::total_cmp);
        // those that are near a place stand beside one another; a page may have a hundred thousand
        let reach = self.size * 0.35;
        let near = |at: f32| {
            let from = lefts.partition_point(|left| at - left >= reach);
            lefts.partition_point(|left| left - at < reach).saturating_sub(from)
        };
        let share = (lefts.len() / 4).max(1);
        let left = lefts.iter().copied().find(|l| near(*l) >= share).or(lefts.first().copied());
        let left = left.or_else(|| lines().map(|l| l.left).reduce(f32::min)).unwrap_or(0.0);
        let mut rights: Vec<f32> = wide().map(|l| l.right).collect();
        rights.sort_by(f32::total_cmp);
        let right = rights.get(rights.len() * 9 / 10).copied().unwrap_or(left + self.width);
        (left, right)
    }

    /// From which line on the foot of a page is in smaller type, if it is; its number alone does not count.
    pub(super) fn notes_from(&self, page: &ScannedPage) -> Option<usize> {
        if self.notes_are_told {
            return None;
        }
        let smaller = |l: &Line| l.size < self.size * SMALLER;
        let folio = |l: &Line| {
            // a dash has more bytes than one
            l.text.chars().count() <= 7
                && (words(l).is_empty() || words(l).bytes().all(|b| b"ivxlc".contains(&b)))
        };
        let mut end = page.lines.len();
        while end > 0 && (page.lines[end - 1].tag == Some(Tag::Edge) || folio(&page.lines[end - 1])) {
            end -= 1;
        }
        let from = (0..end).rev().take_while(|i| smaller(&page.lines[*i])).last();
        // what stands as far apart as text is text, though a scan took it for smaller
        let step = |at: usize| page.lines[at].bottom - page.lines[at - 1].bottom;
        let is_text = |at: usize| (self.leading * 0.95..self.leading * 1.15).contains(&step(at));
        let wide = |at: &usize| step(*at) > self.leading * 1.15;
        let from = from.and_then(|from| {
            let text = (from.max(1)..end).take_while(|at| is_text(*at)).count();
            let after = from.max(1) + text;
            let gap = Some(after).filter(|at| *at < end && wide(at));
            gap.or((text == 0 || after < end).then_some(from))
        });
        // a page all in smaller type is no page of notes
        from.filter(|from| *from > 0 || end <= 3)
    }

    /// How far most full lines stand in below which a flush one stands.
    fn indent(&self, pages: &[ScannedPage]) -> f32 {
        let mut found: Vec<(f32, usize)> = Vec::new();
        for (index, page) in pages.iter().enumerate() {
            let (left, right) = self.margins(index, page);
            let inner = |l: &Line| (l.left - left) / self.size;
            let first = |pair: &&[Line]| {
                (INDENT..DEEPEST).contains(&inner(&pair[0]))
                    && right - pair[0].right < self.size
                    && inner(&pair[1]).abs() < INDENT / 2.0
            };
            found.extend(page.lines.windows(2).filter(first).map(|pair| (inner(&pair[0]), 1)));
        }
        median(found)
    }

    /// Whether the lines of the book's notes that begin with a mark stand in, as the first line of a paragraph does.
    fn notes_stand_in(&self, pages: &[ScannedPage]) -> bool {
        let (mut marked, mut stand_in) = (0, 0);
        for (index, page) in pages.iter().enumerate() {
            let margins = self.margins(index, page);
            let Some(from) = self.notes_from(page) else { continue };
            for line in page.lines[from..].iter().filter(|l| l.tag.is_none() && starts_with_mark(&l.text)) {
                marked += 1;
                stand_in += usize::from((INDENT..DEEPEST).contains(&((line.left - margins.0) / self.size)));
            }
        }
        marked >= LEAST_MARKED && stand_in * 10 >= marked * 7
    }

    /// Whether more than the usual white space is between two lines.
    pub(super) fn apart(&self, above: &Line, line: &Line) -> bool {
        // larger type has more from line to line
        let leading = self.leading.max(self.leading * line.size.min(above.size) / self.size);
        line.bottom - above.bottom > leading * APART
    }
}

/// Whether a line begins as notes do: with a number, a star, a dagger.
pub(super) fn starts_with_mark(text: &str) -> bool {
    if bracketed_sign(text).is_some() {
        return true;
    }
    let text = text.trim_start_matches("<sup>").trim_start_matches(['(', '[']);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let parted = |rest: &str| {
        rest.starts_with(|c: char| c.is_whitespace() || "<.)]*“\"".contains(c) || c.is_uppercase())
    };
    (1..=3).contains(&digits) && parted(&text[digits..])
        || text.starts_with("\\*")
        || text.starts_with("[^")
        || text.starts_with(|c: char| c != '*' && NOTE_SIGNS.contains(&c))
        || text.starts_with(SUPERSCRIPT)
}
