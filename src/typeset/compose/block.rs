//! Blocks, one below the other.

use super::{Composer, Ctx};
use crate::book::{Attrs, Block, BlockKind, Definition, Div, Inline, Section, bears_initial, plain};
use crate::length::Abs;
use crate::pages::{Labels, NodeId, Tag};
use crate::typeset::line::{Mark, Piece, Set, StyledText};
use crate::typeset::slab::{Fragment, Slab, SolidSlab};

/// What a second line of white around a quotation, a list or a table costs:
/// less than a spread that is short.
const WIDER_GAP: f64 = 130.0;
/// What marks a pause between scenes.
const ASTERISM: &str = "*\u{2003}*\u{2003}*";

impl Composer<'_> {
    /// Composes a text, and its notes when they stand at its end.
    pub fn whole_text(&mut self, blocks: &[Block], node: NodeId) {
        self.opening = self.book.sections.get(self.section as usize).and_then(Section::opening);
        let mut ctx = self.ctx(node);
        if self.imprint {
            return self.own_imprint(blocks, ctx);
        }
        if self.alone && !self.part {
            self.sink_alone(blocks);
            ctx.set = Set::Left;
        }
        self.blocks(blocks, &ctx);
        self.notes_of_text(node);
    }

    /// An imprint of the author's own: small, to the left, at the foot.
    fn own_imprint(&mut self, blocks: &[Block], mut ctx: Ctx) {
        ctx.voice = ctx.voice.clone().at(ctx.voice.size.scale(0.8));
        ctx.leading = ctx.voice.size.scale(1.35);
        ctx.set = Set::Left;
        for block in blocks {
            if !self.slabs.is_empty() {
                let height = ctx.leading.scale(0.8);
                self.slabs.push(Slab::Space { choices: vec![(height, 0.0)], kept: true });
            }
            self.blocks(std::slice::from_ref(block), &ctx);
        }
        self.push_to_foot(0);
    }

    /// Words that stand alone on their page stand a quarter down.
    fn sink_alone(&mut self, blocks: &[Block]) {
        let figure = blocks.iter().any(|block| matches!(block.kind, BlockKind::Figure(_)));
        let titled = blocks.iter().any(|block| matches!(block.kind, BlockKind::Heading(_)));
        if !figure && !titled {
            let height = self.style.leading() * i64::from(self.style.page.lines / 4);
            self.slabs.push(Slab::Space { choices: vec![(height, 0.0)], kept: true });
        }
    }

    /// Composes blocks; the notes that each of them calls come after it.
    pub fn blocks(&mut self, blocks: &[Block], ctx: &Ctx) {
        for (n, block) in blocks.iter().enumerate() {
            self.block(block, ctx);
            if !ctx.noted {
                self.set_called(ctx.node);
            }
            self.lead_to(block, blocks.get(n + 1));
        }
    }

    /// A paragraph that leads to what is set apart stays with it; where it is
    /// but a speaker's name, no space parts them. A name also stays with a
    /// plain paragraph.
    fn lead_to(&mut self, block: &Block, next: Option<&Block>) {
        use BlockKind::{Code, Figure, List, Para, Quote, Table, Verse};
        let (Para(words), Some(next)) = (&block.kind, next) else { return };
        if matches!(next.kind, Para(_)) && is_name(words) {
            return self.keep_next();
        }
        let leads = plain(words).trim_end().ends_with([':', '—']);
        if matches!(next.kind, Figure(_)) && leads {
            self.pinned = true;
            return self.keep_next();
        }
        if !matches!(next.kind, Quote(_) | Verse(_) | List(_) | Table(_) | Code { .. }) {
            return;
        }
        self.close = is_name(words);
        if self.close || leads {
            self.keep_next();
        }
    }

    fn block(&mut self, block: &Block, ctx: &Ctx) {
        match &block.kind {
            BlockKind::Heading(heading) => self.heading(heading, ctx),
            BlockKind::Para(inlines) => self.para(inlines, ctx),
            BlockKind::Quote(blocks) => self.quote(blocks, ctx, Tag::BlockQuote),
            BlockKind::Verse(verse) => self.verse(verse, ctx),
            BlockKind::List(list) => self.list(list, ctx),
            BlockKind::Definitions(definitions) => self.definitions(definitions, ctx),
            BlockKind::Table(table) => self.table(table, ctx),
            BlockKind::Figure(figure) => self.figure(figure, ctx),
            BlockKind::Code { text, .. } => self.code(text, block.span, ctx),
            BlockKind::SceneBreak => self.scene_break(ctx),
            BlockKind::Div(div, attrs, blocks) => self.div(*div, attrs, blocks, ctx),
            BlockKind::PageMark(mark) => {
                self.turn(&mark.label);
                self.adrift.push(Mark::SourcePage(mark.label.clone()));
            }
        }
    }

    fn para(&mut self, inlines: &[Inline], ctx: &Ctx) {
        let node = self.tree.node(ctx.node, Tag::P);
        let first = if self.flush || ctx.set != Set::Justified { Abs::ZERO } else { self.indent(ctx) };
        if self.illustrated(inlines, node, first, ctx) {
            return;
        }
        let mut text = self.styled(inlines, &ctx.voice, node);
        if self.hanging && !ctx.noted && ctx.lists == 0 && ctx.set == Set::Justified {
            return self.hanging_para(text, ctx);
        }
        let opens = self.opening.is_some_and(|opening| std::ptr::eq(opening, inlines));
        if opens && ctx.set == Set::Justified {
            return self.open(text, bears_initial(inlines, self.style.heading.drop_cap), ctx);
        }
        if let Some(prefix) = self.prefix.take() {
            text.pieces.splice(0..0, prefix.pieces);
        }
        let form = self.form(ctx, first);
        if self.lay(ctx, text, &form).is_some() {
            self.flush = false;
        }
    }

    /// A paragraph whose first line stands further out than the others: an entry of
    /// a list of books, or of an index.
    fn hanging_para(&mut self, text: StyledText, ctx: &Ctx) {
        let hang = self.indent(ctx);
        let inner = Ctx { indents: (ctx.indents.0 + hang, ctx.indents.1), ..ctx.clone() };
        let form = self.form(&inner, -hang);
        if self.lay(&inner, text, &form).is_some() {
            self.flush = false;
        }
    }

    /// The indent of a paragraph there.
    pub fn indent(&self, ctx: &Ctx) -> Abs {
        self.style.text.indent.at(ctx.voice.size)
    }

    /// White space around what is set apart.
    pub fn gap(&mut self, ctx: &Ctx) {
        if std::mem::take(&mut self.close) {
            return;
        }
        if ctx.lists > 0 && !ctx.noted {
            return;
        }
        if ctx.noted {
            let choices = vec![(ctx.leading / 3, 0.0)];
            if matches!(self.slabs.last(), Some(Slab::Text(_) | Slab::Solid(_))) {
                self.slabs.push(Slab::Space { choices, kept: false });
            }
        } else {
            self.elastic_space(&[(1, 0.0), (2, WIDER_GAP)]);
        }
    }

    fn quote(&mut self, blocks: &[Block], ctx: &Ctx, tag: Tag) {
        let style = &self.style.quote;
        let node = self.tree.node(ctx.node, tag);
        let size = ctx.voice.size;
        let inner = Ctx {
            voice: ctx.voice.clone().at(style.size.at(size)).cased(style.case),
            indents: self.indented(ctx, style.left.at(size), style.right.at(size)),
            node,
            ..ctx.clone()
        };
        self.gap(ctx);
        self.flush = true;
        self.blocks(blocks, &inner);
        self.gap(ctx);
        self.flush = false;
    }

    fn div(&mut self, div: Div, attrs: &Attrs, blocks: &[Block], ctx: &Ctx) {
        if let Some(anchor) = attrs.anchor {
            self.adrift.push(Mark::Anchor(anchor));
        }
        let mut ctx = ctx.clone();
        if div == Div::Continued {
            self.flush = true;
            return self.blocks(blocks, &ctx);
        }
        ctx.node = self.lang_node(ctx.node, Tag::Div, attrs.lang.as_ref(), &mut ctx.voice);
        match div {
            Div::Epigraph => self.epigraph(blocks, &ctx),
            Div::Dedication => self.dedication(blocks, &ctx),
            Div::Letter => self.quote(blocks, &ctx, Tag::Div),
            Div::NoteToReader => self.note_to_reader(blocks, &ctx),
            Div::Signature | Div::Attribution => self.signature(blocks, &ctx),
            Div::Subtitle | Div::Synopsis => self.below_heading(div, blocks, &ctx),
            Div::Caption => self.loose_caption(blocks, &ctx),
            Div::Continued | Div::Other => self.blocks(blocks, &ctx),
        }
    }

    fn epigraph(&mut self, blocks: &[Block], ctx: &Ctx) {
        if self.is_long(blocks) {
            return self.blocks(blocks, ctx);
        }
        let left = self.style.measure() / 4;
        let voice = ctx.voice.clone().at(ctx.voice.size.scale(0.95));
        let indents = self.indented(ctx, left, Abs::ZERO);
        let inner = Ctx { voice, indents, set: Set::Left, ..ctx.clone() };
        self.flush = true;
        self.blocks(blocks, &inner);
        self.space(1);
        self.flush = true;
    }

    fn dedication(&mut self, blocks: &[Block], ctx: &Ctx) {
        if self.is_long(blocks) {
            return self.blocks(blocks, ctx);
        }
        let mut voice = ctx.voice.clone();
        voice.italic = true;
        let inner = Ctx { voice, set: Set::Centred, ..ctx.clone() };
        self.gap(ctx);
        self.blocks(blocks, &inner);
        self.gap(ctx);
        self.flush = true;
    }

    fn note_to_reader(&mut self, blocks: &[Block], ctx: &Ctx) {
        let voice = ctx.voice.clone().at(ctx.voice.size.scale(0.92));
        self.quote(blocks, &Ctx { voice, ..ctx.clone() }, Tag::Div);
    }

    /// Who signed, or who is quoted: to the right, with what comes before it.
    fn signature(&mut self, blocks: &[Block], ctx: &Ctx) {
        let em = ctx.voice.size;
        let left = ctx.indents.0 + em * 3;
        let inner = Ctx { set: Set::Right, indents: (left, ctx.indents.1 + em), ..ctx.clone() };
        while matches!(self.slabs.last(), Some(Slab::Space { kept: false, .. })) {
            self.slabs.pop();
        }
        self.keep_next();
        let first = self.slabs.len();
        self.blocks(blocks, &inner);
        let last = self.slabs.len();
        self.hold_together(first..last);
        self.flush = false;
    }

    /// No page break between the slabs of a range, nor in them.
    pub fn hold_together(&mut self, range: std::ops::Range<usize>) {
        let last = range.end.saturating_sub(1);
        for index in range {
            if let Slab::Text(text) = &mut self.slabs[index] {
                text.whole = true;
                text.keep_next |= index != last;
            }
        }
    }

    fn loose_caption(&mut self, blocks: &[Block], ctx: &Ctx) {
        let style = &self.style.figure;
        let size = style.caption_size.at(ctx.voice.size);
        let voice = ctx.voice.clone().at(size).cased(style.caption_case);
        self.keep_next();
        self.blocks(blocks, &Ctx { voice, set: Set::Centred, ..ctx.clone() });
        self.gap(ctx);
        self.flush = false;
    }

    fn definitions(&mut self, definitions: &[Definition], ctx: &Ctx) {
        self.gap(ctx);
        let node = self.tree.node(ctx.node, Tag::List(Labels::Terms));
        for definition in definitions {
            let item = self.tree.node(node, Tag::ListItem);
            for term in &definition.terms {
                self.term(term, ctx, item);
            }
            let body = self.tree.node(item, Tag::ListBody);
            let indents = self.indented(ctx, self.style.list.indent.at(ctx.voice.size), Abs::ZERO);
            let inner = Ctx { node: body, indents, lists: ctx.lists + 1, ..ctx.clone() };
            for meaning in &definition.meanings {
                self.flush = true;
                self.blocks(meaning, &inner);
            }
        }
        self.gap(ctx);
        self.flush = false;
    }

    fn term(&mut self, term: &[Inline], ctx: &Ctx, item: NodeId) {
        let label = self.tree.node(item, Tag::Label);
        let mut voice = ctx.voice.clone();
        voice.bold = true;
        let text = self.styled(term, &voice, label);
        let inner = Ctx { set: Set::Left, ..ctx.clone() };
        let form = self.form(&inner, Abs::ZERO);
        if let Some(slab) = self.lay(&inner, text, &form) {
            slab.keep_next = true;
            slab.whole = true;
        }
    }

    /// Two of the slabs from `first` on stay together at each end.
    pub fn keep_two(&mut self, first: usize) {
        let texts: Vec<usize> =
            (first..self.slabs.len()).filter(|i| matches!(self.slabs[*i], Slab::Text(_))).collect();
        let count = texts.len();
        for (place, index) in texts.into_iter().enumerate() {
            let alone = place == 0 || place + 2 == count;
            if let Slab::Text(text) = &mut self.slabs[index] {
                text.keep_next |= alone && place + 1 != count;
            }
        }
    }

    fn scene_break(&mut self, ctx: &Ctx) {
        self.space(1);
        let voice = ctx.voice.clone();
        let scratch = crate::pages::Tree::default().leaf(crate::pages::Tree::ROOT);
        let words = self.words_in(&voice, scratch, ASTERISM);
        let form = self.form(&Ctx { set: Set::Centred, ..ctx.clone() }, Abs::ZERO);
        let lines = self.lines(&StyledText { pieces: vec![Piece::Words(words)] }, &form);
        let fragments = lines.into_iter().map(|line| Fragment::Ornament(Abs::ZERO, line)).collect();
        let height = self.style.leading();
        self.slabs.push(Slab::Solid(SolidSlab {
            height,
            keep_next: true,
            fragments,
            ..SolidSlab::default()
        }));
        self.space(1);
        self.flush = true;
    }
}

/// Whether a paragraph is only a speaker's name.
fn is_name(words: &[Inline]) -> bool {
    use crate::book::InlineKind::{Anchor, PageMark, SmallCaps, Strong, Text};
    let mut named = false;
    let fits = words.iter().all(|inline| match &inline.kind {
        SmallCaps(_) | Strong(_) => {
            named = true;
            true
        }
        Text(text) => text.words.chars().all(|c| !c.is_alphanumeric()),
        Anchor(_) | PageMark(_) => true,
        _ => false,
    });
    fits && named && plain(words).len() < 40
}
