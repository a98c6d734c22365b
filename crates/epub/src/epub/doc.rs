//! One XHTML document: its frame, and what is true at the place where the
//! writer stands.

use super::context::Context;
use super::letters::{Face, Letters};
use super::plan::{FileIndex, Unit};
use super::xml::{Attributes, Xml};
use crate::book::{ImageId, Inline, Lang, Matter, NoteRef, PictureLook, Role};
use crate::terms::{Phrase, Word};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A page of the page list.
pub(super) struct PageEntry {
    /// Its number.
    pub(super) label: String,
    /// Where it starts, as seen from the text folder.
    pub(super) href: String,
}

/// What is learned while documents are written: those of a section first, each section
/// apart, and then of all together.
#[derive(Default)]
pub(super) struct Session {
    /// Elements that are used.
    pub(super) tags: BTreeSet<&'static str>,
    /// Classes that are used, and on which elements.
    classes: BTreeMap<String, BTreeSet<&'static str>>,
    /// Selectors that a paragraph without indent follows, or opens.
    pub(super) openers: BTreeSet<&'static str>,
    /// Elements that come right below a paragraph with an initial, and not beside it.
    pub(super) below_initials: BTreeSet<&'static str>,
    /// What drawings stand in that the style names in place of signs, and how high they are.
    pub(super) drawn_signs: BTreeMap<&'static str, &'static str>,
    /// Where emphasis stands in words that are in italics already.
    pub(super) upright: BTreeSet<(&'static str, &'static str)>,
    /// Whether verse says whose it is.
    pub(super) verse_credit: bool,
    /// Whether a passage runs the other way than the book.
    pub(super) turns: bool,
    /// Whether entries of contents have entries inside.
    pub(super) nested_toc: bool,
    /// Characters by face.
    pub(super) letters: Letters,
    /// Pictures that are shown.
    pub(super) images: BTreeSet<ImageId>,
    /// What pictures are given, as declarations of CSS, by the class that gives it.
    pub(super) looks: BTreeMap<String, String>,
    /// Pages in reading order.
    pub(super) pages: Vec<PageEntry>,
    /// Pages of the section at hand that have not started yet: place and label.
    pub(super) breaks: VecDeque<(u32, String)>,
    page_ids: BTreeSet<String>,
}

impl Session {
    /// Adds what was learned of the documents behind these. What holds for the section at
    /// hand ends with it.
    pub(super) fn append(&mut self, behind: Session) {
        let Session {
            tags,
            classes,
            openers,
            below_initials,
            drawn_signs,
            upright,
            verse_credit,
            turns,
            nested_toc,
            letters,
            images,
            looks,
            pages,
            breaks: _,
            page_ids: _,
        } = behind;
        self.tags.extend(tags);
        for (class, tags) in classes {
            self.classes.entry(class).or_default().extend(tags);
        }
        self.openers.extend(openers);
        self.below_initials.extend(below_initials);
        self.drawn_signs.extend(drawn_signs);
        self.upright.extend(upright);
        self.verse_credit |= verse_credit;
        self.turns |= turns;
        self.nested_toc |= nested_toc;
        self.letters.append(letters);
        self.images.extend(images);
        self.looks.extend(looks);
        self.pages.extend(pages);
    }

    /// Whether elements of that kind bear that class.
    pub(super) fn uses(&self, tag: &str, class: &str) -> bool {
        self.classes.get(class).is_some_and(|tags| tags.contains(tag))
    }

    /// Whether anything bears that class.
    pub(super) fn uses_class(&self, class: &str) -> bool {
        self.classes.contains_key(class)
    }

    /// The classes of a picture that is shown so; the style sheet says what they mean. A width has `w50` for half of
    /// the line, `w6cm`.
    pub(super) fn look_classes(&mut self, look: PictureLook) -> Vec<String> {
        let mut classes = Vec::new();
        if let Some(width) = look.width.map(|width| width.to_string()) {
            let class = format!("w{}", width.trim_end_matches('%').replace('.', "-"));
            self.looks.insert(class.clone(), format!("width: {width}; max-height: none;"));
            classes.push(class);
        }
        classes
    }

    fn note_use(&mut self, tag: &'static str, attributes: &Attributes<'_>) {
        self.tags.insert(tag);
        for (_, classes) in attributes.iter().filter(|(name, _)| *name == "class") {
            for class in classes.split(' ') {
                if !self.uses(tag, class) {
                    self.classes.entry(class.to_owned()).or_default().insert(tag);
                }
            }
        }
    }
}

/// A document that is being written.
pub(super) struct Doc<'c, 'a> {
    pub(super) cx: &'c Context<'a>,
    pub(super) session: &'c mut Session,
    pub(super) xml: Xml,
    pub(super) file: FileIndex,
    /// In which face words stand here.
    pub(super) face: Face,
    /// Which element, if any, has set the words here in italics.
    pub(super) slant: Option<&'static str>,
    /// Whether words stand in a cell, where room is short.
    pub(super) in_cell: bool,
    /// Inside a link no other can begin.
    pub(super) in_link: bool,
    /// Whether the words are those of a title that a reference prints.
    pub(super) in_title: bool,
    /// Notes called inside a link; their calls follow it.
    pub(super) deferred: Vec<NoteRef>,
    /// Whether pages may start here: in texts, not in notes and navigation.
    pub(super) takes_pages: bool,
    /// Pages of the older edition that start with the next paragraph.
    pub(super) waiting: Vec<String>,
    /// What stands before the next item, where readers would write it otherwise.
    pub(super) label: Option<String>,
    /// The paragraph that opens the text.
    pub(super) opening: Option<&'a [Inline]>,
    /// Whether the text is a play.
    pub(super) play: bool,
    /// Whether what is written are entries of a division.
    pub(super) entries: bool,
    /// Whether the next words lead into the text.
    pub(super) leads_in: bool,
    /// Whether a quotation mark before the next words stands beside an initial.
    pub(super) hangs_mark: bool,
    /// In a line that is nothing but pictures: how many share it.
    pub(super) beside: Option<usize>,
    /// Whether words run from right to left here.
    pub(super) rtl: bool,
    /// Whether a note was called directly before.
    pub(super) after_call: bool,
    last_rank: u8,
}

/// The frame of a document.
pub(super) struct Frame<'f> {
    /// The title, for the reader's window and the blind.
    pub(super) title: &'f str,
    /// The language of the title, when it is not the book's.
    pub(super) lang: Option<&'static str>,
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
        let frame = Frame {
            title: &this.title,
            lang: this.lang,
            matter: matter_type(this.matter),
            css: "../book.css",
        };
        doc.frame(&frame);
        if let Unit::Text { section, .. } = this.unit {
            let section = &cx.book.sections[section.0 as usize];
            doc.opening = section.opening();
            doc.play = section.body().is_some_and(|body| body.play);
        }
        let (kind, role) = semantics(this.role);
        let mut attributes = vec![];
        attributes.extend(kind.map(|kind| ("epub:type", kind)));
        attributes.extend(role.map(|role| ("role", role)));
        attributes.extend(section_class(this.role).map(|class| ("class", class)));
        doc.open_line("section", &attributes);
        doc
    }

    /// A document without anything in it yet.
    pub(super) fn bare(cx: &'c Context<'a>, session: &'c mut Session, file: FileIndex) -> Doc<'c, 'a> {
        Doc {
            cx,
            session,
            xml: Xml::new(),
            file,
            face: Face::default(),
            slant: None,
            in_cell: false,
            in_link: false,
            in_title: false,
            deferred: Vec::new(),
            takes_pages: false,
            waiting: Vec::new(),
            label: None,
            opening: None,
            play: false,
            entries: false,
            leads_in: false,
            hangs_mark: false,
            beside: None,
            rtl: cx.book.meta.language.is_rtl(),
            after_call: false,
            last_rank: 0,
        }
    }

    /// Writes everything down to the open body.
    pub(super) fn frame(&mut self, frame: &Frame<'_>) {
        let language = self.cx.book.meta.language.clone();
        self.xml.html_doctype();
        let mut attributes =
            vec![("xmlns", "http://www.w3.org/1999/xhtml"), ("xmlns:epub", "http://www.idpf.org/2007/ops")];
        attributes.push(("epub:prefix", "z3998: http://www.daisy.org/z3998/2012/vocab/structure/"));
        let tag = language.shared().unwrap_or(UNDETERMINED);
        attributes.extend([("lang", tag), ("xml:lang", tag)]);
        attributes.extend(language.is_rtl().then_some(("dir", "rtl")));
        self.xml.open("html", &attributes);
        self.xml.line();
        self.xml.open("head", &[]);
        self.xml.line();
        let lang = frame.lang.map(|lang| [("lang", lang), ("xml:lang", lang)]);
        let title = [frame.title, &self.cx.book.meta.title, self.cx.terms.text().words()];
        let title = title.into_iter().find(|title| !title.trim().is_empty()).unwrap_or_default();
        self.xml.leaf("title", lang.as_ref().map_or(&[][..], |lang| lang), title);
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
        self.session.note_use(tag, attributes);
        self.xml.open(tag, attributes);
    }

    /// An element without content.
    pub(super) fn empty(&mut self, tag: &'static str, attributes: &Attributes<'_>) {
        self.session.note_use(tag, attributes);
        self.xml.empty(tag, attributes);
    }

    /// Opens an element of a class of ours.
    pub(super) fn open_class(&mut self, tag: &'static str, class: &'static str) {
        match inflection(class) {
            Some(kind) => self.open(tag, &[("epub:type", kind), ("class", class)]),
            None => self.open(tag, &[("class", class)]),
        }
    }

    /// Opens an element with a line to itself.
    pub(super) fn open_line(&mut self, tag: &'static str, attributes: &Attributes<'_>) {
        self.open(tag, attributes);
        self.xml.line();
    }

    /// Words that stand in the text.
    pub(super) fn words(&mut self, words: &str) {
        self.after_call &= words.is_empty();
        self.session.letters.add(self.face, words);
        self.xml.text(words);
    }

    /// A term of the tool's, in its own language where that is not the book's.
    pub(super) fn term(&mut self, term: Word<'_>) {
        self.words_of(&term, term.lang);
    }

    /// Words in that language when it is not the book's.
    pub(super) fn words_of(&mut self, words: &str, lang: Option<&'static str>) {
        let Some(lang) = lang else { return self.words(words) };
        let mut attributes = vec![("lang", lang), ("xml:lang", lang)];
        attributes.extend(self.cx.book.meta.language.is_rtl().then_some(("dir", "ltr")));
        self.open("span", &attributes);
        self.words(words);
        self.xml.close();
    }

    /// Words of the tool's and of the author's, each in their language.
    pub(super) fn phrase(&mut self, phrase: &Phrase) {
        phrase.runs.iter().for_each(|(words, lang)| self.words_of(words, *lang));
    }

    /// A paragraph of that class with those words.
    pub(super) fn line_of_phrase(&mut self, class: &'static str, phrase: &Phrase) {
        self.open_class("p", class);
        self.phrase(phrase);
        self.xml.close_line();
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
        self.last_rank = rank.min(self.last_rank + 1).clamp(1, 6);
        self.open(self.last_heading(), attributes);
    }

    /// The tag of the heading that was opened last.
    pub(super) fn last_heading(&self) -> &'static str {
        const TAGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
        TAGS[usize::from(self.last_rank.max(1)) - 1]
    }

    /// An id for a page that no page of the section has yet: no two sections share a file.
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

/// The tag of a language that nobody has determined (ISO 639-2).
pub(super) const UNDETERMINED: &str = "und";

/// A language, for HTML and for XML; nothing when readers do not know it.
pub(super) fn lang_attributes(language: &Lang) -> impl Iterator<Item = (&'static str, &str)> {
    language.shared().into_iter().flat_map(|tag| [("lang", tag), ("xml:lang", tag)])
}

/// The class of a section whose paragraphs are set in a way of their own.
fn section_class(role: Role) -> Option<&'static str> {
    match role {
        Role::Imprint => Some("imprint"),
        Role::Bibliography => Some("bibliography"),
        Role::Index => Some("index"),
        _ => None,
    }
}

/// An id of the author's, kept apart from the ids that we make ourselves.
pub(super) fn anchor_id(slug: &str) -> String {
    let ours = ["page-", "note", "editor-note", "at-"].iter().any(|prefix| slug.starts_with(prefix));
    if ours { format!("at-{slug}") } else { slug.to_owned() }
}

/// What a class means, in the words of the standard for the blind, ANSI/NISO Z39.98.
pub(super) fn inflection(class: &str) -> Option<&'static str> {
    match class {
        "verse" => Some("z3998:verse"),
        "letter" => Some("z3998:letter"),
        "signature" => Some("z3998:signature"),
        _ => None,
    }
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
