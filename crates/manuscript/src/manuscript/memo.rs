//! The texts of a book as they were parsed, so that an edit costs what it touches.
//!
//! A text is parsed by itself (see [`super::texts`]), so what it was parsed to holds as long
//! as its words, the language and the marks of the book are the same. Its places name its
//! file, so it is looked for under the same file alone.

use super::raw;
use crate::book::Lang;
use crate::diag::{Diagnostic, FileId};
use crate::sources::{Markup, Sources};
use std::collections::BTreeMap;

/// The texts of the last book that was parsed with it.
#[derive(Default)]
pub struct Memo {
    texts: BTreeMap<FileId, Known>,
}

/// A text that was parsed.
struct Known {
    /// What it was parsed from.
    words: String,
    how: (Lang, Markup),
    /// What came of it.
    parsed: Parsed,
}

/// A text, and what was found in it.
pub(super) type Parsed = (raw::Text, Vec<Diagnostic>);

impl Memo {
    /// A text of the book that was parsed from the same.
    pub(super) fn find(&self, sources: &Sources, file: FileId) -> Option<&Parsed> {
        let known = self.texts.get(&file)?;
        let how = (&known.how.0, known.how.1);
        let same =
            how == (&sources.meta.language, sources.markup) && known.words == sources.map.file(file).text;
        same.then_some(&known.parsed)
    }

    /// Keeps what the texts of a book were parsed to, and forgets all others.
    pub(super) fn keep<'p>(&mut self, sources: &Sources, parsed: impl Iterator<Item = (FileId, &'p Parsed)>) {
        let mut before = std::mem::take(self);
        for (file, text) in parsed {
            let known = match before.find(sources, file) {
                Some(_) => before.texts.remove(&file),
                None => None,
            };
            let how = || (sources.meta.language.clone(), sources.markup);
            let words = || sources.map.file(file).text.clone();
            let known = known.unwrap_or_else(|| Known { words: words(), how: how(), parsed: text.clone() });
            self.texts.insert(file, known);
        }
    }
}
