//! Headings, and what stands below them.

use super::builder::{FlowBuilder, TitleState};
use super::context::{BlockContext, BookContext};
use super::link::{Headline, LinkEnd};
use super::section::SectionKind;
use crate::book::{Block, Div, Heading, Inline, numbered, plain, without_notes};
use crate::length::{Abs, Em};
use crate::pages::{NodeId, Tag, Tree};
use crate::style::{Alignment, Family, HeadText, TitleRules};
use crate::typeset::flow_item::FlowItem;
use crate::typeset::line::{LineAlignment, Mark, Piece, StyledText};
use crate::typeset::text_style::TextStyle;

/// A page on which a text begins has room for so many lines at least.
const LINES_BELOW_SINKAGE: u32 = 4;
/// A heading that is larger than a running head by that factor is told from it.
const LIKE_SIZE: f64 = 1.6;
/// What a line more or less above a heading costs.
pub const OTHER_SPACE: f64 = 12.0;

/// A synopsis of so many lines is looked at, and a longer one is read.
const FEW_LINES: i64 = 3;

impl FlowBuilder<'_, '_> {
    /// Composes a heading of any rank.
    pub fn heading(&mut self, heading: &Heading, ctx: &BlockContext) {
        let section = self.composer.section;
        if let Some(id) = section.id.filter(|_| heading.listed) {
            self.composer.collected.headlines.push(Headline {
                section: id,
                level: section.depth + heading.level,
                aim: LinkEnd::Anchor(heading.anchor),
                title: without_notes(&heading.content),
            });
        }
        let first = heading.level == 1 && self.title == TitleState::Due;
        if first {
            self.title = TitleState::Set;
            if !section.runs_on {
                self.sink();
            }
            self.title_rule(TitleRules::Above);
        } else {
            self.space_above(heading.level);
        }
        self.headline(&heading.content, heading.level, Some(Mark::Anchor(heading.anchor)), ctx);
        if first {
            self.title_end = Some(self.column.len());
            self.title_rule(TitleRules::Below);
            self.title_ornament();
            let style = &self.cx.style.heading;
            self.space(style.title_space.unwrap_or(style.sinkage.clamp(1, 2)));
        } else if heading.level <= 2 {
            self.space_below();
        }
        self.flush_next();
    }

    /// The empty lines above a text's title.
    pub fn sink(&mut self) {
        let lines = self.cx.style.page.lines;
        let part = self.composer.section_kind() == SectionKind::Part;
        let sinkage = if part { lines / 3 } else { self.cx.style.heading.sinkage };
        let sinkage = sinkage.min(lines.saturating_sub(LINES_BELOW_SINKAGE));
        let height = self.cx.style.leading() * i64::from(sinkage);
        if sinkage > 0 {
            self.column.fixed_space(height);
        }
    }

    fn space_above(&mut self, level: u8) {
        if self.column.ends_in_heading() {
            // Two headings are one to the eye: no page takes its white from between them.
            self.space(if level <= 2 { self.cx.style.heading.above } else { 1 });
        } else if level <= 2 {
            let lines = self.cx.style.heading.above;
            // White above a heading is where a page finds a line that it lacks: a line less or more
            // costs little there, and is seen by nobody who does not measure.
            let less = lines.saturating_sub(1).max(1);
            self.elastic_space(&[(lines, 0.0), (less, OTHER_SPACE), (lines + 1, OTHER_SPACE)]);
        } else {
            self.elastic_space(&[(1, 0.0), (2, OTHER_SPACE)]);
        }
        if self.cx.looks_like_head(level) {
            self.column.keep_a_line(self.cx.style.leading());
        }
    }

    /// A line below a heading; half a line, and what is missing to the grid,
    /// where the heading's own lines left it.
    fn space_below(&mut self) {
        if self.column.ends_in_snap() {
            self.column.soft_space_before_last(self.cx.style.leading() / 2);
        } else {
            self.space(self.cx.style.heading.below);
        }
    }

    /// The words of a heading, as large as its rank.
    pub fn headline(&mut self, content: &[Inline], level: u8, mark: Option<Mark>, ctx: &BlockContext) {
        if content.is_empty() {
            return self.composer.pending_marks.extend(mark);
        }
        let node = match plain(content).trim().is_empty() {
            true => self.composer.tree.node(ctx.node, Tag::P),
            false => {
                let rank = self.composer.next_rank(level);
                self.composer.tree.node(ctx.node, Tag::Heading(rank))
            }
        };
        let text_style = self.cx.heading_style(level, &ctx.text_style);
        let align = if level == 1 { self.cx.style.heading.title_align } else { self.cx.style.heading.align };
        let leading = self.cx.heading_leading(text_style.size);
        let inner = BlockContext { alignment: line_alignment(align), leading, text_style, ..ctx.clone() };
        let (number, words) = match numbered(content) {
            (Some(_), words) if level == 1 => (self.number_above(content, words, &inner, node), words),
            _ => (StyledText::default(), content),
        };
        let mut mark = mark.map(Piece::Mark);
        let has_number = !number.pieces.is_empty();
        if has_number {
            let size = self.cx.style.heading.number_size.at(self.cx.style.size());
            let leading = self.cx.heading_leading(size).max(leading);
            self.heading_lines(mark.take(), number, &BlockContext { leading, ..inner.clone() });
            self.column.fixed_space(self.cx.style.heading.number_space.at(self.cx.style.size()));
        }
        let words = self.composer.styled(words, &inner.text_style, node);
        self.heading_lines(mark, words, &inner);
        if has_number || leading != self.cx.style.leading() {
            self.column.snap();
        }
    }

    /// Lines of a heading: no page ends in them nor below them.
    fn heading_lines(&mut self, mark: Option<Piece>, mut text: StyledText, ctx: &BlockContext) {
        text.pieces.splice(0..0, mark);
        let mut form = self.form(ctx, Abs::ZERO);
        form.hyphenate = false;
        form.display = true;
        if let Some(item) = self.lay(ctx, text, &form) {
            item.keep_next = true;
            item.keep_together = true;
            item.barrier = true;
        }
    }

    /// The number of a title, in letters of its own.
    fn number_above(
        &mut self,
        content: &[Inline],
        words: &[Inline],
        ctx: &BlockContext,
        node: NodeId,
    ) -> StyledText {
        let style = &self.cx.style.heading;
        let lang = ctx.text_style.lang.clone();
        let body = TextStyle { lang, ..self.cx.block(Tree::ROOT).text_style };
        let size = style.number_size.at(body.size);
        let number_style = body.of(Family::Heading).at(size).cased(style.number_case);
        let mut number = self.composer.styled(&content[..content.len() - words.len()], &number_style, node);
        // The author's line end, or the style's, is that between two paragraphs.
        number.pieces.retain(|piece| !matches!(piece, Piece::Break));
        number
    }

    /// A heading whose words are repeated from elsewhere, or are the tool's.
    pub(in crate::typeset) fn repeated_headline(
        &mut self,
        content: &[Inline],
        level: u8,
        ctx: &BlockContext,
    ) {
        let repeated = self.composer.repeated();
        let before = std::mem::replace(&mut self.composer.scope, repeated);
        self.headline(content, level, None, ctx);
        self.composer.scope = before;
    }

    /// A subtitle or synopsis: it stands between the heading and its space.
    pub fn below_heading(&mut self, div: Div, blocks: &[Block], ctx: &BlockContext) {
        // A subtitle comes after the heading has been set, with its white below it. That is taken off,
        // the subtitle is put in, and the white comes behind it.
        let space = match self.title_end {
            Some(end) if self.column.is_bare_since(end) => self.column.split_off(end),
            _ => self.column.split_off_space(),
        };
        if space.iter().any(|item| matches!(item, FlowItem::Snap)) {
            self.column.snap();
        }
        let inner = self.below_ctx(div, blocks, ctx);
        if div == Div::Synopsis {
            self.space(1);
        }
        let first = self.column.len();
        self.flush_next();
        self.blocks(blocks, &inner);
        self.column.hold_together(first..self.column.len());
        self.column.keep_next();
        if inner.leading != self.cx.style.leading() {
            self.column.snap();
        }
        if self.title_end.is_some() {
            self.title_end = Some(self.column.len());
        }
        self.column.extend(space);
        self.flush_next();
    }

    fn below_ctx(&self, div: Div, blocks: &[Block], ctx: &BlockContext) -> BlockContext {
        let mut text_style = ctx.text_style.clone();
        text_style.italic = true;
        if div == Div::Subtitle {
            let size = text_style.size.scale(1.1);
            let alignment = line_alignment(self.cx.style.heading.title_align);
            return BlockContext { text_style: text_style.at(size), alignment, ..ctx.clone() };
        }
        let size = text_style.size.scale(0.92);
        // Below a title in the middle it is a narrower block, or lines in the middle; below one at the
        // margin it begins there. Two or three lines are looked at one by one, and are as even as may be.
        let in_the_middle = self.cx.style.heading.title_align == Alignment::Centre;
        let indent = if in_the_middle { Em::new(2.0).at(ctx.text_style.size) } else { Abs::ZERO };
        let indents = (ctx.indents.0 + indent, ctx.indents.1 + indent);
        let room = self.cx.style.measure() - indents.0 - indents.1;
        let alignment = match self.width_of(blocks, ctx) <= room * FEW_LINES {
            true if in_the_middle => LineAlignment::Centred,
            true => LineAlignment::Left,
            false => return BlockContext { text_style: text_style.at(size), indents, ..ctx.clone() },
        };
        BlockContext { text_style: text_style.at(size), indents, alignment, display: true, ..ctx.clone() }
    }
}

impl BookContext<'_> {
    /// The text style of a heading of that rank in a text.
    fn heading_style(&self, level: u8, text: &TextStyle) -> TextStyle {
        let style = &self.style.heading;
        let size = text.size;
        let text = &text.clone().of(Family::Heading);
        match level {
            1 => text.clone().at(style.title_size.at(size)).cased(style.title_case),
            2 => text.clone().at(style.size.at(size)).cased(style.case),
            rank => {
                let (share, case) = style.minor(rank);
                text.clone().at(size.scale(share)).cased(case)
            }
        }
    }

    /// Whether a heading of that rank could be taken for a running head when it stands
    /// right under one.
    fn looks_like_head(&self, level: u8) -> bool {
        let head = &self.style.running_head;
        if head.rule || (head.verso == HeadText::None && head.recto == HeadText::None) {
            return false;
        }
        let text = &self.block(Tree::ROOT).text_style;
        let size = head.size.at(text.size);
        let head_style = text.clone().of(Family::RunningHead).at(size).cased(head.case);
        let style = self.heading_style(level, text);
        let letters = |style: &TextStyle| (style.bold, style.italic, style.small_caps, style.capitals);
        let family = |style: &TextStyle| self.style.family(style.family);
        letters(&style) == letters(&head_style)
            && family(&style) == family(&head_style)
            && style.size < size.scale(LIKE_SIZE)
    }

    /// The text style of a text's title.
    pub fn title_style(&self) -> TextStyle {
        let text = self.block(Tree::ROOT).text_style;
        self.heading_style(1, &text)
    }

    /// Leading of a heading: the grid's, or 1.25 of its size when it is large.
    pub fn heading_leading(&self, size: Abs) -> Abs {
        let grid = self.style.leading();
        if size.scale(1.12) > grid { size.scale(1.25) } else { grid }
    }
}

/// How lines of that alignment stand.
pub fn line_alignment(align: Alignment) -> LineAlignment {
    match align {
        Alignment::Left | Alignment::Outside => LineAlignment::Left,
        Alignment::Centre => LineAlignment::Centred,
        Alignment::Right => LineAlignment::Right,
    }
}
