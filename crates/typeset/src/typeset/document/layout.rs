//! The book section by section: each is composed, broken into pages and placed where
//! it may begin.

use super::memo::SetApart;
use super::parts::{ComposedText, PassResult, PlacedList, PlannedText, SectionPages, SetText};
use crate::book::{Content, GeneratedPage, Matter, Section, SectionId};
use crate::diag::{Code, Diagnostic};
use crate::font::Library;
use crate::length::{Abs, Point};
use crate::narrow::Nearest;
use crate::pages::{Cost, Destination, NodeId, PageCompromise, Pages, Tag, Tree};
use crate::style::{NotePlace, Opening, PageBreaks, Style};
use crate::typeset::compose::{
    BarePages, BookContext, Composer, FlowBuilder, FootNote, Joined, LinkEnd, OTHER_SPACE, PreviousPass,
    SectionContext, SectionKind,
};
use crate::typeset::fingerprint::Key;
use crate::typeset::flow_item::FlowItem;
use crate::typeset::notes::recount;
use crate::typeset::page_draft::PageDraft;
use crate::typeset::paginate::SpaceHeight;
use crate::typeset::place::PlannedColumn;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The book as far as it is laid out.
pub(super) struct DocumentLayout<'a> {
    pub(super) cx: &'a BookContext<'a>,
    pub(super) composer: Composer<'a>,
    pub(super) sections: Vec<SectionPages>,
    /// The contents lists.
    pub(super) lists: Vec<PlacedList>,
    /// How many pages there are so far.
    pub(super) pages: usize,
    pub(super) cost: Cost,
    /// Nodes of sections that are still open, with their depths.
    open: Vec<(u8, NodeId)>,
    /// The column in which the next text may run on.
    column: Option<OpenColumn>,
    progress: Progress,
    /// The page of the older edition that the next text begins, marked at the
    /// end of the last one.
    next_source_page: Option<String>,
    /// What source pages would cost if they were so many lines shallower.
    costs_by_lines_removed: Vec<f64>,
}

/// A column that is not yet broken into pages, since the next text may run on in it.
struct OpenColumn {
    /// The text that it began with.
    first: SectionId,
    /// Those that run on in it.
    with: Vec<SectionId>,
    matter: Matter,
    is_part: bool,
    kind: SectionKind,
    items: Vec<FlowItem>,
    foot: Vec<FootNote>,
}

/// How far the book has come, as far as the next section's first page depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    /// In the front matter.
    Front,
    /// In the body or behind it.
    Body,
    /// Behind the one page of a part in the front matter, or in the body.
    AfterPart {
        /// Whether the body has begun.
        in_body: bool,
    },
}

impl Progress {
    fn in_body(self) -> bool {
        matches!(self, Progress::Body | Progress::AfterPart { in_body: true })
    }
}

impl<'a> DocumentLayout<'a> {
    pub(super) fn new(cx: &'a BookContext<'a>, composer: Composer<'a>) -> DocumentLayout<'a> {
        DocumentLayout {
            cx,
            composer,
            sections: Vec::new(),
            lists: Vec::new(),
            pages: 0,
            cost: Cost::default(),
            open: Vec::new(),
            column: None,
            progress: Progress::Front,
            next_source_page: None,
            costs_by_lines_removed: Vec::new(),
        }
    }

    /// Adds a section.
    pub(super) fn section(&mut self, id: SectionId, section: &'a Section) {
        match &section.content {
            Content::Text(body) => {
                let node = self.section_node(section);
                let kind = SectionKind::of(section, self.cx.is_long(&body.blocks));
                let runs_on = self.runs_on(section, kind);
                if !runs_on {
                    self.close_column();
                }
                let context = SectionContext { id: Some(id), depth: section.depth, kind, runs_on };
                let mut flow = self.composer.begin(context);
                flow.whole_text(body, node);
                let mut items = flow.finish();
                if !runs_on {
                    let source_page = self.first_source_page(&mut items);
                    self.turn_to(section, None, source_page);
                }
                self.add_to_column(id, section, kind, items);
            }
            Content::Made(made) => self.made_section(id, *made, section),
        }
    }

    /// Adds a section whose words the tool makes.
    fn made_section(&mut self, id: SectionId, made: GeneratedPage, section: &Section) {
        match made {
            GeneratedPage::Cover => {}
            GeneratedPage::Notes if self.composer.notes.waiting.is_empty() => {}
            made => {
                self.close_column();
                let node = self.section_node(section);
                self.turn_to(section, Some(made), None);
                self.made(id, made, section, node);
            }
        }
    }

    /// Gives a text that was composed apart its place in the book, and its pages.
    pub(super) fn text(
        &mut self,
        (id, section): (SectionId, &Section),
        ComposedText { mut items, bare, gathered }: ComposedText,
        node: NodeId,
    ) -> PlannedText {
        let (joined, foot) = self.composer.join(gathered, node);
        let source_page = self.first_source_page(&mut items);
        self.turn_to(section, None, source_page);
        let column = self.plan_pages(&items, &foot, self.grid());
        self.set_down((id, section), column.pages());
        PlannedText { index: self.sections.len() - 1, items, foot, column, bare, joined }
    }

    /// Whether a text that was set before would be set the same here.
    pub(super) fn would_set(&self, section: &Section, text: &SetApart) -> bool {
        text.recto == self.opens_on_recto(section) && self.composer.would_gather(&text.gathered)
    }

    /// Gives a text that was set before its place in the book: that, and what its ids
    /// have become.
    pub(super) fn known_text(
        &mut self,
        (id, section): (SectionId, &Section),
        text: &SetApart,
    ) -> (usize, Joined) {
        let node = self.section_node(section);
        let (joined, _) = self.composer.join(text.gathered.without_foot(), node);
        self.turn_to(section, None, None);
        self.cost += text.cost;
        self.set_down((id, section), text.sheets.len());
        (self.sections.len() - 1, joined)
    }

    /// Keeps a place for a text of so many pages.
    fn set_down(&mut self, (id, section): (SectionId, &Section), pages: usize) {
        if section.role.rank() > 0 && pages == 1 {
            self.progress = Progress::AfterPart { in_body: self.progress.in_body() };
        }
        self.keep_place(Some(id), section.matter, pages);
    }

    /// Adds the sheets of a text to the place that it was given; what is to be
    /// remembered of it.
    pub(super) fn fill(&mut self, text: SetText) -> Option<(Key, Arc<SetApart>)> {
        let place = &mut self.sections[text.index];
        (place.sheets, place.compromises) = (text.sheets, text.compromises);
        text.memo
    }

    /// Whether a text begins on the page on which the one before it ends.
    fn runs_on(&self, section: &Section, kind: SectionKind) -> bool {
        let page = &self.cx.style.page;
        let before = self.column.as_ref().is_some_and(|column| column.kind == SectionKind::Text);
        page.opening == Opening::RunOn
            && page.breaks == PageBreaks::Flow
            && kind == SectionKind::Text
            && section.matter == Matter::Body
            && before
    }

    /// Adds a text to the open column, or begins one with it. The column stays open as long
    /// as another text may run on in it.
    fn add_to_column(&mut self, id: SectionId, section: &Section, kind: SectionKind, items: Vec<FlowItem>) {
        let foot = std::mem::take(&mut self.composer.notes.foot);
        if let Some(column) = &mut self.column {
            column.items.extend(space_before_text(self.cx.style));
            column.items.extend(items);
            column.foot.extend(foot);
            column.with.push(id);
            return;
        }
        let (matter, is_part) = (section.matter, section.role.rank() > 0);
        self.column = Some(OpenColumn { first: id, with: Vec::new(), matter, is_part, kind, items, foot });
        if self.cx.style.page.opening != Opening::RunOn || matter != Matter::Body {
            self.close_column();
        }
    }

    /// Breaks the open column into pages, if there is one.
    pub(super) fn close_column(&mut self) {
        let Some(column) = self.column.take() else { return };
        self.composer.notes.foot = column.foot;
        let sheets = self.break_pages(&column.items, column.kind.bare_pages(), self.grid());
        if column.is_part && sheets.0.len() == 1 {
            self.progress = Progress::AfterPart { in_body: self.progress.in_body() };
        }
        self.push(Some(column.first), column.matter, sheets);
        if let Some(pages) = self.sections.last_mut() {
            pages.with = column.with;
        }
    }

    /// The grid of the text.
    pub(super) fn grid(&self) -> Abs {
        self.cx.style.leading()
    }

    /// The grid of notes.
    fn note_grid(&self) -> Abs {
        self.cx.note_leading()
    }

    /// The section's node: inside the parts that are still open.
    pub(super) fn section_node(&mut self, section: &Section) -> NodeId {
        // Parts that are no shallower than this section are over. What remains is the row of parts in
        // which it stands, the innermost last.
        self.open.retain(|(depth, _)| *depth < section.depth);
        let parent = self.open.last().map_or(Tree::ROOT, |(_, node)| *node);
        if section.role.rank() > 0 {
            let part = self.composer.tree.node(parent, Tag::Part);
            self.open.push((section.depth, part));
            return self.composer.tree.node(part, Tag::Sect);
        }
        self.composer.tree.node(parent, Tag::Sect)
    }

    /// The number of the older edition's page that a column begins, where its pages
    /// are kept. A page marked at the very end of a text begins the next one.
    fn first_source_page(&mut self, items: &mut Vec<FlowItem>) -> Option<u32> {
        // A mark at the very end of a text has no words behind it there: it begins the page of the
        // next text, and is carried over to it, unless that has one of its own.
        if let Some(label) = self.next_source_page.take()
            && !matches!(items.first(), Some(FlowItem::SourcePageStart(_)))
        {
            items.insert(0, FlowItem::SourcePageStart(label));
        }
        if let Some(FlowItem::SourcePageStart(label)) =
            items.pop_if(|item| matches!(item, FlowItem::SourcePageStart(_)))
        {
            self.next_source_page = Some(label);
        }
        match items.first() {
            Some(FlowItem::SourcePageStart(label)) => label.parse().ok(),
            _ => None,
        }
    }

    /// Turns to the page where a section may begin; a page that stays empty has
    /// sheets of its own.
    fn turn_to(&mut self, section: &Section, made: Option<GeneratedPage>, source_page: Option<u32>) {
        // On which side a section begins is decided from the strongest reason to the weakest: an old
        // page keeps its side; the body begins on the side of its first number; a part, and what
        // follows one, on a recto; and only then the style is asked.
        let wanted = self.opening_of(section, made, source_page);
        let recto = Pages::is_recto(self.pages);
        let turn = match wanted {
            Opening::Any | Opening::RunOn => false,
            Opening::Recto => !recto,
            Opening::Verso => recto,
        };
        // Once in the body, always in the body: the numbers of pages never turn roman again.
        let in_body = section.matter == Matter::Body || self.progress.in_body();
        self.progress = if in_body { Progress::Body } else { Progress::Front };
        if turn {
            // The blank before the body belongs to what it follows.
            let matter = self.sections.last().map_or(Matter::Front, |before| before.matter);
            self.push_blank(None, matter);
        }
    }

    /// Whether the first page of a text is a recto that marks no page of an older edition.
    pub(super) fn opens_on_recto(&self, section: &Section) -> bool {
        match self.opening_of(section, None, None) {
            Opening::Any | Opening::RunOn => Pages::is_recto(self.pages),
            side => side == Opening::Recto,
        }
    }

    /// On which side a section begins.
    fn opening_of(
        &self,
        section: &Section,
        made: Option<GeneratedPage>,
        source_page: Option<u32>,
    ) -> Opening {
        let style = self.cx.style;
        let side = |number: u32| if number.is_multiple_of(2) { Opening::Verso } else { Opening::Recto };
        if let Some(number) = source_page {
            side(number)
        } else if section.matter == Matter::Body && !self.progress.in_body() {
            side(style.page.first)
        } else if matches!(self.progress, Progress::AfterPart { .. }) || section.role.rank() > 0 {
            Opening::Recto
        } else {
            match made {
                Some(GeneratedPage::HalfTitle | GeneratedPage::TitlePage | GeneratedPage::Contents) => {
                    Opening::Recto
                }
                Some(_) => Opening::Any,
                None => style.page.opening,
            }
        }
    }

    /// Breaks a column into pages, with the notes of its feet.
    fn plan_pages(&mut self, items: &[FlowItem], foot: &[FootNote], grid: Abs) -> PlannedColumn {
        let column = PlannedColumn::new(self.cx, items, foot, Pages::is_recto(self.pages), grid);
        self.cost += column.cost();
        let costs = column.costs_by_lines_removed();
        if self.costs_by_lines_removed.len() < costs.len() {
            self.costs_by_lines_removed.resize(costs.len(), 0.0);
        }
        // Sums over all sections, since all pages of a book are equally deep. The next pass takes the
        // number of lines with the smallest.
        self.costs_by_lines_removed.iter_mut().zip(costs).for_each(|(sum, cost)| *sum += cost);
        column
    }

    /// Breaks a column into sheets, with the notes of its feet.
    pub(super) fn break_pages(
        &mut self,
        items: &[FlowItem],
        bare: BarePages,
        grid: Abs,
    ) -> (Vec<PageDraft>, Vec<PageCompromise>) {
        let foot = std::mem::take(&mut self.composer.notes.foot);
        let column = self.plan_pages(items, &foot, grid);
        let mut column = column.set(self.cx, &mut self.composer.shaper, items, &foot);
        mark_first(&mut column.sheets, bare);
        (column.sheets, column.compromises)
    }

    /// Adds sheets to the book.
    pub(super) fn push(
        &mut self,
        section: Option<SectionId>,
        matter: Matter,
        (sheets, compromises): (Vec<PageDraft>, Vec<PageCompromise>),
    ) {
        self.keep_place(section, matter, sheets.len());
        if let Some(place) = self.sections.last_mut() {
            (place.sheets, place.compromises) = (sheets, compromises);
        }
    }

    /// Keeps a place for so many sheets.
    fn keep_place(&mut self, section: Option<SectionId>, matter: Matter, pages: usize) {
        let (first, with) = (self.pages, Vec::new());
        let (sheets, compromises) = (Vec::new(), Vec::new());
        self.pages += pages;
        self.sections.push(SectionPages { section, with, matter, sheets, compromises, first });
    }

    fn push_blank(&mut self, section: Option<SectionId>, matter: Matter) {
        self.push(section, matter, (vec![PageDraft::blank()], Vec::new()));
    }

    /// Adds a page that the tool makes.
    fn made(&mut self, id: SectionId, made: GeneratedPage, section: &Section, node: NodeId) {
        let kind = SectionKind::of(section, false);
        let context = SectionContext { id: Some(id), depth: section.depth, kind, runs_on: false };
        let compose: fn(&mut FlowBuilder<'_, '_>, NodeId) = match made {
            GeneratedPage::HalfTitle => |flow, node| flow.half_title(node),
            GeneratedPage::TitlePage => |flow, node| flow.title_page(node),
            GeneratedPage::Imprint => |flow, node| flow.imprint(node),
            GeneratedPage::Colophon => |flow, node| flow.colophon(node),
            GeneratedPage::Contents => return self.contents(context, section.matter, node),
            GeneratedPage::Notes => return self.notes_pages(context, section.matter, node),
            GeneratedPage::Cover | GeneratedPage::Blank => return self.push_blank(Some(id), section.matter),
        };
        let mut flow = self.composer.begin(context);
        compose(&mut flow, node);
        let items = flow.finish();
        let sheets = self.break_pages(&items, BarePages::All, self.grid());
        self.push(Some(id), section.matter, sheets);
    }

    /// Adds the notes that wait for the end of the book.
    fn notes_pages(&mut self, context: SectionContext, matter: Matter, node: NodeId) {
        let mut flow = self.composer.begin(context);
        flow.notes_of_book(node);
        let items = flow.finish();
        let sheets = self.break_pages(&items, BarePages::None, self.note_grid());
        self.push(context.id, matter, sheets);
    }

    /// Adds the notes of a book that has no notes pages for them.
    pub(super) fn stray_notes(&mut self) {
        if self.composer.notes.waiting.is_empty() {
            return;
        }
        let node = self.composer.tree.node(Tree::ROOT, Tag::Sect);
        self.notes_pages(SectionContext::default(), Matter::Back, node);
    }

    /// Whether any notes stand at the end of the book.
    pub(super) fn has_book_notes(&self) -> bool {
        self.cx.book.notes.iter().any(|(id, _)| self.cx.place_of(id) == NotePlace::Book)
    }

    /// Numbers the pages, and puts everything into its last form.
    pub(super) fn finish(mut self, fonts: &Library) -> PassResult {
        // The order is forced: labels need all pages; the contents lists need labels; places are
        // looked for when the lists stand; and what was learnt goes into the next pass, if these
        // differ from what this one was told.
        let labels = self.labels();
        let lists = self.set_contents_again(&labels);
        let places = self.places();
        let learnt = PreviousPass { lists, ..self.learnt(&labels, &places) };
        let mut findings = std::mem::take(&mut self.composer.collected.findings);
        findings.extend(self.cx.faces.missing());
        findings.extend(self.sections.iter().flat_map(|section| unkept(section, &labels)));
        let (pages, of_shaping) = self.bind(fonts, labels, &places);
        findings.extend(of_shaping);
        PassResult { pages, learnt, findings }
    }

    /// Where everything that links lead to came to stand.
    pub(super) fn places(&self) -> BTreeMap<LinkEnd, Destination> {
        let mut places = BTreeMap::new();
        for section in &self.sections {
            for (page, sheet) in (u32::nearest(section.first)..).zip(&section.sheets) {
                for (aim, at) in &sheet.places {
                    // A place that stands twice, as in a head that a table repeats, is where it stands
                    // first.
                    places.entry(aim.clone()).or_insert(Destination { page, at: *at });
                }
            }
            if let Some(id) = section.section {
                let top = Destination { page: u32::nearest(section.first), at: Point::default() };
                places.entry(LinkEnd::Section(id)).or_insert(top);
                for id in &section.with {
                    let title = self.cx.book.sections[id.0 as usize].title();
                    let place = title.and_then(|title| places.get(&LinkEnd::Anchor(title.anchor)).copied());
                    places.entry(LinkEnd::Section(*id)).or_insert(place.unwrap_or(top));
                }
            }
        }
        self.add_stray_places(&mut places);
        places
    }

    /// Places behind the last words of the book: they are on the last page of its last text, or where no text has
    /// words yet, for they are numbers of pages, on the last page of all.
    fn add_stray_places(&self, places: &mut BTreeMap<LinkEnd, Destination>) {
        let is_text = |id: SectionId| self.cx.book.sections[id.0 as usize].body().is_some();
        let mut texts = self.sections.iter().filter(|section| section.section.is_some_and(is_text));
        let Some(last) = texts.next_back().or(self.sections.last()) else { return };
        let page = u32::nearest(last.first + last.sheets.len().saturating_sub(1));
        for anchor in self.composer.stray_anchors() {
            let here = Destination { page, at: Point::default() };
            places.entry(LinkEnd::Anchor(anchor)).or_insert(here);
        }
    }

    /// What the next pass should know.
    fn learnt(&self, labels: &[String], places: &BTreeMap<LinkEnd, Destination>) -> PreviousPass {
        let mut learnt = self.cx.previous.clone();
        let asked = &self.composer.collected.page_references;
        let anchors = places.iter().filter_map(|(aim, place)| match aim {
            LinkEnd::Anchor(anchor) if asked.contains(anchor) => {
                Some((*anchor, labels[place.page as usize].clone()))
            }
            _ => None,
        });
        learnt.labels = anchors.collect();
        let calls = places.iter().filter_map(|(aim, place)| match aim {
            LinkEnd::Call(note, 0) => Some((*note, place.page)),
            _ => None,
        });
        let depths = (0u32..).zip(&self.costs_by_lines_removed);
        learnt.lines_removed = depths.min_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(lines, _)| lines);
        recount(self.cx.book, self.cx.style, &calls.collect(), &mut learnt);
        learnt
    }
}

/// The white above the title of a text that runs on; a line of it stays at the head of a
/// page.
fn space_before_text(style: &Style) -> [FlowItem; 3] {
    let line = style.leading();
    let height = |lines: u32, cost| SpaceHeight { height: line * i64::from(lines), cost };
    let lines = style.heading.above.max(2);
    let heights = vec![height(lines, 0.0), height(lines + 1, OTHER_SPACE), height(lines - 1, OTHER_SPACE)];
    let kept = FlowItem::Space { heights: vec![SpaceHeight::natural(line)], kept: true };
    [FlowItem::TextEnd, FlowItem::Space { heights, kept: false }, kept]
}

/// Says of the sheets of a section which is its first, and which bear no head.
pub(super) fn mark_first(sheets: &mut [PageDraft], bare: BarePages) {
    for (n, sheet) in sheets.iter_mut().enumerate() {
        sheet.bare |= bare.holds(n);
        sheet.opening = n == 0;
    }
}

/// What could not be kept of the older edition's pages.
fn unkept(section: &SectionPages, labels: &[String]) -> Vec<Diagnostic> {
    let unkept = section.compromises.iter().filter(|taken| taken.compromise.is_unkept_source_page());
    let finding = |taken: &PageCompromise| {
        let page = taken.page as usize;
        let span = section.sheets[page].start.and_then(|(_, span)| span);
        let label = &labels[section.first + page];
        Diagnostic::new(Code::OldPage, span, format!("page {label}: {}", taken.compromise.reason()))
    };
    unkept.map(finding).collect()
}
