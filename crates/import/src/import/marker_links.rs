//! The anchors and links of marker: `<span id="page-2-1"></span>`, `[The Mill](#page-2-1)`.
//!
//! A link whose words are a number calls a note, unless its anchor stands before something else: `Figure [1](#page-2-1)` names
//! a figure. What stands there decides, and not the words before the link.

use super::change::Change;
use super::document::note_marks::label;
use super::rules::NOTE_SIGNS;
use std::collections::BTreeSet;

const OPENS: &str = "<span id=\"";
const CLOSES: &str = "\"></span>";

/// What the links of a text lead to.
#[derive(Default)]
pub(super) struct MarkerLinks {
    /// The anchors in lines that open no note.
    others: BTreeSet<String>,
}

impl MarkerLinks {
    /// Looks at all anchors of a text.
    pub(super) fn of(text: &str) -> MarkerLinks {
        let mut others = BTreeSet::new();
        for line in text.lines().filter(|line| line.contains(OPENS)) {
            if opens_note(line) {
                continue;
            }
            let mut rest = line;
            while let Some(at) = rest.find(OPENS) {
                rest = &rest[at + OPENS.len()..];
                let id = near(rest, LONGEST_ID + CLOSES.len()).split_once(CLOSES);
                others.extend(id.map(|(id, _)| id.to_owned()));
            }
        }
        MarkerLinks { others }
    }

    /// The changes of a line, in order.
    pub(super) fn changes(&self, line: &str) -> Vec<Change> {
        let mut found: Vec<Change> = Vec::new();
        let mut at = 0;
        while let Some(next) = line[at..].find(['<', '[']).map(|n| at + n) {
            let rest = &line[next..];
            // a picture has a file: what points to a place of the text is a link, behind an exclamation mark too
            let change = span(rest).or_else(|| self.link(rest));
            at = match change {
                Some((length, now)) => {
                    found.push((next, next + length, now));
                    next + length
                }
                None => next + 1,
            };
        }
        found
    }

    /// `[1](#page-2-1)` is a call, `[The Mill](#page-2-1)` its words; both may stand in `<sup>`.
    fn link(&self, rest: &str) -> Option<(usize, String)> {
        let raised = rest.strip_prefix("<sup>");
        let inner = raised.unwrap_or(rest).strip_prefix('[')?;
        let (label, _) = near(inner, 200 + "](#".len()).split_once("](#")?;
        let more = &inner[label.len() + "](#".len()..];
        let (target, _) = near(more, LONGEST_ID + ")".len()).split_once(')')?;
        let after = &more[target.len() + ")".len()..];
        // `[\[18\]](#page-8-4)` has brackets of its own
        if label.replace("\\[", "").contains('[') || target.contains(char::is_whitespace) {
            return None;
        }
        let after = raised.map_or(Some(after), |_| after.strip_prefix("</sup>"))?;
        let bare = label.replace('\\', "");
        let figures = (1..=3).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit());
        let signs =
            !bare.is_empty() && bare.chars().count() <= 3 && bare.chars().all(|c| NOTE_SIGNS.contains(&c));
        let calls = (figures || signs) && !(raised.is_none() && self.others.contains(target));
        let now = if calls { format!("<sup>{bare}</sup>") } else { label.to_owned() };
        Some((rest.len() - after.len(), now))
    }
}

/// How long the name of an anchor is at most.
const LONGEST_ID: usize = 80;

/// Whether a line with an anchor opens a note: with a raised number, with one that a bare text follows, with a star.
fn opens_note(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches("- ");
    let line = match span(line) {
        Some((length, _)) => line[length..].trim_start(),
        None => line,
    };
    // what is counted in brackets is a list of books
    !line.starts_with(['[', '\\', '#', '|']) && label(line).is_some() || line.starts_with("\\*")
}

/// `<span id="page-0-0"></span>`.
fn span(rest: &str) -> Option<(usize, String)> {
    let inner = rest.strip_prefix(OPENS)?;
    let (id, _) = near(inner, LONGEST_ID + CLOSES.len()).split_once(CLOSES)?;
    Some((rest.len() - inner.len() + id.len() + CLOSES.len(), String::new()))
}

/// The beginning of a text, at most so many bytes of it: what opens a mark may
/// stand a hundred thousand times in a line, and none looks further than this.
fn near(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_notes_and_to_figures() {
        let text = "<span id=\"page-1-0\"></span>Figure 1. A ferry.\n<sup>1</sup> <span id=\"page-1-1\"></span>Since 1811.\n\
                    - <span id=\"page-2-0\"></span>[18] A. Mole, Ferries.\n";
        let links = MarkerLinks::of(text);
        let now = |line: &str| links.changes(line).into_iter().map(|c| c.2).collect::<Vec<_>>();
        assert_eq!(now("Figure [1](#page-1-0) and so on.[1](#page-1-1)"), ["1", "<sup>1</sup>"]);
        assert_eq!(now("as in [\\[18\\]](#page-2-0)."), ["\\[18\\]"]);
        assert_eq!(now("lost.[2](#page-9-9)"), ["<sup>2</sup>"]);
    }
}
