//! Reads the documents of an EPUB: what stands in them, and to which flow, page or list it belongs.

use super::above_notes::Above;
use super::held::Held;
use super::letters::push_letters;
use crate::book::{Book, GeneratedPage, Stream};
use crate::narrow::Nearest;
use crate::pages::Flow;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};

/// A document's one section stands in `body` and `html`, and is the third.
const OUTERMOST: usize = 3;
/// What the outermost section of a document may be that readers' menus jump to.
const LANDMARKS: [&str; 6] = ["cover", "titlepage", "endnotes", "bibliography", "glossary", "index"];

/// A document of the EPUB.
pub struct Document<'d> {
    /// The section whose text it holds, or a part of which.
    pub section: Option<u32>,
    /// The file, XHTML.
    pub bytes: &'d [u8],
}

/// What the documents hold.
#[derive(Default)]
pub(super) struct Holdings {
    /// The letters of each flow.
    pub(super) flows: Flows,
    /// Pictures in texts and notes.
    pub(super) pictures: usize,
    /// Calls of notes.
    pub(super) calls: usize,
    /// Pauses between scenes that a sign or white shows.
    pub(super) scene_breaks: usize,
    /// Items of lists.
    pub(super) items: usize,
    /// The letters of the navigation.
    pub(super) navigation: Option<Held>,
    /// The letters of the contents page.
    pub(super) contents: Option<Held>,
    /// The letters of the pages that are made of book.toml.
    pub(super) made: BTreeMap<GeneratedPage, Held>,
    /// Notes with the titles above them, wherever notes stand together.
    pub(super) notes: Vec<Vec<Above>>,
    /// The places where pages begin: their ids, and the letters of their numbers.
    pub(super) page_breaks: Vec<(String, String)>,
    /// What the page list says of them.
    pub(super) page_list: Vec<(String, String)>,
    /// The kinds of places that menus jump to, as the documents have them.
    pub(super) places: BTreeSet<String>,
    /// Those that the landmarks name, each with its letters.
    pub(super) landmarks: Vec<(String, String)>,
}

/// The letters of texts and notes, by their indexes.
#[derive(Default)]
pub(super) struct Flows {
    sections: Vec<Option<Held>>,
    notes: Vec<Option<Held>>,
}

impl Flows {
    /// The letters of a flow, if a document has it.
    pub(super) fn get(&self, flow: Flow) -> Option<&Held> {
        let (all, index) = match flow {
            Flow::Section(index) => (&self.sections, index),
            Flow::Note(index) => (&self.notes, index),
        };
        all.get(index as usize)?.as_ref()
    }

    /// The same, and none if it is new.
    fn of(&mut self, flow: Flow) -> &mut Held {
        let (all, index) = match flow {
            Flow::Section(index) => (&mut self.sections, index as usize),
            Flow::Note(index) => (&mut self.notes, index as usize),
        };
        if all.len() <= index {
            all.resize_with(index + 1, || None);
        }
        all[index].get_or_insert_default()
    }
}

/// What the words of an element belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Flow(Flow),
    Navigation,
    Contents,
    Made(GeneratedPage),
    /// Where notes stand, and a title above them.
    Notes,
    NotesTitle,
    /// A list of the navigation document, and the name of an entry in it.
    Landmarks,
    Landmark,
    PageList,
    Page,
}

/// The flow of each note, by the id of its element.
pub(super) fn notes_by_id(book: &Book) -> BTreeMap<String, Flow> {
    let by_id = book.notes.iter().map(|(id, note)| {
        let stem = match note.stream {
            Stream::Author => "note",
            Stream::Editor => "editor-note",
        };
        (format!("{stem}-{}", note.number), Flow::Note(u32::nearest(id.index())))
    });
    by_id.collect()
}

/// The value of an attribute.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    Some(element.try_get_attribute(name).ok().flatten()?.value.into_owned())
}

impl Holdings {
    /// Reads a document. One that is not XML holds nothing more.
    pub(super) fn read(&mut self, document: &Document<'_>, notes: &BTreeMap<String, Flow>) {
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
        let name = element.name();
        match (name.as_ref(), place) {
            ("body", _) => {
                let is_text = attribute(element, "epub:type").as_deref() == Some("bodymatter");
                self.places.extend((is_text && body.is_some()).then(|| "bodymatter".to_owned()));
                return body;
            }
            // what "ibid." means, shown when asked for
            ("details", _) => return None,
            // signs of the style's, which are not read
            ("div", _) if attribute(element, "aria-hidden").is_some() => return None,
            ("div", _) if attribute(element, "class").as_deref() == Some("scene-break") => {
                self.scene_breaks += usize::from(matches!(place, Some(Place::Flow(_))));
                return None;
            }
            ("a", Some(Place::Landmarks | Place::PageList)) => return self.entry(element, place),
            ("h1" | "h2" | "h3", Some(Place::Notes)) => {
                self.notes.last_mut().into_iter().for_each(|all| all.push(Above::Title(String::new())));
                return Some(Place::NotesTitle);
            }
            _ => {}
        }
        let Some(kind) = attribute(element, "epub:type") else {
            if name.as_ref() != "nav" {
                return place;
            }
            self.contents.get_or_insert_default();
            self.places.insert("toc".to_owned());
            return Some(Place::Contents);
        };
        if depth <= OUTERMOST && name.as_ref() == "section" && LANDMARKS.contains(&kind.as_str()) {
            self.places.insert(kind.clone());
        }
        match (name.as_ref(), kind.as_str()) {
            (_, "noteref") => {
                self.calls += 1;
                None
            }
            (_, "backlink") => None,
            // the notes below a text or in a document of their own; a text may be called so as well
            (_, "endnotes") if depth > OUTERMOST || place.is_none() => {
                self.notes.push(Vec::new());
                Some(Place::Notes)
            }
            ("nav", "toc") => {
                self.navigation.get_or_insert_default();
                Some(Place::Navigation)
            }
            ("nav", "landmarks") => Some(Place::Landmarks),
            ("nav", "page-list") => Some(Place::PageList),
            (_, "footnote") => {
                let note = attribute(element, "id").and_then(|id| notes.get(&id).copied())?;
                self.flows.of(note);
                self.notes.last_mut().into_iter().for_each(|all| all.push(Above::Note(note)));
                Some(Place::Flow(note))
            }
            // in the lists of the navigation they are names, and an author may write these pages
            ("section", kind) if place.is_none() => made_page(kind).map(Place::Made),
            _ => place,
        }
    }

    /// An entry of the landmarks or of the page list begins.
    fn entry(&mut self, element: &BytesStart<'_>, place: Option<Place>) -> Option<Place> {
        if place == Some(Place::Landmarks) {
            let kind = attribute(element, "epub:type").unwrap_or_default();
            self.landmarks.push((kind, String::new()));
            return Some(Place::Landmark);
        }
        let to = attribute(element, "href").unwrap_or_default();
        let id = to.split_once('#').map_or("", |(_, id)| id);
        self.page_list.push((id.to_owned(), String::new()));
        Some(Place::Page)
    }

    /// Counts what is no word; where a line ends, words are apart.
    fn count(&mut self, element: &BytesStart<'_>, place: Option<Place>) {
        let name = element.name();
        let name = name.as_ref();
        if matches!(name, "span" | "div") && attribute(element, "role").as_deref() == Some("doc-pagebreak") {
            let mut label = String::new();
            push_letters(&mut label, &attribute(element, "aria-label").unwrap_or_default());
            self.page_breaks.push((attribute(element, "id").unwrap_or_default(), label));
        }
        let Some(Place::Flow(flow)) = place else { return };
        match name {
            "img" => self.pictures += 1,
            "li" => self.items += 1,
            "br" => self.flows.of(flow).is_open = true,
            _ => {}
        }
    }

    fn add(&mut self, place: Option<Place>, text: &str) {
        let held = match place {
            Some(Place::Flow(flow)) => self.flows.of(flow),
            Some(Place::Navigation) => self.navigation.get_or_insert_default(),
            Some(Place::Contents) => self.contents.get_or_insert_default(),
            Some(Place::Made(page)) => self.made.entry(page).or_default(),
            Some(place) => return self.add_name(place, text),
            None => return,
        };
        held.push(text);
    }

    /// Adds to the last title or entry of a list.
    fn add_name(&mut self, place: Place, text: &str) {
        let name = match place {
            Place::NotesTitle => self.notes.last_mut().and_then(|all| match all.last_mut() {
                Some(Above::Title(title)) => Some(title),
                _ => None,
            }),
            Place::Landmark => self.landmarks.last_mut().map(|(_, name)| name),
            Place::Page => self.page_list.last_mut().map(|(_, number)| number),
            _ => None,
        };
        name.into_iter().for_each(|name| push_letters(name, text));
    }
}

/// The page of book.toml's that a section of that kind is.
fn made_page(kind: &str) -> Option<GeneratedPage> {
    match kind {
        "halftitlepage" => Some(GeneratedPage::HalfTitle),
        "titlepage" => Some(GeneratedPage::TitlePage),
        "copyright-page" => Some(GeneratedPage::Imprint),
        "colophon" => Some(GeneratedPage::Colophon),
        _ => None,
    }
}

/// The character that a reference such as `&amp;` stands for.
fn character(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    quick_xml::escape::resolve_predefined_entity(reference).unwrap_or_default().to_owned()
}
