//! `[words]` of book.toml: the author's own words for what the tool adds.

use super::fields::Fields;
use super::tree::Table;
use crate::book::{GeneratedPage, Meta, Relator};
use crate::diag::{Code, Diagnostic, Span};
use crate::sources::{Entry, Item};
use crate::terms::{Terms, credit_key, keys, knows, placeholders, unconfirmed};
use std::collections::{BTreeMap, BTreeSet};

/// Terms that stand in every ebook.
const ALWAYS: [&str; 4] = ["contents", "landmarks", "pages", "text"];
/// The heading of a list that no reader shows.
const HIDDEN: &str = "landmarks";
/// Codes of countries that are codes of other, seldom languages too: what is mostly meant.
const COUNTRIES: [(&str, &str, &str); 8] = [
    ("br", "Brazilian Portuguese", "pt-BR"),
    ("ch", "Swiss German", "de-CH"),
    ("ee", "Estonian", "et"),
    ("ie", "Irish", "ga"),
    ("kr", "Korean", "ko"),
    ("my", "Malay", "ms"),
    ("se", "Swedish", "sv"),
    ("si", "Slovenian", "sl"),
];
/// How many terms a finding names.
const NAMED: usize = 6;

/// Reads `[words]`: a term's key, and the words for it. The MARC code of a
/// contributor's role is a key where no term is about that role.
pub(super) fn read(top: &mut Fields<'_>, table: Table, meta: &Meta) -> BTreeMap<String, String> {
    let mut fields = top.inside(table, "words");
    let mut words = BTreeMap::new();
    for key in keys().chain(unnamed(meta)) {
        let Some((text, span)) = fields.spanned_text(key) else { continue };
        let missing = placeholders(key).iter().find(|part| !text.contains(**part));
        if text.trim().is_empty() {
            let wanted = "words; leave the key out to keep the tool's own";
            fields.refuse::<()>(key, span, wanted);
        } else if let Some(part) = missing {
            let wanted = format!("words with {part} in them, where the tool puts what it stands for");
            fields.refuse::<()>(key, span, &wanted);
        } else {
            words.insert(key.to_owned(), text);
        }
    }
    fields.finish();
    words
}

/// Says what an author has to know of the words that the tool adds: that there are
/// none in the book's language, or which of them hardly any source confirms.
pub(super) fn judge(
    meta: &Meta,
    matter: &[Entry],
    language: Option<Span>,
) -> impl Iterator<Item = Diagnostic> + use<> {
    missing(meta, matter, language).into_iter().chain(doubted(meta, matter, language))
}

/// Names the words that the book shows, and of which the tool is not sure.
fn doubted(meta: &Meta, matter: &[Entry], language: Option<Span>) -> Option<Diagnostic> {
    let unsure: Vec<&str> = unconfirmed(&meta.language).collect();
    let mut doubted = needed(meta, matter);
    doubted.retain(|key| unsure.contains(key) && *key != HIDDEN && !meta.words.contains_key(*key));
    let first = doubted.first()?;
    let terms = Terms::of(meta);
    let words = |key: &&str| terms.get(key).map(|words| format!("“{}” (`{key}`)", &*words));
    let named = some_of(&doubted, words);
    let message =
        format!("fewer than two sources confirm these words of the tool in `{}`: {named}", meta.language);
    let word = terms.get(first)?;
    let hint = format!(
        "ask somebody who speaks the language, then confirm or change them in book.toml: [words] and below it {first} = \"{}\"",
        &*word
    );
    Some(Diagnostic::new(Code::WordsUnconfirmed, language, message).hint(hint))
}

/// Says that the tool has no words in the book's language, and which English
/// ones will stand in the book.
fn missing(meta: &Meta, matter: &[Entry], language: Option<Span>) -> Option<Diagnostic> {
    let mut missing = if knows(&meta.language) { Vec::new() } else { needed(meta, matter) };
    missing.extend(unnamed(meta).filter(|_| meta.language.primary() != "en"));
    missing.retain(|key| !meta.words.contains_key(*key));
    let first = missing.first()?;
    let named = some_of(&missing, |key| Some(called(key)));
    let message = format!("there are no words in `{}` for {named}: the English ones are used", meta.language);
    let mut example = format!("give them in book.toml: [words] and below it {first} = \"…\"");
    let country = COUNTRIES.iter().find(|(code, ..)| *code == meta.language.tag() && !knows(&meta.language));
    if let Some((_, language, tag)) = country {
        example = format!("if you mean {language}, write \"{tag}\"; otherwise {example}");
    }
    Some(Diagnostic::new(Code::WordsMissing, language, message).hint(example))
}

/// The first of these in words, and how many more there are.
fn some_of(all: &[&str], words: impl Fn(&&str) -> Option<String>) -> String {
    let mut named = all.iter().take(NAMED).filter_map(words).collect::<Vec<_>>().join(", ");
    if all.len() > NAMED {
        named += &format!(" and {} more", all.len() - NAMED);
    }
    named
}

/// A key, and what it stands for when that is the code of a role.
fn called(key: &str) -> String {
    match Relator::find(key) {
        Some(role) => format!("`{key}` ({})", role.english()),
        None => format!("`{key}`"),
    }
}

/// The roles of contributors that no term is about, by their codes.
fn unnamed(meta: &Meta) -> impl Iterator<Item = &'static str> {
    let codes: BTreeSet<&'static str> = meta.contributors.iter().map(|who| who.role.code()).collect();
    codes.into_iter().filter(|code| *code != Relator::AUTHOR.code() && credit_key(code).is_none())
}

/// The terms that a book shows, as far as book.toml tells.
fn needed(meta: &Meta, matter: &[Entry]) -> Vec<&'static str> {
    let pages = matter.iter().filter_map(|entry| match entry.item {
        Item::Made(page) => Some(page.name()),
        Item::File(_) => None,
    });
    let credits = meta.contributors.iter().filter_map(|contributor| credit_key(contributor.role.code()));
    let of_imprint = meta.source.iter().map(|_| "from").chain(["set-in"]);
    let of_date = meta.date.and_then(|date| date.month).map(|_| "date");
    let is_imprint = |entry: &Entry| matches!(entry.item, Item::Made(GeneratedPage::Imprint));
    let imprint = of_imprint.chain(of_date).filter(|_| matter.iter().any(is_imprint));
    let mut all: Vec<&str> = ALWAYS.into_iter().chain(pages).chain(credits).chain(imprint).collect();
    let known: Vec<&str> = keys().collect();
    all.retain(|key| known.contains(key));
    all.sort_by_key(|key| known.iter().position(|known| known == key));
    all.dedup();
    all
}
