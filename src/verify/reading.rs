//! Reads the letters of a flow beside the book: each passage stands there once, and in order.
//!
//! A document has words of its own between those of the book: titles and numbers that a
//! cross-reference repeats, labels of items, names of admonitions. They are expected where the
//! book has them ([`own`](super::own)), and what marks notes and pages is passed over. So the
//! letters of a flow are read once from the first to the last, and whatever else stands among
//! them is an error: a passage that is missing, that stands twice, or in another place. White
//! space counts where the book has it: without it two words would be one.

use super::Count;
use super::expected::{Piece, Running, quoted, words_in};
use super::held::Held;
use super::loss::Loss;
use super::own::{Own, ends_of};
use crate::book::Book;
use crate::diag::Code;

/// Where a passage is looked for behind words that do not belong there: so many letters on.
const APART: usize = 4000;
/// A text is read in time that grows with its length: where numbers stand in a row with nothing between them, no more
/// places than these are kept for what comes behind.
const MOST_PLACES: usize = 400;

/// A flow that is read beside the letters that the documents have of it.
pub(super) struct Reading<'r> {
    book: &'r Book,
    running: &'r Running<'r>,
    held: &'r Held,
    /// How far it is read: one place, or several while it is open what a reference prints.
    at: Vec<usize>,
    /// There were too many such places: the next words of the author's say where it goes on.
    is_lost: bool,
    /// What the tool says further on.
    own: &'r [(usize, Own<'r>)],
}

impl<'r> Reading<'r> {
    /// A flow, at its first letter.
    pub(super) fn new(book: &'r Book, running: &'r Running<'r>, held: &'r Held) -> Reading<'r> {
        Reading { book, running, held, at: vec![0], is_lost: false, own: &running.own }
    }

    /// Reads it to its end; how many of its words are there.
    pub(super) fn compare(mut self, losses: &mut Vec<Loss>) -> Count {
        let mut count = Count::default();
        let (mut first, mut wanted) = (0, Held::default());
        for stretch in self.running.pieces.chunk_by(|_, next| !next.apart) {
            wanted.clear();
            stretch.iter().for_each(|piece| wanted.push(piece.words));
            let number = words_in(stretch);
            count.wanted += number;
            losses.extend(self.pass_own(first));
            let loss = self.pass(stretch, &wanted);
            count.found += if loss.is_none() { number } else { 0 };
            losses.extend(loss);
            first += stretch.len();
        }
        losses.extend(self.pass_own(first));
        if !self.is_lost && !self.at.contains(&self.held.letters.len()) {
            let last = self.running.pieces.last();
            let words = last.map_or("", |piece| piece.words);
            let message =
                format!("the EPUB has more behind `{}` than the manuscript, or other words", quoted(words));
            losses.push((last.map(|piece| piece.span), message, Code::TextLost));
        }
        count
    }

    /// Passes over what the tool says before that piece; the first thing that misses.
    fn pass_own(&mut self, piece: usize) -> Option<Loss> {
        let mut loss = None;
        while let [(before, own), rest @ ..] = self.own
            && *before <= piece
        {
            self.own = rest;
            if self.is_lost {
                continue;
            }
            let ends = ends_of(self.book, own, &self.held.letters, &self.at);
            if ends.is_empty() {
                let (span, what) = own.named();
                let message = format!("the EPUB lacks {what}");
                loss = loss.or(Some((span, message, Code::TextLost)));
            } else {
                self.is_lost = ends.len() > MOST_PLACES;
                self.at = ends;
            }
        }
        loss
    }

    /// Passes over words of the author's; what is wrong with them.
    fn pass(&mut self, stretch: &[Piece<'_>], wanted: &Held) -> Option<Loss> {
        if wanted.letters.is_empty() {
            return None;
        }
        let letters = &self.held.letters;
        if std::mem::take(&mut self.is_lost) {
            let from = self.at.first().copied().unwrap_or(0);
            self.at = letters[from..].find(&wanted.letters).map(|at| from + at).into_iter().collect();
        }
        let fits = |at: &&usize| letters[**at..].starts_with(&wanted.letters);
        let starts: Vec<usize> = self.at.iter().filter(fits).copied().collect();
        let span = stretch.first().map(|piece| piece.span);
        let words = || quoted(&stretch.iter().map(|piece| piece.words).collect::<Vec<_>>().join(" "));
        if let [start, ..] = starts.as_slice() {
            let joined = !self.held.is_parted_like(wanted, *start);
            self.at = starts.iter().map(|start| start + wanted.letters.len()).collect();
            let message = || format!("words run together in the EPUB, in `{}`", words());
            return joined.then(|| (span, message(), Code::TextLost));
        }
        let from = self.at.first().copied().unwrap_or(0);
        let message = match found(&letters[from..], &wanted.letters) {
            Some(end) => {
                self.at = vec![from + end];
                format!("before `{}` the EPUB has more than the manuscript, or other words", words())
            }
            None => format!("the EPUB lacks `{}`, or has it in another place", words()),
        };
        Some((span, message, Code::TextLost))
    }
}

/// Where the letters end, when they stand there or a little further on.
fn found(held: &str, wanted: &str) -> Option<usize> {
    let most = held.floor_char_boundary(wanted.len() + APART);
    held[..most].find(wanted).map(|at| at + wanted.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_looked_for_nearby() {
        assert_eq!(found("1DEF", "DEF"), Some(4));
        assert_eq!(found("XYZ", "DEF"), None);
        let far = "Ä".repeat(APART) + "DEF";
        assert_eq!(found(&far, "DEF"), None);
    }
}
