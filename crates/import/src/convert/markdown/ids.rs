//! The ids of a text: which there are, and those that stand twice.

use super::edits::Edits;
use super::mask::{line_start, near};
use std::collections::BTreeSet;

/// The places of a text that references may name.
pub(super) fn ids(text: &str) -> BTreeSet<String> {
    let edits = Edits::of(text);
    let mut found = BTreeSet::new();
    for (open, ends) in [
        ("{#", " }.\t\n"),
        (" #", " }.\t\n"),
        ("(\\#", ")"),
        ("\\label{", "}"),
        ("id=\"", "\""),
        ("name=\"", "\""),
    ] {
        for at in edits.places(open) {
            let rest = near(&text[at + open.len()..]);
            let end = rest.find(|c| ends.contains(c)).unwrap_or(0);
            // an id behind a class stands in braces
            let is_one = open != " #" || rest[end..].starts_with(['}', ' ']) && is_in_braces(text, at);
            if end > 0 && end < 100 && is_one {
                found.insert(rest[..end].trim().to_owned());
            }
        }
    }
    found
}

/// An id of a web page as ours begin, with a letter or a figure.
pub(super) fn fitting(id: &str) -> &str {
    id.trim_start_matches(|c: char| !c.is_alphanumeric())
}

/// Whether a place stands in braces of attributes.
pub(super) fn is_in_braces(text: &str, at: usize) -> bool {
    let line = &text[line_start(text, at)..at];
    line.rfind('{').is_some_and(|open| !line[open..].contains('}') && !line[..open].ends_with('\\'))
}

/// The ids that the references of a text name, whether they are there or not.
pub(super) fn referred(text: &str) -> impl Iterator<Item = String> {
    let named = |open: &'static str| {
        text.match_indices(open).filter_map(move |(at, _)| {
            let rest = &text[at + open.len()..];
            let is_in = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
            let id = &rest[..rest.find(|c: char| !is_in(c)).unwrap_or(rest.len())];
            (!id.is_empty()).then(|| id.trim_end_matches([':', '.', '-']).to_owned())
        })
    };
    named("@ref(").chain(named("@"))
}

/// Takes an id off where another place of the text has it too: that of a heading stays, or else the first. Other tools
/// let links lead to the first; a book with two would be refused.
pub(super) fn twice(edits: &mut Edits<'_>) {
    let text = edits.text;
    let mut found: Vec<(bool, usize, &str)> = Vec::new();
    for at in edits.places("{#") {
        let rest = near(&text[at + 2..]);
        let end = rest.find([' ', '}', '.', '\n']).unwrap_or(0);
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        if end > 0 && !text[..at].ends_with('\\') {
            found.push((!text[line..].starts_with('#'), at, &rest[..end]));
        }
    }
    found.sort_unstable();
    let mut taken = BTreeSet::new();
    for (_, at, id) in found.into_iter().filter(|(_, _, id)| !taken.insert(*id)) {
        let behind = at + 2 + id.len();
        let (from, to) = match &text[behind..] {
            // of `[words]{#id}` the words stay, without brackets
            rest if rest.starts_with('}') => (at, behind + 1),
            rest => (at + 1, behind + rest.len() - rest.trim_start_matches(' ').len()),
        };
        let open = text[..from].strip_suffix(']').filter(|_| text[from..].starts_with('{'));
        let open = open.and_then(|before| near_open(before, from - 1));
        edits.leave_out(from, to, "", TWICE);
        if let Some(open) = open.filter(|_| to == behind + 1) {
            edits.leave_out(from - 1, from, "", TWICE);
            edits.leave_out(open, open + 1, "", TWICE);
        }
    }
}

const TWICE: &str = "ids that another place of the text has too, taken off";

/// Where the bracket opens that closes behind these words, in one line.
fn near_open(before: &str, close: usize) -> Option<usize> {
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let mut depth = 0_usize;
    for (at, c) in before[line..close].char_indices().rev() {
        match c {
            ']' => depth += 1,
            '[' if depth == 0 => return Some(line + at),
            '[' => depth -= 1,
            _ => {}
        }
    }
    None
}
