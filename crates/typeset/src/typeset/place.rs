//! Sets the pages of a column: each part of a page plan becomes lines, rules
//! and pictures on its sheet.

use super::ahead::LinesAhead;
use super::breaking::LOOSEST_UNNAMED;
use super::columns::{ColumnLine, deal};
use super::compose::{BookContext, FootNote};
use super::flow_item::{ColumnSet, FlowItem, Fragment, ParagraphItem, SolidItem, in_lines, page_items};
use super::geometry::{Geometry, binding};
use super::level;
use super::line::{Line, LineRun};
use super::notes::Roll;
use super::page_draft::PageDraft;
use super::paginate::{Frame, ItemId, Layout, OptimalPages, PageBreaker, PagePart, PagePlan, ShapeId, cost};
use super::shaper::Shaper;
use super::source_pages::SourcePages;
use crate::diag::Span;
use crate::length::{Abs, Binding, Point, Size};
use crate::narrow::Nearest;
use crate::pages::{Compromise, Cost, Flow, PageCompromise, Role};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

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
    /// The faults of its lines, and the least that they could have.
    faults: (u32, u32),
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
        let columns = cx.note_columns().map_or(1, |set| set.count);
        let roll = Roll::of(foot, columns, cx.note_leading());
        let page_items = page_items(items, &roll.ends, (geometry.depth, geometry.grid));
        let frame = Frame {
            depth: geometry.depth,
            grid,
            note_gap: geometry.grid.scale(NOTE_GAP),
            starts_recto: recto,
        };
        // The two ways to break pages know the same items and give the same plans: what sets them need
        // not know which it was.
        let keeps = items.iter().any(|item| matches!(item, FlowItem::SourcePageStart(_)));
        let lines_removed = if keeps { cx.previous.lines_removed } else { 0 };
        let source_pages = SourcePages { lines_removed, overrun_lines: geometry.overrun_lines };
        let breaker: &dyn PageBreaker = if keeps { &source_pages } else { &OptimalPages };
        let layout = breaker.break_pages(&page_items, &roll.roll, &frame);
        let faults = faults(&layout, items, foot);
        PlannedColumn { layout, roll, recto, grid, lines_removed, faults }
    }

    /// How many pages it takes: one at least.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.layout.pages.len().max(1)
    }

    /// What page breaking paid.
    #[must_use]
    pub fn cost(&self) -> Cost {
        let (faults, least_faults) = self.faults;
        Cost { paid: self.layout.cost, bound: self.layout.bound, faults, least_faults }
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
        setter.ahead = LinesAhead::new(self.layout.pages.iter().flat_map(|page| &page.parts), items);
        setter.grid = self.grid;
        // Notes stand at the foot of the block, which is shallower where old pages are kept and were
        // found to fit better so.
        setter.geometry.depth -= self.grid * i64::from(self.lines_removed);
        let mut sheets = Vec::with_capacity(self.pages());
        let raised = raised(&self.layout, self.recto);
        for (index, plan) in self.layout.pages.iter().enumerate() {
            let on_recto = self.recto == index.is_multiple_of(2);
            setter.page = u32::nearest(index);
            setter.raised = self.grid * i64::from(raised.get(&index).copied().unwrap_or(0));
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
        let uneven = level::uneven(&sheets, &self.layout.pages, items, (self.recto, self.grid), &compromises);
        compromises.extend(uneven);
        compromises.sort_by_key(|taken| taken.page);
        Column { sheets, compromises }
    }
}

/// How many faults the lines of a column and of its notes have, and the least that they could.
fn faults(layout: &Layout, items: &[FlowItem], foot: &[FootNote]) -> (u32, u32) {
    let parts = layout.pages.iter().flat_map(|page| &page.parts);
    let begun = parts.filter(|part| part.lines.start == 0 && !part.repeated);
    let text = begun.map(|part| (&items[part.item.index()], part.shape));
    let notes = foot.iter().flat_map(|note| &note.items).map(|item| (item, ShapeId::NATURAL));
    let of = |(item, shape): (&FlowItem, ShapeId)| match item {
        FlowItem::Paragraph(text) => (text.variants[shape.index()].faults, text.paragraph.least_faults()),
        _ => (0, 0),
    };
    text.chain(notes).map(of).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
}

/// By how many lines the notes of pages are raised: where facing pages are short by as
/// many lines, and one has notes and the other none, they end where the text beside them
/// does. At the foot they would hide the white above themselves, and the spread would look uneven.
fn raised(layout: &Layout, starts_recto: bool) -> BTreeMap<usize, u32> {
    let short: BTreeMap<usize, u32> = layout
        .compromises
        .iter()
        .filter_map(|(page, compromise)| match compromise {
            Compromise::ShortPage { lines } => Some((*page, *lines)),
            _ => None,
        })
        .collect();
    let has_notes = |page: usize| layout.pages.get(page).is_some_and(|plan| !plan.notes.is_empty());
    let spread = |(verso, lines): (&usize, &u32)| {
        let is_verso = starts_recto != verso.is_multiple_of(2);
        let level = is_verso && short.get(&(verso + 1)) == Some(lines);
        let page = if has_notes(*verso) { *verso } else { verso + 1 };
        (level && has_notes(*verso) != has_notes(verso + 1)).then_some((page, *lines))
    };
    short.iter().filter_map(spread).collect()
}

/// A compromise with its place and its price.
fn taken(page: u32, compromise: Compromise, span: Option<Span>) -> PageCompromise {
    PageCompromise { page, compromise, cost: cost::of(&compromise), span }
}

/// White above the notes of a page, in lines.
const NOTE_GAP: f64 = 0.75;

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
    /// How far above the foot of the text block its notes end.
    raised: Abs,
    compromises: Vec<PageCompromise>,
    /// The section whose text was set last.
    section: Option<u32>,
    /// What the leading of the page is multiplied by.
    leading_factor: f64,
    /// The items that stand in columns.
    columns: Vec<(Range<usize>, ColumnSet)>,
    /// The lines of those that come next.
    ahead: LinesAhead,
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
            raised: Abs::ZERO,
            compromises: Vec::new(),
            section: None,
            leading_factor: 1.0,
            columns: columns_of(items),
            ahead: LinesAhead::default(),
            cache: None,
            note_cache: None,
        }
    }

    fn sheet(&mut self, plan: &PagePlan, recto: bool) -> PageDraft {
        let mut sheet = PageDraft::default();
        let left = self.geometry.left(recto);
        self.geometry.recto = recto;
        self.leading_factor = plan.leading_factor();
        let mut parts = plan.parts.as_slice();
        while let [part, rest @ ..] = parts {
            if let Some((set, stretch)) = self.in_columns(parts) {
                let room = self.room_of_columns(plan, parts, stretch.len());
                self.columns(&mut sheet, stretch, set, room);
                parts = &parts[stretch.len()..];
                continue;
            }
            parts = rest;
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
            _ => self.lines_of(part),
        };
        for (n, index) in (0i64..).zip(part.lines.clone()) {
            let Some(line) = lines.get_mut(index as usize).and_then(Option::take) else { continue };
            let y = part.y + text.leading.scale(self.leading_factor) * n;
            self.put_line(sheet, text, (part.shape, index, line), Point::new(left, y));
        }
        self.cache = Some((part.item, lines));
    }

    /// Puts a line of a paragraph so far down in the text block.
    fn put_line(
        &mut self,
        sheet: &mut PageDraft,
        text: &ParagraphItem,
        (shape, index, mut line): (ShapeId, u32, Line),
        at: Point,
    ) {
        let y = self.geometry.base + at.y + self.cx.style.baseline_shift(text.leading);
        if let Some(Flow::Section(section)) = text.paragraph.flow() {
            self.section = Some(section);
        }
        if index == 0 {
            beside(sheet, text, &mut line, Point::new(at.x, y), &self.geometry);
        }
        self.judge(text, shape, index, &line);
        // The first and the last baseline on the grid: what facing pages are compared by.
        if text.leading == self.geometry.grid && self.grid == self.geometry.grid {
            let first = sheet.page.body.map_or(y, |(first, _)| first);
            sheet.page.body = Some((first, y));
        }
        // Where the running text goes on with this page: the first line that has a place in it.
        if sheet.start.is_none() && !text.noted {
            sheet.start = line.at.map(|at| (at, line.span));
            sheet.start_in = self.section;
        }
        sheet.put_line(self.geometry.faced(line), Point::new(at.x, y), None);
    }

    /// The parts that `parts` begin with and that stand in the same columns.
    fn in_columns<'p>(&self, parts: &'p [PagePart]) -> Option<(ColumnSet, &'p [PagePart])> {
        let (range, set) = self.columns.iter().find(|(range, _)| range.contains(&parts[0].item.index()))?;
        let stands = |part: &&PagePart| {
            let index = part.item.index();
            range.contains(&index) && matches!(self.items[index], FlowItem::Paragraph(_))
        };
        let count = parts.iter().take_while(stands).count();
        (count > 0).then(|| (*set, &parts[..count]))
    }

    /// How deep the columns may be that the first parts of these stand in: down to what stands below, or to the
    /// notes, or to the foot of the page.
    fn room_of_columns(&self, plan: &PagePlan, parts: &[PagePart], count: usize) -> Abs {
        let notes = match self.roll.roll.height(plan.notes.start, plan.notes.end) {
            Abs::ZERO => Abs::ZERO,
            height => height + self.geometry.grid.scale(NOTE_GAP),
        };
        let foot = self.geometry.depth - notes;
        parts.get(count).map_or(foot, |next| next.y.min(foot)) - parts[0].y
    }

    /// Sets parts that stand in columns, in so much room.
    fn columns(&mut self, sheet: &mut PageDraft, parts: &[PagePart], set: ColumnSet, room: Abs) {
        let grid = self.geometry.grid;
        let lines = self.column_lines(parts, set.count);
        let most = u32::nearest((room.ratio(grid) + 0.01).floor().max(0.0));
        let measures: Vec<ColumnLine> = lines.iter().map(|(line, _)| *line).collect();
        for (column, range) in (0i64..).zip(deal(&measures, set.count as usize, most)) {
            let aside = match self.geometry.binding {
                Binding::Left => set.step * column,
                Binding::Right => -set.step * column,
            };
            let left = self.geometry.left(self.geometry.recto) + aside;
            let step = line_step(&measures[range.clone()], grid, room);
            let mut y = parts[0].y;
            for (measure, line) in &lines[range] {
                if let Some((part, index)) = line
                    && let FlowItem::Paragraph(text) = &self.items[parts[*part].item.index()]
                {
                    self.column_line(sheet, (&parts[*part], text), *index, Point::new(left, y));
                }
                y += step * i64::from(measure.height);
            }
        }
    }

    /// Sets a line of a part at that place in a column.
    fn column_line(
        &mut self,
        sheet: &mut PageDraft,
        (part, text): (&PagePart, &ParagraphItem),
        index: u32,
        at: Point,
    ) {
        let mut unplaced = match self.cache.take() {
            Some((known, lines)) if known == part.item => lines,
            _ => self.lines_of(part),
        };
        if let Some(line) = unplaced.get_mut(index as usize).and_then(Option::take) {
            self.put_line(sheet, text, (part.shape, index, line), at);
        }
        self.cache = Some((part.item, unplaced));
    }

    /// The lines of parts in the order of the text, each with its part and its number, and
    /// the white between them.
    fn column_lines(&self, parts: &[PagePart], columns: u32) -> Vec<(ColumnLine, Option<(usize, u32)>)> {
        let grid = self.geometry.grid;
        let columns = i64::from(columns);
        let mut lines = Vec::new();
        // where the part before ended for page breaking, which gave lines a share of their height
        let mut below = parts[0].y;
        for (n, part) in parts.iter().enumerate() {
            let white = ColumnLine { height: 1, white: true, ..ColumnLine::default() };
            let whites = in_lines((part.y - below) * columns, grid);
            lines.extend((0..whites).map(|_| (white, None)));
            let FlowItem::Paragraph(text) = &self.items[part.item.index()] else { continue };
            let height = in_lines(text.leading, grid).max(1);
            let of = u32::nearest(text.variants[part.shape.index()].ends.len());
            lines.extend(part.lines.clone().map(|index| {
                let line = ColumnLine {
                    height,
                    white: false,
                    keep_next: if index + 1 == of { text.keep_next } else { text.keep_together },
                    first: index == 0 && of > 1,
                    last: index + 1 == of && of > 1,
                };
                (line, Some((n, index)))
            }));
            below = part.y + grid * i64::from(height) / columns * part.lines.len() as i64;
        }
        lines
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

    /// The lines of a part's paragraph.
    fn lines_of(&mut self, part: &PagePart) -> Unplaced {
        let lines = self.ahead.take((part.item, part.shape), self.items, self.shaper);
        lines.into_iter().map(Some).collect()
    }

    fn solid(&mut self, sheet: &mut PageDraft, part: &PagePart, solid: &SolidItem, left: Abs) {
        // kept pages may be shallower than the block, but what lies across a page was made for all of it
        let whole = || Geometry::of(self.cx.style, self.geometry.binding);
        let turned = solid.turned.then(|| Geometry { recto: self.geometry.recto, ..whole() }.turned());
        let at = turned.map_or(Point::new(left, part.y), |turned| Point::new(turned.left.0, Abs::ZERO));
        let role = part.repeated.then_some(Role::Ornament);
        // What floats at the head of a page is no place where the text goes on.
        if sheet.start.is_none() && role.is_none() && !solid.floats {
            sheet.start = solid.fragments.iter().find_map(start_of);
            sheet.start_in = self.section;
        }
        sheet.put_solid(solid, at, turned.as_ref().unwrap_or(&self.geometry), role);
    }

    fn notes(&mut self, sheet: &mut PageDraft, plan: &PagePlan, left: Abs) {
        if plan.notes.is_empty() {
            return;
        }
        let geometry = self.geometry;
        let height = self.roll.roll.height(plan.notes.start, plan.notes.end);
        // Notes are set from the foot upwards: their height is known, so they begin where they must to
        // end with the last line of the page.
        let y = (geometry.depth + plan.overrun() - self.raised - height).max(Abs::ZERO);
        // The rule stands in the white above the first note, where the line before it would have its
        // baseline, a tenth of a line higher.
        let first = self.roll.lines[plan.notes.start as usize];
        let shift = self.cx.style.baseline_shift(first.height);
        let rule = geometry.base + y + shift - first.height.scale(1.1);
        let width = geometry.measure / 5;
        let x = left + geometry.faced_x(Abs::ZERO, width);
        sheet.put_rule(Point::new(x, rule), Size::new(width, Abs::pt(0.4)));
        let rows = sheet.page.rows.len();
        if let Some(set) = self.cx.note_columns() {
            self.notes_in_columns(sheet, plan, set, Point::new(left, y));
        } else {
            self.note_lines(sheet, plan.notes.clone(), Point::new(left, y));
        }
        sheet.page.rows[rows..].iter_mut().for_each(|row| row.noted = true);
    }

    fn note_lines(&mut self, sheet: &mut PageDraft, lines: Range<u32>, mut at: Point) {
        for index in lines {
            let line = self.roll.lines[index as usize];
            at.y += line.above;
            self.note_line(sheet, index, at);
            at.y += line.height;
        }
    }

    /// Sets notes in columns side by side below that point.
    fn notes_in_columns(&mut self, sheet: &mut PageDraft, plan: &PagePlan, set: ColumnSet, at: Point) {
        let (roll, leading) = (self.roll, self.cx.note_leading());
        let count = |height: Abs| u32::nearest(height.ratio(leading).round()).max(1);
        let measure = |index: u32| {
            let line = roll.lines[index as usize];
            let keep_next = index + 1 < plan.notes.end && roll.roll.is_glued(index + 1);
            ColumnLine { height: count(line.above + line.height), keep_next, ..ColumnLine::default() }
        };
        let lines: Vec<ColumnLine> = plan.notes.clone().map(measure).collect();
        // Page breaking kept room for columns none of which parts what hangs together.
        let most = count(roll.roll.height(plan.notes.start, plan.notes.end));
        for (column, range) in (0i64..).zip(deal(&lines, set.count as usize, most)) {
            let aside = match self.geometry.binding {
                Binding::Left => set.step * column,
                Binding::Right => -set.step * column,
            };
            // Lines are dealt in their order, so each column is a stretch of the roll.
            let begin = plan.notes.start + u32::nearest(range.start);
            let end = plan.notes.start + u32::nearest(range.end);
            // What stands at the head of a column has no white above it.
            let above = if begin < end { roll.lines[begin as usize].above } else { Abs::ZERO };
            self.note_lines(sheet, begin..end, Point::new(at.x + aside, at.y - above));
        }
    }

    fn note_line(&mut self, sheet: &mut PageDraft, index: u32, at: Point) {
        let place = self.roll.lines[index as usize];
        match &self.foot[place.note].items[place.item] {
            FlowItem::Paragraph(text) => {
                let y = self.geometry.base + at.y + self.cx.style.baseline_shift(text.leading);
                let key = (place.note, place.item);
                let mut lines = match self.note_cache.take() {
                    Some((known, lines)) if known == key => lines,
                    _ => {
                        let breaks = &text.variants[ShapeId::NATURAL.index()];
                        text.paragraph.lines(breaks, self.shaper).into_iter().map(Some).collect()
                    }
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

/// How far apart the lines of a column stand. Notes take no whole number of lines, so that columns above them may
/// want a part of a line more than there is: their lines stand that much closer.
fn line_step(lines: &[ColumnLine], grid: Abs, room: Abs) -> Abs {
    /// No closer than this.
    const CLOSEST: f64 = 0.85;
    let own: Abs = grid * lines.iter().map(|line| i64::from(line.height)).sum::<i64>();
    if own <= room { grid } else { grid.scale(room.ratio(own).max(CLOSEST)) }
}

/// The items that stand in columns.
fn columns_of(items: &[FlowItem]) -> Vec<(Range<usize>, ColumnSet)> {
    let mut open = None;
    let of = |(index, item): (usize, &FlowItem)| match item {
        FlowItem::ColumnsStart(set) => {
            open = Some((index, *set));
            None
        }
        FlowItem::ColumnsEnd => open.take().map(|(start, set)| (start..index, set)),
        _ => None,
    };
    items.iter().enumerate().filter_map(of).collect()
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
    let role = text.initial.is_some().then_some(Role::Initial);
    for (drop, line) in &text.beside {
        let line = geometry.faced(line.clone());
        sheet.put_line(line, Point::new(at.x, at.y + *drop), role);
    }
}

/// The first glyph of the line stands for the initial's letters as well, so
/// that the word is whole for those who do not see it. Runs and glyphs stand from left to right;
/// in a line that is read from the right the first of them is not the first word.
fn give_initial(line: &mut Line, initial: &str) {
    let place = |run: &LineRun| run.run.origin.map(|origin| origin.stretch + origin.within);
    let key = |run: &&mut LineRun| (place(run).is_none(), place(run));
    let Some(first) = line.runs.iter_mut().min_by_key(key) else { return };
    // The initial is drawn as an ornament and has no text of its own. So the glyph that follows it
    // stands for its letters too: a reader hears `Once`, not `nce`.
    let shift = u32::nearest(initial.len());
    let run = Arc::make_mut(&mut first.run);
    run.text.insert_str(0, initial);
    if let Some(origin) = &mut run.origin {
        // the rest of the text is a stretch of its own, that begins behind the initial
        origin.stretch = origin.stretch.saturating_sub(shift);
    }
    for glyph in &mut run.glyphs {
        let text = glyph.text();
        // a hyphen that the break added stands for nothing, wherever that is
        let start = if text.start > 0 || text.is_empty() { text.start + shift } else { 0 };
        *glyph = glyph.standing_for(start..text.end + shift);
    }
}
