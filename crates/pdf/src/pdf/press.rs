//! The press edition's interior: PDF/X in black, or with pictures in four inks,
//! padded with blanks.

use super::draw::{self, Stock};
use super::preflight::{check, trim_corner};
use super::printer::{Printer, bleeds};
use super::stand_in::Originals;
use super::x4::{self, Intent};
use super::{Pdf, pictures, plain};
use crate::diag::{Checked, Error, Severity};
use crate::length::{Abs, Point, Size};
use crate::pages::{Item, Page, Pages, Placed};
use krilla::Document;
use krilla::geom::Transform;
use krilla::page::PageSettings;

/// How the inside of a book is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Inside {
    /// In black ink alone: pictures are grey.
    #[default]
    Black,
    /// Pictures in the four inks of a press; words and rules stay black.
    Colour,
}

/// Writes the interior for a printer, in black ink alone; see [`press_in`].
///
/// # Errors
/// A picture or font that cannot be embedded.
pub fn press(pages: &Pages, printer: &Printer) -> Result<Checked<Option<Pdf>>, Error> {
    press_in(pages, printer, Inside::Black)
}

/// Writes the interior for a printer; nothing is written when a finding is an
/// error. The file has no links and no outline, and text and rules are black,
/// whatever pictures are printed in. Pages are as large as the trim, or carry the bleed
/// when something on some page reaches an edge.
///
/// # Errors
/// A picture or font that cannot be embedded.
pub fn press_in(pages: &Pages, printer: &Printer, inside: Inside) -> Result<Checked<Option<Pdf>>, Error> {
    let findings = check(pages, printer);
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        return Ok(Checked { value: None, findings });
    }
    let mut document = plain::document();
    let stock = interior(&mut document, pages, printer, inside)?;
    let document = x4::read(&plain::finish(document)?, &Originals::new(stock.originals()))?;
    let intent = match inside {
        Inside::Black => Intent::gray(),
        Inside::Colour => Intent::colour(),
    };
    let pdf = printer.standard.finish(document, &pages.info, intent)?;
    Ok(Checked { value: Some(pdf), findings })
}

/// Adds the pages with their boxes, and the blanks after them; says what was used for them.
pub(super) fn interior(
    document: &mut Document,
    pages: &Pages,
    printer: &Printer,
    inside: Inside,
) -> Result<Stock, Error> {
    let stock = match inside {
        Inside::Black => Stock::new(pages, &pictures::in_gray)?,
        Inside::Colour => {
            Stock::new(pages, &|picture| pictures::in_colour_inks(picture, printer.ink_percent))?
        }
    };
    let bleed = bleeds(pages);
    let blank = Page::default();
    for index in 0..printer.page_count(pages) as usize {
        let page = pages.pages.get(index).unwrap_or(&blank);
        let corner = trim_corner(pages, index, printer, bleed);
        let settings = plain::boxes(media(pages.trim, printer, bleed), corner, pages.trim)?;
        paint(document, settings, &stock, page, (on_sheet(corner, pages.trim, page), printer));
    }
    Ok(stock)
}

/// The page with its bleed.
fn media(trim: Size, printer: &Printer, bleed: bool) -> Size {
    let margin = if bleed { printer.bleed() } else { Abs::ZERO };
    let sides = if printer.bleeds_at_spine() { 2 } else { 1 };
    Size::new(trim.width + margin * sides, trim.height + margin * 2)
}

fn paint(
    document: &mut Document,
    settings: PageSettings,
    stock: &Stock,
    page: &Page,
    (place, printer): (Transform, &Printer),
) {
    let mut sheet = document.start_page_with(settings);
    let mut surface = sheet.surface();
    surface.set_fill(Some(draw::black()));
    surface.push_transform(&place);
    for placed in &page.items {
        match placed.item {
            Item::Rule(size) => draw::item(&mut surface, stock, &held(placed, size, printer)),
            _ => draw::item(&mut surface, stock, placed),
        }
    }
    surface.pop();
    surface.finish();
}

/// Where a page stands on its sheet. One that is turned has its head on the left: what
/// runs to the right on it runs upwards on the sheet, and what runs down, to the right.
fn on_sheet(corner: Point, trim: Size, page: &Page) -> Transform {
    let (x, y) = (draw::points(corner.x), draw::points(corner.y));
    if page.turned {
        Transform::from_row(0.0, -1.0, 1.0, 0.0, x, y + draw::points(trim.height))
    } else {
        Transform::from_translate(x, y)
    }
}

/// A rule that does not break off on the press.
fn held(placed: &Placed, size: Size, printer: &Printer) -> Placed {
    let (shift, size) = printer.held(size);
    let at = Point::new(placed.at.x + shift.x, placed.at.y + shift.y);
    Placed { at, item: Item::Rule(size), role: placed.role }
}
