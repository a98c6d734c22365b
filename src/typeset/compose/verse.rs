//! Verse.

use super::builder::FlowBuilder;
use super::context::BlockContext;
use crate::book::{Verse, VerseLine};
use crate::length::Abs;
use crate::pages::{NodeId, Tag};
use crate::typeset::line::{LineAlignment, Piece};

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
        for (stanza, n) in verse.stanzas.iter().zip(0..) {
            if n > 0 {
                self.stanza_gap(&inner);
            }
            let first = self.column.len();
            let node = self.composer.tree.node(node, Tag::P);
            for (number, line) in (1..).zip(stanza) {
                self.verse_line(line, node, number == stanza.len(), &inner);
            }
            self.column.keep_two(first);
        }
        if let Some(attribution) = &verse.attribution {
            let node = self.composer.tree.node(node, Tag::P);
            let text = self.composer.styled(attribution, &ctx.text_style, node);
            let right = ctx.indents.1 + ctx.text_style.size;
            let outer =
                BlockContext { alignment: LineAlignment::Right, indents: (indents.0, right), ..ctx.clone() };
            let form = self.form(&outer, Abs::ZERO);
            self.column.keep_next();
            self.lay(&outer, text, &form);
        }
        self.verse_gap(ctx);
        self.indent_next();
    }

    /// White space between two stanzas: always the same, since it is the poem's own.
    fn stanza_gap(&mut self, ctx: &BlockContext) {
        if ctx.noted {
            self.gap(ctx);
        } else {
            self.space(1);
        }
    }

    /// Lays a line. All but the last end in a space, by which those who hear the
    /// stanza can tell its lines apart.
    fn verse_line(&mut self, line: &VerseLine, node: NodeId, last: bool, ctx: &BlockContext) {
        let turnover = self.cx.style.verse.turnover.at(ctx.text_style.size);
        let own = ctx.text_style.size.scale(f64::from(line.spaces) / 2.0);
        let most = (self.cx.style.measure() * 5 / 6 - ctx.indents.1).max(ctx.indents.0);
        let left = (ctx.indents.0 + own.min(self.cx.style.measure() / 2) + turnover).min(most);
        let inner = BlockContext { indents: (left, ctx.indents.1), ..ctx.clone() };
        let mut text = self.composer.styled(&line.content, &ctx.text_style, node);
        if !last {
            let leaf = self.composer.leaf(node);
            text.pieces.push(Piece::Words(self.cx.words_in(&ctx.text_style, leaf, " ")));
        }
        let mut form = self.form(&inner, -turnover);
        form.hyphenate = false;
        if let Some(item) = self.lay(&inner, text, &form) {
            item.keep_together = true;
        }
    }
}
