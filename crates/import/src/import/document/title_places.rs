//! Where the titles of the contents list stand in the text.
//!
//! Every place where the words of an entry stand apart is a candidate. Titles
//! stand in the order of the list, so the best chain of candidates that rises
//! in both is chosen (weights in [`Contents::weigh`]; quadratic in the number
//! of candidates, which is bounded by [`MOST_CANDIDATES`] for each entry).

use super::super::folded::key;
use super::super::line::Line;
use super::super::part_name::{is_numeral, names_part};
use super::super::raised::SUPERSCRIPT;
use super::Document;
use super::candidate::candidate;
use super::title_list::{Contents, LEAST_LINES, LONGEST};
use super::title_words::{bare, uncalled, unnoted};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How many lines at the head of a page a title stands in at most.
pub(super) const HEAD: usize = 6;
/// How many lines a title has at most.
pub(super) const MOST_LINES: usize = 4;
/// How many places of one title are looked at.
const MOST_CANDIDATES: usize = 12;
/// What it tells against a place that a number stands beside the title there: it is a running head with that of its page.
const HEAD_WITH_NUMBER: f64 = 2.0;

/// What it tells for a place that the title is written there as in the list, in capitals or not.
const AS_LISTED: f64 = 0.8;

/// A place where an entry's title may stand.
struct Candidate {
    entry: usize,
    page: usize,
    lines: Range<usize>,
    weight: f64,
}

impl Contents {
    /// The best chain of places for the titles.
    pub(super) fn choose(&mut self, lines: &[Line<'_>], document: &Document) {
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
                if !apart
                    || unnoted(lines[at].text).len() > LONGEST * 2
                    || is_catchword(lines, document, page, at)
                {
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
                    let paged = bears_number(lines[at].trimmed(), &self.entries[entry].title)
                        || is_beside_number(lines, &body, at..at + length);
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
        // no title begins or ends with a rule
        let ends = [words.first(), words.last()].into_iter().flatten();
        let text: Vec<&str> = if ends.into_iter().any(|w| key(w).is_empty()) {
            Vec::new()
        } else {
            words.iter().map(|w| bare(w)).collect()
        };
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
        let found = found.cloned().or_else(|| self.numbered_alone(&text));
        found.unwrap_or_default().into_iter()
    }

    /// The entries that are the numeral alone of a title such as `CHAPTER IV.`
    fn numbered_alone(&self, text: &[&str]) -> Option<Vec<usize>> {
        let [title] = text else { return None };
        let (_, numeral) = title.split_once(' ').filter(|_| names_part(title))?;
        let entries = self.keys.get(&key(numeral)).filter(|_| is_numeral(numeral))?;
        Some(entries.iter().copied().filter(|at| is_numeral(&self.entries[*at].title)).collect())
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
        // what stands before a list at the front is the title page
        let list = self.lists.first().copied().filter(|page| page * 6 < document.pages.len()).unwrap_or(0);
        let region = self.regions.iter().map(|region| region.start).min();
        let region = region.filter(|start| start * 6 < document.roles.len()).unwrap_or(0);
        let mut met: BTreeSet<(usize, bool)> = BTreeSet::new();
        for candidate in candidates.iter_mut() {
            let in_front = candidate.page < list || candidate.lines.end <= region;
            candidate.weight -= if in_front { 1.5 } else { 0.0 };
            // plates, which are not counted, make the difference smaller from title to title
            let off = common.zip(difference(candidate)).map(|(common, own)| own - common);
            candidate.weight += match off {
                Some(0) => 2.0,
                Some(-2..=5) => 1.0,
                Some(-8..=8) => 0.2,
                _ => 0.0,
            };
            // what stands one page off by the list, yet is the first, is the title: heads repeat it
            if met.insert((candidate.entry, in_front)) {
                candidate.weight += 1.3;
            }
        }
    }
}

/// Whether the last line of a page of text is a catchword: the next page begins with it.
fn is_catchword(lines: &[Line<'_>], document: &Document, page: usize, at: usize) -> bool {
    let body = document.pages[page].body();
    let own = key(lines[at].trimmed());
    let next = document.pages.get(page + 1).map(|next| next.body().take(CATCHWORD_BELOW));
    let mut begins = next.into_iter().flatten().map(|below| key(bare(lines[below].trimmed())));
    let is_last = (at + 1..body.end).all(|i| candidate(lines, i).is_some_and(|c| c.alone));
    is_last && body.len() >= LEAST_LINES && !own.is_empty() && begins.any(|text| text == own)
}

/// Among how many lines of the next page a catchword stands again.
const CATCHWORD_BELOW: usize = 2;

/// Whether a number alone stands close above or below some lines at the head of a page, as that of the page does beside a
/// running head.
fn is_beside_number(lines: &[Line<'_>], body: &Range<usize>, range: Range<usize>) -> bool {
    let close = |at: usize| lines.get(at).is_some_and(|line| line.blanks == 0 && !line.feed);
    let number = |at: usize| candidate(lines, at).is_some_and(|c| c.alone && !c.number.roman);
    let below = range.end < body.end && close(range.end) && number(range.end);
    let above = range.start > body.start && close(range.start) && number(range.start - 1);
    range.start < body.start + 2 && (below || above)
}

/// Whether the first or the last word of a line is a number that its title has not.
fn bears_number(text: &str, title: &str) -> bool {
    let text = text.trim_matches(['#', '*', ' ']);
    let ends = [text.split_whitespace().next(), text.split_whitespace().next_back()];
    let figures = |word: &&str| word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit());
    ends.into_iter().flatten().filter(figures).any(|word| !title.split_whitespace().any(|own| own == word))
}
