//! The source files by number, and the way from a byte to a line and column.

use super::Span;

/// Which source file: an index into a [`SourceMap`]; by default the first one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u16);

/// One source text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path as the author knows it: relative to the book's folder, with `/`.
    pub name: String,
    /// The text; whole, as read.
    pub text: String,
    line_starts: Vec<u32>,
}

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
        let mut end = (at as usize).clamp(start, self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        Place { line: line + 1, column: self.text[start..end].chars().count() + 1 }
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

/// All source files of one run.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// Adds a file and returns its number. At most 65,535 files count;
    /// further ones share the last number.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let text = text.into();
        let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        let line_starts = std::iter::once(0).chain(breaks.map(|(i, _)| (i + 1) as u32)).collect();
        self.files.push(SourceFile { name: name.into(), text, line_starts });
        FileId(u16::try_from(self.files.len() - 1).unwrap_or(u16::MAX))
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

    /// The number of the file of that name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<FileId> {
        let index = self.files.iter().position(|f| f.name == name)?;
        u16::try_from(index).ok().map(FileId)
    }

    /// All files in order, with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().zip(0u16..).map(|(file, index)| (FileId(index), file))
    }
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
        let lines: Vec<&str> = (0..5).map(|line| file.line(line)).collect();
        assert_eq!(lines, ["één", "één", "two", "three", ""]);
    }
}
