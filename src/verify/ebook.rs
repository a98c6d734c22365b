//! Every letter of the book stands in the documents of the EPUB, in order.
//!
//! A document has words of its own between those of the book: marks of notes,
//! numbers of pages, titles that a cross-reference repeats. So the book's words
//! are taken in stretches that nothing interrupts, and each must be found in the
//! document after the one before it, and not far from it. Searching forward for
//! the earliest place never misses a document that is whole: what follows has only
//! the more room.

use super::expected::{Expected, Piece, quoted, words_in};
use super::letters::push_letters;
use super::{Account, Count};
use crate::book::{Book, Stream};
use crate::diag::{Checked, Code, Diagnostic, Span};
use crate::narrow::Nearest;
use crate::pages::Flow;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::collections::BTreeMap;

/// Losses that are told one by one; the others are counted.
const TOLD: usize = 8;
/// Letters of its own that an EPUB may have between two stretches of the book.
const APART: usize = 4000;

/// A document of the EPUB.
pub struct Document<'d> {
    /// The section whose text it holds, or a part of which.
    pub section: Option<u32>,
    /// The file, XHTML.
    pub bytes: &'d [u8],
}

/// What the documents hold.
#[derive(Default)]
struct Holdings {
    /// The letters of each flow.
    letters: BTreeMap<Flow, String>,
    /// Pictures in texts and notes.
    pictures: usize,
}

/// Proves the documents of an EPUB, in reading order.
#[must_use]
pub fn ebook(book: &Book, documents: &[Document<'_>]) -> Checked<Account> {
    let expected = Expected::of(book);
    let notes = notes_by_id(book);
    let mut holdings = Holdings::default();
    for document in documents {
        holdings.read(document, &notes);
    }
    let mut account = Account::default();
    let mut losses = Vec::new();
    for (flow, pieces) in &expected.flows {
        let held = holdings.letters.get(flow).map_or("", String::as_str);
        let words = compare(pieces, held, &mut losses);
        account.words.wanted += words.wanted;
        account.words.found += words.found;
        if let Flow::Note(_) = flow {
            account.notes.wanted += 1;
            account.notes.found += usize::from(holdings.letters.contains_key(flow));
        }
    }
    let wanted: usize = expected.pictures.values().sum();
    account.pictures = Count { wanted, found: holdings.pictures.min(wanted) };
    if holdings.pictures < wanted {
        let message = format!("of {wanted} pictures {} are in the EPUB", holdings.pictures);
        losses.push((None, message, Code::PictureLost));
    }
    Checked { value: account, findings: told(losses) }
}

/// The losses as findings; after the first ones the rest is counted.
fn told(losses: Vec<(Option<Span>, String, Code)>) -> Vec<Diagnostic> {
    let more = losses.len().saturating_sub(TOLD);
    let first = losses.into_iter().take(TOLD).map(|(span, message, code)| {
        Diagnostic::new(code, span, message)
            .hint("this is a fault of Pamphleteer: the EPUB is not written; please report it with this text")
    });
    let mut findings: Vec<Diagnostic> = first.collect();
    if more > 0 {
        let message = format!("{more} more passages are not in the EPUB as they are written");
        findings.push(Diagnostic::new(Code::TextLost, None, message));
    }
    findings
}

/// The flow of each note, by the id of its element.
fn notes_by_id(book: &Book) -> BTreeMap<String, Flow> {
    let by_id = book.notes.iter().map(|(id, note)| {
        let stem = match note.stream {
            Stream::Author => "note",
            Stream::Editor => "editor-note",
        };
        (format!("{stem}-{}", note.number), Flow::Note(u32::nearest(id.index())))
    });
    by_id.collect()
}

/// Finds the stretches of a flow among the letters that a document has of it.
fn compare(pieces: &[Piece<'_>], held: &str, losses: &mut Vec<(Option<Span>, String, Code)>) -> Count {
    let mut count = Count::default();
    let (mut at, mut wanted) = (0, String::new());
    for stretch in pieces.chunk_by(|_, next| !next.apart) {
        wanted.clear();
        stretch.iter().for_each(|piece| push_letters(&mut wanted, piece.words));
        let number = words_in(stretch);
        count.wanted += number;
        match found(&held[at..], &wanted) {
            Some(end) => {
                at += end;
                count.found += number;
            }
            None => {
                let words = stretch.iter().map(|piece| piece.words).collect::<Vec<_>>().join(" ");
                let message = format!("the EPUB lacks `{}`, or has it in another place", quoted(&words));
                losses.push((stretch.first().map(|piece| piece.span), message, Code::TextLost));
            }
        }
    }
    count
}

/// Where the letters end, when they stand there or a little further on.
fn found(held: &str, wanted: &str) -> Option<usize> {
    if held.starts_with(wanted) {
        return Some(wanted.len());
    }
    let mut most = (wanted.len() + APART).min(held.len());
    while !held.is_char_boundary(most) {
        most += 1;
    }
    held[..most].find(wanted).map(|at| at + wanted.len())
}

impl Holdings {
    /// Reads a document. One that is not XML holds nothing more.
    fn read(&mut self, document: &Document<'_>, notes: &BTreeMap<String, Flow>) {
        let section = document.section.map(Flow::Section);
        let mut reader = Reader::from_reader(document.bytes);
        let mut open: Vec<Option<Flow>> = Vec::new();
        let mut flow = None;
        loop {
            match reader.read_event() {
                Ok(Event::Start(element)) => {
                    open.push(flow);
                    flow = self.inside(&element, flow, section, notes);
                }
                Ok(Event::End(_)) => flow = open.pop().flatten(),
                Ok(Event::Empty(element)) => self.count_picture(&element, flow),
                Ok(Event::Text(text)) => self.add(flow, &text),
                Ok(Event::GeneralRef(reference)) => self.add(flow, &character(&reference)),
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
        }
    }

    /// The flow that stands in an element.
    fn inside(
        &mut self,
        element: &BytesStart<'_>,
        flow: Option<Flow>,
        section: Option<Flow>,
        notes: &BTreeMap<String, Flow>,
    ) -> Option<Flow> {
        self.count_picture(element, flow);
        let attribute = |name: &str| {
            let value = element.try_get_attribute(name).ok().flatten()?;
            Some(value.value.into_owned())
        };
        if element.name().as_ref() == "body" {
            return section;
        }
        match attribute("epub:type").as_deref() {
            Some("noteref" | "backlink") => None,
            Some("footnote") => {
                let note = attribute("id").and_then(|id| notes.get(&id).copied());
                if let Some(note) = note {
                    self.letters.entry(note).or_default();
                }
                note
            }
            _ => flow,
        }
    }

    fn count_picture(&mut self, element: &BytesStart<'_>, flow: Option<Flow>) {
        self.pictures += usize::from(flow.is_some() && element.name().as_ref() == "img");
    }

    fn add(&mut self, flow: Option<Flow>, text: &str) {
        if let Some(flow) = flow {
            push_letters(self.letters.entry(flow).or_default(), text);
        }
    }
}

/// The character that a reference such as `&amp;` stands for.
fn character(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    quick_xml::escape::resolve_predefined_entity(reference).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_found_in_order_and_near() {
        assert_eq!(found("ABC1DEF", "ABC"), Some(3));
        assert_eq!(found("1DEF", "DEF"), Some(4));
        assert_eq!(found("XYZ", "DEF"), None);
        let far = "Ä".repeat(APART) + "DEF";
        assert_eq!(found(&far, "DEF"), None);
    }
}
