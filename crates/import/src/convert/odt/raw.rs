//! The words of an OpenDocument text, read without the reader that understands them: what the
//! proof counts.

use crate::convert::element::{Element, Node};
use quick_xml::Reader;
use quick_xml::events::Event;

/// Elements in paragraphs whose words are no words of the text: who remarked something and
/// when, the numbers of notes and headings, descriptions of pictures, programs.
pub(super) const BESIDE: [&str; 11] = [
    "dc:creator",
    "dc:date",
    "meta:date-string",
    "meta:creator-initials",
    "loext:sender-initials",
    "text:note-citation",
    "text:number",
    "svg:title",
    "svg:desc",
    "office:binary-data",
    "text:script",
];

/// Whether an element is a paragraph, in which alone words stand.
pub(super) fn is_paragraph(name: &str) -> bool {
    matches!(name, "text:p" | "text:h")
}

/// Whether words of the text stand in an element: in paragraphs, and in what is within them but for what holds
/// paragraphs of its own (OpenDocument 1.3, part 3, 6.3, 10.4 and 14.1).
fn holds_words(name: &str, in_paragraph: bool) -> bool {
    let holds_paragraphs = ["draw:", "table:", "text:note", "text:list", "office:annotation"]
        .iter()
        .any(|beginning| name.starts_with(beginning) && name != "text:note-ref");
    is_paragraph(name) || in_paragraph && !holds_paragraphs
}

/// What an element without words says in their place.
fn space(name: &str) -> &'static str {
    match name {
        "text:s" | "text:tab" | "text:line-break" => " ",
        _ => "",
    }
}

/// The words of a file's paragraphs, in their order.
pub(super) fn words(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    // for each element that is open, whether words of the text stand in it
    let (mut out, mut open, mut beside) = (String::new(), Vec::new(), 0_usize);
    // what is not well-formed was refused before
    while let Ok(event) = reader.read_event() {
        let in_paragraph = open.last() == Some(&true);
        let is_read = in_paragraph && beside == 0;
        match event {
            Event::Start(start) => {
                let name = start.name();
                beside += usize::from(BESIDE.contains(&name.as_ref()));
                open.push(holds_words(name.as_ref(), in_paragraph));
                out.push_str(if is_paragraph(name.as_ref()) { "\n" } else { space(name.as_ref()) });
            }
            Event::End(end) => {
                let name = end.name();
                beside -= usize::from(BESIDE.contains(&name.as_ref())).min(beside);
                open.pop();
                out.push_str(if is_paragraph(name.as_ref()) { "\n" } else { "" });
            }
            Event::Empty(empty) => out.push_str(space(empty.name().as_ref())),
            Event::Text(text) if is_read => out.push_str(&text),
            Event::CData(text) if is_read => out.push_str(&text),
            Event::GeneralRef(name) if is_read => out.push_str(&crate::convert::xml::reference(&name)),
            Event::Eof => break,
            _ => {}
        }
    }
    out
}

/// The words of an element, whatever it is.
pub(super) fn raw_of(element: &Element) -> String {
    let mut out = String::new();
    push(element, is_paragraph(&element.name) || element.name == "text:span", &mut out);
    out
}

fn push(element: &Element, in_paragraph: bool, out: &mut String) {
    for node in &element.children {
        match node {
            Node::Text(text) if in_paragraph => out.push_str(text),
            Node::Element(inner) if !BESIDE.contains(&inner.name.as_str()) => {
                let is_paragraph = is_paragraph(&inner.name);
                out.push_str(if is_paragraph { "\n" } else { space(&inner.name) });
                push(inner, holds_words(&inner.name, in_paragraph), out);
                out.push_str(if is_paragraph { "\n" } else { "" });
            }
            _ => {}
        }
    }
}
