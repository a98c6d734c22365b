//! The words of one term, with their language where it is not the book's.

use crate::book::Lang;
use std::fmt;
use std::ops::Deref;

/// The words of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    pub(super) words: &'a str,
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
