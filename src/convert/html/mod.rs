//! HTML as a book: one file, a folder of them, or the documents of an EPUB.

mod blocks;
mod entities;
mod inlines;
mod notes;
mod reader;
mod styles;
mod tokens;
mod verse;

pub(super) use notes::Spot;
pub(super) use reader::Paths;
pub(super) use styles::{Styles, is_a};
pub(super) use tokens::{Tag, decoded, is_block, tree};

use super::element::{Element, Node};
use super::model::{Block, Book, Inline};
use reader::Reader;
use std::collections::BTreeMap;

/// Reads documents, in their order, into blocks; their notes and pictures go to the book.
/// `language` is that of the book.
pub(super) fn read(
    documents: &[&Element],
    paths: &dyn Paths,
    styles: &Styles,
    language: Option<&str>,
    book: &mut Book,
) -> Vec<Vec<Block>> {
    let notes = notes::find(documents, &|document, href| paths.place(document, href));
    let places = places(documents, paths, &notes);
    let first_note = book.notes.len();
    let texts = notes.texts.clone();
    let language = language.map(str::to_owned);
    let mut reader = Reader {
        paths,
        styles,
        notes,
        places,
        book,
        document: 0,
        waiting: Vec::new(),
        language,
        first_note,
        label: None,
    };
    let mut out = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        reader.document = index;
        let whole = reader.places.get(&(index, String::new())).cloned();
        reader.waiting.extend(whole);
        let body = document.find("body").unwrap_or(document);
        let anchors = reader.anchors(body);
        reader.waiting.extend(anchors);
        let mut blocks = reader.blocks(&body.children);
        let held_notes = reader.notes.texts.iter().any(|(document, _)| *document == index);
        if held_notes && is_empty(&blocks) {
            reader.leave_out_headings(&mut blocks);
        }
        out.push(blocks);
    }
    for (document, text) in texts {
        reader.document = document;
        reader.waiting.clear();
        let blocks = reader.note(text);
        reader.book.notes.push(blocks);
    }
    out
}

impl Reader<'_, '_> {
    /// Takes headings out under which only notes stood.
    fn leave_out_headings(&mut self, blocks: &mut Vec<Block>) {
        for block in std::mem::take(blocks) {
            match block {
                Block::Heading { words, .. } => {
                    self.book
                        .leave_out("headings over notes, which are made anew", super::model::plain(&words));
                }
                Block::PageMark(label) => blocks.push(Block::PageMark(label)),
                _ => {}
            }
        }
    }

    /// The text of a note, without the number that stands before it.
    fn note(&mut self, element: &Element) -> Vec<Block> {
        let label = label(element);
        self.label = label.map(notes::key);
        let elements = std::mem::take(&mut self.notes.elements);
        let mut blocks = self.blocks(&element.children);
        self.notes.elements = elements;
        self.label = None;
        if let Some(words) = first_words(&mut blocks) {
            let kept = match label {
                Some(_) => words.trim_start_matches(['.', ':', ' ', '\n', '\u{a0}', ')', ']']),
                None => without_label(words),
            };
            if kept.len() < words.len() {
                self.book
                    .leave_out("numbers of notes, which are made anew", &words[..words.len() - kept.len()]);
                *words = kept.to_owned();
            }
        }
        blocks
    }
}

/// Whether nothing is left but headings and rules: what stood under them are notes.
pub(in crate::convert) fn is_empty(blocks: &[Block]) -> bool {
    blocks.iter().all(|block| matches!(block, Block::Heading { .. } | Block::SceneBreak | Block::PageMark(_)))
}

/// The element with which a note begins, when it is no more than the note's number.
fn label(element: &Element) -> Option<&Element> {
    for node in &element.children {
        match node {
            Node::Text(text) if text.trim().is_empty() => {}
            Node::Text(_) => return None,
            Node::Element(inner) => {
                let words = inner.words();
                let is_label = matches!(inner.name.as_str(), "a" | "sup" | "span" | "b" | "strong")
                    && notes::is_call(&words);
                if words.trim().is_empty() {
                    continue;
                }
                return if is_label { Some(inner) } else { label(inner) };
            }
        }
    }
    None
}

/// The first words of blocks.
fn first_words(blocks: &mut [Block]) -> Option<&mut String> {
    match blocks.first_mut()? {
        Block::Paragraph(words) | Block::Heading { words, .. } => {
            words.iter_mut().find_map(|inline| match inline {
                Inline::Text(text) => Some(text),
                _ => None,
            })
        }
        Block::Quote(inner) | Block::Division { blocks: inner, .. } => first_words(inner),
        _ => None,
    }
}

/// Words without a number in brackets before them.
fn without_label(text: &str) -> &str {
    let start = text.trim_start();
    let Some(end) = start.strip_prefix('[').and_then(|rest| rest.find(']')) else { return text };
    if notes::is_call(&start[..end + 2]) { start[end + 2..].trim_start() } else { text }
}

/// The places that links lead to, each with its name in the new book.
fn places(documents: &[&Element], paths: &dyn Paths, notes: &notes::Notes<'_>) -> BTreeMap<Spot, String> {
    let mut there: std::collections::BTreeSet<Spot> = std::collections::BTreeSet::new();
    let mut wanted = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        let mut found = Vec::new();
        document.all(&|_| true, &mut found);
        there.insert((index, String::new()));
        for element in found {
            let ids = [element.get("id"), element.get("name").filter(|_| element.name == "a")];
            there.extend(ids.into_iter().flatten().map(|id| (index, id.to_owned())));
            let is_of_note =
                notes.calls.contains_key(&notes::key(element)) || notes.back.contains(&notes::key(element));
            let href = element.get("href").filter(|_| element.name == "a" && !is_of_note);
            wanted.extend(href.and_then(|href| paths.place(index, href)));
        }
    }
    reader::names(wanted.into_iter().filter(|spot| there.contains(spot)))
}

/// Whether a line is that of a pause: stars and the like, and nothing else.
pub(super) fn is_scene_break(words: &str) -> bool {
    let bare: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let count = bare.chars().count();
    let all = |signs: &str| bare.chars().all(|c| signs.contains(c));
    (1..=9).contains(&count)
        && (all("*⁂✱✻❦❧☙•·⁕◆◇○●§~∗")
            || (2..=5).contains(&count) && all("#-–—=o") && !all("-") && !all("—")
            || bare == "#"
            || bare == "***")
        && !bare.chars().all(char::is_alphanumeric)
}

/// The words of a document as they stand in it, whoever reads them later: those of its
/// body, with the words of blocks apart.
pub(super) fn raw_words(document: &Element) -> String {
    let mut out = String::new();
    push_raw(document.find("body").unwrap_or(document), &mut out);
    out
}

fn push_raw(element: &Element, out: &mut String) {
    for node in &element.children {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Element(inner) => {
                if is_block(&inner.name) {
                    out.push('\n');
                }
                push_raw(inner, out);
                if is_block(&inner.name) {
                    out.push('\n');
                }
            }
        }
    }
}

/// The path of a picture in the new book; none for one in a format that no book has.
pub(super) fn picture_name(path: &str, bytes: &[u8]) -> Option<String> {
    let starts = |with: &[u8]| bytes.starts_with(with);
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]);
    let ending = match () {
        () if starts(b"\x89PNG") => "png",
        () if starts(b"\xff\xd8\xff") => "jpg",
        () if starts(b"GIF8") => "gif",
        () if starts(b"RIFF") => "webp",
        () if starts(b"II*\0") || starts(b"MM\0*") => "tiff",
        () if starts(b"BM") => "bmp",
        () if head.contains("<svg") => "svg",
        () => return None,
    };
    let stem: String = super::tree::stem(path)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' })
        .collect();
    Some(format!("images/{stem}.{ending}"))
}
