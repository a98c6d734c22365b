//! Plates: pictures that have a page of their own, and those that fill it to its edges.

use super::builder::{FlowBuilder, Lead};
use super::context::BlockContext;
use crate::book::Figure;
use crate::length::{Abs, Size};
use crate::typeset::flow_item::{BLEED, Fragment, SolidItem};
use crate::typeset::line::{Line, StyledText};

/// How a picture has a page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plate {
    /// In the text block.
    Within,
    /// To the edges of the paper.
    Bleed,
    /// Likewise, over two pages that face each other.
    Spread,
    /// In the text block of a page that is turned by a quarter.
    Turned,
}

impl Plate {
    /// What the author wants of a figure, `{.plate}`, `{.bleed}`, `{.spread}` or `{.landscape}`.
    pub(super) fn of(figure: &Figure) -> Option<Plate> {
        figure.attrs.classes.iter().find_map(|class| match class.as_str() {
            "plate" => Some(Plate::Within),
            "bleed" => Some(Plate::Bleed),
            "spread" => Some(Plate::Spread),
            "landscape" => Some(Plate::Turned),
            _ => None,
        })
    }
}

impl FlowBuilder<'_, '_> {
    /// Composes a plate: as large as a page, with its caption at the foot. The text goes
    /// on while it waits for the next page.
    pub(super) fn plate(&mut self, figure: &Figure, plate: Plate, ctx: &BlockContext) {
        self.next.lead = Lead::None;
        // On a turned page the text block is the turned one.
        let plate = if plate == Plate::Within && self.composer.scope.turned { Plate::Turned } else { plate };
        let (depth, measure) = (self.cx.style.depth(), self.cx.style.measure());
        let (wide, high) = if plate == Plate::Turned { (depth, measure) } else { (measure, depth) };
        // The lines of a caption end as far to the right as the page is wide.
        let indents = (Abs::ZERO, measure - wide);
        let ctx = &BlockContext { indents, ..ctx.clone() };
        let node = self.figure_node(figure, ctx);
        let leaf = node.map(|node| self.composer.tree.leaf(node));
        let caption = figure.caption.as_ref().map(|words| self.caption_text(words, node, ctx));
        let (text, inner) = caption.unwrap_or_else(|| (StyledText::default(), ctx.clone()));
        let caption = self.caption_lines(&text, &inner);
        let words = self.caption_leading() * caption.len() as i64;
        let gap = if caption.is_empty() { Abs::ZERO } else { self.cx.style.leading() / 2 };
        // A caption of a whole page would leave the picture no room: it keeps a quarter, and the words go over the
        // foot, which the proof then tells.
        let room = (high - words - gap).max(high / 4);
        let (picture, foot) = match plate {
            Plate::Within | Plate::Turned => {
                let size = self.filling(figure, Size::new(wide, room));
                let top = if caption.is_empty() { (room - size.height) / 2 } else { Abs::ZERO };
                let left = match plate {
                    Plate::Turned => (wide - size.width) / 2,
                    _ => self.picture_left(size, self.cx.style.measure()),
                };
                (Fragment::picture(left, top, figure.image.0, size, leaf), top + size.height)
            }
            Plate::Bleed | Plate::Spread => {
                let trim = self.cx.style.page.trim;
                // as wide as the paper and its bleed at the outer edge; how high follows, and so that room is never short
                let papers = if plate == Plate::Spread { 2 } else { 1 };
                let wide = Size::new((trim.width + BLEED) * papers, trim.height * 100);
                let size = self.filling(figure, wide);
                // A caption stands in the text block, though the picture may end above it.
                let foot = (size.height - BLEED - self.cx.style.top()).clamp(Abs::ZERO, room);
                let kept = (!caption.is_empty()).then_some(foot);
                (
                    Fragment::Bleed { kept, image: figure.image.0, size, leaf, over: plate == Plate::Spread },
                    foot,
                )
            }
        };
        let first_half = picture.without_leaf().filter(|_| plate == Plate::Spread);
        let mut fragments = vec![picture];
        fragments.extend(self.words_below(foot + gap, caption));
        // A plate whose caption calls a note stays in its place, for the note must stand on its page or behind it,
        // and within lists and notes nothing floats past what it belongs to.
        let calls = !self.composer.notes.called.is_empty();
        let floats = !calls && !ctx.noted && ctx.lists == 0;
        let turned = plate == Plate::Turned;
        // The picture stands on both pages, each of which shows its half; it is read, and has its caption, on the second.
        if let Some(half) = first_half {
            self.column.push_solid(SolidItem {
                height: depth,
                floats,
                plate: true,
                begins_spread: true,
                fragments: vec![half],
                ..SolidItem::default()
            });
        }
        let plate =
            SolidItem { height: depth, floats, plate: true, turned, fragments, ..SolidItem::default() };
        self.column.push_solid(plate);
    }

    /// The lines of a caption, from so far down in the text block.
    fn words_below(&self, top: Abs, caption: Vec<Line>) -> impl Iterator<Item = Fragment> + use<> {
        let leading = self.caption_leading();
        let shift = self.cx.style.baseline_shift(leading);
        let line = move |(n, line)| Fragment::Line(top + leading * n + shift, line);
        (0..).zip(caption).map(line)
    }

    /// The size of a figure's picture that fills that room as far as its proportions let it.
    fn filling(&self, figure: &Figure, room: Size) -> Size {
        let picture = &self.cx.book.images[figure.image.0 as usize];
        let shape = f64::from(picture.height.max(1)) / f64::from(picture.width.max(1));
        let width = room.width.min(room.height.scale(1.0 / shape));
        Size::new(width, width.scale(shape))
    }
}
