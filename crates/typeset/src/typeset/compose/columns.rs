//! Text in columns side by side.

use super::builder::FlowBuilder;
use super::context::BlockContext;
use crate::book::{Block, BlockKind};
use crate::narrow::Nearest;
use crate::typeset::flow_item::{ColumnSet, NARROWEST};

impl FlowBuilder<'_, '_> {
    /// Composes blocks in columns. Tables, pictures and listings among them are as wide as
    /// the text block, and the columns go on below; so they do below a box that stands in a list or a quotation. In notes, and where there is room for one column
    /// alone, blocks stand as others do.
    pub(super) fn side_by_side(&mut self, blocks: &[Block], ctx: &BlockContext) {
        let style = &self.cx.style.columns;
        let room = self.cx.style.measure() - ctx.indents.0 - ctx.indents.1;
        let em = ctx.text_style.size;
        let gap = style.gap.at(em);
        let most = (room + gap).ratio(em.scale(NARROWEST) + gap).floor();
        let count = u32::nearest(f64::from(style.count).min(most));
        if count < 2 || ctx.noted || self.cx.keeps_source_pages() {
            return self.blocks(blocks, ctx);
        }
        let step = (room + gap) / i64::from(count);
        let indents = (ctx.indents.0, ctx.indents.1 + room - (step - gap));
        let inner = BlockContext { indents, ragged: true, ..ctx.clone() };
        self.gap(ctx);
        for stretch in blocks.chunk_by(|a, b| spans(a) == spans(b)) {
            if stretch.first().is_some_and(spans) {
                self.blocks(stretch, ctx);
                continue;
            }
            self.column.start_columns(ColumnSet { count, step });
            self.flush_next();
            let first = self.column.len();
            self.blocks(stretch, &inner);
            self.column.trim_white(first);
            self.column.hold_rows(first, count, self.cx.style.leading());
            self.column.part_boxes(first);
            self.column.end_columns();
        }
        self.gap(ctx);
        self.flush_next();
    }
}

/// Whether a block is as wide as the text block, whatever columns are around it.
fn spans(block: &Block) -> bool {
    use BlockKind::{Code, Div, Figure, Table};
    match &block.kind {
        Table(_) | Figure(_) | Code { .. } => true,
        Div(_, _, blocks) => blocks.iter().any(spans),
        _ => false,
    }
}
