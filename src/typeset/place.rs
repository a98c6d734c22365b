//! Sets the pages of a column: each part of a page plan becomes lines, rules
//! and pictures on its sheet.

use super::breaking::LOOSEST_UNNAMED;
use super::compose::{BookContext, FootNote};
use super::flow_item::{FlowItem, Fragment, ParagraphItem, SolidItem, page_items};
use super::geometry::{Geometry, binding};
use super::line::Line;
use super::notes::Roll;
use super::page_draft::PageDraft;
use super::paginate::{Frame, ItemId, Layout, OptimalPages, PageBreaker, PagePart, PagePlan, ShapeId, cost};
use super::shaper::Shaper;
use super::source_pages::SourcePages;
use crate::diag::Span;
use crate::length::{Abs, Point, Size};
use crate::narrow::Nearest;
use crate::pages::{Compromise, Cost, Flow, PageCompromise, Role};

/// The sheets of a column, and what page breaking could not have.
pub struct Column {
    /// The sheets; one at least.
    pub sheets: Vec<PageDraft>,
    /// What could not be had; the page is the sheet's index.
    pub compromises: Vec<PageCompromise>,
}

/// What stands on which page of a column, before a line of it is set: all that the text
/// behind it must know.
pub struct PlannedColumn {
    layout: Layout,
    roll: Roll,
    recto: bool,
    grid: Abs,
    /// How many lines shallower than the text block its pages are.
    lines_removed: u32,
}

impl PlannedColumn {
    /// Breaks a column into pages, of which the first is a recto or not.
    #[must_use]
    pub fn new(
        cx: &BookContext<'_>,
        items: &[FlowItem],
        foot: &[FootNote],
        recto: bool,
        grid: Abs,
    ) -> PlannedColumn {
        let geometry = Geometry::of(cx.style, binding(cx.book));
        let roll = Roll::of(foot);
        let page_items = page_items(items, &roll.ends, geometry.depth);
        let frame =
            Frame { depth: geometry.depth, grid, note_gap: geometry.grid.scale(0.75), starts_recto: recto };
        // The two ways to break pages know the same items and give the same plans: what sets them need
        // not know which it was.
        let keeps = items.iter().any(|item| matches!(item, FlowItem::SourcePageStart(_)));
        let lines_removed = if keeps { cx.previous.lines_removed } else { 0 };
        let source_pages = SourcePages { lines_removed, overrun_lines: geometry.overrun_lines };
        let breaker: &dyn PageBreaker = if keeps { &source_pages } else { &OptimalPages };
        let layout = breaker.break_pages(&page_items, &roll.roll, &frame);
        PlannedColumn { layout, roll, recto, grid, lines_removed }
    }

    /// How many pages it takes: one at least.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.layout.pages.len().max(1)
    }

    /// What page breaking paid.
    #[must_use]
    pub fn cost(&self) -> Cost {
        Cost { paid: self.layout.cost, bound: self.layout.bound }
    }

    /// What source pages would cost if they were so many lines shallower.
    #[must_use]
    pub fn costs_by_lines_removed(&self) -> &[f64] {
        &self.layout.costs_by_lines_removed
    }

    /// Sets the lines of the same column on its pages.
    pub fn set(
        self,
        cx: &BookContext<'_>,
        shaper: &mut Shaper<'_>,
        items: &[FlowItem],
        foot: &[FootNote],
    ) -> Column {
        let mut setter = PageSetter::new(cx, shaper, (items, foot, &self.roll));
        setter.grid = self.grid;
        // Notes stand at the foot of the block, which is shallower where old pages are kept and were
        // found to fit better so.
        setter.geometry.depth -= self.grid * i64::from(self.lines_removed);
        let mut sheets = Vec::with_capacity(self.pages());
        for (index, plan) in self.layout.pages.iter().enumerate() {
            let on_recto = self.recto == index.is_multiple_of(2);
            setter.page = u32::nearest(index);
            sheets.push(setter.sheet(plan, on_recto));
        }
        // A section without a line still has its page: it may be linked to, and its number is in the
        // list.
        if sheets.is_empty() {
            sheets.push(PageDraft::default());
        }
        let of_pages = self.layout.compromises.into_iter();
        let of_pages = of_pages.map(|(page, compromise)| taken(u32::nearest(page), compromise, None));
        let mut compromises: Vec<PageCompromise> = of_pages.collect();
        compromises.append(&mut setter.compromises);
        compromises.sort_by_key(|taken| taken.page);
        Column { sheets, compromises }
    }
}

/// A compromise with its place and its price.
fn taken(page: u32, compromise: Compromise, span: Option<Span>) -> PageCompromise {
    PageCompromise { page, compromise, cost: cost::of(&compromise), span }
}

/// Lines of a paragraph that are not yet on a page.
type Unplaced = Vec<Option<Line>>;

struct PageSetter<'c, 'a> {
    cx: &'c BookContext<'c>,
    shaper: &'c mut Shaper<'a>,
    items: &'c [FlowItem],
    foot: &'c [FootNote],
    roll: &'c Roll,
    geometry: Geometry,
    /// The column's own grid: the notes pages have another.
    grid: Abs,
    /// The page that is being set, and what is wrong with its lines.
    page: u32,
    compromises: Vec<PageCompromise>,
    /// The section whose text was set last.
    section: Option<u32>,
    /// What the leading of the page is multiplied by.
    leading_factor: f64,
    /// The lines of the paragraph that was set last, for its next page.
    cache: Option<(ItemId, Unplaced)>,
    /// Likewise of the note's paragraph: note and item.
    note_cache: Option<((usize, usize), Unplaced)>,
}

impl<'c, 'a> PageSetter<'c, 'a> {
    fn new(
        cx: &'c BookContext<'c>,
        shaper: &'c mut Shaper<'a>,
        (items, foot, roll): (&'c [FlowItem], &'c [FootNote], &'c Roll),
    ) -> Self {
        let geometry = Geometry::of(cx.style, binding(cx.book));
        PageSetter {
            cx,
            shaper,
            items,
            foot,
            roll,
            geometry,
            grid: geometry.grid,
            page: 0,
            compromises: Vec::new(),
            section: None,
            leading_factor: 1.0,
            cache: None,
            note_cache: None,
        }
    }

    fn sheet(&mut self, plan: &PagePlan, recto: bool) -> PageDraft {
        let mut sheet = PageDraft::default();
        let left = self.geometry.left(recto);
        self.geometry.recto = recto;
        self.leading_factor = plan.leading_factor();
        for part in &plan.parts {
            // A page that is led out is stretched as a whole: what stands at a third of it still does.
            let part = &PagePart { y: part.y.scale(self.leading_factor), ..part.clone() };
            match &self.items[part.item.index()] {
                FlowItem::Paragraph(text) => self.text(&mut sheet, part, text, left),
                FlowItem::Solid(solid) => self.solid(&mut sheet, part, solid, left),
                _ => {}
            }
        }
        self.notes(&mut sheet, plan, left);
        sheet.source_page = plan.source_page.clone();
        sheet
    }

    fn text(&mut self, sheet: &mut PageDraft, part: &PagePart, text: &ParagraphItem, left: Abs) {
        // A paragraph that goes on overleaf was made into lines for its first page; the rest of them
        // wait here. Lines are taken out one by one, so none can be set twice.
        let mut lines = match self.cache.take() {
            Some((item, lines)) if item == part.item => lines,
            _ => self.break_lines(text, part.shape),
        };
        let base = self.geometry.base + part.y + self.cx.style.baseline_shift(text.leading);
        let on_grid = text.leading == self.geometry.grid && self.grid == self.geometry.grid;
        if let Some(Flow::Section(section)) = text.paragraph.flow() {
            self.section = Some(section);
        }
        for (n, index) in (0i64..).zip(part.lines.clone()) {
            let Some(mut line) = lines.get_mut(index as usize).and_then(Option::take) else { continue };
            let y = base + text.leading.scale(self.leading_factor) * n;
            if index == 0 {
                beside(sheet, text, &mut line, Point::new(left, y), &self.geometry);
            }
            self.judge(text, part.shape, index, &line);
            // The first and the last baseline on the grid: what facing pages are compared by.
            if on_grid {
                let first = sheet.page.body.map_or(y, |(first, _)| first);
                sheet.page.body = Some((first, y));
            }
            // Where the running text goes on with this page: the first line that has a place in it.
            if sheet.start.is_none() && !text.noted {
                sheet.start = line.at.map(|at| (at, line.span));
                sheet.start_in = self.section;
            }
            sheet.put_line(self.geometry.faced(line), Point::new(left, y), None);
        }
        self.cache = Some((part.item, lines));
    }

    /// Names what is wrong with a line that nothing better could be had for.
    fn judge(&mut self, text: &ParagraphItem, shape: ShapeId, index: u32, line: &Line) {
        let page = self.page;
        let mut take = |compromise| self.compromises.push(taken(page, compromise, line.span));
        if line.needed.is_infinite() {
            take(Compromise::LineOfOneWord);
        } else if line.needed > LOOSEST_UNNAMED {
            take(Compromise::LooseLine { needed: line.needed });
        }
        let breaks = &text.variants[shape.index()];
        if breaks.short_last_line && index as usize + 1 == breaks.ends.len() {
            take(Compromise::ShortLastLine);
        }
    }

    fn break_lines(&mut self, text: &ParagraphItem, shape: ShapeId) -> Unplaced {
        let breaks = &text.variants[shape.index()];
        text.paragraph.lines(breaks, self.shaper).into_iter().map(Some).collect()
    }

    fn solid(&mut self, sheet: &mut PageDraft, part: &PagePart, solid: &SolidItem, left: Abs) {
        let at = Point::new(left, part.y);
        let role = part.repeated.then_some(Role::Ornament);
        // What floats at the head of a page is no place where the text goes on.
        if sheet.start.is_none() && role.is_none() && !solid.floats {
            sheet.start = solid.fragments.iter().find_map(start_of);
            sheet.start_in = self.section;
        }
        sheet.put_solid(solid, at, &self.geometry, role);
    }

    fn notes(&mut self, sheet: &mut PageDraft, plan: &PagePlan, left: Abs) {
        if plan.notes.is_empty() {
            return;
        }
        let geometry = self.geometry;
        let height = self.roll.roll.height(plan.notes.start, plan.notes.end);
        // Notes are set from the foot upwards: their height is known, so they begin where they must to
        // end with the last line of the page.
        let mut y = (geometry.depth + plan.overrun() - height).max(Abs::ZERO);
        // The rule stands in the white above the first note, where the line before it would have its
        // baseline, a tenth of a line higher.
        let first = self.roll.lines[plan.notes.start as usize];
        let shift = self.cx.style.baseline_shift(first.height);
        let rule = geometry.base + y + shift - first.height.scale(1.1);
        let width = geometry.measure / 5;
        let x = left + geometry.faced_x(Abs::ZERO, width);
        sheet.put_rule(Point::new(x, rule), Size::new(width, Abs::pt(0.4)));
        let rows = sheet.page.rows.len();
        for index in plan.notes.clone() {
            let line = self.roll.lines[index as usize];
            y += line.above;
            self.note_line(sheet, index, Point::new(left, y));
            y += line.height;
        }
        sheet.page.rows[rows..].iter_mut().for_each(|row| row.noted = true);
    }

    fn note_line(&mut self, sheet: &mut PageDraft, index: u32, at: Point) {
        let place = self.roll.lines[index as usize];
        match &self.foot[place.note].items[place.item] {
            FlowItem::Paragraph(text) => {
                let y = self.geometry.base + at.y + self.cx.style.baseline_shift(text.leading);
                let key = (place.note, place.item);
                let mut lines = match self.note_cache.take() {
                    Some((known, lines)) if known == key => lines,
                    _ => self.break_lines(text, ShapeId::NATURAL),
                };
                if let Some(mut line) = lines.get_mut(place.line as usize).and_then(Option::take) {
                    if place.line == 0 {
                        beside(sheet, text, &mut line, Point::new(at.x, y), &self.geometry);
                    }
                    sheet.put_line(self.geometry.faced(line), Point::new(at.x, y), None);
                }
                self.note_cache = Some((key, lines));
            }
            FlowItem::Solid(solid) => sheet.put_solid(solid, at, &self.geometry, None),
            _ => {}
        }
    }
}

/// Where the running text goes on with a part of a box.
fn start_of(fragment: &Fragment) -> Option<(u32, Option<Span>)> {
    match fragment {
        Fragment::Line(_, line) => line.at.map(|at| (at, line.span)),
        _ => None,
    }
}

/// What stands beside a paragraph's first line: its initial, its marker.
fn beside(sheet: &mut PageDraft, text: &ParagraphItem, first: &mut Line, at: Point, geometry: &Geometry) {
    if let Some(initial) = &text.initial {
        give_initial(first, initial);
    }
    let role = text.initial.is_some().then_some(Role::Ornament);
    for (drop, line) in &text.beside {
        let line = geometry.faced(line.clone());
        sheet.put_line(line, Point::new(at.x, at.y + *drop), role);
    }
}

/// The first glyph of the line stands for the initial's letters as well, so
/// that the word is whole for those who do not see it.
fn give_initial(line: &mut Line, initial: &str) {
    let Some(first) = line.runs.first_mut() else { return };
    // The initial is drawn as an ornament and has no text of its own. So the glyph that follows it
    // stands for its letters too: a reader hears `Once`, not `nce`.
    let shift = u32::nearest(initial.len());
    first.run.text.insert_str(0, initial);
    if let Some(origin) = &mut first.run.origin {
        // the rest of the text is a stretch of its own, that begins behind the initial
        origin.stretch = origin.stretch.saturating_sub(shift);
    }
    for (n, glyph) in first.run.glyphs.iter_mut().enumerate() {
        let text = glyph.text();
        let start = if n > 0 { text.start + shift } else { text.start };
        *glyph = glyph.standing_for(start..text.end + shift);
    }
}
