//! The styles of an OpenDocument text: those that its author sees, and those that the word
//! processor made for what was set by hand.

use crate::convert::element::Element;
use crate::convert::flow::Role;
use crate::convert::look::{Look, is_code, role};
use crate::convert::named_style::NamedStyle;
use crate::convert::numbers::written;
use std::collections::BTreeMap;

/// For each level of a list its first number; none for bullets.
type Levels = BTreeMap<usize, Option<u64>>;

/// All styles, by family and name.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: BTreeMap<(String, String), NamedStyle>,
    lists: BTreeMap<String, Levels>,
    usual: Look,
    /// What stands before the headings of each rank: before the number, its format, and behind it.
    outline: BTreeMap<usize, [String; 3]>,
    /// The language of the text.
    pub language: Option<String>,
}

impl Styles {
    /// Adds the styles of `styles.xml` or `content.xml`.
    pub(super) fn add(&mut self, tree: &Element) {
        let mut found = Vec::new();
        let known = ["style:style", "style:default-style", "text:list-style"];
        tree.all(&|element| known.contains(&element.name.as_str()), &mut found);
        if let Some(outline) = tree.find("text:outline-style") {
            self.outline.extend(outline.elements().filter_map(rank));
        }
        for element in found {
            let name = element.get("style:name").unwrap_or("").to_owned();
            let family = element.get("style:family").unwrap_or("").to_owned();
            match element.name.as_str() {
                "text:list-style" => _ = self.lists.insert(name, levels(element)),
                "style:style" => _ = self.all.insert((family, name), style(element)),
                _ if family == "paragraph" => {
                    let usual = style(element);
                    self.language = usual.language;
                    self.usual = usual.look;
                }
                _ => {}
            }
        }
    }

    /// A style of a family, with what it takes from those that it is based on.
    pub(super) fn resolved(&self, family: &str, name: &str) -> NamedStyle {
        let find = |name: &str| self.all.get(&(family.to_owned(), name.to_owned()));
        if find(name).is_none() {
            // a style that only the program knows
            let name = readable(name);
            let (role, is_code) = (role(&name).unwrap_or_default(), is_code(&name));
            return NamedStyle { role, is_code, ..NamedStyle::default() };
        }
        NamedStyle::resolved(name, &find)
    }

    /// The usual size of type, in half points.
    pub(super) fn size(&self) -> u32 {
        let standard = self.resolved("paragraph", "Standard").look.size;
        standard.or(self.usual.size).unwrap_or(24)
    }

    /// The number of a heading as the source shows it; none where headings have none.
    pub(super) fn label(&self, rank: usize, number: u64) -> Option<String> {
        let [before, format, behind] = self.outline.get(&rank)?;
        let label = format!("{before}{}{behind}", written(number, format));
        Some(label.trim().trim_end_matches(['.', ':', ')']).to_owned())
    }

    /// The first number of a level of a list; none for bullets.
    pub(super) fn first_number(&self, list: &str, level: usize) -> Option<u64> {
        self.lists.get(list)?.get(&level).copied().flatten()
    }
}

fn style(element: &Element) -> NamedStyle {
    let name = element.get("style:display-name").or_else(|| element.get("style:name")).unwrap_or("");
    let name = readable(name);
    let (paragraph, words) =
        (element.child("style:paragraph-properties"), element.child("style:text-properties"));
    let said = |key: &str| paragraph.and_then(|properties| properties.get(key));
    let level = element.get("style:default-outline-level").and_then(|level| level.parse::<u8>().ok());
    let by_level = level.filter(|level| (1..=6).contains(level)).map(Role::Heading);
    let is_page =
        |key: &str| said(key).is_some_and(|value| matches!(value, "page" | "even-page" | "odd-page"));
    NamedStyle {
        deeper: 0,
        role: role(&name).or(by_level).unwrap_or_default(),
        look: look_of(words),
        centred: said("fo:text-align") == Some("center"),
        page_break: is_page("fo:break-before")
            || element.get("style:master-page-name").is_some_and(|name| !name.is_empty()),
        is_set_in: ["fo:margin-left", "fo:margin-right"]
            .iter()
            .all(|key| said(key).is_some_and(|v| inches(v) >= SET_IN)),
        indented: said("fo:margin-left").is_some_and(|margin| inches(margin) >= SET_IN),
        above: said("fo:margin-top").map(|margin| twentieths(inches(margin))),
        is_code: is_code(&name),
        language: words.and_then(language_of),
        number: None,
        base: element.get("style:parent-style-name").map(str::to_owned),
    }
}

/// A style's name without the escapes of XML names, in small letters: `Text_20_body`.
fn readable(name: &str) -> String {
    name.replace("_20_", " ").replace('_', " ").to_lowercase()
}

/// What is set in at least, in inches.
const SET_IN: f32 = 0.25;

/// The look that `style:text-properties` gives.
fn look_of(properties: Option<&Element>) -> Look {
    let said = |key: &str| properties.and_then(|properties| properties.get(key));
    let is = |key: &str, no: &[&str]| said(key).map(|value| !no.contains(&value));
    let weight = |value: &str| value.parse::<u32>().map_or(value == "bold", |weight| weight >= 600);
    let raised = |value: &str| {
        let height = value.split_whitespace().next().unwrap_or("0");
        match height {
            "super" => 1,
            "sub" => -1,
            _ => height.trim_end_matches('%').parse::<f32>().map_or(0, |height| {
                if height > 0.0 {
                    1
                } else if height < 0.0 {
                    -1
                } else {
                    0
                }
            }),
        }
    };
    Look {
        bold: said("fo:font-weight").map(weight),
        italic: is("fo:font-style", &["normal", "backslant"]),
        underlined: is("style:text-underline-style", &["none"]),
        small_caps: said("fo:font-variant").map(|value| value == "small-caps"),
        strike: is("style:text-line-through-style", &["none"]),
        capitals: said("fo:text-transform").map(|value| value == "uppercase"),
        hidden: said("text:display").map(|value| value == "none"),
        raised: said("style:text-position").map(raised),
        size: said("fo:font-size")
            .and_then(|size| size.strip_suffix("pt")?.parse::<f32>().ok())
            .map(half_points),
    }
}

/// Inches as twentieths of a point, within what a page can be.
fn twentieths(inches: f32) -> i64 {
    #[allow(clippy::cast_possible_truncation, reason = "it is between 0 and 144,000")]
    let twentieths = (inches.clamp(0.0, 100.0) * 1440.0).round() as i64;
    twentieths
}

/// Points as half points, within what type can be.
fn half_points(points: f32) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 2000")]
    let half = (points.clamp(0.0, 1000.0) * 2.0).round() as u32;
    half
}

/// A language with its country: `en-GB`; none where the words have none.
fn language_of(properties: &Element) -> Option<String> {
    let language = properties.get("fo:language").filter(|tag| !matches!(*tag, "none" | "zxx" | ""))?;
    let country = properties.get("fo:country").filter(|tag| !matches!(*tag, "none" | ""));
    Some(country.map_or_else(|| language.to_owned(), |country| format!("{language}-{country}")))
}

/// A length in inches.
fn inches(length: &str) -> f32 {
    let (number, unit) =
        length.split_at(length.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(length.len()));
    let number = number.trim().parse::<f32>().unwrap_or(0.0);
    match unit {
        "cm" => number / 2.54,
        "mm" => number / 25.4,
        "pt" => number / 72.0,
        _ => number,
    }
}

/// What stands before the headings of a rank, where they have numbers.
fn rank(element: &Element) -> Option<(usize, [String; 3])> {
    let said = |key: &str| element.get(key).unwrap_or("").to_owned();
    let format = said("style:num-format");
    let rank = element.get("text:level")?.parse().ok()?;
    (!format.is_empty()).then(|| (rank, [said("style:num-prefix"), format, said("style:num-suffix")]))
}

fn levels(list: &Element) -> Levels {
    let level = |element: &Element| {
        let number = element.get("text:level").and_then(|level| level.parse::<usize>().ok())?;
        let has_numbers = element.name == "text:list-level-style-number"
            && element.get("style:num-format").is_some_and(|format| !format.is_empty());
        let start = element.get("text:start-value").and_then(|start| start.parse().ok()).unwrap_or(1);
        Some((number.saturating_sub(1), has_numbers.then_some(start)))
    };
    list.elements().filter_map(level).collect()
}
