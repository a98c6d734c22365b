//! What stays together at the end of a line, by language: a number and its unit, a
//! title and a name, a day and its month, the parts of an abbreviation.
//!
//! The tables follow what the printing handbooks of the languages ask for: Duden for
//! German, the *Lexique* of the Imprimerie nationale for French, Milchin for Russian,
//! New Hart's Rules and the Chicago Manual for English. A pair of words is looked at,
//! and no more, so that breaking lines stays as fast as it is.

use super::months;
use crate::book::Lang;

/// How firmly two words are tied, the loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// A title and a name: rather not parted.
    Loose,
    /// A number and what it counts, a reference and its number: hardly parted.
    Close,
    /// The parts of an abbreviation: parted only when there is no other line.
    Firm,
}

/// What a language ties besides what all of them do.
struct Table {
    language: &'static str,
    /// Titles, before a name.
    titles: &'static [&'static str],
    /// Abbreviations, before a number.
    numbered: &'static [&'static str],
    /// Words that stand behind a number.
    counted: &'static [&'static str],
}

/// Before a number, in every language.
const NUMBERED: &[&str] = &["§", "§§", "¶", "№", "$", "€", "£", "¥"];

/// Units behind a number, in every language.
const UNITS: &[&str] = &[
    "%", "‰", "°", "°C", "°F", "K", "mm", "cm", "dm", "m", "km", "m²", "km²", "m³", "ha", "mg", "g", "kg",
    "t", "ml", "cl", "l", "hl", "ms", "s", "min", "h", "kWh", "kW", "W", "V", "A", "Hz", "kHz", "MHz", "GHz",
    "kB", "MB", "GB", "TB", "pt", "px", "$", "€", "£", "¥", "USD", "EUR", "GBP", "CHF", "kr", "zł", "Kč",
];

const TABLES: [Table; 9] = [
    Table {
        language: "en",
        titles: &[
            "Mr.", "Mrs.", "Ms.", "Dr.", "St.", "Prof.", "Rev.", "Hon.", "Capt.", "Col.", "Gen.", "Lt.",
            "Sgt.", "Messrs.", "Mr", "Mrs", "Ms", "Dr", "St", "Messrs", "Mme", "M.",
        ],
        numbered: &[
            "p.", "pp.", "vol.", "vols.", "Vol.", "no.", "nos.", "No.", "Nos.", "ch.", "Ch.", "chap.",
            "fig.", "figs.", "Fig.", "pl.", "sec.", "art.", "ll.", "c.", "ca.", "Rs.",
        ],
        counted: &[
            "a.m.",
            "p.m.",
            "am",
            "pm",
            "o’clock",
            "per",
            "million",
            "billion",
            "BC",
            "AD",
            "BCE",
            "CE",
        ],
    },
    Table {
        language: "de",
        titles: &["Dr.", "Prof.", "Hr.", "Fr.", "Frl.", "St.", "Hl.", "Herr", "Frau"],
        numbered: &[
            "S.", "Nr.", "Nrn.", "Bd.", "Bde.", "Abb.", "Kap.", "Art.", "Abs.", "Anm.", "Sp.", "Taf.",
            "Tab.", "Bl.", "ca.", "Jg.", "H.",
        ],
        counted: &["Uhr", "Mio.", "Mrd.", "Prozent", "Jh.", "Mark", "Euro", "Std.", "Min."],
    },
    Table {
        language: "fr",
        titles: &["M.", "MM.", "Mme", "Mmes", "Mlle", "Dr", "Pr", "Me", "Mgr", "St", "Ste"],
        numbered: &["p.", "pp.", "t.", "vol.", "nº", "n°", "nos", "no", "chap.", "fig.", "art.", "f."],
        counted: &["h", "francs", "F", "fr.", "millions", "heures", "siècle"],
    },
    Table {
        language: "es",
        titles: &["Sr.", "Sra.", "Srta.", "D.", "Dña.", "Dr.", "Dra.", "Sto.", "Sta.", "Ud.", "Uds."],
        numbered: &["p.", "pp.", "pág.", "págs.", "núm.", "n.º", "vol.", "cap.", "fig.", "art."],
        counted: &["h", "millones", "pesetas", "euros"],
    },
    Table {
        language: "it",
        titles: &["Sig.", "sig.", "Dott.", "dott.", "S.", "Prof.", "prof.", "On."],
        numbered: &["p.", "pp.", "pag.", "n.", "nn.", "vol.", "cap.", "fig.", "art."],
        counted: &["lire", "euro", "milioni"],
    },
    Table {
        language: "nl",
        titles: &["dr.", "prof.", "mr.", "ir.", "dhr.", "mevr.", "St."],
        numbered: &["blz.", "p.", "nr.", "nrs.", "dl.", "afb.", "art.", "ca."],
        counted: &["uur", "gulden", "euro", "miljoen"],
    },
    Table {
        language: "ru",
        titles: &["г.", "г-н", "г-жа", "тов.", "проф.", "св.", "ул.", "гр."],
        numbered: &["с.", "стр.", "т.", "гл.", "рис.", "ст.", "п.", "вып.", "кн."],
        counted: &["г.", "гг.", "в.", "вв.", "руб.", "коп.", "тыс.", "млн", "млрд", "км", "м", "кг", "чел."],
    },
    Table {
        language: "pl",
        titles: &["dr", "prof.", "ks.", "św.", "p.", "pan", "pani"],
        numbered: &["s.", "nr", "t.", "rozdz.", "rys.", "art.", "ok."],
        counted: &["r.", "w.", "zł", "gr", "tys.", "mln", "godz."],
    },
    Table {
        language: "sv",
        titles: &["dr", "prof.", "hr", "fru", "S:t"],
        numbered: &["s.", "nr", "bd", "kap.", "fig.", "ca"],
        counted: &["kronor", "öre", "miljoner", "procent"],
    },
];

/// Whether the words around a space are two in small letters of ASCII and nothing else, which no language ties: what is
/// tied has a stop, a digit, a sign or a capital in its first word, or a capital or a digit first in its second. Most
/// pairs of a book are such, so asking this first spares the tables. `before` may be all that comes before the space.
#[must_use]
pub fn is_plain_pair(before: &str, after: &str) -> bool {
    let mut word = before.bytes().rev().take_while(|b| *b != b' ');
    after.bytes().next().is_some_and(|b| b.is_ascii_lowercase()) && word.all(|b| b.is_ascii_lowercase())
}

/// How firmly a language ties two words that a space parts, if it does.
#[must_use]
pub fn tie(language: &Lang, before: &str, after: &str) -> Option<Tie> {
    if is_plain_pair(before, after) { None } else { unlike_plain(language, before, after) }
}

/// The tie of two words that are not both plain.
fn unlike_plain(language: &Lang, before: &str, after: &str) -> Option<Tie> {
    let opened = before.trim_start_matches(|c: char| is_mark(c) && !is_sign(c));
    let closed = after.trim_end_matches(is_stop);
    let short = after.trim_end_matches(|c: char| is_stop(c) && c != '.');
    let table = TABLES.iter().find(|table| table.language == language.primary());
    let listed = |list: fn(&Table) -> &'static [&'static str], word: &str| {
        table.is_some_and(|table| list(table).contains(&word))
    };
    if is_part(opened) && is_part_behind(after) {
        return Some(Tie::Firm);
    }
    let number = after.starts_with(|c: char| c.is_ascii_digit());
    if number && (NUMBERED.contains(&opened) || listed(|table| table.numbered, opened)) {
        return Some(Tie::Close);
    }
    if is_number(opened) {
        let counted = |word: &str| UNITS.contains(&word) || listed(|table| table.counted, word);
        let month = || is_day(opened) && months(language.primary()).any(|month| month == closed);
        return (counted(closed) || counted(short) || month()).then_some(Tie::Close);
    }
    if is_name(opened) && is_ordinal(closed, language) {
        return Some(Tie::Close);
    }
    let named = after.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
    (named && listed(|table| table.titles, opened)).then_some(Tie::Loose)
}

/// A mark around words.
fn is_mark(c: char) -> bool {
    !c.is_alphanumeric()
}

/// A sign that is a word itself.
fn is_sign(c: char) -> bool {
    matches!(c, '§' | '¶' | '№' | '$' | '€' | '£' | '¥')
}

fn is_stop(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '.' | '!' | '?' | ')' | ']' | '”' | '’' | '»' | '“' | '—' | '–' | '…')
}

/// `12`, `3.5`, `1,000`, `½`: a number alone.
fn is_number(word: &str) -> bool {
    word.starts_with(char::is_numeric)
        && word
            .chars()
            .all(|c| c.is_numeric() || matches!(c, '.' | ',' | '’' | '\u{a0}' | '\u{202f}' | '–' | '-' | '/'))
}

/// `1`, `31`, `1.`: the day of a month.
fn is_day(word: &str) -> bool {
    let digits = word.trim_end_matches('.');
    (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `z.`, `u.`, `d.`: the first part of an abbreviation.
fn is_part(word: &str) -> bool {
    let Some(letters) = word.strip_suffix('.') else { return false };
    letters.chars().count() == 1 && letters.chars().all(char::is_lowercase)
}

/// `B.`, `a.`, `Ä.`, `Chr.`: a further part.
fn is_part_behind(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| is_stop(c) && c != '.');
    let Some(letters) = word.trim_end_matches("..").strip_suffix('.') else { return false };
    (1..=3).contains(&letters.chars().count()) && letters.chars().all(char::is_alphabetic)
}

/// `Louis`, `Friedrich`: a name, which a numeral may follow.
fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && word.chars().skip(1).all(char::is_lowercase)
        && word.chars().count() > 2
}

/// `XIV`, `II.`: which of that name; the English *I* is a word.
fn is_ordinal(word: &str, language: &Lang) -> bool {
    let roman = word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    roman && (1..=5).contains(&word.len()) && !(word == "I" && language.primary() == "en")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_tied_as_their_language_ties_them() {
        use Tie::{Close, Firm, Loose};
        let cases = [
            ("en", "(Mr.", "Dobbs", Some(Loose)),
            ("en", "Mr", "Dobbs", Some(Loose)),
            ("en", "Mr", "dobbs", None),
            ("en", "12", "kg", Some(Close)),
            ("en", "7", "p.m.,", Some(Close)),
            ("en", "20", "%)", Some(Close)),
            ("en", "£", "20", Some(Close)),
            ("en", "1", "May", Some(Close)),
            ("en", "Louis", "XIV,", Some(Close)),
            ("en", "Then", "I", None),
            ("en", "No.", "12", Some(Close)),
            ("en", "No.", "Never", None),
            ("de", "z.", "B.", Some(Firm)),
            ("de", "(u.", "a.),", Some(Firm)),
            ("de", "v.", "Chr.", Some(Firm)),
            ("de", "1.", "Mai", Some(Close)),
            ("de", "9", "Uhr", Some(Close)),
            ("de", "Friedrich", "I.", Some(Close)),
            ("fr", "Mme", "Roland", Some(Loose)),
            ("fr", "nº", "12", Some(Close)),
            ("ru", "и", "т.", None),
            ("ru", "т.", "д.", Some(Firm)),
            ("ru", "1917", "г.", Some(Close)),
            ("xx", "12", "km", Some(Close)),
            ("en", "so", "it", None),
        ];
        for (language, before, after, expected) in cases {
            let language = Lang::parse(language).unwrap_or_default();
            assert_eq!(tie(&language, before, after), expected, "{before} {after}");
        }
    }

    /// The words of all tables, before and behind words of every shape: none that is tied is taken for plain.
    #[test]
    fn no_plain_pair_is_tied() {
        for table in TABLES {
            let language = Lang::parse(table.language).unwrap_or_default();
            let listed = [table.titles, table.numbered, table.counted, NUMBERED, UNITS].concat();
            let shapes = ["12", "3.", "May", "mai", "xiv", "XIV", "a.", "b", "Dobbs", "(", "ä", "£"];
            let words: Vec<&str> = listed.into_iter().chain(shapes).collect();
            for (before, after) in words.iter().flat_map(|a| words.iter().map(move |b| (a, b))) {
                let tied = unlike_plain(&language, before, after).is_some();
                assert!(!tied || !is_plain_pair(before, after), "{before} {after}");
            }
        }
    }
}
