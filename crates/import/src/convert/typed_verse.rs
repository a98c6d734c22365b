//! Verse that is typed line by line, each a paragraph, with empty ones between its stanzas.

use super::flow::{Flow, Paragraph, Role, is_blank};
use super::model::{Book, Inline, plain};

/// A line of verse has hardly more characters.
const LONGEST: usize = 60;
/// A stanza has so many lines at the least.
const FEWEST: usize = 2;
/// A poem has so many.
const SHORTEST: usize = 3;

/// A stanza: its first and its last paragraph.
type Stanza = (usize, usize);

/// Makes stanzas of the lines of verse; `is_title` tells those that are none.
pub(super) fn verse(flow: &mut Vec<Flow>, book: &mut Book, is_title: &dyn Fn(&Paragraph) -> bool) {
    let found = stanzas(flow, is_title);
    let lines: usize = found.iter().map(|(first, last)| last + 1 - first).sum();
    let texts = flow.iter().filter(|part| text_of(part).is_some()).count();
    // a book of verse need not show by its marks that it is one
    let is_poetry = lines * 5 > texts * 3;
    let mut poems: Vec<Vec<Stanza>> = Vec::new();
    for stanza in found {
        let goes_on = |poem: &Vec<Stanza>| {
            poem.last().is_some_and(|last| flow[last.1 + 1..stanza.0].iter().all(is_blank))
        };
        match poems.last_mut().filter(|poem| goes_on(poem)) {
            Some(poem) => poem.push(stanza),
            None => poems.push(vec![stanza]),
        }
    }
    let length = |poem: &[Stanza]| poem.iter().map(|(first, last)| last + 1 - first).sum::<usize>();
    poems.retain(|poem| length(poem) >= SHORTEST && (is_poetry || runs_on(flow, poem)));
    for poem in poems.iter().rev() {
        let (Some(first), Some(last)) = (poem.first(), poem.last()) else { continue };
        let made: Vec<Flow> = poem.iter().map(|stanza| joined(&flow[stanza.0..=stanza.1])).collect();
        flow.splice(first.0..=last.1, made);
        book.turn("verse that was typed line by line");
    }
}

/// The words of a paragraph of running text.
fn text_of(part: &Flow) -> Option<String> {
    match part {
        Flow::Paragraph(p) if p.role == Role::Body && p.item.is_none() && !p.centred && !p.is_empty() => {
            Some(plain(&p.words).trim().to_owned())
        }
        _ => None,
    }
}

/// Runs of short lines of which most end no sentence. What stands before all else is a title page.
fn stanzas(flow: &[Flow], is_title: &dyn Fn(&Paragraph) -> bool) -> Vec<Stanza> {
    let mut found = Vec::new();
    let start = flow.iter().position(|part| !is_blank(part)).unwrap_or(0);
    let mut at = start;
    while at < flow.len() {
        let lines: Vec<String> = flow[at..].iter().map_while(|part| line(part, is_title)).collect();
        let page_breaks = flow[at..at + lines.len()]
            .iter()
            .skip(1)
            .any(|part| matches!(part, Flow::Paragraph(p) if p.page_break));
        let ended = lines.iter().filter(|line| ends_sentence(line)).count();
        if lines.len() >= FEWEST && at > start && ended * 2 <= lines.len() && !page_breaks {
            found.push((at, at + lines.len() - 1));
        }
        at += lines.len().max(1);
    }
    found
}

/// The words of what may be a line of verse.
fn line(part: &Flow, is_title: &dyn Fn(&Paragraph) -> bool) -> Option<String> {
    let is_tabbed = |words: &String| words.contains('\t');
    let is_spoken = |words: &String| words.starts_with(['—', '–', '-', '•', '*']);
    text_of(part).filter(|words| {
        words.chars().count() <= LONGEST
            && words.split_whitespace().count() >= 2
            && !is_tabbed(words)
            && !is_spoken(words)
            && !matches!(part, Flow::Paragraph(p) if is_title(p))
    })
}

fn ends_sentence(line: &str) -> bool {
    line.ends_with(['.', '!', '?', '"', '”', '’', '»', '…', ':'])
}

/// Whether the lines of a poem run on, as those of a list of names or things do not: one in four ends with a comma or
/// the like, or begins in small letters.
fn runs_on(flow: &[Flow], poem: &[Stanza]) -> bool {
    let lines: Vec<String> =
        poem.iter().flat_map(|(first, last)| &flow[*first..=*last]).filter_map(text_of).collect();
    let runs =
        |line: &&String| line.ends_with([',', ';', '—', '–', '-']) || line.starts_with(char::is_lowercase);
    lines.iter().filter(runs).count() * 4 >= lines.len()
}

/// A stanza as one paragraph, each of its lines ended by a break.
fn joined(lines: &[Flow]) -> Flow {
    let mut stanza = Paragraph { role: Role::Verse, ..Paragraph::default() };
    for part in lines {
        let Flow::Paragraph(line) = part else { continue };
        if stanza.words.is_empty() {
            stanza.page_break = line.page_break;
        } else {
            stanza.words.push(Inline::Break);
        }
        stanza.words.extend(line.words.clone());
    }
    Flow::Paragraph(stanza)
}
