//! Words that have lost letters: whether a single mark is an apostrophe or opens.

use super::{APOSTROPHE, Run, closing};
use crate::book::Lang;
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
            // a stop behind it ends a part of the sentence, unless a mark closes there what opens here: ‘76,’ he said
            let beyond = self.seen.get(index + 2 + digits).map(|(c, _)| *c);
            let stopped =
                behind.is_some_and(|c| closing(c) && c != '-') && !matches!(beyond, Some('\'' | '’'));
            return stopped || behind == Some('s') || dated || !self.closes_later(index);
        }
        self.english && self.english_elision(index) || self.is_elided_word(index)
    }

    /// Whether a word follows that has lost its beginning in this language, and no mark behind it that it stands within:
    /// German ’s and ’ne, Dutch ’t.
    fn is_elided_word(&self, index: usize) -> bool {
        if self.elided.is_empty() {
            return false;
        }
        let word = self.word_after(index);
        let behind = self.seen.get(index + 1 + word.chars().count()).map(|(c, _)| *c);
        self.elided.contains(&word.as_str()) && behind == Some(' ')
    }

    /// The same for English, where most such words are known. Of those that are whole
    /// words as well (’cause), and of any word in the middle of a sentence, it depends
    /// on whether a mark further on closes what would open here.
    fn english_elision(&self, index: usize) -> bool {
        let word = self.word_after(index);
        let length = word.chars().count();
        let after_word = self.seen.get(index + 1 + length).map(|(c, _)| *c);
        if self.is_known_elision(index) {
            return true;
        }
        // ’d, ’m, ’s and the like that stand apart
        let small = self.after(index).is_some_and(char::is_lowercase);
        if length == 1
            && (small || word == "t")
            && "dmntsf".contains(&word)
            && after_word.is_none_or(|c| c == ' ' || closing(c))
        {
            return true;
        }
        // one letter and another mark, as in ’t’s, are what is left of two words
        let second = self.seen.get(index + 2 + length).map(|(c, _)| *c);
        if length == 1 && small && after_word == Some('\'') && second.is_some_and(char::is_lowercase) {
            return true;
        }
        if (word == "e" && after_word == Some('\'')) || (word == "er" && small) {
            return true;
        }
        // light-’arted: behind a word's hyphen a part of it goes on, but for a word in marks of its own
        if small && after_word != Some('\'') && self.follows_hyphen(index) {
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
        // within single marks stand double ones, and no single ones, but around one word
        let is_enclosed = after_word == Some('\'') && !second.is_some_and(char::is_alphanumeric);
        if !is_enclosed
            && let Some((false, open)) = self.open.last().copied()
            && (letter_before || length > 0 && self.is_speech(open) && !self.follows_saying(index))
        {
            return true;
        }
        if WHOLE_WORDS.contains(&word.as_str()) && (small || word == "cause") {
            let resumes = !letter_before && self.resumes_speech(index);
            // the ‘long trip’: behind an article a name stands, and no word that has lost its beginning
            let named = self.follows_article(index) && self.closer(index).is_some();
            return !resumes
                && !named
                && after_word != Some('\'')
                && !self.closer(index).is_some_and(|closer| closer.firm);
        }
        let says = self.follows_saying(index);
        let within = letter_before || self.follows_comma(index) && !self.resumes_speech(index);
        within
            && !says
            && match small {
                true => self.closer(index).is_none(),
                false => !letter_before && !self.may_go_on() && !self.is_closed_later(index),
            }
    }

    /// Whether an article or a word like one goes before.
    fn follows_article(&self, index: usize) -> bool {
        const ARTICLES: [&str; 10] = ["the", "a", "an", "this", "his", "her", "my", "your", "their", "our"];
        index >= 2
            && self.seen[index - 1].0 == ' '
            && ARTICLES.contains(&self.word_before(index - 1).as_str())
    }

    /// Whether a word and a hyphen that touches it go before.
    fn follows_hyphen(&self, index: usize) -> bool {
        index >= 2 && self.seen[index - 1].0 == '-' && self.seen[index - 2].0.is_alphabetic()
    }

    /// Whether a comma or a semicolon goes before, and no end of a phrase.
    fn follows_comma(&self, index: usize) -> bool {
        let mut before = self.seen[..index].iter().rev().map(|(c, _)| *c).filter(|c| !c.is_whitespace());
        // behind a bracket goes on what stood before it
        matches!(before.next(), Some(',' | ';')) && before.next() != Some(')')
    }

    /// Whether a mark behind a letter closes nothing: it stands for the end of a word (o’, ’n’), or a
    /// speech is open, and a mark behind punctuation ends it before another one could begin:
    /// ‘I saw the boys’ house,’ he said.
    pub(super) fn speech_goes_on(&self, index: usize) -> bool {
        if !self.before(index).is_some_and(char::is_alphanumeric) {
            return false;
        }
        let word = self.word_before(index);
        let encloses = |open: usize| index.checked_sub(word.chars().count() + 1) == Some(open);
        if self.open.last().is_some_and(|(_, open)| encloses(*open) && !self.is_speech(*open)) {
            // one word in its marks; of two marks behind it the first is its own: ‘wutherin’’
            return self.after(index) == Some('\'') && self.drops_its_end(index);
        }
        let lost_n = word == "n" && index > 1 && self.seen[index - 2].0 == APOSTROPHE;
        let is_letter = matches!(word.as_str(), "d" | "t" | "n");
        if lost_n || !is_letter && DROPPED_ENDS.contains(&word.as_str()) {
            return true;
        }
        // behind a possessive the words go on, and no colon or semicolon stands there
        let is_parted = matches!(self.after(index), Some(':' | ';'));
        let may_be_part = word.ends_with('s') && !is_parted || self.drops_its_end(index);
        let Some((false, open)) = self.open.last().copied() else { return false };
        self.is_speech(open) && self.ends_before_another(index, may_be_part)
    }

    /// Whether a German word has lost its end before a mark within a speech, `‚Das hab' ich, lieb' Mutter!‘`: a letter
    /// stands before it, and what is open ends further on.
    pub(super) fn is_cut_word(&self, index: usize) -> bool {
        let before = self.before(index).is_some_and(char::is_alphabetic);
        before && self.after(index) == Some(' ') && self.ends_before_another(index, false)
    }

    /// Whether a mark behind punctuation ends a speech before another speech begins. What
    /// begins with a small letter in the middle of a sentence is none, when `lenient`.
    fn ends_before_another(&self, index: usize, lenient: bool) -> bool {
        for here in index + 1..self.seen.len().min(index + LONGEST_SPEECH) {
            let before = self.seen[here - 1].0;
            let after = self.seen.get(here + 1).map(|(c, _)| *c);
            let word_follows = after.is_some_and(char::is_alphanumeric);
            match self.seen[here].0 {
                '"' | '\n' => return false,
                '\'' if !word_follows && (closing(before) || before == '…') => return true,
                '\'' if word_follows && !before.is_alphanumeric() => {
                    let within = after.is_some_and(char::is_lowercase) && self.follows_letter(here);
                    let is_elided = match self.english {
                        true => {
                            self.is_known_elision(here)
                                || WHOLE_WORDS.contains(&self.word_after(here).as_str())
                        }
                        false => self.is_elided_word(here),
                    };
                    if !(is_elided || within && lenient) {
                        return false;
                    }
                }
                _ => {}
            }
        }
        false
    }

    /// Whether a mark stands further on that closes, and that nothing else has opened.
    pub(super) fn is_closed_later(&self, index: usize) -> bool {
        let mut open = 0_usize;
        let end = self.seen.len().min(index + LONGEST_SPEECH);
        for here in index + 1..end {
            let before = self.seen[here - 1].0;
            let after = self.seen.get(here + 1).map(|(c, _)| *c);
            let word_follows = after.is_some_and(char::is_alphanumeric);
            match self.seen[here].0 {
                '"' if !self.open_doubles.is_empty() => return false,
                '\'' if word_follows && !before.is_alphanumeric() => {
                    open += usize::from(!self.is_known_elision(here));
                }
                '\'' if !word_follows && !before.is_whitespace() => match open {
                    0 => return true,
                    _ => open -= 1,
                },
                _ => {}
            }
        }
        end < self.seen.len()
    }

    /// The letters that follow, as far as words go, in small ones.
    pub(super) fn word_after(&self, index: usize) -> String {
        let tail = self.seen[index + 1..].iter().map(|(c, _)| *c);
        tail.take(12).take_while(|c| c.is_alphabetic()).collect::<String>().to_lowercase()
    }

    /// The letters that go before, in small ones.
    pub(super) fn word_before(&self, index: usize) -> String {
        let letters =
            self.seen[..index].iter().rev().map(|(c, _)| *c).take(24).take_while(|c| c.is_alphabetic());
        letters.collect::<Vec<_>>().into_iter().rev().collect::<String>().to_lowercase()
    }

    /// Whether an English word follows that always has lost its beginning: ’tis, ’em, ’n’.
    pub(super) fn is_known_elision(&self, index: usize) -> bool {
        let word = self.word_after(index);
        let after_word = self.seen.get(index + 1 + word.chars().count()).map(|(c, _)| *c);
        let behind = self.seen.get(index + 3).map(|(c, _)| *c);
        let is_and = word == "n"
            && matches!(after_word, Some('\'' | '’'))
            && behind.is_some_and(|c| c == ' ' || c.is_alphanumeric());
        // ’e’s, ’e said: “he”; a letter that is named stands between two marks
        let is_he = word == "e"
            && match after_word {
                Some(' ') => true,
                Some('\'' | '’') => behind.is_some_and(char::is_alphabetic),
                _ => false,
            };
        is_and || is_he || ELISIONS.contains(&word.as_str())
    }

    /// Whether a word goes before and no mark of punctuation.
    fn follows_letter(&self, index: usize) -> bool {
        let before = self.seen[..index].iter().rev().map(|(c, _)| *c).find(|c| !c.is_whitespace());
        before.is_some_and(|c| c.is_alphabetic() || matches!(c, '\'' | APOSTROPHE))
    }

    /// Whether a verb of speaking goes before: right before, or with a comma and in the same
    /// clause, as in: said the old man, ‘you.
    pub(super) fn follows_saying(&self, index: usize) -> bool {
        let before: String = self.seen[index.saturating_sub(60)..index].iter().map(|(c, _)| *c).collect();
        let before = before.trim_end();
        let clause = before.trim_end_matches([',', ':', ';']);
        let ends = [',', ';', '.', '!', '?', '\'', '’', '‘', '“', '”'];
        let clause = clause.rsplit(ends).next().unwrap_or("").to_lowercase();
        let mut words =
            clause.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).rev().peekable();
        let far = if before.ends_with([',', ':', ';']) { 7 } else { 1 };
        if far == 1 {
            // I told him ‘we fed on it
            words.next_if(|word| matches!(*word, "me" | "him" | "her" | "us" | "them"));
        }
        words.take(far).any(|word| SAYING.contains(&word))
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
                '.' | '!' | '?' if after == Some(' ') => {
                    let next = at(here + 2).filter(|c| *c != '\'').or_else(|| at(here + 3));
                    if next.is_some_and(char::is_uppercase) {
                        return None;
                    }
                }
                '\'' if after.is_none_or(|c| !c.is_alphanumeric()) && !before.is_whitespace() => {
                    let stop = closing(before) || before == '…';
                    if stop || !self.drops_its_end(here) {
                        let firm =
                            stop || !self.word_before(here).ends_with('s') && self.stand_alone(index, here);
                        return Some(Closer { firm });
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// Whether no other mark stands near two of them but within words: somebody who drops letters drops more than two.
    fn stand_alone(&self, from: usize, to: usize) -> bool {
        let near = from.saturating_sub(NEAR)..self.seen.len().min(to + NEAR);
        let is_letter =
            |at: Option<usize>| at.and_then(|at| self.seen.get(at)).is_some_and(|(c, _)| c.is_alphanumeric());
        let is_mark = |at: usize| {
            matches!(self.seen[at].0, '\'' | APOSTROPHE)
                && !(is_letter(at.checked_sub(1)) && is_letter(Some(at + 1)))
        };
        near.into_iter().all(|at| at == from || at == to || !is_mark(at))
    }

    /// Whether the word before `index` is one that loses its end: o’, an’, lovin’, wouldn’.
    pub(super) fn drops_its_end(&self, index: usize) -> bool {
        let word = self.word_before(index);
        let gerund = word.len() >= 4 && word.ends_with("in") && !word.ends_with("ain");
        // what is left of “would” and “not” behind another mark has lost nothing more: ‘thee’d’
        let is_rest = index
            .checked_sub(word.chars().count() + 1)
            .is_some_and(|at| matches!(self.seen[at].0, '\'' | APOSTROPHE));
        let listed =
            DROPPED_ENDS.contains(&word.as_str()) && !(is_rest && matches!(word.as_str(), "d" | "t"));
        listed || gerund || word.ends_with("dn")
    }

    /// Whether a single mark that may close stands further on, before any double one.
    fn closes_later(&self, index: usize) -> bool {
        let tail = self.seen[index + 1..].iter().take(200).map(|(c, _)| *c).take_while(|c| *c != '"');
        let tail: Vec<char> = tail.collect();
        tail.windows(2).any(|w| w[0] == '\'' && !w[1].is_alphanumeric()) || tail.last() == Some(&'\'')
    }
}

/// Words that have lost their beginning and are none without it, in languages other than English.
pub(super) fn elided_words(language: &Lang) -> &'static [&'static str] {
    match language.primary() {
        "de" | "gsw" | "nds" => &["s", "n", "ne", "nen", "nem", "ner", "nes", "rum"],
        "nl" | "fy" => &["s", "t", "n", "k", "m", "r"],
        "af" => &["n"],
        _ => &[],
    }
}

/// A mark that may close an inner quotation.
struct Closer {
    /// A mark of punctuation stands before it, or a word that is no possessive, and no other mark is near: it is hardly an apostrophe.
    firm: bool,
}

/// How far ahead the end of a speech is looked for, which bounds the work on each mark.
const LONGEST_SPEECH: usize = 1_000;

/// So far around two marks others are looked for.
const NEAR: usize = 150;

/// An inner quotation within one sentence is hardly longer.
const LONGEST_INNER: usize = 400;

/// English words that begin with an apostrophe, and are none without it.
#[rustfmt::skip]
const ELISIONS: &[&str] = &[
    "tis", "twas", "twere", "twill", "twould", "twasn", "tisn", "twouldn", "tain", "twarn", "twon", "twer", "twaddn", "twad", "em",
    "til", "neath", "gainst", "twixt", "tween", "mongst", "bout", "pon", "cept", "cos", "coz", "cuz", "kase",
    "kaze", "spose", "sposin", "spect", "spute", "sputed", "sturb", "lection", "fraid", "nuff", "nother", "tother",
    "uz", "ud", "ull", "un", "uns", "im", "erself", "imself", "arry", "enry", "arriet", "ome", "ouse",
    "orse", "ead", "eard", "undred", "orrible", "ullo", "umble", "igh", "ard", "arf", "alf", "ap", "vantage",
    "sblood", "sdeath", "swounds", "zounds", "struth", "strewth", "ansom", "spec", "thout", "nough", "balmed", "ee", "eed", "ospital", "fessor", "stid", "nless", "lizabeth", "liza",
    "spected", "arted", "eaven", "ospitals", "onour", "usband", "orses", "eads", "ouses", "ot", "eavy", "appy", "appen", "appened", "ungry", "ardly", "owever",
    "aven", "aving", "adn", "asn", "appens", "appening", "elen", "elp", "elped", "oped", "eart", "earts", "otel", "oliday", "umbug", "urry", "urt",
    "andsome", "orrid", "igher", "ighest", "unting", "eadache", "ealth",
];

/// English words that lose their beginning and are whole words without it as well.
pub(super) const WHOLE_WORDS: &[&str] = &[
    "cause", "fore", "way", "long", "round", "less", "most", "stead", "lowed", "at", "ere", "ear", "gin",
    "deed", "low", "member", "live", "top", "ow",
];

/// English verbs after which a speech begins.
#[rustfmt::skip]
const SAYING: &[&str] = &[
    "say", "says", "said", "saying", "cry", "cries", "cried", "ask", "asks", "asked", "answer", "answers", "answered",
    "reply", "replies", "replied", "told", "think", "thinks", "thought", "whispered", "muttered", "shouted", "called",
    "began", "added", "continued", "exclaimed", "returned", "remarked", "observed", "repeated", "declared",
];

/// English words that lose their end.
const DROPPED_ENDS: &[&str] = &[
    "o", "an", "th", "wi", "ol", "mo", "po", "fo", "yo", "lor", "befo", "mos", "los", "jis", "tho", "d", "t",
    "n", "ha", "fro", "kep", "gi",
];
