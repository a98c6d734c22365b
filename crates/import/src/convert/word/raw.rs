//! The words of a Word file's parts, read in one pass over the XML and without the reader
//! that understands them: what the proof counts.

use crate::convert::element::Element;
use quick_xml::Reader;
use quick_xml::events::Event;

/// How the names of elements end that say how something looks: nothing in them is shown.
const PROPERTIES: &str = "Pr";

/// The words of a part: those of text, of deleted text and of formulas, in their order.
pub(super) fn words(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    let mut out = String::new();
    let (mut in_text, mut fallback, mut properties) = (0_usize, 0_usize, 0_usize);
    // of the forms in which a drawing may stand, the first is read
    let mut choices: Vec<bool> = Vec::new();
    // what is not well-formed was refused before
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) => match start.name().as_ref() {
                name if properties > 0 || name.ends_with(PROPERTIES) => properties += 1,
                "w:t" | "w:delText" | "m:t" => in_text += usize::from(fallback == 0),
                "mc:AlternateContent" => choices.push(false),
                "mc:Choice" => {
                    let was_there = choices.last_mut().is_some_and(|seen| std::mem::replace(seen, true));
                    fallback += usize::from(was_there || fallback > 0);
                }
                "mc:Fallback" => fallback += 1,
                "w:p" => out.push('\n'),
                _ => {}
            },
            Event::End(_) if properties > 0 => properties -= 1,
            Event::End(end) => match end.name().as_ref() {
                "w:t" | "w:delText" | "m:t" => in_text = in_text.saturating_sub(usize::from(fallback == 0)),
                "mc:AlternateContent" => _ = choices.pop(),
                "mc:Choice" | "mc:Fallback" => fallback = fallback.saturating_sub(1),
                "w:p" => out.push('\n'),
                _ => {}
            },
            Event::Empty(empty) if fallback == 0 && properties == 0 => match empty.name().as_ref() {
                "w:br" | "w:cr" | "w:tab" => out.push(' '),
                "w:noBreakHyphen" => out.push('-'),
                _ => {}
            },
            Event::Text(text) if in_text > 0 => out.push_str(&text),
            Event::CData(text) if in_text > 0 => out.push_str(&text),
            Event::GeneralRef(name) if in_text > 0 => out.push_str(&crate::convert::xml::reference(&name)),
            Event::Eof => break,
            _ => {}
        }
    }
    out
}

/// The words of an element, whatever it is.
pub(super) fn raw_of(element: &Element) -> String {
    let mut out = String::new();
    push(element, &mut out);
    out
}

fn push(element: &Element, out: &mut String) {
    let mut has_choice = false;
    for inner in element.elements() {
        match inner.name.as_str() {
            "w:t" | "w:delText" | "m:t" => out.push_str(&inner.words()),
            "w:tab" | "w:br" => out.push(' '),
            "w:noBreakHyphen" => out.push('-'),
            // the same once more, for older programs
            "mc:Fallback" => {}
            name if name.ends_with(PROPERTIES) => {}
            "mc:Choice" if std::mem::replace(&mut has_choice, true) => {}
            "w:p" => {
                out.push('\n');
                push(inner, out);
            }
            _ => push(inner, out),
        }
    }
}
