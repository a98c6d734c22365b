//! The words that a cover may bear.

use crate::book::Lang;
use std::collections::BTreeMap;

/// The words that a template may place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Title,
    Subtitle,
    Contributors,
    Publisher,
    Blurb,
    Series,
    FrontFlap,
    BackFlap,
}

impl Field {
    const ALL: [Field; 8] = [
        Field::Title,
        Field::Subtitle,
        Field::Contributors,
        Field::Publisher,
        Field::Blurb,
        Field::Series,
        Field::FrontFlap,
        Field::BackFlap,
    ];

    /// Its name in a template.
    pub(super) fn name(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Subtitle => "subtitle",
            Field::Contributors => "contributors",
            Field::Publisher => "publisher",
            Field::Blurb => "blurb",
            Field::Series => "series",
            Field::FrontFlap => "front-flap",
            Field::BackFlap => "back-flap",
        }
    }

    pub(super) fn find(name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// More letters than any cover holds: what is behind them is not tried.
const MOST_LETTERS: usize = 5000;

/// The words by field; a line break in them is kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields {
    words: BTreeMap<Field, String>,
    /// The language that they are in.
    pub lang: Lang,
}

impl Fields {
    /// No words yet, of that language.
    pub(super) fn of_language(lang: &Lang) -> Fields {
        Fields { lang: lang.clone(), ..Fields::default() }
    }

    /// Sets the words of a field, of which no cover holds more than so many.
    pub(super) fn set(&mut self, field: Field, words: &str) {
        let words = words.trim();
        let fit = words.char_indices().nth(MOST_LETTERS).map(|(end, _)| format!("{}…", &words[..end]));
        self.words.insert(field, fit.unwrap_or_else(|| words.to_owned()));
    }

    pub(super) fn get(&self, field: Field) -> &str {
        self.words.get(&field).map_or("", String::as_str)
    }
}
