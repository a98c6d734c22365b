//! Lifts out of a text what Markdown must not see: comments, page marks,
//! fences of divisions, and the line starts of verse.
//!
//! Fences become HTML comments that only this module can write (they hold a
//! noncharacter that is removed from the author's text), so Markdown itself
//! keeps them at their depth inside quotes, lists, notes and definitions.
//! [`Prepared::span`] leads every byte back to the author's file.

mod admonition;
mod caption;
mod caption_owner;
mod containers;
mod drawn;
mod front;
mod habit;
mod html;
mod inline;
mod item_mark;
mod items;
mod kept_lines;
mod lifter;
mod nesting;
mod prepared;
mod rows;
mod signs;
mod tag;
mod ticks;

pub(super) use item_mark::ItemMark;
pub(super) use prepared::{LiftedMark, Prepared};
pub(super) use signs::{ABOVE, APART, FENCE, INSTEAD, LINE, LINE_END, SPACE, TURN, without_lines};
pub(super) use tag::Tag;

use super::fences::{self, Fence, FenceLine};
use crate::book::{Lang, is_forbidden, windows_sign};
use crate::diag::{self, Code, Diagnostic, FileId, Severity, Span};
use containers::{Containers, marker_width};
use lifter::{CodeFence, Lifter, Lines, Open};
use rows::{after_newline, line_end};
use ticks::Ticks;

/// Prepares the text of a file.
pub(super) fn prepare(
    file: FileId,
    source: &str,
    language: &Lang,
    findings: &mut Vec<Diagnostic>,
) -> Prepared {
    let mut lifter = Lifter {
        source,
        out: Prepared::of(file, source.len() + 64),
        open: Vec::new(),
        closes: fences::partners(source),
        code: None,
        code_at: 0,
        directives: Vec::new(),
        literal_until: 0,
        no_comment_end: false,
        ticks: Ticks::default(),
        in_indented_code: false,
        was_indented_code: false,
        in_pipe_table: false,
        owner: None,
        captioned_above: false,
        containers: Containers::default(),
        runs: Vec::new(),
        last_delimiter: '.',
        example: 0,
        examples: items::examples(source),
        html: Vec::new(),
        is_english: language.primary() == "en",
        findings,
    };
    let mut at = if source.starts_with('\u{FEFF}') { 3 } else { 0 };
    at = lifter.head(at);
    while at < source.len() {
        at = lifter.line(at);
        diag::bound(lifter.findings);
    }
    lifter.finish();
    lifter.out
}

impl Lifter<'_> {
    /// Handles the line that starts at `start`; returns where the next begins.
    fn line(&mut self, start: usize) -> usize {
        let end = line_end(self.source, start);
        self.leave_dedented(start, &self.source[start..end]);
        let start = start + self.dedent(&self.source[start..end]);
        let line = &self.source[start..end];
        if self.code.is_some() {
            return self.code_line(start, end);
        }
        let prefix = fences::prefix(line);
        if start >= self.literal_until
            && let Some(shape) = fences::shape(&line[prefix..])
        {
            return self.fence_line(start, end, prefix, shape);
        }
        if self.open.last().is_some_and(|open| open.lines == Lines::Verse) && !self.leave_verse(start, line) {
            return self.verse_line(start, end);
        }
        self.leave_items(line);
        if let Some(next) = self.spaced_line(start, end) {
            return next;
        }
        self.note_indented_code(start, prefix, end);
        if !self.in_indented_code
            && let Some((byte, length)) = fences::code_fence(&line[prefix..])
        {
            if let Some(next) = self.directive(start, end, prefix, length) {
                return next;
            }
            let quoted = line[..prefix].contains('>');
            self.code_at = start + prefix;
            self.note_item(line);
            let column = self.item_column(line);
            let column = if rows::set_in(line) >= column || prefix > rows::lead(line) { column } else { 0 };
            self.code = Some(CodeFence { sign: byte, length, quoted, column });
            return self.copy_line(start, end);
        }
        if start >= self.literal_until
            && !self.in_indented_code
            && let Some(next) = self.habit(start, end, prefix)
        {
            return next;
        }
        if !self.in_indented_code && are_hashes(&line[prefix..]) {
            return self.hashes(start, end);
        }
        self.note_table(line);
        self.note_item(line);
        let line_out = self.out.text.len();
        self.out.copy(self.source, start, start + prefix);
        if !self.in_indented_code && is_bare_colon(&line[prefix..]) {
            self.out.push('\\', start + prefix);
        }
        let mut from = start + prefix;
        if !self.in_indented_code && self.is_tilde_definition(&line[prefix..]) {
            let (depth, spaces) = (rows::quotes(line).1, rows::set_in(line));
            let width = marker_width(1, &line[prefix + 1..]);
            self.containers.enter(depth, spaces, spaces + width, true);
            self.out.push(':', from);
            from += 1;
        }
        self.inline(line_out, from, end)
    }

    /// Whether the line that starts at `start` is code that an indent marks.
    fn note_indented_code(&mut self, start: usize, prefix: usize, end: usize) {
        if self.source[start + prefix..end].trim().is_empty() {
            return;
        }
        let deep = self.indent_of(start, prefix) > 3;
        self.was_indented_code = self.in_indented_code;
        self.in_indented_code =
            deep && (self.in_indented_code || self.is_fresh() && !self.heads_table(start, end));
    }

    /// Whether a line that is set in so far stands above the hyphens of a table's columns.
    fn heads_table(&self, start: usize, end: usize) -> bool {
        let next = after_newline(self.source, end);
        let below = &self.source[next..line_end(self.source, next)];
        let rule = below.trim_start_matches([' ', '>']);
        let shallow = self.indent_of(next, below.len() - rule.len()) <= 3;
        shallow && rule.starts_with("--") && self.drawn_table(start).is_some()
    }

    /// Whether `~ words` says what the line above means, as Pandoc has it: that line
    /// is a paragraph or a meaning of its own. A wrapped sentence may begin a line so.
    fn is_tilde_definition(&self, content: &str) -> bool {
        let Some(words) = content.strip_prefix("~ ").map(str::trim) else { return false };
        let parted = self.is_fresh();
        let mut above = self.out.text.trim_end_matches(['\n', '>', ' ']).rsplit('\n');
        let bare = |line: &str| line.trim_matches([' ', '\t', '>']).to_owned();
        let (term, before) = (bare(above.next().unwrap_or("")), bare(above.next().unwrap_or("")));
        let meaning = term.starts_with(": ");
        let alone =
            before.is_empty() && !term.starts_with(['#', '|', '-', '*', '+', '<']) && !term.is_empty();
        let short = parted || term.split_whitespace().count() <= 3;
        (meaning || alone && short) && words.starts_with(char::is_alphabetic)
    }

    /// Ends what is open at the end of the text and needs no mark of the author's.
    fn finish(&mut self) {
        if self.code.is_some() && !self.open.iter().any(|open| open.dedent.is_some()) {
            let finding = self.code_unclosed("all that follows");
            self.findings.push(finding);
        }
        if self.open.iter().any(|open| open.dedent.is_some()) {
            if !self.out.text.ends_with('\n') {
                self.out.push('\n', self.source.len());
            }
            self.code = None;
            self.leave_dedented(self.source.len(), "x");
        }
    }

    fn code_line(&mut self, start: usize, end: usize) -> usize {
        let line = &self.source[start..end];
        let Some(CodeFence { sign: byte, length, quoted, column }) = self.code else { return end };
        let inside = line.trim_start_matches([' ', '\t', '>']);
        let run = inside.bytes().take_while(|b| *b == byte).count();
        let left_quote = quoted && !line.trim_start().starts_with('>');
        let left_item = column > 0 && !inside.trim().is_empty() && rows::set_in(line) < column;
        if left_quote || left_item {
            let what = if left_quote { "the rest of the quotation" } else { "the rest of the item" };
            let finding = self.code_unclosed(what).severity(Severity::Warning);
            self.findings.push(finding);
            self.code = None;
            return self.line(start);
        }
        if run >= length && inside[run..].trim().is_empty() {
            self.code = None;
            self.note_owner(line[..rows::lead(line)].to_owned(), true);
            let behind = &inside[run..];
            if behind.contains(|c: char| !matches!(c, ' ' | '\t' | '\r')) {
                // a no-break space behind a fence: to Markdown it would end nothing
                self.out.copy(self.source, start, start + line.len() - behind.len());
                return self.newline(end);
            }
        }
        self.copy_line(start, end)
    }

    /// What is told of a fence that no other closes, and of what became code by it.
    fn code_unclosed(&self, what: &str) -> Diagnostic {
        let line = Span::new(self.out.file, self.code_at, line_end(self.source, self.code_at));
        let pause = if line.end - line.start == 3 { "; a scene break is `* * *`" } else { "" };
        let hint = format!("end it with a line of as many back-quotes or tildes{pause}");
        Diagnostic::new(Code::CodeUnclosed, line, format!("this code is never closed: {what} is set as code"))
            .hint(hint)
    }

    /// `# # #`: a typist's pause, and no heading without words.
    fn hashes(&mut self, start: usize, end: usize) -> usize {
        for (at, c) in self.source[start..end].char_indices() {
            if c == '#' {
                self.out.push('\\', start + at);
            }
            self.character(start + at, c);
        }
        self.newline(end)
    }

    fn copy_line(&mut self, start: usize, end: usize) -> usize {
        for (at, c) in self.source[start..end].char_indices() {
            self.character(start + at, c);
        }
        self.newline(end)
    }

    /// Ends a line of the prepared text; returns where the next line starts.
    fn newline(&mut self, end: usize) -> usize {
        let next = after_newline(self.source, end);
        if next > end {
            self.out.push('\n', end);
        }
        next
    }

    /// A fence: a comment with its number takes its place.
    fn fence_line(&mut self, start: usize, end: usize, prefix: usize, shape: FenceLine<'_>) -> usize {
        let line = &self.source[start..end];
        let span = Span::new(self.out.file, start + prefix, start + line.trim_end().len());
        self.out.copy(self.source, start, start + prefix);
        let titled = fences::admonition(&shape);
        self.end_items(line);
        self.note_item(line);
        let fence = Fence::new(shape, span, self.findings);
        let number = self.out.fences.len();
        for c in format!("<!--{FENCE}{number}-->").chars() {
            self.out.push(c, start + prefix);
        }
        match &fence {
            Fence::Close(_) => {
                self.open.pop();
            }
            Fence::Open(attrs, _) => {
                self.owner = None;
                self.open.push(Open {
                    lines: self.lines_of(attrs),
                    closes_at: self.closes.get(&start).copied(),
                    prefix: fences::continuation(&line[..prefix]),
                    dedent: None,
                });
            }
            Fence::Alert(_) => {}
        }
        self.out.fences.push(fence);
        let next = self.newline(end);
        if let Some((kind, title)) = titled {
            let marks = fences::continuation(&line[..prefix]);
            let title = self.title_above(kind, title);
            self.admonition_title(&marks, title, span);
        }
        next
    }

    /// Whether a heading that begins at `line_out` of the prepared text, and whose
    /// line ends in a backslash at `end`, goes on in the next line.
    fn heading_goes_on(&self, line_out: usize, end: usize) -> bool {
        let heading = self.out.text[line_out..].trim_start_matches([' ', '>']);
        let signs = heading.bytes().take_while(|b| *b == b'#').count();
        let next = after_newline(self.source, end);
        (1..=6).contains(&signs)
            && heading[signs..].starts_with([' ', '\t'])
            && !self.source[next..line_end(self.source, next)].trim().is_empty()
    }

    /// A character of the author's, unless it is one that no book may hold.
    fn character(&mut self, at: usize, c: char) {
        if is_forbidden(c) {
            let message = format!("U+{:04X} is a control character: it has no place in a text", u32::from(c));
            let span = Span::new(self.out.file, at, at + c.len_utf8());
            // what another encoding left is kept as what was meant, so that nothing is lost where the error is lowered
            let meant = windows_sign(u32::from(c)).filter(|sign| !sign.is_control());
            let hint = match meant {
                Some(sign) => format!("write `{sign}`, which stands there in Windows-1252"),
                None => "delete it; it is invisible in most editors".to_owned(),
            };
            self.findings.push(Diagnostic::new(Code::ControlCharacter, span, message).hint(hint));
            meant.into_iter().for_each(|sign| self.out.replace(sign, at..at + c.len_utf8()));
        } else {
            self.out.push(c, at);
        }
    }
}

/// Whether a line is several `#`, each alone.
fn are_hashes(content: &str) -> bool {
    content.starts_with("# #") && content.split_whitespace().all(|word| word == "#")
}

/// Whether a colon begins the line that cannot begin a definition: no space
/// stands behind it.
fn is_bare_colon(content: &str) -> bool {
    content.strip_prefix(':').is_some_and(|rest| !rest.starts_with([' ', '\t', ':']))
}
