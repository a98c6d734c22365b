//! The pages that the tool makes: half title, title page, imprint, contents,
//! notes, colophon.

mod contents;
mod notes;
mod title;

pub use contents::{ContentsPlan, set_contents};

use super::compose::{BlockContext, FlowBuilder, set_of};
use super::line::{Piece, Set, StyledText};
use super::looks::Voice;
use crate::length::Abs;
use crate::pages::{NodeId, Tag};
use crate::style::{Alignment, Family, TitleDesign, TitleRules};
use crate::terms::Phrase;

impl FlowBuilder<'_, '_> {
    /// A paragraph of words that the tool adds.
    fn made_line(&mut self, text: &str, voice: &Voice, align: Alignment, leading: Abs, node: NodeId) {
        let line = Phrase { runs: vec![(text.to_owned(), None)] };
        self.made_phrase(&line, voice, align, leading, node);
    }

    /// A paragraph of words that the tool adds, each in its language.
    fn made_phrase(&mut self, line: &Phrase, voice: &Voice, align: Alignment, leading: Abs, node: NodeId) {
        let node = self.composer.tree.node(node, Tag::P);
        let runs = line.runs.iter();
        let pieces = runs
            .map(|(words, lang)| Piece::Words(self.composer.words_of(voice, node, words, *lang)))
            .collect();
        let own = self.cx.block(node);
        // Words on a framed title page keep clear of the frame.
        let framed =
            voice.family == Family::TitlePage && self.cx.style.title_page.design == TitleDesign::Framed;
        let clear = if framed { own.voice.size * 2 } else { Abs::ZERO };
        let indents = (own.indents.0 + clear, own.indents.1 + clear);
        let ctx = BlockContext { voice: voice.clone(), set: set_of(align), leading, indents, ..own };
        self.made_text(StyledText { pieces }, &ctx);
    }

    /// The title of a made page.
    fn made_title(&mut self, text: StyledText) {
        let style = &self.cx.style.heading;
        let voice = self.cx.title_voice();
        let leading = self.cx.heading_leading(voice.size);
        let set = set_of(style.title_align);
        let ctx = BlockContext { voice, set, leading, ..self.cx.block(crate::pages::Tree::ROOT) };
        self.title_rule(TitleRules::Above);
        self.made_text(text, &ctx);
        self.column.snap();
        self.title_rule(TitleRules::Below);
    }

    fn made_text(&mut self, text: StyledText, ctx: &BlockContext) {
        let mut form = self.form(ctx, Abs::ZERO);
        form.hyphenate = false;
        form.protrude = ctx.set == Set::Justified;
        if let Some(slab) = self.lay(ctx, text, &form) {
            slab.keep_next = true;
            slab.keep_together = true;
            slab.variants.truncate(1);
        }
    }

    /// White space that stays, wherever it stands.
    fn made_space(&mut self, height: Abs) {
        if height > Abs::ZERO {
            self.column.fixed_space(height);
        }
    }
}
