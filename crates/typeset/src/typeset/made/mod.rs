//! The pages that the tool makes: half title, title page, imprint, contents,
//! notes, colophon.

mod contents;
mod notes;
mod title;

pub use contents::{ContentsPlan, set_contents};
pub(super) use title::type_line;

use super::compose::{BlockContext, FlowBuilder, line_alignment};
use super::line::{LineAlignment, Piece, StyledText};
use super::text_style::TextStyle;
use crate::length::Abs;
use crate::pages::{NodeId, Tag};
use crate::style::{Alignment, Family, TitleDesign, TitleRules};
use crate::terms::Phrase;

impl FlowBuilder<'_, '_> {
    /// A paragraph of words that the tool adds.
    fn made_line(
        &mut self,
        text: &str,
        text_style: &TextStyle,
        align: Alignment,
        leading: Abs,
        node: NodeId,
    ) {
        let line = Phrase { runs: vec![(text.to_owned(), None)] };
        self.made_phrase(&line, text_style, align, leading, node);
    }

    /// A paragraph of words that the tool adds, each in its language.
    fn made_phrase(
        &mut self,
        line: &Phrase,
        text_style: &TextStyle,
        align: Alignment,
        leading: Abs,
        node: NodeId,
    ) {
        let node = self.composer.tree.node(node, Tag::P);
        let runs = line.runs.iter();
        let pieces = runs
            .map(|(words, lang)| Piece::Words(self.composer.words_of(text_style, node, words, *lang)))
            .collect();
        let own = self.cx.block(node);
        let clear = if text_style.family == Family::TitlePage { self.frame_clear() } else { Abs::ZERO };
        let indents = (own.indents.0 + clear, own.indents.1 + clear);
        let ctx = BlockContext {
            text_style: text_style.clone(),
            alignment: line_alignment(align),
            leading,
            indents,
            ..own
        };
        self.made_text(StyledText { pieces }, &ctx);
    }

    /// How far words on a framed title page keep clear of the frame.
    fn frame_clear(&self) -> Abs {
        let framed = self.cx.style.title_page.design == TitleDesign::Framed;
        if framed { self.cx.style.size() * 2 } else { Abs::ZERO }
    }

    /// The title of a made page.
    fn made_title(&mut self, text: StyledText) {
        let style = &self.cx.style.heading;
        let text_style = self.cx.title_style();
        let leading = self.cx.heading_leading(text_style.size);
        let alignment = line_alignment(style.title_align);
        let ctx = BlockContext { text_style, alignment, leading, ..self.cx.block(crate::pages::Tree::ROOT) };
        self.title_rule(TitleRules::Above);
        self.made_text(text, &ctx);
        self.column.snap();
        self.title_rule(TitleRules::Below);
    }

    fn made_text(&mut self, text: StyledText, ctx: &BlockContext) {
        let mut form = self.form(ctx, Abs::ZERO);
        form.hyphenate = false;
        form.protrude = ctx.alignment == LineAlignment::Justified;
        form.display = ctx.text_style.family == Family::TitlePage || form.display;
        if let Some(item) = self.lay(ctx, text, &form) {
            item.keep_next = true;
            item.keep_together = true;
            item.variants.truncate(1);
        }
    }

    /// White space that stays, wherever it stands.
    fn made_space(&mut self, height: Abs) {
        if height > Abs::ZERO {
            self.column.fixed_space(height);
        }
    }
}
