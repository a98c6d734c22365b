//! The pages of an ebook that a book makes itself: title pages, the imprint, contents, the
//! colophon. What they say and the book's metadata say too is left out, as it is printed again
//! from there; whatever else stands on them stays text, word for word.

use super::chapters::title_words;
use super::element::Element;
use super::html::{is_a, types};
use super::meta::Meta;
use super::model::{Block, Book, Inline, plain};
use super::words::words;
use crate::book::{self, GeneratedPage, Lang, Relator};
use crate::terms::{self, Terms};
use std::collections::BTreeSet;

/// A document of an ebook, read: its blocks, and what the navigation calls it.
pub(super) type Document = (Vec<Block>, Option<String>);

/// Names of such pages: types of EPUB Structural Semantics and of EPUB 2's guide, classes, and
/// the names of files.
const NAMES: [(&str, GeneratedPage); 15] = [
    ("cover", GeneratedPage::Cover),
    ("halftitlepage", GeneratedPage::HalfTitle),
    ("halftitle", GeneratedPage::HalfTitle),
    ("half-title", GeneratedPage::HalfTitle),
    ("titlepage", GeneratedPage::TitlePage),
    ("title-page", GeneratedPage::TitlePage),
    ("title_page", GeneratedPage::TitlePage),
    ("copyright-page", GeneratedPage::Imprint),
    ("copyright", GeneratedPage::Imprint),
    ("imprint", GeneratedPage::Imprint),
    ("toc", GeneratedPage::Contents),
    ("contents", GeneratedPage::Contents),
    ("nav", GeneratedPage::Contents),
    ("colophon", GeneratedPage::Colophon),
    ("title", GeneratedPage::TitlePage),
];

/// The page of that name, if a book makes it.
pub(super) fn page_of(name: &str) -> Option<GeneratedPage> {
    let name = name.to_ascii_lowercase();
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, page)| *page)
}

/// The page that a document says it is, by the types of its body and of what stands right in it.
pub(super) fn page_in(document: &Element) -> Option<GeneratedPage> {
    let body = document.find("body").unwrap_or(document);
    let mut elements = vec![body];
    elements.extend(body.elements().take(1));
    elements.iter().flat_map(|element| types(element)).find_map(page_of)
}

/// What a document without a heading is, as a file of the book is called after it.
pub(super) fn kind_in(document: &Element) -> Option<String> {
    const KINDS: [&str; 5] = ["dedication", "epigraph", "frontispiece", "foreword", "preface"];
    let body = document.find("body").unwrap_or(document);
    let first = body.elements().next()?;
    KINDS.iter().find(|kind| is_a(first, &[kind])).map(|kind| (*kind).to_owned())
}

/// Takes what is made anew out of those documents that are such pages; `pages` says which.
pub(super) fn take(book: &mut Book, documents: &mut Vec<Document>, pages: &[Option<GeneratedPage>]) {
    let mut marks = Vec::new();
    let mut kept: Vec<Document> = Vec::new();
    for (index, (mut blocks, name)) in std::mem::take(documents).into_iter().enumerate() {
        if let Some(page) = pages.get(index).copied().flatten() {
            learn(&mut book.meta, page, &blocks);
            blocks = rest(book, page, blocks);
        }
        if blocks.iter().all(|block| matches!(block, Block::PageMark(_))) {
            marks.append(&mut blocks);
            continue;
        }
        blocks.splice(0..0, marks.drain(..));
        kept.push((blocks, name));
    }
    *documents = kept;
}

/// The address of the publisher, which stands on the imprint below its name.
fn learn(meta: &mut Meta, page: GeneratedPage, blocks: &[Block]) {
    let Some(publisher) = meta.publisher.clone().filter(|_| page == GeneratedPage::Imprint) else { return };
    for block in blocks {
        let Block::Paragraph(inlines) = block else { continue };
        let address = inlines.iter().find_map(|inline| match inline {
            Inline::Link(to, words) if to.starts_with("http") && plain(words).contains("://") => Some(to),
            _ => None,
        });
        if plain(inlines).starts_with(&publisher) {
            meta.publisher_url = meta.publisher_url.take().or_else(|| address.cloned());
        }
    }
}

/// The blocks of a made page that say more than the book makes itself.
fn rest(book: &mut Book, page: GeneratedPage, blocks: Vec<Block>) -> Vec<Block> {
    let known = known(&book.meta, page);
    let language = book.meta.language.as_deref().and_then(Lang::parse).unwrap_or_else(Lang::none);
    let said = book::Meta { language, ..book::Meta::default() };
    let set_in = Terms::of(&said).set_in().words().to_lowercase();
    let is_imprint = matches!(page, GeneratedPage::Imprint | GeneratedPage::Colophon);
    let made: Vec<Option<String>> = blocks
        .iter()
        .map(|block| {
            let words = match block {
                Block::List { .. } if page == GeneratedPage::Contents => contents_words(block),
                block => title_words(block),
            }?;
            let line = words.trim().to_lowercase();
            let of_type = is_imprint && line.starts_with(&format!("{set_in} "));
            let is_made = match block {
                Block::PageMark(_) => false,
                Block::List { .. } => true,
                _ => of_type || is_isbn(&line, &book.meta) || words_are_known(&line, &known),
            };
            is_made.then_some(words)
        })
        .collect();
    let is_left =
        |(block, words): (&Block, &Option<String>)| words.is_none() && !matches!(block, Block::PageMark(_));
    if is_imprint && blocks.iter().zip(&made).any(is_left) {
        // a text of that name stands in place of the page that the book makes: it holds all of it, or the rest is lost
        return blocks;
    }
    let mut left = Vec::new();
    for (block, words) in blocks.into_iter().zip(made) {
        match words {
            Some(words) => book.leave_out("title pages, imprint and colophon, which are made anew", words),
            None => left.push(block),
        }
    }
    if page == GeneratedPage::Colophon && left.iter().all(|block| matches!(block, Block::PageMark(_))) {
        book.meta.has_colophon = true;
    }
    left
}

/// Whether a line is the book's number, however its parts are divided.
fn is_isbn(line: &str, meta: &Meta) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let bare = line.strip_prefix("isbn").unwrap_or("x");
    let is_number = bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '–' | ' ' | ':' | 'x'));
    is_number && meta.isbn.as_ref().is_some_and(|isbn| digits(isbn) == digits(bare))
}

fn words_are_known(line: &str, known: &BTreeSet<String>) -> bool {
    let is_sign = |word: &str| !word.chars().any(char::is_alphanumeric);
    words(line).iter().all(|word| is_sign(word) || known.contains(word))
}

/// The words of a list that holds nothing but links, as contents do.
fn contents_words(block: &Block) -> Option<String> {
    match block {
        Block::List { items, .. } => {
            let all: Option<Vec<String>> = items.iter().flatten().map(contents_words).collect();
            all.map(|all| all.join("\n"))
        }
        Block::Paragraph(inlines) => {
            let only_links = inlines.iter().all(|inline| match inline {
                Inline::Link(to, _) => to.starts_with('#'),
                Inline::Text(words) => words.trim().is_empty(),
                Inline::Anchor(_) => true,
                _ => false,
            });
            only_links.then(|| plain(inlines))
        }
        _ => None,
    }
}

/// The words that a book prints of its metadata, and those that it adds, in small letters.
fn known(meta: &Meta, page: GeneratedPage) -> BTreeSet<String> {
    let language = meta.language.as_deref().and_then(Lang::parse).unwrap_or_else(Lang::none);
    let said = book::Meta { language: language.clone(), ..book::Meta::default() };
    let terms = Terms::of(&said);
    let mut all: Vec<String> = [
        &meta.title,
        &meta.subtitle,
        &meta.publisher,
        &meta.publisher_url,
        &meta.date,
        &meta.rights,
        &meta.isbn,
        &meta.source,
    ]
    .into_iter()
    .flatten()
    .cloned()
    .collect();
    for (name, role) in &meta.people {
        all.push(name.clone());
        all.extend(
            Relator::find(role).and_then(|role| terms.credit(role.code())).map(|w| w.words().to_owned()),
        );
    }
    let adds = [terms.from().words(), terms.colophon().words(), terms.imprint().words(), "ISBN by"];
    all.extend(adds.map(str::to_owned));
    if meta.date.is_some() {
        all.extend(terms::months(language.primary()).map(str::to_owned));
        let date = meta.date.as_deref().unwrap_or_default();
        all.extend(date.split('-').map(|number| number.trim_start_matches('0').to_owned()));
    }
    if page == GeneratedPage::Colophon {
        all.push("Pamphleteer".to_owned());
    }
    words(&all.join(" \n ").to_lowercase()).into_iter().collect()
}
