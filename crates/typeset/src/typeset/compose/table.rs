//! Tables that fit the measure.

use super::builder::FlowBuilder;
use super::column_widths::{MOST_ROWS, Needs, shared};
use super::context::BlockContext;
use super::heading::line_alignment;
use super::row::{Boxes, Column, Edges};
use crate::book::{Align, Cell, Row, Table};
use crate::diag::{Code, Diagnostic};
use crate::length::{Abs, Em, Size};
use crate::narrow::Nearest;
use crate::pages::{NodeId, Scope, Tag};
use crate::style::Family;
use crate::typeset::line::{Form, LineAlignment, Piece, StyledText};
use crate::typeset::paginate::Divided;
use crate::typeset::paragraph::Paragraph;

/// Tables of so few rows are better not divided.
const SMALL_TABLE: usize = 10;
/// A table of so many lines at most is not divided: a page that ends above it looks better than its two
/// halves do.
const TINY_TABLE: i64 = 9;
/// Columns whose cells must be broken stand this much closer.
const CLOSER: f64 = 0.7;
/// White between rows most of whose first cells turn over, in sizes of the type.
const BETWEEN_TURNING_ROWS: f64 = 0.6;
/// Tables that do not fit are tried this much smaller.
const SMALLER: f64 = 0.84;

/// A row whose words are styled but not yet set.
struct StyledRow {
    cells: Vec<StyledText>,
    head: bool,
}

impl FlowBuilder<'_, '_> {
    /// Composes a table: each row is a box; the head is repeated over pages.
    pub fn table(&mut self, table: &Table, ctx: &BlockContext) {
        self.gap_above_box(ctx);
        let node = self.composer.tree.node(ctx.node, Tag::Table);
        if let Some(caption) = &table.caption {
            self.table_caption(caption, node, ctx);
        }
        let own = self.cx.style.table.size.at(ctx.text_style.size).min(ctx.text_style.size);
        let text_style = ctx.text_style.clone().at(own).of(Family::Table);
        // no words may be so small
        let own = text_style.size;
        let inner = BlockContext { text_style, alignment: LineAlignment::Left, ..ctx.clone() };
        let mut rows = self.styled_rows(table, node, &inner);
        let mut size = own;
        // Three tries: at the style's size; a sixth smaller, if not even the widest words fit side by
        // side; and then columns of equal width, in which words stick out, with a finding that says
        // so.
        let mut columns = self.columns(table, &rows, &inner);
        if columns.is_none() {
            size = own.scale(SMALLER);
            rows.iter_mut().for_each(StyledRow::shrink);
            columns = self.columns(table, &rows, &inner);
        }
        let columns = columns.unwrap_or_else(|| self.crowded(table, &rows, &inner));
        self.lay_rows(&rows, &columns, size, ctx);
        // Three quarters of a line at least, so that the table is no nearer to what comes next than to
        // what was before; in the text, back to the grid.
        let below = if ctx.noted { ctx.leading.scale(0.7) } else { self.cx.style.leading().scale(0.75) };
        self.column.soft_space(below);
        if !ctx.noted {
            self.column.snap();
        }
        self.indent_next();
    }

    fn table_caption(&mut self, caption: &Cell, node: NodeId, ctx: &BlockContext) {
        let style = &self.cx.style.figure;
        let size = style.caption_size.at(ctx.text_style.size);
        let text_style = ctx.text_style.clone().at(size).of(Family::Caption).cased(style.caption_case);
        let node = self.composer.tree.node(node, Tag::Caption);
        let text = self.composer.styled(caption, &text_style, node);
        let inner =
            BlockContext { text_style, alignment: line_alignment(style.caption_align), ..ctx.clone() };
        let mut form = self.form(&inner, Abs::ZERO);
        form.hyphenate = false;
        if let Some(item) = self.lay(&inner, text, &form) {
            item.keep_next = true;
            item.keep_together = true;
        }
    }

    fn styled_rows(&mut self, table: &Table, node: NodeId, ctx: &BlockContext) -> Vec<StyledRow> {
        let has_head = table.head.iter().any(|cell| !cell.is_empty());
        let head = has_head.then_some((&table.head, true));
        let rows = head.into_iter().chain(table.rows.iter().map(|row| (row, false)));
        rows.map(|(row, head)| self.styled_row(row, head, node, ctx)).collect()
    }

    fn styled_row(&mut self, row: &Row, head: bool, table: NodeId, ctx: &BlockContext) -> StyledRow {
        let node = self.composer.tree.node(table, Tag::TableRow);
        let mut text_style = ctx.text_style.clone();
        text_style.italic = false;
        if head {
            text_style = text_style.cased(self.cx.style.table.head_case);
        }
        text_style.old_style = false;
        let tag = if head { Tag::TableHeaderCell(Scope::Column) } else { Tag::TableCell };
        let count = row.len().max(1) as i64;
        let gaps = self.column_gap(ctx) * (count - 1);
        let room = (self.cx.style.measure() - ctx.indents.0 - ctx.indents.1 - gaps) / count;
        let styled = row.iter().map(|cell| {
            let node = self.composer.tree.node(node, tag.clone());
            self.composer.cell_text(cell, &text_style, node, room)
        });
        StyledRow { cells: styled.collect(), head }
    }

    /// The widest word and the own width of each column.
    fn widths(&mut self, table: &Table, rows: &[StyledRow], ctx: &BlockContext) -> Vec<(Abs, Abs)> {
        let count = table.columns.len();
        let form = self.cell_form(Abs::ZERO, self.cx.style.measure(), Align::Left, ctx);
        let mut widths = vec![(Abs::ZERO, Abs::ZERO); count];
        for row in rows {
            for (cell, width) in row.cells.iter().zip(&mut widths) {
                // Each cell is shaped in a measure as wide as the page, to learn how narrow it may be
                // (its widest word) and how wide it would like to be (all of it in one line).
                let paragraph = Paragraph::new(cell, &form, &mut self.composer.shaper);
                let (least, own) = paragraph.widths(&self.composer.shaper);
                *width = (width.0.max(least), width.1.max(own));
            }
        }
        widths
    }

    /// What the cells of some rows need, where columns have these widest words.
    fn needs(&mut self, rows: &[StyledRow], widths: &[(Abs, Abs)], ctx: &BlockContext) -> Vec<Vec<Needs>> {
        let form = self.cell_form(Abs::ZERO, self.cx.style.measure(), Align::Left, ctx);
        let step = rows.len().div_ceil(MOST_ROWS).max(1);
        let mut needs = Vec::with_capacity(rows.len().min(MOST_ROWS));
        for row in rows.iter().step_by(step) {
            let cells = row.cells.iter().zip(widths).map(|(cell, (least, _))| {
                let paragraph = Paragraph::new(cell, &form, &mut self.composer.shaper);
                Needs::of(&paragraph.words_of_cell(&self.composer.shaper), *least)
            });
            needs.push(cells.collect());
        }
        needs
    }

    /// Widths and places of the columns; `None` when not even the words fit.
    fn columns(&mut self, table: &Table, rows: &[StyledRow], ctx: &BlockContext) -> Option<Vec<Column>> {
        let widths = self.widths(table, rows, ctx);
        let count = widths.len();
        let room = self.cx.style.measure() - ctx.indents.0 - ctx.indents.1;
        let between = count.max(1) as i64 - 1;
        let own: Abs = widths.iter().map(|w| w.1).sum();
        let mut gap = self.column_gap(ctx);
        if own + gap * between > room {
            // Where cells must be broken, their words need the white more than what parts them does.
            gap = gap.scale(CLOSER);
        }
        let gaps = gap * between;
        let least: Abs = widths.iter().map(|w| w.0).sum();
        if least + gaps > room {
            return None;
        }
        let needs = if own + gaps > room { self.needs(rows, &widths, ctx) } else { Vec::new() };
        Some(self.placed(table, shared(&widths, &needs, room - gaps), gap, ctx))
    }

    fn column_gap(&self, ctx: &BlockContext) -> Abs {
        Em::new(1.2).at(self.cx.style.table.size.at(ctx.text_style.size))
    }

    /// Columns side by side; the table stands where pictures do.
    fn placed(&self, table: &Table, widths: Vec<Abs>, gap: Abs, ctx: &BlockContext) -> Vec<Column> {
        let room = self.cx.style.measure() - ctx.indents.0 - ctx.indents.1;
        let total: Abs = widths.iter().copied().sum::<Abs>() + gap * (widths.len().max(1) as i64 - 1);
        let aside = self.picture_left(Size::new(total, Abs::ZERO), room.max(total));
        let mut left = ctx.indents.0 + aside;
        let column = |(width, align): (Abs, &Align)| {
            let column = Column { left, width, align: *align };
            left += width + gap;
            column
        };
        widths.into_iter().zip(&table.columns).map(column).collect()
    }

    /// Columns that are too narrow for their words.
    fn crowded(&mut self, table: &Table, rows: &[StyledRow], ctx: &BlockContext) -> Vec<Column> {
        let span =
            rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.pieces).find_map(
                |piece| match piece {
                    Piece::Words(words) => words.span,
                    _ => None,
                },
            );
        let count = table.columns.len().max(1) as i64;
        let message = format!("a table of {count} columns is wider than the text block");
        self.composer.collected.findings.push(
            Diagnostic::new(Code::TableTooWide, span, message)
                .hint("shorten its longest words, divide the table, or set a smaller table.size"),
        );
        let room = self.cx.style.measure() - ctx.indents.0 - ctx.indents.1;
        // white takes a quarter of the line at most, however many columns there are
        let gap = Em::new(0.5).at(ctx.text_style.size).min(room / (4 * count));
        // What needs little gets it, and the others share the rest. A column whose widest word or
        // picture would fit an even share gets that much: only words that are wider are broken.
        let room = room - gap * (count - 1);
        let widths: Vec<(Abs, Abs)> = self
            .widths(table, rows, ctx)
            .into_iter()
            .map(|(least, own)| (least.min(room / count), own))
            .collect();
        self.placed(table, shared(&widths, &[], room), gap, ctx)
    }

    pub(super) fn cell_form(&self, left: Abs, width: Abs, align: Align, ctx: &BlockContext) -> Form {
        let alignment = match align {
            Align::Centre => LineAlignment::Centred,
            Align::Left if self.cx.is_mirrored() => LineAlignment::Right,
            Align::Right if !self.cx.is_mirrored() => LineAlignment::Right,
            Align::Default | Align::Left | Align::Right => LineAlignment::Left,
        };
        let right = self.cx.style.measure() - left - width;
        let mut form =
            self.form(&BlockContext { alignment, indents: (left, right), ..ctx.clone() }, Abs::ZERO);
        form.protrude = false;
        form
    }

    fn lay_rows(&mut self, rows: &[StyledRow], columns: &[Column], size: Abs, ctx: &BlockContext) {
        let first = self.column.len();
        let count = rows.len();
        let small = count <= SMALL_TABLE;
        let has_head = rows.first().is_some_and(|row| row.head);
        // A head that is long itself is not repeated.
        // A head of several boxes is long; repeated on every page it would leave little room for rows.
        let mut repeats = has_head;
        // The rows whose first cells turn over, and where each row but the head and the last ends.
        let (mut turning, mut ends) = (0, Vec::with_capacity(count));
        for (n, row) in rows.iter().enumerate() {
            let below_head = n == 1 && has_head;
            let edges = Edges { first: n == 0, last: n + 1 == count, head: row.head, below_head };
            let Boxes { mut boxes, turns } = self.row(&row.cells, columns, size, edges, ctx);
            turning += usize::from(turns && !row.head);
            self.start_source_page_in(row.cells.iter().flat_map(|cell| &cell.pieces));
            let long = boxes.len() > 1;
            repeats &= !(row.head && long);
            if let Some(solid) = boxes.last_mut() {
                // A small table had better stay on one page, a large one cannot: a break in it costs
                // nothing.
                solid.divided = (!edges.last && small).then_some(Divided::Table);
                // Two rows stay together at each end, the head with the first; long
                // ones have enough of themselves to stay with.
                let first = if has_head { n == 0 || n == 1 && !long } else { n == 0 && !long };
                let before_last = n + 2 == count && !long;
                solid.keep_next = !edges.last && (first || before_last);
            }
            for mut solid in boxes {
                let back = self.column.len() - first;
                solid.head = (repeats && back > 0).then_some(u32::nearest(back));
                self.column.push_solid(solid);
            }
            if !row.head && !edges.last {
                ends.push(self.column.len() - 1);
            }
        }
        // Where a row begins is told by its first cell. Where most of these are several lines themselves, as in
        // two texts side by side, white tells it.
        if turning * 2 > ends.len() {
            self.column.part_rows(&ends, size.scale(BETWEEN_TURNING_ROWS));
        }
        // Measured when all rows are set: a table of three rows may be as deep as a page.
        if self.column.height_since(first) <= self.cx.style.leading() * TINY_TABLE {
            self.column.hold_boxes(first);
        }
    }
}

impl StyledRow {
    fn shrink(&mut self) {
        for piece in self.cells.iter_mut().flat_map(|cell| &mut cell.pieces) {
            if let Piece::Words(words) = piece {
                words.style.size = words.style.size.scale(SMALLER);
            }
        }
    }
}
