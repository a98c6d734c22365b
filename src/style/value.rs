//! Values of style keys, and how each kind of setting reads one.

use crate::length::{Em, Length, Size};

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

/// A kind of setting.
pub trait Setting: Sized {
    /// What is wanted, in the author's words, for findings and the manual.
    const WANTED: &'static str;

    /// Reads a value.
    ///
    /// # Errors
    /// What is wrong, in the author's words.
    fn read(value: &Value) -> Result<Self, String>;
}

fn refuse<T: Setting>() -> String {
    format!("this key wants {}", T::WANTED)
}

impl Setting for bool {
    const WANTED: &'static str = "true or false";
    fn read(value: &Value) -> Result<bool, String> {
        match value {
            Value::Flag(flag) => Ok(*flag),
            _ => Err(refuse::<bool>()),
        }
    }
}

impl Setting for u32 {
    const WANTED: &'static str = "a whole number, such as 37";
    fn read(value: &Value) -> Result<u32, String> {
        match value {
            Value::Integer(n) => u32::try_from(*n).ok().filter(|n| *n <= 10_000).ok_or_else(refuse::<u32>),
            _ => Err(refuse::<u32>()),
        }
    }
}

impl Setting for String {
    const WANTED: &'static str = "words in quotation marks";
    fn read(value: &Value) -> Result<String, String> {
        match value {
            Value::Text(text) => Ok(text.clone()),
            _ => Err(refuse::<String>()),
        }
    }
}

impl Setting for Vec<String> {
    const WANTED: &'static str = "a list of words, such as [\"one\", \"two\"]";
    fn read(value: &Value) -> Result<Vec<String>, String> {
        match value {
            Value::List(list) => list.iter().map(String::read).collect(),
            Value::Text(text) => Ok(vec![text.clone()]),
            _ => Err(refuse::<Vec<String>>()),
        }
    }
}

impl Setting for Length {
    const WANTED: &'static str = "a length, such as \"14pt\", \"0.8in\" or \"1.5em\"";
    fn read(value: &Value) -> Result<Length, String> {
        match value {
            Value::Text(text) => Length::parse(text),
            Value::Integer(0) => Length::parse("0"),
            _ => Err(refuse::<Length>()),
        }
    }
}

impl Setting for Em {
    const WANTED: &'static str = "a part of the type size, such as \"0.005em\"";
    fn read(value: &Value) -> Result<Em, String> {
        match Length::read(value)? {
            Length::Em(em) => Ok(em),
            Length::Abs(abs) if abs.to_raw() == 0 => Ok(Em::ZERO),
            Length::Abs(_) => Err(refuse::<Em>()),
        }
    }
}

impl Setting for Size {
    const WANTED: &'static str = "a size, such as \"5.5in x 8.5in\"";
    fn read(value: &Value) -> Result<Size, String> {
        match value {
            Value::Text(text) => Size::parse(text),
            _ => Err(refuse::<Size>()),
        }
    }
}

/// A sheet of paper as it lies in the printer, longer side across.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper(pub Size);

impl Setting for Paper {
    const WANTED: &'static str =
        "\"a4\", \"a3\", \"letter\", \"tabloid\" or a size, such as \"450mm x 320mm\"";
    fn read(value: &Value) -> Result<Paper, String> {
        let Value::Text(text) = value else { return Err(refuse::<Paper>()) };
        let size = match text.trim().to_ascii_lowercase().as_str() {
            "a4" => Size::parse("297mm x 210mm"),
            "a3" => Size::parse("420mm x 297mm"),
            "letter" => Size::parse("11in x 8.5in"),
            "tabloid" => Size::parse("17in x 11in"),
            other => Size::parse(other).map_err(|_| refuse::<Paper>()),
        };
        size.map(Paper)
    }
}

/// A share of one, written `"2%"` or `0`.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Percent(pub f64);

impl Setting for Percent {
    const WANTED: &'static str = "a percentage, such as \"2%\"";
    fn read(value: &Value) -> Result<Percent, String> {
        match value {
            Value::Integer(0) => Ok(Percent(0.0)),
            Value::Text(text) => text
                .trim()
                .strip_suffix('%')
                .and_then(|n| n.trim().parse::<f64>().ok())
                .filter(|n| (0.0..=100.0).contains(n))
                .map(|n| Percent(n / 100.0))
                .ok_or_else(refuse::<Percent>),
            _ => Err(refuse::<Percent>()),
        }
    }
}

impl<T: Setting> Setting for Option<T> {
    const WANTED: &'static str = T::WANTED;
    fn read(value: &Value) -> Result<Option<T>, String> {
        T::read(value).map(Some)
    }
}
