//! Bare addresses become links, as GitHub has them: `https://…`, `www.…` and
//! those of mail.

use super::raw::{Inline, InlineKind};
use crate::narrow::Nearest;

/// Makes links of the addresses among the words, at every depth but inside links.
pub(super) fn set(inlines: &mut Vec<Inline>) {
    let holds = |inline: &Inline| matches!(&inline.kind, InlineKind::Text(text) if may_hold(text));
    for inline in inlines.iter_mut() {
        if let InlineKind::Styled(_, children) | InlineKind::Span(_, children) = &mut inline.kind {
            set(children);
        }
    }
    if !inlines.iter().any(holds) {
        return;
    }
    for inline in std::mem::take(inlines) {
        match inline.kind {
            InlineKind::Text(text) if may_hold(&text) => part(&text, inline.span, inlines),
            kind => inlines.push(Inline { kind, ..inline }),
        }
    }
}

fn may_hold(text: &str) -> bool {
    text.contains("://") || text.contains("www.") || text.contains('@')
}

/// Parts words at their addresses.
fn part(text: &str, span: crate::diag::Span, out: &mut Vec<Inline>) {
    let exact = (span.end - span.start) as usize == text.len();
    let place = |from: usize, to: usize| match exact {
        true => crate::diag::Span {
            start: span.start + u32::nearest(from),
            end: span.start + u32::nearest(to),
            ..span
        },
        false => span,
    };
    let mut done = 0;
    let mut at = 0;
    while at < text.len() {
        let Some((length, dest)) = address(text, at) else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        if at > done {
            out.push(Inline { kind: InlineKind::Text(text[done..at].to_owned()), span: place(done, at) });
        }
        let words =
            Inline { kind: InlineKind::Text(text[at..at + length].to_owned()), span: place(at, at + length) };
        let kind = InlineKind::Link { dest, page: false, children: vec![words] };
        out.push(Inline { kind, span: place(at, at + length) });
        at += length;
        done = at;
    }
    if done < text.len() {
        out.push(Inline { kind: InlineKind::Text(text[done..].to_owned()), span: place(done, text.len()) });
    }
}

/// The address that begins at `at`: its length, and where it leads.
fn address(text: &str, at: usize) -> Option<(usize, String)> {
    let rest = &text[at..];
    let first = rest.as_bytes()[0];
    if !first.is_ascii_alphanumeric() {
        return None;
    }
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '@' | '.' | '-' | '_' | '+' | ':')) {
        return None;
    }
    for (start, scheme) in [("https://", ""), ("http://", ""), ("www.", "https://")] {
        if rest.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start)) {
            let length = web(rest);
            let host = rest[start.len()..length].split(['/', '?', '#', ':']).next().unwrap_or("");
            let named = host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
            let whole = !rest[..length].contains(['{', '}', '…', '|', '\\', '`']);
            return (named && whole).then(|| (length, format!("{scheme}{}", &rest[..length])));
        }
    }
    let named = rest.get(..MAIL.len()).filter(|own| own.eq_ignore_ascii_case(MAIL)).map_or(0, str::len);
    mail(&rest[named..]).map(|length| (named + length, format!("{MAIL}{}", &rest[named..named + length])))
}

/// What an address of mail begins with where a link leads to it.
const MAIL: &str = "mailto:";

/// How much of `rest` is an address of the web: the stops of the sentence and a
/// closing bracket that was not opened in it are none (GFM 0.29, §6.9).
fn web(rest: &str) -> usize {
    let ends = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '<' | '>' | '[' | '"' | '“' | '”' | '«' | '»' | '’' | '、' | '。' | '，' | '）' | '」'
            )
            || is_inside(c)
    };
    let mut length = rest.find(ends).unwrap_or(rest.len());
    loop {
        let address = &rest[..length];
        let Some(last) = address.chars().next_back() else { return 0 };
        let unmatched = last == ')' && address.matches(')').count() > address.matches('(').count();
        if !(matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | ']' | '…')
            || unmatched)
        {
            return length;
        }
        length -= last.len_utf8();
        if last == ';'
            && let Some(entity) = rest[..length].rfind('&')
            && rest[entity + 1..length].bytes().all(|b| b.is_ascii_alphanumeric())
        {
            length = entity;
        }
    }
}

/// Whether it is one of the signs that stand for something else in a text.
fn is_inside(c: char) -> bool {
    matches!(u32::from(c), 0xFDD0..=0xFDEF)
}

/// The length of the address of mail that `rest` begins with.
fn mail(rest: &str) -> Option<usize> {
    let local = rest
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'+' | b'-'))
        .count();
    let host = rest[local..].strip_prefix('@')?;
    let length =
        host.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')).count();
    let host = host[..length].trim_end_matches(['.', '-', '_']);
    let last = host.rsplit('.').next().unwrap_or("");
    let named = host.contains('.') && last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic());
    (named && local > 0 && !rest[..local].ends_with('.')).then(|| local + 1 + host.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_the_sentence_around_them() {
        for (text, wanted) in [
            ("https://a.org/b. So", Some("https://a.org/b")),
            ("https://a.org/b_(c)) x", Some("https://a.org/b_(c)")),
            ("www.a.org, b", Some("www.a.org")),
            ("a.b+c@d.org.", Some("a.b+c@d.org")),
            ("https://localhost", None),
            ("mailto:a@d.org, b", Some("mailto:a@d.org")),
            ("mailto:nobody", None),
            ("a@b", None),
            ("user@host.1", None),
            ("http://{host}.org", None),
        ] {
            assert_eq!(address(text, 0).map(|(length, _)| &text[..length]), wanted, "{text}");
        }
    }
}
