//! What the lines at the edges of pages look like: their words without a number, whether they stand apart, whether they
//! look as running heads do.

use super::super::line::{Line, normal};
use super::super::model::roman_value;
use super::candidate::{is_head, is_long};
use super::{Document, Role};

/// How many lines of furniture a page has at an edge at most.
pub(super) const MOST: usize = 4;

/// A line at an edge without the number of its page, and without the signs of Markdown.
pub(super) fn without_number(text: &str) -> &str {
    let text = text.trim_start_matches(['#', '*', ' ']).trim_end_matches(['*', ' ']);
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    let (before, last) = text.rsplit_once(' ').unwrap_or(("", text));
    match (is_number(first), is_number(last)) {
        (true, _) if rest.trim_start().starts_with(char::is_uppercase) => rest,
        (_, true) if before.starts_with(char::is_uppercase) => before,
        _ => text,
    }
}

/// The words of a line at an edge, without its number; letters with white space between are one word.
pub(super) fn words_of(text: &str) -> String {
    let words = without_number(text);
    let single = |word: &str| word.chars().count() == 1;
    let parts: Vec<&str> = words.split_whitespace().collect();
    let spaced = parts.len() >= LEAST_SPACED
        && parts.iter().filter(|word| single(word)).count() * 5 >= parts.len() * 4;
    normal(&if spaced { parts.concat() } else { words.to_owned() })
}

/// From how many words on, nearly all of which are letters, these are those of one word.
const LEAST_SPACED: usize = 4;

/// Whether a word is a small roman number, or one of which a scan misread every figure, as `ll` for `11`.
fn is_number(word: &str) -> bool {
    let misread = (2..=4).contains(&word.len())
        && word.contains(['l', 'O'])
        && word.chars().all(|c| "lIO|".contains(c) || c.is_ascii_digit());
    misread || word.starts_with(char::is_lowercase) && roman_value(word).is_some()
}

/// Whether white space, furniture or the page's edge is above and below a line.
pub(super) fn is_set_apart(lines: &[Line<'_>], document: &Document, at: usize) -> bool {
    let free = |i: usize| matches!(document.roles.get(i), Some(Role::Furniture(..) | Role::PageSign));
    let above =
        at == 0 || lines[at].blanks > 0 || lines[at].feed || free(at - 1) || document.page_at(at).is_some();
    let below = lines.get(at + 1).is_none_or(|l| l.blanks > 0 || l.feed) || free(at + 1);
    above && below
}

/// Whether a line has a day or a year beside its words: `BRIGHTON, 9th May, 1876`.
pub(super) fn has_date(text: &str) -> bool {
    let is_date = |word: &str| {
        let behind = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let figures = word.len() - behind.len();
        figures == YEAR && behind.is_empty() || (1..=2).contains(&figures) && DAYS.contains(&behind)
    };
    without_number(text).split(|c: char| !c.is_alphanumeric()).any(is_date)
}

/// How many figures a year has, and what stands behind that of a day.
const YEAR: usize = 4;
const DAYS: [&str; 4] = ["st", "nd", "rd", "th"];

/// Whether a line holds more than a number or a rule.
pub(super) fn has_words(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= 3
}

/// Whether a line looks as running heads do: a few words in capitals, or apart from the text with capitals at their heads.
pub(super) fn is_like_head(lines: &[Line<'_>], document: &Document, at: usize) -> bool {
    let text = without_number(lines[at].trimmed()).trim_matches(['#', '*', ' ']);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count() * 5 >= letters * 4;
    let text_below = || lines.get(at + 1).is_some_and(|below| is_head(below.trimmed()));
    has_words(text)
        && !is_long(text)
        && is_head(text)
        && !text.ends_with([',', ';', ':', '-', '”', '"'])
        && (capitals || is_set_apart(lines, document, at) || text_below())
}

/// The first line of a page that is none of its head, which need not be told yet.
pub(super) fn first_of_text(lines: &[Line<'_>], document: &Document, page: usize) -> Option<usize> {
    let page = document.pages.get(page)?;
    let head = |at: &usize| page.shows(lines, *at) || is_like_head(lines, document, *at);
    let mut text = page.body().filter(|at| document.roles[*at] == Role::Text);
    text.find(|at| *at >= page.body().start + MOST || !head(at))
}

/// A line of underscores, hyphens or long dashes.
pub(super) fn is_rule(text: &str) -> bool {
    text.chars().count() >= 3
        && text.chars().all(|c| "_-—–─― ".contains(c))
        && text.contains(['_', '-', '—', '–', '─', '―'])
}

/// Whether a line ends as sentences and their parts do, and titles seldom.
pub(super) fn ends(text: &str) -> bool {
    text.ends_with([',', ';', ':', '-', '”', '"', '!', '?'])
}
