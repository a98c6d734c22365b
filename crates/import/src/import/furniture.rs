//! What stands at the head and foot of every page of the old edition:
//! running heads and page numbers.

use super::line::{Line, goes_on, normal};
use super::mark::{folio_number, page_mark, page_mark_number};
use std::collections::{BTreeMap, HashMap, HashSet};

/// How many characters a running head has at most.
const LONGEST: usize = 80;

/// Among how many numbers before and after it a page number must have its neighbour.
const NEAR: usize = 3;

/// How many lines the running heads of a page have at most.
const MOST_HEADS: usize = 4;

/// How many characters a line above it has at most.
const LONGEST_TITLE: usize = 50;

/// How many lines are looked at for a title that running heads repeat.
const MOST_TITLES: usize = 24;

/// How many bytes a page holds at least, where its number might be one of a stanza.
const LEAST_PAGE: usize = 800;

/// On how many pages a running head stands at least.
pub(super) const LEAST_HEADS: usize = 3;

/// How many pages at least must bear a number other than that of their page mark.
const LEAST_BORNE: usize = 3;

/// The page numbers of a transcription, and the running heads.
#[derive(Debug, Default)]
pub(super) struct Furniture {
    /// Lines of nothing but a page number.
    pub folios: HashSet<usize>,
    /// Whether these stand at the heads of the pages.
    pub at_head: bool,
    /// Running heads with their page number in the same line.
    pub numbered: HashMap<usize, u32>,
    /// How much greater the numbers that the pages bear are than those of the page marks.
    pub shift: i32,
    /// Lines next to the ends of pages that say the same on three pages or more, as [`normal`] has them.
    heads: HashMap<String, usize>,
    /// Titles of the transcription's headings, as [`normal`] has them: running heads repeat them.
    titles: HashSet<String>,
}

impl Furniture {
    /// Looks over all lines once.
    pub(super) fn survey(lines: &[Line<'_>], contents: &dyn Fn(usize) -> bool) -> Furniture {
        let numbered = numbered_heads(lines, contents);
        let folios = rising(lines, &numbered);
        let titles = lines
            .iter()
            .map(Line::trimmed)
            .filter_map(|t| Some(normal(t.strip_prefix('#')?.trim_start_matches('#'))));
        let titles = titles.filter(|t| !t.is_empty()).collect();
        let at_head = at_head(lines, &folios);
        let mut found = Furniture { folios, at_head, titles, ..Furniture::default() };
        found.numbered = found.steady(lines, &numbered);
        found.shift = found.shift(lines);
        found.heads = found.heads(lines);
        found
    }

    /// Whether a line says what a heading of the transcription says.
    pub(super) fn repeats_title(&self, text: &str) -> bool {
        self.titles.contains(&normal(text))
    }

    /// Whether line `at` is one that stands between pages: a page mark, a page number, a rule of hyphens.
    pub(super) fn is_sign(&self, lines: &[Line<'_>], at: usize) -> bool {
        lines.get(at).is_some_and(|l| {
            let text = l.trimmed();
            self.folios.contains(&at)
                || page_mark(text).is_some()
                || (text.len() >= 3 && text.bytes().all(|b| b == b'-'))
        })
    }

    /// Whether line `at` stands next to the end of a page, or only running heads are between.
    pub(super) fn is_beside_end(&self, lines: &[Line<'_>], at: usize) -> bool {
        let feed = |i: usize| lines.get(i).is_some_and(|l| l.feed);
        let head = |i: usize| lines.get(i).is_some_and(|l| self.times_at_end(l.trimmed()) >= LEAST_HEADS);
        let ends = |mut i: usize, down: bool| {
            for _ in 0..MOST_HEADS {
                let border = if down { i + 1 } else { i };
                let Some(next) = (if down { Some(i + 1) } else { i.checked_sub(1) }) else {
                    return feed(border);
                };
                if feed(border) || self.is_sign(lines, next) {
                    return true;
                }
                if !head(next) {
                    return false;
                }
                i = next;
            }
            false
        };
        ends(at, false) || ends(at, true)
    }

    /// Whether a page number or running head stands directly above or below line `at`, without a blank line.
    pub(super) fn touches(&self, lines: &[Line<'_>], at: usize) -> bool {
        let close = |i: usize| lines.get(i).is_some_and(|l| l.blanks == 0 && !l.feed);
        let head = |i: usize| {
            let known = self.folios.contains(&i) || self.numbered.contains_key(&i);
            known || self.times_at_end(lines[i].trimmed()) >= LEAST_HEADS
        };
        at > 0 && close(at) && head(at - 1) || close(at + 1) && head(at + 1)
    }

    /// Whether line `at` has the running head's words for the first time, above all running text and without a page
    /// number: there they are the title.
    pub(super) fn is_masthead(&self, lines: &[Line<'_>], at: usize) -> bool {
        let words = normal(lines[at].trimmed());
        let title = |l: &Line<'_>| l.text.len() <= LONGEST_TITLE && normal(l.trimmed()) != words;
        let above = |i: usize| self.is_sign(lines, i) || title(&lines[i]);
        at < MOST_TITLES && (0..at).all(above) && !self.touches(lines, at)
    }

    /// How often the words of a line stand near the end of a page.
    pub(super) fn times_at_end(&self, text: &str) -> usize {
        self.heads.get(&normal(text)).copied().unwrap_or(0)
    }

    /// Counts the lines near the ends of pages by their words.
    fn heads(&self, lines: &[Line<'_>]) -> HashMap<String, usize> {
        let sign = |i: usize| self.is_sign(lines, i);
        let feed = |i: usize| lines.get(i).is_some_and(|l| l.feed);
        let near = |at: &usize| {
            (0..MOST_HEADS).any(|n| at.checked_sub(n).is_some_and(|i| feed(i) || i > 0 && sign(i - 1)))
                || (1..=MOST_HEADS).any(|n| feed(at + n) || sign(at + n))
        };
        let mut times = HashMap::new();
        for at in (0..lines.len()).filter(|i| lines[*i].text.len() <= LONGEST).filter(near) {
            *times.entry(normal(lines[at].trimmed())).or_default() += 1;
        }
        times.remove("");
        times
    }

    /// How much greater than those of the page marks the numbers are that most pages bear in their first or last lines.
    fn shift(&self, lines: &[Line<'_>]) -> i32 {
        let marks: Vec<(usize, u32)> =
            lines.iter().enumerate().filter_map(|(i, l)| Some((i, page_mark_number(l.trimmed())?))).collect();
        let number = |i: usize| {
            let folio = || folio_number(lines[i].trimmed()).filter(|_| self.folios.contains(&i));
            self.numbered.get(&i).copied().or_else(folio)
        };
        let mut times: BTreeMap<i64, usize> = BTreeMap::new();
        for (n, (at, mark)) in marks.iter().enumerate() {
            let stop = marks.get(n + 1).map_or(lines.len(), |m| m.0);
            let head = at + 1..(at + 1 + MOST_HEADS).min(stop);
            let foot = stop.saturating_sub(MOST_HEADS).max(head.end)..stop;
            if let Some(borne) = head.chain(foot).find_map(number) {
                *times.entry(i64::from(borne) - i64::from(*mark)).or_default() += 1;
            }
        }
        let all: usize = times.values().sum();
        let most = times.into_iter().max_by_key(|(_, n)| *n).unwrap_or_default();
        let sure = most.1 >= LEAST_BORNE && most.1 * 5 >= all * 4;
        if sure { i32::try_from(most.0).unwrap_or(0) } else { 0 }
    }

    /// Lines such as `12 THE MILL` and `THE MILL 13` whose numbers rise by one from page to page.
    fn steady(&self, lines: &[Line<'_>], heads: &BTreeMap<usize, (u32, &str)>) -> HashMap<usize, u32> {
        let mut numbers: Vec<(usize, u32, bool)> = Vec::new();
        let mut times: HashMap<String, u32> = HashMap::new();
        for (index, line) in lines.iter().enumerate() {
            let text = line.trimmed();
            if let Some(number) = page_mark_number(text) {
                numbers.push((index, number, false));
            } else if self.folios.contains(&index) {
                numbers.extend(folio_number(text).map(|n| (index, n, false)));
            } else if let Some((number, words)) = heads.get(&index) {
                *times.entry(normal(words)).or_default() += 1;
                numbers.push((index, *number, true));
            }
        }
        let candidates = numbers.iter().enumerate().filter(|(_, n)| n.2);
        let steady = candidates.filter(|(i, (at, number, _))| {
            let after_mark = i
                .checked_sub(1)
                .is_some_and(|j| !numbers[j].2 && numbers[j].0 + 1 == *at && numbers[j].1 == *number);
            let before = numbers[i.saturating_sub(NEAR)..*i].iter().any(|b| b.1 + 1 == *number);
            let after = numbers[i + 1..].iter().take(NEAR).any(|a| a.1 == *number + 1);
            let words = words_of(lines[*at].trimmed());
            let known = is_capital(words)
                || self.repeats_title(words)
                || times.get(&normal(words)).is_some_and(|n| *n > 1);
            known && (after_mark || before || after)
        });
        steady.map(|(_, (at, number, _))| (*at, *number)).collect()
    }
}

/// All lines of words and a number where a page may begin or end. A single word that has the number behind it every time
/// counts the parts of the book and no pages: `PSALM 5`.
fn numbered_heads<'a>(
    lines: &[Line<'a>],
    contents: &dyn Fn(usize) -> bool,
) -> BTreeMap<usize, (u32, &'a str)> {
    let found = |i: usize| Some((i, head_and_number(lines, i)?)).filter(|_| !contents(i));
    let heads: BTreeMap<usize, (u32, &str)> = (0..lines.len()).filter_map(found).collect();
    let leads = |at: &usize, words: &str| !lines[*at].trimmed().starts_with(words);
    let led: HashSet<String> =
        heads.iter().filter(|(at, h)| leads(at, h.1)).map(|(_, h)| normal(h.1)).collect();
    let part = |words: &str| words.split_whitespace().count() == 1 && !led.contains(&normal(words));
    heads.into_iter().filter(|(_, h)| !part(h.1)).collect()
}

/// A line of words and a number before or after them, where a page may begin or end.
fn head_and_number<'a>(lines: &[Line<'a>], at: usize) -> Option<(u32, &'a str)> {
    let line = &lines[at];
    let text = line.trimmed();
    let alone = |i: usize| lines.get(i).is_none_or(|l| l.blanks > 0 || l.feed);
    let marked = at.checked_sub(1).is_some_and(|i| page_mark(lines[i].trimmed()).is_some());
    if text.len() > LONGEST || text.starts_with('#') || !(at == 0 || alone(at) || marked) || !alone(at + 1) {
        return None;
    }
    let words = words_of(text);
    let number = text
        .strip_prefix(words)
        .or_else(|| text.strip_suffix(words))?
        .trim_matches(['|', ' ', '\t', '[', ']']);
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    let sentence = words.ends_with([',', ';', ':', '!', '?']) || words.ends_with('.') && !is_capital(words);
    if letters < 3 || sentence || number.is_empty() || number.len() > 4 {
        return None;
    }
    Some((number.parse().ok()?, words))
}

/// The words of a numbered head.
fn words_of(text: &str) -> &str {
    let sign = |c: char| c.is_ascii_digit() || matches!(c, '|' | '[' | ']') || c.is_whitespace();
    let before = text.trim_start_matches(sign);
    if before.len() < text.len() { before } else { text.trim_end_matches(sign) }
}

/// Whether most letters are capitals.
pub(super) fn is_capital(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3 && text.chars().filter(|c| c.is_uppercase()).count() * 10 >= letters * 8
}

/// Lines of nothing but a number that belong to the commonest steady row, with running heads that bear one: page
/// numbers rise by one.
fn rising(lines: &[Line<'_>], heads: &BTreeMap<usize, (u32, &str)>) -> HashSet<usize> {
    let alone = |i: usize| folio_number(lines[i].trimmed());
    let head = |i: usize| heads.get(&i).filter(|h| is_capital(h.1)).map(|h| h.0);
    let mut times: HashMap<u32, u32> = HashMap::new();
    (0..lines.len()).filter_map(alone).for_each(|n| *times.entry(n).or_default() += 1);
    // Numbers that come again with little between them count stanzas or songs.
    let again = |n: u32| times.get(&n).is_some_and(|t| *t > 1);
    let counts = |n: u32, before: usize, at: usize| {
        lines[at].at - lines[before].at < LEAST_PAGE && (again(n) || n > 0 && again(n - 1))
    };
    let mut found = HashSet::new();
    let mut last_of: BTreeMap<u32, usize> = BTreeMap::new();
    for (line, number) in (0..lines.len()).filter_map(|i| Some((i, alone(i).or_else(|| head(i))?))) {
        let before = number.checked_sub(1).and_then(|n| last_of.get(&n));
        if let Some(before) = before.filter(|before| !counts(number, **before, line)) {
            found.extend([line, *before].into_iter().filter(|i| alone(*i).is_some()));
        }
        last_of.insert(number, line);
    }
    if fall_often(lines, &found) {
        return HashSet::new();
    }
    // pages end in mid-sentence now and then; what never does numbers letters or sections
    let counted = found.len() >= LEAST_UNCUT && !found.iter().any(|at| cuts(lines, *at));
    if counted { HashSet::new() } else { found }
}

/// Whether numbers fall again and again in the order of their lines, as the last words of sources and of entries of an index do.
fn fall_often(lines: &[Line<'_>], found: &HashSet<usize>) -> bool {
    let mut places: Vec<usize> = found.iter().copied().collect();
    places.sort_unstable();
    let numbers: Vec<u32> = places.into_iter().filter_map(|at| folio_number(lines[at].trimmed())).collect();
    let falls = numbers.windows(2).filter(|pair| pair[1] < pair[0]).count();
    numbers.len() >= LEAST_UNCUT && falls * 4 > numbers.len()
}

/// How many numbers must part no sentence for none to be that of a page: of three ends of pages in four one cuts a sentence,
/// so that four that do not come once in 250 times.
const LEAST_UNCUT: usize = 4;

/// Whether a sentence goes on over a line.
fn cuts(lines: &[Line<'_>], at: usize) -> bool {
    let near = |i: Option<usize>| i.and_then(|i| lines.get(i)).map_or("", Line::trimmed);
    let below = (at + 1..=at + MOST_HEADS).any(|i| near(Some(i)).starts_with(char::is_lowercase));
    let above = (1..=MOST_HEADS).any(|n| goes_on(near(at.checked_sub(n))));
    below || above
}

/// Whether page numbers stand at the heads of pages: the first has hardly anything above it, the last something below.
fn at_head(lines: &[Line<'_>], folios: &HashSet<usize>) -> bool {
    let first = (0..lines.len()).find(|i| folios.contains(i));
    first.is_some_and(|i| i <= 1) && !folios.contains(&lines.len().saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    #[test]
    fn heads_with_numbers_that_rise() {
        let text = "THE MILL 11\n\nThe wheel\n\n12 A TOWN\n\nturned.\n\nYEAR 1912\n\nIt fell.\n\nTHE MILL 13\n\nEnd.\n";
        let lines = lines(text);
        let found = Furniture::survey(&lines, &|_| false).numbered;
        let mut pages: Vec<u32> = found.into_values().collect();
        pages.sort_unstable();
        assert_eq!(pages, [11, 12, 13]);
    }

    #[test]
    fn a_word_and_a_number_behind_it_are_a_part_of_the_book() {
        let text = "PSALM 5\n\nGive ear.\n\nPSALM 6\n\nRebuke me not.\n\nPSALM 7\n\nIn thee.\n";
        assert!(Furniture::survey(&lines(text), &|_| false).numbered.is_empty());
        let text = "PSALMS 5\n\nGive ear.\n\n6 PSALMS\n\nRebuke me not.\n\nPSALMS 7\n\nIn thee.\n";
        assert_eq!(Furniture::survey(&lines(text), &|_| false).numbered.len(), 3);
    }

    #[test]
    fn numbers_alone_rise_with_those_of_running_heads() {
        let text = "34\n\nThe wheel\n\nTHE MILL. 35\n\nturned.\n\n36\n\nIt fell.\n\nTHE MILL. 37\n\nEnd.\n";
        let lines = lines(text);
        let found = Furniture::survey(&lines, &|_| false);
        assert_eq!((found.folios.len(), found.numbered.len()), (2, 2));
    }

    #[test]
    fn numbers_of_stanzas_are_no_page_numbers() {
        let song =
            "1.\n\nThe wheel turns,\nit turns.\n\n2.\n\nThe wheel turns,\nit stops.\n\n3.\n\nThe wheel\n\n";
        let prose = "and so on and on ".repeat(60);
        for (text, folios) in
            [(song.repeat(2), 0), (format!("1\n\n{prose}\n\n2\n\n{prose}\n\n").repeat(2), 4)]
        {
            assert_eq!(Furniture::survey(&lines(&text), &|_| false).folios.len(), folios);
        }
    }
}
