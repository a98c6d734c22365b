//! The registry of BCP 47: which subtags there are, and what authors call languages.

use std::sync::LazyLock;

/// Languages of two and of three letters, scripts, regions of letters and of
/// figures, variants: a line each, without the registry's private ranges.
static ROWS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let text = include_str!("registry/subtags.txt");
    text.lines().filter(|line| !line.starts_with('#')).collect()
});

/// One line a language: tag, codes of ISO 639-2/B and /T, names.
const LANGUAGES: &str = include_str!("registry/languages.txt");

/// Tags from before the registry, and subtags that it has replaced.
const REPLACED: [(&str, &str); 23] = [
    ("art-lojban", "jbo"),
    ("en-gb-oed", "en-GB-oxendict"),
    ("i-ami", "ami"),
    ("i-bnn", "bnn"),
    ("i-hak", "hak"),
    ("i-klingon", "tlh"),
    ("i-lux", "lb"),
    ("i-navajo", "nv"),
    ("i-pwn", "pwn"),
    ("i-tao", "tao"),
    ("i-tay", "tay"),
    ("i-tsu", "tsu"),
    ("in", "id"),
    ("iw", "he"),
    ("ji", "yi"),
    ("jw", "jv"),
    ("mo", "ro"),
    ("no-bok", "nb"),
    ("no-nyn", "nn"),
    ("zh-guoyu", "cmn"),
    ("zh-hakka", "hak"),
    ("zh-min-nan", "nan"),
    ("zh-xiang", "hsn"),
];

/// What authors write for a region or a script whose subtag is another.
const PLACES: [(&str, &str); 34] = [
    ("america", "US"),
    ("australia", "AU"),
    ("austria", "AT"),
    ("belgium", "BE"),
    ("brazil", "BR"),
    ("britain", "GB"),
    ("canada", "CA"),
    ("china", "CN"),
    ("cyrillic", "Cyrl"),
    ("eng", "GB"),
    ("england", "GB"),
    ("france", "FR"),
    ("gbr", "GB"),
    ("germany", "DE"),
    ("hong kong", "HK"),
    ("india", "IN"),
    ("ireland", "IE"),
    ("italy", "IT"),
    ("latin", "Latn"),
    ("latin america", "419"),
    ("mexico", "MX"),
    ("portugal", "PT"),
    ("scotland", "GB"),
    ("simplified", "Hans"),
    ("south africa", "ZA"),
    ("spain", "ES"),
    ("switzerland", "CH"),
    ("taiwan", "TW"),
    ("traditional", "Hant"),
    ("uk", "GB"),
    ("united kingdom", "GB"),
    ("united states", "US"),
    ("usa", "US"),
    ("wales", "GB"),
];

/// Codes of countries that are taken for languages.
const COUNTRIES: [(&str, &str); 8] = [
    ("cn", "zh-CN"),
    ("cz", "cs"),
    ("dk", "da"),
    ("gb", "en-GB"),
    ("gr", "el"),
    ("jp", "ja"),
    ("ua", "uk"),
    ("us", "en-US"),
];

/// Whether the registry has that language; small letters.
pub(super) fn is_language(subtag: &str) -> bool {
    match subtag.len() {
        2 => holds(0, subtag),
        3 => holds(1, subtag) || ("qaa"..="qtz").contains(&subtag),
        _ => false,
    }
}

/// Whether the registry has that script; a capital and three small letters.
pub(super) fn is_script(subtag: &str) -> bool {
    subtag.len() == 4 && (holds(2, subtag) || ("Qaaa"..="Qabx").contains(&subtag))
}

/// Whether the registry has that region; capitals or figures.
pub(super) fn is_region(subtag: &str) -> bool {
    match subtag.len() {
        2 => holds(3, subtag) || ("QM"..="QZ").contains(&subtag) || ("XA"..="XZ").contains(&subtag),
        3 => holds(4, subtag),
        _ => false,
    }
}

/// Whether the registry has that variant; small letters.
pub(super) fn is_variant(subtag: &str) -> bool {
    ROWS[5].split(' ').any(|known| known == subtag)
}

/// Whether a line of subtags, sorted and all of one width, holds this one.
fn holds(row: usize, subtag: &str) -> bool {
    let row = ROWS[row].as_bytes();
    let step = subtag.len() + 1;
    let (mut low, mut high) = (0, (row.len() + 1) / step);
    while low < high {
        let middle = usize::midpoint(low, high);
        match row[middle * step..middle * step + subtag.len()].cmp(subtag.as_bytes()) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    false
}

/// What the registry has put in the place of a tag or a language; small letters.
pub(super) fn replaced(tag: &str) -> Option<&'static str> {
    REPLACED.iter().find(|(old, _)| *old == tag).map(|(_, new)| *new)
}

/// The region or script that a word means: `GB` for `uk`; small letters.
pub(super) fn place(word: &str) -> Option<&'static str> {
    PLACES.iter().find(|(name, _)| *name == word).map(|(_, subtag)| *subtag)
}

/// A language as the table of names has it.
struct Row {
    tag: &'static str,
    codes: [&'static str; 2],
    names: &'static str,
}

fn rows() -> impl Iterator<Item = Row> {
    LANGUAGES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut words = line.splitn(4, ' ');
        let mut next = || words.next();
        Some(Row { tag: next()?, codes: [next()?, next()?], names: next()? })
    })
}

/// Every name of a language that we know, with its tag.
pub(super) fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    rows().flat_map(|row| row.names.split(';').map(move |name| (name, row.tag)))
}

/// The tag of a language that is called so, or has that code in ISO 639-2; small letters.
pub(super) fn called(word: &str) -> Option<&'static str> {
    let by_code = rows().find(|row| row.codes.contains(&word)).map(|row| row.tag);
    let by_name = || names().find(|(name, _)| name.to_lowercase() == word).map(|(_, tag)| tag);
    let by_country = || COUNTRIES.iter().find(|(country, _)| *country == word).map(|(_, tag)| *tag);
    by_code.or_else(by_name).or_else(by_country)
}

/// The code of ISO 639-2, in its bibliographic form, of a language of two letters.
pub(super) fn bibliographic(language: &str) -> Option<&'static str> {
    rows().find(|row| row.tag == language).map(|row| row.codes[0]).filter(|code| *code != "-")
}
