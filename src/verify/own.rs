//! What an EPUB says by itself in the running text, and where it ends.
//!
//! What a reference prints is not always known beforehand: the number of a page, the mark of a
//! note. So each saying leads from the places where it may begin to those where it may end, and
//! the words behind it decide.

pub(super) use super::expected::Own;
use super::letters::push_letters;
use crate::book::{AnchorId, Around, Book, Inline, InlineKind, Seen, plain, visit_inlines, without_notes};
use crate::terms::Terms;
use crate::terms::numerals::item_label;

/// A number of a page or a note has no more letters.
const LONGEST_NUMBER: usize = 12;
/// What a text without a title is called is no longer than so many bytes.
const LONGEST_NAME: usize = 4000;

/// Something that is printed.
enum Saying {
    /// Those letters.
    Letters(String),
    /// The number of a page or a note.
    Number,
    /// The number of a page, or nothing, as within a title.
    PerhapsNumber,
    /// What a text without a title is called.
    Name,
}

/// Where something that the tool says may end, if it begins at one of those places.
pub(super) fn ends_of(book: &Book, own: &Own<'_>, held: &str, starts: &[usize]) -> Vec<usize> {
    let ways: Vec<Vec<Saying>> = match own {
        Own::Kind(kind) => vec![vec![letters(&Terms::of(&book.meta).admonition(*kind))]],
        Own::Item(list, index) => {
            let labelled = list.start.is_some() && list.numbers.around != Around::Stop;
            let label = item_label(list, *index).filter(|_| labelled);
            let sign = list.items.get(*index).and_then(|item| item.tick_box());
            let said = label.as_deref().into_iter().chain(sign);
            vec![said.map(letters).collect()]
        }
        Own::Reference(inline) => match &inline.kind {
            InlineKind::TitleOf(anchor) => vec![title_of(book, *anchor)],
            InlineKind::PageOf(anchor) => vec![vec![Saying::Number], title_of(book, *anchor)],
            _ => vec![vec![Saying::Number]],
        },
    };
    let mut ends: Vec<usize> = ways.iter().flat_map(|way| ends_of_way(way, held, starts)).collect();
    ends.sort_unstable();
    ends.dedup();
    ends
}

/// Where a title ends that stands in a list, the first from its beginning on: a reference in it prints there what it
/// leads to, or nothing.
pub(super) fn end_of_title(book: &Book, title: &[Inline], held: &str) -> Option<usize> {
    let mut pieces: Vec<Listed<'_>> = Vec::new();
    visit_inlines(title, &mut |seen| match (seen, pieces.last_mut()) {
        (Seen::Words(text, _) | Seen::Code(text, _), Some(Listed::Letters(before))) => {
            push_letters(before, &text.words);
        }
        (Seen::Words(text, _) | Seen::Code(text, _), _) => {
            let mut letters = String::new();
            push_letters(&mut letters, &text.words);
            pieces.push(Listed::Letters(letters));
        }
        (Seen::Reference(inline), _) => pieces.push(Listed::Reference(inline)),
        _ => {}
    });
    // what stands before its first words and behind its last may be as it is
    let mut rest = pieces.iter().skip_while(|piece| matches!(piece, Listed::Reference(_)));
    let Some(Listed::Letters(first)) = rest.next() else { return Some(0) };
    held.match_indices(first.as_str()).find_map(|(at, _)| {
        let ends = rest.clone().fold(vec![at + first.len()], |mut ends, piece| match piece {
            Listed::Letters(letters) => ends_of_letters(letters, held, &ends).collect(),
            Listed::Reference(inline) => {
                ends.extend(ends_of(book, &Own::Reference(inline), held, &ends));
                ends.sort_unstable();
                ends
            }
        });
        ends.first().copied()
    })
}

/// A part of a title that stands in a list.
enum Listed<'b> {
    Letters(String),
    Reference(&'b Inline),
}

fn ends_of_way(way: &[Saying], held: &str, starts: &[usize]) -> Vec<usize> {
    let mut at = starts.to_vec();
    for saying in way {
        at = match saying {
            Saying::Letters(letters) => ends_of_letters(letters, held, &at).collect(),
            Saying::Number => at.iter().flat_map(|at| numbers(held, *at)).collect(),
            Saying::PerhapsNumber => {
                at.iter().flat_map(|at| std::iter::once(*at).chain(numbers(held, *at))).collect()
            }
            // the places lie so near that their ranges are one
            Saying::Name => {
                let (first, last) = (at.first().copied().unwrap_or(0), at.last().copied().unwrap_or(0));
                let range = first..=held.floor_char_boundary(last + LONGEST_NAME);
                range.filter(|at| held.is_char_boundary(*at)).collect()
            }
        };
        at.sort_unstable();
        at.dedup();
    }
    at
}

/// Where those letters end, from each of those places where they stand.
fn ends_of_letters(letters: &str, held: &str, starts: &[usize]) -> impl Iterator<Item = usize> {
    starts.iter().filter(move |at| held[**at..].starts_with(letters)).map(move |at| at + letters.len())
}

/// Where a number that begins there may end. Notes are marked by letters, figures and signs, but by no stop.
fn numbers(held: &str, at: usize) -> impl Iterator<Item = usize> + '_ {
    let is_part = |c: &char| c.is_alphanumeric() || !c.is_ascii() || matches!(c, '*' | '-');
    held[at..].chars().take_while(is_part).take(LONGEST_NUMBER).scan(at, |end, c| {
        *end += c.len_utf8();
        Some(*end)
    })
}

/// What a reference to a title prints.
fn title_of(book: &Book, anchor: AnchorId) -> Vec<Saying> {
    let place = book.anchors.get(anchor);
    let of_section = || {
        let heading = book.sections.get(place.section.0 as usize)?.title()?;
        book.anchors.get(heading.anchor).title.as_deref()
    };
    let title = place.title.as_deref().or_else(of_section).map(without_notes).unwrap_or_default();
    if plain(&title).trim().is_empty() {
        return vec![Saying::Name];
    }
    said(&title)
}

/// The words of a title.
fn said(title: &[Inline]) -> Vec<Saying> {
    let mut all = Vec::new();
    visit_inlines(title, &mut |seen| match seen {
        Seen::Words(text, _) | Seen::Code(text, _) => all.push(letters(&text.words)),
        Seen::Reference(_) => all.push(Saying::PerhapsNumber),
        _ => {}
    });
    all
}

fn letters(text: &str) -> Saying {
    let mut letters = String::new();
    push_letters(&mut letters, text);
    Saying::Letters(letters)
}
