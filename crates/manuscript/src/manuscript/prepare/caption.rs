//! Captions in words of their own beside what they belong to: `: words` and `Table: words` at a table,
//! `Listing: words` at code.
//!
//! A colon begins the meaning of a term as well. Which it is follows from where it stands: a caption stands in
//! the same list item, meaning or quotation as its table does, a further meaning outside of the one that holds the table.

use super::caption_owner::CaptionOwner;
use super::lifter::Lifter;
use super::rows::{Row, after_newline, lead, line_end, quotes, rows, set_in};
use super::signs::ABOVE;
use crate::diag::Span;
use crate::manuscript::attrs::{self, Owner};
use crate::manuscript::fences::{self, Fence};
use crate::manuscript::raw::Attrs;

impl<'a> Lifter<'a> {
    /// Writes the line at `start` when it begins a caption; returns where the next line starts.
    pub(super) fn caption(&mut self, start: usize, end: usize, prefix: usize, fresh: bool) -> Option<usize> {
        let content = &self.source[start + prefix..end];
        let of_code = content.starts_with("Listing:");
        let colon = content.starts_with(':');
        let words =
            ["Table:", "table:", "Listing:", ":"].iter().find_map(|mark| content.strip_prefix(mark))?;
        if !words.starts_with([' ', '\t', '\u{A0}', '\u{202F}']) || words.trim().is_empty() {
            return None;
        }
        let last = self.last_row(start)?;
        let below = after_newline(self.source, last.end);
        let line = &self.source[start..start + prefix];
        let follows = if of_code { self.code_follows(below) } else { self.table_follows(below, line) };
        let touching = self.in_pipe_table && !fresh;
        if !touching && !fresh {
            return None;
        }
        let owner = self.owner.clone().filter(|owner| {
            let suits = if owner.is_code { of_code || colon } else { !of_code };
            suits && !(owner.captioned && follows) && !(colon && self.is_meaning(owner, line))
        });
        let marks = match &owner {
            // a caption behind the quotation of its table belongs to it all the same
            Some(owner) if quotes(line).1 < owner.depth() => self.row_prefix(start, self.lead_of(line)),
            Some(owner) if quotes(line).1 == owner.depth() => owner.marks.clone(),
            _ if follows => self.row_prefix(start, self.lead_of(line)),
            _ => return None,
        };
        let above = owner.is_none_or(|owner| owner.depth() < quotes(line).1);
        let from = start + prefix + content.len() - words.trim_start().len();
        self.write_caption(&marks, from, &last, above);
        self.in_pipe_table = false;
        match &mut self.owner {
            Some(owner) if !above => owner.captioned = true,
            owner => *owner = None,
        }
        self.captioned_above = above;
        Some(below)
    }

    /// The last line of the caption that begins in the line at `start`.
    fn last_row(&self, start: usize) -> Option<Row<'a>> {
        let mut ahead = rows(self.source, start);
        let first = ahead.next()?;
        let begins_another = |row: &Row<'_>| {
            let marker = fences::marker(row.words).is_some();
            // a year at the head of a line begins no list, but in an outer one it does
            let counted = row.words.starts_with(|c: char| c.is_ascii_digit()) && !row.words.starts_with("1.");
            fences::shape(row.words).is_some()
                || fences::code_fence(row.words).is_some()
                || row.words.starts_with('|')
                || row.words.starts_with('#') && row.words.trim_start_matches('#').starts_with(' ')
                || marker && (!counted || row.spaces < first.spaces)
        };
        Some(ahead.take_while(|row| !row.is_blank() && !begins_another(row)).last().unwrap_or(first))
    }

    /// Whether a colon in a line that begins so is one more meaning of a term, whose last meaning holds the table.
    fn is_meaning(&self, owner: &CaptionOwner, line: &str) -> bool {
        let depth = quotes(line).1;
        self.containers.goes_on_with_meaning(depth, set_in(line), owner.column(depth))
    }

    /// How far a line that begins so is set in, as far as the item reaches that it stands in.
    fn lead_of(&self, line: &str) -> usize {
        if line.contains('>') { 0 } else { set_in(line).min(self.item_column(line)) }
    }

    fn write_caption(&mut self, marks: &str, from: usize, last: &Row<'_>, above: bool) {
        let to = last.from + last.words.len();
        let span = Span::new(self.out.file, from, to);
        let mut attrs = Attrs { span: Some(span), ..Attrs::default() };
        let (mut from, mut to) = (from, to);
        let words = &self.source[from..to];
        if let Some(open) = attrs::at_end(words) {
            let braces = Span::new(self.out.file, from + open, to);
            attrs = attrs::parse(&words[open..], Owner::Division, braces, self.findings);
            to = from + words[..open].trim_end().len();
        } else if let Some(label) =
            words.strip_prefix("(\\#").and_then(|rest| rest.split_once(')')).map(|(label, _)| label)
        {
            attrs.id = Some(label.to_owned());
            from += label.len() + 4;
            from += self.source[from..to].len() - self.source[from..to].trim_start().len();
        }
        attrs.classes.retain(|class| !class.starts_with("tbl"));
        attrs.classes.insert(0, "caption".to_owned());
        if above {
            attrs.classes.push(ABOVE.to_owned());
        }
        self.blank_line(marks, from);
        self.fence(marks, Fence::Open(attrs, span), from);
        marks.chars().for_each(|c| self.out.push(c, from));
        let mut at = from;
        while at < to {
            let end = line_end(self.source, at).min(to);
            let line_out = self.out.text.len();
            let next = self.inline(line_out, at, end);
            if next >= to || next <= at {
                break;
            }
            marks.chars().for_each(|c| self.out.push(c, next));
            at = next + self.source[next..to].len()
                - self.source[next..to].trim_start_matches([' ', '\t', '>']).len();
        }
        if !self.out.text.ends_with('\n') {
            self.out.push('\n', to);
        }
        self.fence(marks, Fence::Close(span), to);
    }

    /// Whether a table is the next thing from `at` on, set in as far as a line that begins so.
    fn table_follows(&self, at: usize, line: &str) -> bool {
        let Some(first) = rows(self.source, at).find(|row| !row.is_blank()) else { return false };
        let other = &self.source[first.line..first.from];
        if quotes(other).1 != quotes(line).1 || set_in(other) >= set_in(line) + 2 {
            return false;
        }
        let below = after_newline(self.source, first.end);
        let rule = self.source[below..line_end(self.source, below)].trim_start_matches(['>', ' ']);
        (first.words.contains('|') && is_pipe_rule(rule)) || self.drawn_table(first.line).is_some()
    }

    /// Whether a listing between fences is the next thing from `at` on.
    fn code_follows(&self, at: usize) -> bool {
        rows(self.source, at)
            .find(|row| !row.is_blank())
            .is_some_and(|row| fences::code_fence(row.words).is_some())
    }

    /// Notes that a table or a listing stands in lines that begin with those marks.
    pub(super) fn note_owner(&mut self, marks: String, is_code: bool) {
        let captioned = std::mem::take(&mut self.captioned_above);
        self.owner = Some(CaptionOwner { marks, is_code, captioned });
    }

    /// Notes whether a line belongs to a table of upright strokes.
    pub(super) fn note_table(&mut self, line: &str) {
        let words = line.trim_matches([' ', '\t', '>']);
        if words.is_empty() {
            self.in_pipe_table = false;
            return;
        }
        // a page mark or a remark may stand between a table and its caption
        if words.starts_with("<!--") && line.trim_end().ends_with("-->") {
            return;
        }
        let goes_on = self.in_pipe_table && words.contains('|');
        self.in_pipe_table = goes_on || is_pipe_rule(words);
        match (self.in_pipe_table, goes_on) {
            (true, false) => self.note_owner(line[..lead(line)].to_owned(), false),
            (false, _) => self.owner = None,
            (true, true) => {}
        }
    }
}

/// `|---|:--:|`: the line below the head of a table.
fn is_pipe_rule(words: &str) -> bool {
    let words = words.trim();
    words.contains('-')
        && words.contains('|')
        && words.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t'))
}
