//! Builds the column of one flow: the text of a section, or of a note at the foot.

use super::column::Column;
use super::composer::Composer;
use super::context::{BlockContext, BookContext};
use super::section::SectionContext;
use crate::book::{Inline, Section};
use crate::length::Abs;
use crate::pages::Flow;
use crate::typeset::flow_item::{FlowItem, ParagraphItem, RowHold};
use crate::typeset::line::{Form, Mark, Piece, StyledText};
use crate::typeset::paginate::SpaceHeight;
use crate::typeset::paragraph::Paragraph;

/// Builds the column of one flow.
pub struct FlowBuilder<'c, 'a> {
    pub(in crate::typeset) cx: &'a BookContext<'a>,
    pub(in crate::typeset) composer: &'c mut Composer<'a>,
    pub(in crate::typeset) column: Column,
    /// The running text that its words belong to; `None` for words of the tool's alone.
    pub(super) flow: Option<Flow>,
    /// How the next block begins.
    pub(super) next: NextBlock,
    /// The paragraph that opens the text.
    pub(super) opening: Option<&'a [Inline]>,
    /// Whether the text is a play.
    pub(super) play: bool,
    /// Whether the text is verse and nothing else that is read.
    pub(super) poem: bool,
    /// Whether what is composed are entries of a division.
    pub(super) entries: bool,
    /// Whether the text's title has been set.
    pub(super) title: TitleState,
    /// Where the words of the title end in the column: what follows are its rule, its
    /// ornament and its white, and a subtitle goes before them.
    pub(super) title_end: Option<usize>,
    /// Where the quotation or epigraph that is being composed begins in the column.
    pub(super) passage: usize,
}

/// How the next block begins, as what came before it has it.
#[derive(Debug, Default)]
pub(super) struct NextBlock {
    /// The first line of the next paragraph.
    pub(super) first_line: FirstLine,
    /// What it begins with: a note's number, a list's marker.
    pub(super) prefix: Option<StyledText>,
    /// What the paragraph before it does to it.
    pub(super) lead: Lead,
    /// How many of its lines still stand beside the initial of the text, and how far
    /// they are indented by it: the opening paragraph was shorter than its initial.
    pub(super) beside: (u32, Abs),
    /// How far a picture is set in that begins a list item: its marker stands in that room.
    pub(super) marker_room: Abs,
}

/// The first line of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum FirstLine {
    /// It begins at the margin: nothing came before it that it must be told from.
    #[default]
    Flush,
    /// It is indented.
    Indented,
}

/// What a paragraph does to what it leads to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Lead {
    /// Nothing.
    #[default]
    None,
    /// It is a speaker's name: no space parts the two.
    Close,
    /// It announces a figure, which stands where it is.
    Pinned,
}

/// Whether a text's title has been set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TitleState {
    /// It is yet to come.
    Due,
    /// It has been set, or a text has begun without one.
    Set,
}

impl<'c, 'a> FlowBuilder<'c, 'a> {
    /// A builder with an empty column.
    pub(super) fn new(
        composer: &'c mut Composer<'a>,
        flow: Option<Flow>,
        opening: Option<&'a [Inline]>,
    ) -> FlowBuilder<'c, 'a> {
        FlowBuilder {
            cx: composer.cx,
            composer,
            column: Column::default(),
            flow,
            next: NextBlock::default(),
            opening,
            play: false,
            poem: false,
            entries: false,
            title: TitleState::Due,
            title_end: None,
            passage: 0,
        }
    }

    /// The column that was built.
    #[must_use]
    pub fn finish(self) -> Vec<FlowItem> {
        self.column.into_items()
    }

    /// The next paragraph begins at the margin.
    pub(super) fn flush_next(&mut self) {
        self.next.first_line = FirstLine::Flush;
    }

    /// The next paragraph is indented.
    pub(super) fn indent_next(&mut self) {
        self.next.first_line = FirstLine::Indented;
    }

    /// Puts what the next paragraph should begin with before its words.
    pub(super) fn prefix(&mut self, text: &mut StyledText) {
        if let Some(prefix) = self.next.prefix.take() {
            text.pieces.splice(0..0, prefix.pieces);
        }
    }

    /// The form of a paragraph there.
    pub(in crate::typeset) fn form(&self, ctx: &BlockContext, first: Abs) -> Form {
        Form { flow: self.flow, ..self.cx.form(ctx, first) }
    }

    /// Adds a paragraph to the column; the item, unless there are no words.
    pub(in crate::typeset) fn lay(
        &mut self,
        ctx: &BlockContext,
        text: StyledText,
        form: &Form,
    ) -> Option<&mut ParagraphItem> {
        if self.cx.keeps_source_pages() {
            self.lay_cut(ctx, text, form)
        } else {
            self.lay_whole(ctx, text, form)
        }
    }

    /// Adds a paragraph that no page of the older edition cuts.
    pub(super) fn lay_whole(
        &mut self,
        ctx: &BlockContext,
        text: StyledText,
        form: &Form,
    ) -> Option<&mut ParagraphItem> {
        let text = self.anchored(text)?;
        let paragraph = Paragraph::new(&text, form, &mut self.composer.shaper);
        // Empty paragraphs have no lines and no place in the column. Of all others every way to break
        // them goes to page breaking, the best first: its index is the shape's number.
        let mut variants = paragraph.best_first();
        if variants[0].ends.is_empty() {
            return None;
        }
        // Where lines are not on the grid a line more or less would move all that follows off it by a
        // part of a line. Such a paragraph keeps the one shape that it is best in; so do notes, whose
        // lines are a roll.
        if ctx.noted || ctx.leading != self.cx.style.leading() {
            variants.truncate(1);
        }
        self.column.push_text(ParagraphItem {
            paragraph,
            variants,
            leading: ctx.leading,
            keep_next: false,
            keep_together: false,
            row: RowHold::None,
            barrier: false,
            divided: (None, None),
            beside: Vec::new(),
            noted: ctx.noted,
            initial: None,
        });
        self.column.text_at(self.column.len() - 1)
    }

    /// The text with the marks that waited for words; `None` when it has no words
    /// either: then its own marks wait for the next.
    pub(super) fn anchored(&mut self, mut text: StyledText) -> Option<StyledText> {
        let stands = |piece: &Piece| match piece {
            Piece::Words(words) => !words.text.trim().is_empty(),
            Piece::Picture(..) => true,
            Piece::Mark(_) | Piece::Break => false,
        };
        // A paragraph of nothing but marks sets nothing, yet links lead to these marks and old pages
        // begin at them: they go with the next words.
        if !text.pieces.iter().any(stands) {
            let marks = text.pieces.into_iter().filter_map(|piece| match piece {
                Piece::Mark(mark @ (Mark::Anchor(_) | Mark::SourcePage(_))) => Some(mark),
                _ => None,
            });
            self.composer.pending_marks.extend(marks);
            return None;
        }
        self.take_pending_marks(&mut text);
        Some(text)
    }

    /// Puts the marks that waited for words before these.
    pub(super) fn take_pending_marks(&mut self, text: &mut StyledText) {
        let marks = std::mem::take(&mut self.composer.pending_marks);
        text.pieces.splice(0..0, marks.into_iter().map(Piece::Mark));
    }

    /// White space of so many lines of the grid; of spaces that meet, the
    /// larger counts.
    pub(in crate::typeset) fn space(&mut self, lines: u32) {
        self.elastic_space(&[(lines, 0.0)]);
    }

    /// White space that may have several heights in lines of the grid, each with its
    /// cost.
    pub(super) fn elastic_space(&mut self, choices: &[(u32, f64)]) {
        let grid = self.cx.style.leading();
        let heights =
            choices.iter().map(|(lines, cost)| SpaceHeight { height: grid * i64::from(*lines), cost: *cost });
        self.column.elastic_space(heights.collect());
    }

    /// Pushes what stands in the column from `first` on down to the foot of the page.
    pub(in crate::typeset) fn push_to_foot(&mut self, first: usize) {
        self.push_down(first, self.cx.style.depth());
    }

    /// Pushes what stands in the column from `first` on down by so much, or as far as the page goes.
    pub(in crate::typeset) fn push_down(&mut self, first: usize, most: Abs) {
        self.column.push_down(first, self.cx.style.depth(), most);
    }
}

impl<'a> Composer<'a> {
    /// Begins a section: a builder for its flow.
    pub fn begin(&mut self, section: SectionContext) -> FlowBuilder<'_, 'a> {
        self.section = section;
        self.notes.foot.clear();
        let opening = section.id.and_then(|id| self.cx.book.sections.get(id.0 as usize));
        let flow = section.id.map(|id| Flow::Section(id.0));
        FlowBuilder::new(self, flow, opening.and_then(Section::opening))
    }
}
