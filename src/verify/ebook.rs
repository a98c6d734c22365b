//! Every letter of the book stands in the documents of the EPUB, in order, every call of a note
//! too, and the navigation names every text.
//!
//! A document has words of its own between those of the book: marks of notes,
//! numbers of pages, titles that a cross-reference repeats. So the book's words
//! are taken in stretches that nothing interrupts, and each must be found in the
//! document after the one before it, and not far from it. Searching forward for
//! the earliest place never misses a document that is whole: what follows has only
//! the more room.

use super::expected::{Expected, Piece, quoted, titles, words_in};
use super::letters::push_letters;
use super::{Account, Count};
use crate::book::{Book, Stream, plain, without_notes};
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
    /// Calls of notes.
    calls: usize,
    /// The letters of the navigation.
    navigation: Option<String>,
}

/// What the words of an element belong to.
#[derive(Clone, Copy)]
enum Place {
    Flow(Flow),
    Navigation,
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
    account.calls = Count { wanted: expected.calls, found: holdings.calls.min(expected.calls) };
    if holdings.calls < expected.calls {
        let message = format!("of {} calls of notes {} are in the EPUB", expected.calls, holdings.calls);
        losses.push((None, message, Code::NoteMisplaced));
    }
    losses.extend(unlisted(book, holdings.navigation.as_deref()));
    Checked { value: account, findings: told(losses) }
}

/// Titles of texts that the navigation lacks; no document may be it.
fn unlisted(book: &Book, navigation: Option<&str>) -> Vec<(Option<Span>, String, Code)> {
    let Some(navigation) = navigation else { return Vec::new() };
    let missing = titles(book).filter_map(|(_, heading)| {
        let title = plain(&without_notes(&heading.content));
        let mut wanted = String::new();
        push_letters(&mut wanted, &title);
        let message = format!("the navigation of the EPUB lacks “{}”", quoted(&title));
        (!navigation.contains(&wanted)).then_some((None, message, Code::TextLost))
    });
    missing.collect()
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
        let section = document.section.map(|section| Place::Flow(Flow::Section(section)));
        let mut reader = Reader::from_reader(document.bytes);
        let mut open: Vec<Option<Place>> = Vec::new();
        let mut place = None;
        loop {
            match reader.read_event() {
                Ok(Event::Start(element)) => {
                    open.push(place);
                    place = self.inside(&element, place, section, notes);
                }
                Ok(Event::End(_)) => place = open.pop().flatten(),
                Ok(Event::Empty(element)) => self.count_picture(&element, place),
                Ok(Event::Text(text)) => self.add(place, &text),
                Ok(Event::GeneralRef(reference)) => self.add(place, &character(&reference)),
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
        }
    }

    /// What an element holds.
    fn inside(
        &mut self,
        element: &BytesStart<'_>,
        place: Option<Place>,
        section: Option<Place>,
        notes: &BTreeMap<String, Flow>,
    ) -> Option<Place> {
        self.count_picture(element, place);
        let attribute = |name: &str| {
            let value = element.try_get_attribute(name).ok().flatten()?;
            Some(value.value.into_owned())
        };
        if element.name().as_ref() == "body" {
            return section;
        }
        match attribute("epub:type").as_deref() {
            Some("noteref") => {
                self.calls += 1;
                None
            }
            Some("backlink") => None,
            Some("toc") if element.name().as_ref() == "nav" => {
                self.navigation.get_or_insert_default();
                Some(Place::Navigation)
            }
            Some("footnote") => {
                let note = attribute("id").and_then(|id| notes.get(&id).copied());
                if let Some(note) = note {
                    self.letters.entry(note).or_default();
                }
                note.map(Place::Flow)
            }
            _ => place,
        }
    }

    fn count_picture(&mut self, element: &BytesStart<'_>, place: Option<Place>) {
        let counts = matches!(place, Some(Place::Flow(_))) && element.name().as_ref() == "img";
        self.pictures += usize::from(counts);
    }

    fn add(&mut self, place: Option<Place>, text: &str) {
        match place {
            Some(Place::Flow(flow)) => push_letters(self.letters.entry(flow).or_default(), text),
            Some(Place::Navigation) => push_letters(self.navigation.get_or_insert_default(), text),
            None => {}
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
