//! Listings: code, line for line.

use super::builder::FlowBuilder;
use super::context::BlockContext;
use super::scope::WordSource;
use crate::book::Text;
use crate::diag::Span;
use crate::length::{Abs, Em};
use crate::narrow::Nearest;
use crate::pages::Tag;
use crate::typeset::line::{LineAlignment, Piece, StyledText, Words};

/// Listings of so few lines are not divided.
const SHORT_LISTING: usize = 7;
/// What a second line of white around a listing costs: its lines have white of their own, so
/// that more looks like a hole. Nearly as much as a page that is short.
const WIDER_GAP: f64 = 420.0;
/// How much further in than its line stands what is turned over, in ems of the code.
const TURNOVER: f64 = 1.2;
/// What a tabulator amounts to.
const TAB: &str = "    ";

impl FlowBuilder<'_, '_> {
    /// Composes a listing that stands at `span` in the manuscript.
    pub fn code(&mut self, text: &Text, span: Span, ctx: &BlockContext) {
        self.gap_or(WIDER_GAP, ctx);
        let node = self.composer.tree.node(ctx.node, Tag::Code);
        let indents =
            self.cx.indented(ctx, if ctx.noted { Abs::ZERO } else { ctx.text_style.size }, Abs::ZERO);
        let text_style = ctx.text_style.clone().mono();
        let inner = BlockContext { text_style, alignment: LineAlignment::Left, indents, node, ..ctx.clone() };
        let first = self.column.len();
        // Each line of a listing is a paragraph, which never fills its measure. Its place in the
        // running text is counted by the bytes of the manuscript, not by those that are set: a
        // tabulator is one byte and four spaces.
        let mut at = text.at;
        for line in text.words.split_inclusive('\n') {
            if line.trim().is_empty() {
                self.column.soft_space(ctx.leading);
            } else {
                let words = line.trim_end_matches('\n').replace('\t', TAB);
                self.code_line(&words, (at, span), &inner);
            }
            at += u32::nearest(line.len());
        }
        if self.column.len() - first <= SHORT_LISTING {
            self.column.hold_together(first..self.column.len());
        } else {
            self.column.keep_two(first);
        }
        self.gap_or(WIDER_GAP, ctx);
        self.indent_next();
    }

    /// Lays a line, which stands at that byte of the running text. What is too
    /// long for the measure is turned over.
    fn code_line(&mut self, line: &str, (at, span): (u32, Span), ctx: &BlockContext) {
        let (indent, own) = self.code_indent(line, ctx);
        // Rows of spaces keep their number: every other one is a space at which a long line may be
        // turned over, the ones between are tied.
        let body = line.trim_matches(' ').replace("  ", "\u{a0} ");
        // the last space isn't seen, and keeps the line apart from the next when it is heard
        let text = "\u{a0}".repeat(indent) + &body + " ";
        let turnover = own + Em::new(TURNOVER).at(ctx.text_style.size);
        let inner = BlockContext { indents: (ctx.indents.0 + turnover, ctx.indents.1), ..ctx.clone() };
        let leaf = self.composer.tree.leaf(ctx.node);
        let words = Words {
            at: (self.composer.scope.source == WordSource::Manuscript).then_some(at),
            span: Some(span),
            ..self.cx.words_in(&ctx.text_style, leaf, text)
        };
        let mut form = self.form(&inner, -turnover);
        form.hyphenate = false;
        form.protrude = false;
        self.lay(&inner, StyledText { pieces: vec![Piece::Words(words)] }, &form);
    }

    /// The spaces that a line begins with, and how wide they are. A line that is
    /// too long begins no further in than at half the measure.
    fn code_indent(&mut self, line: &str, ctx: &BlockContext) -> (usize, Abs) {
        let space = self.composer.shaper.space(&self.cx.faces.resolve(&ctx.text_style));
        let letters = line.trim_end().chars().count();
        let mut indent = line.len() - line.trim_start_matches(' ').len();
        let room = (self.cx.style.measure() - ctx.indents.0 - ctx.indents.1).to_raw();
        // All signs of the face are as wide as its space, so what fits is a division.
        let fits = room / space.to_raw().max(1);
        if letters as i64 > fits {
            indent = indent.min(usize::nearest((fits / 2).max(0)));
        }
        (indent, space * indent as i64)
    }
}
