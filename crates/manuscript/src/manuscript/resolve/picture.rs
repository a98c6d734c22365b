//! Pictures: figures, and those that stand in a line.

use super::{Resolver, attributes, title_in_text};
use crate::book::{BlockKind, Figure, Image, ImageId, Inline, InlineKind, Text, plain};
use crate::diag::{Code, Diagnostic, Span};
use crate::manuscript::links;
use crate::manuscript::raw;
use crate::narrow::Nearest;
use crate::sources::{self, ImageFile, Unusable, candidates, decode};

/// Classes that say where a figure stands: in its place, on a page of its own, over the
/// whole of one or of two that face each other, or on one that is turned.
const PLACES: [&str; 5] = ["here", "plate", "bleed", "spread", "landscape"];

impl<'a> Resolver<'a> {
    pub(super) fn figure(&mut self, figure: raw::Figure, span: Span) -> BlockKind {
        let caption = figure.caption.map(|inlines| self.inlines(inlines));
        let alt = (!figure.alt.is_empty()).then_some(figure.alt);
        if let Some(anchor) = figure.attrs.anchor {
            self.places.anchors.get_mut(anchor).title = caption.as_deref().map(title_in_text);
        }
        for class in figure.attrs.classes.iter().filter(|class| !PLACES.contains(&class.as_str())) {
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
                look: figure.attrs.look,
                attrs: attributes(figure.attrs),
            }),
            None => {
                let told = caption.as_deref().map(plain);
                let alt = alt.filter(|alt| told.as_deref() != Some(alt));
                let words = alt.map(|alt| Inline { kind: InlineKind::Text(Text::new(alt)), span });
                BlockKind::Para(words.into_iter().chain(caption.into_iter().flatten()).collect())
            }
        }
    }

    fn image(&mut self, written: &str, span: Span) -> Option<ImageId> {
        let (path, file) = self.image_file(written, span)?;
        let file = match file {
            Ok(file) => file,
            Err(unusable) => {
                if self.refused.insert(path) {
                    self.findings.push(unusable.at(Some(span)));
                }
                return None;
            }
        };
        if let Some(id) = self.by_path.get(&path) {
            return Some(*id);
        }
        self.findings.extend(file.shown_in_part(&path, Some(span)));
        Some(self.add_image(path, file))
    }

    fn add_image(&mut self, path: String, file: &ImageFile) -> ImageId {
        let id = ImageId(u32::nearest(self.images.len()));
        let ((width, height), format) = (file.size, file.format);
        self.images.push(Image { path: path.clone(), bytes: file.bytes.clone(), format, width, height });
        self.by_path.insert(path, id);
        id
    }

    /// Adds the pictures that no text names, but the style.
    pub(super) fn ornaments(&mut self) {
        let sources = self.sources;
        for path in &sources.ornaments {
            if let Some(Ok(file)) = sources.images.get(path)
                && !self.by_path.contains_key(path)
            {
                self.add_image(path.clone(), file);
            }
        }
    }

    /// The file of the book's folder that an author means: beside the text, or
    /// from the top of the folder.
    fn image_file(&mut self, written: &str, span: Span) -> Option<(String, &'a Result<ImageFile, Unusable>)> {
        if self.image_elsewhere(written, span) {
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

    /// Tells of a picture that lies outside of the book: on the web, or somewhere
    /// on the author's machine.
    fn image_elsewhere(&mut self, written: &str, span: Span) -> bool {
        let scheme = links::scheme(written);
        let drive = scheme.as_ref().is_some_and(|scheme| scheme.len() == 1);
        let file = written.rsplit(['/', '\\']).next().unwrap_or(written);
        if drive || scheme.as_deref() == Some("file") || on_a_machine(written) {
            let message = format!("`{written}` lies outside of the book's folder");
            let hint = format!("copy the picture into the book's folder and write `{file}`");
            self.findings.push(Diagnostic::new(Code::FileOutside, span, message).hint(hint));
            return true;
        }
        let Some(scheme) = scheme else { return false };
        let message = format!("`{scheme}:` pictures are not fetched: a book is whole in its folder");
        let hint = "save the picture in the book's folder and name that file";
        self.find(Code::ImageMissing, span, message, hint);
        true
    }

    fn image_missing(&mut self, written: &str, span: Span) {
        let near = candidates(self.name(), written).find_map(|path| self.sources.near_images.get(&path));
        let from_top = written.strip_prefix('/').and_then(|written| sources::path("", written));
        match sources::path(self.name(), written).or(from_top) {
            _ if written.trim().is_empty() => {
                let hint = "write the name of its file: `![what it shows](picture.png)`";
                self.find(Code::ImageMissing, span, "this picture names no file".to_owned(), hint);
            }
            Some(path) if near == Some(&path) => {
                let message = format!("`{path}` is a folder, not a picture");
                let hint = format!("write the name of the picture behind it: `{path}/picture.png`");
                self.find(Code::ImageMissing, span, message, &hint);
            }
            Some(path) => {
                let message = format!("there is no picture `{path}`");
                let hint = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "write its path as seen from the text's folder, or from the book's".to_owned(),
                };
                self.find(Code::ImageMissing, span, message, &hint);
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
        let alt = attrs.words.map_or(alt, String::from);
        let alt = (!alt.is_empty()).then_some(alt);
        match (self.image(&path, span), alt) {
            (Some(image), alt) => {
                let kind = InlineKind::Image { image, alt, look: attrs.look };
                out.push(Inline { kind, span });
            }
            (None, Some(alt)) => out.push(Inline { kind: InlineKind::Text(Text::new(alt)), span }),
            (None, None) => {}
        }
    }
}

/// Whether a path begins at the top of a machine, as those of Windows, macOS and
/// Linux do, and not at that of a web site.
fn on_a_machine(written: &str) -> bool {
    const TOPS: [&str; 9] =
        ["/Users/", "/home/", "/Volumes/", "/private/", "/mnt/", "/media/", "/tmp/", "/var/", "/root/"];
    written.starts_with("~/")
        || written.starts_with("\\\\")
        || TOPS.iter().any(|top| written.starts_with(top))
}
