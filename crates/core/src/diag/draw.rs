//! Drawing findings: for people, with the source line; for scripts, as JSON.

use super::{Diagnostic, Severity, SourceMap};
use serde_json::json as value;
use std::fmt::Write;
use std::ops::Range;
use std::path::Path;

/// Whether to colour what is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// ANSI colours.
    On,
    /// Plain text.
    Off,
}

/// The longest piece of a source line that is drawn, in characters.
const MAX_EXCERPT: usize = 96;

/// So many of a thing, for people: `1 error`, `2 errors`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Draws one finding for a person: code, message, place, source line, hint.
#[must_use]
pub fn draw(diagnostic: &Diagnostic, sources: &SourceMap, colour: Colour) -> String {
    draw_from(diagnostic, sources, Path::new(""), colour)
}

/// As [`draw()`], with places that a terminal can open: `folder` is the way from where the reader
/// stands to the book. What stands in brackets is no file.
#[must_use]
pub fn draw_from(diagnostic: &Diagnostic, sources: &SourceMap, folder: &Path, colour: Colour) -> String {
    let paint = |code: &str, text: &str| match colour {
        Colour::On => format!("\x1b[{code}m{text}\x1b[0m"),
        Colour::Off => text.to_owned(),
    };
    let hue = match diagnostic.severity {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
        Severity::Note => "1;36",
    };
    let head = format!("{}[{}]", diagnostic.severity, diagnostic.code);
    let mut out = format!("{}: {}\n", paint(hue, &head), paint("1", &diagnostic.message));
    if let Some(span) = diagnostic.span.map(|span| sources.narrow(span, diagnostic.about)) {
        let file = sources.file(span.file);
        let place = file.place(span.start);
        let way = if file.name.starts_with('(') { Path::new("") } else { folder };
        let name = way.join(&file.name);
        let _ = writeln!(out, "  {} {}:{}:{}", paint("34", "-->"), name.display(), place.line, place.column);
        let line = file.line(place.line);
        if !line.trim().is_empty() {
            let length = (span.end.saturating_sub(span.start)) as usize;
            let at = file.byte_in_line(span.start).min(line.len());
            out.push_str(&excerpt(line, place.line, at..at + length, &paint, hue));
        }
    }
    if let Some(hint) = &diagnostic.hint {
        let _ = writeln!(out, "  {} {hint}", paint("32", "hint:"));
    }
    out
}

/// The source line with a marker under `place`, cut to a bearable length. No more
/// of the line is looked at than is drawn: it may be as long as the file.
fn excerpt(
    line: &str,
    number: usize,
    place: Range<usize>,
    paint: &dyn Fn(&str, &str) -> String,
    hue: &str,
) -> String {
    let is_short = line.chars().nth(MAX_EXCERPT).is_none();
    let earlier = line[..place.start].char_indices().rev().take(MAX_EXCERPT / 3).last();
    let from = if is_short { 0 } else { earlier.map_or(place.start, |(at, _)| at) };
    let before = line[from..place.start].chars().count();
    let shown: String = line[from..].chars().take(MAX_EXCERPT).collect();
    let lead = if from > 0 { "…" } else { "" };
    let tail = if from + shown.len() < line.len() { "…" } else { "" };
    let mut left = place.len();
    let faulty = shown.chars().skip(before).take_while(|c| {
        let marked = left > 0;
        left = left.saturating_sub(c.len_utf8());
        marked
    });
    let marked = faulty.count().max(1);
    let shown: String = shown.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let gutter = number.to_string();
    let blank = " ".repeat(gutter.len());
    let pad = " ".repeat(before + lead.chars().count());
    let bar = paint("34", "|");
    format!(
        " {} {bar} {lead}{shown}{tail}\n {blank} {bar} {pad}{}\n",
        paint("34", &gutter),
        paint(hue, &"^".repeat(marked)),
    )
}

/// One finding as a JSON object on one line, for scripts and editors.
#[must_use]
pub fn json(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let mut object = value!({
        "code": diagnostic.code.name(),
        "severity": diagnostic.severity.to_string(),
        "message": diagnostic.message,
        "hint": diagnostic.hint,
    });
    if let Some(span) = diagnostic.span.map(|span| sources.narrow(span, diagnostic.about)) {
        let file = sources.file(span.file);
        let (start, end) = (file.place(span.start), file.place(span.end));
        object["file"] = value!(file.name);
        object["line"] = value!(start.line);
        object["column"] = value!(start.column);
        object["end"] = value!({"line": end.line, "column": end.column});
    }
    object.to_string()
}
