//! Elements under the names that readers know them by. A program may choose any prefix for a namespace; who
//! reads `w:p` and `text:p` reads the prefixes that nearly all of them choose.

use quick_xml::NsReader;
use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::name::ResolveResult;
use std::borrow::Cow;

/// The usual prefix of each namespace, in both forms that ISO/IEC 29500 has, and of OpenDocument 1.3.
const PREFIXES: [(&str, &str); 23] = [
    ("http://www.w3.org/1999/xhtml", ""),
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", "r"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", "m"),
    ("http://purl.oclc.org/ooxml/officeDocument/math", "m"),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "wp"),
    ("http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", "wp"),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "a"),
    ("http://purl.oclc.org/ooxml/drawingml/main", "a"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("urn:schemas-microsoft-com:vml", "v"),
    ("urn:schemas-microsoft-com:office:office", "o"),
    ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office"),
    ("urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text"),
    ("urn:oasis:names:tc:opendocument:xmlns:style:1.0", "style"),
    ("urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table"),
    ("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "draw"),
    ("urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0", "fo"),
    ("urn:oasis:names:tc:opendocument:xmlns:meta:1.0", "meta"),
    ("http://www.w3.org/1999/xlink", "xlink"),
];

fn usual(namespace: &str) -> Option<&'static str> {
    PREFIXES.iter().find(|(uri, _)| *uri == namespace).map(|(_, prefix)| *prefix)
}

/// The same XML with the usual prefixes; as it is where they are those already, or where it is not well-formed.
pub(super) fn with_usual_prefixes(text: &str) -> Cow<'_, str> {
    if !text.match_indices("xmlns").any(|(at, _)| declares_another(&text[at..])) {
        return Cow::Borrowed(text);
    }
    renamed(text).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Whether a declaration gives a known namespace another prefix, or none.
fn declares_another(declaration: &str) -> bool {
    let Some((name, value)) = declaration.split_once('=') else { return false };
    let value = value.trim_start();
    let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return false };
    let Some(namespace) = value[1..].split(quote).next() else { return false };
    let prefix = name.trim_end().strip_prefix("xmlns").map(|prefix| prefix.trim_start_matches(':'));
    usual(namespace).is_some_and(|usual| prefix != Some(usual))
}

fn renamed(text: &str) -> Option<String> {
    let mut reader = NsReader::from_str(text);
    let mut writer = Writer::new(Vec::new());
    loop {
        let event = reader.read_event().ok()?;
        let event = match event {
            Event::Start(start) => Event::Start(element(&reader, &start)),
            Event::Empty(start) => Event::Empty(element(&reader, &start)),
            Event::End(end) => {
                let (namespace, local) = reader.resolver().resolve_element(end.name());
                Event::End(BytesEnd::new(name(&namespace, local.as_ref(), end.name().as_ref())))
            }
            Event::Eof => break,
            other => other,
        };
        writer.write_event(event).ok()?;
    }
    String::from_utf8(writer.into_inner()).ok()
}

fn element(reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> BytesStart<'static> {
    let (namespace, local) = reader.resolver().resolve_element(start.name());
    let mut content = name(&namespace, local.as_ref(), start.name().as_ref());
    let length = content.len();
    for attribute in start.attributes().with_checks(false).flatten() {
        let (namespace, local) = reader.resolver().resolve_attribute(attribute.key);
        let key = name(&namespace, local.as_ref(), attribute.key.as_ref());
        // a value stays as it is written, in quotes that it does not hold
        let quote = if attribute.value.contains('"') { '\'' } else { '"' };
        content.push_str(&format!(" {key}={quote}{}{quote}", attribute.value));
    }
    BytesStart::from_content(content, length)
}

/// A name with the usual prefix of its namespace, or as it is.
fn name(namespace: &ResolveResult<'_>, local: &str, whole: &str) -> String {
    match namespace {
        ResolveResult::Bound(namespace) => match usual(namespace.as_ref()) {
            Some("") => local.to_owned(),
            Some(prefix) => format!("{prefix}:{local}"),
            None => whole.to_owned(),
        },
        _ => whole.to_owned(),
    }
}
