//! Passages that stand in from the margin: quotations, verse, and what only looks like them.
//!
//! Lines that stand in together are a passage; what it is, all its lines tell at once. Verse begins each line anew, so that it has
//! a capital, though the line above had room for it. A paragraph of one line stands in as far as the first line of any other, and
//! several of them in a row as a quotation would: each of them ends its sentence. Lines that all end at the right margin and begin
//! where they like are those of a signature.

use super::edges::LARGER;
use super::entries::{INDENT, stops};
use super::{Line, ScannedPage};
use crate::import::closers::QUOTATION;

/// What a line is that stands in with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passage {
    Quote,
    Verse,
    /// A line that ends at the right margin: a paragraph of its own.
    AtRight,
}

/// What the lines of a page are measured against.
pub(super) struct Measures<'m> {
    /// The left and right margin.
    pub margins: (f32, f32),
    /// The size of the text.
    pub size: f32,
    /// How far the first lines of paragraphs stand in, in sizes.
    pub indent: f32,
    /// Whether most lines at the margin begin the speeches of a play: then only what stands in is verse.
    pub played: bool,
    /// What the page before ends with, where that is of a passage which no sentence ends.
    pub open: Option<Passage>,
    /// Whether more than the usual white space is between two lines.
    pub apart: &'m dyn Fn(&Line, &Line) -> bool,
    /// Whether a line is running text.
    pub is_text: &'m dyn Fn(usize) -> bool,
}

/// How far the indents of first lines differ, in sizes.
const ALIKE: f32 = 0.3;
/// How far the lines of a passage stand in from one another at most, in sizes.
const DEEPEST: f32 = 6.0;
/// From which room on a line was not filled, in sizes.
const FREE: f32 = 4.0;
/// How many lines that all begin with a capital are verse, whatever their room.
const LEAST_VERSE: usize = 4;
/// How near to the right margin lines of a signature end, and how differently they begin, in sizes.
const AT_RIGHT: f32 = 0.6;

/// What each line of a page is of a passage.
pub(super) fn passages(page: &ScannedPage, measures: &Measures<'_>) -> Vec<Option<Passage>> {
    let lines = &page.lines;
    let mut found = measures.stanzas(lines);
    let stand_in: Vec<bool> =
        (0..lines.len()).map(|at| found[at].is_none() && measures.is_in_passage(lines, at)).collect();
    let mut from = 0;
    while from < lines.len() {
        let goes_on = |at: &usize| stand_in[*at] && !(measures.apart)(&lines[at - 1], &lines[*at]);
        let more = (from + 1..lines.len()).take_while(goes_on).count();
        let end = from + 1 + if stand_in[from] { more } else { 0 };
        if stand_in[from] && !measures.are_paragraphs(lines, from..end) {
            found[from..end].fill(Some(measures.kind(&lines[from..end], from)));
        }
        from = end;
    }
    found
}

impl Measures<'_> {
    /// The stanzas between white space, wherever they stand: all their lines begin anew, and most of them leave room for the next.
    fn stanzas(&self, lines: &[Line]) -> Vec<Option<Passage>> {
        let mut found = vec![None; lines.len()];
        let mut from = 0;
        while from < lines.len() && !self.played {
            let goes_on = |at: &usize| {
                self.text(lines, Some(*at)).is_some() && !(self.apart)(&lines[at - 1], &lines[*at])
            };
            let more = (from + 1..lines.len()).take_while(goes_on).count();
            let block = from..from + 1 + more;
            let rooms =
                lines[block.clone()].windows(2).filter(|pair| self.had_room(pair, self.margins.1)).count();
            let figures = |line: &&Line| line.text.ends_with(|c: char| c.is_ascii_digit());
            let listed = lines[block.clone()].iter().filter(figures).count() * 4 > block.len();
            let verse = self.text(lines, Some(from)).is_some()
                && block.len() >= LEAST_VERSE
                && rooms * 2 > more
                && !listed
                && self.begin_anew(&lines[block.clone()]);
            if verse {
                found[block.clone()].fill(Some(Passage::Verse));
            }
            from = block.end;
        }
        found
    }

    fn inner(&self, line: &Line) -> f32 {
        (line.left - self.margins.0) / self.size
    }

    fn room(&self, line: &Line) -> f32 {
        (self.margins.1 - line.right) / self.size
    }

    fn text<'l>(&self, lines: &'l [Line], at: Option<usize>) -> Option<&'l Line> {
        let at = at.filter(|at| *at < lines.len() && (self.is_text)(*at))?;
        Some(&lines[at]).filter(|line| line.tag.is_none())
    }

    fn stands_in(&self, line: &Line) -> bool {
        self.inner(line) >= INDENT * 1.5 && line.size < self.size * LARGER
    }

    /// Whether a line stands in as far as the first line of a paragraph.
    fn is_indented(&self, line: &Line) -> bool {
        (self.inner(line) - self.indent).abs() < ALIKE
    }

    /// Whether a line is the first of a paragraph: it is full, and the next one is flush.
    fn is_first(&self, lines: &[Line], at: usize) -> bool {
        let line = self.text(lines, Some(at)).filter(|line| self.room(line) < 1.0);
        let flush = self.text(lines, Some(at + 1)).is_some_and(|next| self.inner(next) < INDENT);
        line.is_some_and(|line| flush && self.is_indented(line))
    }

    /// Whether a line stands in with the one above or below it, or goes on with the passage of the page before.
    fn is_in_passage(&self, lines: &[Line], at: usize) -> bool {
        let Some(line) = self.text(lines, Some(at)) else { return false };
        let pair = |other: Option<usize>| {
            let line_there = self.text(lines, other).filter(|o| self.stands_in(o));
            let first = other.is_some_and(|other| self.is_first(lines, other));
            line_there.is_some_and(|o| (self.inner(o) - self.inner(line)).abs() < DEEPEST && !first)
        };
        let above = at.checked_sub(1);
        let carried = self.open.is_some() && (0..at).all(|at| self.text(lines, Some(at)).is_none());
        self.stands_in(line) && !self.is_first(lines, at) && (pair(above) || pair(Some(at + 1)) || carried)
    }

    /// Whether lines that stand in are paragraphs of one line each: as far in as first lines, each a whole sentence, between lines
    /// of the text that white space does not part from them.
    fn are_paragraphs(&self, lines: &[Line], run: std::ops::Range<usize>) -> bool {
        let (first, last) = (run.start, run.end - 1);
        let close = |above: usize, below: usize| match (lines.get(above), lines.get(below)) {
            (Some(above), Some(below)) => !(self.apart)(above, below),
            _ => true,
        };
        let above = first.checked_sub(1).filter(|at| self.text(lines, Some(*at)).is_some());
        let joined = above.is_none_or(|above| close(above, first) && ends(&lines[above].text));
        let behind = self.text(lines, Some(last + 1)).is_none() || close(last, last + 1);
        let sentence = |line: &Line| ends(&line.text) && begins(&line.text);
        self.open.is_none()
            && joined
            && behind
            && (above.is_some() || self.text(lines, Some(last + 1)).is_some())
            && lines[run].iter().all(|line| self.is_indented(line) && sentence(line))
    }

    /// What lines are that stand in together, of which the first has a place on its page.
    fn kind(&self, run: &[Line], first: usize) -> Passage {
        let ends = |line: &Line| self.room(line).abs() < AT_RIGHT && self.inner(line) > FREE;
        let begins = |pair: &[Line]| (pair[0].left - pair[1].left).abs() > AT_RIGHT * self.size;
        if run.len() > 1 && run.iter().all(ends) && run.windows(2).any(begins) {
            return Passage::AtRight;
        }
        if let Some(open) = self.open.filter(|_| first == 0 && run.len() == 1) {
            return open;
        }
        let free = run.iter().all(|line| self.room(line) > FREE);
        if free || self.begin_anew(run) { Passage::Verse } else { Passage::Quote }
    }

    /// Whether each line begins anew: with a capital, or further in where a long one was broken; and one of them though there
    /// was room above, or there are many.
    fn begin_anew(&self, run: &[Line]) -> bool {
        let anew = |pair: &[Line]| begins_large(&pair[1].text) || pair[1].left > pair[0].left + self.size;
        let right = run.iter().map(|line| line.right).fold(f32::MIN, f32::max);
        // lines turned over are few; what a word means stands below it every time
        let turned = run.iter().filter(|line| !begins_large(&line.text)).count();
        run.len() > 1
            && turned * 3 <= run.len()
            && run.windows(2).all(anew)
            && (run.len() >= LEAST_VERSE || run.windows(2).any(|pair| self.had_room(pair, right)))
    }

    /// Whether the first word of the second line would have had room in the first one.
    fn had_room(&self, pair: &[Line], right: f32) -> bool {
        let word = pair[1].text.split(' ').next().unwrap_or("").chars().count() + 1;
        let letter = (pair[0].right - pair[0].left) / pair[0].text.chars().count().max(1) as f32;
        pair[0].right + letter * word as f32 + self.size < right
    }
}

/// Whether a line ends a sentence, or a speech that breaks off.
fn ends(text: &str) -> bool {
    stops(text) || text.ends_with(QUOTATION)
}

/// Whether a line begins a sentence, or a speech that goes on.
fn begins(text: &str) -> bool {
    begins_large(text) || text.starts_with(QUOTATION)
}

/// Whether the first letter of a line is a capital, behind what opens a speech.
fn begins_large(text: &str) -> bool {
    let opens =
        |c: char| QUOTATION.contains(&c) || matches!(c, '*' | '_' | '‘' | '’' | '\'' | '(' | '[' | '—' | '„');
    text.trim_start_matches(opens).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

/// Whether the first letter of a line is a small one.
pub(super) fn starts_small(text: &str) -> bool {
    text.trim_start_matches(['*', '_', '“', '"', '(']).starts_with(char::is_lowercase)
}
