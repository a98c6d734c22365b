//! The ids of a text: which there are, and those that stand twice.

use super::edits::Edits;
use super::mask::near;
use std::collections::BTreeSet;

/// The places of a text that references may name.
pub(super) fn ids(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (open, ends) in [
        ("{#", " }.\t\n"),
        ("(\\#", ")"),
        ("\\label{", "}"),
        ("id=\"", "\""),
        ("name=\"", "\""),
        ("#| label: ", "\n"),
    ] {
        for (at, _) in text.match_indices(open) {
            let rest = near(&text[at + open.len()..]);
            let end = rest.find(|c| ends.contains(c)).unwrap_or(0);
            if end > 0 && end < 100 {
                found.insert(rest[..end].trim().to_owned());
            }
        }
    }
    for (at, _) in text.match_indices("```{r ") {
        let label =
            text[at + 6..].split(|c: char| c == ',' || c == '}' || c.is_whitespace()).next().unwrap_or("");
        found.insert(format!("fig:{label}"));
    }
    found
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
