//! Titles whose number stands apart: `heading.number`, in the book's words.
//!
//! An author types the number of a chapter into its title: `I: The Storm`,
//! `Chapter 3. The Storm`, `Chapter Three`, or `7` alone. It is taken for a
//! number only when all numbers of the same rank in the body follow one another;
//! so `I, Claudius` and `1984: A Memoir` stay as they are. The number is then
//! written as the style wants it, and every edition shows the same. A style that
//! leaves numbers as typed parts those from their titles that a line end parts
//! already: `I`, and `The Storm` in a line of its own.

use super::Terms;
use super::numerals::{from_roman, roman};
use crate::book::{
    BlockKind, Book, Content, Heading, Inline, InlineKind, Matter, Role, Section, Text, number_texts,
};
use crate::style::{Style, TitleNumber};

/// The words of small numbers, by language, from one on.
const WORDS: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "One",
            "Two",
            "Three",
            "Four",
            "Five",
            "Six",
            "Seven",
            "Eight",
            "Nine",
            "Ten",
            "Eleven",
            "Twelve",
            "Thirteen",
            "Fourteen",
            "Fifteen",
            "Sixteen",
            "Seventeen",
            "Eighteen",
            "Nineteen",
        ],
    ),
    (
        "de",
        &[
            "Eins",
            "Zwei",
            "Drei",
            "Vier",
            "Fünf",
            "Sechs",
            "Sieben",
            "Acht",
            "Neun",
            "Zehn",
            "Elf",
            "Zwölf",
            "Dreizehn",
            "Vierzehn",
            "Fünfzehn",
            "Sechzehn",
            "Siebzehn",
            "Achtzehn",
            "Neunzehn",
            "Zwanzig",
        ],
    ),
    (
        "fr",
        &[
            "Un", "Deux", "Trois", "Quatre", "Cinq", "Six", "Sept", "Huit", "Neuf", "Dix", "Onze", "Douze",
            "Treize", "Quatorze", "Quinze", "Seize", "Dix-sept", "Dix-huit", "Dix-neuf", "Vingt",
        ],
    ),
    (
        "es",
        &[
            "Uno",
            "Dos",
            "Tres",
            "Cuatro",
            "Cinco",
            "Seis",
            "Siete",
            "Ocho",
            "Nueve",
            "Diez",
            "Once",
            "Doce",
            "Trece",
            "Catorce",
            "Quince",
            "Dieciséis",
            "Diecisiete",
            "Dieciocho",
            "Diecinueve",
            "Veinte",
        ],
    ),
    (
        "it",
        &[
            "Uno",
            "Due",
            "Tre",
            "Quattro",
            "Cinque",
            "Sei",
            "Sette",
            "Otto",
            "Nove",
            "Dieci",
            "Undici",
            "Dodici",
            "Tredici",
            "Quattordici",
            "Quindici",
            "Sedici",
            "Diciassette",
            "Diciotto",
            "Diciannove",
            "Venti",
        ],
    ),
    ("pt", &["Um", "Dois", "Três", "Quatro", "Cinco", "Seis", "Sete", "Oito", "Nove", "Dez", "Onze", "Doze"]),
    (
        "nl",
        &["Een", "Twee", "Drie", "Vier", "Vijf", "Zes", "Zeven", "Acht", "Negen", "Tien", "Elf", "Twaalf"],
    ),
    ("sv", &["Ett", "Två", "Tre", "Fyra", "Fem", "Sex", "Sju", "Åtta", "Nio", "Tio", "Elva", "Tolv"]),
    ("da", &["Et", "To", "Tre", "Fire", "Fem", "Seks", "Syv", "Otte", "Ni", "Ti", "Elleve", "Tolv"]),
    ("nb", &["En", "To", "Tre", "Fire", "Fem", "Seks", "Sju", "Åtte", "Ni", "Ti", "Elleve", "Tolv"]),
];

/// The tens of English numbers, from twenty on.
const TENS: [&str; 8] = ["Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"];

/// The largest number that has words.
const LAST_IN_WORDS: u32 = 99;

/// Where a number stands in a title.
struct Found {
    number: u32,
    /// Bytes of the first words up to where the title goes on.
    end: usize,
    /// It counts what the book has no word of ours for, as in `Book IV`, and stays as typed.
    typed: bool,
}

/// Parts the numbers of the book's titles from their words, when the style asks for it.
pub fn number_titles(book: &mut Book, style: &Style) {
    let form = style.heading.number;
    let mut changed = false;
    for rank in 0..=3 {
        let titles = titles(book, rank);
        if follow_one_another(&titles) {
            for (index, found) in titles {
                let label = label_of(book, index);
                let form = if rank > 0 { above_texts(form) } else { form };
                let form = if found.typed { TitleNumber::Typed } else { form };
                let words = written(found.number, form, &label, book.meta.language.primary());
                if let Some(heading) = title_mut(&mut book.sections[index])
                    && (words.is_some() || ends_line(heading))
                {
                    part(heading, found.end, words);
                    changed = true;
                }
            }
        }
    }
    if changed {
        number_texts(book);
    }
}

/// How parts and volumes are numbered where texts are so: with what they are, since `I` alone
/// would be read as a chapter in the contents and in a reader's menu.
fn above_texts(form: TitleNumber) -> TitleNumber {
    use TitleNumber::{ChapterFigure, ChapterRoman, ChapterWord, Figure, Roman, Typed, Word};
    match form {
        Figure | ChapterFigure => ChapterFigure,
        Roman | ChapterRoman => ChapterRoman,
        Word | ChapterWord => ChapterWord,
        Typed => Typed,
    }
}

/// The numbered titles of a rank, with the index of their sections.
fn titles(book: &Book, rank: u8) -> Vec<(usize, Found)> {
    let of_rank = |section: &Section| {
        let is_text = section.role == Role::Chapter || section.role.rank() > 0;
        section.matter == Matter::Body && is_text && section.role.rank() == rank
    };
    let sections = book.sections.iter().enumerate().filter(|(_, section)| of_rank(section));
    let numbered = sections.filter_map(|(index, section)| {
        let label = label_of(book, index);
        Some((index, found(section.title()?, &label, book.meta.language.primary())?))
    });
    numbered.collect()
}

/// What a section of that role is called: Chapter, Part.
fn label_of(book: &Book, index: usize) -> String {
    Terms::of(&book.meta).role(book.sections[index].role).map(|word| word.to_string()).unwrap_or_default()
}

/// Whether numbers are those of a book: two at least, each one more than the one
/// before it, or one again, as in a new part.
fn follow_one_another(titles: &[(usize, Found)]) -> bool {
    let mut last = 0;
    let fits = titles.iter().all(|(_, found)| {
        let fits = found.number == last + 1 || found.number == 1;
        last = found.number;
        fits
    });
    fits && titles.len() > 1
}

/// The number that a title begins with.
fn found(heading: &Heading, label: &str, language: &str) -> Option<Found> {
    let (first, rest) = heading.content[anchors(&heading.content)..].split_first()?;
    let InlineKind::Text(text) = &first.kind else { return None };
    let words = text.words.as_str();
    let labelled = strip_label(words, label);
    let start = words.len() - labelled.unwrap_or(words).len();
    let tail = &words[start..];
    let len = tail.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(tail.len());
    let Some(number) = read(&tail[..len], language) else { return counted(words, rest, language) };
    let after = &tail[len..];
    let alone = after.trim_matches(['.', ' ']).is_empty();
    if alone {
        let ends = rest.first().is_none_or(|next| matches!(next.kind, InlineKind::Break));
        return ends.then_some(Found { number, end: words.len(), typed: false });
    }
    let title = after.trim_start_matches(' ').strip_prefix([':', '.', '—', '–', '|'])?;
    // `1.5 Degrees` and `3:10 to Yuma` are titles.
    let parted = title.starts_with(' ') || after.trim_start().starts_with('—');
    let title = title.trim_start();
    (parted && !title.is_empty()).then(|| Found { number, end: words.len() - title.len(), typed: false })
}

/// A number behind a word for what it counts, in a line of its own above the title.
fn counted(words: &str, rest: &[Inline], language: &str) -> Option<Found> {
    let parted = matches!(rest, [Inline { kind: InlineKind::Break, .. }, _, ..]);
    let (label, number) = words.trim().split_once(' ').filter(|_| parted)?;
    let number = read(number.trim_end_matches('.'), language)?;
    let is_word = label.chars().all(char::is_alphabetic);
    is_word.then_some(Found { number, end: words.len(), typed: true })
}

/// The words behind a label.
fn strip_label<'w>(words: &'w str, label: &str) -> Option<&'w str> {
    let mut rest = words.char_indices();
    for wanted in label.chars() {
        let (_, c) = rest.next()?;
        if !c.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    rest.as_str().strip_prefix([' ', '\u{a0}']).filter(|_| !label.is_empty())
}

/// A number in figures, in Roman capitals or in words.
fn read(words: &str, language: &str) -> Option<u32> {
    if words.len() <= 3 && !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit()) {
        return words.parse().ok().filter(|number| *number > 0);
    }
    if words.bytes().all(|byte| byte.is_ascii_uppercase())
        && let Some(number) = from_roman(&words.to_ascii_lowercase())
    {
        return Some(number);
    }
    let low = words.to_lowercase();
    (1..=LAST_IN_WORDS).find(|number| in_words(*number, language).is_some_and(|w| w.to_lowercase() == low))
}

/// A number in words; none where the language has none here.
fn in_words(number: u32, language: &str) -> Option<String> {
    let language = if language == "no" { "nb" } else { language };
    let (_, small) = WORDS.iter().find(|(tag, _)| *tag == language)?;
    let index = (number as usize).checked_sub(1)?;
    if let Some(word) = small.get(index) {
        return Some((*word).to_owned());
    }
    if language != "en" || number > LAST_IN_WORDS {
        return None;
    }
    let tens = TENS.get((number / 10) as usize - 2)?;
    Some(match number % 10 {
        0 => (*tens).to_owned(),
        ones => format!("{tens}-{}", small[ones as usize - 1].to_lowercase()),
    })
}

/// Whether the first words of a title have a line of their own.
fn ends_line(heading: &Heading) -> bool {
    let words = &heading.content[anchors(&heading.content)..];
    matches!(words, [_, Inline { kind: InlineKind::Break, .. }, _, ..])
}

/// How many places for links stand before the words of a title.
fn anchors(title: &[Inline]) -> usize {
    title.iter().take_while(|inline| matches!(inline.kind, InlineKind::Anchor(_))).count()
}

/// The number as the style wants it; none, where that is as it is typed.
fn written(number: u32, form: TitleNumber, label: &str, language: &str) -> Option<String> {
    use TitleNumber::{ChapterFigure, ChapterRoman, ChapterWord, Figure, Roman, Typed, Word};
    let shown = match form {
        Roman | ChapterRoman => roman(number).to_uppercase(),
        Word | ChapterWord => in_words(number, language).unwrap_or_else(|| number.to_string()),
        Typed | Figure | ChapterFigure => number.to_string(),
    };
    match form {
        Typed => None,
        ChapterFigure | ChapterRoman | ChapterWord => Some(labelled(&shown, label, language)),
        Figure | Roman | Word => Some(shown),
    }
}

/// Whether words are a number and at most one word for what it counts: `IV`, `Chapter 4`, `Part One`.
#[must_use]
pub fn is_number_of_title(words: &str, language: &str) -> bool {
    let mut words = words.trim().trim_end_matches('.').split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some(number), None, _) => read(number, language).is_some(),
        (Some(label), Some(number), None) => {
            label.chars().all(char::is_alphabetic) && read(number, language).is_some()
        }
        _ => false,
    }
}

/// A number with what it counts, in the order of the language.
fn labelled(shown: &str, label: &str, language: &str) -> String {
    match language {
        "zh" | "ja" => format!("第{shown}{label}"),
        "ko" => format!("제{shown}{label}"),
        "hu" => format!("{shown}. {}", label.to_lowercase()),
        _ if label.is_empty() => shown.to_owned(),
        _ => format!("{label} {shown}"),
    }
}

/// The title of a section, to be changed.
fn title_mut(section: &mut Section) -> Option<&mut Heading> {
    let Content::Text(body) = &mut section.content else { return None };
    body.blocks.iter_mut().find_map(|block| match &mut block.kind {
        BlockKind::Heading(heading) if heading.level == 1 => Some(heading),
        _ => None,
    })
}

/// Puts the number before the title, in a line of its own; without one in the style's words, as it is typed.
fn part(heading: &mut Heading, end: usize, number: Option<String>) {
    let before = anchors(&heading.content);
    let Some(first) = heading.content.get_mut(before) else { return };
    let span = first.span;
    let InlineKind::Text(text) = &mut first.kind else { return };
    let typed: String = text.words.drain(..end.min(text.words.len())).collect();
    let number = number.unwrap_or_else(|| typed.trim_end_matches(['.', ' ']).to_owned());
    let number = vec![Inline { kind: InlineKind::Text(Text::new(number)), span }];
    let number = Inline { kind: InlineKind::Number(number), span };
    if text.words.is_empty() {
        // The author's own line end parts the two, if a title follows.
        heading.content[before] = number;
    } else {
        heading.content.splice(before..before, [number, Inline { kind: InlineKind::Break, span }]);
    }
    // Places for links go behind the number and its line end, where the title begins.
    let end = heading.content.len().min(before + 2);
    heading.content[..end].rotate_left(before);
}
