//! The cover for the press: the wrap as PDF/X in four inks.

use super::printer::Printer;
use super::samples::Samples;
use super::stand_in::Originals;
use super::standard::Standard;
use super::x4::{self, Intent};
use super::{Pdf, draw, pictures, plain};
use crate::cover::spine::Rule;
use crate::cover::{Wrap, WrapSpec};
use crate::diag::{Checked, Code, Diagnostic, Error, Severity};
use crate::length::{Abs, Point, Size};
use crate::pages::{Info, Pages, Picture};
use krilla::Document;
use std::sync::Arc;

/// How far words on a spine stay from its folds, whoever prints.
const CLEAR_IN: f64 = 0.0625;
/// Thickness of a leaf of common book paper, for printers that publish no
/// figure; in millimetres.
const LEAF_MM: f64 = 0.1;
/// Which paper a book has when nobody says, in order of preference.
const USUAL: [&str; 4] = ["cream", "standard", "offset-80", "white"];

/// What is on a cover sheet.
#[derive(Clone, Copy, Debug)]
pub struct WrapContent<'a> {
    /// Back, spine and front in paths.
    pub wrap: &'a Wrap,
    /// The publisher's own picture for the front, which it fills with its bleed.
    pub picture: Option<&'a Picture>,
    /// The most ink on one spot, in per cent of one colour.
    pub ink_percent: u32,
}

/// Writes the wrap as one page: the sheet with its bleed, and the trimmed cover
/// as TrimBox.
///
/// # Errors
/// When the sheet has no size, the picture cannot be read, or the file cannot
/// be written.
pub fn wrap(sheet: WrapContent<'_>, info: &Info, standard: Standard) -> Result<Pdf, Error> {
    let mut document = plain::document();
    let picture = paint(&mut document, sheet)?;
    let document = x4::read(&plain::finish(document)?, &Originals::new(picture.iter()))?;
    standard.finish(document, info, Intent::colour())
}

/// Adds the sheet as a page; says which picture its stand-in stands for.
pub(super) fn paint(document: &mut Document, sheet: WrapContent<'_>) -> Result<Option<Arc<Samples>>, Error> {
    let Wrap { drawing, bleed, front, .. } = sheet.wrap;
    let trim = Size::new(drawing.size.width - *bleed * 2, drawing.size.height - *bleed * 2);
    let settings = plain::boxes(drawing.size, Point::new(*bleed, *bleed), trim)?;
    let (corner, panel) = *front;
    let fill = |picture| pictures::in_inks(picture, panel, sheet.ink_percent);
    let picture = sheet.picture.map(fill).transpose()?;
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    draw::drawing_in_inks(&mut surface, drawing);
    if let Some(ready) = &picture {
        draw::picture(&mut surface, ready.image.clone(), corner, panel);
    }
    surface.finish();
    page.finish();
    Ok(picture.and_then(|ready| ready.original))
}

impl Printer {
    /// What a wrap for that book must be like: the spine from the number of
    /// printed pages and the paper, `None` being the usual one. A paper that
    /// the printer doesn't have is a finding, and so is a printer who publishes
    /// no figures.
    #[must_use]
    pub fn wrap_spec(&self, pages: &Pages, paper: Option<&str>) -> Checked<WrapSpec> {
        let count = self.page_count(pages);
        let stapled = self.spine_text_from.is_none();
        let bound = self.bound_spine(count);
        let (rule, findings) =
            if stapled || bound.is_some() { (None, Vec::new()) } else { self.spine_rule(paper) };
        let spine = bound.or(rule.map(|rule| rule.width(count))).unwrap_or(Abs::ZERO);
        let spec = WrapSpec {
            trim: pages.trim,
            spine,
            bleed: self.cover_edge.map_or(self.bleed(), Abs::inches),
            hinge: Abs::inches(self.hinge),
            flap: Abs::inches(self.flap),
            clear: Abs::inches(CLEAR_IN),
            spine_text: self.spine_text_from.is_some_and(|least| count >= least),
            binding: pages.binding,
        };
        Checked { value: spec, findings }
    }

    /// The spine of a hardback of that many pages, from the printer's list: boards and
    /// cloth come in steps.
    fn bound_spine(&self, pages: u32) -> Option<Abs> {
        let step = self.spines.iter().find(|(most, _)| pages <= *most).or(self.spines.last());
        step.map(|(_, width)| Abs::inches(*width))
    }

    fn spine_rule(&self, paper: Option<&str>) -> (Option<Rule>, Vec<Diagnostic>) {
        let usual = || USUAL.into_iter().find_map(|paper| self.spine(paper));
        match paper {
            Some(paper) => match self.spine(paper) {
                Some(rule) => (Some(rule), Vec::new()),
                None => (usual(), vec![self.unknown_paper(paper)]),
            },
            None => match usual() {
                Some(rule) => (Some(rule), Vec::new()),
                None => (Some(Rule::of_leaf(LEAF_MM)), vec![self.guessed_spine()]),
            },
        }
    }

    fn unknown_paper(&self, paper: &str) -> Diagnostic {
        let papers: Vec<&str> = self.papers().collect();
        let hint = if papers.is_empty() {
            "leave out `cover.paper`: no paper of this printer is known".to_owned()
        } else {
            format!("set `cover.paper` to one of: {}", papers.join(", "))
        };
        let (message, hint) = if self.sources.is_empty() {
            let hint = "name one with `--printer`, or leave out `cover.paper`";
            (
                format!("no printer is selected, so the thickness of the paper `{paper}` is not known"),
                hint.to_owned(),
            )
        } else {
            (format!("{} has no paper `{paper}` that we know", self.title), hint)
        };
        Diagnostic::new(Code::CoverPaper, None, message).hint(hint)
    }

    /// Nobody's figures are known: worth a note while no printer is chosen,
    /// and a warning when one is.
    fn guessed_spine(&self) -> Diagnostic {
        let guess = format!("{LEAF_MM} mm per leaf is assumed");
        if self.sources.is_empty() {
            let mut finding = Diagnostic::new(
                Code::CoverSpine,
                None,
                format!("spine width is an estimate: no printer selected, so {guess}"),
            )
            .hint("name one with `--printer`, and its paper with `cover.paper` under [style]");
            finding.severity = Severity::Note;
            return finding;
        }
        Diagnostic::new(
            Code::CoverSpine,
            None,
            format!("spine width is an estimate: {} publishes no figures, so {guess}", self.title),
        )
        .hint("ask the printer for the spine width, and compare before an order")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Meta;
    use crate::cover::{self, Faces, Template};
    use crate::font::Library;
    use crate::pages::Page;

    fn book(count: usize) -> Pages {
        let trim = Size::new(Abs::inches(5.5), Abs::inches(8.5));
        Pages { pages: vec![Page::default(); count], trim, ..Pages::default() }
    }

    fn spec(printer: &str, count: usize, paper: Option<&str>) -> Checked<WrapSpec> {
        Printer::named(printer).expect("a known printer").wrap_spec(&book(count), paper)
    }

    #[test]
    fn the_spine_follows_the_pages_and_the_paper() {
        let mm = |checked: Checked<WrapSpec>| checked.value.spine.to_mm();
        assert!((mm(spec("kdp", 200, None)) - 12.7).abs() < 0.01);
        assert!((mm(spec("kdp", 200, Some("white"))) - 11.44).abs() < 0.01);
        assert!((mm(spec("kdp", 201, None)) - 12.827).abs() < 0.01);
        assert!((mm(spec("lulu", 100, None)) - 7.244).abs() < 0.01);
        assert_eq!(mm(spec("saddle", 40, None)), 0.0);
    }

    /// Lulu reported a sheet of 392.112 by 273.05 mm for the hard covers of the HoTT book, of
    /// 6 by 9 inches and with a spine of 1.6875.
    #[test]
    fn a_case_goes_round_its_boards() {
        let trim = Size::new(Abs::inches(6.0), Abs::inches(9.0));
        let pages = Pages { pages: vec![Page::default(); 620], trim, ..Pages::default() };
        let spec = Printer::named("lulu-casewrap").expect("a known printer").wrap_spec(&pages, None);
        let sheet = spec.value.sheet();
        assert!((sheet.width.to_mm() - 392.112).abs() < 0.01, "{}", sheet.width.to_mm());
        assert!((sheet.height.to_mm() - 273.05).abs() < 0.01, "{}", sheet.height.to_mm());
        assert_eq!(spec.findings, vec![]);
    }

    #[test]
    fn a_jacket_has_flaps_and_a_case_hinges() {
        let plain = spec("offset", 200, None).value;
        let dressed = WrapSpec { hinge: Abs::mm(10.0), flap: Abs::mm(80.0), ..plain };
        let grown = dressed.sheet().width - plain.sheet().width;
        assert!((grown.to_mm() - 180.0).abs() < 0.001);
        let (at, panel) = dressed.panel();
        assert_eq!(at.x + panel.width, dressed.sheet().width);
        assert!((panel.width - plain.panel().1.width - Abs::mm(90.0)).abs() < Abs::pt(0.01));
    }

    #[test]
    fn what_is_not_known_is_said() {
        let codes = |checked: Checked<WrapSpec>| checked.findings.iter().map(|f| f.code).collect::<Vec<_>>();
        assert_eq!(codes(spec("kdp", 100, Some("vellum"))), [Code::CoverPaper]);
        assert_eq!(codes(spec("bod", 100, None)), [Code::CoverSpine]);
        assert_eq!(codes(spec("kdp", 100, None)), []);
        let generic = spec("generic", 100, None).findings;
        assert_eq!(generic.iter().map(|f| f.severity).collect::<Vec<_>>(), [Severity::Note]);
    }

    #[test]
    fn thin_books_have_no_words_on_the_spine() {
        assert!(!spec("kdp", 78, None).value.spine_text);
        assert!(spec("kdp", 80, None).value.spine_text);
    }

    #[test]
    fn the_file_has_the_sheet_and_the_trim() {
        let spec = spec("kdp", 200, None).value;
        let meta = Meta { title: "On Margins".into(), ..Meta::default() };
        let faces = Faces::new(&Library::built_in());
        let made =
            cover::wrap(&meta, Template::of_style("report"), &faces, &spec).value.expect("a usable template");
        let info = Info { title: "On Margins".into(), ..Info::default() };
        let sheet = WrapContent { wrap: &made, picture: None, ink_percent: 300 };
        let pdf = wrap(sheet, &info, Standard::X4).expect("a file");
        let file = lopdf::Document::load_mem(&pdf.bytes).expect("a sound file");
        let page = file.get_dictionary(*file.get_pages().get(&1).expect("one page")).expect("a page");
        let numbers = |key: &[u8]| -> Vec<f32> {
            let list = page.get(key).and_then(lopdf::Object::as_array).expect("a box");
            list.iter().map(|n| n.as_float().expect("a number")).collect()
        };
        let width = 2.0 * 396.0 + 36.0 + 18.0;
        assert_eq!(numbers(b"MediaBox"), [0.0, 0.0, width, 630.0]);
        assert_eq!(numbers(b"TrimBox"), [9.0, 9.0, width - 9.0, 621.0]);
        assert_eq!(wrap(sheet, &info, Standard::X4).expect("a file"), pdf);
    }

    #[test]
    fn a_picture_fills_the_front_in_four_inks() {
        let spec = spec("kdp", 200, None).value;
        let meta = Meta { title: "On Margins".into(), ..Meta::default() };
        let faces = Faces::new(&Library::built_in());
        let made =
            cover::wrap(&meta, Template::of_style("report"), &faces, &spec).value.expect("a usable template");
        let red = image::RgbImage::from_pixel(300, 300, image::Rgb([200, 20, 20]));
        let mut bytes = std::io::Cursor::new(Vec::new());
        red.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
        let picture = Picture {
            path: "red.png".into(),
            bytes: bytes.into_inner().into(),
            kind: crate::pages::PictureKind::Png,
            pixels: (300, 300),
        };
        let sheet = WrapContent { wrap: &made, picture: Some(&picture), ink_percent: 240 };
        let file =
            lopdf::Document::load_mem(&wrap(sheet, &Info::default(), Standard::X4).expect("a file").bytes);
        let file = file.expect("a sound file");
        let mut streams = file.objects.values().filter_map(|object| object.as_stream().ok());
        let image = streams
            .find(|stream| {
                stream
                    .dict
                    .get(b"Subtype")
                    .is_ok_and(|kind| kind.as_name().is_ok_and(|name| name == b"Image"))
            })
            .expect("an image");
        assert_eq!(
            image.dict.get(b"ColorSpace").and_then(lopdf::Object::as_name).ok(),
            Some(&b"DeviceCMYK"[..])
        );
        let inks = image.decompressed_content().expect("pixels");
        assert!(inks.chunks(4).all(|ink| ink.iter().map(|part| u32::from(*part)).sum::<u32>() <= 612));
        // the front with its bleed is 405 by 630 points: of a square, the width is cut
        let side = |key: &[u8]| image.dict.get(key).and_then(lopdf::Object::as_i64).expect("a number");
        assert_eq!((side(b"Width"), side(b"Height")), (193, 300));
    }
}
