//! The room of a field on a cover, and the largest words that fit into it.

use super::Faces;
use super::attributes::Attributes;
use super::crowding::{STEP, Stand};
use super::lines::{MEASURE_SIZE, Measured, Piece, widths_of};
use crate::book::Lang;
use crate::hyphenate::Hyphenator;
use crate::narrow::Nearest;
use crate::reason::Reason;
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
    lang: Lang,
    /// The type size at which it is clear of its neighbours.
    largest: f64,
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
    /// How many words are divided.
    divided: usize,
}

impl Block {
    /// The last line's depth below the first, in leadings.
    pub(super) fn depth(&self) -> f64 {
        self.lines.last().map_or(0.0, |(_, depth)| *depth)
    }
}

/// The width of a template's view box.
pub(super) const VIEW_WIDTH: f64 = 1600.0;
/// What stands below another field is set no larger than this part of it.
const FOLLOWING: f64 = 0.75;
/// What parts the paragraphs of a text that runs on, in leadings.
const PARAGRAPH: f64 = 0.5;
/// How far capitals reach above their baseline, in type sizes.
const ASCENT: f64 = 0.72;
/// How far letters reach below their baseline, in type sizes.
const DESCENT: f64 = 0.25;

impl Spec {
    pub(super) fn read(attributes: &Attributes, lang: &Lang) -> Result<Spec, Reason> {
        let number = |name: &str, or: f64| Ok::<_, String>(attributes.number(name)?.unwrap_or(or));
        let size = number("data-size", 80.0)?.max(1.0);
        let width = number("data-width", 1200.0)?.max(1.0);
        let anchor = attributes.get("text-anchor").unwrap_or("start");
        let turned = lang.is_rtl() && anchor == "start";
        Ok(Spec {
            x: if turned { VIEW_WIDTH - number("x", 0.0)? } else { number("x", 0.0)? },
            y: number("y", 0.0)?,
            width,
            anchor: if turned { "end" } else { anchor }.to_owned(),
            lang: lang.clone(),
            largest: f64::INFINITY,
            lines: usize::nearest(number("data-lines", 1.0)?.max(1.0)),
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

    /// The same, in a smaller size where it would crowd its neighbours.
    pub(super) fn no_larger_than(self, largest: f64) -> Spec {
        Spec { largest, ..self }
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

    /// Breaks the words at the largest size at which they fit. A word that is
    /// wider than the measure even at the least size is divided, as seldom as
    /// can be; lines that would have to be smaller than that run on.
    pub(super) fn set(
        &self,
        words: &str,
        attributes: &Attributes,
        faces: &Faces,
        room: Room,
    ) -> Result<Block, Reason> {
        let ruler = Ruler { spec: self, attributes, faces };
        let lines = words.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
        let words = lines.iter().map(|line| line.split(' ').map(str::to_owned).collect());
        let block = self.largest(&ruler.paragraphs(words.collect())?, room);
        if !block.tight || self.first_fit || lines.len() < 2 {
            return Ok(block);
        }
        // each line, a name, stays whole where it can
        let last = lines.len() - 1;
        let names =
            (0..).zip(&lines).map(|(n, line)| if n < last { format!("{line},") } else { line.clone() });
        let run_on = self.largest(&ruler.paragraphs(vec![names.collect()])?, room);
        Ok(if run_on.size > block.size { run_on } else { block })
    }

    fn largest(&self, paragraphs: &[Measured], room: Room) -> Block {
        let above = room.above.filter(|_| !self.first_fit).map_or(self.size, |(_, size)| FOLLOWING * size);
        let mut size = self.size.min(above.max(self.min_size)).min(self.largest);
        let divisions = self.block(paragraphs, self.min_size).divided;
        loop {
            let block = self.block(paragraphs, size);
            let wide = paragraphs.iter().any(|p| p.widest() > self.width / size);
            if !wide && block.divided <= divisions && self.fits(&block, room) {
                return block;
            }
            if size * STEP < self.least() {
                return Block { tight: true, ..block };
            }
            size *= STEP;
        }
    }

    /// The size below which nothing is tried.
    fn least(&self) -> f64 {
        self.min_size / 2.0
    }

    /// The place that a block takes whose first baseline is there.
    pub(super) fn stand(&self, block: &Block, start: f64) -> Stand {
        let left = match self.anchor.as_str() {
            "middle" => self.x - self.width / 2.0,
            "end" => self.x - self.width,
            _ => self.x,
        };
        Stand {
            field: None,
            below: None,
            left,
            right: left + self.width,
            top: start - ASCENT * block.size,
            bottom: start + self.leading * block.size * block.depth() + DESCENT * block.size,
            size: block.size,
            gives: block.size * STEP > self.least(),
        }
    }

    fn block(&self, paragraphs: &[Measured], size: f64) -> Block {
        let measure = self.width / size;
        let (mut lines, mut depth, mut divided) = (Vec::new(), 0.0, 0);
        for paragraph in paragraphs {
            depth += if self.first_fit && !lines.is_empty() { PARAGRAPH } else { 0.0 };
            let broken = if self.first_fit { paragraph.filled(measure) } else { paragraph.balanced(measure) };
            divided += broken.divided;
            for line in broken.lines {
                lines.push((line, depth));
                depth += 1.0;
            }
        }
        Block { lines, size, tight: size < self.min_size, divided }
    }

    /// Whether a block is no deeper than the lines that a field may have, and
    /// ends above the foot.
    fn fits(&self, block: &Block, room: Room) -> bool {
        let depth = self.leading * block.size * block.depth();
        let end = self.start(block, room) + depth + DESCENT * block.size;
        depth <= self.leading * self.size * (self.lines - 1) as f64 + 1e-6
            && room.foot.is_none_or(|foot| end <= foot)
    }
}

/// A word's parts between its own hyphens, where none of them is wider than the measure: a double name is
/// parted nowhere else.
fn at_hyphens(word: &Piece, measure: f64) -> Option<Vec<&str>> {
    let parts: Vec<&str> = word.text.split_inclusive('-').collect();
    let letters = word.text.chars().count().max(1);
    let width = |part: &&str| word.width * part.chars().count() as f64 / letters as f64;
    (parts.len() > 1 && parts.iter().all(|part| width(part) <= measure)).then_some(parts)
}

/// Measures the words of a field in the face that it is set in.
struct Ruler<'a> {
    spec: &'a Spec,
    attributes: &'a Attributes,
    faces: &'a Faces,
}

impl Ruler<'_> {
    /// The words of each paragraph, ready to be broken into lines.
    fn paragraphs(&self, words: Vec<Vec<String>>) -> Result<Vec<Measured>, Reason> {
        let [wide, none, hyphenated] = ["n n", "nn", "n-n"];
        let all = words.iter().flatten().map(String::as_str);
        let texts: Vec<&str> = [wide, none, hyphenated].into_iter().chain(all).collect();
        let mut widths = self.widths(&texts)?.into_iter();
        let [wide, none, hyphenated] = [(); 3].map(|()| widths.next().unwrap_or(0.0));
        let mut piece = |text: String| Piece { text, width: widths.next().unwrap_or(0.0), goes_on: false };
        let (space, hyphen) = (wide - none, hyphenated - none);
        let measured = words.into_iter().map(|words| {
            let pieces = words.into_iter().map(&mut piece).collect();
            Measured { pieces, space, hyphen }
        });
        self.divided(measured.collect())
    }

    /// Takes those words apart that are wider than the measure at the least size.
    fn divided(&self, paragraphs: Vec<Measured>) -> Result<Vec<Measured>, Reason> {
        let measure = self.spec.width / self.spec.min_size;
        let hyphenator = Hyphenator::default();
        let wide = paragraphs.iter().flat_map(|paragraph| &paragraph.pieces);
        let wide = wide.filter(|word| word.width > measure);
        let parts =
            |word| at_hyphens(word, measure).unwrap_or_else(|| hyphenator.parts(&word.text, &self.spec.lang));
        let words: Vec<Vec<&str>> = wide.map(parts).collect();
        let widths = self.widths(&words.concat())?;
        let mut widths = widths.into_iter();
        let mut parts = words.iter().map(|parts| -> Vec<Piece> {
            let last = parts.len() - 1;
            let each = (0..).zip(parts).zip(widths.by_ref());
            each.map(|((n, part), width)| Piece { text: (*part).to_owned(), width, goes_on: n < last })
                .collect()
        });
        let mut measured = Vec::new();
        for paragraph in &paragraphs {
            measured.push(paragraph.divided(measure, &mut || parts.next().unwrap_or_default()));
        }
        Ok(measured)
    }

    /// The widths of texts, in ems.
    fn widths(&self, texts: &[&str]) -> Result<Vec<f64>, Reason> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        let mut element = self.attributes.plain("text");
        self.spec.dress(&mut element, MEASURE_SIZE);
        let widths = widths_of(&element, texts, &self.faces.options())?;
        Ok(widths.into_iter().map(|width| width / MEASURE_SIZE).collect())
    }
}
