//! What stands in braces: `{#id .class lang=fr}`.

use super::raw::Attrs;
use crate::book::Lang;
use crate::diag::{Code, Diagnostic, Span};

/// Braces longer than this are prose, not attributes.
const MAX_BRACES: usize = 1000;

/// The length of the braces that `text` begins with, or none when they don't
/// close on the same line.
pub(super) fn braces(text: &str) -> Option<usize> {
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate().take(MAX_BRACES) {
        match byte {
            b'{' if at == 0 => {}
            _ if at == 0 => return None,
            b'"' => quoted = !quoted,
            b'\n' => return None,
            b'{' if !quoted => return None,
            b'}' if !quoted => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Whether what stands in braces has the look of attributes: it begins with
/// `#`, `.` or `key=`.
pub(super) fn look_like_attrs(braced: &str) -> bool {
    let inner = braced.trim_start_matches('{').trim_end_matches('}').trim();
    let first = inner.split_whitespace().next().unwrap_or("");
    let key = first.split('=').next().unwrap_or("");
    let is_key =
        first.contains('=') && !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    is_key
        || first
            .strip_prefix(['#', '.'])
            .is_some_and(|name| name.chars().next().is_some_and(char::is_alphanumeric))
}

/// Reads the text of braces; what it does not understand is reported at `span`.
pub(super) fn parse(braced: &str, span: Span, findings: &mut Vec<Diagnostic>) -> Attrs {
    let inner = braced.strip_prefix('{').unwrap_or(braced);
    let inner = inner.strip_suffix('}').unwrap_or(inner);
    let mut attrs = Attrs { span: Some(span), ..Attrs::default() };
    for word in words(inner) {
        if let Some(id) = word.strip_prefix('#').filter(|id| !id.is_empty()) {
            if attrs.id.is_some() {
                findings
                    .push(invalid(span, format!("two ids stand here: a place has one; `#{id}` is left out")));
            } else {
                attrs.id = Some(id.to_owned());
            }
        } else if let Some(class) = word.strip_prefix('.').filter(|c| !c.is_empty()) {
            attrs.classes.push(class.to_owned());
        } else if let Some((key, value)) = word.split_once('=') {
            pair(key, value.trim_matches('"'), &mut attrs, span, findings);
        } else {
            findings.push(invalid(span, format!("`{word}` is neither `#id`, `.class` nor `key=value`")));
        }
    }
    attrs
}

fn pair(key: &str, value: &str, attrs: &mut Attrs, span: Span, findings: &mut Vec<Diagnostic>) {
    if key != "lang" {
        let message = format!("the attribute `{key}` means nothing here");
        findings.push(invalid(span, message).hint("`lang=` is the only key that texts use"));
        return;
    }
    attrs.lang = Lang::parse(value);
    if attrs.lang.is_none() {
        let message = format!("`{value}` is not a language tag");
        let hint = "write a BCP 47 tag such as `fr`, `la` or `ru-Latn`";
        findings.push(Diagnostic::new(Code::LanguageUnknown, span, message).hint(hint));
    }
}

/// Braces that belong to nothing.
pub(super) fn stray(braced: &str, span: Span) -> Diagnostic {
    let hint = "write [words]{.class #id lang=fr}, with a dot before a class; `\\{` for the sign itself";
    invalid(span, format!("`{braced}` belongs to nothing and would be printed")).hint(hint)
}

fn invalid(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::AttributeInvalid, span, message)
}

/// Splits at white space outside quotation marks.
fn words(inner: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut quoted = false;
    for (at, c) in inner.char_indices() {
        quoted ^= c == '"';
        if c.is_whitespace() && !quoted {
            out.push(&inner[start..at]);
            start = at + c.len_utf8();
        }
    }
    out.push(&inner[start..]);
    out.retain(|word| !word.is_empty());
    out
}
