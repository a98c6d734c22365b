//! Notes as they are typed where no program makes them: a sign behind a word, and a paragraph further on that begins
//! with the same sign.

use crate::book::{BlockKind, Book, Inline, InlineKind, Role, plain};
use crate::diag::{Code, Diagnostic};

/// Signs that call notes where they are not numbered.
const SIGNS: [&str; 4] = ["***", "**", "*", "†"];
/// Below headings with such words a number in brackets names a book.
const LISTS: [&str; 8] =
    ["reference", "bibliograph", "literatur", "works", "source", "quellen", "references", "référence"];

/// Tells of the first typed note of each text.
pub(super) fn check(book: &Book, findings: &mut Vec<Diagnostic>) {
    let texts = book.sections.iter().filter(|section| section.role != Role::Bibliography);
    for body in texts.filter_map(|section| section.body()) {
        let mut above = String::new();
        let mut is_list = false;
        let mut figures = 0;
        for block in &body.blocks {
            if let BlockKind::Heading(heading) = &block.kind {
                let title = plain(&heading.content).to_lowercase();
                is_list = LISTS.iter().any(|word| title.contains(word));
            }
            if let BlockKind::List(list) = &block.kind
                && list.start == Some(1)
                && !is_list
                && figures >= list.items.len().max(2)
            {
                let message = "the figures behind words call these items, which are a list and no notes";
                findings.push(Diagnostic::new(Code::MarkLeft, block.span, message).hint(HINT));
                break;
            }
            let BlockKind::Para(inlines) = &block.kind else { continue };
            let words = plain(inlines);
            if let Some(sign) = sign_of(inlines, &words).filter(|sign| !is_list && is_called(&above, sign)) {
                let message =
                    format!("`{sign}` begins what looks like a note, which is printed here, as a paragraph");
                findings.push(Diagnostic::new(Code::MarkLeft, block.span, message).hint(HINT));
                break;
            }
            figures = figures_behind_words(&words, figures);
            above.push_str(&words);
            above.push(' ');
        }
    }
}

const HINT: &str = "write `[^1]` where it is called, and begin it with `[^1]: `";

/// How many figures stand right behind words, counting from one: `the mill1 by the river.2`. So many stood above.
fn figures_behind_words(words: &str, mut count: usize) -> usize {
    for word in words.split_whitespace() {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let letters = bare.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = bare[letters.len()..].parse::<usize>();
        let stem = letters.trim_end_matches(['.', ',', ';', ':', '!', '?', '"', '”', '’', '\'', ')']);
        let is_word = stem.chars().count() > 2 && stem.chars().all(|c| c.is_lowercase() || c == '-');
        if is_word && number == Ok(count + 1) {
            count += 1;
        }
    }
    count
}

/// The sign that a paragraph begins with when notes begin so: `[1] `, `[1]: `, `* `, a raised figure.
fn sign_of(inlines: &[Inline], words: &str) -> Option<String> {
    let digits =
        words.strip_prefix('[').map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    let behind = words.get(digits + 2..).unwrap_or("");
    if (1..=3).contains(&digits) && words[digits + 1..].starts_with(']') && behind.starts_with([' ', ':']) {
        return Some(words[..digits + 2].to_owned());
    }
    if let Some(Inline { kind: InlineKind::Super(inside), .. }) = inlines.first() {
        let number = plain(inside);
        let is_number = !number.is_empty() && number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit());
        return is_number.then_some(number);
    }
    let figures: String = words.chars().take_while(|c| "⁰¹²³⁴⁵⁶⁷⁸⁹".contains(*c)).collect();
    if !figures.is_empty() && words[figures.len()..].trim_start().starts_with(char::is_alphabetic) {
        return Some(figures);
    }
    let sign = SIGNS.iter().find(|sign| words.starts_with(**sign))?;
    let named = words[sign.len()..].trim_start();
    named.starts_with(char::is_alphabetic).then(|| (*sign).to_owned())
}

/// Whether the sign stands behind a word, or behind the mark that ends one.
fn is_called(above: &str, sign: &str) -> bool {
    let figure = sign.starts_with(|c: char| c.is_ascii_digit());
    above.match_indices(sign).any(|(at, _)| {
        let before = above[..at].chars().next_back().unwrap_or(' ');
        let after = above[at + sign.len()..].chars().next().unwrap_or(' ');
        let ends = !after.is_alphanumeric() && after != '(' && after != '*';
        let behind_word =
            before.is_alphabetic() || matches!(before, '.' | ',' | '!' | '?' | '"' | '”' | ')' | '’');
        ends && (behind_word || !figure && before.is_ascii_digit())
    })
}
