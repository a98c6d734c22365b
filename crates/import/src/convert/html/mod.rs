//! HTML as a book: one file, a folder of them, or the documents of an EPUB.

mod blocks;
mod cells;
mod drama;
mod entities;
mod inlines;
mod notes;
mod outline;
mod plain;
mod reader;
mod styles;
mod tokens;
mod verse;

pub(super) use notes::Spot;
pub(super) use reader::Paths;
pub(super) use styles::{Styles, is_a, types};
pub(super) use tokens::{Tag, decoded, is_block, tree};

use super::element::{Element, Node};
use super::model::{Block, Book, Inline};
use super::prove;
use super::words::Counts;
use outline::Outline;
use reader::Reader;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Reads documents, in their order, into blocks; their notes and pictures go to the book.
/// `language` is that of the book.
///
/// Where elements overlap, or stand where no book has them, words can fall between the
/// shapes that are looked for. Such a document is read once more by its words alone
/// ([`plain`]), and so are all when `only_words` says that nothing else could be proved.
pub(super) fn read(
    documents: &[&Element],
    paths: &dyn Paths,
    styles: &Styles,
    language: Option<&str>,
    only_words: bool,
    book: &mut Book,
) -> Vec<Vec<Block>> {
    let setting = Setting { documents, paths, styles, language };
    let mut simple: BTreeSet<usize> =
        if only_words { (0..documents.len()).collect() } else { BTreeSet::new() };
    let before = book.clone();
    let mut reading = setting.read(&simple, book);
    let lossy = reading.lossy(documents, book);
    if !lossy.is_empty() {
        simple.extend(lossy);
        *book = before;
        reading = setting.read(&simple, book);
    }
    book.by_words += simple.len();
    reading.blocks
}

/// What is read, and with what.
struct Setting<'t, 'b> {
    documents: &'b [&'t Element],
    paths: &'b dyn Paths,
    styles: &'b Styles,
    language: Option<&'b str>,
}

/// Documents as they were read.
struct Reading {
    blocks: Vec<Vec<Block>>,
    /// For each run of reading: its document, and how much stood in the book before and
    /// after it.
    runs: Vec<Run>,
}

/// A document, or one of its notes.
struct Run {
    document: usize,
    note: Option<usize>,
    left_out: Range<usize>,
    added: Range<usize>,
}

impl Setting<'_, '_> {
    /// Reads all documents; of those that are `simple` the words alone.
    fn read(&self, simple: &BTreeSet<usize>, book: &mut Book) -> Reading {
        let nothing = Element::default();
        let all = self.documents.iter().enumerate();
        let shaped: Vec<&Element> =
            all.map(|(index, document)| if simple.contains(&index) { &nothing } else { *document }).collect();
        let notes = notes::find(&shaped, &|document, href| self.paths.place(document, href));
        let places = places(&shaped, self.paths, &notes);
        let texts = notes.texts.clone();
        let mut reader = Reader {
            paths: self.paths,
            styles: self.styles,
            notes,
            places,
            first_note: book.notes.len(),
            book,
            document: 0,
            waiting: Vec::new(),
            language: self.language.map(str::to_owned),
            label: None,
            in_verse: false,
            outline: Outline::default(),
        };
        let mut reading = Reading { blocks: Vec::new(), runs: Vec::new() };
        for (index, document) in self.documents.iter().enumerate() {
            let begin = reader.length();
            let body = document.find("body").unwrap_or(document);
            let blocks =
                if simple.contains(&index) { reader.words_of(body, index) } else { reader.body(body, index) };
            reading.blocks.push(blocks);
            reading.runs.push(reader.run(index, None, begin));
        }
        for (document, text) in texts {
            let begin = reader.length();
            reader.document = document;
            reader.waiting.clear();
            let blocks = reader.note(text);
            let note = reader.book.notes.len();
            reader.book.notes.push(blocks);
            reading.runs.push(reader.run(document, Some(note), begin));
        }
        reading
    }
}

impl Reading {
    /// The documents of which not every word was read once.
    fn lossy(&self, documents: &[&Element], book: &Book) -> Vec<usize> {
        let mut counts: Vec<Counts> = vec![Counts::default(); documents.len()];
        for (count, document) in counts.iter_mut().zip(documents) {
            count.add(&raw_words(document), 1);
        }
        for run in &self.runs {
            let Some(count) = counts.get_mut(run.document) else { continue };
            let blocks = match run.note {
                Some(note) => book.notes.get(note),
                None => self.blocks.get(run.document),
            };
            count.add(&prove::of_blocks(blocks.map_or(&[][..], Vec::as_slice)), -1);
            for (_, words) in book.left_out.get(run.left_out.clone()).unwrap_or_default() {
                count.add(words, -1);
            }
            count.add(book.added.get(run.added.clone()).unwrap_or_default(), 1);
        }
        (0..documents.len()).filter(|index| !counts[*index].left().is_empty()).collect()
    }
}

impl Reader<'_, '_> {
    /// How much stands in the book that is no text.
    fn length(&self) -> (usize, usize) {
        (self.book.left_out.len(), self.book.added.len())
    }

    fn run(&self, document: usize, note: Option<usize>, begin: (usize, usize)) -> Run {
        let end = self.length();
        Run { document, note, left_out: begin.0..end.0, added: begin.1..end.1 }
    }

    /// The blocks of the body of a document.
    fn body(&mut self, body: &Element, document: usize) -> Vec<Block> {
        self.document = document;
        self.outline = Outline::default();
        let whole = self.places.get(&(document, String::new())).cloned();
        self.waiting.extend(whole);
        let anchors = self.anchors(body);
        self.waiting.extend(anchors);
        let mut blocks = self.blocks(&body.children);
        let held_notes = self.notes.texts.iter().any(|(of, _)| *of == document);
        if held_notes && is_empty(&blocks) {
            self.leave_out_headings(&mut blocks);
        }
        blocks
    }
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
        let (label, is_bracketed) = label(element).unzip();
        self.label = label.map(notes::key);
        let elements = std::mem::take(&mut self.notes.elements);
        let mut blocks = self.blocks(&element.children);
        self.notes.elements = elements;
        self.label = None;
        if let Some(words) = first_words(&mut blocks) {
            let opened = words.trim_start().strip_prefix(['[', '(']).filter(|_| is_bracketed == Some(true));
            let kept = match label {
                Some(_) if opened.is_some() => {
                    opened.unwrap_or("").trim_start_matches(['.', ':', ' ', '\n', '\u{a0}', ')', ']'])
                }
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

/// The element with which a note begins, when it is no more than the note's number, and whether a bracket opens before it.
fn label(element: &Element) -> Option<(&Element, bool)> {
    let mut is_bracketed = false;
    for node in &element.children {
        match node {
            Node::Text(text) if text.trim().is_empty() => {}
            Node::Text(text) if matches!(text.trim(), "[" | "(") => is_bracketed = true,
            Node::Text(_) => return None,
            Node::Element(inner) => {
                let words = inner.words();
                let is_label = matches!(inner.name.as_str(), "a" | "sup" | "span" | "b" | "strong")
                    && notes::is_call(&words);
                if words.trim().is_empty() {
                    continue;
                }
                return if is_label { Some((inner, is_bracketed)) } else { label(inner) };
            }
        }
    }
    None
}

/// The first words of blocks.
fn first_words(blocks: &mut [Block]) -> Option<&mut String> {
    match blocks.first_mut()? {
        Block::Paragraph(words) | Block::Heading { words, .. } => {
            // words in a style stand before any number: behind them nothing is a label
            match words
                .iter_mut()
                .find(|inline| !matches!(inline, Inline::Anchor(_) | Inline::PageMark(_)))?
            {
                Inline::Text(text) => Some(text),
                _ => None,
            }
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

/// The words of a document as they stand in it, whoever reads them later: those of its
/// body, with the words of blocks apart.
pub(super) fn raw_words(document: &Element) -> String {
    all_words(document.find("body").unwrap_or(document))
}

/// The words of an element as they stand in it, those of blocks apart.
fn all_words(element: &Element) -> String {
    let mut out = String::new();
    push_raw(element, &mut out);
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
