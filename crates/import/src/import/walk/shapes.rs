//! Shapes on the walk that are no running text: the distributor's words,
//! breaks, marked quotations, tables, pictures.

use super::super::inline::{LinePart, parts};
use super::super::line::Line;
use super::super::model::{Block, Inline, Kind, Piece, Strange};
use super::super::rules::is_table_rule;
use super::super::whitespace_table;
use super::{Walk, block, text_part};

impl Walk<'_, '_> {
    /// The distributor's words from `at` on: one decision for all that stand together.
    pub(super) fn licence(&mut self, at: usize) -> usize {
        let ours = |i: &usize| self.context.is_licence(*i) || self.context.is_makers(*i);
        let stop = (at + 1..self.context.lines.len()).find(|i| !ours(i)).unwrap_or(self.context.lines.len());
        let mut open = false;
        for index in at..stop {
            let line = self.context.lines[index];
            let known = metadata(line.trimmed());
            let goes_on =
                open && known.is_none() && line.blanks == 0 && line.text.len() > line.trimmed().len();
            if let Some((_, value)) = self.draft.metadata.last_mut().filter(|_| goes_on) {
                value.push('\n');
                value.push_str(line.trimmed());
            }
            open = goes_on || known.is_some();
            self.draft.metadata.extend(known);
            self.gap().pieces.push(Piece::Literal(line.trimmed().to_owned()));
        }
        stop
    }

    pub(super) fn scene_break(&mut self, at: usize) -> usize {
        let line = self.context.lines[at];
        let marker = line.trimmed().to_owned();
        self.push(Block { marker, ..block(&line, Kind::Break, line.end()) });
        at + 1
    }

    /// Code between fences: every byte of it, blank lines and indents with the rest.
    pub(super) fn code(&mut self, at: usize, stop: usize) -> usize {
        let (line, end) = (self.context.lines[at], self.context.lines[stop - 1].end());
        // a page's end within it is a line's end: no other sign ends a line of Markdown
        let code = self.text[line.start()..end].replace("\r\n", "\n").replace(['\r', '\u{c}'], "\n");
        let body = Inline::Verbatim(code);
        self.push(Block { inlines: vec![body], ..block(&line, Kind::Code, end) });
        stop
    }

    /// A passage whose lines begin with `>`.
    pub(super) fn quoted(&mut self, at: usize, strip: usize) -> usize {
        let line = self.context.lines[at];
        let quoted = |l: &Line<'_>| l.blanks == 0 && l.trimmed().len() > 1 && l.trimmed().starts_with('>');
        let more = self.context.lines[at + 1..].iter().take_while(|l| quoted(l)).count();
        let mut body = self.inlines(at, at + 1, strip);
        for index in at + 1..=at + more {
            let line = self.context.lines[index];
            let next = line.trimmed();
            let skip = next.len() - next[1..].trim_start().len();
            self.line_end(&mut body, &Line { text: &next[skip..], ..line }, None);
            body.push(LinePart::Inline(Inline::Drop(">".into())));
            body.extend(self.inlines(index, index + 1, skip));
        }
        let end = self.context.lines[at + more].end();
        let marker = line.trimmed()[..strip].trim().to_owned();
        self.push_parts(Block { marker, ..block(&line, Kind::Quote, end) }, body);
        at + more + 1
    }

    /// A table goes through as it stands; the rest as text, line by line.
    pub(super) fn strange(&mut self, at: usize, what: &'static str) -> usize {
        let stop = self.bracketed(at).unwrap_or_else(|| self.run(at));
        let line = self.context.lines[at];
        let end = self.context.lines[stop - 1].end();
        self.draft.strange.push(Strange { at: line.start(), end, what });
        let lines = &self.context.lines[at..stop];
        let rows = lines.iter().all(|l| l.trimmed().starts_with('|') && l.text.ends_with('|'));
        let ruled = lines.get(1).is_some_and(|l| is_table_rule(l.trimmed()));
        let kind = if rows && ruled { Kind::Table } else { Kind::Paragraph };
        let body = self.lines(at, stop, 0, Some(0));
        self.push_parts(Block { lined: true, ..block(&line, kind, end) }, body);
        stop
    }

    /// One past the line that closes the bracket with which a line opens, white space in between or not: the words under a
    /// picture. `None` where no line near closes it.
    fn bracketed(&self, at: usize) -> Option<usize> {
        let lines = &self.context.lines[at..];
        let (mut opening, mut closing) = (0, 0);
        for (n, line) in lines.iter().take(LONGEST_CAPTION).enumerate() {
            opening += line.text.matches('[').count();
            closing += line.text.matches(']').count();
            if n > 0 && self.context.document.as_ref().is_some_and(|d| d.page_at(at + n).is_some()) {
                return None;
            }
            if closing >= opening {
                return (n > 0).then_some(at + n + 1);
            }
        }
        None
    }

    /// A note in the margin: a paragraph in strong type; its words as they were where no bracket ends them.
    pub(super) fn sidenote(&mut self, at: usize, stop: usize, strip: usize) -> usize {
        let (line, end) = (self.context.lines[at], self.context.lines[stop - 1].end());
        let opening = &line.trimmed()[..strip];
        let mut body = self.inlines(at, stop, strip);
        let closed = match body.last_mut() {
            Some(LinePart::Inline(Inline::Text(last))) if last.ends_with(']') => last.pop().is_some(),
            _ => false,
        };
        if closed {
            let strong =
                |was: &str| LinePart::Inline(Inline::Fix { was: was.to_owned(), now: "**".to_owned() });
            body.insert(0, strong(opening));
            body.push(strong("]"));
        } else {
            body.insert(0, text_part(opening));
        }
        self.draft.sidenotes.push((line.start(), end));
        self.push_parts(block(&line, Kind::Paragraph, end), body);
        stop
    }

    /// The words under a picture that is not there, below the remark that keeps its place.
    pub(super) fn caption(&mut self, at: usize, stop: usize, strip: usize) -> usize {
        let (line, end) = (self.context.lines[at], self.context.lines[stop - 1].end());
        self.draft.strange.push(Strange { at: line.start(), end, what: "a picture" });
        self.gap().pieces.push(Piece::Picture(line.trimmed()[..strip].trim().to_owned()));
        // words in several passages keep their lines
        let lined = self.context.lines[at + 1..stop].iter().any(|line| line.blanks > 0);
        let mut body = self.lines(at, stop, strip, lined.then_some(0));
        if let Some(LinePart::Inline(Inline::Text(last))) = body.last_mut()
            && last.ends_with(']')
        {
            last.pop();
            body.push(LinePart::Inline(Inline::Fix { was: "]".to_owned(), now: String::new() }));
        }
        self.push_parts(Block { lined, ..block(&line, Kind::Caption, end) }, body);
        stop
    }

    /// A table without rules: its cells, with the manuscript's own signs between them.
    pub(super) fn table_of_whitespace(&mut self, at: usize, what: &'static str) -> usize {
        let stop = whitespace_table::end(self.context.lines, at).unwrap_or(at + 1);
        let lines = &self.context.lines[at..stop];
        let columns = whitespace_table::columns(lines);
        let ours = |signs: String| LinePart::Inline(Inline::Ours(signs));
        let rule = || ours(format!("|{}", "---|".repeat(columns.len())));
        let mut body = Vec::new();
        if !whitespace_table::has_head(lines) {
            body.extend([
                ours(format!("|{}", "  |".repeat(columns.len()))),
                text_part("\n"),
                rule(),
                text_part("\n"),
            ]);
        }
        for (row, line) in lines.iter().enumerate() {
            let cells = whitespace_table::cells(line, &columns);
            for (n, (from, cell)) in cells.iter().enumerate() {
                body.push(ours(if n == 0 { "| " } else { " | " }.into()));
                body.extend(parts(cell, line.at + from, &self.readers()));
            }
            body.push(ours(format!(" |{}", "  |".repeat(columns.len() - cells.len()))));
            body.push(text_part("\n"));
            if row == 0 && whitespace_table::has_head(lines) {
                body.extend([rule(), text_part("\n")]);
            }
        }
        body.pop();
        let (line, end) = (self.context.lines[at], self.context.lines[stop - 1].end());
        self.draft.strange.push(Strange { at: line.start(), end, what });
        self.push_parts(block(&line, Kind::Table, end), body);
        stop
    }
}

/// How many lines the words under a picture have at most.
const LONGEST_CAPTION: usize = 24;

/// `Title: …` and the like, as distributors write them.
fn metadata(line: &str) -> Option<(String, String)> {
    let (key, value) = line.split_once(": ")?;
    let known = ["Title", "Author", "Language", "Editor", "Translator", "Release Date"];
    known.contains(&key).then(|| (key.to_owned(), value.trim().to_owned()))
}
