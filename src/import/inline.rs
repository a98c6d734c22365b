//! Inside a line: calls of notes and page marks.

use super::model::Inline;
use std::collections::BTreeSet;

/// A part of a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// Text or a call.
    Inline(Inline),
    /// A page begins here: its number, and the mark as it stands.
    Mark(u32, String),
}

/// Splits `text`, which begins at byte `at`. `labels`: what stands in brackets that is a call.
pub(super) fn parts(text: &str, at: usize, labels: &BTreeSet<String>) -> Vec<Part> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut look = 0;
    while let Some(next) =
        text[look..].find(['<', '[', '^', '{', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'])
    {
        let here = look + next;
        let rest = &text[here..];
        let part = call(rest, at + here, labels).or_else(|| mark(rest));
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

fn push_text(found: &mut Vec<Part>, text: &str) {
    if !text.is_empty() {
        found.push(Part::Inline(Inline::Text(text.to_owned())));
    }
}

/// A call at the start of `rest`, and its length.
fn call(rest: &str, at: usize, labels: &BTreeSet<String>) -> Option<(Part, usize)> {
    let framed = |open: &str, close: &str| {
        let inner = rest.strip_prefix(open)?;
        let stop = find_near(inner, close, 8)?;
        Some((inner[..stop].trim().to_owned(), open.len() + stop + close.len()))
    };
    let numeric = |n: &String| n.bytes().all(|b| b.is_ascii_digit());
    let (number, length) = framed("<sup>", "</sup>")
        .filter(|(n, _)| numeric(n) || n.chars().all(|c| "*†‡§".contains(c)))
        .or_else(|| framed("[^", "]").filter(|(n, l)| !n.contains(' ') && !rest[*l..].starts_with(':')))
        .or_else(|| framed("[", "]").filter(|(n, _)| labels.contains(n)))
        .or_else(|| framed("^", "^").filter(|(n, _)| numeric(n)))
        .or_else(|| superscript(rest))?;
    if number.is_empty() {
        return None;
    }
    let literal = rest[..length].to_owned();
    Some((Part::Inline(Inline::Call { number, literal, note: None, at }), length))
}

/// Where `close` stands in the first `limit` bytes and its own length.
fn find_near(text: &str, close: &str, limit: usize) -> Option<usize> {
    let window = text.as_bytes().get(..text.len().min(limit + close.len()))?;
    window.windows(close.len()).position(|w| w == close.as_bytes())
}

/// Superscript digits.
fn superscript(rest: &str) -> Option<(String, usize)> {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let mut number = String::new();
    let mut length = 0;
    for c in rest.chars() {
        let Some(value) = digits.iter().position(|d| *d == c) else { break };
        number.push_str(&value.to_string());
        length += c.len_utf8();
    }
    (!number.is_empty()).then_some((number, length))
}

/// A page mark at the start of `rest`, and its length.
fn mark(rest: &str) -> Option<(Part, usize)> {
    let close = match rest.as_bytes().first()? {
        b'[' => "]",
        b'{' => "}",
        _ if rest.starts_with("<!--") => ">",
        _ => return None,
    };
    let length = find_near(rest, close, 24)? + 1;
    let literal = &rest[..length];
    if close == "}" && literal.len() > 8 {
        return None;
    }
    let number = super::mark::page_mark_number(literal)?;
    Some((Part::Mark(number, literal.to_owned()), length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let show = |part: Part| match part {
            Part::Inline(Inline::Text(t)) => t,
            Part::Inline(Inline::Call { number, .. }) => format!("({number})"),
            Part::Inline(other) => format!("{other:?}"),
            Part::Mark(n, _) => format!("|{n}|"),
        };
        parts(text, 0, &BTreeSet::from(["12".to_owned(), "A".to_owned()])).into_iter().map(show).collect()
    }

    #[test]
    fn calls_and_marks_of_all_kinds() {
        for (text, wanted) in [
            ("a<sup>2</sup> b", "a(2) b"),
            ("a[^7], [b] c[12] [13]", "a(7), [b] c(12) [13]"),
            ("a[A] [B]", "a(A) [B]"),
            ("a^3^ b¹² x<y", "a(3) b(12) x<y"),
            ("won[Pg 12]derful {13} <sup>th</sup>", "won|12|derful |13| <sup>th</sup>"),
            ("[", "["),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }
}
