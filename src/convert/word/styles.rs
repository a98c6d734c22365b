//! The styles of a Word file: what each says that a paragraph or its words are.

use crate::convert::element::Element;
use crate::convert::flow::Role;
use std::collections::BTreeMap;

/// What a style or the words themselves say of their look; `None` where they say nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub small_caps: Option<bool>,
    pub strike: Option<bool>,
    pub hidden: Option<bool>,
    pub raised: Option<i8>,
    /// In half points.
    pub size: Option<u32>,
}

impl Look {
    /// From `w:rPr`.
    pub fn of(properties: Option<&Element>) -> Look {
        let Some(properties) = properties else { return Look::default() };
        let on = |name: &str| {
            properties
                .child(name)
                .map(|element| !matches!(val(element), Some("0" | "false" | "off" | "none")))
        };
        let raised = properties.child("w:vertAlign").and_then(val).map(|word| match word {
            "superscript" => 1,
            "subscript" => -1,
            _ => 0,
        });
        Look {
            bold: on("w:b"),
            italic: on("w:i").or_else(|| on("w:u").filter(|underlined| *underlined)),
            small_caps: on("w:smallCaps"),
            strike: on("w:strike").or_else(|| on("w:dstrike")),
            hidden: on("w:vanish"),
            raised,
            size: properties.child("w:sz").and_then(val).and_then(|size| size.parse().ok()),
        }
    }

    /// What is said here, or else there.
    pub fn or(self, other: Look) -> Look {
        Look {
            bold: self.bold.or(other.bold),
            italic: self.italic.or(other.italic),
            small_caps: self.small_caps.or(other.small_caps),
            strike: self.strike.or(other.strike),
            hidden: self.hidden.or(other.hidden),
            raised: self.raised.or(other.raised),
            size: self.size.or(other.size),
        }
    }
}

/// The value of a property.
pub(super) fn val(element: &Element) -> Option<&str> {
    element.get("w:val")
}

/// A style.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    pub role: Role,
    pub look: Look,
    pub centred: bool,
    pub page_break: bool,
    /// List and level.
    pub number: Option<(String, usize)>,
    is_code: bool,
    base: Option<String>,
}

/// All styles, by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: BTreeMap<String, Style>,
    /// The language of the text, when the file says so.
    pub language: Option<String>,
    /// The usual size, in half points.
    pub size: u32,
    default: String,
}

impl Styles {
    /// From `styles.xml`.
    pub fn read(tree: &Element) -> Styles {
        let mut styles = Styles { size: 22, ..Styles::default() };
        let Some(root) = tree.child("w:styles") else { return styles };
        let defaults =
            root.child("w:docDefaults").and_then(|d| d.child("w:rPrDefault")).and_then(|d| d.child("w:rPr"));
        styles.language = defaults.and_then(|d| d.child("w:lang")).and_then(val).map(str::to_owned);
        styles.size = Look::of(defaults).size.unwrap_or(styles.size);
        for style in root.elements().filter(|element| element.name == "w:style") {
            let Some(id) = style.get("w:styleId") else { continue };
            let name = style.child("w:name").and_then(val).unwrap_or(id).to_lowercase();
            let paragraph = style.child("w:pPr");
            let outline = paragraph
                .and_then(|p| p.child("w:outlineLvl"))
                .and_then(val)
                .and_then(|level| level.parse::<u8>().ok());
            let by_outline = outline.filter(|level| *level < 6).map(|level| Role::Heading(level + 1));
            let role = role(&name).or(by_outline.filter(|_| !name.starts_with("toc"))).unwrap_or_default();
            if style.get("w:default") == Some("1") && style.get("w:type") == Some("paragraph") {
                id.clone_into(&mut styles.default);
            }
            styles.all.insert(
                id.to_owned(),
                Style {
                    role,
                    look: Look::of(style.child("w:rPr")),
                    centred: paragraph.is_some_and(is_centred),
                    page_break: paragraph
                        .and_then(|p| p.child("w:pageBreakBefore"))
                        .is_some_and(|e| val(e) != Some("0")),
                    number: paragraph.and_then(numbering),
                    is_code: matches!(
                        name.as_str(),
                        "verbatim char" | "html code" | "source text" | "html typewriter"
                    ) || name.ends_with(" tok"),
                    base: style.child("w:basedOn").and_then(val).map(str::to_owned),
                },
            );
        }
        let usual = styles.resolved(&styles.default.clone());
        styles.size = usual.look.size.unwrap_or(styles.size);
        styles
    }

    /// A style with what it takes from those that it is based on.
    pub fn resolved(&self, id: &str) -> Style {
        let mut found = Style::default();
        let mut next = Some(id.to_owned());
        // a circle of styles ends with the count
        for _ in 0..12 {
            let Some(style) = next.and_then(|id| self.all.get(&id)) else { break };
            if found.role == Role::Body {
                found.role = style.role;
            }
            found.look = found.look.or(style.look);
            found.centred |= style.centred;
            found.page_break |= style.page_break;
            found.is_code |= style.is_code;
            found.number = found.number.or_else(|| style.number.clone());
            next = style.base.clone();
        }
        found
    }

    /// Whether a character style is that of code.
    pub fn is_code(&self, id: &str) -> bool {
        self.resolved(id).is_code
    }

    /// What paragraphs of no style look like.
    pub fn usual(&self) -> Style {
        self.resolved(&self.default)
    }
}

/// What the name of a style says, in English, in which Word files keep built-in names.
fn role(name: &str) -> Option<Role> {
    if let Some(level) = name.strip_prefix("heading ").and_then(|n| n.trim().parse::<u8>().ok()) {
        return Some(Role::Heading(level.clamp(1, 6)));
    }
    let is = |words: &[&str]| words.contains(&name);
    let starts = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
    match () {
        () if is(&["title"]) => Some(Role::Title),
        () if is(&["subtitle"]) => Some(Role::Subtitle),
        () if is(&["author", "date"]) => Some(Role::Author),
        () if is(&["chapter title", "chapter heading", "chapter"]) => Some(Role::Heading(1)),
        () if starts(&["toc ", "contents ", "table of contents", "table of figures", "index heading"])
            || is(&["toc heading"]) =>
        {
            Some(Role::Contents)
        }
        () if is(&[
            "quote",
            "intense quote",
            "block text",
            "block quotation",
            "quotations",
            "block quote",
            "extract",
        ]) =>
        {
            Some(Role::Quote)
        }
        () if starts(&["verse", "poem", "poetry", "line block", "lyrics"]) => Some(Role::Verse),
        () if is(&[
            "source code",
            "html preformatted",
            "preformatted text",
            "plain text",
            "code",
            "code block",
            "macro text",
        ]) =>
        {
            Some(Role::Code)
        }
        () if is(&["caption", "image caption", "table caption", "illustration", "figure", "table"]) => {
            Some(Role::Caption)
        }
        () => None,
    }
}

/// The list and the level that `w:pPr` names.
pub(super) fn numbering(properties: &Element) -> Option<(String, usize)> {
    let number = properties.child("w:numPr")?;
    let list = number.child("w:numId").and_then(val)?;
    let level = number.child("w:ilvl").and_then(val).and_then(|level| level.parse().ok()).unwrap_or(0);
    Some((list.to_owned(), level))
}

/// Whether `w:pPr` sets its paragraph in the middle.
pub(super) fn is_centred(properties: &Element) -> bool {
    properties.child("w:jc").and_then(val) == Some("center")
}
