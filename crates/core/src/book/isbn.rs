//! International Standard Book Numbers: every usual spelling, check digits, hyphens.

use crate::narrow::Nearest;
use std::fmt;

/// One line a registration group: its digits, then the last number of each
/// range of registrants, as long as the registrants of that range.
const RANGES: &str = include_str!("registry/isbn.txt");

/// An International Standard Book Number of 13 digits (ISO 2108).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Isbn([u8; 13]);

/// Why something is not an ISBN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IsbnFault {
    /// It has so many digits, and neither 10 nor 13.
    Length(usize),
    /// A sign that no ISBN has.
    Sign(char),
    /// Its 13 digits begin with neither 978 nor 979.
    Prefix,
    /// The last of its digits does not fit those before it.
    Check {
        /// How many digits it has.
        length: usize,
        /// The last digit.
        found: char,
        /// The digit that would fit.
        wanted: char,
    },
}

impl Isbn {
    /// Reads 13 digits, or 10 with their own check digit, with or without hyphens.
    #[must_use]
    pub fn parse(text: &str) -> Option<Isbn> {
        Isbn::read(text).ok()
    }

    /// Reads an ISBN however it is parted: by hyphens, dashes, dots, spaces or not at all.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Isbn, IsbnFault> {
        let signs: Vec<char> = text.chars().filter(|c| !is_separator(*c)).collect();
        let last = signs.len().saturating_sub(1);
        let digit = |(at, c): (usize, &char)| match c {
            'x' | 'X' if at == last && signs.len() == 10 => Ok(10),
            c => c.to_digit(10).map(u8::nearest).ok_or(IsbnFault::Sign(*c)),
        };
        let digits = signs.iter().enumerate().map(digit).collect::<Result<Vec<u8>, IsbnFault>>()?;
        match *digits.as_slice() {
            [a, b, c, d, e, f, g, h, i, check] => Isbn::from_ten([a, b, c, d, e, f, g, h, i], check),
            _ => Isbn::from_thirteen(<[u8; 13]>::try_from(digits).map_err(|d| IsbnFault::Length(d.len()))?),
        }
    }

    fn from_thirteen(digits: [u8; 13]) -> Result<Isbn, IsbnFault> {
        if !(digits.starts_with(&[9, 7, 8]) || digits.starts_with(&[9, 7, 9])) {
            return Err(IsbnFault::Prefix);
        }
        match check_digit(&digits[..12]) {
            right if right == digits[12] => Ok(Isbn(digits)),
            right => Err(mismatch(13, digits[12], right)),
        }
    }

    fn from_ten(digits: [u8; 9], check: u8) -> Result<Isbn, IsbnFault> {
        let weighted: u32 = digits.iter().zip((2..=10u32).rev()).map(|(d, w)| u32::from(*d) * w).sum();
        let right = ((11 - weighted % 11) % 11) as u8;
        if right != check {
            return Err(mismatch(10, check, right));
        }
        let mut all = [9, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        all[3..12].copy_from_slice(&digits);
        all[12] = check_digit(&all[..12]);
        Ok(Isbn(all))
    }

    /// The thirteen digits.
    #[must_use]
    pub fn digits(self) -> [u8; 13] {
        self.0
    }

    /// The number in its five groups, `978-3-16-148410-0`; none when the agency
    /// has not given out the range that it lies in.
    #[must_use]
    pub fn hyphenated(self) -> Option<String> {
        let digits = self.to_string();
        let (group, rest, ranges) =
            RANGES.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
                let (group, ranges) = line.split_once(' ')?;
                Some((group, digits.strip_prefix(group)?, ranges))
            })?;
        let item = rest.get(..rest.len() - 1)?;
        // The ranges are in order, so the first whose last number is not below ours holds it.
        let range = ranges.split(' ').find(|range| {
            let last = range.trim_start_matches('-');
            item.get(..last.len().min(item.len())).is_some_and(|start| start <= last)
        })?;
        let registrant =
            item.get(..range.len()).filter(|_| !range.starts_with('-') && range.len() < item.len())?;
        let title = &item[range.len()..];
        Some(format!("{}-{}-{registrant}-{title}-{}", &group[..3], &group[3..], &digits[12..]))
    }
}

impl fmt::Display for Isbn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|d| write!(f, "{d}"))
    }
}

/// Whether a sign only parts the digits: white space, hyphens and dashes.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '.' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{200b}' | '\u{2060}')
}

/// The EAN-13 check digit (GS1 General Specifications §7.9).
fn check_digit(digits: &[u8]) -> u8 {
    let sum: u32 = digits.iter().zip([1, 3].iter().cycle()).map(|(d, w)| u32::from(*d) * w).sum();
    ((10 - sum % 10) % 10) as u8
}

fn mismatch(length: usize, found: u8, wanted: u8) -> IsbnFault {
    let sign = |digit: u8| char::from_digit(u32::from(digit), 10).unwrap_or('X');
    IsbnFault::Check { length, found: sign(found), wanted: sign(wanted) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn isbns_are_checked() {
        let read = |text: &str| Isbn::parse(text).map(|isbn| isbn.to_string());
        for text in
            ["978-0-306-40615-7", "0-306-40615-2", "978 0 306 40615 7", "978–0–306–40615–7", "0306406152"]
        {
            assert_eq!(read(text).as_deref(), Some("9780306406157"), "{text}");
        }
        assert_eq!(read("080442957x").as_deref(), Some("9780804429573"));
        for (text, fault) in [
            ("9780306406158", IsbnFault::Check { length: 13, found: '8', wanted: '7' }),
            ("0306406153", IsbnFault::Check { length: 10, found: '3', wanted: '2' }),
            ("0804429573", IsbnFault::Check { length: 10, found: '3', wanted: 'X' }),
            ("123", IsbnFault::Length(3)),
            ("97803064061X7", IsbnFault::Sign('X')),
            ("978O306406157", IsbnFault::Sign('O')),
            ("9770306406157", IsbnFault::Prefix),
        ] {
            assert_eq!(Isbn::read(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn hyphens_stand_where_the_agency_puts_them() {
        for parted in [
            "978-3-16-148410-0",
            "978-0-306-40615-7",
            "978-0-00-000000-2",
            "979-10-90636-07-1",
            "978-85-333-0227-3",
            "978-99921-58-10-4",
            "978-952-67760-2-6",
            "979-8-88645-174-0",
        ] {
            let isbn = Isbn::parse(parted);
            assert_eq!(isbn.and_then(Isbn::hyphenated).as_deref(), Some(parted));
        }
    }
}
