//! A book of one text.

use pamphleteer::book::{Lang, Matter};
use pamphleteer::sources::{Entry, Item, Sources};

/// The sources of a book in that language whose body is one file.
pub fn one_text(lang: &str, text: impl Into<String>) -> Sources {
    let mut sources = Sources::default();
    sources.meta.title = "One Text".to_owned();
    sources.meta.language = Lang::parse(lang).expect("a language");
    let item = Item::File(sources.map.add("text.md", text.into()));
    sources.matter.push(Entry { matter: Matter::Body, item, span: None });
    sources
}
