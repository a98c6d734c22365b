//! The pages that the tool makes: cover, half-title, title page, imprint,
//! contents and colophon.

use super::doc::Doc;
use super::toc::{Scope, entries};
use crate::book::{GeneratedPage, Publisher, Relator, address};
use crate::style::{Alignment, Family};
use crate::terms::{Phrase, imprint};

impl Doc<'_, '_> {
    /// The page of that kind.
    pub(super) fn made(&mut self, page: GeneratedPage) {
        match page {
            GeneratedPage::HalfTitle => self.half_title(),
            GeneratedPage::TitlePage => self.title_page(),
            GeneratedPage::Imprint => self.imprint(),
            GeneratedPage::Contents => self.contents(),
            GeneratedPage::Colophon => self.colophon(),
            GeneratedPage::Cover | GeneratedPage::Notes | GeneratedPage::Blank => {}
        }
    }

    /// The cover.
    pub(super) fn cover(&mut self, href: &str, alt: &str) {
        self.open_class("figure", "cover");
        self.empty("img", &[("src", href), ("alt", alt), ("role", "doc-cover")]);
        self.xml.close_line();
    }

    fn half_title(&mut self) {
        let title = self.cx.book.meta.title.clone();
        let face = self.cx.case_face(Family::TitlePage, self.cx.style.title_page.case);
        let before = std::mem::replace(&mut self.face, face);
        self.line_of("half-title", &title);
        self.face = before;
    }

    fn title_page(&mut self) {
        let meta = &self.cx.book.meta;
        let style = &self.cx.style.title_page;
        let in_the_middle = self.cx.style.title_page_align() != Alignment::Left;
        let outer = std::mem::replace(&mut self.face.family, Family::TitlePage);
        let before = self.face;
        // In the order of the printed page.
        let authors_first = self.cx.style.has_authors_first();
        if authors_first {
            self.authors();
        }
        self.face = self.cx.case_face(Family::TitlePage, style.case);
        self.open_heading(1, &[("class", "title")]);
        self.words(&meta.title);
        self.xml.close_line();
        self.face = before;
        if let Some(subtitle) = &meta.subtitle {
            self.face.variant.italic = in_the_middle;
            self.line_of("book-subtitle", subtitle);
            self.face = before;
        }
        if !authors_first {
            self.authors();
        }
        self.face.variant.italic = in_the_middle;
        for contributor in meta.contributors.iter().filter(|c| c.role != Relator::AUTHOR) {
            let line = self.cx.terms.credited(contributor.role, &[&contributor.name]);
            self.line_of_phrase("contributor", &line);
        }
        self.face = before;
        if let Some(series) = meta.series_line() {
            self.line_of("series", &series);
        }
        self.publisher(&meta.publisher);
        self.face.family = outer;
    }

    fn authors(&mut self) {
        for contributor in self.cx.book.meta.with_role("aut") {
            self.line_of("author", &contributor.name);
        }
    }

    /// The publisher with place and year, under the style's ornament.
    fn publisher(&mut self, publisher: &Option<Publisher>) {
        let Some(publisher) = publisher else { return };
        self.ornament(&self.cx.style.title_page.ornament, "device");
        self.line_of("publisher", &publisher.name);
        if let Some(place) = self.cx.book.meta.place_line() {
            self.line_of("place", &place);
        }
    }

    /// The publisher's page; like its printed sister it bears no heading.
    fn imprint(&mut self) {
        for group in imprint(&self.cx.book.meta, &self.cx.style.text.font) {
            self.open("p", &[]);
            for (index, line) in group.iter().enumerate() {
                if index > 0 {
                    self.line_break();
                }
                match address(&line.words()) {
                    Ok(url) => self.linked(&url, |doc| doc.phrase(line)),
                    Err(_) => self.phrase(line),
                }
            }
            self.xml.close_line();
        }
    }

    fn contents(&mut self) {
        let title = self.cx.terms.contents();
        let id = "contents-title";
        self.open_line("nav", &[("role", "doc-toc"), ("aria-labelledby", id)]);
        self.face = self.cx.heading_face(1);
        self.open_heading(1, &[("id", id)]);
        self.term(title);
        self.xml.close_line();
        self.face = super::letters::Face::default();
        self.toc(&entries(self.cx, Scope::Texts), "");
        self.xml.close_line();
    }

    fn colophon(&mut self) {
        let terms = self.cx.terms;
        self.face = self.cx.heading_face(1);
        self.open_heading(1, &[]);
        self.term(terms.colophon());
        self.xml.close_line();
        self.face = super::letters::Face::default();
        let font = format!(" {}.", self.cx.style.text.font);
        self.line_of_phrase("imprint", &Phrase::default().and_word(terms.set_in()).and(&font));
        self.line_of("imprint", "Pamphleteer.");
    }
}
