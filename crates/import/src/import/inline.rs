//! Inside a line: calls of notes and page marks.

use super::dialect::Dialect;
use super::model::{Inline, Number};
use super::raised::{SUPERSCRIPT, is_over, is_power};
use super::rules::NOTE_SIGNS;
use std::collections::{BTreeMap, BTreeSet};

/// A part of a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum LinePart {
    /// Text or a call.
    Inline(Inline),
    /// A page begins here: its number, and the mark as it stands.
    Mark(Number, String),
    /// A note whose text stands where it is called.
    Note(InlineNote),
}

/// A note between `<ref>` and `</ref>`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct InlineNote {
    /// `<ref …>`.
    pub opening: String,
    /// Its text; `None` for a further call of a note.
    pub text: Option<String>,
    /// Its first byte.
    pub at: usize,
}

impl InlineNote {
    /// What closes a note.
    pub(super) const CLOSING: &str = "</ref>";

    /// The value of an attribute of its tag.
    pub(super) fn attribute(&self, key: &str) -> Option<&str> {
        let (_, rest) = self.opening.split_once(key)?;
        let rest = rest.trim_start().strip_prefix('=')?.trim_start();
        let end = |c: char| c == '"' || c == '\'' || c == '>' || c == '/';
        Some(rest.trim_start_matches(['"', '\'']).split(end).next()?.trim()).filter(|v| !v.is_empty())
    }
}

/// `<ref …>…</ref>` or `<ref … />` at the start of `rest`, and its length.
fn inline_note(rest: &str, at: usize, dialect: Dialect) -> Option<(LinePart, usize)> {
    if dialect != Dialect::Wikisource || !rest.starts_with("<ref") {
        return None;
    }
    let open = rest[..rest.floor_char_boundary(400)].find('>')? + 1;
    let opening = rest[..open].to_owned();
    if !opening[4..].starts_with([' ', '>', '/']) {
        return None;
    }
    if opening.ends_with("/>") {
        return Some((LinePart::Note(InlineNote { opening, text: None, at }), open));
    }
    let close = rest.find(InlineNote::CLOSING)?;
    let text = Some(rest[open..close].to_owned());
    Some((LinePart::Note(InlineNote { opening, text, at }), close + InlineNote::CLOSING.len()))
}

/// What is known of calls before a line is read.
pub(super) struct Calls<'c> {
    /// What stands in brackets that is a call.
    pub labels: &'c BTreeSet<String>,
    /// Calls that only their notes tell: first byte in the transcription, length, mark.
    pub known: Option<&'c BTreeMap<usize, (usize, String)>>,
    /// Who wrote the line.
    pub dialect: Dialect,
}

impl Calls<'_> {
    /// The first byte from `from` on, of a text that begins at byte `at`, at which a known call stands.
    fn next(&self, from: usize, end: usize) -> Option<usize> {
        self.known?.range(from..end).next().map(|(at, _)| *at)
    }

    /// The known call at byte `at` of the transcription.
    fn known(&self, at: usize, rest: &str) -> Option<(LinePart, usize)> {
        let (length, number) = self.known?.get(&at)?;
        let literal = rest.get(..*length)?.to_owned();
        Some((LinePart::Inline(Inline::Call { number: number.clone(), literal, note: None, at }), *length))
    }
}

/// Splits `text`, which begins at byte `at`.
pub(super) fn parts(text: &str, at: usize, calls: &Calls<'_>) -> Vec<LinePart> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut look = 0;
    let sign = |look: usize| {
        let seen = text[look..].find(['<', '[', '^', '=', '`', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']);
        let known = calls.next(at + look, at + text.len()).map(|k| k - at - look);
        seen.into_iter().chain(known).min()
    };
    while let Some(next) = sign(look) {
        let here = look + next;
        let rest = &text[here..];
        let code = || Some(code_span(text, here)?).filter(|_| calls.dialect.is_markdown());
        let code = code().map(|end| (LinePart::Inline(Inline::Code(text[here..end].to_owned())), end - here));
        let part = code.or_else(|| calls.known(at + here, rest));
        let part = part.or_else(|| inline_note(rest, at + here, calls.dialect));
        let before = &text[..here];
        let part = part.or_else(|| call(before, rest, at + here, calls.labels));
        let part = part.or_else(|| mark(rest, calls.dialect));
        let part = part.or_else(|| bold(text, here, calls.dialect));
        let Some((part, length)) = part else {
            look = here + rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        push_text(&mut found, &text[from..here]);
        found.push(part);
        from = here + length;
        look = from;
    }
    push_text(&mut found, &text[from..]);
    found
}

/// How many bytes code within a line has at most.
const LONGEST_CODE: usize = 600;

/// Where code ends that begins at byte `at` of a text with accents, in which nothing has a meaning; `None` when none begins
/// there. An accent that stands for a quotation mark closes none: a word follows it.
pub(super) fn code_span(text: &str, at: usize) -> Option<usize> {
    span(text, at, |follows| !follows.starts_with(char::is_alphanumeric))
}

/// The same in the manuscript, where an accent that is no sign of code is protected.
pub(super) fn written_code(text: &str, at: usize) -> Option<usize> {
    span(text, at, |_| true)
}

/// Where code ends that begins at byte `at`; `may_close` says so of what follows its accents.
fn span(text: &str, at: usize, may_close: impl Fn(&str) -> bool) -> Option<usize> {
    let run = |at: usize| text[at..].bytes().take_while(|b| *b == b'`').count();
    let opens = run(at);
    let escaped = text[..at].bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1;
    if opens == 0 || escaped || text[..at].ends_with('`') {
        return None;
    }
    let mut from = at + opens;
    let near = text.floor_char_boundary(at.saturating_add(LONGEST_CODE));
    loop {
        let next = from + text.get(from..near)?.find('`')?;
        let closes = run(next);
        if closes == opens && may_close(&text[next + closes..]) && next > at + opens {
            return Some(next + closes);
        }
        from = next + closes;
    }
}

/// Puts code together that a line before began and the next one ends; returns how many bytes of that line are of it, which
/// are not to be read without the line before: the first of their accents ends code, and the second begins some.
pub(super) fn close_code(found: &mut Vec<LinePart>, next: &str) -> Option<usize> {
    if !next.contains('`') {
        return None;
    }
    // no more than code may have, so that a paragraph of many lines is not looked through for each of them
    let mut tail = String::new();
    for part in found.iter().rev() {
        let LinePart::Inline(Inline::Text(text)) = part else { break };
        tail.insert_str(0, &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST_CODE))..]);
        if tail.len() >= LONGEST_CODE {
            break;
        }
    }
    let open = tail[..tail.rfind('`')? + 1].trim_end_matches('`').len();
    // code is divided at its own hyphens alone
    let solid = tail.strip_suffix('-').is_some_and(|before| before.ends_with(char::is_alphanumeric));
    let between = if solid && next.starts_with(char::is_alphanumeric) { "\n" } else { " " };
    let whole = format!("{tail}{between}{next}");
    let end = code_span(&whole, open)?;
    let within = end.checked_sub(tail.len() + between.len()).filter(|end| *end > 0)?;
    let mut taken = tail.len() - open;
    while let Some(LinePart::Inline(Inline::Text(text))) = found.last_mut().filter(|_| taken > 0) {
        let kept = text.len().saturating_sub(taken);
        taken = taken.saturating_sub(text.len());
        text.truncate(kept);
        if kept == 0 {
            found.pop();
        }
    }
    found.push(LinePart::Inline(Inline::Code(whole[open..end].to_owned())));
    Some(within)
}

fn push_text(found: &mut Vec<LinePart>, text: &str) {
    if !text.is_empty() {
        found.push(LinePart::Inline(Inline::Text(text.to_owned())));
    }
}

/// A call at the start of `rest`, and its length.
fn call(before: &str, rest: &str, at: usize, labels: &BTreeSet<String>) -> Option<(LinePart, usize)> {
    let framed = |open: &str, close: &str| {
        let inner = rest.strip_prefix(open)?;
        let stop = find_near(inner, close, 8)?;
        Some((inner[..stop].trim().to_owned(), open.len() + stop + close.len()))
    };
    let numeric = |n: &String| n.bytes().all(|b| b.is_ascii_digit());
    let (number, length) = framed("<sup>", "</sup>")
        .map(|(n, length)| (n.replace('\\', ""), length))
        .filter(|(n, _)| numeric(n) || n.chars().all(|c| NOTE_SIGNS.contains(&c)))
        .or_else(|| framed("[^", "]").filter(|(n, l)| !n.contains(' ') && !rest[*l..].starts_with(':')))
        .or_else(|| framed("[", "]").filter(|(n, _)| labels.contains(n)))
        .or_else(|| framed("^", "^").filter(|(n, _)| numeric(n)))
        .or_else(|| superscript(before, rest))?;
    if number.is_empty() {
        return None;
    }
    let literal = rest[..length].to_owned();
    Some((LinePart::Inline(Inline::Call { number, literal, note: None, at }), length))
}

/// Where `close` stands in the first `limit` bytes and its own length.
fn find_near(text: &str, close: &str, limit: usize) -> Option<usize> {
    let window = text.as_bytes().get(..text.len().min(limit + close.len()))?;
    window.windows(close.len()).position(|w| w == close.as_bytes())
}

/// Superscript digits, but those of no fraction and no power.
fn superscript(before: &str, rest: &str) -> Option<(String, usize)> {
    let mut number = String::new();
    let mut length = 0;
    for c in rest.chars() {
        let Some(value) = SUPERSCRIPT.iter().position(|d| *d == c) else { break };
        number.push_str(&value.to_string());
        length += c.len_utf8();
    }
    // what goes on from the figures before is no call by itself
    let inner = before.ends_with(SUPERSCRIPT);
    (!number.is_empty() && !inner && !is_over(&rest[length..]) && !is_power(before))
        .then_some((number, length))
}

/// One of the two signs of `=bold=`, as plain text has it.
fn bold(text: &str, at: usize, dialect: Dialect) -> Option<(LinePart, usize)> {
    if !matches!(dialect, Dialect::Plain | Dialect::Distributor | Dialect::Proofreaders | Dialect::Wikisource)
        || !text[at..].starts_with('=')
    {
        return None;
    }
    let (before, after) = (&text[..at], &text[at + 1..]);
    let word = |c: char| c.is_alphanumeric() || matches!(c, '“' | '"' | '_' | '’');
    let apart = |c: char| c.is_whitespace() || "([“\"—_".contains(c);
    let opens = before.chars().next_back().is_none_or(apart) && after.starts_with(word);
    let ends = |rest: &str| rest.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '=');
    let closes = |from: usize| {
        let close = text[from..].find('=').map(|n| from + n)?;
        let inner = !text[..close].ends_with(char::is_whitespace) && close > from;
        (inner && ends(&text[close + 1..])).then_some(close)
    };
    let opened = |close: usize| {
        let open = text[..close].rfind('=')?;
        let first = text[..open].chars().next_back().is_none_or(apart) && text[open + 1..].starts_with(word);
        (first && closes(open + 1) == Some(close)).then_some(open)
    };
    let paired = opens && closes(at + 1).is_some() || opened(at).is_some();
    paired.then(|| (LinePart::Inline(Inline::Fix { was: "=".into(), now: "**".into() }), 1))
}

/// A page mark at the start of `rest`, and its length.
fn mark(rest: &str, dialect: Dialect) -> Option<(LinePart, usize)> {
    let close = match rest.as_bytes().first()? {
        b'[' => "]",
        _ if rest.starts_with("<!--") => ">",
        _ => return None,
    };
    if matches!(dialect, Dialect::Marker | Dialect::Proofreaders | Dialect::Reader | Dialect::Positions) {
        return None;
    }
    let length = find_near(rest, close, 24)? + 1;
    let literal = &rest[..length];
    let number = super::mark::page_mark(literal)?;
    Some((LinePart::Mark(number, literal.to_owned()), length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let show = |part: LinePart| match part {
            LinePart::Inline(Inline::Text(t)) => t,
            LinePart::Inline(Inline::Call { number, .. }) => format!("({number})"),
            LinePart::Inline(other) => format!("{other:?}"),
            LinePart::Mark(n, _) => format!("|{n}|"),
            LinePart::Note(note) => format!("{note:?}"),
        };
        let labels = BTreeSet::from(["12".to_owned(), "A".to_owned()]);
        let calls = Calls { labels: &labels, known: None, dialect: Dialect::Plain };
        parts(text, 0, &calls).into_iter().map(show).collect()
    }

    #[test]
    fn code_is_opaque() {
        for (text, wanted) in [
            ("`a[^1]` b", Some("`a[^1]`")),
            ("``a ` b`` c", Some("``a ` b``")),
            ("`Well,' said he, `come.'", None),
            ("`` c", None),
            ("`", None),
        ] {
            assert_eq!(code_span(text, 0).map(|end| &text[..end]), wanted, "{text}");
        }
    }

    #[test]
    fn code_goes_on_over_the_ends_of_lines() {
        for (lines, next, wanted, within) in [
            (&["see `git"][..], "commit` now", "`git commit`", 7),
            (&["see `git", " ", "long"], "commit` now", "`git long commit`", 7),
            (&["see ``git-"], "add`` now", "``git-\nadd``", 5),
            (&["```a b"], "c```", "```a b c```", 4),
        ] {
            let text = |t: &&str| LinePart::Inline(Inline::Text((*t).to_owned()));
            let mut found: Vec<LinePart> = lines.iter().map(text).collect();
            assert_eq!(close_code(&mut found, next), Some(within), "{lines:?}");
            assert_eq!(found.last(), Some(&LinePart::Inline(Inline::Code(wanted.to_owned()))));
            assert_eq!(found.len(), 1 + usize::from(lines[0].starts_with("see")));
        }
        let mut found = vec![LinePart::Inline(Inline::Text("`Well".to_owned()))];
        assert_eq!((close_code(&mut found, "`he said"), found.len()), (None, 1));
    }

    #[test]
    fn calls_and_marks_of_all_kinds() {
        for (text, wanted) in [
            ("a<sup>2</sup> b", "a(2) b"),
            ("a[^7], [b] c[12] [13]", "a(7), [b] c(12) [13]"),
            ("a[A] [B]", "a(A) [B]"),
            ("a^3^ word¹² x<y", "a(3) word(12) x<y"),
            ("the square x², ⁹⁄₁₃", "the square x², ⁹⁄₁₃"),
            ("won[Pg 12]derful {13} <sup>th</sup>", "won|12|derful {13} <sup>th</sup>"),
            ("won[Pg xii]derful", "won|xii|derful"),
            ("[", "["),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }
}
