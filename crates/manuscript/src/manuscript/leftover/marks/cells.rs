//! Marks in the cells of tables: those of blocks, which no cell can hold, and lists that are typed in one line of a cell.

use super::{Look, Mark};
use crate::manuscript::leftover::kinds::Kind;
use crate::manuscript::leftover::view::OBJECT;

impl Look<'_> {
    /// Whether a sign begins words as that of an item does, at the beginning of a cell or behind an end of line in one: in
    /// the text it would have begun a list.
    pub(super) fn begins_cell_item(&self, at: usize) -> bool {
        self.begins_in_cell(at) && self.get(at + 1) == ' ' && self.get(at + 2).is_alphabetic()
    }

    /// Whether a sign is the first of a cell, or the first behind an end of line in one, which is `<br>` there.
    fn begins_in_cell(&self, at: usize) -> bool {
        let is_break = |source: &str| source.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("<br"));
        at == 0 || self.before(at) == OBJECT && is_break(self.view.source_from(at - 1))
    }

    /// Whether a mark that begins a heading or a quotation elsewhere begins a cell: `# Spring`, `> She came`.
    pub(super) fn begins_cell_block(&self, at: usize, c: char) -> bool {
        let length = self.run(at, |sign| sign == c);
        self.begins_in_cell(at)
            && length <= 6
            && self.get(at + length) == ' '
            && self.get(at + length + 1).is_alphabetic()
    }

    /// `• mill • race`, `a) mill b) race`: a list whose items run on in one line of a cell. What a sentence counts, `(a) the
    /// mill, (b) the race`, has a mark or a word between its parts.
    pub(super) fn cell_list(&self, at: usize, c: char) -> Option<Mark> {
        let is_typed = !self.cells[at..].iter().take(LONGEST_MARK).any(|cell| cell.literal);
        if !self.view.in_cell || !is_typed || !self.begins_in_cell(at) {
            return None;
        }
        let end = (at..self.cells.len()).find(|end| self.get(*end) == OBJECT).unwrap_or(self.cells.len());
        let words = self.text(at, end);
        let next = match c {
            '•' | '▪' | '‣' | '◦' | '·' => format!(" {c} "),
            _ => following(&words)?,
        };
        let (first, second) = words.split_once(&next)?;
        let is_item = |words: &str| words.contains(char::is_alphanumeric);
        let sentence = first.ends_with([',', ';', ':']) || JOINING.iter().any(|word| first.ends_with(word));
        (is_item(first) && is_item(second) && !sentence).then(|| self.mark(Kind::CellList, at, end)).flatten()
    }
}

/// The mark of an item has no more characters.
const LONGEST_MARK: usize = 3;

/// Words before the last part of what a sentence counts.
const JOINING: [&str; 12] =
    [" and", " or", " und", " oder", " et", " ou", " y", " o", " e", " i", " en", " of"];

/// The mark of the second item where words begin with that of a first one: `a)`, `(a)`, `1.`, `i)`.
fn following(words: &str) -> Option<String> {
    const FIRST: [(&str, &str); 3] = [("a", "b"), ("1", "2"), ("i", "ii")];
    FIRST.iter().find_map(|(first, second)| {
        let around = [("(", ") "), ("", ") "), ("", ". ")];
        let is_first = |(open, close): &&(&str, &str)| {
            words
                .strip_prefix(*open)
                .and_then(|rest| rest.strip_prefix(first))
                .is_some_and(|rest| rest.starts_with(close))
        };
        around.iter().find(is_first).map(|(open, close)| format!(" {open}{second}{close}"))
    })
}
