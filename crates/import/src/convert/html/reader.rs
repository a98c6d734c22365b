//! What a reader of documents knows while it reads: the book so far, the notes, the
//! places that links lead to.

use super::notes::{Key, Notes, Spot, key};
use super::outline::Outline;
use super::styles::Styles;
use crate::convert::element::Element;
use crate::convert::model::Book;
use std::collections::BTreeMap;

/// How the paths of a source are understood.
pub(in crate::convert) trait Paths {
    /// The place that a link of a document leads to, when it is one of the source.
    fn place(&self, document: usize, href: &str) -> Option<Spot>;
    /// The number of the printed page that begins at a place, when the source lists it.
    fn page(&self, spot: &Spot) -> Option<&str>;
    /// The path in the source of the picture that a document names.
    fn picture(&self, document: usize, src: &str) -> Option<String>;
    /// The bytes of a file of the source.
    fn bytes(&self, path: &str) -> Option<Vec<u8>>;
}

/// Reads documents into a book.
pub(super) struct Reader<'t, 'b> {
    pub paths: &'b dyn Paths,
    pub styles: &'b Styles,
    pub notes: Notes<'t>,
    /// The name in the new book of each place that a link leads to.
    pub places: BTreeMap<Spot, String>,
    pub book: &'b mut Book,
    /// Which document is read.
    pub document: usize,
    /// Anchors that wait for the next words.
    pub waiting: Vec<String>,
    /// The language of what stands around.
    pub language: Option<String>,
    /// Whether what is read stands in verse.
    pub in_verse: bool,
    /// What the sections around say of the rank of headings.
    pub outline: Outline,
    /// The element that is no more than the number of the note that is read.
    pub label: Option<Key>,
    /// The number in the book of the first of these notes.
    pub first_note: usize,
}

impl Reader<'_, '_> {
    /// The number of the note that a link calls.
    pub(super) fn call(&self, link: &Element) -> Option<usize> {
        self.notes.calls.get(&key(link)).map(|note| self.first_note + note)
    }

    /// Whether an element is the text of a note, which stands elsewhere.
    pub(super) fn is_note(&self, element: &Element) -> bool {
        self.notes.elements.contains(&key(element))
    }

    pub(super) fn leads_back(&self, link: &Element) -> bool {
        self.notes.back.contains(&key(link))
    }

    /// The names of the places of an element that links lead to.
    pub(super) fn anchors(&self, element: &Element) -> Vec<String> {
        let ids = [element.get("id"), element.get("name").filter(|_| element.name == "a")];
        let spot = |id: &str| self.places.get(&(self.document, id.to_owned())).cloned();
        let mut found: Vec<String> = ids.into_iter().flatten().filter_map(spot).collect();
        found.dedup();
        found
    }

    /// The printed page that the source's list says begins at an element.
    pub(super) fn listed_page(&self, element: &Element) -> Option<String> {
        let id = element.get("id")?;
        self.paths.page(&(self.document, id.to_owned())).map(str::to_owned)
    }

    /// Takes the picture that an element names into the book; its path there.
    pub(super) fn picture(&mut self, element: &Element) -> Option<String> {
        let path = self.paths.picture(self.document, named_picture(element)?)?;
        let paths = self.paths;
        self.book.picture(&path, |path| paths.bytes(path))
    }

    /// The language that an element changes to.
    pub(super) fn foreign(&self, element: &Element) -> Option<String> {
        let tag = element.get("lang").or_else(|| element.get("xml:lang"))?;
        let known = crate::book::Lang::parse(tag)?;
        let base = |tag: &str| tag.split('-').next().unwrap_or(tag).to_ascii_lowercase();
        let around = self.language.as_deref().unwrap_or("en");
        (base(tag) != base(around)).then(|| known.tag().to_owned())
    }
}

/// Names for the places that links lead to, each once in the book.
pub(super) fn names(targets: impl Iterator<Item = Spot>) -> BTreeMap<Spot, String> {
    let mut taken: BTreeMap<String, u32> = BTreeMap::new();
    let mut names = BTreeMap::new();
    for spot in targets {
        if names.contains_key(&spot) {
            continue;
        }
        let bare: String = spot
            .1
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
            .collect();
        let bare = bare.trim_matches('-');
        let bare = if bare.is_empty() { format!("text-{}", spot.0 + 1) } else { bare.to_owned() };
        let bare = if bare.starts_with(|c: char| c.is_ascii_digit()) { format!("p-{bare}") } else { bare };
        let times = taken.entry(bare.clone()).or_default();
        *times += 1;
        let name = if *times == 1 { bare } else { format!("{bare}-in-{}", spot.0 + 1) };
        names.insert(spot, name);
    }
    names
}

/// What an element says of where its picture lies.
pub(super) fn named_picture(element: &Element) -> Option<&str> {
    ["src", "xlink:href", "href", "data-src", "data"].iter().find_map(|name| element.get(name))
}
