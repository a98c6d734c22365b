//! Whether a text is a transcription at all, or a manuscript that somebody wrote.

use super::dialect::choose;
use super::document::loose_notes;
use super::document::note_marks::{Call, calls, label};
use super::line::{Line, fences, goes_on, lines};
use super::mark::{folio_number, is_break_comment, page_mark, rules_part};
use super::picture::is_sign_of_tool;
use super::raised::opens_raised;
use std::collections::{BTreeMap, BTreeSet};

/// Whether a text in Markdown has signs of a transcription: those of its dialects, marks of pages, rules that part pages,
/// what programs set in place of pictures, or notes in figures below a rule or in the order of their calls. Without them it is a manuscript that somebody wrote.
#[must_use]
pub fn is_transcription(text: &str) -> bool {
    let lines = lines(text);
    let marked = |line: &Line<'_>| {
        let text = line.trimmed();
        text.starts_with("<!-- page ")
            || is_break_comment(text)
            || page_mark(text).is_some()
            || is_sign_of_tool(text)
    };
    let is_note = |line: &Line<'_>| {
        let text = line.trimmed();
        let marked = text.starts_with("<sup>") || text.starts_with("\\*");
        // `1 Words`, and not `1. Words`, which is an item
        marked
            || text.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(' ')
                && !text.starts_with(' ')
    };
    let full: Vec<&Line<'_>> = lines.iter().filter(|line| !line.trimmed().is_empty()).collect();
    let noted = full.windows(2).any(|pair| is_rule(pair[0]) && is_note(pair[1])) || has_called_notes(&full);
    // the number of a page stands within a sentence now and then, and no other number alone in its line does
    let is_within = |three: &&[&Line<'_>]| {
        let number = folio_number(three[1].trimmed()).is_some();
        number && goes_on(three[0].trimmed()) && three[2].trimmed().starts_with(char::is_lowercase)
    };
    let numbered = full.windows(3).filter(is_within).take(LEAST_NUMBERS).count() == LEAST_NUMBERS;
    choose(&lines, true).score > 0.0
        || numbered
        || are_numbered_anew(&lines)
        || are_cut(&lines)
        || loose_notes::tell(&lines)
        || lines.iter().any(marked)
        || noted
        || rules_part(&lines)
}

/// Whether notes that say what they are begin anew, as on each page of a transcription: several have a number that one before them
/// has. Nobody types so, since the first of them alone would be called.
fn are_numbered_anew(lines: &[Line<'_>]) -> bool {
    let fences = fences(lines);
    let in_code = |at: usize| fences.range(..=at).next_back().is_some_and(|(_, end)| at < *end);
    let mut met: BTreeSet<&str> = BTreeSet::new();
    let numbers =
        lines.iter().enumerate().filter(|(at, _)| !in_code(*at)).filter_map(|(_, line)| number_of(line));
    numbers.filter(|number| !met.insert(number)).take(LEAST_AGAIN).count() == LEAST_AGAIN
}

/// The figures of a note: `[^1]: `.
fn number_of<'a>(line: &Line<'a>) -> Option<&'a str> {
    let (number, _) = line.trimmed().strip_prefix("[^")?.split_once("]:")?;
    number.bytes().all(|b| b.is_ascii_digit()).then_some(number)
}

/// How many notes show that numbers begin anew.
const LEAST_AGAIN: usize = 2;

/// A rule of Markdown.
fn is_rule(line: &Line<'_>) -> bool {
    matches!(line.trimmed(), "---" | "***" | "___")
}

/// Whether notes open passages with a number or mark that is called above: raised, or beside a rule. Where a call might be
/// something else, as `[1]` and `door.1` might, two notes beside rules are wanted.
fn has_called_notes(lines: &[&Line<'_>]) -> bool {
    let mut called: BTreeMap<String, bool> = BTreeMap::new();
    let mut beside_rules = 0;
    for (index, line) in lines.iter().enumerate() {
        let text = line.trimmed();
        // what manuscripts have as notes is none of a page
        let opened = label(text).filter(|_| !text.starts_with("[^"));
        let opened = opened.and_then(|(mark, _)| called.get(&mark).copied());
        let raised = opens_raised(text);
        let beside =
            index > 0 && is_rule(lines[index - 1]) || lines.get(index + 1).is_some_and(|l| is_rule(l));
        match opened {
            Some(true) if raised || beside => return true,
            Some(false) if beside => beside_rules += 1,
            _ => {}
        }
        let is_own = |call: &Call| {
            let framed = line.text.get(call.at - line.at..).is_some_and(|rest| rest.starts_with("[^"));
            call.weight >= LEAST_CALL && !framed
        };
        for call in calls(line, index).into_iter().filter(is_own) {
            *called.entry(call.mark).or_default() |= call.plain;
        }
    }
    beside_rules >= LEAST_NOTES
}

/// What a call is worth at least, and how many notes beside rules show that they are notes.
const LEAST_CALL: f64 = 0.8;
const LEAST_NOTES: usize = 2;

/// Whether paragraphs break off within a sentence and go on with a small letter behind a blank line, several times: where pages
/// ended of which a tool left no other sign. Nobody types so; code may stand so.
fn are_cut(lines: &[Line<'_>]) -> bool {
    let fences = fences(lines);
    let in_code = |at: usize| fences.range(..=at).next_back().is_some_and(|(_, end)| at < *end);
    let flush = |line: &Line<'_>| line.indent() == 0;
    let is_cut = |at: &usize| {
        let (above, below) = (&lines[*at], &lines[at + 1]);
        below.blanks > 0
            && flush(above)
            && flush(below)
            && goes_on(above.trimmed())
            && above.trimmed().len() >= LEAST_ABOVE_CUT
            && below.trimmed().len() >= LEAST_BELOW_CUT
            && below.trimmed().starts_with(char::is_lowercase)
            && !in_code(*at)
            && !in_code(at + 1)
    };
    (0..lines.len().saturating_sub(1)).filter(is_cut).take(LEAST_CUTS).count() == LEAST_CUTS
}

/// How many paragraphs show that pages cut them, and how many bytes stand on both sides of a cut at least.
const LEAST_CUTS: usize = 3;
const LEAST_ABOVE_CUT: usize = 60;
const LEAST_BELOW_CUT: usize = 20;

/// How many numbers within sentences are those of pages.
const LEAST_NUMBERS: usize = 3;
