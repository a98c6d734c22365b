//! Tables that are drawn with signs, as Pandoc has them: the grid, the simple
//! one whose columns lie below hyphens, and the one whose rows have several
//! lines. They are written as the Markdown parser's own kind.

use super::super::fences;
use super::lifter::Lifter;
use super::rows::after_newline;
use super::rows::{Row, rows};
use super::signs::TURN;
use crate::diag::{Code, Diagnostic, Span};
use std::collections::BTreeSet;

/// A table of more lines is hardly one.
const MOST_ROWS: usize = 4000;

/// How a column is aligned, as the Markdown parser's tables say it.
type Align = &'static str;

/// A table on its way.
pub(super) struct Drawn {
    columns: Vec<Align>,
    head: Option<Vec<Cell>>,
    rows: Vec<Vec<Cell>>,
    /// How far it is set in.
    indent: usize,
    /// Where the line after it starts.
    pub(super) end: usize,
    /// A cell that reaches over several rows or columns, which no table here can.
    spanning: Option<(usize, usize)>,
}

/// The words of a cell: pieces of the source, none where a line must end.
#[derive(Clone, Default)]
struct Cell(Vec<Option<(usize, usize)>>);

impl Cell {
    /// Adds a line; lines are joined unless a blank one stands between them, or
    /// they begin as items do.
    fn line(&mut self, source: &str, (from, to): (usize, usize)) {
        let words = &source[from..to];
        if words.is_empty() {
            if !self.0.is_empty() && self.0.last() != Some(&None) {
                self.0.push(None);
            }
            return;
        }
        if is_item(words) && matches!(self.0.last(), Some(Some(_))) {
            self.0.push(None);
        }
        self.0.push(Some((from, to)));
    }
}

fn is_item(words: &str) -> bool {
    ["- ", "* ", "+ "].iter().any(|mark| words.starts_with(mark))
}

impl Lifter<'_> {
    /// The table that is drawn from the line at `start` on.
    pub(super) fn drawn_table(&self, start: usize) -> Option<Drawn> {
        let first = rows(self.source, start).next()?;
        match first.words.as_bytes().first()? {
            b'+' => grid(self.source, start),
            _ => lined(self.source, start),
        }
    }

    /// Writes a table as the Markdown parser reads it.
    pub(super) fn write_table(&mut self, start: usize, table: &Drawn) -> usize {
        if let Some((from, to)) = table.spanning {
            let message =
                "a cell of this table reaches over several rows or columns, which a table here cannot";
            let hint = "give each row and each column its own cell, or make two tables of it";
            let span = Span::new(self.out.file, from, to);
            self.findings.push(Diagnostic::new(Code::TableShape, span, message).hint(hint));
        }
        let prefix = self.row_prefix(start, table.indent);
        let empty = vec![Cell::default(); table.columns.len()];
        self.write_row(&prefix, table.head.as_ref().unwrap_or(&empty), start);
        let rule: String = table.columns.iter().flat_map(|align| ["|", align]).chain(["|"]).collect();
        prefix.chars().chain(rule.chars()).for_each(|c| self.out.push(c, start));
        self.out.push('\n', start);
        for row in &table.rows {
            self.write_row(&prefix, row, start);
        }
        self.blank_line(&prefix, table.end.saturating_sub(1));
        self.note_owner(prefix, false);
        table.end
    }

    /// What a line begins with that stands where the line at `start` does.
    pub(super) fn row_prefix(&self, start: usize, indent: usize) -> String {
        let line = &self.source[start..];
        let (marks, depth) = super::rows::quotes(line);
        let marks = if depth > 0 { format!("{} ", &line[..marks]) } else { String::new() };
        marks + &" ".repeat(indent)
    }

    fn write_row(&mut self, prefix: &str, cells: &[Cell], start: usize) {
        let at = cells.iter().flat_map(|cell| cell.0.iter().flatten()).next().map_or(start, |piece| piece.0);
        prefix.chars().chain(['|']).for_each(|c| self.out.push(c, at));
        for cell in cells {
            self.out.push(' ', at);
            let kept = cell.0.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
            let mut joined = false;
            for piece in &cell.0[..kept] {
                match piece {
                    Some((from, to)) => {
                        if joined {
                            self.out.push(' ', *from);
                        }
                        self.write_cell(*from, *to);
                        joined = true;
                    }
                    None => {
                        self.out.push(TURN, at);
                        joined = false;
                    }
                }
            }
            self.out.push(' ', at);
            self.out.push('|', at);
        }
        self.out.push('\n', at);
    }

    /// The words of a cell, in which an upright stroke is none of the table's.
    fn write_cell(&mut self, from: usize, to: usize) {
        let words = &self.source[from..to];
        let skipped = usize::from(is_item(words));
        if skipped > 0 {
            self.out.push('•', from);
        }
        let mut escaped = false;
        for (at, c) in words.char_indices().skip(skipped) {
            if c == '|' && !escaped {
                self.out.push('\\', from + at);
            }
            escaped = c == '\\' && !escaped;
            self.character(from + at, c);
        }
    }
}

/// A grid: `+---+---+` above, below and between its rows, `+===+===+` below its head.
fn grid(source: &str, start: usize) -> Option<Drawn> {
    let lines: Vec<Row<'_>> =
        rows(source, start).take(MOST_ROWS).take_while(|row| row.words.starts_with(['+', '|'])).collect();
    let last = lines.iter().rposition(|row| is_rule(row.words))?;
    let lines = &lines[..=last];
    if !is_rule(lines[0].words) || lines.len() < 3 {
        return None;
    }
    let mut marks = BTreeSet::new();
    for row in lines.iter().filter(|row| is_rule(row.words)) {
        for (column, c) in (row.spaces..).zip(row.words.chars()) {
            if c == '+' {
                marks.insert(column);
            }
        }
    }
    let marks: Vec<usize> = marks.into_iter().collect();
    let mut reading = Grid {
        source,
        marks: &marks,
        open: vec![Cell::default(); marks.len() - 1],
        done: Vec::new(),
        spanning: None,
    };
    let mut head = None;
    for row in &lines[1..] {
        if is_rule(row.words) {
            reading.end_row();
            if row.words.contains('=') && head.is_none() && row.line != lines[last].line {
                head = Some(joined(std::mem::take(&mut reading.done)));
            }
        } else {
            reading.line(row);
        }
    }
    let aligned = lines[1..]
        .iter()
        .find(|row| is_rule(row.words) && row.words.contains('='))
        .filter(|_| head.is_some());
    let aligned = aligned.unwrap_or(&lines[0]);
    let columns = marks.windows(2).map(|pair| {
        let (left, right) = (aligned.at(pair[0] + 1) == Some(':'), aligned.at(pair[1] - 1) == Some(':'));
        align(left, right)
    });
    let end = after_newline(source, lines[last].end);
    let spanning = reading.spanning;
    let rows = std::mem::take(&mut reading.done);
    Some(Drawn { columns: columns.collect(), head, rows, indent: lines[0].spaces, end, spanning })
}

/// The rows of a grid that are being read.
struct Grid<'a> {
    source: &'a str,
    marks: &'a [usize],
    open: Vec<Cell>,
    done: Vec<Vec<Cell>>,
    spanning: Option<(usize, usize)>,
}

impl Grid<'_> {
    fn line(&mut self, row: &Row<'_>) {
        let strokes = row.strokes();
        let is_aligned = self.marks.iter().all(|mark| matches!(row.at(*mark), Some('|' | '+')));
        let is_whole = row.words.trim_end().ends_with('|');
        if !is_aligned && is_whole && strokes.len() == self.marks.len() {
            // as many cells as the grid has, though their strokes stand elsewhere than its corners
            for (column, pair) in strokes.windows(2).enumerate() {
                self.open[column].line(self.source, row.cut(pair[0] + 1, pair[1]));
            }
            return;
        }
        if row.words.contains("+-") || row.words.contains("-+") {
            self.spanning = self.spanning.or(Some((row.from, row.from + row.words.len())));
        }
        let mut column = 0;
        while column + 1 < self.marks.len() {
            let mut next = column + 1;
            while next + 1 < self.marks.len() && !matches!(row.at(self.marks[next]), Some('|' | '+') | None) {
                next += 1;
            }
            if next > column + 1 {
                self.spanning = self.spanning.or(Some((row.from, row.from + row.words.len())));
            }
            // the first and the last cell have all that stands in the line
            let from = if column == 0 { row.spaces.min(self.marks[0]) } else { self.marks[column] };
            let to = if next + 1 == self.marks.len() { self.last_end(row) } else { self.marks[next] };
            self.open[column].line(self.source, row.cut(from + 1, to));
            column = next;
        }
    }

    /// Where the last cell of a line ends, which may be wider than the grid.
    fn last_end(&self, row: &Row<'_>) -> usize {
        let inside = row.width() - usize::from(row.words.ends_with(['|', '+']));
        self.marks.last().map_or(inside, |mark| inside.max(*mark))
    }

    fn end_row(&mut self) {
        let empty = vec![Cell::default(); self.open.len()];
        self.done.push(std::mem::replace(&mut self.open, empty));
    }
}

/// The rows of a head as one, each on a line of its own.
fn joined(rows: Vec<Vec<Cell>>) -> Vec<Cell> {
    let mut rows = rows.into_iter();
    let mut all = rows.next().unwrap_or_default();
    for row in rows {
        for (cell, more) in all.iter_mut().zip(row) {
            cell.0.push(None);
            cell.0.extend(more.0);
        }
    }
    all
}

fn is_rule(words: &str) -> bool {
    words.len() >= 3
        && words.starts_with('+')
        && words.ends_with('+')
        && words.bytes().all(|b| matches!(b, b'+' | b'-' | b'=' | b':'))
}

fn align(left: bool, right: bool) -> Align {
    match (left, right) {
        (true, true) => ":---:",
        (true, false) => ":---",
        (false, true) => "---:",
        (false, false) => "---",
    }
}

/// A table whose columns lie below groups of hyphens.
fn lined(source: &str, start: usize) -> Option<Drawn> {
    let mut ahead = rows(source, start).take(MOST_ROWS).peekable();
    let first = ahead.next()?;
    if is_hyphens(first.words) && first.words.len() >= 8 && ahead.peek().is_some_and(|row| !row.is_blank()) {
        return multiline(source, start, &first);
    }
    if groups(&first).is_some() {
        return headless(source, start, &first);
    }
    let rule = ahead.next().filter(|row| row.words.starts_with('-'))?;
    let columns = groups(&rule)?;
    if !fits(&first, &columns) {
        return None;
    }
    let mut body = Vec::new();
    let mut end = after_newline(source, rule.end);
    for row in ahead {
        // the fence that closes a division may stand right below it
        if row.is_blank() || fences::shape(row.words).is_some() {
            break;
        }
        end = after_newline(source, row.end);
        if groups(&row).is_some() {
            break;
        }
        body.push(row);
    }
    if body.is_empty() || !body.iter().all(|row| fits(row, &columns)) {
        return None;
    }
    let head = Some(cells(source, &[first], &columns));
    let rows = body.iter().map(|row| cells(source, &[*row], &columns)).collect();
    Some(Drawn {
        columns: aligns(&first, &columns),
        head,
        rows,
        indent: least(&[&[first, rule], body.as_slice()]),
        end,
        spanning: None,
    })
}

/// How far the outermost of these rows is set in.
fn least(rows: &[&[Row<'_>]]) -> usize {
    rows.iter()
        .flat_map(|rows| rows.iter())
        .filter(|row| !row.is_blank())
        .map(|row| row.spaces)
        .min()
        .unwrap_or(0)
}

/// A table with a line of hyphens above its head and one at its end; a blank line
/// stands between its rows, which may have several lines.
fn multiline(source: &str, start: usize, first: &Row<'_>) -> Option<Drawn> {
    let mut ahead = rows(source, start).take(MOST_ROWS).skip(1);
    let mut head = Vec::new();
    let columns = loop {
        let row = ahead.next()?;
        if let Some(columns) = groups(&row) {
            break columns;
        }
        if row.is_blank() || head.len() > 20 {
            return None;
        }
        head.push(row);
    };
    if head.is_empty() || !head.iter().all(|row| fits(row, &columns)) {
        return None;
    }
    let (body, end) = body(source, ahead, &columns, |row| is_hyphens(row.words) && row.words.len() >= 8)?;
    let aligned = aligns(&head[head.len() - 1], &columns);
    let indent = least(&[&[*first], &head]);
    Some(Drawn {
        columns: aligned,
        head: Some(cells(source, &head, &columns)),
        rows: body,
        indent,
        end,
        spanning: None,
    })
}

/// A table without a head: groups of hyphens above and below it.
fn headless(source: &str, start: usize, first: &Row<'_>) -> Option<Drawn> {
    let columns = groups(first)?;
    let ahead: Vec<Row<'_>> = rows(source, start).take(MOST_ROWS).skip(1).collect();
    let last = ahead.iter().position(|row| {
        groups(row).is_some_and(|found| found == columns) || (is_hyphens(row.words) && row.words.len() >= 8)
    })?;
    let inside = &ahead[..last];
    if inside.is_empty() || !inside.iter().all(|row| fits(row, &columns)) || inside[0].is_blank() {
        return None;
    }
    let aligned = aligns(&inside[0], &columns);
    let several = inside.iter().any(Row::is_blank);
    let groups: Vec<&[Row<'_>]> = match several {
        true => inside.split(|row| row.is_blank()).filter(|rows| !rows.is_empty()).collect(),
        false => inside.chunks(1).collect(),
    };
    let rows = groups.into_iter().map(|rows| cells(source, rows, &columns)).collect();
    let end = after_newline(source, ahead[last].end);
    Some(Drawn {
        columns: aligned,
        head: None,
        rows,
        indent: least(&[&[*first], inside]),
        end,
        spanning: None,
    })
}

/// The rows up to the line that ends a table, and where the next line starts.
fn body<'a>(
    source: &str,
    ahead: impl Iterator<Item = Row<'a>>,
    columns: &[(usize, usize)],
    ends: impl Fn(&Row<'a>) -> bool,
) -> Option<(Vec<Vec<Cell>>, usize)> {
    let mut lines = Vec::new();
    for row in ahead {
        if ends(&row) {
            let rows = lines.split(Row::is_blank).filter(|rows| !rows.is_empty());
            let rows: Vec<Vec<Cell>> = rows.map(|rows| cells(source, rows, columns)).collect();
            return (!rows.is_empty()).then_some((rows, after_newline(source, row.end)));
        }
        if !fits(&row, columns) {
            return None;
        }
        lines.push(row);
    }
    None
}

fn is_hyphens(words: &str) -> bool {
    words.len() >= 3 && words.bytes().all(|b| b == b'-')
}

/// The columns that groups of hyphens make: where each begins and ends.
fn groups(row: &Row<'_>) -> Option<Vec<(usize, usize)>> {
    if !row.words.starts_with('-') || !row.words.bytes().all(|b| matches!(b, b'-' | b' ')) {
        return None;
    }
    let mut groups = Vec::new();
    let mut column = row.spaces;
    for piece in row.words.split(' ') {
        if !piece.is_empty() {
            groups.push((column, column + piece.len()));
        }
        column += piece.len() + 1;
    }
    (groups.len() >= 2 && groups.iter().all(|(from, to)| to - from >= 2)).then_some(groups)
}

/// Whether white space stands between the columns of a row.
fn fits(row: &Row<'_>, columns: &[(usize, usize)]) -> bool {
    let parted = columns.windows(2).filter(|pair| row.width() > pair[1].0 && row.spaces < pair[1].0);
    row.is_blank() || parted.into_iter().all(|pair| row.at(pair[1].0 - 1).is_none_or(char::is_whitespace))
}

/// The cells of a row that has these lines.
fn cells(source: &str, lines: &[Row<'_>], columns: &[(usize, usize)]) -> Vec<Cell> {
    let column = |(n, (from, _)): (usize, &(usize, usize))| {
        let from = if n == 0 { 0 } else { *from };
        let mut cell = Cell::default();
        for row in lines {
            cell.line(source, row.cut(from, end_of(columns, n, row)));
        }
        cell
    };
    columns.iter().enumerate().map(column).collect()
}

/// Where the cell `n` of a row ends: where the next column begins; the last takes what is left.
fn end_of(columns: &[(usize, usize)], n: usize, row: &Row<'_>) -> usize {
    columns.get(n + 1).map_or_else(|| row.width(), |next| next.0)
}

/// How the words of a row stand above their hyphens.
fn aligns(row: &Row<'_>, columns: &[(usize, usize)]) -> Vec<Align> {
    let one = |(n, (from, to)): (usize, &(usize, usize))| {
        let (start, end) = row.cut(if n == 0 { 0 } else { *from }, end_of(columns, n, row));
        if start == end {
            return "---";
        }
        let column = |byte: usize| {
            row.spaces + row.words[..byte - row.from].chars().map(super::rows::width).sum::<usize>()
        };
        match (column(start) == *from, column(end) >= *to) {
            (true, false) => ":---",
            (false, true) => "---:",
            (false, false) => ":---:",
            (true, true) => "---",
        }
    };
    columns.iter().enumerate().map(one).collect()
}
