//! Everything on a page stands inside its frame: text and notes in the text
//! block, heads, folios and ornaments on the paper.

use super::expected::quoted;
use crate::book::{Book, Seen, visit};
use crate::diag::{Code, Diagnostic, Span};
use crate::length::{Abs, Point, Size};
use crate::narrow::Nearest;
use crate::pages::{Flow, Item, Origin, Page, Pages, Placed, Role, Run};

/// Pages that are told one by one; the others are counted.
const TOLD: usize = 8;
/// Less than this outside of a frame is what rounding and overhang make.
const HAIR: Abs = Abs::raw(65_536 / 3);

/// Which side of its frame something crosses, and by how much.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
struct Crossing {
    side: Side,
    by: Abs,
    /// It is off the paper as well.
    off_paper: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Top,
    Foot,
    Left,
    Right,
}

/// Looks at every page; the worst of each is told.
pub(super) fn check(book: &Book, pages: &Pages, findings: &mut Vec<Diagnostic>) {
    let mut told = 0;
    let mut more = 0;
    for page in &pages.pages {
        let crossings = page
            .items
            .iter()
            .filter_map(|placed| Some((crossing(placed, page, pages.extent(page))?, placed)));
        let worst = crossings.max_by(|a, b| (a.0.is_error(), a.0.by).cmp(&(b.0.is_error(), b.0.by)));
        let Some((crossing, placed)) = worst else { continue };
        if told < TOLD {
            told += 1;
            findings.push(finding(book, pages, page, crossing, placed));
        } else {
            more += 1;
        }
    }
    if more > 0 {
        let message = format!("{more} more pages have something outside of the text block");
        findings.push(Diagnostic::new(Code::TextOutside, None, message));
    }
}

impl Crossing {
    /// Into the margin, but still on the paper: a wide table or a long word that
    /// a reader can read. Above or below the text block it would meet the head,
    /// the folio or the cutter's knife.
    fn is_error(self) -> bool {
        self.off_paper || matches!(self.side, Side::Top | Side::Foot)
    }
}

/// How far something crosses its frame, if it does.
fn crossing(placed: &Placed, page: &Page, trim: Size) -> Option<Crossing> {
    if is_bled(placed, trim) {
        return None;
    }
    // spaces at a run's ends are not seen, but nearly all runs stand inside with them
    crossing_of(whole(placed), placed, page, trim)?;
    crossing_of(extent(placed), placed, page, trim).filter(|_| !is_sign(placed, page))
}

/// Whether it is a picture in a line of words and no higher than their type: as their letters, it may reach above the
/// first baseline as far as type does.
fn is_sign(placed: &Placed, page: &Page) -> bool {
    let Item::Picture(_, size) = placed.item else { return false };
    let (top, foot) = (placed.at.y, placed.at.y + size.height);
    page.items.iter().any(|other| match &other.item {
        Item::Run(run) => {
            (top..=foot + HAIR).contains(&other.at.y)
                && size.height <= run.size + HAIR
                && placed.at.x >= Abs::ZERO
        }
        _ => false,
    })
}

/// Whether it is a picture that is meant to go beyond the paper: from edge to edge, and
/// from beyond the head.
fn is_bled(placed: &Placed, trim: Size) -> bool {
    let Item::Picture(_, size) = placed.item else { return false };
    placed.at.y < Abs::ZERO && placed.at.x <= HAIR && placed.at.x + size.width >= trim.width - HAIR
}

fn crossing_of((low, high): (Point, Point), placed: &Placed, page: &Page, trim: Size) -> Option<Crossing> {
    let paper = worst(low, high, (Point::default(), trim), Abs::ZERO);
    if let (Role::Leaf(_), true) = (placed.role, page.frame.size != Size::default()) {
        let Page { frame, .. } = page;
        let inside = worst(low, high, (frame.at, frame.size), overhang(placed))?;
        return Some(Crossing { off_paper: paper.is_some(), ..inside });
    }
    paper.map(|paper| Crossing { off_paper: true, ..paper })
}

/// Punctuation hangs into the margin by less than its type size.
fn overhang(placed: &Placed) -> Abs {
    match &placed.item {
        Item::Run(run) => run.size,
        _ => Abs::ZERO,
    }
}

fn worst(low: Point, high: Point, (at, size): (Point, Size), overhang: Abs) -> Option<Crossing> {
    let far = Point::new(at.x + size.width, at.y + size.height);
    let crossings = [
        (Side::Top, at.y - low.y),
        (Side::Foot, high.y - far.y),
        (Side::Left, at.x - low.x - overhang),
        (Side::Right, high.x - far.x - overhang),
    ];
    let crossing = |(side, by)| Crossing { side, by, off_paper: false };
    crossings.into_iter().filter(|(_, by)| *by > HAIR).max_by_key(|(_, by)| *by).map(crossing)
}

/// The top left and the bottom right of what is seen: of words, from the
/// baseline of the first letter to that of the last.
fn extent(placed: &Placed) -> (Point, Point) {
    let at = placed.at;
    match &placed.item {
        Item::Run(run) => {
            let (left, right) = inked(run);
            (Point::new(at.x + left, at.y), Point::new(at.x + right, at.y))
        }
        Item::Rule(size) | Item::Picture(_, size) => (at, Point::new(at.x + size.width, at.y + size.height)),
    }
}

/// The same with the spaces at the ends of words.
fn whole(placed: &Placed) -> (Point, Point) {
    match &placed.item {
        Item::Run(run) => (placed.at, Point::new(placed.at.x + run.width(), placed.at.y)),
        _ => extent(placed),
    }
}

/// Where the first letter of a run begins and the last ends: spaces at its ends
/// are not seen.
pub(super) fn inked(run: &Run) -> (Abs, Abs) {
    let mut pen = Abs::ZERO;
    let mut ends: Option<(Abs, Abs)> = None;
    for glyph in &run.glyphs {
        let next = pen + glyph.advance();
        let text = glyph.text();
        let words = run.text.get(text.start as usize..text.end as usize).unwrap_or("");
        if words.is_empty() || !words.trim().is_empty() {
            let (left, right) = ends.unwrap_or((pen, next));
            ends = Some((left.min(pen), right.max(next)));
        }
        pen = next;
    }
    ends.unwrap_or_default()
}

fn finding(book: &Book, pages: &Pages, page: &Page, crossing: Crossing, placed: &Placed) -> Diagnostic {
    let what = match &placed.item {
        Item::Run(run) if run.text.trim().is_empty() => "a sign".to_owned(),
        Item::Run(run) => format!("`{}`", quoted(&run.text)),
        Item::Rule(_) => "a rule".to_owned(),
        Item::Picture(image, _) => {
            let path = pages.images.get(*image as usize).map_or("", |picture| picture.path.as_str());
            format!("the picture `{path}`")
        }
    };
    let (where_to, hint) = match crossing.side {
        Side::Top => ("above the text block", "lower `heading.sinkage`, or give the page more height"),
        Side::Foot => (
            "below the text block",
            "divide what is so tall, or set it smaller; fewer `page.lines` do not help",
        ),
        Side::Left | Side::Right => {
            ("into the margin", "shorten the longest word, let it break, or set it smaller")
        }
    };
    let span = match &placed.item {
        Item::Run(run) => run.origin.and_then(|origin| span_of(book, origin)),
        _ => None,
    };
    let message = format!("page {}: {what} stands {:.1}pt {where_to}", page.label, crossing.by.to_pt());
    let code = if crossing.is_error() { Code::TextOutside } else { Code::TextInMargin };
    Diagnostic::new(code, span, message).hint(hint)
}

/// Where words stand in the manuscript.
pub(super) fn span_of(book: &Book, origin: Origin) -> Option<Span> {
    let blocks = match origin.flow {
        Flow::Section(index) => &book.sections.get(index as usize)?.body()?.blocks,
        Flow::Note(index) => &book.notes.iter().find(|(id, _)| id.index() == index as usize)?.1.blocks,
    };
    let at = origin.stretch.saturating_add(origin.within);
    let mut best = None;
    visit(blocks, &mut |seen| {
        if let Seen::Words(text, span) | Seen::Code(text, span) = seen
            && text.at <= at
            && at < text.at + u32::nearest(text.words.len()).max(1)
        {
            best = Some(span);
        }
    });
    best
}
