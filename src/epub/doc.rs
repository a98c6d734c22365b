//! One XHTML document: its frame, and what is true at the place where the
//! writer stands.

use super::Context;
use super::letters::{Face, Letters};
use super::plan::FileIndex;
use super::xml::{Attributes, Xml};
use crate::book::{ImageId, Lang, Matter, NoteRef, Role};
use std::collections::{BTreeSet, VecDeque};

/// A page of the page list.
pub(super) struct PageEntry {
    /// Its number.
    pub(super) label: String,
    /// Where it starts, as seen from the text folder.
    pub(super) href: String,
}

/// What is learned while the documents are written.
#[derive(Default)]
pub(super) struct Session {
    /// Classes of ours that are used.
    pub(super) classes: BTreeSet<&'static str>,
    /// Elements that are used.
    pub(super) tags: BTreeSet<&'static str>,
    /// Characters by face.
    pub(super) letters: Letters,
    /// Pictures that are shown.
    pub(super) images: BTreeSet<ImageId>,
    /// Pages in reading order.
    pub(super) pages: Vec<PageEntry>,
    /// Pages of the section at hand that have not started yet: place and label.
    pub(super) breaks: VecDeque<(u32, String)>,
    page_ids: BTreeSet<String>,
}

/// A document that is being written.
pub(super) struct Doc<'c, 'a> {
    pub(super) cx: &'c Context<'a>,
    pub(super) session: &'c mut Session,
    pub(super) xml: Xml,
    pub(super) file: FileIndex,
    /// In which face words stand here.
    pub(super) face: Face,
    /// Inside a link no other can begin.
    pub(super) in_link: bool,
    /// Notes called inside a link; their calls follow it.
    pub(super) deferred: Vec<NoteRef>,
    /// Whether pages may start here: in texts, not in notes and navigation.
    pub(super) takes_pages: bool,
    last_rank: u8,
}

/// The frame of a document.
pub(super) struct Frame<'f> {
    /// The title, for the reader's window and the blind.
    pub(super) title: &'f str,
    /// `bodymatter` and the like.
    pub(super) matter: &'f str,
    /// The style sheet as seen from the document.
    pub(super) css: &'f str,
}

impl<'c, 'a> Doc<'c, 'a> {
    /// Begins a document of the text folder: frame, body, section.
    pub(super) fn begin(cx: &'c Context<'a>, session: &'c mut Session, file: FileIndex) -> Doc<'c, 'a> {
        let this = &cx.plan.files[file];
        let mut doc = Doc::bare(cx, session, file);
        let frame = Frame { title: &this.title, matter: matter_type(this.matter), css: "../book.css" };
        doc.frame(&frame);
        let (kind, role) = semantics(this.role);
        let mut attributes = vec![];
        attributes.extend(kind.map(|kind| ("epub:type", kind)));
        attributes.extend(role.map(|role| ("role", role)));
        doc.xml.open("section", &attributes);
        doc.xml.line();
        doc
    }

    /// A document without anything in it yet.
    pub(super) fn bare(cx: &'c Context<'a>, session: &'c mut Session, file: FileIndex) -> Doc<'c, 'a> {
        let (xml, face) = (Xml::new(), Face::default());
        let (in_link, deferred, takes_pages, last_rank) = (false, Vec::new(), false, 0);
        Doc { cx, session, xml, file, face, in_link, deferred, takes_pages, last_rank }
    }

    /// Writes everything down to the open body.
    pub(super) fn frame(&mut self, frame: &Frame<'_>) {
        let language = self.cx.book.meta.language.clone();
        self.xml.html_doctype();
        let mut attributes =
            vec![("xmlns", "http://www.w3.org/1999/xhtml"), ("xmlns:epub", "http://www.idpf.org/2007/ops")];
        attributes.extend(lang_attributes(&language));
        attributes.extend(language.is_rtl().then_some(("dir", "rtl")));
        self.xml.open("html", &attributes);
        self.xml.line();
        self.xml.open("head", &[]);
        self.xml.line();
        self.xml.leaf("title", &[], if frame.title.trim().is_empty() { "…" } else { frame.title });
        self.xml.empty("link", &[("rel", "stylesheet"), ("type", "text/css"), ("href", frame.css)]);
        self.xml.line();
        self.xml.close_line();
        self.xml.open("body", &[("epub:type", frame.matter)]);
        self.xml.line();
    }

    /// The finished document.
    pub(super) fn finish(self) -> Vec<u8> {
        self.xml.finish()
    }

    /// Opens an element.
    pub(super) fn open(&mut self, tag: &'static str, attributes: &Attributes<'_>) {
        self.session.tags.insert(tag);
        self.xml.open(tag, attributes);
    }

    /// Opens an element of a class of ours.
    pub(super) fn open_class(&mut self, tag: &'static str, class: &'static str) {
        let class = self.class(class);
        self.open(tag, &[("class", class)]);
    }

    /// Opens an element with a line to itself.
    pub(super) fn open_line(&mut self, tag: &'static str, attributes: &Attributes<'_>) {
        self.open(tag, attributes);
        self.xml.line();
    }

    /// A class of ours; the style sheet will have it.
    pub(super) fn class(&mut self, name: &'static str) -> &'static str {
        self.session.classes.insert(name);
        name
    }

    /// Words that stand in the text.
    pub(super) fn words(&mut self, words: &str) {
        self.session.letters.add(self.face, words);
        self.xml.text(words);
    }

    /// A paragraph of that class with those words.
    pub(super) fn line_of(&mut self, class: &'static str, words: &str) {
        self.open_class("p", class);
        self.words(words);
        self.xml.close_line();
    }

    /// Opens a heading meant to be of `rank`: the first of a document is an
    /// `h1`, and none is more than one rank below the one before.
    pub(super) fn open_heading(&mut self, rank: u8, attributes: &Attributes<'_>) {
        const TAGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
        self.last_rank = rank.min(self.last_rank + 1).clamp(1, 6);
        self.open(TAGS[usize::from(self.last_rank) - 1], attributes);
    }

    /// An id for a page that no page has yet.
    pub(super) fn page_id(&mut self, label: &str) -> String {
        let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
        let wanted: String = "page-".chars().chain(label.chars().map(safe)).collect();
        let mut id = wanted.clone();
        let mut n = 2;
        while !self.session.page_ids.insert(id.clone()) {
            id = format!("{wanted}_{n}");
            n += 1;
        }
        id
    }
}

/// A language, for HTML and for XML.
pub(super) fn lang_attributes(language: &Lang) -> [(&'static str, &str); 2] {
    [("lang", language.tag()), ("xml:lang", language.tag())]
}

/// An id of the author's, kept apart from the ids that we make ourselves.
pub(super) fn anchor_id(slug: &str) -> String {
    let ours = ["page-", "note", "editor-note", "at-"].iter().any(|prefix| slug.starts_with(prefix));
    if ours { format!("at-{slug}") } else { slug.to_owned() }
}

fn matter_type(matter: Matter) -> &'static str {
    match matter {
        Matter::Front => "frontmatter",
        Matter::Body => "bodymatter",
        Matter::Back => "backmatter",
    }
}

/// What a section is in EPUB Structural Semantics 1.1 and in DPUB-ARIA 1.1,
/// where they have words for it.
pub(super) fn semantics(role: Role) -> (Option<&'static str>, Option<&'static str>) {
    let (kind, aria) = match role {
        Role::Cover => ("cover", ""),
        Role::HalfTitle => ("halftitlepage", ""),
        Role::TitlePage => ("titlepage", ""),
        Role::Imprint => ("copyright-page", ""),
        Role::Contents | Role::Frontispiece | Role::Blank => ("", ""),
        Role::Dedication => ("dedication", "doc-dedication"),
        Role::Epigraph => ("epigraph", "doc-epigraph"),
        Role::Foreword => ("foreword", "doc-foreword"),
        Role::Preface => ("preface", "doc-preface"),
        Role::Introduction => ("introduction", "doc-introduction"),
        Role::Prologue => ("prologue", "doc-prologue"),
        Role::Volume => ("volume", ""),
        Role::Division => ("division", ""),
        Role::Part => ("part", "doc-part"),
        Role::Chapter => ("chapter", "doc-chapter"),
        Role::Epilogue => ("epilogue", "doc-epilogue"),
        Role::Afterword => ("afterword", "doc-afterword"),
        Role::Conclusion => ("conclusion", "doc-conclusion"),
        Role::Appendix => ("appendix", "doc-appendix"),
        Role::Glossary => ("glossary", "doc-glossary"),
        Role::Bibliography => ("bibliography", "doc-bibliography"),
        Role::Index => ("index", "doc-index"),
        Role::Acknowledgments => ("acknowledgments", "doc-acknowledgments"),
        Role::Notes => ("endnotes", "doc-endnotes"),
        Role::Colophon => ("colophon", "doc-colophon"),
    };
    let some = |word: &'static str| (!word.is_empty()).then_some(word);
    (some(kind), some(aria))
}
