//! The model of the whole document, made before any line is decided on.
//!
//! A transcription whose pages are parted is a row of *physical pages*. What
//! they have in common is learnt first: how much their printed numbers differ
//! from their place in the row ([`numbers`], by the row that [`number_row`] fits), which words repeat at their edges
//! ([`edges`]), which titles the contents list gives ([`titles`]), where the
//! notes begin whose calls stand above ([`zones`], by the marks that [`note_marks`] finds), how wide and how far
//! indented the lines are ([`flow`]). Only then each line gets its role. A sign
//! that is missing on one page, or stands there by accident, is outweighed by
//! all others.

pub(super) mod bracketed;
mod candidate;
mod chapter_notes;
mod cues;
mod differ;
mod edge_lines;
mod edges;
mod endnotes;
mod first_widths;
mod flow;
mod foot_rules;
mod head_places;
mod inset;
mod leaves;
pub(super) mod loose_notes;
mod margins;
mod marked;
mod misread;
mod misread_folios;
mod note_ends;
pub(super) mod note_marks;
mod number_row;
mod numbers;
mod page_habits;
mod page_titles;
mod quotation_marks;
mod seams;
mod sentences;
mod speeches;
mod split_blocks;
mod stanzas;
mod title_list;
mod title_places;
mod title_words;
mod titles;
pub(super) mod torn_notes;
mod trust;
mod zones;

use super::dialect::{Dialect, proof_file};
use super::line::{BEGINS, EDGE_LINE, GOES_ON, Line, are_wrapped};
use super::mark::{is_break_comment, is_marker_page, is_rule, page_mark, rules_part, scan_page};
use super::model::{Flow, Number, Percent};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What a line is, as far as the whole document tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Role {
    /// The rules decide.
    #[default]
    Text,
    /// A sign between two pages.
    PageSign,
    /// A running head, a page number, a signature: with its reason.
    Furniture(Percent, &'static str),
    /// A rule above notes.
    FootRule,
    /// The heading of notes that stand together.
    NotesHeading,
    /// A note begins: its mark, and how many bytes of the line are the mark.
    Note(String, usize),
    /// A note goes on.
    NoteText,
    /// The heading of the contents, and words in them that are no entry.
    Contents,
    /// An entry of the contents: title and page.
    Entry(String, Option<Number>),
    /// The title of a text or section: its depth, with its reason.
    Title(u8, Percent, &'static str),
    /// A further line of the title above.
    TitleText,
    /// A line between fences.
    Code,
}

/// A physical page.
#[derive(Clone, Debug)]
pub(super) struct PhysicalPage {
    /// Its lines, the sign before it among them.
    pub lines: Range<usize>,
    /// Whether its first line is a page sign.
    pub signed: bool,
    /// Its place in the row: of the scan, when the sign tells it.
    pub index: i64,
    /// The number that its sign gives it.
    pub given: Option<Number>,
    /// How many signs are missing within it, so that it is several pages.
    pub missing: u32,
    /// Whether its text is that of the page before: it was scanned twice.
    pub repeated: bool,
    /// The number that stands on it: its own, or that of the page of which it is a second scan.
    pub shown: Option<Number>,
    /// The number that it bears, and how sure that is.
    pub number: Option<(Number, Percent)>,
    /// Why.
    pub reason: &'static str,
}

impl PhysicalPage {
    /// A page of these lines, of which nothing more is known than its place in the row.
    fn of(lines: Range<usize>, index: i64) -> PhysicalPage {
        PhysicalPage {
            lines,
            signed: false,
            index,
            given: None,
            missing: 0,
            repeated: false,
            shown: None,
            number: None,
            reason: "",
        }
    }

    /// Whether a number is its own, or one of those after it whose signs are missing.
    fn bears(&self, number: Number) -> bool {
        let own = self.shown.filter(|own| own.roman == number.roman);
        own.is_some_and(|own| (own.value..=own.value.saturating_add(self.missing)).contains(&number.value))
    }

    /// Whether a line has the number of the page at its beginning or end.
    fn shows(&self, lines: &[Line<'_>], at: usize) -> bool {
        let Some(own) = self.shown.map(|number| number.to_string()) else { return false };
        let text = lines[at].trimmed();
        let ends = [text.split_whitespace().next(), text.split_whitespace().next_back()];
        ends.contains(&Some(own.as_str()))
    }

    /// Its lines without the sign.
    pub(super) fn body(&self) -> Range<usize> {
        self.lines.start + usize::from(self.signed)..self.lines.end
    }
}

/// The model.
#[derive(Clone, Debug, Default)]
pub(super) struct Document {
    /// The physical pages.
    pub pages: Vec<PhysicalPage>,
    /// The role of each line.
    pub roles: Vec<Role>,
    /// Calls that only the notes below tell: first byte, length in bytes, mark.
    pub calls: BTreeMap<usize, (usize, String)>,
    /// First bytes of calls of which a scan left no figure.
    pub guessed: BTreeSet<usize>,
    /// The first byte of the call of the note that begins with a line.
    pub called_at: BTreeMap<usize, usize>,
    /// Lines at which a further paragraph of a note begins.
    pub note_parts: BTreeSet<usize>,
    /// Lines at which a paragraph begins though no blank line stands above, or goes on though one does.
    pub flow: BTreeMap<usize, Flow>,
    /// Lines that leave room for what follows, as hardly any does that goes on.
    pub short: BTreeSet<usize>,
    /// Lines with which titles of the contents list begin.
    pub listed: BTreeSet<usize>,
    /// Lines that bear the number of a section alone.
    pub section_numbers: BTreeSet<usize>,
    /// Whether nothing parts the pages, so that the titles alone are known.
    pub unparted: bool,
    /// Whether what parts the pages counts them, so that pages which bear no number have an estimated one.
    pub counted: bool,
    /// Whether the signs between pages tell the place of each leaf, so that one which is missing or added shows.
    pub placed: bool,
    /// Whether lines are as they stand on the page, so that a paragraph is several.
    pub set_lines: bool,
    /// Whether titles were told from running heads by the size of their type.
    pub sized: bool,
    /// How far the lines of each line's page stand in from the left at least: the margin of a scan.
    pub margins: Vec<usize>,
    /// Whether the titles of the contents list were found in the text, so that others are of a lower rank.
    pub titled: bool,
    /// The ranks of titles that the contents list has, by the word that numbers them: `chapter`.
    pub part_ranks: BTreeMap<String, u8>,
    /// What was learnt, for the report: name, value, score.
    pub parameters: Vec<(&'static str, String)>,
    /// The page that begins with a line.
    page_at: BTreeMap<usize, usize>,
}

/// Code between fences: by its first line, one past its last.
type Fences = BTreeMap<usize, usize>;

/// From how many page signs on a text is parted in pages.
const LEAST_SIGNS: usize = 1;

impl Document {
    /// Learns the model; `None` when nothing parts the pages.
    pub(super) fn survey(lines: &[Line<'_>], dialect: Dialect, fences: &Fences) -> Option<Document> {
        let (pages, strays) = without_strays(physical_pages(lines, dialect, fences));
        // a single page of which each line says what it is needs no others
        let told = matches!(dialect, Dialect::Distributor | Dialect::Positions);
        if pages.len() <= LEAST_SIGNS && !told {
            return Document::of_titles(lines, pages, dialect, fences);
        }
        let mut document = Document {
            page_at: pages.iter().enumerate().map(|(i, p)| (p.lines.start, i)).collect(),
            roles: vec![Role::Text; lines.len()],
            pages,
            counted: !by_rules(lines, dialect),
            placed: matches!(dialect, Dialect::Marker | Dialect::Proofreaders),
            sized: dialect == Dialect::Positions,
            set_lines: matches!(
                dialect,
                Dialect::Reader | Dialect::Plain | Dialect::Proofreaders | Dialect::Distributor
            ) || dialect == Dialect::Markdown && are_wrapped(lines, true),
            ..Document::default()
        };
        for page in document.pages.iter().filter(|p| p.signed) {
            document.roles[page.lines.start] = Role::PageSign;
        }
        for at in strays {
            document.roles[at] = Role::PageSign;
        }
        for (role, _) in document.roles.iter_mut().zip(lines).filter(|(_, l)| l.text.starts_with(EDGE_LINE)) {
            *role = Role::Furniture(99, "the transcription keeps it apart, as the head or foot of its page");
        }
        for (from, to) in fences {
            document.roles[*from..*to].fill(Role::Code);
        }
        if dialect == Dialect::Distributor {
            return Some(document.filled_anew(lines));
        }
        let mut contents = titles::Contents::find(lines, &mut document);
        if contents.is_empty() && dialect != Dialect::Wikisource {
            // a list without the numbers of its pages
            contents = titles::Contents::of_regions(lines, &document);
        }
        numbers::number(lines, &mut document, &contents);
        // where the file itself tells what stands at the edges of its pages, nothing else does
        let tells = matches!(dialect, Dialect::Positions | Dialect::Wikisource);
        let told = tells && document.edges_are_told(lines);
        document.margins = margins::margins(lines, &document);
        if !told {
            edges::folios(lines, &mut document);
            misread_folios::folios(lines, &mut document);
            page_habits::rules_under_heads(lines, &mut document);
            page_habits::feet(lines, &mut document);
            edges::feet(lines, &mut document);
        }
        let told_notes = dialect == Dialect::Positions && marked::notes(lines, &mut document);
        if !told_notes && dialect != Dialect::Wikisource {
            if dialect != Dialect::Plain {
                endnotes::notes(lines, &mut document, &contents);
            }
            zones::notes(lines, &mut document, dialect);
        }
        if !told {
            edges::heads(lines, &mut document, &contents);
        }
        contents.place(lines, &mut document);
        if !told {
            edges::titles(lines, &mut document);
            edges::openings(lines, &mut document);
            page_titles::titles(lines, &mut document, dialect);
        }
        seams::doubt(lines, &mut document);
        document.find_flow(lines, dialect);
        Some(document)
    }

    /// The model of a distributor's text, whose lines are filled anew: marks give the numbers of its pages.
    fn filled_anew(mut self, lines: &[Line<'_>]) -> Document {
        self.number_by_marks();
        titles::Contents::of_regions(lines, &self).place(lines, &mut self);
        chapter_notes::notes(lines, &mut self);
        zones::stars(lines, &mut self);
        self
    }

    /// Finds where paragraphs begin and go on.
    fn find_flow(&mut self, lines: &[Line<'_>], dialect: Dialect) {
        match dialect {
            Dialect::Positions => self.flow_by_marks(lines),
            Dialect::Proofreaders => self.flow_by_blank_lines(lines),
            _ => flow::paragraphs(lines, self),
        }
    }

    /// The model of a text without pages: of plain text where the titles of its list stand, of Markdown the notes.
    fn of_titles(
        lines: &[Line<'_>],
        pages: Vec<PhysicalPage>,
        dialect: Dialect,
        fences: &Fences,
    ) -> Option<Document> {
        let (roles, unparted) = (vec![Role::Text; lines.len()], true);
        let mut document = Document { pages, roles, unparted, ..Document::default() };
        if matches!(dialect, Dialect::Markdown | Dialect::Latex) {
            fences.iter().for_each(|(from, to)| document.roles[*from..*to].fill(Role::Code));
            let ruled = foot_rules::notes(lines, &mut document);
            let loose = loose_notes::notes(lines, &mut document);
            return (ruled + loose > 0).then_some(document);
        }
        let contents = titles::Contents::of_regions(lines, &document);
        if dialect != Dialect::Plain || contents.is_empty() {
            return None;
        }
        contents.place(lines, &mut document);
        Some(document)
    }

    /// The page that begins with line `at`.
    pub(super) fn page_at(&self, at: usize) -> Option<&PhysicalPage> {
        self.page_at.get(&at).map(|i| &self.pages[*i])
    }

    /// Whether nothing but the sign of its page and furniture stands above line `at`.
    pub(super) fn heads_page(&self, at: usize) -> bool {
        let above = |role: &Role| matches!(role, Role::PageSign | Role::Furniture(..));
        self.page_at.range(..=at).next_back().is_some_and(|(from, _)| self.roles[*from..at].iter().all(above))
    }

    /// Whether a page bears no number, though the one before does, and holds a few words alone.
    fn is_plate(&self, lines: &[Line<'_>], page: usize) -> bool {
        let numbered = page > 0 && self.pages[page - 1].number.is_some();
        let words = || self.pages[page].body().map(|at| lines[at].trimmed().len()).sum::<usize>();
        numbered && self.pages[page].number.is_none() && words() <= leaves::PLATE
    }

    /// Whether line `at` stands on a leaf without a number that holds a few words alone: those of a picture.
    pub(super) fn is_on_plate(&self, lines: &[Line<'_>], at: usize) -> bool {
        self.page_at.range(..=at).next_back().is_some_and(|(_, page)| self.is_plate(lines, *page))
    }

    /// Whether a block begins at line `at`, which stands under another: `None` where the rules decide.
    pub(super) fn begins(&self, at: usize) -> Option<bool> {
        match (&self.roles[at], self.flow.get(&at)) {
            (Role::NoteText, _) => {
                let above = at.checked_sub(1).map(|i| &self.roles[i]);
                Some(self.note_parts.contains(&at) || !matches!(above, Some(Role::Note(..) | Role::NoteText)))
            }
            (Role::TitleText, _) => Some(false),
            // text under a title is no part of it, with white space between or without
            (Role::Text, _) if at > 0 && matches!(self.roles[at - 1], Role::Title(..) | Role::TitleText) => {
                Some(true)
            }
            (Role::Text, Some(Flow::Begins(_))) => Some(true),
            (Role::Text, Some(Flow::Joined(_))) => Some(false),
            (Role::Text, None) => None,
            _ => Some(true),
        }
    }

    /// Whether the lines around line `at` tell that a paragraph begins with it.
    pub(super) fn begins_paragraph(&self, at: usize) -> bool {
        matches!(self.flow.get(&at), Some(Flow::Begins(_)))
    }

    /// Whether the model says where paragraphs begin that no blank line parts.
    pub(super) fn parts_by_indent(&self) -> bool {
        self.flow.values().any(|flow| matches!(flow, Flow::Begins(_)))
    }

    /// Whether line `at` is text of the body.
    fn is_text(&self, at: usize) -> bool {
        matches!(self.roles[at], Role::Text | Role::Title(..) | Role::TitleText)
    }

    /// Whether the lines of half of the pages or more say which of them are running heads and numbers.
    fn edges_are_told(&self, lines: &[Line<'_>]) -> bool {
        let tells = |p: &&PhysicalPage| p.body().any(|at| lines[at].text.starts_with(EDGE_LINE));
        self.pages.iter().filter(tells).count() * 2 >= self.pages.len()
    }

    /// How paragraphs go on where each line says it.
    fn flow_by_marks(&mut self, lines: &[Line<'_>]) {
        for (at, line) in lines.iter().enumerate().filter(|(at, _)| self.roles[*at] == Role::Text) {
            let flow = match line.text.chars().next() {
                Some(BEGINS) => Flow::Begins(99),
                Some(GOES_ON) => Flow::Joined(99),
                _ => continue,
            };
            self.flow.insert(at, flow);
        }
    }

    /// How paragraphs go on over the ends of pages where proofreaders leave a blank line before one that begins with its page: as
    /// one of them did, a page without it goes on with the paragraph before.
    fn flow_by_blank_lines(&mut self, lines: &[Line<'_>]) {
        let firsts: Vec<usize> = self.pages.iter().skip(1).filter_map(|page| page.body().next()).collect();
        let is_prose = |at: &usize| {
            self.roles[*at] == Role::Text && lines[*at].indent() == 0 && !lines[*at].text.starts_with('>')
        };
        if !firsts.iter().any(|at| is_prose(at) && lines[*at].blanks == 1) {
            return;
        }
        let close = firsts.into_iter().filter(|at| is_prose(at) && lines[*at].blanks == 0);
        let joined: Vec<usize> = close.collect();
        self.flow.extend(joined.into_iter().map(|at| (at, Flow::Joined(95))));
    }

    /// Where the marks of the text itself give the numbers.
    fn number_by_marks(&mut self) {
        for page in &mut self.pages {
            page.number = page.given.map(|n| (n, 98));
            page.shown = page.given;
            page.reason = "a page mark alone in its line";
        }
    }
}

/// Parts the lines where page signs of the dialect stand.
fn physical_pages(lines: &[Line<'_>], dialect: Dialect, fences: &Fences) -> Vec<PhysicalPage> {
    let rules = by_rules(lines, dialect);
    let mut found: Vec<PhysicalPage> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if fences.range(..=at).next_back().is_some_and(|(from, end)| *from < at && at < *end) {
            continue;
        }
        let sign = sign(line.trimmed(), dialect, rules);
        if sign.is_none() && !(line.feed && dialect != Dialect::Distributor) && at > 0 {
            continue;
        }
        if dialect == Dialect::Reader && sign.is_none() {
            blank_leaves(&mut found, at, line.blank_leaves);
        }
        let ordinal = found.last().map_or(0, |p| p.index + 1);
        let (index, given) = sign.unwrap_or_default();
        if let Some(last) = found.last_mut() {
            last.lines.end = at;
        }
        let page = PhysicalPage::of(at..lines.len(), index.unwrap_or(ordinal));
        found.push(PhysicalPage { signed: sign.is_some(), given, ..page });
    }
    found
}

/// Enters leaves with nothing on them, which stand before line `at`.
fn blank_leaves(found: &mut Vec<PhysicalPage>, at: usize, count: usize) {
    for _ in 0..count {
        let ordinal = found.last().map_or(0, |p| p.index + 1);
        if let Some(last) = found.last_mut() {
            last.lines.end = last.lines.end.min(at);
        }
        found.push(PhysicalPage::of(at..at, ordinal));
    }
}

/// The pages without those whose sign contradicts the row: the signs before and after follow on one another without it, so
/// that it stands twice, or where none belongs. What stands behind it goes on with the page before. With the lines of such signs.
fn without_strays(pages: Vec<PhysicalPage>) -> (Vec<PhysicalPage>, Vec<usize>) {
    let mut found: Vec<PhysicalPage> = Vec::with_capacity(pages.len());
    let mut strays = Vec::new();
    for (n, page) in pages.iter().enumerate() {
        let next = pages.get(n + 1).map(|next| next.index);
        let stray = |before: &PhysicalPage| {
            page.signed && page.index != before.index + 1 && next == Some(before.index + 1)
        };
        match found.last_mut().filter(|before| stray(before)) {
            Some(before) => {
                before.lines.end = page.lines.end;
                strays.push(page.lines.start);
            }
            None => found.push(page.clone()),
        }
    }
    (found, strays)
}

/// A page sign: the place that it gives the page in the row, and the number.
type PageSign = (Option<i64>, Option<Number>);

fn sign(text: &str, dialect: Dialect, rules: bool) -> Option<PageSign> {
    match dialect {
        Dialect::Marker if !is_break_comment(text) => {
            is_marker_page(text).map(|n| (Some(i64::from(n)), None))
        }
        Dialect::Proofreaders => {
            let name = proof_file(text)?;
            let digits: String = name.chars().filter(char::is_ascii_digit).collect();
            Some((digits.parse().ok(), None))
        }
        Dialect::Latex | Dialect::Markdown if rules && is_rule(text) => Some((None, None)),
        Dialect::Reader => scan_page(text).map(|(place, number)| (Some(place), number)),
        _ if dialect.is_markdown() && is_break_comment(text) => Some((None, None)),
        _ => page_mark(text).map(|number| (None, Some(number))),
    }
}

/// Whether rules part the pages of a text in that dialect.
fn by_rules(lines: &[Line<'_>], dialect: Dialect) -> bool {
    match dialect {
        Dialect::Latex => lines.iter().any(|l| is_rule(l.trimmed())) && !foot_rules::stand_above_notes(lines),
        Dialect::Markdown => rules_part(lines),
        _ => false,
    }
}
