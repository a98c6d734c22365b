//! Headings, and what stands below them.

use super::{Aim, Composer, Ctx, Headline};
use crate::book::{Block, Div, Heading, Inline, plain, without_notes};
use crate::length::{Abs, Em};
use crate::pages::Tag;
use crate::style::{Alignment, Case};
use crate::typeset::line::{Mark, Piece, Set};
use crate::typeset::looks::Voice;
use crate::typeset::slab::Slab;

/// A page on which a text begins has room for so many lines at least.
const LINES_BELOW_SINKAGE: u32 = 4;
/// What a line more or less above a heading costs.
const OTHER_SPACE: f64 = 12.0;

impl Composer<'_> {
    /// Composes a heading of any rank.
    pub fn heading(&mut self, heading: &Heading, ctx: &Ctx) {
        if heading.listed {
            self.headlines.push(Headline {
                section: self.section,
                level: self.depth + heading.level,
                rank: heading.level,
                aim: Aim::Anchor(heading.anchor),
                title: without_notes(&heading.content),
            });
        }
        let title = heading.level == 1;
        let first = title && self.untitled;
        if first {
            self.untitled = false;
            self.sink();
        } else {
            self.space_above(heading.level);
        }
        self.headline(&heading.content, heading.level, Some(Mark::Anchor(heading.anchor)), ctx);
        if first {
            self.space(self.style.heading.sinkage.clamp(1, 2));
        } else if heading.level <= 2 {
            self.space_below();
        }
        self.flush = true;
    }

    /// The empty lines above a text's title.
    pub fn sink(&mut self) {
        let lines = self.style.page.lines;
        let sinkage = if self.part { lines / 3 } else { self.style.heading.sinkage };
        let sinkage = sinkage.min(lines.saturating_sub(LINES_BELOW_SINKAGE));
        let height = self.style.leading() * i64::from(sinkage);
        if sinkage > 0 {
            self.slabs.push(Slab::Space { choices: vec![(height, 0.0)], kept: true });
        }
    }

    fn space_above(&mut self, level: u8) {
        if level <= 2 {
            self.elastic_space(&[(2, 0.0), (1, OTHER_SPACE), (3, OTHER_SPACE)]);
        } else {
            self.elastic_space(&[(1, 0.0), (2, OTHER_SPACE)]);
        }
    }

    /// A line below a heading; half a line, and what is missing to the grid,
    /// where the heading's own lines left it.
    fn space_below(&mut self) {
        if matches!(self.slabs.last(), Some(Slab::Snap)) {
            let half = self.style.leading() / 2;
            let at = self.slabs.len() - 1;
            self.slabs.insert(at, Slab::Space { choices: vec![(half, 0.0)], kept: false });
        } else {
            self.space(1);
        }
    }

    /// The words of a heading, as large as its rank.
    pub fn headline(&mut self, content: &[Inline], level: u8, mark: Option<Mark>, ctx: &Ctx) {
        if content.is_empty() {
            return self.adrift.extend(mark);
        }
        let node = match plain(content).trim().is_empty() {
            true => self.tree.node(ctx.node, Tag::P),
            false => {
                let rank = self.next_rank(level);
                self.tree.node(ctx.node, Tag::Heading(rank))
            }
        };
        let voice = self.heading_voice(level, &ctx.voice);
        let mut text = self.styled(content, &voice, node);
        text.pieces.splice(0..0, mark.map(Piece::Mark));
        let align = if level == 1 { self.style.heading.title_align } else { self.style.heading.align };
        let leading = self.heading_leading(voice.size);
        let inner = Ctx { set: set_of(align), leading, voice, ..ctx.clone() };
        let mut form = self.form(&inner, Abs::ZERO);
        form.hyphenate = false;
        if let Some(slab) = self.lay(&inner, text, &form) {
            slab.keep_next = true;
            slab.whole = true;
            slab.barrier = true;
        }
        if leading != self.style.leading() {
            self.slabs.push(Slab::Snap);
        }
    }

    /// Its rank in the structure: no rank is skipped (ISO 14289-1 §7.4.2).
    pub fn next_rank(&mut self, level: u8) -> u8 {
        let rank = (self.depth + level).clamp(1, 6).min(self.last_rank + 1);
        self.last_rank = rank;
        rank
    }

    fn heading_voice(&self, level: u8, text: &Voice) -> Voice {
        let style = &self.style.heading;
        let size = text.size;
        match level {
            1 => text.clone().at(style.title_size.at(size)).cased(style.title_case),
            2 => text.clone().at(style.size.at(size)).cased(style.case),
            3 => text.clone().cased(Case::Italic),
            4 => text.clone().cased(Case::SmallCaps),
            _ => text.clone().cased(Case::Roman),
        }
    }

    /// The voice of a text's title.
    pub fn title_voice(&self) -> Voice {
        let text = self.ctx(crate::pages::Tree::ROOT).voice;
        self.heading_voice(1, &text)
    }

    /// Leading of a heading: the grid's, or 1.25 of its size when it is large.
    pub fn heading_leading(&self, size: Abs) -> Abs {
        let grid = self.style.leading();
        if size.scale(1.12) > grid { size.scale(1.25) } else { grid }
    }

    /// A subtitle or synopsis: it stands between the heading and its space.
    pub fn below_heading(&mut self, div: Div, blocks: &[Block], ctx: &Ctx) {
        let spaced = |slab: &Slab| matches!(slab, Slab::Space { kept: false, .. } | Slab::Snap);
        let words = self.slabs.iter().rposition(|slab| !spaced(slab)).map_or(0, |last| last + 1);
        let space = self.slabs.split_off(words);
        if space.iter().any(|slab| matches!(slab, Slab::Snap)) {
            self.slabs.push(Slab::Snap);
        }
        let inner = self.below_ctx(div, ctx);
        let first = self.slabs.len();
        self.flush = true;
        self.blocks(blocks, &inner);
        self.hold_together(first..self.slabs.len());
        self.keep_next();
        if inner.leading != self.style.leading() {
            self.slabs.push(Slab::Snap);
        }
        self.slabs.extend(space);
        self.flush = true;
    }

    fn below_ctx(&self, div: Div, ctx: &Ctx) -> Ctx {
        let mut voice = ctx.voice.clone();
        voice.italic = true;
        if div == Div::Subtitle {
            let size = voice.size.scale(1.1);
            let set = set_of(self.style.heading.title_align);
            return Ctx { voice: voice.at(size), set, ..ctx.clone() };
        }
        let size = voice.size.scale(0.92);
        let indent = Em::new(2.0).at(ctx.voice.size);
        let indents = (ctx.indents.0 + indent, ctx.indents.1 + indent);
        Ctx { voice: voice.at(size), indents, ..ctx.clone() }
    }
}

/// How lines of that alignment stand.
pub fn set_of(align: Alignment) -> Set {
    match align {
        Alignment::Left | Alignment::Outside => Set::Left,
        Alignment::Centre => Set::Centred,
        Alignment::Right => Set::Right,
    }
}
