//! The labels that Mathpix and Mistral give the notes of a page: `[^0]` alone below its text, and `[^0]:` before the first of
//! its notes, which have marks of their own. The text calls them by these.

use super::change::Change;
use super::raised::opens_raised;
use super::rules::NOTE_SIGNS;
use super::tex_lines::calls_in_formulas;
use std::collections::BTreeSet;

/// The labels of a text that are a tool's.
#[derive(Default)]
pub(super) struct ToolLabels<'t>(BTreeSet<&'t str>);

impl<'t> ToolLabels<'t> {
    /// The labels before notes with a mark of their own that no text calls.
    pub(super) fn of(text: &'t str) -> ToolLabels<'t> {
        let mut found: BTreeSet<&str> = text.lines().filter_map(|line| Some(before_mark(line)?.0)).collect();
        if found.is_empty() {
            return ToolLabels(found);
        }
        for line in text.lines().filter(|line| alone(line).is_none()) {
            for (at, _) in line.match_indices("[^").filter(|(at, _)| *at > 0) {
                if let Some((label, _)) = line[at + 2..].split_once(']') {
                    found.remove(label);
                }
            }
        }
        ToolLabels(found)
    }

    /// What goes from a line: all of it, or the label before the note's own mark.
    pub(super) fn change(&self, line: &str) -> Option<Change> {
        let known = |label: &str| self.0.contains(label);
        if alone(line).is_some_and(known) {
            return Some((0, line.len(), String::new()));
        }
        let (_, mark) = before_mark(line).filter(|(label, _)| known(label))?;
        Some((0, mark, String::new()))
    }
}

/// The label of a line that holds nothing else.
fn alone(line: &str) -> Option<&str> {
    let label = line.trim().strip_prefix("[^")?.strip_suffix(']')?;
    is_number(label).then_some(label)
}

/// The label with which a line opens a note, and the first byte of the note's own mark.
fn before_mark(line: &str) -> Option<(&str, usize)> {
    let (label, rest) = line.strip_prefix("[^")?.split_once("]:")?;
    let text = rest.trim_start();
    let marked = opens_raised(text)
        || text.starts_with(NOTE_SIGNS)
        || text.starts_with('$') && calls_in_formulas(text).first().is_some_and(|call| call.0 == 0);
    (is_number(label) && marked).then_some((label, line.len() - text.len()))
}

fn is_number(label: &str) -> bool {
    !label.is_empty() && label.bytes().all(|b| b.is_ascii_digit())
}
