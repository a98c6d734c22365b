//! The words of titles, as the contents list and the text write them: held against each other without case, marks,
//! white space, numbers and calls of notes.

use super::super::contents::without_number;
use super::super::folded::key;
use super::super::inline::InlineNote;
use super::super::part_name::{is_numeral, names_part};
use std::borrow::Cow;

/// `CHAPTER IV` or a numeral: its title stands below.
pub(super) fn is_bare(text: &str) -> bool {
    names_part(text) && text.split_whitespace().count() <= 3 || is_numeral(text)
}

/// A line without the signs of Markdown around it.
pub(super) fn bare(text: &str) -> &str {
    let text = text.trim_start_matches(['#', '|', ' ']);
    let text = text.strip_prefix("- ").unwrap_or(text);
    let text = text.strip_prefix("\\section*{").and_then(|t| t.strip_suffix('}')).unwrap_or(text);
    text.trim_matches(['*', '_', '|', ' '])
}

/// A line without the notes that stand in it where they are called.
pub(super) fn unnoted(text: &str) -> Cow<'_, str> {
    let mut found = Cow::Borrowed(text);
    while let Some(at) = found.find("<ref") {
        let Some(stop) = found[at..].find(InlineNote::CLOSING) else { break };
        found = Cow::Owned(format!("{}{}", &found[..at], &found[at + stop + InlineNote::CLOSING.len()..]));
    }
    found
}

/// A title without the calls of notes that have a frame.
pub(super) fn uncalled(text: &str) -> Cow<'_, str> {
    let mut found = Cow::Borrowed(text);
    for (open, close) in [("<sup>", "</sup>"), ("[^", "]"), ("[", "]")] {
        while let Some(at) = found.find(open) {
            let Some(stop) = found[at..].find(close).filter(|n| *n <= 12) else { break };
            found = Cow::Owned(format!("{}{}", &found[..at], &found[at + stop + close.len()..]));
        }
    }
    found
}

/// A title as it may stand in the text: whole, without its number, without the words `CHAPTER IV`.
pub(super) fn keys(title: &str) -> Vec<String> {
    let mut found = vec![key(title)];
    let bare = without_number(title);
    let mut words = bare.splitn(3, ' ');
    let (first, second, rest) = (words.next(), words.next(), words.next());
    let chapter = first.zip(second).map(|(a, b)| format!("{a} {}", b.trim_end_matches(['.', ':', '—', '-'])));
    if let Some(rest) = rest.filter(|_| chapter.is_some_and(|c| names_part(&c))) {
        found.push(key(rest.trim_start_matches(['.', ':', '—', '-', ' '])));
    }
    // `CHAPTER THE FIRST. THE MILL`
    if let Some((number, rest)) = title.split_once(['.', ':', '—']).filter(|(number, _)| is_bare(number)) {
        found.extend((!number.is_empty()).then(|| key(rest)));
    }
    found.push(key(bare));
    // chapters may have no title but their number
    found.retain(|k| k.len() >= 3 || is_numeral(title));
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_known_with_their_number_and_without() {
        assert!(keys("CHAPTER IV. THE MILL").contains(&"themill".to_owned()));
        assert!(keys("IV. The Mill").contains(&"themill".to_owned()));
    }
}
