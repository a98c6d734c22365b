//! The words of a Word file's parts, read in one pass over the XML and without the reader
//! that understands them: what the proof counts.

use crate::convert::element::Element;
use quick_xml::Reader;
use quick_xml::events::Event;

/// The words of a part: those of text, of deleted text and of formulas, in their order.
pub(super) fn words(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    let mut out = String::new();
    let (mut in_text, mut fallback) = (0_usize, 0_usize);
    // what is not well-formed was refused before
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) => match start.name().as_ref() {
                "w:t" | "w:delText" | "m:t" => in_text += usize::from(fallback == 0),
                "mc:Fallback" => fallback += 1,
                "w:p" => out.push('\n'),
                _ => {}
            },
            Event::End(end) => match end.name().as_ref() {
                "w:t" | "w:delText" | "m:t" => in_text = in_text.saturating_sub(usize::from(fallback == 0)),
                "mc:Fallback" => fallback = fallback.saturating_sub(1),
                "w:p" => out.push('\n'),
                _ => {}
            },
            Event::Empty(empty) if fallback == 0 => match empty.name().as_ref() {
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
    let mut found = Vec::new();
    element.all(
        &|inner| {
            matches!(
                inner.name.as_str(),
                "w:t" | "w:delText" | "m:t" | "w:tab" | "w:br" | "w:p" | "w:noBreakHyphen"
            )
        },
        &mut found,
    );
    found
        .iter()
        .map(|inner| match inner.name.as_str() {
            "w:tab" | "w:br" => " ".to_owned(),
            "w:noBreakHyphen" => "-".to_owned(),
            "w:p" => "\n".to_owned(),
            _ => inner.words(),
        })
        .collect()
}
