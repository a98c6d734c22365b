//! What a character that a face lacks can be built from: other signs of the
//! same face.
//!
//! The letters are those of Unicode's own decompositions (UAX #15). This table
//! says for which characters they may stand in print, and how they are set. A
//! character whose form is its meaning (`𝐀`, `①`, `ｱ`) is not in it.

use unicode_normalization::UnicodeNormalization;

/// How a character is built. What is set is never what is read: a copy of the
/// text holds the author's character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Recipe {
    /// Other characters in its place: `ﬁ` as f and i, `‑` as a hyphen.
    Letters(String),
    /// Dashes that touch: `⸺`.
    Joined(String),
    /// Small figures on both sides of a slash.
    Fraction(String, String),
    /// Small and high.
    Raised(String),
    /// Small and low.
    Lowered(String),
    /// A letter, and accents for which the face has only signs that stand alone.
    Accented(char, String),
}

impl Recipe {
    /// The characters in a row, where nothing but a row can be had.
    pub(super) fn text(&self) -> Option<String> {
        match self {
            Recipe::Letters(a) | Recipe::Joined(a) | Recipe::Raised(a) | Recipe::Lowered(a) => {
                Some(a.clone())
            }
            Recipe::Fraction(above, below) => Some(format!("{above}⁄{below}")),
            Recipe::Accented(..) => None,
        }
    }

    /// The characters that the face must have.
    pub(super) fn needs(&self) -> Vec<char> {
        let single;
        let (first, second) = match self {
            Recipe::Accented(letter, accents) => {
                single = letter.to_string();
                (single.as_str(), accents.as_str())
            }
            Recipe::Letters(a) | Recipe::Joined(a) | Recipe::Raised(a) | Recipe::Lowered(a) => {
                (a.as_str(), "")
            }
            Recipe::Fraction(above, below) => (above.as_str(), below.as_str()),
        };
        first.chars().chain(second.chars()).collect()
    }
}

/// The ways to build `c`, the best first. An accented letter is made of its
/// parts, which the shaper puts together.
pub(super) fn recipes(c: char) -> Vec<Recipe> {
    let spelled = || vec![Recipe::Letters(c.nfkd().collect())];
    let either = |ways: &[&str]| ways.iter().map(|way| Recipe::Letters((*way).to_owned())).collect();
    match c {
        '\u{2e3a}' => vec![Recipe::Joined("——".to_owned())],
        '\u{2e3b}' => vec![Recipe::Joined("———".to_owned())],
        '\u{2010}' => either(&["-"]),
        '\u{2011}' => either(&["\u{2010}", "-"]),
        '\u{2012}' | '\u{2212}' => either(&["–"]),
        '\u{2015}' => either(&["—"]),
        '½' | '¼' | '¾' | '\u{2150}'..='\u{215f}' | '\u{2189}' | '℀' | '℁' | '℅' | '℆' => {
            fraction(c)
        }
        '¹' | '²' | '³' | 'ª' | 'º' | '™' | '℠' | '\u{1d43}'..='\u{1d61}' | '\u{2070}'..='\u{207f}' =>
        {
            vec![Recipe::Raised(c.nfkd().collect())]
        }
        '\u{1d62}'..='\u{1d6a}' | '\u{2080}'..='\u{209c}' => vec![Recipe::Lowered(c.nfkd().collect())],
        '№' => either(&["Nº", "No"]),
        'ẞ' => either(&["SS"]),
        '\u{2b9}' => either(&["′"]),
        '′' => either(&["\u{2b9}"]),
        '″' => either(&["\u{2ba}", "′′", "\u{2b9}\u{2b9}"]),
        '\u{2bb}' => either(&["‘"]),
        '\u{2bc}' => either(&["’"]),
        '⁄' | '\u{2215}' => either(&["/"]),
        '∙' | '⋅' | '‧' => either(&["·"]),
        '⋯' => either(&["···"]),
        'µ' => either(&["μ"]),
        'μ' => either(&["µ"]),
        // digraphs, Roman numerals, ligatures, dots, primes, degrees
        'Ĳ' | 'ĳ' | 'ŉ' | '\u{1c4}'..='\u{1cc}' | '\u{1f1}'..='\u{1f3}' | '\u{2160}'..='\u{217f}' => {
            spelled()
        }
        '\u{fb00}'..='\u{fb06}' | '\u{2024}'..='\u{2026}' | '‼' | '⁇'..='⁉' | '‴' | '⁗' | '℃' | '℉' => {
            spelled()
        }
        _ => parts(c),
    }
}

/// The figures of a fraction, from a decomposition with a slash in it.
fn fraction(c: char) -> Vec<Recipe> {
    let parts: String = c.nfkd().collect();
    let halves = parts.split_once(['\u{2044}', '/']);
    halves.map(|(above, below)| Recipe::Fraction(above.to_owned(), below.to_owned())).into_iter().collect()
}

/// A letter of which Unicode knows the accents apart: the shaper takes it to
/// pieces itself, or it gets accents that stand alone elsewhere. (Hangul
/// syllables want more than their parts one above another.)
fn parts(c: char) -> Vec<Recipe> {
    let mut parts = c.nfd();
    let Some(letter) = parts.next().filter(|_| !matches!(c, '\u{ac00}'..='\u{d7a3}')) else {
        return Vec::new();
    };
    let marks: String = parts.collect();
    if letter == c && marks.is_empty() {
        return Vec::new();
    }
    let letters = Recipe::Letters(c.nfd().collect());
    std::iter::once(letters).chain(accented(letter, &marks)).collect()
}

/// A letter with combining marks, as one with accents that stand alone; none
/// when there is none for a mark.
pub(super) fn accented(letter: char, marks: &str) -> Option<Recipe> {
    let accents: Option<String> = marks.chars().map(standing_alone).collect();
    let above = accents.as_ref()?.chars().any(|accent| !hangs_below(accent));
    let letter = match letter {
        'i' if above => 'ı',
        'j' if above => 'ȷ',
        other => other,
    };
    accents.filter(|accents| !accents.is_empty()).map(|accents| Recipe::Accented(letter, accents))
}

/// The accent that looks like a combining mark and stands alone.
fn standing_alone(mark: char) -> Option<char> {
    const ALONE: [(char, char); 14] = [
        ('\u{300}', '`'),
        ('\u{301}', '´'),
        ('\u{302}', 'ˆ'),
        ('\u{303}', '˜'),
        ('\u{304}', '¯'),
        ('\u{306}', '˘'),
        ('\u{307}', '˙'),
        ('\u{308}', '¨'),
        ('\u{30a}', '˚'),
        ('\u{30b}', '˝'),
        ('\u{30c}', 'ˇ'),
        ('\u{323}', '.'),
        ('\u{327}', '¸'),
        ('\u{328}', '˛'),
    ];
    ALONE.iter().find(|(combining, _)| *combining == mark).map(|(_, alone)| *alone)
}

/// Whether an accent stands under its letter.
pub(super) fn hangs_below(accent: char) -> bool {
    matches!(accent, '.' | '¸' | '˛')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(c: char) -> Option<Recipe> {
        recipes(c).into_iter().next()
    }

    #[test]
    fn signs_are_built_as_a_compositor_would() {
        let fraction = |above: &str, below: &str| Some(Recipe::Fraction(above.into(), below.into()));
        let letters = |letters: &str| Some(Recipe::Letters(letters.into()));
        assert_eq!(first('⅑'), fraction("1", "9"));
        assert_eq!(first('⅒'), fraction("1", "10"));
        assert_eq!(first('⅟'), fraction("1", ""));
        assert_eq!(first('℅'), fraction("c", "o"));
        assert_eq!(first('ﬃ'), letters("ffi"));
        assert_eq!(first('Ⅷ'), letters("VIII"));
        assert_eq!(first('…'), letters("..."));
        assert_eq!(first('ŉ'), letters("\u{2bc}n"));
        assert_eq!(first('ǵ'), letters("g\u{301}"));
        assert_eq!(recipes('ǰ')[1], Recipe::Accented('ȷ', "ˇ".into()));
        assert_eq!(recipes('ệ')[1], Recipe::Accented('e', ".ˆ".into()));
        assert_eq!(first('⁴'), Some(Recipe::Raised("4".into())));
        assert_eq!(first('™'), Some(Recipe::Raised("TM".into())));
        assert_eq!(first('₂'), Some(Recipe::Lowered("2".into())));
        assert_eq!(first('⸻'), Some(Recipe::Joined("———".into())));
    }

    #[test]
    fn what_means_by_its_form_is_not_rebuilt() {
        for c in ['𝐀', '①', 'ｱ', '二', '한', '☃', '😀', 'a', 'я'] {
            assert_eq!(recipes(c), [], "{c}");
        }
    }
}
