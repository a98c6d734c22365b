//! Drawings without anything that runs or reaches out of the book.
//!
//! What is not on the list of harmless elements goes, with all that is in it;
//! so do event handlers, links out of the drawing, and style sheets that load
//! anything. An SVG with entities of its own is refused as a whole.

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

/// Elements that draw, and those that drawing elements refer to.
const ELEMENTS: [&str; 53] = [
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feImage",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "filter",
    "g",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
];

/// The drawing with only harmless parts; none when it is not well-formed.
pub(super) fn harmless(svg: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(svg).ok()?;
    let mut reader = Reader::from_str(text);
    let mut writer = Writer::new(Vec::with_capacity(svg.len()));
    let mut skipped = 0usize;
    let mut depth = 0usize;
    loop {
        let event = reader.read_event().ok()?;
        match &event {
            Event::Eof => break,
            Event::Start(start) => {
                depth += 1;
                if skipped > 0 || !is_harmless(start) {
                    skipped += 1;
                } else {
                    writer.write_event(Event::Start(cleaned(start)?)).ok()?;
                }
            }
            Event::End(_) => {
                depth = depth.checked_sub(1)?;
                if skipped > 0 {
                    skipped -= 1;
                } else {
                    writer.write_event(event).ok()?;
                }
            }
            Event::Empty(start) if skipped == 0 && is_harmless(start) => {
                writer.write_event(Event::Empty(cleaned(start)?)).ok()?;
            }
            Event::Text(words) if skipped == 0 && loads_nothing(words.as_ref()) => {
                writer.write_event(event).ok()?;
            }
            Event::CData(words) if skipped == 0 && loads_nothing(words.as_ref()) => {
                writer.write_event(event).ok()?;
            }
            Event::GeneralRef(name) if skipped == 0 => {
                let known =
                    name.is_char_ref() || matches!(name.as_ref(), "amp" | "lt" | "gt" | "quot" | "apos");
                known.then_some(())?;
                writer.write_event(event).ok()?;
            }
            Event::Decl(_) => writer.write_event(event).ok()?,
            _ => {}
        }
    }
    (depth == 0).then(|| writer.into_inner())
}

fn is_harmless(start: &BytesStart<'_>) -> bool {
    ELEMENTS.contains(&start.name().as_ref())
}

/// The tag without attributes that run or reach out.
fn cleaned(start: &BytesStart<'_>) -> Option<BytesStart<'static>> {
    let mut clean = BytesStart::new(start.name().as_ref().to_owned());
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        if stays(&attribute) {
            clean.push_attribute(Attribute { key: attribute.key, value: attribute.value.clone() });
        }
    }
    Some(clean)
}

fn stays(attribute: &Attribute<'_>) -> bool {
    let name = attribute.key.as_ref().to_ascii_lowercase();
    let value = attribute.value.as_ref();
    match name.as_str() {
        "href" | "xlink:href" => is_inside(value),
        "xmlns" | "xmlns:xlink" | "xml:lang" | "xml:space" => true,
        name if name.starts_with("on") || name.contains(':') || name.starts_with("data-") => false,
        _ => loads_nothing(value),
    }
}

/// Whether an address is a place in the drawing, or a picture in the address itself.
fn is_inside(address: &str) -> bool {
    const PICTURES: [&str; 4] =
        ["data:image/png;", "data:image/jpeg;", "data:image/gif;", "data:image/webp;"];
    let address = address.trim().to_ascii_lowercase();
    address.starts_with('#') || PICTURES.iter().any(|kind| address.starts_with(kind))
}

/// Whether a piece of style or of text loads nothing and runs nothing: every
/// `url(` leads to a place in the drawing.
fn loads_nothing(words: &str) -> bool {
    let flat: String = words.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    let inside = |rest: &str| rest.trim_start_matches(['"', '\'']).replace("&quot;", "").starts_with('#');
    !["@import", "javascript:", "expression(", "\\"].iter().any(|bad| flat.contains(bad))
        && flat.split("url(").skip(1).all(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_draws_stays_and_what_runs_goes() {
        let svg = r##"<?xml version="1.0"?><!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" onload="x()" viewBox="0 0 9 9">
<script>alert(1)</script><style>@import url(http://e.example/x.css);</style><style>rect { fill: url(#g) }</style>
<foreignObject><iframe src="http://e.example"/></foreignObject><a href="javascript:x()"><rect width="1"/></a>
<rect width="3" style="fill: url('http://e.example/y')" fill="url(#g)"/><use href="#r"/><image href="http://e.example/p.png"/>
<image href="data:image/png;base64,AA=="/><text>a &amp; b</text></svg>"##;
        let clean = String::from_utf8(harmless(svg.as_bytes()).unwrap()).unwrap();
        for bad in ["script", "onload", "e.example", "iframe", "javascript", "DOCTYPE", "@import"] {
            assert!(!clean.contains(bad), "{bad} in {clean}");
        }
        for good in [
            "viewBox",
            "fill=\"url(#g)\"",
            "href=\"#r\"",
            "data:image/png",
            "a &amp; b",
            "rect { fill: url(#g) }",
        ] {
            assert!(clean.contains(good), "{good} not in {clean}");
        }
    }

    #[test]
    fn broken_drawings_are_refused() {
        for bad in ["<svg><g></svg>", "<svg>&bomb;</svg>", "<svg", "\u{0}"] {
            assert!(harmless(bad.as_bytes()).is_none_or(|clean| !clean.contains(&b'<')), "{bad}");
        }
        assert_eq!(harmless(&[0xff, 0xfe]), None);
    }
}
