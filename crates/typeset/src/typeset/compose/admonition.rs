//! Notes, tips and warnings that stand beside the text: set in a little, marked off as the
//! style's boxes are, with what they are above them in bold.

use super::builder::FlowBuilder;
use super::context::BlockContext;
use super::ornament::{RULE_ABOVE_BOX, RULE_BELOW_BOX};
use crate::book::{Admonition, Block, BlockKind, Div};
use crate::length::{Abs, Em, Size};
use crate::style::{BoxDesign, Family};
use crate::typeset::line::Piece;
use crate::typeset::line::{LineAlignment, StyledText};

impl FlowBuilder<'_, '_> {
    /// Composes an admonition. In a list or a note, where rules would part what
    /// belongs together, white space does their work.
    pub fn admonition(&mut self, kind: Admonition, blocks: &[Block], ctx: &BlockContext) {
        let size = ctx.text_style.size;
        let design = Some(self.cx.style.boxed.design).filter(|_| ctx.lists == 0 && !ctx.noted);
        let weight = match design {
            None | Some(BoxDesign::Indented) => None,
            Some(BoxDesign::Ruled) => Some(self.cx.style.rule_weight()),
            Some(BoxDesign::Headed) => Some(self.cx.style.rule_weight() * 3),
        };
        let edge = Em::new(1.0).at(size);
        let inner = BlockContext {
            text_style: ctx.text_style.clone().at(size.scale(0.92)).of(Family::Boxed),
            indents: self.cx.indented(ctx, edge, edge),
            ..ctx.clone()
        };
        if let Some(weight) = weight {
            self.rule_of_admonition(RULE_ABOVE_BOX, weight, true, ctx);
        } else {
            self.gap(ctx);
        }
        let first = self.column.len();
        let titled =
            matches!(blocks.first(), Some(Block { kind: BlockKind::Div(Div::AdmonitionTitle, ..), .. }));
        if !titled {
            self.admonition_word(kind, &inner);
        }
        self.flush_next();
        self.blocks(blocks, &inner);
        self.column.box_from(first);
        // The rule below belongs to the words above it: no page begins with it.
        if let Some(weight) = weight.filter(|_| design == Some(BoxDesign::Ruled)) {
            self.column.keep_next();
            self.rule_of_admonition(RULE_BELOW_BOX, weight, false, ctx);
        } else {
            self.gap(ctx);
        }
        self.flush_next();
    }

    /// What an admonition is, in the book's language.
    fn admonition_word(&mut self, kind: Admonition, ctx: &BlockContext) {
        let node = self.composer.tree.node(ctx.node, crate::pages::Tag::P);
        let text_style = bold(ctx);
        let word = self.composer.made_word(&text_style, node, self.cx.terms().admonition(kind));
        let inner = BlockContext { text_style, alignment: LineAlignment::Left, ..ctx.clone() };
        let form = self.form(&inner, Abs::ZERO);
        if let Some(item) = self.lay(&inner, StyledText { pieces: vec![Piece::Words(word)] }, &form) {
            item.keep_next = true;
            item.keep_together = true;
        }
    }

    /// The author's own words above an admonition.
    pub fn admonition_title(&mut self, blocks: &[Block], ctx: &BlockContext) {
        let inner = BlockContext { text_style: bold(ctx), alignment: LineAlignment::Left, ..ctx.clone() };
        let first = self.column.len();
        self.flush_next();
        self.blocks(blocks, &inner);
        self.column.hold_together(first..self.column.len());
        self.column.keep_next();
        self.flush_next();
    }

    /// A line of white with a rule in it, at this share of its height.
    fn rule_of_admonition(&mut self, at: f64, weight: Abs, keep_next: bool, ctx: &BlockContext) {
        self.column.drop_soft_space();
        let (left, right) = ctx.indents;
        let size = Size::new(self.cx.style.measure() - left - right, weight);
        self.rule(left, self.cx.style.leading().scale(at), size);
        if keep_next {
            self.column.keep_next();
        }
    }
}

fn bold(ctx: &BlockContext) -> crate::typeset::text_style::TextStyle {
    let mut text_style = ctx.text_style.clone();
    text_style.bold = true;
    text_style
}
