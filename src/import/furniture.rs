//! What stands at the head and foot of every page of the old edition:
//! running heads and page numbers.

use super::line::Line;
use super::rules::page_mark_number;
use super::scene::normal;
use std::collections::{BTreeMap, HashMap, HashSet};

/// How many characters a running head has at most.
const LONGEST: usize = 80;

/// Among how many numbers before and after it a page number must have its neighbour.
const NEAR: usize = 3;

/// The page numbers of a transcription, and the running heads.
#[derive(Debug, Default)]
pub(super) struct Furniture {
    /// Lines of nothing but a page number.
    pub folios: HashSet<usize>,
    /// Whether these stand at the heads of the pages.
    pub at_head: bool,
    /// Running heads with their page number in the same line.
    pub numbered: HashMap<usize, u32>,
    /// Titles of the transcription's headings, as [`normal`] has them: running heads repeat them.
    titles: HashSet<String>,
}

impl Furniture {
    /// Looks over all lines once.
    pub fn survey(lines: &[Line<'_>], contents: &dyn Fn(usize) -> bool) -> Furniture {
        let folios = rising(lines);
        let titles = lines
            .iter()
            .map(Line::trimmed)
            .filter_map(|t| Some(normal(t.strip_prefix('#')?.trim_start_matches('#'))));
        let titles = titles.filter(|t| !t.is_empty()).collect();
        let at_head = at_head(lines, &folios);
        let mut found = Furniture { folios, at_head, numbered: HashMap::new(), titles };
        found.numbered = found.numbered(lines, contents);
        found
    }

    /// Whether a line says what a heading of the transcription says.
    pub fn repeats_title(&self, text: &str) -> bool {
        self.titles.contains(&normal(text))
    }

    /// Lines such as `12 THE MILL` and `THE MILL 13` whose numbers rise by one from page to page.
    fn numbered(&self, lines: &[Line<'_>], contents: &dyn Fn(usize) -> bool) -> HashMap<usize, u32> {
        let mut numbers: Vec<(usize, u32, bool)> = Vec::new();
        let mut times: HashMap<String, u32> = HashMap::new();
        for (index, line) in lines.iter().enumerate() {
            let text = line.trimmed();
            if let Some(number) = page_mark_number(text) {
                numbers.push((index, number, false));
            } else if self.folios.contains(&index) {
                numbers.extend(super::rules::folio_number(text).map(|n| (index, n, false)));
            } else if let Some((number, words)) = head_and_number(lines, index).filter(|_| !contents(index)) {
                *times.entry(normal(words)).or_default() += 1;
                numbers.push((index, number, true));
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

/// A line of words and a number before or after them, where a page may begin or end.
fn head_and_number<'a>(lines: &[Line<'a>], at: usize) -> Option<(u32, &'a str)> {
    let line = &lines[at];
    let text = line.trimmed();
    let alone = |i: usize| lines.get(i).is_none_or(|l| l.blanks > 0 || l.feed);
    let marked = at.checked_sub(1).is_some_and(|i| page_mark_number(lines[i].trimmed()).is_some());
    if text.len() > LONGEST || text.starts_with('#') || !(at == 0 || alone(at) || marked) || !alone(at + 1) {
        return None;
    }
    let words = words_of(text);
    let number = text
        .strip_prefix(words)
        .or_else(|| text.strip_suffix(words))?
        .trim_matches(['|', ' ', '\t', '[', ']']);
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    let sentence = words.ends_with(['.', ',', ';', ':', '!', '?']);
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

/// Lines of nothing but a number that belong to the commonest steady row: page numbers rise by one.
fn rising(lines: &[Line<'_>]) -> HashSet<usize> {
    let numbers =
        lines.iter().enumerate().filter_map(|(i, l)| Some((i, super::rules::folio_number(l.trimmed())?)));
    let mut found = HashSet::new();
    let mut last_of: BTreeMap<u32, usize> = BTreeMap::new();
    for (line, number) in numbers {
        if let Some(before) = number.checked_sub(1).and_then(|n| last_of.get(&n)) {
            found.extend([line, *before]);
        }
        last_of.insert(number, line);
    }
    found
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
}
