//! Notes as they are typed where no program makes them: a sign behind a word, and a paragraph further on that begins
//! with the same sign.

use crate::book::{BlockKind, Book, Inline, InlineKind, Role, plain};
use crate::diag::{Code, Diagnostic};
use std::collections::BTreeSet;

/// Signs that call notes where they are not numbered.
const SIGNS: [&str; 4] = ["***", "**", "*", "†"];
/// Below headings with such words a number in brackets names a book.
const LISTS: [&str; 8] =
    ["reference", "bibliograph", "literatur", "works", "source", "quellen", "references", "référence"];

/// Tells of the first typed note of each text.
pub(super) fn check(book: &Book, findings: &mut Vec<Diagnostic>) {
    let texts = book.sections.iter().filter(|section| section.role != Role::Bibliography);
    for body in texts.filter_map(|section| section.body()) {
        let mut called = BTreeSet::new();
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
            if let Some(sign) = sign_of(inlines, &words).filter(|sign| !is_list && called.contains(sign)) {
                let message =
                    format!("`{sign}` begins what looks like a note, which is printed here, as a paragraph");
                findings.push(Diagnostic::new(Code::MarkLeft, block.span, message).hint(HINT));
                break;
            }
            figures = figures_behind_words(&words, figures);
            add_calls(&words, &mut called);
        }
    }
}

const HINT: &str = "write `[^1]` where it is called, and begin it with `[^1]: `";

/// How many figures stand right behind words, counting from one: `the mill1 by the river.2`. So many stood above.
fn figures_behind_words(words: &str, mut count: usize) -> usize {
    if !words.bytes().any(|b| b.is_ascii_digit()) {
        return count;
    }
    for word in words.split_whitespace().filter(|word| word.bytes().any(|b| b.is_ascii_digit())) {
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
    let (bracket, behind) = words.split_at(bracket_length(words));
    // Google Docs leaves no space between the letter of a comment and its words
    let is_lettered = bracket.contains(|c: char| c.is_ascii_alphabetic());
    if behind.starts_with([' ', ':']) && !bracket.is_empty()
        || is_lettered && behind.starts_with(char::is_alphabetic)
    {
        return Some(bracket.to_owned());
    }
    if let Some(Inline { kind: InlineKind::Super(inside), .. }) = inlines.first() {
        let number = plain(inside);
        let is_number = !number.is_empty() && number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit());
        return is_number.then_some(number);
    }
    let (figures, behind) = words.split_at(length_of(words, is_raised));
    if !figures.is_empty() && behind.trim_start().starts_with(char::is_alphabetic) {
        return Some(figures.to_owned());
    }
    let sign = SIGNS.iter().find(|sign| words.starts_with(**sign))?;
    let named = words[sign.len()..].trim_start();
    named.starts_with(char::is_alphabetic).then(|| (*sign).to_owned())
}

/// Adds the signs that stand behind a word, or behind the mark that ends one.
fn add_calls(words: &str, called: &mut BTreeSet<String>) {
    let mut at = 0;
    while let Some(next) = words[at..].find(may_begin_sign) {
        let (read, rest) = words.split_at(at + next);
        let first = rest.chars().next().unwrap_or(' ');
        let before = read.chars().next_back().unwrap_or(' ');
        let length = sign_length(rest, first);
        let (sign, behind) = rest.split_at(length.max(first.len_utf8()));
        if length > 0 && may_stand_behind(before, first) && ends_sign(behind) {
            called.insert(sign.to_owned());
        }
        at = words.len() - behind.len();
    }
}

fn may_begin_sign(c: char) -> bool {
    matches!(c, '*' | '†' | '0'..='9' | '[' | '(') || is_raised(c)
}

/// The bytes of the sign that begins there; none when it is no sign.
fn sign_length(words: &str, first: char) -> usize {
    match first {
        '*' => length_of(words, |c| c == '*'),
        '†' => first.len_utf8(),
        '0'..='9' => length_of(words, |c| c.is_ascii_digit()),
        '[' | '(' => bracket_length(words),
        c if is_raised(c) => length_of(words, is_raised),
        _ => 0,
    }
}

/// The bytes of the number, or of one or two letters, in brackets that the words begin with: `[12]`, `[a]`; `(1)` too.
fn bracket_length(words: &str) -> usize {
    if let Some(inside) = words.strip_prefix('(') {
        let digits = length_of(inside, |c| c.is_ascii_digit());
        return if (1..=2).contains(&digits) && inside[digits..].starts_with(')') { digits + 2 } else { 0 };
    }
    let Some(inside) = words.strip_prefix('[') else { return 0 };
    let digits = length_of(inside, |c| c.is_ascii_digit());
    let length = if digits > 0 { digits } else { length_of(inside, |c| c.is_ascii_alphabetic()) };
    let is_sign = length > 0 && length <= if digits > 0 { 3 } else { 2 };
    if is_sign && inside[length..].starts_with(']') { length + 2 } else { 0 }
}

/// The bytes of the characters at the beginning that are such.
fn length_of(words: &str, is_such: impl Fn(char) -> bool) -> usize {
    words.find(|c| !is_such(c)).unwrap_or(words.len())
}

fn is_raised(c: char) -> bool {
    matches!(c, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹')
}

/// Whether a sign that begins with `first` calls a note behind that character. A figure behind a figure is its end.
fn may_stand_behind(before: char, first: char) -> bool {
    // `f(1)` is no call, `the mill.(1)` is
    before.is_alphabetic() && first != '('
        || matches!(before, '.' | ',' | '!' | '?' | '"' | '”' | ')' | '’')
        || before.is_ascii_digit() && !first.is_ascii_digit()
}

/// Whether what stands behind a sign ends it.
fn ends_sign(behind: &str) -> bool {
    !behind.starts_with(|c: char| c.is_alphanumeric() || c == '(' || c == '*')
}
