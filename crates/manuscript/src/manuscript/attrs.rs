//! What stands in braces: `{#id .class lang=fr}`.

use super::raw::Attrs;
use crate::book::{Lang, Width};
use crate::diag::{Code, Diagnostic, Severity, Span};
use std::borrow::Cow;

/// Braces longer than this are prose, not attributes: a description of a picture may be a page long.
const MAX_BRACES: usize = 4000;

/// The length of the braces that `text` begins with, or none when they don't
/// close on the same line.
pub(super) fn braces(text: &str) -> Option<usize> {
    let mut quotes = Quotes::default();
    for (at, c) in text.char_indices().take_while(|(at, _)| *at < MAX_BRACES) {
        let quoted = quotes.hold(c, &text[at + c.len_utf8()..]);
        match c {
            '{' if at == 0 => {}
            _ if at == 0 => return None,
            '\n' => return None,
            '{' if !quoted => return None,
            '}' if !quoted => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Which characters of braces stand between quotation marks: double ones, or single
/// ones right behind `=`, as Pandoc has them.
#[derive(Default)]
struct Quotes {
    open: Option<char>,
    last: Option<char>,
}

impl Quotes {
    /// Takes the next character, with what stands behind it; whether it stands inside.
    fn hold(&mut self, c: char, behind: &str) -> bool {
        // an apostrophe within a word closes nothing
        let within = c == '\'' && behind.starts_with(char::is_alphanumeric);
        match self.open {
            Some(mark) if mark == c && self.last != Some('\\') && !within => self.open = None,
            None if c == '"' || c == '\'' && self.last == Some('=') => self.open = Some(c),
            _ => {}
        }
        self.last = Some(c);
        self.open.is_some()
    }
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

/// Where the braces open that end words as the author typed them; none when they are no attributes, or escaped.
pub(super) fn at_end(typed: &str) -> Option<usize> {
    let close = typed.len().checked_sub(1).filter(|_| typed.ends_with('}'))?;
    let open = typed.rfind('{')?;
    let escaped = [open, close].iter().any(|brace| is_escaped(&typed[..*brace]));
    (!escaped && look_like_attrs(&typed[open..])).then_some(open)
}

/// Whether what stands behind these words is escaped by a backslash at their end.
pub(super) fn is_escaped(before: &str) -> bool {
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}

/// What braces belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// Words, a heading or a division.
    Words,
    /// A picture, which may be given a width and a description.
    Picture,
    /// A division, which other programs give titles and more.
    Division,
    /// Code, which may be given a caption.
    Code,
}

/// Reads the text of braces; what it does not understand is reported at `span`.
pub(super) fn parse(braced: &str, owner: Owner, span: Span, findings: &mut Vec<Diagnostic>) -> Attrs {
    let inner = braced.strip_prefix('{').unwrap_or(braced);
    let inner = inner.strip_suffix('}').unwrap_or(inner);
    let mut attrs = Attrs { span: Some(span), ..Attrs::default() };
    for word in words(inner) {
        if let Some(id) = word.strip_prefix('#').filter(|id| !id.is_empty()) {
            if attrs.id.is_some() {
                let message = format!("two ids stand here: a place has one; `#{id}` is left out");
                findings.push(invalid(span, message).hint("delete one of the two"));
            } else {
                attrs.id = Some(id.to_owned());
            }
        } else if word == "-" {
            attrs.classes.push("unnumbered".to_owned());
        } else if let Some(class) = word.strip_prefix('.').filter(|c| !c.is_empty()) {
            attrs.classes.push(class.to_owned());
        } else if let Some(format) = word.strip_prefix('=').filter(|_| owner == Owner::Division) {
            let message = format!("`{{={format}}}` is meant for another format alone, and would be printed");
            let hint = "delete the division, or put it into a comment: <!-- … -->";
            findings.push(Diagnostic::new(Code::RemarkPrivate, span, message).hint(hint));
        } else if let Some((key, value)) = word.split_once('=') {
            findings.extend(pair(key, &unquoted(value), owner, &mut attrs, span));
        } else {
            let message = format!("`{word}` is neither `#id`, `.class` nor `key=value`");
            let hint = match owner {
                Owner::Picture => {
                    "put words with spaces between quotation marks: `alt=\"What it shows\"`".to_owned()
                }
                _ => format!("delete it, or write `#{word}` for a place and `.{word}` for a class"),
            };
            findings.push(invalid(span, message).hint(hint));
        }
    }
    attrs
}

/// A value without the quotation marks around it; one that a backslash stands before is a part of it.
fn unquoted(value: &str) -> Cow<'_, str> {
    let inside = |mark: char| value.strip_prefix(mark).and_then(|value| value.strip_suffix(mark));
    match inside('"') {
        Some(inner) if inner.contains('\\') => inner.replace("\\\"", "\"").replace("\\\\", "\\").into(),
        Some(inner) => inner.into(),
        None => inside('\'').unwrap_or_else(|| value.trim_matches('"')).into(),
    }
}

/// Reads one `key=value`, and finds what it does not understand.
fn pair(key: &str, value: &str, owner: Owner, attrs: &mut Attrs, span: Span) -> Option<Diagnostic> {
    match (key, owner) {
        ("lang", _) => {
            attrs.lang = Lang::parse(value);
            if attrs.lang.as_ref().is_some_and(|lang| lang.shared().is_none()) {
                return Some(private(value, span));
            }
            attrs.lang.is_none().then(|| {
                let message = format!("`{value}` is not a language tag");
                let hint = match Lang::meant(value) {
                    Some(lang) => format!("write `lang={lang}`"),
                    None => "write a BCP 47 tag such as `fr`, `la` or `ru-Latn`".to_owned(),
                };
                Diagnostic::new(Code::LanguageUnknown, span, message).hint(hint)
            })
        }
        ("width", Owner::Picture) => {
            attrs.look.width = Width::parse(value);
            let message = format!("`{value}` is not a width: the picture is set as wide as without it");
            attrs
                .look
                .width
                .is_none()
                .then(|| harmless(span, message).hint("write `50%`, `6cm`, `2in` or `120pt`"))
        }
        ("alt" | "fig-alt", Owner::Picture) => {
            attrs.words = Some(value.into());
            None
        }
        ("caption" | "title" | "fig-cap" | "lst-cap" | "filename", Owner::Code) => {
            attrs.words = Some(value.into());
            None
        }
        // what these say is of screens, or was read with the fence
        (_, Owner::Code) => None,
        ("title" | "collapse" | "icon" | "appearance" | "open", Owner::Division) => None,
        (key, Owner::Division) => {
            let message = format!("the attribute `{key}` of a division changes nothing");
            Some(harmless(span, message).hint("`lang=` is understood, and classes that divisions have"))
        }
        (key, Owner::Picture) => {
            let message = format!("the attribute `{key}` of a picture changes nothing");
            let hint = "`width=` and `alt=` are understood, and the height follows from the width";
            Some(harmless(span, message).hint(hint))
        }
        (key, Owner::Words) => {
            let message = format!("the attribute `{key}` means nothing here");
            Some(invalid(span, message).hint("`lang=` is the only key that texts use"))
        }
    }
}

/// A language that readers refuse.
fn private(tag: &str, span: Span) -> Diagnostic {
    let message = format!("`{tag}` is a private tag, which readers do not know: the ebook leaves it out");
    let hint = "`mis` is the tag of a language that has none, `art` of one that somebody made up";
    Diagnostic::new(Code::LanguageUnknown, span, message).severity(Severity::Warning).hint(hint)
}

/// Braces that belong to nothing.
pub(super) fn stray(braced: &str, span: Span) -> Diagnostic {
    let hint = "write [words]{.class #id lang=fr}, with a dot before a class; `\\{` for the sign itself";
    invalid(span, format!("`{braced}` belongs to nothing and would be printed")).hint(hint)
}

fn invalid(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::AttributeInvalid, span, message)
}

/// What is not understood and takes no words away.
fn harmless(span: Span, message: String) -> Diagnostic {
    invalid(span, message).severity(Severity::Warning)
}

/// Splits at white space outside quotation marks.
fn words(inner: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut quotes = Quotes::default();
    for (at, c) in inner.char_indices() {
        if !quotes.hold(c, &inner[at + c.len_utf8()..]) && c.is_whitespace() {
            out.push(&inner[start..at]);
            start = at + c.len_utf8();
        }
    }
    out.push(&inner[start..]);
    out.retain(|word| !word.is_empty());
    out
}
