//! What a press prints for the colours of a template.
//!
//! A template's root may carry `data-cmyk="#8c2318 20 95 90 30; …"`: percentages
//! of cyan, magenta, yellow and black for each of its colours, chosen by the
//! designer. `data-spine` is the colour of the words on the spine, `data-spine-font`
//! their family.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A colour: red, green and blue as the template gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint(pub [u8; 3]);

/// The inks of a template.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inks {
    table: Vec<(Paint, [u8; 4])>,
    spine: Option<Paint>,
    spine_family: Option<String>,
}

impl Inks {
    /// Reads them from a template's root element; what cannot be read is as if
    /// it were not there.
    #[must_use]
    pub fn of_template(svg: &str) -> Inks {
        let get = |name: &str| attribute(svg, name);
        Inks {
            table: get("data-cmyk")
                .map(|list| list.split(';').filter_map(entry).collect())
                .unwrap_or_default(),
            spine: get("data-spine").and_then(|colour| hex(&colour)),
            spine_family: get("data-spine-font"),
        }
    }

    /// Cyan, magenta, yellow and black, from 0 to 1. Greys are black ink alone;
    /// a colour that the designer did not give is computed by the plain formula.
    #[must_use]
    pub fn cmyk(&self, paint: Paint) -> [f32; 4] {
        if let Some((_, percent)) = self.table.iter().find(|(known, _)| *known == paint) {
            return percent.map(|p| f32::from(p) / 100.0);
        }
        let light = paint.0.map(|part| f32::from(part) / 255.0);
        let most = light.into_iter().fold(0.0, f32::max);
        let share = |part: f32| if most > 0.0 { 1.0 - part / most } else { 0.0 };
        [share(light[0]), share(light[1]), share(light[2]), 1.0 - most]
    }

    /// The family of the words on the spine: that of the front.
    #[must_use]
    pub fn spine_family(&self) -> String {
        self.spine_family.clone().unwrap_or_else(|| super::faces::USUAL.to_owned())
    }

    /// The colour of the words on the spine; black when the template says nothing.
    #[must_use]
    pub fn spine(&self) -> Paint {
        self.spine.unwrap_or(Paint([0, 0, 0]))
    }
}

/// An attribute of the root element.
pub(super) fn attribute(svg: &str, name: &str) -> Option<String> {
    let root = root(svg)?;
    root.try_get_attribute(name).ok().flatten().map(|attribute| attribute.value.into_owned())
}

fn root(svg: &str) -> Option<BytesStart<'static>> {
    let mut reader = Reader::from_str(svg);
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) | Event::Empty(element) => return Some(element.into_owned()),
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// `#8c2318 20 95 90 30`
fn entry(text: &str) -> Option<(Paint, [u8; 4])> {
    let mut words = text.split_whitespace();
    let paint = hex(words.next()?)?;
    let percent: Vec<u8> =
        words.map(|word| word.parse().ok().filter(|p| *p <= 100)).collect::<Option<_>>()?;
    Some((paint, percent.try_into().ok()?))
}

/// `#8c2318`
pub(super) fn hex(text: &str) -> Option<Paint> {
    let digits = text.trim().strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let number = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some(Paint([red, green, blue]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inks_are_read_from_the_root() {
        let inks =
            Inks::of_template(r##"<svg data-cmyk="#8c2318 20 95 90 30; #bad 1 2" data-spine="#ffffff"/>"##);
        assert_eq!(inks.cmyk(Paint([0x8c, 0x23, 0x18])), [0.2, 0.95, 0.9, 0.3]);
        assert_eq!(inks.spine(), Paint([255; 3]));
    }

    #[test]
    fn greys_are_black_ink_alone() {
        let inks = Inks::default();
        assert_eq!(inks.cmyk(Paint([0; 3])), [0.0, 0.0, 0.0, 1.0]);
        assert_eq!(inks.cmyk(Paint([255; 3])), [0.0; 4]);
        assert_eq!(inks.cmyk(Paint([51; 3])), [0.0, 0.0, 0.0, 0.8]);
    }
}
