//! A paragraph as it is kept: its words, tokens and parts.

use super::order;
use crate::book::ImageId;
use crate::diag::Span;
use crate::font::{WordId, is_unicase};
use crate::length::{Abs, Size};
use crate::narrow::Nearest;
use crate::pages::{Flow, LeafId, Origin};
use crate::typeset::breaking::CostTable;
use crate::typeset::line::{Breaks, Form, LinkId, Mark, Piece, ResolvedStyle, StyledText, Words};
use crate::typeset::shaper::{Shaper, StyleId};
use crate::typeset::ways::Ways;
use std::ops::Range;
use std::sync::Arc;

/// A paragraph that is shaped and can be broken into lines.
///
/// It keeps shaped items only; lines are made when asked for, so that the
/// paragraphs of a whole book fit into memory while its pages are chosen.
#[derive(Clone, Debug)]
pub struct Paragraph {
    pub(super) form: Form,
    /// All words one after another; a picture is U+FFFC, a forced end U+000A.
    pub(super) text: String,
    pub(super) pieces: Vec<ParagraphPiece>,
    pub(super) tokens: Vec<Token>,
    /// Whether it is read from right to left.
    pub(super) rtl: bool,
    /// The embedding level of each token, unless all run from left to right.
    pub(super) levels: Option<Vec<u8>>,
    pub(super) marks: Vec<(u32, Mark)>,
    /// White that some words need before them, for they stand beside a word that slants
    /// otherwise: their tokens, in order.
    corrections: Vec<(usize, Abs)>,
    variants: Vec<Breaks>,
    /// No way to break it has fewer faults.
    pub(super) least_faults: u32,
}

/// Where a piece's text begins in the paragraph's text, and what it is.
#[derive(Clone, Debug)]
pub(super) struct ParagraphPiece {
    pub(super) start: u32,
    pub(super) kind: PieceKind,
    pub(super) link: Option<LinkId>,
}

#[derive(Clone, Debug)]
pub(super) enum PieceKind {
    Words { style: StyleId, leaf: LeafId, at: Option<u32>, span: Option<Span>, glued: bool },
    Picture(ImageId, Size, LeafId),
    Break,
}

/// A word, or what is between words. It ends where the next one starts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: u32,
    pub(super) part: u32,
    pub(super) kind: TokenKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A word that is not shaped yet.
    Raw,
    Word(WordId),
    /// A space where a line may end, and one where none may.
    Space,
    Tie,
    Picture,
    Break,
}

impl Paragraph {
    /// The running text that its words belong to.
    #[must_use]
    pub fn flow(&self) -> Option<Flow> {
        self.form.flow
    }

    /// Shapes `text` for `form` and finds the ways to break it.
    #[must_use]
    pub fn new(text: &StyledText, form: &Form, shaper: &mut Shaper<'_>) -> Paragraph {
        let mut paragraph = Paragraph {
            form: form.clone(),
            text: String::new(),
            pieces: Vec::new(),
            tokens: Vec::new(),
            rtl: false,
            levels: None,
            marks: Vec::new(),
            corrections: Vec::new(),
            variants: Vec::new(),
            least_faults: 0,
        };
        paragraph.gather(text, shaper);
        paragraph.find_levels(text);
        paragraph.shape(shaper);
        paragraph.correct(shaper);
        let costs = CostTable { loosest: form.loosest, ..CostTable::default() };
        paragraph.find_ways(shaper, costs);
        paragraph
    }

    /// Finds the ways to break it, or takes those that were found when the book was set before.
    fn find_ways(&mut self, shaper: &mut Shaper<'_>, costs: CostTable) {
        // To search takes two thirds of what it takes to compose a paragraph, and to know whether it must be
        // searched one look at its words. A cold build has nothing to remember and does not even look.
        let known = shaper.known_ways().map(|known| (known, self.key(known.style(), shaper)));
        if let Some((known, key)) = known
            && let Some(ways) = known.find(key)
        {
            self.variants.clone_from(&ways.variants);
            (self.form.limits, self.least_faults) = (ways.limits, ways.least_faults);
            return shaper.meet(key, ways);
        }
        self.variants = self.find_variants(shaper, costs);
        if let Some((_, key)) = known {
            let (variants, limits) = (self.variants.clone(), self.form.limits);
            shaper.meet(key, Arc::new(Ways { variants, limits, least_faults: self.least_faults }));
        }
    }

    /// The ways to break it that are worth having: one for each number of
    /// lines, in order of that number, and after them the best once more without
    /// each of its first few hyphens, because no page should end in one; of ragged
    /// lines the best alone. Never empty; the one with the fewest demerits is the
    /// paragraph's own choice. An empty paragraph has no lines.
    #[must_use]
    pub fn variants(&self) -> &[Breaks] {
        &self.variants
    }

    /// The least number of faults that any way to break it has, within the limits of its
    /// spaces and letters: proved for a paragraph whose best lines have one.
    #[must_use]
    pub fn least_faults(&self) -> u32 {
        self.least_faults
    }

    /// The ways to break it, the best first.
    #[must_use]
    pub fn best_first(&self) -> Vec<Breaks> {
        let mut variants = self.variants.clone();
        variants.sort_by(|a, b| a.demerits.total_cmp(&b.demerits));
        variants
    }

    /// Its marks in logical order, each with the number of the line, from 0,
    /// that it comes to stand in: cheaper than making the lines.
    pub fn marks<'p>(&'p self, breaks: &'p Breaks) -> impl Iterator<Item = (u32, &'p Mark)> {
        self.marks.iter().map(|(at, mark)| (line_of(breaks, *at), mark))
    }

    /// The lines that end in a hyphen of the author's, from 0.
    #[must_use]
    pub fn own_hyphens(&self, breaks: &Breaks) -> Vec<u32> {
        let ends_so =
            |end: u32| self.text.get(..end as usize).is_some_and(|line| line.ends_with(['-', '\u{2010}']));
        let lines = (0..).zip(&breaks.ends).filter(|(_, end)| ends_so(**end));
        lines.map(|(line, _)| line).collect()
    }

    /// The width of the widest part that cannot be broken, and of the whole
    /// in one line, without indents: for columns of tables.
    #[must_use]
    pub fn widths(&self, shaper: &Shaper<'_>) -> (Abs, Abs) {
        let (mut widest, mut part, mut whole) = (Abs::ZERO, Abs::ZERO, Abs::ZERO);
        for (n, token) in self.tokens.iter().enumerate() {
            let width = self.natural_width(n, shaper) + self.correction(n);
            whole += width;
            // Words that nothing parts are one piece for a table's column: it must be as wide as the
            // widest.
            part = if matches!(token.kind, TokenKind::Space | TokenKind::Break) {
                Abs::ZERO
            } else {
                part + width
            };
            widest = widest.max(part);
        }
        (widest, whole)
    }

    /// How wide each part is that cannot be broken, with the white behind it or, where a line ends there, none.
    pub(in crate::typeset) fn words_of_cell(&self, shaper: &Shaper<'_>) -> Vec<(Abs, Option<Abs>)> {
        let (mut words, mut part) = (Vec::new(), Abs::ZERO);
        for (n, token) in self.tokens.iter().enumerate() {
            let width = self.natural_width(n, shaper) + self.correction(n);
            match token.kind {
                TokenKind::Space => words.push((std::mem::take(&mut part), Some(width))),
                TokenKind::Break => words.push((std::mem::take(&mut part), None)),
                _ => part += width,
            }
        }
        words.push((part, Some(Abs::ZERO)));
        words
    }

    /// The words of `text` one after another, cut into tokens.
    fn gather(&mut self, text: &StyledText, shaper: &mut Shaper<'_>) {
        for piece in &text.pieces {
            let start = u32::nearest(self.text.len());
            let part = u32::nearest(self.pieces.len());
            match piece {
                Piece::Words(words) => self.gather_words(words, shaper),
                Piece::Picture(picture) => {
                    self.text.push('\u{fffc}');
                    self.tokens.push(Token { start, part, kind: TokenKind::Picture });
                    let kind = PieceKind::Picture(picture.image, picture.size, picture.leaf);
                    self.pieces.push(ParagraphPiece { start, kind, link: picture.link });
                }
                Piece::Mark(mark) => self.marks.push((start, mark.clone())),
                Piece::Break => {
                    self.text.push('\n');
                    self.tokens.push(Token { start, part, kind: TokenKind::Break });
                    self.pieces.push(ParagraphPiece { start, kind: PieceKind::Break, link: None });
                }
            }
        }
    }

    /// Letterspacing is for alphabets with capitals: it would tear joined letters
    /// apart, and marks nothing in the others.
    fn gather_words(&mut self, words: &Words, shaper: &mut Shaper<'_>) {
        if words.style.letterspace == Abs::ZERO || !words.text.contains(is_unicase) {
            return self.gather_stretch(words, 0..words.text.len(), &words.style, shaper);
        }
        let plain = ResolvedStyle { letterspace: Abs::ZERO, ..words.style.clone() };
        let mut start = 0;
        for word in words.text.split_inclusive(' ') {
            let style = if word.contains(is_unicase) { &plain } else { &words.style };
            self.gather_stretch(words, start..start + word.len(), style, shaper);
            start += word.len();
        }
    }

    /// A stretch of some words, in that look.
    fn gather_stretch(
        &mut self,
        words: &Words,
        bytes: Range<usize>,
        style: &ResolvedStyle,
        shaper: &mut Shaper<'_>,
    ) {
        let start = u32::nearest(self.text.len());
        let part = u32::nearest(self.pieces.len());
        let style = shaper.style(style);
        let at = words.at.map(|at| at + u32::nearest(bytes.start));
        let kind = PieceKind::Words { style, leaf: words.leaf, at, span: words.span, glued: words.glued };
        self.pieces.push(ParagraphPiece { start, kind, link: words.link });
        let text = &words.text[bytes];
        self.text.push_str(text);
        // A token is a run of characters of one kind, so a row of spaces is one token: where a line
        // ends it vanishes as a whole.
        let mut last = None;
        for (at, c) in text.char_indices() {
            let kind = match c {
                ' ' | '\t' | '\n' | '\r' if words.glued => TokenKind::Tie,
                ' ' | '\t' | '\n' | '\r' => TokenKind::Space,
                '\u{a0}' => TokenKind::Tie,
                _ => TokenKind::Raw,
            };
            if last != Some(kind) {
                self.tokens.push(Token { start: start + u32::nearest(at), part, kind });
                last = Some(kind);
            }
        }
    }

    fn shape(&mut self, shaper: &mut Shaper<'_>) {
        for n in 0..self.tokens.len() {
            let token = self.tokens[n];
            if let (TokenKind::Raw, PieceKind::Words { style, span, .. }) =
                (token.kind, &self.pieces[token.part as usize].kind)
            {
                let text = &self.text[token.start as usize..self.end(n) as usize];
                let word = shaper.word(*style, self.is_rtl(n), text, *span);
                self.tokens[n].kind = TokenKind::Word(word);
            }
        }
    }

    /// Finds the white that is wanted between slanted words and upright ones. Where words change
    /// places there is none, since it is not known which will be neighbours.
    fn correct(&mut self, shaper: &mut Shaper<'_>) {
        if self.pieces.len() < 2 || self.levels.is_some() {
            return;
        }
        for n in 1..self.tokens.len() {
            let (before, token) = (self.tokens[n - 1], self.tokens[n]);
            let (TokenKind::Word(left), TokenKind::Word(right)) = (before.kind, token.kind) else { continue };
            if let (Some(style), Some(other)) = (self.style(&before), self.style(&token)) {
                // Few words touch one of another look, and hardly any of these come too near: the list
                // stays short, and most paragraphs have none.
                let white = shaper.correction((left, style), (right, other));
                self.corrections.extend((white > Abs::ZERO).then_some((n, white)));
            }
        }
    }

    /// The white that a word needs before it.
    pub(super) fn correction(&self, token: usize) -> Abs {
        let known = self.corrections.binary_search_by_key(&token, |(n, _)| *n);
        known.map_or(Abs::ZERO, |at| self.corrections[at].1)
    }

    /// Where the token ends in the text.
    pub(super) fn end(&self, token: usize) -> u32 {
        self.tokens.get(token + 1).map_or(u32::nearest(self.text.len()), |next| next.start)
    }

    pub(super) fn token_text(&self, token: usize) -> &str {
        &self.text[self.tokens[token].start as usize..self.end(token) as usize]
    }

    /// Finds the embedding levels, and parts words where the level changes.
    fn find_levels(&mut self, text: &StyledText) {
        let base = text.pieces.iter().find_map(|piece| match piece {
            Piece::Words(words) => Some(words.style.lang.is_rtl()),
            _ => None,
        });
        self.rtl = base.unwrap_or(false);
        let Some(levels) = order::levels(&self.text, self.rtl) else { return };
        // A word whose direction changes in the middle becomes two tokens, which are shaped by
        // themselves and may change places; that is the unit of the algorithm's rule L2. Text that has
        // no turn, which is that of most books, has no levels and pays for none.
        let (mut tokens, mut token_levels) = (Vec::new(), Vec::new());
        for (n, token) in self.tokens.iter().enumerate() {
            let mut last = None;
            for (at, _) in self.token_text(n).char_indices() {
                let start = token.start + u32::nearest(at);
                let level = levels[start as usize];
                if last.is_none() || token.kind == TokenKind::Raw && last != Some(level) {
                    tokens.push(Token { start, ..*token });
                    token_levels.push(level);
                }
                last = Some(level);
            }
        }
        self.tokens = tokens;
        self.levels = Some(token_levels);
    }

    /// The embedding level of a token.
    pub(super) fn level(&self, token: usize) -> u8 {
        self.levels.as_ref().map_or(0, |levels| levels[token])
    }

    pub(super) fn is_rtl(&self, token: usize) -> bool {
        self.level(token) % 2 == 1
    }

    pub(super) fn style(&self, token: &Token) -> Option<StyleId> {
        match self.pieces[token.part as usize].kind {
            PieceKind::Words { style, .. } => Some(style),
            _ => None,
        }
    }

    /// Where the words of a part come from that begin at the byte `start` of the
    /// paragraph's text.
    pub(super) fn origin(&self, part: u32, start: u32) -> Option<Origin> {
        let part = &self.pieces[part as usize];
        match part.kind {
            PieceKind::Words { at: Some(stretch), .. } => {
                Some(Origin { flow: self.form.flow?, stretch, within: start.saturating_sub(part.start) })
            }
            _ => None,
        }
    }

    /// Whether two parts may share a run: their words follow one another in the
    /// running text, or neither has any part in it.
    pub(super) fn are_one_stretch(&self, a: u32, b: u32) -> bool {
        let (first, second) = (a.min(b), a.max(b));
        let end = |part: u32| {
            self.pieces.get(part as usize + 1).map_or(u32::nearest(self.text.len()), |next| next.start)
        };
        let start = |part: u32| self.pieces[part as usize].start;
        let at = |part: u32| self.origin(part, start(part)).map(|origin| origin.stretch);
        match (at(first), at(second)) {
            (Some(one), Some(other)) => one + (end(first) - start(first)) == other,
            (None, None) => true,
            // One of the two has a place in the running text and the other has none, such as a space
            // that was added. White space alone belongs to whatever is beside it.
            _ => [a, b]
                .iter()
                .any(|part| self.text[start(*part) as usize..end(*part) as usize].trim().is_empty()),
        }
    }

    pub(super) fn natural_width(&self, n: usize, shaper: &Shaper<'_>) -> Abs {
        let token = &self.tokens[n];
        match (&self.pieces[token.part as usize].kind, token.kind) {
            (PieceKind::Picture(_, size, _), _) => size.width,
            (PieceKind::Words { style, .. }, TokenKind::Word(word)) => shaper.width(*style, word),
            (PieceKind::Words { style, .. }, TokenKind::Space | TokenKind::Tie) => {
                shaper.spaces(*style, self.token_text(n))
            }
            _ => Abs::ZERO,
        }
    }

    /// How wide a line may be, by its number from 0.
    pub(super) fn width(&self, line: usize) -> Abs {
        self.form.measure - self.indent(line) - self.form.indents.1
    }

    /// How wide the narrowest of its lines may be: the first, which may be indented or stand beside an
    /// initial, or those below.
    pub(super) fn least_width(&self) -> Abs {
        let below = self.form.measure - self.form.indents.0 - self.form.indents.1;
        self.width(0).min(below)
    }

    /// How far a line is indented on the left.
    pub(super) fn indent(&self, line: usize) -> Abs {
        let first = if line == 0 { self.form.first } else { Abs::ZERO };
        let beside = if line < self.form.beside.0 as usize { self.form.beside.1 } else { Abs::ZERO };
        self.form.indents.0 + first + beside
    }
}

/// The line that holds the byte `at`.
fn line_of(breaks: &Breaks, at: u32) -> u32 {
    let line = breaks.ends.partition_point(|end| *end <= at);
    u32::nearest(line).min(u32::nearest(breaks.ends.len()).saturating_sub(1))
}
