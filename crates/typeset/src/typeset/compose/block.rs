//! Blocks, one below the other.

use super::builder::{FirstLine, FlowBuilder, Lead};
use super::context::BlockContext;
use super::heading::line_alignment;
use super::section::SectionKind;
use crate::book::picture_row;
use crate::book::{
    Attrs, Block, BlockKind, Body, Definition, Div, Inline, Seen, bears_initial, has_placed_lines, plain,
    speaker, visit,
};
use crate::length::Abs;
use crate::pages::{Labels, NodeId, Tag};
use crate::style::{BoxDesign, Family, Paragraphs};
use crate::typeset::line::{LineAlignment, Mark, StyledText};

/// What a second line of white around a quotation, a list or a table costs:
/// less than a spread that is short.
const WIDER_GAP: f64 = 130.0;

impl FlowBuilder<'_, '_> {
    /// Composes a text, and its notes when they stand at its end.
    pub fn whole_text(&mut self, body: &Body, node: NodeId) {
        let (blocks, mut ctx) = (&body.blocks, self.cx.block(node));
        (self.play, self.poem) = (body.play, is_poem(blocks));
        let kind = self.composer.section_kind();
        let alone = matches!(kind, SectionKind::Display | SectionKind::Dedication);
        if kind == SectionKind::Imprint {
            return self.own_imprint(blocks, ctx);
        }
        if alone {
            ctx.alignment = LineAlignment::Left;
            ctx.display = true;
        }
        self.blocks(blocks, &ctx);
        if matches!(blocks.last(), Some(Block { kind: BlockKind::SceneBreak, .. })) {
            self.column.keep_last();
        }
        if alone {
            self.sink_alone(blocks);
        }
        self.notes_of_text(node);
    }

    fn bears_initial(&self, opening: &[Inline]) -> bool {
        bears_initial(opening, self.cx.style.heading.drop_cap, &self.cx.book.meta.language)
    }

    /// An imprint of the author's own: small, to the left, at the foot.
    fn own_imprint(&mut self, blocks: &[Block], mut ctx: BlockContext) {
        ctx.text_style = ctx.text_style.clone().at(ctx.text_style.size.scale(0.8));
        ctx.leading = ctx.text_style.size.scale(1.35);
        ctx.alignment = LineAlignment::Left;
        for block in blocks {
            if !self.column.is_empty() {
                self.column.fixed_space(ctx.leading.scale(0.8));
            }
            self.blocks(std::slice::from_ref(block), &ctx);
        }
        self.push_to_foot(0);
    }

    /// Words that stand alone on their page stand a quarter down, or as far as they can without going
    /// on overleaf.
    fn sink_alone(&mut self, blocks: &[Block]) {
        let figure = blocks.iter().any(|block| matches!(block.kind, BlockKind::Figure(_)));
        let titled = blocks.iter().any(|block| matches!(block.kind, BlockKind::Heading(_)));
        if !figure && !titled {
            let lines = self.cx.style.page.lines / 4;
            self.column.sink(self.cx.style.depth(), self.cx.style.leading(), lines);
        }
    }

    /// Composes blocks; the notes that each of them calls come after it.
    pub fn blocks(&mut self, blocks: &[Block], ctx: &BlockContext) {
        for (n, block) in blocks.iter().enumerate() {
            self.block(block, ctx);
            let below_verse = n.checked_sub(1).is_some_and(|n| matches!(blocks[n].kind, BlockKind::Verse(_)));
            if below_verse && matches!(block.kind, BlockKind::Div(Div::Signature, ..)) {
                // the white below a poem is below who signed it
                self.verse_gap(ctx);
            }
            if !ctx.noted {
                // Notes follow the block that calls them in the structure, so that a listener hears a
                // note when the paragraph is over, and not at the end of the book.
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
            return self.column.keep_next();
        }
        // A colon promises what comes next; a page must not end between the two.
        let leads = plain(words).trim_end().ends_with([':', '—']);
        if matches!(next.kind, Figure(_)) && leads {
            self.next.lead = Lead::Pinned;
            return self.column.keep_next();
        }
        if !matches!(next.kind, Quote(_) | Verse(_) | List(_) | Table(_) | Code { .. }) {
            return;
        }
        if is_name(words) {
            self.next.lead = Lead::Close;
        }
        if leads || self.next.lead == Lead::Close {
            self.column.keep_next();
        }
    }

    fn block(&mut self, block: &Block, ctx: &BlockContext) {
        self.clear_initial(&block.kind);
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
                self.start_source_page(&mark.label);
                self.composer.pending_marks.push(Mark::SourcePage(mark.label.clone()));
            }
        }
    }

    fn para(&mut self, inlines: &[Inline], ctx: &BlockContext) {
        let node = self.composer.tree.node(ctx.node, Tag::P);
        let hanging = self.has_entries() && !ctx.noted;
        let flush = self.next.first_line == FirstLine::Flush || ctx.alignment != LineAlignment::Justified;
        // Entries are told from one another by their hanging lines, and need no white between them.
        let entry = hanging && (ctx.lists == 0 || ctx.entry);
        let first = if flush || entry { Abs::ZERO } else { self.part(ctx) };
        let first = if has_placed_lines(inlines) { Abs::ZERO } else { first };
        if self.illustrated(inlines, node, first, ctx) {
            return;
        }
        let mut text = self.composer.styled(inlines, &ctx.text_style, node);
        // In plays, and in lists of books, paragraphs have another form; those in notes, in lists and
        // in what is centred are paragraphs like any other.
        let of_text =
            !ctx.noted && (ctx.lists == 0 || ctx.entry) && ctx.alignment == LineAlignment::Justified;
        if of_text && self.play {
            return self.of_play(speaker(inlines).is_some(), text, ctx);
        }
        if of_text && hanging {
            return self.hanging_para(text, ctx);
        }
        // The opening is known by where it stands in memory, not by what it says: a text may repeat
        // its first paragraph.
        let opens = self.opening.is_some_and(|opening| std::ptr::eq(opening, inlines));
        if opens && ctx.alignment == LineAlignment::Justified {
            return self.open(text, self.bears_initial(inlines), ctx);
        }
        self.prefix(&mut text);
        let mut form = self.form(ctx, first);
        form.beside = std::mem::take(&mut self.next.beside);
        let below_heading = self.column.ends_in_heading();
        if let Some(item) = self.lay(ctx, text, &form) {
            // A heading with one line below it is as lost at the foot of a page as a heading alone.
            item.keep_next |= below_heading && item.variants.iter().all(|shape| shape.ends.len() == 1);
            self.go_on_beside(form.beside);
            self.indent_next();
        }
    }

    /// Parts a paragraph from the one before it: by the indent of its first line, which
    /// it gives, or by an empty line.
    fn part(&mut self, ctx: &BlockContext) -> Abs {
        let spaced = self.parts_by_space(ctx);
        if spaced {
            self.space(1);
        }
        if spaced { Abs::ZERO } else { self.cx.indent(ctx) }
    }

    /// Whether paragraphs are entries, which hang: those of a list of books or an index.
    pub(super) fn has_entries(&self) -> bool {
        self.entries || self.composer.section_kind() == SectionKind::Hanging
    }

    /// The books that a text cites, parted from it as a list is.
    fn bibliography(&mut self, blocks: &[Block], ctx: &BlockContext) {
        self.gap(ctx);
        self.flush_next();
        let before = std::mem::replace(&mut self.entries, true);
        self.blocks(blocks, ctx);
        self.entries = before;
        self.gap(ctx);
        self.indent_next();
    }

    /// A paragraph whose first line stands further out than the others: an entry of
    /// a list of books, or of an index.
    fn hanging_para(&mut self, text: StyledText, ctx: &BlockContext) {
        let indents = self.cx.indented(ctx, self.cx.indent(ctx), Abs::ZERO);
        let hang = indents.0 - ctx.indents.0;
        let inner = BlockContext { indents, ..ctx.clone() };
        let form = self.form(&inner, -hang);
        if self.lay(&inner, text, &form).is_some() {
            self.indent_next();
        }
    }

    /// A paragraph of a play: a speech hangs from its speaker's name, and what is said
    /// to the players stands in by as much.
    fn of_play(&mut self, speech: bool, text: StyledText, ctx: &BlockContext) {
        if speech {
            return self.hanging_para(text, ctx);
        }
        let indents = self.cx.indented(ctx, self.cx.indent(ctx), Abs::ZERO);
        let inner = BlockContext { indents, ..ctx.clone() };
        let form = self.form(&inner, Abs::ZERO);
        if self.lay(&inner, text, &form).is_some() {
            self.indent_next();
        }
    }

    /// White space around verse; the lines of a speech are not parted from the next.
    pub(super) fn verse_gap(&mut self, ctx: &BlockContext) {
        if self.play && ctx.lists == 0 {
            self.next.lead = Lead::None;
        } else {
            self.gap(ctx);
        }
    }

    /// White space around what is set apart.
    pub fn gap(&mut self, ctx: &BlockContext) {
        self.gap_or(WIDER_GAP, ctx);
    }

    /// The same, where a second line of white costs so much.
    pub(super) fn gap_or(&mut self, wider: f64, ctx: &BlockContext) {
        if self.next.lead == Lead::Close {
            self.next.lead = Lead::None;
            return;
        }
        // What stands right below a heading is set apart by the heading's own white, as a paragraph there is.
        if !ctx.noted && self.column.ends_in_heading() {
            return;
        }
        // Within a list nothing is set apart by white: its items are, by their markers.
        if ctx.lists > 0 && !ctx.noted {
            return;
        }
        if ctx.noted {
            if self.column.ends_in_content() {
                self.column.soft_space(ctx.leading / 3);
            }
        } else {
            self.elastic_space(&[(1, 0.0), (2, wider)]);
        }
    }

    /// White space above a table or a picture, which no heading touches.
    pub(super) fn gap_above_box(&mut self, ctx: &BlockContext) {
        if self.column.ends_in_heading() && self.column.ends_in_content() {
            self.space(1);
        } else {
            self.gap(ctx);
        }
    }

    fn quote(&mut self, blocks: &[Block], ctx: &BlockContext, tag: Tag) {
        self.set_off(ctx, tag, |builder, inner| builder.blocks(blocks, inner));
    }

    /// A letter: set off as a quotation is, its salutation never alone at the foot of a page.
    fn letter(&mut self, blocks: &[Block], ctx: &BlockContext) {
        let dated = blocks.iter().take_while(|block| matches!(block.kind, BlockKind::Div(Div::Dateline, ..)));
        let dated = dated.count();
        let (salutation, rest) = blocks.split_at(dated + usize::from(is_salutation(&blocks[dated..])));
        self.set_off(ctx, Tag::Div, |builder, inner| {
            // To page breaking the salutation is then one with the first lines of the letter, as a heading is
            // with its text; the bound of orphans alone would let it end a page, since it is whole.
            builder.blocks(salutation, inner);
            if !salutation.is_empty() {
                builder.column.keep_next();
            }
            builder.blocks(rest, inner);
        });
    }

    /// Sets blocks off from the text as a quotation is.
    fn set_off(&mut self, ctx: &BlockContext, tag: Tag, inside: impl FnOnce(&mut Self, &BlockContext)) {
        let style = &self.cx.style.quote;
        let node = self.composer.tree.node(ctx.node, tag);
        let size = ctx.text_style.size;
        let inner = BlockContext {
            text_style: ctx.text_style.clone().at(style.size.at(size)).cased(style.case),
            indents: self.cx.indented(ctx, style.left.at(size), style.right.at(size)),
            node,
            set_off: true,
            ..ctx.clone()
        };
        self.gap(ctx);
        self.flush_next();
        let outer = std::mem::replace(&mut self.passage, self.column.len());
        inside(self, &inner);
        self.passage = outer;
        self.gap(ctx);
        self.indent_next();
    }

    fn div(&mut self, div: Div, attrs: &Attrs, blocks: &[Block], ctx: &BlockContext) {
        if let Some(anchor) = attrs.anchor {
            self.composer.pending_marks.push(Mark::Anchor(anchor));
        }
        let mut ctx = ctx.clone();
        if div == Div::Continued {
            self.flush_next();
            return self.blocks(blocks, &ctx);
        }
        ctx.node = self.composer.lang_node(ctx.node, Tag::Div, attrs.lang.as_ref(), &mut ctx.text_style);
        match div {
            Div::Epigraph => self.epigraph(blocks, &ctx),
            Div::Dedication => self.dedication(blocks, &ctx),
            Div::Letter => self.letter(blocks, &ctx),
            Div::NoteToReader => self.note_to_reader(blocks, &ctx),
            Div::Dateline => self.dateline(blocks, &ctx),
            Div::Signature => self.signature(blocks, &ctx),
            Div::Attribution => self.attribution(blocks, &ctx),
            Div::Subtitle | Div::Synopsis => self.below_heading(div, blocks, &ctx),
            Div::Caption => self.loose_caption(blocks, &ctx),
            Div::Admonition(kind) => self.admonition(kind, blocks, &ctx),
            Div::AdmonitionTitle => self.admonition_title(blocks, &ctx),
            Div::Centre => self.centred(blocks, &ctx),
            Div::PageBreak => self.page_break(blocks, &ctx),
            Div::Landscape => self.landscape(blocks, &ctx),
            Div::Columns => self.side_by_side(blocks, &ctx),
            Div::Bibliography => self.bibliography(blocks, &ctx),
            Div::Continued | Div::Other => self.blocks(blocks, &ctx),
        }
    }

    fn epigraph(&mut self, blocks: &[Block], ctx: &BlockContext) {
        if self.cx.is_long(blocks) {
            return self.blocks(blocks, ctx);
        }
        let left = self.cx.style.measure() / 4;
        let text_style = ctx.text_style.clone().at(ctx.text_style.size.scale(0.95));
        let indents = self.cx.indented(ctx, left, Abs::ZERO);
        let alignment = LineAlignment::Left;
        let inner = BlockContext { text_style, indents, alignment, display: true, ..ctx.clone() };
        self.flush_next();
        let outer = std::mem::replace(&mut self.passage, self.column.len());
        self.blocks(blocks, &inner);
        self.passage = outer;
        self.space(1);
        self.flush_next();
    }

    fn dedication(&mut self, blocks: &[Block], ctx: &BlockContext) {
        if self.cx.is_long(blocks) {
            return self.blocks(blocks, ctx);
        }
        let mut text_style = ctx.text_style.clone();
        text_style.italic = true;
        let alignment = line_alignment(self.cx.style.title_page_align());
        let inner = BlockContext { text_style, alignment, display: true, ..ctx.clone() };
        self.gap(ctx);
        self.blocks(blocks, &inner);
        self.gap(ctx);
        self.flush_next();
    }

    fn note_to_reader(&mut self, blocks: &[Block], ctx: &BlockContext) {
        let text_style = ctx.text_style.clone().at(ctx.text_style.size.scale(0.92)).of(Family::Boxed);
        let inner = BlockContext { text_style, ..ctx.clone() };
        match self.cx.style.boxed.design {
            BoxDesign::Indented => self.quote(blocks, &inner, Tag::Div),
            BoxDesign::Ruled | BoxDesign::Headed => self.ruled_box(blocks, &inner),
        }
    }

    /// Lines in the middle, as long as they are no prose.
    fn centred(&mut self, blocks: &[Block], ctx: &BlockContext) {
        if self.cx.is_long(blocks) {
            return self.blocks(blocks, ctx);
        }
        self.gap(ctx);
        self.blocks(blocks, &BlockContext { alignment: LineAlignment::Centred, ..ctx.clone() });
        self.gap(ctx);
        self.indent_next();
    }

    /// What follows begins a page; notes go on where they are.
    fn page_break(&mut self, blocks: &[Block], ctx: &BlockContext) {
        if !ctx.noted {
            self.column.end_page();
        }
        self.blocks(blocks, ctx);
    }

    /// Where and when a letter was written: to the right, above its salutation.
    fn dateline(&mut self, blocks: &[Block], ctx: &BlockContext) {
        self.lay_right(blocks, ctx.indents.1, ctx);
        self.column.keep_next();
        if !self.parts_by_space(ctx) {
            self.flush_next();
        }
    }

    /// Whether a line of white parts paragraphs there.
    fn parts_by_space(&self, ctx: &BlockContext) -> bool {
        self.cx.style.text.paragraphs == Paragraphs::Spaced && !ctx.noted
    }

    /// Who signed: below a line of white, which a page that lacks one takes. A letter is short
    /// and set off already; there the signature follows at once, unless white parts its paragraphs.
    fn signature(&mut self, blocks: &[Block], ctx: &BlockContext) {
        self.column.drop_soft_space();
        self.column.keep_next();
        let parted = !ctx.set_off || self.parts_by_space(ctx);
        if parted && !ctx.noted && !self.cx.keeps_source_pages() {
            self.elastic_space(&[(1, 0.0), (0, WIDER_GAP)]);
        }
        self.lay_right(blocks, ctx.indents.1 + ctx.text_style.size, ctx);
    }

    /// Who is quoted: right below the words. Where their lines are looked at one by one, it
    /// ends where the longest of them does.
    fn attribution(&mut self, blocks: &[Block], ctx: &BlockContext) {
        self.column.drop_soft_space();
        self.column.keep_next();
        let mut right = ctx.indents.1 + ctx.text_style.size;
        if ctx.display {
            let end = self.end_of_passage().max(ctx.indents.0 + self.width_of(blocks, ctx));
            right = right.max(self.cx.style.measure() - end);
        }
        self.lay_right(blocks, right, ctx);
    }

    /// Where the longest line of the passage that is being composed ends.
    fn end_of_passage(&mut self) -> Abs {
        let passage = self.column.split_off(self.passage);
        let end = self.widest_line(&passage);
        self.column.extend(passage);
        end
    }

    /// About how wide words to the right are with the white before them.
    pub(super) fn width_of(&self, blocks: &[Block], ctx: &BlockContext) -> Abs {
        let mut letters = 0;
        visit(blocks, &mut |seen| {
            if let Seen::Words(text, _) = seen {
                letters += text.words.chars().count();
            }
        });
        ctx.text_style.size.scale(3.0 + 0.5 * letters as f64)
    }

    /// Sets blocks to the right, with what comes before them.
    fn lay_right(&mut self, blocks: &[Block], right: Abs, ctx: &BlockContext) {
        let indents = self.cx.indented(ctx, ctx.text_style.size * 3, right - ctx.indents.1);
        // Two or three lines are looked at one by one: a year alone below a title is seen.
        let display = ctx.display || !self.cx.is_long(blocks);
        let inner = BlockContext { alignment: LineAlignment::Right, indents, display, ..ctx.clone() };
        let first = self.column.len();
        self.blocks(blocks, &inner);
        let last = self.column.len();
        self.column.hold_together(first..last);
        self.indent_next();
    }

    fn loose_caption(&mut self, blocks: &[Block], ctx: &BlockContext) {
        let style = &self.cx.style.figure;
        let size = style.caption_size.at(ctx.text_style.size);
        let text_style = ctx.text_style.clone().at(size).of(Family::Caption).cased(style.caption_case);
        let alignment = line_alignment(style.caption_align);
        self.column.keep_next();
        // The lines of a caption are as even as may be: one word alone below the others is seen.
        let display = !self.cx.is_long(blocks);
        self.blocks(blocks, &BlockContext { text_style, alignment, display, ..ctx.clone() });
        self.gap(ctx);
        self.indent_next();
    }

    fn definitions(&mut self, definitions: &[Definition], ctx: &BlockContext) {
        self.gap(ctx);
        let first = self.column.len();
        let node = self.composer.tree.node(ctx.node, Tag::List(Labels::Terms));
        for definition in definitions {
            let item = self.composer.tree.node(node, Tag::ListItem);
            for term in &definition.terms {
                self.term(term, ctx, item);
            }
            let body = self.composer.tree.node(item, Tag::ListBody);
            let indents = self.cx.indented(ctx, self.cx.style.list.indent.at(ctx.text_style.size), Abs::ZERO);
            let inner =
                BlockContext { node: body, indents, lists: ctx.lists + 1, entry: false, ..ctx.clone() };
            for meaning in &definition.meanings {
                self.flush_next();
                self.blocks(meaning, &inner);
            }
        }
        if ctx.lists == 0 {
            self.column.list_from(first);
        }
        self.gap(ctx);
        self.indent_next();
    }

    fn term(&mut self, term: &[Inline], ctx: &BlockContext, item: NodeId) {
        let label = self.composer.tree.node(item, Tag::Label);
        let mut text_style = ctx.text_style.clone();
        text_style.bold = true;
        let inner = BlockContext { alignment: LineAlignment::Left, ..ctx.clone() };
        if picture_row::pictures(term) > 0 {
            self.words_around_pictures(term, label, Abs::ZERO, &BlockContext { text_style, ..inner });
            return self.column.keep_next();
        }
        let text = self.composer.styled(term, &text_style, label);
        let form = self.form(&inner, Abs::ZERO);
        if let Some(item) = self.lay(&inner, text, &form) {
            item.keep_next = true;
            item.keep_together = true;
        }
    }
}

/// Whether of all that is read in blocks nothing is prose: a page of a poem may end where a stanza does.
fn is_poem(blocks: &[Block]) -> bool {
    let is_verse = |block: &Block| matches!(block.kind, BlockKind::Verse(_));
    let fits = |block: &Block| match &block.kind {
        BlockKind::Div(
            Div::Epigraph | Div::Subtitle | Div::Attribution | Div::Signature | Div::Dateline,
            ..,
        ) => true,
        BlockKind::Div(_, _, inside) => is_poem(inside),
        kind => matches!(
            kind,
            BlockKind::Heading(_)
                | BlockKind::Verse(_)
                | BlockKind::Figure(_)
                | BlockKind::SceneBreak
                | BlockKind::PageMark(_)
        ),
    };
    let holds_verse = |block: &Block| matches!(&block.kind, BlockKind::Div(_, _, inside) if is_poem(inside));
    blocks.iter().all(fits) && blocks.iter().any(|block| is_verse(block) || holds_verse(block))
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

/// Whether a letter begins with a line to its reader, `Dear Kate,`, and goes on.
fn is_salutation(blocks: &[Block]) -> bool {
    /// So many letters make one line in any column.
    const ONE_LINE: usize = 40;
    let [Block { kind: BlockKind::Para(words), .. }, _, ..] = blocks else { return false };
    // Longer ones are sentences of the letter itself and may end a page as any paragraph may.
    let words = plain(words);
    let words = words.trim_end();
    words.chars().count() <= ONE_LINE && words.ends_with([',', ':', '!', '\u{ff0c}', '\u{ff1a}'])
}
