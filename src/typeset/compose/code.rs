//! Listings: code, line for line.

use super::{Composer, Ctx};
use crate::book::Text;
use crate::diag::Span;
use crate::length::{Abs, Em};
use crate::pages::Tag;
use crate::typeset::line::{Piece, Set, StyledText, Words};
use crate::typeset::slab::Slab;

/// Listings of so few lines are not divided.
const SHORT_LISTING: usize = 7;
/// How much further in than its line stands what is turned over, in ems of the code.
const TURNOVER: f64 = 1.2;
/// What a tabulator amounts to.
const TAB: &str = "    ";

impl Composer<'_> {
    /// Composes a listing that stands at `span` in the manuscript.
    pub fn code(&mut self, text: &Text, span: Span, ctx: &Ctx) {
        self.gap(ctx);
        let node = self.tree.node(ctx.node, Tag::Code);
        let indents = self.indented(ctx, if ctx.noted { Abs::ZERO } else { ctx.voice.size }, Abs::ZERO);
        let voice = ctx.voice.clone().mono();
        let inner = Ctx { voice, set: Set::Left, indents, node, ..ctx.clone() };
        let first = self.slabs.len();
        let mut at = text.at;
        for line in text.words.split_inclusive('\n') {
            if line.trim().is_empty() {
                self.slabs.push(Slab::Space { choices: vec![(ctx.leading, 0.0)], kept: false });
            } else {
                let words = line.trim_end_matches('\n').replace('\t', TAB);
                self.code_line(&words, (at, span), &inner);
            }
            at += line.len() as u32;
        }
        if self.slabs.len() - first <= SHORT_LISTING {
            self.hold_together(first..self.slabs.len());
        } else {
            self.keep_two(first);
        }
        self.gap(ctx);
        self.flush = false;
    }

    /// Lays a line, which stands at that byte of the running text. What is too
    /// long for the measure is turned over.
    fn code_line(&mut self, line: &str, (at, span): (u32, Span), ctx: &Ctx) {
        let (indent, own) = self.code_indent(line, ctx);
        let body = line.trim_matches(' ').replace("  ", "\u{a0} ");
        // the last space isn't seen, and keeps the line apart from the next when it is heard
        let text = "\u{a0}".repeat(indent) + &body + " ";
        let turnover = own + Em::new(TURNOVER).at(ctx.voice.size);
        let inner = Ctx { indents: (ctx.indents.0 + turnover, ctx.indents.1), ..ctx.clone() };
        let leaf = self.tree.leaf(ctx.node);
        let words = Words {
            at: (!self.quoted).then_some(at),
            span: Some(span),
            ..self.words_in(&ctx.voice, leaf, text)
        };
        let mut form = self.form(&inner, -turnover);
        form.hyphenate = false;
        form.protrude = false;
        self.lay(&inner, StyledText { pieces: vec![Piece::Words(words)] }, &form);
    }

    /// The spaces that a line begins with, and how wide they are. A line that is
    /// too long begins no further in than at half the measure.
    fn code_indent(&mut self, line: &str, ctx: &Ctx) -> (usize, Abs) {
        let space = self.shaper.space(&self.faces.look(&ctx.voice));
        let letters = line.trim_end().chars().count();
        let mut indent = line.len() - line.trim_start_matches(' ').len();
        let room = (self.style.measure() - ctx.indents.0 - ctx.indents.1).to_raw();
        let fits = room / space.to_raw().max(1);
        if letters as i64 > fits {
            indent = indent.min((fits / 2).max(0) as usize);
        }
        (indent, space * indent as i64)
    }
}
