//! Sets the book's particulars into an SVG template.
//!
//! A template marks its places with `data-` attributes, which are gone from
//! the result:
//!
//! - `<text data-field="title" …>`: the words of a field, broken into lines.
//!   Fields are `title`, `subtitle`, `contributors`, `publisher`, `blurb`,
//!   `series`, `front-flap` and `back-flap`. `data-width` is the measure, `data-lines` how many lines there
//!   may be, `data-size` the type size wanted and `data-min-size` the least,
//!   `data-leading` the distance of baselines in type sizes, `data-tracking`
//!   letter-spacing in ems, `data-case="small"` asks for small capitals;
//!   `data-break="first-fit"` fills the lines one after the other instead of making
//!   them even, and parts its paragraphs; `data-valign` says whether `y` is the first baseline (`top`), the last
//!   (`bottom`) or the middle of the block (`middle`). Smaller lines may be more: a field
//!   keeps its height. In a book that is read from right to left, what begins so far from the
//!   left edge begins as far from the right one.
//! - `data-after="title" data-gap="90"` on a text or a group: it stands that far
//!   below the last baseline of another field, and its words are set clearly smaller.
//! - `data-side="back"` on a group: what is in it belongs to the back of a wrap;
//!   all else belongs to the front.
//! - `data-mirror="rtl"` on a drawing: in a book that is read from right to left it
//!   is turned round, since the front then lies on the left of the spine.
//! - `data-if="publisher"` on a group: it is left out when the field is empty.
//! - `data-clear="1398 1572"` on a drawing: words keep out of what lies between those heights,
//!   which are counted from the field below which it stands, if it does.
//!
//! A text whose field is empty is left out as well.

use super::Faces;
use super::attributes::Attributes;
use super::crowding::{Sizes, Stand};
use super::fields::{Field, Fields};
use super::room::{Block, Room, Spec, VIEW_WIDTH};
use crate::reason::Reason;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};
use std::collections::BTreeMap;

/// A template with its words.
#[derive(Debug)]
pub(super) struct Filled {
    pub svg: String,
    /// Fields that don't fit as the template wants.
    pub tight: Vec<Field>,
}

/// Which side of the cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Front,
    Back,
}

/// Sets the words of one side as large as they may be and clear of each other, what runs on
/// above `foot`, where something else stands. An unusable template gives the reason, to go
/// after "the cover template".
pub(super) fn fill(
    template: &str,
    side: Side,
    fields: &Fields,
    faces: &Faces,
    foot: Option<f64>,
) -> Result<Filled, Reason> {
    let mut sizes = Sizes::default();
    let (out, tight) = loop {
        let (placed, out) = (BTreeMap::new(), Writer::new(Vec::new()));
        let (stands, tight) = (Vec::new(), Vec::new());
        let mut filler = Filler { side, fields, faces, foot, sizes: &sizes, placed, stands, tight, out };
        filler.run(template)?;
        let Filler { stands, tight, out, .. } = filler;
        if !sizes.give_way(&stands) {
            break (out, tight);
        }
    };
    let svg = String::from_utf8(out.into_inner()).map_err(|_| "is not UTF-8".to_owned())?;
    Ok(Filled { svg, tight })
}

struct Filler<'a> {
    side: Side,
    fields: &'a Fields,
    faces: &'a Faces,
    /// Below which nothing may run.
    foot: Option<f64>,
    /// How large each field may be.
    sizes: &'a Sizes,
    /// The last baseline and the type size of each field set so far.
    placed: BTreeMap<Field, (f64, f64)>,
    stands: Vec<Stand>,
    tight: Vec<Field>,
    out: Writer<Vec<u8>>,
}

impl Filler<'_> {
    fn run(&mut self, template: &str) -> Result<(), Reason> {
        let broken = |e: quick_xml::Error| format!("is not well-formed: {e}");
        let mut reader = Reader::from_str(template);
        reader.config_mut().expand_empty_elements = true;
        let mut depth = 0;
        loop {
            match reader.read_event().map_err(broken)? {
                Event::Eof if depth > 0 => return Err("is not well-formed: it ends too soon".into()),
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
    fn start(&mut self, element: &BytesStart<'_>, attributes: &Attributes) -> Result<bool, Reason> {
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
        let below = self.below(attributes)?;
        self.clear(attributes, below.map_or(0.0, |(y, _)| y))?;
        let mirrored = attributes.get("data-mirror") == Some("rtl") && self.fields.lang.is_rtl();
        let moved = match below {
            Some((y, _)) => Some(format!("translate(0 {y})")),
            None if mirrored => {
                let own = attributes.get("transform").unwrap_or_default();
                Some(format!("translate({VIEW_WIDTH} 0) scale(-1 1) {own}"))
            }
            None => None,
        };
        let started = match moved {
            Some(transform) => attributes.transformed(element.name().as_ref(), &transform),
            None => element.borrow(),
        };
        self.put(Event::Start(started))?;
        Ok(true)
    }

    /// Notes what a drawing, moved so far down, has to itself.
    fn clear(&mut self, attributes: &Attributes, y: f64) -> Result<(), Reason> {
        let Some(heights) = attributes.get("data-clear") else { return Ok(()) };
        let numbers: Vec<f64> = heights.split(' ').filter_map(|number| number.parse().ok()).collect();
        let [top, bottom] = numbers[..] else {
            return Err(format!("has data-clear=\u{201c}{heights}\u{201d}, which is not two numbers").into());
        };
        self.stands.push(Stand::drawing(y + top, y + bottom));
        Ok(())
    }

    /// Where an element that stands below a field begins, and the field's size.
    fn below(&self, attributes: &Attributes) -> Result<Option<(f64, f64)>, Reason> {
        let Some(name) = attributes.get("data-after") else { return Ok(None) };
        let gap = attributes.number("data-gap")?.unwrap_or(0.0);
        let above = Field::find(name).and_then(|field| self.placed.get(&field));
        Ok(above.map(|(y, size)| (y + gap, *size)))
    }

    fn text(&mut self, field: Field, attributes: &Attributes) -> Result<(), Reason> {
        let words = self.fields.get(field);
        if words.is_empty() {
            return Ok(());
        }
        let spec = Spec::read(attributes, &self.fields.lang)?.no_larger_than(self.sizes.of(field));
        let room = Room { above: self.below(attributes)?, foot: self.foot.filter(|_| spec.first_fit) };
        let block = spec.set(words, attributes, self.faces, room)?;
        if block.tight {
            self.tight.push(field);
        }
        let start = spec.start(&block, room);
        if !spec.first_fit && attributes.get("transform").is_none() {
            let above = attributes.get("data-after").and_then(Field::find);
            self.stands.push(Stand { field: Some(field), below: above, ..spec.stand(&block, start) });
        }
        self.placed.insert(field, (start + spec.leading * block.size * block.depth(), block.size));
        self.write_lines(&block, attributes, &spec, start)
    }

    fn write_lines(
        &mut self,
        block: &Block,
        attributes: &Attributes,
        spec: &Spec,
        start: f64,
    ) -> Result<(), Reason> {
        let mut text = attributes.plain("text");
        spec.dress(&mut text, block.size);
        text.push_attribute(("text-anchor", spec.anchor.as_str()));
        self.put(Event::Start(text))?;
        for (line, depth) in &block.lines {
            let y = start + spec.leading * block.size * depth;
            let mut tspan = BytesStart::new("tspan");
            tspan.push_attribute(("x", format!("{:.1}", spec.x).as_str()));
            tspan.push_attribute(("y", format!("{y:.1}").as_str()));
            self.put(Event::Start(tspan))?;
            // keeps the full stop on the left of its line
            let mark = if self.fields.lang.is_rtl() { "\u{200f}" } else { "" };
            self.put(Event::Text(BytesText::new(&format!("{line}{mark}"))))?;
            self.put(Event::End(BytesEnd::new("tspan")))?;
        }
        self.put(Event::End(BytesEnd::new("text")))
    }

    fn put(&mut self, event: Event<'_>) -> Result<(), Reason> {
        self.out.write_event(event).map_err(|e| format!("could not be written: {e}").into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Lang;
    use crate::font::Library;
    use resvg::usvg;

    fn filled(template: &str, title: &str) -> Result<Filled, Reason> {
        let mut fields = Fields::default();
        fields.set(Field::Title, title);
        let svg =
            format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 2560">{template}</svg>"#);
        fill(&svg, Side::Front, &fields, &Faces::new(&Library::built_in()), None)
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

    fn titled(lang: &str, title: &str) -> Filled {
        let mut fields = Fields::of_language(&Lang::parse(lang).expect("a tag"));
        fields.set(Field::Title, title);
        let svg = format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 2560">{TITLE}</svg>"#);
        fill(&svg, Side::Front, &fields, &Faces::new(&Library::built_in()), None).expect("a good template")
    }

    #[test]
    fn a_word_wider_than_the_measure_is_divided_as_its_language_is() {
        let filled = titled("de", "Die Donaudampfschifffahrtsgesellschaft");
        assert!(filled.tight.is_empty() && sizes(&filled.svg)[0] >= 100.0, "{}", filled.svg);
        assert_eq!(filled.svg.matches("-<").count(), 1, "{}", filled.svg);
        // where it fits at the least size, it stays whole
        assert!(!titled("de", "Die Gesellschaftsordnung").svg.contains("-<"));
        // no language, no division
        assert_eq!(titled("zxx", "Die Donaudampfschifffahrtsgesellschaft").tight, vec![Field::Title]);
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

    fn sizes(svg: &str) -> Vec<f64> {
        let values = svg.split("font-size=\"").skip(1).filter_map(|rest| rest.split('"').next());
        values.filter_map(|size| size.parse().ok()).collect()
    }

    #[test]
    fn a_long_title_has_more_lines_rather_than_small_ones() {
        let svg = filled(TITLE, &"Margins and their discontents ".repeat(3)).expect("a good template").svg;
        assert!(svg.matches("<tspan").count() > 3 && sizes(&svg)[0] > 90.0, "{svg}");
    }

    #[test]
    fn what_follows_the_title_is_smaller_than_the_title() {
        let below = r#"<text data-field="title" data-after="title" data-gap="200" data-lines="9" data-size="190" data-min-size="40">x</text>"#;
        let svg =
            filled(&format!("{TITLE}{below}"), &"A very long title ".repeat(9)).expect("a good template").svg;
        let sizes = sizes(&svg);
        assert!(sizes[1] <= 0.75 * sizes[0] + 0.01, "{sizes:?}");
    }

    fn blurb(lang: &str, foot: Option<f64>) -> String {
        let mut fields = Fields::of_language(&Lang::parse(lang).expect("a tag"));
        fields.set(
            Field::Blurb,
            &"A word about margins and paper. ".repeat(30).repeat(2).replacen("paper. A", "paper.\nA", 1),
        );
        let template = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 2560"><g data-side="back">
            <text data-field="blurb" data-break="first-fit" data-width="1000" data-lines="30" data-size="62" data-min-size="40"
            x="200" y="400" text-anchor="start" font-family="Libertinus Serif">x</text></g></svg>"#;
        fill(template, Side::Back, &fields, &Faces::new(&Library::built_in()), foot)
            .expect("a good template")
            .svg
    }

    fn baselines(svg: &str) -> Vec<f64> {
        let values = svg.split(" y=\"").skip(1).filter_map(|rest| rest.split('"').next());
        values.filter_map(|y| y.parse().ok()).collect()
    }

    #[test]
    fn a_blurb_ends_above_what_stands_below_it() {
        let (free, tight) = (blurb("en", None), blurb("en", Some(1500.0)));
        assert!(*baselines(&free).last().expect("lines") > 1500.0);
        assert!(*baselines(&tight).last().expect("lines") < 1500.0 - 0.2 * sizes(&tight)[0]);
    }

    #[test]
    fn the_paragraphs_of_a_blurb_are_parted() {
        let lines = baselines(&blurb("en", None));
        let steps: Vec<f64> = lines.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!((steps[0] / steps[1] - 1.5).abs() < 0.01, "{steps:?}");
    }

    #[test]
    fn a_drawing_may_be_mirrored_in_a_book_bound_on_the_right() {
        let template = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 2560">
            <g data-mirror="rtl" transform="translate(50 0)"><rect width="9" height="9"/></g></svg>"#;
        let drawn = |lang: &str| {
            let fields = Fields::of_language(&Lang::parse(lang).expect("a tag"));
            fill(template, Side::Front, &fields, &Faces::new(&Library::built_in()), None)
                .expect("a template")
                .svg
        };
        assert!(drawn("ar").contains(r#"transform="translate(1600 0) scale(-1 1) translate(50 0)""#));
        assert!(drawn("en").contains(r#"transform="translate(50 0)""#));
    }

    #[test]
    fn many_names_run_on_where_one_a_line_would_be_too_small() {
        let names = |count: usize| {
            let mut fields = Fields::default();
            fields.set(Field::Contributors, &vec!["Ada Example"; count].join("\n"));
            let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 2560"><text data-field="contributors" data-width="1300"
                data-lines="2" data-size="64" data-min-size="40" x="150" y="2336" font-family="Libertinus Sans">x</text></svg>"#;
            fill(svg, Side::Front, &fields, &Faces::new(&Library::built_in()), None).expect("a good template")
        };
        assert!(names(2).svg.contains(">Ada Example<"));
        let six = names(6);
        assert!(six.tight.is_empty() && sizes(&six.svg)[0] >= 40.0, "{}", six.svg);
        assert!(six.svg.contains(">Ada Example, Ada Example, Ada Example,<"), "{}", six.svg);
    }

    #[test]
    fn hebrew_begins_at_the_right() {
        let svg = blurb("he", None);
        assert!(svg.contains(r#"text-anchor="end""#) && svg.contains(r#"x="1400.0""#), "{svg}");
        assert!(blurb("en", None).contains(r#"text-anchor="start""#));
    }

    #[test]
    fn markup_in_a_title_is_only_words() {
        let svg = filled(TITLE, "A < B & C").expect("a good template").svg;
        assert!(
            svg.contains("A &lt; B &amp; C") && usvg::Tree::from_str(&svg, &usvg::Options::default()).is_ok()
        );
    }

    #[test]
    fn words_keep_out_of_a_drawing_that_says_so() {
        let clear = |heights: &str| {
            let drawing = format!(r#"<path data-clear="{heights}" d="M0 0h9"/>"#);
            filled(&format!("{drawing}{TITLE}"), "Margins").expect("a good template")
        };
        assert_eq!(sizes(&clear("715 800").svg), [200.0]);
        // its descenders, and as much white as is wanted, end above the drawing
        let near = sizes(&clear("680 800").svg)[0];
        assert!(600.0 + (0.25 + 0.3) * near <= 680.0 && near > 135.0, "{near}");
        assert_eq!(clear("610 800").tight, vec![Field::Title]);
    }

    #[test]
    fn a_bad_template_is_refused() {
        for bad in [
            r#"<text data-field="colour">x</text>"#,
            r#"<text data-field="title" x="left">x</text>"#,
            r#"<path data-clear="12"/>"#,
            "<g>",
        ] {
            assert!(filled(bad, "T").is_err(), "{bad}");
        }
    }
}
