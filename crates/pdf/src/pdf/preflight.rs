//! What a printer would send back, said before the file is written.

use super::pictures::cut;
use super::printer::{Printer, bleeds};
use crate::diag::{Code, Diagnostic, Severity};
use crate::length::{Abs, Point, Size};
use crate::pages::{Glyph, Item, Page, Pages, Picture, Placed, Run};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A picture with fewer pixels to the inch shows them: refused.
const COARSE: f64 = 150.0;
/// Pixels to the inch that may be lost when lengths are rounded.
const ROUNDED: f64 = 0.05;
/// How much of the type size stands above the baseline, about.
const ASCENT: f64 = 0.7;
/// So many characters show which words are meant.
const WORDS: usize = 24;
/// Differences that no printer can measure.
const SLACK: f64 = 0.5;

/// Findings on the pages as that printer would see them.
#[must_use]
pub fn check(pages: &Pages, printer: &Printer) -> Vec<Diagnostic> {
    let mut findings = check_size(pages, printer);
    margins(pages, printer, &mut findings);
    small_type(pages, printer, &mut findings);
    pictures(pages, printer, &mut findings);
    findings
}

/// Findings on the trim and the number of pages alone, which concern the cover
/// as much as the inside.
#[must_use]
pub fn check_size(pages: &Pages, printer: &Printer) -> Vec<Diagnostic> {
    trim(pages, printer).into_iter().chain(count(pages, printer)).collect()
}

fn trim(pages: &Pages, printer: &Printer) -> Option<Diagnostic> {
    let size = inches(pages.trim.width) + " x " + &inches(pages.trim.height);
    (!printer.takes_trim(pages.trim)).then(|| {
        Diagnostic::new(Code::PrintTrim, None, format!("{} does not list books of {size}", printer.title))
            .hint(printer.nearest_trim(pages.trim).map_or_else(
                || "choose another `page.trim`, or ask the printer".to_owned(),
                |(width, height)| {
                    format!(
                        "its nearest size is `page.trim = \"{width}in x {height}in\"`; or ask the printer"
                    )
                },
            ))
    })
}

fn count(pages: &Pages, printer: &Printer) -> Option<Diagnostic> {
    let count = printer.page_count(pages);
    let (least, most) = printer.page_range();
    (!(least..=most).contains(&count)).then(|| {
        let is_generic = Printer::named(GENERIC).is_some_and(|generic| generic.title == printer.title);
        let wanted = if is_generic {
            format!("no printer is named, and most take {least} to {most} pages")
        } else {
            format!("{} takes {least} to {most} pages", printer.title)
        };
        let way = if count < least { "longer: raise `text.size`" } else { "shorter: lower `text.size`" };
        let others: Vec<String> = takers(pages).map(|name| format!("`--printer {name}`")).collect();
        let hint = if others.is_empty() {
            format!("make it {way} or change `page.trim`")
        } else {
            format!("it has the length for {}; or make it {way} or change `page.trim`", others.join(", "))
        };
        let finding =
            Diagnostic::new(Code::PrintPages, None, format!("the book has {count} pages; {wanted}"));
        // A thick book can be bound, and nobody is known to refuse it yet.
        let severity = if is_generic && count > most { Severity::Warning } else { Severity::Error };
        finding.severity(severity).hint(hint)
    })
}

/// The printer that stands for all whom nobody named.
const GENERIC: &str = "generic";

/// The printers that we know who take a book of that length.
fn takers(pages: &Pages) -> impl Iterator<Item = String> {
    let takes = |name: &String| {
        name != GENERIC
            && Printer::named(name).is_some_and(|printer| {
                let (least, most) = printer.page_range();
                (least..=most).contains(&printer.page_count(pages))
            })
    };
    Printer::names().into_iter().filter(takes)
}

/// The sides of a page as a reader of the whole book names them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Inside,
    Outside,
    Top,
    Bottom,
}

impl Side {
    fn name(self) -> &'static str {
        match self {
            Side::Inside => "inside",
            Side::Outside => "outside",
            Side::Top => "top",
            Side::Bottom => "bottom",
        }
    }
}

/// One finding for each side on which words stand too near the edge.
fn margins(pages: &Pages, printer: &Printer, findings: &mut Vec<Diagnostic>) {
    let mut nearest: BTreeMap<Side, (Abs, &str)> = BTreeMap::new();
    for (index, page) in pages.pages.iter().enumerate() {
        for (side, room) in page.items.iter().filter_map(|placed| room(pages, index, placed)).flatten() {
            let best = nearest.entry(side).or_insert((room, &page.label));
            if room < best.0 {
                *best = (room, &page.label);
            }
        }
    }
    let count = printer.page_count(pages);
    for (side, (room, label)) in nearest {
        let wanted = match side {
            Side::Inside => printer.inside(count),
            _ => printer.outside(bleeds(pages)),
        };
        if room < wanted - Abs::pt(SLACK) {
            findings.push(margin(side, room, wanted, label, count, printer));
        }
    }
}

fn margin(side: Side, room: Abs, wanted: Abs, label: &str, count: u32, printer: &Printer) -> Diagnostic {
    let hint = remedy(side, wanted - room);
    let side = side.name();
    let (room, wanted, title) = (inches(room), inches(wanted), &printer.title);
    let message = format!(
        "words on page {label} stand {room} from the {side} edge; {title} wants {wanted} in a book of {count} pages"
    );
    Diagnostic::new(Code::PrintMargin, None, message).hint(hint)
}

/// Which key of the style moves words away from an edge, and by how much.
fn remedy(side: Side, lacking: Abs) -> String {
    let by = format!("{}in", (lacking.to_pt() / 72.0 * 1000.0).ceil() / 1000.0);
    match side {
        Side::Inside => format!("raise `page.inside` by {by}, or narrow `page.measure` by twice as much"),
        Side::Outside => format!("lower `page.inside` by {by}, or narrow `page.measure` by as much"),
        Side::Top => format!("raise `page.top` by {by}"),
        Side::Bottom => format!("lower `page.top` by {by}, or set fewer `page.lines`"),
    }
}

/// The room between words and each edge.
fn room(pages: &Pages, index: usize, placed: &Placed) -> Option<[(Side, Abs); 4]> {
    let Item::Run(run) = &placed.item else { return None };
    if run.text.trim().is_empty() {
        return None;
    }
    let (left, right) = if pages.is_right_hand(index) {
        (Side::Inside, Side::Outside)
    } else {
        (Side::Outside, Side::Inside)
    };
    let (before, after) = blank_ends(run);
    // The lines of a turned page begin at the foot of the sheet, and its head is on the left.
    if pages.pages.get(index).is_some_and(|page| page.turned) {
        return Some([
            (left, placed.at.y - run.size.scale(ASCENT)),
            (right, pages.trim.width - placed.at.y),
            (Side::Top, pages.trim.height - placed.at.x - run.width() + after),
            (Side::Bottom, placed.at.x + before),
        ]);
    }
    Some([
        (left, placed.at.x + before),
        (right, pages.trim.width - placed.at.x - run.width() + after),
        (Side::Top, placed.at.y - run.size.scale(ASCENT)),
        (Side::Bottom, pages.trim.height - placed.at.y),
    ])
}

/// How wide the spaces before and behind the words are, which leave no ink: a
/// line keeps the one at which it was broken.
fn blank_ends(run: &Run) -> (Abs, Abs) {
    let blank = |glyph: &&Glyph| {
        let Range { start, end } = glyph.text();
        let text = run.text.get(start as usize..end as usize).unwrap_or_default();
        !text.is_empty() && text.trim().is_empty()
    };
    let before = run.glyphs.iter().take_while(blank).map(Glyph::advance).sum();
    let after = run.glyphs.iter().rev().take_while(blank).map(Glyph::advance).sum();
    (before, after)
}

/// The smallest type, when it is smaller than the printer holds. Rules need no
/// such care: the press edition draws them as thick as they must be.
fn small_type(pages: &Pages, printer: &Printer, findings: &mut Vec<Diagnostic>) {
    let mut smallest: Option<(&Run, &Page)> = None;
    for page in &pages.pages {
        for placed in &page.items {
            let Item::Run(run) = &placed.item else { continue };
            let smaller = smallest.is_none_or(|(least, _)| run.size < least.size);
            if smaller && !run.text.trim().is_empty() {
                smallest = Some((run, page));
            }
        }
    }
    let wanted = printer.smallest_type();
    let Some((run, page)) = smallest.filter(|(run, _)| run.size < wanted - Abs::pt(0.01)) else { return };
    let words: String = run.text.trim().chars().take(WORDS).collect();
    let message = format!(
        "\u{201c}{words}\u{201d} on page {} is set in {}; {} wants {wanted} at least",
        page.label, run.size, printer.title
    );
    let hint = "raise the key that sets it: `notes.size`, `table.size`, `figure.caption-size`, `quote.size`, \
                `running-head.size` or `folio.size`";
    findings.push(Diagnostic::new(Code::PrintSmall, None, message).hint(hint));
}

/// A picture with too few pixels, where it stands.
struct Coarse<'a> {
    path: &'a str,
    page: &'a str,
    ppi: f64,
    size: Size,
}

impl Coarse<'_> {
    fn finding(&self, printer: &Printer) -> Diagnostic {
        let hint = format!("it needs to be {:.0} pixels wide at this size", pixels(self.size.width, printer));
        coarse(self.path, &format!("page {}", self.page), self.ppi, printer).hint(hint)
    }
}

/// So many pictures with too few pixels are told of one by one.
const FEW: usize = 8;

/// A finding on each picture with too few pixels; when they are many, one on
/// those that are refused and one on the others.
fn pictures(pages: &Pages, printer: &Printer, findings: &mut Vec<Diagnostic>) {
    let found = coarse_pictures(pages, printer);
    if found.len() <= FEW {
        let one = |c: &Coarse<'_>| c.finding(printer);
        findings.extend(found.iter().map(one));
        return;
    }
    let (refused, soft): (Vec<_>, Vec<_>) = found.into_iter().partition(|c| is_refused(c.ppi));
    findings.extend([refused, soft].into_iter().filter_map(|group| many_coarse(group, printer)));
}

fn coarse_pictures<'a>(pages: &'a Pages, printer: &Printer) -> Vec<Coarse<'a>> {
    let mut found = Vec::new();
    for page in &pages.pages {
        for placed in &page.items {
            let Item::Picture(index, size) = placed.item else { continue };
            let Some(picture) = pages.images.get(index as usize) else { continue };
            let drawn = picture.kind == crate::pages::PictureKind::Svg;
            let ppi = f64::from(picture.pixels.0) / (size.width.to_pt() / 72.0).max(0.001);
            if !drawn && ppi < f64::from(printer.ppi) - ROUNDED {
                found.push(Coarse { path: &picture.path, page: &page.label, ppi, size });
            }
        }
    }
    found
}

/// One finding on many pictures, which names the worst.
fn many_coarse(mut group: Vec<Coarse<'_>>, printer: &Printer) -> Option<Diagnostic> {
    const NAMED: usize = 4;
    if group.len() < 2 {
        let c = group.pop()?;
        return Some(c.finding(printer));
    }
    group.sort_by(|a, b| whole(a.ppi).total_cmp(&whole(b.ppi)));
    let shown = |c: &Coarse<'_>| format!("`{}` on page {} has {}", c.path, c.page, whole(c.ppi));
    let mut seen = BTreeSet::new();
    let worst: Vec<String> = group.iter().filter(|c| seen.insert(c.path)).take(NAMED).map(shown).collect();
    let message = format!(
        "{} pictures have fewer pixels to the inch than the {} that {} wants; the worst: {}",
        group.len(),
        printer.ppi,
        printer.title,
        worst.join(", ")
    );
    let hint = "use larger originals, or print them smaller: ![…](…){width=50%}";
    Some(graded(Diagnostic::new(Code::PrintResolution, None, message).hint(hint), group[0].ppi))
}

/// Whether a picture is too coarse to be printed at all.
fn is_refused(ppi: f64) -> bool {
    ppi < COARSE - ROUNDED
}

/// The finding as grave as the picture is coarse.
fn graded(finding: Diagnostic, ppi: f64) -> Diagnostic {
    if is_refused(ppi) { finding.severity(Severity::Error) } else { finding }
}

/// Pixels to the inch as they are told.
fn whole(ppi: f64) -> f64 {
    (ppi + ROUNDED).floor()
}

/// The finding on a picture that has too few pixels for the front cover with
/// its bleed.
#[must_use]
pub fn check_cover(picture: &Picture, panel: Size, printer: &Printer) -> Option<Diagnostic> {
    let (wide, _) = cut(picture.pixels, panel.width.ratio(panel.height));
    let ppi = f64::from(wide) / (panel.width.to_pt() / 72.0).max(0.001);
    (ppi < f64::from(printer.ppi) - ROUNDED).then(|| {
        let [wide, high] = [panel.width, panel.height].map(|side| pixels(side, printer));
        let (width, height) = picture.pixels;
        let hint = format!(
            "the front wants {wide:.0} x {high:.0} pixels, and what is of another shape is cut at its edges; it has {width} x {height}"
        );
        coarse(&picture.path, "the cover", ppi, printer).hint(hint)
    })
}

/// The pixels that a length on paper wants.
fn pixels(length: Abs, printer: &Printer) -> f64 {
    (f64::from(printer.ppi) * length.to_pt() / 72.0).ceil()
}

fn coarse(path: &str, place: &str, ppi: f64, printer: &Printer) -> Diagnostic {
    let message = format!(
        "`{path}` on {place} has {} pixels to the inch; {} wants {}",
        whole(ppi),
        printer.title,
        printer.ppi
    );
    graded(Diagnostic::new(Code::PrintResolution, None, message), ppi)
}

/// A length as printers write it, with millimetres for the rest of the world.
fn inches(length: Abs) -> String {
    let inches = (length.to_pt() / 72.0 * 1000.0).round() / 1000.0;
    format!("{inches}in ({:.1} mm)", length.to_mm())
}

/// The top left corner of the trim on a page that carries the bleed.
#[must_use]
pub(super) fn trim_corner(pages: &Pages, index: usize, printer: &Printer, bleed: bool) -> Point {
    if !bleed {
        return Point::default();
    }
    let at_left = printer.bleeds_at_spine() || !pages.is_right_hand(index);
    Point::new(if at_left { printer.bleed() } else { Abs::ZERO }, printer.bleed())
}
