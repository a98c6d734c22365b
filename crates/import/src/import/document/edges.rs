//! The edges of pages: numbers, running heads, signatures.
//!
//! Nothing is taken for furniture for its looks alone: a line is when it bears
//! the number of its page, or when its words stand at the same edge of other
//! pages too. The first line that has the words of the heads after it is the
//! title itself, unless they were met before.

use super::super::folded::key;
use super::super::line::{Line, goes_on};
use super::super::part_name::{is_numeral, names_part};
use super::super::speaker::speaker;
use super::candidate::{Candidate, EDGE, LONGEST, candidate, is_head, is_long, misread_figure};
use super::differ::{MOST_DIFFERENT, differ};
use super::edge_lines::{
    MOST, ends, first_of_text, has_date, has_words, is_like_head, is_set_apart, without_number, words_of,
};
use super::head_places::{
    LEAST_TITLE, bears_roman, heads_titles, is_beside_number, is_numbered_on, is_title_page,
    is_under_its_head, repeats_below,
};
use super::leaves::{PLATE, is_picture};
use super::note_marks::{found_calls, glued_star, label};
use super::page_habits::{HeadHabit, is_cut_before, is_of_text};
use super::title_words::bare;
use super::titles::Contents;
use super::{Document, PhysicalPage, Role};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// On how many pages words stand at the edge at least.
const LEAST_TIMES: usize = 3;
/// On how many pages the words of a title stand at the head for the first line with them to be a head, where they follow below.
const LEAST_ABOVE_TITLE: usize = 2;
/// Of so many pages with a head one at most has it otherwise written; and on one of so many pages at least the text goes on
/// over a running foot.
const OTHERWISE: usize = 5;
/// How many lines a running head has at most: a numeral over a title of two.
const LINES_OF_HEAD: usize = 3;
/// How many lines a page of text has at least that begins with one.
const LEAST_LINES: usize = 8;
/// How many lines the words under a picture have at most, with a catchword.
const LINES_OF_PLATE: usize = 2;
/// On one of how many pages a head stands at least that looks like a sentence.
const PAGES_OF_HEAD: usize = 10;
/// How many letters a head has at least whose words a scan may have parted.
const LEAST_PARTED: usize = 16;
/// What a number beside words is worth at least as that of their page.
const LEAST_HEAD: f64 = 0.34;
/// How far a line stands in at least that is in the middle.
const LEAST_CENTRED: usize = 8;
/// In how many letters one may be misread.
const MISREAD: usize = 8;

/// The numbers alone that are those of their pages are furniture.
pub(super) fn folios(lines: &[Line<'_>], document: &mut Document) {
    for index in 0..document.pages.len() {
        let page = &document.pages[index];
        if page.shown.is_none() {
            continue;
        }
        let body = page.body();
        if page.missing > 0 {
            // between two pages that no sign parts their numbers stand anywhere
            let found: Vec<usize> = body
                .filter(|i| candidate(lines, *i).is_some_and(|c| c.alone && page.bears(c.number)))
                .collect();
            for at in found {
                document.roles[at] = Role::Furniture(95, "the number of a page, alone in its line");
            }
            continue;
        }
        let head = body.start..(body.start + MOST).min(body.end);
        let foot = body.end.saturating_sub(2).max(head.end)..body.end;
        let bears = |c: Candidate| c.alone && page.bears(c.number);
        let is_own = |i: &usize| {
            let counts = document.section_numbers.contains(i) || document.roles[*i] == Role::PageSign;
            !counts && (candidate(lines, *i).is_some_and(bears) || misreads(lines[*i].trimmed(), page))
        };
        let found: Vec<usize> = head.chain(foot).filter(is_own).collect();
        // a page bears its number once
        let last = body.end.checked_sub(1);
        let one = found.iter().find(|i| **i == body.start || Some(**i) == last).or(found.first());
        if let Some(at) = one {
            document.roles[*at] = Role::Furniture(98, "the number of the page, alone in its line");
        }
    }
}

/// Whether a scan may have read a line for the number of its page, all figures of which it misread: `l` for 1.
fn misreads(text: &str, page: &PhysicalPage) -> bool {
    let text = text.trim_matches(['.', '-', '—', '*', ' ']);
    let read: Option<String> = text.chars().map(misread_figure).collect();
    let own = page.shown.filter(|n| !n.roman);
    // a large numeral counts a section
    text.len() <= 4
        && !text.contains('I')
        && own.is_some_and(|own| read.is_some_and(|read| read == own.value.to_string()))
}

/// Words that stand at the edges of pages: on which pages.
#[derive(Default)]
struct Slots {
    heads: BTreeMap<String, Vec<usize>>,
    feet: BTreeMap<String, Vec<usize>>,
    /// Large numerals alone at the heads of pages.
    numerals: BTreeMap<String, Vec<usize>>,
    /// How the words of heads are written: on how many pages, by words and [`look`].
    looks: BTreeMap<(String, (bool, bool)), usize>,
    /// Heads with dates in them, letter by letter.
    dated: BTreeMap<String, usize>,
    /// How often short lines stand within pages.
    inner: BTreeMap<String, usize>,
}

/// How a head is written, without its number: whether in capitals, and whether with a full stop.
fn look(text: &str) -> (bool, bool) {
    let text = without_number(text);
    (!text.contains(char::is_lowercase), text.trim_end_matches(['*', ' ']).ends_with('.'))
}

/// Running heads.
pub(super) fn heads(lines: &[Line<'_>], document: &mut Document, contents: &Contents) {
    let slots = Slots::count(lines, document);
    let told: Vec<String> = slots
        .heads
        .iter()
        .filter(|(_, p)| p.len() >= LEAST_TIMES)
        .map(|(w, p)| format!("“{w}” ({})", p.len()))
        .collect();
    if !told.is_empty() {
        document.parameters.push(("words at the heads of pages", told.join(", ")));
    }
    let habit = HeadHabit::learn(lines, document);
    let mut met: Vec<String> = Vec::new();
    let mut opened: BTreeSet<String> = BTreeSet::new();
    let mut book: Option<BTreeSet<String>> = None;
    for index in 0..document.pages.len() {
        let body = document.pages[index].body();
        for at in body.clone().take(MOST) {
            if matches!(document.roles[at], Role::Furniture(..)) {
                continue;
            }
            let words = words_of(lines[at].trimmed());
            let of_book = book.as_ref().is_some_and(|book| book.contains(&words));
            let again = opened.contains(&words) || of_book && times(&slots.heads, &words).len() < LEAST_TIMES;
            let judged = judge(lines, document, &slots, (index, at), contents, (&met, again))
                .or_else(|| by_habit(lines, document, (habit, &slots), (index, at), contents));
            let Some(role) = judged else { break };
            document.roles[at] = role;
        }
        opened.extend(opening(lines, document, index));
        // behind the first page of text the title of the book is a head
        if book.is_none() && is_of_text(lines, document, index) {
            let front = (0..index).filter(|page| !contents.lists(*page));
            book = Some(front.filter_map(|page| title_of_book(lines, document, page)).collect());
        }
        let is_met = |at: &usize| matches!(document.roles[*at], Role::Text | Role::Furniture(..));
        let short = |at: &usize| is_met(at) && lines[*at].text.len() <= LONGEST;
        met.extend(body.filter(short).map(|at| key(lines[at].trimmed())).filter(|w| !w.is_empty()));
        let keep = met.len().saturating_sub(4000);
        met.drain(..keep);
    }
}

/// The words at the head of a page that has no running head: those of a title, which the next pages may repeat.
fn opening(lines: &[Line<'_>], document: &Document, index: usize) -> Vec<String> {
    let body = document.pages[index].body();
    let words = |at: usize| words_of(lines[at].trimmed());
    let head =
        |at: usize| matches!(document.roles[at], Role::Furniture(..)) && words(at).len() >= LEAST_TITLE;
    if body.len() < LEAST_LINES && document.set_lines || body.clone().take(MOST).any(head) {
        return Vec::new();
    }
    let free = body.filter(|at| document.roles[*at] == Role::Text).take(LINES_OF_TITLE);
    let short = free.filter(|at| lines[*at].text.len() <= LONGEST_OPENING && is_head(lines[*at].trimmed()));
    short.map(words).filter(|w| w.len() >= LEAST_OPENING).collect()
}

/// The words of the first line of a title page: those of the book's title.
fn title_of_book(lines: &[Line<'_>], document: &Document, page: usize) -> Option<String> {
    let body = document.pages[page].body();
    let first = body.into_iter().find(|at| has_words(lines[*at].trimmed()))?;
    let words = words_of(lines[first].trimmed());
    (is_title_page(lines, document, page) && words.len() >= LEAST_OPENING && is_head(lines[first].trimmed()))
        .then_some(words)
}

/// How many lines at the head of a page may be its title.
const LINES_OF_TITLE: usize = 3;
/// How many letters a title has at least for one page to repeat it.
const LEAST_OPENING: usize = 8;

/// Running feet; before notes are looked for, which stand above them.
pub(super) fn feet(lines: &[Line<'_>], document: &mut Document) {
    let slots = Slots::count(lines, document);
    let over = |(_, pages): &(&String, &Vec<usize>)| {
        pages.len() >= LEAST_TIMES && goes_on_over(lines, document, pages)
    };
    let running: BTreeSet<&str> = slots.feet.iter().filter(over).map(|(words, _)| words.as_str()).collect();
    for index in 0..document.pages.len() {
        for at in document.pages[index].body().rev().take(2) {
            if matches!(document.roles[at], Role::Furniture(..)) {
                continue;
            }
            if document.roles[at] != Role::Text || !is_foot(lines, document, (&slots, &running), (index, at))
            {
                break;
            }
            document.roles[at] = Role::Furniture(94, "the same words stand at the foot of other pages");
        }
    }
}

/// Titles that no contents list gives: the running heads repeat them. One that stands at the head of a page of text for
/// the first time, on the page of the first of its heads or on one of those before, is the title.
pub(super) fn titles(lines: &[Line<'_>], document: &mut Document) {
    if document.titled {
        return;
    }
    let mut met: BTreeSet<String> = BTreeSet::new();
    for index in 0..document.pages.len() {
        let body = document.pages[index].body();
        let head = |at: &usize| matches!(document.roles[*at], Role::Furniture(..));
        let mut words: Vec<String> =
            body.take(MOST).filter(head).map(|at| words_of(lines[at].trimmed())).collect();
        // a title may break elsewhere than a head of two lines
        let pairs = words.windows(2).filter(|pair| pair.iter().all(|w| w.len() >= LEAST_TITLE));
        let joined: Vec<String> = pairs.map(|pair| pair.join(" ")).collect();
        words.splice(0..0, joined);
        for words in words.into_iter().filter(|w| w.len() >= LEAST_TITLE) {
            if !met.insert(words.clone()) {
                continue;
            }
            let before = index.saturating_sub(LEAST_TIMES)..index + 1;
            let own = |range: &Range<usize>| {
                let first = document.pages[index].body().find(|at| document.roles[*at] == Role::Text);
                range.start < document.pages[index].lines.start
                    || first == Some(range.start) && !lines[range.start].trimmed().starts_with('#')
            };
            let mut found = before.rev().filter_map(|page| title_on(lines, document, page, &words));
            let Some(range) = found.find(own) else { continue };
            for at in range.clone() {
                document.roles[at] = match at == range.start {
                    true => Role::Title(1, 95, "running heads of the pages that follow repeat it"),
                    false => Role::TitleText,
                };
            }
        }
    }
}

/// Titles in letters as a sentence has them, on pages without the head that the others have: a few such words stand above
/// the text of a page where a text begins.
pub(super) fn openings(lines: &[Line<'_>], document: &mut Document) {
    let headed = |document: &Document, index: usize| {
        let body = document.pages[index].body();
        body.take(MOST).any(|at| {
            matches!(document.roles[at], Role::Furniture(..))
                && words_of(lines[at].trimmed()).len() >= LEAST_TITLE
        })
    };
    let with = (0..document.pages.len()).filter(|i| headed(document, *i)).count();
    if document.titled || with * 2 < document.pages.len() {
        return;
    }
    let first_of_text = (0..document.pages.len()).find(|index| is_of_text(lines, document, *index));
    for index in 0..document.pages.len() {
        let body = document.pages[index].body();
        let mut text = body.clone().filter(|at| document.roles[*at] == Role::Text);
        let (Some(first), Some(second)) = (text.next(), text.next()) else { continue };
        // the text begins under the head of its first page
        let begins = first_of_text == Some(index) && is_set_apart(lines, document, first);
        if index == 0 && !begins {
            continue;
        }
        let title = |at: usize| {
            lines[at].text.len() <= LONGEST_OPENING
                && is_head(lines[at].trimmed())
                && !ends(lines[at].trimmed())
                && speaker(lines[at].trimmed()).is_none()
        };
        let alone = lines[second].blanks > 0 || lines[second].text.len() * 2 > lines[first].text.len() * 3;
        if (begins || !headed(document, index)) && text.count() + 2 >= LEAST_LINES && title(first) && alone {
            let why = "a few words above the text of a page that lacks the running head of the others";
            document.roles[first] = Role::Title(1, 85, why);
        }
    }
}

/// How many characters a title has at most that nothing but its place tells.
const LONGEST_OPENING: usize = 48;

/// The lines at the head of a page of text that say what its running heads do.
fn title_on(lines: &[Line<'_>], document: &Document, page: usize, words: &str) -> Option<Range<usize>> {
    let body = document.pages[page].body();
    let text: Vec<usize> = body.clone().filter(|at| document.roles[*at] == Role::Text).collect();
    if text.len() < LEAST_LINES {
        return None;
    }
    let says = |from: usize, to: usize| {
        let whole: Vec<String> = (from..to).map(|at| words_of(lines[at].trimmed())).collect();
        whole.join(" ") == words
    };
    let places = text.iter().take(EDGE).flat_map(|from| (1..=2).map(move |n| *from..*from + n));
    let free = |r: &Range<usize>| r.clone().all(|at| at < body.end && document.roles[at] == Role::Text);
    places.filter(free).find(|r| says(r.start, r.end))
}

impl Slots {
    fn count(lines: &[Line<'_>], document: &Document) -> Slots {
        let mut slots = Slots::default();
        // what stands on a page that was scanned twice stands there once, and the words of a picture are no head
        let is_text = |page: &PhysicalPage| {
            let size: usize = page.body().map(|at| lines[at].trimmed().len()).sum();
            (size > PLATE || page.body().len() > LINES_OF_PLATE) && !page.repeated
        };
        for (index, page) in document.pages.iter().enumerate().filter(|(_, page)| is_text(page)) {
            let body = page.body();
            let put = |into: &mut BTreeMap<String, Vec<usize>>, at: usize| {
                let words = words_of(lines[at].trimmed());
                if !is_long(lines[at].trimmed()) && words.len() >= 2 && !is_picture(lines[at].trimmed()) {
                    let pages = into.entry(words).or_default();
                    if pages.last() != Some(&index) {
                        pages.push(index);
                    }
                }
            };
            let free = |at: &usize| document.roles[*at] == Role::Text;
            let short = |at: &usize| lines[*at].text.len() <= LONGEST_OPENING;
            let inner = body.start + EDGE..body.end.saturating_sub(2);
            for at in inner.filter(free).filter(short) {
                *slots.inner.entry(words_of(lines[at].trimmed())).or_default() += 1;
            }
            for at in body.clone().take(EDGE).filter(free).take(LINES_OF_HEAD) {
                put(&mut slots.heads, at);
                let text = lines[at].trimmed();
                *slots.looks.entry((words_of(text), look(text))).or_default() += 1;
                if has_date(text) {
                    *slots.dated.entry(key(text)).or_default() += 1;
                }
                if is_numeral(bare_numeral(text)) {
                    slots.numerals.entry(bare_numeral(text).to_owned()).or_default().push(index);
                }
            }
            body.rev().take(2).filter(free).take(1).for_each(|at| put(&mut slots.feet, at));
        }
        slots
    }

    /// Whether one of the next two pages has the words of a line at its head: the first time they are the title.
    fn repeat_next(&self, text: &str, index: usize) -> bool {
        let pages = self.heads.get(&words_of(text)).map_or(&[][..], Vec::as_slice);
        pages.first() == Some(&index) && pages.get(1).is_some_and(|next| next - index <= 2)
    }

    /// Whether the heads with the words of a line are written as it is, on more than one page in [`OTHERWISE`]: a sentence
    /// may have the words of a title.
    fn looks_alike(&self, text: &str) -> bool {
        let words = words_of(text);
        let all = self.heads.get(&words).map_or(0, Vec::len);
        let alike = self.looks.get(&(words, look(text))).copied().unwrap_or(0);
        all < LEAST_TIMES || alike > all / OTHERWISE
    }

    /// Whether words that stand at the heads of pages are those of the text: the dates of letters differ by their figures
    /// alone, the names of those who speak stand within pages too, and scenes have the numbers of those in other acts, far off.
    fn is_of_text(&self, text: &str, pages: &[usize]) -> bool {
        let words = words_of(text);
        let count = |of: &BTreeMap<String, usize>, key: &str| of.get(key).copied().unwrap_or(0);
        let far = || !pages.windows(2).any(|pair| pair[1] - pair[0] <= 2);
        has_date(text) && count(&self.dated, &key(text)) < pages.len().min(LEAST_TIMES)
            || count(&self.inner, &words) >= pages.len().max(LEAST_TIMES)
            || is_numbered(&words) && far()
    }

    /// Whether a large numeral at the head of a page is that of the chapter which goes on there: the numerals of chapters
    /// and sections stand once, and not within a sentence.
    fn numeral_runs(&self, lines: &[Line<'_>], document: &Document, text: &str, index: usize) -> bool {
        let pages = self.numerals.get(bare_numeral(text)).map_or(&[][..], Vec::as_slice);
        let is_cut = |page: &usize| is_cut_before(lines, document, *page);
        let near = || pages.iter().any(|page| *page < index && index - page <= 2);
        let many =
            pages.len() >= LEAST_TIMES && pages.iter().filter(|page| is_cut(page)).count() * 3 >= pages.len();
        pages.len() > 1 && is_cut(&index) || many && near()
    }
}

/// Whether the text goes on over the words at the foot of some of their pages: else they are the last of a text.
fn goes_on_over(lines: &[Line<'_>], document: &Document, pages: &[usize]) -> bool {
    let over = |page: &&usize| {
        let above = document.pages[**page].body().rev().filter(|at| document.roles[*at] == Role::Text).nth(1);
        let below = first_of_text(lines, document, **page + 1);
        above.is_some_and(|at| goes_on(lines[at].trimmed()))
            || below.is_some_and(|at| lines[at].trimmed().starts_with(char::is_lowercase))
    };
    pages.iter().filter(over).count() * OTHERWISE >= pages.len()
}

/// A numeral as a head or a title writes it, with a number beside it or without.
fn bare_numeral(text: &str) -> &str {
    text.trim_matches(|c: char| "#*. ".contains(c) || c.is_ascii_digit())
}

/// Whether words end with a numeral: `Scene IV`.
fn is_numbered(words: &str) -> bool {
    words.rsplit_once(' ').is_some_and(|(_, last)| is_numeral(&last.to_uppercase()))
}

/// On which pages these words stand, or some of which a scan misread them.
fn times<'s>(slots: &'s BTreeMap<String, Vec<usize>>, words: &str) -> &'s [usize] {
    slot(slots, words).map_or(&[], |(_, pages)| pages)
}

/// Those words, as most pages have them, with their pages.
fn slot<'s>(slots: &'s BTreeMap<String, Vec<usize>>, words: &str) -> Option<(&'s str, &'s [usize])> {
    let own = slots.get_key_value(words).map(|(words, pages)| (words.as_str(), pages.as_slice()));
    let is_common = own.is_some_and(|(_, pages)| pages.len() >= LEAST_TIMES);
    // what a numeral tells from its neighbours is no misreading of them
    if is_common || words.len() < MISREAD || is_numbered(words) {
        return own;
    }
    let near = slots.iter().filter(|(other, pages)| {
        pages.len() >= LEAST_TIMES
            && other.len().abs_diff(words.len()) <= 2
            && differ(other, words) <= (words.len() / MISREAD).min(MOST_DIFFERENT)
    });
    let near = near.map(|(words, pages)| (words.as_str(), pages.as_slice()));
    near.max_by_key(|(_, pages)| pages.len()).or(own)
}

/// The role of a line that has the number of its page beside its words.
fn with_number(
    lines: &[Line<'_>],
    document: &Document,
    (index, at): (usize, usize),
    (pages, titled): (&[usize], bool),
) -> Option<Role> {
    let shown = document.pages[index].shown;
    let (times, first_on) = (pages.len(), pages.first().copied());
    if words_of(lines[at].trimmed()).len() < 2 {
        return None;
    }
    let own = candidate(lines, at).filter(|c| shown == Some(c.number));
    let is_roman = first_on.is_some_and(|first| first < index) && bears_roman(lines, at);
    if (own.is_some() || is_roman) && times >= 2 {
        return Some(Role::Furniture(
            98,
            "its words stand at the head of other pages, with the number of each",
        ));
    }
    // a title may bear the call of a note, which is no number of its page, and one that is marked the number of its section
    let is_head = own.is_some_and(|c| c.weight >= LEAST_HEAD);
    (is_head && !titled && is_set_apart(lines, document, at))
        .then_some(Role::Furniture(93, "words and the number of the page at its head"))
}

/// The role of a line at the head of a page, with which nothing but furniture is above it.
fn judge(
    lines: &[Line<'_>],
    document: &Document,
    slots: &Slots,
    (index, at): (usize, usize),
    contents: &Contents,
    (met, again): (&[String], bool),
) -> Option<Role> {
    let page = &document.pages[index];
    let text = lines[at].trimmed();
    // type larger than the text's is no running head
    let sized = document.sized && text.starts_with('#') || is_under_its_head(lines, document, page, at);
    let is_other = sized || is_picture(text) || opens_called_note(lines, page, at);
    if document.roles[at] != Role::Text || is_long(text) || is_other {
        return None;
    }
    let words = words_of(text);
    // the few words of a leaf without a number are those of a picture
    if document.is_plate(lines, index) && slots.heads.get(&words).map_or(0, Vec::len) < LEAST_TIMES {
        return None;
    }
    let pages = times(&slots.heads, &words);
    let (times, first_on) = (pages.len(), pages.first().copied());
    let titled = contents.begins(index, at);
    if let Some(role) = with_number(lines, document, (index, at), (pages, titled)) {
        return Some(role);
    }
    // numerals alone count chapters or sections, which begin on many pages
    if is_numeral(bare_numeral(text)) {
        let runs = !titled && is_numeral_head(lines, document, slots, (index, at));
        return runs.then_some(Role::Furniture(93, "the numeral of the text, at the head of its pages"));
    }
    // a sentence does not stand in the middle of its line
    let is_centred = lines[at].indent() >= document.margins.get(at).copied().unwrap_or(0) + LEAST_CENTRED;
    if titled || words.len() < 2 || !slots.looks_alike(text) && !is_centred || slots.is_of_text(text, pages) {
        return None;
    }
    let numbered = is_beside_number(lines, document, page, at);
    if !numbered && is_title_page(lines, document, index) {
        return None;
    }
    if (numbered || times >= LEAST_ABOVE_TITLE) && repeats_below(lines, page, at) {
        return Some(Role::Furniture(
            94,
            "stands above a title with the same words, as the running heads have them",
        ));
    }
    let numbered_on = || numbered || is_numbered_on(lines, document, (pages, &words), index);
    let least = least_times(document, text, numbered_on);
    // a title of the list that has its place on an earlier page, or the last of these, misread
    let is_own = contents.is_repeated(text, index);
    let listed =
        is_own || contents.knows(text) && contents.placed_before(text, index) && at == page.body().start;
    // the words of a sentence may be those of a title
    let sentence = look(text) == (false, true) && !is_centred && !is_cut_before(lines, document, index);
    let repeats = (again || listed) && !sentence;
    // a scan may have parted the words of a long one
    let is_parted = is_own && words.len() >= LEAST_PARTED;
    if repeats && (is_head(text) || is_parted) && !ends(text) && is_set_apart(lines, document, at) {
        return Some(Role::Furniture(93, "repeats the title of the text at the head of its next pages"));
    }
    if times < least && own_title_within(lines, document, (index, at), met) {
        return Some(Role::Furniture(
            94,
            "repeats a title within a sentence that goes on over the end of the page",
        ));
    }
    // a line of running text may begin several pages; it does not stand apart, nor does it look like a head
    if times < least || !is_head(text) && !is_set_apart(lines, document, at) {
        return None;
    }
    // the first line with these words, and no number beside it, is the title that the heads repeat
    let first = first_on == Some(index) && !heads_titles(lines, document, (pages, &words), at);
    let known = contents.knows(lines[at].trimmed()) && contents.placed(lines[at].trimmed())
        || met.contains(&key(&words));
    if first && !numbered && !known && !is_cut_before(lines, document, index) {
        return None;
    }
    Some(Role::Furniture(95, "the same words stand at the head of other pages"))
}

/// Whether a head stands within a sentence that the page before leaves open, and has the words with which a line above ended: those
/// of the title.
fn own_title_within(
    lines: &[Line<'_>],
    document: &Document,
    (index, at): (usize, usize),
    met: &[String],
) -> bool {
    let text = lines[at].trimmed();
    let below = document.pages[index].body().find(|below| *below > at && has_words(lines[*below].trimmed()));
    let goes_on = below.is_some_and(|below| lines[below].trimmed().starts_with(char::is_lowercase));
    let own = key(text);
    goes_on
        && is_cut_before(lines, document, index)
        && is_head(text)
        && own.len() >= LEAST_OPENING
        && met.iter().any(|title| title.ends_with(&own))
}

/// Whether a numeral is that of the text which goes on on its page: the number of the page stands beside it, or the words of a head
/// below, or the pages around have it too.
fn is_numeral_head(
    lines: &[Line<'_>],
    document: &Document,
    slots: &Slots,
    (index, at): (usize, usize),
) -> bool {
    let (page, text) = (&document.pages[index], lines[at].trimmed());
    let beside = |word: &str| page.shown.is_some_and(|number| word == number.to_string());
    // white space parts the number of the page from the head, and no number of a section from its chapter's
    let parted = text.contains("  ") || is_cut_before(lines, document, index);
    text.split_whitespace().any(beside) && parted
        || over_head(slots, lines, page, at)
        || slots.numeral_runs(lines, document, text, index)
}

/// Whether the line below a numeral is a running head with the number of the page under it: the numeral belongs to it.
fn over_head(slots: &Slots, lines: &[Line<'_>], page: &PhysicalPage, at: usize) -> bool {
    let head = |at: usize| times(&slots.heads, &words_of(lines[at].trimmed())).len() >= LEAST_TIMES;
    let number = |at: usize| candidate(lines, at).is_some_and(|c| c.alone && page.bears(c.number));
    at + 2 < page.lines.end && head(at + 1) && number(at + 2)
}

/// On how many pages words stand at the head at least: with the number of the page beside them on two. Sentences of one word,
/// such as those for the stage, begin several pages of a play.
fn least_times(document: &Document, text: &str, numbered: impl FnOnce() -> bool) -> usize {
    let is_sentence = look(text) == (false, true) && !text.contains(|c: char| c.is_ascii_digit());
    match is_sentence {
        true => LEAST_TIMES.max(document.pages.len() / PAGES_OF_HEAD),
        false if numbered() => 2,
        false => LEAST_TIMES,
    }
}

/// The role of a line that stands where all pages have their heads, with which nothing but furniture is above it. No title
/// stands on a page that begins in mid-sentence. On others an unknown line is a head where many pages have one of their own,
/// or the contents list has all titles, and the page before is full.
fn by_habit(
    lines: &[Line<'_>],
    document: &Document,
    (habit, slots): (HeadHabit, &Slots),
    (index, at): (usize, usize),
    contents: &Contents,
) -> Option<Role> {
    let page = &document.pages[index];
    let above = (page.body().start..at).filter(|i| has_words(lines[*i].trimmed())).count();
    let text = lines[at].trimmed();
    // type larger than the text's is no running head
    let sized = document.sized && text.starts_with('#');
    let is_text =
        document.roles[at] == Role::Text && !sized && !is_picture(text) && !contents.begins(index, at);
    if above >= habit.lines || !is_text || !is_like_head(lines, document, at) {
        return None;
    }
    let is_cut = is_cut_before(lines, document, index);
    let below = page.body().find(|below| *below > at && document.roles[*below] == Role::Text);
    let first = |at: usize| lines[at].trimmed().trim_start_matches(['>', ' ']);
    let goes_on = below.is_some_and(|below| first(below).starts_with(char::is_lowercase));
    // the words of a picture stand on a leaf of their own
    let is_rest = is_cut && goes_on;
    if !is_rest && (!is_of_text(lines, document, index) || document.is_plate(lines, index)) {
        return None;
    }
    if is_cut {
        return Some(Role::Furniture(94, "stands where other pages have their heads, within a sentence"));
    }
    // a numeral that is no head by itself counts a chapter
    let titled = names_part(bare(text))
        || is_numeral(bare_numeral(text))
        || page.number.is_some_and(|n| contents.names_page(n.0))
        || !is_beside_number(lines, document, page, at) && slots.repeat_next(text, index);
    let known = habit.differ || contents.is_placed();
    (known && !titled && habit.is_full_before(lines, document, index))
        .then_some(Role::Furniture(90, "stands where other pages have their heads"))
}

/// Whether the last line of a page says what the last lines of other pages say, and is no note.
fn is_foot(
    lines: &[Line<'_>],
    document: &Document,
    (slots, running): (&Slots, &BTreeSet<&str>),
    (index, at): (usize, usize),
) -> bool {
    let text = lines[at].trimmed();
    let page = &document.pages[index];
    let bears = candidate(lines, at).is_some_and(|c| page.shown == Some(c.number));
    let words = words_of(text);
    let opens_note = label(text).or_else(|| glued_star(text)).is_some();
    if is_long(text) || words.len() < 2 || opens_note && !bears || is_picture(text) {
        return false;
    }
    // a note may have the number of its page
    if opens_called_note(lines, page, at) {
        return false;
    }
    let Some((words, pages)) = slot(&slots.feet, &words) else { return false };
    (bears && pages.len() >= 2 || running.contains(words)) && is_set_apart(lines, document, at)
}

/// Whether a line begins with the number or mark of a note that the text of its page calls above it.
fn opens_called_note(lines: &[Line<'_>], page: &PhysicalPage, at: usize) -> bool {
    let text = lines[at].trimmed();
    let Some((mark, _)) = label(text).or_else(|| glued_star(text)) else { return false };
    let above = page.body().take_while(|above| *above < at);
    above.flat_map(|i| found_calls(&lines[i], i, true)).any(|call| call.mark == mark && call.is_likely())
}
