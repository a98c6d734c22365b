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
                spaces_before(&text.words, &place, findings);
            }
            spaces_missing(&text.words, &place, findings);
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

fn spaces_before(words: &str, place: &dyn Fn(usize, usize) -> Span, findings: &mut Vec<Diagnostic>) {
    let signs = words.match_indices([',', ';', '.', '!', '?']);
    for (sign, which) in signs.filter(|(sign, _)| words[..*sign].ends_with(' ')) {
        let at = sign - 1;
        let before = words[..at].chars().next_back();
        let mut after = words[sign + 1..].chars();
        let next = after.next();
        let turned = which == "," && next.is_some_and(char::is_alphabetic);
        let ends = next.is_none_or(char::is_whitespace) && after.next() != Some('.') || turned;
        // a backslash and a semicolon are a space of TeX's
        if before.is_some_and(char::is_alphabetic) && ends && !in_address(&words[..at], "") {
            let name = match which {
                "," => "comma",
                ";" => "semicolon",
                "." => "full stop",
                "!" => "exclamation mark",
                _ => "question mark",
            };
            let message = format!("a space stands before this {name}");
            findings.push(
                Diagnostic::new(Code::SpaceBefore, place(at, at + 2), message).hint("delete the space"),
            );
        }
    }
}

/// `He left,then came.`, `He left.Then he came.`, `“Stop”she said`: a mark between two words, and no space.
fn spaces_missing(words: &str, place: &dyn Fn(usize, usize) -> Span, findings: &mut Vec<Diagnostic>) {
    let small = |text: &str| text.chars().rev().take_while(|c| c.is_lowercase()).take(3).count();
    for (at, sign) in words.match_indices([',', ':', '.', '”']) {
        let (before, behind) = (&words[..at], &words[at + sign.len()..]);
        let first = behind.chars().next().unwrap_or(' ');
        let quoted = matches!(first, '“' | '«' | '„') && matches!(sign, "," | ":");
        if !(first.is_alphabetic() || quoted) || in_address(before, behind) {
            continue;
        }
        let word: String = behind.chars().take(40).take_while(|c| c.is_alphabetic()).collect();
        let next = behind[word.len()..].chars().next().unwrap_or(' ');
        let ends = next.is_whitespace() || matches!(next, ',' | ';' | '!' | '?' | '-' | '—' | '”');
        let is_word = word.chars().nth(1).is_some() && (ends || next == '’' && sign != ".");
        let is_lost = match sign {
            "," | ":" if quoted => small(before) > 1 && behind.chars().nth(1).is_some_and(char::is_uppercase),
            "," => small(before) > 1 && is_word,
            "." => small(before) > 1 && is_name(&word) && is_word,
            ":" => false,
            // `“As”es`, `“OK”ed`: a word may go on behind the mark
            // Hebrew writes short words together with the next one, and opens with the mark that closes
            _ if before.ends_with(|c| matches!(c, 'א'..='ת')) => false,
            _ => ends_words(before) && is_word && !ENDINGS.contains(&word.as_str()),
        };
        if is_lost {
            let name = match sign {
                "," => "comma",
                "." => "full stop",
                ":" => "colon",
                _ => "quotation mark",
            };
            let message = format!("no space stands behind this {name}");
            let place = place(at, at + sign.len());
            findings.push(Diagnostic::new(Code::SpaceMissing, place, message).hint("put one there"));
        }
    }
}

/// What may stand behind a word in quotation marks as a part of it.
const ENDINGS: [&str; 6] = ["es", "ed", "er", "ing", "ish", "like"];

/// Whether a word is a capital and small letters.
fn is_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

fn ends_words(before: &str) -> bool {
    before.ends_with(|c: char| c.is_alphabetic() || matches!(c, ',' | '!' | '?' | '.'))
}

/// Whether the characters around without a space are an address, a file or a name in a program.
fn in_address(before: &str, behind: &str) -> bool {
    let back = before.len()
        - before.chars().rev().take(80).take_while(|c| !c.is_whitespace()).map(char::len_utf8).sum::<usize>();
    let ahead: usize = behind.chars().take(80).take_while(|c| !c.is_whitespace()).map(char::len_utf8).sum();
    let is_sign = |c: char| matches!(c, '/' | '@' | '_' | '=' | '<' | '>' | '\\' | '{' | '#');
    before[back..].contains(is_sign) || behind[..ahead].contains(is_sign)
}

/// Quotation marks without a partner. A quotation may run over several
/// paragraphs when each begins with an opening mark.
fn quotes(blocks: &[Block], map: &SourceMap, findings: &mut Vec<Diagnostic>) {
    for (index, block) in blocks.iter().enumerate() {
        let BlockKind::Para(inlines) = &block.kind else { continue };
        let words = crate::book::plain(inlines);
        single_quote(&words, inlines, &blocks[index + 1..], map, findings);
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

/// Tells of a single quotation mark that opens in a paragraph's words and that nothing closes, where such marks stand
/// outside, as British printers have them. A mark that closes may be an apostrophe as well, so what any of them could
/// close is passed over. `below` is what stands below.
fn single_quote(
    words: &str,
    inlines: &[Inline],
    below: &[Block],
    map: &SourceMap,
    findings: &mut Vec<Diagnostic>,
) {
    let goes_on = || {
        below.first().is_some_and(|next| match &next.kind {
            BlockKind::Para(inlines) => crate::book::plain(inlines).trim_start().starts_with(['‘', '“']),
            _ => true,
        })
    };
    let open = match unclosed_single(words) {
        Some((open, false)) => open,
        Some((open, true)) if !below.is_empty() && !goes_on() => open,
        _ => return,
    };
    let Some(place) = nth_mark(inlines, map, '‘', words[..open].matches('‘').count()) else { return };
    let message = "a quotation is opened here and never closed";
    let hint = "close it; if it goes on, begin the next paragraph with an opening mark too; an apostrophe may be typed `’`";
    findings.push(Diagnostic::new(Code::QuoteUnbalanced, place, message).hint(hint));
}

/// The first single mark outside of double ones that opens and that no mark could close, and whether the paragraph ends
/// before another one opens.
fn unclosed_single(words: &str) -> Option<(usize, bool)> {
    let (mut open, mut doubles) = (None, 0_usize);
    for (at, sign) in words.match_indices(['‘', '’', '“', '”']) {
        let letter_follows = words[at + sign.len()..].starts_with(char::is_alphanumeric);
        match sign {
            "“" => doubles += 1,
            "”" => doubles = doubles.saturating_sub(1),
            "‘" if doubles > 0 => {}
            "‘" => match open {
                Some(open) => return Some((open, false)),
                None => open = Some(at),
            },
            _ if !letter_follows => open = None,
            _ => {}
        }
    }
    open.map(|open| (open, true))
}

/// The mark of a paragraph that has so many of its kind before it.
fn nth_mark(inlines: &[Inline], map: &SourceMap, mark: char, number: usize) -> Option<Span> {
    let (mut count, mut found) = (0, None);
    visit_inlines(inlines, &mut |seen| {
        let Seen::Words(text, span) = seen else { return };
        let places = LazyCell::new(|| WordPlaces::new(map, span, &text.words));
        for (at, _) in text.words.match_indices(mark) {
            if count == number {
                found = Some(places.part(at, at + mark.len_utf8()));
            }
            count += 1;
        }
    });
    found
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
