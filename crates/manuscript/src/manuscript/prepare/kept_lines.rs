//! Lines whose ends stay where the author typed them: verse, and those of `::: lines`.

use super::lifter::{Lifter, Lines};
use super::signs::{LINE, LINE_END, MAX_SPACES, SPACE};
use crate::manuscript::fences;
use crate::manuscript::raw::Attrs;
use crate::manuscript::shape;

/// What stands for a space at the beginning of a kept line, as in Pandoc's line blocks.
const NO_BREAK_SPACE: char = '\u{A0}';

impl Lifter<'_> {
    /// What becomes of the lines of a division with these attributes.
    pub(super) fn lines_of(&self, attrs: &Attrs) -> Lines {
        let is = |name: &str| attrs.classes.iter().any(|class| class == name);
        let in_verse = self.open.last().is_some_and(|open| open.lines == Lines::Verse);
        match is(shape::LINES) {
            _ if is("verse") || in_verse && shape::goes_on_in_verse(attrs) => Lines::Verse,
            true => Lines::Kept,
            false => Lines::Joined,
        }
    }

    /// Whether a line after the opening of a verse is not verse any more: the
    /// verse has no end and a blank line comes, or its quote is over.
    pub(super) fn leave_verse(&mut self, start: usize, line: &str) -> bool {
        let Some(open) = self.open.last() else { return true };
        let endless = open.closes_at.is_none_or(|at| at < start) && line.trim().is_empty();
        let outside = open.prefix.contains('>') && !line.trim_start().starts_with('>');
        if endless || outside {
            self.open.pop();
        }
        endless || outside
    }

    pub(super) fn verse_line(&mut self, start: usize, end: usize) -> usize {
        let line = &self.source[start..end];
        let prefix = self.open.last().map_or(String::new(), |open| open.prefix.clone());
        let (at, spaces) = fences::strip(line, &prefix);
        let content = start + at;
        if line[at..].trim().is_empty() {
            for c in prefix.trim_end().chars() {
                self.out.push(c, start);
            }
            return self.newline(end);
        }
        let line_out = self.out.text.len();
        let spaces = std::iter::repeat_n(SPACE, spaces.min(MAX_SPACES));
        for c in prefix.chars().chain([LINE]).chain(spaces).chain([LINE_END]) {
            self.out.push(c, content);
        }
        self.inline(line_out, content, end)
    }

    /// Writes a line of `::: lines` that spaces begin with no-break ones in their place: to Markdown those before a
    /// line are nothing, and four of them are code. Lists, headings and the like stay Markdown's.
    pub(super) fn spaced_line(&mut self, start: usize, end: usize) -> Option<usize> {
        let open = self.open.last().filter(|open| open.lines == Lines::Kept)?;
        let line = &self.source[start..end];
        let (at, spaces) = fences::strip(line, &open.prefix);
        let words = &line[at..];
        let own = open.prefix.rsplit('>').next().unwrap_or("").len();
        let outside = open.prefix.contains('>') && !line.trim_start().starts_with('>');
        let is_mark = words.starts_with(['#', '|', '>', '<'])
            || fences::marker(words).is_some()
            || fences::code_fence(words).is_some();
        if spaces == 0 || outside || is_mark || words.trim().is_empty() || self.item_column(line) > own {
            return None;
        }
        let prefix = open.prefix.clone();
        self.in_indented_code = false;
        self.note_table(line);
        let line_out = self.out.text.len();
        let spaces = std::iter::repeat_n(NO_BREAK_SPACE, spaces.min(MAX_SPACES));
        for c in prefix.chars().chain(spaces) {
            self.out.push(c, start + at.saturating_sub(1));
        }
        Some(self.inline(line_out, start + at, end))
    }
}
