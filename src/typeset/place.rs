//! Places lines, rules and pictures on sheets: from the column to the page.

use super::breaking::LOOSEST_SET;
use super::compose::{Aim, Composer, FootNote};
use super::line::{Line, LinkArea, LinkId, Mark};
use super::notes::Roll;
use super::paginate::{self, Frame, PagePlan, Part};
use super::slab::{self, Fragment, Slab, SolidSlab, TextSlab};
use crate::book::Book;
use crate::diag::Span;
use crate::length::{Abs, Binding, Em, Point, Size};
use crate::pages::{Cost, Evil, Item, Page, Placed, Role, Row};
use crate::style::Style;

/// A page before it has its place in the book.
#[derive(Debug, Default)]
pub struct Sheet {
    /// What stands on it; its links are still in `links`.
    pub page: Page,
    /// Active areas with their link.
    pub links: Vec<(Point, Size, LinkId)>,
    /// Places that links may lead to.
    pub places: Vec<(Aim, Point)>,
    /// Where the running text goes on.
    pub start: Option<(u32, Option<Span>)>,
    /// Pages of the older edition that start on it, with their baselines.
    pub source: Vec<(Abs, String)>,
    /// A text begins on it.
    pub opening: bool,
    /// It bears no head and no folio.
    pub bare: bool,
    /// The page of the older edition that it is.
    pub kept: Option<String>,
    /// How far the text goes below the text block.
    pub over: Abs,
}

/// Where the text block stands on a page.
#[derive(Clone, Copy, Debug)]
pub struct Geometry {
    /// On which side the book is bound, so where its lines begin.
    pub binding: Binding,
    /// Left edge of the text block on a recto, and on a verso.
    pub left: (Abs, Abs),
    /// Top of the text block.
    pub top: Abs,
    /// Baseline of the first line.
    pub base: Abs,
    /// Width of the text block.
    pub measure: Abs,
    /// The grid's step.
    pub grid: Abs,
    /// Height of the text block: lines times grid.
    pub depth: Abs,
    /// How many lines may stand below it when a page of an older edition must
    /// be kept.
    pub spare: u32,
}

/// Room below a folio at least.
const LEAST_FOOT: Abs = Abs::raw(65_536 * 21);

/// On which side a book is bound: where its lines begin.
pub fn binding(book: &Book) -> Binding {
    if book.meta.language.is_rtl() { Binding::Right } else { Binding::Left }
}

impl Geometry {
    /// The geometry that a style asks for. The first baseline lies below the
    /// top margin by the height of the ascenders.
    #[must_use]
    pub fn of(style: &Style, binding: Binding) -> Geometry {
        let inside = style.inside();
        let measure = style.measure();
        let right_hand = (inside, style.page.trim.width - inside - measure);
        let top = style.page.top.at(style.size());
        let grid = style.leading();
        let lines = i64::from(style.page.lines.max(1));
        let base = top + Em::new(0.7).at(style.size());
        let below = style.page.trim.height - (base + grid * (lines - 1));
        let spare = (below - grid.scale(1.2) - LEAST_FOOT).ratio(grid);
        Geometry {
            binding,
            left: match binding {
                Binding::Left => right_hand,
                Binding::Right => (right_hand.1, right_hand.0),
            },
            top,
            base,
            measure,
            grid,
            depth: grid * lines,
            spare: spare.clamp(0.0, 3.0) as u32,
        }
    }

    /// The left edge of the text block.
    #[must_use]
    pub fn left(&self, recto: bool) -> Abs {
        if recto { self.left.0 } else { self.left.1 }
    }

    /// The line where it stands in the text block. Lines are made for a block
    /// that is read from the left; in a book that is read from the right they
    /// stand as in a mirror, each whole.
    fn faced(&self, line: Line) -> Line {
        let aside = self.faced_x(line.extent.0, line.extent.1 - line.extent.0) - line.extent.0;
        if aside == Abs::ZERO { line } else { line.moved(aside) }
    }

    /// Likewise for something else of that width.
    fn faced_x(&self, x: Abs, width: Abs) -> Abs {
        match self.binding {
            Binding::Left => x,
            Binding::Right => self.measure - x - width,
        }
    }

    /// Baseline of the last line of a full page.
    #[must_use]
    pub fn foot(&self) -> Abs {
        self.base + self.depth - self.grid
    }
}

/// The sheets of a column, and what page breaking could not have.
pub struct Column {
    /// The sheets.
    pub sheets: Vec<Sheet>,
    /// Imperfections; the page is the sheet's index.
    pub evils: Vec<Evil>,
    /// What older pages that are kept would cost if they were so many lines
    /// shallower.
    pub fewer: Vec<f64>,
    /// What page breaking paid.
    pub cost: Cost,
}

/// Breaks a column into pages and sets them.
pub fn set_column(
    composer: &mut Composer<'_>,
    slabs: &[Slab],
    foot: &[FootNote],
    recto: bool,
    grid: Abs,
) -> Column {
    let geometry = Geometry::of(composer.style, binding(composer.book));
    let roll = Roll::of(foot);
    let units = slab::units(slabs, &roll.ends);
    let frame = Frame {
        depth: geometry.depth,
        grid,
        note_gap: geometry.grid.scale(0.75),
        starts_recto: recto,
        fewer: composer.known.fewer,
        spare: geometry.spare,
    };
    let keeps = slabs.iter().any(|slab| matches!(slab, Slab::Turn(_)));
    let paginate = if keeps { paginate::keep_pages } else { paginate::paginate };
    let layout = paginate(&units, &roll.roll, &frame);
    let mut setter = Setter::new(composer, slabs, foot, &roll);
    setter.grid = grid;
    if keeps {
        setter.geometry.depth -= grid * i64::from(frame.fewer);
    }
    let mut sheets = Vec::with_capacity(layout.pages.len());
    for (index, plan) in layout.pages.iter().enumerate() {
        let on_recto = recto == index.is_multiple_of(2);
        setter.page = index as u32;
        sheets.push(setter.sheet(plan, on_recto));
    }
    let evil = |(page, evil): (usize, paginate::cost::Evil)| Evil {
        page: page as u32,
        kind: evil.kind,
        reason: evil.reason(),
        cost: evil.cost,
    };
    let mut evils: Vec<Evil> = layout.evils.into_iter().map(evil).collect();
    evils.append(&mut setter.evils);
    evils.sort_by_key(|evil| evil.page);
    let cost = Cost { paid: layout.cost, bound: layout.bound };
    Column { sheets, evils, fewer: layout.fewer, cost }
}

/// Lines of a paragraph that are not yet on a page.
type Unplaced = Vec<Option<Line>>;

struct Setter<'c, 'a> {
    composer: &'c mut Composer<'a>,
    slabs: &'c [Slab],
    foot: &'c [FootNote],
    roll: &'c Roll,
    geometry: Geometry,
    /// The column's own grid: the notes pages have another.
    grid: Abs,
    /// The page that is being set, and what is wrong with its lines.
    page: u32,
    evils: Vec<Evil>,
    /// What the leading of the page is multiplied by.
    led: f64,
    /// The lines of the paragraph that was set last, for its next page.
    cache: Option<(u32, Unplaced)>,
    /// Likewise of the note's paragraph: note and slab.
    note_cache: Option<((usize, usize), Unplaced)>,
}

impl<'c, 'a> Setter<'c, 'a> {
    fn new(composer: &'c mut Composer<'a>, slabs: &'c [Slab], foot: &'c [FootNote], roll: &'c Roll) -> Self {
        let geometry = Geometry::of(composer.style, binding(composer.book));
        Setter {
            composer,
            slabs,
            foot,
            roll,
            geometry,
            grid: geometry.grid,
            page: 0,
            evils: Vec::new(),
            led: 1.0,
            cache: None,
            note_cache: None,
        }
    }

    fn sheet(&mut self, plan: &PagePlan, recto: bool) -> Sheet {
        let mut sheet = Sheet::default();
        let left = self.geometry.left(recto);
        self.led = plan.led;
        for part in &plan.parts {
            let part = &Part { y: part.y.scale(plan.led), ..part.clone() };
            match &self.slabs[part.unit as usize] {
                Slab::Text(text) => self.text(&mut sheet, part, text, left),
                Slab::Solid(solid) => self.solid(&mut sheet, part, solid, left),
                _ => {}
            }
        }
        self.notes(&mut sheet, plan, left);
        sheet.over = plan.over;
        sheet.kept = plan.opens.and_then(|turn| match &self.slabs[turn as usize] {
            Slab::Turn(label) => Some(label.clone()),
            _ => None,
        });
        sheet
    }

    fn text(&mut self, sheet: &mut Sheet, part: &Part, text: &TextSlab, left: Abs) {
        let mut lines = match self.cache.take() {
            Some((unit, lines)) if unit == part.unit => lines,
            _ => self.break_lines(text, part.shape),
        };
        let base = self.geometry.base + part.y + text.leading - self.geometry.grid;
        let on_grid = text.leading == self.geometry.grid && self.grid == self.geometry.grid;
        for (n, index) in (0i64..).zip(part.lines.clone()) {
            let Some(mut line) = lines.get_mut(index as usize).and_then(Option::take) else { continue };
            let y = base + text.leading.scale(self.led) * n;
            if index == 0 {
                beside(sheet, text, &mut line, Point::new(left, y), &self.geometry);
            }
            self.judge(text, part.shape, index, &line);
            if on_grid {
                let first = sheet.page.body.map_or(y, |(first, _)| first);
                sheet.page.body = Some((first, y));
            }
            if sheet.start.is_none() && !text.noted {
                sheet.start = line.at.map(|at| (at, line.span));
            }
            put_line(sheet, self.geometry.faced(line), Point::new(left, y), None);
        }
        self.cache = Some((part.unit, lines));
    }

    /// Names what is wrong with a line that nothing better could be had for.
    fn judge(&mut self, text: &TextSlab, shape: u16, index: u32, line: &Line) {
        let mut evil = |kind, reason: &str, cost| {
            self.evils.push(Evil { page: self.page, kind, reason: reason.to_owned(), cost });
        };
        if line.needed > LOOSEST_SET {
            let reason = format!(
                "a line ends before the margin: its word spaces would have to be {:.0} % wider than natural, as the words around its end cannot be divided",
                line.needed * 100.0
            );
            evil("loose line", &reason, paginate::cost::LOOSE_LINE);
        }
        let breaks = &text.variants[shape as usize];
        if breaks.torn && index as usize + 1 == breaks.ends.len() {
            let reason = "the older edition's page ends in a line that cannot be filled within the limits";
            evil("short last line", reason, paginate::cost::LOOSE_LINE);
        }
    }

    fn break_lines(&mut self, text: &TextSlab, shape: u16) -> Unplaced {
        let breaks = &text.variants[shape as usize];
        text.paragraph.lines(breaks, &mut self.composer.shaper).into_iter().map(Some).collect()
    }

    fn solid(&mut self, sheet: &mut Sheet, part: &Part, solid: &SolidSlab, left: Abs) {
        let at = Point::new(left, part.y);
        let role = part.repeated.then_some(Role::Ornament);
        put_solid(sheet, solid, at, &self.geometry, role);
    }

    fn notes(&mut self, sheet: &mut Sheet, plan: &PagePlan, left: Abs) {
        if plan.notes.is_empty() {
            return;
        }
        let geometry = self.geometry;
        let height = self.roll.roll.height(plan.notes.start, plan.notes.end);
        let mut y = (geometry.depth + plan.over - height).max(Abs::ZERO);
        let first = self.roll.lines[plan.notes.start as usize];
        let rule = geometry.base + y + first.height - geometry.grid - first.height.scale(1.1);
        let width = geometry.measure / 5;
        let x = left + geometry.faced_x(Abs::ZERO, width);
        put_rule(sheet, Point::new(x, rule), Size::new(width, Abs::pt(0.4)));
        let rows = sheet.page.rows.len();
        for index in plan.notes.clone() {
            let line = self.roll.lines[index as usize];
            y += line.above;
            self.note_line(sheet, index, Point::new(left, y));
            y += line.height;
        }
        sheet.page.rows[rows..].iter_mut().for_each(|row| row.noted = true);
    }

    fn note_line(&mut self, sheet: &mut Sheet, index: u32, at: Point) {
        let place = self.roll.lines[index as usize];
        match &self.foot[place.note].slabs[place.slab] {
            Slab::Text(text) => {
                let y = self.geometry.base + at.y + text.leading - self.geometry.grid;
                let key = (place.note, place.slab);
                let mut lines = match self.note_cache.take() {
                    Some((known, lines)) if known == key => lines,
                    _ => self.break_lines(text, 0),
                };
                if let Some(mut line) = lines.get_mut(place.line as usize).and_then(Option::take) {
                    if place.line == 0 {
                        beside(sheet, text, &mut line, Point::new(at.x, y), &self.geometry);
                    }
                    put_line(sheet, self.geometry.faced(line), Point::new(at.x, y), None);
                }
                self.note_cache = Some((key, lines));
            }
            Slab::Solid(solid) => put_solid(sheet, solid, at, &self.geometry, None),
            _ => {}
        }
    }
}

/// What stands beside a paragraph's first line: its initial, its marker.
fn beside(sheet: &mut Sheet, text: &TextSlab, first: &mut Line, at: Point, geometry: &Geometry) {
    if let Some(initial) = &text.initial {
        give_initial(first, initial);
    }
    let role = text.initial.is_some().then_some(Role::Ornament);
    for (drop, line) in &text.beside {
        let line = geometry.faced(line.clone());
        put_line(sheet, line, Point::new(at.x, at.y + *drop), role);
    }
}

/// The first glyph of the line stands for the initial's letters as well, so
/// that the word is whole for those who do not see it.
fn give_initial(line: &mut Line, initial: &str) {
    let Some(first) = line.runs.first_mut() else { return };
    let shift = initial.len() as u32;
    first.run.text.insert_str(0, initial);
    for (n, glyph) in first.run.glyphs.iter_mut().enumerate() {
        let text = glyph.text();
        let start = if n > 0 { text.start + shift } else { text.start };
        *glyph = glyph.standing_for(start..text.end + shift);
    }
}

fn put_solid(sheet: &mut Sheet, solid: &SolidSlab, at: Point, geometry: &Geometry, role: Option<Role>) {
    for fragment in &solid.fragments {
        match fragment {
            Fragment::Line(y, line) => {
                let base = Point::new(at.x, geometry.base + at.y + *y);
                put_line(sheet, geometry.faced(line.clone()), base, role);
            }
            Fragment::Ornament(y, line) => {
                let base = Point::new(at.x, geometry.base + at.y + *y);
                put_line(sheet, geometry.faced(line.clone()), base, Some(Role::Ornament));
            }
            Fragment::Rule(x, y, size) => {
                let x = at.x + geometry.faced_x(*x, size.width);
                put_rule(sheet, Point::new(x, geometry.top + at.y + *y), *size);
            }
            Fragment::Picture(x, y, image, size, leaf) => {
                let x = at.x + geometry.faced_x(*x, size.width);
                let at = Point::new(x, geometry.top + at.y + *y);
                let role = leaf.map_or(Role::Ornament, Role::Leaf);
                sheet.page.items.push(Placed { at, item: Item::Picture(*image, *size), role });
            }
        }
    }
}

fn put_rule(sheet: &mut Sheet, at: Point, size: Size) {
    sheet.page.items.push(Placed { at, item: Item::Rule(size), role: Role::Ornament });
}

/// Puts a line on its baseline. With a `role`, it is no content: nothing in it
/// can be linked to.
pub fn put_line(sheet: &mut Sheet, line: Line, at: Point, role: Option<Role>) {
    if role.is_none() {
        put_marks(sheet, &line, at);
        line.links.iter().for_each(|area| put_link(sheet, area, at));
        sheet.page.rows.push(row(&line, at));
    }
    for (x, image, size, leaf) in line.pictures {
        let at = Point::new(at.x + x, at.y - size.height);
        let role = role.unwrap_or(Role::Leaf(leaf));
        sheet.page.items.push(Placed { at, item: Item::Picture(image.0, size), role });
    }
    for run in line.runs {
        let at = Point::new(at.x + run.x, at.y - run.raise);
        if run.struck {
            let size = Size::new(run.run.width(), Abs::pt(0.5));
            let middle = Point::new(at.x, at.y - run.run.size.scale(0.24));
            put_rule(sheet, middle, size);
        }
        let role = role.unwrap_or(Role::Leaf(run.leaf));
        sheet.page.items.push(Placed { at, item: Item::Run(run.run), role });
    }
}

fn row(line: &Line, at: Point) -> Row {
    Row {
        y: at.y,
        extent: (at.x + line.extent.0, at.x + line.extent.1),
        ratio: line.ratio as f32,
        full: line.full,
        hyphenated: line.hyphenated,
        noted: false,
    }
}

/// How far above the baseline links and destinations reach, and below it.
const LINK_REACH: (f64, f64) = (9.0, 3.0);

fn put_marks(sheet: &mut Sheet, line: &Line, at: Point) {
    let top = at.y - Abs::pt(LINK_REACH.0);
    for (x, mark) in &line.marks {
        let here = Point::new(at.x + *x, top);
        match mark {
            Mark::Anchor(anchor) => sheet.places.push((Aim::Anchor(*anchor), here)),
            Mark::Call(note, call) => sheet.places.push((Aim::Call(*note, *call), here)),
            Mark::Note(note) => sheet.places.push((Aim::Note(*note), here)),
            Mark::SourcePage(label) => sheet.source.push((at.y, label.clone())),
        }
    }
}

/// The narrowest area that a link is worth.
const LEAST_LINK: Abs = Abs::raw(65_536 / 2);

fn put_link(sheet: &mut Sheet, area: &LinkArea, at: Point) {
    // glyphs may go back
    let (left, right) = (area.extent.0.min(area.extent.1), area.extent.0.max(area.extent.1));
    if right - left < LEAST_LINK {
        return;
    }
    let corner = Point::new(at.x + left, at.y - Abs::pt(LINK_REACH.0));
    let size = Size::new(right - left, Abs::pt(LINK_REACH.0 + LINK_REACH.1));
    sheet.links.push((corner, size, area.link));
}
