//! Writes a line: its glyphs from left to right, in runs, and where links and
//! other marks come to stand among them.

use super::cut::{Atom, AtomKind, CutLine};
use super::fill::Filling;
use crate::font::{FaceId, WordGlyph, WordId};
use crate::length::{Abs, Point};
use crate::narrow::Nearest;
use crate::pages::{Glyph, LeafId, Origin, Run};
use crate::typeset::line::{Line, LineRun, LinkArea, Mark, PlacedPicture};
use crate::typeset::paragraph::model::{Paragraph, PieceKind};
use crate::typeset::paragraph::order::visual;
use crate::typeset::shaper::{Shaper, StyleId, ems};
use std::sync::Arc;

/// Where the next glyph will stand, and what does already.
pub(super) struct Pen<'s, 'a> {
    shaper: &'s Shaper<'a>,
    filling: Filling,
    x: Abs,
    glyphs: Vec<PlacedGlyph>,
    atoms: Vec<PlacedAtom>,
}

/// A glyph at its place; bytes are those of the paragraph's text.
struct PlacedGlyph {
    style: StyleId,
    leaf: LeafId,
    face: FaceId,
    level: u8,
    part: u32,
    /// Its size, in hundredths of the style's.
    scale: u8,
    id: u16,
    x: Abs,
    advance: Abs,
    offset: Point,
    expansion: f32,
    start: u32,
    end: u32,
}

/// A part of the line at its place.
struct PlacedAtom {
    atom: Atom,
    left: Abs,
    right: Abs,
}

impl<'s, 'a> Pen<'s, 'a> {
    /// A pen at `x`, the left edge of a line that is filled so.
    pub(super) fn new(x: Abs, filling: Filling, shaper: &'s Shaper<'a>) -> Pen<'s, 'a> {
        Pen { shaper, filling, x, glyphs: Vec::new(), atoms: Vec::new() }
    }

    /// Writes the line from where the pen stands.
    pub(super) fn write(mut self, mut cut: CutLine<'_>) -> Line {
        let Filling { ratio, needed, short, .. } = self.filling;
        let full = cut.is_adjusted() && short == Abs::ZERO;
        let mut line = Line { ratio, needed, full, hyphenated: cut.hyphen, ..Line::default() };
        find_origin(&cut, &mut line);
        // From here on atoms are in the order in which they stand on the page, no longer in that of
        // the text. What has to be in the order of the text (links, marks, the origin of the line) is
        // found by bytes.
        visual(&mut cut.atoms, |atom| atom.level);
        self.glyphs.reserve(cut.atoms.iter().map(|atom| self.glyph_count(atom)).sum());
        self.atoms.reserve(cut.atoms.len());
        let left = self.x;
        for atom in &cut.atoms {
            self.atom(&cut, atom, &mut line);
        }
        // A space that was dropped stands behind the last word, outside of the measure: the line ends
        // where its ink does.
        let ink = self.atoms.iter().rev().find(|placed| placed.atom.is_solid());
        line.extent = (left, ink.map_or(left, |placed| placed.right));
        line.links = self.links(&cut);
        line.marks = self.marks(&cut, line.extent.1);
        line.runs = self.runs(cut.paragraph);
        line
    }

    fn glyph_count(&self, atom: &Atom) -> usize {
        match atom.kind {
            AtomKind::Word(word) => self.shaper.shaped(word).glyph_count(),
            _ => 1,
        }
    }

    fn atom(&mut self, cut: &CutLine<'_>, atom: &Atom, line: &mut Line) {
        let left = self.x;
        match (atom.kind, cut.part(atom)) {
            (AtomKind::Word(word), PieceKind::Words { style, leaf, .. }) => {
                self.x += atom.correction.scale(self.filling.expansion);
                self.word(atom, word, *style, *leaf);
            }
            (AtomKind::Space | AtomKind::Dropped, PieceKind::Words { style, leaf, .. }) => {
                self.space(atom, cut.text(atom), *style, *leaf);
            }
            (AtomKind::Picture, PieceKind::Picture(image, size, leaf)) => {
                let (image, size, leaf) = (*image, *size, *leaf);
                line.pictures.push(PlacedPicture { x: self.x, image, size, leaf });
                self.x += size.width;
            }
            _ => {}
        }
        self.atoms.push(PlacedAtom { atom: *atom, left, right: self.x });
    }

    fn word(&mut self, atom: &Atom, word: WordId, id: StyleId, leaf: LeafId) {
        let style = &self.shaper.open(id).style;
        let glyphs = self.shaper.glyphs(word);
        let tracking = Abs::raw(i64::nearest((style.size.to_raw() as f64 * self.filling.tracking).round()));
        for (n, glyph) in glyphs.iter().enumerate() {
            // Tracking goes between the letters of a word; behind the last one a space or the margin
            // follows.
            let gap = if n + 1 < glyphs.len() { tracking } else { Abs::ZERO };
            let advance = ems(i64::from(glyph.advance), style.size).scale(self.filling.expansion);
            let offset = match glyph.offset {
                (0, 0) => Point::default(),
                (x, y) => Point::new(
                    ems(i64::from(x), style.size).scale(self.filling.expansion),
                    ems(i64::from(y), style.size),
                ),
            };
            self.put((atom, id, leaf), glyph, advance + style.letterspace + gap, offset);
        }
    }

    fn space(&mut self, atom: &Atom, text: &str, style: StyleId, leaf: LeafId) {
        // A space is wider by the line's ratio and, as the letters are, by their expansion. One at the
        // end of the line keeps its natural width: it fills nothing.
        let fill = self.filling.expansion * if atom.is_solid() { 1.0 + self.filling.ratio } else { 1.0 };
        let glyph = self.shaper.open(style).space_glyph;
        let whole = WordGlyph { start: 0, end: atom.end - atom.start, ..glyph };
        let width = self.shaper.spaces(style, text).scale(fill);
        self.put((atom, style, leaf), &whole, width, Point::default());
    }

    /// Puts a glyph of `atom` where the pen stands, and moves on.
    fn put(
        &mut self,
        (atom, style, leaf): (&Atom, StyleId, LeafId),
        glyph: &WordGlyph,
        advance: Abs,
        offset: Point,
    ) {
        // A hyphen that was added has no byte of the text, and its glyph would point behind the word.
        let limit = |at: u32| (atom.start + at).min(atom.end);
        self.glyphs.push(PlacedGlyph {
            style,
            leaf,
            face: glyph.face,
            level: atom.level,
            part: atom.part,
            scale: glyph.scale,
            id: glyph.id,
            x: self.x,
            advance,
            offset,
            expansion: f32::nearest(self.filling.expansion),
            start: limit(glyph.start),
            end: limit(glyph.end),
        });
        self.x += advance;
    }

    /// The areas of links, in logical order: where words that run the other way
    /// stand between two parts of a link, it has an area on either side.
    fn links(&self, cut: &CutLine<'_>) -> Vec<LinkArea> {
        let link = |placed: &PlacedAtom| cut.link(&placed.atom).filter(|_| placed.atom.is_solid());
        let mut areas = Vec::new();
        for stretch in self.atoms.chunk_by(|a, b| link(a) == link(b)) {
            let Some(link) = link(&stretch[0]) else { continue };
            let first = stretch.iter().map(|placed| placed.atom.start).min();
            let extent = (stretch[0].left, stretch[stretch.len() - 1].right);
            areas.push((first, LinkArea { extent, link }));
        }
        areas.sort_by_key(|(first, _)| *first);
        areas.into_iter().map(|(_, area)| area).collect()
    }

    /// Marks stand at the left edge of the next part, or else where the line
    /// ends.
    fn marks(&self, cut: &CutLine<'_>, end: Abs) -> Vec<(Abs, Mark)> {
        let marks = cut.marks();
        if marks.is_empty() {
            return Vec::new();
        }
        // Marks have a place in the text and want one on the line: the left edge of the first atom
        // that does not begin before them. Atoms stand in the order of the page, so they are put into
        // that of the text.
        let mut starts: Vec<_> = self.atoms.iter().map(|placed| (placed.atom.start, placed.left)).collect();
        starts.sort_by_key(|(start, _)| *start);
        let place = |(at, mark): &(u32, Mark)| {
            let next = starts.get(starts.partition_point(|(start, _)| start < at));
            (next.map_or(end, |(_, left)| *left), mark.clone())
        };
        marks.iter().map(place).collect()
    }

    /// Gathers glyphs of one style, size and leaf into runs, as far as their words come
    /// from one stretch of the running text.
    fn runs(&self, paragraph: &Paragraph) -> Vec<LineRun> {
        let turned = self.glyphs.iter().any(|placed| placed.level > 0);
        let mut starts: Vec<u32> = self.glyphs.iter().filter(|_| turned).map(|placed| placed.start).collect();
        starts.sort_unstable();
        // neighbours on the line of which another glyph is read between: a mark of
        // direction, which shows nothing, stands there
        let are_parted = |a: &PlacedGlyph, b: &PlacedGlyph| {
            let (low, high) = (a.start.min(b.start), a.start.max(b.start));
            starts.partition_point(|start| *start <= low) < starts.partition_point(|start| *start < high)
        };
        // A run has one font, size and direction, and one leaf of the structure; and its words must
        // follow one another in the running text, for the proof and the page list count in it.
        let same = |a: &PlacedGlyph, b: &PlacedGlyph| {
            (a.style, a.leaf, a.face, a.level, a.scale) == (b.style, b.leaf, b.face, b.level, b.scale)
                && (a.part == b.part || paragraph.are_one_stretch(a.part, b.part))
                && !are_parted(a, b)
        };
        self.glyphs.chunk_by(same).map(|group| self.run(group, paragraph)).collect()
    }

    fn run(&self, group: &[PlacedGlyph], paragraph: &Paragraph) -> LineRun {
        let first = &group[0];
        let style = &self.shaper.open(first.style).style;
        // an added hyphen stands for the soft one, which may have more bytes
        let whole = |at: u32| (at..).find(|at| paragraph.text.is_char_boundary(*at as usize)).unwrap_or(at);
        let start = whole(group.iter().map(|placed| placed.start).min().unwrap_or(0));
        let end = whole(group.iter().map(|placed| placed.end).max().unwrap_or(start));
        let glyph = |placed: &PlacedGlyph| {
            let text = whole(placed.start) - start..whole(placed.end) - start;
            Glyph::new(placed.id, placed.advance, placed.offset, text)
        };
        LineRun {
            x: first.x,
            raise: style.raise,
            leaf: first.leaf,
            struck: style.struck,
            run: Arc::new(Run {
                font: u32::nearest(first.face.index()),
                size: style.size * i64::from(first.scale) / i64::from(WordGlyph::WHOLE),
                expansion: first.expansion,
                glyphs: group.iter().map(glyph).collect(),
                text: paragraph.text[start as usize..end as usize].replace('\n', " "),
                lang: self.shaper.lang(first.style),
                origin: origin(group, start, paragraph),
            }),
        }
    }
}

/// Where the words of a run come from that begin at the byte `start`.
fn origin(group: &[PlacedGlyph], start: u32, paragraph: &Paragraph) -> Option<Origin> {
    let mut parts: Vec<u32> = group.iter().map(|placed| placed.part).collect();
    parts.dedup();
    parts.sort_unstable();
    parts.into_iter().find_map(|part| paragraph.origin(part, start))
}

/// Where the line's first word stands in the running text.
fn find_origin(cut: &CutLine<'_>, line: &mut Line) {
    for atom in &cut.atoms {
        if let (AtomKind::Word(_), PieceKind::Words { at, span, .. }) = (atom.kind, cut.part(atom)) {
            line.span = line.span.or(*span);
            line.at = line.at.or(at.map(|at| at + cut.within_part(atom)));
        }
    }
}
