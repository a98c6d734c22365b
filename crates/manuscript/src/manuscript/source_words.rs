//! The words of a source, as somebody reads them who knows nothing of how the book is made.
//!
//! The proof of what was read ([`super::completeness`]) must not ask the code that may have
//! lost a word which words there were. So this reads a text by itself, from the first byte
//! to the last, and passes over whatever may be a mark in some place: comments, tags,
//! braces, addresses, labels, the lines of fences. It passes over too much rather than too
//! little, since what it shows must be in the book.

use std::ops::Range;

/// Tags, labels and definitions of links are no longer than this, so that the search for the end of each costs the same
/// however long the text is.
const LONGEST_TAG: usize = 2000;
/// Letters from here on are words by themselves: ideographs and kana, between which lines
/// end without a space.
const IDEOGRAPHS: char = '\u{2E80}';

/// Shows each word of `text`, with its place. Nearly all bytes are ASCII, so they are looked at as bytes.
pub(super) fn words<'t>(text: &'t str, see: &mut impl FnMut(&'t str, usize)) {
    let mut at = head(text);
    let mut fresh = true;
    while let Some(byte) = text.as_bytes().get(at) {
        if std::mem::take(&mut fresh) {
            at += line_marks(&text[at..]);
            continue;
        }
        fresh = *byte == b'\n';
        let rest = &text[at..];
        let begins = matches!(byte, b'<' | b'{' | b']' | b'[' | b'&' | b'\\' | b'@');
        if let Some(length) = begins.then(|| mark(rest)).flatten() {
            at += length;
            continue;
        }
        match word(rest) {
            0 => at += first(rest),
            length => {
                see(&rest[..length], at);
                at += length;
            }
        }
    }
}

/// The words of what stands in the book: no marks are left in it.
pub(super) fn plain_words<'t>(text: &'t str, see: &mut impl FnMut(&'t str)) {
    let mut rest = text;
    while !rest.is_empty() {
        let length = word(rest);
        if length > 0 {
            see(&rest[..length]);
        }
        rest = &rest[if length > 0 { length } else { first(rest) }..];
    }
}

/// The length of the first character.
fn first(text: &str) -> usize {
    match text.as_bytes().first() {
        Some(byte) if byte.is_ascii() => 1,
        _ => text.chars().next().map_or(0, char::len_utf8),
    }
}

/// The length of the word that `text` begins with, if it begins with one.
fn word(text: &str) -> usize {
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        if byte.is_ascii() {
            if !byte.is_ascii_alphanumeric() {
                break;
            }
            at += 1;
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        if !c.is_alphanumeric() || c >= IDEOGRAPHS && at > 0 {
            break;
        }
        at += c.len_utf8();
        if c >= IDEOGRAPHS {
            break;
        }
    }
    at
}

/// The length of what other programs are told above a text.
fn head(text: &str) -> usize {
    let start = text.len() - text.trim_start_matches(['\u{FEFF}', '\n', '\r']).len();
    let above = &text[start..];
    let fence = above.lines().next().map_or("", str::trim_end);
    if !matches!(fence, "---" | "+++" | ";;;") {
        return 0;
    }
    let mut at = start;
    for (n, line) in above.split_inclusive('\n').enumerate() {
        at += line.len();
        if n > 0 && (line.trim_end() == fence || line.trim_end() == "...") {
            return at;
        }
    }
    0
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end)
}

/// How many bytes at the beginning of a line are marks: all of it when it says nothing that is
/// printed, and more than it when it defines a link.
fn line_marks(text: &str) -> usize {
    let line = &text[..line_end(text, 0)];
    let mut at = 0;
    loop {
        let rest = &line[at..];
        let bare = rest.trim_start_matches([' ', '\t', '>', '-', '+', '*', '#', '|']);
        at = line.len() - bare.len();
        let fences = ["```", "~~~", ":::", "!!!", "???"];
        if fences.iter().any(|fence| bare.starts_with(fence)) || bare.starts_with("% ") {
            return line.len();
        }
        match label(bare).or_else(|| bracketed(&text[at..])) {
            Some(Label::Item(length)) => at += length,
            Some(Label::Link(length)) => return (at + length).max(line.len()),
            None => return at,
        }
        if at >= line.len() {
            return line.len();
        }
    }
}

/// What a line begins with that names it.
enum Label {
    /// `[^note]:`, `1.`, `a)`, `(iv)`, `Table:`, the colon of what a term means.
    Item(usize),
    /// `[label]: address "title"`.
    Link(usize),
}

/// A note's label, or the definition of a link, which may go over several lines.
fn bracketed(text: &str) -> Option<Label> {
    if !text.starts_with('[') {
        return None;
    }
    let near = &text[..text.floor_char_boundary(LONGEST_TAG)];
    let text = near.split("\n\n").next().unwrap_or(near);
    let inside = &text[1..];
    let closes = |(at, _): &(usize, &str)| {
        let before = &inside[..*at];
        (before.len() - before.trim_end_matches('\\').len()).is_multiple_of(2)
    };
    let end = inside.match_indices(']').find(closes)?.0 + 2;
    let rest = text[end..].strip_prefix(':')?;
    if text.starts_with("[^") {
        return Some(Label::Item(end + 1));
    }
    let address = text.len() - rest.trim_start().len();
    let line = line_end(text, address);
    let ends = if text[address..].starts_with('<') { &['>'][..] } else { &[' ', '\t'] };
    let behind = address + text[address..line].find(ends).map_or(line - address, |at| at + 1);
    let title = text[behind..].trim_start();
    let mark = title.chars().next().filter(|c| matches!(c, '"' | '\'' | '('));
    let closing = mark.and_then(|mark| {
        let mark = if mark == '(' { ')' } else { mark };
        let start = text.len() - title.len();
        title[1..].find(mark).map(|at| start + at + 2)
    });
    let closing = closing.map(|end| line_end(text, end));
    Some(Label::Link(closing.unwrap_or(line)))
}

fn label(line: &str) -> Option<Label> {
    if let Some(word) =
        ["Table:", "table:", "Listing:", ": ", "[x] ", "[X] "].iter().find(|word| line.starts_with(**word))
    {
        return Some(Label::Item(word.len()));
    }
    // a line of an aside, as Leanpub has them
    if let Some(rest) =
        line.strip_prefix(|c: char| c.is_ascii_uppercase()).and_then(|rest| rest.strip_prefix('>'))
        && (rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\u{A0}']))
    {
        return Some(Label::Item(2));
    }
    let open = line.len() - line.trim_start_matches('(').len();
    let name = &line[open.min(1)..];
    let length = name.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '@' | '_' | '-'))?;
    let number = &name[..length];
    let counts = number.len() <= 9 && number.bytes().all(|b| b.is_ascii_digit())
        || number.len() == 1
        || number.bytes().all(|b| b"ivxlcdmIVXLCDM".contains(&b))
        || number.starts_with('@');
    let closed = name[length..].starts_with(['.', ')'])
        && (name.len() == length + 1 || name[length + 1..].starts_with([' ', '\t', '\r']));
    (counts && closed).then_some(Label::Item(open.min(1) + length + 1))
}

/// The length of the mark that `text` begins with, if it may be one.
fn mark(text: &str) -> Option<usize> {
    let within = |range: Range<usize>, end: &str| {
        let mut most = range.end.min(text.len());
        while !text.is_char_boundary(most) {
            most += 1;
        }
        text.get(range.start..most)?.find(end).map(|at| range.start + at + end.len())
    };
    let label = || within(2..LONGEST_TAG, "]").map(|end| end - 1).filter(|end| !text[..*end].contains('\n'));
    match text.as_bytes().first()? {
        b'<' if text.starts_with("<!--") => Some(within(4..text.len(), "-->").unwrap_or(text.len())),
        b'<' if text[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '?' | '!')) => {
            within(1..LONGEST_TAG, ">")
        }
        b'{' => within(1..LONGEST_TAG, "}"),
        b']' if text.starts_with("](") => Some(address(text)),
        // up to the bracket that closes it, with which the next mark may begin
        b']' if text.starts_with("][") => label(),
        b'[' if text.starts_with("[^") || text.starts_with("[@") => label(),
        b'[' if text.starts_with("[!") => {
            let kind = text[2..].trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '-');
            (kind.starts_with(']')).then(|| text.len() - kind.len() + 1)
        }
        b'&' => within(1..40, ";")
            .filter(|end| text[1..end - 1].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')),
        // a sign that is protected begins no name
        b'\\' if text[1..].starts_with(|c: char| c.is_ascii_punctuation()) => Some(2),
        b'@' | b'\\' => {
            let name = &text[1..];
            let rest = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
            (rest.len() < name.len()).then_some(1 + name.len() - rest.len())
        }
        _ => None,
    }
}

/// The length of `](address`, without the title behind it; it ends with its line at the latest, and may begin in the next.
fn address(text: &str) -> usize {
    let inside = text[2..].trim_start_matches([' ', '\t']);
    let below = inside.strip_prefix('\n').map(|below| below.trim_start_matches([' ', '\t', '>']));
    let inside = below.filter(|below| !below.starts_with('\n')).unwrap_or(inside);
    let start = text.len() - inside.len();
    if inside.starts_with('<') {
        let end = inside
            .find(['>', '\n'])
            .map_or(inside.len(), |end| end + usize::from(inside[end..].starts_with('>')));
        return start + end;
    }
    let (mut depth, mut before) = (0, '(');
    for (at, c) in inside.char_indices() {
        let is_first = !matches!(std::mem::replace(&mut before, c), ' ' | '\t');
        match c {
            '\n' => return start + at,
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            ')' => return start + at,
            // behind a space a title may stand; without one it is a space in a name
            ' ' | '\t' if is_first && inside[at..].trim_start().starts_with(['"', '\'']) => {
                return start + at;
            }
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let mut all = Vec::new();
        words(text, &mut |word, at| {
            assert_eq!(&text[at..at + word.len()], word);
            all.push(word);
        });
        all.join(" ")
    }

    #[test]
    fn marks_are_passed_over_and_words_are_not() {
        for (source, words) in [
            ("---\ntitle: x\n---\nOne two.\n", "One two"),
            ("# A *title*[^n] {#id .part}\n\ntext <!-- gone\naway --> more\n", "A title text more"),
            ("> 1. item\n>    ```rust\n>    code\n", "item code"),
            ("::: {.note title=\"x\"}\nbody\n:::\n", "body"),
            ("a [b](\nhttps://x.org/c), d\n", "a b d"),
            ("[^1]: note\n\n[a]: http://x.org\n  \"title\"\nend", "note end"),
            ("[a\nb]:\n /url 'on\ntwo lines'\nend [foo][bar][baz]\n2.\n[@me](http://x.org/y)", "end foo"),
            ("![alt](a (b).png \"caption\"){width=3cm} [w][ref] <b>bold</b> &eacute;", "alt caption w bold"),
            ("M^me^ H~2~O a\\_b 五十", "M me H 2 O a b 五 十"),
            ("(iv) four\nA. one\n12) two\nNo. three\n", "four one two No three"),
            ("| a | b |\n|---|---|\n| c<br>d | e |\n", "a b c d e"),
            ("- [x] done\n[![alt](a.png)](b)[^n]\n> [!NOTE]\n", "done alt"),
            ("T> tip\n![x](old mill.png \"The mill\")\n", "tip x The mill"),
            ("Table: caption\n\nterm\n:   meaning\n", "caption term meaning"),
        ] {
            assert_eq!(read(source), words, "{source}");
        }
    }
}
