//! What typists write where a book has more: the words that make a title of a line, and the signs
//! that part two scenes. Manuscripts are warned about them, and books of other tools are read by them.

/// Words that are a title by themselves.
pub const ALONE: &[&str] = &[
    "prologue",
    "epilogue",
    "interlude",
    "afterword",
    "prolog",
    "epilog",
    "prólogo",
    "epílogo",
    "épilogue",
    "пролог",
    "эпилог",
];

/// Words between two that share a part, of which the first keeps its hyphen: `pre- and postwar`, `ein- bzw. ausgehen`,
/// `Mac- и Linux-системы`.
const SHARING: &[&str] = &[
    "and",
    "or",
    "to",
    "nor",
    "but",
    "und",
    "oder",
    "bis",
    "wie",
    "sowie",
    "bzw",
    "beziehungsweise",
    "respektive",
    "resp",
    "noch",
    "statt",
    "et",
    "ou",
    "e",
    "ed",
    "o",
    "y",
    "u",
    "en",
    "of",
    "og",
    "och",
    "eller",
    "samt",
    "ja",
    "tai",
    "i",
    "lub",
    "oraz",
    "nebo",
    "či",
    "és",
    "vagy",
    "ve",
    "și",
    "sau",
    "и",
    "или",
    "та",
    "або",
    "й",
    "и/или",
];

/// Whether a word stands between two that share a part; a full stop behind it is not looked at.
#[must_use]
pub fn shares_parts(word: &str) -> bool {
    SHARING.contains(&word.trim_end_matches('.'))
}

/// Words that are the title of a chapter with a number behind them, in the languages that novels
/// are typed in.
pub const NUMBERED: &[&str] = &[
    "chapter",
    "kapitel",
    "chapitre",
    "capítulo",
    "capitulo",
    "capitolo",
    "hoofdstuk",
    "rozdział",
    "kapitola",
    "глава",
    "fejezet",
];

/// Words that are the title of a part with a number behind them.
pub const PARTS: &[&str] =
    &["part", "teil", "partie", "parte", "deel", "część", "část", "часть", "частина", "rész"];

/// Which chapter it is, as novels in several languages say it: `Chapitre premier`, `Erstes Kapitel`, `Глава первая`.
#[rustfmt::skip]
pub const ORDINALS: &[&str] = &[
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "last",
    "premier", "première", "deuxième", "second", "seconde", "troisième", "quatrième", "cinquième", "sixième", "septième",
    "huitième", "neuvième", "dixième",
    "erstes", "zweites", "drittes", "viertes", "fünftes", "sechstes", "siebtes", "siebentes", "achtes", "neuntes", "zehntes",
    "erster", "zweiter", "dritter", "vierter", "fünfter",
    "primero", "primera", "segundo", "segunda", "tercero", "tercera", "cuarto", "cuarta", "quinto", "quinta", "sexto",
    "séptimo", "octavo", "noveno", "décimo",
    "primeiro", "primeira", "terceiro", "terceira", "quarto", "quarta", "sétimo", "oitavo", "nono",
    "primo", "prima", "secondo", "seconda", "terzo", "terza", "sesto", "settimo", "ottavo", "decimo",
    "pierwszy", "pierwsza", "drugi", "druga", "trzeci", "trzecia", "czwarty", "czwarta", "piąty", "piąta", "szósty", "siódmy",
    "ósmy", "dziewiąty", "dziesiąty",
    "первая", "вторая", "третья", "четвертая", "четвёртая", "пятая", "шестая", "седьмая", "восьмая", "девятая", "десятая",
    "eerste", "tweede", "derde", "vierde", "vijfde",
    "első", "második", "harmadik", "negyedik", "ötödik",
];

/// Numbers in English words, as far as chapters go; from twenty on the tens, to which ones are added.
const NUMBERS: [&str; 27] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
];

/// Whether a word in small letters is a number: `three`, `twenty-one`.
#[must_use]
pub fn is_number_word(word: &str) -> bool {
    word.split('-').next().is_some_and(|tens| NUMBERS.contains(&tens))
}

/// A number in English words, as the title of a chapter has it: `Twenty-one`; none from a hundred on.
#[must_use]
pub fn number_words(number: u32) -> Option<String> {
    let word = |at: u32| NUMBERS.get(at as usize).copied();
    let words = match number {
        1..=19 => word(number - 1)?.to_owned(),
        20..=99 if number.is_multiple_of(10) => word(number / 10 + 17)?.to_owned(),
        20..=99 => format!("{}-{}", word(number / 10 + 17)?, word(number % 10 - 1)?),
        _ => return None,
    };
    let first = words.chars().next()?;
    Some(first.to_uppercase().chain(words.chars().skip(1)).collect())
}

/// The signs that novelists and their programs set between scenes.
pub const SCENE_SIGNS: &str = "*⁂✱✻✽❦❧☙•·⁕◆◇○●§~∗＊※";
/// The most signs in a line that is a pause.
pub const MOST_SCENE_SIGNS: usize = 9;

/// Whether a line without its spaces is one of those signs or several, perhaps with dashes on both sides: `-*-`, `—•—`.
#[must_use]
pub fn is_scene_ornament(signs: &[char]) -> bool {
    let is_dash = |c: &char| matches!(c, '-' | '–' | '—');
    let inside = signs.iter().skip_while(|c| is_dash(c)).collect::<Vec<_>>();
    let before = signs.len() - inside.len();
    let after = inside.iter().rev().take_while(|c| is_dash(c)).count();
    let inside = &inside[..inside.len() - after];
    (1..=MOST_SCENE_SIGNS).contains(&signs.len())
        && (before == 0) == (after == 0)
        && !inside.is_empty()
        && inside.iter().all(|c| SCENE_SIGNS.contains(**c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_titles_have_them() {
        for (number, words) in
            [(1, "One"), (19, "Nineteen"), (20, "Twenty"), (21, "Twenty-one"), (99, "Ninety-nine")]
        {
            assert_eq!(number_words(number).as_deref(), Some(words));
        }
        assert_eq!((number_words(0), number_words(100)), (None, None));
    }

    #[test]
    fn numbers_are_told_from_words() {
        for (word, number) in [("three", true), ("twenty-one", true), ("onerous", false), ("", false)] {
            assert_eq!(is_number_word(word), number, "{word}");
        }
    }
}
