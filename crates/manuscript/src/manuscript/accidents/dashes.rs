//! Two hyphens here and three there for the dash between words: in one of them
//! the author meant another dash than the reader sees.

use crate::book::{BlockKind, Book, Seen};
use crate::diag::{Code, Diagnostic, SourceMap, Span, WordPlaces};
use std::cell::LazyCell;

/// Dashes that were typed as so many hyphens: how many, and where the first stands.
#[derive(Default)]
struct Typed {
    count: usize,
    first: Option<Span>,
}

pub(super) fn check(book: &Book, map: &SourceMap, findings: &mut Vec<Diagnostic>) {
    let mut typed = [Typed::default(), Typed::default()];
    let mut hyphens = Typed::default();
    let mut options = Typed::default();
    book.visit(&mut |seen| match seen {
        Seen::Words(text, span) => {
            count(span, map, &mut typed);
            count_hyphens(&text.words, span, map, &mut hyphens);
        }
        Seen::Blocks(blocks, _) => {
            for block in blocks.iter().filter(|block| matches!(block.kind, BlockKind::Para(_))) {
                count_option(block.span, map, &mut options);
            }
        }
        _ => {}
    });
    tell_of_hyphens(&hyphens, findings);
    if let Some(first) = options.first {
        let message = format!(
            "these hyphens are taken for those of a command's option, and no dash is made of them{}",
            super::more_places(options.count)
        );
        let hint =
            "write `--` with no space on either side, or a space on both; code stands between back-quotes";
        findings.push(Diagnostic::new(Code::DashSpacing, first, message).hint(hint));
    }
    let [two, three] = typed;
    let (rare, name) = if two.count <= three.count { (&two, "--") } else { (&three, "---") };
    let (Some(first), true) = (rare.first, two.count > 0 && three.count > 0) else { return };
    let message = format!(
        "`{name}` stands between words here; the book has `--` {} and `---` {}",
        times(two.count),
        times(three.count)
    );
    let hint = "write one of them throughout: `---` is an em dash; `--` is one in English where it touches a word on each side, and an en dash otherwise, unless `[text] double-hyphen` says which";
    findings.push(Diagnostic::new(Code::DashMixed, first, message).hint(hint));
}

/// A hyphen with a letter and a space on both sides, where books have a dash.
fn tell_of_hyphens(hyphens: &Typed, findings: &mut Vec<Diagnostic>) {
    let Some(first) = hyphens.first else { return };
    let more = match hyphens.count - 1 {
        0 => String::new(),
        more => format!("; {more} more in the book"),
    };
    let message = format!("a hyphen between spaces is printed as one, where books have a dash{more}");
    let hint = "write ` -- ` or ` --- `, or put the dash itself there; `\\-` for the hyphen itself";
    findings.push(Diagnostic::new(Code::MarkLeft, first, message).hint(hint));
}

fn count_hyphens(words: &str, span: Span, map: &SourceMap, hyphens: &mut Typed) {
    let places = LazyCell::new(|| WordPlaces::new(map, span, words));
    let is_blank = |c: char| matches!(c, ' ' | '\u{A0}' | '\u{202F}');
    for (at, sign) in words.match_indices('-') {
        let (Some(lead), Some(rest)) =
            (words[..at].strip_suffix(is_blank), words[at + sign.len()..].strip_prefix(is_blank))
        else {
            continue;
        };
        let ended = lead.trim_end_matches([',', '!', '?', '…', '”', '»', '’']);
        let before = ended.chars().rev().take(3).take_while(|c| c.is_alphabetic()).count();
        let behind = rest.chars().take(3).take_while(|c| c.is_alphabetic()).count();
        // one letter less another is a formula
        if before > 0 && behind > 0 && before + behind > 2 {
            let place = places.part(at, at + 1);
            // the place is what stands between the letters on both sides
            let typed = map.file(span.file).text.get(place.start as usize..place.end as usize);
            let escaped = typed.is_some_and(|typed| typed.contains("\\-"));
            if !escaped {
                hyphens.count += 1;
                hyphens.first = hyphens.first.or(Some(place));
            }
        }
    }
}

/// Whether one word of a paragraph begins with two hyphens, `the Argo --sailed`, and two others stand between words.
fn count_option(span: Span, map: &SourceMap, options: &mut Typed) {
    let source = &map.file(span.file).text;
    let own = source.get(span.start as usize..span.end as usize).unwrap_or("");
    if !own.contains(" --") || own.contains('`') {
        return;
    }
    let is_option = |at: &usize| {
        let behind = &own[at + 3..];
        let before = own[..*at].trim_end_matches(['*', '_', '"', '\'', ',', '.', '!', '?']);
        let name = behind.trim_start_matches(|c: char| c.is_ascii_lowercase());
        // what other hyphens end is a dash
        let near = &behind[..behind.floor_char_boundary(NEAR)];
        let taken_up = near.match_indices("--").any(|(end, _)| {
            let goes_on = near[end + 2..].chars().next();
            near[..end].ends_with(char::is_alphabetic)
                && goes_on.is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | '!' | '?'))
        });
        name.len() < behind.len()
            && !taken_up
            && !name.starts_with(['-', '=', '_'])
            && before.ends_with(char::is_alphabetic)
    };
    let mut found = own.match_indices(" --").map(|(at, _)| at).filter(is_option);
    let (Some(at), None) = (found.next(), found.next()) else { return };
    if between_words(own).any(|(_, length)| length == 2) {
        options.count += 1;
        let start = span.start as usize + at + 1;
        options.first = options.first.or(Some(Span::new(span.file, start, start + 2)));
    }
}

/// What two dashes enclose in a sentence is hardly longer.
const NEAR: usize = 200;

fn times(count: usize) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}

fn count(span: Span, map: &SourceMap, typed: &mut [Typed; 2]) {
    let source = &map.file(span.file).text;
    let own = source.get(span.start as usize..span.end as usize).unwrap_or("");
    for (at, length) in between_words(own) {
        let kind = &mut typed[length - 2];
        kind.count += 1;
        let start = span.start as usize + at;
        kind.first = kind.first.or(Some(Span::new(span.file, start, start + length)));
    }
}

/// Where two or three hyphens stand between words, and how many: with a letter on both
/// sides, or a space and a letter.
fn between_words(own: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(found) = own[at..].find("--") {
            let start = at + found;
            let length = own[start..].bytes().take_while(|b| *b == b'-').count();
            at = start + length;
            let mut before =
                own[..start].chars().rev().skip_while(|c| matches!(c, '"' | '\'' | ',' | '.' | '!' | '?'));
            let mut after = own[at..].chars();
            let spaced = own[..start].ends_with(' ') && own[at..].starts_with(' ');
            if spaced {
                before.next();
                after.next();
            }
            let words = before.next().is_some_and(char::is_alphabetic)
                && after.next().is_some_and(char::is_alphabetic);
            if (2..=3).contains(&length) && words {
                return Some((start, length));
            }
        }
        None
    })
}
