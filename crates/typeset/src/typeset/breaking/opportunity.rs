//! Where a line may end besides hyphenation: Unicode UAX #14, refined.
//!
//! The standard says what is possible; the refinements say what a compositor
//! would not do: leave a dash to begin a line, part initials from a name,
//! or break a number.

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};
use std::collections::HashMap;

/// How good a place is for a line to end, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BreakClass {
    /// As good as any.
    Allowed,
    /// Rather not: after a title, in an address.
    Discouraged,
    /// Hardly: after the hyphen of a name, or a word that leans on the next.
    Poor,
    /// Only when lines cannot be even otherwise: in a name, before a dash.
    Emergency,
    /// Only when there is no other line at all: in a date, a number, between
    /// initials, at a space beside a bracket.
    LastResort,
    /// None.
    Forbidden,
}

/// Answers where lines may end.
pub struct Opportunities {
    segmenter: LineSegmenterBorrowed<'static>,
    pairs: HashMap<(char, bool, char), bool>,
}

impl Default for Opportunities {
    fn default() -> Opportunities {
        let segmenter = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
        Opportunities { segmenter, pairs: HashMap::new() }
    }
}

impl Opportunities {
    /// The bytes inside `word`, which has no spaces, before which a line may
    /// begin, and how good each place is.
    #[must_use]
    pub fn inside(&self, word: &str) -> Vec<(usize, BreakClass)> {
        // The order matters: an address would be cut at every slash and dot by the standard, and most
        // words are plain ones, of which the standard has nothing to say, so that it need not be
        // asked.
        if is_address(word) {
            return inside_address(word);
        }
        if word.chars().all(is_plain) {
            return Vec::new();
        }
        let inner = |at: &usize| *at > 0 && *at < word.len();
        let mut places: Vec<usize> = self.segmenter.segment_str(word).filter(inner).collect();
        places.extend(behind_dashes(word));
        places.sort_unstable();
        places.dedup();
        places
            .into_iter()
            .map(|at| (at, refine_inside(&word[..at], &word[at..])))
            .filter(|(_, class)| *class != BreakClass::Forbidden)
            .collect()
    }

    /// Whether a line may end between two words, with a space or without.
    pub fn between(&mut self, before: &str, spaced: bool, after: &str) -> BreakClass {
        let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else {
            return if spaced { BreakClass::Allowed } else { BreakClass::Forbidden };
        };
        if !spaced && last.is_alphanumeric() && first.is_alphanumeric() && is_plain(last) && is_plain(first) {
            return BreakClass::Forbidden;
        }
        // Between two letters with a space the standard always allows a break; only what it might
        // forbid is looked up, and kept: a book has few such pairs of signs.
        let plain = spaced && last.is_alphanumeric() && first.is_alphanumeric();
        if !plain && !self.pair(last, spaced, first) {
            // Where the standard forbids a break at a space (before a dash of some languages, beside a
            // bracket) one is kept for the last of all passes: a line that sticks out of the page is
            // worse.
            return if spaced { BreakClass::LastResort } else { BreakClass::Forbidden };
        }
        if spaced { refine_between(before, after) } else { refine_inside(before, after) }
    }

    /// What the standard says of two characters.
    fn pair(&mut self, last: char, spaced: bool, first: char) -> bool {
        let segmenter = self.segmenter;
        *self.pairs.entry((last, spaced, first)).or_insert_with(|| {
            let mut text = String::from(last);
            if spaced {
                text.push(' ');
            }
            let at = text.len();
            text.push(first);
            segmenter.segment_str(&text).any(|other| other == at)
        })
    }
}

/// Whether the standard has nothing to say inside words of such characters.
fn is_plain(c: char) -> bool {
    matches!(c, '\u{2018}'..='\u{201f}' | '\'' | '"' | '.' | ',' | ';' | ':' | '!' | '?' | '(' | ')')
        || c.is_alphanumeric() && c < '\u{e00}'
}

/// Whether the word is an address of the World Wide Web.
pub(crate) fn is_address(word: &str) -> bool {
    word.contains("://") || word.starts_with("www.")
}

/// Where an address may be divided: behind slashes, and before other marks, so
/// that none can be taken for the sentence's own (Chicago Manual of Style,
/// 17th edition, 7.46).
fn inside_address(word: &str) -> Vec<(usize, BreakClass)> {
    let mut places = Vec::new();
    let mut last = None;
    for (at, c) in word.char_indices() {
        let next = word[at + c.len_utf8()..].chars().next();
        let behind = last == Some('/') && c != '/';
        let before = matches!(c, '.' | ',' | '-' | '~' | '_' | '?' | '#' | '%' | '=' | '&')
            && last.is_some_and(char::is_alphanumeric)
            && next.is_some_and(char::is_alphanumeric);
        if behind || before {
            places.push((at, BreakClass::Discouraged));
        }
        last = Some(c);
    }
    places
}

/// Behind each dash at which something is quoted, `said—“Never`: the standard forbids a
/// break before every quotation mark, since it can't tell which of them open.
fn behind_dashes(word: &str) -> impl Iterator<Item = usize> {
    let opens = |behind: &str| {
        let mut letters = behind.chars();
        letters.next().is_some_and(|mark| matches!(mark, '“' | '‘' | '«' | '„' | '‚'))
            && letters.next().is_some_and(char::is_alphanumeric)
    };
    let behind = word.match_indices(['—', '–', '―']).map(|(at, dash)| at + dash.len());
    behind.filter(move |at| *at > 3 && opens(&word[*at..]))
}

fn is_dash(c: char) -> bool {
    matches!(c, '–' | '—' | '―' | '⸺')
}

/// Marks that the standard lets begin a line (UAX #14, class BB) though they follow a letter.
fn is_stress(c: char) -> bool {
    matches!(c, '\u{b4}' | '\u{2c8}' | '\u{2cc}' | '\u{2df}' | '\u{1ffd}')
}

fn refine_inside(before: &str, after: &str) -> BreakClass {
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else {
        return BreakClass::Forbidden;
    };
    // no more letters are counted than matter: a word may be as long as a text
    let letters_before = before.chars().rev().skip(1).take(2).take_while(|c| c.is_alphanumeric()).count();
    let letters_after = after.chars().take(3).take_while(|c| c.is_alphanumeric()).count();
    match last {
        // The standard breaks before marks of stress, as dictionaries do; in a word (`kē´-ban`, `mīˈdē`)
        // they belong to the letter before them.
        _ if last.is_alphabetic() && is_stress(first) => BreakClass::Forbidden,
        _ if is_dash(first) => BreakClass::Emergency,
        '–' | '-' | '‐' if first.is_numeric() => BreakClass::Emergency,
        '-' | '‐' if letters_before < 2 || letters_after < 3 => BreakClass::Emergency,
        '/' => BreakClass::Discouraged,
        _ => BreakClass::Allowed,
    }
}

fn refine_between(before: &str, after: &str) -> BreakClass {
    // From the strongest tie to the weakest; the first that holds decides. None of them knows a
    // language: what a language ties is asked for in `terms::tie`.
    if after.chars().next().is_some_and(is_dash) {
        return BreakClass::Emergency;
    }
    let capital = |word: &str| word.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
    // `December 21, 1949`: the day stays with its month to the last, and the year parts from the day
    // only when lines cannot be even otherwise.
    let dated = is_small_number(after) && capital(before);
    // No list of months is needed: a word with a capital beside a number of one or two figures is
    // taken for a date. Where that is wrong, as in `Henry 8`, the two had better stay together too.
    // Initials stay with the name behind them, and a number of several parts is one word that happens
    // to have spaces in it: all three are parted only by a paragraph that has no other way to be set,
    // and a line that sticks out of the page would be the price of forbidding it.
    if is_initial(before) && capital(after) || is_thousands(before, after) || dated {
        return BreakClass::LastResort;
    }
    if is_small_number(before) && is_year(after) {
        return BreakClass::Emergency;
    }
    BreakClass::Allowed
}

/// `V.`, `V.I.`, `(J.`: an initial, or several.
fn is_initial(word: &str) -> bool {
    let letters = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut chars = letters.chars();
    let mut any = false;
    while let Some(c) = chars.next() {
        if !c.is_uppercase() || chars.next() != Some('.') {
            return false;
        }
        any = true;
    }
    any
}

/// `10 000`: the parts of one number.
fn is_thousands(before: &str, after: &str) -> bool {
    let digits = |word: &str| word.bytes().take_while(u8::is_ascii_digit).count();
    digits(before) == before.len() && (1..=3).contains(&before.len()) && digits(after) == 3
}

/// `21`, `21,`, `7.`: the day of a month, the number of a chapter.
fn is_small_number(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_punctuation());
    (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `1949`, `1949.`: a year behind a day.
fn is_year(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` may break, `:` reluctantly, `?` hardly, `!` in despair, `&` when there
    /// is no other line, nothing never.
    fn drawn(text: &str) -> String {
        let mut opportunities = Opportunities::default();
        let words: Vec<&str> = text.split(' ').collect();
        let mut out = String::new();
        for (n, word) in words.iter().enumerate() {
            let mut from = 0;
            for (at, class) in opportunities.inside(word) {
                out.push_str(&word[from..at]);
                out.push_str(sign(class));
                from = at;
            }
            out.push_str(&word[from..]);
            if let Some(next) = words.get(n + 1) {
                out.push(' ');
                out.push_str(sign(opportunities.between(word, true, next)));
            }
        }
        out
    }

    fn sign(class: BreakClass) -> &'static str {
        match class {
            BreakClass::Allowed => "|",
            BreakClass::Discouraged => ":",
            BreakClass::Poor => "?",
            BreakClass::Emergency => "!",
            BreakClass::LastResort => "&",
            BreakClass::Forbidden => "",
        }
    }

    #[test]
    fn lines_end_where_a_compositor_would_end_them() {
        let cases = [
            ("so it was", "so |it |was"),
            ("lime-tree", "lime-|tree"),
            ("world—wide", "world!—|wide"),
            ("he said – and", "he |said !– |and"),
            ("V. I. Lenin said", "V. &I. &Lenin |said"),
            ("10 000 men", "10 &000 |men"),
            ("on December 21, 1949", "on |December &21, !1949"),
            ("said—“Never—”", "said!—|“Never!—”"),
            ("1914–18", "1914–!18"),
            ("at http://a.org/so/on.", "at |http://:a:.org/:so/:on."),
            ("at www.a.org/x-y?z=1,", "at |www:.a:.org/:x:-y:?z:=1,"),
            ("word (aside)", "word |(aside)"),
            ("mot ! et", "mot &! |et"),
            ("get( this ).text", "get( &this &).text"),
            ("kē´-ban-dēˈna", "kē´-!ban-|dēˈna"),
            ("日本語", "日|本|語"),
            ("a\u{a0}b c", "a\u{a0}b |c"),
        ];
        for (text, expected) in cases {
            assert_eq!(drawn(text), expected);
        }
    }
}
