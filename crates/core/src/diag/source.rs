//! The source files by number, and the way from a byte to a line and column.

use super::{FileId, Span};
use crate::narrow::Nearest;
use std::collections::BTreeMap;
use std::ops::Range;

/// One source text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path as the author knows it: relative to the book's folder, with `/`.
    pub name: String,
    /// The text; whole, as read.
    pub text: String,
    line_starts: Vec<u32>,
    /// How many characters come before every [`STEP`]th byte, so that a column is
    /// found in the same time however long its line is.
    characters: Vec<u32>,
}

/// Bytes between two places of which it is known how many characters come before.
const STEP: usize = 1024;

/// A line and a column, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl SourceFile {
    /// The line and column of byte `at` (the end of the text when beyond it).
    #[must_use]
    pub fn place(&self, at: u32) -> Place {
        let line = self.line_starts.partition_point(|&start| start <= at).max(1) - 1;
        let start = self.line_starts.get(line).copied().unwrap_or(0) as usize;
        let end = self.text.floor_char_boundary(at as usize).max(start);
        Place { line: line + 1, column: self.characters_before(end) - self.characters_before(start) + 1 }
    }

    /// How many bytes of its line come before byte `at`.
    pub(super) fn byte_in_line(&self, at: u32) -> usize {
        let line = self.line_starts.partition_point(|&start| start <= at).max(1) - 1;
        let start = self.line_starts.get(line).copied().unwrap_or(0) as usize;
        self.text.floor_char_boundary(at as usize).saturating_sub(start)
    }

    /// How many characters begin before byte `at`.
    fn characters_before(&self, at: usize) -> usize {
        let step = (at / STEP).min(self.characters.len().saturating_sub(1));
        let known = self.characters.get(step).map_or(0, |count| *count as usize);
        known + count_characters(&self.text.as_bytes()[step * STEP..at])
    }

    /// The text of line `line` (from 1) without its line end.
    #[must_use]
    pub fn line(&self, line: usize) -> &str {
        let index = line.saturating_sub(1);
        let Some(start) = self.line_starts.get(index) else { return "" };
        let end = self.line_starts.get(index + 1).map_or(self.text.len(), |next| *next as usize - 1);
        self.text[*start as usize..end].trim_end_matches('\r')
    }
}

/// How many characters begin in these bytes of UTF-8.
fn count_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// All source files of one run.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
    /// The first file of each name.
    by_name: BTreeMap<String, FileId>,
}

impl SourceMap {
    /// Adds a file and returns its number. At most 65,535 files count;
    /// further ones share the last number.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let (name, text) = (name.into(), text.into());
        let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        let line_starts = std::iter::once(0).chain(breaks.map(|(i, _)| u32::nearest(i + 1))).collect();
        let mut before = 0;
        let characters = text.as_bytes().chunks(STEP).map(|chunk| {
            let here = before;
            before += u32::nearest(count_characters(chunk));
            here
        });
        let characters = characters.collect();
        let id = FileId(u16::try_from(self.files.len()).unwrap_or(u16::MAX));
        self.by_name.entry(name.clone()).or_insert(id);
        self.files.push(SourceFile { name, text, line_starts, characters });
        id
    }

    /// The file of that number.
    #[must_use]
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Where the first `c` in `span` stands; the span itself when there is none.
    #[must_use]
    pub fn narrow(&self, span: Span, c: Option<char>) -> Span {
        let text = &self.file(span.file).text;
        let found = c.and_then(|c| {
            let inside = text.get(span.start as usize..(span.end as usize).min(text.len()))?;
            inside.find(c).map(|at| (span.start as usize + at, c.len_utf8()))
        });
        found.map_or(span, |(at, length)| Span::new(span.file, at, at + length))
    }

    /// The span with every character of which it has a byte.
    #[must_use]
    pub fn whole(&self, span: Span) -> Span {
        let whole = whole_characters(&self.file(span.file).text, span.start as usize..span.end as usize);
        Span::new(span.file, whole.start, whole.end)
    }

    /// The number of the file of that name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<FileId> {
        self.by_name.get(name).copied()
    }

    /// All files in order, with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().zip(0u16..).map(|(file, index)| (FileId(index), file))
    }
}

/// The bytes of every character of which `range` has one. What parsers say of
/// places may begin inside a character, or lie behind the end.
#[must_use]
pub fn whole_characters(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    start..text.ceil_char_boundary(range.end).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters() {
        let mut map = SourceMap::default();
        let id = map.add("a.md", "één\ntwo\r\nthree");
        let file = map.file(id);
        assert_eq!(file.place(0), Place { line: 1, column: 1 });
        assert_eq!(file.place(5), Place { line: 1, column: 4 });
        assert_eq!(file.place(6), Place { line: 2, column: 1 });
        assert_eq!(file.place(9999).line, 3);
        let long = map.add("b.md", "é".repeat(3000) + "a\nb");
        assert_eq!(map.file(long).place(6000), Place { line: 1, column: 3001 });
        assert_eq!(map.file(long).place(6002), Place { line: 2, column: 1 });
        let file = map.file(id);
        let lines: Vec<&str> = (0..5).map(|line| file.line(line)).collect();
        assert_eq!(lines, ["één", "één", "two", "three", ""]);
    }
}
