//! Hyphens at the end of a line or page: whether the word had one of its
//! own. Decided from the words of the same transcription, without a dictionary.

use super::model::Percent;
use std::borrow::Cow;
use std::collections::HashMap;

/// How often each word and each compound stands in the transcription, in lower
/// case and in order.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Words without a hyphen.
    solid: Vec<(String, u32)>,
    /// Compounds.
    compound: Vec<(String, u32)>,
    /// Whether hardly a line ends with a hyphen, and those are the words' own.
    undivided: bool,
}

/// Where fewer than one in so many lines end with a hyphen, the text divides no words: the hyphens are the words' own.
const DIVIDED: usize = 50;
/// How many lines must have been seen for that.
const LINES: usize = 60;
/// How many words at line ends are looked up to tell whether lines divide words.
const MOST_ENDS: usize = 2000;

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
    pub(super) const SIGNS: [char; 5] = ['-', '\u{2010}', '\u{ad}', '¬', '\u{2e17}'];
}

impl Words {
    /// Counts the words of `text`; halves of words cut at line ends do not count.
    pub(super) fn count(text: &str) -> Words {
        let mut tally = Tally::default();
        let (mut ends, mut before) = ((0, 0), "");
        let mut cut: Vec<String> = Vec::new();
        for line in text.lines() {
            let line = line.trim_end();
            if before.len() > 30 && !line.is_empty() {
                ends.1 += 1;
                if let Some(stem) = before.strip_suffix('-').filter(|stem| !stem.ends_with('-')) {
                    ends.0 += 1;
                    cut.extend(parted(stem, line).filter(|_| cut.len() < MOST_ENDS));
                }
            }
            before = line;
            for word in line.split(|c: char| {
                !(c.is_alphanumeric() || Hyphen::SIGNS.contains(&c) || c == '’' || c == '\'')
            }) {
                tally.add(word.trim_matches(['\'', '’']));
            }
        }
        let (solid, compound) = (ordered(tally.solid), ordered(tally.compound));
        // where long lines divide few words, the words that stand elsewhere too tell that they do
        let whole = cut.iter().filter(|word| times(&solid, &word.replace('-', "")) > times(&compound, word));
        let whole = whole.count();
        let own = cut.iter().filter(|word| times(&compound, word) > 0).count();
        let few = ends.1 >= LINES && ends.0 * DIVIDED < ends.1;
        Words { solid, compound, undivided: few && whole <= own }
    }

    /// How often `word` stands in the text without a hyphen.
    pub(super) fn solid(&self, word: &str) -> u32 {
        times(&self.solid, word)
    }

    /// Weighs the hyphen with which `before` ends, when `after` can continue the word.
    pub(super) fn weigh(&self, before: &str, after: &str) -> Option<Hyphen> {
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
        let Judgement { drop, confidence, evidence } = self.judge(head, tail, sign);
        Some(Hyphen { drop, confidence, evidence, sign: sign.to_owned(), key: format!("{head}-{tail}") })
    }

    fn judge(&self, head: &str, tail: &str, sign: &str) -> Judgement {
        let (head_low, tail_low) = (head.to_lowercase(), tail.to_lowercase());
        let whole = format!("{head_low}{tail_low}");
        let solid = self.solid(&whole);
        let compound = times(&self.compound, &format!("{head_low}-{tail_low}"));
        if !matches!(sign, "-" | "\u{2010}") {
            return Judgement::new(true, 99, "the sign only cuts words at a line's end");
        }
        if solid > 0 || compound > 0 {
            let sure = 90 + 9 * solid.abs_diff(compound).min(1) as Percent;
            let drop = solid >= compound;
            let why =
                format!("elsewhere in the text {solid} times as one word, {compound} times with its hyphen");
            return Judgement::new(drop, sure, why);
        }
        let digit = |w: &str| w.starts_with(|c: char| c.is_ascii_digit());
        if tail.starts_with(char::is_uppercase) || digit(tail) || digit(head) {
            return Judgement::new(false, 95, "a capital or a figure follows the hyphen");
        }
        if head.contains('-') {
            return Judgement::new(false, 70, "the first half is a compound already");
        }
        let inflected = self.kin(&whole, head_low.len());
        if inflected > 0 {
            let why = format!("{inflected} words of the text share all but the end of the word");
            return Judgement::new(true, 93, why);
        }
        if self.undivided {
            return Judgement::new(
                false,
                85,
                "hardly a line ends with a hyphen here, so the words are not divided",
            );
        }
        if KEPT.contains(&head_low.as_str()) && self.solid(&tail_low) > 0 {
            return Judgement::new(false, 80, "compounds with such a first part mostly keep their hyphen");
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
    fn by_parts(&self, head: &str, tail: &str) -> Judgement {
        let compounds = beginning(&self.compound, &format!("{head}-"));
        let whole = self.solid(head) > 0;
        let telling = (2..=6).contains(&head.chars().count());
        let longer = if telling { beginning(&self.solid, head) - usize::from(whole) } else { 0 };
        let words = whole && self.solid(tail) > 0;
        let why = format!(
            "compounds of the text that begin with the first half: {compounds}; words that run on from it: {longer}"
        );
        if compounds > longer || (compounds > 0 && longer == 0) {
            return Judgement::new(false, if compounds > 2 { 90 } else { 75 }, why);
        }
        let sure = match (words, longer > compounds + 2) {
            (false, true) => 90,
            (true, true) | (false, false) => 75,
            (true, false) => 55,
        };
        Judgement::new(true, sure, why)
    }
}

/// The word that a line's end parts, in small letters and with its hyphen.
fn parted(stem: &str, next: &str) -> Option<String> {
    let head = stem.rsplit(|c: char| !c.is_alphanumeric()).next()?;
    let tail = next.trim_start().split(|c: char| !c.is_alphanumeric()).next()?;
    let both = !head.is_empty() && tail.starts_with(char::is_lowercase) && head.len() + tail.len() <= 64;
    both.then(|| format!("{head}-{tail}").to_lowercase())
}

/// What becomes of a hyphen, how certain that is, and why.
struct Judgement {
    drop: bool,
    confidence: Percent,
    evidence: String,
}

impl Judgement {
    fn new(drop: bool, confidence: Percent, evidence: impl Into<String>) -> Judgement {
        Judgement { drop, confidence, evidence: evidence.into() }
    }
}

/// Words as they are counted.
#[derive(Default)]
struct Tally<'t> {
    solid: HashMap<Cow<'t, str>, u32>,
    compound: HashMap<Cow<'t, str>, u32>,
}

impl<'t> Tally<'t> {
    fn add(&mut self, word: &'t str) {
        if word.len() < 2 || word.len() > 64 || word.starts_with('-') || word.ends_with(Hyphen::SIGNS) {
            return;
        }
        let small = word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
        let lower = if small { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) };
        let kind = if lower.contains('-') { &mut self.compound } else { &mut self.solid };
        *kind.entry(lower).or_insert(0) += 1;
    }
}

fn ordered(counts: HashMap<Cow<'_, str>, u32>) -> Vec<(String, u32)> {
    let mut words: Vec<_> = counts.into_iter().map(|(word, n)| (word.into_owned(), n)).collect();
    words.sort_unstable();
    words
}

/// How often a word is among those in order.
fn times(words: &[(String, u32)], word: &str) -> u32 {
    words.binary_search_by(|(other, _)| other.as_str().cmp(word)).map_or(0, |at| words[at].1)
}

/// How many different words begin so.
fn beginning(words: &[(String, u32)], head: &str) -> usize {
    let from = words.partition_point(|(word, _)| word.as_str() < head);
    words[from..].partition_point(|(word, _)| word.starts_with(head))
}
