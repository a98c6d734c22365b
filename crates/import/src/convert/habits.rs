//! What typists do who use no styles: chapters are lines that say so, or that stand alone in
//! the middle in bold; a pause is an empty line.
//!
//! A book with headings of its own is left as it is. Otherwise the plainest sign that occurs
//! at least twice decides for the whole book, so that a lone bold line makes no chapter.

use super::flow::{Flow, Paragraph, Role, is_blank};
use super::model::{Book, Inline, Style, plain, tidy};
use crate::book::typed_words::{ALONE, NUMBERED, is_number_word};
use std::collections::BTreeSet;

/// Words that begin the title of a part, in the languages that novels are typed in.
const PARTS: [&str; 8] = ["part", "book", "teil", "partie", "parte", "часть", "volume", "deel"];
/// What stands behind a novel, as its typist titles it.
const BEHIND: [&str; 8] = [
    "about the author",
    "acknowledgements",
    "acknowledgments",
    "author's note",
    "author’s note",
    "a note from the author",
    "über den autor",
    "danksagung",
];
/// What stands in a title where others have a number.
const ORDINALS: [&str; 5] = ["first", "second", "third", "last", "the"];
/// How a sentence ends.
const ENDS: [char; 9] = ['.', '!', '?', '"', '”', '’', '\'', '»', '…'];
/// A title has no more letters.
pub(super) const LONGEST: usize = 80;

/// Finds chapters and pauses in a flow without headings.
pub(super) fn recognise(flow: &mut Vec<Flow>, book: &mut Book) {
    let headings = flow
        .iter()
        .filter(|part| matches!(part, Flow::Paragraph(p) if matches!(p.role, Role::Heading(_))))
        .count();
    if headings == 0 {
        chapters(flow, book);
    }
    pauses(flow, book);
}

/// How plainly a paragraph looks like the title of a chapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    /// `Chapter 7`.
    Named,
    /// `PART ONE`.
    Part,
    /// In the middle and in bold, or at the head of a page in bold, capitals or larger type.
    Set,
    /// A number alone, in the middle or at the head of a page.
    Number,
    /// `ABOUT THE AUTHOR`.
    Behind,
}

fn chapters(flow: &mut [Flow], book: &mut Book) {
    let signs: Vec<Option<Sign>> = (0..flow.len()).map(|at| sign(flow, at)).collect();
    let count = |wanted: Sign| signs.iter().filter(|sign| **sign == Some(wanted)).count();
    let Some(chosen) = [Sign::Named, Sign::Set, Sign::Number].into_iter().find(|sign| count(*sign) >= 2)
    else {
        return;
    };
    let known: BTreeSet<Looks> =
        (0..flow.len()).filter(|at| signs[*at] == Some(chosen)).filter_map(|at| looks(flow, at)).collect();
    let mut before_was_heading = false;
    let mut begun = false;
    for at in 0..flow.len() {
        // `ABOUT THE AUTHOR`, at the head of its page and set as `CHAPTER 1` is
        let alike = begun
            && signs[at] == Some(Sign::Set)
            && heads_page(flow, at)
            && looks(flow, at).is_some_and(|own| known.contains(&own));
        let takes = signs[at] == Some(chosen)
            || signs[at] == Some(Sign::Part)
            || signs[at] == Some(Sign::Named)
            || begun && signs[at] == Some(Sign::Behind)
            || alike && !before_was_heading;
        begun |= signs[at] == Some(chosen);
        let second = before_was_heading && matches!(signs[at], Some(Sign::Set)) && chosen != Sign::Set;
        let Flow::Paragraph(paragraph) = &mut flow[at] else { continue };
        if paragraph.is_empty() {
            continue;
        }
        if takes || second {
            let level = if signs[at] == Some(Sign::Part) { 1 } else { 2 };
            paragraph.role = Role::Heading(level);
            paragraph.words = without_look(std::mem::take(&mut paragraph.words));
            book.turn("plain lines into titles of chapters");
        }
        before_was_heading = takes;
        if second {
            join_to_title(flow, at);
        }
    }
}

/// How a line is set: in the middle, in bold, in larger type.
type Looks = (bool, bool, bool);

fn looks(flow: &[Flow], at: usize) -> Option<Looks> {
    match &flow[at] {
        Flow::Paragraph(paragraph) => Some((paragraph.centred, paragraph.is_bold(), paragraph.large)),
        Flow::Table { .. } => None,
    }
}

/// Makes the second line of a title part of it.
fn join_to_title(flow: &mut [Flow], at: usize) {
    let Flow::Paragraph(second) = &mut flow[at] else { return };
    let words = std::mem::take(&mut second.words);
    second.role = Role::Body;
    let first = flow[..at].iter_mut().rev().find_map(|part| match part {
        Flow::Paragraph(paragraph) if !paragraph.is_empty() => Some(paragraph),
        _ => None,
    });
    if let Some(first) = first {
        first.words.push(Inline::Break);
        first.words.extend(words);
    }
}

fn sign(flow: &[Flow], at: usize) -> Option<Sign> {
    let Flow::Paragraph(paragraph) = &flow[at] else { return None };
    let words = plain(&tidy(paragraph.words.clone()));
    let words = words.trim();
    let letters = words.chars().count();
    if letters == 0
        || letters > LONGEST
        || paragraph.role != Role::Body
        || paragraph.item.is_some()
        || super::html::is_scene_break(words)
    {
        return None;
    }
    let bare = words.trim_end_matches(['.', ':']);
    let lower = bare.to_lowercase();
    let mut parts = lower
        .split(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | '–' | '—' | '-'))
        .filter(|part| !part.is_empty());
    let (first, second) = (parts.next().unwrap_or(""), parts.next());
    let numbered = second.is_none_or(is_number);
    if (NUMBERED.contains(&first) || ALONE.contains(&first)) && numbered {
        return Some(Sign::Named);
    }
    let capitals = words.chars().any(char::is_alphabetic) && !words.chars().any(char::is_lowercase);
    if BEHIND.contains(&lower.as_str())
        && (capitals || paragraph.is_bold() || paragraph.centred || heads_page(flow, at))
    {
        return Some(Sign::Behind);
    }
    if PARTS.contains(&first) && second.is_some_and(is_number) {
        return Some(Sign::Part);
    }
    let heads_page = paragraph.page_break || heads_page(flow, at);
    let ends_sentence = words.ends_with(['.', ',', ';', ':']) || words.starts_with(['“', '"', '—', '–']);
    if second.is_none() && is_number(first) && (paragraph.centred || heads_page || paragraph.is_bold()) {
        return Some(Sign::Number);
    }
    let set = paragraph.centred && (paragraph.is_bold() || paragraph.large)
        || heads_page && (paragraph.is_bold() || paragraph.large || capitals || paragraph.centred);
    (set && !ends_sentence).then_some(Sign::Set)
}

/// Whether nothing but empty paragraphs stands between a page break and this one; or it is the
/// first of all, and running text follows.
fn heads_page(flow: &[Flow], at: usize) -> bool {
    // from behind: what is blank before one paragraph is looked at for no other
    if flow[..at].iter().rev().all(is_blank) {
        let next = flow[at + 1..].iter().find(|part| !is_blank(part));
        let is_text = |p: &Paragraph| p.role == Role::Body && !p.centred && !p.large && !p.is_bold();
        return matches!(next, Some(Flow::Paragraph(p)) if is_text(p) && plain(&p.words).trim_end().ends_with(ENDS));
    }
    for part in flow[..at].iter().rev().take(12) {
        match part {
            Flow::Paragraph(paragraph) if paragraph.is_empty() && paragraph.page_break => return true,
            Flow::Paragraph(paragraph) if paragraph.is_empty() => {}
            _ => return false,
        }
    }
    false
}

fn is_number(word: &str) -> bool {
    let digits = word.bytes().all(|b| b.is_ascii_digit()) && word.len() <= 3;
    let roman = word.chars().all(|c| "ivxlc".contains(c)) && word.len() <= 7;
    !word.is_empty() && (digits || roman || is_number_word(word) || ORDINALS.contains(&word))
}

/// Words without the bold or italics of the whole line: a heading has its own look.
fn without_look(words: Vec<Inline>) -> Vec<Inline> {
    let mut words = tidy(words);
    while let [Inline::Styled(Style::Strong | Style::Emphasis, inner)] = words.as_mut_slice() {
        words = std::mem::take(inner);
    }
    words
}

impl Paragraph {
    /// Whether there is nothing to be seen in it.
    pub(super) fn is_empty(&self) -> bool {
        let blank = |inline: &Inline| match inline {
            Inline::Text(text) => text.trim().is_empty(),
            Inline::Break | Inline::Anchor(_) => true,
            _ => false,
        };
        self.words.iter().all(blank)
    }

    /// Whether all its words are bold.
    fn is_bold(&self) -> bool {
        let bold = |inline: &Inline| match inline {
            Inline::Text(text) => text.trim().is_empty(),
            Inline::Styled(Style::Strong, _) => true,
            Inline::Styled(_, inner) | Inline::Language(_, inner) => {
                inner.iter().all(|inline| matches!(inline, Inline::Styled(Style::Strong, _)))
            }
            _ => matches!(inline, Inline::Break | Inline::Anchor(_) | Inline::Note(_)),
        };
        !self.is_empty() && self.words.iter().all(bold)
    }
}

/// Empty lines between paragraphs are pauses where most paragraphs have none between them.
fn pauses(flow: &mut Vec<Flow>, book: &mut Book) {
    let is_empty = |part: &Flow| matches!(part, Flow::Paragraph(paragraph) if paragraph.is_empty());
    let runs = flow.windows(2).filter(|pair| is_empty(&pair[0]) && !is_empty(&pair[1])).count();
    let full = flow.iter().filter(|part| !is_empty(part)).count();
    let mean_something = runs * 5 <= full;
    let is_text = |part: Option<&Flow>| {
        matches!(part, Some(Flow::Paragraph(p)) if p.role == Role::Body && !p.centred && p.item.is_none()
            && !super::html::is_scene_break(&plain(&p.words)) && plain(&p.words).chars().count() > 1)
    };
    let old = std::mem::take(flow);
    for (at, part) in old.iter().enumerate() {
        if !is_empty(part) {
            flow.push(part.clone());
            continue;
        }
        let anchors = matches!(part, Flow::Paragraph(p) if p.words.iter().any(|inline| matches!(inline, Inline::Anchor(_))));
        let first = at == 0 || !is_empty(&old[at - 1]);
        let before = || old[..at].last();
        let after = || old[at + 1..].iter().find(|part| !is_empty(part));
        if mean_something && first && is_text(before()) && is_text(after()) {
            book.turn("empty lines into scene breaks");
            book.added.push_str(PAUSE);
            flow.push(Flow::Paragraph(Paragraph {
                words: vec![Inline::Text(PAUSE.into())],
                ..Paragraph::default()
            }));
        } else if anchors {
            flow.push(part.clone());
        }
    }
}

/// A line that is read as a pause.
const PAUSE: &str = "* * *";
