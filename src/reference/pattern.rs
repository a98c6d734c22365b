//! Regular expressions (ECMA-262, without flags) for values that book.toml
//! writes between quotation marks.
//!
//! JSON Schema can bound a number but not a string, and a length is a string.
//! So the range becomes an expression over its digits: of "4pt to 72pt" the
//! whole parts 4 to 71 with any fraction, and 72 with none. A lower bound that
//! is no whole number lets its whole part through, so that an editor never marks
//! what the tool takes.

use crate::length::{Abs, Length, Size};
use crate::narrow::Nearest;

/// A unit, and how many points it has; an em is that of the smallest usual type.
const UNITS: [(&str, f64); 6] =
    [("pt", 1.0), ("in", 72.0), ("mm", 72.0 / 25.4), ("cm", 720.0 / 25.4), ("pc", 12.0), ("em", 10.0)];

/// Sizes of paper that have a name.
const PAPERS: [&str; 12] =
    ["a3", "a4", "a5", "a6", "b4", "b5", "b6", "letter", "legal", "tabloid", "digest", "trade"];

/// A length between two bounds, which are written as in book.toml; any when there are none.
pub(super) fn length(bounds: Option<(&str, &str)>) -> String {
    let points =
        |text: &str| Length::parse(text.trim_matches('"')).map(|length| length.at(Abs::pt(10.0)).to_pt());
    let range = bounds.and_then(|(least, most)| Some((points(least).ok()?, points(most).ok()?)));
    format!("^{}$", alternatives(range, &UNITS))
}

/// A part of the type size between two bounds.
pub(super) fn em(bounds: Option<(&str, &str)>) -> String {
    let ems = |text: &str| text.trim_matches('"').trim_end_matches("em").parse::<f64>().ok();
    let range = bounds.and_then(|(least, most)| Some((ems(least)? * 10.0, ems(most)? * 10.0)));
    format!("^{}$", alternatives(range, &UNITS[5..]))
}

/// A percentage between two bounds.
pub(super) fn share(bounds: Option<(&str, &str)>) -> String {
    let percent = |text: &str| text.trim_matches('"').trim_end_matches('%').parse::<f64>().ok();
    let range = bounds.and_then(|(least, most)| Some((percent(least)?, percent(most)?)));
    format!("^{} *%$", number(range))
}

/// Two lengths, or the name of a size of paper.
pub(super) fn size(bounds: Option<(&str, &str)>) -> String {
    let size = |text: &str| Size::parse(text.trim_matches('"')).ok();
    let range = bounds.and_then(|(least, most)| {
        let (least, most) = (size(least)?, size(most)?);
        Some((least.width.min(least.height).to_pt(), most.width.max(most.height).to_pt()))
    });
    let side = alternatives(range, &UNITS[..5]);
    let names: Vec<String> = PAPERS.iter().map(|name| any_case(name)).collect();
    format!("^(?:{}|(?:{side}|{}) *[x×] *{side})$", names.join("|"), number(None))
}

/// A length in one of those units, within so many points.
fn alternatives(range: Option<(f64, f64)>, units: &[(&str, f64)]) -> String {
    let of_unit = |(unit, points): &(&str, f64)| {
        format!("{} *{unit}", number(range.map(|(least, most)| (least / points, most / points))))
    };
    format!("(?:{})", units.iter().map(of_unit).collect::<Vec<_>>().join("|"))
}

/// A number that is not negative, with a decimal point or comma.
fn number(range: Option<(f64, f64)>) -> String {
    let Some((least, most)) = range else { return "(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)".to_owned() };
    // What was computed from another unit may be a hair beside a whole number.
    let (first, last) =
        (u32::nearest((least + 1e-9).floor().max(0.0)), u32::nearest((most + 1e-9).floor().max(0.0)));
    let is_whole = (most - f64::from(last)).abs() < 1e-6;
    let mut ways = Vec::new();
    if !is_whole {
        ways.push(format!("0*(?:{})(?:[.,][0-9]*)?", integers(first, last)));
    } else {
        if last > first {
            ways.push(format!("0*(?:{})(?:[.,][0-9]*)?", integers(first, last - 1)));
        }
        ways.push(format!("0*{last}(?:[.,]0*)?"));
    }
    if first == 0 && (last > 0 || !is_whole) {
        ways.push("[.,][0-9]+".to_owned());
    }
    format!("(?:{})", ways.join("|"))
}

/// The whole numbers from one to another, without zeros before them.
///
/// Each step takes the largest run of numbers that differ in one digit and
/// what follows it: from 4 to 71 these are `[4-9]`, `[1-6][0-9]` and `7[0-1]`.
fn integers(from: u32, to: u32) -> String {
    let mut ways = Vec::new();
    let mut low = from;
    while low <= to {
        let (mut block, mut zeros) = (1, 0);
        while low > 0 && low.is_multiple_of(block * 10) && low + block * 10 - 1 <= to {
            block *= 10;
            zeros += 1;
        }
        let digit = low / block % 10;
        let last = (digit + (to - low + 1) / block - 1).min(9);
        let before = low / block / 10;
        let before = if before > 0 { before.to_string() } else { String::new() };
        let digits = if digit == last { digit.to_string() } else { format!("[{digit}-{last}]") };
        ways.push(before + &digits + &"[0-9]".repeat(zeros));
        low += (last - digit + 1) * block;
    }
    ways.join("|")
}

/// A word in capitals or small letters.
pub(super) fn any_case(word: &str) -> String {
    let either = |c: char| match c.is_ascii_alphabetic() {
        true => format!("[{}{}]", c.to_ascii_uppercase(), c.to_ascii_lowercase()),
        false => c.to_string(),
    };
    word.chars().map(either).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_runs_of_digits() {
        assert_eq!(integers(4, 71), "[4-9]|[1-6][0-9]|7[0-1]");
        assert_eq!(integers(0, 9), "[0-9]");
        assert_eq!(integers(100, 999), "[1-9][0-9][0-9]");
        assert_eq!(integers(95, 120), "9[5-9]|1[0-1][0-9]|120");
    }

    #[test]
    fn every_paper_is_one() {
        assert!(PAPERS.iter().all(|name| Size::named(name).is_some()));
    }
}
