//! Inlines as XHTML.

use super::doc::{Doc, PageEntry, anchor_id, inflection, lang_attributes};
use super::{Context, note, picture, ties};
use crate::book::{
    AnchorId, Attrs, ImageId, Inline, InlineKind, NoteId, NoteRef, Target, Text, Width, is_capitals, plain,
    without_notes,
};

impl<'c, 'a> Doc<'c, 'a> {
    /// Writes inlines in their order.
    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        let mut after_call = false;
        for inline in inlines {
            self.inline(&inline.kind, after_call);
            after_call = matches!(inline.kind, InlineKind::NoteRef(_));
        }
    }

    /// `after_call`: a note was called directly before.
    fn inline(&mut self, kind: &InlineKind, after_call: bool) {
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
            InlineKind::Span(attrs, inner) => match inner.as_slice() {
                [Inline { kind: InlineKind::Emph(words), .. }] if attrs.lang.is_some() => {
                    self.foreign(attrs, words);
                }
                _ => {
                    self.open_with("span", attrs, None);
                    self.inlines(inner);
                    self.xml.close();
                }
            },
            InlineKind::Code(text) => self.code(text),
            InlineKind::Link(target, inner) => self.link(target, inner),
            InlineKind::TitleOf(anchor) | InlineKind::PageOf(anchor) => self.title_of(*anchor),
            InlineKind::NumberOf(note) => self.number_of(*note),
            InlineKind::NoteRef(call) if self.in_link => self.deferred.push(*call),
            InlineKind::NoteRef(call) => self.call(*call, after_call),
            InlineKind::Anchor(anchor) => {
                let id = anchor_id(&self.cx.book.anchors.get(*anchor).slug);
                self.open("span", &[("id", &id)]);
                self.xml.close();
            }
            InlineKind::PageMark(mark) => self.mark(&mark.label, "span"),
            InlineKind::Break => self.line_break(),
            InlineKind::Image { image, alt, width } => {
                self.image(*image, alt.as_deref(), *width, Some("inline"));
            }
        }
    }

    /// Words of the running text, with the pages that start in them.
    fn running(&mut self, text: &Text) {
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
        if self.face.mono || !self.cx.style.epub.joiners {
            return self.words(words);
        }
        let tied = ties::tied(words, self.xml.last());
        self.words(&ties::leaning(tied, &self.cx.book.meta.language));
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
            doc.inlines(words);
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
        self.face = super::letters::Face { mono: true, ..Default::default() };
        self.open("code", &[]);
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
            at += piece.len() as u32;
        }
    }

    /// A link; notes that are called in it are called after it instead,
    /// because a link cannot hold another.
    fn link(&mut self, target: &Target, inner: &[Inline]) {
        if self.in_link {
            return self.inlines(inner);
        }
        let href = match target {
            Target::Url(url) => safe_url(url),
            Target::Anchor(anchor) => Some(self.cx.anchor_href(*anchor)),
        };
        let Some(href) = href else { return self.inlines(inner) };
        self.open("a", &[("href", &href)]);
        self.in_link = true;
        self.inlines(inner);
        self.in_link = false;
        self.xml.close();
        for (index, call) in std::mem::take(&mut self.deferred).into_iter().enumerate() {
            self.call(call, index > 0);
        }
    }

    fn title_of(&mut self, anchor: AnchorId) {
        let place = self.cx.book.anchors.get(anchor);
        let title = match &place.title {
            Some(title) => without_notes(title),
            None => {
                let section = &self.cx.book.sections[place.section.0 as usize];
                section.title().map(|heading| without_notes(&heading.content)).unwrap_or_default()
            }
        };
        let takes_pages = std::mem::take(&mut self.takes_pages);
        if plain(&title).trim().is_empty() {
            let file = self.cx.plan.of_anchor(anchor);
            let words = self.cx.plan.files[file].title.clone();
            self.linked(&self.cx.anchor_href(anchor), |doc| doc.words(&words));
        } else {
            self.linked(&self.cx.anchor_href(anchor), |doc| doc.inlines(&title));
        }
        self.takes_pages = takes_pages;
    }

    fn number_of(&mut self, note: NoteId) {
        let label = self.cx.note_label(note);
        let href = self.cx.note_href(note);
        self.linked(&href, |doc| doc.words(&label));
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
    fn call(&mut self, call: NoteRef, after_call: bool) {
        let id = note::call_id(self.cx.book, call);
        let href = self.cx.note_href(call.note);
        let class = if after_call { "noteref next" } else { "noteref" };
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
        self.words(&label);
        self.xml.close();
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
            let turns = language.is_rtl() != self.cx.book.meta.language.is_rtl();
            attributes.extend(turns.then_some(("dir", if language.is_rtl() { "rtl" } else { "ltr" })));
        }
        self.open(tag, &attributes);
    }

    /// A picture; one whose ground shows through gets a light one.
    /// A picture; `class` says where it stands.
    pub(super) fn image(
        &mut self,
        image: ImageId,
        alt: Option<&str>,
        width: Option<Width>,
        class: Option<&'static str>,
    ) {
        self.session.images.insert(image);
        let clear = picture::is_clear(&self.cx.book.images[image.0 as usize]).then_some("clear");
        let width = width.map(|width| self.session.width_class(width));
        let classes: Vec<_> = class.into_iter().chain(clear).chain(width.as_deref()).collect();
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

/// The URL when it is of a kind that may leave the book.
pub(super) fn safe_url(url: &str) -> Option<String> {
    const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];
    let lower = url.trim().to_ascii_lowercase();
    let known = SCHEMES.iter().any(|scheme| lower.starts_with(scheme) && lower.len() > scheme.len());
    known.then(|| encoded(url.trim()))
}

/// The URL with everything that a URL cannot hold as `%XX` (RFC 3986 §2).
fn encoded(url: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b':' | b'/' | b'?' | b'#' | b'@' | b'!' | b'$' | b'&' | b'\''
            | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b'%' => out.push(char::from(byte)),
            _ => write!(out, "%{byte:02X}").expect("writing to memory cannot fail"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_urls_leave_the_book() {
        assert_eq!(safe_url("https://a.example/é b").as_deref(), Some("https://a.example/%C3%A9%20b"));
        for bad in
            ["javascript:alert(1)", " JavaScript:x", "data:text/html,x", "file:///etc", "https://", "x"]
        {
            assert_eq!(safe_url(bad), None, "{bad}");
        }
    }
}
