//! Where words may be hyphenated: patterns by language, exceptions by book.
//!
//! The patterns are F. M. Liang's ("Word Hy-phen-a-tion by Com-put-er", 1983),
//! as the TeX community keeps them.

use crate::book::Lang;
use std::collections::BTreeMap;

/// Letters that must stay before a hyphen.
const BEFORE: usize = 2;
/// Letters that must come after a hyphen.
const AFTER: usize = 3;

/// Two consonants that are one sound, or begin a syllable together.
const SOUNDS: [&str; 14] =
    ["bl", "br", "ch", "ck", "cl", "cr", "dr", "gh", "gr", "ph", "sh", "th", "tr", "wh"];

/// Finds hyphenation points.
#[derive(Clone, Debug, Default)]
pub struct Hyphenator {
    exceptions: BTreeMap<String, Vec<usize>>,
}

impl Hyphenator {
    /// One that knows the book's `exceptions`: words with their only
    /// hyphenation points (`mani-fest`), or with none.
    #[must_use]
    pub fn new(exceptions: &[String]) -> Hyphenator {
        Hyphenator { exceptions: exceptions.iter().map(|word| exception(word)).collect() }
    }

    /// The bytes of `word`, which is letters alone, before which it may be
    /// hyphenated in the language.
    #[must_use]
    pub fn points(&self, word: &str, lang: &Lang) -> Vec<usize> {
        if lang.is_none() {
            return Vec::new();
        }
        if let Some(points) = self.exception(word) {
            return points.iter().copied().filter(|at| word.is_char_boundary(*at)).collect();
        }
        let Some(patterns) = patterns(lang) else { return Vec::new() };
        let (before, after) = patterns.bounds();
        if word.len() < before.max(BEFORE) + after.max(AFTER) {
            return Vec::new();
        }
        // The patterns know the round s alone. A long one is divided as that is, and stays long before a
        // hyphen (`Waſ-ſer`); in the text it takes a byte more.
        if word.contains(LONG_S) {
            let round = word.replace(LONG_S, "s");
            let points = self.points(&round, lang).into_iter();
            return points.map(|at| with_long_s(word, at)).collect();
        }
        let mut at = 0;
        let mut points: Vec<usize> =
            hypher::hyphenate_bounded(word, patterns, before.max(BEFORE), after.max(AFTER))
                .map(|syllable| {
                    at += syllable.len();
                    at
                })
                .collect();
        points.pop();
        points
    }

    /// Where an English word may be divided of which the patterns know nothing, as of most
    /// names: by the rule that they go by, before a consonant that stands between two vowels
    /// (`Tre-lawney`) and between two consonants (`Trelaw-ney`, `Al-phonso`). They are found for a line that
    /// has nothing else to end with, since a guess is better than holes between its words.
    #[must_use]
    pub fn guessed(&self, word: &str, lang: &Lang) -> Vec<usize> {
        let is_known = self.exception(word).is_some();
        if is_known || lang.primary() != "en" || !word.is_ascii() || word.len() < BEFORE + AFTER {
            return Vec::new();
        }
        let letters = word.to_ascii_lowercase();
        let vowel = |at: usize| letters.as_bytes().get(at).is_some_and(|c| b"aeiouy".contains(c));
        let is_sound = |at: usize| letters.get(at..at + 2).is_some_and(|two| SOUNDS.contains(&two));
        let open = |at: usize| vowel(at - 1) && !vowel(at) && vowel(at + 1);
        // Behind a consonant, two that belong together begin a syllable as one does.
        let begins = |at: usize| !vowel(at) && vowel(at + if is_sound(at) { 2 } else { 1 });
        let closed = |at: usize| vowel(at - 2) && !vowel(at - 1) && !is_sound(at - 1) && begins(at);
        (BEFORE..=word.len() - AFTER).filter(|at| open(*at) || closed(*at)).collect()
    }

    /// The parts into which a word may be divided, whatever stands in it: after
    /// hyphens and slashes, and where its letters may be hyphenated. One part
    /// when there is no such place.
    #[must_use]
    pub fn parts<'w>(&self, word: &'w str, lang: &Lang) -> Vec<&'w str> {
        let mut parts = Vec::new();
        for piece in word.split_inclusive(['-', '\u{2010}', '\u{2013}', '\u{2014}', '/']) {
            let letters = piece.trim_start_matches(|c: char| !c.is_alphabetic());
            let start = piece.len() - letters.len();
            let letters = letters.trim_end_matches(|c: char| !c.is_alphabetic());
            let all = letters.chars().all(char::is_alphabetic);
            let points = if all { self.points(letters, lang) } else { Vec::new() };
            let mut from = 0;
            for at in points.into_iter().map(|at| start + at).chain([piece.len()]) {
                parts.extend(piece.get(from..at));
                from = at;
            }
        }
        parts
    }

    fn exception(&self, word: &str) -> Option<&Vec<usize>> {
        if self.exceptions.is_empty() { None } else { self.exceptions.get(&word.to_lowercase()) }
    }
}

/// The s of old prints within a word.
const LONG_S: char = 'ſ';

/// The place in a word that lies at the byte `at` of the same word with round s alone.
fn with_long_s(word: &str, at: usize) -> usize {
    let mut round = 0;
    let before = word.char_indices().find(|(_, c)| {
        let found = round == at;
        round += if *c == LONG_S { 1 } else { c.len_utf8() };
        found
    });
    before.map_or(word.len(), |(start, _)| start)
}

/// Whether there are patterns for the language, or need be none.
#[must_use]
pub fn has_patterns(lang: &Lang) -> bool {
    lang.is_none() || patterns(lang).is_some()
}

/// What ends in f and is joined to other words in German, as words end in it: of two f that
/// a division parts they say that the second one begins another word (`auf-finden`, but
/// `hof-fen`).
const BEFORE_F: [&str; 20] = [
    "auf", "beruf", "brief", "chef", "dorf", "elf", "fünf", "golf", "hanf", "huf", "kauf", "kopf", "lauf",
    "prüf", "schiff", "senf", "stoff", "tief", "topf", "wolf",
];

/// The bytes of a German word at which a ligature would go over a joint: `Auf|lage`,
/// `Schilf|insel`, `käuf|lich`, but `hoffen`, `Grafik`.
///
/// Where words are joined they may be divided, so the patterns find the joints. They divide
/// within a stem too, but there an f between two vowels begins the next syllable
/// (`Gra-fik`) and never ends one before i, j or l.
#[must_use]
pub fn joints(word: &str) -> Vec<usize> {
    if !word.contains('f') {
        return Vec::new();
    }
    let mut at = 0;
    let mut joints = Vec::new();
    for syllable in hypher::hyphenate_bounded(word, hypher::Lang::German, BEFORE, BEFORE) {
        at += syllable.len();
        let (before, after) = word.split_at(at);
        let joined = match after.chars().next() {
            Some('b' | 'h' | 'i' | 'j' | 'k' | 'l') => true,
            Some('f') => BEFORE_F.iter().any(|end| before.to_lowercase().ends_with(end)),
            _ => false,
        };
        if joined && before.ends_with('f') {
            joints.push(at);
        }
    }
    joints
}

/// The word's letters, and where its hyphens stood among them.
fn exception(word: &str) -> (String, Vec<usize>) {
    let (mut letters, mut points) = (String::new(), Vec::new());
    for c in word.chars() {
        match c {
            '-' | '\u{ad}' | '‐' => points.push(letters.len()),
            c => letters.extend(c.to_lowercase()),
        }
    }
    (letters, points)
}

/// The patterns of a language: ancient Greek takes those of modern Greek, and
/// Norwegian those of Bokmål.
fn patterns(lang: &Lang) -> Option<hypher::Lang> {
    let code = match lang.primary() {
        "grc" => "el",
        "no" | "nn" => "nb",
        "sh" => "sr",
        primary => primary,
    };
    hypher::Lang::from_iso(<[u8; 2]>::try_from(code.as_bytes()).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(hyphenator: &Hyphenator, word: &str, lang: &str) -> String {
        let mut out = word.to_owned();
        for at in hyphenator.points(word, &Lang::parse(lang).unwrap()).into_iter().rev() {
            out.insert(at, '-');
        }
        out
    }

    #[test]
    fn words_are_divided_by_their_language() {
        let hyphenator = Hyphenator::default();
        let cases = [
            ("en", "international", "in-ter-na-tional"),
            ("en-GB", "only", "only"),
            ("de", "Silbentrennung", "Sil-ben-tren-nung"),
            ("de", "Waſſerſtraße", "Waſ-ſer-ſtraße"),
            ("fr", "développement", "dé-ve-lop-pe-ment"),
            ("ru", "революция", "ре-во-лю-ция"),
            ("tlh", "international", "international"),
        ];
        for (lang, word, divided) in cases {
            assert_eq!(split(&hyphenator, word, lang), divided);
        }
    }

    #[test]
    fn names_that_no_pattern_knows_are_guessed() {
        let lang = Lang::parse("en-GB").unwrap();
        let parts = |word: &str| {
            let mut out = word.to_owned();
            for at in Hyphenator::default().guessed(word, &lang).into_iter().rev() {
                out.insert(at, '-');
            }
            out
        };
        assert_eq!(parts("Trelawney"), "Tre-law-ney");
        assert_eq!(parts("Paraguayans"), "Pa-ra-guayans");
        assert_eq!(parts("Alphonso"), "Al-phonso");
        assert_eq!(parts("Ashford"), "Ashford");
        assert_eq!(parts("father"), "father");
        assert!(Hyphenator::default().guessed("Silber", &Lang::parse("de").unwrap()).is_empty());
    }

    #[test]
    fn german_joints_are_where_words_are_joined() {
        let parted = |word: &str| {
            let mut out = word.to_owned();
            joints(word).into_iter().rev().for_each(|at| out.insert(at, '|'));
            out
        };
        for word in ["auf|finden", "Auf|lage", "käuf|lich", "Schilf|insel", "treff|lich", "Brief|freund"] {
            assert_eq!(parted(&word.replace('|', "")), word);
        }
        for word in ["hoffen", "Grafik", "Flagge", "offen", "Stoffe", "finden", "schaffen", "Kräfte"] {
            assert_eq!(parted(word), word);
        }
    }

    #[test]
    fn marks_around_a_word_stay_with_it() {
        let parts = |word| Hyphenator::default().parts(word, &Lang::parse("de").unwrap());
        assert_eq!(parts("»Silbentrennung!«"), ["»Sil", "ben", "tren", "nung!«"]);
        assert_eq!(parts("Trenn-Silben"), ["Trenn-", "Sil", "ben"]);
        assert_eq!(parts("H2SO4"), ["H2SO4"]);
    }

    #[test]
    fn the_books_exceptions_come_first() {
        let hyphenator = Hyphenator::new(&["mani-festo".into(), "Lenin".into()]);
        assert_eq!(split(&hyphenator, "manifesto", "en"), "mani-festo");
        assert_eq!(split(&hyphenator, "Manifesto", "en"), "Mani-festo");
        assert_eq!(split(&hyphenator, "lenin", "en"), "lenin");
        assert_eq!(split(&hyphenator, "manifesto", "zxx"), "manifesto");
    }
}
