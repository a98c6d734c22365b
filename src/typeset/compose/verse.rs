//! Verse.

use super::{Composer, Ctx};
use crate::book::{Verse, VerseLine};
use crate::length::Abs;
use crate::pages::{NodeId, Tag};
use crate::typeset::line::{Piece, Set};

impl Composer<'_> {
    /// Composes verse: lines are lines, turnovers are indented, and a page
    /// break leaves two lines of a stanza on each side.
    pub fn verse(&mut self, verse: &Verse, ctx: &Ctx) {
        self.gap(ctx);
        let node = self.tree.node(ctx.node, Tag::Div);
        let style = &self.style.verse;
        let size = style.size.at(ctx.voice.size);
        let indents = self.indented(ctx, style.left.at(ctx.voice.size), Abs::ZERO);
        let voice = ctx.voice.clone().at(size);
        let inner = Ctx { voice, indents, set: Set::Left, ..ctx.clone() };
        for (stanza, n) in verse.stanzas.iter().zip(0..) {
            if n > 0 {
                self.gap(&Ctx { lists: 0, ..inner.clone() });
            }
            let first = self.slabs.len();
            let node = self.tree.node(node, Tag::P);
            for (number, line) in (1..).zip(stanza) {
                self.verse_line(line, node, number == stanza.len(), &inner);
            }
            self.keep_two(first);
        }
        if let Some(attribution) = &verse.attribution {
            let node = self.tree.node(node, Tag::P);
            let text = self.styled(attribution, &ctx.voice, node);
            let right = ctx.indents.1 + ctx.voice.size;
            let outer = Ctx { set: Set::Right, indents: (indents.0, right), ..ctx.clone() };
            let form = self.form(&outer, Abs::ZERO);
            self.keep_next();
            self.lay(&outer, text, &form);
        }
        self.gap(ctx);
        self.flush = false;
    }

    /// Lays a line. All but the last end in a space, by which those who hear the
    /// stanza can tell its lines apart.
    fn verse_line(&mut self, line: &VerseLine, node: NodeId, last: bool, ctx: &Ctx) {
        let turnover = self.style.verse.turnover.at(ctx.voice.size);
        let own = ctx.voice.size.scale(f64::from(line.spaces) / 2.0);
        let most = (self.style.measure() * 5 / 6 - ctx.indents.1).max(ctx.indents.0);
        let left = (ctx.indents.0 + own.min(self.style.measure() / 2) + turnover).min(most);
        let inner = Ctx { indents: (left, ctx.indents.1), ..ctx.clone() };
        let mut text = self.styled(&line.content, &ctx.voice, node);
        if !last {
            let leaf = self.leaf(node);
            text.pieces.push(Piece::Words(self.words_in(&ctx.voice, leaf, " ")));
        }
        let mut form = self.form(&inner, -turnover);
        form.hyphenate = false;
        if let Some(slab) = self.lay(&inner, text, &form) {
            slab.whole = true;
        }
    }
}
