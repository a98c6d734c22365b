//! How lines end and begin: with a sentence, or within one.

use super::super::closers::{QUOTATION, bare};
use super::super::rules::{NOTE_SIGNS, SUPERSCRIPT};

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
