//! Numbers as word processors write them before headings.

use crate::book::typed_words::number_words;
use crate::terms::numerals::{alphabetic, roman};

/// A number as a format writes it: those of OOXML (17.18.59, `ST_NumberFormat`) and of OpenDocument (19.502,
/// `style:num-format`). What is not known is written in figures.
pub(super) fn written(number: u64, format: &str) -> String {
    let small = u32::try_from(number).unwrap_or(u32::MAX);
    match format {
        _ if !(1..4000).contains(&small) => number.to_string(),
        "upperRoman" | "I" => roman(small).to_uppercase(),
        "lowerRoman" | "i" => roman(small),
        "upperLetter" | "A" => alphabetic(small).to_uppercase(),
        "lowerLetter" | "a" => alphabetic(small),
        "cardinalText" | "One" => number_words(small).unwrap_or_else(|| number.to_string()),
        _ => number.to_string(),
    }
}
