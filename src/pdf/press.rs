//! The press edition's interior: PDF/X-4 in black alone, padded with blanks.

use super::draw::{self, Stock};
use super::preflight::{check, trim_corner};
use super::printer::{Printer, bleeds};
use super::x4::{self, Intent};
use super::{Pdf, pictures};
use crate::diag::{Checked, Error, Severity};
use crate::length::{Point, Size};
use crate::pages::{Page, Pages};
use krilla::configure::{ConfigurationBuilder, PdfVersion};
use krilla::geom::{Rect, Transform};
use krilla::page::PageSettings;
use krilla::{Document, SerializeSettings};

/// Writes the interior for a printer; nothing is written when a finding is an
/// error. The file has no links, no outline and no colour: text and rules are
/// black, pictures grey. Pages are as large as the trim, or carry the bleed
/// when something on some page reaches an edge.
///
/// # Errors
/// A picture or font that cannot be embedded.
pub fn press(pages: &Pages, printer: &Printer) -> Result<Checked<Option<Pdf>>, Error> {
    let findings = check(pages, printer);
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        return Ok(Checked { value: None, findings });
    }
    let bytes = interior(pages, printer)?;
    let bytes = x4::finish(x4::read(&bytes)?, &pages.info, Intent::gray())?;
    Ok(Checked { value: Some(Pdf { bytes, standards: &["PDF/X-4"] }), findings })
}

/// The pages as a plain PDF, with their boxes.
pub fn interior(pages: &Pages, printer: &Printer) -> Result<Vec<u8>, Error> {
    let stock = Stock::new(pages, pictures::in_gray)?;
    let bleed = bleeds(pages);
    let version = ConfigurationBuilder::new().with_version(PdfVersion::Pdf16).finish();
    let mut document = Document::new_with(SerializeSettings {
        configuration: version.unwrap_or_default(),
        enable_tagging: false,
        xmp_metadata: false,
        ..SerializeSettings::default()
    });
    let blank = Page::default();
    for index in 0..printer.page_count(pages) as usize {
        let page = pages.pages.get(index).unwrap_or(&blank);
        let corner = trim_corner(printer, index, bleed);
        let settings =
            boxes(pages.trim, printer, corner, bleed).ok_or_else(|| Error::new("a page has no size"))?;
        paint(&mut document, settings, &stock, page, corner);
    }
    document.finish().map_err(|problem| Error::new(format!("no press file could be written: {problem}")))
}

/// MediaBox and BleedBox are one; TrimBox stands inside with its corner there.
fn boxes(trim: Size, printer: &Printer, corner: Point, bleed: bool) -> Option<PageSettings> {
    let margin = if bleed { printer.bleed() } else { crate::length::Abs::ZERO };
    let sides = if printer.bleeds_at_spine() { 2 } else { 1 };
    let media = Size::new(trim.width + margin * sides, trim.height + margin * 2);
    let sheet: Rect = draw::rectangle(Point::default(), media)?;
    let settings = PageSettings::from_wh(draw::points(media.width), draw::points(media.height))?;
    Some(settings.with_bleed_box(Some(sheet)).with_trim_box(Some(draw::rectangle(corner, trim)?)))
}

fn paint(document: &mut Document, settings: PageSettings, stock: &Stock, page: &Page, corner: Point) {
    let mut sheet = document.start_page_with(settings);
    let mut surface = sheet.surface();
    surface.set_fill(Some(draw::black()));
    surface.push_transform(&Transform::from_translate(draw::points(corner.x), draw::points(corner.y)));
    for placed in &page.items {
        draw::item(&mut surface, stock, placed);
    }
    surface.pop();
    surface.finish();
}
