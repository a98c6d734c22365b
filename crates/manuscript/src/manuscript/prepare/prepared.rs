//! A text ready for the Markdown parser, and the way back from its bytes to the
//! author's.

use super::item_mark::ItemMark;
use crate::diag::{FileId, Span};
use crate::manuscript::fences::Fence;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A text ready for the Markdown parser.
#[derive(Debug)]
pub(in crate::manuscript) struct Prepared {
    /// The text.
    pub(in crate::manuscript) text: String,
    /// The fences, by the number in their comments.
    pub(in crate::manuscript) fences: Vec<Fence>,
    /// Where pages of the older edition start.
    pub(in crate::manuscript) marks: Vec<LiftedMark>,
    /// The marks of items that the Markdown parser does not know: by the byte in
    /// `text` where the mark that stands for each begins.
    pub(in crate::manuscript) items: BTreeMap<usize, ItemMark>,
    /// The title that the lines above the text give it, and where they do.
    pub(in crate::manuscript) title: Option<(String, Span)>,
    pub(super) file: FileId,
    /// Pieces copied from the source: start in `text`, start in the source.
    pieces: Vec<(usize, usize)>,
}

/// The mark of a page of the older edition, lifted out of the text.
#[derive(Clone, Debug)]
pub(in crate::manuscript) struct LiftedMark {
    /// The byte in the prepared text before which it stood.
    pub(in crate::manuscript) at: usize,
    /// The page's number.
    pub(in crate::manuscript) label: String,
    /// Where it stands in the manuscript.
    pub(in crate::manuscript) span: Span,
}

impl Prepared {
    /// Nothing yet of a file, with room for so many bytes.
    pub(super) fn of(file: FileId, capacity: usize) -> Prepared {
        let text = String::with_capacity(capacity);
        Prepared {
            text,
            fences: Vec::new(),
            marks: Vec::new(),
            items: BTreeMap::new(),
            title: None,
            file,
            pieces: Vec::new(),
        }
    }

    /// A few words by themselves, ready for the Markdown parser: they stand within `around`, perhaps with backslashes
    /// in them.
    pub(in crate::manuscript) fn piece_of(words: &str, source: &str, around: Span) -> Prepared {
        let start = around.start as usize;
        let own = source.get(start..around.end as usize).unwrap_or("");
        let mut piece = Prepared::of(around.file, words.len());
        match own.rfind(words) {
            Some(at) => piece.copy(source, start + at, start + at + words.len()),
            None => words.chars().for_each(|c| piece.push(c, start)),
        }
        piece
    }

    /// Defines each note that the piece calls, so that the parser takes the calls for what they are: the notes stand
    /// elsewhere in the file, and `notes` finds them there or tells that there is none.
    pub(in crate::manuscript) fn define_called_notes(&mut self, at: usize) {
        let mut labels = BTreeSet::new();
        for (open, _) in self.text.match_indices("[^") {
            let label = self.text[open + 2..].split(']').next().unwrap_or("");
            let is_label = !label.is_empty() && !label.contains(|c: char| c.is_whitespace() || c == '[');
            if is_label && open + 2 + label.len() < self.text.len() {
                labels.insert(label.to_owned());
            }
        }
        let definitions: String = labels.iter().map(|label| format!("\n\n[^{label}]: x")).collect();
        definitions.chars().for_each(|c| self.push(c, at));
    }

    /// The author's bytes behind `range` of the prepared text.
    pub(in crate::manuscript) fn span(&self, range: Range<usize>) -> Span {
        let start = self.origin(range.start);
        let end = if range.end > range.start { self.origin(range.end - 1) + 1 } else { start };
        Span::new(self.file, start, end)
    }

    fn origin(&self, at: usize) -> usize {
        let index = self.pieces.partition_point(|(start, _)| *start <= at);
        match index.checked_sub(1).map(|i| self.pieces[i]) {
            Some((start, source)) => source + (at - start),
            None => 0,
        }
    }

    /// Takes back all after so many bytes.
    pub(super) fn truncate(&mut self, length: usize) {
        self.text.truncate(length);
        while self.pieces.last().is_some_and(|(start, _)| *start >= length && *start > 0) {
            self.pieces.pop();
        }
        for mark in self.marks.iter_mut().rev().take_while(|mark| mark.at > length) {
            mark.at = length;
        }
    }

    /// Copies bytes of the source.
    pub(super) fn copy(&mut self, source: &str, start: usize, end: usize) {
        if start < end {
            self.piece(start);
            self.text.push_str(&source[start..end]);
        }
    }

    /// Writes a character that stands for what is at that byte of the source.
    pub(super) fn push(&mut self, c: char, source: usize) {
        self.piece(source);
        self.text.push(c);
    }

    /// Writes a character in place of another one of the source, which may be shorter: then its last byte stands for the last
    /// of that one.
    pub(super) fn replace(&mut self, c: char, source: Range<usize>) {
        self.push(c, source.start);
        if c.len_utf8() > source.len() {
            self.pieces.push((self.text.len() - 1, source.end - 1));
        }
    }

    /// What is written next comes from that byte of the source.
    fn piece(&mut self, source: usize) {
        let at = self.text.len();
        let follows = self.pieces.last().is_some_and(|(start, origin)| origin + (at - start) == source);
        if !follows {
            self.pieces.push((at, source));
        }
    }
}
