//! Words that have lost letters: whether a single mark is an apostrophe or opens.

use super::{APOSTROPHE, Run, closing};
use crate::terms;

impl Run {
    /// Whether letters are left out here: ’90s, ’tis, rock ’n’ roll.
    pub(super) fn elision(&self, index: usize) -> bool {
        let tail = self.seen[index + 1..].iter().map(|(c, _)| *c);
        let digits = tail.clone().take_while(char::is_ascii_digit).count();
        let behind = self.seen.get(index + 1 + digits).map(|(c, _)| *c);
        if digits == 2 && !behind.is_some_and(|c| c.is_alphabetic() && c != 's') {
            let ends = behind.is_none_or(|c| c.is_whitespace() || closing(c) || c == '"');
            let dated = ends && (self.follows_letter(index) || self.follows_month(index));
            return behind == Some('s') || dated || !self.closes_later(index);
        }
        self.english && self.english_elision(index)
    }

    /// The same for English, where most such words are known. Of those that are whole
    /// words as well (’cause), and of any word in the middle of a sentence, it depends
    /// on whether a mark further on closes what would open here.
    fn english_elision(&self, index: usize) -> bool {
        let tail = self.seen[index + 1..].iter().map(|(c, _)| *c);
        let word: String = tail.take(12).take_while(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
        let length = word.chars().count();
        let after_word = self.seen.get(index + 1 + length).map(|(c, _)| *c);
        if word == "n" && matches!(after_word, Some('\'' | '’')) || ELISIONS.contains(&word.as_str()) {
            return true;
        }
        // ’d, ’m, ’s and the like that stand apart
        let small = self.after(index).is_some_and(char::is_lowercase);
        if length == 1 && small && "dmtsf".contains(&word) && after_word.is_none_or(|c| c == ' ') {
            return true;
        }
        if (word == "e" && matches!(after_word, Some(' ' | '\''))) || (word == "er" && small) {
            return true;
        }
        let inner = self.follows_open_mark(index) && self.open.last().is_some_and(|(double, _)| !double);
        if inner && length > 0 {
            return true;
        }
        if word == "a" && after_word == Some('\'') {
            return self.follows_auxiliary(index);
        }
        let letter_before = self.follows_letter(index);
        // within single marks stand double ones, and no single ones
        if letter_before && self.open.last().is_some_and(|(double, _)| !double) {
            return true;
        }
        if WHOLE_WORDS.contains(&word.as_str()) && (small || word == "cause") {
            let resumes = !letter_before && self.resumes_speech(index);
            return !resumes
                && after_word != Some('\'')
                && !self.closer(index).is_some_and(|closer| closer.firm);
        }
        letter_before && small && self.closer(index).is_none()
    }

    /// Whether a word goes before and no mark of punctuation.
    fn follows_letter(&self, index: usize) -> bool {
        let before = self.seen[..index].iter().rev().map(|(c, _)| *c).find(|c| !c.is_whitespace());
        before.is_some_and(|c| c.is_alphabetic() || c == APOSTROPHE)
    }

    /// Whether a month and a comma go before: January, ’85.
    fn follows_month(&self, index: usize) -> bool {
        let before: Vec<char> = self.seen[index.saturating_sub(14)..index].iter().map(|(c, _)| *c).collect();
        let before: String = before.into_iter().collect();
        let word =
            before.trim_end().strip_suffix(',').and_then(|words| words.rsplit(' ').next()).unwrap_or("");
        terms::months("en").any(|month| month == word)
    }

    /// Whether a verb goes before that `’a’`, "have", follows: I’d ’a’ gone.
    fn follows_auxiliary(&self, index: usize) -> bool {
        let before = self.seen[..index].iter().rev().map(|(c, _)| *c).skip_while(|c| c.is_whitespace());
        let word: String = before.take_while(|c| !c.is_whitespace()).collect();
        let word: String = word.chars().rev().collect::<String>().to_lowercase();
        ["’d", "n’t", "could", "would", "should", "might", "must"].iter().any(|end| word.ends_with(end))
    }

    /// The mark that would close in the same sentence what opens at `index`.
    fn closer(&self, index: usize) -> Option<Closer> {
        let at = |index: usize| self.seen.get(index).map(|(c, _)| *c);
        for here in index + 2..self.seen.len().min(index + LONGEST_INNER) {
            let (before, after) = (self.seen[here - 1].0, at(here + 1));
            match self.seen[here].0 {
                '"' => return None,
                '.' | '!' | '?' if after == Some(' ') && at(here + 2).is_some_and(char::is_uppercase) => {
                    return None;
                }
                '\'' if after.is_none_or(|c| !c.is_alphanumeric()) && !before.is_whitespace() => {
                    let firm = closing(before) || before == '…';
                    if firm || !self.drops_its_end(here) {
                        return Some(Closer { firm });
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// Whether the word before `index` is one that loses its end: o’, an’, lovin’.
    fn drops_its_end(&self, index: usize) -> bool {
        let letters = self.seen[..index].iter().rev().map(|(c, _)| *c).take_while(|c| c.is_alphabetic());
        let word: String = letters.collect::<Vec<_>>().into_iter().rev().collect::<String>().to_lowercase();
        DROPPED_ENDS.contains(&word.as_str()) || word.len() > 4 && word.ends_with("in")
    }

    /// Whether a single mark that may close stands further on, before any double one.
    fn closes_later(&self, index: usize) -> bool {
        let tail = self.seen[index + 1..].iter().take(200).map(|(c, _)| *c).take_while(|c| *c != '"');
        let tail: Vec<char> = tail.collect();
        tail.windows(2).any(|w| w[0] == '\'' && !w[1].is_alphanumeric()) || tail.last() == Some(&'\'')
    }
}

/// A mark that may close an inner quotation.
struct Closer {
    /// A mark of punctuation stands before it: it can be no apostrophe.
    firm: bool,
}

/// An inner quotation within one sentence is hardly longer.
const LONGEST_INNER: usize = 400;

/// English words that begin with an apostrophe, and are none without it.
#[rustfmt::skip]
const ELISIONS: &[&str] = &[
    "tis", "twas", "twere", "twill", "twould", "twasn", "tisn", "twouldn", "tain", "twarn", "twon", "em",
    "til", "neath", "gainst", "twixt", "tween", "mongst", "bout", "pon", "cept", "cos", "coz", "cuz", "kase",
    "kaze", "spose", "sposin", "spect", "spute", "sputed", "sturb", "lection", "fraid", "nuff", "nother", "tother",
    "uz", "ud", "ull", "un", "uns", "im", "erself", "imself", "arry", "enry", "arriet", "ome", "ouse",
    "orse", "ead", "eard", "undred", "orrible", "ullo", "umble", "igh", "ard", "arf", "alf", "ap", "vantage",
    "sblood", "sdeath", "swounds", "zounds", "struth", "strewth", "ansom", "spec", "thout", "nough", "balmed", "ee", "eed", "ospital", "fessor", "lizabeth",
];

/// English words that lose their beginning and are whole words without it as well.
const WHOLE_WORDS: &[&str] = &[
    "cause", "fore", "way", "long", "round", "less", "most", "stead", "lowed", "at", "ere", "ear", "gin",
    "deed", "low", "member", "live", "top",
];

/// English words that lose their end.
const DROPPED_ENDS: &[&str] =
    &["o", "an", "th", "wi", "ol", "mo", "po", "fo", "befo", "mos", "los", "jis", "tho", "d", "t", "n"];
