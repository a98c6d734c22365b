//! Whether the texts are in the language that book.toml names.

use crate::diag::{Code, Diagnostic, Span};
use crate::sources::{Item, Sources};
use crate::terms::{guess, may_be_guessed};

/// Says that the words are those of another language.
pub(super) fn doubtful(sources: &Sources, span: Option<Span>) -> Option<Diagnostic> {
    let named = &sources.meta.language;
    if !may_be_guessed(named.primary()) {
        return None;
    }
    let texts = sources.matter.iter().filter_map(|entry| match entry.item {
        Item::File(file) => Some(sources.map.file(file).text.as_str()),
        Item::Made(_) => None,
    });
    let told = guess(texts).filter(|told| *told != named.primary())?;
    let message = format!("`language` says `{named}`, and the texts look as if they were in `{told}`");
    let hint = format!(
        "write `language = \"{told}\"`: quotation marks, hyphens and the words that the tool adds follow from it"
    );
    Some(Diagnostic::new(Code::LanguageDoubtful, span, message).hint(hint))
}
