//! The styles of a Word file: what each says that a paragraph or its words are.

use crate::convert::element::Element;
use crate::convert::flow::Role;
use crate::convert::look::{Look, is_code, role};
use crate::convert::named_style::NamedStyle;
use std::collections::BTreeMap;

/// The value of a property.
pub(super) fn val(element: &Element) -> Option<&str> {
    element.get("w:val")
}

/// The look that `w:rPr` gives.
pub(super) fn look_of(properties: Option<&Element>) -> Look {
    let Some(properties) = properties else { return Look::default() };
    let on = |name: &str| {
        properties.child(name).map(|element| !matches!(val(element), Some("0" | "false" | "off" | "none")))
    };
    let raised = properties.child("w:vertAlign").and_then(val).map(|word| match word {
        "superscript" => 1,
        "subscript" => -1,
        _ => 0,
    });
    Look {
        bold: on("w:b"),
        italic: on("w:i"),
        underlined: on("w:u"),
        small_caps: on("w:smallCaps"),
        strike: on("w:strike").or_else(|| on("w:dstrike")),
        hidden: on("w:vanish"),
        capitals: on("w:caps"),
        raised,
        size: properties.child("w:sz").and_then(val).and_then(|size| size.parse().ok()),
    }
}

/// Whether letters are raised or lowered by hand, as LibreOffice writes it: shifted, and smaller than `usual`.
pub(super) fn shifted(properties: Option<&Element>, usual: u32) -> Option<i8> {
    let properties = properties?;
    let size: u32 = properties.child("w:sz").and_then(val).and_then(|size| size.parse().ok())?;
    let shift: i8 = properties.child("w:position").and_then(val).and_then(|shift| shift.parse().ok())?;
    (size < usual).then(|| shift.signum())
}

/// All styles, by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: BTreeMap<String, NamedStyle>,
    /// The language of the text, when the file says so.
    pub language: Option<String>,
    /// The usual size, in half points.
    pub size: u32,
    default: String,
}

impl Styles {
    /// Those of a file that has none: Word sets eleven points.
    pub(super) fn none() -> Styles {
        Styles { size: 22, ..Styles::default() }
    }

    /// From `styles.xml`.
    pub(super) fn read(tree: &Element) -> Styles {
        let mut styles = Styles::none();
        let Some(root) = tree.child("w:styles") else { return styles };
        let defaults =
            root.child("w:docDefaults").and_then(|d| d.child("w:rPrDefault")).and_then(|d| d.child("w:rPr"));
        styles.language = defaults.and_then(|d| d.child("w:lang")).and_then(val).map(str::to_owned);
        styles.size = look_of(defaults).size.unwrap_or(styles.size);
        for style in root.elements().filter(|element| element.name == "w:style") {
            let Some(id) = style.get("w:styleId") else { continue };
            let name = style.child("w:name").and_then(val).unwrap_or(id).to_lowercase();
            let paragraph = style.child("w:pPr");
            let by_outline = paragraph.and_then(outline).map(Role::Heading);
            let role = role(&name).or(by_outline.filter(|_| !name.starts_with("toc"))).unwrap_or_default();
            if style.get("w:default") == Some("1") && style.get("w:type") == Some("paragraph") {
                id.clone_into(&mut styles.default);
            }
            styles.all.insert(
                id.to_owned(),
                NamedStyle {
                    role,
                    look: look_of(style.child("w:rPr")),
                    centred: paragraph.is_some_and(is_centred),
                    page_break: paragraph
                        .and_then(|p| p.child("w:pageBreakBefore"))
                        .is_some_and(|e| val(e) != Some("0")),
                    number: paragraph.and_then(numbering),
                    deeper: deeper(&name),
                    above: paragraph.and_then(space_above),
                    is_code: is_code(&name),
                    base: style.child("w:basedOn").and_then(val).map(str::to_owned),
                    ..NamedStyle::default()
                },
            );
        }
        let usual = styles.resolved(&styles.default.clone());
        styles.size = usual.look.size.unwrap_or(styles.size);
        styles
    }

    /// A style with what it takes from those that it is based on.
    pub(super) fn resolved(&self, id: &str) -> NamedStyle {
        NamedStyle::resolved(id, &|id| self.all.get(id))
    }

    /// Whether a character style is that of code.
    pub(super) fn is_code(&self, id: &str) -> bool {
        self.resolved(id).is_code
    }

    /// What paragraphs of no style look like.
    pub(super) fn usual(&self) -> NamedStyle {
        self.resolved(&self.default)
    }
}

/// The level of a paragraph that is a heading without a style of one.
pub(super) fn outline(properties: &Element) -> Option<u8> {
    let level = properties.child("w:outlineLvl").and_then(val)?.parse::<u8>().ok()?;
    (level < 6).then(|| level + 1)
}

/// How many levels an item of one of Word's own styles stands below those of `List Bullet` and `List Number`.
fn deeper(name: &str) -> usize {
    let number = ["list bullet ", "list number "].iter().find_map(|own| name.strip_prefix(own));
    number
        .and_then(|number| number.parse::<usize>().ok())
        .filter(|n| (2..=5).contains(n))
        .map_or(0, |n| n - 1)
}

/// The list and the level that `w:pPr` names.
pub(super) fn numbering(properties: &Element) -> Option<(String, usize)> {
    let number = properties.child("w:numPr")?;
    let list = number.child("w:numId").and_then(val)?;
    let level = number.child("w:ilvl").and_then(val).and_then(|level| level.parse().ok()).unwrap_or(0);
    Some((list.to_owned(), level))
}

/// The white space above a paragraph.
pub(super) fn space_above(properties: &Element) -> Option<i64> {
    properties.child("w:spacing")?.get("w:before")?.parse().ok()
}

/// Whether `w:pPr` sets its paragraph in the middle.
pub(super) fn is_centred(properties: &Element) -> bool {
    properties.child("w:jc").and_then(val) == Some("center")
}
