//! What words tell of where paragraphs begin, where lines tell little.
//!
//! A book's paragraphs meet unlike the sentences within them: speech answers speech, a word that leads on hardly ever begins
//! one. A sentence that begins within a line begins no paragraph, so that such sentences show how they meet within one; what
//! begins a line behind a stop counts by the chance that a paragraph begins there (naive Bayes, its second class learnt by
//! expectation and maximization as in [`super::flow`]; Nigam and others 2000).
//!
//! Worked example: of 400 sentences within lines 6 begin with a quotation mark behind another, of 100 paragraphs 30 do. Where
//! a line ends with one and the next begins with one, that alone is ln(0.30 / 0.015) = +3.0.

use super::super::closers::{QUOTATION, may_close};
use super::super::folded::folded;
use std::collections::BTreeMap;

/// How a sentence ends: with a stop, a question or a call, a colon, a dash, within quotation marks.
const ENDS: usize = 5;
/// How the next begins: with a letter, a quotation mark, a dash, something else.
const BEGINNINGS: usize = 4;

/// How sentences meet, of one kind.
#[derive(Clone, Debug, Default)]
struct Counts {
    all: f64,
    meetings: [f64; ENDS * BEGINNINGS],
    words: BTreeMap<String, f64>,
}

impl Counts {
    fn add(&mut self, before: &str, here: &str, weight: f64) {
        self.all += weight;
        self.meetings[meeting(before, here)] += weight;
        *self.words.entry(first_word(here)).or_default() += weight;
    }
}

/// How paragraphs begin in a document, and how sentences do within them.
#[derive(Clone, Debug, Default)]
pub(super) struct Cues {
    within: Counts,
    begins: Counts,
}

/// From how many of each kind on they tell.
const LEAST: (f64, f64) = (60.0, 20.0);
/// How many sentences of the usual kind stand for those that were not met.
const UNMET: (f64, f64) = (6.0, 16.0);
/// What share of what a first word tells is counted: the best of five tried on seven books (docs/recovery.md).
const WORD: f64 = 0.5;
/// What a first word tells at most, and all together.
const MOST: (f64, f64) = (1.6, 4.0);

impl Cues {
    /// Counts the sentences that begin within lines.
    pub(super) fn of<'l>(lines: impl Iterator<Item = &'l str>) -> Cues {
        let mut cues = Cues::default();
        for line in lines {
            for at in boundaries(line) {
                cues.within.add(&line[..at], &line[at..], 1.0);
            }
        }
        cues
    }

    /// Counts anew how paragraphs begin, from lines with those above them and the chance that a paragraph begins.
    pub(super) fn learn<'l>(&mut self, found: impl Iterator<Item = (&'l str, &'l str, f64)>) {
        self.begins = Counts::default();
        found.for_each(|(before, here, chance)| self.begins.add(before, here, chance));
    }

    /// The log-odds that a paragraph begins, of the words on both sides alone.
    pub(super) fn odds(&self, before: &str, here: &str) -> f64 {
        if self.within.all < LEAST.0 || self.begins.all < LEAST.1 {
            return 0.0;
        }
        let ratio = |begins: f64, within: f64, unmet: f64| {
            let usual = (begins + within) / (self.begins.all + self.within.all);
            let share = |count: f64, all: f64| (count + unmet * usual + 1e-6) / (all + unmet);
            (share(begins, self.begins.all) / share(within, self.within.all)).ln()
        };
        let kind = meeting(before, here);
        let word = first_word(here);
        let times = |counts: &Counts| counts.words.get(&word).copied().unwrap_or(0.0);
        let by_word = ratio(times(&self.begins), times(&self.within), UNMET.1).clamp(-MOST.0, MOST.0);
        let by_kind = ratio(self.begins.meetings[kind], self.within.meetings[kind], UNMET.0);
        (by_kind + by_word * WORD).clamp(-MOST.1, MOST.1)
    }
}

/// How two sentences meet.
fn meeting(before: &str, here: &str) -> usize {
    let before = before.trim_end();
    let last = before.chars().next_back().unwrap_or('.');
    let end = match last {
        c if QUOTATION.contains(&c) => 4,
        '!' | '?' => 1,
        ':' => 2,
        '—' | '–' | '-' => 3,
        _ => 0,
    };
    let beginning = match here.chars().next() {
        Some(c) if QUOTATION.contains(&c) || c == '„' || c == '‚' => 1,
        Some('—' | '–' | '-') => 2,
        Some(c) if c.is_alphabetic() => 0,
        _ => 3,
    };
    end * BEGINNINGS + beginning
}

/// The first word of a sentence, in small letters.
fn first_word(text: &str) -> String {
    let letters = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let end = letters.find(|c: char| !c.is_alphabetic()).unwrap_or(letters.len());
    folded(&letters[..end], |_| true)
}

/// Where sentences begin within a line: behind a stop, what closes it and a space, at a capital or what opens one.
fn boundaries(line: &str) -> Vec<usize> {
    let mut found = Vec::new();
    for (at, stop) in line.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?' | '…' | ':')) {
        let behind = &line[at + stop.len_utf8()..];
        let spaced = behind.trim_start_matches(|c: char| may_close(c) && c != '*' && c != '_');
        let rest = spaced.trim_start();
        let initial = line[..at].chars().rev().take_while(|c| c.is_alphabetic()).take(4).count();
        let sign = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        // a mark with a space on both sides closes in French
        let closing = rest.chars().next().is_some_and(|c| QUOTATION.contains(&c))
            && rest.chars().nth(1).is_none_or(char::is_whitespace);
        if rest.len() < spaced.len()
            && !closing
            && sign.starts_with(char::is_uppercase)
            && rest.len() - sign.len() <= 6
            && (stop != '.' || initial == 4 || initial == 0)
        {
            found.push(line.len() - rest.len());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_of(text: &str) -> &str {
        text.split(' ').next().unwrap_or("")
    }

    #[test]
    fn sentences_within_lines_are_found() {
        let line = "He came there. “So!” Mr. J. Smith said. »Ja.« Aber dann: Nein.";
        let found: Vec<&str> = boundaries(line).into_iter().map(|at| first_of(&line[at..])).collect();
        assert_eq!(found, ["“So!”", "Mr.", "»Ja.«", "Nein."]);
    }

    /// Speech answers speech between paragraphs alone.
    #[test]
    fn speech_behind_speech_begins_a_paragraph() {
        let line = "came there. He went home. She stayed there. It rained always. He slept.";
        let mut cues = Cues::of(std::iter::repeat_n(line, 20));
        let speech = ("said he there.”", "“Never,” said she.", 0.9);
        cues.learn(std::iter::repeat_n(speech, 30));
        assert!(cues.odds("it is so.”", "“Not so,” said he.") > 2.0);
        assert!(cues.odds("it was so.", "He went on.") < -1.0);
    }
}
