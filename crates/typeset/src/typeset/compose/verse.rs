//! Verse.

use super::builder::FlowBuilder;
use super::context::BlockContext;
use crate::book::{Verse, VerseLine};
use crate::length::Abs;
use crate::pages::{NodeId, Tag};
use crate::typeset::line::{Form, LineAlignment, Piece, StyledText};
use crate::typeset::paragraph::Paragraph;

impl FlowBuilder<'_, '_> {
    /// Composes verse: lines are lines, turnovers are indented, and a page
    /// break leaves two lines of a stanza on each side.
    pub fn verse(&mut self, verse: &Verse, ctx: &BlockContext) {
        self.verse_gap(ctx);
        let node = self.composer.tree.node(ctx.node, Tag::Div);
        let style = &self.cx.style.verse;
        let size = style.size.at(ctx.text_style.size);
        let indents = self.cx.indented(ctx, style.left.at(ctx.text_style.size), Abs::ZERO);
        let text_style = ctx.text_style.clone().at(size);
        let inner = BlockContext { text_style, indents, alignment: LineAlignment::Left, ..ctx.clone() };
        let begin = self.column.len();
        let stanzas: Vec<StyledStanza> =
            verse.stanzas.iter().map(|stanza| self.styled_stanza(stanza, node, &inner)).collect();
        let indents = (self.verse_left(&stanzas, ctx, &inner), indents.1);
        let inner = BlockContext { indents, ..inner };
        for (stanza, n) in stanzas.into_iter().zip(0..) {
            if n > 0 {
                self.stanza_gap(&inner);
            }
            let first = self.column.len();
            stanza.into_iter().for_each(|line| self.verse_line(line, &inner));
            self.column.keep_two(first);
            self.column.stanza_from(first, self.poem);
        }
        if let Some(attribution) = &verse.attribution {
            let node = self.composer.tree.node(node, Tag::P);
            let text = self.composer.styled(attribution, &ctx.text_style, node);
            self.verse_attribution(&text, begin, &BlockContext { indents, ..ctx.clone() });
        }
        self.verse_gap(ctx);
        self.indent_next();
    }

    /// Whose verse it is: to the right, and no further than the longest line of what stands in the
    /// column from `begin` on, nor than it is long itself.
    fn verse_attribution(&mut self, text: &StyledText, begin: usize, ctx: &BlockContext) {
        let verse = self.column.split_off(begin);
        let longest = self.widest_line(&verse);
        self.column.extend(verse);
        let free =
            BlockContext { alignment: LineAlignment::Left, indents: (Abs::ZERO, Abs::ZERO), ..ctx.clone() };
        let whole = Paragraph::new(text, &self.form(&free, Abs::ZERO), &mut self.composer.shaper);
        let own = whole.widths(&self.composer.shaper).1;
        let hair = Abs::pt(0.05);
        let end = longest.max(ctx.indents.0 + own + hair);
        let right = (self.cx.style.measure() - end).max(ctx.indents.1 + ctx.text_style.size);
        let outer =
            BlockContext { alignment: LineAlignment::Right, indents: (ctx.indents.0, right), ..ctx.clone() };
        let form = Form { display: true, hyphenate: false, ..self.form(&outer, Abs::ZERO) };
        self.column.keep_next();
        self.lay(&outer, text.clone(), &form);
    }

    /// White space between two stanzas: always the same, since it is the poem's own.
    fn stanza_gap(&mut self, ctx: &BlockContext) {
        if ctx.noted {
            self.gap(ctx);
        } else {
            self.space(1);
        }
    }

    /// The words of a stanza. All lines but the last end in a space, by which those who hear it
    /// can tell its lines apart.
    fn styled_stanza(&mut self, stanza: &[VerseLine], verse: NodeId, ctx: &BlockContext) -> StyledStanza {
        let node = self.composer.tree.node(verse, Tag::P);
        let mut styled = StyledStanza::with_capacity(stanza.len());
        for (number, line) in (1..).zip(stanza) {
            let mut text = self.composer.styled(&line.content, &ctx.text_style, node);
            if number < stanza.len() {
                let leaf = self.composer.leaf(node);
                text.pieces.push(Piece::Words(self.cx.words_in(&ctx.text_style, leaf, " ")));
            }
            let own = ctx.text_style.size.scale(f64::from(line.spaces) / 2.0);
            let own = own.min(self.cx.style.measure() / 2);
            styled.push(StyledLine { text, own });
        }
        styled
    }

    /// Where verse begins: at its indent, or further out when a line would turn over there that has
    /// room in the measure. In a play and in a list, verse keeps to its place.
    fn verse_left(&mut self, stanzas: &[StyledStanza], outer: &BlockContext, ctx: &BlockContext) -> Abs {
        let (left, right) = ctx.indents;
        let least = if outer.lists > 0 { outer.indents.0 } else { Abs::ZERO };
        if self.play || left <= least {
            return left;
        }
        let end = self.cx.style.measure() - right;
        let form = Form {
            hyphenate: false,
            ..self.form(&BlockContext { indents: (Abs::ZERO, right), ..ctx.clone() }, Abs::ZERO)
        };
        // only what may be too long is measured: hardly a line has letters as wide as this
        let wide = ctx.text_style.size.scale(WIDE_LETTER);
        let too_long = stanzas.iter().flatten().filter(|line| left + line.own + wide * line.letters() > end);
        let wanted = too_long.map(|line| {
            let paragraph = Paragraph::new(&line.text, &form, &mut self.composer.shaper);
            end - line.own - paragraph.widths(&self.composer.shaper).1
        });
        wanted.filter(|start| *start >= least).fold(left, Abs::min)
    }

    /// Lays a line, and what turns over of it further in.
    fn verse_line(&mut self, line: StyledLine, ctx: &BlockContext) {
        let turnover = self.cx.style.verse.turnover.at(ctx.text_style.size);
        // However far a poet sets a line in, a sixth of the measure is left for its words, and its
        // turnover stands further in than the line itself, so that no reader takes it for one.
        let most = (self.cx.style.measure() * 5 / 6 - ctx.indents.1).max(ctx.indents.0);
        let left = (ctx.indents.0 + line.own + turnover).min(most);
        // What is read from the other side than the book begins, and is indented, on that side.
        let inner = match self.cx.runs_against(&ctx.text_style.lang) {
            true => BlockContext {
                indents: (ctx.indents.1, left),
                alignment: LineAlignment::Right,
                ..ctx.clone()
            },
            false => BlockContext { indents: (left, ctx.indents.1), ..ctx.clone() },
        };
        let mut form = self.form(&inner, -turnover);
        form.hyphenate = false;
        if let Some(item) = self.lay(&inner, line.text, &form) {
            // A line of verse that is turned over is still one line: no page parts it.
            item.keep_together = true;
        }
    }
}

/// The lines of a stanza, ready to be laid.
type StyledStanza = Vec<StyledLine>;

struct StyledLine {
    text: StyledText,
    /// How far the author moved it in.
    own: Abs,
}

impl StyledLine {
    /// How many letters it has.
    fn letters(&self) -> i64 {
        let words = self.text.pieces.iter().filter_map(|piece| match piece {
            Piece::Words(words) => Some(words.text.chars().count() as i64),
            _ => None,
        });
        words.sum()
    }
}

/// The width of a letter that hardly a line exceeds on average, in em.
const WIDE_LETTER: f64 = 0.75;
