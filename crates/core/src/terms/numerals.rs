//! Numbers as letters and signs: page labels and the marks of notes.

use crate::book::{Around, List, NumberStyle};
use crate::style::Marks;

/// Roman numerals end here; larger numbers stay in figures.
const LAST_ROMAN: u32 = 3999;
/// Signs are repeated so often at most; larger numbers stay in figures.
const MOST_SIGNS: usize = 10;

/// The mark of a number.
#[must_use]
pub fn mark(number: u32, marks: Marks) -> String {
    match marks {
        Marks::Arabic => number.to_string(),
        Marks::LowerAlpha => alphabetic(number),
        Marks::LowerRoman => roman(number),
        Marks::Symbols => symbols(number),
    }
}

/// A note's mark as it stands before the note: a number or letter with a full stop, a sign without one.
#[must_use]
pub fn before_note(mark: &str) -> String {
    let stop = if mark.chars().all(char::is_alphanumeric) { "." } else { "" };
    format!("{mark}{stop}")
}

/// Lower-case roman numerals.
#[must_use]
pub fn roman(number: u32) -> String {
    const PARTS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number > LAST_ROMAN {
        return number.to_string();
    }
    let mut left = number;
    let mut out = String::new();
    for (value, letters) in PARTS {
        while left >= value {
            out.push_str(letters);
            left -= value;
        }
    }
    out
}

/// What stands before the item at `index` of a list; none in one with bullets.
#[must_use]
pub fn item_label(list: &List, index: usize) -> Option<String> {
    let number = list.start?.saturating_add(index as u64);
    let small = u32::try_from(number).unwrap_or(0);
    let written = match list.numbers.style {
        NumberStyle::LowerRoman if (1..=LAST_ROMAN).contains(&small) => roman(small),
        NumberStyle::UpperRoman if (1..=LAST_ROMAN).contains(&small) => roman(small).to_uppercase(),
        NumberStyle::LowerLetters if small > 0 => alphabetic(small),
        NumberStyle::UpperLetters if small > 0 => alphabetic(small).to_uppercase(),
        _ => number.to_string(),
    };
    Some(match list.numbers.around {
        Around::Stop => format!("{written}."),
        Around::Parenthesis => format!("{written})"),
        Around::Parentheses => format!("({written})"),
    })
}

/// The number that lower-case roman numerals say; none when they are not
/// written as [`roman`] writes them.
#[must_use]
pub fn from_roman(text: &str) -> Option<u32> {
    let mut total = 0i64;
    let mut last = 0;
    for letter in text.bytes().rev() {
        let value = digit(letter)?;
        total += if value < last { -value } else { value };
        last = value.max(last);
    }
    let number = u32::try_from(total).ok().filter(|n| (1..=LAST_ROMAN).contains(n))?;
    (roman(number) == text).then_some(number)
}

fn digit(letter: u8) -> Option<i64> {
    let value = match letter {
        b'i' => 1,
        b'v' => 5,
        b'x' => 10,
        b'l' => 50,
        b'c' => 100,
        b'd' => 500,
        b'm' => 1000,
        _ => return None,
    };
    Some(value)
}

/// a, b … z, aa, ab …
#[must_use]
pub fn alphabetic(mut number: u32) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        letters.push(char::from(b'a' + ((number - 1) % 26) as u8));
        number = (number - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The printers' old order: * † ‡ § ‖ ¶, then doubled.
fn symbols(number: u32) -> String {
    const ORDER: [&str; 6] = ["*", "†", "‡", "§", "‖", "¶"];
    let n = number.max(1) as usize - 1;
    let times = n / ORDER.len() + 1;
    if times > MOST_SIGNS { number.to_string() } else { ORDER[n % ORDER.len()].repeat(times) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_marks() {
        let marks = |m: Marks| [1, 4, 7, 27, 703].map(|n| mark(n, m));
        assert_eq!(marks(Marks::Arabic), ["1", "4", "7", "27", "703"]);
        assert_eq!(marks(Marks::LowerAlpha), ["a", "d", "g", "aa", "aaa"]);
        assert_eq!(marks(Marks::LowerRoman), ["i", "iv", "vii", "xxvii", "dcciii"]);
        assert_eq!(marks(Marks::Symbols), ["*", "§", "**", "‡‡‡‡‡", "703"]);
        assert_eq!(mark(u32::MAX, Marks::LowerRoman), u32::MAX.to_string());
    }

    #[test]
    fn roman_numbers_are_read_only_as_they_are_written() {
        for number in 1..=LAST_ROMAN {
            assert_eq!(from_roman(&roman(number)), Some(number));
        }
        for text in ["", "iiii", "vv", "ic", "xii a", "Xii", "civic", "4000"] {
            assert_eq!(from_roman(text), None, "{text}");
        }
    }
}
