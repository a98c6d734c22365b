//! Imposed sheets: pages of the press edition as form objects, each painted
//! where the imposition puts it.

use super::press::interior;
use super::printer::{Printer, bleeds};
use super::x4::{self, Intent};
use super::{Pdf, broken};
use crate::diag::Error;
use crate::impose::{Mark, Place, Sheets, Side};
use crate::length::{Abs, Point, Size};
use crate::pages::Pages;
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use std::fmt::Write;

/// Width of the lines for cutting and folding, in points.
const HAIRLINE: f64 = 0.25;

/// Writes imposed sheets as PDF/X-4. Pages stay vectors: each is painted from
/// one form object.
///
/// # Errors
/// A picture or font that cannot be embedded, or sheets of other pages.
pub fn sheets(pages: &Pages, sheets: &Sheets) -> Result<Pdf, Error> {
    let printer = Printer::named("saddle").ok_or_else(|| broken("printer"))?;
    let document = x4::read(&interior(pages, &printer)?)?;
    let bleed = if bleeds(pages) { printer.bleed() } else { Abs::ZERO };
    let mut binder = Binder { sheets, trim: pages.trim, bleed, forms: Vec::new(), document };
    binder.forms = binder.forms_of_pages()?;
    binder.bind()?;
    let bytes = x4::finish(binder.document, &pages.info, Intent::gray())?;
    Ok(Pdf { bytes, standards: &["PDF/X-4"] })
}

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

    /// Makes a page of every side of every sheet.
    fn bind(&mut self) -> Result<(), Error> {
        let tree = self.document.new_object_id();
        let sides: Result<Vec<Object>, Error> = self
            .sheets
            .sides
            .iter()
            .map(|side| self.side(side, tree))
            .map(|id| id.map(Object::Reference))
            .collect();
        let sides = sides?;
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
        marks(&mut content, &side.marks, self.sheets.size.height);
        let content = self.document.add_object(x4::compressed(Dictionary::new(), content.into_bytes()));
        let (corner, open) = self.sheets.trim;
        let margin = self.bleed.scale(self.sheets.scale);
        Ok(self.document.add_object(dictionary! {
            "Type" => "Page",
            "Parent" => tree,
            "MediaBox" => self.rectangle(Point::default(), self.sheets.size, Abs::ZERO),
            "BleedBox" => self.rectangle(corner, open, margin),
            "TrimBox" => self.rectangle(corner, open, Abs::ZERO),
            "Resources" => dictionary! { "XObject" => forms },
            "Contents" => content,
        }))
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
        .map(|side| Object::Real(super::draw::points(side)))
        .to_vec()
    }
}

fn marks(content: &mut String, marks: &[Mark], height: Abs) {
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
}

/// A length in points as PDF writes numbers.
fn n(length: Abs) -> f64 {
    (length.to_pt() * 1000.0).round() / 1000.0 + 0.0
}
