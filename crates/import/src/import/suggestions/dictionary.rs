//! The words of a language, as a Hunspell dictionary lists them: stems with
//! flags in a `.dic`, and in the `.aff` beside it the prefixes and suffixes
//! that each flag allows (hunspell(5)). One prefix and one suffix are taken off
//! a word; compounds and suffixes upon suffixes are not known, so that a word
//! which is none is never said to be wrong for that alone: [`super::scannos`]
//! asks for another reading that is a word.

use std::collections::{HashMap, HashSet};

/// How many characters of a word an affix has at most.
const LONGEST_AFFIX: usize = 12;
/// How many lines of a dictionary are read.
const MOST_LINES: usize = 2_000_000;

/// A dictionary.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    /// Stems, with their flags.
    stems: HashMap<String, Vec<u32>>,
    prefixes: Affixes,
    suffixes: Affixes,
    /// How flags are written.
    flags: FlagKind,
    /// What numbers stand for, where flags are numbers of rows.
    aliases: Vec<Vec<u32>>,
    /// The flag of words that are wrong.
    forbidden: Option<u32>,
}

/// Affixes by what they add.
type Affixes = HashMap<String, Vec<Affix>>;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum FlagKind {
    #[default]
    Letters,
    Pairs,
    Numbers,
}

/// A prefix or suffix.
#[derive(Clone, Debug)]
struct Affix {
    flag: u32,
    /// Whether it goes with one at the other end.
    crosses: bool,
    /// What it takes off the stem.
    strip: String,
    /// What the stem's letters at that end must be.
    condition: Vec<Letter>,
}

/// A letter of a condition: one of some, or none of them.
#[derive(Clone, Debug)]
struct Letter {
    of: Vec<char>,
    is_one: bool,
}

impl Letter {
    fn fits(&self, c: char) -> bool {
        self.of.contains(&c) == self.is_one
    }
}

impl Dictionary {
    /// Reads the texts of a `.dic` and of its `.aff`.
    #[must_use]
    pub fn read(dic: &str, aff: &str) -> Dictionary {
        let mut found = Dictionary::default();
        let mut crossing: HashMap<(bool, u32), bool> = HashMap::new();
        for line in aff.lines().take(MOST_LINES) {
            found.rule(line.trim_start_matches('\u{feff}'), &mut crossing);
        }
        // the first line says how many words follow
        for line in dic.lines().skip(1).take(MOST_LINES) {
            let entry = line.split('\t').next().unwrap_or("").trim();
            let (word, flags) = entry.split_once('/').unwrap_or((entry, ""));
            if !word.is_empty() {
                let flags = found.flags_of(flags.split_whitespace().next().unwrap_or(""));
                found.stems.entry(word.to_owned()).or_default().extend(flags);
            }
        }
        found
    }

    /// A line of the `.aff`.
    fn rule(&mut self, line: &str, crossing: &mut HashMap<(bool, u32), bool>) {
        let fields: Vec<&str> = line.split_whitespace().collect();
        match fields[..] {
            ["FLAG", kind, ..] => {
                self.flags = match kind {
                    "long" => FlagKind::Pairs,
                    "num" => FlagKind::Numbers,
                    _ => FlagKind::Letters,
                };
            }
            ["FORBIDDENWORD", flag, ..] => self.forbidden = self.flags_of(flag).first().copied(),
            ["AF", flags, ..] => {
                // the first such line says how many follow
                let flags = if self.aliases.is_empty() { Vec::new() } else { self.letters_of(flags) };
                self.aliases.push(flags);
            }
            [kind @ ("PFX" | "SFX"), flag, yes, count]
                if matches!(yes, "Y" | "N") && count.parse::<u32>().is_ok() =>
            {
                let flag = self.letters_of(flag).first().copied().unwrap_or(0);
                crossing.insert((kind == "SFX", flag), yes == "Y");
            }
            [kind @ ("PFX" | "SFX"), flag, strip, add, ..] => {
                let flag = self.letters_of(flag).first().copied().unwrap_or(0);
                let add = add.split('/').next().unwrap_or("");
                let letters = |text: &str| if text == "0" { String::new() } else { text.to_owned() };
                let affix = Affix {
                    flag,
                    crosses: crossing.get(&(kind == "SFX", flag)).copied().unwrap_or(false),
                    strip: letters(strip),
                    condition: condition(fields.get(4).copied().unwrap_or(".")),
                };
                let into = if kind == "SFX" { &mut self.suffixes } else { &mut self.prefixes };
                into.entry(letters(add)).or_default().push(affix);
            }
            _ => {}
        }
    }

    /// The flags of a word.
    fn flags_of(&self, text: &str) -> Vec<u32> {
        if self.aliases.is_empty() {
            return self.letters_of(text);
        }
        let row = text.parse::<usize>().ok().and_then(|row| self.aliases.get(row));
        row.cloned().unwrap_or_default()
    }

    fn letters_of(&self, text: &str) -> Vec<u32> {
        let letters: Vec<u32> = text.chars().map(u32::from).collect();
        match self.flags {
            FlagKind::Letters => letters,
            FlagKind::Pairs => {
                letters.chunks(2).map(|p| p.iter().fold(0, |all, c| (all << 16) | c)).collect()
            }
            FlagKind::Numbers => text.split(',').filter_map(|n| n.trim().parse().ok()).collect(),
        }
    }

    /// Whether a word is one, in this case or as the beginning of a sentence writes it.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        let word = word.replace('’', "'");
        let lower = word.to_lowercase();
        let mut forms = HashSet::from([word, lower.clone()]);
        let mut letters = lower.chars();
        forms.extend(letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()));
        forms.iter().any(|form| self.has(form))
    }

    fn has(&self, word: &str) -> bool {
        if let Some(flags) = self.stems.get(word) {
            return self.forbidden.is_none_or(|forbidden| !flags.contains(&forbidden));
        }
        let listed = |stem: &str, flag: u32| self.stems.get(stem).is_some_and(|flags| flags.contains(&flag));
        let both = |stem: &str, suffix: &Affix| {
            let before = suffix.crosses.then(|| self.without_prefix(stem));
            before.into_iter().flatten().any(|(inner, prefix)| {
                prefix.crosses && listed(&inner, suffix.flag) && listed(&inner, prefix.flag)
            })
        };
        self.without_suffix(word).any(|(stem, suffix)| listed(&stem, suffix.flag) || both(&stem, suffix))
            || self.without_prefix(word).any(|(stem, prefix)| listed(&stem, prefix.flag))
    }

    /// The stems of which a word may be made by a suffix.
    fn without_suffix<'d>(&'d self, word: &str) -> impl Iterator<Item = (String, &'d Affix)> {
        let ends = word.char_indices().map(|(at, _)| at).chain([word.len()]).rev().take(LONGEST_AFFIX + 1);
        let found: Vec<_> = ends
            .filter_map(|at| Some((at, self.suffixes.get(&word[at..])?)))
            .flat_map(|(at, affixes)| {
                affixes.iter().map(move |affix| (format!("{}{}", &word[..at], affix.strip), affix))
            })
            .filter(|(stem, affix)| {
                let mut letters = stem.chars().rev();
                affix.condition.iter().rev().all(|l| letters.next().is_some_and(|c| l.fits(c)))
            })
            .collect();
        found.into_iter()
    }

    /// The stems of which a word may be made by a prefix.
    fn without_prefix<'d>(&'d self, word: &str) -> impl Iterator<Item = (String, &'d Affix)> {
        let starts = word.char_indices().map(|(at, _)| at).take(LONGEST_AFFIX + 1);
        let found: Vec<_> = starts
            .filter_map(|at| Some((at, self.prefixes.get(&word[..at])?)))
            .flat_map(|(at, affixes)| {
                affixes.iter().map(move |affix| (format!("{}{}", affix.strip, &word[at..]), affix))
            })
            .filter(|(stem, affix)| {
                let mut letters = stem.chars();
                affix.condition.iter().all(|l| letters.next().is_some_and(|c| l.fits(c)))
            })
            .collect();
        found.into_iter()
    }
}

/// `[^aeiou]y`: what letters must stand at the end of a stem. A stop is any letter.
fn condition(text: &str) -> Vec<Letter> {
    let mut found = Vec::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        found.push(match c {
            '.' => Letter { of: Vec::new(), is_one: false },
            '[' => {
                let of: Vec<char> = rest.by_ref().take_while(|c| *c != ']').collect();
                let is_one = of.first() != Some(&'^');
                Letter { of: of.into_iter().filter(|c| *c != '^').collect(), is_one }
            }
            c => Letter { of: vec![c], is_one: true },
        });
    }
    // a stop alone asks for nothing
    if text == "." { Vec::new() } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AFF: &str = "SET UTF-8\n\nPFX A Y 1\nPFX A 0 un .\n\nSFX D Y 3\nSFX D 0 d e\nSFX D y ied [^aeiou]y\n\
                       SFX D 0 ed [^ey]\n\nSFX S N 1\nSFX S 0 s [^sxy]\n";

    #[test]
    fn words_have_the_affixes_that_their_flags_allow() {
        let dictionary = Dictionary::read("5\nborn/A\nmill/DS\ncarry/DA\nLondon\nwheel/S\n", AFF);
        for word in [
            "born",
            "unborn",
            "mills",
            "milled",
            "carried",
            "uncarried",
            "London",
            "LONDON",
            "Mill",
            "wheels",
        ] {
            assert!(dictionary.knows(word), "{word}");
        }
        for word in ["bom", "unmill", "carryed", "wheeled", "london2", "unmills"] {
            assert!(!dictionary.knows(word), "{word}");
        }
    }

    #[test]
    fn flags_are_letters_pairs_numbers_or_rows() {
        for (kind, flag, aliases, written) in [
            ("long", "Zz", "", "Zz"),
            ("num", "1201", "", "1201,7"),
            ("UTF-8", "é", "", "é"),
            ("UTF-8", "S", "AF 1\nAF S\n", "1"),
        ] {
            let aff = format!("FLAG {kind}\n{aliases}SFX {flag} Y 1\nSFX {flag} 0 s .\n");
            let dictionary = Dictionary::read(&format!("1\nmill/{written}\n"), &aff);
            assert!(dictionary.knows("mills"), "{kind}");
        }
    }
}
