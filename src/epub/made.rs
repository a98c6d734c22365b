//! The pages that the tool makes: cover, half-title, title page, imprint,
//! contents and colophon.

use super::doc::Doc;
use super::toc::{Scope, entries};
use crate::book::{Contributor, MadePage, Meta};

impl Doc<'_, '_> {
    /// The page of that kind.
    pub(super) fn made(&mut self, page: MadePage) {
        match page {
            MadePage::HalfTitle => self.half_title(),
            MadePage::TitlePage => self.title_page(),
            MadePage::Imprint => self.imprint(),
            MadePage::Contents => self.contents(),
            MadePage::Colophon => self.colophon(),
            MadePage::Cover | MadePage::Notes | MadePage::Blank => {}
        }
    }

    /// The cover.
    pub(super) fn cover(&mut self, href: &str, alt: &str) {
        self.session.tags.insert("img");
        let class = self.class("cover");
        self.open("figure", &[("class", class)]);
        self.xml.empty("img", &[("src", href), ("alt", alt), ("role", "doc-cover")]);
        self.xml.close_line();
    }

    fn half_title(&mut self) {
        let title = self.cx.book.meta.title.clone();
        self.line_of("half-title", &title);
    }

    fn title_page(&mut self) {
        let meta = &self.cx.book.meta;
        let class = self.class("title");
        let before = self.face;
        self.face = self.cx.case_face(self.cx.style.title_page.case);
        self.open_heading(1, &[("class", class)]);
        self.words(&meta.title);
        self.xml.close_line();
        self.face = before;
        if let Some(subtitle) = &meta.subtitle {
            self.face.variant.italic = true;
            self.line_of("book-subtitle", subtitle);
            self.face = before;
        }
        for contributor in meta.with_role("aut") {
            self.line_of("author", &contributor.name);
        }
        for contributor in meta.contributors.iter().filter(|c| c.role != "aut") {
            let line = self.credit(contributor);
            self.line_of("contributor", &line);
        }
        if let Some(publisher) = &meta.publisher {
            self.line_of("publisher", &publisher.name);
        }
    }

    /// What somebody did, in words.
    fn credit(&self, contributor: &Contributor) -> String {
        let terms = self.cx.terms;
        let what = match contributor.role.as_str() {
            "edt" => terms.edited,
            "trl" => terms.translated,
            "ill" => terms.illustrated,
            "aui" | "win" | "wpr" => terms.introduced,
            _ => return contributor.name.clone(),
        };
        format!("{what} {}", contributor.name)
    }

    /// The publisher's page; like its printed sister it bears no heading.
    fn imprint(&mut self) {
        for line in imprint_lines(&self.cx.book.meta, self.cx.terms) {
            self.line_of("imprint", &line);
        }
    }

    fn contents(&mut self) {
        let title = self.cx.terms.contents;
        let id = "contents-title";
        self.open_line("nav", &[("role", "doc-toc"), ("aria-labelledby", id)]);
        self.face = self.cx.heading_face(1);
        self.open_heading(1, &[("id", id)]);
        self.words(title);
        self.xml.close_line();
        self.face = super::letters::Face::default();
        self.toc(&entries(self.cx, Scope::Texts), "");
        self.xml.close_line();
    }

    fn colophon(&mut self) {
        let terms = self.cx.terms;
        self.face = self.cx.heading_face(1);
        self.open_heading(1, &[]);
        self.words(terms.colophon);
        self.xml.close_line();
        self.face = super::letters::Face::default();
        let line = format!("{} {}.", terms.set_in, self.cx.style.text.font);
        self.line_of("imprint", &line);
        self.line_of("imprint", "Pamphleteer.");
    }
}

/// What the publisher's page says, a line each.
fn imprint_lines(meta: &Meta, terms: &super::terms::Terms) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(publisher) = &meta.publisher {
        let place = publisher.place.as_ref().map(|place| format!(", {place}")).unwrap_or_default();
        lines.push(format!("{}{place}", publisher.name));
        lines.extend(publisher.url.clone());
    }
    if let Some(date) = meta.date {
        lines.push(format!("{} {}", terms.published, date.year));
    }
    if let Some(source) = &meta.source {
        let date = source.date.as_ref().map(|date| format!(" ({date})")).unwrap_or_default();
        lines.push(format!("{} {}{date}", terms.first_published, source.title));
    }
    if let Some((series, number)) = &meta.series {
        let number = number.as_ref().map(|number| format!(", {number}")).unwrap_or_default();
        lines.push(format!("{series}{number}"));
    }
    lines.extend(meta.rights.clone());
    lines.extend(meta.isbn.map(|isbn| format!("ISBN {isbn}")));
    lines
}
