//! The letters that a PDF says it shows, page by page: what a program that
//! copies its text gets. It knows nothing of the writer.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Encoding, Object};
use std::collections::BTreeMap;

/// The letters of every page in the order of its content stream.
pub fn letters_of_pages(pdf: &[u8]) -> Vec<String> {
    let file = Document::load_mem(pdf).unwrap();
    let mut seen = Vec::new();
    for page in file.get_pages().into_values() {
        let fonts = file.get_page_fonts(page).unwrap();
        let encodings: BTreeMap<Vec<u8>, Encoding<'_>> =
            fonts.into_iter().map(|(name, font)| (name, font.get_font_encoding(&file).unwrap())).collect();
        let properties = properties(&file, page);
        let content = Content::decode(&file.get_page_content(page)).unwrap();
        seen.push(shown(&content, &encodings, properties));
    }
    seen
}

/// The property lists that the marked content of a page may name.
fn properties(file: &Document, page: lopdf::ObjectId) -> Option<&Dictionary> {
    let resources = file.get_page_resources(page).unwrap().0?;
    file.get_dict_in_dict(resources, b"Properties").ok()
}

/// What the strings of a content stream stand for. An ActualText stands in the place of all that it spans.
fn shown(
    content: &Content,
    encodings: &BTreeMap<Vec<u8>, Encoding<'_>>,
    properties: Option<&Dictionary>,
) -> String {
    let mut text = String::new();
    let mut font = None;
    let mut spans: Vec<bool> = Vec::new();
    for operation in &content.operations {
        match operation.operator.as_str() {
            "Tf" => font = encodings.get(operation.operands[0].as_name().unwrap()),
            "BDC" => {
                let list = match &operation.operands[1] {
                    Object::Name(name) => properties.and_then(|all| all.get(name).ok()?.as_dict().ok()),
                    list => list.as_dict().ok(),
                };
                let instead = list.and_then(|list| list.get(b"ActualText").ok());
                if let Some(words) = instead.filter(|_| !spans.contains(&true)) {
                    text.push_str(&lopdf::decode_text_string(words).unwrap());
                }
                spans.push(instead.is_some());
            }
            "BMC" => spans.push(false),
            "EMC" => drop(spans.pop()),
            "Tj" | "TJ" if !spans.contains(&true) => {
                operation.operands.iter().for_each(|operand| decode(operand, font.unwrap(), &mut text));
            }
            _ => {}
        }
    }
    text
}

/// Adds what a string, or the strings of a list, stand for.
fn decode(operand: &Object, encoding: &Encoding<'_>, text: &mut String) {
    match operand {
        Object::String(bytes, _) => text.push_str(&Document::decode_text(encoding, bytes).unwrap()),
        Object::Array(parts) => parts.iter().for_each(|part| decode(part, encoding, text)),
        _ => {}
    }
}
