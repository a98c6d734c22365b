//! The pages bound: sheets, heads, links and outline in their last form.

use super::layout::DocumentLayout;
use crate::book::{Book, Content, GeneratedPage, ImageFormat, SectionId, plain};
use crate::diag::{Checked, Code, Diagnostic, Scope};
use crate::font::Library;
use crate::length::Abs;
use crate::narrow::Nearest;
use crate::pages::{
    DestId, Destination, Font, Info, Link, LinkTarget, NotePages, OutlineItem, PageCompromise, PageStart,
    Pages, Picture, PictureKind,
};
use crate::style::Rules;
use crate::svg;
use crate::typeset::compose::LinkEnd;
use crate::typeset::geometry::{Geometry, binding};
use crate::typeset::line::LinkId;
use crate::typeset::made::type_line;
use crate::typeset::page_draft::PageDraft;
use crate::typeset::running_heads::{Edge, RunningHeads};
use std::collections::BTreeMap;

impl DocumentLayout<'_> {
    /// Everything into its last form.
    pub(super) fn bind(
        mut self,
        fonts: &Library,
        labels: Vec<String>,
        places: &BTreeMap<LinkEnd, Destination>,
    ) -> (Pages, Vec<Diagnostic>) {
        let mut findings = Vec::new();
        let images = self.cx.book.images.iter();
        let images = images.map(|image| picture(image, fonts).take(&mut findings)).collect();
        // Destinations are numbered in the order of what they are called by, not in that in which they
        // were met, so the same book gives the same file whatever came first.
        let ids: BTreeMap<LinkEnd, DestId> = places.keys().cloned().zip((0..).map(DestId)).collect();
        let mut pages = Pages {
            info: info(self.cx.book),
            trim: self.cx.style.page.trim,
            binding: binding(self.cx.book),
            fonts: fonts.iter().map(|(_, face)| font(face)).collect(),
            images,
            destinations: places.values().copied().collect(),
            typeface: self.cx.style.text.font.clone(),
            type_line: type_line(self.cx.style),
            marked_scenes: !self.cx.style.scene_break.mark.is_empty(),
            ruled_tables: self.cx.style.table.rules == Rules::Open,
            outline: self.outline(&ids),
            notes: note_pages(self.cx.book, places),
            cost: self.cost,
            ..Pages::default()
        };
        let mut heads = RunningHeads::default();
        let mut labels = labels.into_iter();
        for section in std::mem::take(&mut self.sections) {
            let first = u32::nearest(pages.pages.len());
            let compromises = section.compromises.into_iter();
            // Sections count their pages from nought; in the book they go on from the one before.
            let moved = compromises.map(|taken| PageCompromise { page: taken.page + first, ..taken });
            pages.compromises.extend(moved);
            for mut sheet in section.sheets {
                sheet.page.label = labels.next().unwrap_or_default();
                sheet.page.links = self.links(&sheet, &ids);
                self.add(sheet, section.section, &mut heads, &mut pages);
            }
        }
        pages.tree = self.composer.tree;
        findings.extend(self.composer.shaper.take_findings());
        (pages, findings)
    }

    /// Adds a sheet to the pages, with what stands around its text block.
    fn add(
        &mut self,
        mut sheet: PageDraft,
        section: Option<SectionId>,
        heads: &mut RunningHeads,
        pages: &mut Pages,
    ) {
        let page = pages.pages.len();
        let section = sheet.start_in.map(SectionId).filter(|_| section.is_some()).or(section);
        let geometry = Geometry::of(self.cx.style, pages.binding);
        let label = sheet.page.label.clone();
        let (recto, right_hand) = (Pages::is_recto(page), pages.is_right_hand(page));
        let edge = Edge { section, label: &label, recto, right_hand };
        sheet.page.frame = match sheet.page.turned {
            true => Geometry { recto, ..geometry }.turned().frame(recto, Abs::ZERO),
            false => geometry.frame(recto, sheet.overrun()),
        };
        pages
            .old_pages
            .extend(sheet.source_marks.iter().map(|(_, label)| (label.clone(), u32::nearest(page))));
        heads.add(&mut self.composer, &mut sheet, &edge);
        if let (Some((at, span)), Some(section)) = (sheet.start, section) {
            pages.starts.push(PageStart { page: u32::nearest(page), section: section.0, at, span });
        }
        pages.pages.push(sheet.page);
    }

    fn links(&self, sheet: &PageDraft, ids: &BTreeMap<LinkEnd, DestId>) -> Vec<Link> {
        let link = |(at, size, link): &(_, _, LinkId)| {
            let spec = &self.composer.collected.links[link.number as usize];
            let to = match &spec.aim {
                LinkEnd::Url(url) => LinkTarget::Url(url.clone()),
                aim => LinkTarget::Destination(*ids.get(aim)?),
            };
            Some(Link { at: *at, size: *size, to, description: spec.description.clone(), node: link.node })
        };
        sheet.links.iter().filter_map(link).collect()
    }

    fn outline(&self, ids: &BTreeMap<LinkEnd, DestId>) -> Vec<OutlineItem> {
        let book = self.cx.book;
        let terms = self.cx.terms();
        let mut items = Vec::new();
        let mut headlines = self.composer.collected.headlines.iter().peekable();
        for (id, section) in (0..).map(SectionId).zip(&book.sections) {
            let name = match &section.content {
                Content::Made(GeneratedPage::Contents) => Some(terms.contents()),
                Content::Made(GeneratedPage::Notes) => Some(terms.notes()),
                _ => None,
            };
            if let (Some(name), Some(to)) = (name, ids.get(&LinkEnd::Section(id))) {
                items.push(OutlineItem { level: 1, title: name.to_string(), to: *to });
            }
            // Headlines were gathered in the order of the text and sections come in the same, so one
            // pass over both puts each under its section.
            while let Some(headline) = headlines.next_if(|headline| headline.section == id) {
                if let Some(to) = ids.get(&headline.aim) {
                    items.push(OutlineItem { level: headline.level, title: plain(&headline.title), to: *to });
                }
            }
        }
        items
    }
}

/// Where every note is called and begins.
fn note_pages(book: &Book, places: &BTreeMap<LinkEnd, Destination>) -> Vec<NotePages> {
    let page = |aim: LinkEnd| places.get(&aim).map(|place| place.page);
    let of_note = |(id, _)| NotePages { call: page(LinkEnd::Call(id, 0)), note: page(LinkEnd::Note(id)) };
    book.notes.iter().map(of_note).collect()
}

fn font(face: &crate::font::Face) -> Font {
    Font {
        name: face.postscript.clone(),
        data: face.data.clone(),
        index: face.index,
        units_per_em: face.units_per_em,
    }
}

/// The picture as pages show it: the words of a drawing in the book's faces.
fn picture(image: &crate::book::Image, fonts: &Library) -> Checked<Picture> {
    let kind = match image.format {
        ImageFormat::Png => PictureKind::Png,
        ImageFormat::Jpeg => PictureKind::Jpeg,
        ImageFormat::Gif => PictureKind::Gif,
        ImageFormat::Webp => PictureKind::Webp,
        ImageFormat::Svg => PictureKind::Svg,
    };
    let faces = fonts.iter().map(|(_, face)| face.data.clone());
    let drawn = match kind {
        PictureKind::Svg => svg::with_words_drawn(&image.bytes, faces),
        _ => Ok(None),
    };
    let finding = drawn.as_ref().err().map(|fault| {
        let message = format!("`{}` {}", image.path, fault.reason);
        Diagnostic::new(Code::ImageUnreadable, None, message).hint(fault.hint).within(Scope::Pages)
    });
    let bytes = drawn.ok().flatten().map_or_else(|| image.bytes.clone(), Into::into);
    let pixels = (image.width, image.height);
    let value = Picture { path: image.path.clone(), bytes, kind, pixels };
    Checked { value, findings: finding.into_iter().collect() }
}

fn info(book: &Book) -> Info {
    let meta = &book.meta;
    Info {
        title: meta.title.clone(),
        authors: meta.with_role("aut").map(|c| c.name.clone()).collect(),
        description: meta.description.clone(),
        subjects: meta.subjects.clone(),
        publisher: meta.publisher.as_ref().map(|p| p.name.clone()),
        rights: meta.rights.clone(),
        language: meta.language.tag().to_owned(),
        date: meta.date.map(|date| (date.year, date.month.unwrap_or(1), date.day.unwrap_or(1))),
        identifier: meta.identifier.clone(),
    }
}
