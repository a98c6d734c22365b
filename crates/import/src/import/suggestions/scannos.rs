//! Words that a scan misread: no word of the language as they stand, but one when letters that look alike are exchanged.

use super::counts::Counts;
use super::found::{Found, Suspicion};
use super::view::View;
use crate::spelling::Dictionary;

/// How many letters a word has at least.
const LEAST: usize = 3;

/// What scans confuse: read, and meant.
const CONFUSED: [(&str, &str); 30] = [
    ("m", "rn"),
    ("rn", "m"),
    ("d", "cl"),
    ("cl", "d"),
    ("h", "li"),
    ("li", "h"),
    ("tl", "d"),
    ("w", "vv"),
    ("vv", "w"),
    ("n", "u"),
    ("u", "n"),
    ("ii", "n"),
    ("n", "ri"),
    ("m", "ni"),
    ("m", "in"),
    ("e", "c"),
    ("c", "e"),
    ("i", "l"),
    ("l", "i"),
    ("l", "t"),
    ("t", "l"),
    ("1", "l"),
    ("1", "i"),
    ("0", "o"),
    ("f", "s"),
    ("ſ", "s"),
    ("b", "h"),
    ("h", "b"),
    ("hl", "bl"),
    ("v", "y"),
];

/// Looks at one paragraph.
pub(super) fn look(view: &View, counts: &Counts<'_>, dictionary: &Dictionary, found: &mut Found) {
    for (at, token) in view.tokens() {
        let Some((word, (read, meant))) = meant(token, counts, dictionary) else { continue };
        let reason = format!("no word of the dictionary; “{word}” is one, and scans take {meant} for {read}");
        let now = Some(word.as_str());
        found.add(view, at, Suspicion { rule: "scanno", was: token, now, reason, confidence: 75 });
    }
}

/// The word that was meant, with the letters that were confused; the one that the text has oftenest.
fn meant(
    token: &str,
    counts: &Counts<'_>,
    dictionary: &Dictionary,
) -> Option<(String, (&'static str, &'static str))> {
    let word = token.chars().all(|c| c.is_alphanumeric() || c == '\'' || c == '’');
    // a word with a capital may be a name
    let name = token.starts_with(char::is_uppercase);
    let long = token.chars().count() >= LEAST && token.chars().any(char::is_alphabetic);
    if !word || !long || name || dictionary.knows(token) {
        return None;
    }
    let mut best: Option<(u32, String, (&str, &str))> = None;
    for (read, meant) in CONFUSED {
        for (at, _) in token.match_indices(read) {
            let other = format!("{}{meant}{}", &token[..at], &token[at + read.len()..]);
            let times = counts.all(&other);
            if dictionary.knows(&other) && best.as_ref().is_none_or(|b| times > b.0) {
                best = Some((times, other, (read, meant)));
            }
        }
    }
    best.map(|(_, word, letters)| (word, letters))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_look_alike_make_a_word() {
        let dictionary = Dictionary::read("6\nborn\nthe\nwas\nhe\nmill\nhouse\n", "")
            .unwrap_or_else(|reason| panic!("{reason}"));
        let mut view =
            View { line: 1, plain: "he was bom in tlie mill, Bom".into(), balanced: true, ..View::default() };
        view.find_words();
        let counts = Counts::of(&[&view]);
        let mut found = Found::default();
        look(&view, &counts, &dictionary, &mut found);
        let shown: Vec<String> = found
            .proposals
            .iter()
            .map(|p| format!("{}>{}", p.was, p.now.as_deref().unwrap_or("?")))
            .collect();
        assert_eq!(shown, ["bom>born", "tlie>the"]);
    }
}
