//! What follows from the kind of a character: whether it is an ideograph, whether its words are divided
//! without a hyphen, and whether it shows nothing. The scripts are those of the Unicode Character Database (unicode-script).

use unicode_script::{Script, UnicodeScript};

/// Whether a character shows nothing: soft hyphens, joiners, marks of direction,
/// variation selectors (Unicode, Default_Ignorable_Code_Point).
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
        || c.is_control()
}

/// Whether a character is a letter of Chinese or Japanese, which each fill a square: no spaces stand between
/// them. Those of Korean are none.
#[must_use]
pub(super) fn is_ideograph(c: char) -> bool {
    use Script::{Bopomofo, Han, Hiragana, Katakana, Nushu, Tangut, Yi};
    matches!(c.script(), Han | Hiragana | Katakana | Bopomofo | Yi | Nushu | Tangut)
}

/// The same, or a mark that stands among such letters: those of their own blocks, which are of no script,
/// and those that Chinese shares with the West.
#[must_use]
pub fn stands_among_ideographs(c: char) -> bool {
    let own = matches!(c, '\u{3000}'..='\u{303f}' | '\u{31c0}'..='\u{31ef}' | '\u{3200}'..='\u{33ff}'
        | '\u{3099}'..='\u{309c}' | '\u{30a0}' | '\u{30fb}' | '\u{30fc}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff65}' | '\u{ff70}');
    is_ideograph(c) || own || matches!(c, '…' | '—' | '“' | '”' | '‘' | '’')
}

/// Whether words of that letter's script end a line in their middle without a hyphen: ideographs, Korean, and
/// the scripts of South-East Asia.
#[must_use]
pub fn is_divided_without_hyphen(c: char) -> bool {
    use Script::{Hangul, Javanese, Khmer, Lao, Myanmar, Thai, Tibetan};
    is_ideograph(c) || matches!(c.script(), Hangul | Javanese | Khmer | Lao | Myanmar | Thai | Tibetan)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ideographs_are_those_of_chinese_and_japanese() {
        for c in ['日', '々', 'か', 'カ', 'ｶ', 'ㄅ', '\u{20000}', '\u{f900}'] {
            assert!(is_ideograph(c) && stands_among_ideographs(c), "{c}");
        }
        // Hangul, Arabic presentation forms, and other signs behind U+2E80
        for c in [
            '한', '\u{3131}', '\u{fb50}', '\u{fdf2}', '\u{fe80}', '\u{fb01}', '\u{ff21}', '\u{a720}', '😀',
            'a', 'ب',
        ] {
            assert!(!is_ideograph(c), "{c}");
        }
        assert!(['、', '「', '！', '—'].into_iter().all(|c| stands_among_ideographs(c) && !is_ideograph(c)));
        assert!(['한', 'a', '.', ' '].into_iter().all(|c| !stands_among_ideographs(c)));
    }

    #[test]
    fn korean_and_thai_words_are_divided_without_a_hyphen() {
        assert!(['한', '日', 'ก'].into_iter().all(is_divided_without_hyphen));
        assert!(['a', 'д', '\u{fe80}'].into_iter().all(|c| !is_divided_without_hyphen(c)));
    }
}
