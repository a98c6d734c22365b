//! Dashes that stay with the word before them, whatever the width of the line.
//!
//! Unicode line breaking (UAX #14, class B2) allows a break on either side of
//! a dash; no house style lets a line begin with one.

use std::borrow::Cow;

/// Joins what stands on its two sides: no width, no break.
const WORD_JOINER: char = '\u{2060}';
const NO_BREAK_SPACE: char = '\u{a0}';

/// The words with each dash tied to what it follows: a word joiner after a
/// letter, a no-break space for a space. A dash that opens, as in Spanish
/// dialogue, is tied to what it precedes. `before` is what was written last.
pub(super) fn tied(words: &str, before: char) -> Cow<'_, str> {
    if !words.contains(is_dash) {
        return Cow::Borrowed(words);
    }
    let mut out = String::with_capacity(words.len() + 16);
    let mut last = before;
    let mut letters = words.chars().peekable();
    while let Some(letter) = letters.next() {
        let opens = letters.peek().is_some_and(|next| next.is_alphanumeric());
        match (is_dash(letter), last) {
            (true, ' ') if opens => out.extend([letter, WORD_JOINER]),
            (true, ' ') if out.ends_with(' ') => {
                out.pop();
                out.extend([NO_BREAK_SPACE, letter]);
            }
            (true, before) if !before.is_whitespace() && before != WORD_JOINER && !is_dash(before) => {
                out.extend([WORD_JOINER, letter]);
            }
            _ => out.push(letter),
        }
        last = letter;
    }
    Cow::Owned(out)
}

fn is_dash(letter: char) -> bool {
    matches!(letter, '–' | '—' | '―')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_are_tied_to_what_they_follow() {
        for (words, before, wanted) in [
            ("no dash", 'x', "no dash"),
            ("one—two", '\n', "one\u{2060}—two"),
            ("—two", 'e', "\u{2060}—two"),
            ("— A Poet", '\n', "— A Poet"),
            ("one – two", '\n', "one\u{a0}– two"),
            ("dijo —sí", '\n', "dijo —\u{2060}sí"),
            ("Mr. ——", '\n', "Mr.\u{a0}——"),
            ("1914–1918", '\n', "1914\u{2060}–1918"),
            ("one\u{2060}—two", '\n', "one\u{2060}—two"),
        ] {
            assert_eq!(tied(words, before), wanted);
        }
    }
}
