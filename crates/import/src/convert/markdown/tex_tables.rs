//! Tables: those of TeX (`tabular`) and those without a head, as kramdown has them, become tables with a line below
//! their head.

use super::braces::argument;
use super::edits::Edits;

const WHAT: &str = "tables of other tools into ours";

/// A table has so many bytes at most.
const LONGEST: usize = 100_000;

/// The environments that are tables, and how many arguments stand behind their names.
const TABLES: [(&str, usize); 4] = [("tabular", 1), ("tabular*", 2), ("tabularx", 2), ("longtable", 1)];

/// Commands that draw a line between rows.
const RULES: [&str; 9] =
    ["hline", "toprule", "midrule", "bottomrule", "cline", "cmidrule", "endhead", "endfirsthead", "endfoot"];

/// Rewrites the tables of TeX in a text.
pub(super) fn tex_tables(edits: &mut Edits<'_>) {
    let text = edits.text;
    for (name, arguments) in TABLES {
        let (begin, end) = (format!("\\begin{{{name}}}"), format!("\\end{{{name}}}"));
        for at in edits.places(&begin) {
            let near = &text[at..text.floor_char_boundary(at + LONGEST)];
            let Some(length) = near.find(&end) else { continue };
            let Some(from) = behind_arguments(text, at + begin.len(), arguments) else { continue };
            let body = text.get(from..at + length).unwrap_or("");
            // what is more than words stays as it is
            if !body.contains("\\begin{") && !body.contains("```") && !body.contains("\n\n\n") {
                Table::read(body).write(edits, (at, from, at + length, at + length + end.len()));
            }
        }
    }
}

/// Where the words begin behind options and arguments.
fn behind_arguments(text: &str, at: usize, count: usize) -> Option<usize> {
    let option = text[at..].strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let mut from = at + option.map_or(0, |(option, _)| option.len() + 2);
    for _ in 0..count {
        from += argument(&text[from..])?.len() + 2;
    }
    Some(from)
}

/// What stands between the words of a table, by its place in the body: cells and rows end there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// A cell ends, and the next begins.
    Cell,
    /// A cell that takes the room of several begins.
    Wide(usize),
    /// Braces of such a cell.
    Brace,
    /// The row ends.
    Row,
    /// A line is drawn.
    Rule,
    /// A sign that would part cells here.
    Bar,
    /// White space over the end of a line.
    Space,
}

/// A table: its marks, with where each begins and ends in the body.
struct Table {
    marks: Vec<(usize, usize, Mark)>,
    length: usize,
}

impl Table {
    fn read(body: &str) -> Table {
        let (mut marks, mut at, mut depth, mut wide) = (Vec::new(), 0, 0_usize, Vec::new());
        while let Some(c) = body[at..].chars().next() {
            let rest = &body[at..];
            let (length, mark) = match c {
                '\\' => command(rest),
                '&' if depth == 0 => (1, Some(Mark::Cell)),
                '|' => (1, Some(Mark::Bar)),
                c if c.is_whitespace() => {
                    let length = rest.len() - rest.trim_start().len();
                    (length, rest[..length].contains('\n').then_some(Mark::Space))
                }
                c => (c.len_utf8(), None),
            };
            match (c, mark) {
                ('{', _) => depth += 1,
                ('}', _) => {
                    depth = depth.saturating_sub(1);
                    if wide.last() == Some(&depth) {
                        wide.pop();
                        marks.push((at, at + 1, Mark::Brace));
                    }
                }
                (_, Some(Mark::Wide(_))) => {
                    wide.push(depth);
                    depth += 1;
                }
                _ => {}
            }
            marks.extend(mark.map(|mark| (at, at + length, mark)));
            at += length;
        }
        Table { marks, length: body.len() }
    }

    /// The rows: the marks of each, with where its words begin and end, and whether a line is drawn below it.
    fn rows(&self, body: &str) -> Vec<(usize, usize, bool)> {
        let mut rows: Vec<(usize, usize, bool)> = Vec::new();
        let mut from = 0;
        let mut close = |from: usize, to: usize| {
            // lines that are drawn stand before the words of a row
            let mut start = from;
            let mut is_ruled = false;
            for (at, end, mark) in self.marks.iter().filter(|(at, ..)| (from..to).contains(at)) {
                if body[start..*at].trim().is_empty() && matches!(mark, Mark::Rule | Mark::Space) {
                    is_ruled |= *mark == Mark::Rule;
                    start = *end;
                }
            }
            if is_ruled && let Some(last) = rows.last_mut() {
                last.2 = true;
            }
            if !body[start.min(to)..to].trim().is_empty() {
                rows.push((start, to, false));
            }
        };
        for (at, end, _) in self.marks.iter().filter(|(.., mark)| *mark == Mark::Row) {
            close(from, *at);
            from = *end;
        }
        close(from, self.length);
        rows
    }

    fn write(&self, edits: &mut Edits<'_>, (at, from, to, end): (usize, usize, usize, usize)) {
        let body = &edits.text[from..to];
        let rows = self.rows(body);
        let columns = |row: &(usize, usize, bool)| {
            let inside = self.marks.iter().filter(|(at, ..)| (row.0..row.1).contains(at));
            1 + inside
                .map(|(.., mark)| match mark {
                    Mark::Cell => 1,
                    Mark::Wide(columns) => columns.saturating_sub(1),
                    _ => 0,
                })
                .sum::<usize>()
        };
        let most = rows.iter().map(columns).max().unwrap_or(0);
        let Some(first) = rows.first().filter(|_| most < MOST_COLUMNS) else { return };
        let below = format!("|{}\n", "---|".repeat(most));
        let has_head = first.2 && rows.len() > 1;
        let head = if has_head { String::new() } else { format!("|{}\n{below}", "  |".repeat(most)) };
        edits.leave_out(at, from + first.0, format!("\n\n{head}| "), WHAT);
        for (index, row) in rows.iter().enumerate() {
            for (at, end, mark) in self.marks.iter().filter(|(at, ..)| (row.0..row.1).contains(at)) {
                let new = match mark {
                    Mark::Cell => "|".to_owned(),
                    Mark::Wide(_) | Mark::Brace | Mark::Rule => String::new(),
                    Mark::Bar => "\\|".to_owned(),
                    Mark::Space | Mark::Row => " ".to_owned(),
                };
                edits.leave_out(from + at, from + end, new, WHAT);
            }
            let wide = self.marks.iter().filter(|(at, ..)| (row.0..row.1).contains(at));
            let behind: usize = wide
                .map(|(.., mark)| if let Mark::Wide(columns) = mark { columns.saturating_sub(1) } else { 0 })
                .sum();
            let cells = " |".repeat(1 + behind + most - columns(row));
            let rule = if index == 0 && has_head { &below } else { "" };
            let next = rows.get(index + 1);
            let (until, open) = next.map_or((end, ""), |next| (from + next.0, "| "));
            edits.leave_out(from + row.1, until, format!("{cells}\n{rule}{open}"), WHAT);
        }
    }
}

/// No table of so many columns fits a page.
const MOST_COLUMNS: usize = 64;

/// The length of a command of TeX, and the mark that it is in a table.
fn command(rest: &str) -> (usize, Option<Mark>) {
    let name = rest[1..].find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len() - 1);
    let (name, behind) = rest[1..].split_at(name);
    let length = 1 + name.len();
    if name.is_empty() {
        let Some(sign) = behind.chars().next() else { return (1, None) };
        if sign != '\\' {
            return (1 + sign.len_utf8(), None);
        }
        let space = behind[1..].strip_prefix('[').and_then(|inside| inside.split_once(']'));
        return (2 + space.map_or(0, |(space, _)| space.len() + 2), Some(Mark::Row));
    }
    if RULES.contains(&name) {
        let option = behind.strip_prefix('(').and_then(|inside| inside.split_once(')'));
        let option = option.map_or(0, |(option, _)| option.len() + 2);
        let argument = argument(&behind[option..]).filter(|_| name.starts_with('c'));
        return (length + option + argument.map_or(0, |argument| argument.len() + 2), Some(Mark::Rule));
    }
    if name == "tabularnewline" {
        return (length, Some(Mark::Row));
    }
    let wide = (name == "multicolumn").then(|| {
        let count = argument(behind)?;
        let look = argument(&behind[count.len() + 2..])?;
        let open = count.len() + look.len() + 4;
        behind[open..].starts_with('{').then_some((length + open + 1, count.trim().parse().ok()?))
    });
    match wide.flatten() {
        Some((length, columns)) => (length, Some(Mark::Wide(columns))),
        None => (length, None),
    }
}

/// Gives tables without a head, `|a|b|` in each line and no line below the first, an empty one, as kramdown reads them.
pub(super) fn without_head(edits: &mut Edits<'_>) {
    let lines = edits.lines();
    let is_row = |line: &str| {
        let bare = line.trim();
        bare.len() > 2 && bare.starts_with('|') && bare.ends_with('|')
    };
    let mut index = 0;
    while index < lines.len() {
        let count = lines[index..].iter().take_while(|(_, line)| is_row(line)).count();
        let is_first = index == 0 || lines[index - 1].1.trim().is_empty();
        let is_rule = |line: &str| line.contains('-') && line.chars().all(|c| "|-:+= ".contains(c));
        let table = &lines[index..index + count];
        if count > 1 && is_first && !table.iter().any(|(_, line)| is_rule(line)) {
            let (at, line) = table[0];
            let columns = line.matches('|').count() - line.matches("\\|").count() - 1;
            edits.put(at, at, format!("|{}\n|{}\n", "  |".repeat(columns), "---|".repeat(columns)), WHAT);
        }
        index += count.max(1);
    }
}
