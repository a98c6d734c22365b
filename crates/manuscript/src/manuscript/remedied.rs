//! The remedies followed to the letter, as tests: a table has for each finding a text that is told of, the same text as
//! the hint wants it, and the words that are printed then. Nothing is told of the second one.
//!
//! `leftover` and `accidents` have such a table each.

use crate::book::{Lang, Matter, Meta, Seen};
use crate::diag::Code;
use crate::sources::{Entry, Item, Sources};

/// What is told of a text, the text after the remedy, and what it prints.
pub(crate) struct Remedy {
    pub(crate) kind: &'static str,
    pub(crate) before: &'static str,
    pub(crate) after: &'static str,
    pub(crate) printed: &'static str,
}

/// The entries of a table of remedies.
pub(crate) fn table(text: &'static str) -> Vec<Remedy> {
    let entries = text.trim_start_matches("== ").split("\n== ");
    let read = |entry: &'static str| {
        let (kind, rest) = entry.split_once('\n')?;
        let (before, rest) = rest.split_once("\n-- after\n")?;
        let (after, printed) = rest.split_once("\n-- printed\n")?;
        Some(Remedy { kind, before, after, printed: printed.trim() })
    };
    entries.map(|entry| read(entry).unwrap()).collect()
}

/// What is told of a text, and its words without spaces.
pub(crate) fn read(text: &str) -> (Vec<(Code, String)>, String) {
    let meta = Meta { language: Lang::parse("en-GB").unwrap(), ..Meta::default() };
    let mut sources = Sources { meta, ..Sources::default() };
    let item = Item::File(sources.map.add("a.md".to_owned(), format!("# The mill\n\n{text}\n")));
    sources.matter.push(Entry { matter: Matter::Body, item, span: None });
    let mut findings = Vec::new();
    let book = crate::manuscript::parse(&sources).take(&mut findings);
    let mut words = String::new();
    book.visit(&mut |seen| {
        if let Seen::Words(text, _) | Seen::Code(text, _) = seen {
            words.push_str(&text.words);
        }
    });
    let told = findings.into_iter().map(|finding| (finding.code, finding.message)).collect();
    (told, bare(&words))
}

pub(crate) fn bare(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}
