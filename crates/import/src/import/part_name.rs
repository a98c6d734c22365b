//! The words that name the parts of a book, and their numbers: `CHAPTER IV`, `Erstes Kapitel`, `XIV.`

/// Words that name a part of a book, in several languages.
const PARTS: [&str; 30] = [
    "chapter",
    "chap",
    "part",
    "book",
    "letter",
    "volume",
    "canto",
    "act",
    "lecture",
    "chapitre",
    "partie",
    "livre",
    "lettre",
    "kapitel",
    "teil",
    "theil",
    "buch",
    "brief",
    "глава",
    "часть",
    "книга",
    "письмо",
    "capítulo",
    "capitulo",
    "parte",
    "libro",
    "capitolo",
    "carta",
    "hoofdstuk",
    "rozdział",
];

/// Whether a heading names a part or chapter: `CHAPTER IV`, `Erstes Kapitel`.
pub(super) fn names_part(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let part = |word: &str| PARTS.contains(&word.to_lowercase().as_str());
    let large = text.starts_with(char::is_uppercase) && text.len() <= 90;
    let numbered = is_numeral(second) || second.bytes().all(|b| b.is_ascii_digit()) && !second.is_empty();
    let is_title = CONNECTING.contains(&second.to_lowercase().as_str());
    let leads = part(first)
        && (numbered || is_capital(text) && !is_title || second.is_empty() || words.clone().next().is_none());
    large
        && (leads && first.len() < text.len()
            || part(second) && first.chars().count() > 3 && text.split_whitespace().count() == 2
            || is_ordinal(first, second) && words.next().is_some_and(part) && words.next().is_none())
}

/// Words behind that of a part that make a title of it: `LETTER TO THE MILLER`, `BOOK AND CANDLE`.
const CONNECTING: [&str; 16] =
    ["and", "or", "of", "to", "from", "in", "on", "for", "with", "by", "und", "von", "aus", "et", "de", "y"];

/// Whether two words are an article and an ordinal number, as in `THE FIRST ACT`.
fn is_ordinal(article: &str, word: &str) -> bool {
    let (article, word) = (article.to_lowercase(), word.to_lowercase());
    let english = ["first", "second", "third"].contains(&word.as_str()) || word.ends_with("th");
    article == "the" && english || ["der", "die", "das"].contains(&article.as_str()) && word.ends_with("te")
}

/// The word that names the part in a heading such as `CHAPTER IV`: `chapter`.
pub(super) fn part_word(text: &str) -> Option<String> {
    let first = text.split(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty())?.to_lowercase();
    (names_part(text) && PARTS.contains(&first.as_str())).then_some(first)
}

/// `CHAPTER IV` without a title.
pub(super) fn is_bare_part(text: &str) -> bool {
    names_part(text) && text.split_whitespace().count() <= 3
}

/// A Roman numeral alone: `IV`, `IV.`
pub(super) fn is_numeral(text: &str) -> bool {
    let core = text.trim_end_matches(['.', ' ']);
    !core.is_empty() && core.len() <= 7 && core.bytes().all(|b| b"IVXLC".contains(&b))
}

pub(super) fn is_capital(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3 && text.chars().filter(|c| c.is_uppercase()).count() == letters
}

/// Words of which every longer one has a capital, and that no stop ends: a title and no sentence.
pub(super) fn is_title_case(text: &str) -> bool {
    // a title may be in italics
    let text = text.strip_prefix('_').and_then(|text| text.strip_suffix('_')).unwrap_or(text);
    let mut words = text.split_whitespace().peekable();
    let large = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.chars().count() <= SHORT_WORD || bare.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
    };
    words.peek().is_some_and(|w| w.starts_with(char::is_uppercase))
        && !is_numeral(text)
        && text.chars().count() <= LONGEST_TITLE
        && !text.ends_with([',', ';', ':', '.', '-', '”', '"'])
        && words.all(large)
}

/// How many letters a word has at most that a title may write small.
const SHORT_WORD: usize = 4;

/// How many characters such a title has at most.
pub(super) const LONGEST_TITLE: usize = 50;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_and_numerals() {
        for text in [
            "CHAPTER I",
            "Chapter 4. The Mill",
            "Erstes Kapitel",
            "CHAPITRE PREMIER",
            "ГЛАВА ПЕРВАЯ",
            "BOOK II",
            "THE FIRST ACT",
        ] {
            assert!(names_part(text), "{text}");
        }
        for text in [
            "Part of the reason is this",
            "The Book",
            "Letter to the miller in March",
            "chapter one",
            "The Old Act",
            "LETTER AND MEADOW",
        ] {
            assert!(!names_part(text), "{text}");
        }
        assert!(is_numeral("XIV.") && !is_numeral("MIX") && !is_numeral("In"));
    }
}
