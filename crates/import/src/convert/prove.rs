//! The proof of a converted book: our own parser reads what was written, and finds the
//! words of the source, all of them and in their order.
//!
//! Two comparisons, which trust different things. [`in_order`] holds the parsed
//! manuscript against the model, word by word: a word that was escaped wrongly, joined
//! to its neighbour or lost by the writer shows there. [`Counts`](super::words::Counts)
//! holds it against the words that stand in the source, counted without the reader that
//! made the model: what the reader lost shows there.

use super::model::{self, Block, Inline};
use super::visit::{Met, visit};
use super::words::words;
use crate::book::{self, ImageFormat, Lang, Matter, NoteId, Seen};
use crate::diag::{Diagnostic, SourceMap};
use crate::manuscript;
use crate::sources::{Entry, ImageFile, Item, Sources};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The written files as our parser understands them.
pub(super) struct Parsed {
    pub book: book::Book,
    pub findings: Vec<Diagnostic>,
    pub map: SourceMap,
}

/// Parses texts; every picture that they may name is taken to be there.
pub(super) fn parse(files: &[(String, String)], pictures: &[String], language: Option<&str>) -> Parsed {
    let mut sources = Sources::default();
    sources.meta.language = language.and_then(Lang::parse).unwrap_or_else(Lang::none);
    for (name, text) in files {
        let file = sources.map.add(name.clone(), text.clone());
        sources.matter.push(Entry { matter: Matter::Body, item: Item::File(file), span: None });
    }
    let nothing: Arc<[u8]> = Arc::from(&b""[..]);
    for picture in pictures {
        let file = ImageFile {
            bytes: nothing.clone(),
            format: ImageFormat::Png,
            size: (1, 1),
            pages: 1,
            seconds: 0.0,
            left_out: Vec::new(),
            sha256: String::new(),
        };
        sources.images.insert(picture.clone(), Ok(file));
    }
    let checked = manuscript::parse(&sources);
    Parsed { book: checked.value, findings: checked.findings, map: sources.map }
}

/// A word that one of two texts has and the other has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The words around it, in the source.
    pub wanted: String,
    /// The words there, in the manuscript.
    pub found: String,
}

/// Holds the words of a manuscript against those of the model; how many there are.
pub(super) fn in_order(wanted: &str, found: &str) -> Result<usize, Fault> {
    let (wanted, found) = (words(wanted), words(found));
    let style = |word: &&String| !matches!(word.as_str(), "'" | "-" | "…" | ".");
    let (wanted, found): (Vec<&String>, Vec<&String>) =
        (wanted.iter().filter(style).collect(), found.iter().filter(style).collect());
    let same = wanted.iter().zip(&found).take_while(|(a, b)| a == b).count();
    if same == wanted.len() && same == found.len() {
        return Ok(same);
    }
    let around = |words: &[&String]| {
        let near = &words[same.saturating_sub(4).min(words.len())..(same + 4).min(words.len())];
        near.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(" ")
    };
    Err(Fault { wanted: around(&wanted), found: around(&found) })
}

/// Notes in the order in which they are first called. What is called twice is known
/// from a set, so that a book of many notes takes n log n steps.
struct Calls<N> {
    order: Vec<N>,
    known: BTreeSet<N>,
}

impl<N: Copy + Ord> Calls<N> {
    fn new() -> Calls<N> {
        Calls { order: Vec::new(), known: BTreeSet::new() }
    }

    fn add(&mut self, note: N) {
        if self.known.insert(note) {
            self.order.push(note);
        }
    }
}

/// The words of a text of the model: its blocks, then its notes in the order of their calls.
pub(super) fn of_model(book: &model::Book, text: &model::Text) -> String {
    let mut out = String::new();
    let mut calls = Calls::new();
    model_blocks(&text.blocks, &mut calls, &mut out);
    let mut done = 0;
    while let Some(note) = calls.order.get(done).copied() {
        done += 1;
        out.push('\n');
        if let Some(blocks) = book.notes.get(note) {
            model_blocks(blocks, &mut calls, &mut out);
        }
    }
    out
}

/// The words of blocks of the model, without those of their notes.
pub(super) fn of_blocks(blocks: &[Block]) -> String {
    let mut out = String::new();
    model_blocks(blocks, &mut Calls::new(), &mut out);
    out
}

fn model_blocks(blocks: &[Block], calls: &mut Calls<usize>, out: &mut String) {
    visit(blocks, &mut |met| match met {
        Met::Inline(Inline::Text(text) | Inline::Code(text)) => out.push_str(text),
        Met::Inline(Inline::Note(note)) => calls.add(*note),
        Met::Block(Block::Code { text, .. }) => {
            out.push('\n');
            out.push_str(text);
        }
        Met::Block(_) | Met::Inlines | Met::Inline(Inline::Break) => out.push('\n'),
        Met::Inline(_) => {}
    });
}

/// The words of all sections that were made of one file, in the same order.
pub(super) fn of_book(book: &book::Book, sections: &[&book::Section]) -> String {
    let mut out = String::new();
    let mut calls: Calls<NoteId> = Calls::new();
    for body in sections.iter().filter_map(|section| section.body()) {
        book_blocks(&body.blocks, &mut calls, &mut out);
    }
    let mut done = 0;
    while let Some(note) = calls.order.get(done).copied() {
        done += 1;
        out.push('\n');
        book_blocks(&book.notes.get(note).blocks, &mut calls, &mut out);
    }
    out
}

fn book_blocks(blocks: &[book::Block], calls: &mut Calls<NoteId>, out: &mut String) {
    book::visit(blocks, &mut |seen| match seen {
        Seen::Words(text, _) | Seen::Code(text, _) => out.push_str(&text.words),
        Seen::Call(call) => calls.add(call.note),
        Seen::Block(_) | Seen::Inlines(_) | Seen::Break => out.push('\n'),
        _ => {}
    });
}
