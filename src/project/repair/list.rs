//! Lists between brackets and tables between braces.

use super::signs::{is_blank, is_break, looks_like_statement};
use super::{Mender, Place};

impl Mender<'_> {
    /// `[one, two]`, over as many lines as it likes.
    pub(super) fn list(&mut self) {
        let start = self.at;
        self.copy(start + 1);
        loop {
            if self.is_left_open(start, ']') {
                return;
            }
            self.gaps();
            match self.peek() {
                Some(']') => return self.copy(self.at + 1),
                Some(',' | ';') => self.spare_comma(),
                _ => self.value(Place::List),
            }
            self.comma(']');
        }
    }

    /// `{ key = value, key = value }`.
    pub(super) fn braces(&mut self) {
        let start = self.at;
        self.copy(start + 1);
        loop {
            self.blanks();
            if self.is_left_open(start, '}') {
                return;
            }
            self.gaps();
            match self.peek() {
                Some('}') => return self.copy(self.at + 1),
                Some(',' | ';') => self.spare_comma(),
                _ => self.pair(Place::Braces),
            }
            self.comma('}');
        }
    }

    /// Whether nothing closes what opened at `start`: the text ends, or its next
    /// line begins something else. Then it is closed here.
    fn is_left_open(&mut self, start: usize, close: char) -> bool {
        let mut ahead = self.rest();
        let mut on_new_line = false;
        loop {
            ahead = ahead.trim_start_matches(is_blank);
            if let Some(next) = ahead.strip_prefix(is_break) {
                ahead = next;
                on_new_line = true;
            } else if ahead.starts_with('#') {
                ahead = ahead.find(is_break).map_or("", |length| &ahead[length..]);
            } else {
                break;
            }
        }
        let next_key = on_new_line && close == ']' && looks_like_statement(ahead);
        let next_table = on_new_line && ahead.starts_with('[') && looks_like_statement(ahead);
        if !(ahead.is_empty() || next_key || next_table) {
            return false;
        }
        let open = self.source[start..].chars().next().unwrap_or('[');
        let hint = format!("write `{close}` at its end");
        self.fault(start..start + 1, format!("`{open}` begins here, and is never closed"), hint);
        self.replace(self.at, &close.to_string());
        true
    }

    /// A comma with nothing before it.
    fn spare_comma(&mut self) {
        self.fault(self.at..self.at + 1, "a comma stands here with nothing before it", "delete it");
        self.replace(self.at + 1, "");
    }

    /// The comma between two values, which may be missing.
    fn comma(&mut self, close: char) {
        let after = self.at;
        let mut ahead = self.rest();
        loop {
            ahead = ahead.trim_start_matches(is_blank);
            if let Some(next) = ahead.strip_prefix(is_break) {
                ahead = next;
            } else if ahead.starts_with('#') {
                ahead = ahead.find(is_break).map_or("", |length| &ahead[length..]);
            } else {
                break;
            }
        }
        if ahead.is_empty() || ahead.starts_with(close) || self.out.text.ends_with(['[', '{', ',']) {
            return;
        }
        if ahead.starts_with(',') {
            self.gaps();
            return self.copy(self.at + 1);
        }
        if ahead.starts_with(';') {
            self.gaps();
            self.fault(self.at..self.at + 1, "a semicolon stands in a list", "write a comma");
            return self.replace(self.at + 1, ",");
        }
        if !looks_like_statement(ahead) || close == '}' {
            self.fault(after..after, "a comma is missing here", "write a comma between the two");
            self.replace(after, ",");
        }
    }
}
