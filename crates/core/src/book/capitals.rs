//! Words in capitals, as the language of a book writes them.

use super::Lang;
use crate::capitals::capitals;

impl Lang {
    /// `words` in capitals.
    #[must_use]
    pub fn capitals(&self, words: &str) -> String {
        capitals(self.primary(), words)
    }
}
