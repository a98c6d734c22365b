//! Formulas of Word (OMML) and of the web (MathML) in a line of words: what is raised or lowered stays so, a fraction has
//! its stroke, a root its sign, and brackets keep together what a line would part.

use super::element::Element;
use super::model::{Book, Inline, Style, plain};

/// The words and signs of a formula.
pub(super) fn inlines(element: &Element, book: &mut Book) -> Vec<Inline> {
    let mut out = Vec::new();
    let parts: Vec<&Element> = element.elements().collect();
    for (at, part) in parts.iter().enumerate() {
        let behind = parts.get(at + 1).and_then(|next| next.words().trim().chars().next());
        let touches = plain(&out).trim_end().chars().next_back().is_some_and(char::is_alphanumeric)
            || behind.is_some_and(char::is_alphanumeric);
        out.extend(part_of(part, touches, book));
    }
    out
}

/// A part of a formula; `touches` says whether a letter or a figure stands beside it.
fn part_of(part: &Element, touches: bool, book: &mut Book) -> Vec<Inline> {
    let mut cells = part.elements();
    let mut cell = |book: &mut Book| cells.next().map(|cell| whole(cell, book)).unwrap_or_default();
    match part.name.as_str() {
        "m:t" | "mtext" => vec![Inline::Text(part.words())],
        "mi" | "mn" | "mo" | "ms" => vec![Inline::Text(part.words().trim().to_owned())],
        "m:sup" => styled(Style::Super, inlines(part, book)),
        "m:sub" | "m:lim" => styled(Style::Sub, inlines(part, book)),
        "m:f" => {
            let mut of = |name| part.child(name).map(|of| inlines(of, book)).unwrap_or_default();
            let (above, below) = (of("m:num"), of("m:den"));
            fraction(above, below, touches, book)
        }
        "mfrac" => {
            let (above, below) = (cell(book), cell(book));
            fraction(above, below, touches, book)
        }
        "m:rad" => {
            let mut of = |name| part.child(name).map(|of| inlines(of, book)).unwrap_or_default();
            let (degree, below) = (of("m:deg"), of("m:e"));
            root(degree, below, touches, book)
        }
        "msqrt" => {
            let below = inlines(part, book);
            root(Vec::new(), below, touches, book)
        }
        "mroot" => {
            let (below, degree) = (cell(book), cell(book));
            root(degree, below, touches, book)
        }
        "m:d" => fenced(part, book),
        "m:nary" => {
            let sign = said(part, "m:naryPr", "m:chr").unwrap_or("∫");
            let mut out = added(sign, book);
            out.extend(inlines(part, book));
            out
        }
        "msup" | "mover" => [cell(book), styled(Style::Super, cell(book))].concat(),
        "msub" | "munder" => [cell(book), styled(Style::Sub, cell(book))].concat(),
        "msubsup" | "munderover" => {
            [cell(book), styled(Style::Sub, cell(book)), styled(Style::Super, cell(book))].concat()
        }
        "annotation" | "annotation-xml" => {
            book.leave_out("formulas written a second time, for programs", part.words());
            Vec::new()
        }
        _ => inlines(part, book),
    }
}

/// An element with what it is itself: `<mi>x</mi>`, or a row of such.
fn whole(element: &Element, book: &mut Book) -> Vec<Inline> {
    part_of(element, false, book)
}

/// `a/b`; what has more than one part is put in brackets, and so is a fraction that touches a letter: `2(1/n)` is not `21/n`.
fn fraction(above: Vec<Inline>, below: Vec<Inline>, touches: bool, book: &mut Book) -> Vec<Inline> {
    if above.is_empty() && below.is_empty() {
        return Vec::new();
    }
    let sum = !plain(&above).chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | ','));
    let above = if sum { bracketed(above, book) } else { above };
    let below = if is_single(&below) { below } else { bracketed(below, book) };
    let out = [above, added("/", book), below].concat();
    if touches { bracketed(out, book) } else { out }
}

/// `√x`, `³√x`, `√(a+b)`; the degree of a root is no power of what it touches.
fn root(degree: Vec<Inline>, below: Vec<Inline>, touches: bool, book: &mut Book) -> Vec<Inline> {
    let below = if is_single(&below) { below } else { bracketed(below, book) };
    let apart = touches && !degree.is_empty();
    let out = [styled(Style::Super, degree), added("√", book), below].concat();
    if apart { bracketed(out, book) } else { out }
}

/// What Word puts between brackets, which it does not spell.
fn fenced(part: &Element, book: &mut Book) -> Vec<Inline> {
    let sign = |name| said(part, "m:dPr", name);
    let mut out = added(sign("m:begChr").unwrap_or("("), book);
    for (n, inner) in part.elements().filter(|inner| inner.name == "m:e").enumerate() {
        if n > 0 {
            out.extend(added(sign("m:sepChr").unwrap_or("|"), book));
        }
        out.extend(inlines(inner, book));
    }
    out.extend(added(sign("m:endChr").unwrap_or(")"), book));
    out
}

/// Whether inlines are a number, a word, or a letter with what is raised and lowered beside it.
fn is_single(inlines: &[Inline]) -> bool {
    let base = |inline: &&Inline| !matches!(inline, Inline::Styled(Style::Super | Style::Sub, _));
    let words: String =
        inlines.iter().filter(base).map(|inline| plain(std::slice::from_ref(inline))).collect();
    let words = words.trim();
    let is_number = words.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    let is_word = words.chars().all(char::is_alphabetic) && words.chars().count() != 2;
    is_number || is_word || words.starts_with('(') && words.ends_with(')') && words.matches('(').count() == 1
}

fn styled(style: Style, inner: Vec<Inline>) -> Vec<Inline> {
    if inner.is_empty() { inner } else { vec![Inline::Styled(style, inner)] }
}

fn bracketed(inner: Vec<Inline>, book: &mut Book) -> Vec<Inline> {
    [added("(", book), inner, added(")", book)].concat()
}

/// What a part says of its signs.
fn said<'e>(part: &'e Element, properties: &str, sign: &str) -> Option<&'e str> {
    part.child(properties)?.child(sign)?.get("m:val")
}

/// A sign that the formula shows and does not spell.
fn added(sign: &str, book: &mut Book) -> Vec<Inline> {
    if sign.is_empty() {
        return Vec::new();
    }
    book.added.push_str(sign);
    book.added.push(' ');
    vec![Inline::Text(sign.into())]
}
