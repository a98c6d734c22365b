//! Values of style keys, and how each kind of setting reads one.

use crate::length::{Abs, Em, Length, Size, with_units};
use crate::reason::Reason;
use std::cmp::Ordering;

/// A value as it was written, whatever the file format.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `"14pt"`.
    Text(String),
    /// `37`.
    Integer(i64),
    /// `0.5`.
    Real(f64),
    /// `true`.
    Flag(bool),
    /// `["a", "b"]`.
    List(Vec<Value>),
}

impl std::fmt::Display for Value {
    /// Writes it as book.toml does.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Text(text) => write!(f, "\"{text}\""),
            Value::Integer(number) => write!(f, "{number}"),
            Value::Real(number) => write!(f, "{number}"),
            Value::Flag(flag) => write!(f, "{flag}"),
            Value::List(list) => {
                let items: Vec<String> = list.iter().map(Value::to_string).collect();
                write!(f, "[{}]", items.join(", "))
            }
        }
    }
}

/// The kinds of value, for the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// True or false.
    Flag,
    /// A whole number.
    Number,
    /// A length, in [`Kind::unit`].
    Length,
    /// A part of the type size.
    Em,
    /// Two lengths, or the name of a size of paper.
    Size,
    /// A percentage.
    Share,
    /// One of [`Setting::WORDS`].
    Choice,
    /// Words.
    Words,
    /// A list of words.
    List,
}

impl Kind {
    /// The kind in a word or two.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Flag => "true or false",
            Kind::Number => "whole number",
            Kind::Length => "length",
            Kind::Em => "part of the type size",
            Kind::Size => "size",
            Kind::Share => "percentage",
            Kind::Choice => "choice",
            Kind::Words => "words",
            Kind::List => "list of words",
        }
    }

    /// What such a value is measured in; empty when it is not measured.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Kind::Length => "pt, in, mm, cm, pc or em",
            Kind::Em => "em",
            Kind::Size => "in, mm, cm or pt",
            Kind::Share => "%",
            Kind::Flag | Kind::Number | Kind::Choice | Kind::Words | Kind::List => "",
        }
    }
}

/// The least and the most that a key may be, as book.toml would write them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The least.
    pub least: &'static str,
    /// The most.
    pub most: &'static str,
}

/// A kind of setting.
pub trait Setting: Sized {
    /// What is wanted, in the author's words, for findings and the manual.
    const WANTED: &'static str;
    /// The kind of value.
    const KIND: Kind;
    /// The words that it may have, when it is a choice.
    const WORDS: &'static [&'static str] = &[];
    /// What each of those words means.
    const MEANINGS: &'static [&'static str] = &[];

    /// Reads a value.
    ///
    /// # Errors
    /// What is wrong, in the author's words.
    fn read(value: &Value) -> Result<Self, Reason>;

    /// The value as book.toml would write it; `None` when it is unset.
    fn written(&self) -> Option<String>;

    /// How it lies to its bounds: `Less` when it is below the least, `Greater`
    /// when it is above the most.
    fn within(&self, _least: &Self, _most: &Self) -> Ordering {
        Ordering::Equal
    }
}

/// Reads a value that must lie within bounds.
pub(super) fn bounded<T: Setting>(value: &Value, bounds: Option<Bounds>) -> Result<T, Reason> {
    let read = T::read(value)?;
    let Some(Bounds { least, most }) = bounds else { return Ok(read) };
    let bound = |written: &str| T::read(&literal(written)).ok();
    match bound(least).zip(bound(most)).map(|(least, most)| read.within(&least, &most)) {
        Some(Ordering::Less) => Err(format!("{value} is too small; the least is {least}").into()),
        Some(Ordering::Greater) => Err(format!("{value} is too large; the most is {most}").into()),
        _ => Ok(read),
    }
}

/// A bound as a value: words in quotation marks, or a whole number.
fn literal(written: &str) -> Value {
    let number = written.parse().ok().map(Value::Integer);
    number.unwrap_or_else(|| Value::Text(written.trim_matches('"').to_owned()))
}

/// Compares with both bounds.
fn between<T: PartialOrd>(value: &T, least: &T, most: &T) -> Ordering {
    match () {
        () if value < least => Ordering::Less,
        () if value > most => Ordering::Greater,
        () => Ordering::Equal,
    }
}

/// Says that a value is of the wrong kind, and what was wanted.
pub(super) fn refuse<T: Setting>(value: &Value) -> Reason {
    format!("{value} cannot stand here; this key wants {}", T::WANTED).into()
}

fn quoted(text: &str) -> Option<String> {
    Some(format!("\"{text}\""))
}

impl Setting for bool {
    const WANTED: &'static str = "true or false";
    const KIND: Kind = Kind::Flag;
    fn read(value: &Value) -> Result<bool, Reason> {
        let word = match value {
            Value::Flag(flag) => return Ok(*flag),
            Value::Text(text) => text.trim().to_lowercase(),
            _ => return Err(refuse::<bool>(value)),
        };
        match word.as_str() {
            "true" | "yes" | "on" => Ok(true),
            "false" | "no" | "off" => Ok(false),
            _ => Err(refuse::<bool>(value)),
        }
    }
    fn written(&self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Setting for u32 {
    const WANTED: &'static str = "a whole number, such as 37";
    const KIND: Kind = Kind::Number;
    fn read(value: &Value) -> Result<u32, Reason> {
        let number = match value {
            Value::Integer(number) => Some(*number),
            Value::Text(text) => text.trim().parse().ok(),
            _ => None,
        };
        let number = number.ok_or_else(|| refuse::<u32>(value))?;
        u32::try_from(number).map_err(|_| {
            format!("{number} is too {}", if number < 0 { "small; the least is 0" } else { "large" }).into()
        })
    }
    fn written(&self) -> Option<String> {
        Some(self.to_string())
    }
    fn within(&self, least: &u32, most: &u32) -> Ordering {
        between(self, least, most)
    }
}

impl Setting for String {
    const WANTED: &'static str = "words in quotation marks";
    const KIND: Kind = Kind::Words;
    fn read(value: &Value) -> Result<String, Reason> {
        match value {
            Value::Text(text) => Ok(text.clone()),
            _ => Err(refuse::<String>(value)),
        }
    }
    fn written(&self) -> Option<String> {
        quoted(self)
    }
}

impl Setting for Vec<String> {
    const WANTED: &'static str = "a list of words, such as [\"one\", \"two\"]";
    const KIND: Kind = Kind::List;
    fn read(value: &Value) -> Result<Vec<String>, Reason> {
        match value {
            Value::List(list) => list.iter().map(String::read).collect(),
            Value::Text(text) => Ok(vec![text.clone()]),
            _ => Err(refuse::<Vec<String>>(value)),
        }
    }
    fn written(&self) -> Option<String> {
        Some(Value::List(self.iter().cloned().map(Value::Text).collect()).to_string())
    }
}

/// A colour, as `#rrggbb`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colour(String);

/// Colours that have a name in every tongue of the web.
const NAMED: [(&str, &str); 16] = [
    ("aqua", "#00ffff"),
    ("black", "#000000"),
    ("blue", "#0000ff"),
    ("fuchsia", "#ff00ff"),
    ("gray", "#808080"),
    ("green", "#008000"),
    ("grey", "#808080"),
    ("lime", "#00ff00"),
    ("maroon", "#800000"),
    ("navy", "#000080"),
    ("olive", "#808000"),
    ("purple", "#800080"),
    ("red", "#ff0000"),
    ("silver", "#c0c0c0"),
    ("teal", "#008080"),
    ("white", "#ffffff"),
];

impl Setting for Colour {
    const WANTED: &'static str = "a colour, such as \"#8c2318\"";
    const KIND: Kind = Kind::Words;
    fn read(value: &Value) -> Result<Colour, Reason> {
        let Value::Text(text) = value else { return Err(refuse::<Colour>(value)) };
        // as a keyboard of the East types it, `＃８Ｃ２３１８`
        let narrow = |c: char| match u32::from(c) {
            wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(c),
            _ => c,
        };
        let said = text.trim().chars().map(narrow).collect::<String>().to_lowercase();
        if let Some((_, colour)) = NAMED.iter().find(|(name, _)| *name == said) {
            return Ok(Colour((*colour).to_owned()));
        }
        let digits = said.strip_prefix('#').unwrap_or(&said);
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(refuse::<Colour>(value));
        }
        match digits.len() {
            3 => Ok(Colour(
                digits.chars().fold("#".to_owned(), |colour, digit| format!("{colour}{digit}{digit}")),
            )),
            6 => Ok(Colour(format!("#{digits}"))),
            _ => Err(refuse::<Colour>(value)),
        }
    }
    fn written(&self) -> Option<String> {
        quoted(&self.0)
    }
}

impl std::ops::Deref for Colour {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

/// A length as a person would write it: in the first of points, inches and
/// millimetres in which it is a round number.
fn in_round_unit(length: Abs) -> String {
    let points = length.to_pt();
    // Fixed-point lengths are within this of what was written.
    let round = |value: f64| (value - value.round()).abs() < 0.002;
    let units = [(points, 2.0, "pt"), (points / 72.0, 100.0, "in"), (points / 72.0 * 25.4, 10.0, "mm")];
    let found =
        units.into_iter().find(|(value, parts, _)| round(value * parts) && (value * parts).round() >= 1.0);
    match found {
        // Inches are what paper is cut in.
        Some((value, _, "pt")) if value >= 288.0 && round(value / 72.0 * 100.0) => {
            format!("{}in", (value / 72.0 * 100.0).round() / 100.0)
        }
        Some((value, parts, unit)) => format!("{}{unit}", (value * parts).round() / parts),
        None => length.to_string(),
    }
}

/// At which type size lengths in ems are compared with bounds: that of the text
/// is not known yet when they are read.
const NOMINAL: Abs = Abs::raw(65_536 * 10);

impl Setting for Length {
    const WANTED: &'static str = "a length, such as \"14pt\", \"0.8in\" or \"1.5em\"";
    const KIND: Kind = Kind::Length;
    fn read(value: &Value) -> Result<Length, Reason> {
        match value {
            Value::Text(text) => Length::parse(text),
            Value::Integer(0) => Ok(Length::Abs(Abs::ZERO)),
            Value::Real(real) if !real.is_finite() => Err(refuse::<Length>(value)),
            Value::Integer(_) | Value::Real(_) => {
                Err(format!("{value} has no unit; {}", with_units(&value.to_string(), "\"")).into())
            }
            _ => Err(refuse::<Length>(value)),
        }
    }
    fn written(&self) -> Option<String> {
        match self {
            Length::Abs(abs) => quoted(&in_round_unit(*abs)),
            Length::Em(em) => em.written(),
        }
    }
    fn within(&self, least: &Length, most: &Length) -> Ordering {
        let at = |length: &Length| length.at(NOMINAL);
        between(&at(self), &at(least), &at(most))
    }
}

impl Setting for Em {
    const WANTED: &'static str = "a part of the type size, such as \"0.005em\"";
    const KIND: Kind = Kind::Em;
    fn read(value: &Value) -> Result<Em, Reason> {
        match Length::read(value)? {
            Length::Em(em) => Ok(em),
            Length::Abs(abs) if abs.to_raw() == 0 => Ok(Em::ZERO),
            Length::Abs(_) => Err(refuse::<Em>(value)),
        }
    }
    fn written(&self) -> Option<String> {
        quoted(&format!("{}em", (self.get() * 10_000.0).round() / 10_000.0))
    }
    fn within(&self, least: &Em, most: &Em) -> Ordering {
        between(self, least, most)
    }
}

impl Setting for Size {
    const WANTED: &'static str = "a size, such as \"5.5in x 8.5in\", \"148 x 210 mm\" or \"A5\"";
    const KIND: Kind = Kind::Size;
    fn read(value: &Value) -> Result<Size, Reason> {
        match value {
            Value::Text(text) => Size::parse(text),
            _ => Err(refuse::<Size>(value)),
        }
    }
    fn written(&self) -> Option<String> {
        quoted(&format!("{} x {}", in_round_unit(self.width), in_round_unit(self.height)))
    }
    fn within(&self, least: &Size, most: &Size) -> Ordering {
        let sides = [
            between(&self.width, &least.width, &most.width),
            between(&self.height, &least.height, &most.height),
        ];
        sides.into_iter().find(|side| side.is_ne()).unwrap_or(Ordering::Equal)
    }
}

/// A sheet of paper as it lies in the printer, longer side across.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper(pub Size);

impl Setting for Paper {
    const WANTED: &'static str =
        "\"a4\", \"a3\", \"letter\", \"tabloid\" or a size, such as \"450mm x 320mm\"";
    const KIND: Kind = Kind::Size;
    fn read(value: &Value) -> Result<Paper, Reason> {
        let Value::Text(text) = value else { return Err(refuse::<Paper>(value)) };
        match Size::named(text) {
            Some(Size { width, height }) => Ok(Paper(Size::new(width.max(height), width.min(height)))),
            None => Size::parse(text).map(Paper).map_err(|_| refuse::<Paper>(value)),
        }
    }
    fn written(&self) -> Option<String> {
        self.0.written()
    }
}

/// A share of one, written `"2%"` or `0`.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Percent(pub f64);

impl Setting for Percent {
    const WANTED: &'static str = "a percentage, such as \"2%\"";
    const KIND: Kind = Kind::Share;
    fn read(value: &Value) -> Result<Percent, Reason> {
        match value {
            Value::Integer(0) => Ok(Percent(0.0)),
            Value::Text(text) => text
                .trim()
                .strip_suffix('%')
                .and_then(|n| n.trim().replacen(',', ".", 1).parse::<f64>().ok())
                .filter(|n| n.is_finite())
                .map(|n| Percent(n / 100.0))
                .ok_or_else(|| refuse::<Percent>(value)),
            _ => Err(refuse::<Percent>(value)),
        }
    }
    fn written(&self) -> Option<String> {
        quoted(&format!("{}%", (self.0 * 10_000.0).round() / 100.0))
    }
    fn within(&self, least: &Percent, most: &Percent) -> Ordering {
        between(self, least, most)
    }
}

impl<T: Setting> Setting for Option<T> {
    const WANTED: &'static str = T::WANTED;
    const KIND: Kind = T::KIND;
    const WORDS: &'static [&'static str] = T::WORDS;
    const MEANINGS: &'static [&'static str] = T::MEANINGS;
    /// An empty value is that of a key that is not there.
    fn read(value: &Value) -> Result<Option<T>, Reason> {
        match value {
            Value::Text(text) if text.trim().is_empty() => Ok(None),
            _ => T::read(value).map(Some),
        }
    }
    fn written(&self) -> Option<String> {
        self.as_ref().and_then(T::written)
    }
    fn within(&self, least: &Option<T>, most: &Option<T>) -> Ordering {
        match (self, least, most) {
            (Some(value), Some(least), Some(most)) => value.within(least, most),
            _ => Ordering::Equal,
        }
    }
}
