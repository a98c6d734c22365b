//! Words in capitals, as a language writes them.

use unicode_normalization::UnicodeNormalization;

/// `words` in capitals. Turkish, Azerbaijani and Crimean Tatar keep the dot of the i (SpecialCasing.txt of Unicode);
/// Greek capitals have no accents.
#[must_use]
pub fn capitals(language: &str, words: &str) -> String {
    letters(language, words.chars().map(|letter| (letter, ())))
        .into_iter()
        .map(|(letter, ())| letter)
        .collect()
}

/// The same of letters that each have a place, which their capitals take over.
#[must_use]
pub fn letters<P: Copy>(language: &str, letters: impl Iterator<Item = (char, P)>) -> Vec<(char, P)> {
    let upper = |(letter, at): (char, P)| letter.to_uppercase().map(move |capital| (capital, at));
    match language.split('-').next().unwrap_or(language) {
        "tr" | "az" | "crh" => letters
            .map(|(letter, at)| (if letter == 'i' { 'İ' } else { letter }, at))
            .flat_map(upper)
            .collect(),
        "el" | "grc" => greek(letters),
        _ => letters.flat_map(upper).collect(),
    }
}

/// Accents, breathings and the iota below are left out, but for that of the word ή (or), which is told by it from the
/// article. Two vowels that an accent kept apart are kept apart by two dots: `τσάι` is `ΤΣΑΪ` (as CLDR's `el-Upper`).
fn greek<P: Copy>(letters: impl Iterator<Item = (char, P)>) -> Vec<(char, P)> {
    let letters: Vec<(char, P)> =
        letters.flat_map(|(letter, at)| letter.nfd().map(move |part| (part, at))).collect();
    let is_mark = |c: char| matches!(c, '\u{300}'..='\u{345}');
    let mut out = Vec::new();
    let mut parts = false;
    let mut in_word = false;
    let mut n = 0;
    while let Some((letter, at)) = letters.get(n).copied() {
        let marks = letters[n + 1..].iter().take_while(|(c, _)| is_mark(*c)).count();
        let own = |mark: char| letters[n + 1..=n + marks].iter().any(|(c, _)| *c == mark);
        let ends = letters.get(n + 1 + marks).is_none_or(|(next, _)| !next.is_alphabetic());
        let accented = own('\u{301}');
        let dots = own('\u{308}') || parts && marks == 0 && matches!(letter, 'ι' | 'υ');
        let is_or = letter == 'η' && !in_word && ends && accented;
        let kept = [is_or.then_some('\u{301}'), dots.then_some('\u{308}')];
        let set: String = letter.to_uppercase().chain(kept.into_iter().flatten()).nfc().collect();
        out.extend(set.chars().map(|capital| (capital, at)));
        parts = accented && !dots && "αεηιουω".contains(letter);
        in_word = letter.is_alphabetic();
        n += 1 + marks;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_i_keeps_its_dot_in_turkish() {
        assert_eq!(capitals("tr", "İçindekiler ılık"), "İÇİNDEKİLER ILIK");
        assert_eq!(capitals("de-CH", "Spaß im Mai"), "SPASS IM MAI");
    }

    #[test]
    fn greek_capitals_have_no_accents() {
        for (words, set) in [
            ("Κεφάλαιο πρώτο", "ΚΕΦΑΛΑΙΟ ΠΡΩΤΟ"),
            ("τσάι, προϊόν", "ΤΣΑΪ, ΠΡΟΪΟΝ"),
            ("ζωή ή θάνατος", "ΖΩΗ Ή ΘΑΝΑΤΟΣ"),
            ("ἐν ἀρχῇ ἦν", "ΕΝ ΑΡΧΗ ΗΝ"),
        ] {
            assert_eq!(capitals("el", words), set);
        }
        assert_eq!(capitals("ru", "чай й"), "ЧАЙ Й");
    }
}
