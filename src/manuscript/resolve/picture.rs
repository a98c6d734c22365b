//! Pictures: figures, and those that stand in a line.

use super::{Resolver, attributes};
use crate::book::{BlockKind, Figure, Image, ImageId, Inline, InlineKind, Text, without_notes};
use crate::diag::{Code, Span};
use crate::manuscript::links;
use crate::manuscript::raw;

/// The most pixels that a picture may have: a page of A3 at 1,200 to the inch
/// has less, and four bytes each fit into half a gigabyte.
const MOST_PIXELS: u64 = 120_000_000;

impl Resolver<'_> {
    pub(super) fn figure(&mut self, figure: raw::Figure, span: Span) -> BlockKind {
        let caption = figure.caption.map(|inlines| self.inlines(inlines));
        let alt = (!figure.alt.is_empty()).then_some(figure.alt);
        if let Some(anchor) = figure.attrs.anchor {
            self.places.anchors.get_mut(anchor).title = caption.as_deref().map(without_notes);
        }
        for class in &figure.attrs.classes {
            self.unknown_class(class, figure.attrs.span);
        }
        if alt.is_none() && caption.is_some() {
            let message = "this picture has a caption but no words for those who cannot see it".to_owned();
            self.find(
                Code::AltMissing,
                span,
                message,
                "say what it shows between the brackets: ![what it shows](…)",
            );
        }
        match self.image(&figure.path, span) {
            Some(image) => BlockKind::Figure(Figure { image, alt, caption, attrs: attributes(figure.attrs) }),
            None => {
                let words = alt.map(|alt| Inline { kind: InlineKind::Text(Text::new(alt)), span });
                BlockKind::Para(words.into_iter().chain(caption.into_iter().flatten()).collect())
            }
        }
    }

    fn image(&mut self, written: &str, span: Span) -> Option<ImageId> {
        if let Some(scheme) = links::scheme(written) {
            let message = format!("`{scheme}:` pictures are not fetched: a book is whole in its folder");
            self.find(
                Code::ImageMissing,
                span,
                message,
                "save the picture in the book's folder and name that file",
            );
            return None;
        }
        let written = links::decode(written);
        let Some(near) = links::path(self.name(), &written) else {
            let message = format!("`{written}` leads out of the book's folder");
            self.find(Code::FileOutside, span, message, "copy the picture into the book's folder");
            return None;
        };
        let path = [Some(near.clone()), links::path("", &written)].into_iter().flatten();
        let Some((path, file)) =
            path.into_iter().find_map(|path| self.sources.images.get(&path).map(|file| (path, file)))
        else {
            let message = format!("there is no picture `{near}`");
            self.find(
                Code::ImageMissing,
                span,
                message,
                "names are relative to the book's folder; case counts",
            );
            return None;
        };
        let Some(format) = file.format else {
            let message = format!("`{path}` is not a picture that we can read");
            self.find(Code::ImageUnreadable, span, message, "save it as PNG, JPEG, GIF, WebP or SVG");
            return None;
        };
        if let Some(id) = self.by_path.get(&path) {
            return Some(*id);
        }
        let pixels = u64::from(file.size.0) * u64::from(file.size.1);
        if pixels > MOST_PIXELS {
            let (width, height) = file.size;
            let message = format!("`{path}` has {width} x {height} pixels, more than {MOST_PIXELS}");
            self.find(Code::ImageUnreadable, span, message, "make it smaller: no page shows so many");
            return None;
        }
        let id = ImageId(self.images.len() as u32);
        let (width, height) = file.size;
        self.images.push(Image { path: path.clone(), bytes: file.bytes.clone(), format, width, height });
        self.by_path.insert(path, id);
        Some(id)
    }

    pub(super) fn inline_image(
        &mut self,
        (path, title, alt): (String, String, String),
        attrs: raw::Attrs,
        span: Span,
        out: &mut Vec<Inline>,
    ) {
        if !title.trim().is_empty() {
            let message = format!("the caption “{title}” has no place: this picture stands in a line");
            self.find(Code::CaptionMisplaced, span, message, "give the picture a paragraph of its own");
        }
        if let Some(anchor) = attrs.anchor {
            out.push(Inline { kind: InlineKind::Anchor(anchor), span });
        }
        let alt = (!alt.is_empty()).then_some(alt);
        match (self.image(&path, span), alt) {
            (Some(image), alt) => out.push(Inline { kind: InlineKind::Image { image, alt }, span }),
            (None, Some(alt)) => out.push(Inline { kind: InlineKind::Text(Text::new(alt)), span }),
            (None, None) => {}
        }
    }
}
