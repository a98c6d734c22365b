//! One key as people are told of it, whether it belongs to a style or to book.toml.

use crate::pdf::Printer;
use crate::project::{BOOK_KEYS, BUILT_IN_STYLES, BookKey, BookValue, TABLES, built_in_style};
use crate::style::{KEYS, Key, Style};
use std::collections::BTreeSet;

/// A key, in words.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The table that it stands in; empty for the top of book.toml.
    pub table: &'static str,
    /// What the table is about.
    pub about: &'static str,
    /// The key with its table: `text.size`.
    pub path: String,
    /// Whether it is a key of a style.
    pub of_style: bool,
    /// The kind of value: `length`.
    pub kind: String,
    /// The units that it may be given in; empty when it has none.
    pub unit: &'static str,
    /// What is wanted, with an example.
    pub wanted: &'static str,
    /// The least and the most.
    pub bounds: Option<(&'static str, &'static str)>,
    /// The words that it may have, each with its meaning, which may be empty.
    pub words: Vec<(String, &'static str)>,
    /// What it is when nobody says, by style; none when it is then unset.
    pub defaults: Vec<(&'static str, Option<String>)>,
    /// Whether a book cannot do without it.
    pub required: bool,
    /// A value, as it is written.
    pub example: String,
    /// What it means.
    pub meaning: &'static str,
}

/// Every key: those of book.toml, then those of styles.
#[must_use]
pub fn entries() -> Vec<Entry> {
    let styles: Vec<(&str, Style)> =
        BUILT_IN_STYLES.iter().filter_map(|(name, _)| Some((*name, built_in_style(name)?))).collect();
    BOOK_KEYS.iter().map(of_book).chain(KEYS.iter().map(|key| of_style(key, &styles))).collect()
}

/// So many values that differ from the default are told.
const MOST_DEFAULTS: usize = 2;

impl Entry {
    /// The lines that set it in book.toml.
    #[must_use]
    pub fn lines(&self) -> String {
        let (path, example) = (&self.path, &self.example);
        let name = path.rsplit('.').next().unwrap_or(path);
        match (self.of_style, self.table) {
            (true, _) => format!("[style]\n{path} = {example}"),
            (false, "") => format!("{path} = {example}"),
            (false, "contributor") => format!("[[contributor]]\n{name} = {example}"),
            (false, table) => format!("[{table}]\n{name} = {example}"),
        }
    }

    /// The default as one phrase: `"11pt"; novel and report: "10.5pt"`; none when it is unset.
    #[must_use]
    pub fn default(&self) -> Option<String> {
        let (_, first) = self.defaults.first()?;
        let others: Vec<&(&str, Option<String>)> =
            self.defaults.iter().filter(|(_, value)| value != first).collect();
        let mut phrase = written(first);
        let values: BTreeSet<&Option<String>> = others.iter().map(|(_, value)| value).collect();
        if values.len() > MOST_DEFAULTS {
            return Some(phrase + "; other styles have their own");
        }
        let mut told: Vec<&Option<String>> = Vec::new();
        for (_, value) in &others {
            if !told.contains(&value) {
                told.push(value);
                let names: Vec<&str> =
                    others.iter().filter(|(_, other)| other == value).map(|(name, _)| *name).collect();
                phrase += &format!("; {}: {}", names.join(", "), written(value));
            }
        }
        (first.is_some() || !others.is_empty()).then_some(phrase)
    }
}

fn written(value: &Option<String>) -> String {
    value.as_ref().map_or_else(|| "unset".to_owned(), |value| format!("`{value}`"))
}

fn of_style(key: &'static Key, styles: &[(&'static str, Style)]) -> Entry {
    let words = key.words.iter().zip(key.meanings);
    Entry {
        table: key.table,
        about: key.about.trim(),
        path: key.path(),
        of_style: true,
        kind: key.kind.name().to_owned(),
        unit: key.kind.unit(),
        wanted: key.wanted,
        bounds: key.bounds.map(|bounds| (bare(bounds.least), bare(bounds.most))),
        words: words.map(|(word, meaning)| ((*word).to_owned(), *meaning)).collect(),
        defaults: styles.iter().map(|(name, style)| (*name, style.written(key.table, key.name))).collect(),
        required: false,
        example: key.example(),
        meaning: key.meaning.trim(),
    }
}

fn of_book(key: &'static BookKey) -> Entry {
    let mut words: Vec<String> = key.kind.words().into_iter().map(str::to_owned).collect();
    if key.kind == BookValue::Printer {
        words = Printer::names();
    }
    Entry {
        table: key.table,
        about: TABLES.iter().find(|(table, _)| *table == key.table).map_or("", |(_, about)| about),
        path: key.path(),
        of_style: false,
        kind: key.kind.wanted().to_owned(),
        unit: "",
        wanted: key.kind.wanted(),
        bounds: None,
        words: words.into_iter().map(|word| (word, "")).collect(),
        defaults: Vec::new(),
        required: key.required,
        example: key.example.to_owned(),
        meaning: key.meaning,
    }
}

fn bare(bound: &'static str) -> &'static str {
    bound.trim_matches('"')
}
