//! Dates as exact as authors give them.

use crate::narrow::Nearest;
use std::fmt;

/// The English names of the months, as keys and for reading dates.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

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

/// Why something is not a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateFault {
    /// It is no date that we can read.
    Shape,
    /// The month has not so many days; with the month's last one.
    Day(Date),
    /// There is no month of that number.
    Month(u16),
    /// Day and month could be exchanged; with both readings.
    Ambiguous(Date, Date),
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
        if parts.next().is_some() {
            return None;
        }
        Date::of(year, month, day).ok()
    }

    /// Reads a date in any usual spelling: also `2023-1-5`, `2023/01/05`,
    /// `31.01.2023`, `31 January 2023`, `January 31st, 2023`, `Jan 2023`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Date, DateFault> {
        let lower = text.trim().to_lowercase();
        // Of a moment, 2023-01-31T10:00:00Z, the day alone.
        let day = lower.split_once('t').map(|(day, _)| day).filter(|day| Date::parse(day).is_some());
        let lower = day.unwrap_or(&lower);
        let parts: Vec<&str> = lower
            .split(|c: char| {
                c.is_whitespace() || matches!(c, '-' | '/' | '.' | ',' | '\u{2010}'..='\u{2013}')
            })
            .filter(|part| !matches!(*part, "" | "of" | "the"))
            .collect();
        match parts.iter().map(|part| DatePart::of(part)).collect::<Option<Vec<DatePart>>>().as_deref() {
            Some([DatePart::Year(year)]) => Date::of(*year, None, None),
            Some(
                [DatePart::Year(year), DatePart::Number(month)]
                | [DatePart::Number(month), DatePart::Year(year)],
            ) => Date::of(*year, Some(*month), None),
            Some(
                [DatePart::Month(month), DatePart::Year(year)]
                | [DatePart::Year(year), DatePart::Month(month)],
            ) => Date::of(*year, Some(*month), None),
            Some([DatePart::Year(year), DatePart::Number(month), DatePart::Number(day)])
            | Some([DatePart::Number(day), DatePart::Month(month), DatePart::Year(year)])
            | Some([DatePart::Month(month), DatePart::Number(day), DatePart::Year(year)])
            | Some([DatePart::Year(year), DatePart::Month(month), DatePart::Number(day)]) => {
                Date::of(*year, Some(*month), Some(*day))
            }
            Some([DatePart::Number(a), DatePart::Number(b), DatePart::Year(year)]) => {
                Date::of_either(*year, *a, *b, lower.contains('.'))
            }
            _ => Err(DateFault::Shape),
        }
    }

    /// A date whose first two numbers are day and month, or month and day.
    fn of_either(year: u16, a: u16, b: u16, day_first: bool) -> Result<Date, DateFault> {
        let [little, middle] = [Date::of(year, Some(b), Some(a)), Date::of(year, Some(a), Some(b))];
        match (&little, &middle) {
            (Ok(little), Ok(middle)) if little != middle && !day_first => {
                Err(DateFault::Ambiguous(*little, *middle))
            }
            (Err(_), Ok(_)) => middle,
            _ => little,
        }
    }

    fn of(year: u16, month: Option<u16>, day: Option<u16>) -> Result<Date, DateFault> {
        let days = match month {
            Some(2) if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
                29
            }
            Some(2) => 28,
            Some(4 | 6 | 9 | 11) => 30,
            _ => 31,
        };
        if let Some(month) = month.filter(|month| !(1..=12).contains(month)) {
            return Err(DateFault::Month(month));
        }
        let date = |day: Option<u16>| Date { year, month: month.map(u8::nearest), day: day.map(u8::nearest) };
        match day {
            Some(day) if !(1..=days).contains(&day) => Err(DateFault::Day(date(Some(days)))),
            day => Ok(date(day)),
        }
    }

    /// The English name of the month.
    #[must_use]
    pub fn month_name(&self) -> Option<String> {
        let name = self.month.and_then(|month| MONTHS.get(usize::from(month).checked_sub(1)?))?;
        Some(name[..1].to_uppercase() + &name[1..])
    }
}

/// A piece of a date.
#[derive(Clone, Copy)]
enum DatePart {
    Year(u16),
    Month(u16),
    Number(u16),
}

impl DatePart {
    fn of(text: &str) -> Option<DatePart> {
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|tail| text.strip_suffix(tail)).unwrap_or(text);
        if digits.bytes().all(|b| b.is_ascii_digit()) && !digits.is_empty() {
            let number = digits.parse().ok()?;
            return match digits.len() {
                4 => Some(DatePart::Year(number)),
                1 | 2 => Some(DatePart::Number(number)),
                _ => None,
            };
        }
        let month = (1..).zip(MONTHS).find(|(_, name)| text.len() >= 3 && name.starts_with(text))?;
        Some(DatePart::Month(month.0))
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
    fn usual_spellings_are_read() {
        for text in
            ["2023-1-5", "2023/01/05", "5 January 2023", "January 5th, 2023", "Jan 5, 2023", "05.01.2023"]
        {
            assert_eq!(Date::read(text).map(|date| date.to_string()).as_deref(), Ok("2023-01-05"), "{text}");
        }
        assert_eq!(Date::read("sept 2023").map(|d| d.to_string()).as_deref(), Ok("2023-09"));
        assert_eq!(Date::read("2023-01-31T10:00:00Z").map(|d| d.to_string()).as_deref(), Ok("2023-01-31"));
        let date = |text| Date::parse(text).unwrap();
        assert_eq!(Date::read("2023-02-30"), Err(DateFault::Day(date("2023-02-28"))));
        assert_eq!(Date::read("2023-13-01"), Err(DateFault::Month(13)));
        let [may, june] = ["2023-06-05", "2023-05-06"].map(date);
        assert_eq!(Date::read("05/06/2023"), Err(DateFault::Ambiguous(may, june)));
        assert_eq!(Date::read("31/12/2023"), Ok(date("2023-12-31")));
        for bad in ["soon", "23", "20236", "ma 2023", "2023-01-05-06", ""] {
            assert_eq!(Date::read(bad), Err(DateFault::Shape), "{bad}");
        }
    }
}
