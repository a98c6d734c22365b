//! The screen edition: tagged, linked, with outline and page labels.

use super::draw::{self, Stock};
use super::file::{CoverArt, CoverImage, Pdf, broken, creators};
use super::outline::{destination, outline};
use super::own_text::{Lines, OwnLines, OwnText};
use super::pack::pack;
use super::pictures::Ready;
use super::samples::Samples;
use super::stand_in::Originals;
use super::tags::{self, Marks};
use super::x4::TOOL;
use super::{labels, pictures};
use crate::cover::Drawing;
use crate::diag::Error;
use crate::jobs;
use crate::length::{Binding, Point, Size};
use crate::pages::{Item, Link, LinkTarget, Page, Pages, Placed, Role};
use krilla::action::LinkAction;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::configure::{Accessibility, Archival, Configuration, ConfigurationBuilder};
use krilla::error::KrillaError;
use krilla::geom::{Quadrilateral, Rect};
use krilla::metadata::{DateTime, Metadata, TextDirection};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, BBox, ContentTag, SpanTag, Tag, TagGroup};
use krilla::{Document, SerializeSettings};
use std::sync::Arc;

/// The claims to try, the fullest first; the last claims nothing.
const CLAIMS: [&[&str]; 3] = [&["PDF/UA-1", "PDF/A-2a"], &["PDF/UA-1"], &[]];

/// Writes the screen edition, the cover before the first page. The file claims
/// what it keeps: PDF/UA-1 and PDF/A-2a; PDF/UA-1 alone when the book has no
/// date or a font may not be archived; nothing when a glyph or a figure's
/// words are missing.
///
/// # Errors
/// A picture or font that cannot be embedded, or pages that refer to what they
/// don't hold.
pub fn screen(pages: &Pages, cover: Option<&CoverImage>) -> Result<Pdf, Error> {
    check(pages)?;
    let stock = Stock::new(pages, &pictures::in_colour)?;
    let cover = cover.map(|cover| ready(cover, pages)).transpose()?;
    let originals = Originals::new(stock.originals().chain(cover.iter().filter_map(Cover::original)));
    let mut failure = Error::new("no PDF could be written");
    for standards in likely_claims(pages) {
        match Writer::new(pages, standards, cover.as_ref(), &stock)?.write() {
            Ok((bytes, own)) => {
                let own = own.ok_or_else(|| broken("font of its lines"))?;
                return Ok(Pdf { bytes: pack(&bytes, &own, &originals)?, standards });
            }
            Err(KrillaError::Validation(_)) => {}
            Err(other) => failure = Error::new(format!("no PDF could be written: {other}")),
        }
    }
    Err(failure)
}

/// The claims that are worth a try: what is known to refuse one before anything is written
/// spares a try, which packs every picture.
fn likely_claims(pages: &Pages) -> &'static [&'static [&'static str]] {
    let is_drawn = |placed: &&Placed| placed.role != Role::Initial;
    let mut items = pages.pages.iter().flat_map(|page| page.items.iter().filter(is_drawn));
    let lacks_glyph = items.any(|placed| match &placed.item {
        Item::Run(run) => run.glyphs.iter().any(|glyph| glyph.id == 0),
        _ => false,
    });
    match (lacks_glyph, pages.info.date) {
        (true, _) => &CLAIMS[2..],
        (false, None) => &CLAIMS[1..],
        (false, Some(_)) => &CLAIMS,
    }
}

/// Refuses pages whose items or links belong to nothing.
fn check(pages: &Pages) -> Result<(), Error> {
    let (leaves, nodes) = (pages.tree.leaves(), pages.tree.len());
    for page in &pages.pages {
        let strays = |placed: &Placed| matches!(placed.role, Role::Leaf(leaf) if leaf.index() >= leaves);
        if page.items.iter().any(strays) {
            return Err(broken("leaf of the structure"));
        }
        if page.links.iter().any(|link| link.node.index() >= nodes) {
            return Err(broken("node of the structure"));
        }
    }
    Ok(())
}

fn configuration(standards: &[&str]) -> Configuration {
    let mut builder = ConfigurationBuilder::new();
    if standards.contains(&"PDF/UA-1") {
        builder = builder.with_accessibility_validator(Accessibility::UA1);
    }
    if standards.contains(&"PDF/A-2a") {
        builder = builder.with_archival_validator(Archival::A2_A);
    }
    builder.finish().unwrap_or_default()
}

/// The cover, ready to be painted.
struct Cover<'a> {
    size: Size,
    art: CoverPaint<'a>,
    words: &'a str,
}

impl Cover<'_> {
    /// The picture that a stand-in stands for.
    fn original(&self) -> Option<&Arc<Samples>> {
        match &self.art {
            CoverPaint::Picture(ready) => ready.original.as_ref(),
            CoverPaint::Drawing(_) => None,
        }
    }
}

enum CoverPaint<'a> {
    Drawing(&'a Drawing),
    Picture(Ready),
}

struct Writer<'a> {
    pages: &'a Pages,
    stock: &'a Stock,
    lines: Lines<'a>,
    cover: Option<&'a Cover<'a>>,
    document: Document,
    marks: Marks,
    /// Pages before the book's first.
    shift: usize,
    settings: PageSettings,
    /// Those of a page that is turned by a quarter.
    turned: PageSettings,
}

/// A file as the library writes it, and what we add to each of its pages.
type Written = (Vec<u8>, Option<Vec<OwnText>>);

impl<'a> Writer<'a> {
    fn new(
        pages: &'a Pages,
        standards: &[&str],
        cover: Option<&'a Cover<'a>>,
        stock: &'a Stock,
    ) -> Result<Writer<'a>, Error> {
        let configuration = configuration(standards);
        let settings = SerializeSettings {
            configuration,
            enable_tagging: true,
            compress_content_streams: false,
            ..SerializeSettings::default()
        };
        Ok(Writer {
            pages,
            stock,
            lines: Lines::new(pages),
            cover,
            document: Document::new_with(settings),
            marks: Marks::new(pages),
            shift: usize::from(cover.is_some()),
            settings: page_settings(pages.trim)?,
            turned: page_settings(Size::new(pages.trim.height, pages.trim.width))?,
        })
    }

    fn write(mut self) -> Result<Written, KrillaError> {
        let first = self.cover.and_then(|cover| self.cover(cover));
        let mut own = vec![OwnLines::new(); self.shift];
        for (index, page) in self.pages.pages.iter().enumerate() {
            self.page(index, page);
            own.push(self.lines.end_page());
        }
        let Writer { pages, stock, lines, mut document, marks, shift, .. } = self;
        // The library ends its file on one thread; what we add to it is made on the others.
        let (file, own) = jobs::both(
            || {
                document.set_tag_tree(tags::tree(pages, &marks, first));
                document.set_outline(outline(pages, shift));
                document.set_metadata(metadata(pages));
                document.finish()
            },
            || lines.texts(&own, &|font| stock.widths(font)),
        );
        Ok((file?, own))
    }

    /// The cover page: one figure.
    fn cover(&mut self, cover: &Cover<'_>) -> Option<TagGroup> {
        let settings = page_settings(cover.size).ok()?.with_page_label(labels::cover());
        let mut page = self.document.start_page_with(settings);
        let mut surface = page.surface();
        let id = surface.start_tagged(ContentTag::Other);
        match &cover.art {
            CoverPaint::Drawing(drawing) => draw::drawing(&mut surface, drawing),
            CoverPaint::Picture(ready) => {
                draw::picture(&mut surface, ready.image.clone(), Point::default(), cover.size);
            }
        }
        surface.end_tagged();
        surface.finish();
        let place = draw::rectangle(Point::default(), cover.size).map(|rect| BBox::new(0, rect));
        let figure = Tag::Figure(Some(cover.words.to_owned())).with_bbox(place);
        Some(TagGroup::with_children(figure, vec![id.into()]))
    }

    fn page(&mut self, index: usize, page: &'a Page) {
        // On a screen a turned page lies as it is read.
        let settings = if page.turned { &self.turned } else { &self.settings };
        let settings = settings.clone().with_page_label(labels::label(&page.label));
        let mut sheet = self.document.start_page_with(settings);
        let mut surface = sheet.surface();
        surface.set_fill(Some(draw::black()));
        self.lines.begin_page(self.pages.extent(page).height);
        for stretch in page.items.chunk_by(same_content) {
            let theirs = self.lines.take(stretch);
            let page = index + self.shift;
            paint(&mut surface, self.stock, &mut self.marks, page, stretch, theirs);
        }
        surface.finish();
        for links in page.links.chunk_by(|a, b| a.node == b.node && a.to == b.to) {
            let Some(annotation) = annotation(self.pages, self.shift, links) else { continue };
            let id = sheet.add_tagged_annotation(annotation);
            self.marks.link(links[0].node, id);
        }
    }
}

/// The cover with its picture unpacked. Its page has the trim's width and a
/// picture's own proportions, so that nothing of it is cut.
fn ready<'a>(cover: &'a CoverImage, pages: &'a Pages) -> Result<Cover<'a>, Error> {
    let words = if cover.description.is_empty() { &pages.info.title } else { &cover.description };
    let (size, art) = match &cover.art {
        CoverArt::Drawing(drawing) => (drawing.size, CoverPaint::Drawing(drawing)),
        CoverArt::Picture(picture) => {
            let (width, height) = picture.pixels;
            let height = pages.trim.width.scale(f64::from(height) / f64::from(width.max(1)));
            (Size::new(pages.trim.width, height), CoverPaint::Picture(pictures::in_colour(picture)?))
        }
    };
    page_settings(size)?;
    Ok(Cover { size, art, words })
}

fn page_settings(size: Size) -> Result<PageSettings, Error> {
    let (width, height) = (draw::points(size.width), draw::points(size.height));
    PageSettings::from_wh(width, height).ok_or_else(|| Error::new("a page has no size"))
}

/// Whether two neighbours go into one piece of marked content.
fn same_content(a: &Placed, b: &Placed) -> bool {
    a.role == b.role && lang(a) == lang(b)
}

fn lang(placed: &Placed) -> Option<&str> {
    match &placed.item {
        Item::Run(run) => run.lang.as_deref(),
        _ => None,
    }
}

/// Paints a stretch of items that share their marked content: the first `theirs` of them
/// through the library.
fn paint(
    surface: &mut Surface<'_>,
    stock: &Stock,
    marks: &mut Marks,
    page: usize,
    stretch: &[Placed],
    theirs: usize,
) {
    let first = &stretch[0];
    let id = surface.start_tagged(content_tag(first));
    for placed in &stretch[..theirs] {
        draw::item(surface, stock, placed);
    }
    surface.end_tagged();
    let Role::Leaf(leaf) = first.role else { return };
    marks.leaf(leaf, id);
    for placed in stretch {
        match &placed.item {
            Item::Run(run) => marks.said(leaf, &run.text),
            Item::Picture(_, size) => {
                if let Some(rect) = draw::rectangle(placed.at, *size) {
                    marks.picture(leaf, BBox::new(page, rect));
                }
            }
            Item::Rule(_) => {}
        }
    }
}

fn content_tag(placed: &Placed) -> ContentTag<'_> {
    let artifact = |kind| ContentTag::Artifact(Artifact::with_kind(kind));
    match placed.role {
        Role::Header => artifact(ArtifactType::Header),
        Role::Footer => artifact(ArtifactType::Footer),
        Role::Ornament | Role::SceneBreak | Role::Initial => artifact(ArtifactType::Layout),
        Role::Leaf(_) => match &placed.item {
            Item::Run(_) => ContentTag::Span(SpanTag::empty().with_lang(lang(placed))),
            _ => ContentTag::Other,
        },
    }
}

/// One annotation for all parts of a link on a page; none when it leads nowhere.
fn annotation(pages: &Pages, shift: usize, links: &[Link]) -> Option<Annotation> {
    let target = match &links[0].to {
        LinkTarget::Url(url) => Target::Action(LinkAction::new(url.to_string()).into()),
        LinkTarget::Destination(id) => {
            let place = pages.destinations.get(id.0 as usize)?;
            Target::Destination(destination(pages, shift, place)?.into())
        }
    };
    let parts: Vec<Rect> = links.iter().filter_map(|link| draw::rectangle(link.at, link.size)).collect();
    let link = match *parts.as_slice() {
        [] => return None,
        [rect] => LinkAnnotation::new(rect, target),
        _ => LinkAnnotation::new_with_quad_points(parts.iter().map(corners).collect(), target),
    };
    Some(Annotation::new_link(link, Some(description(&links[0]))))
}

fn corners(rect: &Rect) -> Quadrilateral {
    let corner = krilla::geom::Point::from_xy;
    Quadrilateral([
        corner(rect.left(), rect.bottom()),
        corner(rect.right(), rect.bottom()),
        corner(rect.right(), rect.top()),
        corner(rect.left(), rect.top()),
    ])
}

fn description(link: &Link) -> String {
    match &link.to {
        LinkTarget::Url(url) if link.description.trim().is_empty() => url.to_string(),
        _ => link.description.clone(),
    }
}

fn metadata(pages: &Pages) -> Metadata {
    let info = &pages.info;
    let direction = match pages.binding {
        Binding::Left => TextDirection::LeftToRight,
        Binding::Right => TextDirection::RightToLeft,
    };
    let metadata = Metadata::new()
        .title(info.title.clone())
        .authors(creators(info))
        .description(info.description.clone().unwrap_or_default())
        .keywords(info.subjects.clone())
        .language(info.language.clone())
        .text_direction(direction)
        .creator(TOOL.to_owned())
        .producer(TOOL.to_owned())
        .document_id(info.identifier.clone());
    match info.date {
        Some((year, month, day)) => {
            metadata.creation_date(DateTime::new(year).month(month).day(day).hour(0).minute(0).second(0))
        }
        None => metadata,
    }
}
