//! The pages that the tool makes: half title, title page, imprint, contents,
//! notes, colophon.

mod contents;
mod notes;
mod title;

pub use contents::{ContentsPlan, set_contents};

use super::compose::{Composer, Ctx, set_of};
use super::line::{Piece, Set, StyledText};
use super::looks::Voice;
use super::slab::Slab;
use crate::length::Abs;
use crate::pages::{NodeId, Tag};
use crate::style::Alignment;
use crate::terms::Phrase;

impl Composer<'_> {
    /// A paragraph of words that the tool adds.
    fn made_line(&mut self, text: &str, voice: &Voice, align: Alignment, leading: Abs, node: NodeId) {
        let line = Phrase { runs: vec![(text.to_owned(), None)] };
        self.made_phrase(&line, voice, align, leading, node);
    }

    /// A paragraph of words that the tool adds, each in its language.
    fn made_phrase(&mut self, line: &Phrase, voice: &Voice, align: Alignment, leading: Abs, node: NodeId) {
        let node = self.tree.node(node, Tag::P);
        let runs = line.runs.iter();
        let pieces =
            runs.map(|(words, lang)| Piece::Words(self.words_of(voice, node, words, *lang))).collect();
        let ctx = Ctx { voice: voice.clone(), set: set_of(align), leading, ..self.ctx(node) };
        self.made_text(StyledText { pieces }, &ctx);
    }

    /// The title of a made page.
    fn made_title(&mut self, text: StyledText) {
        let style = &self.style.heading;
        let voice = self.title_voice();
        let leading = self.heading_leading(voice.size);
        let set = set_of(style.title_align);
        let ctx = Ctx { voice, set, leading, ..self.ctx(crate::pages::Tree::ROOT) };
        self.made_text(text, &ctx);
        self.slabs.push(Slab::Snap);
    }

    fn made_text(&mut self, text: StyledText, ctx: &Ctx) {
        let mut form = self.form(ctx, Abs::ZERO);
        form.hyphenate = false;
        form.protrude = ctx.set == Set::Justified;
        if let Some(slab) = self.lay(ctx, text, &form) {
            slab.keep_next = true;
            slab.whole = true;
            slab.variants.truncate(1);
        }
    }

    /// White space that stays, wherever it stands.
    fn made_space(&mut self, height: Abs) {
        if height > Abs::ZERO {
            self.slabs.push(Slab::Space { choices: vec![(height, 0.0)], kept: true });
        }
    }

    /// Pushes what comes after the slab `from`, if anything, down to the foot of
    /// the page.
    pub fn push_to_foot(&mut self, from: usize) {
        let depth = self.style.leading() * i64::from(self.style.page.lines);
        let used: Abs = self.slabs.iter().map(height).sum();
        let spare = depth - used;
        if spare > Abs::ZERO && from < self.slabs.len() {
            self.slabs.insert(from, Slab::Space { choices: vec![(spare, 0.0)], kept: true });
        }
    }
}

fn height(slab: &Slab) -> Abs {
    match slab {
        Slab::Text(text) => text.leading * text.variants[0].ends.len() as i64,
        Slab::Space { choices, .. } => choices[0].0,
        Slab::Solid(solid) => solid.height,
        Slab::Snap | Slab::Turn(_) => Abs::ZERO,
    }
}
