//! Words of the tool's and of the author's in one line, each in its language.

use super::Word;

/// A line of words; most are one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    /// The words, and their language when it is not the book's.
    pub runs: Vec<(String, Option<&'static str>)>,
}

impl Phrase {
    /// Adds words of the author's.
    #[must_use]
    pub fn and(self, words: &str) -> Phrase {
        self.with(words, None)
    }

    /// Adds words of the tool's.
    #[must_use]
    pub fn and_word(self, word: Word<'_>) -> Phrase {
        self.with(&word, word.lang)
    }

    /// Adds words in a language: to the last run, when that is in the same one.
    #[must_use]
    pub fn with(mut self, words: &str, lang: Option<&'static str>) -> Phrase {
        match self.runs.last_mut() {
            Some((last, its)) if *its == lang => last.push_str(words),
            _ if words.is_empty() => {}
            _ => self.runs.push((words.to_owned(), lang)),
        }
        self
    }

    /// The words alone.
    #[must_use]
    pub fn words(&self) -> String {
        self.runs.iter().map(|(words, _)| words.as_str()).collect()
    }
}

impl From<&str> for Phrase {
    fn from(words: &str) -> Phrase {
        Phrase::default().and(words)
    }
}
