//! Every letter of the running text stands on the pages, once, in its place.
//!
//! Each run on a page says from which byte of which flow its words come. Sorted
//! by that, the runs of a flow must spell what the book has there: the two are
//! read side by side, letter by letter. Where they part, the places tell which
//! it is. A run that comes from further on: the words up to there are lost. A
//! run that comes from before: its words stand twice. Where the book has white
//! between two letters of a line, the line has it too.

use super::Count;
use super::expected::{Expected, Piece, quoted, words_in};
use super::frames::inked;
use super::letters::{Folded, folded, letters};
use crate::diag::{Code, Diagnostic, Span, counted};
use crate::length::Point;
use crate::narrow::Nearest;
use crate::pages::{Child, Flow, Item, Origin, Pages, Role, Run, Tag, Tree};
use std::collections::BTreeMap;

/// Losses of a book that are told one by one; the others are counted.
const TOLD: usize = 8;
/// White that is narrower than this share of the type is none: the narrowest space of
/// typography is a hair, and that is wider.
const NO_WHITE: f64 = 0.02;

/// A run of words on a page.
#[derive(Clone, Copy)]
struct Found<'p> {
    origin: Origin,
    page: usize,
    at: Point,
    run: &'p Run,
    /// It may stand on a later page than what comes behind it.
    floats: bool,
}

impl Found<'_> {
    /// Whether it goes on in the line of `before` with nothing between the two.
    fn touches(&self, before: &Found<'_>) -> bool {
        // white may stand between joiners
        let white = has_white(before.run.text.chars().rev()) || has_white(self.run.text.chars());
        if white || self.page != before.page || self.at.y != before.at.y {
            return false;
        }
        let (own, other) = (inked(self.run), inked(before.run));
        let behind = self.at.x + own.0 - before.at.x - other.1;
        let ahead = before.at.x + other.0 - self.at.x - own.1;
        behind.max(ahead) < self.run.size.scale(NO_WHITE)
    }

    /// Where in its flow it begins.
    fn start(&self) -> u32 {
        self.origin.stretch.saturating_add(self.origin.within)
    }
}

/// Compares pages with what they must hold.
pub(super) fn compare(expected: &Expected<'_>, pages: &Pages, findings: &mut Vec<Diagnostic>) -> Count {
    let found = in_order(pages);
    let by_flow: BTreeMap<Flow, &[Found<'_>]> = found
        .chunk_by(|a, b| a.origin.flow == b.origin.flow)
        .map(|runs| (runs[0].origin.flow, runs))
        .collect();
    let mut count = Count::default();
    let mut losses = Vec::new();
    for (flow, running) in &expected.flows {
        let pieces = running.pieces.as_slice();
        let runs = by_flow.get(flow).copied().unwrap_or_default();
        let wanted = words_in(pieces);
        let lost = Reading::new(pieces, pages).compare(runs, &mut losses);
        count.wanted += wanted;
        count.found += wanted.saturating_sub(lost);
    }
    let more = losses.len().saturating_sub(TOLD);
    findings.extend(losses.into_iter().take(TOLD));
    if more > 0 {
        let message = format!("{more} more passages do not stand on the pages as they are written");
        findings.push(Diagnostic::new(Code::TextLost, None, message));
    }
    count
}

/// The runs of content on all pages, flow by flow, in the order of their words.
fn in_order(pages: &Pages) -> Vec<Found<'_>> {
    let floating = floating(&pages.tree);
    let mut found = Vec::new();
    for (number, page) in pages.pages.iter().enumerate() {
        for placed in &page.items {
            if let (Item::Run(run), Role::Leaf(leaf)) = (&placed.item, placed.role)
                && let Some(origin) = run.origin
            {
                found.push(Found {
                    origin,
                    page: number,
                    at: placed.at,
                    run,
                    floats: page.turned || floating[leaf.index()],
                });
            }
        }
    }
    found.sort_by_key(|found| (found.origin.flow, found.origin.stretch, found.origin.within));
    found
}

/// Whether white space stands before the first letter of those.
fn has_white(mut text: impl Iterator<Item = char>) -> bool {
    let mut white = false;
    while let Some(c) = text.next().filter(|c| folded(*c).next().is_none()) {
        white |= c.is_whitespace();
    }
    white
}

/// Which leaves belong to a picture or a caption, which may stand on a later page than its place, or to a table,
/// where a row that goes on overleaf is read cell by cell.
fn floating(tree: &Tree) -> Vec<bool> {
    let mut floating = vec![false; tree.leaves()];
    let mut open = vec![(Tree::ROOT, false)];
    while let Some((id, outer)) = open.pop() {
        let node = tree.get(id);
        let floats = outer || matches!(node.tag, Tag::Figure(_) | Tag::Caption | Tag::Table);
        for child in &node.children {
            match child {
                Child::Node(child) => open.push((*child, floats)),
                Child::Leaf(leaf) => floating[leaf.index()] = floats,
            }
        }
    }
    floating
}

/// A flow as it is read: the pieces of the book, letter by letter.
struct Reading<'r, 'b> {
    pieces: &'r [Piece<'b>],
    pages: &'r Pages,
    /// Which piece is read, and from which of its bytes on.
    piece: usize,
    byte: usize,
    /// The letters of the character before that byte which are still to come.
    rest: Folded,
    /// White space stands before the letter that is read next.
    white: bool,
    /// What the last run that was read had of it.
    seen: White,
    lost: usize,
}

/// White space of the book where a run has its letters.
#[derive(Clone, Copy, Default)]
struct White {
    /// It stands before the first of them.
    before: bool,
    /// It stands between two of them, and not in the run.
    within: bool,
}

impl<'r, 'b> Reading<'r, 'b> {
    fn new(pieces: &'r [Piece<'b>], pages: &'r Pages) -> Reading<'r, 'b> {
        Reading {
            pieces,
            pages,
            piece: 0,
            byte: 0,
            rest: Folded::One(None),
            white: false,
            seen: White::default(),
            lost: 0,
        }
    }

    /// Reads the flow beside its runs; the number of words that are lost.
    fn compare(mut self, runs: &[Found<'_>], losses: &mut Vec<Diagnostic>) -> usize {
        let (mut page, mut before) = (None, None);
        // the page of the last words that stand where they are called for: a figure may stand on a later one
        let mut fixed = None;
        for found in runs {
            if !self.spells(&found.run.text) {
                self.part(found, page, losses);
            } else if self.seen.within
                || self.seen.before && before.is_some_and(|before| found.touches(before))
            {
                let message = format!(
                    "words run together at `{}` on {}",
                    quoted(&found.run.text),
                    self.name(found.page)
                );
                losses.push(fault(self.span_at(found.start()), message));
            }
            match fixed {
                Some(page) if found.page < page && !found.floats => {
                    let (words, here) = (quoted(&found.run.text), self.name(found.page));
                    let message = format!(
                        "`{words}` stands on {here}, and what comes before it on {}",
                        self.name(page)
                    );
                    losses.push(fault(self.span_at(found.start()), message));
                }
                _ => {}
            }
            page = if found.floats { page.or(Some(found.page)) } else { Some(found.page) };
            fixed = if found.floats { fixed } else { page };
            before = Some(found);
        }
        let from = (self.piece, self.byte);
        if self.next_letter().is_some() {
            (self.piece, self.byte) = from;
            self.lose_rest(page, losses);
        }
        self.lost
    }

    /// Whether the letters of a run are those that come next; if not, the place
    /// is where it was before.
    fn spells(&mut self, text: &str) -> bool {
        self.is_word_for_word(text) || self.is_letter_for_letter(text)
    }

    /// Whether the piece that is read goes on with just those bytes, as nearly all
    /// runs have it: then its letters need not be looked at one by one.
    fn is_word_for_word(&mut self, text: &str) -> bool {
        let Some(piece) = self.pieces.get(self.piece).filter(|_| matches!(self.rest, Folded::One(None)))
        else {
            return false;
        };
        let rest = &piece.words.as_bytes()[self.byte..];
        let solid = rest.trim_ascii_start();
        let goes_on = solid.starts_with(text.trim_ascii().as_bytes());
        if goes_on {
            let white = self.white || solid.len() < rest.len();
            let is_blank = text.trim_ascii().is_empty();
            (self.white, self.seen) =
                (white && is_blank, White { before: white && !is_blank, within: false });
            self.byte += rest.len() - solid.len() + text.trim_ascii().len();
        }
        goes_on
    }

    fn is_letter_for_letter(&mut self, text: &str) -> bool {
        let before = (self.piece, self.byte, self.white);
        let rest = std::mem::replace(&mut self.rest, Folded::One(None));
        let kept: Vec<char> = rest.collect();
        let mut pending = kept.iter().copied();
        let (mut seen, mut parted) = (None, false);
        for c in text.chars() {
            parted |= c.is_whitespace();
            for letter in folded(c) {
                let next = pending.next().or_else(|| self.next_letter());
                if next != Some(letter) {
                    (self.piece, self.byte, self.white) = before;
                    self.rest = Folded::One(None);
                    return false;
                }
                let white = std::mem::take(&mut self.white);
                match &mut seen {
                    Some(White { within, .. }) => *within |= white && !parted,
                    None => seen = Some(White { before: white, within: false }),
                }
                parted = false;
            }
        }
        self.seen = seen.unwrap_or_default();
        true
    }

    /// Settles a run that does not come next.
    fn part(&mut self, found: &Found<'_>, page: Option<usize>, losses: &mut Vec<Diagnostic>) {
        let here = self.position();
        if found.start() > here {
            self.lose(found.start(), page, losses);
            if self.spells(&found.run.text) {
                return;
            }
        }
        if found.start() < here {
            let span = self.span_at(found.start());
            let message =
                format!("`{}` stands twice, again on {}", quoted(&found.run.text), self.name(found.page));
            losses.push(fault(span, message));
            return;
        }
        let span = self.span_at(found.start());
        let message = format!(
            "`{}` on {} is not what the manuscript has there",
            quoted(&found.run.text),
            self.name(found.page)
        );
        losses.push(fault(span, message));
        self.skip_to(found.start().saturating_add(u32::nearest(found.run.text.len())));
    }

    /// The words up to the end of the flow are on no page.
    fn lose_rest(&mut self, page: Option<usize>, losses: &mut Vec<Diagnostic>) {
        let end = self.pieces.last().map_or(0, |last| last.at + u32::nearest(last.words.len()));
        self.lose(end, page, losses);
    }

    /// The words up to that byte of the flow are on no page.
    fn lose(&mut self, end: u32, page: Option<usize>, losses: &mut Vec<Diagnostic>) {
        let Some(first) = self.pieces.get(self.piece) else { return };
        let span = first.span;
        let mut words = String::new();
        while let Some(piece) = self.pieces.get(self.piece).filter(|piece| piece.at < end) {
            let from = floor(piece.words, self.byte);
            let to = floor(piece.words, (end - piece.at) as usize);
            words.push_str(piece.words.get(from..to.max(from)).unwrap_or(""));
            words.push(' ');
            if to < piece.words.len() {
                self.byte = to.max(from);
                break;
            }
            (self.piece, self.byte) = (self.piece + 1, 0);
        }
        (self.rest, self.white) = (Folded::One(None), false);
        if letters(&words).next().is_none() {
            return;
        }
        let count = words.split_whitespace().count();
        self.lost += count;
        let place = page.map_or("the first page of its text".to_owned(), |page| self.name(page));
        let noun = counted(count, "word");
        losses.push(fault(Some(span), format!("{noun} would be lost after {place}: `{}`", quoted(&words))));
    }

    fn next_letter(&mut self) -> Option<char> {
        loop {
            if let Some(letter) = self.rest.next() {
                return Some(letter);
            }
            let piece = self.pieces.get(self.piece)?;
            match piece.words[self.byte..].chars().next() {
                Some(c) => {
                    self.byte += c.len_utf8();
                    self.white |= c.is_whitespace();
                    self.rest = folded(c);
                }
                None => (self.piece, self.byte) = (self.piece + 1, 0),
            }
        }
    }

    /// The byte of the flow that is read next.
    fn position(&self) -> u32 {
        match self.pieces.get(self.piece) {
            Some(piece) => piece.at + u32::nearest(self.byte),
            None => self.pieces.last().map_or(0, |piece| piece.at + u32::nearest(piece.words.len())),
        }
    }

    fn skip_to(&mut self, at: u32) {
        while let Some(piece) = self.pieces.get(self.piece) {
            let end = piece.at + u32::nearest(piece.words.len());
            if at < end {
                self.byte = self.byte.max(floor(piece.words, at.saturating_sub(piece.at) as usize));
                break;
            }
            (self.piece, self.byte) = (self.piece + 1, 0);
        }
        (self.rest, self.white) = (Folded::One(None), false);
    }

    fn span_at(&self, at: u32) -> Option<Span> {
        let after = self.pieces.partition_point(|piece| piece.at <= at);
        self.pieces.get(after.saturating_sub(1)).map(|piece| piece.span)
    }

    fn name(&self, page: usize) -> String {
        format!("page {}", self.pages.pages[page].label)
    }
}

/// The nearest boundary of characters at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn fault(span: Option<Span>, message: String) -> Diagnostic {
    Diagnostic::new(Code::TextLost, span, message)
        .hint("this is a fault of Pamphleteer, not of your book: these pages are not written; please report it with this text")
}
