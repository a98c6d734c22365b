//! Which language a text is in, told by its commonest words or by its letters.

use std::collections::HashMap;

/// So many bytes of each text are looked at, and so many of all.
const OF_EACH: usize = 10_000;
const OF_ALL: usize = 50_000;
/// So many of them must be known at least.
const LEAST: usize = 40;
/// One in so many words is, at least, one of the commonest of its own language.
const ONE_IN: usize = 14;

/// Common words of languages, without those that are as common in a near one.
const COMMON: &[(&str, &[&str])] = &[
    ("en", &["the", "and", "of", "to", "was", "that", "with", "had", "his", "you", "she", "it", "is", "for"]),
    (
        "de",
        &["der", "die", "und", "das", "ist", "nicht", "ein", "ich", "sie", "er", "mit", "den", "auf", "zu"],
    ),
    ("fr", &["les", "des", "et", "est", "pas", "dans", "pour", "qui", "il", "elle", "du", "au", "je", "une"]),
    (
        "es",
        &[
            "los", "las", "del", "por", "con", "pero", "su", "muy", "había", "más", "cuando", "y", "el",
            "está",
        ],
    ),
    ("pt", &["não", "uma", "os", "com", "mais", "ele", "em", "um", "da", "do", "ao", "foi", "mas", "seu"]),
    (
        "it",
        &["il", "che", "di", "non", "della", "è", "sono", "nel", "gli", "per", "anche", "lo", "con", "si"],
    ),
    (
        "nl",
        &["het", "een", "van", "ik", "niet", "dat", "op", "te", "hij", "zijn", "voor", "aan", "met", "maar"],
    ),
    (
        "sv",
        &["och", "att", "jag", "inte", "av", "han", "hon", "mig", "till", "det", "som", "från", "är", "på"],
    ),
    (
        "da",
        &["og", "at", "jeg", "ikke", "af", "han", "hun", "mig", "til", "det", "der", "fra", "være", "blev"],
    ),
    ("fi", &["ja", "on", "ei", "se", "että", "hän", "oli", "mutta", "kun", "niin", "minä", "ovat", "mitä"]),
    ("pl", &["i", "w", "nie", "się", "na", "to", "z", "jest", "do", "jak", "był", "ale", "co", "że"]),
    ("cs", &["a", "se", "na", "je", "že", "to", "ale", "jsem", "byl", "jak", "by", "si", "když", "ve"]),
    ("hu", &["a", "az", "és", "hogy", "nem", "is", "egy", "volt", "meg", "csak", "már", "de", "ezt"]),
    (
        "ro",
        &["și", "în", "cu", "nu", "că", "este", "pe", "mai", "din", "sunt", "să", "lui", "care", "pentru"],
    ),
    (
        "ca",
        &[
            "els", "amb", "és", "però", "als", "seva", "seu", "també", "hi", "ho", "aquest", "dels", "i",
            "molt",
        ],
    ),
    ("tr", &["ve", "bir", "bu", "için", "ne", "ama", "çok", "gibi", "var", "daha", "değil", "da", "de"]),
    ("ru", &["и", "в", "не", "на", "что", "он", "с", "как", "это", "его", "она", "но", "все", "был"]),
    ("uk", &["і", "в", "не", "на", "що", "він", "з", "як", "це", "його", "вона", "але", "та", "був"]),
    ("bg", &["и", "на", "да", "се", "не", "че", "той", "с", "за", "от", "като", "беше", "ще", "си"]),
];

/// So long is the longest common word at most, in bytes, also where a capital is longer than the small letter.
const LONGEST: usize = 24;

/// The languages in which each word is common, by their place in [`COMMON`].
fn by_word() -> HashMap<&'static str, Vec<usize>> {
    let mut by_word: HashMap<&str, Vec<usize>> = HashMap::new();
    for (language, (_, words)) in COMMON.iter().enumerate() {
        words.iter().for_each(|word| by_word.entry(word).or_default().push(language));
    }
    by_word
}

/// The language that texts are in, by its tag, where enough of the words that they begin with tell it; none where these
/// could be those of several.
pub fn guess<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<&'static str> {
    let mut words = String::new();
    for text in texts {
        words.push_str(&text[..text.floor_char_boundary(OF_EACH)]);
        words.push('\n');
        if words.len() >= OF_ALL {
            break;
        }
    }
    told_by(&words)
}

fn told_by(text: &str) -> Option<&'static str> {
    let mut hits = [0usize; COMMON.len()];
    let (mut words, mut letters) = (0, [0usize; OTHER_LETTERS.len()]);
    let is_part = |c: char| c.is_alphabetic() || matches!(c, '\'' | '’');
    let (common, mut small) = (by_word(), String::new());
    for word in text.split(|c| !is_part(c)).filter(|word| !word.is_empty()) {
        words += 1;
        if word.len() <= LONGEST {
            small.clear();
            small.extend(word.chars().flat_map(char::to_lowercase));
            for language in common.get(small.as_str()).into_iter().flatten() {
                hits[*language] += 1;
            }
        }
        let first = word.chars().next().unwrap_or(' ');
        let others = OTHER_LETTERS.iter().zip(&mut letters);
        for ((_, ranges), letters) in others.take_while(|_| !first.is_ascii()) {
            *letters += usize::from(ranges.iter().any(|(from, to)| (*from..=*to).contains(&first)));
        }
    }
    let by_letters =
        OTHER_LETTERS.iter().zip(letters).find(|(_, count)| *count >= LEAST && count * 2 > words);
    if let Some(((tag, _), _)) = by_letters {
        return Some(tag);
    }
    let best = (0..COMMON.len()).max_by_key(|at| hits[*at])?;
    let second = (0..COMMON.len()).filter(|at| *at != best).map(|at| hits[at]).max().unwrap_or(0);
    let is_told = hits[best] >= LEAST && hits[best] * ONE_IN >= words && hits[best] * 2 >= second * 3;
    is_told.then_some(COMMON[best].0)
}

/// Whether [`guess`] would know a language from others.
#[must_use]
pub fn may_be_guessed(language: &str) -> bool {
    COMMON.iter().any(|(tag, _)| *tag == language) || OTHER_LETTERS.iter().any(|(tag, _)| *tag == language)
}

/// Languages that have letters of their own.
const OTHER_LETTERS: &[(&str, &[(char, char)])] = &[
    ("el", &[('\u{370}', '\u{3FF}'), ('\u{1F00}', '\u{1FFF}')]),
    ("he", &[('\u{590}', '\u{5FF}')]),
    ("ko", &[('\u{AC00}', '\u{D7AF}')]),
];

#[cfg(test)]
mod tests {
    use super::{COMMON, guess, may_be_guessed};

    #[test]
    fn a_language_is_told_by_its_common_words() {
        let texts = [
            (
                "en",
                "It was late, and the river that she had loved was dark. He took the boat to the other side with his friend. ",
            ),
            (
                "de",
                "Es war spät, und der Fluss, den sie liebte, war dunkel. Er ist mit dem Boot nicht auf die andere Seite gefahren. ",
            ),
            (
                "fr",
                "Il est tard, et les eaux du fleuve ne sont pas claires. Elle va dans une barque pour voir qui est au bord. ",
            ),
            (
                "es",
                "Era tarde, y el río que había en el valle estaba muy oscuro, pero los barcos y las casas del puerto no. ",
            ),
            (
                "pt",
                "Era tarde, e o rio não tinha mais uma luz. Ele foi com os amigos ao porto em um barco, mas não viu o seu pai. ",
            ),
            (
                "ca",
                "Era tard, i els camps també eren foscos, però amb la seva barca hi va anar. Aquest és molt lluny dels altres. ",
            ),
            ("he", "היה מאוחר והנהר היה אפל מאוד והיא לא ראתה את הסירה "),
        ];
        for (tag, text) in texts {
            assert_eq!(guess([text.repeat(12).as_str()]), Some(tag), "{text}");
            assert!(may_be_guessed(tag));
        }
        assert_eq!(guess(["The river. "]), None);
        assert_eq!(guess(["fn main() { let x = a + b; } ".repeat(200).as_str()]), None);
    }

    #[test]
    fn no_word_stands_twice_for_a_language() {
        for (tag, words) in COMMON {
            let mut sorted = words.to_vec();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), words.len(), "{tag}");
        }
    }
}
