//! Notes, tips and warnings as other programs write them: `!!! note` with an
//! indented body, `> [!NOTE]`, and the letters of Leanpub, `T> words`.

use super::lifter::{CodeFence, Lifter, Lines, Open};
use super::rows::after_newline;
use super::rows::rows;
use crate::diag::Span;
use crate::manuscript::admonitions::{self, Named};
use crate::manuscript::fences::{self, Fence};
use crate::manuscript::raw::Attrs;

/// How many columns the lines of an admonition are set in.
const SET_IN: usize = 4;

impl Lifter<'_> {
    /// `!!! note "Title"`, `??? tip`: what is set in below belongs to it.
    pub(super) fn marked_admonition(&mut self, start: usize, end: usize, prefix: usize) -> Option<usize> {
        let content = &self.source[start + prefix..end];
        let rest = ["!!!", "???+", "???"].iter().find_map(|mark| content.strip_prefix(mark))?;
        let rest = rest.trim_start();
        let named = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let kind = admonitions::find(&rest[..named])?;
        let span = Span::new(self.out.file, start + prefix, start + prefix + content.trim_end().len());
        let marks = fences::continuation(&self.source[start..start + prefix]);
        if marks.contains('>') {
            // what belongs to it is set in behind the marks of the quotation: it is told of as it stands
            return None;
        }
        let title = rest[named..].trim();
        // words before the title say where the box stands on a screen: `inline end "Title"`
        let quoted = title.strip_suffix('"').and_then(|title| title.split_once('"')).map(|(_, title)| title);
        let is_place = title.split_whitespace().all(|word| matches!(word, "inline" | "end"));
        // without a title in quotation marks and without a body it is words that somebody calls out: `!!! check this !!!`
        if quoted.is_none() && !self.holds_body(end, start) {
            return None;
        }
        let dedent = Some(self.taken_off() + marks.len() + SET_IN);
        self.open.push(Open { lines: Lines::Joined, closes_at: None, prefix: marks.clone(), dedent });
        self.open_fence(&marks, kind.class(), span);
        let title = quoted.unwrap_or(if is_place { "" } else { title });
        let title = self.title_above(kind, title);
        self.admonition_title(&marks, title, span);
        Some(after_newline(self.source, end))
    }

    /// Whether the next line with words is set in further than the one at `start`.
    fn holds_body(&self, end: usize, start: usize) -> bool {
        let own = super::rows::set_in(&self.source[start..]);
        let below = rows(self.source, after_newline(self.source, end)).find(|row| !row.is_blank());
        below.is_some_and(|row| super::rows::set_in(&self.source[row.line..]) > own)
    }

    /// A code fence of so many signs that is an admonition, as MyST has it, and the one that closes it.
    pub(super) fn directive(
        &mut self,
        start: usize,
        end: usize,
        prefix: usize,
        length: usize,
    ) -> Option<usize> {
        let content = self.source[start + prefix..end].trim_end();
        let sign = *content.as_bytes().first()?;
        let marks = fences::continuation(&self.source[start..start + prefix]);
        let span = Span::new(self.out.file, start + prefix, start + prefix + content.len());
        let closes = |open: &CodeFence| open.sign == sign && length >= open.length && content.len() == length;
        if self.directives.last().is_some_and(closes) {
            self.directives.pop();
            self.open.pop();
            self.fence(&marks, Fence::Close(span), start + prefix);
            return Some(after_newline(self.source, end));
        }
        let (kind, title) = fences::directive(content)?;
        let quoted = marks.contains('>');
        self.directives.push(CodeFence { sign, length, quoted, column: 0 });
        self.open.push(Open { lines: Lines::Joined, closes_at: None, prefix: marks.clone(), dedent: None });
        self.out.copy(self.source, start, start + prefix);
        self.open_fence("", kind.class(), span);
        let title = self.title_above(kind, title);
        self.admonition_title(&marks, title, span);
        Some(after_newline(self.source, end))
    }

    /// The author's words above an admonition, or the English name that its program gives it;
    /// in another language the word of our kind stands there, which is in that language.
    pub(super) fn title_above<'t>(&self, kind: Named, title: &'t str) -> &'t str {
        let name = kind.title().filter(|_| title.is_empty() && self.is_english);
        name.unwrap_or(title)
    }

    /// The words above an admonition, in a division of their own.
    pub(super) fn admonition_title(&mut self, marks: &str, title: &str, span: Span) {
        if title.is_empty() {
            return;
        }
        let at = span.start as usize;
        self.open_fence(marks, "admonition-title", span);
        let inside = title.as_ptr() as usize;
        let source = self.source.as_ptr() as usize;
        let own = (source..source + self.source.len()).contains(&inside).then(|| inside - source);
        marks.chars().for_each(|c| self.out.push(c, at));
        for (n, c) in title.char_indices() {
            self.out.push(c, own.map_or(at, |own| own + n));
        }
        self.out.push('\n', at);
        self.fence(marks, Fence::Close(span), at);
    }

    /// Ends the admonitions that the line `line` is not set in for.
    pub(super) fn leave_dedented(&mut self, start: usize, line: &str) {
        while let Some(Open { dedent: Some(indent), prefix, .. }) = self.open.last() {
            if line.is_empty() {
                return;
            }
            if line.trim().is_empty() || super::rows::set_in(line) >= *indent {
                return;
            }
            let prefix = prefix.clone();
            self.open.pop();
            self.code = None;
            self.out.push('\n', start);
            self.fence(&prefix, Fence::Close(Span::new(self.out.file, start, start)), start);
        }
    }

    /// How many columns the open admonitions of that kind take off their lines: what else a line is set in for is the
    /// list item's around them.
    fn taken_off(&self) -> usize {
        SET_IN * self.open.iter().filter(|open| open.dedent.is_some()).count()
    }

    /// How many bytes of a line the open admonitions of that kind set in.
    pub(super) fn dedent(&self, line: &str) -> usize {
        let indent = self.taken_off();
        let mut columns = 0;
        for (at, byte) in line.bytes().enumerate() {
            if columns >= indent {
                return at;
            }
            columns += match byte {
                b' ' => 1,
                b'\t' => 4,
                _ => return at,
            };
        }
        line.len()
    }

    /// `> [!NOTE] Title` as the first line of a quotation.
    pub(super) fn alert(&mut self, start: usize, end: usize, prefix: usize) -> Option<usize> {
        let content = self.source[start + prefix..end].trim_end();
        let (name, rest) = content.strip_prefix("[!")?.split_once(']')?;
        let first =
            start == 0 || depth_above(self.source, start) < depth(&self.source[start..start + prefix]);
        let kind = admonitions::find(name.split('|').next().unwrap_or(name)).filter(|_| first)?;
        let span = Span::new(self.out.file, start + prefix, start + prefix + content.len());
        let marks = self.source[start..start + prefix].to_owned();
        let attrs = Attrs { classes: vec![kind.class().to_owned()], span: Some(span), ..Attrs::default() };
        self.fence(&marks, Fence::Alert(attrs), start + prefix);
        let title = rest.trim_start_matches(['+', '-']).trim();
        let title = self.title_above(kind, title);
        self.admonition_title(&marks, title, span);
        Some(after_newline(self.source, end))
    }

    /// `T> words` and the like, as Leanpub has them.
    pub(super) fn aside(&mut self, start: usize, prefix: usize) -> Option<usize> {
        let letter = self.source[start + prefix..].chars().next()?;
        let class = match letter {
            'T' => "tip",
            'W' | 'E' => "warning",
            'I' | 'D' | 'Q' | 'X' | 'A' | 'G' => "note",
            _ => return None,
        };
        let mark = format!("{letter}>");
        let lines: Vec<_> = rows(self.source, start).take_while(|row| row.words.starts_with(&mark)).collect();
        let last = *lines.last()?;
        let spaced = |row: &super::rows::Row<'_>| {
            row.words.len() == 2 || row.words[2..].starts_with([' ', '\t', '\u{A0}'])
        };
        if !lines.iter().all(spaced) {
            return None;
        }
        let span = Span::new(self.out.file, start + prefix, last.from + last.words.len());
        let marks = self.row_prefix(start, lines[0].spaces);
        self.open_fence(&marks, class, span);
        for row in &lines {
            marks.chars().for_each(|c| self.out.push(c, row.from));
            let words = row.words[2..].trim_start();
            let from = row.from + row.words.len() - words.len();
            let line_out = self.out.text.len();
            if words.is_empty() {
                self.out.push('\n', from);
            } else {
                self.inline(line_out, from, from + words.len());
                if !self.out.text.ends_with('\n') {
                    self.out.push('\n', row.end);
                }
            }
        }
        self.fence(&marks, Fence::Close(span), last.from);
        Some(after_newline(self.source, last.end))
    }
}

/// In how many quotations the line before `start` stands.
fn depth_above(source: &str, start: usize) -> usize {
    let above = source[..start].trim_end_matches(['\n', '\r']);
    let closed = source[above.len()..start].bytes().filter(|b| *b == b'\n').count() > 1;
    let line = above.rsplit(['\n', '\r']).next().filter(|_| !closed).unwrap_or("");
    let words = line.trim_start_matches(['>', ' ', '\t']);
    depth(&line[..line.len() - words.len()])
}

/// How many quotations the marks before the words of a line begin.
fn depth(marks: &str) -> usize {
    marks.bytes().filter(|b| *b == b'>').count()
}
