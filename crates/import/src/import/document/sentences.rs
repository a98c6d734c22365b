//! How lines end and begin: with a sentence, or within one.

use super::super::closers::{QUOTATION, bare};
use super::super::raised::SUPERSCRIPT;
use super::super::rules::NOTE_SIGNS;

/// Whether a line ends with a sentence.
pub(super) fn stops(text: &str) -> bool {
    if ADDRESS.iter().any(|title| text.ends_with(title)) {
        return false;
    }
    let called = |c: char| c.is_ascii_digit() || SUPERSCRIPT.contains(&c) || NOTE_SIGNS.contains(&c);
    let closed = bare(bare(text).trim_end_matches(called));
    closed.ends_with(['.', '!', '?', ':', '…', '—'])
        || closed.len() < text.len()
            && text.ends_with(|c| QUOTATION.contains(&c))
            && !closed.ends_with([',', ';'])
}

/// Words with a stop that lead to a name.
const ADDRESS: [&str; 8] = [" Mr.", " Mrs.", " Messrs.", " Dr.", " Rev.", " Prof.", " Capt.", " St."];

/// Whether the first word of a line has a small letter.
pub(super) fn starts_small(text: &str) -> bool {
    text.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_lowercase)
}

/// Words with a stop that lead to what follows: `p. 12`, `Mr. Smith`.
const LEADING: [&str; 24] = [
    "p.", "pp.", "vol.", "vols.", "no.", "nos.", "art.", "arts.", "cf.", "ch.", "chap.", "sec.", "fol.",
    "fig.", "bk.", "mr.", "mrs.", "dr.", "st.", "ed.", "op.", "ibid.", "vide.", "viz.",
];

/// Whether the last word of a text leads to what follows.
pub(super) fn leads_on(text: &str) -> bool {
    let last = text.trim_end().rsplit(' ').next().unwrap_or("").trim_start_matches(['(', '[', '“', '"']);
    LEADING.contains(&last.to_lowercase().as_str())
}
