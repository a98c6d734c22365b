//! What makes a PDF/X-1a of a plain PDF (ISO 15930-1:2001), for printers that
//! take nothing newer: PDF 1.3, a press of four inks, and nothing in it that
//! came later.

use super::x4::{self, Intent};
use crate::diag::Error;
use crate::pages::Info;
use lopdf::{Dictionary, Document, Object};

/// Adds what PDF/X-1a asks of the whole file, and writes it.
///
/// # Errors
/// When the file has something in it that the standard forbids.
pub(super) fn finish(mut document: Document, info: &Info) -> Result<Vec<u8>, Error> {
    if let Some(what) = document.objects.values().find_map(forbidden) {
        return Err(Error::new(format!("the file cannot be PDF/X-1a, for it has {what} in it")));
    }
    let id = x4::fingerprint(&document, info);
    let mut facts = x4::info_dictionary(info);
    facts.set("GTS_PDFXVersion", Object::string_literal("PDF/X-1:2001"));
    facts.set("GTS_PDFXConformance", Object::string_literal("PDF/X-1a:2001"));
    x4::identify(&mut document, facts, id, Intent::colour())?;
    // a key of PDF 1.4, about speech
    document.catalog_mut().map_err(|problem| x4::trouble(&problem))?.remove(b"Lang");
    document.version = "1.3".into();
    let mut bytes = Vec::new();
    document
        .save_to(&mut bytes)
        .map_err(|problem| Error::new(format!("the press file cannot be written: {problem}")))?;
    Ok(bytes)
}

/// What an object is or has that must not be in the file.
fn forbidden(object: &Object) -> Option<&'static str> {
    match object {
        Object::Dictionary(facts) => in_dictionary(facts),
        Object::Stream(stream) => in_dictionary(&stream.dict),
        Object::Array(parts) => parts.iter().find_map(forbidden),
        Object::Name(name) => forbidden_name(name),
        _ => None,
    }
}

/// Colour by any other means than inks, and ways of packing that came later.
fn forbidden_name(name: &[u8]) -> Option<&'static str> {
    match name {
        b"ICCBased" | b"CalRGB" | b"CalGray" | b"Lab" | b"DeviceRGB" => Some("a colour that is no ink"),
        b"JPXDecode" | b"JBIG2Decode" | b"LZWDecode" | b"Crypt" => Some("a picture packed in a later way"),
        b"OpenType" => Some("a font packed in a later way"),
        _ => None,
    }
}

fn in_dictionary(facts: &Dictionary) -> Option<&'static str> {
    facts.iter().find_map(|(key, value)| match (key.as_slice(), value) {
        (b"SMask", Object::Name(name)) if name == b"None" => None,
        (b"BM", Object::Name(name)) if name == b"Normal" || name == b"Compatible" => None,
        (b"SMask" | b"BM" | b"Group", _) => Some("transparency"),
        (b"CA" | b"ca", opacity) if opacity.as_float().unwrap_or(0.0) < 1.0 => Some("transparency"),
        (b"BitsPerComponent", Object::Integer(16)) => Some("a picture of sixteen bits"),
        (b"Annots" | b"AA" | b"OpenAction" | b"AcroForm", _) => Some("something to click on"),
        (b"OC" | b"OCProperties", _) => Some("layers"),
        (_, value) => forbidden(value),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::dictionary;

    #[test]
    fn what_came_later_is_refused() {
        let state = |facts| forbidden(&Object::Dictionary(facts));
        assert_eq!(state(dictionary! { "ca" => 1, "BM" => "Normal", "SMask" => "None" }), None);
        assert_eq!(state(dictionary! { "ColorSpace" => "DeviceCMYK" }), None);
        for later in [
            dictionary! { "ca" => 0.5 },
            dictionary! { "BM" => "Multiply" },
            dictionary! { "Group" => dictionary! { "S" => "Transparency" } },
            dictionary! { "SMask" => Object::Reference((7, 0)) },
            dictionary! { "ColorSpace" => vec!["ICCBased".into(), Object::Reference((7, 0))] },
            dictionary! { "Resources" => dictionary! { "ColorSpace" => dictionary! { "c" => "DeviceRGB" } } },
            dictionary! { "Filter" => "JPXDecode" },
            dictionary! { "Annots" => Object::Array(Vec::new()) },
        ] {
            assert!(state(later.clone()).is_some(), "{later:?}");
        }
    }
}
