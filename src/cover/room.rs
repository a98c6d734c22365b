//! The room of a field on a cover, and the largest words that fit into it.

use super::Faces;
use super::fill::Attributes;
use super::lines::{MEASURE_SIZE, Measured, widths_of};
use quick_xml::events::BytesStart;

/// How a field is to be set.
pub(super) struct Spec {
    pub(super) x: f64,
    y: f64,
    width: f64,
    lines: usize,
    size: f64,
    min_size: f64,
    pub(super) leading: f64,
    tracking: f64,
    small_caps: bool,
    pub(super) first_fit: bool,
    valign: Valign,
    /// Which part of a line stands at `x`.
    pub(super) anchor: String,
}

/// What a field has above and below it.
#[derive(Clone, Copy, Default)]
pub(super) struct Room {
    /// Where its first baseline must be, and the type size of the field above.
    pub(super) above: Option<(f64, f64)>,
    pub(super) foot: Option<f64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Valign {
    Top,
    Middle,
    Bottom,
}

/// A field's words in lines, each with its depth below the first in leadings.
pub(super) struct Block {
    pub(super) lines: Vec<(String, f64)>,
    pub(super) size: f64,
    pub(super) tight: bool,
}

impl Block {
    /// The last line's depth below the first, in leadings.
    pub(super) fn depth(&self) -> f64 {
        self.lines.last().map_or(0.0, |(_, depth)| *depth)
    }
}

/// Sizes are tried in steps of this ratio.
const STEP: f64 = 0.97;
/// What stands below another field is set no larger than this part of it.
const FOLLOWING: f64 = 0.75;
/// What parts the paragraphs of a text that runs on, in leadings.
const PARAGRAPH: f64 = 0.5;
/// How far letters reach below their baseline, in type sizes.
const DESCENT: f64 = 0.25;

impl Spec {
    pub(super) fn read(attributes: &Attributes, rtl: bool) -> Result<Spec, String> {
        let number = |name: &str, or: f64| Ok::<_, String>(attributes.number(name)?.unwrap_or(or));
        let size = number("data-size", 80.0)?.max(1.0);
        let width = number("data-width", 1200.0)?.max(1.0);
        let anchor = attributes.get("text-anchor").unwrap_or("start");
        let turned = rtl && anchor == "start";
        Ok(Spec {
            x: number("x", 0.0)? + if turned { width } else { 0.0 },
            y: number("y", 0.0)?,
            width,
            anchor: if turned { "end" } else { anchor }.to_owned(),
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

    pub(super) fn dress(&self, text: &mut BytesStart<'_>, size: f64) {
        text.push_attribute(("font-size", format!("{size:.2}").as_str()));
        if self.small_caps {
            text.push_attribute(("font-variant", "small-caps"));
        }
        if self.tracking != 0.0 {
            text.push_attribute(("letter-spacing", format!("{:.3}", self.tracking * size).as_str()));
        }
    }

    /// The first baseline.
    pub(super) fn start(&self, block: &Block, room: Room) -> f64 {
        let depth = self.leading * block.size * block.depth();
        match (room.above, self.valign) {
            (Some((y, _)), _) => y,
            (None, Valign::Top) => self.y,
            (None, Valign::Bottom) => self.y - depth,
            // the middle of the capitals' height, not of the baselines
            (None, Valign::Middle) => self.y - depth / 2.0 + 0.32 * block.size,
        }
    }

    /// Breaks the words at the largest size at which they fit.
    pub(super) fn set(
        &self,
        words: &str,
        attributes: &Attributes,
        faces: &Faces,
        room: Room,
    ) -> Result<Block, String> {
        let paragraphs = self.measure(words, attributes, faces)?;
        let above = room.above.filter(|_| !self.first_fit).map_or(self.size, |(_, size)| FOLLOWING * size);
        let mut size = self.size.min(above.max(self.min_size));
        loop {
            let measure = self.width / size;
            let block = Block { lines: self.lines(&paragraphs, measure), size, tight: size < self.min_size };
            let wide = paragraphs.iter().any(|p| p.widest() > measure);
            if !wide && self.fits(&block, room) {
                return Ok(block);
            }
            if size * STEP < self.min_size / 2.0 {
                return Ok(Block { tight: true, ..block });
            }
            size *= STEP;
        }
    }

    fn lines(&self, paragraphs: &[Measured], measure: f64) -> Vec<(String, f64)> {
        let (mut lines, mut depth) = (Vec::new(), 0.0);
        for paragraph in paragraphs {
            depth += if self.first_fit && !lines.is_empty() { PARAGRAPH } else { 0.0 };
            let broken =
                if self.first_fit { paragraph.first_fit(measure) } else { paragraph.balanced(measure) };
            for line in broken {
                lines.push((line, depth));
                depth += 1.0;
            }
        }
        lines
    }

    /// Whether a block is no deeper than the lines that a field may have, and
    /// ends above the foot.
    fn fits(&self, block: &Block, room: Room) -> bool {
        let depth = self.leading * block.size * block.depth();
        let end = self.start(block, room) + depth + DESCENT * block.size;
        depth <= self.leading * self.size * (self.lines - 1) as f64 + 1e-6
            && room.foot.is_none_or(|foot| end <= foot)
    }

    /// The widths of all words, in ems.
    fn measure(&self, words: &str, attributes: &Attributes, faces: &Faces) -> Result<Vec<Measured>, String> {
        let mut element = attributes.plain("text");
        self.dress(&mut element, MEASURE_SIZE);
        let lines = words.lines().map(|line| line.split_whitespace().collect());
        let lines: Vec<Vec<&str>> = lines.filter(|line: &Vec<_>| !line.is_empty()).collect();
        let texts: Vec<&str> = ["n n", "nn"].into_iter().chain(lines.iter().flatten().copied()).collect();
        let widths = widths_of(&element, &texts, &faces.options())?;
        let mut widths = widths.into_iter().map(|width| width / MEASURE_SIZE);
        let space = widths.next().unwrap_or(0.0) - widths.next().unwrap_or(0.0);
        let mut paragraph = |line: Vec<&str>| {
            let words = line.into_iter().map(str::to_owned).zip(widths.by_ref());
            Measured { words: words.collect(), space }
        };
        Ok(lines.into_iter().map(&mut paragraph).collect())
    }
}
