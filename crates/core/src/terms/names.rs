//! How names follow the words that say what somebody did for a book.

/// What stands between the parts of a list in that language.
pub(super) fn comma(language: &str) -> &'static str {
    match language {
        "ja" | "zh" | "cmn" | "yue" => "、",
        "ar" | "fa" | "ur" => "، ",
        _ => ", ",
    }
}

/// The words as they stand before names that begin with a vowel, with no space
/// between the two, where the language writes *de* so: *Préface d’Anne Roux*.
pub(super) fn elided(words: &str, names: &str, language: &str) -> Option<String> {
    let before = words.strip_suffix("de").filter(|before| before.ends_with(' '))?;
    takes_apostrophe(names, language).then(|| format!("{before}d’"))
}

/// Whether *de* is *d’* before these names. French has both *d’Hugo* and *de Hugo*, so its *h*
/// keeps the full word; before *Yann* the *y* is a consonant, before *Yves* a vowel.
fn takes_apostrophe(names: &str, language: &str) -> bool {
    let mut letters = names.chars().flat_map(char::to_lowercase);
    let (first, second) = (letters.next().unwrap_or(' '), letters.next().unwrap_or(' '));
    match (language, first) {
        ("fr" | "ca", _) if is_vowel(first) => true,
        ("fr", 'y') => second.is_alphabetic() && !is_vowel(second),
        ("ca", 'h') => is_vowel(second),
        _ => false,
    }
}

fn is_vowel(letter: char) -> bool {
    "aàâäáeéèêëiîïíoôöóòuùûüúæœ".contains(letter)
}
