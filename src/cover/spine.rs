//! The spine: its width, from the number of pages and the paper, and the words
//! on it.

use super::art::{self, Paint, Shape};
use super::lines::{MEASURE_SIZE, width_of};
use super::{Faces, WrapSpec};
use crate::book::{Lang, Meta};
use crate::length::Abs;
use quick_xml::escape::escape;
use quick_xml::events::BytesStart;
use resvg::tiny_skia::Transform;
use resvg::usvg;

/// How a printer reckons the spine: a leaf for every two pages, and what the
/// cover adds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// Thickness of one page, half of a leaf's, in millimetres.
    pub page_mm: f64,
    /// What is added once, for glue and cover, in millimetres.
    pub once_mm: f64,
    /// The result is rounded up to a multiple of this, in millimetres; 0 when
    /// it is left as it is.
    pub step_mm: f64,
}

impl Rule {
    /// The rule for paper whose leaf is that thick, in millimetres.
    #[must_use]
    pub fn of_leaf(leaf_mm: f64) -> Rule {
        Rule { page_mm: leaf_mm / 2.0, once_mm: 0.0, step_mm: 0.0 }
    }

    /// The spine of a book of that many pages; an odd page still takes a leaf.
    #[must_use]
    pub fn width(self, pages: u32) -> Abs {
        let even = f64::from(pages.div_ceil(2)) * 2.0;
        let exact = even * self.page_mm + self.once_mm;
        // a hair off, so that 7.000000001 is not rounded up to 7.5
        let rounded =
            if self.step_mm > 0.0 { ((exact - 1e-6) / self.step_mm).ceil() * self.step_mm } else { exact };
        Abs::mm(rounded)
    }
}

/// Words on a spine are never larger, however thick the book; in points.
const LARGEST: f64 = 14.0;
/// Words on a spine are never smaller; in points.
const SMALLEST: f64 = 6.0;
/// Height of capitals and the depth that a line needs below them, in ems.
const LINE: f64 = 0.76;
/// How far the words stay from the head and the foot of the spine, in points.
const INSET: f64 = 34.0;
/// The least distance between two of them, in ems.
const GAP: f64 = 3.0;

/// Who wrote it, the title and who publishes it, along the spine. Nothing when
/// the spine is too thin or the words too many.
pub(super) fn words(meta: &Meta, faces: &Faces, spec: &WrapSpec, paint: Paint) -> Vec<Shape> {
    let room = (spec.spine - spec.clear - spec.clear).to_pt();
    let length = spec.trim.height.to_pt() - 2.0 * INSET;
    let parts = parts(meta);
    let options = faces.options();
    let Some(widths) = parts.iter().map(|part| part.width(&options)).collect::<Option<Vec<f64>>>() else {
        return Vec::new();
    };
    let needed = widths.iter().sum::<f64>() + GAP * (widths.len().saturating_sub(1)) as f64;
    let size = (room / LINE).min(LARGEST).min(length / needed);
    if size < SMALLEST {
        return Vec::new();
    }
    let svg = svg(&parts, &widths, size, (length, spec.spine.to_pt()), paint, descends(&meta.language));
    let Ok(tree) = usvg::Tree::from_str(&svg, &options) else { return Vec::new() };
    art::flatten(&tree, turned(spec, descends(&meta.language)), spec.sheet())
}

/// One piece of the words on a spine.
struct Part {
    words: String,
    small_caps: bool,
}

impl Part {
    fn element(&self) -> BytesStart<'static> {
        let mut text = BytesStart::new("text");
        text.push_attribute(("font-family", "Libertinus Serif"));
        if self.small_caps {
            text.push_attribute(("font-variant", "small-caps"));
        }
        text
    }

    /// Its width in ems.
    fn width(&self, options: &usvg::Options<'_>) -> Option<f64> {
        let mut text = self.element();
        text.push_attribute(("font-size", MEASURE_SIZE.to_string().as_str()));
        width_of(text, &self.words, options).ok().map(|width| width / MEASURE_SIZE)
    }
}

/// From the head of the spine to its foot.
fn parts(meta: &Meta) -> Vec<Part> {
    let names: Vec<&str> = meta.with_role("aut").map(|who| who.name.as_str()).collect();
    let publisher = meta.publisher.as_ref().map_or("", |publisher| &publisher.name);
    let parts = [(names.join(", "), true), (meta.title.clone(), false), (publisher.to_owned(), true)];
    parts
        .into_iter()
        .filter(|(words, _)| !words.is_empty())
        .map(|(words, small_caps)| Part { words, small_caps })
        .collect()
}

/// The words on a strip as long as the spine is high, read from left to right.
/// The last part stands at the foot, whichever way the strip is turned.
fn svg(
    parts: &[Part],
    widths: &[f64],
    size: f64,
    (length, width): (f64, f64),
    paint: Paint,
    descends: bool,
) -> String {
    let free = length - widths.iter().sum::<f64>() * size;
    let gap = free / (widths.len().saturating_sub(1)).max(1) as f64;
    let order: Vec<usize> =
        if descends { (0..parts.len()).collect() } else { (0..parts.len()).rev().collect() };
    let mut x = if parts.len() == 1 { free / 2.0 } else { 0.0 };
    let baseline = width / 2.0 + 0.31 * size;
    let [red, green, blue] = paint.0;
    let mut body = String::new();
    for index in order {
        let caps = if parts[index].small_caps { r#" font-variant="small-caps""# } else { "" };
        let words = escape(parts[index].words.as_str());
        body += &format!(r#"<text x="{x:.2}" y="{baseline:.2}"{caps}>{words}</text>"#);
        x += widths[index] * size + gap;
    }
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{length:.2}" height="{width:.2}" font-family="Libertinus Serif" font-size="{size:.2}" fill="rgb({red},{green},{blue})">{body}</svg>"#
    )
}

/// Lays the strip on the spine, its left end at the head or at the foot.
fn turned(spec: &WrapSpec, descends: bool) -> Transform {
    let left = (spec.bleed + spec.trim.width).to_f32();
    let width = spec.spine.to_f32();
    let (top, height) = (spec.bleed.to_f32(), spec.trim.height.to_f32());
    let inset = INSET as f32;
    if descends {
        Transform::from_row(0.0, 1.0, -1.0, 0.0, left + width, top + inset)
    } else {
        Transform::from_row(0.0, -1.0, 1.0, 0.0, left, top + height - inset)
    }
}

/// Whether the words on a spine run from head to foot, as English publishers
/// and ISO 6357 have them, or from foot to head, as on most of the Continent.
fn descends(language: &Lang) -> bool {
    const ASCENDING: [&str; 20] = [
        "be", "bg", "ca", "cs", "de", "el", "es", "et", "fr", "hr", "hu", "it", "lt", "lv", "pt", "ro", "ru",
        "sk", "sl", "uk",
    ];
    !ASCENDING.contains(&language.primary())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spines_follow_the_printers_formulas() {
        let inch = 25.4;
        let cream = Rule { page_mm: 0.0025 * inch, once_mm: 0.0, step_mm: 0.0 };
        let flat = Rule { page_mm: inch / 444.0, once_mm: 0.06 * inch, step_mm: 0.0 };
        let offset = Rule { page_mm: 0.05, once_mm: 0.5, step_mm: 0.5 };
        for (rule, pages, mm) in [
            (cream, 100, 6.35),
            (cream, 99, 6.35),
            (flat, 444, 26.924),
            (offset, 130, 7.0),
            (offset, 132, 7.5),
            (Rule::of_leaf(0.1), 200, 10.0),
        ] {
            assert!((rule.width(pages).to_mm() - mm).abs() < 0.001, "{rule:?} {pages}");
        }
    }

    #[test]
    fn spines_are_read_as_the_country_reads_them() {
        let lang = |tag: &str| Lang::parse(tag).expect("a tag");
        assert!(descends(&lang("en-GB")) && descends(&lang("nl")));
        assert!(!descends(&lang("fr")) && !descends(&lang("ru")));
    }
}
