//! Formulas of Word (OMML) in a line of words: what is raised or lowered stays so, and a fraction has its stroke.

use crate::convert::element::Element;
use crate::convert::model::{Book, Inline, Style};

/// The words and signs of a formula.
pub(super) fn inlines(element: &Element, book: &mut Book) -> Vec<Inline> {
    let mut out = Vec::new();
    for inner in element.elements() {
        match inner.name.as_str() {
            "m:t" => out.push(Inline::Text(inner.words())),
            "m:sup" => out.extend(styled(Style::Super, inner, book)),
            "m:sub" => out.extend(styled(Style::Sub, inner, book)),
            "m:f" => {
                let part = |name: &str, book: &mut Book| {
                    inner.child(name).map(|part| inlines(part, book)).unwrap_or_default()
                };
                out.extend(part("m:num", book));
                add("/", &mut out, book);
                out.extend(part("m:den", book));
            }
            "m:rad" => {
                add("√", &mut out, book);
                out.extend(inlines(inner, book));
            }
            _ => out.extend(inlines(inner, book)),
        }
    }
    out
}

fn styled(style: Style, element: &Element, book: &mut Book) -> Option<Inline> {
    let inner = inlines(element, book);
    (!inner.is_empty()).then_some(Inline::Styled(style, inner))
}

/// Adds a sign that the formula shows and does not spell.
fn add(sign: &str, out: &mut Vec<Inline>, book: &mut Book) {
    book.added.push_str(sign);
    book.added.push(' ');
    out.push(Inline::Text(sign.into()));
}
