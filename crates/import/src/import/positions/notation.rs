//! Writes positioned lines in the dialect `positions`: Markdown whose lines say
//! with a sign of white space what their place tells.

use super::super::line::{BEGINS, EDGE_LINE, GOES_ON, NOTE_BEGINS, NOTE_GOES_ON};
use super::captions;
use super::places::places;
use super::{Line, Place, ScannedPage, Tag};
use std::fmt::Write;

/// The text of all pages.
pub(super) fn write(pages: &[ScannedPage]) -> String {
    let places = places(pages);
    let mut out = String::new();
    for (number, (page, places)) in pages.iter().zip(&places).enumerate() {
        if number > 0 {
            out.push_str("\n\u{c}");
        }
        let digits = |label: &&String| {
            !label.is_empty() && label.len() <= 5 && label.bytes().all(|b| b.is_ascii_digit())
        };
        if let Some(label) = page.label.as_ref().filter(digits) {
            let _ = writeln!(out, "[Pg {label}]");
        }
        let order = captions::order(places);
        let lines: Vec<&Line> = order.iter().map(|at| &page.lines[*at]).collect();
        let places: Vec<Place> = order.iter().map(|at| places[*at]).collect();
        passages(&lines, &places, &mut out);
    }
    out
}

/// The lines of a page: those of a heading, a row or a listing stand together.
fn passages(lines: &[&Line], places: &[Place], out: &mut String) {
    let mut at = 0;
    while at < lines.len() {
        let place = places[at];
        let whole = matches!(place.tag, Tag::Heading(_) | Tag::Row | Tag::Code);
        let more = |i: &usize| whole && places[*i].tag == place.tag && !places[*i].begins;
        let end = (at + 1..lines.len()).take_while(more).last().map_or(at + 1, |last| last + 1);
        match place.tag {
            Tag::Heading(depth) => {
                let title: Vec<&str> = lines[at..end].iter().map(|l| l.text.as_str()).collect();
                let _ = writeln!(out, "\n{} {}\n", "#".repeat(usize::from(depth)), title.join(" "));
            }
            Tag::Code => {
                let code: Vec<String> = lines[at..end].iter().map(|l| l.text.replace('\\', "")).collect();
                let _ = writeln!(out, "\n```\n{}\n```\n", code.join("\n"));
            }
            Tag::Row => {
                let table = at > 0 && places[at - 1].tag == Tag::Row;
                row(&lines[at..end], table, out);
            }
            _ => line(lines[at], place, out),
        }
        at = end;
    }
}

/// A row: its cells, and under the first of a table the rule that makes it one.
fn row(lines: &[&Line], table: bool, out: &mut String) {
    let cells: Vec<String> = lines
        .chunk_by(|a, b| a.cell == b.cell)
        .map(|cell| cell.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join(" "))
        .collect();
    let lead = if table { "" } else { "\n" };
    let _ = writeln!(out, "{lead}| {} |", cells.join(" | "));
    if !table {
        let _ = writeln!(out, "|{}", "---|".repeat(cells.len()));
    }
}

fn line(line: &Line, place: Place, out: &mut String) {
    let text = goes_on_slanted(&line.text, place, out);
    let first = safe(text);
    let _ = match (place.tag, place.begins) {
        (Tag::Edge, _) => writeln!(out, "{EDGE_LINE}{text}"),
        (Tag::Note, true) => writeln!(out, "{NOTE_BEGINS}{text}"),
        (Tag::Note, false) => writeln!(out, "{NOTE_GOES_ON}{text}"),
        (Tag::Quote, true) => writeln!(out, "\n{BEGINS}> {text}"),
        (Tag::Quote, false) => writeln!(out, "{GOES_ON}> {text}"),
        (Tag::Verse, true) => writeln!(out, "\n{BEGINS}      {first}"),
        (Tag::Verse, false) => writeln!(out, "{GOES_ON}      {first}"),
        (_, true) => writeln!(out, "\n{BEGINS}{first}"),
        (_, false) => writeln!(out, "{GOES_ON}{first}"),
    };
}

/// A line whose slanted type or code goes on from the line above: the two stars between go.
fn goes_on_slanted<'l>(text: &'l str, place: Place, out: &mut String) -> &'l str {
    let signs = ["*", "`"].into_iter().find(|sign| text.starts_with(sign));
    let Some(sign) = signs.filter(|_| !place.begins && place.tag != Tag::Edge) else { return text };
    let closed = format!("{sign}\n");
    let above = out.ends_with(&closed)
        && !out.ends_with(&format!("\\{closed}"))
        && !out.ends_with(&format!("{sign}{closed}"));
    let rest = &text[sign.len()..];
    if !above || rest.starts_with(sign) {
        return text;
    }
    out.truncate(out.len() - closed.len());
    out.push('\n');
    rest
}

/// A line that no sign at its head makes a heading, a quotation or a table.
fn safe(text: &str) -> String {
    let sign = text.starts_with(['#', '>', '|']) || text.starts_with("---");
    if sign { format!("\\{text}") } else { text.to_owned() }
}
