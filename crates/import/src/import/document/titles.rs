//! The contents list as evidence: each entry speaks *for* a title on the page
//! that it names, and is never a repetition of it. [`super::title_list`] reads
//! the list, [`super::title_places`] finds where its titles stand.

use super::super::contents::regions;
use super::super::folded::key;
use super::super::line::Line;
use super::super::model::Number;
use super::super::part_name::{is_numeral, names_part, part_word};
use super::differ::{MOST_DIFFERENT, differ};
pub(super) use super::title_list::Contents;
use super::title_list::{Entry, entry};
use super::title_places::{HEAD, MOST_LINES};
use super::title_words::{bare, is_bare};
use super::{Document, Role};
use std::collections::BTreeMap;
use std::ops::Range;

/// How many blank lines stand between the number of a chapter and its title at most.
const MOST_SPACE: usize = 3;

/// How many characters an entry of a list has at most.
const LONGEST: usize = 80;
/// How many texts must begin on right-hand pages for all to do so: of three that begin on any one in eight.
const LEAST_RIGHT: usize = 3;
/// The log-odds that no blank page was left out before a text, where all texts of the list begin on the right, and where
/// these are fewer.
const NO_BLANK: f64 = 1.0;
const NO_BLANK_OF_FEW: f64 = 1.5;
/// Of how many letters of a title one may be misread where a running head repeats it, and how many it has at least.
const MISREAD_OF_TITLE: usize = 8;
const LEAST_REPEATED: usize = 4;

impl Contents {
    /// Finds the list, its entries, and where their titles stand.
    pub(super) fn find(lines: &[Line<'_>], document: &mut Document) -> Contents {
        let mut contents = Contents::default();
        let mut page = 0;
        while page < document.pages.len() {
            page = contents.read(lines, document, page);
        }
        contents.settle(lines, document);
        contents
    }

    /// The lists of a text without pages of their own: they are parted from it by white space.
    pub(super) fn of_regions(lines: &[Line<'_>], document: &Document) -> Contents {
        let mut contents = Contents { regions: regions(lines), ..Contents::default() };
        for (list, range) in contents.regions.clone().into_iter().enumerate() {
            contents.entries_of_region(lines, range, list);
        }
        contents.settle(lines, document);
        contents
    }

    /// Ranks the entries and finds their places.
    fn settle(&mut self, lines: &[Line<'_>], document: &Document) {
        self.depths();
        for (index, entry) in self.entries.iter().enumerate() {
            for key in entry.keys() {
                self.keys.entry(key).or_default().push(index);
            }
        }
        self.choose(lines, document);
    }

    /// Whether there is no list.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether a page holds the list.
    pub(super) fn lists(&self, page: usize) -> bool {
        self.lists.contains(&page)
    }

    /// The number that the list gives a page on which a title stands.
    pub(super) fn at_page(&self, page: usize) -> Option<Number> {
        self.entries.iter().find(|e| e.place.as_ref().is_some_and(|p| p.0 == page)).and_then(|e| e.page)
    }

    /// Whether a title of the list stands on a page.
    pub(super) fn opens(&self, page: usize) -> bool {
        self.entries.iter().any(|e| e.place.as_ref().is_some_and(|p| p.0 == page))
    }

    /// Whether a title of the list begins with line `at` of a page, or holds it.
    pub(super) fn begins(&self, page: usize, at: usize) -> bool {
        self.entries.iter().any(|e| e.place.as_ref().is_some_and(|p| p.0 == page && p.1.contains(&at)))
    }

    /// Whether the words of a line are those of an entry.
    pub(super) fn knows(&self, text: &str) -> bool {
        self.keys.contains_key(&key(bare(text)))
    }

    /// Whether the title with these words has a place.
    pub(super) fn placed(&self, text: &str) -> bool {
        let entries = self.keys.get(&key(bare(text)));
        entries.is_some_and(|e| e.iter().any(|i| self.entries[*i].place.is_some()))
    }

    /// Whether the title with these words has its place on a page before page `page`.
    pub(super) fn placed_before(&self, text: &str, page: usize) -> bool {
        let entries = self.keys.get(&key(bare(text))).into_iter().flatten();
        entries.filter_map(|i| self.entries[*i].place.as_ref()).any(|place| place.0 < page)
    }

    /// The log-odds that no blank page was left out before a text: `None` where a text of the list begins on a left-hand
    /// page, so that printers left none.
    pub(super) fn odds_against_blank_pages(&self) -> Option<f64> {
        let texts = self.entries.iter().filter(|e| e.depth == 1 && e.place.is_some());
        let pages = texts.filter_map(|e| e.page).filter(|n| !n.roman);
        let pages: Vec<u32> = pages.map(|number| number.value).collect();
        let right = !pages.is_empty() && pages.iter().all(|page| page % 2 == 1);
        right.then_some(if pages.len() >= LEAST_RIGHT { NO_BLANK } else { NO_BLANK_OF_FEW })
    }

    /// Whether a text may begin behind a page: the list has one there, or has none at all.
    pub(super) fn may_begin_after(&self, page: usize) -> bool {
        let behind = |e: &Entry| e.place.as_ref().is_none_or(|place| place.0 > page);
        self.entries.is_empty() || self.entries.iter().any(behind)
    }

    /// Whether a line repeats the title of the text that goes on on a page, with a letter in eight misread at most.
    pub(super) fn is_repeated(&self, text: &str, page: usize) -> bool {
        let places = self.entries.iter().filter_map(|e| Some((e, e.place.as_ref()?.0)));
        let open = places.filter(|(_, from)| *from < page).max_by_key(|(_, from)| *from);
        // a head may have the number of the chapter beside it: `CH. II.] THE MILL`
        let text = bare(text).split(['[', ']']).max_by_key(|part| part.len()).unwrap_or("").trim();
        let own = key(text);
        // where a number tells a title from its neighbours, each letter counts
        let last = text.rsplit(' ').next().unwrap_or("");
        let numbered = is_numeral(last) || last.bytes().all(|b| b.is_ascii_digit()) || names_part(text);
        let most = if numbered { 0 } else { (own.len() / MISREAD_OF_TITLE).clamp(1, MOST_DIFFERENT) };
        // a scan may read a figure for a numeral
        let read = |key: &str| if numbered { key.replace(['1', 'l', '|'], "i") } else { key.to_owned() };
        let own = read(&own);
        own.len() >= LEAST_REPEATED
            && open.is_some_and(|(entry, _)| entry.keys().iter().any(|key| differ(&read(key), &own) <= most))
    }

    /// Whether an entry names a page whose title was not met as it is listed.
    pub(super) fn names_page(&self, number: Number) -> bool {
        self.entries.iter().any(|e| e.place.is_none() && e.page == Some(number))
    }

    /// Gives the lines of titles their roles; where a title was not met as it is listed, the first lines of its page are
    /// held against it, a few letters misread.
    pub(super) fn place(mut self, lines: &[Line<'_>], document: &mut Document) {
        for index in 0..self.entries.len() {
            if self.entries[index].place.is_none() {
                self.entries[index].place = self.nearly(lines, document, index);
            }
        }
        let placed = self.entries.iter().filter(|e| e.place.is_some()).count();
        if !self.entries.is_empty() {
            let all = self.entries.iter().filter(|e| !e.maybe || e.place.is_some()).count();
            let told = format!("{placed} of {all} titles found in the text");
            document.parameters.push(("contents list", told));
        }
        document.titled = self.is_placed();
        if document.titled {
            self.leave_out(lines, document);
        }
        for entry in &self.entries {
            let Some((_, range)) = &entry.place else { continue };
            document.listed.insert(range.start);
            let range = self.with_number(lines, document, range);
            let mut before: Option<usize> = None;
            for at in range.filter(|i| !lines[*i].trimmed().is_empty()) {
                if !matches!(document.roles[at], Role::Text) {
                    continue;
                }
                let new = before.is_none_or(|b| is_bare(bare(lines[b].trimmed())));
                document.roles[at] = match new {
                    true => Role::Title(entry.depth, 98, "the contents list has this title"),
                    false => Role::TitleText,
                };
                let word = part_word(bare(lines[at].trimmed())).filter(|_| new);
                word.map(|word| document.part_ranks.entry(word).or_insert(entry.depth));
                before = Some(at);
            }
        }
    }

    /// What is none of the entries that were found is a part of the list too, as far as no heading and no running text stands there.
    fn leave_out(&self, lines: &[Line<'_>], document: &mut Document) {
        let is_listed = |at: &usize| {
            let text = lines[*at].trimmed();
            !text.starts_with('#') && (text.chars().count() <= LONGEST || text.contains("   "))
        };
        for at in self.regions.iter().flat_map(|region| region.clone().take_while(is_listed)) {
            // a rule reads those with a page
            if document.roles[at] == Role::Text && entry(lines[at].trimmed()).is_none() {
                document.roles[at] = Role::Contents;
            }
        }
    }

    /// Whether most titles of one of the lists stand in the text: that of the pictures, whose words may stand under them
    /// otherwise, says nothing of the titles.
    pub(super) fn is_placed(&self) -> bool {
        let mut lists: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for entry in self.entries.iter().filter(|e| !e.maybe || e.place.is_some()) {
            let (placed, all) = lists.entry(entry.list).or_default();
            *placed += usize::from(entry.place.is_some());
            *all += 1;
        }
        lists.values().any(|(placed, all)| placed * 5 >= all * 3)
    }

    /// The lines of a title, with the line above that numbers it though the list leaves it out: `CHAPTER IV`.
    fn with_number(&self, lines: &[Line<'_>], document: &Document, range: &Range<usize>) -> Range<usize> {
        let numbers = |at: &usize| {
            is_bare(bare(lines[*at].trimmed()))
                && document.roles[*at] == Role::Text
                && document.page_at(range.start).is_none()
                && lines[range.start].blanks <= MOST_SPACE
                && !self.regions.iter().any(|region| region.contains(at))
                // a title that is a number itself has none: above it stands that of its part
                && !is_bare(bare(lines[range.start].trimmed()))
        };
        range.start.checked_sub(1).filter(numbers).unwrap_or(range.start)..range.end
    }

    /// The first lines of the page that the list names, when they are nearly its title.
    fn nearly(&self, lines: &[Line<'_>], document: &Document, index: usize) -> Option<(usize, Range<usize>)> {
        let entry = &self.entries[index];
        let number = entry.page?;
        let page = document.pages.iter().position(|p| p.number.is_some_and(|n| n.0 == number))?;
        let body = document.pages[page].body();
        let free: Vec<usize> = body.filter(|i| document.roles[*i] == Role::Text).take(HEAD).collect();
        let mut best: Option<(usize, Range<usize>)> = None;
        for (n, first) in free.iter().enumerate() {
            for last in free[n..].iter().take(MOST_LINES) {
                let text: Vec<&str> = (*first..=*last).map(|i| bare(lines[i].trimmed())).collect();
                let found = key(&text.join(" "));
                for wanted in entry.keys().into_iter().filter(|k| k.len() >= 5) {
                    let off = differ(&found, &wanted);
                    let near = off <= (wanted.len() / 6).min(MOST_DIFFERENT)
                        && found.len().abs_diff(wanted.len()) <= 3;
                    if near && best.as_ref().is_none_or(|b| off < b.0) {
                        best = Some((off, *first..*last + 1));
                    }
                }
            }
        }
        best.map(|(_, range)| (page, range))
    }
}
