//! Names of persons in lines of their own, and what is none: a line that says where or when a book came out.

use crate::terms::numerals::from_roman;

/// How many words a name has at most, and how many characters.
const MOST_NAMES: usize = 5;
pub(super) const LONGEST_NAME: usize = 60;

/// Whether a few words are those of a name: each begins with a capital, and hardly one has a small letter alone.
pub(super) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let small = ["de", "von", "van", "der", "la", "le", "du", "and", "&", "y", "e", "und", "et"];
    let large = |word: &&&str| word.starts_with(char::is_uppercase);
    (2..=MOST_NAMES).contains(&words.len())
        && text.len() <= LONGEST_NAME
        && !text.contains(|c: char| c.is_ascii_digit())
        && words.iter().all(|word| large(&word) || small.contains(word))
        && words.iter().filter(large).count() >= 2
}

/// Whether a line alone below a title is the name of who wrote the book: a few words, none of them of a book or of its trade.
pub(super) fn is_lone_author(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let initial = text.split_whitespace().any(|word| word.len() == 2 && word.ends_with('.'));
    is_name(text)
        && !is_imprint(text)
        && (initial || text.split_whitespace().count() <= 3)
        && !words.any(|word| NO_NAMES.contains(&format!(" {} ", word.to_lowercase())))
}

/// Whether a line says where or when a book came out, or who published it.
pub(super) fn is_imprint(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let roman = |word: &str| word.starts_with('M') && roman_value_of_year(word).is_some();
    let last = words.next_back();
    // a year may be what a book is about: `THE REVOLUTION OF 1848`
    let about =
        words.clone().any(|word| ["of", "in", "the", "since"].contains(&word.to_lowercase().as_str()));
    last.is_some_and(|word| year(word) || roman(word)) && !about
        || words.any(|word| TRADE.contains(&word.to_lowercase().as_str()))
}

/// A year in roman numerals.
fn roman_value_of_year(word: &str) -> Option<u32> {
    from_roman(&word.to_lowercase()).filter(|year| YEARS.contains(year) && !word.contains(char::is_lowercase))
}

/// The years in which books came out that write them so.
const YEARS: std::ops::RangeInclusive<u32> = 1450..=2100;

/// Words of those who print and sell books.
const TRADE: [&str; 10] = [
    "press",
    "publisher",
    "publishers",
    "publishing",
    "verlag",
    "éditions",
    "éditeur",
    "booksellers",
    "ltd",
    "drukkerij",
];

/// Words that stand below a title and in no name.
const NO_NAMES: &str = " the of in on an to with from edition volume vol part book books novel tale tales story stories \
    essay essays poem poems letters papers romance comedy tragedy illustrated translated complete collected selected works \
    series library contents preface roman gedichte ";
