//! Imposition: which page stands where on which side of which sheet.
//!
//! Pages stand in pairs, heads up, so that sheets printed on both sides
//! (turned over the short edge), folded once and put into each other read in
//! order. Nothing here knows what is on a page, or what a PDF is.

mod marks;

pub use marks::Mark;

use crate::diag::{Code, Diagnostic};
use crate::length::{Abs, Binding, Point, Size};
use crate::narrow::Nearest;
use crate::pages::Pages;

/// How pages are gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gathering {
    /// All sheets in one another, stitched through the fold.
    Saddle,
    /// Sections of that many pages (16 or 32), one behind the other, sewn or
    /// glued; rounded up to a multiple of four.
    Sections(u32),
}

/// What the sheets are to be like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// The paper as it lies in the printer, longer side across or not.
    pub sheet: Size,
    /// How pages are gathered.
    pub gathering: Gathering,
    /// Thickness of one sheet.
    pub paper: Abs,
    /// Whether inner sheets are moved to the spine, since they will be trimmed
    /// when they are folded.
    pub creep: bool,
    /// Whether there are marks for cutting and folding.
    pub marks: bool,
    /// Whether a cover is folded around the sheets: as the outermost of a pile,
    /// so that even the first of them lies in another, or around the back of
    /// all sections. It is itself no sheet of the plan.
    pub cover: bool,
}

/// A4, lying down.
pub const A4: Size = Size::new(Abs::raw(55_174_088), Abs::raw(39_011_981));
/// US Letter, lying down.
pub const LETTER: Size = Size::new(Abs::raw(792 << 16), Abs::raw(612 << 16));

impl Plan {
    /// A booklet on that paper: office paper of 80 g/m², which is a tenth of a
    /// millimetre thick, with marks.
    #[must_use]
    pub fn booklet(sheet: Size) -> Plan {
        let gathering = Gathering::Saddle;
        Plan { sheet, gathering, paper: Abs::mm(0.1), creep: true, marks: true, cover: false }
    }

    /// How thick the back of so many pages is, which a cover has to go around: a
    /// fold in one pile, and in sections two leaves to the sheet.
    fn spine(&self, pages: u32) -> Abs {
        match self.gathering {
            Gathering::Sections(_) if self.cover => self.paper * (2 * i64::from(pages.div_ceil(4))),
            _ => Abs::ZERO,
        }
    }
}

/// Imposed sheets.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheets {
    /// The paper.
    pub size: Size,
    /// How large pages are printed: 1 is as they are.
    pub scale: f64,
    /// Where the open book stands on the paper when it is trimmed: its corner
    /// and its extent.
    pub trim: (Point, Size),
    /// Lines for cutting and folding, the same on every side.
    pub marks: Vec<Mark>,
    /// The cover around the sheets.
    pub cover: Around,
    /// Front and back of each sheet, in printing order.
    pub sides: Vec<Side>,
}

/// A cover as it is folded around imposed sheets.
#[derive(Clone, Debug, PartialEq)]
pub struct Around {
    /// The width of its spine on the paper.
    pub spine: Abs,
    /// Where it stands on the paper when it is trimmed: corner and extent.
    pub trim: (Point, Size),
    /// Lines for cutting and folding.
    pub marks: Vec<Mark>,
}

/// One side of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The number of the sheet, from 0.
    pub sheet: u32,
    /// Whether it is the outer side of the folded sheet.
    pub outer: bool,
    /// The page on the left and the one on the right.
    pub places: [Place; 2],
}

/// A page on a sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The page's number in the folded book, from 1.
    pub number: u32,
    /// Index into [`Pages::pages`]; none for a blank that fills the sheet.
    pub page: Option<u32>,
    /// Where the top left corner of the page's trim stands.
    pub at: Point,
}

/// How much further in its fold a sheet lies for each sheet around it, in
/// thicknesses of paper; 1.2 to 1.4 by
/// <https://www.impozycjoner.com/markers/reduction-of-creeping-pages>.
const CREEP: f64 = 1.25;

/// The shift towards the spine of the pages of that sheet, counted from the
/// outermost.
#[must_use]
pub fn creep(sheet: u32, paper: Abs) -> Abs {
    paper.scale(CREEP * f64::from(sheet))
}

/// Imposes the pages. Pages too large for the paper are made smaller, never
/// larger, and a note says so.
///
/// # Errors
/// A finding when the pages are larger than twice what fits.
pub fn sheets(pages: &Pages, plan: &Plan) -> Result<(Sheets, Vec<Diagnostic>), Diagnostic> {
    let open = Size::new(pages.trim.width * 2, pages.trim.height);
    let spine = plan.spine(u32::nearest(pages.pages.len()));
    let wide = (plan.sheet.width - spine).ratio(open.width);
    let scale = wide.min(plan.sheet.height.ratio(open.height)).min(1.0);
    if scale < SMALLEST {
        return Err(too_large(open, plan.sheet));
    }
    let note = (scale < 1.0).then(|| shrunk(scale));
    let size = Size::new(open.width.scale(scale), open.height.scale(scale));
    let (trim, marks) = laid(plan, size, Abs::ZERO);
    let around = laid(plan, size, spine);
    let cover = Around { spine, trim: around.0, marks: around.1 };
    let count = u32::nearest(pages.pages.len());
    let layout = Layout { plan, corner: trim.0, open: size, pages: count, binding: pages.binding };
    let sides = layout.sections().flat_map(|section| layout.section(section)).collect();
    let sheets = Sheets { size: plan.sheet, scale, trim, marks, cover, sides };
    Ok((sheets, note.into_iter().collect()))
}

/// Two pages with a spine between them in the middle of the sheet, and their
/// marks.
fn laid(plan: &Plan, pages: Size, spine: Abs) -> ((Point, Size), Vec<Mark>) {
    let open = Size::new(pages.width + spine, pages.height);
    let corner = Point::new((plan.sheet.width - open.width) / 2, (plan.sheet.height - open.height) / 2);
    let marks = if plan.marks { marks::marks(plan.sheet, corner, open, spine) } else { Vec::new() };
    ((corner, open), marks)
}

/// Smaller, type cannot be read.
const SMALLEST: f64 = 0.5;

fn too_large(open: Size, sheet: Size) -> Diagnostic {
    let size = |size: Size| format!("{:.0} x {:.0} mm", size.width.to_mm(), size.height.to_mm());
    let message = format!("an open book of {} does not go on a sheet of {}", size(open), size(sheet));
    Diagnostic::new(Code::SheetSmall, None, message).hint("choose a larger sheet")
}

fn shrunk(scale: f64) -> Diagnostic {
    let message = format!("pages are printed at {:.1} % to fit the sheet", scale * 100.0);
    Diagnostic::new(Code::SheetShrunk, None, message)
}

struct Layout<'a> {
    plan: &'a Plan,
    corner: Point,
    open: Size,
    pages: u32,
    binding: Binding,
}

/// Sheets that are folded into each other: the first page's number less one,
/// and how many pages.
#[derive(Clone, Copy)]
struct Section {
    before: u32,
    count: u32,
    first_sheet: u32,
}

impl Layout<'_> {
    fn sections(&self) -> impl Iterator<Item = Section> + use<> {
        let all = self.pages.next_multiple_of(4);
        let each = match self.plan.gathering {
            Gathering::Saddle => all,
            Gathering::Sections(pages) => pages.next_multiple_of(4).max(4),
        };
        let count = all.div_ceil(each.max(4));
        // the last section is as thin as the rest of the book
        (0..count).map(move |n| Section {
            before: n * each,
            count: each.min(all - n * each),
            first_sheet: n * each / 4,
        })
    }

    fn section(&self, section: Section) -> impl Iterator<Item = Side> {
        (0..section.count / 4)
            .flat_map(move |sheet| [true, false].map(|outer| self.side(section, sheet, outer)))
    }

    /// How far the pages of a section's sheet are moved to the spine.
    fn shift(&self, sheet: u32) -> Abs {
        let in_cover = self.plan.cover && self.plan.gathering == Gathering::Saddle;
        if self.plan.creep { creep(sheet + u32::from(in_cover), self.plan.paper) } else { Abs::ZERO }
    }

    /// The two pages of a side add up to one more than the section's count.
    fn side(&self, section: Section, sheet: u32, outer: bool) -> Side {
        let low = 2 * sheet + if outer { 1 } else { 2 };
        let high = section.count + 1 - low;
        let low_is_right = outer == (self.binding == Binding::Left);
        let (left, right) = if low_is_right { (high, low) } else { (low, high) };
        let shift = self.shift(sheet);
        let half = self.open.width / 2;
        let place = |number: u32, x: Abs| {
            let number = section.before + number;
            let page = (number <= self.pages).then(|| number - 1);
            Place { number, page, at: Point::new(self.corner.x + x, self.corner.y) }
        };
        Side {
            sheet: section.first_sheet + sheet,
            outer,
            places: [place(left, shift), place(right, half - shift)],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::Page;

    fn book(count: usize) -> Pages {
        let trim = Size::new(Abs::inches(5.5), Abs::inches(8.5));
        Pages { pages: vec![Page::default(); count], trim, ..Pages::default() }
    }

    #[test]
    fn eight_pages_stand_as_every_printer_knows() {
        let (sheets, findings) = sheets(&book(8), &Plan::booklet(LETTER)).unwrap();
        let numbers: Vec<_> = sheets.sides.iter().map(|side| side.places.map(|place| place.number)).collect();
        assert_eq!(numbers, [[8, 1], [2, 7], [6, 3], [4, 5]]);
        assert_eq!((findings, sheets.scale), (vec![], 1.0));
    }

    #[test]
    fn a_book_bound_on_the_right_is_folded_the_other_way() {
        let pages = Pages { binding: Binding::Right, ..book(8) };
        let (sheets, _) = sheets(&pages, &Plan::booklet(LETTER)).unwrap();
        let numbers: Vec<_> = sheets.sides.iter().map(|side| side.places.map(|place| place.number)).collect();
        assert_eq!(numbers, [[1, 8], [7, 2], [3, 6], [5, 4]]);
        let inner = sheets.sides[2].places.map(|place| place.at.x);
        let creep = creep(1, Abs::mm(0.1));
        assert_eq!(inner, [creep, Abs::inches(5.5) - creep], "both pages move to the fold");
    }

    #[test]
    fn a_cover_around_sections_has_a_spine() {
        let plan = Plan { gathering: Gathering::Sections(16), cover: true, ..Plan::booklet(A4) };
        let (sheets, findings) = sheets(&book(38), &plan).unwrap();
        // ten sheets, folded once: twenty leaves of a tenth of a millimetre
        assert_eq!(sheets.cover.spine, Abs::mm(0.1) * 20);
        assert!((sheets.cover.trim.1.width - sheets.trim.1.width - sheets.cover.spine).to_mm().abs() < 1e-3);
        let folds: Vec<_> =
            sheets.cover.marks.iter().filter(|mark| mark.fold).map(|mark| mark.from.x).collect();
        assert_eq!(folds, [], "A4 has no room for marks above and below");
        assert_eq!(findings[0].message, "pages are printed at 97.3 % to fit the sheet");
        // nothing lies inside of the cover: the outermost sheet of a section stays where it is
        assert_eq!(sheets.sides[0].places[0].at, sheets.trim.0);
        let (tight, findings) = super::sheets(&book(38), &Plan { sheet: LETTER, ..plan }).unwrap();
        assert!(tight.cover.trim.0.x >= Abs::ZERO && tight.cover.trim.1.width <= LETTER.width);
        assert_eq!(findings[0].message, "pages are printed at 99.3 % to fit the sheet");
        let saddle = Plan { cover: true, ..Plan::booklet(A4) };
        assert_eq!(super::sheets(&book(38), &saddle).unwrap().0.cover.spine, Abs::ZERO);
    }

    #[test]
    fn a_cover_is_folded_on_both_sides_of_its_spine() {
        let sheet = Size::new(Abs::mm(450.0), Abs::mm(320.0));
        let plan = Plan { gathering: Gathering::Sections(16), cover: true, ..Plan::booklet(sheet) };
        let (sheets, _) = sheets(&book(38), &plan).unwrap();
        let mut folds: Vec<_> =
            sheets.cover.marks.iter().filter(|mark| mark.fold).map(|mark| mark.from.x).collect();
        folds.dedup();
        assert_eq!(folds, [(sheet.width - sheets.cover.spine) / 2, (sheet.width + sheets.cover.spine) / 2]);
    }

    #[test]
    fn a_book_that_does_not_fill_its_sheets_ends_in_blanks() {
        let (sheets, _) = sheets(&book(5), &Plan::booklet(LETTER)).unwrap();
        let mut places: Vec<_> = sheets.sides.iter().flat_map(|side| side.places).collect();
        places.sort_by_key(|place| place.number);
        let pages: Vec<_> = places.iter().map(|place| place.page).collect();
        assert_eq!(pages, [Some(0), Some(1), Some(2), Some(3), Some(4), None, None, None]);
    }

    #[test]
    fn sections_follow_each_other() {
        let plan = Plan { gathering: Gathering::Sections(16), ..Plan::booklet(LETTER) };
        let (sheets, _) = sheets(&book(38), &plan).unwrap();
        assert_eq!(sheets.sides.len(), 20);
        for side in &sheets.sides {
            let sum = side.places.iter().map(|place| place.number).sum::<u32>();
            let expected = match side.sheet {
                0..4 => 17,
                4..8 => 32 + 17,
                _ => 64 + 9,
            };
            assert_eq!(sum, expected, "{side:?}");
        }
    }

    #[test]
    fn a_page_too_tall_is_made_smaller_and_said_so() {
        let (sheets, findings) = sheets(&book(8), &Plan::booklet(A4)).unwrap();
        assert!((sheets.scale - 210.0 / 215.9).abs() < 1e-4);
        assert_eq!(findings[0].message, "pages are printed at 97.3 % to fit the sheet");
        let stamp = Size::new(Abs::mm(60.0), Abs::mm(60.0));
        assert_eq!(super::sheets(&book(8), &Plan::booklet(stamp)).unwrap_err().code, Code::SheetSmall);
    }

    #[test]
    fn a_book_without_pages_has_no_sheets() {
        assert_eq!(sheets(&book(0), &Plan::booklet(A4)).unwrap().0.sides, []);
    }
}
