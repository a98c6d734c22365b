//! The words of a passage, and the passages in emphasis.

/// The words of a passage with their places.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let word = |c: char| c.is_alphanumeric() || c == '-' || c == '’' || c == '.';
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(word)?;
        let length = text[start..].find(|c| !word(c)).unwrap_or(text.len() - start);
        at = start + length;
        Some((start, &text[start..at]))
    })
    .map(|(at, token)| (at, token.trim_end_matches(['.', '-', '’'])))
    .filter(|(_, token)| !token.is_empty())
}

/// Passages between two emphasis marks, with their places.
pub(super) fn emphasised(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find('*')? + 1;
        let length = text[start..].find('*')?;
        from = start + length + 1;
        Some((start, &text[start..start + length]))
    })
}

/// Whether the word at `at` follows a small word or a comma in the same sentence.
pub(super) fn inside(text: &str, at: usize) -> bool {
    let before = text[..at].strip_suffix(' ').unwrap_or("");
    let before = before.strip_suffix(',').unwrap_or(before);
    let word = before.rsplit(char::is_whitespace).next().unwrap_or("");
    !word.is_empty() && word.chars().all(|c| c.is_lowercase() || c == '-')
}
