//! Inlines as XHTML.

use super::context::Context;
use super::doc::{Doc, PageEntry, anchor_id, inflection, lang_attributes};
use super::{note, picture, ties};
use crate::book::{
    AnchorId, Attrs, ImageId, Inline, InlineKind, Lang, NoteId, NoteRef, PictureLook, Target, Text, address,
    initial, is_capitals, lead_in, plain, without_notes,
};
use crate::narrow::Nearest;
use crate::style::Family;

impl<'c, 'a> Doc<'c, 'a> {
    /// Writes inlines in their order.
    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        inlines.iter().for_each(|inline| self.inline(&inline.kind));
    }

    fn inline(&mut self, kind: &InlineKind) {
        match kind {
            InlineKind::Text(text) => self.running(text),
            InlineKind::Emph(inner) => self.emphasis(inner),
            InlineKind::Strong(inner) => self.strong(inner),
            InlineKind::Strike(inner) => self.around("s", inner),
            InlineKind::Super(inner) => self.around("sup", inner),
            InlineKind::Sub(inner) => self.around("sub", inner),
            InlineKind::SmallCaps(inner) => {
                let capitals = is_capitals(inner);
                self.open_class("span", if capitals { "all-small-caps" } else { "small-caps" });
                self.inlines(inner);
                self.xml.close();
            }
            InlineKind::Number(inner) => {
                self.open_class("span", "number");
                self.inlines(inner);
                self.xml.close();
            }
            InlineKind::Span(attrs, inner) => match inner.as_slice() {
                [Inline { kind: InlineKind::Emph(words), .. }] if attrs.lang.is_some() => {
                    self.foreign(attrs, words);
                }
                _ => {
                    self.open_with("span", attrs, None);
                    self.directed(attrs, |doc| doc.inlines(inner));
                    self.xml.close();
                }
            },
            InlineKind::Code(text) => self.code(text),
            InlineKind::Link(target, inner) => self.link(target, inner),
            InlineKind::TitleOf(anchor) => self.title_of(*anchor),
            InlineKind::PageOf(anchor) => self.page_of(*anchor),
            InlineKind::NumberOf(note) => self.number_of(*note),
            InlineKind::NoteRef(call) if self.in_link => self.deferred.push(*call),
            InlineKind::NoteRef(call) => self.call(*call),
            InlineKind::Anchor(anchor) => {
                let id = anchor_id(&self.cx.book.anchors.get(*anchor).slug);
                self.open("span", &[("id", &id)]);
                self.xml.close();
            }
            InlineKind::PageMark(mark) => self.mark(&mark.label, "span"),
            InlineKind::Break => self.line_break(),
            InlineKind::Image { image, alt, look } => {
                let class = match self.beside {
                    None => Some("inline"),
                    Some(pictures) => look.width.is_none().then(|| picture::beside(pictures)).flatten(),
                };
                self.image(*image, alt.as_deref(), *look, class);
            }
        }
    }

    /// Words of the running text, with the pages that start in them; those that
    /// lead into the text stand in small capitals. A quotation mark before an initial
    /// stands beside it, no larger than the text.
    fn running(&mut self, text: &Text) {
        if self.hangs_mark && !text.words.is_empty() {
            self.hangs_mark = false;
            if let Some((at, _)) = initial(&text.words).filter(|(at, _)| *at > 0) {
                let (mark, rest) = text.words.split_at(at);
                self.open("span", &[("class", "initial-mark")]);
                self.unled(&Text { words: mark.to_owned(), at: text.at });
                self.xml.close();
                return self.running(&Text { words: rest.to_owned(), at: text.at + u32::nearest(at) });
            }
        }
        let led = if self.leads_in { lead_in(&text.words) } else { 0 };
        self.leads_in &= text.words.is_empty();
        if led == 0 {
            return self.unled(text);
        }
        let (first, rest) = text.words.split_at(led);
        self.open("span", &[("class", "lead-in")]);
        self.unled(&Text { words: first.to_owned(), at: text.at });
        self.xml.close();
        self.unled(&Text { words: rest.to_owned(), at: text.at + u32::nearest(led) });
    }

    fn unled(&mut self, text: &Text) {
        let mut done = 0;
        while let Some(at) = self.next_break_within(text, done) {
            self.prose(&text.words[done..at]);
            self.start_page("span");
            done = at;
        }
        self.prose(&text.words[done..]);
    }

    /// Words of the author's, tied where a line should not end.
    fn prose(&mut self, words: &str) {
        if self.face.family == Family::Mono || !self.cx.style.epub.joiners {
            return self.words(words);
        }
        let language = &self.cx.book.meta.language;
        let tied = ties::tied(words, self.xml.last(), language);
        self.words(&ties::leaning(tied, language));
    }

    /// Where in `text`, from byte `done`, the next page starts.
    fn next_break_within(&self, text: &Text, done: usize) -> Option<usize> {
        let (at, _) = self.session.breaks.front().filter(|_| self.takes_pages)?;
        let mut within = (at.saturating_sub(text.at) as usize).max(done);
        while !text.words.is_char_boundary(within) && within < text.words.len() {
            within += 1;
        }
        (within < text.words.len()).then_some(within)
    }

    /// Starts the next page of the section here.
    fn start_page(&mut self, tag: &'static str) {
        if let Some((_, label)) = self.session.breaks.pop_front() {
            self.page(&label, tag);
        }
    }

    /// Starts every page that begins at or before byte `at` of the running text.
    pub(super) fn start_pages(&mut self, at: u32, tag: &'static str) {
        while self.takes_pages && self.session.breaks.front().is_some_and(|(next, _)| *next <= at) {
            self.start_page(tag);
            if tag == "div" {
                self.xml.line();
            }
        }
    }

    /// Starts the pages that begin at the end of the text.
    pub(super) fn start_last_pages(&mut self) {
        if let Some((last, _)) = self.session.breaks.back() {
            let last = *last;
            self.start_pages(last, "div");
        }
    }

    /// A page of the older edition starts here.
    pub(super) fn mark(&mut self, label: &str, tag: &'static str) {
        if self.takes_pages && self.cx.store.pages {
            self.page(label, tag);
        }
    }

    fn page(&mut self, label: &str, tag: &'static str) {
        let id = self.page_id(label);
        self.open(
            tag,
            &[("epub:type", "pagebreak"), ("role", "doc-pagebreak"), ("id", &id), ("aria-label", label)],
        );
        self.xml.close();
        let href = self.cx.plan.href(self.file, &id);
        self.session.pages.push(PageEntry { label: label.to_owned(), href });
    }

    /// A line ends here.
    pub(super) fn line_break(&mut self) {
        self.after_call = false;
        self.empty("br", &[]);
    }

    fn around(&mut self, tag: &'static str, inner: &[Inline]) {
        self.open(tag, &[]);
        self.inlines(inner);
        self.xml.close();
    }

    fn emphasis(&mut self, inner: &[Inline]) {
        if let [Inline { kind: InlineKind::Span(attrs, words), .. }] = inner
            && attrs.lang.is_some()
        {
            return self.foreign(attrs, words);
        }
        self.emphatic("em", |doc| doc.around("em", inner));
    }

    /// Words in another language that are set in italics, and not stressed.
    fn foreign(&mut self, attrs: &Attrs, words: &[Inline]) {
        self.emphatic("i", |doc| {
            doc.open_with("i", attrs, None);
            doc.directed(attrs, |doc| doc.inlines(words));
            doc.xml.close();
        });
    }

    /// Writes what stands out from its surroundings: in italics, or upright.
    fn emphatic(&mut self, tag: &'static str, inside: impl FnOnce(&mut Self)) {
        let before = (self.face, self.slant);
        self.face.variant.italic = !self.face.variant.italic;
        self.session.upright.extend(self.slant.map(|outer| (outer, tag)));
        self.slant = Some(tag);
        inside(self);
        (self.face, self.slant) = before;
    }

    fn strong(&mut self, inner: &[Inline]) {
        let before = self.face;
        self.face.variant.bold = true;
        self.around("strong", inner);
        self.face = before;
    }

    fn code(&mut self, text: &Text) {
        let before = self.face;
        self.face = super::letters::Face { family: Family::Mono, ..Default::default() };
        self.open("code", self.code_direction());
        match self.in_cell {
            true => self.in_pieces(text),
            false => self.running(text),
        }
        self.xml.close();
        self.face = before;
    }

    /// A name in a cell: a line may end in it, where it has joints.
    fn in_pieces(&mut self, text: &Text) {
        let mut at = text.at;
        for (index, piece) in pieces(&text.words).enumerate() {
            if index > 0 {
                self.empty("wbr", &[]);
            }
            self.running(&Text { words: piece.to_owned(), at });
            at += u32::nearest(piece.len());
        }
    }

    /// A link; notes that are called in it are called after it instead,
    /// because a link cannot hold another.
    fn link(&mut self, target: &Target, inner: &[Inline]) {
        if self.in_link {
            return self.inlines(inner);
        }
        let href = match target {
            Target::Url(url) => address(url).ok(),
            Target::Anchor(anchor) => Some(self.cx.anchor_href(*anchor)),
        };
        let Some(href) = href else { return self.inlines(inner) };
        self.open("a", &[("href", &href)]);
        self.in_link = true;
        self.inlines(inner);
        self.in_link = false;
        self.xml.close();
        std::mem::take(&mut self.deferred).into_iter().for_each(|call| self.call(call));
    }

    fn title_of(&mut self, anchor: AnchorId) {
        let place = self.cx.book.anchors.get(anchor);
        let title = match &place.title {
            Some(title) => without_notes(title),
            None => {
                let section = &self.cx.book.sections[place.section.0 as usize];
                // the settled title, in which no reference leads on
                let heading = section.title().map(|heading| self.cx.book.anchors.get(heading.anchor));
                heading.and_then(|place| place.title.as_deref()).map(without_notes).unwrap_or_default()
            }
        };
        let takes_pages = std::mem::take(&mut self.takes_pages);
        let in_title = std::mem::replace(&mut self.in_title, true);
        if plain(&title).trim().is_empty() {
            let file = self.cx.plan.of_anchor(anchor);
            let words = self.cx.plan.files[file].title.clone();
            self.linked(&self.cx.anchor_href(anchor), |doc| doc.words(&words));
        } else {
            self.linked(&self.cx.anchor_href(anchor), |doc| doc.inlines(&title));
        }
        self.in_title = in_title;
        self.takes_pages = takes_pages;
    }

    /// The number of the page that a place stands on, in a book that lists its
    /// pages; else its title.
    fn page_of(&mut self, anchor: AnchorId) {
        match self.cx.pages.of(anchor) {
            Some(label) => {
                let label = label.to_owned();
                self.linked(&self.cx.anchor_href(anchor), |doc| doc.number(&label));
            }
            // no reference leads on from a settled title but to a page: where that has no
            // number, the two titles would print each other for ever
            None if self.in_title => {}
            None => self.title_of(anchor),
        }
    }

    fn number_of(&mut self, note: NoteId) {
        let label = self.cx.note_label(note);
        let href = self.cx.note_href(note);
        self.linked(&href, |doc| doc.number(&label));
    }

    /// A number; among words that run from right to left it keeps to itself, or
    /// figures beside it would become a part of it.
    fn number(&mut self, label: &str) {
        if !self.rtl {
            return self.words(label);
        }
        self.open("bdi", &[]);
        self.words(label);
        self.xml.close();
    }

    /// Words that lead there, unless they already do elsewhere.
    pub(super) fn linked(&mut self, href: &str, inside: impl FnOnce(&mut Self)) {
        if self.in_link {
            return inside(self);
        }
        self.open("a", &[("href", href)]);
        self.in_link = true;
        inside(self);
        self.in_link = false;
        self.xml.close();
    }

    /// A note's call: opened in place as a pop-up, or followed. One directly
    /// after another keeps its distance, or 3 and 4 would be read as 34.
    fn call(&mut self, call: NoteRef) {
        let id = note::call_id(self.cx.book, call);
        let href = self.cx.note_href(call.note);
        let class = if self.after_call { "noteref next" } else { "noteref" };
        self.open(
            "a",
            &[
                ("epub:type", "noteref"),
                ("role", "doc-noteref"),
                ("class", class),
                ("id", &id),
                ("href", &href),
            ],
        );
        let label = self.cx.note_label(call.note);
        self.number(&label);
        self.xml.close();
        self.after_call = true;
    }

    /// Opens an element with the author's id, classes and language.
    pub(super) fn open_with(&mut self, tag: &'static str, attrs: &Attrs, class: Option<&'static str>) {
        let id = attrs.anchor.map(|anchor| anchor_id(&self.cx.book.anchors.get(anchor).slug));
        let classes = class.into_iter().chain(attrs.classes.iter().map(String::as_str));
        let classes = classes.collect::<Vec<_>>().join(" ");
        let mut attributes: Vec<(&str, &str)> = Vec::new();
        attributes.extend(class.and_then(inflection).map(|kind| ("epub:type", kind)));
        attributes.extend((!classes.is_empty()).then_some(("class", classes.as_str())));
        attributes.extend(id.as_ref().map(|id| ("id", id.as_str())));
        if let Some(language) = &attrs.lang {
            attributes.extend(lang_attributes(language));
            attributes.extend(self.turned(Some(language)));
        }
        self.open(tag, &attributes);
    }

    /// The way that words of a language run, when it is not the way of those
    /// around them.
    pub(super) fn turned(&mut self, language: Option<&Lang>) -> Option<(&'static str, &'static str)> {
        let rtl = language.is_some_and(Lang::is_rtl);
        let turns = language.is_some() && rtl != self.rtl;
        self.session.turns |= turns;
        turns.then_some(("dir", if rtl { "rtl" } else { "ltr" }))
    }

    /// Writes what stands in an element of those attributes.
    pub(super) fn directed(&mut self, attrs: &Attrs, inside: impl FnOnce(&mut Self)) {
        let rtl = attrs.lang.as_ref().map_or(self.rtl, Lang::is_rtl);
        let before = std::mem::replace(&mut self.rtl, rtl);
        inside(self);
        self.rtl = before;
    }

    /// Code runs from left to right, whatever the words around it do.
    pub(super) fn code_direction(&self) -> &'static [(&'static str, &'static str)] {
        if self.rtl { &[("dir", "ltr")] } else { &[] }
    }

    /// A picture; one whose ground shows through gets a light one. `class` says where it stands.
    pub(super) fn image(
        &mut self,
        image: ImageId,
        alt: Option<&str>,
        look: PictureLook,
        class: Option<&'static str>,
    ) {
        self.after_call = false;
        self.session.images.insert(image);
        let clear = picture::is_clear(&self.cx.book.images[image.0 as usize]).then_some("clear");
        let looks = self.session.look_classes(look);
        let classes: Vec<_> =
            class.into_iter().chain(clear).chain(looks.iter().map(String::as_str)).collect();
        let classes = classes.join(" ");
        let src = format!("../{}", self.cx.image_names[image.0 as usize]);
        let mut attributes = vec![("src", src.as_str()), ("alt", alt.unwrap_or_default())];
        attributes.extend(alt.is_none().then_some(("role", "presentation")));
        attributes.extend((!classes.is_empty()).then_some(("class", classes.as_str())));
        self.empty("img", &attributes);
    }
}

impl Context<'_> {
    /// Where an anchor is, as seen from the text folder.
    pub(super) fn anchor_href(&self, anchor: AnchorId) -> String {
        self.plan.href(self.plan.of_anchor(anchor), &anchor_id(&self.book.anchors.get(anchor).slug))
    }

    /// Where a note is, as seen from the text folder.
    pub(super) fn note_href(&self, note: NoteId) -> String {
        self.plan.href(self.plan.of_note(note), &note::note_id(self.book, note))
    }
}

/// Code in the pieces that a line may part: behind spaces, and behind marks
/// that join two names.
pub(super) fn pieces(code: &str) -> impl Iterator<Item = &str> {
    code.split_inclusive([' ', '.', '_', '/', '-', ':', ',', '(', '<', '='])
}
