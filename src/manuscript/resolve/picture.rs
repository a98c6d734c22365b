//! Pictures: figures, and those that stand in a line.

use super::{Resolver, attributes, title_in_text};
use crate::book::{BlockKind, Figure, Image, ImageId, Inline, InlineKind, Text};
use crate::diag::{Code, Span};
use crate::manuscript::links;
use crate::manuscript::raw;
use crate::sources::{self, ImageFile, candidates, decode};

/// The most pixels that a picture may have: a page of A3 at 1,200 to the inch
/// has less, and four bytes each fit into half a gigabyte.
const MOST_PIXELS: u64 = 120_000_000;

impl<'a> Resolver<'a> {
    pub(super) fn figure(&mut self, figure: raw::Figure, span: Span) -> BlockKind {
        let caption = figure.caption.map(|inlines| self.inlines(inlines));
        let alt = (!figure.alt.is_empty()).then_some(figure.alt);
        if let Some(anchor) = figure.attrs.anchor {
            self.places.anchors.get_mut(anchor).title = caption.as_deref().map(title_in_text);
        }
        for class in figure.attrs.classes.iter().filter(|class| *class != "here") {
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
            Some(image) => BlockKind::Figure(Figure {
                image,
                alt,
                caption,
                width: figure.attrs.width,
                attrs: attributes(figure.attrs),
            }),
            None => {
                let words = alt.map(|alt| Inline { kind: InlineKind::Text(Text::new(alt)), span });
                BlockKind::Para(words.into_iter().chain(caption.into_iter().flatten()).collect())
            }
        }
    }

    fn image(&mut self, written: &str, span: Span) -> Option<ImageId> {
        let (path, file) = self.image_file(written, span)?;
        let (width, height) = file.size;
        let Some(format) = file.format else {
            let message = format!("`{path}` is not a picture that we can read");
            self.find(Code::ImageUnreadable, span, message, "save it as PNG, JPEG, GIF, WebP or SVG");
            return None;
        };
        if let Some(id) = self.by_path.get(&path) {
            return Some(*id);
        }
        if u64::from(width) * u64::from(height) > MOST_PIXELS {
            let message = format!("`{path}` has {width} x {height} pixels, more than {MOST_PIXELS}");
            self.find(Code::ImageUnreadable, span, message, "make it smaller: no page shows so many");
            return None;
        }
        let id = ImageId(self.images.len() as u32);
        self.images.push(Image { path: path.clone(), bytes: file.bytes.clone(), format, width, height });
        self.by_path.insert(path, id);
        Some(id)
    }

    /// The file of the book's folder that an author means: beside the text, or
    /// from the top of the folder.
    fn image_file(&mut self, written: &str, span: Span) -> Option<(String, &'a ImageFile)> {
        if let Some(scheme) = links::scheme(written) {
            let message = format!("`{scheme}:` pictures are not fetched: a book is whole in its folder");
            let hint = "save the picture in the book's folder and name that file";
            self.find(Code::ImageMissing, span, message, hint);
            return None;
        }
        let written = decode(written);
        let images = &self.sources.images;
        let known = |path: String| images.get(&path).map(|file| (path, file));
        let found = candidates(self.name(), &written).find_map(known);
        if found.is_none() {
            self.image_missing(&written, span);
        }
        found
    }

    fn image_missing(&mut self, written: &str, span: Span) {
        match sources::path(self.name(), written) {
            Some(near) => {
                let message = format!("there is no picture `{near}`");
                let hint = "names are seen from the text's folder, or from the book's; case counts";
                self.find(Code::ImageMissing, span, message, hint);
            }
            None => {
                let message = format!("`{written}` leads out of the book's folder");
                self.find(Code::FileOutside, span, message, "copy the picture into the book's folder");
            }
        }
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
            (Some(image), alt) => {
                let kind = InlineKind::Image { image, alt, width: attrs.width };
                out.push(Inline { kind, span });
            }
            (None, Some(alt)) => out.push(Inline { kind: InlineKind::Text(Text::new(alt)), span }),
            (None, None) => {}
        }
    }
}
