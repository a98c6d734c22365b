//! Words of one letter that stay with the next word, by language. `terms::ties` has what else stays together: a
//! number and its unit, a title and a name.

use super::Lang;

/// Languages in which a word of one letter stays with the next one, and what
/// such words are: prepositions and conjunctions. Polish PN-83/P-55366, Czech
/// ČSN 01 6910 and, for Cyrillic, OST 29.124-94 ask for it. Serbian is written in
/// two scripts.
const LEANING: [(&str, &str); 8] = [
    ("pl", "aiouwz"),
    ("cs", "aikosuvz"),
    ("sk", "aikosuvz"),
    ("ru", "авикосу"),
    ("uk", "авжзійоу"),
    ("be", "аізйоуў"),
    ("bg", "авиксу"),
    ("sr", "аиксуоaiksuo"),
];

impl Lang {
    /// Whether `word` leans on the next one, so that compositors of this
    /// language rather do not end a line with it: a break behind it has a price.
    #[must_use]
    pub fn leans(&self, word: &str) -> bool {
        let mut letters = word.chars().skip_while(|c| !c.is_alphanumeric());
        let (Some(letter), None) = (letters.next(), letters.next()) else { return false };
        let small = letter.to_lowercase().next().unwrap_or(letter);
        self.leaning_words().is_some_and(|words| words.contains(small))
    }

    /// Whether this language has words that lean.
    #[must_use]
    pub fn has_leaning_words(&self) -> bool {
        self.leaning_words().is_some()
    }

    fn leaning_words(&self) -> Option<&'static str> {
        LEANING.iter().find(|(known, _)| *known == self.primary()).map(|(_, words)| *words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_small_words_of_the_language_lean() {
        let leans = |tag: &str, word: &str| Lang::parse(tag).is_some_and(|lang| lang.leans(word));
        for (tag, word) in [
            ("pl", "w"),
            ("pl-PL", "„Z"),
            ("cs", "(v"),
            ("ru", "и"),
            ("ru", "В"),
            ("uk", "й"),
            ("sr-Latn", "u"),
        ] {
            assert!(leans(tag, word), "{tag} {word}");
        }
        for (tag, word) in [("en", "a"), ("pl", "we"), ("pl", "z."), ("ru", "I"), ("ru", ""), ("cs", "5")] {
            assert!(!leans(tag, word), "{tag} {word}");
        }
    }
}
