//! A line cut out of its paragraph: its words and spaces, and what is known of
//! it before it is filled.

use crate::font::WordId;
use crate::length::Abs;
use crate::typeset::line::{LastLine, LineAlignment, LinkId, Mark};
use crate::typeset::paragraph::model::{Paragraph, PieceKind, TokenKind};
use crate::typeset::shaper::{Shaper, StyleId};
use std::ops::Range;

/// A line cut out of its paragraph.
#[derive(Clone)]
pub(super) struct CutLine<'p> {
    pub(super) paragraph: &'p Paragraph,
    /// Which of the paragraph's lines it is, from 0.
    pub(super) number: usize,
    /// Its bytes of the paragraph's text.
    start: u32,
    end: u32,
    /// The breaker added a hyphen at its end.
    pub(super) hyphen: bool,
    /// Its parts in logical order.
    pub(super) atoms: Vec<Atom>,
}

/// A part of a line: a word or a part of one, a space, a picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom {
    pub(super) kind: AtomKind,
    /// Which of the paragraph's parts it is in.
    pub(super) part: u32,
    pub(super) start: u32,
    pub(super) end: u32,
    /// Its embedding level.
    pub(super) level: u8,
    /// White before it: it slants otherwise than the word before it.
    pub(super) correction: Abs,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum AtomKind {
    Word(WordId),
    Space,
    /// A space at the end of the line: it is read, but has no part in the measure.
    Dropped,
    Picture,
}

impl<'p> CutLine<'p> {
    pub(super) fn new(
        paragraph: &'p Paragraph,
        number: usize,
        bytes: Range<u32>,
        hyphen: bool,
        shaper: &mut Shaper<'_>,
    ) -> CutLine<'p> {
        let mut line =
            CutLine { paragraph, number, start: bytes.start, end: bytes.end, hyphen, atoms: Vec::new() };
        // In this order: the atoms as they are read, then the spaces at the end out of the measure,
        // then the one space at which the line was broken, which belongs to no line and must not be
        // lost for those who copy the text.
        line.gather(shaper);
        line.drop_spaces();
        line.keep_broken_space();
        line
    }

    /// Whether it begins its paragraph.
    pub(super) fn is_first(&self) -> bool {
        self.start == 0
    }

    /// Whether it ends where the author ends it.
    pub(super) fn is_last(&self) -> bool {
        self.ends_paragraph() || self.paragraph.text[self.end as usize..].starts_with('\n')
    }

    /// Whether it ends the paragraph and must reach the margin all the same.
    pub(super) fn is_full(&self) -> bool {
        self.ends_paragraph() && self.paragraph.form.last != LastLine::Natural
    }

    /// Whether its spaces are there to fill the measure.
    pub(super) fn is_adjusted(&self) -> bool {
        self.paragraph.form.alignment == LineAlignment::Justified && (self.is_full() || !self.is_last())
    }

    /// Whether the paragraph is read from the other side than the book.
    pub(super) fn runs_against(&self) -> bool {
        self.paragraph.rtl != self.paragraph.form.mirrored
    }

    /// How far from the margin it may begin. What its paragraph's first line is indented by is on the side
    /// from which it is read.
    pub(super) fn begin(&self) -> Abs {
        let form = &self.paragraph.form;
        let aside = matches!(form.alignment, LineAlignment::Justified | LineAlignment::Right);
        if aside && self.number == 0 && self.runs_against() {
            self.paragraph.indent(0) - form.first
        } else {
            self.paragraph.indent(self.number)
        }
    }

    /// The marks that stand in it; those at the paragraph's end are in its
    /// last line.
    pub(super) fn marks(&self) -> &'p [(u32, Mark)] {
        let marks = &self.paragraph.marks;
        let from = marks.partition_point(|(at, _)| *at < self.start);
        let to =
            if self.ends_paragraph() { marks.len() } else { marks.partition_point(|(at, _)| *at < self.end) };
        marks.get(from..to).unwrap_or(&[])
    }

    /// Whether the break adds a hyphen after a word that ends at `end`.
    pub(super) fn adds_hyphen(&self, end: u32) -> bool {
        self.hyphen && end == self.end
    }

    pub(super) fn text(&self, atom: &Atom) -> &'p str {
        &self.paragraph.text[atom.start as usize..atom.end as usize]
    }

    pub(super) fn part(&self, atom: &Atom) -> &'p PieceKind {
        &self.paragraph.pieces[atom.part as usize].kind
    }

    pub(super) fn style(&self, atom: &Atom) -> Option<StyleId> {
        match self.part(atom) {
            PieceKind::Words { style, .. } => Some(*style),
            _ => None,
        }
    }

    /// The link that an atom belongs to.
    pub(super) fn link(&self, atom: &Atom) -> Option<LinkId> {
        self.paragraph.pieces[atom.part as usize].link
    }

    /// Bytes of an atom's part before the atom.
    pub(super) fn within_part(&self, atom: &Atom) -> u32 {
        atom.start - self.paragraph.pieces[atom.part as usize].start
    }

    fn ends_paragraph(&self) -> bool {
        self.end as usize >= self.paragraph.text.len()
    }

    /// Takes what the line has of the paragraph's tokens.
    fn gather(&mut self, shaper: &mut Shaper<'_>) {
        let tokens = &self.paragraph.tokens;
        let from = self.first_token();
        let to = tokens.partition_point(|token| token.start < self.end);
        self.atoms.reserve(to.saturating_sub(from) + 1);
        for n in from..to {
            self.gather_token(n, shaper);
        }
    }

    /// The first token of the line. Where it was broken, that is what follows
    /// the author's break, or the spaces.
    fn first_token(&self) -> usize {
        let tokens = &self.paragraph.tokens;
        // Tokens are in the order of the text, so those of a line are found by halving. A line may
        // begin within a token, where a word was divided.
        let from = tokens.partition_point(|token| token.start <= self.start).saturating_sub(1);
        if self.is_first() {
            return from;
        }
        match tokens.get(from) {
            Some(token) if token.kind == TokenKind::Break && token.start == self.start => from + 1,
            _ => from + tokens[from..].iter().take_while(|token| token.kind == TokenKind::Space).count(),
        }
    }

    fn gather_token(&mut self, n: usize, shaper: &mut Shaper<'_>) {
        let token = self.paragraph.tokens[n];
        let start = token.start.max(self.start);
        let whole_end = self.paragraph.end(n);
        let end = whole_end.min(self.end);
        let kind = match token.kind {
            TokenKind::Word(word) if start == token.start && end == whole_end && !self.adds_hyphen(end) => {
                AtomKind::Word(word)
            }
            TokenKind::Word(_) => AtomKind::Word(self.cut_word(n, start, end, shaper)),
            TokenKind::Space | TokenKind::Tie => AtomKind::Space,
            TokenKind::Picture => AtomKind::Picture,
            TokenKind::Raw | TokenKind::Break => return,
        };
        let level = self.paragraph.level(n);
        let beside = self.atoms.last().is_some_and(|last| last.is_word() && last.end == start);
        let correction =
            if beside && start == token.start { self.paragraph.correction(n) } else { Abs::ZERO };
        self.atoms.push(Atom { kind, part: token.part, start, end, level, correction });
    }

    /// Shapes the part of a word that is in this line, with its hyphen.
    fn cut_word(&self, n: usize, start: u32, end: u32, shaper: &mut Shaper<'_>) -> WordId {
        let part = &self.paragraph.text[start as usize..end as usize];
        let Some(style) = self.paragraph.style(&self.paragraph.tokens[n]) else {
            return shaper.part(StyleId::default(), false, part);
        };
        let rtl = self.paragraph.is_rtl(n);
        if self.adds_hyphen(end) {
            // The soft hyphen that asked for this break is gone from the line, and a visible one
            // stands in its place: a part with both would be read as two.
            let letters = part.trim_end_matches('\u{ad}');
            let hyphen = shaper.open(style).hyphen_character;
            return shaper.part(style, rtl, &format!("{letters}{hyphen}"));
        }
        shaper.part(style, rtl, part)
    }

    /// Spaces at the end have no part in the measure.
    fn drop_spaces(&mut self) {
        for atom in self.atoms.iter_mut().rev().take_while(|atom| atom.kind == AtomKind::Space) {
            atom.kind = AtomKind::Dropped;
            // behind the words on the page too, where it moves none of them
            atom.level &= !1;
        }
    }

    /// The space at which the line was broken is kept at its end for those who
    /// read the file, not the page; so is one for the author's own break, that
    /// its two words stay two.
    fn keep_broken_space(&mut self) {
        let tokens = &self.paragraph.tokens;
        // The token that begins where the line ends: the space at which it was broken, the author's
        // own break, or a word that had no space before it, which leaves nothing to keep.
        let next = tokens.partition_point(|token| token.start < self.end);
        let Some(token) = tokens.get(next).filter(|token| token.start == self.end) else { return };
        let last = self.atoms.last().filter(|atom| atom.kind != AtomKind::Dropped);
        let part = match token.kind {
            TokenKind::Space => Some(token.part),
            TokenKind::Break => last.map(|atom| atom.part),
            _ => None,
        };
        let level = self.paragraph.level(0) & !1;
        let (start, end) = (token.start, self.paragraph.end(next));
        let correction = Abs::ZERO;
        let dropped = |part| Atom { kind: AtomKind::Dropped, part, start, end, level, correction };
        self.atoms.extend(part.map(dropped));
    }
}

impl Atom {
    fn is_word(&self) -> bool {
        matches!(self.kind, AtomKind::Word(_))
    }

    /// Whether it has a part in the measure.
    pub(super) fn is_solid(&self) -> bool {
        self.kind != AtomKind::Dropped
    }
}
