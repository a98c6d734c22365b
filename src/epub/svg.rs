//! Drawings without anything that runs or reaches out of the book.
//!
//! What is not on the list of harmless elements goes, with all that is in it;
//! so do event handlers, links out of the drawing, and style sheets that load
//! anything: these are judged whole and decoded, as a reader will see them, since
//! references, comments and sections can hide a word from who reads it in pieces. Of a link only what it holds is left, of ids those that XML takes
//! and no element before has. An SVG with entities of its own is refused as a
//! whole.

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
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
    let mut sieve = Sieve { writer, skipped: 0, depth: 0, style: None, ids: BTreeSet::new() };
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
    /// The style sheet that is being read, as far as it has come.
    style: Option<String>,
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
            _ if self.style.is_some() => self.in_style(&event),
            Event::Empty(start) if is_harmless(start) => {
                let clean = cleaned(start, &mut self.ids)?;
                self.put(Event::Empty(clean))
            }
            Event::Text(_) | Event::CData(_) => self.put(event),
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
        if self.skipped > 0 || self.style.is_some() || !(is_harmless(start) || is_link(name(start))) {
            self.skipped += 1;
        } else if !is_link(name(start)) {
            let clean = cleaned(start, &mut self.ids)?;
            self.put(Event::Start(clean))?;
            self.style = (name(start) == "style").then(String::new);
        }
        Some(())
    }

    /// Adds to the style sheet what a reader will see of it.
    fn in_style(&mut self, event: &Event<'_>) -> Option<()> {
        let style = self.style.get_or_insert_default();
        match event {
            Event::Text(words) => style.push_str(words),
            Event::CData(words) => style.push_str(words),
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(c)) => style.push(c),
                _ => style.push_str(quick_xml::escape::resolve_predefined_entity(name)?),
            },
            _ => {}
        }
        Some(())
    }

    fn end(&mut self, name: &str) -> Option<()> {
        self.depth = self.depth.checked_sub(1)?;
        if self.skipped > 0 {
            self.skipped -= 1;
        } else if !is_link(name) {
            if let Some(style) = self.style.take().filter(|style| loads_nothing(style)) {
                self.put(Event::Text(BytesText::new(&style)))?;
            }
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
    let Ok(value) = quick_xml::escape::unescape(&attribute.value) else { return false };
    let value = value.as_ref();
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

/// What loads or runs something in a style; a backslash can write any of it.
const LOADS: [&str; 8] =
    ["@import", "image-set(", "image(", "src(", "javascript:", "expression(", "binding:", "\\"];

/// Whether a style or the value of an attribute, decoded, loads nothing and runs
/// nothing: every `url(` leads to a place in the drawing.
fn loads_nothing(style: &str) -> bool {
    let seen = |c: &char| !c.is_whitespace() && !c.is_control();
    let flat: String = without_comments(style).chars().filter(seen).collect::<String>().to_ascii_lowercase();
    let inside = |rest: &str| rest.trim_start_matches(['"', '\'']).starts_with('#');
    !LOADS.iter().any(|bad| flat.contains(bad)) && flat.split("url(").skip(1).all(inside)
}

/// A style without its comments.
fn without_comments(style: &str) -> String {
    let mut parts = style.split("/*");
    let mut rest = parts.next().unwrap_or("").to_owned();
    rest.extend(parts.filter_map(|part| part.split_once("*/")).map(|(_, behind)| behind));
    rest
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
    fn a_style_is_judged_as_a_reader_sees_it() {
        let hidden = [
            "&#64;import 'http://e.example/x';",
            "@im<!-- -->port 'http://e.example/x';",
            "@im<?x?>port 'http://e.example/x';",
            "@im<![CDATA[port 'http://e.example/x';]]>",
            "@im<script/>port 'http://e.example/x';",
            "@im/* */port 'http://e.example/x';",
            "rect { fill: u&#114;l(http://e.example/x) }",
            "rect { background: image-set('http://e.example/x' 1x) }",
        ];
        for style in hidden {
            let svg = format!("<svg xmlns='http://www.w3.org/2000/svg'><style>{style}</style></svg>");
            let clean = String::from_utf8(harmless(svg.as_bytes()).unwrap()).unwrap();
            assert!(!clean.contains("e.example"), "{style}: {clean}");
        }
        let svg = "<svg xmlns='http://www.w3.org/2000/svg'><rect fill='u&#114;l(http://e.example/x)'/>\
                   <text>url(http://e.example/words) stay</text></svg>";
        let clean = String::from_utf8(harmless(svg.as_bytes()).unwrap()).unwrap();
        assert!(clean.contains("<rect/>") && clean.contains("words) stay"), "{clean}");
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
