//! Inlines as XHTML.

use super::doc::{Doc, PageEntry, anchor_id, lang_attributes};
use super::{Context, note, ties};
use crate::book::{AnchorId, Attrs, Inline, InlineKind, NoteId, NoteRef, Target, Text, plain, without_notes};

impl<'c, 'a> Doc<'c, 'a> {
    /// Writes inlines in their order.
    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(&inline.kind);
        }
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
                self.open_class("span", "small-caps");
                self.inlines(inner);
                self.xml.close();
            }
            InlineKind::Span(attrs, inner) => {
                self.open_with("span", attrs, None);
                self.inlines(inner);
                self.xml.close();
            }
            InlineKind::Code(text) => self.code(text),
            InlineKind::Link(target, inner) => self.link(target, inner),
            InlineKind::TitleOf(anchor) | InlineKind::PageOf(anchor) => self.title_of(*anchor),
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
            InlineKind::Image { image, alt } => self.image(*image, alt.as_deref()),
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
        self.words(&tied);
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
    pub(super) fn start_pages(&mut self, at: u32) {
        while self.takes_pages && self.session.breaks.front().is_some_and(|(next, _)| *next <= at) {
            self.start_page("div");
            self.xml.line();
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
        self.session.tags.insert("br");
        self.xml.empty("br", &[]);
    }

    fn around(&mut self, tag: &'static str, inner: &[Inline]) {
        self.open(tag, &[]);
        self.inlines(inner);
        self.xml.close();
    }

    fn emphasis(&mut self, inner: &[Inline]) {
        let before = self.face;
        self.face.variant.italic = !before.variant.italic;
        self.around("em", inner);
        self.face = before;
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
        self.running(text);
        self.xml.close();
        self.face = before;
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
        for call in std::mem::take(&mut self.deferred) {
            self.call(call);
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

    /// A note's call: opened in place as a pop-up, or followed.
    fn call(&mut self, call: NoteRef) {
        let id = note::call_id(self.cx.book, call);
        let href = self.cx.note_href(call.note);
        let class = self.class("noteref");
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
        let class = class.map(|class| self.class(class));
        let classes = class.into_iter().chain(attrs.classes.iter().map(String::as_str));
        let classes = classes.collect::<Vec<_>>().join(" ");
        let mut attributes: Vec<(&str, &str)> = Vec::new();
        attributes.extend((!classes.is_empty()).then_some(("class", classes.as_str())));
        attributes.extend(id.as_ref().map(|id| ("id", id.as_str())));
        if let Some(language) = &attrs.lang {
            attributes.extend(lang_attributes(language));
            let turns = language.is_rtl() != self.cx.book.meta.language.is_rtl();
            attributes.extend(turns.then_some(("dir", if language.is_rtl() { "rtl" } else { "ltr" })));
        }
        self.open(tag, &attributes);
    }

    /// A picture.
    pub(super) fn image(&mut self, image: crate::book::ImageId, alt: Option<&str>) {
        self.session.images.insert(image);
        self.session.tags.insert("img");
        let src = format!("../{}", self.cx.image_names[image.0 as usize]);
        match alt {
            Some(alt) => self.xml.empty("img", &[("src", &src), ("alt", alt)]),
            None => self.xml.empty("img", &[("src", &src), ("alt", ""), ("role", "presentation")]),
        }
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
