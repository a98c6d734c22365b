//! Letters as the proof compares them: what cannot be lost without a loss.

use crate::book::is_invisible;

/// The letters of a text: no white space, nothing that is invisible by nature,
/// and no difference between small letters and capitals.
pub(super) fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().flat_map(folded)
}

/// Adds the letters of a text to those before it.
pub(super) fn push_letters(all: &mut String, text: &str) {
    all.reserve(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            all.push(c.to_ascii_uppercase());
        } else {
            all.extend(folded(c));
        }
    }
}

/// Whether a character is white: words that it stands between are two.
pub(super) fn is_blank(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_whitespace() } else { c.is_whitespace() }
}

/// The letters of a text in the order of the alphabet: the runs of a line stand as they are seen, which
/// is not as they are read where its words run both ways.
pub(super) fn sorted_letters(text: &str) -> String {
    let mut all: Vec<char> = letters(text).collect();
    all.sort_unstable();
    all.into_iter().collect()
}

/// A letter as it is compared; nothing for what does not count. Capitals may be
/// two letters, as those of ß are.
pub(super) fn folded(c: char) -> Folded {
    if c.is_ascii() {
        let counts = !c.is_ascii_whitespace() && !c.is_ascii_control();
        return Folded::One(counts.then(|| c.to_ascii_uppercase()));
    }
    if c.is_whitespace() || is_invisible(c) {
        return Folded::One(None);
    }
    match c {
        // the capital of a Turkish i, and of an i in Turkish
        'İ' => Folded::One(Some('I')),
        c => Folded::More(c.to_uppercase()),
    }
}

/// The letters that one character stands for.
pub(super) enum Folded {
    /// One, or none.
    One(Option<char>),
    /// Its capitals.
    More(std::char::ToUppercase),
}

impl Iterator for Folded {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self {
            Folded::One(letter) => letter.take(),
            Folded::More(letters) => letters.next(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_does_not_count() {
        let same = |a: &str, b: &str| letters(a).eq(letters(b));
        assert!(same("Stra\u{ad}ße  an\nder", "STRASSE AN DER"));
        assert!(same("a\u{2060}b\u{a0}c", "abc"));
        assert!(!same("abc", "abd"));
    }
}
