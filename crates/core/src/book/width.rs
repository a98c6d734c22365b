//! How wide an author wants a picture: the habit of Pandoc, `width=50%`.

use std::fmt;
use std::hash::{Hash, Hasher};

/// How wide a picture is wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Width {
    /// A share of the line's length, in hundredths: above 0, 100 at most.
    Share(f64),
    /// A length as it was written: how many of which unit, above 0.
    Length(f64, Unit),
}

impl Hash for Width {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let (number, unit) = match self {
            Width::Share(share) => (share, None),
            Width::Length(number, unit) => (number, Some(unit)),
        };
        (number.to_bits(), unit).hash(state);
    }
}

/// The units of CSS that a length may be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "CSS's own names")]
pub enum Unit {
    Cm,
    Mm,
    In,
    Pt,
    Pc,
    Px,
    Em,
}

impl Unit {
    const ALL: [(Unit, &'static str); 7] = [
        (Unit::Cm, "cm"),
        (Unit::Mm, "mm"),
        (Unit::In, "in"),
        (Unit::Pt, "pt"),
        (Unit::Pc, "pc"),
        (Unit::Px, "px"),
        (Unit::Em, "em"),
    ];

    fn name(self) -> &'static str {
        Unit::ALL.iter().find(|(unit, _)| *unit == self).map_or("px", |(_, name)| name)
    }
}

/// Hundredths of a unit or of a hundredth are as fine as anyone can see.
const FINEST: f64 = 100.0;
/// No page is so wide in any unit.
const MOST: f64 = 100_000.0;

impl Width {
    /// Reads `50%`, `6cm`, `2in`, `120pt`; a bare number counts pixels, of
    /// which CSS and Pandoc have 96 to the inch. None for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Width> {
        let text = text.trim();
        let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
        let (number, unit) = text.split_at(end);
        let number = number.parse().ok().map(|number: f64| (number * FINEST).round() / FINEST)?;
        if !(number > 0.0 && number < MOST) {
            return None;
        }
        let unit = match unit.trim().to_ascii_lowercase().as_str() {
            "%" => return Some(Width::Share(number.min(100.0))),
            "" => Unit::Px,
            "inch" => Unit::In,
            unit => Unit::ALL.iter().find(|(_, name)| *name == unit).map(|(unit, _)| *unit)?,
        };
        Some(Width::Length(number, unit))
    }
}

impl fmt::Display for Width {
    /// The width as CSS has it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Width::Share(hundredths) => write!(f, "{hundredths}%"),
            Width::Length(number, unit) => write!(f, "{number}{}", unit.name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_read_as_pandoc_reads_them() {
        for (written, wanted) in [
            ("50%", Some("50%")),
            ("33.333 %", Some("33.33%")),
            ("250%", Some("100%")),
            ("6cm", Some("6cm")),
            ("1.5inch", Some("1.5in")),
            ("120PT", Some("120pt")),
            ("300", Some("300px")),
            ("0", None),
            ("-3cm", None),
            ("0.001%", None),
            ("1e9cm", None),
            ("wide", None),
            ("", None),
        ] {
            let read = Width::parse(written).map(|width| width.to_string());
            assert_eq!(read.as_deref(), wanted, "{written}");
        }
    }
}
