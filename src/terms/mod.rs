//! The words and numerals that the tool adds to a book, in the book's language,
//! and the same for pages and for files that flow.
//!
//! [`table`] lists the terms, `languages` has their words; an author's own
//! words, from `[words]` of book.toml, come before both.

mod dates;
mod imprint;
mod languages;
pub mod numerals;
mod openings;
mod phrase;
mod table;

pub use dates::months;
pub use imprint::imprint;
pub use openings::number_titles;
pub use phrase::Phrase;
pub use table::{Dates, Words, keys, placeholders};

use crate::book::{Admonition, Lang, Meta, Relator, Role};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

/// The words of one book: those of its language, or the author's own.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    words: &'static Words,
    own: &'a BTreeMap<String, String>,
    /// Whether English stands in for a language that has no words here.
    stands_in: bool,
    /// Whether the book is in English.
    english: bool,
}

/// The words of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    words: &'a str,
    /// Their language, when it is not the book's.
    pub lang: Option<&'static str>,
}

impl Word<'_> {
    /// Their language, when it is not the book's.
    #[must_use]
    pub fn language(&self) -> Option<Lang> {
        self.lang.and_then(Lang::parse)
    }
}

impl<'a> Word<'a> {
    /// The words, for as long as the book is there.
    #[must_use]
    pub fn words(self) -> &'a str {
        self.words
    }
}

impl fmt::Display for Word<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words)
    }
}

impl Deref for Word<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.words
    }
}

/// The tag of every language that has words here.
pub fn languages() -> impl Iterator<Item = &'static str> {
    languages::LANGUAGES.iter().map(|(tag, _)| *tag)
}

/// Whether the tool has words in a language.
#[must_use]
pub fn knows(language: &Lang) -> bool {
    languages::find(language).is_some()
}

impl<'a> Terms<'a> {
    /// The words of a book; English ones where its language has none.
    #[must_use]
    pub fn of(meta: &'a Meta) -> Terms<'a> {
        let found = languages::find(&meta.language);
        let (stands_in, english) = (found.is_none(), meta.language.primary() == "en");
        Terms { words: found.unwrap_or(languages::ENGLISH), own: &meta.words, stands_in, english }
    }

    /// Whether names of roles, which are English, can be shown.
    #[must_use]
    pub fn is_english(self) -> bool {
        self.english
    }

    /// The language of what has no words of the author's and none of ours.
    #[must_use]
    pub fn stand_in(self) -> Option<&'static str> {
        self.stands_in.then_some("en")
    }

    fn word(self, key: &str, ours: &'static str) -> Word<'a> {
        match self.own.get(key) {
            Some(words) => Word { words, lang: None },
            None => Word { words: ours, lang: self.stand_in() },
        }
    }

    /// The words of the term of that key; none when no term has it.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Word<'a>> {
        self.words.get(key).map(|ours| self.word(key, ours))
    }

    /// What stands above an admonition.
    #[must_use]
    pub fn admonition(self, kind: Admonition) -> Word<'a> {
        match kind {
            Admonition::Note => self.admonition_note(),
            Admonition::Tip => self.admonition_tip(),
            Admonition::Important => self.admonition_important(),
            Admonition::Warning => self.admonition_warning(),
            Admonition::Caution => self.admonition_caution(),
        }
    }

    /// What a section without a title is called; none for an empty page.
    #[must_use]
    pub fn role(self, role: Role) -> Option<Word<'a>> {
        self.get(role.name())
    }

    /// What somebody did for the book, by the MARC relator, as it stands before
    /// the name; none for authors, and for what has no words, here or of the
    /// author's.
    #[must_use]
    pub fn credit(self, relator: &str) -> Option<Word<'a>> {
        match credit_key(relator) {
            Some(key) => self.get(key),
            None => self.own.get(relator).map(|words| Word { words, lang: None }),
        }
    }

    /// The line of the title page that says what somebody did; what has no
    /// words stands behind the names, by its English name.
    #[must_use]
    pub fn credited(self, role: Relator, names: &str) -> Phrase {
        match self.credit(role.code()) {
            Some(what) => Phrase::default().and_word(what).and(" ").and(names),
            None => {
                let lang = (!self.is_english()).then_some("en");
                let what = Word { words: role.english(), lang };
                Phrase::from(names).and(" (").and_word(what).and(")")
            }
        }
    }
}

/// The key of the words before the name of who did this, by the MARC relator.
#[must_use]
pub fn credit_key(relator: &str) -> Option<&'static str> {
    let key = match relator {
        "edt" | "edc" | "red" => "edited-by",
        "trl" => "translated-by",
        "ill" | "art" => "illustrated-by",
        "aui" | "win" => "introduction-by",
        "wpr" => "preface-by",
        "wfw" => "foreword-by",
        "aft" | "waw" => "afterword-by",
        "pht" => "photographs-by",
        "ctg" => "maps-by",
        "cov" | "bjd" => "cover-by",
        "bkd" | "dsr" => "designed-by",
        "ann" | "wac" | "cwt" => "notes-by",
        "adp" => "adapted-by",
        "abr" => "abridged-by",
        "com" => "compiled-by",
        "ctb" | "clb" => "with",
        _ => return None,
    };
    Some(key)
}
