//! Tables whose columns are parted by white space alone.

use super::line::Line;
use std::ops::Range;

/// How many lines a table has at least that are parted in columns.
const LEAST: usize = 3;
/// How many lines are looked at.
const MOST: usize = 200;
/// How much white space certainly parts two columns.
const WIDE: usize = 3;

/// One past the last line of the table that begins at line `at`; `None` when there is none.
pub(super) fn end(lines: &[Line<'_>], at: usize) -> Option<usize> {
    if !is_parted(lines[at].trimmed()) {
        return None;
    }
    let mut stop = at + 1;
    let mut parted = 1;
    for (index, line) in lines.iter().enumerate().skip(at + 1).take(MOST) {
        let row = is_parted(line.trimmed());
        if line.feed || line.blanks > 1 || (line.blanks == 1 && !row) || line.text.contains('|') {
            break;
        }
        parted += usize::from(row);
        if row {
            stop = index + 1;
        }
    }
    let enough = parted >= LEAST && parted * 10 >= (stop - at) * 7;
    (enough && columns(&lines[at..stop]).len() > 1).then_some(stop)
}

/// Whether white space parts the line in columns. Two spaces after a stop part sentences only.
fn is_parted(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(gap) = text[from..].find("  ").map(|i| i + from) {
        let width = bytes[gap..].iter().take_while(|b| **b == b' ').count();
        let stop = text[..gap].ends_with(['.', '!', '?', ':', ';', ',', '"', '”', '\'', '’', ')']);
        if width >= WIDE || !stop {
            return true;
        }
        from = gap + width;
    }
    false
}

/// The columns in characters: what parts them is blank in all lines that are parted.
pub(super) fn columns(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let rows: Vec<&str> = lines.iter().filter(|l| is_parted(l.trimmed())).map(|l| l.text).collect();
    let width = rows.iter().map(|r| r.chars().count()).max().unwrap_or(0);
    let mut used = vec![false; width];
    for row in rows {
        for (at, _) in row.chars().enumerate().filter(|(_, c)| !c.is_whitespace()) {
            used[at] = true;
        }
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut blank = 0;
    for (at, used) in used.into_iter().enumerate() {
        match found.last_mut() {
            Some(column) if used && blank < 2 => column.end = at + 1,
            _ if used => found.push(at..at + 1),
            _ => {}
        }
        blank = if used { 0 } else { blank + 1 };
    }
    found
}

/// The cells of a line: where each begins in the line, in bytes, and its text. A line that is not parted is one cell.
pub(super) fn cells<'a>(line: &Line<'a>, columns: &[Range<usize>]) -> Vec<(usize, &'a str)> {
    if !is_parted(line.trimmed()) {
        return vec![(line.start() - line.at, line.trimmed())];
    }
    let byte = |column: usize| line.text.char_indices().nth(column).map_or(line.text.len(), |(i, _)| i);
    let cell = |column: &Range<usize>| {
        let (from, to) = (byte(column.start), byte(column.end));
        let text = &line.text[from..to];
        let lead = text.len() - text.trim_start().len();
        (from + lead, text.trim())
    };
    columns.iter().map(cell).collect()
}

/// Whether the first row names the columns: white space follows it, or it alone has no figures.
pub(super) fn has_head(lines: &[Line<'_>]) -> bool {
    let figures = |l: &Line<'_>| l.text.bytes().any(|b| b.is_ascii_digit());
    let rest = &lines[1..];
    rest.first().is_some_and(|l| l.blanks > 0) && !figures(&lines[0])
        || !figures(&lines[0]) && rest.iter().all(figures)
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    #[test]
    fn columns_of_white_space() {
        let text = "  Winter.   Gallons.   Cost.\n\n   1893       212      £10\n   1894       198        9\n\nwhich is all.\n";
        let lines = lines(text);
        assert_eq!(end(&lines, 0), Some(3));
        let columns = columns(&lines[..3]);
        let row: Vec<&str> = cells(&lines[1], &columns).into_iter().map(|c| c.1).collect();
        assert_eq!(row, ["1893", "212", "£10"]);
        assert!(has_head(&lines[..3]));
    }

    #[test]
    fn verse_and_double_spaced_sentences_are_no_tables() {
        for text in ["One.  Two.\nThree.  Four.\nFive.  Six.\n", "a b\n  c d\n    e f\n"] {
            assert_eq!(end(&lines(text), 0), None, "{text}");
        }
    }
}
