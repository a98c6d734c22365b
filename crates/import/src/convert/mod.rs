//! Brings in the book of another tool: a Word file, an EPUB, web pages, a folder of Markdown.
//!
//! Rich sources are read into one small model ([`model`]), which one writer turns into our
//! Markdown ([`emit`]); our own parser then reads it back and must find every word of the
//! source in its order ([`prove`]). Folders of Markdown stay the Markdown that their author
//! typed ([`markdown`]): each change is an edit that can be undone, and undoing all of them
//! must give back the source. In both cases nothing is written when the proof fails.

mod archive;
mod assemble;
mod bylines;
mod chapters;
mod corrections;
mod element;
mod emit;
mod epub;
mod escape;
mod flow;
mod formulas;
mod front;
mod habits;
mod html;
mod layout;
mod listed;
mod look;
mod markdown;
mod meta;
mod model;
mod named_style;
mod numbers;
mod odt;
mod pauses;
mod pixels;
mod prove;
mod remarks;
mod report;
mod review;
mod said;
mod scripts;
mod settings;
mod spaced;
mod style;
mod targets;
mod title_page;
mod tracked;
mod tree;
mod typed;
mod typed_verse;
mod unfollowed;
mod visit;
mod web;
mod word;
mod words;
mod xml;
mod xml_names;

use crate::bounds;
use crate::diag::{Checked, Diagnostic};
pub use corrections::correct;
pub use tree::Tree;

/// What is brought in.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The source's name, as the user knows it.
    pub name: &'a str,
    /// The bytes of a file; none for a folder.
    pub bytes: Option<&'a [u8]>,
    /// The folder, or for a file the folder around it.
    pub tree: &'a Tree<'a>,
    /// What becomes of changes that a word processor kept track of.
    pub changes: Changes<'a>,
}

/// What becomes of changes that a word processor kept track of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Changes<'a> {
    /// Insertions stay, and deletions go.
    #[default]
    Accept,
    /// Insertions go, and deletions stay.
    Reject,
    /// Each as the editor decided in `decisions.toml`, whose words these are; the others are accepted.
    Ask(&'a str),
}

/// A book that was brought in.
#[derive(Clone, Debug)]
pub struct Converted {
    /// Paths within the book's folder, with their contents.
    pub files: Vec<(String, Vec<u8>)>,
    /// What was done, for people.
    pub told: String,
}

/// The kinds of source that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An EPUB.
    Epub,
    /// A web page.
    Html,
    /// A Word file.
    Word,
    /// An OpenDocument text.
    OpenDocument,
    /// A text in Markdown.
    Markdown,
}

impl Kind {
    /// What a file is; none for one that is not read here.
    #[must_use]
    pub fn of_file(name: &str, bytes: &[u8]) -> Option<Kind> {
        let head = &bytes[..bytes.len().min(65_536)];
        if head.starts_with(b"PK\x03\x04") {
            // the names of what is packed stand at the beginning and at the end
            let tail = &bytes[bytes.len() - bytes.len().min(65_536)..];
            let holds = |word: &[u8]| {
                [head, tail].iter().any(|part| part.windows(word.len()).any(|window| window == word))
            };
            return match () {
                () if holds(b"application/epub+zip") || holds(b"META-INF/container.xml") => Some(Kind::Epub),
                () if holds(b"application/vnd.oasis.opendocument.text") => Some(Kind::OpenDocument),
                () if holds(b"vnd.oasis.opendocument") => None,
                () if holds(b"content.xml") && holds(b"styles.xml") => Some(Kind::OpenDocument),
                () if holds(b"word/document") || holds(b"word/styles.xml") => Some(Kind::Word),
                () => None,
            };
        }
        let text = String::from_utf8_lossy(head);
        let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).to_ascii_lowercase();
        let named = [".html", ".htm", ".xhtml"].iter().any(|ending| tree::ends_with(name, ending));
        let is_html = start.starts_with("<!doctype html")
            || start.starts_with("<html")
            || start.starts_with("<?xml") && start.contains("<html");
        match is_html || named && start.starts_with('<') {
            true => Some(Kind::Html),
            false => layout::is_markdown(name).then_some(Kind::Markdown),
        }
    }
}

/// Reads a source and makes a book of it; `None` when it cannot, and the findings say why.
#[must_use]
pub fn convert(request: &Request<'_>) -> Checked<Option<Converted>> {
    let mut findings = Vec::new();
    let value = match request.bytes {
        Some(bytes) => match Kind::of_file(request.name, bytes) {
            Some(Kind::Epub) => epub::read(request.name, bytes, &mut findings),
            Some(Kind::Word) => word::read(request.name, bytes, request.changes, &mut findings),
            Some(Kind::OpenDocument) => odt::read(request.name, bytes, request.changes, &mut findings),
            Some(Kind::Html) => web::read(request.name, bytes, request.tree, &mut findings),
            Some(Kind::Markdown) => markdown::read_file(request.name, request.tree, &mut findings),
            None => None,
        },
        None if request.tree.holds_markdown() => markdown::read(request.tree, &mut findings),
        None => web::read_folder(request.tree, &mut findings),
    };
    Checked { value, findings }
}

/// The finding that the texts of a source are more than is read: their tree takes fifty times
/// their tags.
fn bounded<'t>(name: &str, texts: impl Iterator<Item = &'t str> + Clone) -> Result<(), Diagnostic> {
    let sum = |of: fn(&str) -> usize| texts.clone().map(of).fold(0_usize, usize::saturating_add);
    let lengths = [
        (&bounds::SOURCE, sum(str::len)),
        (&bounds::SOURCE_TAGS, sum(|text| text.bytes().filter(|byte| *byte == b'<').count())),
    ];
    match lengths.into_iter().find(|(bound, found)| bound.is_exceeded_by(*found)) {
        Some((bound, found)) => Err(Diagnostic::too_much(name, bound, found, None)
            .hint("divide it in the program that made it, and import the parts one by one")),
        None => Ok(()),
    }
}
