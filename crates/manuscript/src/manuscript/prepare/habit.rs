//! Blocks that other programs have and the Markdown parser has not: they are
//! written in its terms, line by line, so that the way back to the author's
//! bytes stays.
//!
//! A block is one only where a blank line, a fence or a heading stands before it.

use super::lifter::Lifter;
use super::rows::{Row, after_newline, line_end, rows};
use super::signs::{FENCE, INSTEAD, LINE, LINE_END, MAX_SPACES, SPACE};
use crate::diag::Span;
use crate::manuscript::attrs;
use crate::manuscript::fences::{self, Fence};
use crate::manuscript::raw::Attrs;
use std::ops::Range;

impl Lifter<'_> {
    /// Writes what begins at `start` when it is a block of another program's;
    /// returns where the next line starts.
    pub(super) fn habit(&mut self, start: usize, end: usize, prefix: usize) -> Option<usize> {
        let fresh = self.is_fresh();
        let content = &self.source[start + prefix..end];
        let first = *content.as_bytes().first()?;
        if matches!(first, b':' | b'T' | b't' | b'L') {
            let next = self.caption(start, end, prefix, fresh);
            if next.is_some() {
                return next;
            }
        }
        // whatever else begins here stands between a table and what follows
        let owner = self.owner.take();
        let next = self.other_habit(start, end, prefix, (first, fresh));
        // a page mark or a remark may stand between the two
        if next.is_none() || content.starts_with("<!--") {
            self.owner = owner;
        }
        next
    }

    fn other_habit(
        &mut self,
        start: usize,
        end: usize,
        prefix: usize,
        (first, fresh): (u8, bool),
    ) -> Option<usize> {
        if fresh && let Some(next) = self.fresh_block(start, end, prefix, first) {
            return Some(next);
        }
        if first == b'<'
            && let Some(next) = self.html_line(start, end, prefix)
        {
            return Some(next);
        }
        if first == b'['
            && self.source[start..start + prefix].contains('>')
            && let Some(next) = self.alert(start, end, prefix)
        {
            return Some(next);
        }
        self.fancy_item(start, end, fresh)
    }

    fn fresh_block(&mut self, start: usize, end: usize, prefix: usize, first: u8) -> Option<usize> {
        if self.indent_of(start, prefix) > 3 && !self.heads_table(start, end) {
            return None;
        }
        match first {
            b'|' => self.line_block(start),
            b'!' if self.source[start + prefix..].starts_with("![") => {
                self.marked_caption(start, end, prefix)
            }
            b'!' | b'?' => self.marked_admonition(start, end, prefix),
            b'{' => self.language_of_code(start, end, prefix),
            b'A'..=b'Z' if self.source[start + prefix + 1..end].starts_with('>') => self.aside(start, prefix),
            _ => {
                let table = self.may_draw(first, end).then(|| self.drawn_table(start)).flatten()?;
                Some(self.write_table(start, &table))
            }
        }
    }

    /// `{lang="ruby"}` right above code, as Leanpub and Softcover have it: what it says
    /// is of screens, and code begins where no paragraph is open.
    fn language_of_code(&mut self, start: usize, end: usize, prefix: usize) -> Option<usize> {
        let content = self.source[start + prefix..end].trim_end();
        let inner = content.strip_prefix('{')?.strip_suffix('}')?;
        let named = inner.trim_start_matches(':').strip_prefix("lang=")?;
        let next = after_newline(self.source, end);
        let below = &self.source[next..line_end(self.source, next)];
        let code = below.starts_with("    ") || fences::code_fence(below.trim_start()).is_some();
        (code && !named.contains(['=', '{', '}'])).then_some(next)
    }

    /// A picture alone in its paragraph whose title has marks in it, or whose words in brackets call a note: they are
    /// written as a caption, in which marks and calls take effect.
    fn marked_caption(&mut self, start: usize, end: usize, prefix: usize) -> Option<usize> {
        let from = start + prefix;
        let content = self.source[from..end].trim_end();
        let below = after_newline(self.source, end);
        if !self.source[below..line_end(self.source, below)].trim_matches([' ', '>', '\t']).is_empty() {
            return None;
        }
        let (words, cut) = marked_title(content).or_else(|| calling_brackets(content))?;
        let marks = self.source[start..from].to_owned();
        marks.chars().for_each(|c| self.out.push(c, start));
        let mut done = 0;
        for cut in cut {
            self.out.copy(self.source, from + done, from + cut.start);
            done = cut.end;
        }
        self.out.copy(self.source, from + done, from + content.len());
        self.out.push('\n', end);
        self.blank_line(&marks, end);
        let (first, last) = (from + words.start, from + words.end);
        let span = Span::new(self.out.file, first, last);
        let classes = vec!["caption".to_owned(), INSTEAD.to_owned()];
        let attrs = Attrs { classes, span: Some(span), ..Attrs::default() };
        self.fence(&marks, Fence::Open(attrs, span), first);
        marks.chars().for_each(|c| self.out.push(c, first));
        let line_out = self.out.text.len();
        self.inline(line_out, first, last);
        if !self.out.text.ends_with('\n') {
            self.out.push('\n', end);
        }
        self.fence(&marks, Fence::Close(span), end);
        Some(below)
    }

    /// Whether a drawn table may begin in the line that ends at `end`.
    fn may_draw(&self, first: u8, end: usize) -> bool {
        let next = after_newline(self.source, end);
        let below = self.source[next..line_end(self.source, next)].trim_start_matches([' ', '>']);
        matches!(first, b'+' | b'-') || below.starts_with("--")
    }

    /// Whether no paragraph is open where the next line is written.
    pub(super) fn is_fresh(&self) -> bool {
        let above = self.out.text.strip_suffix('\n').unwrap_or(&self.out.text);
        let line = above.rsplit('\n').next().unwrap_or("");
        let bare = line.trim_matches([' ', '\t', '>']);
        bare.is_empty() || bare.starts_with('#') || bare.ends_with("--") && bare.contains(FENCE)
    }

    /// A fence that the author did not write: it stands for what begins or ends there.
    pub(super) fn fence(&mut self, prefix: &str, fence: Fence, at: usize) {
        let number = self.out.fences.len();
        for c in prefix.chars().chain(format!("<!--{FENCE}{number}-->\n").chars()) {
            self.out.push(c, at);
        }
        self.out.fences.push(fence);
    }

    /// A blank line within the containers of a line that begins with those marks: in a
    /// quotation it has their marks, or the quotation would end there.
    pub(super) fn blank_line(&mut self, marks: &str, at: usize) {
        marks.trim_end().chars().chain(['\n']).for_each(|c| self.out.push(c, at));
    }

    pub(super) fn open_fence(&mut self, prefix: &str, class: &str, at: Span) {
        let attrs = Attrs { classes: vec![class.to_owned()], span: Some(at), ..Attrs::default() };
        self.fence(prefix, Fence::Open(attrs, at), at.start as usize);
    }

    /// A line block: each line begins with an upright stroke, and is a line of verse.
    fn line_block(&mut self, start: usize) -> Option<usize> {
        let lines: Vec<Row<'_>> = rows(self.source, start)
            .take_while(|row| {
                let goes_on = row.line > start && row.spaces > 0 && !row.is_blank();
                row.words.starts_with('|') || goes_on && fences::shape(row.words).is_none()
            })
            .collect();
        let is_verse = |row: &Row<'_>| {
            !row.words.starts_with('|')
                || row.words == "|"
                || (row.words.starts_with("| ")
                    && !row.words.ends_with('|')
                    && !row.words[1..].contains(" | "))
        };
        if !lines.iter().all(is_verse) {
            return None;
        }
        // behind a tab the stroke may stand in code
        let prefix = self.row_prefix(start, lines.first()?.spaces);
        let last = *lines.last()?;
        let span = Span::new(self.out.file, start, last.from + last.words.len());
        self.open_fence(&prefix, "verse", span);
        let mut at = 0;
        while let Some(row) = lines.get(at) {
            let words = row.words[1..].strip_prefix(' ').unwrap_or(&row.words[1..]);
            let goes_on = lines[at + 1..].iter().take_while(|row| !row.words.starts_with('|')).count();
            self.line_of_block(&prefix, row, words);
            for more in &lines[at + 1..=at + goes_on] {
                self.out.push(' ', more.from);
                self.piece(more.from, more.from + more.words.len());
            }
            self.out.push('\n', row.end);
            at += 1 + goes_on;
        }
        self.fence(&prefix, Fence::Close(span), last.from);
        Some(after_newline(self.source, last.end))
    }

    fn line_of_block(&mut self, prefix: &str, row: &Row<'_>, words: &str) {
        let bare = words.trim_start();
        prefix.chars().for_each(|c| self.out.push(c, row.from));
        if bare.is_empty() {
            return;
        }
        let from = row.from + row.words.len() - bare.len();
        let spaces = (words.len() - bare.len()).min(MAX_SPACES);
        for c in [LINE].into_iter().chain(std::iter::repeat_n(SPACE, spaces)).chain([LINE_END]) {
            self.out.push(c, from);
        }
        self.piece(from, row.from + row.words.len());
    }

    /// Words of the source without what is lifted out of a line.
    fn piece(&mut self, from: usize, to: usize) {
        for (at, c) in self.source[from..to].char_indices() {
            self.character(from + at, c);
        }
    }
}

/// The title with marks in it of a picture that fills a line, and what is to be cut out of the line where the title is
/// written below.
fn marked_title(content: &str) -> Option<(Range<usize>, Vec<Range<usize>>)> {
    let target = content.find("](")?;
    let open = target + [" \"", " '"].iter().filter_map(|mark| content[target..].find(mark)).min()?;
    let mark = if content[open + 1..].starts_with('"') { '"' } else { '\'' };
    let close = content.rfind(&format!("{mark})")).filter(|close| *close > open + 1)?;
    let behind = &content[close + 2..];
    let title = &content[open + 2..close];
    let alone = behind.is_empty() || attrs::braces(behind) == Some(behind.len());
    let marked = title.contains(['*', '_', '`', '[', '^', '~', '\\']);
    (alone && marked && !title.contains(mark))
        .then(|| (open + 2..close, std::iter::once(open..close + 1).collect()))
}

/// The words in the brackets of a picture that fills a line and has no title, where they call notes, and the calls.
fn calling_brackets(content: &str) -> Option<(Range<usize>, Vec<Range<usize>>)> {
    let close = closing_bracket(content, 1)?;
    let target = content[close..].strip_prefix("](")?;
    let end = target.find(')')?;
    let behind = &target[end + 1..];
    let alone = behind.is_empty() || attrs::braces(behind) == Some(behind.len());
    if !alone || target[..end].contains(['"', '(']) {
        return None;
    }
    let (mut calls, mut at, mut names_one) = (Vec::new(), 2, false);
    while let Some(sign) = content[at..close].find('^').map(|sign| at + sign) {
        at = sign + 1;
        let call = match (&content[..sign], &content[at..close]) {
            (before, _) if before.ends_with('[') => Some(sign - 1),
            // a note whose text stands where it is called
            (_, behind) if behind.starts_with('[') => Some(sign),
            _ => None,
        };
        let Some(call) = call else { continue };
        names_one |= call < sign;
        let open = if call < sign { call } else { at };
        at = closing_bracket(content, open).filter(|end| *end < close)? + 1;
        calls.push(call..at);
    }
    names_one.then_some((2..close, calls))
}

/// Where the bracket ends that opens at a byte.
fn closing_bracket(content: &str, open: usize) -> Option<usize> {
    let (mut depth, mut escaped) = (0, false);
    for (at, byte) in content.bytes().enumerate().skip(open) {
        match byte {
            b'\\' if !escaped => {
                escaped = true;
                continue;
            }
            b'[' if !escaped => depth += 1,
            b']' if !escaped => depth -= 1,
            _ => {}
        }
        escaped = false;
        if depth == 0 {
            return Some(at);
        }
    }
    None
}
