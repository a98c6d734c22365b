//! Reads a file of the manuscript for the proof: its running text, its notes
//! and their calls.

use super::super::inline::written_code;
use std::collections::BTreeMap;
use std::ops::Range;

/// A file of the manuscript: running text, and notes by label.
#[derive(Debug, Default)]
pub(super) struct Reading<'a> {
    pub(super) body: Vec<Sign<'a>>,
    pub(super) notes: BTreeMap<&'a str, Vec<Sign<'a>>>,
}

/// A passage of the manuscript's text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sign<'a> {
    Words(&'a str),
    Call(&'a str),
}

impl<'a> Reading<'a> {
    pub(super) fn of(file: &'a str) -> Reading<'a> {
        let mut reading = Reading::default();
        let mut note: Option<&str> = None;
        let mut fence: Option<&str> = None;
        for line in file.lines() {
            let stays = note.is_none() && is_code(line, &mut fence);
            if stays {
                reading.body.extend([Sign::Words(line), Sign::Words("\n")]);
                continue;
            }
            let (into, text) = match (definition(line), &note) {
                (Some((label, text)), _) => {
                    note = Some(label);
                    (reading.notes.entry(label).or_default(), text)
                }
                (None, Some(label)) if line.is_empty() || line.starts_with("    ") => {
                    (reading.notes.entry(*label).or_default(), line)
                }
                _ => {
                    note = None;
                    (&mut reading.body, strip_marker(line))
                }
            };
            signs(text, into);
            into.push(Sign::Words("\n"));
        }
        reading
    }
}

/// Whether a line is of code between fences, or a fence.
fn is_code<'a>(line: &'a str, fence: &mut Option<&'a str>) -> bool {
    let text = if fence.is_some() { line.trim() } else { line };
    let sign = text.bytes().next().filter(|b| b"`~".contains(b));
    let length = sign.map_or(0, |sign| text.bytes().take_while(|b| *b == sign).count());
    let run = Some(&text[..length]).filter(|run| run.len() >= 3);
    match *fence {
        Some(opening) => {
            if run == Some(text) && text.starts_with(opening) {
                *fence = None;
            }
            true
        }
        None => {
            // with an accent behind them, accents are code within a line
            *fence = run.filter(|run| run.starts_with('~') || !text[length..].contains('`'));
            fence.is_some()
        }
    }
}

/// `[^label]: text` at a line's start.
fn definition(line: &str) -> Option<(&str, &str)> {
    let (label, text) = line.strip_prefix("[^")?.split_once("]:")?;
    // `[^6]]:` is a call before a bracket
    if label.contains(']') {
        return None;
    }
    Some((label, text.strip_prefix(' ').unwrap_or(text)))
}

/// The line without the sign that opens its block.
fn strip_marker(line: &str) -> &str {
    if line == "* * *"
        || line == ">"
        || line == "-"
        || line == ":::"
        || line == "::: verse"
        || line == "::: subtitle"
        || line == "::: centre"
    {
        return "";
    }
    let line = line.strip_prefix("> ").unwrap_or(line);
    let line = line.strip_prefix("- ").unwrap_or(line);
    let depth = line.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&depth) { line[depth..].strip_prefix(' ').unwrap_or(line) } else { line }
}

/// Reads a line: comments go, backslashes protect, `[^x]` is a call.
fn signs<'a>(line: &'a str, into: &mut Vec<Sign<'a>>) {
    // `from` is where the words begin that are still to be pushed
    let (mut from, mut at) = (0, 0);
    let words = |range: Range<usize>, into: &mut Vec<Sign<'a>>| {
        if !range.is_empty() {
            into.push(Sign::Words(&line[range]));
        }
    };
    while let Some(sign) = line[at..].find(['\\', '<', '[', '`']).map(|sign| at + sign) {
        let rest = &line[sign..];
        if rest.starts_with('`') {
            let run = rest.len() - rest.trim_start_matches('`').len();
            at = written_code(line, sign).unwrap_or(sign + run);
            continue;
        }
        let call = || {
            let inner = rest.strip_prefix("[^")?;
            let (label, _) = inner[..inner.floor_char_boundary(17)].split_once(']')?;
            (!label.is_empty()).then_some(label)
        };
        if rest[1..].starts_with(|c: char| rest.starts_with('\\') && c.is_ascii_punctuation()) {
            words(from..sign, into);
            (from, at) = (sign + 1, sign + 2);
        } else if rest.starts_with("<!--") {
            words(from..sign, into);
            at = rest.find("-->").map_or(line.len(), |end| sign + end + 3);
            from = at;
        } else if let Some(label) = call() {
            words(from..sign, into);
            into.push(Sign::Call(label));
            at = sign + label.len() + 3;
            from = at;
        } else {
            at = sign + 1;
        }
    }
    words(from..line.len(), into);
}
