//! Two hyphens here and three there for the dash between words: in one of them
//! the author meant another dash than the reader sees.

use crate::book::{Book, Seen};
use crate::diag::{Code, Diagnostic, SourceMap, Span};

/// Dashes that were typed as so many hyphens: how many, and where the first stands.
#[derive(Default)]
struct Typed {
    count: usize,
    first: Option<Span>,
}

pub(super) fn check(book: &Book, map: &SourceMap, findings: &mut Vec<Diagnostic>) {
    let mut typed = [Typed::default(), Typed::default()];
    book.visit(&mut |seen| {
        if let Seen::Words(_, span) = seen {
            count(span, map, &mut typed);
        }
    });
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
