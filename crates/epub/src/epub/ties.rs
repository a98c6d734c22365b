//! What stays together whatever the width of the line: a dash with the word
//! before it, the initials of a name, what the language ties (see
//! [`terms::tie`](crate::terms::tie)), a word that leans on the next. And what is kept
//! apart: quotation marks of two kinds that would meet.
//!
//! Unicode line breaking (UAX #14, class B2) allows a break on either side of
//! a dash; no house style lets a line begin with one.

use crate::book::Lang;
use crate::terms::{is_plain_pair, tie};
use std::borrow::Cow;

/// Joins what stands on its two sides: no width, no break.
const WORD_JOINER: char = '\u{2060}';
const NO_BREAK_SPACE: char = '\u{a0}';
/// Between quotation marks; no line ends there, as the next is one (UAX #14, LB19).
const HAIR_SPACE: char = '\u{200a}';

/// The words, tied: a word joiner before a dash that follows a letter, a
/// no-break space for a space. A dash that opens, as in Spanish dialogue, is
/// tied to what it precedes. A hair space parts a single quotation mark from
/// the double one beside it. `before` is what was written last.
pub(super) fn tied<'w>(words: &'w str, before: char, language: &Lang) -> Cow<'w, str> {
    let mut out = String::new();
    let mut done = 0;
    let signs = |c: char| c == ' ' || is_dash(c) || is_double(c) || is_single(c);
    for (at, sign) in words.match_indices(signs) {
        let letter = sign.chars().next().unwrap_or(' ');
        let (former, rest) = (&words[..at], &words[at + sign.len()..]);
        let last = former.chars().next_back().unwrap_or(before);
        let changes =
            if letter == ' ' { holds(former, rest, language) } else { is_dash(letter) || meet(last, letter) };
        if !changes {
            continue;
        }
        out.push_str(&words[done..at]);
        match letter {
            ' ' => out.push(NO_BREAK_SPACE),
            letter if is_dash(letter) => dash(letter, last, rest, &mut out),
            mark => out.extend([HAIR_SPACE, mark]),
        }
        done = at + sign.len();
    }
    if done == 0 {
        return Cow::Borrowed(words);
    }
    out.push_str(&words[done..]);
    Cow::Owned(out)
}

/// The words with a no-break space behind each that leans on the next, as
/// prepositions of one letter do in Slavonic languages.
pub(super) fn leaning<'w>(words: Cow<'w, str>, language: &Lang) -> Cow<'w, str> {
    if !language.has_leaning_words() {
        return words;
    }
    let leans = |at: usize| {
        let word = words[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
        language.leans(word)
    };
    let spaces: Vec<usize> = words.match_indices(' ').map(|(at, _)| at).filter(|at| leans(*at)).collect();
    if spaces.is_empty() {
        return words;
    }
    let mut out = String::with_capacity(words.len() + spaces.len());
    let mut done = 0;
    for at in spaces {
        out.push_str(&words[done..at]);
        out.push(NO_BREAK_SPACE);
        done = at + 1;
    }
    out.push_str(&words[done..]);
    Cow::Owned(out)
}

fn dash(letter: char, last: char, rest: &str, out: &mut String) {
    let opens = rest.starts_with(char::is_alphanumeric);
    match last {
        ' ' if opens => out.extend([letter, WORD_JOINER]),
        ' ' if out.ends_with(' ') => {
            out.pop();
            out.extend([NO_BREAK_SPACE, letter]);
        }
        last if last.is_whitespace() || last == WORD_JOINER || is_dash(last) => out.push(letter),
        _ => out.extend([WORD_JOINER, letter]),
    }
}

/// Whether those are a double quotation mark and a single one, in either order.
/// A word without its vowel, as in `l’«altro»`, ends in no quotation mark.
fn meet(first: char, second: char) -> bool {
    let elided = first == '’' && matches!(second, '«' | '„' | '“');
    !elided && (is_double(first) && is_single(second) || is_single(first) && is_double(second))
}

fn is_double(mark: char) -> bool {
    matches!(mark, '“' | '”' | '„' | '«' | '»')
}

fn is_single(mark: char) -> bool {
    matches!(mark, '‘' | '’' | '‚' | '‹' | '›')
}

fn is_dash(letter: char) -> bool {
    matches!(letter, '–' | '—' | '―')
}

/// Whether a space between those words holds them together: two initials, or what the
/// language ties.
fn holds(before: &str, after: &str, language: &Lang) -> bool {
    if is_plain_pair(before, after) {
        return false;
    }
    let parted = |c: char| c.is_whitespace() || c == WORD_JOINER;
    let last = before.rsplit(parted).next().unwrap_or_default();
    let next = after.split(parted).next().unwrap_or_default();
    let mut letters = next.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next() == Some('.');
    initial && ends_in_initial(last) || tie(language, last, next).is_some()
}

/// Whether the words end in one capital and a full stop.
fn ends_in_initial(words: &str) -> bool {
    let mut letters = words.chars().rev();
    letters.next() == Some('.')
        && letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_none_or(|letter| !letter.is_alphanumeric())
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
            assert_eq!(tied(words, before, &Lang::default()), wanted);
        }
    }

    #[test]
    fn words_of_one_letter_lean_where_the_language_has_them() {
        for (tag, words, wanted) in [
            ("pl", "a w domu i w lesie", "a\u{a0}w\u{a0}domu i\u{a0}w\u{a0}lesie"),
            ("ru", "«В лесу» и в поле", "«В\u{a0}лесу» и\u{a0}в\u{a0}поле"),
            ("en", "a word I know", "a word I know"),
        ] {
            let language = Lang::parse(tag).unwrap_or_default();
            assert_eq!(leaning(words.into(), &language), wanted);
        }
    }

    #[test]
    fn quotation_marks_of_two_kinds_do_not_touch() {
        for (words, before, wanted) in [
            ("“‘Never,’ he said, ‘is long.’”", '\n', "“\u{200a}‘Never,’ he said, ‘is long.’\u{200a}”"),
            ("„‚Nein‘“, sagte", '\n', "„\u{200a}‚Nein‘\u{200a}“, sagte"),
            ("’", '”', "\u{200a}’"),
            ("the dogs’”", '\n', "the dogs’\u{200a}”"),
            ("“Don’t” and ”’tis", '\n', "“Don’t” and ”\u{200a}’tis"),
            ("“‘“x”’”", '\n', "“\u{200a}‘\u{200a}“x”\u{200a}’\u{200a}”"),
            ("««»»", '\n', "««»»"),
        ] {
            assert_eq!(tied(words, before, &Lang::default()), wanted);
        }
    }

    #[test]
    fn initials_and_numbers_stay_together() {
        for (words, wanted) in [
            ("by A. V. Lunacharsky", "by A.\u{a0}V. Lunacharsky"),
            ("J. R. R. T. wrote", "J.\u{a0}R.\u{a0}R.\u{a0}T. wrote"),
            ("the USSR. A. wrote", "the USSR. A. wrote"),
            ("see p. 12, pp. 3 and No. 5.", "see p.\u{a0}12, pp.\u{a0}3 and No.\u{a0}5."),
            ("a step. 12 more", "a step. 12 more"),
            ("at 7 p.m. on 1 May", "at 7\u{a0}p.m. on 1\u{a0}May"),
            ("Mr. Dobbs, 12 kg, 20 %", "Mr.\u{a0}Dobbs, 12\u{a0}kg, 20\u{a0}%"),
            ("Louis XIV — 20 £", "Louis\u{a0}XIV\u{a0}— 20\u{a0}£"),
        ] {
            let english = Lang::parse("en").unwrap_or_default();
            assert_eq!(tied(words, '\n', &english), wanted);
        }
    }
}
