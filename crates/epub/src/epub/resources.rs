//! What the texts of an EPUB need beside themselves: style sheet, fonts and pictures.

use super::context::Context;
use super::doc::Session;
use super::edition::Edition;
use super::opf::Item;
use super::pack::ROOT;
use super::{contrast, css, fonts, obfuscate, picture};
use crate::diag::{Code, Diagnostic};
use crate::jobs;

/// Style sheet, fonts and pictures.
#[derive(Default)]
pub struct Resources {
    /// Each with its place in the package.
    pub(super) items: Vec<(Item, Vec<u8>)>,
    /// The files of faces that are of no use outside of the book.
    pub(super) obfuscated: Vec<String>,
}

impl Resources {
    /// What texts need, in which that was met.
    pub(super) fn of(
        cx: &Context<'_>,
        edition: &Edition<'_>,
        session: &Session,
        findings: &mut Vec<Diagnostic>,
    ) -> Resources {
        let mut resources = Resources::default();
        resources.add_looks(cx, edition, session, findings);
        resources.add_pictures(cx, edition, session, findings);
        resources
    }

    fn add(&mut self, item: Item, bytes: Vec<u8>) {
        self.items.push((item, bytes));
    }

    /// The style sheet and its fonts.
    fn add_looks(
        &mut self,
        cx: &Context<'_>,
        edition: &Edition<'_>,
        session: &Session,
        findings: &mut Vec<Diagnostic>,
    ) {
        let fonts = fonts::fonts(cx, edition.fonts, session).take(findings);
        let mut css = css::sheet(cx.style, session, &fonts, &cx.book.meta);
        match edition.css.map(css::extra) {
            Some(Ok(extra)) => css.extend(["\n", &extra]),
            Some(Err(reason)) => {
                let hint = "take it out: what a book shows must be in its file";
                findings.push(Diagnostic::new(Code::CssUnfit, None, reason).hint(hint));
            }
            None => {}
        }
        findings.extend(contrast::judge(&css));
        let item = Item { href: "book.css".into(), media: "text/css", id: "css".into(), properties: None };
        self.add(item, css.into_bytes());
        if cx.style.epub.obfuscate && !fonts.is_empty() {
            self.obfuscated = fonts.iter().map(|font| format!("{ROOT}{}", font.href)).collect();
        }
        for (mut font, index) in fonts.into_iter().zip(1..) {
            let id = format!("font-{index}");
            if cx.style.epub.obfuscate {
                obfuscate::mix(&mut font.bytes, &cx.book.meta.identifier);
            }
            let media = if font.href.ends_with(".ttf") { "font/ttf" } else { "font/otf" };
            self.add(Item { href: font.href, media, id, properties: None }, font.bytes);
        }
    }

    /// The cover's picture and those of the texts.
    fn add_pictures(
        &mut self,
        cx: &Context<'_>,
        edition: &Edition<'_>,
        session: &Session,
        findings: &mut Vec<Diagnostic>,
    ) {
        if let Some(cover) = &edition.cover {
            let bytes = cover.picture.as_ref();
            findings.extend(edition.store.judge_cover(bytes));
            let (href, media) = cover.file();
            let (id, properties) = ("cover-image".into(), Some("cover-image"));
            self.add(Item { href: href.to_owned(), media, id, properties }, bytes.to_vec());
        }
        let used: Vec<usize> = session.images.iter().map(|image| image.0 as usize).collect();
        let prepare = |n: usize| picture::prepare(&cx.book.images[used[n]], cx.store);
        for (index, picture) in used.iter().copied().zip(jobs::side_by_side(used.len(), prepare)) {
            let picture = picture.take(findings);
            let (href, id) = (cx.image_names[index].clone(), format!("image-{}", index + 1));
            self.add(Item { href, media: picture.media, id, properties: None }, picture.bytes);
        }
    }
}
