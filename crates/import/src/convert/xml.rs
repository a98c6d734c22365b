//! XML as a tree, by quick-xml. Nothing outside of the text is read: a document type is
//! skipped, one that declares entities is refused, and only names of XML and HTML and numbers are characters.

use super::element::{Builder, Element};
use crate::reason::Reason;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The tree of a document, and whether elements stood too deep in one another.
///
/// # Errors
/// Where it is not well-formed, with what is wrong there.
pub(super) fn tree(text: &str) -> Result<(Element, bool), Reason> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut builder = Builder::new();
    loop {
        let event =
            reader.read_event().map_err(|error| format!("byte {}: {error}", reader.error_position()))?;
        match event {
            Event::Start(start) => builder.open(element(&start)),
            Event::Empty(start) => builder.empty(element(&start)),
            Event::End(_) => builder.close(),
            Event::Text(words) => builder.text(&words),
            Event::CData(words) => builder.text(&words),
            // no program writes them into such a file; who reads them may read other files, or more than memory holds
            Event::DocType(words) if words.contains("<!ENTITY") => {
                return Err("it declares entities, which are not read".into());
            }
            Event::GeneralRef(name) => builder.text(&reference(&name)),
            Event::Eof => break,
            _ => {}
        }
    }
    // a file that was cut off has lost what stood behind
    if let Some(open) = builder.names().next_back() {
        return Err(format!("it ends before `{open}` does").into());
    }
    let too_deep = builder.was_too_deep;
    let tree = builder.finish();
    // what stands behind the end of a document belongs to none, and whoever looks for a part would not find it
    if let [first, second, ..] = tree.elements().collect::<Vec<_>>()[..] {
        return Err(format!("`{}` stands behind the end of `{}`", second.name, first.name).into());
    }
    Ok((tree, too_deep))
}

fn element(start: &BytesStart<'_>) -> Element {
    let mut element = Element::named(start.name().as_ref());
    for attribute in start.attributes().with_checks(false).flatten() {
        let value = &attribute.value;
        let value = if value.contains('&') { super::html::decoded(value) } else { value.to_string() };
        element.attributes.push((attribute.key.as_ref().to_owned(), value));
    }
    element
}

/// What an entity stands for: a character of XML, a number or a name of HTML; any other stays as it is written.
pub(super) fn reference(name: &str) -> String {
    match name {
        "amp" => "&".into(),
        "lt" => "<".into(),
        "gt" => ">".into(),
        "quot" => "\"".into(),
        "apos" => "'".into(),
        _ => super::html::decoded(&format!("&{name};")),
    }
}

#[cfg(test)]
mod tests {
    use super::tree;

    #[test]
    fn a_document_has_one_root() {
        assert!(tree("<?xml version=\"1.0\"?>\n<a><b/></a>\n<!-- end -->\n").is_ok());
        let said = |text: &str| tree(text).err().map(|why| why.to_string());
        assert_eq!(said("<a/><b>words</b>").as_deref(), Some("`b` stands behind the end of `a`"));
    }
}
