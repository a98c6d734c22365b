//! What stands in a line: comments, page marks, escapes and code spans.

use super::lifter::{Lifter, Lines};
use super::prepared::LiftedMark;
use super::rows::{after_newline, line_end};
use super::signs::{APART, FENCE, LINE, LINE_END, SPACE, TURN};
use super::ticks::Ticks;
use crate::diag::{Code, Diagnostic, Span};
use crate::manuscript::fences;

impl Lifter<'_> {
    /// Text with comments and page marks in it, from `from` on; `line_out` is
    /// where its line starts in the prepared text. Returns where the next line starts.
    pub(super) fn inline(&mut self, line_out: usize, from: usize, end: usize) -> usize {
        let content_out = self.out.text.len();
        let lead = self.out.text[line_out..].trim_end_matches([LINE, SPACE, LINE_END]);
        let bare = lead.bytes().all(|b| matches!(b, b' ' | b'\t' | b'>'));
        let marks = self.out.marks.len();
        let mut at = from;
        let mut end = end;
        while let Some(c) = self.source[at..end.max(at)].chars().next() {
            let letters = at + ordinary(&self.source.as_bytes()[at..end]);
            if letters > at {
                self.letters(at, letters, end);
                at = letters;
            } else if at < self.literal_until {
                self.character(at, c);
                at += c.len_utf8();
            } else if c == '\\' && at + 1 == end && self.heading_goes_on(line_out, end) {
                self.out.push(TURN, at);
                let next = after_newline(self.source, end);
                end = line_end(self.source, next);
                at = end - self.source[next..end].trim_start().len();
            } else if !self.source[at..].starts_with("<!--") {
                at = match c {
                    '<' => self.inline_tag(at),
                    '(' => self.example_number(at, end),
                    _ => None,
                }
                .unwrap_or_else(|| self.plain(at, c, end));
            } else if let Some(after) = self.comment_in_code(at) {
                at = after;
                end = line_end(self.source, after).max(end);
            } else if let Some(after) = self.comment(at) {
                self.tell_doubtful(at, after, bare && at == from);
                if after > end {
                    end = line_end(self.source, after);
                }
                at = self.after_comment(after, end);
                let alone = bare && self.out.text.len() <= content_out;
                if alone && self.source[at..end].trim().is_empty() {
                    let private = marks == self.out.marks.len();
                    return self.drop_line(line_out, end, private);
                }
            } else {
                at += 4;
            }
        }
        self.newline(end)
    }

    /// Letters and plain signs. White space inside a line of verse is kept, as
    /// spaces that nothing runs together, and the last of them ends a line.
    fn letters(&mut self, from: usize, to: usize, end: usize) {
        let words = &self.source[from..to];
        if !words.contains("  ") || !self.open.last().is_some_and(|open| open.lines == Lines::Verse) {
            return self.out.copy(self.source, from, to);
        }
        for (at, c) in words.char_indices() {
            let rest = &self.source[from + at..end];
            let inside = c == ' ' && rest[1..].starts_with(' ') && !rest.trim_start().is_empty();
            self.out.push(if inside { '\u{a0}' } else { c }, from + at);
        }
    }

    /// One character, or an escape, or the start of a code span.
    fn plain(&mut self, at: usize, c: char, end: usize) -> usize {
        let rest = &self.source[at..];
        if at + 2 <= end && rest.starts_with("\\ ") && self.is_within_raised(at, end) {
            self.out.push('\u{a0}', at);
            return at + 2;
        }
        self.character(at, c);
        match c {
            '\\' => match self.source[at + 1..end].chars().next() {
                Some(next) => {
                    self.character(at + 1, next);
                    at + 1 + next.len_utf8()
                }
                None => at + 1,
            },
            '`' => {
                let run = rest.bytes().take_while(|b| *b == b'`').count();
                (1..run).for_each(|i| self.out.push('`', at + i));
                if let Some(close) = self.ticks_after(at + run, run) {
                    self.literal_until = close;
                }
                at + run
            }
            ']' if rest.starts_with("](") && self.ends_note_call() => {
                self.out.push(APART, at + 1);
                at + 1
            }
            ']' if rest.starts_with("](") => match spaced_name(&self.source[at + 2..end]) {
                Some((lead, length)) => {
                    self.out.copy(self.source, at + 1, at + 2);
                    self.out.push('<', at + 2 + lead);
                    self.out.copy(self.source, at + 2 + lead, at + 2 + lead + length);
                    self.out.push('>', at + 1 + lead + length);
                    at + 2 + lead + length
                }
                None => at + 1,
            },
            _ => at + c.len_utf8(),
        }
    }

    /// Whether a space that a backslash stands before parts raised or lowered words, `P~a\ cat~`, as Pandoc has them: the
    /// marks stand near on both sides, and no other space within them.
    fn is_within_raised(&self, at: usize, end: usize) -> bool {
        let (before, behind) = (&self.source[..at], &self.source[at + 2..end]);
        let before = &before[before.ceil_char_boundary(at.saturating_sub(LONGEST_RAISED))..];
        let behind = &behind[..behind.floor_char_boundary(LONGEST_RAISED)];
        let spaced = |words: &str| words.replace("\\ ", "").contains(char::is_whitespace);
        ['^', '~'].iter().any(|mark| {
            let (Some(open), Some(close)) = (before.rfind(*mark), behind.find(*mark)) else { return false };
            let (first, last) = (&before[open + 1..], &behind[..close]);
            !first.is_empty() && !last.is_empty() && !spaced(first) && !spaced(last)
        })
    }

    /// Whether the prepared text ends in `[^label]`.
    fn ends_note_call(&self) -> bool {
        let text = &self.out.text[..self.out.text.len() - 1];
        let tail = text.bytes().rev().take(100).position(|b| b == b'[' || b.is_ascii_whitespace());
        tail.is_some_and(|length| text[text.len() - length - 1..].starts_with("[^"))
    }

    /// Where a code span opened by `run` backticks closes, within the paragraph.
    fn ticks_after(&mut self, from: usize, run: usize) -> Option<usize> {
        if from > self.ticks.paragraph_end {
            self.ticks = Ticks::gather(self.source, from);
        }
        let ends = self.ticks.ends.get(&run)?;
        ends.get(ends.partition_point(|end| *end <= from)).copied()
    }

    /// Lifts the comment at `at`; returns where the text goes on, or none
    /// when it never ends (its first bytes are then escaped).
    fn comment(&mut self, at: usize) -> Option<usize> {
        let found = if self.no_comment_end { None } else { self.source[at + 2..].find("-->") };
        let Some(length) = found else {
            if !self.no_comment_end {
                let message = "this comment has no end: `-->` is missing";
                let span = Span::new(self.out.file, at, at + 4);
                let hint = "write `-->` where the comment ends, or `\\<` for the sign itself";
                self.findings.push(Diagnostic::new(Code::CommentUnclosed, span, message).hint(hint));
            }
            self.no_comment_end = true;
            self.out.push('\\', at);
            self.out.copy(self.source, at, at + 4);
            return None;
        };
        let after = at + 2 + length + 3;
        let span = Span::new(self.out.file, at, after);
        let words = self.source.get(at + 4..at + 2 + length).unwrap_or("");
        match page_label(words) {
            PageComment::Label(label) => {
                self.out.marks.push(LiftedMark { at: self.out.text.len(), label, span });
            }
            PageComment::Invalid => {
                let message = format!("`{}` does not say which page starts here", words.trim());
                let hint = "write the number as printed: <!-- page 12 --> or <!-- page xiv -->";
                self.findings.push(Diagnostic::new(Code::PageMarkInvalid, span, message).hint(hint));
            }
            PageComment::Private => {}
        }
        Some(after)
    }

    /// Tells of a comment that others read otherwise: one among words that holds `--` or `>`, and
    /// one that begins within a paragraph or a list and holds items, meanings or blank lines.
    fn tell_doubtful(&mut self, at: usize, after: usize, begins_line: bool) {
        let inside = self.source.get(at + 4..after.saturating_sub(3)).unwrap_or("");
        if matches!(page_label(inside), PageComment::Label(_)) {
            return;
        }
        let above = self.source[..at].trim_end_matches([' ', '\t']);
        let goes_on = !begins_line
            || above.ends_with('\n')
                && !above.trim_end_matches(['\n', '\r']).is_empty()
                && above.lines().next_back().is_some_and(|line| !line.trim().is_empty());
        let is_odd = after - at < 7 || inside.trim_end_matches('-').contains("--") || inside.contains('>');
        let holds_blocks = inside.contains('\n')
            && inside.lines().skip(1).any(|line| {
                let line = line.trim_start();
                line.is_empty() || [": ", "- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
            });
        if !begins_line && is_odd && !inside.contains('\n') || goes_on && holds_blocks {
            let message = "other programs print a part of this comment; here nothing of it is printed";
            let hint = "put it on lines of its own between blank lines, or delete it";
            let span = Span::new(self.out.file, at, after);
            self.findings.push(Diagnostic::new(Code::CommentDoubtful, span, message).hint(hint));
        }
    }

    /// Of the spaces on both sides of a comment one side is enough.
    fn after_comment(&mut self, after: usize, end: usize) -> usize {
        let out = &mut self.out.text;
        if after == end {
            let kept = out.trim_end_matches(' ').len();
            self.out.truncate(kept);
            return after;
        }
        let spaced = out.is_empty() || out.ends_with([' ', '\n', LINE_END]);
        after + usize::from(spaced && self.source[after..].starts_with(' '))
    }

    /// Takes back what was written of a line that held nothing but comments. One
    /// that stands between two lists parts them, as CommonMark has it.
    fn drop_line(&mut self, line_out: usize, end: usize, private: bool) -> usize {
        self.out.truncate(line_out);
        let next = after_newline(self.source, end);
        if private
            && (!self.containers.is_empty() || self.was_indented_code)
            && self.is_fresh()
            && self.out.text[line_out..].is_empty()
        {
            let below = self.source[next..].trim_start_matches(['\n', '\r']);
            let inside = below.trim_start_matches(' ');
            let listed = inside.len() == below.len() && fences::marker(below).is_some();
            if below.len() < self.source[next..].len() && (listed || below.len() - inside.len() >= 4) {
                // as far in as the comment stood: at the margin it would end the note around it too
                let line = &self.source[self.source[..end].rfind('\n').map_or(0, |at| at + 1)..end];
                let indent = &line[..line.len() - line.trim_start_matches(' ').len()];
                format!("{indent}<!--{FENCE}-->\n").chars().for_each(|c| self.out.push(c, end));
                self.containers.clear();
            }
        }
        next
    }

    /// A comment that stands in code stays in it; returns where it ends.
    fn comment_in_code(&mut self, at: usize) -> Option<usize> {
        if !self.in_indented_code {
            return None;
        }
        let length = self.source[at..].find("-->")? + 3;
        let words = self.source.get(at + 4..at + length - 3).unwrap_or("");
        if !matches!(page_label(words), PageComment::Private) {
            return None;
        }
        self.out.copy(self.source, at, at + length);
        Some(at + length)
    }

    /// The number of an example, in place of its label.
    fn example_number(&mut self, at: usize, end: usize) -> Option<usize> {
        let (number, length) = self.example_reference(at, end)?;
        format!("({number})").chars().for_each(|c| self.out.push(c, at));
        Some(at + length)
    }
}

/// Raised words are hardly longer.
const LONGEST_RAISED: usize = 60;

/// The name of a file with spaces in it that some write without angle brackets:
/// how many bytes stand before it, and how many it has.
fn spaced_name(rest: &str) -> Option<(usize, usize)> {
    let lead = rest.len() - rest.trim_start_matches(' ').len();
    let rest = &rest[lead..];
    let inside = &rest[..rest.find(')')?];
    let name = inside.split(" \"").next()?.trim_end();
    let file = name.rsplit_once('.').is_some_and(|(_, ending)| {
        (2..=5).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    let plain = !name.contains(['<', '>', '(', '\\', '"', '\'', ':']) && name.contains(' ');
    (file && plain).then_some((lead, name.len()))
}

/// What a comment says of pages.
enum PageComment {
    Label(String),
    Invalid,
    Private,
}

fn page_label(words: &str) -> PageComment {
    let mut words = words.split_whitespace();
    if !words.next().is_some_and(|word| word.eq_ignore_ascii_case("page")) {
        return PageComment::Private;
    }
    match (words.next(), words.next()) {
        (None, _) => PageComment::Invalid,
        (Some(label), None) if is_folio(label) => PageComment::Label(label.to_owned()),
        (Some(_), None) => PageComment::Invalid,
        (Some(label), Some(_)) if label.starts_with(|c: char| c.is_ascii_digit()) => PageComment::Invalid,
        _ => PageComment::Private,
    }
}

/// Whether a folio may be printed so: `12`, `xiv`, `A3`, `12a`, `[4]`, `12*`.
fn is_folio(label: &str) -> bool {
    let bare = label.trim_matches(['[', ']', '*']);
    let roman = bare.bytes().all(|b| b"ivxlcdmIVXLCDM".contains(&b));
    let plate = bare.len() <= 8
        && bare.bytes().any(|b| b.is_ascii_digit())
        && bare.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '–'));
    !bare.is_empty() && (roman || plate)
}

/// How many bytes from the start are letters and signs that mean nothing but
/// themselves: most of every text, so they are copied together.
fn ordinary(text: &[u8]) -> usize {
    let example = |at: usize| text[at] == b'(' && text.get(at + 1) == Some(&b'@');
    let plain = |at: &usize| {
        matches!(text[*at], b' '..=b'~') && !matches!(text[*at], b'\\' | b'`' | b']' | b'<') && !example(*at)
    };
    (0..text.len()).take_while(plain).count()
}
