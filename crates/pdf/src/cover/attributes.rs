//! The attributes of a template's elements, and the elements without them that
//! are written.

use crate::reason::Reason;
use quick_xml::events::BytesStart;

/// An element's attributes with their entities resolved.
pub(super) struct Attributes(Vec<(String, String)>);

impl Attributes {
    /// Those that say where a text stands.
    const PLACES: [&'static str; 3] = ["x", "y", "text-anchor"];

    pub(super) fn read(element: &BytesStart<'_>) -> Result<Attributes, Reason> {
        let mut all = Vec::new();
        for attribute in element.attributes() {
            let attribute = attribute.map_err(|e| format!("is not well-formed: {e}"))?;
            let value = attribute
                .normalized_value(quick_xml::XmlVersion::Explicit1_0)
                .map_err(|e| format!("is not well-formed: {e}"))?;
            all.push((attribute.key.as_ref().to_owned(), value.into_owned()));
        }
        Ok(Attributes(all))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn number(&self, name: &str) -> Result<Option<f64>, Reason> {
        let Some(text) = self.get(name) else { return Ok(None) };
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Some(number)),
            _ => Err(format!("has {name}=\u{201c}{text}\u{201d}, which is not a number").into()),
        }
    }

    /// An element that is moved, with nothing but what SVG knows.
    pub(super) fn transformed(&self, name: &str, transform: &str) -> BytesStart<'static> {
        let mut element = BytesStart::new(name.to_owned());
        let kept = self.0.iter().filter(|(key, _)| !key.starts_with("data-") && key != "transform");
        element.extend_attributes(kept.map(|(key, value)| (key.as_str(), value.as_str())));
        element.push_attribute(("transform", transform));
        element
    }

    /// An element with those attributes that SVG knows.
    pub(super) fn plain(&self, name: &str) -> BytesStart<'static> {
        let mut element = BytesStart::new(name.to_owned());
        for (key, value) in self
            .0
            .iter()
            .filter(|(key, _)| !key.starts_with("data-") && !Attributes::PLACES.contains(&key.as_str()))
        {
            element.push_attribute((key.as_str(), value.as_str()));
        }
        element
    }
}
