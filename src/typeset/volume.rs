//! One pass over the book: sections become gatherings of sheets, and these,
//! numbered and with their heads, the pages.

mod bind;

use super::compose::{Aim, Composer, Known, KnownLists, Start};
use super::looks::Faces;
use super::made::{ContentsPlan, set_contents};
use super::notes::recount;
use super::place::set_column;
use super::shape::Shaper;
use super::sheet::Sheet;
use super::slab::Slab;
use crate::book::{Book, Content, MadePage, Matter, Role, Section};
use crate::diag::{Code, Diagnostic};
use crate::font::Library;
use crate::length::Abs;
use crate::pages::{Cost, Destination, NodeId, PageCompromise, Pages, Tag, Tree};
use crate::style::{Marks, NotePlace, Opening, Style};
use crate::terms::numerals::{mark, roman};
use std::collections::BTreeMap;

/// What a pass made.
pub struct Set {
    pub pages: Pages,
    /// What the next pass should know; when it knew this, all is well.
    pub known: Known,
    pub findings: Vec<Diagnostic>,
}

/// The sheets of a section.
struct Gathering {
    section: Option<usize>,
    matter: Matter,
    sheets: Vec<Sheet>,
    compromises: Vec<PageCompromise>,
    /// Index of its first page.
    first: usize,
}

struct Volume<'a> {
    composer: Composer<'a>,
    gatherings: Vec<Gathering>,
    contents: Vec<(ContentsPlan, usize)>,
    /// Nodes of sections that are still open, with their depths.
    open: Vec<(u8, NodeId)>,
    pages: usize,
    in_body: bool,
    after_part: bool,
    /// The page of the older edition that the next text begins, marked at the
    /// end of the last one.
    next_kept: Option<String>,
    /// What pages that are kept would cost if they were so many lines shallower.
    fewer: Vec<f64>,
    cost: Cost,
}

/// Sets the book once, with what the pass before learnt.
pub fn set_once<'a>(
    book: &'a Book,
    style: &'a Style,
    fonts: &'a Library,
    faces: &Faces,
    known: &'a Known,
) -> Set {
    let shaper = Shaper::new(fonts, style).in_language(&book.meta.language);
    let mut volume = Volume {
        composer: Composer::new(book, style, faces.clone(), shaper, known),
        gatherings: Vec::new(),
        contents: Vec::new(),
        open: Vec::new(),
        pages: 0,
        in_body: false,
        after_part: false,
        next_kept: None,
        fewer: Vec::new(),
        cost: Cost::default(),
    };
    for (index, section) in book.sections.iter().enumerate() {
        volume.section(index, section);
    }
    volume.stray_notes();
    volume.finish(fonts)
}

impl<'a> Volume<'a> {
    fn section(&mut self, index: usize, section: &'a Section) {
        let made = match &section.content {
            Content::Made(made) => Some(*made),
            Content::Text(_) => None,
        };
        if made == Some(MadePage::Cover)
            || (made == Some(MadePage::Notes) && self.composer.waiting.is_empty())
        {
            return;
        }
        let node = self.section_node(section);
        let bare = self.bare_pages(section);
        self.composer.begin(&Start {
            section: index as u32,
            depth: section.depth,
            part: section.role.rank() > 0,
            alone: bare > 0,
            imprint: section.role == Role::Imprint,
            hanging: matches!(section.role, Role::Bibliography | Role::Index),
        });
        match (&section.content, made) {
            (Content::Text(body), _) => {
                self.composer.whole_text(&body.blocks, node);
                let kept = self.first_kept();
                self.turn_to(section, made, kept);
                self.gather(Some(index), section.matter, bare, self.grid());
                self.after_part = section.role.rank() > 0 && self.last_sheets() == 1;
            }
            (_, Some(made)) => {
                self.turn_to(section, Some(made), None);
                self.made(index, made, section.matter, node);
            }
            _ => {}
        }
    }

    /// How many pages of a section have neither head nor folio: all of one that is
    /// looked at, the first of a part, none of one that is read.
    fn bare_pages(&self, section: &Section) -> usize {
        let display = matches!(section.role, Role::Dedication | Role::Epigraph | Role::Colophon);
        let long = |section: &Section| section.body().is_some_and(|body| self.composer.is_long(&body.blocks));
        if section.role.rank() > 0 {
            1
        } else if is_alone(section.role) && !(display && long(section)) {
            usize::MAX
        } else {
            0
        }
    }

    fn grid(&self) -> Abs {
        self.composer.style.leading()
    }

    fn last_sheets(&self) -> usize {
        self.gatherings.last().map_or(0, |gathering| gathering.sheets.len())
    }

    /// The section's node: inside the parts that are still open.
    fn section_node(&mut self, section: &Section) -> NodeId {
        self.open.retain(|(depth, _)| *depth < section.depth);
        let parent = self.open.last().map_or(Tree::ROOT, |(_, node)| *node);
        if section.role.rank() > 0 {
            let part = self.composer.tree.node(parent, Tag::Part);
            self.open.push((section.depth, part));
            return self.composer.tree.node(part, Tag::Sect);
        }
        self.composer.tree.node(parent, Tag::Sect)
    }

    /// The number of the older edition's page that the composed text begins,
    /// where its pages are kept. A page marked at the very end of a text begins
    /// the next one.
    fn first_kept(&mut self) -> Option<u32> {
        let slabs = &mut self.composer.slabs;
        if let Some(label) = self.next_kept.take()
            && !matches!(slabs.first(), Some(Slab::Turn(_)))
        {
            slabs.insert(0, Slab::Turn(label));
        }
        if let Some(Slab::Turn(label)) = slabs.pop_if(|slab| matches!(slab, Slab::Turn(_))) {
            self.next_kept = Some(label);
        }
        match slabs.first() {
            Some(Slab::Turn(label)) => label.parse().ok(),
            _ => None,
        }
    }

    /// Turns to the page where a section may begin; pages that stay empty are
    /// sheets of their own.
    fn turn_to(&mut self, section: &Section, made: Option<MadePage>, kept: Option<u32>) {
        let style = self.composer.style;
        let first_of_body = section.matter == Matter::Body && !self.in_body;
        self.in_body |= first_of_body;
        let wanted = if let Some(number) = kept {
            if number.is_multiple_of(2) { Opening::Verso } else { Opening::Recto }
        } else if first_of_body {
            if style.page.first.is_multiple_of(2) { Opening::Verso } else { Opening::Recto }
        } else if self.after_part || section.role.rank() > 0 {
            Opening::Recto
        } else {
            match made {
                Some(MadePage::HalfTitle | MadePage::TitlePage | MadePage::Contents) => Opening::Recto,
                Some(_) => Opening::Any,
                None => style.page.opening,
            }
        };
        let recto = Pages::is_recto(self.pages);
        let turn = match wanted {
            Opening::Any => false,
            Opening::Recto => !recto,
            Opening::Verso => recto,
        };
        self.after_part = false;
        if turn {
            // The blank before the body belongs to what it follows.
            let matter = self.gatherings.last().map_or(Matter::Front, |gathering| gathering.matter);
            self.push(None, matter, vec![blank()], Vec::new());
        }
    }

    /// Breaks what was composed into sheets.
    /// The first `bare` of them have neither head nor folio.
    fn gather(&mut self, section: Option<usize>, matter: Matter, bare: usize, grid: Abs) {
        let slabs = std::mem::take(&mut self.composer.slabs);
        let foot = std::mem::take(&mut self.composer.foot);
        let recto = Pages::is_recto(self.pages);
        let mut column = set_column(&mut self.composer, &slabs, &foot, recto, grid);
        self.cost += column.cost;
        if self.fewer.len() < column.fewer.len() {
            self.fewer.resize(column.fewer.len(), 0.0);
        }
        self.fewer.iter_mut().zip(&column.fewer).for_each(|(sum, cost)| *sum += cost);
        if column.sheets.is_empty() {
            column.sheets.push(Sheet::default());
        }
        for (n, sheet) in column.sheets.iter_mut().enumerate() {
            sheet.bare = n < bare;
            sheet.opening = n == 0;
        }
        self.push(section, matter, column.sheets, column.compromises);
    }

    fn push(
        &mut self,
        section: Option<usize>,
        matter: Matter,
        sheets: Vec<Sheet>,
        compromises: Vec<PageCompromise>,
    ) {
        let first = self.pages;
        self.pages += sheets.len();
        self.gatherings.push(Gathering { section, matter, sheets, compromises, first });
    }

    fn made(&mut self, index: usize, made: MadePage, matter: Matter, node: NodeId) {
        let mut grid = self.grid();
        let mut bare = usize::MAX;
        match made {
            MadePage::HalfTitle => self.composer.half_title(node),
            MadePage::TitlePage => self.composer.title_page(node),
            MadePage::Imprint => self.composer.imprint(node),
            MadePage::Colophon => self.composer.colophon(node),
            MadePage::Contents => return self.contents(index, matter, node),
            MadePage::Notes => {
                self.composer.notes_of_book(node);
                grid = self.note_grid();
                bare = 0;
            }
            MadePage::Cover | MadePage::Blank => {
                return self.push(Some(index), matter, vec![blank()], Vec::new());
            }
        }
        self.gather(Some(index), matter, bare, grid);
    }

    fn note_grid(&self) -> Abs {
        let style = self.composer.style;
        style.notes.leading.at(style.notes.size.at(style.size()))
    }

    fn contents(&mut self, index: usize, matter: Matter, node: NodeId) {
        let plan = self.composer.contents(index, node, self.has_book_notes());
        let lists = &self.composer.known.lists;
        let guess = |aim: &Aim| Some(lists.labels.get(aim).map_or("000", String::as_str).to_owned());
        let least = lists.least.get(self.contents.len()).copied().unwrap_or(0);
        self.composer.slabs = set_contents(&mut self.composer, &plan, &guess);
        self.gather(Some(index), matter, 0, self.grid());
        while self.last_sheets() < least {
            self.gatherings.last_mut().into_iter().for_each(|list| list.sheets.push(blank()));
            self.pages += 1;
        }
        self.contents.push((plan, self.gatherings.len() - 1));
    }

    fn has_book_notes(&self) -> bool {
        let book = self.composer.book;
        book.notes.iter().any(|(id, _)| self.composer.place_of(id) == NotePlace::Book)
    }

    /// Notes that should stand at the end of a book without notes pages.
    fn stray_notes(&mut self) {
        if self.composer.waiting.is_empty() {
            return;
        }
        let node = self.composer.tree.node(Tree::ROOT, Tag::Sect);
        self.composer.begin(&Start {
            section: u32::MAX,
            depth: 0,
            part: false,
            alone: false,
            imprint: false,
            hanging: false,
        });
        self.composer.notes_of_book(node);
        self.gather(None, Matter::Back, 0, self.note_grid());
    }

    fn finish(mut self, fonts: &Library) -> Set {
        let labels = self.labels();
        let lists = self.set_contents_again(&labels);
        let places = self.places();
        let known = Known { lists, ..self.learnt(&labels, &places) };
        let mut findings = std::mem::take(&mut self.composer.findings);
        findings.extend(self.composer.faces.missing());
        findings.extend(self.gatherings.iter().flat_map(|gathering| unkept(gathering, &labels)));
        let pages = self.bind(fonts, labels, &places);
        findings.extend(pages.1);
        Set { pages: pages.0, known, findings }
    }

    /// The label of every page: roman in front, arabic from the body on.
    fn labels(&self) -> Vec<String> {
        let mut labels = Vec::with_capacity(self.pages);
        let mut arabic = self.composer.style.page.first;
        let mut body = false;
        // Pages of ours on which the last old one has gone on so far.
        let mut further = 0u32;
        for gathering in &self.gatherings {
            body |= gathering.matter != Matter::Front;
            let keeps = gathering.sheets.iter().any(|sheet| sheet.kept.is_some());
            for sheet in &gathering.sheets {
                if let Some(label) = &sheet.kept {
                    arabic = label.parse::<u32>().map_or(arabic, |number| number.saturating_add(1));
                    further = 0;
                    labels.push(label.clone());
                } else if body && !labels.is_empty() && (keeps || further > 0 && gathering.section.is_none())
                {
                    further += 1;
                    labels.push(further_label(&labels, further));
                } else if body {
                    further = 0;
                    labels.push(arabic.to_string());
                    arabic += 1;
                } else {
                    labels.push(roman(labels.len() as u32 + 1));
                }
            }
        }
        labels
    }

    /// Where everything that links lead to came to stand.
    fn places(&self) -> BTreeMap<Aim, Destination> {
        let mut places = BTreeMap::new();
        for gathering in &self.gatherings {
            for (n, sheet) in gathering.sheets.iter().enumerate() {
                let page = (gathering.first + n) as u32;
                for (aim, at) in &sheet.places {
                    places.entry(aim.clone()).or_insert(Destination { page, at: *at });
                }
            }
            if let Some(section) = gathering.section {
                let top = Destination { page: gathering.first as u32, at: crate::length::Point::default() };
                places.entry(Aim::Section(section as u32)).or_insert(top);
            }
        }
        places
    }

    /// Sets the contents lists again, now that the pages are numbered.
    ///
    /// The lists of this pass were set with the numbers of the one before, or with
    /// a guess. When the true numbers make a list longer or shorter by a page, all
    /// pages behind it move, so the book is set once more with these numbers: a fix
    /// point. Longer lists move pages, moved pages may shorten a list: where two
    /// passes have not settled that, each list keeps the most pages that it ever
    /// took, and a page that it does not need stays empty. What a list takes at
    /// least only grows from then on, and is bounded by its entries, so this ends.
    fn set_contents_again(&mut self, labels: &[String]) -> KnownLists {
        let mut lists = self.composer.known.lists.clone();
        let places = self.places();
        let label = |aim: &Aim| places.get(aim).map(|place| labels[place.page as usize].clone());
        let mut settled = true;
        for (number, (plan, index)) in std::mem::take(&mut self.contents).into_iter().enumerate() {
            self.composer.begin(&Start {
                section: plan.section as u32,
                depth: 0,
                part: false,
                alone: false,
                imprint: false,
                hanging: false,
            });
            let slabs: Vec<Slab> = set_contents(&mut self.composer, &plan, &label);
            let recto = Pages::is_recto(self.gatherings[index].first);
            let grid = self.grid();
            let column = set_column(&mut self.composer, &slabs, &[], recto, grid);
            let (had, wants) = (self.gatherings[index].sheets.len(), column.sheets.len());
            let reserved = lists.least.get(number).copied().unwrap_or(0);
            if wants > had || (wants < had && had > reserved) {
                settled = false;
                lists.least.resize(lists.least.len().max(number + 1), 0);
                if lists.tries > 1 {
                    lists.least[number] = reserved.max(wants).max(had);
                }
            }
            let sheets = &mut self.gatherings[index].sheets;
            let mut set = column.sheets.into_iter();
            for old in sheets {
                let (opening, bare) = (old.opening, old.bare);
                *old = set.next().map_or_else(blank, |new| Sheet { opening, bare, ..new });
            }
        }
        if !settled {
            lists.tries += 1;
            let all = places.iter().map(|(aim, place)| (aim.clone(), labels[place.page as usize].clone()));
            lists.labels = all.collect();
        }
        lists
    }

    /// What the next pass should know.
    fn learnt(&self, labels: &[String], places: &BTreeMap<Aim, Destination>) -> Known {
        let mut known = self.composer.known.clone();
        if self.composer.asks_pages {
            let anchors = places.iter().filter_map(|(aim, place)| match aim {
                Aim::Anchor(anchor) => Some((*anchor, labels[place.page as usize].clone())),
                _ => None,
            });
            known.labels = anchors.collect();
        }
        let calls = places.iter().filter_map(|(aim, place)| match aim {
            Aim::Call(note, 0) => Some((*note, place.page)),
            _ => None,
        });
        let depths = (0u32..).zip(&self.fewer);
        known.fewer = depths.min_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(fewer, _)| fewer);
        recount(self.composer.book, self.composer.style, &calls.collect(), &mut known);
        known
    }
}

/// The label of a page on which an older edition's page goes on: `12a`, `12b`.
fn further_label(labels: &[String], further: u32) -> String {
    let begun = labels.len().checked_sub(further as usize).and_then(|at| labels.get(at));
    format!("{}{}", begun.map_or("", String::as_str), mark(further, Marks::LowerAlpha))
}

/// What could not be kept of the older edition's pages.
fn unkept(gathering: &Gathering, labels: &[String]) -> Vec<Diagnostic> {
    let unkept = gathering.compromises.iter().filter(|taken| taken.compromise.is_unkept_source_page());
    unkept
        .map(|taken| {
            let page = taken.page as usize;
            let span = gathering.sheets[page].start.and_then(|(_, span)| span);
            let label = &labels[gathering.first + page];
            Diagnostic::new(Code::OldPage, span, format!("page {label}: {}", taken.compromise.reason()))
        })
        .collect()
}

/// Roles of pages that stand alone, without head and folio.
fn is_alone(role: Role) -> bool {
    matches!(
        role,
        Role::HalfTitle
            | Role::TitlePage
            | Role::Imprint
            | Role::Dedication
            | Role::Epigraph
            | Role::Frontispiece
            | Role::Colophon
            | Role::Volume
            | Role::Division
            | Role::Part
    )
}

fn blank() -> Sheet {
    Sheet { bare: true, ..Sheet::default() }
}
