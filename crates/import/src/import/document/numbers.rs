//! The page numbers.
//!
//! Each page may show candidates at its edges: a number alone, one before or
//! behind a few words, the page at which the contents have a title that stands
//! there. The row of numbers that explains them at the least cost ([`super::number_row`]) is
//! then settled where the document tells more than numbers do: at plates, blank pages, missing leaves
//! and where no page shows a number any more; and each page gets its number with how sure it is, and why.

use super::super::line::Line;
use super::super::model::{Number, Percent};
use super::candidate::{Candidate, EDGE, candidate};
use super::leaves::{Leaf, PLATE, changes, leaves};
use super::note_marks::{calls, label};
use super::number_row::{LEAST_STATE, State, TITLED, cheapest, is_lone_roman, states, weight};
use super::titles::Contents;
use super::trust::{Says, doubted};
use super::zones::opens_with_note;
use super::{Document, PhysicalPage, Role};
use std::collections::BTreeSet;

/// How many pages must show a number for it to count more than that of the page marks.
const LEAST_SHOWN: usize = 3;
/// How many plates without a number show that none bears one: whoever leaves one out leaves out all, but a leaf of few
/// words may be something else.
const LEAST_PLATES: usize = 2;
/// How many signs can be missing within one page.
const MOST_TOLD: i64 = 3;
/// How many pages at the end of a run without a number of their own go on counting.
const BEYOND: usize = 400;

/// How sure numbers are between two that do not follow on one another, and why.
const PLATES: (Percent, &str) =
    (96, "the numbers before and after leave out as many pages as there are plates between");
const PLATES_PASSED: (Percent, &str) =
    (95, "counted on over leaves with a picture alone, as plates are not counted");
const BLANK: (Percent, &str) = (95, "the number left out is that of the blank page before a title");
const BLANKS: (Percent, &str) = (95, "the numbers left out are those of the blank pages before titles");
const ANYWHERE: (Percent, &str) = (75, "somewhere between the numbers before and after some are left out");

const CONTRADICTED: (Percent, &str) = (
    75,
    "near it a page shows a number that does not fit, or the text does not go on: a leaf may be missing",
);
const ONE: (Percent, &str) = (60, "one page alone shows a number, which may be another");
/// How many leaves there are at most of which one may tell the numbers of the others.
const FEW: usize = 6;

/// Gives the pages their numbers.
pub(super) fn number(lines: &[Line<'_>], document: &mut Document, contents: &Contents) {
    let noted = |leaf: usize| opens_with_note(lines, document, leaf);
    let leaves = leaves(lines, document, contents, &noted);
    document.section_numbers = sections(lines, document);
    let missing: Vec<u32> = (0..leaves.len()).map(|i| missing(document, &leaves, i)).collect();
    let mut candidates: Vec<Vec<Candidate>> = document
        .pages
        .iter()
        .enumerate()
        .map(|(i, page)| all(lines, document, (page, missing[i]), (contents.at_page(i), leaves[i])))
        .collect();
    let copies = copies(&mut candidates, &leaves);
    let (shown, as_marked) = shown(&document.pages, &candidates, &leaves);
    let few = shown < LEAST_SHOWN.max(document.pages.len() * 3 / 10);
    if few && !contradicts(document, contents) || as_marked {
        // the marks give the numbers, where the pages themselves bear none, or none but theirs
        for (page, found) in document.pages.iter().zip(&mut candidates) {
            found.extend(page.given.map(|number| Candidate { number, weight: 2.0, alone: true }));
        }
    }
    let states = states(&document.pages, &candidates);
    let path = cheapest(&document.pages, (&candidates, &leaves), &states);
    let agrees: Vec<bool> = path
        .iter()
        .enumerate()
        .map(|(i, state)| {
            let weight = |s: usize| weight(&document.pages[i], &candidates[i], states[s]);
            !copies[i] && state.is_some_and(|s| weight(s) > 0.0)
        })
        .collect();
    let chosen: Vec<Option<State>> = path.iter().map(|s| s.map(|s| states[s])).collect();
    let explained = vec![None; chosen.len()];
    let twice: Vec<String> =
        (0..leaves.len()).filter(|i| leaves[*i].repeated).map(|i| (i + 1).to_string()).collect();
    if !twice.is_empty() {
        document.parameters.push(("leaves that were scanned twice", twice.join(", ")));
    }
    for ((page, missing), leaf) in document.pages.iter_mut().zip(missing).zip(&leaves) {
        (page.missing, page.repeated) = (missing, leaf.repeated);
    }
    let bears = |(i, state): (usize, &Option<State>)| {
        let number = state.map(|(difference, roman)| (document.pages[i].index + difference, roman));
        contents.at_page(i).is_some_and(|n| number == Some((i64::from(n.value), n.roman)))
    };
    let titled = chosen.iter().enumerate().map(bears).collect();
    let contradicted = (0..candidates.len())
        .map(|i| !agrees[i] && candidates[i].iter().any(|c| c.weight >= LEAST_STATE && !c.number.roman))
        .collect();
    let plain = |c: &&Candidate| c.weight >= LEAST_STATE;
    let shows =
        candidates.iter().map(|found| found.iter().filter(plain).map(|c| c.number).collect()).collect();
    let lone_roman = (0..candidates.len()).filter(|i| candidates[*i].iter().any(is_lone_roman)).collect();
    let mut numbers = Numbers {
        document,
        chosen,
        shows,
        lone_roman,
        contradicted,
        agrees,
        titled,
        explained,
        leaves,
        plates_are_known: false,
        by_custom_from: None,
        doubtful_from: None,
    };
    numbers.place_changes(contents);
    numbers.extend(contents);
    numbers.pass_plates();
    numbers.write(contents);
    numbers.repeat();
    numbers.tell();
}

/// Which leaves that were scanned twice show the number of the one before once more. It speaks for the same row of numbers,
/// one further on.
fn copies(candidates: &mut [Vec<Candidate>], leaves: &[Leaf]) -> Vec<bool> {
    let mut found = vec![false; leaves.len()];
    for i in (1..leaves.len()).filter(|i| leaves[*i].repeated) {
        let before = |c: &Candidate| candidates[i - 1].iter().any(|b| b.number == c.number);
        found[i] = candidates[i].iter().any(before);
        if found[i] {
            candidates[i].iter_mut().for_each(|c| c.number = c.number.next());
        }
    }
    found
}

/// Whether the contents list has its titles on pages of other numbers than the page marks give them: the marks count the
/// pictures of a scan.
fn contradicts(document: &Document, contents: &Contents) -> bool {
    let pairs = document.pages.iter().enumerate().filter_map(|(i, p)| Some((p.given?, contents.at_page(i)?)));
    let differences: Vec<i64> =
        pairs.map(|(given, listed)| i64::from(listed.value) - i64::from(given.value)).collect();
    differences.len() >= LEAST_SHOWN
        && differences[0] != 0
        && differences.iter().all(|d| *d == differences[0])
}

/// How many signs are missing within page `i`: as many as the places leave out that the signs give, or as its text tells.
fn missing(document: &Document, leaves: &[Leaf], i: usize) -> u32 {
    let next = document.pages.get(i + 1);
    let told = next.map_or(0, |next| next.index - document.pages[i].index - 1);
    u32::try_from(told.clamp(0, MOST_TOLD).max(leaves[i].gap())).unwrap_or(0)
}

/// All candidates of a page within which so many signs are missing: its titles, and what stands at its foot, may be those
/// of a page after it.
fn all(
    lines: &[Line<'_>],
    document: &Document,
    (page, missing): (&PhysicalPage, u32),
    (title, leaf): (Option<Number>, Leaf),
) -> Vec<Candidate> {
    let body = page.body();
    let head = body.start..(body.start + EDGE).min(body.end);
    let foot = body.end.saturating_sub(EDGE).max(head.end)..body.end;
    // an entry of the contents bears the number of another page, and so does a stray sign
    let row = |i: usize| document.roles[i] == Role::Contents && !candidate(lines, i).is_some_and(|c| c.alone);
    let listed = |i: usize| matches!(document.roles[i], Role::Entry(..) | Role::PageSign) || row(i);
    let own = |i: &usize| !listed(*i) && !document.section_numbers.contains(i);
    // the number of a note that is called above is none of a page
    let called = |i: usize, number: Number| {
        let mark = number.to_string();
        let opens = label(lines[i].trimmed()).is_some_and(|(own, _)| own == mark);
        opens && (body.start..i).any(|above| calls(&lines[above], above).iter().any(|call| call.mark == mark))
    };
    let of_page = |i: usize| candidate(lines, i).filter(|c| c.alone || !called(i, c.number));
    // a page of few paragraphs has its notes among its first lines
    let mut found: Vec<Candidate> = head.filter(own).filter_map(of_page).collect();
    let at_foot = foot.filter(own).filter_map(of_page);
    let titled = title.map(|number| Candidate { number, weight: TITLED, alone: false });
    for later in at_foot.chain(titled) {
        let before = |by: u32| Some(Number { value: later.number.value.checked_sub(by)?, ..later.number });
        // where a sign was moved the title may be that of the leaf before or behind
        let numbers = (0..=missing.max(u32::from(leaf.late))).filter_map(before);
        let early = Number { value: later.number.value + 1, ..later.number };
        let numbers = numbers.chain(Some(early).filter(|_| leaf.early && !later.alone));
        found.extend(numbers.map(|number| Candidate { number, ..later }));
    }
    found
}

/// The lines that bear the number of a section alone, which rises from one to the next: some stand within pages, where no
/// page has its number.
fn sections(lines: &[Line<'_>], document: &Document) -> BTreeSet<usize> {
    let mut found: Vec<(usize, u32, bool)> = Vec::new();
    for page in &document.pages {
        let body = page.body();
        for at in body.clone().filter(|at| document.roles[*at] == Role::Text) {
            let within = at >= body.start + EDGE && at + EDGE < body.end;
            let number = candidate(lines, at).filter(|c| c.alone && !c.number.roman && c.weight >= 1.0);
            found.extend(number.map(|c| (at, c.number.value, within)));
        }
    }
    let rises = |from: &(usize, u32, bool), to: &(usize, u32, bool)| from.1 + 1 == to.1 && (from.2 || to.2);
    let is_section = |n: usize| {
        let before = found[n.saturating_sub(NEAR)..n].iter().any(|before| rises(before, &found[n]));
        before || found[n + 1..].iter().take(NEAR).any(|after| rises(&found[n], after))
    };
    (0..found.len()).filter(|n| is_section(*n)).map(|n| found[n].0).collect()
}

/// Among how many numbers before and after it that of a section has its neighbour: those of pages stand between.
const NEAR: usize = 4;

/// How many pages show numbers that differ from their place as most do, and whether those that the marks give as well are
/// all the same.
fn shown(pages: &[PhysicalPage], candidates: &[Vec<Candidate>], leaves: &[Leaf]) -> (usize, bool) {
    let states = states(pages, candidates);
    let path = cheapest(pages, (candidates, leaves), &states);
    let agrees = |i: &usize| path[*i].is_some_and(|s| weight(&pages[*i], &candidates[*i], states[s]) > 0.0);
    let agreeing: Vec<usize> = (0..pages.len()).filter(agrees).collect();
    let both = agreeing.iter().filter_map(|i| {
        let (given, (difference, roman)) = (pages[*i].given?, states[path[*i]?]);
        Some((i64::from(given.value), given.roman) == (pages[*i].index + difference, roman))
    });
    let both: Vec<bool> = both.collect();
    (agreeing.len(), !both.is_empty() && both.into_iter().all(|same| same))
}

/// The numbers while they are settled.
struct Numbers<'d> {
    document: &'d mut Document,
    chosen: Vec<Option<State>>,
    agrees: Vec<bool>,
    /// The numbers that stand at the edges of each page.
    shows: Vec<Vec<Number>>,
    /// The pages that show a roman number alone in its line.
    lone_roman: Vec<usize>,
    /// Whether a page shows another number than its own.
    contradicted: Vec<bool>,
    /// Whether the number of a page is that which the contents list gives it.
    titled: Vec<bool>,
    leaves: Vec<Leaf>,
    /// Of pages between two that show numbers which do not follow on one another: how sure theirs are, and why.
    explained: Vec<Option<(Percent, &'static str)>>,
    /// Whether no page that was like a plate bore a number, of several.
    plates_are_known: bool,
    /// From which page on leaves with a picture alone are passed over for no reason but that printers do not count them:
    /// plates are no part of the row of pages (ISBD 5.1.5). Or leaves that were scanned twice.
    by_custom_from: Option<usize>,
    /// From which page on what is counted is in doubt.
    doubtful_from: Option<usize>,
}

impl Numbers<'_> {
    /// Notes for the report by how much numbers differ from the places of their pages.
    fn tell(&mut self) {
        let mut seen: Vec<String> = Vec::new();
        for state in self.chosen.iter().flatten() {
            let name = format!("{}{:+}", if state.1 { "roman " } else { "" }, state.0);
            if !seen.contains(&name) {
                seen.push(name);
            }
        }
        let agree = self.agrees.iter().filter(|a| **a).count();
        let told =
            format!("{} ({agree} of {} pages show theirs)", seen.join(", "), self.document.pages.len());
        self.document.parameters.push(("page number minus place", told));
    }

    /// Where the difference changes between two pages that show their numbers, the leaves between tell where.
    fn place_changes(&mut self, contents: &Contents) {
        let shown: Vec<usize> = (0..self.chosen.len()).filter(|i| self.agrees[*i]).collect();
        let mut within: Vec<(usize, i64)> = Vec::new();
        for pair in shown.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let (Some(first), Some(second)) = (self.chosen[a], self.chosen[b]) else { continue };
            if first.1 != second.1 {
                self.begin_again((a, b), (first, second), contents);
                continue;
            }
            let sum = second.0 - first.0;
            let Some(whole) = changes(&self.leaves, (a, b), sum) else { continue };
            // texts that begin on the right have a blank page before them now and then, which is no leaf of a text
            let against = contents.at_page(b).and_then(|_| contents.odds_against_blank_pages());
            let blank = against.and_then(|odds| Some((odds, changes(&self.leaves, (a, b), sum - 1)?)));
            let blank = blank.filter(|(odds, found)| found.odds - odds > whole.odds).map(|blank| blank.1);
            let (told, why) = blank.as_ref().map_or((whole.told, PLATES), |found| (found.told, BLANK));
            let changes = blank.unwrap_or(whole).changes;
            // a fall is that of leaves without a number, whichever they are; a rise may be one of the book's own
            if !told && second.0 >= first.0 {
                if second.0 > first.0 && !self.leave_blanks((a, b), (first, second), contents) {
                    self.explained[a + 1..b].fill(Some(ANYWHERE));
                }
                continue;
            }
            self.explained[a + 1..b].fill(told.then_some(why));
            let mut difference = first.0;
            for i in a..b {
                let here = |sign: i64| changes.iter().find(|c| c.page == i && c.by.signum() == sign);
                difference += here(-1).map_or(0, |c| c.by);
                if i > a && i < b {
                    self.chosen[i] = here(-1).is_none().then_some((difference, first.1));
                }
                difference += here(1).map_or(0, |c| c.by);
            }
            within.extend(changes.iter().filter(|c| c.page == b).map(|c| (b, c.by)));
        }
        // where a sign is missing within a page, the number at its foot is that of the page which ends there
        for (page, by) in within {
            if let Some(state) = &mut self.chosen[page] {
                state.0 -= by;
            }
        }
    }

    /// Where all texts begin on the right and titles of parts have leaves of their own, blank pages stand before some of
    /// these. From the last page back each leaf with a title then bears an odd number, which tells before which of them a
    /// page was left out. `false`, and nothing changed, where that does not add up.
    fn leave_blanks(
        &mut self,
        (a, b): (usize, usize),
        (first, second): (State, State),
        contents: &Contents,
    ) -> bool {
        let opens = |i: usize| self.leaves[i].opens || contents.opens(i);
        let odd = |i: usize, difference: i64| (self.document.pages[i].index + difference).rem_euclid(2) == 1;
        let plain = |i: usize| !self.leaves[i].is_plate() && self.leaves[i].gap() == 0;
        if contents.odds_against_blank_pages().is_none()
            || !opens(b)
            || !odd(b, second.0)
            || !(a + 1..b).all(plain)
        {
            return false;
        }
        let mut differences = vec![second.0; b - a];
        let mut difference = second.0;
        for i in (a..b).rev() {
            // the leaf behind opens a text: was the page before it left out?
            if opens(i + 1) {
                let before = (a + 1..=i).rev().find(|j| opens(*j));
                let left_out = before.map_or(difference > first.0, |j| !odd(j, difference));
                difference -= i64::from(left_out);
            }
            differences[i - a] = difference;
        }
        if difference != first.0 {
            return false;
        }
        for i in a + 1..b {
            (self.chosen[i], self.explained[i]) = (Some((differences[i - a], first.1)), Some(BLANKS));
        }
        true
    }

    /// Arabic numbers begin somewhere between two pages: as early as they can, where matter of the front is over. Plates
    /// between have none, and those after them count one less.
    fn begin_again(
        &mut self,
        (a, b): (usize, usize),
        (mut first, mut second): (State, State),
        contents: &Contents,
    ) {
        let counts_not = |leaf: &Leaf| leaf.is_plate() && !leaf.is_half || leaf.repeated;
        let plates: Vec<usize> = (a + 1..b).filter(|i| counts_not(&self.leaves[*i])).collect();
        let certain = plates.iter().all(|i| self.leaves[*i].certain || self.leaves[*i].repeated);
        let mut begins = b;
        for i in (a + 1..b).rev() {
            // text before the first title with figures goes on with the matter at the front; a half-title does not
            let opens = contents.opens(begins) || !self.agrees[begins] && self.leaves[begins].begins;
            let leaf = &self.leaves[i];
            if opens && (leaf.size > PLATE || !leaf.begins && !leaf.opens) {
                break;
            }
            if plates.contains(&i) {
                second.0 += 1;
                continue;
            }
            if self.document.pages[i].index + second.0 < 1 || second.1 {
                break;
            }
            (self.chosen[i], begins) = (Some(second), i);
        }
        for i in a + 1..b {
            if plates.contains(&i) {
                (self.chosen[i], first.0) = (None, first.0 - 1);
            } else if i < begins {
                self.chosen[i] = Some(first);
            }
        }
        if !plates.is_empty() {
            self.explained[a + 1..b].fill(Some(if certain { PLATES_PASSED } else { ANYWHERE }));
        }
    }

    /// Pages before the first that shows its number count backwards, as long as they are text; those after the last
    /// go on.
    fn extend(&mut self, contents: &Contents) {
        let mut sizes: Vec<usize> = self.leaves.iter().map(|leaf| leaf.size).collect();
        sizes.sort_unstable();
        let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(0);
        let leaves = self.leaves.clone();
        let full = |i: usize| {
            !contents.lists(i) && (leaves[i].size * 5 >= usual * 2 || contents.at_page(i).is_some())
        };
        for i in (1..self.chosen.len()).rev() {
            let Some(state) = self.chosen[i] else { continue };
            let before = i - 1;
            let state = (state.0 - self.leaves[before].gap(), state.1);
            let number = self.document.pages[before].index + state.0;
            if self.chosen[before].is_none() && number >= 1 && full(before) && !self.is_plate(before) {
                self.chosen[before] = Some(state);
            }
        }
        let mut silent = 0;
        for (i, leaf) in leaves.iter().enumerate().skip(1) {
            silent = if self.agrees[i] { 0 } else { silent + 1 };
            // the last page of a text may be short
            let may = !leaf.repeated && (full(i) || !leaf.is_plate());
            if self.chosen[i].is_none() && may && silent < BEYOND {
                self.chosen[i] = self.chosen[i - 1];
            }
        }
    }

    /// Beyond the last page that shows its number a page that is all but empty is a plate, when those before it were: the
    /// pages after it count one less. Where nothing was seen of that kind, what comes after is in doubt.
    fn pass_plates(&mut self) {
        let Some(last) = (0..self.chosen.len()).rev().find(|i| self.agrees[*i]) else { return };
        let first = (0..last).find(|i| self.agrees[*i]).unwrap_or(last);
        let seen = |half: bool| -> Vec<bool> {
            let alike =
                (first..last).filter(|i| self.leaves[*i].is_plate() && self.leaves[*i].is_half == half);
            alike.map(|i| self.chosen[i].is_none()).collect()
        };
        let (seen, seen_halves) = (seen(false), seen(true));
        let plates = seen.iter().filter(|p| **p).count();
        let mut leaves = self.leaves[first..].iter().filter(|leaf| leaf.is_plate() && !leaf.is_half);
        let certain = leaves.all(|leaf| leaf.certain);
        let least = if certain { 1 } else { LEAST_PLATES };
        self.plates_are_known = plates >= least && plates == seen.len();
        let mut fallen = -self.leaves[last].gap();
        for i in last + 1..self.chosen.len() {
            if self.leaves[i].repeated {
                (self.chosen[i], fallen) = (None, fallen + 1);
                self.by_custom_from = self.by_custom_from.or(Some(i));
            } else if self.leaves[i].is_plate() && i + 1 < self.chosen.len() {
                let seen = if self.leaves[i].is_half { &seen_halves } else { &seen };
                let by_custom = seen.is_empty() && self.leaves[i].certain;
                if seen.iter().filter(|p| **p).count() * 2 > seen.len() || by_custom {
                    (self.chosen[i], fallen) = (None, fallen + 1);
                    self.by_custom_from = self.by_custom_from.or(by_custom.then_some(i));
                } else if seen.is_empty() {
                    self.doubtful_from = self.doubtful_from.or(Some(i));
                }
            }
            if let Some(state) = &mut self.chosen[i] {
                state.0 -= fallen;
            }
            fallen -= self.leaves[i].gap();
        }
    }

    /// Whether numbers on both sides leave none for page `i`.
    fn is_plate(&self, i: usize) -> bool {
        let before = self.chosen[..i].iter().rev().flatten().next();
        let after = self.chosen[i + 1..].iter().flatten().next();
        before.zip(after).is_some_and(|(b, a)| b.1 == a.1 && b.0 > a.0)
    }

    /// Whether a single page shows a number, of the roman ones or the others, and no title of the list stands there.
    fn is_alone(&self, shown: &[usize], roman: bool) -> bool {
        let mut of_kind = shown.iter().filter(|i| self.chosen[**i].is_some_and(|state| state.1 == roman));
        let one = of_kind.next().is_some_and(|i| !self.titled[*i]);
        one && of_kind.next().is_none() && self.chosen.len() > FEW
    }

    /// What stands on a leaf that was scanned twice: the number of the one before.
    fn repeat(&mut self) {
        for i in 1..self.document.pages.len() {
            let before = self.document.pages[i - 1].shown;
            let page = &mut self.document.pages[i];
            if page.repeated && page.number.is_none() {
                page.shown = before;
            }
        }
    }

    /// What page `i` says of the number that the row gives it.
    fn says(&self, i: usize) -> Says {
        let own = |(difference, roman)| (self.document.pages[i].index + difference, roman);
        match self.chosen[i] {
            _ if self.agrees[i] => Says::Own,
            Some(state) => Says::of(own(state), self.shows[i].iter().copied()),
            None => Says::Nothing,
        }
    }

    fn write(&mut self, contents: &Contents) {
        let shown: Vec<usize> = (0..self.chosen.len()).filter(|i| self.agrees[*i]).collect();
        let (all_silent, most_bear) = (shown.is_empty(), shown.len() * 2 >= self.chosen.len());
        let alone = [false, true].map(|roman| self.is_alone(&shown, roman));
        // letters alone at the edge of a page before those that bear figures are the number of that page
        let figures = shown.iter().find(|i| self.chosen[**i].is_some_and(|state| !state.1)).copied();
        let front_is_told = figures.is_some_and(|figures| self.lone_roman.iter().any(|i| *i < figures));
        let from_zero = self.document.pages.first().is_none_or(|p| p.index < 1);
        let says: Vec<Says> = (0..self.chosen.len()).map(|i| self.says(i)).collect();
        for (i, doubted) in doubted(&says).into_iter().enumerate() {
            let page = &mut self.document.pages[i];
            let Some(state) = self.chosen[i] else {
                if all_silent && self.document.counted {
                    let value = u32::try_from(page.index + i64::from(from_zero)).unwrap_or(1).max(1);
                    page.number = Some((Number { value, roman: false }, 60));
                    page.reason = "no page bears a number: counted from the first";
                }
                continue;
            };
            let Ok(value) = u32::try_from(page.index + state.0) else { continue };
            let next = shown.partition_point(|s| *s < i);
            let same = |s: Option<&usize>| s.is_some_and(|s| self.chosen[*s] == Some(state));
            let (before, after) =
                (same(next.checked_sub(1).and_then(|n| shown.get(n))), same(shown.get(next)));
            let (sure, reason) = match (self.agrees[i], before, after) {
                // one number may be any: nothing speaks for it
                _ if alone[usize::from(state.1)] && !(state.1 && front_is_told) => ONE,
                (true, _, _) if page.given.is_some_and(|g| i64::from(g.value) == page.index + state.0) => {
                    (99, "a page mark gives its number")
                }
                (true, _, _) => (99, "the page bears its number"),
                _ if doubted => CONTRADICTED,
                _ if self.doubtful_from.is_some_and(|from| i >= from) => {
                    (75, "counted on over a leaf that may bear no number")
                }
                _ if most_bear && self.contradicted[i] => {
                    (80, "another number stands at the edge of the page")
                }
                (_, true, true) => (98, "the pages before and after bear their numbers"),
                _ if self.explained[i].is_some() => self.explained[i].unwrap_or(ANYWHERE),
                // roman numbers are those of the front: where none is shown any more, a text may count from one, unless the
                // list has no other
                (_, true, false)
                    if state.1 && next == shown.len() && contents.may_begin_after(shown[next - 1]) =>
                {
                    (75, "counted on in roman numbers, where no page shows any")
                }
                (_, true, false) | (_, false, true) => (96, "counted on from pages that bear their numbers"),
                _ if self.plates_are_known && next == shown.len() => {
                    (95, "counted on over plates, which bore no number before either")
                }
                _ if self.by_custom_from.is_some_and(|from| i >= from) && next == shown.len() => {
                    (95, "counted on over a leaf with a picture alone, or one that was scanned twice")
                }
                _ => (80, "lies between plates or leaves that bear no number"),
            };
            page.number = Some((Number { value, roman: state.1 }, sure));
            page.shown = page.number.map(|(number, _)| number);
            page.reason = reason;
        }
    }
}
