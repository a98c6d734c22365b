//! What may call a note: the labels at the beginnings of notes.

use super::super::line::Line;
use super::super::rules::{NOTE_SIGNS, SPELLED, is_paged_label};
use std::collections::BTreeSet;

/// What stands in brackets at the start of notes, so that the same in the text calls them: `12`, `A`, `58:3`.
pub(super) fn note_labels(lines: &[Line<'_>]) -> BTreeSet<String> {
    let label = |l: &Line<'_>| {
        let rest = l.trimmed().strip_prefix('[')?;
        let spelled = SPELLED.iter().find_map(|w| l.trimmed().strip_prefix(w)?.split_once(':'));
        // the words of a note that is spelled may begin below its label
        let (label, words) = spelled.or_else(|| rest.split_once(']'))?;
        let worded = spelled.is_some() || !words.trim().is_empty();
        let plain = label.len() <= 4 && label.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
        let sign = label.chars().count() <= 3 && label.chars().all(|c| c == '+' || NOTE_SIGNS.contains(&c));
        (!label.is_empty() && (plain || sign || is_paged_label(label)) && worded).then(|| label.to_owned())
    };
    lines.iter().filter_map(label).collect()
}
