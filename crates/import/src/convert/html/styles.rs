//! What an element looks like, as far as it means something: italics, bold, small capitals,
//! centred; from its own style, its class, and the rules of the book's style sheets.

use crate::convert::element::Element;
use std::collections::BTreeMap;

/// What a rule says that means something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::convert) struct Look {
    pub italic: bool,
    pub bold: bool,
    pub small_caps: bool,
    pub centred: bool,
    pub hidden: bool,
}

impl Look {
    /// Of declarations such as `font-style: italic; color: red`.
    fn of(declarations: &str) -> Look {
        let mut look = Look::default();
        for declaration in declarations.split(';') {
            let Some((name, value)) = declaration.split_once(':') else { continue };
            let value = value.trim().to_ascii_lowercase();
            match name.trim().to_ascii_lowercase().as_str() {
                "font-style" => look.italic = value.starts_with("italic") || value.starts_with("oblique"),
                "font-weight" => {
                    look.bold = value.starts_with("bold") || value.parse().is_ok_and(|w: u32| w >= 600);
                }
                "font-variant" | "font-variant-caps" => look.small_caps = value.contains("small-caps"),
                "text-align" => look.centred = value.starts_with("cent"),
                "display" => look.hidden = value.starts_with("none"),
                _ => {}
            }
        }
        look
    }

    fn and(self, other: Look) -> Look {
        Look {
            italic: self.italic || other.italic,
            bold: self.bold || other.bold,
            small_caps: self.small_caps || other.small_caps,
            centred: self.centred || other.centred,
            hidden: self.hidden || other.hidden,
        }
    }
}

/// The rules of style sheets for single classes.
#[derive(Clone, Debug, Default)]
pub(in crate::convert) struct Styles {
    /// By `class`, and by `element.class`.
    rules: BTreeMap<String, Look>,
}

impl Styles {
    /// Adds a style sheet.
    pub(crate) fn add(&mut self, sheet: &str) {
        let mut rest = sheet;
        while let Some((selectors, behind)) = rest.split_once('{') {
            let (declarations, next) = behind.split_once('}').unwrap_or((behind, ""));
            let look = Look::of(declarations);
            let selectors = selectors.rsplit("*/").next().unwrap_or(selectors);
            for selector in selectors.split(',').map(str::trim).filter(|_| look != Look::default()) {
                let simple = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
                if selector.matches('.').count() == 1 && selector.chars().all(simple) {
                    let key = selector.trim_start_matches('.').to_owned();
                    let known = self.rules.entry(key).or_default();
                    *known = known.and(look);
                }
            }
            rest = next;
        }
    }

    /// What an element looks like.
    pub(crate) fn look(&self, element: &Element) -> Look {
        let mut look = element.get("style").map(Look::of).unwrap_or_default();
        for class in classes(element) {
            let keys = [class.to_owned(), format!("{}.{class}", element.name)];
            for known in keys.iter().filter_map(|key| self.rules.get(key)) {
                look = look.and(*known);
            }
            match class {
                "smcap" | "smallcaps" | "small-caps" | "sc" => look.small_caps = true,
                "italic" | "italics" | "emphasis" => look.italic = true,
                "bold" | "strong" => look.bold = true,
                "center" | "centre" | "centered" | "tac" => look.centred = true,
                _ => {}
            }
        }
        if element.get("align").is_some_and(|align| align.eq_ignore_ascii_case("center"))
            || element.name == "center"
        {
            look.centred = true;
        }
        if element.get("hidden").is_some() {
            look.hidden = true;
        }
        look
    }
}

/// The classes of an element.
pub(in crate::convert) fn classes(element: &Element) -> impl Iterator<Item = &str> {
    element.get("class").unwrap_or("").split_ascii_whitespace()
}

/// What an element is, in the words of EPUB Structural Semantics or of ARIA.
pub(in crate::convert) fn types(element: &Element) -> impl Iterator<Item = &str> {
    let said = [element.get("epub:type"), element.get("role")].into_iter().flatten();
    said.flat_map(str::split_ascii_whitespace).map(|word| word.strip_prefix("doc-").unwrap_or(word))
}

/// Whether an element is of one of these types, or has such a class.
pub(in crate::convert) fn is_a(element: &Element, names: &[&str]) -> bool {
    types(element).chain(classes(element)).any(|word| names.contains(&word))
}
