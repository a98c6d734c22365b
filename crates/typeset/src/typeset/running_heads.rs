//! Running heads, folios, and the page numbers of the older edition.

use super::compose::{BlockContext, Composer};
use super::geometry::{Geometry, binding};
use super::line::{Line, LineAlignment, Piece, StyledText};
use super::page_draft::PageDraft;
use super::text_style::TextStyle;
use crate::book::{Book, Heading, SectionId, numbered, plain, without_notes};
use crate::length::{Abs, Em, Point, Size};
use crate::pages::{Role, Tree};
use crate::style::{Alignment, FOLIO_BELOW, Family, FolioFrame, FolioPlace, HeadText, Style};
use std::collections::BTreeMap;

/// What a folio takes of the line of a running head: four figures and a gap, or a Roman numeral.
const FOLIO_ROOM: f64 = 4.0;

/// What a page's head and foot say.
pub struct Edge<'l> {
    /// The section that the page belongs to.
    pub section: Option<SectionId>,
    /// The page's label.
    pub label: &'l str,
    /// Whether it is a recto.
    pub recto: bool,
    /// Whether it lies on the right, its fore-edge too.
    pub right_hand: bool,
}

/// Sets heads and folios; each distinct text is set once.
#[derive(Default)]
pub struct RunningHeads {
    set: BTreeMap<(String, Kind, bool), Line>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Head,
    Folio,
    HeadFolio,
    Source,
}

impl RunningHeads {
    /// Adds what stands around the text block of a page.
    pub fn add(&mut self, composer: &mut Composer<'_>, sheet: &mut PageDraft, edge: &Edge<'_>) {
        let geometry = Geometry::of(composer.cx.style, binding(composer.cx.book));
        let left = geometry.left(edge.recto);
        self.source_numbers(composer, sheet, edge, &geometry);
        if sheet.bare {
            return;
        }
        let head_y = geometry.base - geometry.grid.scale(composer.cx.style.head_above());
        let place = composer.cx.style.folio.place;
        if !sheet.opening {
            let text = head_text(composer.cx.book, composer.cx.style, edge);
            if composer.cx.style.running_head.rule && (!text.is_empty() || place == FolioPlace::Head) {
                let y = head_y + geometry.grid.scale(0.4);
                let size = Size::new(geometry.measure, composer.cx.style.rule_weight());
                sheet.put_rule(Point::new(left, y), size);
            }
            if !text.is_empty() {
                let line = self.line(composer, text, Kind::Head, edge.right_hand);
                sheet.put_line(line, Point::new(left, head_y), Some(Role::Header));
            }
            if place == FolioPlace::Head {
                let line = self.line(composer, edge.label.to_owned(), Kind::HeadFolio, edge.right_hand);
                sheet.put_line(line, Point::new(left, head_y), Some(Role::Header));
            }
        }
        if place == FolioPlace::Foot || (place == FolioPlace::Head && sheet.opening) {
            let line = self.line(composer, edge.label.to_owned(), Kind::Folio, edge.right_hand);
            let lowest = geometry.foot() + sheet.overrun() + geometry.grid.scale(FOLIO_BELOW);
            // A kept page may go deep, but its folio stays on the paper.
            let edge = composer.cx.style.page.trim.height - composer.cx.style.size().scale(0.5);
            let y = folio_y(composer.cx.style, &geometry).max(lowest).min(edge);
            sheet.put_line(line, Point::new(left, y), Some(Role::Footer));
        }
    }

    fn source_numbers(
        &mut self,
        composer: &mut Composer<'_>,
        sheet: &mut PageDraft,
        edge: &Edge<'_>,
        geometry: &Geometry,
    ) {
        let marks = std::mem::take(&mut sheet.source_marks);
        if !composer.cx.style.page.source_numbers {
            return;
        }
        let step = source_number_size(composer.cx.style).scale(SOURCE_NUMBER_LEADING);
        for (y, label) in apart(marks, step, geometry.foot() + sheet.overrun()) {
            let line = self.line(composer, label, Kind::Source, edge.right_hand);
            let gap = Em::new(1.0).at(composer.cx.style.size());
            let x = geometry.left(edge.recto)
                + if edge.right_hand { geometry.measure + gap } else { -gap - line.extent.1 };
            sheet.put_line(line, Point::new(x, y), Some(Role::Ornament));
        }
    }

    fn line(&mut self, composer: &mut Composer<'_>, text: String, kind: Kind, right_hand: bool) -> Line {
        let key = (text, kind, right_hand);
        if let Some(line) = self.set.get(&key) {
            return line.clone();
        }
        let line = set_edge(composer, &key.0, kind, right_hand);
        // Folios differ on every page; keeping them all would serve nobody.
        if kind == Kind::Head {
            self.set.insert(key, line.clone());
        }
        line
    }
}

/// Numbers of the older edition that stand below one another are so far apart, in their size.
const SOURCE_NUMBER_LEADING: f64 = 1.2;

fn source_number_size(style: &Style) -> Abs {
    style.size().scale(0.7)
}

/// The same numbers, none over another: where several pages of the older edition begin in one line, or in lines
/// that stand close, each number goes below the one before it, and those at the foot above the last.
fn apart(mut marks: Vec<(Abs, String)>, step: Abs, foot: Abs) -> Vec<(Abs, String)> {
    marks.sort_by_key(|(y, _)| *y);
    let mut least = None;
    for (y, _) in &mut marks {
        *y = least.map_or(*y, |least: Abs| least.max(*y));
        least = Some(*y + step);
    }
    let mut most = foot;
    for (y, _) in marks.iter_mut().rev() {
        *y = most.min(*y);
        most = *y - step;
    }
    marks
}

/// The folio stands a line and three quarters below the text, nearer when the
/// foot is narrow.
fn folio_y(style: &Style, geometry: &Geometry) -> Abs {
    let below = style.page.trim.height - geometry.foot();
    geometry.foot() + geometry.grid.scale(1.75).min(below.scale(0.55))
}

fn head_text(book: &Book, style: &Style, edge: &Edge<'_>) -> String {
    let wanted = if edge.recto { style.running_head.recto } else { style.running_head.verso };
    match wanted {
        HeadText::Title => book.meta.running_title().to_owned(),
        HeadText::Author => {
            book.meta.with_role("aut").next().map_or_else(|| book.meta.title.clone(), |c| c.name.clone())
        }
        HeadText::Section => {
            let title = edge.section.and_then(|id| title_above(book, id.0 as usize));
            title.map_or_else(String::new, |title| plain(numbered(&without_notes(&title.content)).1))
        }
        HeadText::None => String::new(),
    }
}

/// The title of a section, or of the one that it goes on with.
fn title_above(book: &Book, section: usize) -> Option<&Heading> {
    let own = book.sections.get(section)?;
    // A text that goes on with the one before it has no title of its own; its pages bear that of the
    // text where it began, be it several sections back. Another matter ends the search: front matter
    // does not go on in the body.
    let before = book.sections[..section].iter().rev().take_while(|other| other.matter == own.matter);
    for section in std::iter::once(own).chain(before) {
        let body = section.body()?;
        match body.title() {
            Some(title) => return Some(title),
            None if body.goes_on() => {}
            None => return None,
        }
    }
    None
}

fn set_edge(composer: &mut Composer<'_>, text: &str, kind: Kind, right_hand: bool) -> Line {
    let style = composer.cx.style;
    let ctx = composer.cx.block(Tree::ROOT);
    let outside = if right_hand { LineAlignment::Right } else { LineAlignment::Left };
    let (text_style, alignment) = match kind {
        Kind::Head => {
            let size = style.running_head.size.at(style.size());
            let text_style = ctx.text_style.clone().at(size).of(Family::RunningHead);
            // The place at the fore-edge is the folio's, when both share a line.
            let shared = style.folio.place == FolioPlace::Head;
            let outside = if shared == right_hand { LineAlignment::Left } else { LineAlignment::Right };
            (text_style.cased(style.running_head.case), aligned(style.running_head.align, outside))
        }
        Kind::Folio => (folio_style(&ctx, style), aligned(style.folio.align, outside)),
        Kind::HeadFolio => (folio_style(&ctx, style), outside),
        Kind::Source => (ctx.text_style.clone().at(source_number_size(style)), LineAlignment::Left),
    };
    let framed = match (kind, style.folio.frame) {
        (Kind::Folio, FolioFrame::Dashes) => format!("– {text} –"),
        (Kind::Folio, FolioFrame::Brackets) => format!("[{text}]"),
        _ => text.to_owned(),
    };
    let mut indents = ctx.indents;
    if kind == Kind::Head && style.folio.place == FolioPlace::Head {
        // The folio stands in the same line, at the fore-edge; words in the middle stay in the middle.
        let room = style.folio.size.at(style.size()).scale(FOLIO_ROOM);
        let centred = alignment == LineAlignment::Centred;
        indents.0 += if centred || !right_hand { room } else { Abs::ZERO };
        indents.1 += if centred || right_hand { room } else { Abs::ZERO };
    }
    fitted(composer, &framed, &BlockContext { text_style, alignment, indents, ..ctx })
}

fn folio_style(ctx: &BlockContext, style: &Style) -> TextStyle {
    ctx.text_style.clone().at(style.folio.size.at(style.size())).of(Family::Folio)
}

fn aligned(align: Alignment, outside: LineAlignment) -> LineAlignment {
    match align {
        Alignment::Left => LineAlignment::Left,
        Alignment::Centre => LineAlignment::Centred,
        Alignment::Right => LineAlignment::Right,
        Alignment::Outside => outside,
    }
}

/// More words than any line of a page can hold: what is behind them is not tried.
const MOST_WORDS: usize = 200;

/// The text in one line; cut at a word when it is too long.
fn fitted(composer: &mut Composer<'_>, text: &str, ctx: &BlockContext) -> Line {
    // Words are taken off from the end until the rest fits one line, and a sign says that there were
    // more. A head has a few words, so each try is cheap; the bound is for a title as long as a
    // chapter.
    let mut words: Vec<&str> = text.split_whitespace().take(MOST_WORDS).collect();
    let mut shown = words.join(" ");
    loop {
        let lines = one_line(composer, &shown, ctx);
        if lines.len() <= 1 || words.len() <= 1 {
            return lines.into_iter().next().unwrap_or_default();
        }
        words.pop();
        shown = words.join(" ").trim_end_matches([',', ';', ':', '.', '—', '–']).to_owned() + "\u{2026}";
    }
}

fn one_line(composer: &mut Composer<'_>, text: &str, ctx: &BlockContext) -> Vec<Line> {
    let text_style: &TextStyle = &ctx.text_style;
    let leaf = Tree::default().leaf(Tree::ROOT);
    let words = composer.cx.words_in(text_style, leaf, text);
    let mut form = composer.cx.form(ctx, Abs::ZERO);
    form.hyphenate = false;
    form.protrude = false;
    composer.lines(&StyledText { pieces: vec![Piece::Words(words)] }, &form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_of_the_older_edition_stands_over_another() {
        let marks = |all: &[(f64, &str)]| -> Vec<(Abs, String)> {
            all.iter().map(|(y, label)| (Abs::pt(*y), (*label).to_owned())).collect()
        };
        let set = |all: &[(f64, &str)]| apart(marks(all), Abs::pt(9.0), Abs::pt(500.0));
        let far = [(100.0, "12"), (113.5, "13")];
        assert_eq!(set(&far), marks(&far));
        // a blank page between: both begin in one line
        assert_eq!(set(&[(100.0, "12"), (100.0, "13")]), marks(&[(100.0, "12"), (109.0, "13")]));
        // at the foot they go up, and those above with them
        let foot = [(495.0, "1"), (500.0, "2"), (500.0, "3")];
        assert_eq!(set(&foot), marks(&[(482.0, "1"), (491.0, "2"), (500.0, "3")]));
    }
}
