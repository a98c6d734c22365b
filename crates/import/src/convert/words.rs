//! Words and signs of a text, as two texts are compared: what quotation marks, dashes
//! and dots look like is the book's style and no difference.

use crate::book::is_forbidden;
use std::collections::BTreeMap;

/// The words and signs of a text, in order.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut dots = 0_usize;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '.' {
            dots += 1;
            if chars.peek() != Some(&'.') {
                flush(&mut word, &mut out);
                let run = std::mem::take(&mut dots);
                out.push(if run >= 3 { "…" } else { "." }.to_owned());
                if run == 2 {
                    out.push(".".to_owned());
                }
            }
        } else if c.is_alphanumeric() || is_joined(c) {
            word.push(c);
        } else if !is_seen(c) {
            if c.is_whitespace() {
                flush(&mut word, &mut out);
            }
        } else {
            flush(&mut word, &mut out);
            let sign = sign(c);
            // any run of hyphens and dashes is one dash
            if !(sign == "-" && out.last().is_some_and(|last| last == "-")) {
                out.push(sign);
            }
        }
    }
    flush(&mut word, &mut out);
    out
}

fn flush(word: &mut String, out: &mut Vec<String>) {
    if !word.is_empty() {
        out.push(std::mem::take(word));
    }
}

/// Marks over and under letters belong to their word.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}')
}

/// Whether a sign can be seen.
fn is_seen(c: char) -> bool {
    !(c.is_whitespace()
        || is_forbidden(c)
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'))
}

/// A sign in the form that all its forms share.
fn sign(c: char) -> String {
    match c {
        '"' | '“' | '”' | '„' | '«' | '»' | '\'' | '‘' | '’' | '‚' | '‹' | '›' | '″' | '′' | '‟' | '‛'
        | '״' | '׳' | '「' | '」' | '『' | '』' => "'".into(),
        '-' | '‐' | '‑' | '–' | '—' | '―' | '‒' | '−' => "-".into(),
        c => c.into(),
    }
}

/// How often each word and sign stands in a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts(BTreeMap<String, i64>);

impl Counts {
    /// Adds the words of a text, `times` each.
    pub(super) fn add(&mut self, text: &str, times: i64) {
        for word in words(text) {
            *self.0.entry(word).or_default() += times;
        }
    }

    /// Adds what was counted elsewhere.
    pub(super) fn add_all(&mut self, other: &Counts) {
        for (word, count) in &other.0 {
            *self.0.entry(word.clone()).or_default() += count;
        }
    }

    /// The words that stand there more often than they were taken away, however their letters are divided.
    pub(super) fn more(&self) -> impl Iterator<Item = (&str, i64)> {
        self.0.iter().filter(|(_, count)| **count > 0).map(|(word, count)| (word.as_str(), *count))
    }

    /// Words that stand there more often than they were taken away, and the reverse;
    /// signs that are the book's style do not count. Where the same letters are divided
    /// otherwise, because what was left out stood within a word, nothing is lost.
    pub(super) fn left(&self) -> Vec<(&str, i64)> {
        let counts = self
            .0
            .iter()
            .filter(|(word, count)| **count != 0 && !matches!(word.as_str(), "'" | "-" | "…" | "."));
        let left: Vec<(&str, i64)> = counts.map(|(word, count)| (word.as_str(), *count)).collect();
        let mut letters: BTreeMap<char, i64> = BTreeMap::new();
        for (word, count) in &left {
            word.chars().for_each(|c| *letters.entry(c).or_default() += count);
        }
        if letters.values().all(|count| *count == 0) { Vec::new() } else { left }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_of_signs_are_no_difference() {
        assert_eq!(words("“Don’t” -- he said..."), words("\"Don't\" — he said…"));
        assert_ne!(words("a*b"), words("ab"));
        assert_ne!(words("to day"), words("today"));
    }
}
