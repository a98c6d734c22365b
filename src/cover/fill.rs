//! Sets the book's particulars into an SVG template.
//!
//! A template marks its places with `data-` attributes, which are gone from
//! the result:
//!
//! - `<text data-field="title" …>`: the words of a field, broken into lines.
//!   Fields are `title`, `subtitle`, `contributors`, `publisher`, `blurb` and
//!   `series`. `data-width` is the measure, `data-lines` how many lines there
//!   may be, `data-size` the type size wanted and `data-min-size` the least,
//!   `data-leading` the distance of baselines in type sizes, `data-tracking`
//!   letter-spacing in ems, `data-case="small"` asks for small capitals;
//!   `data-break="first-fit"` fills the lines one after the other instead of making
//!   them even, with more of them where they are smaller; `data-valign` says whether `y` is the first baseline (`top`), the last
//!   (`bottom`) or the middle of the block (`middle`).
//! - `data-after="title" data-gap="90"` on a text or a group: it stands that far
//!   below the last baseline of another field.
//! - `data-side="back"` on a group: what is in it belongs to the back of a wrap;
//!   all else belongs to the front.
//! - `data-if="publisher"` on a group: it is left out when the field is empty.
//!
//! A text whose field is empty is left out as well.

use super::Faces;
use super::lines::{MEASURE_SIZE, Measured, width_of};
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};
use std::collections::BTreeMap;

/// The words that a template may place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Title,
    Subtitle,
    Contributors,
    Publisher,
    Blurb,
    Series,
}

impl Field {
    const ALL: [Field; 6] =
        [Field::Title, Field::Subtitle, Field::Contributors, Field::Publisher, Field::Blurb, Field::Series];

    /// Its name in a template.
    pub fn name(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Subtitle => "subtitle",
            Field::Contributors => "contributors",
            Field::Publisher => "publisher",
            Field::Blurb => "blurb",
            Field::Series => "series",
        }
    }

    fn find(name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// The words by field; a line break in them is kept.
#[derive(Clone, Debug, Default)]
pub struct Fields(BTreeMap<Field, String>);

impl Fields {
    pub fn set(&mut self, field: Field, words: &str) {
        self.0.insert(field, words.trim().to_owned());
    }

    pub fn get(&self, field: Field) -> &str {
        self.0.get(&field).map_or("", String::as_str)
    }
}

/// A template with its words.
#[derive(Debug)]
pub struct Filled {
    pub svg: String,
    /// Fields that don't fit as the template wants.
    pub tight: Vec<Field>,
}

/// Which side of the cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Front,
    Back,
}

/// Sets the words of one side. An unusable template gives the reason, to go
/// after "the cover template".
pub fn fill(template: &str, side: Side, fields: &Fields, faces: &Faces) -> Result<Filled, String> {
    let baselines = BTreeMap::new();
    let mut filler =
        Filler { side, fields, faces, baselines, tight: Vec::new(), out: Writer::new(Vec::new()) };
    filler.run(template)?;
    let svg = String::from_utf8(filler.out.into_inner()).map_err(|_| "is not UTF-8".to_owned())?;
    Ok(Filled { svg, tight: filler.tight })
}

struct Filler<'a> {
    side: Side,
    fields: &'a Fields,
    faces: &'a Faces,
    /// The last baseline of each field set so far.
    baselines: BTreeMap<Field, f64>,
    tight: Vec<Field>,
    out: Writer<Vec<u8>>,
}

impl Filler<'_> {
    fn run(&mut self, template: &str) -> Result<(), String> {
        let broken = |e: quick_xml::Error| format!("is not well-formed: {e}");
        let mut reader = Reader::from_str(template);
        reader.config_mut().expand_empty_elements = true;
        let mut depth = 0;
        loop {
            match reader.read_event().map_err(broken)? {
                Event::Eof if depth > 0 => return Err("is not well-formed: it ends too soon".to_owned()),
                Event::Eof => return Ok(()),
                Event::Start(element) => {
                    let attributes = Attributes::read(&element)?;
                    if self.elsewhere(depth, &element, &attributes) || !self.start(&element, &attributes)? {
                        reader.read_to_end(element.name()).map_err(broken)?;
                    } else {
                        depth += 1;
                    }
                }
                event => {
                    depth -= usize::from(depth > 0 && matches!(event, Event::End(_)));
                    self.put(event)?;
                }
            }
        }
    }

    /// Whether an element belongs to the other side.
    fn elsewhere(&self, depth: usize, element: &BytesStart<'_>, attributes: &Attributes) -> bool {
        let back = attributes.get("data-side") == Some("back");
        match self.side {
            Side::Front => back,
            Side::Back => depth == 1 && !back && element.name().as_ref() != "defs",
        }
    }

    /// Writes an element's start; false when all that is in it is to be skipped.
    fn start(&mut self, element: &BytesStart<'_>, attributes: &Attributes) -> Result<bool, String> {
        if let Some(name) = attributes.get("data-field") {
            let field =
                Field::find(name).ok_or_else(|| format!("names an unknown field \u{201c}{name}\u{201d}"))?;
            self.text(field, attributes)?;
            return Ok(false);
        }
        let wanted = attributes.get("data-if").and_then(Field::find);
        if wanted.is_some_and(|field| self.fields.get(field).is_empty()) {
            return Ok(false);
        }
        match self.below(attributes)? {
            Some(y) => {
                let mut moved = attributes.plain("g");
                moved.push_attribute(("transform", format!("translate(0 {y})").as_str()));
                self.put(Event::Start(moved))?;
            }
            None => self.put(Event::Start(element.borrow()))?,
        }
        Ok(true)
    }

    /// Where an element that stands below a field begins.
    fn below(&self, attributes: &Attributes) -> Result<Option<f64>, String> {
        let Some(name) = attributes.get("data-after") else { return Ok(None) };
        let gap = attributes.number("data-gap")?.unwrap_or(0.0);
        let above = Field::find(name).and_then(|field| self.baselines.get(&field));
        Ok(above.map(|y| y + gap))
    }

    fn text(&mut self, field: Field, attributes: &Attributes) -> Result<(), String> {
        let words = self.fields.get(field);
        if words.is_empty() {
            return Ok(());
        }
        let spec = Spec::read(attributes)?;
        let block = spec.set(words, attributes, self.faces)?;
        if block.tight {
            self.tight.push(field);
        }
        let start = self.below(attributes)?.unwrap_or(spec.first_baseline(&block));
        let leading = spec.leading * block.size;
        let last = start + leading * (block.lines.len() - 1) as f64;
        self.baselines.insert(field, last);
        self.write_lines(&block, attributes, &spec, start)
    }

    fn write_lines(
        &mut self,
        block: &Block,
        attributes: &Attributes,
        spec: &Spec,
        start: f64,
    ) -> Result<(), String> {
        let mut text = attributes.plain("text");
        spec.dress(&mut text, block.size);
        self.put(Event::Start(text))?;
        for (number, line) in block.lines.iter().enumerate() {
            let y = start + spec.leading * block.size * number as f64;
            let mut tspan = BytesStart::new("tspan");
            tspan.push_attribute(("x", format!("{:.1}", spec.x).as_str()));
            tspan.push_attribute(("y", format!("{y:.1}").as_str()));
            self.put(Event::Start(tspan))?;
            self.put(Event::Text(BytesText::new(line)))?;
            self.put(Event::End(BytesEnd::new("tspan")))?;
        }
        self.put(Event::End(BytesEnd::new("text")))
    }

    fn put(&mut self, event: Event<'_>) -> Result<(), String> {
        self.out.write_event(event).map_err(|e| format!("could not be written: {e}"))
    }
}

/// An element's attributes with their entities resolved.
struct Attributes(Vec<(String, String)>);

impl Attributes {
    fn read(element: &BytesStart<'_>) -> Result<Attributes, String> {
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

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn number(&self, name: &str) -> Result<Option<f64>, String> {
        let Some(text) = self.get(name) else { return Ok(None) };
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Some(number)),
            _ => Err(format!("has {name}=\u{201c}{text}\u{201d}, which is not a number")),
        }
    }

    /// An element with those attributes that SVG knows.
    fn plain(&self, name: &str) -> BytesStart<'static> {
        let mut element = BytesStart::new(name.to_owned());
        for (key, value) in
            self.0.iter().filter(|(key, _)| !key.starts_with("data-") && key != "x" && key != "y")
        {
            element.push_attribute((key.as_str(), value.as_str()));
        }
        element
    }
}

/// How a field is to be set.
struct Spec {
    x: f64,
    y: f64,
    width: f64,
    lines: usize,
    size: f64,
    min_size: f64,
    leading: f64,
    tracking: f64,
    small_caps: bool,
    first_fit: bool,
    valign: Valign,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Valign {
    Top,
    Middle,
    Bottom,
}

/// A field's words in lines.
struct Block {
    lines: Vec<String>,
    size: f64,
    tight: bool,
}

/// Sizes are tried in steps of this ratio.
const STEP: f64 = 0.97;

impl Spec {
    fn read(attributes: &Attributes) -> Result<Spec, String> {
        let number = |name: &str, or: f64| Ok::<_, String>(attributes.number(name)?.unwrap_or(or));
        let size = number("data-size", 80.0)?.max(1.0);
        Ok(Spec {
            x: number("x", 0.0)?,
            y: number("y", 0.0)?,
            width: number("data-width", 1200.0)?.max(1.0),
            lines: (number("data-lines", 1.0)?.max(1.0)) as usize,
            size,
            min_size: number("data-min-size", size)?.clamp(1.0, size),
            leading: number("data-leading", 1.2)?,
            tracking: number("data-tracking", 0.0)?,
            small_caps: attributes.get("data-case") == Some("small"),
            first_fit: attributes.get("data-break") == Some("first-fit"),
            valign: match attributes.get("data-valign") {
                Some("middle") => Valign::Middle,
                Some("bottom") => Valign::Bottom,
                _ => Valign::Top,
            },
        })
    }

    fn dress(&self, text: &mut BytesStart<'_>, size: f64) {
        text.push_attribute(("font-size", format!("{size:.2}").as_str()));
        if self.small_caps {
            text.push_attribute(("font-variant", "small-caps"));
        }
        if self.tracking != 0.0 {
            text.push_attribute(("letter-spacing", format!("{:.3}", self.tracking * size).as_str()));
        }
    }

    fn first_baseline(&self, block: &Block) -> f64 {
        let depth = self.leading * block.size * (block.lines.len() - 1) as f64;
        match self.valign {
            Valign::Top => self.y,
            Valign::Bottom => self.y - depth,
            // the middle of the capitals' height, not of the baselines
            Valign::Middle => self.y - depth / 2.0 + 0.32 * block.size,
        }
    }

    /// Breaks the words at the largest size at which they fit.
    fn set(&self, words: &str, attributes: &Attributes, faces: &Faces) -> Result<Block, String> {
        let paragraphs = self.measure(words, attributes, faces)?;
        let mut size = self.size;
        loop {
            let measure = self.width / size;
            let broken =
                |p: &Measured| if self.first_fit { p.first_fit(measure) } else { p.balanced(measure) };
            let lines: Vec<String> = paragraphs.iter().flat_map(broken).collect();
            let wide = paragraphs.iter().any(|p| p.widest() > measure);
            if lines.len() <= self.most_lines(size) && !wide {
                return Ok(Block { lines, size, tight: size < self.min_size });
            }
            if size * STEP < self.min_size / 2.0 {
                return Ok(Block { lines, size, tight: true });
            }
            size *= STEP;
        }
    }

    /// How many lines there may be: a text that runs on may fill the room of
    /// its lines with more of them when they are smaller.
    fn most_lines(&self, size: f64) -> usize {
        let fit = |lines: usize| 1 + ((lines - 1) as f64 * self.size / size) as usize;
        if self.first_fit { fit(self.lines) } else { self.lines }
    }

    /// The widths of all words, in ems.
    fn measure(&self, words: &str, attributes: &Attributes, faces: &Faces) -> Result<Vec<Measured>, String> {
        let options = faces.options();
        let width = |text: &str| {
            let mut element = attributes.plain("text");
            self.dress(&mut element, MEASURE_SIZE);
            width_of(element, text, &options).map(|w| w / MEASURE_SIZE)
        };
        let space = width("n n")? - width("nn")?;
        let paragraph = |line: &str| {
            let words = line.split_whitespace().map(|word| Ok((word.to_owned(), width(word)?)));
            Ok(Measured { words: words.collect::<Result<_, String>>()?, space })
        };
        words.lines().filter(|line| !line.trim().is_empty()).map(paragraph).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::Library;
    use resvg::usvg;

    fn filled(template: &str, title: &str) -> Result<Filled, String> {
        let mut fields = Fields::default();
        fields.set(Field::Title, title);
        let svg =
            format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 2560">{template}</svg>"#);
        fill(&svg, Side::Front, &fields, &Faces::new(&Library::built_in()))
    }

    const TITLE: &str = r#"<text data-field="title" data-width="1000" data-lines="3" data-size="200" data-min-size="100"
        x="800" y="600" text-anchor="middle" font-family="Libertinus Serif">x</text>"#;

    #[test]
    fn a_title_is_broken_evenly() {
        let svg = filled(TITLE, "On the Question of Margins").expect("a good template").svg;
        assert!(svg.contains(">On the<") || svg.contains(">On the Question<"), "{svg}");
        assert!(!svg.contains("data-"));
    }

    #[test]
    fn a_long_title_shrinks_and_says_so_below_the_least_size() {
        let short = filled(TITLE, "Margins").expect("a good template");
        assert!(short.svg.contains(r#"font-size="200.00""#) && short.tight.is_empty());
        let long = "A very long title ".repeat(20);
        assert_eq!(filled(TITLE, &long).expect("a good template").tight, vec![Field::Title]);
    }

    #[test]
    fn empty_fields_take_their_groups_along() {
        let svg = filled(
            r#"<g data-if="publisher"><path d="M0 0h1"/></g><text data-field="subtitle">x</text>"#,
            "T",
        );
        assert!(!svg.expect("a good template").svg.contains("path"));
    }

    #[test]
    fn a_group_follows_the_title() {
        let svg =
            filled(&format!(r#"{TITLE}<g data-after="title" data-gap="50"><path d="M0 0h1"/></g>"#), "T");
        assert!(svg.expect("a good template").svg.contains("translate(0 650)"));
    }

    #[test]
    fn markup_in_a_title_is_only_words() {
        let svg = filled(TITLE, "A < B & C").expect("a good template").svg;
        assert!(
            svg.contains("A &lt; B &amp; C") && usvg::Tree::from_str(&svg, &usvg::Options::default()).is_ok()
        );
    }

    #[test]
    fn a_bad_template_is_refused() {
        for bad in
            [r#"<text data-field="colour">x</text>"#, r#"<text data-field="title" x="left">x</text>"#, "<g>"]
        {
            assert!(filled(bad, "T").is_err(), "{bad}");
        }
    }
}
