//! The head and the foot of scanned pages: which of their lines are none of the text; and whether what stands between is verse.
//!
//! Whether such a line is furniture, the model of the whole document decides, where all signs meet.

use super::{Line, ScannedPage, Tag};
use std::collections::BTreeMap;

/// From which share of the text's size on type is smaller: notes.
pub(super) const SMALLER: f32 = 0.92;
/// From which share on it is larger: headings.
pub(super) const LARGER: f32 = 1.22;
/// How many lines at the head and at the foot of a page may be none of its text.
const EDGE: usize = 2;

/// The words of a line that other pages may have at their edge too: without figures and the small numerals of the front.
pub(super) fn words(line: &Line) -> String {
    let numeral = |word: &&str| word.bytes().all(|b| b"ivxlc".contains(&b));
    let words = line.text.split_whitespace().filter(|word| !numeral(word));
    words.flat_map(str::chars).filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// The places of the lines at the head and the foot of the text of a page: what the file tells to be none of it stands beyond.
fn edge_lines(page: &ScannedPage) -> impl Iterator<Item = usize> {
    let text: Vec<usize> = (0..page.lines.len()).filter(|at| !is_told(&page.lines[*at])).collect();
    let all = text.len();
    text.into_iter().enumerate().filter(move |(n, _)| *n < EDGE || n + EDGE >= all).map(|(_, at)| at)
}

/// Whether the file itself says that a line is an edge or a note.
fn is_told(line: &Line) -> bool {
    matches!(line.tag, Some(Tag::Edge | Tag::Note))
}

/// Whether a line is one of the last of the text of its page.
fn is_at_foot(page: &ScannedPage, at: usize) -> bool {
    page.lines[at + 1..].iter().filter(|line| !is_told(line)).count() < EDGE
}

/// On how many pages words stand at an edge.
pub(super) fn heads(pages: &[ScannedPage]) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for page in pages {
        for line in edge_lines(page).map(|at| &page.lines[at]).filter(|l| l.text.len() <= 90) {
            *found.entry(words(line)).or_default() += 1;
        }
    }
    found
}

/// How many bytes a running head has at most that was misread.
const LONGEST_HEAD: usize = 60;

/// The lines at the edges of a page that look like running heads and numbers: a number alone, or words that stand
/// at the edges of other pages too; and the word with which the next page begins. The text has that size.
pub(super) fn edges(
    page: &ScannedPage,
    next: Option<&ScannedPage>,
    size: f32,
    heads: &BTreeMap<String, usize>,
) -> Vec<usize> {
    let is_edge = |at: &usize| {
        let line = &page.lines[*at];
        let words = words(line);
        let numeral =
            words.is_empty() || line.text.len() <= 7 && words.bytes().all(|b| b"ivxlcgo".contains(&b));
        // sections have large numerals, pages small ones
        let number =
            numeral && line.text.chars().count() <= 10 && !line.text.starts_with(['I', 'V', 'X', 'L']);
        let repeated = heads.get(&words).is_some_and(|n| *n >= 3) && line.text.len() <= 90;
        // a head that was misread: small type above the text, with figures at one end
        let figures = |word: Option<&str>| word.is_some_and(|w| w.contains(|c: char| c.is_ascii_digit()));
        let mut spaced = line.text.split(' ');
        let misread = *at == 0
            && line.size < size * SMALLER
            && line.text.len() <= LONGEST_HEAD
            && (figures(spaced.next()) || figures(spaced.next_back()));
        let signature = is_at_foot(page, *at) && is_signature(&line.text);
        line.tag.is_none() && (signature || line.size < size * LARGER && (number || repeated || misread))
    };
    let catchword = |at: &usize| next.is_some_and(|next| is_catchword(page, *at, next));
    edge_lines(page).filter(|at| is_edge(at) || catchword(at)).collect()
}

/// Whether a line at the foot of a page is the word with which the text of the next page begins.
fn is_catchword(page: &ScannedPage, at: usize, next: &ScannedPage) -> bool {
    let own = words(&page.lines[at]);
    let begins = |line: &Line| line.text.chars().count() > LONGEST_CATCHWORD && words(line).starts_with(&own);
    is_at_foot(page, at)
        && page.lines[at].tag.is_none()
        && own.chars().count() >= LEAST_CATCHWORD
        && page.lines[at].text.chars().count() <= LONGEST_CATCHWORD
        && next.lines.iter().filter(|line| !is_told(line)).take(EDGE).any(begins)
}

/// How many letters a catchword has at least, and how many signs at most.
const LEAST_CATCHWORD: usize = 2;
const LONGEST_CATCHWORD: usize = 16;

/// Whether a line is the letter that counts the sheets at the foot of their first pages, with a number or without: `B`, `C 2`.
fn is_signature(text: &str) -> bool {
    let rest = text.strip_prefix(|c: char| c.is_ascii_uppercase()).map(str::trim_start);
    rest.is_some_and(|rest| {
        rest.len() <= 3 && rest.bytes().all(|b| b.is_ascii_digit() || b"ivx".contains(&b))
    })
}

/// The running head of a page that cuts a sentence: a short line that begins with a capital, behind which the sentence goes on
/// that breaks off on the page before. No title stands within a sentence.
pub(super) fn head_in_sentence(page: &ScannedPage, edges: &[usize], width: f32) -> Option<usize> {
    let numbered = |at: &usize| edges.contains(at) && words(&page.lines[*at]).is_empty();
    let at = (0..EDGE.min(page.lines.len())).find(|at| !numbered(at))?;
    let (line, below) = (&page.lines[at], page.lines.get(at + 1)?);
    let short = line.right - line.left < width * SHORT && line.text.len() <= LONGEST_HEAD;
    let goes_on = below.text.starts_with(char::is_lowercase) && below.right - below.left > width * SHORT;
    (line.tag.is_none() && short && goes_on && line.text.starts_with(char::is_uppercase)).then_some(at)
}

/// Which part of a full line a running head fills at most.
const SHORT: f32 = 0.7;

/// Whether all text of a page is verse: nearly every line begins with a capital, and hardly one ends with a number, as those of
/// a list do.
pub(super) fn is_verse(page: &ScannedPage, edges: &[usize], notes: Option<usize>) -> bool {
    let text = |at: &usize| !edges.contains(at) && notes.is_none_or(|from| *at < from);
    let lines = (0..page.lines.len()).filter(text).map(|at| &page.lines[at]).filter(|l| l.tag.is_none());
    let (mut all, mut capitals, mut numbers) = (0, 0, 0);
    for line in lines {
        let first = line.text.chars().find(|c| c.is_alphabetic());
        let sentence = line.text.chars().any(char::is_lowercase);
        all += 1;
        capitals += usize::from(sentence && first.is_some_and(char::is_uppercase));
        numbers += usize::from(line.text.ends_with(|c: char| c.is_ascii_digit()));
    }
    all >= LEAST_VERSES && capitals * 10 >= all * 9 && numbers * 10 <= all
}

/// How many lines show that a page is verse.
const LEAST_VERSES: usize = 8;
