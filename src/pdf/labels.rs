//! Page labels: a page's number as a reader cites it, for the viewer's page box.

use krilla::page::{NumberingStyle, PageLabel};
use std::num::NonZeroU32;

/// The label of the cover page, which the book does not count.
const COVER: &str = "Cover";

/// The label of a page numbered `xii` or `12`; other labels are kept as text.
pub fn label(text: &str) -> PageLabel {
    let number = arabic(text)
        .map(|n| (NumberingStyle::Arabic, n))
        .or_else(|| roman(text).map(|n| (NumberingStyle::LowerRoman, n)));
    match number {
        Some((style, n)) => PageLabel::new(Some(style), None, Some(n)),
        None => PageLabel::new(None, Some(text.to_owned()), None),
    }
}

/// The label of the cover page.
pub fn cover() -> PageLabel {
    PageLabel::new(None, Some(COVER.to_owned()), None)
}

fn arabic(text: &str) -> Option<NonZeroU32> {
    let number: NonZeroU32 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

fn roman(text: &str) -> Option<NonZeroU32> {
    let mut total = 0;
    let mut last = 0;
    for letter in text.bytes().rev() {
        let value = roman_digit(letter)?;
        total += if value < last { -value } else { value };
        last = value.max(last);
    }
    let number = u32::try_from(total).ok().and_then(NonZeroU32::new)?;
    (in_roman(number.get()) == text).then_some(number)
}

fn roman_digit(letter: u8) -> Option<i32> {
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

fn in_roman(mut number: u32) -> String {
    const DIGITS: [(u32, &str); 13] = [
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
    let mut text = String::new();
    for (value, digits) in DIGITS {
        while number >= value && text.len() < 64 {
            text.push_str(digits);
            number -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numbers_are_read_only_as_they_are_written() {
        for number in 1..400 {
            assert_eq!(roman(&in_roman(number)).map(NonZeroU32::get), Some(number));
        }
        for text in ["", "iiii", "vv", "ic", "xii a", "Xii", "civic"] {
            assert_eq!(roman(text), None, "{text}");
        }
    }

    #[test]
    fn arabic_numbers_have_no_leading_zero() {
        assert_eq!(arabic("12").map(NonZeroU32::get), Some(12));
        for text in ["", "0", "012", "+3", "1a"] {
            assert_eq!(arabic(text), None, "{text}");
        }
    }
}
