//! What the title page, the shop and the catalogue say of a book.

use std::collections::BTreeMap;
use std::fmt;

/// The book's particulars, as book.toml gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// The title.
    pub title: String,
    /// The subtitle.
    pub subtitle: Option<String>,
    /// The language of the book.
    pub language: Lang,
    /// When this edition was published.
    pub date: Option<Date>,
    /// `urn:isbn:…`, `urn:uuid:…` or a URL; derived when the author gave none.
    pub identifier: String,
    /// The ISBN, when the identifier is one.
    pub isbn: Option<Isbn>,
    /// The ISBN in its five groups, `978-3-16-148410-0`, when the author parted
    /// it: where a group ends, only the agency's list of publishers says.
    pub isbn_parted: Option<String>,
    /// One sentence for the shop.
    pub description: Option<String>,
    /// The text of the back cover.
    pub blurb: Option<String>,
    /// Subjects, in the author's order.
    pub subjects: Vec<String>,
    /// Whose the rights are.
    pub rights: Option<String>,
    /// Name of the series, and the number in it.
    pub series: Option<(String, Option<String>)>,
    /// Everybody who contributed, in the author's order.
    pub contributors: Vec<Contributor>,
    /// The publisher.
    pub publisher: Option<Publisher>,
    /// The edition that is being reissued.
    pub source: Option<Source>,
    /// What the author calls what the tool adds, by the key of the term.
    pub words: BTreeMap<String, String>,
    /// Who certifies the EPUB's accessibility.
    pub certified_by: Option<String>,
    /// The stem of the outputs' file names: lower-case ASCII and hyphens.
    pub slug: String,
}

impl Meta {
    /// The contributors with that MARC role.
    pub fn with_role<'a>(&'a self, role: &'a str) -> impl Iterator<Item = &'a Contributor> {
        self.contributors.iter().filter(move |c| c.role == role)
    }
}

/// Somebody who contributed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contributor {
    /// The name as printed.
    pub name: String,
    /// The name as filed: `Example, Ada`.
    pub sort: String,
    /// MARC relator code: `aut`, `edt`, `trl`.
    pub role: String,
}

/// Who publishes the book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publisher {
    /// The name.
    pub name: String,
    /// The place of business.
    pub place: Option<String>,
    /// The web site.
    pub url: Option<String>,
}

/// The edition that is being reissued.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Its title.
    pub title: String,
    /// Its date, as written.
    pub date: Option<String>,
}

/// A date as exact as the author gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year.
    pub year: u16,
    /// The month, from 1.
    pub month: Option<u8>,
    /// The day, from 1.
    pub day: Option<u8>,
}

impl Date {
    /// Reads `2023`, `2023-01` or `2023-01-31`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Date> {
        let mut parts = text.trim().split('-');
        let mut number = |width: usize| match parts.next() {
            None => Some(None),
            Some(part) if part.len() == width && part.bytes().all(|b| b.is_ascii_digit()) => {
                part.parse::<u16>().ok().map(Some)
            }
            Some(_) => None,
        };
        let (year, month, day) = (number(4)??, number(2)?, number(2)?);
        let days = match month {
            Some(2) if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            Some(2) => 28,
            Some(4 | 6 | 9 | 11) => 30,
            _ => 31,
        };
        let fits = month.is_none_or(|m| (1..=12).contains(&m)) && day.is_none_or(|d| (1..=days).contains(&d));
        let whole = parts.next().is_none() && fits;
        whole.then_some(Date { year, month: month.map(|m| m as u8), day: day.map(|d| d as u8) })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// A language: a well-formed BCP 47 tag (RFC 5646 §2.1).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(String);

impl Default for Lang {
    fn default() -> Lang {
        Lang("en".to_owned())
    }
}

impl Lang {
    /// Reads a tag and writes it in the customary case (`en-GB`, `ru-Latn`).
    #[must_use]
    pub fn parse(tag: &str) -> Option<Lang> {
        let mut subtags = tag.split('-');
        let first = subtags.next()?;
        let alphabetic = |s: &str| s.bytes().all(|b| b.is_ascii_alphabetic());
        let private = matches!(first, "x" | "i");
        if !(alphabetic(first) && ((2..=8).contains(&first.len()) || private)) {
            return None;
        }
        let mut out = first.to_ascii_lowercase();
        let mut after_singleton = private;
        for subtag in subtags {
            let fits = (1..=8).contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_alphanumeric());
            if !fits {
                return None;
            }
            out.push('-');
            out.push_str(&cased(subtag, after_singleton));
            after_singleton |= subtag.len() == 1;
        }
        let complete = !out.ends_with("-x") && out.len() > 1;
        complete.then_some(Lang(out))
    }

    /// No language: program text and the like (`zxx` of ISO 639-2).
    #[must_use]
    pub fn none() -> Lang {
        Lang("zxx".to_owned())
    }

    /// Whether it is no language at all.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.0 == "zxx"
    }

    /// The whole tag.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The language alone: `en` of `en-GB`.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or("en")
    }

    /// The region: `GB` of `en-GB`.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.0
            .split('-')
            .skip(1)
            .take_while(|s| s.len() > 1)
            .find(|s| s.len() == 2 || (s.len() == 3 && s.bytes().all(|b| b.is_ascii_digit())))
    }

    /// The script, when the tag names it: `Latn` of `ru-Latn`.
    #[must_use]
    pub fn script(&self) -> Option<&str> {
        self.0.split('-').skip(1).find(|s| s.len() == 4 && s.bytes().all(|b| b.is_ascii_alphabetic()))
    }

    /// Whether it is Chinese as written in Taiwan, Hong Kong and Macao.
    #[must_use]
    pub fn is_traditional_chinese(&self) -> bool {
        let by_region = matches!(self.region(), Some("TW" | "HK" | "MO"));
        self.primary() == "zh" && self.script().map_or(by_region, |script| script == "Hant")
    }

    /// Whether its words stand without spaces, so that lines have none to widen.
    #[must_use]
    pub fn is_unspaced(&self) -> bool {
        self.is_ideographic() || matches!(self.primary(), "th" | "lo" | "km" | "my")
    }

    /// Whether it is written in letters that each fill a square: Japanese and Chinese.
    #[must_use]
    pub fn is_ideographic(&self) -> bool {
        matches!(self.primary(), "ja" | "zh" | "yue") && self.script() != Some("Latn")
    }

    /// Whether its words are divided with a hyphen at the ends of lines.
    #[must_use]
    pub fn is_divided(&self) -> bool {
        !self.is_unspaced() && !self.is_rtl()
    }

    /// Whether its script runs from right to left.
    #[must_use]
    pub fn is_rtl(&self) -> bool {
        match self.script() {
            Some(script) => matches!(script, "Arab" | "Hebr" | "Syrc" | "Thaa" | "Nkoo" | "Adlm"),
            None => {
                matches!(self.primary(), "ar" | "he" | "fa" | "ur" | "yi" | "ps" | "sd" | "ug" | "dv" | "syr")
            }
        }
    }
}

/// A subtag in its customary case: `GB`, `Latn`, everything else small.
fn cased(subtag: &str, after_singleton: bool) -> String {
    let lower = subtag.to_ascii_lowercase();
    let letters = subtag.bytes().all(|b| b.is_ascii_alphabetic());
    match subtag.len() {
        2 if letters && !after_singleton => lower.to_ascii_uppercase(),
        4 if letters && !after_singleton => lower[..1].to_ascii_uppercase() + &lower[1..],
        _ => lower,
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An International Standard Book Number of 13 digits (ISO 2108).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Isbn([u8; 13]);

impl Isbn {
    /// Reads 13 digits, or 10 with their own check digit, with or without hyphens.
    #[must_use]
    pub fn parse(text: &str) -> Option<Isbn> {
        let digits: Vec<u8> = text
            .chars()
            .filter(|c| !matches!(c, '-' | ' '))
            .map(|c| if c.eq_ignore_ascii_case(&'x') { Some(10) } else { c.to_digit(10).map(|d| d as u8) })
            .collect::<Option<_>>()?;
        match digits.len() {
            13 => <[u8; 13]>::try_from(digits).ok().map(Isbn).filter(|isbn| isbn.is_sound()),
            10 => Isbn::from_ten(&digits),
            _ => None,
        }
    }

    fn is_sound(self) -> bool {
        let first = self.0[..3] == [9, 7, 8] || self.0[..3] == [9, 7, 9];
        first && self.0.iter().all(|d| *d < 10) && check_digit(&self.0[..12]) == self.0[12]
    }

    fn from_ten(digits: &[u8]) -> Option<Isbn> {
        let weighted: u32 = digits.iter().zip((1..=10u32).rev()).map(|(d, w)| u32::from(*d) * w).sum();
        if !weighted.is_multiple_of(11) || digits[..9].contains(&10) {
            return None;
        }
        let mut all = [9, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        all[3..12].copy_from_slice(&digits[..9]);
        all[12] = check_digit(&all[..12]);
        Some(Isbn(all))
    }

    /// The thirteen digits.
    #[must_use]
    pub fn digits(self) -> [u8; 13] {
        self.0
    }
}

impl fmt::Display for Isbn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|d| write!(f, "{d}"))
    }
}

/// The EAN-13 check digit (GS1 General Specifications §7.9).
fn check_digit(digits: &[u8]) -> u8 {
    let sum: u32 = digits.iter().zip([1, 3].iter().cycle()).map(|(d, w)| u32::from(*d) * w).sum();
    ((10 - sum % 10) % 10) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_exact_as_given() {
        for good in ["2023", "2023-01", "2024-02-29"] {
            assert_eq!(Date::parse(good).map(|d| d.to_string()).as_deref(), Some(good));
        }
        for bad in ["", "23", "2023-13", "2023-02-29", "2023-1-1", "2023-01-01-01", "soon"] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn languages_are_tags() {
        assert_eq!(Lang::parse("EN-gb").map(|l| l.to_string()).as_deref(), Some("en-GB"));
        assert_eq!(Lang::parse("ru-latn").map(|l| l.to_string()).as_deref(), Some("ru-Latn"));
        assert_eq!(Lang::parse("de-1996").and_then(|l| l.region().map(str::to_owned)), None);
        for bad in ["", "e", "english language", "en_GB", "en-", "x"] {
            assert_eq!(Lang::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn isbns_are_checked() {
        assert_eq!(Isbn::parse("978-0-306-40615-7").map(|i| i.to_string()).as_deref(), Some("9780306406157"));
        assert_eq!(Isbn::parse("0-306-40615-2").map(|i| i.to_string()).as_deref(), Some("9780306406157"));
        assert_eq!(Isbn::parse("080442957X").map(|i| i.to_string()).as_deref(), Some("9780804429573"));
        for bad in ["9780306406158", "0306406153", "123", "97803064061X7"] {
            assert_eq!(Isbn::parse(bad), None, "{bad}");
        }
    }
}
