//! Doubled words, spaces before commas, dashes with one space, quotation
//! marks without a partner.

use crate::book::{Block, BlockKind, Book, Inline, Seen, visit_inlines};
use crate::diag::{Code, Diagnostic, SourceMap, Span, WordPlaces};
use std::cell::LazyCell;

/// English words that never stand twice in a row.
const NEVER_DOUBLE: [&str; 20] = [
    "the", "a", "an", "of", "to", "and", "with", "from", "for", "at", "by", "his", "their", "our", "or",
    "but", "this", "was", "were", "be",
];

pub(super) fn check(book: &Book, map: &SourceMap, findings: &mut Vec<Diagnostic>) {
    let english = book.meta.language.primary() == "en";
    let french = book.meta.language.primary() == "fr";
    book.visit(&mut |seen| match seen {
        Seen::Words(text, span) => {
            let places = LazyCell::new(|| WordPlaces::new(map, span, &text.words));
            let place = |start: usize, end: usize| places.part(start, end);
            if english {
                doubled(&text.words, &place, findings);
                dashes(&text.words, &place, findings);
            }
            if !french {
                commas(&text.words, &place, findings);
            }
        }
        Seen::Blocks(blocks, _) if english => quotes(blocks, map, findings),
        _ => {}
    });
}

fn doubled(words: &str, place: &dyn Fn(usize, usize) -> Span, findings: &mut Vec<Diagnostic>) {
    let mut last: Option<(&str, usize)> = None;
    for word in words.split_inclusive(' ') {
        let start = word.as_ptr() as usize - words.as_ptr() as usize;
        let bare = word.trim_end();
        if let Some((_, from)) = last.filter(|(last, _)| *last == bare)
            && NEVER_DOUBLE.contains(&bare)
        {
            let message = format!("“{bare}” stands twice");
            let place = place(from, start + bare.len());
            findings.push(Diagnostic::new(Code::WordDoubled, place, message).hint("delete one of the two"));
        }
        last = Some((bare, start));
    }
}

/// `word —word`: a space on one side only.
fn dashes(words: &str, place: &dyn Fn(usize, usize) -> Span, findings: &mut Vec<Diagnostic>) {
    let found = ['—', '–'].into_iter().flat_map(|dash| words.match_indices(dash));
    for (at, dash) in found {
        let mut before = words[..at].chars().rev();
        let after = words[at + dash.len()..].chars().next();
        let spaced = before.next() == Some(' ') && before.next().is_some_and(char::is_alphabetic);
        if spaced && after.is_some_and(char::is_alphabetic) {
            let message = "this dash has a space before it and none behind";
            let hint = "give it both, or none";
            let place = place(at, at + dash.len());
            findings.push(Diagnostic::new(Code::DashSpacing, place, message).hint(hint));
        }
    }
}

fn commas(words: &str, place: &dyn Fn(usize, usize) -> Span, findings: &mut Vec<Diagnostic>) {
    for (comma, _) in words.match_indices(',').filter(|(comma, _)| words[..*comma].ends_with(' ')) {
        let at = comma - 1;
        let before = words[..at].chars().next_back();
        let after = words[comma + 1..].chars().next();
        if before.is_some_and(char::is_alphabetic) && after.is_none_or(char::is_whitespace) {
            let message = "a space stands before this comma";
            findings.push(
                Diagnostic::new(Code::SpaceBefore, place(at, at + 2), message).hint("delete the space"),
            );
        }
    }
}

/// Quotation marks without a partner. A quotation may run over several
/// paragraphs when each begins with an opening mark.
fn quotes(blocks: &[Block], map: &SourceMap, findings: &mut Vec<Diagnostic>) {
    for (index, block) in blocks.iter().enumerate() {
        let BlockKind::Para(inlines) = &block.kind else { continue };
        let words = crate::book::plain(inlines);
        let (opened, closed) = (words.matches('“').count(), words.matches('”').count());
        let goes_on = || {
            blocks[index + 1..].iter().take(2).any(|next| match &next.kind {
                BlockKind::Para(inlines) => crate::book::plain(inlines).trim_start().starts_with('“'),
                _ => true,
            })
        };
        let alone = || index > 0 && blocks[..index].iter().rev().take(12).all(is_balanced);
        let (message, hint) = if opened == closed + 1 && index + 1 < blocks.len() && !goes_on() {
            let hint = "close it; if it goes on, begin the next paragraph with an opening mark too";
            ("a quotation is opened in this paragraph and never closed", hint)
        } else if closed == opened + 1 && !words.starts_with('”') && alone() {
            let hint = "open it, or delete the mark";
            ("a quotation is closed in this paragraph and was never opened", hint)
        } else {
            continue;
        };
        let place = place(inlines, map, opened > closed).unwrap_or(block.span);
        findings.push(Diagnostic::new(Code::QuoteUnbalanced, place, message).hint(hint));
    }
}

fn is_balanced(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Para(inlines) => {
            let words = crate::book::plain(inlines);
            words.matches('“').count() == words.matches('”').count()
        }
        BlockKind::Quote(_) | BlockKind::Verse(_) | BlockKind::Div(..) => false,
        _ => true,
    }
}

/// The first mark without a partner.
fn place(inlines: &[Inline], map: &SourceMap, opening: bool) -> Option<Span> {
    let mut open: Vec<Span> = Vec::new();
    let mut closed = None;
    visit_inlines(inlines, &mut |seen| {
        let Seen::Words(text, span) = seen else { return };
        let places = LazyCell::new(|| WordPlaces::new(map, span, &text.words));
        for (at, mark) in text.words.match_indices(['“', '”']) {
            let part = places.part(at, at + mark.len());
            if mark == "“" {
                open.push(part);
            } else if open.pop().is_none() {
                closed = closed.or(Some(part));
            }
        }
    });
    if opening { open.first().copied() } else { closed }
}
