//! Every letter of the book stands in the documents of the EPUB, once and in order, and so does
//! every call of a note, every pause between scenes and every item of a list; the navigation
//! names every text, and the pages that the tool makes say what they should.
//!
//! A document has words of its own between those of the book: titles and numbers that a
//! cross-reference repeats, labels of items, names of admonitions. They are expected where the
//! book has them ([`own`](super::own)), and what marks notes and pages is passed over. So the
//! letters of a flow are read once from the first to the last, and whatever else stands among
//! them is an error: a passage that is missing, that stands twice, or in another place. White
//! space counts where the book has it: without it two words would be one.

use super::expected::{Expected, Piece, Running, quoted, titles, words_in};
use super::letters::{is_blank, push_letters};
use super::own::{Own, ends_of};
use super::{Account, Count, made};
use crate::book::{Book, GeneratedPage, Stream, plain, without_notes};
use crate::diag::{Checked, Code, Diagnostic, Span};
use crate::narrow::Nearest;
use crate::pages::Flow;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::collections::BTreeMap;

/// Losses that are told one by one; the others are counted.
const TOLD: usize = 8;
/// Where a passage is looked for behind words that do not belong there: so many letters on.
const APART: usize = 4000;
/// A text is read in time that grows with its length: where numbers stand in a row with nothing between them, no more
/// places than these are kept for what comes behind.
const MOST_PLACES: usize = 400;
/// A document's one section stands in `body` and `html`, and is the third.
const OUTERMOST: usize = 3;

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
    flows: BTreeMap<Flow, Held>,
    /// Pictures in texts and notes.
    pictures: usize,
    /// Calls of notes.
    calls: usize,
    /// Pauses between scenes that a sign or white shows.
    scene_breaks: usize,
    /// Items of lists.
    items: usize,
    /// The letters of the navigation.
    navigation: Option<Held>,
    /// The letters of the contents page.
    contents: Option<Held>,
    /// The letters of the pages that are made of book.toml.
    made: BTreeMap<GeneratedPage, Held>,
}

/// Letters, and where white space stands before one of them.
#[derive(Default)]
struct Held {
    letters: String,
    /// The places in `letters`, rising.
    white: Vec<u32>,
    /// White space stands before the next letter.
    is_open: bool,
}

impl Held {
    fn push(&mut self, text: &str) {
        for word in text.split_inclusive(is_blank) {
            let before = self.letters.len();
            push_letters(&mut self.letters, word);
            if self.letters.len() > before && std::mem::take(&mut self.is_open) {
                self.white.push(u32::nearest(before));
            }
            self.is_open |= word.ends_with(is_blank);
        }
    }

    fn clear(&mut self) {
        self.letters.clear();
        self.white.clear();
        self.is_open = false;
    }

    /// Whether white space stands wherever it does in `wanted`, whose letters begin at that place here. What comes
    /// before the first of them is no part of it.
    fn is_parted_like(&self, wanted: &Held, start: usize) -> bool {
        let start = u32::nearest(start);
        let from = self.white.partition_point(|at| *at <= start);
        let mut own = self.white[from..].iter().peekable();
        wanted.white.iter().filter(|at| **at > 0).all(|at| {
            while own.next_if(|own| **own < start + at).is_some() {}
            own.peek() == Some(&&(start + at))
        })
    }
}

/// What the words of an element belong to.
#[derive(Clone, Copy)]
enum Place {
    Flow(Flow),
    Navigation,
    Contents,
    Made(GeneratedPage),
}

type Loss = (Option<Span>, String, Code);

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
    let wanted: usize = expected.pictures.values().sum();
    account.pictures =
        holdings.counted(wanted, holdings.pictures, "pictures", Code::PictureLost, &mut losses);
    let (calls, of_notes) = (expected.calls, "calls of notes");
    account.calls = holdings.counted(calls, holdings.calls, of_notes, Code::NoteMisplaced, &mut losses);
    let pauses = "pauses between scenes";
    holdings.counted(expected.scene_breaks, holdings.scene_breaks, pauses, Code::TextLost, &mut losses);
    holdings.counted(expected.items, holdings.items, "items of lists", Code::TextLost, &mut losses);
    let nothing = Held::default();
    for (flow, running) in &expected.flows {
        let held = holdings.flows.get(flow).unwrap_or(&nothing);
        let words = Reading::new(book, running, held).compare(&mut losses);
        account.words.wanted += words.wanted;
        account.words.found += words.found;
        if let Flow::Note(_) = flow {
            account.notes.wanted += 1;
            account.notes.found += usize::from(holdings.flows.contains_key(flow));
        }
    }
    for (held, what) in [(&holdings.navigation, "navigation"), (&holdings.contents, "contents page")] {
        losses.extend(held.as_ref().into_iter().flat_map(|held| unlisted(book, &held.letters, what)));
    }
    for page in made::wrong_in_ebook(book, |page| holdings.made.get(&page).map(|held| held.letters.as_str()))
    {
        let message = format!("the {page} of the EPUB does not say what book.toml says, once and whole");
        losses.push((None, message, Code::TextLost));
    }
    Checked { value: account, findings: told(losses) }
}

/// Titles of texts that a list of them lacks, or has in another order.
fn unlisted(book: &Book, held: &str, what: &str) -> Vec<Loss> {
    let (mut missing, mut rest) = (Vec::new(), held);
    for (_, heading) in titles(book) {
        let title = plain(&without_notes(&heading.content));
        let mut wanted = String::new();
        push_letters(&mut wanted, &title);
        match rest.find(&wanted) {
            Some(at) => rest = &rest[at + wanted.len()..],
            None => {
                let message = format!("the {what} of the EPUB lacks “{}”", quoted(&title));
                missing.push((None, message, Code::TextLost));
            }
        }
    }
    missing
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

/// A flow that is read beside the letters that the documents have of it.
struct Reading<'r> {
    book: &'r Book,
    running: &'r Running<'r>,
    held: &'r Held,
    /// How far it is read: one place, or several while it is open what a reference prints.
    at: Vec<usize>,
    /// There were too many such places: the next words of the author's say where it goes on.
    is_lost: bool,
    /// What the tool says further on.
    own: &'r [(usize, Own<'r>)],
}

impl<'r> Reading<'r> {
    fn new(book: &'r Book, running: &'r Running<'r>, held: &'r Held) -> Reading<'r> {
        Reading { book, running, held, at: vec![0], is_lost: false, own: &running.own }
    }

    fn compare(mut self, losses: &mut Vec<Loss>) -> Count {
        let mut count = Count::default();
        let (mut first, mut wanted) = (0, Held::default());
        for stretch in self.running.pieces.chunk_by(|_, next| !next.apart) {
            wanted.clear();
            stretch.iter().for_each(|piece| wanted.push(piece.words));
            let number = words_in(stretch);
            count.wanted += number;
            losses.extend(self.pass_own(first));
            let loss = self.pass(stretch, &wanted);
            count.found += if loss.is_none() { number } else { 0 };
            losses.extend(loss);
            first += stretch.len();
        }
        losses.extend(self.pass_own(first));
        if !self.is_lost && !self.at.contains(&self.held.letters.len()) {
            let last = self.running.pieces.last();
            let words = last.map_or("", |piece| piece.words);
            let message =
                format!("the EPUB has more behind `{}` than the manuscript, or other words", quoted(words));
            losses.push((last.map(|piece| piece.span), message, Code::TextLost));
        }
        count
    }

    /// Passes over what the tool says before that piece; the first thing that misses.
    fn pass_own(&mut self, piece: usize) -> Option<Loss> {
        let mut loss = None;
        while let [(before, own), rest @ ..] = self.own
            && *before <= piece
        {
            self.own = rest;
            if self.is_lost {
                continue;
            }
            let ends = ends_of(self.book, own, &self.held.letters, &self.at);
            if ends.is_empty() {
                let (span, what) = own.named();
                let message = format!("the EPUB lacks {what}");
                loss = loss.or(Some((span, message, Code::TextLost)));
            } else {
                self.is_lost = ends.len() > MOST_PLACES;
                self.at = ends;
            }
        }
        loss
    }

    /// Passes over words of the author's; what is wrong with them.
    fn pass(&mut self, stretch: &[Piece<'_>], wanted: &Held) -> Option<Loss> {
        if wanted.letters.is_empty() {
            return None;
        }
        let letters = &self.held.letters;
        if std::mem::take(&mut self.is_lost) {
            let from = self.at.first().copied().unwrap_or(0);
            self.at = letters[from..].find(&wanted.letters).map(|at| from + at).into_iter().collect();
        }
        let fits = |at: &&usize| letters[**at..].starts_with(&wanted.letters);
        let starts: Vec<usize> = self.at.iter().filter(fits).copied().collect();
        let span = stretch.first().map(|piece| piece.span);
        let words = || quoted(&stretch.iter().map(|piece| piece.words).collect::<Vec<_>>().join(" "));
        if let [start, ..] = starts.as_slice() {
            let joined = !self.held.is_parted_like(wanted, *start);
            self.at = starts.iter().map(|start| start + wanted.letters.len()).collect();
            let message = || format!("words run together in the EPUB, in `{}`", words());
            return joined.then(|| (span, message(), Code::TextLost));
        }
        let from = self.at.first().copied().unwrap_or(0);
        let message = match found(&letters[from..], &wanted.letters) {
            Some(end) => {
                self.at = vec![from + end];
                format!("before `{}` the EPUB has more than the manuscript, or other words", words())
            }
            None => format!("the EPUB lacks `{}`, or has it in another place", words()),
        };
        Some((span, message, Code::TextLost))
    }
}

/// Where the letters end, when they stand there or a little further on.
fn found(held: &str, wanted: &str) -> Option<usize> {
    let most = held.floor_char_boundary(wanted.len() + APART);
    held[..most].find(wanted).map(|at| at + wanted.len())
}

impl Holdings {
    /// Compares how often something stands in the book and in the documents.
    fn counted(&self, wanted: usize, found: usize, what: &str, code: Code, losses: &mut Vec<Loss>) -> Count {
        // a title that holds a picture is repeated with it
        if found < wanted || found > wanted && code != Code::PictureLost {
            losses.push((None, format!("of {wanted} {what} {found} are in the EPUB"), code));
        }
        Count { wanted, found: found.min(wanted) }
    }

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
                    place = self.inside(&element, (place, open.len()), section, notes);
                }
                Ok(Event::End(_)) => place = open.pop().flatten(),
                Ok(Event::Empty(element)) => self.count(&element, place),
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
        (place, depth): (Option<Place>, usize),
        body: Option<Place>,
        notes: &BTreeMap<String, Flow>,
    ) -> Option<Place> {
        self.count(element, place);
        let attribute = |name: &str| {
            let value = element.try_get_attribute(name).ok().flatten()?;
            Some(value.value.into_owned())
        };
        match element.name().as_ref() {
            "body" => return body,
            // what "ibid." means, shown when asked for
            "details" => return None,
            // signs of the style's, which are not read
            "div" if attribute("aria-hidden").is_some() => return None,
            "div" if attribute("class").as_deref() == Some("scene-break") => {
                self.scene_breaks += usize::from(matches!(place, Some(Place::Flow(_))));
                return None;
            }
            _ => {}
        }
        match attribute("epub:type").as_deref() {
            Some("noteref") => {
                self.calls += 1;
                None
            }
            Some("backlink") => None,
            // the notes below a text, with their title; a text may be called so as well
            Some("endnotes") if depth > OUTERMOST => None,
            Some("toc") if element.name().as_ref() == "nav" => {
                self.navigation.get_or_insert_default();
                Some(Place::Navigation)
            }
            None if element.name().as_ref() == "nav" => {
                self.contents.get_or_insert_default();
                Some(Place::Contents)
            }
            Some("footnote") => {
                let note = attribute("id").and_then(|id| notes.get(&id).copied());
                if let Some(note) = note {
                    self.flows.entry(note).or_default();
                }
                note.map(Place::Flow)
            }
            // in the lists of the navigation they are names, and an author may write these pages
            _ if element.name().as_ref() != "section" || place.is_some() => place,
            Some("halftitlepage") => Some(Place::Made(GeneratedPage::HalfTitle)),
            Some("titlepage") => Some(Place::Made(GeneratedPage::TitlePage)),
            Some("copyright-page") => Some(Place::Made(GeneratedPage::Imprint)),
            _ => place,
        }
    }

    /// Counts what is no word; where a line ends, words are apart.
    fn count(&mut self, element: &BytesStart<'_>, place: Option<Place>) {
        let Some(Place::Flow(flow)) = place else { return };
        match element.name().as_ref() {
            "img" => self.pictures += 1,
            "li" => self.items += 1,
            "br" => self.flows.entry(flow).or_default().is_open = true,
            _ => {}
        }
    }

    fn add(&mut self, place: Option<Place>, text: &str) {
        match place {
            Some(Place::Flow(flow)) => self.flows.entry(flow).or_default().push(text),
            Some(Place::Navigation) => self.navigation.get_or_insert_default().push(text),
            Some(Place::Contents) => self.contents.get_or_insert_default().push(text),
            Some(Place::Made(page)) => self.made.entry(page).or_default().push(text),
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
    fn a_passage_is_looked_for_nearby() {
        assert_eq!(found("1DEF", "DEF"), Some(4));
        assert_eq!(found("XYZ", "DEF"), None);
        let far = "Ä".repeat(APART) + "DEF";
        assert_eq!(found(&far, "DEF"), None);
    }

    #[test]
    fn white_space_is_known_by_the_letter_behind_it() {
        let mut held = Held::default();
        ["Stra\u{ad}ße", " ", "an", "der\u{a0}", "See"].iter().for_each(|text| held.push(text));
        assert_eq!((held.letters.as_str(), held.white.as_slice()), ("STRASSEANDERSEE", &[7, 12][..]));
        let mut wanted = Held::default();
        wanted.push("an der");
        assert!(!held.is_parted_like(&wanted, 7));
        wanted.clear();
        wanted.push(" ander See");
        assert!(held.is_parted_like(&wanted, 7));
    }
}
