//! A drawing that was judged: elements and attributes that are on the list, and
//! how they are written.

use quick_xml::escape::escape;
use std::collections::{BTreeMap, BTreeSet};

/// An element's place in [`Document::elements`].
pub(super) type Id = usize;

/// A drawing. Elements stand in the order in which they begin; the first is the root.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) elements: Vec<Element>,
    /// The elements by the ids that the author gave them.
    pub(super) ids: BTreeMap<String, Id>,
}

/// An element.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: &'static str,
    pub(super) parent: Option<Id>,
    /// Attributes in their order, without escapes.
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Child>,
}

/// What an element holds.
#[derive(Debug)]
pub(super) enum Child {
    Element(Id),
    Words(String),
}

/// Attributes that refer to another element.
pub(super) const LINKS: [&str; 2] = ["href", "xlink:href"];

impl Element {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The place that it refers to: what stands behind the `#`.
    pub(super) fn link(&self) -> Option<&str> {
        LINKS.iter().find_map(|name| self.get(name))?.strip_prefix('#')
    }

    /// All words directly in it.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.children.iter().filter_map(|child| match child {
            Child::Words(words) => Some(words.as_str()),
            Child::Element(_) => None,
        })
    }
}

impl Document {
    /// Gives every element the name under which XML and EPUB take it, and takes away
    /// links that lead nowhere. Of two elements of the same id the first has it.
    pub(super) fn settle_ids(&mut self) {
        let mut taken: BTreeSet<String> = self.ids.keys().filter(|id| is_name(id)).cloned().collect();
        let mut names = BTreeMap::new();
        for id in self.ids.keys() {
            let name = if is_name(id) { id.clone() } else { fresh(id, &mut taken) };
            names.insert(id.clone(), name);
        }
        for (place, element) in self.elements.iter_mut().enumerate() {
            let ids = &self.ids;
            element.attributes.retain_mut(|(key, value)| {
                if key == "id" {
                    let own = ids.get(value) == Some(&place);
                    renamed(value, &names);
                    return own;
                }
                if LINKS.contains(&key.as_str()) && value.starts_with('#') {
                    let mut id = value[1..].to_owned();
                    let known = renamed(&mut id, &names);
                    *value = format!("#{id}");
                    return known;
                }
                rename_places(value, &names);
                true
            });
            if element.name == "style" {
                element.children.iter_mut().for_each(|child| {
                    if let Child::Words(words) = child {
                        rename_places(words, &names);
                    }
                });
            }
        }
        let ids = std::mem::take(&mut self.ids);
        self.ids = ids.into_iter().filter_map(|(id, place)| Some((names.get(&id)?.clone(), place))).collect();
    }

    /// The drawing as a file. `with_data`: with the marks of a cover's template.
    pub(super) fn write(&self, with_data: bool) -> String {
        let mut out = String::new();
        if !self.elements.is_empty() {
            self.write_element(0, with_data, &mut out);
        }
        out
    }

    /// As deep as [`crate::bounds::DRAWING_LEVELS`] lets a drawing be.
    fn write_element(&self, id: Id, with_data: bool, out: &mut String) {
        let element = &self.elements[id];
        out.push('<');
        out.push_str(element.name);
        if id == 0 {
            out.push_str(" xmlns=\"http://www.w3.org/2000/svg\"");
            if self.elements.iter().any(|element| element.get("xlink:href").is_some()) {
                out.push_str(" xmlns:xlink=\"http://www.w3.org/1999/xlink\"");
            }
        }
        for (key, value) in
            element.attributes.iter().filter(|(key, _)| with_data || !key.starts_with("data-"))
        {
            out.push_str(&format!(" {key}=\"{}\"", in_attribute(value)));
        }
        if element.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for child in &element.children {
            match child {
                Child::Element(child) => self.write_element(*child, with_data, out),
                Child::Words(words) => out.push_str(&quick_xml::escape::partial_escape(words.as_str())),
            }
        }
        out.push_str(&format!("</{}>", element.name));
    }
}

/// The value with line ends as references, which XML would take for spaces.
fn in_attribute(value: &str) -> String {
    let value = escape(value);
    if value.contains(['\n', '\t']) {
        value.replace('\n', "&#10;").replace('\t', "&#9;")
    } else {
        value.into()
    }
}

/// Whether it may be an id: a name without colons, in the letters that programs use.
fn is_name(id: &str) -> bool {
    id.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// A name that nobody has, near to the one that cannot be.
fn fresh(id: &str, taken: &mut BTreeSet<String>) -> String {
    let safe = |c: char| if c.is_alphanumeric() || matches!(c, '_' | '-' | '.') { c } else { '_' };
    let base: String = std::iter::once('_').chain(id.chars().take(40).map(safe)).collect();
    // as many are taken as there were names before it, so the number is new mostly
    let mut number = taken.len();
    let mut name = base.clone();
    while !taken.insert(name.clone()) {
        name = format!("{base}-{number}");
        number += 1;
    }
    name
}

/// Gives an id its new name; whether there is such an id.
fn renamed(id: &mut String, names: &BTreeMap<String, String>) -> bool {
    match names.get(id.as_str()) {
        Some(name) => {
            id.clone_from(name);
            true
        }
        None => false,
    }
}

/// Renames the places of `url(#id)`, as the judge of style sheets writes it.
fn rename_places(value: &mut String, names: &BTreeMap<String, String>) {
    const PLACE: &str = "url(#";
    if !value.contains(PLACE) {
        return;
    }
    let mut parts = value.split(PLACE);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (id, rest) = part.split_once(')').unwrap_or((part, ""));
        let name = names.get(id).map_or(id, String::as_str);
        out.push_str(&format!("{PLACE}{name}){rest}"));
    }
    *value = out;
}
