//! The page map: where the pages of the old edition end.
//!
//! Some ends are certain: the transcription shows notes, a cut, a joint or a
//! page mark there. Between two certain ends the pages are found by a best fit
//! (dynamic programming over all gaps): pages are as full as the certain ones,
//! a page has one style of quotation marks, and a text has as many pages as
//! the contents give it.

use super::decisions::{Case, Decisions};
use super::model::{Block, Draft, Gap, Number, Percent, Sign};
use super::page_end::{Extent, PageEnd, reason};
use super::page_fit::Fit;
use super::page_row::{PageMark, Verdict, verdicts};
use std::collections::BTreeMap;

/// The page map of the body.
#[derive(Clone, Debug, Default)]
pub(super) struct PageMap {
    /// The ends in order.
    pub ends: Vec<PageEnd>,
    /// Gaps before which a page begins, with its number; the first of each text among them.
    pub starts: Vec<PageStart>,
    /// Which pages each text has.
    pub texts: Vec<TextPages>,
    /// Lines of text that a full page holds, and characters to the line.
    pub capacity: (f64, f64),
}

/// A gap before which a page begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct PageStart {
    pub gap: usize,
    pub page: Number,
    /// Whether it is more than an estimate.
    pub certain: bool,
}

/// The pages of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextPages {
    pub first: u32,
    pub last: u32,
    /// How many the contents give it.
    pub given: Option<u32>,
}

/// What stands between two ends that a transcription with pages shows, in bytes, on the average at most. Where
/// it is more, what looked like the end of a page now and then was none.
const LARGEST_PAGE: usize = 12_000;

/// Finds the page ends of all texts. `None` when the transcription shows no pages.
pub(super) fn map(draft: &mut Draft, texts: &[Extent], decisions: &mut Decisions) -> Option<PageMap> {
    let body = texts.first()?.from..texts.last()?.to;
    if draft.modelled {
        heed(draft, body.clone(), decisions);
        return by_model(draft, texts, decisions);
    }
    if draft.unpaged {
        return None;
    }
    let shown = |g: &Gap| g.signs.iter().any(|s| !matches!(s, Sign::Opening | Sign::Close));
    let ends = draft.gaps[body.start + 1..=body.end].iter().filter(|g| shown(g)).count();
    // the parts of a block that page marks part have its extent each, so that their own text is counted
    let chars: usize = draft.blocks[body.clone()].iter().map(|b| b.plain().len()).sum();
    if ends == 0 || chars / ends > LARGEST_PAGE || !has_pages(draft, &body, texts) {
        return None;
    }
    heed(draft, body.clone(), decisions);
    let marked = draft.gaps[body.start..=body.end]
        .iter()
        .filter(|g| g.signs.contains(&Sign::Mark) || g.starts.is_some())
        .count();
    if marked >= 2 {
        return Some(by_marks(draft, texts, decisions));
    }
    for text in texts {
        draft.gaps[text.from].sign(Sign::Opening);
    }
    draft.gaps[body.end].sign(Sign::Close);
    let fit = Fit::new(draft, texts);
    let mut map = PageMap { capacity: (fit.capacity, fit.measure), ..PageMap::default() };
    let marks = (body.start..=body.end).filter_map(|gap| Some((gap, draft.gaps[gap].starts?)));
    let mut page = first_number(marks, body.start);
    for (index, text) in texts.iter().enumerate() {
        let last = texts.get(index + 1);
        let given = text.first_page.zip(last.and_then(|t| t.first_page)).map(|(a, b)| b.saturating_sub(a));
        page = text.first_page.map_or(page, Number::arabic);
        let first = page;
        map.starts.push(PageStart { gap: text.from, page, certain: true });
        for end in fit.text(draft, text, given) {
            // arabic numbers begin anew after the roman ones of the front
            let anew = |n: &Number| page.roman && !n.roman;
            let near = |n: &Number| anew(n) || n.value > page.value && n.value < page.value + 500;
            let next = draft.gaps[end.gap].starts.filter(near).unwrap_or(page.next());
            page = close_page(draft, &mut map, end, (page, next), text.to, decisions);
        }
        map.texts.push(TextPages { first: first.value, last: page.value - 1, given });
    }
    Some(map)
}

/// Whether anything but words that go on over a blank line speaks of pages. An author cuts a sentence, too, and how
/// many pages lie between two such places nothing says.
fn has_pages(draft: &Draft, body: &std::ops::Range<usize>, texts: &[Extent]) -> bool {
    let of_words = |sign: &Sign| matches!(sign, Sign::Cut | Sign::Hyphen | Sign::Opening | Sign::Close);
    let mut gaps = draft.gaps[body.start..=body.end].iter();
    texts.iter().any(|text| text.first_page.is_some())
        || gaps.any(|gap| gap.starts.is_some() || !gap.signs.iter().all(of_words))
}

/// Enters what the editor said of page ends in an earlier run.
fn heed(draft: &mut Draft, body: std::ops::Range<usize>, decisions: &Decisions) {
    for gap in body.start + 1..body.end {
        match decisions.editor_on("page-end", &key(draft, gap)) {
            Some("no page end") => draft.gaps[gap].barred = true,
            Some("page end" | "estimated page end") => draft.gaps[gap].sign(Sign::Editor),
            _ => {}
        }
    }
}

/// The words on both sides of a gap.
fn key(draft: &Draft, gap: usize) -> String {
    let before = gap.checked_sub(1).and_then(|i| draft.blocks.get(i)).map(Block::plain).unwrap_or_default();
    let after = draft.blocks.get(gap).map(Block::plain).unwrap_or_default();
    let tail: Vec<&str> = before.split_whitespace().rev().take(4).collect();
    let tail: Vec<&str> = tail.into_iter().rev().collect();
    format!("{} | {}", tail.join(" "), words(&after))
}

/// The map of a transcription that itself says where every page ends.
fn by_marks(draft: &mut Draft, texts: &[Extent], decisions: &mut Decisions) -> PageMap {
    let mut map = PageMap::default();
    let body = texts[0].from..texts[texts.len() - 1].to;
    draft.gaps[body.end].sign(Sign::Close);
    let numbers = believed_numbers(draft, body.clone(), decisions);
    let mut page = first_number(numbers.iter().filter_map(|(gap, n)| Some((*gap, (*n)?.0))), body.start);
    if page.value > 0 {
        map.starts.push(PageStart { gap: body.start, page, certain: true });
    }
    for gap in body.start + 1..=body.end {
        let number = numbers.get(&gap);
        let signs = &draft.gaps[gap].signs;
        let shown = signs.iter().any(|s| matches!(s, Sign::Mark | Sign::Furniture | Sign::Close));
        let stray = gap < body.end && (draft.gaps[gap].barred || number == Some(&None));
        if stray || !shown && number.is_none() {
            continue;
        }
        let given = number.copied().flatten();
        if page.value == 0 && gap < body.end {
            page = given.map_or(Number::arabic(1), |given| given.0);
            map.starts.push(PageStart { gap, page, certain: true });
            continue;
        }
        let confidence = given.map_or(MARKED, |given| given.1);
        let why = if confidence < MARKED { MISREAD } else { "" };
        let named = signs.iter().map(|s| reason(*s)).chain([why]).filter(|why| !why.is_empty());
        let evidence = named.collect::<Vec<_>>().join("; ");
        let end = PageEnd { gap, page, certain: confidence >= SURE, confidence, evidence, runner_up: None };
        let next = given.map_or(page.next(), |given| given.0);
        page = close_page(draft, &mut map, end, (page, next), body.end, decisions);
    }
    for text in texts {
        let first = map.starts.iter().rev().find(|s| s.gap <= text.from).map_or(page, |s| s.page);
        let last = map.starts.iter().rev().find(|s| s.gap < text.to).map_or(page, |s| s.page);
        map.texts.push(TextPages { first: first.value, last: last.value, given: None });
    }
    map
}

/// How sure a page end is that a mark shows whose number fits the others.
const MARKED: Percent = 98;
/// How sure it is where the number does not fit.
const DOUBTED: Percent = 75;
/// Why a page has another number than its mark says.
const MISREAD: &str = "the number of the mark does not fit those around it, and is taken as misread";

/// The numbers that the page marks of the body give, by their gaps, with how sure they are; `None` for a mark that
/// contradicts the others. Those that are doubted are noted for the editor.
fn believed_numbers(
    draft: &Draft,
    body: std::ops::Range<usize>,
    decisions: &mut Decisions,
) -> BTreeMap<usize, Option<(Number, Percent)>> {
    let mut at = 0;
    let mut row: Vec<(usize, PageMark)> = Vec::new();
    for gap in body.clone() {
        let held = &draft.gaps[gap];
        if let Some(number) = held.starts.filter(|_| !held.barred) {
            let confirmed = held.signs.contains(&Sign::Editor);
            row.push((gap, PageMark { number, at, confirmed }));
        }
        at += draft.blocks[gap].plain().len();
    }
    let marks: Vec<PageMark> = row.iter().map(|(_, mark)| *mark).collect();
    let mut found = BTreeMap::new();
    for ((gap, mark), verdict) in row.into_iter().zip(verdicts(&marks)) {
        let number = match verdict {
            Verdict::Believed => Some((mark.number, MARKED)),
            Verdict::Misread(number) => Some((number, DOUBTED)),
            Verdict::Stray => None,
        };
        if number.is_none() {
            let evidence = format!("a mark says page {}, which contradicts those around it", mark.number);
            let (words, verdicts) = (key(draft, gap), ["no page end", "page end"]);
            let at = draft.blocks[gap].at;
            decisions.decide(Case {
                rule: "page-end",
                at,
                key: &words,
                verdicts,
                confidence: DOUBTED,
                evidence,
            });
        }
        found.insert(gap, number);
    }
    found
}

/// The map of a transcription whose pages the model of the document has numbered.
fn by_model(draft: &Draft, texts: &[Extent], decisions: &mut Decisions) -> Option<PageMap> {
    let mut map = PageMap::default();
    let body = texts.first()?.from..texts.last()?.to;
    let mut page: Option<Number> = None;
    for gap in body.clone().chain([body.end]) {
        let held = &draft.gaps[gap];
        let Some(number) = held.starts.filter(|_| !held.barred && gap < body.end) else { continue };
        let (confidence, why) = held.sure.unwrap_or((98, reason(Sign::Mark)));
        if let Some(page) = page {
            let end = PageEnd {
                gap,
                page,
                certain: confidence >= SURE,
                confidence,
                evidence: why.to_owned(),
                runner_up: None,
            };
            let (words, at) = (key(draft, gap), draft.blocks[gap].at);
            let evidence = format!("page {number} begins here: {why}");
            let verdicts = ["page end", "no page end"];
            decisions.decide(Case { rule: "page-end", at, key: &words, verdicts, confidence, evidence });
            map.ends.push(end);
        }
        map.starts.push(PageStart { gap, page: number, certain: confidence >= SURE });
        page = Some(number);
    }
    if let Some(page) = page {
        let evidence = reason(Sign::Close).to_owned();
        map.ends.push(PageEnd {
            gap: body.end,
            page,
            certain: true,
            confidence: 99,
            evidence,
            runner_up: None,
        });
    }
    for text in texts {
        let at = |gap: usize| map.starts.iter().rev().find(|s| s.gap <= gap).map_or(0, |s| s.page.value);
        map.texts.push(TextPages { first: at(text.from), last: at(text.to.saturating_sub(1)), given: None });
    }
    (!map.starts.is_empty()).then_some(map)
}

/// From how many per cent on a page end is called sure.
pub(super) const SURE: Percent = 95;

/// Notes one page's end; returns the number of the next page.
fn close_page(
    draft: &Draft,
    map: &mut PageMap,
    mut end: PageEnd,
    (page, next): (Number, Number),
    to: usize,
    decisions: &mut Decisions,
) -> Number {
    end.page = page;
    if end.gap < to {
        map.starts.push(PageStart { gap: end.gap, page: next, certain: end.certain });
    }
    let at = |gap: usize| draft.blocks.get(gap).or(draft.blocks.last()).map_or(0, |b| b.at);
    let verdicts =
        if end.certain { ["page end", "no page end"] } else { ["estimated page end", "no page end"] };
    let (confidence, evidence) = (end.confidence, end.evidence.clone());
    let words = key(draft, end.gap);
    decisions.decide(Case { rule: "page-end", at: at(end.gap), key: &words, verdicts, confidence, evidence });
    if let Some((gap, sure)) = end.runner_up {
        let evidence = format!("the runner-up to the estimated end of page {page}");
        let (words, verdicts, confidence) = (key(draft, gap), ["no page end", "page end"], 100 - sure);
        decisions.decide(Case { rule: "page-end", at: at(gap), key: &words, verdicts, confidence, evidence });
    }
    map.ends.push(end);
    next
}

fn words(text: &str) -> String {
    text.split_whitespace().take(6).collect::<Vec<_>>().join(" ")
}

/// The number of the first page, which begins at gap `from`: that of the mark there, one less than the first mark says, or 1.
fn first_number(mut marks: impl Iterator<Item = (usize, Number)>, from: usize) -> Number {
    let before = |n: Number| Number { value: n.value.saturating_sub(1), ..n };
    let first = marks.next().map(|(gap, number)| if gap == from { number } else { before(number) });
    first.unwrap_or(Number::arabic(1))
}
