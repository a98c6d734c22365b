//! The first paragraph of a text: its initial and its lead-in.

use super::builder::FlowBuilder;
use super::context::BlockContext;
use crate::book::{BlockKind, initial};
use crate::font::clings;
use crate::length::{Abs, Em};
use crate::narrow::Nearest;
use crate::style::Paragraphs;
use crate::typeset::line::{Line, LineAlignment, LineRun, Mark, Piece, StyledText, Words};
use crate::typeset::paragraph::Paragraph;
use crate::typeset::text_style::TextStyle;

/// How high most letters reach, in ems.
const ASCENDERS: f64 = 0.7;

/// The first paragraph of a text that runs on is not divided when it has so few lines.
const SHORT_OPENING: usize = 4;

impl FlowBuilder<'_, '_> {
    /// Lays the paragraph that opens a text.
    pub fn open(&mut self, mut text: StyledText, bears_initial: bool, ctx: &BlockContext) {
        let lines = self.cx.style.heading.drop_cap;
        let bears_initial = bears_initial && self.reaches_below(&text, lines, ctx);
        let taken = bears_initial.then(|| take_initial(&mut text)).flatten();
        if self.cx.style.heading.lead_in {
            lead_in(&mut text);
        }
        let mut form = self.form(ctx, Abs::ZERO);
        let initial = taken.and_then(|taken| {
            let line = self.initial(&taken, lines, ctx)?;
            Some((taken, line))
        });
        if let Some((_, line)) = &initial {
            let below = self.lines_below(line, ctx);
            // A tail that keeps further lines clear keeps them clear to its end.
            let right = if below > 0 { self.ink_end(line) } else { Abs::ZERO };
            let width = line.extent.1.max(right) + Em::new(0.12).at(ctx.text_style.size);
            form.beside = (lines + below, width);
        }
        let bears = initial.is_some();
        let drop = ctx.leading * (i64::from(lines) - 1);
        let runs_on = self.composer.section.runs_on;
        if let Some(item) = self.lay(ctx, text, &form) {
            let short = item.variants[0].ends.len() <= SHORT_OPENING;
            item.keep_together |= runs_on && (short || bears);
            if let Some((taken, line)) = initial {
                item.initial = (!taken.alone).then_some(taken.words.text);
                item.beside.push((drop, line));
            }
        }
        self.go_on_beside(form.beside);
        self.indent_next();
    }

    /// Whether the opening fills so many lines of its page, where nothing else can go on beside its initial: on the pages of
    /// the older edition, which end where they ended there. An initial beside fewer would hang into what comes below, or off
    /// the page.
    fn reaches_below(&mut self, text: &StyledText, lines: u32, ctx: &BlockContext) -> bool {
        if !self.cx.keeps_source_pages() {
            return true;
        }
        let begins = |piece: &Piece| matches!(piece, Piece::Mark(Mark::SourcePage(_)));
        let own = text.pieces.iter().skip_while(|piece| begins(piece)).take_while(|piece| !begins(piece));
        let own = StyledText { pieces: own.cloned().collect() };
        let form = self.form(ctx, Abs::ZERO);
        let paragraph = Paragraph::new(&own, &form, &mut self.composer.shaper);
        // the words are set closer beside the initial than here, so that they fill no fewer lines there
        paragraph.variants().iter().all(|shape| u32::nearest(shape.ends.len()) >= lines)
    }

    /// Remembers which lines of an initial the paragraph that was just laid leaves clear;
    /// it then stays as long as it is, and with what comes next.
    pub(super) fn go_on_beside(&mut self, (lines, width): (u32, Abs)) {
        self.next.beside = (0, Abs::ZERO);
        let last = self.column.len().saturating_sub(1);
        let Some(item) = self.column.text_at(last).filter(|_| lines > 0) else { return };
        let set = u32::nearest(item.variants[0].ends.len());
        // The opening paragraph is shorter than its initial: the next one goes on beside it. So that
        // the two agree on where that is, the first keeps its one shape and stays with the second.
        if set < lines && !self.cx.keeps_source_pages() {
            item.variants.truncate(1);
            item.keep_next = true;
            self.next.beside = (lines - set, width);
        }
    }

    /// Leaves the lines clear that an initial still takes, before something that cannot
    /// stand beside it.
    pub(super) fn clear_initial(&mut self, block: &BlockKind) {
        use BlockKind::{Div, PageMark, Para};
        let indented = self.cx.style.text.paragraphs == Paragraphs::Indented;
        let beside = matches!(block, Para(_)) && indented;
        if self.next.beside.0 > 0 && !beside && !matches!(block, PageMark(_) | Div(..)) {
            let (lines, _) = std::mem::take(&mut self.next.beside);
            self.space(lines);
        }
    }

    /// How many lines more an initial keeps clear, since its tail reaches into them.
    fn lines_below(&self, initial: &Line, ctx: &BlockContext) -> u32 {
        let faces: Vec<_> = self.composer.shaper.library().iter().map(|(_, face)| face).collect();
        let depth = |run: &LineRun| {
            let face = faces.get(run.run.font as usize)?;
            let lowest =
                run.run.glyphs.iter().filter_map(|glyph| Some(face.ink(glyph.id)?.low)).reduce(f32::min)?;
            Some(run.run.size.scale(f64::from(-lowest) / f64::from(face.units_per_em.max(1))))
        };
        let deepest = initial.runs.iter().filter_map(depth).max().unwrap_or(Abs::ZERO);
        // Between the baseline and the letters of the next line.
        let clear = ctx.leading - ctx.text_style.size.scale(ASCENDERS);
        // A tail may reach below the baseline as far as the letters of the next line leave room for;
        // beyond that each line that it reaches into is kept clear.
        if deepest <= clear { 0 } else { u32::nearest((deepest - clear).ratio(ctx.leading).ceil()) }
    }

    /// How far to the right the ink of an initial reaches: the tail of a Q goes beyond it.
    fn ink_end(&self, initial: &Line) -> Abs {
        let faces: Vec<_> = self.composer.shaper.library().iter().map(|(_, face)| face).collect();
        let end = |run: &LineRun| {
            let (face, glyph) = (faces.get(run.run.font as usize)?, run.run.glyphs.first()?);
            let ink = face.ink(glyph.id)?;
            Some(run.x + run.run.size.scale(f64::from(ink.right) / f64::from(face.units_per_em.max(1))))
        };
        initial.runs.iter().filter_map(end).max().unwrap_or(Abs::ZERO)
    }

    /// The initial as a line: so large that it reaches from the height of the
    /// first line's capitals to the baseline of the last line beside it.
    fn initial(&mut self, taken: &TakenInitial, lines: u32, ctx: &BlockContext) -> Option<Line> {
        let words = &taken.words;
        let face = self.composer.shaper.library().face(self.cx.faces.regular());
        let capital = f64::from(face.cap_height) / f64::from(face.units_per_em).max(1.0);
        let height = ctx.leading * (i64::from(lines) - 1) + ctx.text_style.size.scale(capital);
        let text_style =
            TextStyle { italic: false, ..ctx.text_style.clone() }.at(height.scale(1.0 / capital));
        // A quotation mark before it stands in the first line, as large as that.
        let letter = words.text.find(char::is_alphabetic).unwrap_or(0);
        let (mark, letter) = words.text.split_at(letter);
        let raise = ctx.text_style.raise + ctx.leading * (i64::from(lines) - 1);
        let mark_style = TextStyle { raise, ..ctx.text_style.clone() };
        // Where a word goes on behind it, the word says it whole, and the initial is an ornament.
        let at = words.at.filter(|_| taken.alone);
        let said =
            |words: Words, before: usize| Words { at: at.map(|at| at + u32::nearest(before)), ..words };
        let letter = said(self.cx.words_in(&text_style, words.leaf, letter), mark.len());
        let mark = (!mark.is_empty()).then(|| said(self.cx.words_in(&mark_style, words.leaf, mark), 0));
        let pieces = mark.into_iter().chain([letter]).map(Piece::Words).collect();
        let mut form = self.form(&BlockContext { alignment: LineAlignment::Left, ..ctx.clone() }, Abs::ZERO);
        form.protrude = false;
        self.composer.lines(&StyledText { pieces }, &form).into_iter().next()
    }
}

/// The letter that becomes an initial, taken from the words that it began.
struct TakenInitial {
    /// The letter, with its accents and the quotation mark before it.
    words: Words,
    /// No words follow that could say it: the call of a note does, or nothing.
    alone: bool,
}

fn words_len(piece: &Piece) -> usize {
    match piece {
        Piece::Words(words) => words.text.len(),
        _ => 0,
    }
}

/// Takes the first letter, with its accents and the quotation mark before it, unless
/// nothing would be left that could stand beside it.
fn take_initial(text: &mut StyledText) -> Option<TakenInitial> {
    let is_words = |piece: &Piece| matches!(piece, Piece::Words(_));
    let at = text.pieces.iter().position(is_words)?;
    let goes_on = text.pieces.get(at + 1).is_some_and(is_words);
    let has_more = text.pieces[at + 1..].iter().any(|piece| words_len(piece) > 0);
    let Piece::Words(first) = &mut text.pieces[at] else { return None };
    let (at, letter) = initial(&first.text)?;
    let after = at + letter.len_utf8();
    let marks = first.text[after..].chars().take_while(|c| clings(*c));
    let end = after + marks.map(char::len_utf8).sum::<usize>();
    if end == first.text.len() && !has_more {
        return None;
    }
    let rest = first.text.split_off(end);
    let words = Words { text: std::mem::replace(&mut first.text, rest), ..first.clone() };
    first.at = first.at.map(|at| at + u32::nearest(end));
    Some(TakenInitial { words, alone: first.text.is_empty() && !goes_on })
}

/// Sets the first words in small capitals: as far as the first comma.
fn lead_in(text: &mut StyledText) {
    let Some(at) = text.pieces.iter().position(|piece| words_len(piece) > 0) else { return };
    let Piece::Words(first) = &mut text.pieces[at] else { return };
    let end = crate::book::lead_in(&first.text);
    let rest = Words {
        text: first.text.split_off(end),
        at: first.at.map(|at| at + u32::nearest(end)),
        ..first.clone()
    };
    first.style.small_caps = true;
    first.style.letterspace = Em::new(0.03).at(first.style.size);
    text.pieces.insert(at + 1, Piece::Words(rest));
}
