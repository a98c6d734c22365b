//! Lengths: exact points, ems, glue and the boxes made of them.
//!
//! All layout arithmetic is done in [`Abs`], an integer of 1/65536 pt (TeX's
//! scaled point, *TeX: The Program* §101), so that sums are exact and lengths
//! can be compared, hashed and ordered without surprises.

use crate::narrow::Nearest;
use crate::reason::Reason;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// An absolute length in units of 1/65536 PostScript point (1 in = 72 pt).
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Abs(i64);

const UNITS_PER_PT: f64 = 65536.0;

impl Abs {
    /// No length.
    pub const ZERO: Abs = Abs(0);
    /// Longer than any page; still safe to add to.
    pub const MAX: Abs = Abs(i64::MAX / 4);

    /// A length of `pt` PostScript points, rounded to the nearest unit.
    #[must_use]
    pub fn pt(pt: f64) -> Abs {
        Abs(i64::nearest((pt * UNITS_PER_PT).round()))
    }

    /// A length of `mm` millimetres.
    #[must_use]
    pub fn mm(mm: f64) -> Abs {
        Abs::pt(mm * 72.0 / 25.4)
    }

    /// A length of `inches` inches.
    #[must_use]
    pub fn inches(inches: f64) -> Abs {
        Abs::pt(inches * 72.0)
    }

    /// A length of `raw` units of 1/65536 pt.
    #[must_use]
    pub const fn raw(raw: i64) -> Abs {
        Abs(raw)
    }

    /// The length in units of 1/65536 pt.
    #[must_use]
    pub const fn to_raw(self) -> i64 {
        self.0
    }

    /// The length in points.
    #[must_use]
    pub fn to_pt(self) -> f64 {
        self.0 as f64 / UNITS_PER_PT
    }

    /// The length in points, in single precision for the PDF writer.
    #[must_use]
    pub fn to_f32(self) -> f32 {
        f32::nearest(self.to_pt())
    }

    /// The length in millimetres.
    #[must_use]
    pub fn to_mm(self) -> f64 {
        self.to_pt() * 25.4 / 72.0
    }

    /// The distance from zero.
    #[must_use]
    pub const fn abs(self) -> Abs {
        Abs(self.0.abs())
    }

    /// The length times `factor`, rounded to the nearest unit.
    #[must_use]
    pub fn scale(self, factor: f64) -> Abs {
        Abs(nearest(self.0 as f64 * factor))
    }

    /// How many times `other` this length is; zero when `other` is zero.
    #[must_use]
    pub fn ratio(self, other: Abs) -> f64 {
        if other.0 == 0 { 0.0 } else { self.0 as f64 / other.0 as f64 }
    }
}

/// The nearest whole number; quicker than the library's, which minds infinities.
fn nearest(value: f64) -> i64 {
    i64::nearest(value + 0.5_f64.copysign(value))
}

impl fmt::Debug for Abs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl fmt::Display for Abs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rounded = (self.to_pt() * 1000.0).round() / 1000.0;
        write!(f, "{}pt", rounded + 0.0)
    }
}

impl Add for Abs {
    type Output = Abs;
    fn add(self, other: Abs) -> Abs {
        Abs(self.0 + other.0)
    }
}

impl Sub for Abs {
    type Output = Abs;
    fn sub(self, other: Abs) -> Abs {
        Abs(self.0 - other.0)
    }
}

impl Neg for Abs {
    type Output = Abs;
    fn neg(self) -> Abs {
        Abs(-self.0)
    }
}

impl Mul<i64> for Abs {
    type Output = Abs;
    fn mul(self, n: i64) -> Abs {
        Abs(self.0 * n)
    }
}

impl Div<i64> for Abs {
    type Output = Abs;
    fn div(self, n: i64) -> Abs {
        Abs(self.0 / n)
    }
}

impl AddAssign for Abs {
    fn add_assign(&mut self, other: Abs) {
        self.0 += other.0;
    }
}

impl SubAssign for Abs {
    fn sub_assign(&mut self, other: Abs) {
        self.0 -= other.0;
    }
}

impl Sum for Abs {
    fn sum<I: Iterator<Item = Abs>>(lengths: I) -> Abs {
        lengths.fold(Abs::ZERO, Add::add)
    }
}

/// A length relative to a font size, in units of 1/65536 em.
///
/// It becomes points only with a size: see [`Em::at`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Em(i64);

impl Em {
    /// No length.
    pub const ZERO: Em = Em(0);

    /// A length of `ems` ems.
    #[must_use]
    pub fn new(ems: f64) -> Em {
        Em(i64::nearest((ems * UNITS_PER_PT).round()))
    }

    /// The length as a number of ems.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0 as f64 / UNITS_PER_PT
    }

    /// The length in points when the font is set at `size`.
    #[must_use]
    pub fn at(self, size: Abs) -> Abs {
        size.scale(self.get())
    }
}

/// A length as an author writes it: absolute, or relative to the font size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Length {
    /// Points, whatever unit it was written in.
    Abs(Abs),
    /// A multiple of the font size.
    Em(Em),
}

impl Length {
    /// Reads `5.5in`, `14 pt`, `12mm`, `1,2cm`, `1.5em`: also with a comma for
    /// the decimal point, and the unit written out.
    ///
    /// # Errors
    /// A message in the author's words when the number or the unit is missing
    /// or unknown.
    pub fn parse(text: &str) -> Result<Length, Reason> {
        let text = text.trim();
        if text == "0" {
            return Ok(Length::Abs(Abs::ZERO));
        }
        let split = text.find(|c: char| !"+-.,0123456789 ".contains(c)).unwrap_or(text.len());
        let (number, unit) = text.split_at(split);
        let value: f64 = number
            .trim()
            .replacen(',', ".", 1)
            .parse()
            .ok()
            .filter(|v: &f64| v.is_finite() && v.abs() < 100_000.0)
            .ok_or_else(|| format!("`{text}` is not a length; write a number and a unit, such as `14pt`"))?;
        match unit.to_lowercase().as_str() {
            "pt" | "pts" | "point" | "points" => Ok(Length::Abs(Abs::pt(value))),
            "in" | "inch" | "inches" | "\"" | "″" => Ok(Length::Abs(Abs::inches(value))),
            "mm" => Ok(Length::Abs(Abs::mm(value))),
            "cm" => Ok(Length::Abs(Abs::mm(value * 10.0))),
            "pc" | "pica" | "picas" => Ok(Length::Abs(Abs::pt(value * 12.0))),
            "em" | "ems" => Ok(Length::Em(Em::new(value))),
            "" => Err(format!("`{text}` has no unit; {}", with_units(number.trim(), "`")).into()),
            _ => Err(format!("`{unit}` is not a unit; write pt, in, mm, cm, pc or em").into()),
        }
    }

    /// The length in points when the font is set at `size`.
    #[must_use]
    pub fn at(self, size: Abs) -> Abs {
        match self {
            Length::Abs(abs) => abs,
            Length::Em(em) => em.at(size),
        }
    }
}

/// What to write for a number without a unit, each between `marks`: what is hardly more than
/// the size of the type was meant as a factor of it, or in inches.
#[must_use]
pub fn with_units(number: &str, marks: &str) -> String {
    let is_small = number.parse::<f64>().is_ok_and(|number| number.abs() < 4.0);
    let units = if is_small { ["em", "in"] } else { ["pt", "mm"] };
    let [one, other] = units.map(|unit| format!("{marks}{number}{unit}{marks}"));
    format!("write {one}, {other} or the like")
}

/// A space that can give and take: TeX's glue, without infinities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Glue {
    /// The width when the line is neither stretched nor shrunk.
    pub natural: Abs,
    /// What it may gain at an adjustment ratio of +1.
    pub stretch: Abs,
    /// What it may lose at an adjustment ratio of −1.
    pub shrink: Abs,
}

/// A width and a height.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Size {
    /// Horizontal extent.
    pub width: Abs,
    /// Vertical extent.
    pub height: Abs,
}

impl Size {
    /// A size of `width` by `height`.
    #[must_use]
    pub const fn new(width: Abs, height: Abs) -> Size {
        Size { width, height }
    }

    /// Reads `5.5in x 8.5in`, `148 × 210 mm` (one unit for both sides), or the
    /// name of a size of paper.
    ///
    /// # Errors
    /// A message in the author's words when there are not two absolute lengths.
    pub fn parse(text: &str) -> Result<Size, Reason> {
        if let Some(size) = Size::named(text) {
            return Ok(size);
        }
        let spelt = text.to_lowercase().replace(" by ", "x").replace(['×', '*'], "x");
        let Some((width, height)) = spelt.split_once('x').filter(|(_, height)| !height.contains('x')) else {
            return Err(
                format!("`{text}` is not a size; write width x height, such as `5.5in x 8.5in`").into()
            );
        };
        let unit = height.trim_start_matches(|c: char| !c.is_alphabetic() && c != '"' && c != '″');
        let bare = |side: &str| side.trim().replacen(',', ".", 1).parse::<f64>().is_ok();
        if bare(width) && bare(height) {
            let (width, height) = (width.trim(), height.trim());
            // no book is thirty inches high, and none as few millimetres
            let unit = if height.parse::<f64>().is_ok_and(|height| height > 30.0) { "mm" } else { "in" };
            return Err(format!("`{text}` has no unit; write `{width} x {height} {unit}`").into());
        }
        let width = if bare(width) { format!("{width}{unit}") } else { width.to_owned() };
        match (Length::parse(&width)?, Length::parse(height)?) {
            (Length::Abs(width), Length::Abs(height)) if width > Abs::ZERO && height > Abs::ZERO => {
                Ok(Size { width, height })
            }
            _ => Err(format!("`{text}` is not a size of paper; use in, mm, cm or pt, above zero").into()),
        }
    }

    /// The size of paper that is called so, upright: `A5`, `Letter`, `Digest`.
    #[must_use]
    pub fn named(name: &str) -> Option<Size> {
        let mm = |width, height| Some(Size::new(Abs::mm(width), Abs::mm(height)));
        let inches = |width, height| Some(Size::new(Abs::inches(width), Abs::inches(height)));
        match name.trim().to_lowercase().replace(['-', '_'], " ").as_str() {
            "a3" => mm(297.0, 420.0),
            "a4" => mm(210.0, 297.0),
            "a5" => mm(148.0, 210.0),
            "a6" => mm(105.0, 148.0),
            "b4" => mm(250.0, 353.0),
            "b5" => mm(176.0, 250.0),
            "b6" => mm(125.0, 176.0),
            "letter" | "us letter" => inches(8.5, 11.0),
            "legal" | "us legal" => inches(8.5, 14.0),
            "tabloid" | "ledger" => inches(11.0, 17.0),
            "digest" | "half letter" | "statement" => inches(5.5, 8.5),
            "trade" | "us trade" => inches(6.0, 9.0),
            _ => None,
        }
    }
}

/// A place on a page, from the top left corner of the trimmed page, y downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Point {
    /// Distance from the left edge.
    pub x: Abs,
    /// Distance from the top edge.
    pub y: Abs,
}

impl Point {
    /// The place `x` from the left and `y` from the top.
    #[must_use]
    pub const fn new(x: Abs, y: Abs) -> Point {
        Point { x, y }
    }
}

/// On which side a book is bound, as it lies before its reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Binding {
    /// On the left: leaves are turned from right to left.
    #[default]
    Left,
    /// On the right, as books are whose lines run from right to left.
    Right,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_agree() {
        assert_eq!(Length::parse("1in"), Ok(Length::Abs(Abs::pt(72.0))));
        assert_eq!(Length::parse("25.4mm"), Length::parse("2.54cm"));
        assert_eq!(Length::parse("1.5em").map(|l| l.at(Abs::pt(10.0))), Ok(Abs::pt(15.0)));
    }

    #[test]
    fn nonsense_is_refused_in_words() {
        for bad in ["", "pt", "5", "5 furlongs", "nan pt", "1e999pt"] {
            assert!(Length::parse(bad).is_err(), "{bad:?}");
        }
        assert!(Size::parse("5.5in").is_err());
        assert!(Size::parse("0pt x 3pt").is_err());
    }

    #[test]
    fn lengths_are_read_as_people_write_them() {
        for spelt in ["13.5pt", "13.5 pt", "13,5pt", "13,5 Pt", "13.5 points"] {
            assert_eq!(Length::parse(spelt), Ok(Length::Abs(Abs::pt(13.5))), "{spelt}");
        }
        let wanted = Size::parse("5in x 8in");
        for spelt in ["5 x 8 in", "5x8in", "5 × 8 in", "5in×8in", "5 by 8 inches", "5\" x 8\""] {
            assert_eq!(Size::parse(spelt), wanted, "{spelt}");
        }
        assert_eq!(Size::parse("a5"), Size::parse("148 x 210 mm"));
        assert_eq!(Size::parse("Digest"), Size::parse("5.5in x 8.5in"));
        assert!(Size::parse("5 x 8").is_err());
    }

    #[test]
    fn sums_are_exact() {
        let tenth = Abs::pt(0.1);
        let sum: Abs = std::iter::repeat_n(tenth, 10).sum();
        assert_eq!(sum, tenth * 10);
    }
}
