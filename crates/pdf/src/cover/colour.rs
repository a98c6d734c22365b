//! A template in the publisher's own colour.
//!
//! `data-main` on a template's root names the colour that may be exchanged, and
//! `data-tint` a lighter shade of it that goes along.

use super::Paint;
use super::inks::{attribute, hex};
use crate::narrow::Nearest;

/// How much white is in a tint.
const TINT: f64 = 0.16;

/// The template with another main colour, written `#rrggbb`; none when the
/// colour is not written so. What the press prints for the new colour is
/// computed, since no designer chose it. A template that names no main colour
/// comes back as it is.
#[must_use]
pub fn coloured(svg: &str, colour: &str) -> Option<String> {
    let new = hex(colour)?;
    let mut out = svg.to_owned();
    for (name, paint) in [("data-main", new), ("data-tint", tint(new))] {
        if let Some(old) = attribute(svg, name).filter(|old| hex(old).is_some()) {
            let [red, green, blue] = paint.0;
            out = without_ink(&out, &old).replace(&old, &format!("#{red:02x}{green:02x}{blue:02x}"));
        }
    }
    Some(out)
}

/// Back and spine for a front that is a picture, on a ground of that colour;
/// white when none is given. The words are black, or white where the ground is dark.
#[must_use]
pub fn plain(ground: Option<&str>) -> String {
    let white = include_str!("../../covers/plain.svg");
    let Some((ground, Paint([red, green, blue]))) = ground.and_then(|text| Some((text, hex(text)?))) else {
        return white.to_owned();
    };
    let light = 0.2126 * f64::from(red) + 0.7152 * f64::from(green) + 0.0722 * f64::from(blue);
    let svg = coloured(white, ground).unwrap_or_default();
    if light < DARK {
        svg.replace("#1b1b1b 0 0 0 100", "#ffffff 0 0 0 0").replace("#1b1b1b", "#ffffff")
    } else {
        svg
    }
}

/// A ground with less light than that wants white words; of 255.
const DARK: f64 = 110.0;

fn tint(Paint(parts): Paint) -> Paint {
    Paint(parts.map(|part| u8::nearest((f64::from(part) + (255.0 - f64::from(part)) * TINT).round())))
}

/// The template without the ink of one colour.
fn without_ink(svg: &str, colour: &str) -> String {
    let Some(inks) = attribute(svg, "data-cmyk") else { return svg.to_owned() };
    let others = inks.split(';').map(str::trim).filter(|ink| !ink.starts_with(colour));
    svg.replacen(&inks, &others.collect::<Vec<_>>().join("; "), 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cover::{Inks, Template};

    #[test]
    fn the_main_colour_and_its_tint_change_together() {
        let novel = Template::of_style("novel").svg();
        let blue = coloured(novel, "#1f3a4d").expect("a colour");
        assert!(!blue.contains("#24444b") && !blue.contains("#44656a"));
        assert!(blue.contains("#1f3a4d") && blue.contains("#435a69"));
        assert!(blue.contains("#f6efdf 2 5 14 0"));
        let inks = Inks::of_template(&blue).cmyk(Paint([0x1f, 0x3a, 0x4d]));
        assert!((inks[3] - 0.698).abs() < 0.001, "{inks:?}");
    }

    #[test]
    fn words_stand_out_from_a_plain_ground() {
        assert!(plain(None).contains("fill=\"#fefefe\"") && plain(Some("blue")) == plain(None));
        let dark = plain(Some("#102030"));
        assert!(
            dark.contains("fill=\"#102030\"")
                && dark.contains("fill=\"#ffffff\"")
                && !dark.contains("1b1b1b")
        );
        assert_eq!(Inks::of_template(&dark).cmyk(Paint([255; 3])), [0.0; 4]);
        assert!(plain(Some("#e0d0a0")).contains("fill=\"#1b1b1b\""));
    }

    #[test]
    fn only_colours_are_taken() {
        assert_eq!(coloured("<svg/>", "blue"), None);
        assert_eq!(coloured("<svg/>", "#fff"), None);
        assert_eq!(coloured("<svg/>", "#ffffff").as_deref(), Some("<svg/>"));
    }
}
