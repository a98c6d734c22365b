//! The press edition's interior: PDF/X in black alone, padded with blanks.

use super::draw::{self, Stock};
use super::preflight::{check, trim_corner};
use super::printer::{Printer, bleeds};
use super::x4::Intent;
use super::{Pdf, pictures, plain};
use crate::diag::{Checked, Error, Severity};
use crate::length::{Abs, Point, Size};
use crate::pages::{Page, Pages};
use krilla::Document;
use krilla::geom::Transform;
use krilla::page::PageSettings;

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
    let mut document = plain::document();
    interior(&mut document, pages, printer)?;
    let pdf = printer.standard.finish(&plain::finish(document)?, &pages.info, Intent::gray())?;
    Ok(Checked { value: Some(pdf), findings })
}

/// Adds the pages with their boxes, and the blanks after them.
pub fn interior(document: &mut Document, pages: &Pages, printer: &Printer) -> Result<(), Error> {
    let stock = Stock::new(pages, pictures::in_gray)?;
    let bleed = bleeds(pages);
    let blank = Page::default();
    for index in 0..printer.page_count(pages) as usize {
        let page = pages.pages.get(index).unwrap_or(&blank);
        let corner = trim_corner(printer, index, bleed);
        let settings = plain::boxes(media(pages.trim, printer, bleed), corner, pages.trim)?;
        paint(document, settings, &stock, page, corner);
    }
    Ok(())
}

/// The page with its bleed.
fn media(trim: Size, printer: &Printer, bleed: bool) -> Size {
    let margin = if bleed { printer.bleed() } else { Abs::ZERO };
    let sides = if printer.bleeds_at_spine() { 2 } else { 1 };
    Size::new(trim.width + margin * sides, trim.height + margin * 2)
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
