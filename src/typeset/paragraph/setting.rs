//! Lines that are set: every glyph at its place.
//!
//! What a line's misfit is shared into here is the same share that the breaker
//! saw; only words that a break cut are shaped again, so a line's ratio may
//! differ from the breaker's by a kern.

use super::order::visual;
use super::{Paragraph, PartKind, TokenKind};
use crate::font::{FaceId, WordGlyph, WordId};
use crate::length::{Abs, Point};
use crate::pages::{Glyph, LeafId, Run};
use crate::typeset::breaking::{BookTaste, LOOSEST_FULL, LOOSEST_SET, Sums};
use crate::typeset::line::{Breaks, Form, LastLine, Line, LineRun, Set};
use crate::typeset::protrude::hang;
use crate::typeset::shape::{LookId, Shaper, ems};

/// The lines of a paragraph that is broken so.
pub(super) fn lines(paragraph: &Paragraph, breaks: &Breaks, shaper: &mut Shaper<'_>) -> Vec<Line> {
    let mut lines = Vec::with_capacity(breaks.ends.len());
    let mut start = 0;
    for (n, end) in breaks.ends.iter().enumerate() {
        let hyphen = breaks.hyphenated.get(n).copied().unwrap_or(false);
        let mut setter = Setter { paragraph, shaper, number: n, start, end: *end, hyphen, atoms: Vec::new() };
        lines.push(setter.set());
        start = *end;
    }
    lines
}

/// A last line that should be full is left short when it would be looser: the
/// breaker's own limit, and a kern.
const MOST_FULL: f64 = LOOSEST_FULL + 0.04;

/// A part of a line: a word or a part of one, a space, a picture.
#[derive(Clone, Copy, Debug)]
struct Atom {
    kind: AtomKind,
    part: u32,
    start: u32,
    end: u32,
    level: u8,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum AtomKind {
    Word(WordId),
    Space,
    /// A space at the end of the line: it is read, but has no part in the measure.
    Dropped,
    Picture,
}

struct Setter<'p, 's, 'a> {
    paragraph: &'p Paragraph,
    shaper: &'s mut Shaper<'a>,
    number: usize,
    start: u32,
    end: u32,
    hyphen: bool,
    atoms: Vec<Atom>,
}

/// How the line's letters and spaces are changed to fill it.
#[derive(Clone, Copy, Debug)]
struct Filling {
    expansion: f64,
    /// Per em, between letters.
    tracking: f64,
    /// The word spaces' adjustment ratio.
    ratio: f64,
    /// The ratio that would fill the line.
    needed: f64,
    /// How far the line ends before the margin all the same.
    short: Abs,
}

impl Setter<'_, '_, '_> {
    fn set(&mut self) -> Line {
        self.gather();
        let form = &self.paragraph.form;
        let width = self.paragraph.width(self.number);
        let (left, right) = self.hangs();
        let sums = self.sums();
        let natural = Abs::raw(sums.width as i64) - left - right;
        let filling = self.filling(&sums, width - natural);
        let indent = self.paragraph.indent(self.number);
        let spare = width - natural;
        let x = match form.set {
            Set::Justified if self.runs_against() && self.is_last() && spare > Abs::ZERO => indent + spare,
            Set::Justified if self.runs_against() => indent + filling.short,
            Set::Left if form.mirrored && self.runs_against() => indent + spare,
            Set::Justified | Set::Left => indent,
            Set::Centred => indent + spare / 2,
            Set::Right => indent + spare,
        } - left;
        self.place(x, filling, (x, indent + width + right))
    }

    /// Cuts the line out of the paragraph's tokens.
    fn gather(&mut self) {
        let tokens = &self.paragraph.tokens;
        let mut from = tokens.partition_point(|token| token.start <= self.start).saturating_sub(1);
        let fresh = self.start == 0;
        if !fresh
            && tokens
                .get(from)
                .is_some_and(|token| token.kind == TokenKind::Break && token.start == self.start)
        {
            from += 1;
        } else if !fresh {
            while tokens.get(from).is_some_and(|token| token.kind == TokenKind::Space) {
                from += 1;
            }
        }
        let to = tokens.partition_point(|token| token.start < self.end);
        self.atoms.reserve(to.saturating_sub(from) + 1);
        for n in from..to {
            self.gather_token(n);
        }
        self.drop_spaces();
    }

    fn gather_token(&mut self, n: usize) {
        let token = self.paragraph.tokens[n];
        let start = token.start.max(self.start);
        let whole_end = self.paragraph.end(n);
        let end = whole_end.min(self.end);
        let level = self.paragraph.levels.as_ref().map_or(0, |levels| levels[n]);
        let kind = match token.kind {
            TokenKind::Word(word) if start == token.start && end == whole_end && !self.adds_hyphen(end) => {
                AtomKind::Word(word)
            }
            TokenKind::Word(_) => AtomKind::Word(self.cut_word(n, start, end)),
            TokenKind::Space | TokenKind::Tie => AtomKind::Space,
            TokenKind::Picture => AtomKind::Picture,
            TokenKind::Raw | TokenKind::Break => return,
        };
        self.atoms.push(Atom { kind, part: token.part, start, end, level });
    }

    /// Whether the break adds a hyphen after a word that ends at `end`.
    fn adds_hyphen(&self, end: u32) -> bool {
        self.hyphen && end == self.end
    }

    /// Shapes the part of a word that is in this line, with its hyphen.
    fn cut_word(&mut self, n: usize, start: u32, end: u32) -> WordId {
        let part = &self.paragraph.text[start as usize..end as usize];
        let Some(look) = self.paragraph.look(&self.paragraph.tokens[n]) else {
            return self.shaper.part(LookId::default(), false, part);
        };
        let rtl = self.paragraph.is_rtl(n);
        if self.adds_hyphen(end) {
            let letters = part.trim_end_matches('\u{ad}');
            let hyphen = self.shaper.open(look).hyphen_character;
            return self.shaper.part(look, rtl, &format!("{letters}{hyphen}"));
        }
        self.shaper.part(look, rtl, part)
    }

    /// Spaces at the end have no part in the measure. The space at which the
    /// line was broken is kept there for those who read the file, not the page;
    /// so is one for the author's own break, that its two words stay two.
    fn drop_spaces(&mut self) {
        for atom in self.atoms.iter_mut().rev() {
            if atom.kind != AtomKind::Space {
                break;
            }
            atom.kind = AtomKind::Dropped;
            // behind the words on the page too, where it moves none of them
            atom.level &= !1;
        }
        let tokens = &self.paragraph.tokens;
        let next = tokens.partition_point(|token| token.start < self.end);
        let Some(token) = tokens.get(next).filter(|token| token.start == self.end) else { return };
        let last = self.atoms.last().filter(|atom| atom.kind != AtomKind::Dropped);
        let part = match token.kind {
            TokenKind::Space => Some(token.part),
            TokenKind::Break => last.map(|atom| atom.part),
            _ => None,
        };
        let level = self.paragraph.levels.as_ref().map_or(0, |levels| levels[0] & !1);
        let (start, end) = (token.start, self.paragraph.end(next));
        self.atoms.extend(part.map(|part| Atom { kind: AtomKind::Dropped, part, start, end, level }));
    }

    /// Whether the paragraph is read from the other side than the book.
    fn runs_against(&self) -> bool {
        self.paragraph.rtl != self.paragraph.form.mirrored
    }

    /// Whether the line ends where the author ends it.
    fn is_last(&self) -> bool {
        self.end as usize >= self.paragraph.text.len()
            || self.paragraph.text[self.end as usize..].starts_with('\n')
    }

    fn look(&self, atom: &Atom) -> Option<LookId> {
        match self.paragraph.pieces[atom.part as usize].kind {
            PartKind::Words { look, .. } => Some(look),
            _ => None,
        }
    }

    fn leaf(&self, atom: &Atom) -> Option<LeafId> {
        match self.paragraph.pieces[atom.part as usize].kind {
            PartKind::Words { leaf, .. } => Some(leaf),
            _ => None,
        }
    }

    /// How far the line's first character hangs out, and its last.
    fn hangs(&self) -> (Abs, Abs) {
        let form = &self.paragraph.form;
        if !form.protrude || self.paragraph.levels.is_some() {
            return (Abs::ZERO, Abs::ZERO);
        }
        let solid = |atom: &&Atom| atom.kind != AtomKind::Dropped;
        let (first, last) = (self.atoms.iter().find(solid), self.atoms.iter().rev().find(solid));
        let fresh = self.start == 0;
        let left = first.filter(|_| !fresh).map_or(Abs::ZERO, |atom| self.hang(atom, true));
        (left, last.map_or(Abs::ZERO, |atom| self.hang(atom, false)))
    }

    fn hang(&self, atom: &Atom, left: bool) -> Abs {
        let (AtomKind::Word(word), Some(look)) = (atom.kind, self.look(atom)) else { return Abs::ZERO };
        let text = &self.paragraph.text[atom.start as usize..atom.end as usize];
        let glyphs = self.shaper.glyphs(word);
        let hyphen = self.adds_hyphen(atom.end);
        let (c, glyph) = if left {
            (text.chars().next(), glyphs.first())
        } else {
            (if hyphen { Some('-') } else { text.chars().next_back() }, glyphs.last())
        };
        let (Some(c), Some(glyph)) = (c, glyph) else { return Abs::ZERO };
        let share = if left { hang(c).0 } else { hang(c).1 };
        ems((share * f64::from(glyph.advance)) as i64, self.shaper.open(look).look.size)
    }

    /// What the line's parts amount to.
    fn sums(&self) -> Sums {
        let mut sums = Sums::default();
        for atom in &self.atoms {
            sums += self.atom_sums(atom);
        }
        sums
    }

    fn atom_sums(&self, atom: &Atom) -> Sums {
        let (expansion, tracking) = self.paragraph.form.limits;
        match (atom.kind, self.look(atom)) {
            (AtomKind::Word(word), Some(look)) => {
                let shaped = self.shaper.shaped(word);
                let look = &self.shaper.open(look).look;
                let count = shaped.glyph_count();
                let width = ems(shaped.advance, look.size) + look.letterspace * count as i64;
                let width = width.to_raw() as f64;
                let gaps = count.saturating_sub(1) as f64 * look.size.to_raw() as f64;
                Sums { width, flex: width * expansion + gaps * tracking, ..Sums::default() }
            }
            (AtomKind::Space, Some(_)) => {
                let width = self.space(atom).to_raw() as f64;
                Sums { width, stretch: width, shrink: width, flex: width * expansion }
            }
            (AtomKind::Picture, _) => Sums { width: self.picture_width(atom), ..Sums::default() },
            _ => Sums::default(),
        }
    }

    /// The natural width of a space, or of several.
    fn space(&self, atom: &Atom) -> Abs {
        let count = self.paragraph.text[atom.start as usize..atom.end as usize].chars().count();
        self.look(atom).map_or(Abs::ZERO, |look| self.shaper.open(look).space * count as i64)
    }

    fn picture_width(&self, atom: &Atom) -> f64 {
        match self.paragraph.pieces[atom.part as usize].kind {
            PartKind::Picture(_, size, _) => size.width.to_raw() as f64,
            _ => 0.0,
        }
    }

    /// How the misfit is shared between spaces and letters.
    fn filling(&self, sums: &Sums, misfit: Abs) -> Filling {
        let form: &Form = &self.paragraph.form;
        let natural = Filling { expansion: 1.0, tracking: 0.0, ratio: 0.0, needed: 0.0, short: Abs::ZERO };
        if !self.is_adjusted() && (form.set != Set::Justified || misfit >= Abs::ZERO) {
            return natural;
        }
        let gaps: f64 = self.atoms.iter().map(|atom| self.gaps(atom)).sum();
        let flex = BookTaste::share(sums, misfit.to_raw() as f64).1;
        let (expansion, tracking) = self.letters(flex * sums.flex, sums.flex, gaps);
        let target = sums.width + misfit.to_raw() as f64;
        let letters = (sums.width - sums.stretch) * expansion + gaps * tracking;
        let spaces = sums.stretch * expansion;
        let needed = if spaces > 0.0 { (target - letters) / spaces - 1.0 } else { 0.0 };
        if self.is_full() && needed > MOST_FULL {
            return natural;
        }
        let ratio = needed.clamp(-0.5, LOOSEST_SET);
        let short = Abs::raw((spaces * (needed - LOOSEST_SET).max(0.0)) as i64);
        Filling { expansion, tracking, ratio, needed, short }
    }

    /// How letters take up `part` of a misfit, of which they can take `all`: they
    /// are made wider or narrower, and tracked only when that is not enough.
    fn letters(&self, part: f64, all: f64, gaps: f64) -> (f64, f64) {
        let (expansion, tracking) = self.paragraph.form.limits;
        let by_tracking = gaps * tracking;
        // a face may draw its letters over one another, so that a line has no width
        let by_expansion = (all - by_tracking).max(0.0);
        let expanded = part.clamp(-by_expansion, by_expansion);
        let share = |part: f64, all: f64| if all > 0.0 { part / all } else { 0.0 };
        (1.0 + expansion * share(expanded, by_expansion), tracking * share(part - expanded, by_tracking))
    }

    /// Whether its spaces are there to fill the measure.
    fn is_adjusted(&self) -> bool {
        self.paragraph.form.set == Set::Justified && (self.is_full() || !self.is_last())
    }

    /// Whether the line ends the paragraph and must reach the margin all the same.
    fn is_full(&self) -> bool {
        self.end as usize >= self.paragraph.text.len() && self.paragraph.form.last != LastLine::Natural
    }

    /// The ems of an atom between whose letters there is a gap.
    fn gaps(&self, atom: &Atom) -> f64 {
        match (atom.kind, self.look(atom)) {
            (AtomKind::Word(word), Some(look)) => {
                let gaps = self.shaper.shaped(word).glyph_count().saturating_sub(1);
                gaps as f64 * self.shaper.open(look).look.size.to_raw() as f64
            }
            _ => 0.0,
        }
    }

    /// Places everything from `x` on.
    fn place(&mut self, x: Abs, filling: Filling, bounds: (Abs, Abs)) -> Line {
        let Filling { ratio, needed, short, .. } = filling;
        let full = self.is_adjusted() && short == Abs::ZERO;
        let mut line =
            Line { ratio, needed, full, hyphenated: self.hyphen, extent: bounds, ..Line::default() };
        self.find_origin(&mut line);
        visual(&mut self.atoms, |atom| atom.level);
        let glyphs = self.atoms.iter().map(|atom| self.glyph_count(atom)).sum();
        let mut pen = Pen { x, filling, placed: Vec::with_capacity(glyphs) };
        let mut ink = x;
        for atom in &self.atoms {
            match atom.kind {
                AtomKind::Word(word) => self.place_word(atom, word, &mut pen),
                AtomKind::Space | AtomKind::Dropped => self.place_space(atom, &mut pen),
                AtomKind::Picture => self.place_picture(atom, &mut pen, &mut line),
            }
            if atom.kind != AtomKind::Dropped {
                ink = pen.x;
            }
        }
        line.extent = (x, ink);
        self.place_marks(&pen, &mut line, ink);
        line.runs = self.runs(pen.placed);
        line
    }

    fn glyph_count(&self, atom: &Atom) -> usize {
        match atom.kind {
            AtomKind::Word(word) => self.shaper.shaped(word).glyph_count(),
            _ => 1,
        }
    }

    /// Where the line's first word stands in the running text.
    fn find_origin(&self, line: &mut Line) {
        for atom in &self.atoms {
            let part = &self.paragraph.pieces[atom.part as usize];
            if let PartKind::Words { at, span, .. } = part.kind
                && matches!(atom.kind, AtomKind::Word(_))
            {
                line.span = line.span.or(span);
                line.at = line.at.or(at.map(|at| at + atom.start - part.start));
            }
        }
    }

    fn place_word(&self, atom: &Atom, word: WordId, pen: &mut Pen) {
        let Some(id) = self.look(atom) else { return };
        let look = &self.shaper.open(id).look;
        let glyphs = self.shaper.glyphs(word);
        let leaf = self.leaf(atom);
        let tracking = Abs::raw((look.size.to_raw() as f64 * pen.filling.tracking).round() as i64);
        for (n, glyph) in glyphs.iter().enumerate() {
            let gap = if n + 1 < glyphs.len() { tracking } else { Abs::ZERO };
            let advance = ems(i64::from(glyph.advance), look.size).scale(pen.filling.expansion);
            let offset = match glyph.offset {
                (0, 0) => Point::default(),
                (x, y) => Point::new(
                    ems(i64::from(x), look.size).scale(pen.filling.expansion),
                    ems(i64::from(y), look.size),
                ),
            };
            pen.put((atom, id, leaf), glyph, advance + look.letterspace + gap, offset);
        }
    }

    fn place_space(&self, atom: &Atom, pen: &mut Pen) {
        let Some(id) = self.look(atom) else { return };
        let fill = pen.filling.expansion
            * if atom.kind == AtomKind::Dropped { 1.0 } else { 1.0 + pen.filling.ratio };
        let glyph = self.shaper.open(id).space_glyph;
        let whole = WordGlyph { start: 0, end: atom.end - atom.start, ..glyph };
        pen.put((atom, id, self.leaf(atom)), &whole, self.space(atom).scale(fill), Point::default());
    }

    fn place_picture(&self, atom: &Atom, pen: &mut Pen, line: &mut Line) {
        if let PartKind::Picture(image, size, leaf) = self.paragraph.pieces[atom.part as usize].kind {
            line.pictures.push((pen.x, image, size, leaf));
            pen.x += size.width;
        }
    }

    /// Marks belong to the next glyph, or to the last.
    fn place_marks(&self, pen: &Pen, line: &mut Line, ink: Abs) {
        let marks = &self.paragraph.marks;
        let last = self.end as usize >= self.paragraph.text.len();
        let from = marks.partition_point(|(at, _)| *at < self.start);
        let to = if last { marks.len() } else { marks.partition_point(|(at, _)| *at < self.end) };
        if from >= to {
            return;
        }
        let mut starts: Vec<_> = pen.placed.iter().map(|placed| (placed.start, placed.x)).collect();
        starts.sort_by_key(|(start, _)| *start);
        for (at, mark) in &marks[from..to] {
            let next = starts.get(starts.partition_point(|(start, _)| start < at));
            line.marks.push((next.map_or(ink, |(_, x)| *x), mark.clone()));
        }
    }

    /// Gathers glyphs of one look and leaf into runs.
    fn runs(&self, placed: Vec<Placed>) -> Vec<LineRun> {
        let mut runs = Vec::new();
        let same =
            |a: &Placed, b: &Placed| (a.look, a.leaf, a.face, a.level) == (b.look, b.leaf, b.face, b.level);
        for group in placed.chunk_by(same) {
            runs.push(self.run(group));
        }
        runs
    }

    fn run(&self, group: &[Placed]) -> LineRun {
        let first = &group[0];
        let look = &self.shaper.open(first.look).look;
        let start = group.iter().map(|placed| placed.start).min().unwrap_or(0);
        let end = group.iter().map(|placed| placed.end).max().unwrap_or(start);
        let glyph = |placed: &Placed| {
            let text = placed.start - start..placed.end - start;
            Glyph::new(placed.id, placed.advance, placed.offset, text)
        };
        LineRun {
            x: first.x,
            raise: look.raise,
            leaf: first.leaf,
            struck: look.struck,
            run: Run {
                font: first.face.index() as u32,
                size: look.size,
                expansion: first.expansion,
                glyphs: group.iter().map(glyph).collect(),
                text: self.paragraph.text[start as usize..end as usize].replace('\n', " "),
                lang: self.shaper.lang(first.look),
            },
        }
    }
}

/// A glyph at its place; bytes are those of the paragraph's text.
struct Placed {
    look: LookId,
    leaf: LeafId,
    face: FaceId,
    level: u8,
    id: u16,
    x: Abs,
    advance: Abs,
    offset: Point,
    expansion: f32,
    start: u32,
    end: u32,
}

/// Where the next glyph will stand, and those that do.
struct Pen {
    x: Abs,
    filling: Filling,
    placed: Vec<Placed>,
}

impl Pen {
    /// Puts a glyph of `atom` where the pen stands, and moves on.
    fn put(
        &mut self,
        (atom, look, leaf): (&Atom, LookId, Option<LeafId>),
        glyph: &WordGlyph,
        advance: Abs,
        offset: Point,
    ) {
        let Some(leaf) = leaf else { return };
        let limit = |at: u32| (atom.start + at).min(atom.end);
        self.placed.push(Placed {
            look,
            leaf,
            face: glyph.face,
            level: atom.level,
            id: glyph.id,
            x: self.x,
            advance,
            offset,
            expansion: self.filling.expansion as f32,
            start: limit(glyph.start),
            end: limit(glyph.end),
        });
        self.x += advance;
    }
}
