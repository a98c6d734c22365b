//! What does not change while a book is composed, and what can be told from it alone.

use super::known::PreviousPass;
use crate::book::{Block, Book, Lang, NoteId, Seen, Stream, visit};
use crate::length::{Abs, Binding};
use crate::narrow::Nearest;
use crate::pages::{LeafId, NodeId};
use crate::style::{Lines, NotePlace, PageBreaks, Style};
use crate::terms::Terms;
use crate::typeset::breaking::CostTable;
use crate::typeset::flow_item::{ColumnSet, NARROWEST};
use crate::typeset::geometry::binding;
use crate::typeset::line::{Form, LastLine, LineAlignment, Words};
use crate::typeset::text_style::{Faces, TextStyle, legible};
use std::sync::Arc;

/// How wide a letter is in the mean, in ems.
const LETTER: f64 = 0.42;
/// How far the letters of Japanese and Chinese may be set apart or together to
/// fill a line, in ems: then a line of 25 letters can be a letter longer or
/// shorter, as rules on where lines may begin and end require ("Requirements for
/// Japanese Text Layout", W3C, 3.8).
const IDEOGRAPHS_APART: f64 = 0.04;
/// The loosest line allowed where a source page must be filled.
const LOOSEST_OF_SOURCE_PAGE: f64 = 0.57;

/// What does not change while a book is composed.
pub struct BookContext<'a> {
    /// The book.
    pub book: &'a Book,
    /// Its style.
    pub style: &'a Style,
    /// The faces of the style.
    pub faces: Faces,
    /// What the pass before learnt.
    pub previous: &'a PreviousPass,
    lang: Arc<Lang>,
}

/// What is around a block.
#[derive(Clone, Debug)]
pub struct BlockContext {
    /// How its words look.
    pub text_style: TextStyle,
    /// Indents of the lines.
    pub indents: (Abs, Abs),
    /// Height of the lines.
    pub leading: Abs,
    /// How lines stand.
    pub alignment: LineAlignment,
    /// The node of the structure that it is in.
    pub node: NodeId,
    /// How deep in lists.
    pub lists: u32,
    /// Whether it is in a note.
    pub noted: bool,
    /// Its lines are too short to end at the margin: those of columns.
    pub ragged: bool,
    /// Its lines are looked at one by one, and as even as may be: an epigraph's, a dedication's.
    pub display: bool,
    /// It is set off from the text around it: a quotation, a letter.
    pub set_off: bool,
    /// It is an item of an index: its paragraphs hang as entries.
    pub entry: bool,
}

impl<'a> BookContext<'a> {
    /// The context of one pass over the book.
    #[must_use]
    pub fn new(book: &'a Book, style: &'a Style, faces: Faces, previous: &'a PreviousPass) -> Self {
        BookContext { book, style, faces, previous, lang: Arc::new(book.meta.language.clone()) }
    }

    /// What is around the blocks of a text.
    pub fn block(&self, node: NodeId) -> BlockContext {
        BlockContext {
            text_style: TextStyle::text(self.style, self.lang.clone()),
            indents: (Abs::ZERO, Abs::ZERO),
            leading: self.style.leading(),
            alignment: LineAlignment::Justified,
            node,
            lists: 0,
            noted: false,
            ragged: false,
            display: false,
            set_off: false,
            entry: false,
        }
    }

    /// What is around a note's blocks.
    pub fn note_block(&self, node: NodeId) -> BlockContext {
        let ctx = self.block(node);
        let size = self.style.notes.size.at(self.style.size());
        let leading = self.note_leading();
        BlockContext { text_style: ctx.text_style.clone().at(size), leading, noted: true, ..ctx }
    }

    /// The indents of a block that stands so much further in on the left and on
    /// the right than what is around it. However deep blocks stand in one another,
    /// their lines keep a third of the measure.
    pub fn indented(&self, ctx: &BlockContext, left: Abs, right: Abs) -> (Abs, Abs) {
        let (outer_left, outer_right) = ctx.indents;
        // Two thirds of the measure may be indents. Blocks that want more get their share of what is
        // left, in proportion to what they asked for on each side, so that even a hundred lists within
        // one another have lines to be set in.
        let room = (self.style.measure() * 2 / 3 - outer_left - outer_right).max(Abs::ZERO);
        if left + right <= room {
            return (outer_left + left, outer_right + right);
        }
        let share = room.ratio(left + right);
        (outer_left + left.scale(share), outer_right + right.scale(share))
    }

    /// The form of a paragraph there, in no flow of running text. Lines without
    /// spaces to widen are filled by their letters, where each has its square; else
    /// they are left as long as they come.
    pub fn form(&self, ctx: &BlockContext, first: Abs) -> Form {
        let text = &self.style.text;
        let lang = &ctx.text_style.lang;
        let justified = ctx.alignment == LineAlignment::Justified
            && text.align == Lines::Justified
            && !ctx.ragged
            && (lang.is_ideographic() || !lang.is_unspaced());
        // Ideographs have no spaces to widen: their letters are set a hair apart, and none is made
        // wider, which would show in a square. Ragged lines change nothing.
        let limits = match justified {
            true if lang.is_ideographic() => (0.0, IDEOGRAPHS_APART),
            true => (text.expansion.0, text.tracking.get()),
            false => (0.0, 0.0),
        };
        Form {
            alignment: match ctx.alignment {
                LineAlignment::Justified if justified => LineAlignment::Justified,
                LineAlignment::Justified if self.runs_against(lang) => LineAlignment::Right,
                LineAlignment::Justified => LineAlignment::Left,
                other => other,
            },
            measure: self.style.measure(),
            indents: ctx.indents,
            first,
            beside: (0, Abs::ZERO),
            hyphenate: text.hyphenate
                && !ctx.display
                && matches!(ctx.alignment, LineAlignment::Justified | LineAlignment::Left),
            limits,
            protrude: text.protrusion,
            display: ctx.display || ctx.alignment == LineAlignment::Centred,
            last: LastLine::Natural,
            mirrored: self.is_mirrored(),
            loosest: self.loosest(),
            flow: None,
        }
    }

    /// The indent of a paragraph there.
    pub fn indent(&self, ctx: &BlockContext) -> Abs {
        self.style.text.indent.at(ctx.text_style.size)
    }

    /// Whether blocks fill more than a page, so that they are read as prose and not
    /// looked at as a display.
    pub fn is_long(&self, blocks: &[Block]) -> bool {
        // Lines are estimated from their letters: this is asked before anything is set.
        let line = self.style.measure().ratio(self.style.size().scale(LETTER));
        let (mut lines, mut letters) = (0.0, 0);
        visit(blocks, &mut |seen| match seen {
            Seen::Words(text, _) | Seen::Code(text, _) => letters += text.words.chars().count(),
            // a line of verse is a line, however short
            Seen::Inlines(_) | Seen::Break => {
                lines += (std::mem::take(&mut letters) as f64 / line).ceil();
            }
            _ => {}
        });
        lines + letters as f64 / line > f64::from(self.style.page.lines)
    }

    /// Whether a passage in that language is read from the other side than the book.
    pub fn runs_against(&self, lang: &Lang) -> bool {
        lang.is_rtl() != self.is_mirrored()
    }

    /// Whether the book's lines stand as in a mirror, since it is read from the
    /// right.
    pub fn is_mirrored(&self) -> bool {
        binding(self.book) == Binding::Right
    }

    /// Whether the pages of the older edition are kept.
    pub fn keeps_source_pages(&self) -> bool {
        self.style.page.breaks == PageBreaks::Source
    }

    /// The loosest line allowed: source pages are filled at almost any price.
    fn loosest(&self) -> f64 {
        if self.keeps_source_pages() { LOOSEST_OF_SOURCE_PAGE } else { CostTable::default().loosest }
    }

    /// The words that the tool adds to the book.
    pub fn terms(&self) -> Terms<'a> {
        Terms::of(&self.book.meta)
    }

    /// Words that the tool adds, in a leaf that is there.
    pub fn words_in(&self, text_style: &TextStyle, leaf: LeafId, text: impl Into<String>) -> Words {
        let text = text.into();
        let text = if text_style.capitals { text_style.lang.capitals(&text) } else { text };
        Words {
            text,
            style: self.faces.resolve(text_style),
            leaf,
            at: None,
            span: None,
            glued: false,
            link: None,
        }
    }

    /// The mark of a note, as the pass before counted it.
    pub fn mark_of(&self, note: NoteId) -> String {
        self.previous.marks.get(note.index()).cloned().unwrap_or_default()
    }

    /// Where the notes of a stream stand.
    pub fn place_of(&self, note: NoteId) -> NotePlace {
        match self.book.notes.get(note).stream {
            Stream::Author => self.style.notes.place,
            Stream::Editor => self.style.editor_notes.place,
        }
    }

    /// The height of a line of notes.
    pub fn note_leading(&self) -> Abs {
        let size = self.style.notes.size.at(self.style.size());
        let (leading, set) = (self.style.notes.leading.at(size), legible(self.style, size));
        // where no words may be so small, their lines stand apart for the size that they have
        if set > size { leading.max(set.scale(1.15)) } else { leading }
    }

    /// The columns in which notes stand at the foot, if there are several.
    pub fn note_columns(&self) -> Option<ColumnSet> {
        let size = self.style.notes.size.at(self.style.size());
        let room = self.style.measure();
        let gap = self.style.columns.gap.at(size);
        let most = (room + gap).ratio(size.scale(NARROWEST) + gap).floor();
        let count = u32::nearest(f64::from(self.style.notes.columns).min(most));
        let is_set = count > 1 && !self.keeps_source_pages();
        is_set.then(|| ColumnSet { count, step: (room + gap) / i64::from(count) })
    }

    /// The indents of notes that stand in columns at the foot.
    pub fn in_note_columns(&self, ctx: BlockContext) -> BlockContext {
        let Some(set) = self.note_columns() else { return ctx };
        let gap = self.style.columns.gap.at(ctx.text_style.size);
        let indents = (ctx.indents.0, ctx.indents.1 + self.style.measure() - (set.step - gap));
        BlockContext { indents, ragged: true, ..ctx }
    }

    /// A height in whole lines of the grid, one at least.
    pub fn up_to_grid(&self, height: Abs) -> Abs {
        let grid = self.style.leading();
        let steps = height.ratio(grid).ceil().max(1.0);
        grid * i64::nearest(steps)
    }
}
