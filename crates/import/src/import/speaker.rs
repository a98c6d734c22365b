//! The persons of a play, whose names stand before what they say: in capitals, or as any name.

use std::collections::{BTreeMap, BTreeSet};

/// How many bytes a name has at most.
const LONGEST: usize = 28;

/// The name before what a person of a play says: `NORA.`, `MRS. LINDE:`, `FIRST LORD.`.
pub(super) fn speaker(text: &str) -> Option<&str> {
    let mut end = 0;
    let mut from = 0;
    for word in text.split(' ') {
        let large = word.chars().any(char::is_alphabetic) && !word.contains(char::is_lowercase);
        if !large || from + word.len() > LONGEST {
            break;
        }
        from += word.len() + 1;
        if word.ends_with(['.', ':']) {
            end = from - 1;
        }
    }
    let name = &text[..end];
    let spoken = text[end..].contains(char::is_alphabetic);
    (name.chars().filter(|c| c.is_alphabetic()).count() >= 2 && spoken).then_some(name)
}

/// How often a person speaks at least, and how many do.
const LEAST_SPEECHES: usize = 3;
const LEAST_SPEAKERS: usize = 2;
/// With one line of how many at least a speech begins.
const SHARE: usize = 12;

/// The words with which names begin, in the lines of a play; of no other text. Nearly all lines that begin with one have a
/// capital behind it, or nothing, as no line of a sentence has so often.
pub(super) fn persons<'l>(lines: impl Iterator<Item = &'l str>) -> BTreeSet<String> {
    let mut times: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut all = 0;
    for line in lines {
        all += 1;
        let Some((word, said)) = opening(line) else { continue };
        let (lines, speeches) = times.entry(word).or_default();
        *lines += 1;
        *speeches += usize::from(said);
    }
    times.retain(|_, (lines, speeches)| *speeches >= LEAST_SPEECHES && *speeches * 10 >= *lines * 9);
    let speeches: usize = times.values().map(|(_, speeches)| speeches).sum();
    let play = times.len() >= LEAST_SPEAKERS && speeches * SHARE >= all;
    if play { times.into_keys().map(str::to_owned).collect() } else { BTreeSet::new() }
}

/// The first word of a line, if it may be a name, and whether it stands as one does before a speech.
fn opening(text: &str) -> Option<(&str, bool)> {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let name = word.trim_end_matches(['.', ':', ',']);
    let is_name = name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphabetic);
    let next = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let said = next.is_empty() || next.starts_with(char::is_uppercase);
    (is_name && name.chars().count() > 1).then_some((name, said))
}

/// Whether a line begins a speech of one of these persons.
pub(super) fn speaks(text: &str, persons: &BTreeSet<String>) -> bool {
    opening(text).is_some_and(|(name, said)| said && persons.contains(name))
}

#[cfg(test)]
mod tests {
    use super::{persons, speaker, speaks};

    #[test]
    fn names_before_speeches() {
        assert_eq!(speaker("NORA. I couldn’t."), Some("NORA."));
        assert_eq!(speaker("MRS. LINDE. Because."), Some("MRS. LINDE."));
        for text in ["THE MILL", "NORA.", "I. The Mill", "Nora. No.", "A. was here"] {
            assert_eq!(speaker(text), None, "{text}");
        }
    }

    #[test]
    fn persons_are_no_words_of_sentences() {
        let play = "Nora Who’s there?\nReed The miller.\nNora\nAnd then it stopped.\nReed Good night.\nAnd so to bed.\n";
        let persons = persons(play.repeat(3).lines());
        assert_eq!(persons.iter().map(String::as_str).collect::<Vec<_>>(), ["Nora", "Reed"]);
        assert!(speaks("Reed Good night.", &persons) && !speaks("Reed was here.", &persons));
    }
}
