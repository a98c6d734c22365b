//! Drawings without anything that runs or reaches out of the book.
//!
//! What is not on the list of harmless elements goes, with all that is in it;
//! so do event handlers, links out of the drawing, and style sheets that load
//! anything. Of a link only what it holds is left, of ids those that XML takes
//! and no element before has. An SVG with entities of its own is refused as a
//! whole.

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, Writer};
use std::collections::BTreeSet;

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
    let writer = Writer::new(Vec::with_capacity(svg.len()));
    let mut sieve = Sieve { writer, skipped: 0, depth: 0, ids: BTreeSet::new() };
    loop {
        match reader.read_event().ok()? {
            Event::Eof => break,
            event => sieve.event(event)?,
        }
    }
    (sieve.depth == 0).then(|| sieve.writer.into_inner())
}

/// Lets the harmless parts of a drawing through. None means that it is not
/// well-formed.
struct Sieve {
    writer: Writer<Vec<u8>>,
    /// How many elements are open that are left out, and how many at all.
    skipped: usize,
    depth: usize,
    /// The ids that there are already.
    ids: BTreeSet<String>,
}

impl Sieve {
    fn event(&mut self, event: Event<'_>) -> Option<()> {
        match &event {
            Event::Start(start) => self.start(start),
            Event::End(end) => self.end(bare(end.name().into_inner())),
            Event::Decl(_) => self.put(event),
            _ if self.skipped > 0 => Some(()),
            Event::Empty(start) if is_harmless(start) => {
                let clean = cleaned(start, &mut self.ids)?;
                self.put(Event::Empty(clean))
            }
            Event::Text(words) if loads_nothing(words.as_ref()) => self.put(event),
            Event::CData(words) if loads_nothing(words.as_ref()) => self.put(event),
            Event::GeneralRef(name) => {
                let known = matches!(name.as_ref(), "amp" | "lt" | "gt" | "quot" | "apos");
                (name.is_char_ref() || known).then_some(())?;
                self.put(event)
            }
            _ => Some(()),
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Option<()> {
        let is_root = self.depth == 0;
        self.depth += 1;
        if is_root && name(start) != "svg" {
            return None;
        }
        if self.skipped > 0 || !(is_harmless(start) || is_link(name(start))) {
            self.skipped += 1;
        } else if !is_link(name(start)) {
            let clean = cleaned(start, &mut self.ids)?;
            self.put(Event::Start(clean))?;
        }
        Some(())
    }

    fn end(&mut self, name: &str) -> Option<()> {
        self.depth = self.depth.checked_sub(1)?;
        if self.skipped > 0 {
            self.skipped -= 1;
        } else if !is_link(name) {
            self.put(Event::End(BytesEnd::new(name)))?;
        }
        Some(())
    }

    fn put(&mut self, event: Event<'_>) -> Option<()> {
        self.writer.write_event(event).ok()
    }
}

fn is_harmless(start: &BytesStart<'_>) -> bool {
    ELEMENTS.contains(&name(start))
}

fn is_link(name: &str) -> bool {
    name == "a"
}

fn name<'s>(start: &'s BytesStart<'_>) -> &'s str {
    bare(start.name().into_inner())
}

/// An element's name without the prefix that some programs write.
fn bare(name: &str) -> &str {
    name.strip_prefix("svg:").unwrap_or(name)
}

/// The tag without attributes that run or reach out; `ids` are those before it.
fn cleaned(start: &BytesStart<'_>, ids: &mut BTreeSet<String>) -> Option<BytesStart<'static>> {
    let mut clean = BytesStart::new(name(start).to_owned());
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let is_id = attribute.key.as_ref() == "id";
        let fits = !is_id || (is_name(&attribute.value) && ids.insert(attribute.value.to_string()));
        if fits && stays(&attribute) {
            clean.push_attribute(Attribute { key: attribute.key, value: attribute.value.clone() });
        }
    }
    if name(start) == "svg" && clean.try_get_attribute("xmlns").ok()?.is_none() {
        clean.push_attribute(("xmlns", "http://www.w3.org/2000/svg"));
    }
    Some(clean)
}

/// Whether it may be an id: a name without colons, in the letters that programs use.
fn is_name(id: &str) -> bool {
    id.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
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
    fn what_a_link_holds_stays_and_an_id_stays_once() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg'><a href='http://e.example'><g id='x'/></a>\
                   <g id='x'/><g id='1 2'/><svg:rect xmlns:svg='http://www.w3.org/2000/svg' id='ж.1'/></svg>";
        let clean = String::from_utf8(harmless(svg.as_bytes()).unwrap()).unwrap();
        assert_eq!(
            clean,
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><g id=\"x\"/><g/><g/><rect id=\"ж.1\"/></svg>"
        );
    }

    #[test]
    fn broken_drawings_are_refused() {
        let prefixed = harmless(b"<svg:svg xmlns:svg='http://www.w3.org/2000/svg'><svg:g/></svg:svg>");
        assert_eq!(prefixed.unwrap(), b"<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>");
        for bad in ["<html xmlns='x'><p/></html>", "<svg><g></svg>", "<svg>&bomb;</svg>", "<svg", "\u{0}"] {
            assert!(harmless(bad.as_bytes()).is_none_or(|clean| !clean.contains(&b'<')), "{bad}");
        }
        assert_eq!(harmless(&[0xff, 0xfe]), None);
    }
}
