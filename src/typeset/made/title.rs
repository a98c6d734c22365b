//! Half title, title page, imprint and colophon.

use crate::book::{Meta, address};
use crate::length::Abs;
use crate::pages::{NodeId, Tag};
use crate::style::{Alignment, Case};
use crate::terms::{Phrase, imprint};
use crate::typeset::compose::{Aim, FlowBuilder};
use crate::typeset::line::{Piece, StyledText};
use crate::typeset::looks::Voice;

impl FlowBuilder<'_, '_> {
    /// The title alone.
    pub fn half_title(&mut self, node: NodeId) {
        let grid = self.cx.style.leading();
        let voice = self
            .cx
            .block(node)
            .voice
            .at(self.cx.style.size().scale(1.3))
            .cased(self.cx.style.title_page.case);
        self.made_space(grid * i64::from(self.cx.style.page.lines / 4));
        let title = self.cx.book.meta.title.clone();
        self.made_line(&title, &voice, Alignment::Centre, grid.scale(1.3), node);
    }

    /// Title, subtitle, contributors, and the publisher at the foot.
    pub fn title_page(&mut self, node: NodeId) {
        let book = self.cx.book;
        let meta = &book.meta;
        let grid = self.cx.style.leading();
        let text = self.cx.block(node).voice;
        self.made_space(grid * i64::from(self.cx.style.page.lines / 9));
        for author in meta.with_role("aut") {
            let voice = text.clone().at(text.size.scale(1.18)).cased(Case::SmallCaps);
            self.made_line(&author.name, &voice, Alignment::Centre, grid.scale(1.35), node);
        }
        self.made_space(grid * i64::from(self.cx.style.page.lines / 9));
        let size = self.cx.style.title_page.size.at(text.size);
        let voice = text.clone().at(size).cased(self.cx.style.title_page.case);
        self.made_line(&meta.title, &voice, Alignment::Centre, size.scale(1.18), node);
        if let Some(subtitle) = &meta.subtitle {
            self.made_space(grid.scale(0.8));
            let voice = text.clone().at(text.size.scale(1.3)).cased(Case::Italic);
            self.made_line(subtitle, &voice, Alignment::Centre, grid.scale(1.3), node);
        }
        self.other_contributors(meta, &text, node);
        let foot = self.column.len();
        self.publisher(meta, &text, node);
        self.push_to_foot(foot);
    }

    fn other_contributors(&mut self, meta: &Meta, text: &Voice, node: NodeId) {
        let grid = self.cx.style.leading();
        let mut above = grid * 2;
        for (role, names) in meta.credits() {
            self.made_space(std::mem::take(&mut above));
            let line = self.cx.terms().credited(role, &names.join(", "));
            let voice = text.clone().cased(Case::Italic);
            self.made_phrase(&line, &voice, Alignment::Centre, grid.scale(1.2), node);
        }
    }

    fn publisher(&mut self, meta: &Meta, text: &Voice, node: NodeId) {
        let grid = self.cx.style.leading();
        let Some(publisher) = &meta.publisher else { return };
        let voice = text.clone().cased(Case::SmallCaps);
        self.made_line(&publisher.name, &voice, Alignment::Centre, grid, node);
        let place = [publisher.place.clone(), meta.date.map(|date| date.year.to_string())];
        let place: Vec<String> = place.into_iter().flatten().collect();
        if !place.is_empty() {
            self.made_line(&place.join(" · "), text, Alignment::Centre, grid, node);
        }
    }

    /// The publisher's page.
    pub fn imprint(&mut self, node: NodeId) {
        let meta = &self.cx.book.meta;
        let groups = imprint(meta, &self.cx.style.text.font);
        let voice = self.cx.block(node).voice;
        let voice = voice.clone().at(voice.size.scale(0.8));
        let leading = voice.size.scale(1.35);
        for group in &groups {
            if !self.column.is_empty() {
                self.made_space(leading.scale(0.8));
            }
            for line in group {
                self.imprint_line(line, &voice, leading, node);
            }
        }
        self.push_to_foot(0);
    }

    fn imprint_line(&mut self, phrase: &Phrase, voice: &Voice, leading: Abs, node: NodeId) {
        let line = phrase.words();
        let Ok(url) = address(&line) else {
            return self.made_phrase(phrase, voice, Alignment::Left, leading, node);
        };
        let node = self.composer.tree.node(node, Tag::P);
        let mut text = StyledText::default();
        self.composer.in_link(Aim::Url(url), line.clone(), node, &mut text, |composer, node, out| {
            let words = composer.words(voice, node, line);
            out.pieces.push(Piece::Words(words));
        });
        let mut ctx = self.cx.block(node);
        ctx.set = crate::typeset::line::Set::Left;
        ctx.leading = leading;
        self.made_text(text, &ctx);
    }

    /// How and by whom the book was made.
    pub fn colophon(&mut self, node: NodeId) {
        let grid = self.cx.style.leading();
        let text = self.cx.block(node).voice;
        self.made_space(grid * i64::from(self.cx.style.page.lines / 3));
        let title = self.cx.book.meta.title.clone();
        self.made_line(&title, &text.clone().cased(Case::Italic), Alignment::Centre, grid, node);
        let points = |length: Abs| {
            let pt = (length.to_pt() * 10.0).round() / 10.0;
            format!("{pt}")
        };
        let size = points(self.cx.style.size());
        let leading = points(grid);
        let line = format!(" {}, {size}/{leading} pt", self.cx.style.text.font);
        let line = Phrase::default().and_word(self.cx.terms().set_in()).and(&line);
        self.made_phrase(&line, &text, Alignment::Centre, grid, node);
        self.made_line("Pamphleteer", &text.clone().cased(Case::SmallCaps), Alignment::Centre, grid, node);
    }
}
