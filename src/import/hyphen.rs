//! Hyphens at the end of a line or page: whether the word had one of its
//! own. Decided from the words of the same transcription, without a dictionary.

use super::model::Percent;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

/// How often each word and each compound stands in the transcription.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Words without a hyphen, in lower case.
    solid: HashMap<String, u32>,
    /// Compounds, in lower case.
    compound: HashMap<String, u32>,
    /// First parts of compounds: how many different compounds they head.
    heads: HashMap<String, u32>,
    /// Beginnings of two to six letters: how many different words begin so.
    starts: HashMap<String, u32>,
    /// Lines that end with a hyphen, and lines that have another after them.
    ends: (usize, usize),
}

/// Where fewer than one in so many lines end with a hyphen, the text divides no words: the hyphens are the words' own.
const DIVIDED: usize = 50;
/// How many lines must have been seen for that.
const LINES: usize = 60;

/// First parts of English compounds that nearly always keep their hyphen.
const KEPT: [&str; 13] = [
    "self", "well", "ill", "half", "quasi", "twenty", "thirty", "forty", "fifty", "sixty", "seventy",
    "eighty", "ninety",
];

/// What was decided about a hyphen.
#[derive(Clone, Debug)]
pub(super) struct Hyphen {
    /// Whether it goes.
    pub drop: bool,
    /// How sure.
    pub confidence: Percent,
    /// Why.
    pub evidence: String,
    /// The hyphen as it stands.
    pub sign: String,
    /// Both halves.
    pub key: String,
}

impl Hyphen {
    /// The signs that can cut a word at a line's end: hyphen-minus, hyphen, soft hyphen, not sign as some scans have it.
    pub const SIGNS: [char; 4] = ['-', '\u{2010}', '\u{ad}', '¬'];
}

impl Words {
    /// Counts the words of `text`; halves of words cut at line ends do not count.
    pub fn count(text: &str) -> Words {
        let mut words = Words::default();
        let mut before = "";
        for line in text.lines() {
            let line = line.trim_end();
            if before.len() > 30 && !line.is_empty() {
                words.ends.1 += 1;
                words.ends.0 += usize::from(before.ends_with('-') && !before.ends_with("--"));
            }
            before = line;
            for word in line.split(|c: char| {
                !(c.is_alphanumeric() || Hyphen::SIGNS.contains(&c) || c == '’' || c == '\'')
            }) {
                words.add(word.trim_matches(['\'', '’']));
            }
        }
        let mut heads: HashMap<String, BTreeSet<&str>> = HashMap::new();
        #[expect(clippy::iter_over_hash_type, reason = "counts do not depend on the order")]
        for compound in words.compound.keys() {
            if let Some((head, tail)) = compound.split_once('-') {
                heads.entry(head.to_owned()).or_default().insert(tail);
            }
        }
        words.heads = heads.into_iter().map(|(head, tails)| (head, tails.len() as u32)).collect();
        let mut starts = HashMap::new();
        #[expect(clippy::iter_over_hash_type, reason = "counts do not depend on the order")]
        for word in words.solid.keys() {
            for (n, (at, c)) in word.char_indices().enumerate().take(6) {
                if n >= 1 && at + c.len_utf8() < word.len() {
                    *starts.entry(word[..at + c.len_utf8()].to_owned()).or_insert(0) += 1;
                }
            }
        }
        words.starts = starts;
        words
    }

    fn add(&mut self, word: &str) {
        if word.len() < 2 || word.len() > 64 || word.starts_with('-') || word.ends_with(Hyphen::SIGNS) {
            return;
        }
        let small = word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
        let lower = if small { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) };
        let kind = if lower.contains('-') { &mut self.compound } else { &mut self.solid };
        match kind.get_mut(&*lower) {
            Some(times) => *times += 1,
            None => drop(kind.insert(lower.into_owned(), 1)),
        }
    }

    /// How often `word` stands in the text without a hyphen.
    pub fn solid(&self, word: &str) -> u32 {
        self.solid.get(word).copied().unwrap_or(0)
    }

    /// Weighs the hyphen with which `before` ends, when `after` can continue the word.
    pub fn weigh(&self, before: &str, after: &str) -> Option<Hyphen> {
        let stem = before.trim_end_matches(Hyphen::SIGNS);
        let sign = &before[stem.len()..];
        if sign.is_empty() || sign.chars().count() > 1 {
            return None;
        }
        let letters = |c: char| c.is_alphanumeric();
        let from = stem
            .rfind(|c| !letters(c) && c != '-')
            .map_or(0, |i| i + stem[i..].chars().next().map_or(1, char::len_utf8));
        let head = &stem[from..];
        let to = after.find(|c| !letters(c) && c != '-' && c != '\'' && c != '’').unwrap_or(after.len());
        let to = after.find("--").map_or(to, |dash| dash.min(to));
        let tail = after[..to].trim_end_matches(['-', '\'', '’']);
        if head.is_empty() || tail.is_empty() || head.len() > 64 || tail.len() > 64 {
            return None;
        }
        let (drop, confidence, evidence) = self.judge(head, tail, sign);
        Some(Hyphen { drop, confidence, evidence, sign: sign.to_owned(), key: format!("{head}-{tail}") })
    }

    fn judge(&self, head: &str, tail: &str, sign: &str) -> (bool, Percent, String) {
        let (head_low, tail_low) = (head.to_lowercase(), tail.to_lowercase());
        let whole = format!("{head_low}{tail_low}");
        let solid = self.solid(&whole);
        let compound = self.compound.get(&format!("{head_low}-{tail_low}")).copied().unwrap_or(0);
        if !matches!(sign, "-" | "\u{2010}") {
            return (true, 99, "the sign only cuts words at a line's end".into());
        }
        if solid > 0 || compound > 0 {
            let sure = 90 + 9 * solid.abs_diff(compound).min(1) as Percent;
            let drop = solid >= compound;
            return (
                drop,
                sure,
                format!("elsewhere in the text {solid} times as one word, {compound} times with its hyphen"),
            );
        }
        let digit = |w: &str| w.starts_with(|c: char| c.is_ascii_digit());
        if tail.starts_with(char::is_uppercase) || digit(tail) || digit(head) {
            return (false, 95, "a capital or a figure follows the hyphen".into());
        }
        if head.contains('-') {
            return (false, 70, "the first half is a compound already".into());
        }
        let inflected = self.kin(&whole, head_low.len());
        if inflected > 0 {
            return (true, 93, format!("{inflected} words of the text share all but the end of the word"));
        }
        if self.ends.1 >= LINES && self.ends.0 * DIVIDED < self.ends.1 {
            return (false, 85, "hardly a line ends with a hyphen here, so the words are not divided".into());
        }
        if KEPT.contains(&head_low.as_str()) && self.solid(&tail_low) > 0 {
            return (false, 80, "compounds with such a first part mostly keep their hyphen".into());
        }
        self.by_parts(&head_low, &tail_low)
    }

    /// How many solid words of the text are the word with another ending.
    fn kin(&self, whole: &str, head: usize) -> u32 {
        let chars: Vec<char> = whole.chars().collect();
        let less =
            |n: usize| (chars.len() > n + 4).then(|| chars[..chars.len() - n].iter().collect::<String>());
        let shorter =
            (1..=3).filter_map(less).filter(|w| w.len() > head).map(|w| self.solid(&w)).sum::<u32>();
        let longer = ["s", "d", "ed", "ly", "n", "al", "er", "es"]
            .iter()
            .map(|e| self.solid(&format!("{whole}{e}")))
            .sum::<u32>();
        shorter + longer
    }

    /// By what else begins with the first half: compounds, or longer words.
    fn by_parts(&self, head: &str, tail: &str) -> (bool, Percent, String) {
        let compounds = self.heads.get(head).copied().unwrap_or(0);
        let longer = self.starts.get(head).copied().unwrap_or(0);
        let words = self.solid(head) > 0 && self.solid(tail) > 0;
        let why = format!(
            "{compounds} compounds of the text begin with the first half, and {longer} words run on from it"
        );
        if compounds > longer || (compounds > 0 && longer == 0) {
            return (false, if compounds > 2 { 90 } else { 75 }, why);
        }
        let sure = match (words, longer > compounds + 2) {
            (false, true) => 90,
            (true, true) | (false, false) => 75,
            (true, false) => 55,
        };
        (true, sure, why)
    }
}
