//! Lines of text that we write into the pages ourselves.
//!
//! The PDF library looks at every glyph a dozen times: whether it is in the font, what it
//! stands for, which font it is drawn in. All of that is the same for each `e` of a book.
//! So the library draws what it has not seen: the first line of each page in a font, which
//! makes the font one of the page's resources, and every line with a glyph that is new. All
//! other lines are written here, and put into the library's own marked content when the
//! file is packed ([`super::pack`]).
//!
//! What the library knows is followed here step by step: it numbers the glyphs of a font in
//! the order in which it first sees them (the subset has no others), it takes the first
//! words that a glyph stands for into the font's map, and where a glyph stands for others
//! it says so beside it (`ActualText`, ISO 32000-1 §14.9.4). Whatever is less plain than
//! that (several glyphs for one character, lines from right to left, raised glyphs) is left
//! to the library. tests/pdf_pixels.rs holds the pages against
//! those of the press, where the library writes every line.

use super::draw::points;
use super::text::{Pen, SOFT_HYPHEN, Widths};
use crate::jobs;
use crate::length::{Abs, Point};
use crate::narrow::Nearest;
use crate::pages::{Glyph, Item, Pages, Placed, Role, Run};
use std::io::Write;

/// What is added to the marked content of a page: its number in the page, and the text
/// objects at its end.
pub(super) type OwnText = Vec<(usize, Vec<u8>)>;

/// The same before its operators are made.
pub(super) type OwnLines<'a> = Vec<(usize, Vec<OwnLine<'a>>)>;

/// A line that is written here: its operators are made page beside page, since they depend on
/// nothing that the library learns after it.
#[derive(Clone, Copy)]
pub(super) struct OwnLine<'a> {
    /// The number of its font among those of its page.
    name: usize,
    run: &'a Run,
    /// Where it begins, in thousandths of a point from the left and from the foot of its page.
    at: (i64, i64),
}

/// What the library knows of a glyph.
struct Known {
    /// Its number in the subset.
    cid: u16,
    /// What it stands for in the font's map; none when we cannot tell.
    text: Option<Box<str>>,
}

/// What the library knows of a font.
#[derive(Default)]
struct Face {
    glyphs: Vec<Option<Known>>,
    /// How many glyphs are numbered; the first stands for a character that there is not.
    count: u16,
}

/// The lines of a book that is written.
pub(super) struct Lines<'a> {
    /// For each font of the pages, the first that is the same.
    same: Vec<usize>,
    faces: Vec<Face>,
    /// The height of the page: one that is turned is as high as the others are wide.
    height: i64,
    /// The fonts that the library has used on this page, in that order.
    on_page: Vec<usize>,
    /// How many pieces of marked content the page has.
    pieces: usize,
    own: OwnLines<'a>,
}

impl<'a> Lines<'a> {
    /// Knows nothing yet.
    pub(super) fn new(pages: &Pages) -> Lines<'a> {
        let is_same = |a: usize, b: usize| {
            let (a, b) = (&pages.fonts[a], &pages.fonts[b]);
            a.name == b.name && a.index == b.index
        };
        let first = |font: usize| (0..font).find(|other| is_same(*other, font)).unwrap_or(font);
        Lines {
            same: (0..pages.fonts.len()).map(first).collect(),
            faces: pages.fonts.iter().map(|_| Face::default()).collect(),
            height: 0,
            on_page: Vec::new(),
            pieces: 0,
            own: OwnLines::new(),
        }
    }

    /// A page begins that is so high as it is read.
    pub(super) fn begin_page(&mut self, height: Abs) {
        self.height = milli(height);
    }

    /// The page is at its end: what we add to it.
    pub(super) fn end_page(&mut self) -> OwnLines<'a> {
        self.on_page.clear();
        self.pieces = 0;
        std::mem::take(&mut self.own)
    }

    /// Takes a stretch of items that share their marked content: so many of them, from the
    /// first, are left to the library.
    pub(super) fn take(&mut self, stretch: &'a [Placed]) -> usize {
        let (mut left, mut ours) = (0, Vec::new());
        for (index, placed) in stretch.iter().enumerate() {
            let run = match &placed.item {
                Item::Run(run) if placed.role != Role::Initial => Some(run),
                _ => None,
            };
            match run.and_then(|run| self.own_line(run, placed.at)) {
                Some(line) => ours.push(line),
                None => {
                    // what stands before it is painted before it
                    ours.clear();
                    left = index + 1;
                    run.into_iter().for_each(|run| self.learn(run));
                }
            }
        }
        if left < stretch.len() {
            self.own.push((self.pieces, ours));
        }
        self.pieces += 1;
        left
    }

    /// Follows what the library learns of a run that it draws.
    fn learn(&mut self, run: &Run) {
        let Some(font) = self.same.get(run.font as usize).copied() else { return };
        if run.glyphs.is_empty() {
            return;
        }
        if !self.on_page.contains(&font) {
            self.on_page.push(font);
        }
        let is_plain = in_order(run);
        let face = &mut self.faces[font];
        for glyph in run.glyphs.iter().filter(|glyph| glyph.id != 0) {
            let id = usize::from(glyph.id);
            if face.glyphs.len() <= id {
                face.glyphs.resize_with(id + 1, || None);
            }
            if face.glyphs[id].is_none() {
                face.count += 1;
                let text = is_plain.then(|| words(run, glyph).map(Box::from)).flatten();
                face.glyphs[id] = Some(Known { cid: face.count, text });
            }
        }
    }

    /// A run as a line of ours, when the library would write it as plainly; none when it must.
    fn own_line(&self, run: &'a Run, at: Point) -> Option<OwnLine<'a>> {
        let font = self.same.get(run.font as usize).copied()?;
        let name = self.on_page.iter().position(|it| *it == font)?;
        let at = (milli(at.x), self.height - milli(at.y));
        self.faces[font].knows(run).then_some(OwnLine { name, run, at })
    }

    /// What is added to each of the pages; none when they lack a font of it.
    pub(super) fn texts<'w>(
        &self,
        pages: &[OwnLines<'_>],
        widths: &(dyn Fn(u32) -> Option<&'w Widths> + Sync),
    ) -> Option<Vec<OwnText>> {
        let texts = jobs::side_by_side(pages.len(), |page| {
            let of_piece = |(piece, lines): &(_, Vec<_>)| Some((*piece, self.operators(lines, widths)?));
            pages[page].iter().map(of_piece).collect::<Option<OwnText>>()
        });
        texts.into_iter().collect()
    }

    /// The text objects of such lines, without their colour.
    fn operators<'w>(
        &self,
        lines: &[OwnLine<'_>],
        widths: &dyn Fn(u32) -> Option<&'w Widths>,
    ) -> Option<Vec<u8>> {
        let mut out = Content::default();
        for OwnLine { name, run, at } in lines {
            let (font, widths) = (*self.same.get(run.font as usize)?, widths(run.font)?);
            out.begin_run(*name, run.size);
            let expansion = i64::nearest((f64::from(run.expansion) * 10_000.0).round());
            let place = Place { x: at.0, y: at.1, expansion, size: run.size };
            self.faces[font].show(run, place, widths, &mut out);
        }
        Some(out.end())
    }
}

/// Where a run begins, in thousandths of a point, and how its glyphs are scaled.
#[derive(Clone, Copy)]
struct Place {
    x: i64,
    y: i64,
    /// In ten thousandths.
    expansion: i64,
    size: Abs,
}

impl Place {
    /// The matrix that moves the pen to `written` thousandths of an em behind the beginning.
    fn matrix(self, written: f64, out: &mut Vec<u8>) {
        let ahead = written * f64::from(points(self.size)) * self.expansion as f64 / 10_000.0;
        decimal(self.expansion, 4, out);
        out.extend_from_slice(b" 0 0 1 ");
        decimal(self.x + i64::nearest(ahead.round()), 3, out);
        out.push(b' ');
        decimal(self.y, 3, out);
        out.extend_from_slice(b" Tm");
    }
}

impl Face {
    /// Whether a run is plain, and all of its glyphs are known.
    fn knows(&self, run: &Run) -> bool {
        let known = |glyph: &Glyph| {
            glyph.offset().y == Abs::ZERO
                && words(run, glyph).is_some()
                && matches!(self.glyphs.get(usize::from(glyph.id)), Some(Some(Known { text: Some(_), .. })))
        };
        !run.glyphs.is_empty() && in_order(run) && run.glyphs.iter().all(known)
    }

    /// Shows the glyphs of a run that is known.
    fn show<'r>(&self, run: &'r Run, place: Place, widths: &Widths, out: &mut Content<'r>) {
        let mut pen = Pen::new(run, widths);
        let mut adjustment = 0;
        out.glyphs.clear();
        for glyph in &run.glyphs {
            let Some(Some(Known { cid, text: Some(text) })) = self.glyphs.get(usize::from(glyph.id)) else {
                continue;
            };
            let written = pen.written();
            let correction = pen.correction(run, glyph);
            let shift = pen.milli(glyph.offset().x);
            let said = Some(words(run, glyph).unwrap_or_default()).filter(|said| *said != &**text);
            adjustment += shift;
            out.glyphs.push(Shown { cid: *cid, written, adjustment, said });
            // the matrix of the next is computed anew
            adjustment = if said.is_some() { 0 } else { correction - shift };
        }
        out.line(place);
    }
}

/// A glyph that is to be shown.
struct Shown<'r> {
    cid: u16,
    /// How far the pen has come before it, and how far it is to be moved, in thousandths of an em.
    written: f64,
    adjustment: i64,
    /// Its words, when they are others than the font's map says.
    said: Option<&'r str>,
}

/// Operators on their way.
#[derive(Default)]
struct Content<'r> {
    bytes: Vec<u8>,
    /// The font of the line before, and its size.
    font: Option<(usize, Abs)>,
    /// What is between all glyphs of the line before (ISO 32000-1, 9.3.2): thousandths of an em of
    /// that size.
    tracking: (i64, Abs),
    /// The glyphs of the line.
    glyphs: Vec<Shown<'r>>,
}

impl Content<'_> {
    fn begin_run(&mut self, name: usize, size: Abs) {
        if self.bytes.is_empty() {
            self.bytes.extend_from_slice(b"BT");
        }
        if self.font != Some((name, size)) {
            self.font = Some((name, size));
            // a vector takes all that is written
            let _ = write!(self.bytes, "/f{name} ");
            decimal(milli(size), 3, &mut self.bytes);
            self.bytes.extend_from_slice(b" Tf ");
        }
    }

    /// Writes the glyphs of a line. What most of them are moved by is said once: a line that is
    /// tracked would have a number behind each.
    fn line(&mut self, place: Place) {
        let tracking = most_usual(&self.glyphs);
        self.track((tracking, place.size));
        let glyphs = std::mem::take(&mut self.glyphs);
        let mut line = Line { bytes: &mut self.bytes, place, is_open: false, in_string: false };
        for glyph in &glyphs {
            match glyph.said {
                None => line.glyph(glyph, tracking),
                Some(said) => line.spanned(glyph, said),
            }
        }
        line.close();
        self.glyphs = glyphs;
    }

    fn track(&mut self, (thousandths, size): (i64, Abs)) {
        if self.tracking == (thousandths, size) || (self.tracking.0, thousandths) == (0, 0) {
            return;
        }
        self.tracking = (thousandths, size);
        decimal(thousandths * milli(size), 6, &mut self.bytes);
        self.bytes.extend_from_slice(b" Tc ");
    }

    fn end(mut self) -> Vec<u8> {
        // what the library writes behind it has none
        self.track((0, Abs::ZERO));
        self.bytes.extend_from_slice(b"ET\n");
        self.bytes
    }
}

/// By how much most of a line's glyphs are moved; nought where saying it once spares nothing.
fn most_usual(glyphs: &[Shown<'_>]) -> i64 {
    /// Further than letters are tracked, in thousandths of an em.
    const FAR: usize = 16;
    const SHIFT: i64 = FAR as i64;
    /// As many numbers as take the room of the operators.
    const WORTH: usize = 6;
    let mut counts = [0_usize; 2 * FAR + 1];
    // the first stands where the line does
    for glyph in glyphs.iter().skip(1) {
        let place = usize::try_from(glyph.adjustment + SHIFT).ok();
        place.and_then(|place| counts.get_mut(place)).into_iter().for_each(|count| *count += 1);
    }
    let unmoved = counts[FAR];
    let (place, count) = (0..).zip(counts).max_by_key(|(_, count)| *count).unwrap_or_default();
    if count > unmoved + WORTH { place - SHIFT } else { 0 }
}

/// The glyphs of a line as strings and movements between them.
struct Line<'o> {
    bytes: &'o mut Vec<u8>,
    place: Place,
    is_open: bool,
    in_string: bool,
}

impl Line<'_> {
    fn glyph(&mut self, glyph: &Shown<'_>, tracking: i64) {
        let mut adjustment = glyph.adjustment - tracking;
        if !self.is_open {
            // what moved it is in the matrix, but for an offset of its own
            self.place.matrix(glyph.written, self.bytes);
            self.bytes.push(b'[');
            (self.is_open, adjustment) = (true, glyph.adjustment);
        }
        if adjustment != 0 {
            if self.in_string {
                self.bytes.push(b')');
            }
            decimal(-adjustment, 0, self.bytes);
            self.in_string = false;
        }
        if !self.in_string {
            self.bytes.push(b'(');
            self.in_string = true;
        }
        string(glyph.cid, self.bytes);
    }

    /// A glyph that stands for other words than the font's map says.
    fn spanned(&mut self, glyph: &Shown<'_>, said: &str) {
        self.close();
        self.bytes.extend_from_slice(b"/Span<</ActualText<FEFF");
        for unit in said.encode_utf16() {
            let _ = write!(self.bytes, "{unit:04X}");
        }
        self.bytes.extend_from_slice(b">>>BDC ");
        self.place.matrix(glyph.written, self.bytes);
        self.bytes.push(b'(');
        string(glyph.cid, self.bytes);
        self.bytes.extend_from_slice(b")Tj EMC ");
    }

    fn close(&mut self) {
        if self.in_string {
            self.bytes.push(b')');
        }
        if self.is_open {
            self.bytes.extend_from_slice(b"]TJ\n");
        }
        (self.is_open, self.in_string) = (false, false);
    }
}

/// A glyph's number as two bytes of a string.
fn string(cid: u16, out: &mut Vec<u8>) {
    for byte in cid.to_be_bytes() {
        match byte {
            b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            // it would be read as the end of a line
            b'\r' => out.extend_from_slice(b"\\r"),
            _ => out.push(byte),
        }
    }
}

/// The words that a glyph stands for; none when its range cuts a character.
fn words<'r>(run: &'r Run, glyph: &Glyph) -> Option<&'r str> {
    let range = glyph.text();
    if range.is_empty() {
        return Some(SOFT_HYPHEN);
    }
    run.text.get(range.start as usize..range.end as usize)
}

/// Whether each glyph stands for words behind those of the one before it.
fn in_order(run: &Run) -> bool {
    let end = u32::nearest(run.text.len());
    let reach = |glyph: &Glyph| if glyph.text().is_empty() { end..end + 1 } else { glyph.text() };
    run.glyphs.windows(2).all(|two| reach(&two[0]).end <= reach(&two[1]).start)
}

/// A length in thousandths of a point.
fn milli(length: Abs) -> i64 {
    i64::nearest((length.to_pt() * 1000.0).round())
}

/// A number with so many places behind its point, without the zeros at its end.
fn decimal(value: i64, mut places: u32, out: &mut Vec<u8>) {
    let mut value = value;
    while places > 0 && value % 10 == 0 {
        (value, places) = (value / 10, places - 1);
    }
    if value < 0 {
        out.push(b'-');
    }
    let mut digits = [b'0'; 24];
    let (mut rest, mut at) = (value.unsigned_abs(), digits.len());
    let mut count = 0;
    while rest > 0 || count <= places {
        if places > 0 && count == places {
            at -= 1;
            digits[at] = b'.';
        }
        if rest == 0 && count == places && places > 0 {
            break;
        }
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        count += 1;
    }
    out.extend_from_slice(&digits[at..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let written = |value, places| {
            let mut out = Vec::new();
            decimal(value, places, &mut out);
            String::from_utf8(out).expect("digits")
        };
        let all =
            [(0, 0), (0, 3), (10_000, 4), (9_984, 4), (-25, 0), (69_600, 3), (506_920, 3), (-7, 3), (120, 1)];
        let want = ["0", "0", "1", ".9984", "-25", "69.6", "506.92", "-.007", "12"];
        assert_eq!(all.map(|(value, places)| written(value, places)), want);
    }

    #[test]
    fn what_moves_all_letters_is_said_once() {
        let shown = |adjustments: &[i64]| {
            let mut content = Content::default();
            content.begin_run(0, Abs::pt(10.0));
            content.glyphs = adjustments
                .iter()
                .map(|adjustment| Shown { cid: 0x4142, written: 0.0, adjustment: *adjustment, said: None })
                .collect();
            content.line(Place { x: 0, y: 0, expansion: 10_000, size: Abs::pt(10.0) });
            String::from_utf8(content.end()).expect("letters")
        };
        let tracked = [[0].as_slice(), &[-5; 9], &[7]].concat();
        let want = format!("BT/f0 10 Tf -.05 Tc 1 0 0 1 0 0 Tm[({})-12(AB)]TJ\n0 Tc ET\n", "AB".repeat(10));
        assert_eq!(shown(&tracked), want);
        assert_eq!(shown(&[0, 0, -5]), "BT/f0 10 Tf 1 0 0 1 0 0 Tm[(ABAB)5(AB)]TJ\nET\n");
    }
}
