//! The words of a language, as Hunspell's dictionaries list them; the only user of spellbook.

use crate::guard::guarded;
use crate::reason::Reason;

/// How many words are proposed for one that is none.
const NEAR: usize = 5;
/// A longer run of letters is no misspelt word, and would take long to compare with all others.
const LONGEST: usize = 40;

/// A dictionary.
#[derive(Debug)]
pub struct Dictionary {
    words: spellbook::Dictionary,
}

impl Dictionary {
    /// Reads the texts of a `.dic` and of the `.aff` beside it, hunspell(5). Without the latter the
    /// former is a list of words, one a line; the number of words, which Hunspell wants first, may
    /// be left out.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn read(dic: &str, aff: &str) -> Result<Dictionary, Reason> {
        let dic = dic.trim_start_matches('\u{feff}');
        let counted = dic.lines().next().is_some_and(|line| line.trim().parse::<usize>().is_ok());
        let numbered;
        let dic = if counted {
            dic
        } else {
            numbered = format!("{}\n{dic}", dic.lines().count());
            &numbered
        };
        match guarded(|| spellbook::Dictionary::new(aff.trim_start_matches('\u{feff}'), dic)) {
            Ok(Ok(words)) => Ok(Dictionary { words }),
            Ok(Err(error)) => Err(format!("is no dictionary of Hunspell's: {error}").into()),
            Err(fall) => Err(format!("is no dictionary of Hunspell's: {fall}").into()),
        }
    }

    /// Whether it is a word, in small letters or with a capital, with either apostrophe.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        word.len() > LONGEST * 4 || self.words.check(word) || {
            word.contains('’') && self.words.check(&word.replace('’', "'"))
        }
    }

    /// Words that are near it, the nearest first; none for what is too long to be one.
    #[must_use]
    pub fn near(&self, word: &str) -> Vec<String> {
        let mut near = Vec::new();
        if word.chars().count() <= LONGEST {
            self.words.suggest(&word.replace('’', "'"), &mut near);
        }
        near.truncate(NEAR);
        let apostrophe = |near: String| if word.contains('’') { near.replace('\'', "’") } else { near };
        near.into_iter().map(apostrophe).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AFF: &str = "PFX A Y 1\nPFX A 0 un .\nSFX D Y 2\nSFX D y ied [^aeiou]y\nSFX D 0 ed [^ey]\nSFX S N 1\nSFX S 0 s [^sxy]\n";

    fn dictionary(dic: &str, aff: &str) -> Dictionary {
        Dictionary::read(dic, aff).unwrap_or_else(|reason| panic!("{reason}"))
    }

    #[test]
    fn words_have_the_affixes_that_their_flags_allow() {
        let known = dictionary("5\nborn/A\nmill/DS\ncarry/DA\nLondon\nwheel/S\ndon't\n", AFF);
        for word in ["born", "unborn", "mills", "carried", "uncarried", "London", "LONDON", "Mill", "don’t"]
        {
            assert!(known.knows(word), "{word}");
        }
        for word in ["bom", "unmill", "carryed", "london2", "unmills", "london"] {
            assert!(!known.knows(word), "{word}");
        }
        assert_eq!(known.near("wheell"), ["wheel"]);
    }

    #[test]
    fn a_list_of_words_is_a_dictionary() {
        let known = dictionary("Stakhanov\nsubbotnik\n", "");
        assert!(known.knows("Stakhanov") && known.knows("subbotnik") && !known.knows("subbotniks"));
    }

    #[test]
    fn what_is_none_is_refused() {
        let refused = Dictionary::read("1\nmill/1,2\n", "FLAG num\nSFX zz Y 1\nSFX zz 0 s .\n");
        assert!(refused.is_err_and(|reason| reason.to_string().contains("Hunspell")));
    }
}
