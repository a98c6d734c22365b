//! What stands around the words of a running head: the number of the page beside it, a title below it, the same words once more.

use super::super::line::Line;
use super::candidate::{EDGE, candidate, is_head, is_long};
use super::edge_lines::{ends, has_words, words_of};
use super::{Document, PhysicalPage, Role};

/// How many letters a title has at least that running heads repeat.
pub(super) const LEAST_TITLE: usize = 4;

/// On how many pages with the same head it is looked at whether their number stands beside it.
const MOST_LOOKED_AT: usize = 16;

/// Whether the number of the page or other furniture stands close above or below a line: what white space parts from a head with
/// words is no part of it.
pub(super) fn is_beside_number(
    lines: &[Line<'_>],
    document: &Document,
    page: &PhysicalPage,
    at: usize,
) -> bool {
    let beside = |at: usize| {
        let number = || candidate(lines, at).is_some_and(|c| page.shown == Some(c.number));
        matches!(document.roles.get(at), Some(Role::Furniture(..))) || page.body().contains(&at) && number()
    };
    let above = page.body().start..at;
    let has_head = above.clone().any(|above| has_words(lines[above].trimmed()));
    !above.is_empty() && beside(at - 1) && !(lines[at].blanks > 0 && has_head)
        || at + 1 < page.lines.end && beside(at + 1)
}

/// Whether a line has a small roman number beside its words. Those of a short preface may be too few for a row of their own.
pub(super) fn bears_roman(lines: &[Line<'_>], at: usize) -> bool {
    candidate(lines, at).is_some_and(|c| c.number.roman && c.number.to_string().len() > 1)
}

/// Whether a leaf stands before all running text, as the title page does, and the half-title: its words are the book's own.
pub(super) fn is_title_page(lines: &[Line<'_>], document: &Document, index: usize) -> bool {
    let running = |at: usize| {
        let text = lines[at].trimmed();
        let small = text.chars().filter(|c| c.is_lowercase()).count();
        text.chars().count() >= LEAST_RUNNING && small * 2 > text.len()
    };
    let few = |page: &PhysicalPage| page.body().len() <= MOST_OF_TITLE_PAGE && !page.body().any(running);
    index < MOST_FRONT && document.pages[..=index].iter().all(few)
}

/// How many characters a line of running text has at least, how many leaves stand before all text at most, and how many lines
/// each has.
const LEAST_RUNNING: usize = 36;
const MOST_FRONT: usize = 8;
const MOST_OF_TITLE_PAGE: usize = 24;

/// Whether the words of a line stand once more among the first lines of its page, apart: there they are the title.
pub(super) fn repeats_below(lines: &[Line<'_>], page: &PhysicalPage, at: usize) -> bool {
    let words = words_of(lines[at].trimmed());
    let apart =
        |below: &usize| lines[*below].blanks > 0 && lines.get(below + 1).is_some_and(|l| l.blanks > 0);
    let mut below = page.body().take(EDGE).filter(|below| *below > at).filter(apart);
    words.len() >= LEAST_TITLE && below.any(|below| words_of(lines[below].trimmed()) == words)
}

/// Whether a title stands below the words of a line, on its page and on another that has them at its head: so texts begin under
/// the head here, which says none of their titles.
pub(super) fn heads_titles(
    lines: &[Line<'_>],
    document: &Document,
    (pages, words): (&[usize], &str),
    at: usize,
) -> bool {
    let title_below = |page: usize, at: usize| {
        let body = document.pages[page].body();
        let below = (at + 1..body.end).find(|below| has_words(lines[*below].trimmed()));
        below.is_some_and(|below| {
            let text = lines[below].trimmed();
            let parted = lines[below].blanks > 0 && lines.get(below + 1).is_some_and(|l| l.blanks > 0);
            parted && is_head(text) && !is_long(text) && !ends(text) && words_of(text) != words
        })
    };
    let head = |page: usize| {
        document.pages[page].body().take(EDGE).find(|head| words_of(lines[*head].trimmed()) == words)
    };
    let index = pages.first().copied();
    index.is_some_and(|index| title_below(index, at))
        && pages[1..].iter().any(|page| head(*page).is_some_and(|head| title_below(*page, head)))
}

/// Whether the words of a head stand beside the number of their page on another of these pages.
pub(super) fn is_numbered_on(
    lines: &[Line<'_>],
    document: &Document,
    (pages, words): (&[usize], &str),
    index: usize,
) -> bool {
    let others = pages.iter().filter(|page| **page != index).take(MOST_LOOKED_AT);
    let others = others.map(|page| &document.pages[*page]);
    let head =
        |page: &PhysicalPage| page.body().take(EDGE).find(|at| words_of(lines[*at].trimmed()) == words);
    let mut heads = others.filter_map(|page| Some((page, head(page)?)));
    heads.any(|(page, head)| is_beside_number(lines, document, page, head))
}

/// Whether a title says what the running head above it says, marked as one or apart from the text: a page has its head once.
pub(super) fn is_under_its_head(
    lines: &[Line<'_>],
    document: &Document,
    page: &PhysicalPage,
    at: usize,
) -> bool {
    let words = |at: usize| solid(&words_of(lines[at].trimmed()));
    let own = words(at);
    let says_so = |above: usize| matches!(document.roles[above], Role::Furniture(..)) && words(above) == own;
    let parted = |at: usize| lines.get(at).is_some_and(|line| line.blanks > 0);
    let titled = lines[at].trimmed().starts_with('#') || parted(at) && parted(at + 1);
    own.len() >= LEAST_TITLE && titled && (page.body().start..at).any(says_so)
}

/// Words without the white space between, which a reader of PDF may leave out.
fn solid(words: &str) -> String {
    words.split_whitespace().collect()
}
