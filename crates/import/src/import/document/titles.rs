//! The contents list as evidence: each entry speaks *for* a title on the page
//! that it names, and is never a repetition of it.
//!
//! Every place where the words of an entry stand apart is a candidate. Titles
//! stand in the order of the list, so the best chain of candidates that rises
//! in both is chosen (weights in [`Candidate::weight`]; quadratic in the number
//! of candidates, which is bounded by [`MOST_CANDIDATES`] for each entry).

use super::super::contents::{is_contents, regions, without_number};
use super::super::inline::InlineNote;
use super::super::line::Line;
use super::super::model::{Number, roman_value};
use super::super::part_name::{is_numeral, names_part, part_word};
use super::super::rules::SUPERSCRIPT;
use super::candidate::{candidate, is_head};
use super::differ::differ;
use super::{Document, Role};
use crate::narrow::Nearest;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

/// How many lines of a page are looked at for the heading of the contents.
const HEAD: usize = 6;
/// How many lines a title has at most.
const MOST_LINES: usize = 4;
/// How many places of one title are looked at.
const MOST_CANDIDATES: usize = 12;
/// How many characters a line of a title has at most.
const LONGEST: usize = 120;
/// How many blank lines stand between the number of a chapter and its title at most.
const MOST_SPACE: usize = 3;
/// How many lines a page of text has at least: one with a title and less is a leaf of its own.
const LEAST_LINES: usize = 8;
/// How many lines of entries a page of contents has at least that does not say so.
const LEAST_ENTRIES: usize = 2;

/// How many texts must begin on right-hand pages for all to do so: of three that begin on any one in eight.
const LEAST_RIGHT: usize = 3;
/// The log-odds that no blank page was left out before a text, where all texts of the list begin on the right, and where
/// these are fewer.
const NO_BLANK: f64 = 1.0;
const NO_BLANK_OF_FEW: f64 = 1.5;
/// Of how many letters of a title one may be misread where a running head repeats it, and how many it has at least.
const MISREAD_OF_TITLE: usize = 8;
const LEAST_REPEATED: usize = 4;

/// What it tells against a place that a number stands beside the title there: it is a running head with that of its page.
const HEAD_WITH_NUMBER: f64 = 2.0;

/// What it tells for a place that the title is written there as in the list, in capitals or not.
const AS_LISTED: f64 = 0.8;

/// An entry of the list.
#[derive(Clone, Debug)]
struct Entry {
    title: String,
    /// The title with the line above or below, where it may have two: those of the list are shorter than its own.
    longer: Option<String>,
    /// Which of the lists has it.
    list: usize,
    /// Whether it may be no title: a line apart without a page, where the others have one.
    maybe: bool,
    page: Option<Number>,
    depth: u8,
    /// Where its title stands in the text: page, lines.
    place: Option<(usize, Range<usize>)>,
}

impl Entry {
    fn new(title: String, page: Option<Number>, depth: u8, list: usize) -> Entry {
        Entry { title, longer: None, list, maybe: false, page, depth, place: None }
    }

    /// Its titles, as they may stand in the text.
    fn keys(&self) -> Vec<String> {
        std::iter::once(&self.title).chain(&self.longer).flat_map(|title| keys(title)).collect()
    }
}

/// Numbers that stand alone among the entries of a page, each with how many titles without a number stand above.
#[derive(Default)]
struct Numbers(Vec<(usize, Number)>);

impl Numbers {
    fn met(&mut self, above: usize, number: Number) {
        self.0.push((above, number));
    }

    /// The numbers of so many titles: each that stands under its title, or all in a column below the last. One more than
    /// there are titles is that of the page itself: one that does not rise with the others, or a roman one before them.
    fn of(&self, titles: usize) -> Vec<Option<Number>> {
        let under = |n: usize| self.0.iter().find(|(above, _)| *above == n).map(|(_, number)| *number);
        let each: Vec<Option<Number>> = (1..=titles).map(under).collect();
        if each.iter().flatten().count() * 5 >= titles * 4 {
            return each;
        }
        let mut column: Vec<Number> = self.0.iter().map(|(_, number)| *number).collect();
        let rises = |w: &[Number]| (!w[0].roman, w[0].value) <= (!w[1].roman, w[1].value);
        if column.len() == titles + 1 {
            let last = !column.windows(2).all(rises);
            let at = if last { Some(titles) } else { column.first().filter(|n| n.roman).map(|_| 0) };
            at.map(|at| column.remove(at));
        }
        let each = column.len() == titles && column.windows(2).all(rises);
        (0..titles).map(|n| column.get(n).copied().filter(|_| each)).collect()
    }
}

/// A place where an entry's title may stand.
struct Candidate {
    entry: usize,
    page: usize,
    lines: Range<usize>,
    weight: f64,
}

/// The contents list.
#[derive(Clone, Debug, Default)]
pub(super) struct Contents {
    entries: Vec<Entry>,
    /// Pages that hold the list.
    lists: BTreeSet<usize>,
    /// Lines that hold it, where pages are not parted.
    regions: Vec<Range<usize>>,
    keys: HashMap<String, Vec<usize>>,
}

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

    /// The entries of a list of plain text. Where most have a page, a line without one is the first or the last of a title
    /// that has two.
    fn entries_of_region(&mut self, lines: &[Line<'_>], range: Range<usize>, list: usize) {
        let is_title =
            |at: &usize| !heads_column(lines[*at].trimmed()) && !is_numbered_row(lines[*at].trimmed());
        let range: Vec<usize> = range.filter(is_title).collect();
        let numerals = range.iter().filter(|i| is_numeral(bare(lines[**i].trimmed()))).count();
        let numbered = range.iter().filter(|i| entry(lines[**i].trimmed()).is_some()).count();
        let (bare_titles, all) = (numbered * 3 < range.len(), range.len());
        let mut open: Option<&str> = None;
        for at in range {
            let text = lines[at].trimmed();
            let depth = u8::nearest((lines[at].text.len() - text.len()).min(40));
            let parted = lines[at].blanks > 0;
            let above = open.take().filter(|_| !parted);
            if let Some((title, page)) = entry(text) {
                let longer = above.map(|above| format!("{} {title}", bare(above)));
                self.entries.push(Entry { longer, ..Entry::new(title, Some(page), depth, list) });
            } else if bare_titles
                && if is_numeral(bare(text)) { numerals * 2 > all } else { key(text).len() >= 3 }
            {
                // a number alone is that of the title below it, but where a list has hardly anything else
                self.entries.push(Entry::new(bare(text).to_owned(), None, depth, list));
            } else if parted && lines.get(at + 1).is_none_or(|below| below.blanks > 0) && names_group(text) {
                self.entries
                    .push(Entry { maybe: true, ..Entry::new(bare(text).to_owned(), None, depth, list) });
            } else if let Some(last) = self.entries.last_mut().filter(|last| !parted && last.list == list) {
                last.longer = Some(format!("{} {}", last.title, bare(text)));
                open = Some(text);
            } else {
                open = Some(text);
            }
        }
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

    /// Reads the list that begins on a page; returns the next page to look at.
    fn read(&mut self, lines: &[Line<'_>], document: &mut Document, page: usize) -> usize {
        let body = document.pages[page].body();
        let Some(heading) = body.clone().take(HEAD).find(|i| is_contents(bare(lines[*i].trimmed()))) else {
            return page + 1;
        };
        let mut next = page;
        let mut from = heading + 1;
        while next < document.pages.len() {
            let end = document.pages[next].lines.end;
            let paragraph = (from..end).find(|at| lines[*at].trimmed().len() > LONGEST * 2);
            let range = from..list_end(lines, document, next, from).or(paragraph).unwrap_or(end);
            let listed =
                range.clone().filter(|i| is_entry(lines[*i].trimmed()) || is_column(lines, *i)).count();
            let first = next == page;
            if !first && (listed < LEAST_ENTRIES || listed * 2 < range.len())
                || first && listed * 5 < range.len().max(1)
            {
                break;
            }
            if first {
                document.roles[heading] = Role::Contents;
            }
            self.entries_of(lines, document, range.clone(), page);
            if range.end < end {
                self.regions.push(range);
                return next + 1;
            }
            self.lists.insert(next);
            next += 1;
            from = document.pages.get(next).map_or(0, |p| p.body().start);
        }
        next.max(page + 1)
    }

    /// The entries of some lines; a title may have several. A reader that takes a page column by column has the numbers
    /// below the titles: then each is that of its title by their order, where there are as many.
    fn entries_of(&mut self, lines: &[Line<'_>], document: &mut Document, range: Range<usize>, list: usize) {
        let first = self.entries.len();
        let mut open = String::new();
        let mut numbers = Numbers::default();
        for at in range {
            let text = lines[at].trimmed();
            let depth = u8::nearest((lines[at].text.len() - text.len()).min(40));
            document.roles[at] = Role::Contents;
            if heads_column(text) || is_numbered_row(text) {
                continue;
            }
            if let Some(number) = candidate(lines, at).filter(|c| c.alone) {
                numbers.met(self.entries[first..].iter().filter(|e| e.page.is_none()).count(), number.number);
                continue;
            }
            let (title, page) = match entry(text) {
                Some((title, page)) => (title, Some(page)),
                None => (bare(text).to_owned(), None),
            };
            if !open.is_empty() && is_numbered(&title) {
                let title = std::mem::take(&mut open);
                self.entries.push(Entry::new(title, None, depth, list));
            }
            let leaders = title.len() - title.trim_end_matches(LEADERS).len();
            if page.is_none() && leaders < LEAST_LEADERS {
                open = format!("{open} {title}").trim().to_owned();
                continue;
            }
            let title = title.trim_end_matches(LEADERS);
            let joined = std::mem::take(&mut open);
            let whole = if joined.len() > LONGEST { title.to_owned() } else { format!("{joined} {title}") };
            let title = whole.trim().to_owned();
            if page.is_some() {
                document.roles[at] = Role::Entry(title.clone(), page);
            }
            self.entries.push(Entry::new(title, page, depth, list));
        }
        let without: Vec<&mut Entry> =
            self.entries[first..].iter_mut().filter(|e| e.page.is_none()).collect();
        let pages = numbers.of(without.len());
        without.into_iter().zip(pages).for_each(|(entry, page)| entry.page = page);
    }

    /// Indents of the entries of a list become ranks, where they are those of several entries each. A list of pictures
    /// has its own.
    fn depths(&mut self) {
        for entries in self.entries.chunk_by_mut(|a, b| a.list == b.list) {
            let mut times: BTreeMap<u8, usize> = BTreeMap::new();
            entries.iter().for_each(|e| *times.entry(e.depth).or_default() += 1);
            let levels: Vec<u8> = times.keys().copied().collect();
            let apart = levels.windows(2).all(|w| w[1] >= w[0] + 2);
            let clear = levels.len() == 2 && times.values().all(|n| *n >= 2) && apart;
            let parts = entries.first().is_some_and(|e| clear && e.depth == levels[0]);
            for entry in entries {
                entry.depth = if parts && entry.depth == levels[1] { 2 } else { 1 };
            }
        }
    }

    /// The best chain of places for the titles.
    fn choose(&mut self, lines: &[Line<'_>], document: &Document) {
        let mut candidates = self.candidates(lines, document);
        self.weigh(&mut candidates, document);
        candidates.sort_by_key(|c| (c.lines.start, c.entry));
        let mut best: Vec<(f64, Option<usize>)> = Vec::new();
        for (i, c) in candidates.iter().enumerate() {
            let before = (0..i)
                .filter(|j| {
                    let b = &candidates[*j];
                    b.entry < c.entry && b.lines.end <= c.lines.start
                })
                .max_by(|a, b| best[*a].0.total_cmp(&best[*b].0));
            best.push((c.weight + before.map_or(0.0, |b| best[b].0), before));
        }
        let mut at = (0..best.len()).max_by(|a, b| best[*a].0.total_cmp(&best[*b].0));
        while let Some(i) = at {
            let c = &candidates[i];
            self.entries[c.entry].place = Some((c.page, c.lines.clone()));
            at = best[i].1;
        }
    }

    /// Every place where the words of an entry stand apart.
    fn candidates(&self, lines: &[Line<'_>], document: &Document) -> Vec<Candidate> {
        let mut found = Vec::new();
        let mut times = vec![0usize; self.entries.len()];
        for (page, leaf) in document.pages.iter().enumerate().filter(|(i, _)| !self.lists.contains(i)) {
            let body = leaf.body();
            for at in body.clone().filter(|at| !self.regions.iter().any(|r| r.contains(at))) {
                let head = at < body.start + HEAD;
                let apart = head || lines[at].blanks > 0 || lines[at].trimmed().starts_with(['#', '\\']);
                if !apart || unnoted(lines[at].text).len() > LONGEST * 2 {
                    continue;
                }
                let most = (1..=MOST_LINES).filter(|n| at + n <= body.end);
                for (length, entry) in most.flat_map(|n| self.named(lines, at..at + n).map(move |e| (n, e))) {
                    let below = lines.get(at + length).is_none_or(|l| l.blanks > 0);
                    let long = if length > 1 { 0.3 } else { 0.0 };
                    let marked = if lines[at].trimmed().starts_with(['#', '\\']) { 1.5 } else { 0.0 };
                    let full = if body.len() >= LEAST_LINES { 0.7 } else { 0.0 };
                    let weight = 1.0
                        + marked
                        + full
                        + if head { 0.5 } else { 0.0 }
                        + if below { 0.4 } else { 0.0 }
                        + long;
                    let paged = bears_number(lines[at].trimmed(), &self.entries[entry].title);
                    let weight = weight - if paged { HEAD_WITH_NUMBER } else { 0.0 };
                    // running heads are often in capitals where the list and the title are not
                    let small = |text: &str| text.contains(char::is_lowercase);
                    let as_listed = small(&self.entries[entry].title) == small(lines[at].trimmed());
                    let weight = weight + if as_listed { AS_LISTED } else { 0.0 };
                    times[entry] += 1;
                    if times[entry] <= MOST_CANDIDATES {
                        found.push(Candidate { entry, page, lines: at..at + length, weight });
                    }
                }
            }
        }
        found
    }

    /// The entries whose title some lines have.
    fn named(&self, lines: &[Line<'_>], range: Range<usize>) -> impl Iterator<Item = usize> {
        let words: Vec<Cow<'_, str>> = range.map(|i| unnoted(lines[i].trimmed())).collect();
        let text: Vec<&str> = words.iter().map(|w| bare(w)).collect();
        let whole = key(&uncalled(&text.join(" ")));
        // figures glued to the last word call a note; parted from it they number a page
        let called = text
            .last()
            .and_then(|t| t.split(' ').next_back())
            .is_some_and(|w| !w.starts_with(|c: char| c.is_ascii_digit()));
        let plain = whole.trim_end_matches(|c: char| c.is_ascii_digit() || SUPERSCRIPT.contains(&c));
        let found =
            self.keys.get(&whole).or_else(|| self.keys.get(plain).filter(|_| called && !plain.is_empty()));
        // small letters number the pages of the front, and no chapters
        let numeral = is_numeral(&whole.to_uppercase());
        let found = found.filter(|_| !numeral || text.iter().all(|t| is_numeral(&uncalled(t))));
        found.cloned().unwrap_or_default().into_iter()
    }

    /// The first place of a title is likelier, and one whose page differs from its place as most do.
    fn weigh(&self, candidates: &mut [Candidate], document: &Document) {
        let difference = |c: &Candidate| {
            let page = self.entries[c.entry].page.filter(|p| !p.roman)?;
            Some(i64::from(page.value) - document.pages[c.page].index)
        };
        let mut times: BTreeMap<i64, usize> = BTreeMap::new();
        let mut met: BTreeSet<usize> = BTreeSet::new();
        for candidate in candidates.iter() {
            // running heads repeat a title after its first place
            let weight = if met.insert(candidate.entry) { 2 } else { 1 };
            difference(candidate).into_iter().for_each(|d| *times.entry(d).or_default() += weight);
        }
        let common = times.into_iter().max_by_key(|(d, n)| (*n, *d)).map(|(d, _)| d);
        met.clear();
        // what stands before a list at the front is the title page
        let list = self.lists.first().copied().filter(|page| page * 6 < document.pages.len()).unwrap_or(0);
        for candidate in candidates.iter_mut() {
            candidate.weight -= if candidate.page < list { 1.5 } else { 0.0 };
            // plates, which are not counted, make the difference smaller from title to title
            let off = common.zip(difference(candidate)).map(|(common, own)| own - common);
            candidate.weight += match off {
                Some(0) => 2.0,
                Some(-2..=5) => 1.0,
                Some(-8..=8) => 0.2,
                _ => 0.0,
            };
            // what stands one page off by the list, yet is the first, is the title: heads repeat it
            if met.insert(candidate.entry) {
                candidate.weight += 1.3;
            }
        }
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
        let most = if numbered { 0 } else { (own.len() / MISREAD_OF_TITLE).max(1) };
        own.len() >= LEAST_REPEATED
            && open.is_some_and(|(entry, _)| entry.keys().iter().any(|key| differ(key, &own) <= most))
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
        for entry in &self.entries {
            let Some((_, range)) = &entry.place else { continue };
            let range = self.with_number(lines, document, range);
            let mut before: Option<usize> = None;
            for at in range.filter(|i| !lines[*i].trimmed().is_empty()) {
                if !matches!(document.roles[at], Role::Text) {
                    continue;
                }
                let new = before.is_none_or(|b| is_bare(bare(lines[b].trimmed())));
                document.roles[at] = if new { Role::Title(entry.depth) } else { Role::TitleText };
                let word = part_word(bare(lines[at].trimmed())).filter(|_| new);
                word.map(|word| document.part_ranks.entry(word).or_insert(entry.depth));
                before = Some(at);
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
                    let near = off <= wanted.len() / 6 && found.len().abs_diff(wanted.len()) <= 3;
                    if near && best.as_ref().is_none_or(|b| off < b.0) {
                        best = Some((off, *first..*last + 1));
                    }
                }
            }
        }
        best.map(|(_, range)| (page, range))
    }
}

/// Whether a line of a list without a page may be the title of a part, whose chapters follow.
fn names_group(text: &str) -> bool {
    !heads_column(text) && !is_numeral(bare(text)) && key(text).len() >= 4 && is_head(text)
}

/// `CHAPTER IV` or a numeral: its title stands below.
fn is_bare(text: &str) -> bool {
    names_part(text) && text.split_whitespace().count() <= 3 || is_numeral(text)
}

/// A line without the signs of Markdown around it.
fn bare(text: &str) -> &str {
    let text = text.trim_start_matches(['#', '|', ' ']);
    let text = text.strip_prefix("- ").unwrap_or(text);
    let text = text.strip_prefix("\\section*{").and_then(|t| t.strip_suffix('}')).unwrap_or(text);
    text.trim_matches(['*', '_', '|', ' '])
}

/// A line without the notes that stand in it where they are called.
fn unnoted(text: &str) -> Cow<'_, str> {
    let mut found = Cow::Borrowed(text);
    while let Some(at) = found.find("<ref") {
        let Some(stop) = found[at..].find(InlineNote::CLOSING) else { break };
        found = Cow::Owned(format!("{}{}", &found[..at], &found[at + stop + InlineNote::CLOSING.len()..]));
    }
    found
}

/// A title without the calls of notes that have a frame.
fn uncalled(text: &str) -> Cow<'_, str> {
    let mut found = Cow::Borrowed(text);
    for (open, close) in [("<sup>", "</sup>"), ("[^", "]"), ("[", "]")] {
        while let Some(at) = found.find(open) {
            let Some(stop) = found[at..].find(close).filter(|n| *n <= 12) else { break };
            found = Cow::Owned(format!("{}{}", &found[..at], &found[at + stop + close.len()..]));
        }
    }
    found
}

/// A title without case, marks and white space.
fn key(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A title as it may stand in the text: whole, without its number, without the words `CHAPTER IV`.
fn keys(title: &str) -> Vec<String> {
    let mut found = vec![key(title)];
    let bare = without_number(title);
    let mut words = bare.splitn(3, ' ');
    let (first, second, rest) = (words.next(), words.next(), words.next());
    let chapter = first.zip(second).map(|(a, b)| format!("{a} {}", b.trim_end_matches(['.', ':', '—', '-'])));
    if let Some(rest) = rest.filter(|_| chapter.is_some_and(|c| names_part(&c))) {
        found.push(key(rest.trim_start_matches(['.', ':', '—', '-', ' '])));
    }
    found.push(key(bare));
    // chapters may have no title but their number
    found.retain(|k| k.len() >= 3 || is_numeral(title));
    found.dedup();
    found
}

/// What leads from a title to its page.
const LEADERS: [char; 5] = ['.', ' ', '…', '·', '_'];
/// How many of them there are at least where no page follows.
const LEAST_LEADERS: usize = 5;

/// Whether a line is an entry of the list, with its page or with leaders to one that stands elsewhere.
fn is_entry(text: &str) -> bool {
    let text = bare(text);
    let led = text.len() - text.trim_end_matches(LEADERS).len() >= LEAST_LEADERS;
    entry(text).is_some() || led && text.contains(char::is_alphabetic) || is_numbered_row(text)
}

/// Whether a line of the list has the number of a section, and its page alone: `40 ..... 25`. No title of the text is so short.
fn is_numbered_row(text: &str) -> bool {
    let text = bare(text);
    let figures = |c: char| c.is_ascii_digit();
    let (first, last) = (text.trim_start_matches(figures), text.trim_end_matches(figures));
    let between = first.trim_end_matches(figures);
    let is_led = between.len() >= LEAST_LEADERS && between.chars().all(|c| LEADERS.contains(&c));
    first.len() < text.len() && last.len() < text.len() && is_led
}

/// Where the list ends within its page, when the sign before the next page is missing, so that a text begins below it: before
/// the first lines in a row, as many as a page of text has, of which none is an entry.
fn list_end(lines: &[Line<'_>], document: &Document, page: usize, from: usize) -> Option<usize> {
    let leaf = &document.pages[page];
    document.pages.get(page + 1).filter(|next| next.index > leaf.index + 1)?;
    let mut last = None;
    for at in from..leaf.lines.end {
        if is_entry(lines[at].trimmed()) || is_column(lines, at) {
            last = Some(at);
        } else if last.is_some_and(|last| at - last >= LEAST_LINES) {
            return last.map(|last| last + 1);
        }
    }
    None
}

/// Whether a line only says what stands in the columns below it: `CHAPTER    PAGE`.
fn heads_column(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).peekable();
    let known = |w: &str| COLUMNS.contains(&w.to_lowercase().as_str());
    words.peek().is_some() && words.all(known)
}

/// What stands at the heads of columns.
const COLUMNS: [&str; 11] =
    ["chapter", "chap", "page", "pages", "pag", "seite", "kapitel", "chapitre", "no", "bladz", "blz"];

/// Whether a line is what a reader parts from an entry: its leaders, or its page.
fn is_column(lines: &[Line<'_>], at: usize) -> bool {
    let text = lines[at].trimmed();
    let leaders = text.len() >= LEAST_LEADERS && text.trim_end_matches(LEADERS).is_empty();
    leaders || candidate(lines, at).is_some_and(|c| c.alone)
}

/// Whether a title begins with a number of its own: `IV: The Mill`, `CHAPTER IV`, `IV`.
fn is_numbered(title: &str) -> bool {
    without_number(title).len() < title.len() || names_part(title) || is_numeral(title)
}

/// An entry of the list: its title and its page.
fn entry(text: &str) -> Option<(String, Number)> {
    let text = bare(text);
    // some printers set a stop behind the number
    let stopped = text.strip_suffix('.').filter(|text| text.ends_with(|c: char| c.is_ascii_digit()));
    let text = stopped.unwrap_or(text);
    let last = text.split(['.', ' ', '|', '\t', '…', '·', '_']).rfind(|w| !w.is_empty())?;
    let rest = text.strip_suffix(last)?;
    let title = rest.trim_end_matches(['.', ' ', '|', '\t', '…', '·', '_', '*', '-', '–', '—']);
    let small = last.bytes().all(|b| b.is_ascii_lowercase());
    let number = if last.bytes().all(|b| b.is_ascii_digit()) && last.len() <= 4 {
        Number { value: last.parse().ok()?, roman: false }
    } else {
        Number { value: roman_value(last).filter(|_| small)?, roman: true }
    };
    let parted = rest.ends_with(['.', ' ', '|', '\t', '…', '·', '_']);
    let words = title.chars().any(char::is_alphabetic);
    (parted && words && text.len() <= LONGEST * 2).then(|| (bare(title).to_owned(), number))
}

/// Whether the first or the last word of a line is a number that its title has not.
fn bears_number(text: &str, title: &str) -> bool {
    let text = text.trim_matches(['#', '*', ' ']);
    let ends = [text.split_whitespace().next(), text.split_whitespace().next_back()];
    let figures = |word: &&str| word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit());
    ends.into_iter().flatten().filter(figures).any(|word| !title.split_whitespace().any(|own| own == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_all_kinds() {
        for (line, title, page) in [
            ("The Mill . . . . 12", "The Mill", "12"),
            ("CHAPTER I. THE MILL 7", "CHAPTER I. THE MILL", "7"),
            ("| Preface | vii |", "Preface", "vii"),
            ("- **The Sluice**.....9", "The Sluice", "9"),
            ("BEREISDE LIEDEN      3.", "BEREISDE LIEDEN", "3"),
        ] {
            let (found, number) = entry(line).expect(line);
            assert_eq!((found.as_str(), number.to_string().as_str()), (title, page));
        }
        assert!(entry("CHAPTER I").is_none() && entry("The civil").is_none());
    }

    #[test]
    fn titles_are_known_with_their_number_and_without() {
        assert!(keys("CHAPTER IV. THE MILL").contains(&"themill".to_owned()));
        assert!(keys("IV. The Mill").contains(&"themill".to_owned()));
    }
}
