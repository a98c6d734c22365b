//! Lines of a chapter in TeX: remarks go, and each begins as the environments that are open want it.

use super::environments::begins_block;
use super::{COMMENTS, Reader};
use crate::convert::markdown::braces::argument;
use crate::convert::markdown::mask::line_start;

impl Reader<'_, '_> {
    /// A line that is a remark, which goes as a whole; what it says to Softcover stays.
    pub(super) fn is_remark(&mut self) -> bool {
        let line = self.line();
        let bare = line.trim_start();
        let Some(words) = bare.strip_prefix('%') else { return false };
        if let Some(file) = words.trim_start_matches(['=', ' ']).strip_prefix("<<(") {
            let mark = line.len() - file.len() - "<<(".len();
            self.replace(mark, "");
            self.at += line.len() - mark;
            return true;
        }
        let length = (line.len() + 1).min(self.rest().len());
        self.edits.leave_out(self.at, self.at + length, "", COMMENTS);
        self.at += length;
        true
    }

    /// A remark behind words: the words go on without a gap where it stands right behind one, as in TeX.
    pub(super) fn remark(&mut self) {
        let line = self.line();
        let before = &self.text[line_start(self.text, self.at)..self.at];
        let space = before.len() - before.trim_end_matches([' ', '\t']).len();
        // white space before a remark at a line's end is none of the words
        let space = if before.len() == space { 0 } else { space };
        let is_joined = self.text[..self.at].ends_with(char::is_alphanumeric);
        let behind = &self.rest()[line.len()..];
        let gap = behind.strip_prefix('\n').map_or(0, |next| {
            let indent = next.len() - next.trim_start_matches([' ', '\t']).len();
            if next.trim_start_matches([' ', '\t']).starts_with('\n') { 0 } else { 1 + indent }
        });
        let length = line.len() + if is_joined { gap } else { 0 };
        self.edits.leave_out(self.at - space, self.at + length, "", COMMENTS);
        self.at += length;
    }

    /// What the lines of the open environments begin with.
    pub(super) fn prefix(&self) -> String {
        self.open.iter().map(|open| open.prefix).collect()
    }

    /// The beginning of a line: its white space goes, and what the open environments want comes; signs that would be
    /// marks of Markdown there get a backslash.
    pub(super) fn line_begins(&mut self) {
        let line = self.line();
        let bare = line.trim_start();
        let starts = |command: &str| bare.starts_with(command);
        let mut prefix = self.prefix();
        let is_list =
            self.open.last().is_some_and(|open| open.close.is_empty() && open.prefix.trim().is_empty());
        let begun = bare.strip_prefix("\\begin").and_then(argument);
        let is_new = begun.is_some_and(begins_block);
        if bare.is_empty() || is_new {
            prefix.truncate(prefix.trim_end().len());
        } else if starts("\\item") && is_list {
            let own = self.open.last().map_or(0, |open| open.prefix.len());
            prefix.truncate(prefix.len() - own);
        } else if starts("\\end{") {
            prefix.clear();
        }
        let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
        let is_number =
            digits > 0 && bare[digits..].starts_with(['.', ')']) && bare[digits + 1..].starts_with(' ');
        let is_sign = ["- ", "+ ", "> ", ">", "|", ":::", "="].iter().any(|sign| starts(sign));
        let indent = line.len() - bare.len();
        if indent > 0 || !prefix.is_empty() {
            self.put(indent, prefix);
        }
        if is_sign {
            self.put(0, "\\");
            self.at += 1;
        } else if is_number {
            self.at += digits;
            self.put(0, "\\");
            self.at += 1;
        }
    }
}
