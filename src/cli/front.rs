//! The front cover of a book: from a template of ours or of the book, or the
//! publisher's own picture.

use crate::book::{ImageFormat, Meta};
use crate::cover::{self, EbookPicture, Faces, Front, Template};
use crate::diag::{Code, Diagnostic, Scope, Severity, Span};
use crate::length::Size;
use crate::manuscript;
use crate::pages::{Picture, PictureKind};
use crate::pdf::{CoverArt, CoverImage};
use crate::project::Project;
use crate::sources::ImageFile;
use crate::style::CoverStyle;
use std::sync::OnceLock;

/// Width in pixels of a front that is no plain paint: on the screen, and for the press,
/// where it is fine enough for nine inches.
const SCREEN_WIDTH: u32 = 1600;
const PRESS_WIDTH: u32 = 2700;

/// The front cover as the editions of a build share it. It is made of what the book says
/// of itself, so it need not wait until the texts are read.
pub(super) struct BookCover {
    /// The faces of covers.
    pub faces: Faces,
    /// The front.
    pub front: FrontCover,
    /// Whether it has a glyph for each of its characters.
    pub is_legible: bool,
    /// What was found: a cover that cannot be made refuses the editions that show it.
    pub findings: Vec<Diagnostic>,
    /// The picture inside an EPUB, its width in pixels first, once it is drawn.
    ebook: (u32, OnceLock<Option<EbookPicture>>),
}

impl BookCover {
    /// Makes it; its picture inside an EPUB will be so many pixels wide.
    pub(super) fn new(project: &Project, width: u32) -> BookCover {
        let faces = Faces::new(&project.fonts);
        let mut findings = Vec::new();
        let front = front(project, &manuscript::meta(&project.sources), &faces, &mut findings);
        let is_legible = findings.iter().all(|finding| finding.code != Code::GlyphMissing);
        let within = |mut finding: Diagnostic| match finding.code {
            // an EPUB does without the picture of such a cover
            Code::GlyphMissing => {
                finding.span = finding.span.or_else(|| in_book_toml(project, finding.about?));
                standing_in(project, finding).within(Scope::PrintedCover)
            }
            _ => finding.within(Scope::FrontCover),
        };
        let findings = findings.into_iter().map(within).collect();
        BookCover { faces, front, is_legible, findings, ebook: (width, OnceLock::new()) }
    }

    /// The picture inside an EPUB, drawn once; none when it cannot be drawn, or would show
    /// boxes in place of characters.
    pub(super) fn in_ebook(&self) -> Option<&EbookPicture> {
        let (width, picture) = &self.ebook;
        let draw = || self.is_legible.then(|| self.front.in_ebook(*width)).flatten();
        picture.get_or_init(draw).as_ref()
    }
}

/// The front cover alone.
pub(super) enum FrontCover {
    /// From a template.
    Drawn(Box<Front>),
    /// The publisher's own picture.
    Picture(ImageFile),
}

impl FrontCover {
    /// A JPEG that many pixels wide.
    pub(super) fn jpeg(&self, width: u32) -> Option<Vec<u8>> {
        match self {
            FrontCover::Drawn(front) => front.jpeg(width),
            FrontCover::Picture(file) => cover::scaled_jpeg(&file.bytes, width),
        }
    }

    /// The picture inside an EPUB.
    fn in_ebook(&self, width: u32) -> Option<EbookPicture> {
        match self {
            FrontCover::Drawn(front) => front.in_ebook(width),
            FrontCover::Picture(file) => cover::scaled_jpeg(&file.bytes, width).map(EbookPicture::of_jpeg),
        }
    }

    /// The first page of the screen edition.
    pub(super) fn page(&self, meta: &Meta, trim: Size) -> Option<CoverImage> {
        let art = match self {
            FrontCover::Drawn(front) if front.is_painted() => CoverArt::Picture(self.printed(SCREEN_WIDTH)?),
            FrontCover::Drawn(front) => CoverArt::Drawing(front.drawing(trim)?),
            FrontCover::Picture(file) => CoverArt::Picture(own_picture(file, "the cover")?),
        };
        Some(CoverImage { art, description: self.description(meta) })
    }

    /// A front that cannot be printed as paths, as a picture for the press; none for
    /// others.
    pub(super) fn painted(&self) -> Option<Picture> {
        match self {
            FrontCover::Drawn(front) if front.is_painted() => self.printed(PRESS_WIDTH),
            _ => None,
        }
    }

    fn printed(&self, width: u32) -> Option<Picture> {
        let FrontCover::Drawn(front) = self else { return None };
        let (bytes, pixels) = (front.jpeg(width)?.into(), front.pixels(width)?);
        Some(Picture { path: "the cover".to_owned(), bytes, kind: PictureKind::Jpeg, pixels })
    }

    /// What the cover shows, in words.
    pub(super) fn description(&self, meta: &Meta) -> String {
        match self {
            FrontCover::Drawn(front) => front.description.clone(),
            FrontCover::Picture(_) => cover::describe(meta),
        }
    }
}

/// Where book.toml has a character for the first time, outside of its remarks.
fn in_book_toml(project: &Project, c: char) -> Option<Span> {
    let map = &project.sources.map;
    let file = map.find("book.toml")?;
    let text = &map.file(file).text;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some(at) = line.find(c).filter(|_| !line.trim_start().starts_with('#')) {
            return Some(Span::new(file, start + at, start + at + c.len_utf8()));
        }
        start += line.len();
    }
    None
}

/// The finding that a cover lacks characters, as a warning where the book may be built without some of its own.
pub(super) fn standing_in(project: &Project, mut finding: Diagnostic) -> Diagnostic {
    if finding.code == Code::GlyphMissing && !project.style.text.stand_in.is_empty() {
        finding.severity = Severity::Warning;
        finding.message.push_str("; it is drawn without, as `text.stand-in` allows");
    }
    finding
}

/// The front cover: the publisher's own picture, or the template with its words.
fn front(project: &Project, meta: &Meta, faces: &Faces, findings: &mut Vec<Diagnostic>) -> FrontCover {
    let origin = origin(project);
    if let Origin::Picture(file) = origin {
        return FrontCover::Picture(file.clone());
    }
    findings.extend(misnamed(project));
    let template = origin.as_template().unwrap_or(Template::of_style(""));
    FrontCover::Drawn(Box::new(cover::front(meta, template, faces).take(findings)))
}

/// What the front cover is made from.
pub(super) enum Origin<'a> {
    /// A template of ours, by name.
    Ours(&'a str),
    /// The book's own template.
    Own(String),
    /// The publisher's own picture.
    Picture(&'a ImageFile),
}

impl Origin<'_> {
    /// The template; none for a picture.
    pub(super) fn as_template(&self) -> Option<Template<'_>> {
        match self {
            Origin::Ours(name) => Some(Template::of_style(name)),
            Origin::Own(svg) => Some(Template::Own(svg)),
            Origin::Picture(_) => None,
        }
    }
}

pub(super) fn origin(project: &Project) -> Origin<'_> {
    match &project.front {
        Some(file) if file.format == ImageFormat::Svg => {
            Origin::Own(String::from_utf8_lossy(&file.bytes).into_owned())
        }
        Some(file) => Origin::Picture(file),
        None => ours(&project.style.cover),
    }
}

/// A template of ours, in the publisher's colour where one is given.
fn ours(style: &CoverStyle) -> Origin<'_> {
    let template = Template::of_style(&style.front);
    let coloured = style.colour.as_deref().and_then(|colour| cover::coloured(template.svg(), colour));
    coloured.map_or(Origin::Ours(&style.front), Origin::Own)
}

/// What is wrong with the name of the cover's template.
fn misnamed(project: &Project) -> Option<Diagnostic> {
    let front = &project.style.cover.front;
    let names: Vec<&str> = Template::names().collect();
    (!front.contains('.') && !names.contains(&front.as_str())).then(|| {
        let message = match front.as_str() {
            "" => "`cover.front` is empty".to_owned(),
            name => format!("there is no cover template called `{name}`"),
        };
        let finding = Diagnostic::new(Code::ValueInvalid, project.place_of("cover", "front"), message);
        finding
            .hint(format!("there are {}; the name of a picture or SVG file does as well", names.join(", ")))
    })
}

pub(super) fn own_picture(file: &ImageFile, path: &str) -> Option<Picture> {
    Some(Picture {
        path: path.to_owned(),
        bytes: file.bytes.clone(),
        kind: picture_kind(file.format),
        pixels: file.size,
    })
}

fn picture_kind(format: ImageFormat) -> PictureKind {
    match format {
        ImageFormat::Png => PictureKind::Png,
        ImageFormat::Jpeg => PictureKind::Jpeg,
        ImageFormat::Gif => PictureKind::Gif,
        ImageFormat::Webp => PictureKind::Webp,
        ImageFormat::Svg => PictureKind::Svg,
    }
}
