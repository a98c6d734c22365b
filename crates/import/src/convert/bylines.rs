//! Lines that name who wrote a book.

/// What stands before the name of an author.
const BY: [&str; 5] = ["by", "von", "par", "por", "av"];

/// Who a line names: `by Ann Writer`, `Ann Writer`; none where it may be anything else.
pub(super) fn author(line: &str) -> Option<String> {
    let line = &line.split_whitespace().collect::<Vec<_>>().join(" ");
    let (by, name) = line.split_once(' ').filter(|(by, _)| is_by(by)).unwrap_or(("", line.as_str()));
    let words: Vec<&str> = name.split_whitespace().collect();
    let are_names = (2..=4).contains(&words.len())
        && words.iter().all(|word| {
            word.starts_with(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\''))
        });
    (are_names || !by.is_empty() && words.len() <= 6).then(|| name.trim().to_owned())
}

/// Whether a word stands before the name of an author.
pub(super) fn is_by(word: &str) -> bool {
    BY.contains(&word.to_lowercase().as_str())
}
