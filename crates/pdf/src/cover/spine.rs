//! The spine: its width, from the number of pages and the paper, and the words
//! on it.

use super::art::{self, PaintedPath};
use super::inks::Paint;
use super::lines::{MEASURE_SIZE, widths_of};
use super::{Faces, WrapSpec};
use crate::book::{Contributor, Lang, Meta};
use crate::length::Abs;
use crate::narrow::Nearest;
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

/// The title is never larger, however thick the book; in points.
const LARGEST: f64 = 22.0;
/// Words on a spine are never smaller; in points.
const SMALLEST: f64 = 7.0;
/// Where full names would make the title smaller than this, in points, family
/// names do.
const CROWDED: f64 = 13.0;
/// The size of names, of the title's; but never below [`SMALLEST`].
const NAMES: f64 = 0.75;
/// The part of the spine's width that the title may take, in its own sizes: the
/// height of capitals, the depth below them, and as much air again on a thick
/// spine.
const LINE: (f64, f64) = (0.76, 1.9);
/// How far the words stay from the head and the foot of the spine, in points.
const INSET: f64 = 34.0;
/// The least distance between two of them, in the title's ems.
const GAP: f64 = 2.2;

/// Who wrote it, the title and who publishes it, along the spine. Nothing when
/// the spine is too thin or the words too many.
pub(super) fn words(
    meta: &Meta,
    faces: &Faces,
    spec: &WrapSpec,
    (family, paint): (&str, Paint),
) -> Vec<PaintedPath> {
    let options = faces.options();
    let room = (spec.spine - spec.clear - spec.clear).to_pt();
    let largest = (room / LINE.0).min((spec.spine.to_pt() / LINE.1).max(SMALLEST)).min(LARGEST);
    let strip = Strip {
        length: spec.trim.height.to_pt() - 2.0 * INSET,
        width: spec.spine.to_pt(),
        largest,
        descends: descends(&meta.language),
        family,
    };
    let set = |family: bool| strip.set(parts(meta, family), &options);
    let full = set(false).filter(|line| line.size >= CROWDED.min(largest));
    let Some(line) = full.or_else(|| set(true)) else { return Vec::new() };
    let Ok(tree) = usvg::Tree::from_str(&strip.svg(&line, paint), &options) else { return Vec::new() };
    art::flatten(&tree, turned(spec, strip.descends), spec.sheet())
}

/// One piece of the words on a spine.
struct SpineWords {
    words: String,
    is_title: bool,
}

impl SpineWords {
    fn element(&self, family: &str) -> BytesStart<'static> {
        let mut text = BytesStart::new("text");
        text.push_attribute(("font-family", family));
        if !self.is_title {
            text.push_attribute(("font-variant", "small-caps"));
        }
        text
    }

    /// Its width in ems.
    fn width(&self, family: &str, options: &usvg::Options<'_>) -> Option<f64> {
        let mut text = self.element(family);
        text.push_attribute(("font-size", MEASURE_SIZE.to_string().as_str()));
        widths_of(&text, &[&self.words], options).ok().map(|widths| widths[0] / MEASURE_SIZE)
    }
}

/// From the head of the spine to its foot; authors by their whole names or by
/// those that they are filed under.
fn parts(meta: &Meta, family: bool) -> Vec<SpineWords> {
    let named = |who: &Contributor| {
        let filed = who.sort.split_once(',').map(|(family, _)| family.trim());
        filed.filter(|name| family && who.name.contains(name)).unwrap_or(&who.name).to_owned()
    };
    let names: Vec<String> = meta.with_role("aut").map(named).collect();
    let publisher = meta.publisher.as_ref().map_or("", |publisher| &publisher.name);
    let parts = [(names.join(", "), false), (meta.title.clone(), true), (publisher.to_owned(), false)];
    parts
        .into_iter()
        .filter(|(words, _)| !words.is_empty())
        .map(|(words, is_title)| SpineWords { words, is_title })
        .collect()
}

/// The room for the words of a spine, as a strip that is read from left to
/// right; in points.
struct Strip<'f> {
    length: f64,
    width: f64,
    /// The largest size of the title.
    largest: f64,
    /// Whether the left end stands at the head.
    descends: bool,
    /// The family of its words: that of the front.
    family: &'f str,
}

/// The words of a spine with the size of the title, and their widths in points.
struct Line {
    parts: Vec<(SpineWords, f64)>,
    size: f64,
}

impl Strip<'_> {
    /// Sets the parts as large as they fit; none when they would be too small.
    fn set(&self, parts: Vec<SpineWords>, options: &usvg::Options<'_>) -> Option<Line> {
        let widths =
            parts.iter().map(|part| part.width(self.family, options)).collect::<Option<Vec<f64>>>()?;
        let at = |size: f64| -> Vec<f64> {
            parts.iter().zip(&widths).map(|(part, ems)| ems * size_of(part, size)).collect()
        };
        let gaps = parts.len().saturating_sub(1) as f64;
        let fits = |size: f64| at(size).iter().sum::<f64>() + GAP * size * gaps <= self.length;
        let mut size = self.largest;
        while size >= SMALLEST && !fits(size) {
            size -= STEP;
        }
        let widths = at(size);
        (size >= SMALLEST).then(|| Line { parts: parts.into_iter().zip(widths).collect(), size })
    }

    /// The last part stands at the foot, whichever way the strip is turned, and
    /// the first at the head.
    fn svg(&self, line: &Line, paint: Paint) -> String {
        let free = self.length - line.parts.iter().map(|(_, width)| width).sum::<f64>();
        let gap = free / (line.parts.len().saturating_sub(1)).max(1) as f64;
        let mut order: Vec<&(SpineWords, f64)> = line.parts.iter().collect();
        if !self.descends {
            order.reverse();
        }
        let mut x = if line.parts.len() == 1 { free / 2.0 } else { 0.0 };
        let baseline = self.width / 2.0 + 0.31 * line.size;
        let [red, green, blue] = paint.0;
        let mut body = String::new();
        for (part, width) in order {
            let caps = if part.is_title { "" } else { r#" font-variant="small-caps""# };
            let (size, words) = (size_of(part, line.size), escape(part.words.as_str()));
            body +=
                &format!(r#"<text x="{x:.2}" y="{baseline:.2}" font-size="{size:.2}"{caps}>{words}</text>"#);
            x += width + gap;
        }
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{:.2}" height="{:.2}" font-family="{}" fill="rgb({red},{green},{blue})">{body}</svg>"#,
            self.length,
            self.width,
            escape(self.family)
        )
    }
}

/// Sizes are tried in steps of this, in points.
const STEP: f64 = 0.25;

/// A part's size where the title has that one.
fn size_of(part: &SpineWords, title: f64) -> f64 {
    if part.is_title { title } else { (NAMES * title).max(SMALLEST).min(title) }
}

/// Lays the strip on the spine, its left end at the head or at the foot.
fn turned(spec: &WrapSpec, descends: bool) -> Transform {
    let left = spec.spine_left().to_f32();
    let width = spec.spine.to_f32();
    let (top, height) = (spec.bleed.to_f32(), spec.trim.height.to_f32());
    let inset = f32::nearest(INSET);
    if descends {
        Transform::from_row(0.0, 1.0, -1.0, 0.0, left + width, top + inset)
    } else {
        Transform::from_row(0.0, -1.0, 1.0, 0.0, left, top + height - inset)
    }
}

/// Whether the words on a spine run from head to foot, as English publishers
/// and ISO 6357 have them, or from foot to head, as on most of the Continent.
/// Words that run from right to left are turned the other way, and so begin at
/// the head; they stand upright when the book lies on its back.
fn descends(language: &Lang) -> bool {
    const ASCENDING: [&str; 20] = [
        "be", "bg", "ca", "cs", "de", "el", "es", "et", "fr", "hr", "hu", "it", "lt", "lv", "pt", "ro", "ru",
        "sk", "sl", "uk",
    ];
    !language.is_rtl() && !ASCENDING.contains(&language.primary())
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
    fn a_crowded_spine_takes_family_names() {
        let mut meta = crate::cover::front::tests::meta();
        for (who, sort) in meta.contributors.iter_mut().zip(["Example, Ada", "Muster, Bertram"]) {
            sort.clone_into(&mut who.sort);
        }
        let names = |family| parts(&meta, family).remove(0).words;
        assert_eq!(
            (names(false).as_str(), names(true).as_str()),
            ("Ada Example, Bertram Muster", "Example, Muster")
        );
        let faces = Faces::new(&crate::font::Library::built_in());
        let strip = |largest| Strip {
            length: 500.0,
            width: 60.0,
            largest,
            descends: true,
            family: "Libertinus Serif",
        };
        let size = |family, largest| {
            strip(largest).set(parts(&meta, family), &faces.options()).map(|line| line.size)
        };
        assert!(size(true, LARGEST) > size(false, LARGEST), "shorter names leave the title more room");
        assert_eq!(size(false, 5.0), None, "too thin for any words");
    }

    #[test]
    fn spines_are_read_as_the_country_reads_them() {
        let lang = |tag: &str| Lang::parse(tag).expect("a tag");
        assert!(descends(&lang("en-GB")) && descends(&lang("nl")));
        assert!(!descends(&lang("fr")) && !descends(&lang("ru")));
        assert!(!descends(&lang("he")) && !descends(&lang("ar-EG")));
    }
}
