//! Imposed sheets: pages of the press edition as form objects, each painted
//! where the imposition puts it.

use super::file::{Pdf, broken};
use super::printer::{Printer, bleeds};
use super::stand_in::Originals;
use super::wrap::{self, WrapContent};
use super::x4::{self, Intent};
use super::{draw, plain, press};
use crate::cover::Drawing;
use crate::diag::Error;
use crate::impose::{Mark, Place, Sheets, Side};
use crate::length::{Abs, Point, Size};
use crate::pages::Pages;
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use std::fmt::Write;

/// Width of the lines for cutting and folding, in points.
const HAIRLINE: f64 = 0.25;

/// What goes with the sheets of a booklet.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extras<'a> {
    /// A page of advice before all else, with a blank behind it.
    pub advice: Option<&'a Drawing>,
    /// The cover, as the sheet around all others; its spine is as wide as
    /// [`crate::impose::Around`] says, unscaled.
    pub cover: Option<WrapContent<'a>>,
}

impl Extras<'_> {
    /// How many sides they add.
    #[must_use]
    pub fn sides(&self) -> usize {
        2 * (usize::from(self.advice.is_some()) + usize::from(self.cover.is_some()))
    }
}

/// Writes imposed sheets as PDF/X-4. Pages stay vectors: each is painted from
/// one form object. With a cover the file is meant for four inks, and its text
/// is black all the same.
///
/// # Errors
/// A picture or font that cannot be embedded, or sheets of other pages.
pub fn sheets(pages: &Pages, sheets: &Sheets, extras: Extras<'_>) -> Result<Pdf, Error> {
    let printer = Printer::named("saddle").ok_or_else(|| broken("printer"))?;
    let mut plain = plain::document();
    let stock = press::interior(&mut plain, pages, &printer, press::Inside::Black)?;
    let count = printer.page_count(pages) as usize;
    let picture = match extras.cover {
        Some(cover) => wrap::paint(&mut plain, cover)?,
        None => None,
    };
    if let Some(advice) = extras.advice {
        page_of_advice(&mut plain, advice)?;
    }
    let originals = Originals::new(stock.originals().chain(&picture));
    let document = x4::read(&plain::finish(plain)?, &originals)?;
    let bleed = if bleeds(pages) { printer.bleed() } else { Abs::ZERO };
    let mut binder = Binder { sheets, trim: pages.trim, bleed, forms: Vec::new(), document };
    binder.forms = binder.forms_of_pages()?;
    let mut others = binder.forms.split_off(count.min(binder.forms.len())).into_iter();
    let cover = extras.cover.and_then(|cover| Some((others.next()?, cover.wrap.bleed)));
    binder.bind(others.next(), cover)?;
    let intent = if extras.cover.is_some() { Intent::colour() } else { Intent::gray() };
    let bytes = x4::finish(binder.document, &pages.info, intent)?;
    Ok(Pdf { bytes, standards: &["PDF/X-4"] })
}

fn page_of_advice(document: &mut krilla::Document, advice: &Drawing) -> Result<(), Error> {
    let settings = plain::boxes(advice.size, Point::default(), advice.size)?;
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    draw::drawing_in_inks(&mut surface, advice);
    surface.finish();
    page.finish();
    Ok(())
}

/// Where a side is trimmed, corner and extent, and how far its colour runs
/// beyond.
type Extent = ((Point, Size), Abs);

struct Binder<'a> {
    sheets: &'a Sheets,
    trim: Size,
    bleed: Abs,
    forms: Vec<ObjectId>,
    document: Document,
}

impl Binder<'_> {
    /// Turns every page's content into a form object; the page itself goes.
    fn forms_of_pages(&mut self) -> Result<Vec<ObjectId>, Error> {
        let pages: Vec<ObjectId> = self.document.page_iter().collect();
        pages.into_iter().map(|page| self.form(page).map_err(|problem| x4::trouble(&problem))).collect()
    }

    fn form(&mut self, page: ObjectId) -> lopdf::Result<ObjectId> {
        let page = self.document.objects.remove(&page).unwrap_or(Object::Null);
        let page = page.as_dict()?;
        let content = page.get(b"Contents")?.as_reference()?;
        let form = self.document.get_object_mut(content)?.as_stream_mut()?;
        form.dict.set("Type", "XObject");
        form.dict.set("Subtype", "Form");
        form.dict.set("BBox", page.get(b"MediaBox")?.clone());
        form.dict.set("Resources", page.get(b"Resources")?.clone());
        Ok(content)
    }

    /// Makes a page of every side of every sheet: the advice, the cover with its
    /// bleed, the book.
    fn bind(&mut self, advice: Option<ObjectId>, cover: Option<(ObjectId, Abs)>) -> Result<(), Error> {
        let tree = self.document.new_object_id();
        let mut sides = Vec::new();
        if let Some(form) = advice {
            sides.push(self.page(tree, Some(form), "/P0 Do\n".to_owned(), (self.sheets.trim, Abs::ZERO)));
            sides.push(self.page(tree, None, String::new(), (self.sheets.trim, Abs::ZERO)));
        }
        if let Some((form, bleed)) = cover {
            let (content, trim) = (self.cover_content(bleed), self.sheets.cover.trim);
            sides.push(self.page(tree, Some(form), content, (trim, bleed)));
            let inside = marks(&self.sheets.cover.marks, self.sheets.size.height);
            sides.push(self.page(tree, None, inside, (trim, Abs::ZERO)));
        }
        for side in &self.sheets.sides {
            sides.push(self.side(side, tree)?);
        }
        let sides: Vec<Object> = sides.into_iter().map(Object::Reference).collect();
        let pages = dictionary! { "Type" => "Pages", "Count" => sides.len() as i64, "Kids" => sides };
        let catalog = self.document.catalog_mut().map_err(|problem| x4::trouble(&problem))?;
        let old = catalog.get(b"Pages").and_then(Object::as_reference).ok();
        catalog.set("Pages", tree);
        self.document.objects.insert(tree, pages.into());
        if let Some(old) = old {
            self.document.objects.remove(&old);
        }
        Ok(())
    }
}

impl Binder<'_> {
    fn side(&mut self, side: &Side, tree: ObjectId) -> Result<ObjectId, Error> {
        let mut content = String::new();
        let mut forms = Dictionary::new();
        for (place, left) in side.places.iter().zip([true, false]) {
            let Some(page) = place.page else { continue };
            let form = *self.forms.get(page as usize).ok_or_else(|| broken("page"))?;
            forms.set(format!("P{}", place.number), form);
            self.paint(&mut content, place, left);
        }
        content += &marks(&self.sheets.marks, self.sheets.size.height);
        Ok(self.sheet(tree, forms, content, (self.sheets.trim, self.bleed)))
    }

    /// A side that is painted from one form.
    fn page(&mut self, tree: ObjectId, form: Option<ObjectId>, content: String, extent: Extent) -> ObjectId {
        let forms = form.map(|form| dictionary! { "P0" => form }).unwrap_or_default();
        self.sheet(tree, forms, content, extent)
    }

    fn sheet(&mut self, tree: ObjectId, forms: Dictionary, content: String, extent: Extent) -> ObjectId {
        let content = self.document.add_object(x4::compressed(Dictionary::new(), content.into_bytes()));
        let ((corner, open), bleed) = extent;
        self.document.add_object(dictionary! {
            "Type" => "Page",
            "Parent" => tree,
            "MediaBox" => self.rectangle(Point::default(), self.sheets.size, Abs::ZERO),
            "BleedBox" => self.rectangle(corner, open, bleed.scale(self.sheets.scale)),
            "TrimBox" => self.rectangle(corner, open, Abs::ZERO),
            "Resources" => dictionary! { "XObject" => forms },
            "Contents" => content,
        })
    }

    /// The open cover, scaled as the pages are, and the marks.
    fn cover_content(&self, bleed: Abs) -> String {
        let (corner, open) = self.sheets.cover.trim;
        let scale = (self.sheets.scale * 1e6).round() / 1e6;
        let margin = bleed.scale(self.sheets.scale);
        let bottom = self.sheets.size.height - corner.y - open.height - margin;
        let (x, y) = (n(corner.x - margin), n(bottom));
        let marks = marks(&self.sheets.cover.marks, self.sheets.size.height);
        format!("q {scale} 0 0 {scale} {x} {y} cm /P0 Do Q\n{marks}")
    }

    /// Paints a page, cut at the fold and at the end of its bleed.
    fn paint(&self, content: &mut String, place: &Place, left: bool) {
        let (corner, open) = self.sheets.trim;
        let margin = self.bleed.scale(self.sheets.scale);
        let half = open.width / 2 + margin;
        let x = if left { corner.x - margin } else { corner.x + open.width / 2 };
        let bottom = self.sheets.size.height - corner.y - open.height - margin;
        let height = open.height + margin * 2;
        let _ = writeln!(content, "q {} {} {} {} re W n", n(x), n(bottom), n(half), n(height));
        let scale = self.sheets.scale;
        // the form's origin is the lower left corner of its bleed
        let origin = Point::new(
            place.at.x - margin,
            self.sheets.size.height - place.at.y - self.trim.height.scale(scale) - margin,
        );
        let scale = (scale * 1e6).round() / 1e6;
        let _ = writeln!(
            content,
            "{scale} 0 0 {scale} {} {} cm /P{} Do Q",
            n(origin.x),
            n(origin.y),
            place.number
        );
    }

    /// A rectangle widened by a margin, but not over the paper.
    fn rectangle(&self, corner: Point, size: Size, margin: Abs) -> Vec<Object> {
        let paper = self.sheets.size;
        let (top, bottom) = (corner.y - margin, corner.y + size.height + margin);
        [
            (corner.x - margin).max(Abs::ZERO),
            (paper.height - bottom).max(Abs::ZERO),
            (corner.x + size.width + margin).min(paper.width),
            (paper.height - top).min(paper.height),
        ]
        .map(|side| Object::Real(draw::points(side)))
        .to_vec()
    }
}

fn marks(marks: &[Mark], height: Abs) -> String {
    let mut content = String::new();
    for mark in marks {
        let dash = if mark.fold { "[2 2] 0 d" } else { "[] 0 d" };
        let (from, to) = (mark.from, mark.to);
        let ends = [n(from.x), n(height - from.y), n(to.x), n(height - to.y)];
        let _ = writeln!(
            content,
            "0 G {HAIRLINE} w {dash} {} {} m {} {} l S",
            ends[0], ends[1], ends[2], ends[3]
        );
    }
    content
}

/// A length in points as PDF writes numbers.
fn n(length: Abs) -> f64 {
    (length.to_pt() * 1000.0).round() / 1000.0 + 0.0
}
