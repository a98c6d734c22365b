//! Lists.

use super::builder::FlowBuilder;
use super::composer::Composer;
use super::context::BlockContext;
use crate::book::{BlockKind, Item, List, Numbers};
use crate::length::{Abs, Em};
use crate::pages::{Labels, NodeId, Tag};
use crate::style::Markers;
use crate::terms::numerals::item_label;
use crate::typeset::flow_item::{FlowItem, Fragment};
use crate::typeset::line::{Form, Line, LineAlignment, Piece, StyledText, Words};
use crate::typeset::text_style::TextStyle;

impl FlowBuilder<'_, '_> {
    /// Composes a list.
    pub fn list(&mut self, list: &List, ctx: &BlockContext) {
        if self.has_entries() && list.is_plain() {
            return self.entries(list, ctx);
        }
        self.gap(ctx);
        let first = self.column.len();
        let labels = if list.start.is_some() { Labels::Figures } else { Labels::Bullets };
        let node = self.composer.tree.node(ctx.node, Tag::List(labels));
        let indent = self.marker_room(list, ctx);
        for (n, item) in list.items.iter().enumerate() {
            let marker = match (item_label(list, n), item.tick_box()) {
                (Some(number), _) => number,
                (None, Some(_)) => String::new(),
                (None, None) => self.cx.style.list.bullet.clone(),
            };
            self.item(item, &marker, indent, node, ctx);
        }
        if ctx.lists == 0 {
            self.column.list_from(first);
        }
        self.gap(ctx);
        self.indent_next();
    }

    /// Composes the entries of an index, and those below an entry further in.
    fn entries(&mut self, list: &List, ctx: &BlockContext) {
        self.gap(ctx);
        let node = self.composer.tree.node(ctx.node, Tag::List(Labels::Terms));
        let indent = if ctx.entry { self.cx.indent(ctx) } else { Abs::ZERO };
        let indents = self.cx.indented(ctx, indent, Abs::ZERO);
        for item in &list.items {
            let item_node = self.composer.tree.node(node, Tag::ListItem);
            let node = self.composer.tree.node(item_node, Tag::ListBody);
            let inner = BlockContext { node, indents, lists: ctx.lists + 1, entry: true, ..ctx.clone() };
            self.blocks(&item.blocks, &inner);
        }
        self.gap(ctx);
        self.indent_next();
    }

    /// How far the items are indented: no marker may reach into the text.
    fn marker_room(&self, list: &List, ctx: &BlockContext) -> Abs {
        let em = ctx.text_style.size;
        let figures = match list.numbers == Numbers::default() {
            true => list.start.map_or(self.cx.style.list.bullet.chars().count().max(1), |start| {
                start.saturating_add(list.items.len() as u64).to_string().len()
            }),
            false => (0..list.items.len())
                .filter_map(|n| item_label(list, n))
                .map(|label| label.len())
                .max()
                .unwrap_or(1),
        };
        let boxes = list.items.iter().any(|item| item.done.is_some());
        // So much room for the widest marker, counted at 0.55 em a figure: `10.` in a list of ten and
        // `viii.` in one of roman numerals. All items of a list stand equally far in, whatever their
        // own marker is.
        let signs = figures + usize::from(boxes && list.start.is_some()) * 2;
        let widest = em.scale(0.55 * signs as f64 + 0.75);
        self.cx.style.list.indent.at(em).max(widest)
    }

    fn item(&mut self, item: &Item, marker: &str, indent: Abs, list: NodeId, ctx: &BlockContext) {
        let node = self.composer.tree.node(list, Tag::ListItem);
        let label = self.composer.tree.node(node, Tag::Label);
        let body = self.composer.tree.node(node, Tag::ListBody);
        let hanging = self.cx.style.list.markers == Markers::Hanging;
        let mut marker = self.marker(item, marker, label, ctx);
        let hung = self.cx.indented(ctx, indent, Abs::ZERO);
        let lines = if hanging { self.hanging(&marker, hung.0, ctx) } else { None };
        let indents = if lines.is_some() { hung } else { self.cx.indented(ctx, Abs::ZERO, Abs::ZERO) };
        let left = indents.0;
        let inner = BlockContext { node: body, indents, lists: ctx.lists + 1, entry: false, ..ctx.clone() };
        if let Some(lines) = lines {
            let at = self.column.len();
            self.flush_next();
            if matches!(item.blocks.first().map(|block| &block.kind), Some(BlockKind::Figure(_))) {
                self.next.marker_room = left;
            }
            self.blocks(&item.blocks, &inner);
            self.hang(marker, lines, at, (left, ctx));
        } else {
            marker.pieces.push(Piece::Words(self.composer.words(&ctx.text_style, label, "\u{a0}")));
            self.next.prefix = Some(marker);
            self.indent_next();
            self.blocks(&item.blocks, &inner);
            self.next.prefix = None;
        }
    }

    /// What stands before an item: its number or bullet, and the box of a task.
    fn marker(&mut self, item: &Item, marker: &str, label: NodeId, ctx: &BlockContext) -> StyledText {
        let mut text = StyledText::default();
        if !marker.is_empty() {
            text.pieces.push(Piece::Words(self.composer.words(&ctx.text_style, label, marker)));
        }
        if let Some(sign) = item.tick_box() {
            if !marker.is_empty() {
                text.pieces.push(Piece::Words(self.composer.words(&ctx.text_style, label, "\u{a0}")));
            }
            let text_style = self.composer.style_with(&ctx.text_style, sign);
            let words = self.composer.words(&text_style, label, sign);
            text.pieces.push(Piece::Words(Words { span: Some(item.span), ..words }));
        }
        text
    }

    /// The form of a marker that hangs beside lines that are set in so far.
    fn marker_form(&self, left: Abs, ctx: &BlockContext) -> Form {
        let gap = Em::new(0.42).at(ctx.text_style.size);
        let right = self.cx.style.measure() - left + gap;
        let outer =
            BlockContext { alignment: LineAlignment::Right, indents: (Abs::ZERO, right), ..ctx.clone() };
        let mut form = self.form(&outer, Abs::ZERO);
        form.protrude = false;
        form
    }

    /// The line of a marker that hangs beside an item; none when it is too long for that, and begins the item's first
    /// line instead.
    fn hanging(&mut self, marker: &StyledText, left: Abs, ctx: &BlockContext) -> Option<Vec<Line>> {
        let form = self.marker_form(left, ctx);
        let lines = self.composer.lines(marker, &form);
        let fits = |line: &Line| line.extent.0 >= Abs::ZERO;
        (lines.len() < 2 && lines.iter().all(fits)).then_some(lines)
    }

    /// Hangs a marker beside the first line at or after an item.
    fn hang(&mut self, marker: StyledText, lines: Vec<Line>, at: usize, (left, ctx): (Abs, &BlockContext)) {
        let base = self.cx.style.size().scale(0.7);
        // The marker belongs beside the first thing that has a baseline: a line of text, the first
        // line of a table, or the foot of a picture. Where an item has none of them it stands alone.
        let first = self.column.since(at).iter().position(|item| first_baseline(item, base).is_some());
        let Some(offset) = first else {
            let form = self.marker_form(left, ctx);
            self.lay(ctx, marker, &form);
            return;
        };
        let beside = &mut self.column.since(at)[offset];
        let base = first_baseline(beside, base).unwrap_or(Abs::ZERO);
        match beside {
            FlowItem::Paragraph(item) => item.beside.extend(lines.into_iter().map(|line| (Abs::ZERO, line))),
            FlowItem::Solid(item) => {
                let lines = lines.into_iter().map(|line| Fragment::Line(base, line));
                item.fragments.splice(0..0, lines);
            }
            _ => {}
        }
    }
}

impl Composer<'_> {
    /// The text style, or that of fixed-width type when the text has not those signs.
    fn style_with(&mut self, text_style: &TextStyle, signs: &str) -> TextStyle {
        let style = self.cx.faces.resolve(text_style);
        if self.shaper.has(&style, signs) { text_style.clone() } else { text_style.clone().mono() }
    }
}

/// Where a marker can stand beside an item: its first line, as a part of a box has
/// it, or the foot of its picture; `base` is how far below the top of a box the
/// first line of text stands.
fn first_baseline(item: &FlowItem, base: Abs) -> Option<Abs> {
    match item {
        FlowItem::Paragraph(_) => Some(Abs::ZERO),
        FlowItem::Solid(solid) => match solid.fragments.first()? {
            Fragment::Line(line, _) => Some(*line),
            Fragment::Picture(_, top, _, size, _) => Some(*top + size.height - base),
            _ => None,
        },
        _ => None,
    }
}
