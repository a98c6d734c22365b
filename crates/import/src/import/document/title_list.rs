//! Reads the contents list: where it stands, its entries, the page and the rank of each.

use super::super::contents::{heads_contents, without_number, without_page_word};
use super::super::folded::key;
use super::super::line::Line;
use super::super::model::{Number, roman_value};
use super::super::part_name::{is_numeral, names_part};
use super::candidate::{candidate, is_head};
use super::title_words::{bare, is_bare, keys};
use super::{Document, Role};
use crate::narrow::Nearest;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

/// How many lines of a page are looked at for the heading of the contents.
const HEAD: usize = 6;
/// How many characters a line of a title has at most.
pub(super) const LONGEST: usize = 120;
/// How many lines a page of text has at least: one with a title and less is a leaf of its own.
pub(super) const LEAST_LINES: usize = 8;
/// How many letters a title has at least that is known where it stands again.
const LEAST_WORDS: usize = 5;
/// How many lines of entries a page of contents has at least that does not say so.
const LEAST_ENTRIES: usize = 2;

/// An entry of the list.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) title: String,
    /// The title with the line above or below, where it may have two: those of the list are shorter than its own.
    pub(super) longer: Option<String>,
    /// Which of the lists has it.
    pub(super) list: usize,
    /// Whether it may be no title: a line apart without a page, where the others have one.
    pub(super) maybe: bool,
    pub(super) page: Option<Number>,
    pub(super) depth: u8,
    /// Where its title stands in the text: page, lines.
    pub(super) place: Option<(usize, Range<usize>)>,
}

impl Entry {
    fn new(title: String, page: Option<Number>, depth: u8, list: usize) -> Entry {
        Entry { title, longer: None, list, maybe: false, page, depth, place: None }
    }

    /// Its titles, as they may stand in the text.
    pub(super) fn keys(&self) -> Vec<String> {
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

/// The contents list.
#[derive(Clone, Debug, Default)]
pub(super) struct Contents {
    pub(super) entries: Vec<Entry>,
    /// Pages that hold the list.
    pub(super) lists: BTreeSet<usize>,
    /// Lines that hold it, where pages are not parted.
    pub(super) regions: Vec<Range<usize>>,
    pub(super) keys: HashMap<String, Vec<usize>>,
}

impl Contents {
    /// The entries of a list of plain text. Where most have a page, a line without one is the first or the last of a title
    /// that has two.
    pub(super) fn entries_of_region(&mut self, lines: &[Line<'_>], range: Range<usize>, list: usize) {
        let is_title =
            |at: &usize| !heads_column(lines[*at].trimmed()) && !is_numbered_row(lines[*at].trimmed());
        let range: Vec<usize> = range.filter(is_title).collect();
        let numerals = range.iter().filter(|i| is_numeral(bare(lines[**i].trimmed()))).count();
        let numbered = range.iter().filter(|i| entry(lines[**i].trimmed()).is_some()).count();
        let (bare_titles, all) = (numbered * 3 < range.len(), range.len());
        let mut open: Option<&str> = None;
        let counts: Vec<Option<u32>> =
            range.iter().map(|at| leading_numeral(bare(lines[*at].trimmed()))).collect();
        for (n, at) in range.into_iter().enumerate() {
            // one among titles with numbers, which counts on with them, is a title itself
            let neighbours = [n.checked_sub(1).map(|n| (n, 1)), Some((n + 1, -1))].into_iter().flatten();
            let in_row = neighbours
                .filter_map(|(other, by)| counts.get(other).copied().flatten()?.checked_add_signed(by));
            let in_row = in_row.filter(|number| Some(*number) == counts[n]).count() > 0;
            let text = lines[at].trimmed();
            let depth = u8::nearest((lines[at].text.len() - text.len()).min(40));
            let parted = lines[at].blanks > 0;
            let above = open.take().filter(|_| !parted);
            if let Some((title, page)) = entry(text) {
                let longer = above.map(|above| format!("{} {title}", bare(above)));
                self.entries.push(Entry { longer, ..Entry::new(title, Some(page), depth, list) });
            } else if bare_titles
                && if is_numeral(bare(text)) { in_row || numerals * 2 > all } else { key(text).len() >= 3 }
            {
                // a number alone is that of the title below it, but where a list has hardly anything else
                self.entries.push(Entry::new(bare(text).to_owned(), None, depth, list));
            } else if leads_to_group(text)
                || parted && lines.get(at + 1).is_none_or(|below| below.blanks > 0) && names_group(text)
            {
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

    /// Reads the list that begins on a page; returns the next page to look at.
    pub(super) fn read(&mut self, lines: &[Line<'_>], document: &mut Document, page: usize) -> usize {
        let body = document.pages[page].body();
        let Some(heading) =
            body.clone().take(HEAD).find(|i| heads_contents(lines, *i, bare(lines[*i].trimmed())))
        else {
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
            // the last entry alone may stand on a page of its own
            let is_led =
                |i: &usize| lines[*i].trimmed().contains("....") || lines[*i].trimmed().contains(". . .");
            let is_listed = |i: usize| is_led(&i) || names_part(bare(lines[i].trimmed()));
            let is_last = range.clone().any(|i| is_led(&i)) && range.clone().all(is_listed);
            let least = if is_last { 1 } else { LEAST_ENTRIES };
            if !first && range.clone().any(|at| self.begins_text(lines, at, page)) {
                break;
            }
            if !first && (listed < least || listed * 2 < range.len())
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

    /// Whether line `at` has the words of a title that the list on a page gave, and no number: the title itself, so that the list
    /// is over.
    fn begins_text(&self, lines: &[Line<'_>], at: usize, list: usize) -> bool {
        let text = bare(lines[at].trimmed());
        let words = key(text);
        let of_list = self.entries.iter().filter(|e| e.list == list && e.page.is_some());
        entry(text).is_none()
            && words.len() >= LEAST_WORDS
            && of_list.flat_map(Entry::keys).any(|title| title == words)
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
            let closes = is_numbered(&title) || lines[at].blanks > 0 && names_titled_part(&open);
            if !open.is_empty() && closes {
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
    pub(super) fn depths(&mut self) {
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
}

/// The number with which a title begins: of `IV. THE MILL`, of `IV`.
fn leading_numeral(text: &str) -> Option<u32> {
    let word = text.split([' ', '.', ':']).next().filter(|word| is_numeral(word))?;
    roman_value(word)
}

/// Whether a line of a list without a page may be the title of a part, whose chapters follow.
fn names_group(text: &str) -> bool {
    !heads_column(text) && !is_numeral(bare(text)) && key(text).len() >= 4 && is_head(text)
}

/// Whether a line of a list without a page is the title of a part, and says by a dash or colon that its chapters follow.
fn leads_to_group(text: &str) -> bool {
    ["--", "—", ":"].iter().any(|sign| text.ends_with(sign))
        && names_group(text.trim_end_matches(['-', '—', ':']))
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

/// Whether a title is that of a part, with words of its own behind the number: `PART I. THE RIVER`.
fn names_titled_part(title: &str) -> bool {
    names_part(title) && keys(title).len() > 1 && !is_bare(title)
}

/// Whether a title begins with a number of its own: `IV: The Mill`, `CHAPTER IV`, `IV`.
fn is_numbered(title: &str) -> bool {
    without_number(title).len() < title.len() || names_part(title) || is_numeral(title)
}

/// An entry of the list: its title and its page.
pub(super) fn entry(text: &str) -> Option<(String, Number)> {
    let text = bare(text);
    // some printers set a stop behind the number
    let stopped = text.strip_suffix('.').filter(|text| text.ends_with(|c: char| c.is_ascii_digit()));
    let text = stopped.unwrap_or(text);
    let last = text.split(['.', ' ', '|', '\t', '…', '·', '_']).rfind(|w| !w.is_empty())?;
    let rest = text.strip_suffix(last)?;
    let title =
        without_page_word(rest).trim_end_matches(['.', ' ', '|', '\t', '…', '·', '_', '*', '-', '–', '—']);
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
}
