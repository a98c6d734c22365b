//! The words of a book: the author's own, those of its language, or English ones.

use super::languages::{ENGLISH, LANGUAGES, find};
use super::names::{comma, elided};
use super::{Phrase, Terms, Word};
use crate::book::{Admonition, Lang, Meta, Relator, Role};

/// The tag of every language that has words here.
pub fn languages() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().map(|(tag, _)| *tag)
}

/// Whether the tool has words in a language.
#[must_use]
pub fn knows(language: &Lang) -> bool {
    find(language).is_some()
}

impl<'a> Terms<'a> {
    /// The words of a book; English ones where its language has none.
    #[must_use]
    pub fn of(meta: &'a Meta) -> Terms<'a> {
        let found = find(&meta.language);
        let (stands_in, english) = (found.is_none(), meta.language.primary() == "en");
        let (words, language) = (found.unwrap_or(ENGLISH), meta.language.primary());
        Terms { words, own: &meta.words, language, stands_in, english }
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

    pub(super) fn word(self, key: &str, ours: &'static str) -> Word<'a> {
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

    /// The same in English, which is how the marks of other programs call it.
    #[must_use]
    pub fn english_admonition(kind: Admonition) -> &'static str {
        let english = ENGLISH;
        match kind {
            Admonition::Note => english.admonition_note,
            Admonition::Tip => english.admonition_tip,
            Admonition::Important => english.admonition_important,
            Admonition::Warning => english.admonition_warning,
            Admonition::Caution => english.admonition_caution,
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
    pub fn credited(self, role: Relator, names: &[&str]) -> Phrase {
        let listed = names.join(comma(self.language));
        match self.credit(role.code()) {
            Some(what) => match elided(&what, &listed, self.language) {
                Some(before) => Phrase::default().with(&before, what.lang).and(&listed),
                None => Phrase::default().and_word(what).and(" ").and(&listed),
            },
            None => {
                let lang = (!self.is_english()).then_some("en");
                let what = Word { words: role.english(), lang };
                Phrase::from(listed.as_str()).and(" (").and_word(what).and(")")
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
