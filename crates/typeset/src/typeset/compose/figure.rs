//! Figures with their captions.

use super::builder::{FlowBuilder, Lead};
use super::composer::Composer;
use super::context::BlockContext;
use super::heading::line_alignment;
use super::plate::Plate;
use crate::book::{Figure, Image, ImageFormat, ImageId, Inline, PictureLook, Unit, Width};
use crate::length::{Abs, Size};
use crate::pages::{LeafId, NodeId, Tag};
use crate::style::{CaptionPlace, Family, Place};
use crate::typeset::flow_item::{Fragment, SolidItem};
use crate::typeset::line::{Line, LineAlignment, Mark, StyledText};
use crate::typeset::text_style::legible;

/// Pixels to the inch of a picture at its own size: what printers want.
const OWN_RESOLUTION: f64 = 300.0;
/// Points to the inch of a drawing at its own size: it has no pixels to spare.
const DRAWN_RESOLUTION: f64 = 200.0;
/// The longer side of a picture with few pixels still takes that share of the
/// measure, up to [`DRAWN_RESOLUTION`]: a stamp in the middle of a page looks lost.
const LEAST_SIDE: f64 = 0.5;
/// Share of the page's height that a picture in the text may take.
pub(super) const MOST_HEIGHT: f64 = 0.72;
/// Share of the page's height that a caption may take and still stand in one box
/// with its picture.
const MOST_CAPTION: f64 = 0.4;

impl FlowBuilder<'_, '_> {
    /// Composes a figure: scaled to fit, centred, its caption below.
    pub fn figure(&mut self, figure: &Figure, ctx: &BlockContext) {
        if let Some(anchor) = figure.attrs.anchor {
            self.composer.pending_marks.push(Mark::Anchor(anchor));
        }
        if let Some(plate) = Plate::of(figure) {
            return self.plate(figure, plate, ctx);
        }
        let lead = std::mem::take(&mut self.next.lead);
        let room = std::mem::take(&mut self.next.marker_room);
        let pinned = lead == Lead::Pinned || self.is_pinned(figure);
        let node = self.figure_node(figure, ctx);
        let leaf = node.map(|node| self.composer.tree.leaf(node));
        let caption = figure.caption.as_ref().map(|words| self.caption_text(words, node, ctx));
        let (text, inner) = caption.unwrap_or_else(|| (StyledText::default(), ctx.clone()));
        let caption = self.caption_lines(&text, &inner);
        let grid = self.cx.style.leading();
        let leading = self.caption_leading();
        // The caption is set before the picture is measured: what it takes of the page the picture
        // cannot have.
        let words_height = leading * caption.len() as i64;
        let (_, page) = self.composer.text_block();
        if words_height > page.scale(MOST_CAPTION) {
            return self.long_caption(figure, (leaf, room), text, &inner);
        }
        let measure = self.figure_measure(ctx) - room;
        let size = self.composer.picture_size(figure.image, figure.look, (measure, words_height));
        let x = self.beside_marker(room) + self.picture_left(size, measure);
        let gap = if caption.is_empty() { Abs::ZERO } else { grid / 2 };
        // The box is a whole number of lines, so that what stands below is on the grid again. What
        // that adds is put in equal parts above and below; but where the box ends in words, all of it
        // above them, so that they stand level with the lines of the facing page.
        let height = self.cx.up_to_grid(size.height + gap + words_height);
        let slack = height - size.height - gap - words_height;
        let above = self.cx.style.figure.caption_place == CaptionPlace::Above;
        let (top, first) = match above {
            true => (slack / 2 + words_height + gap, slack / 2),
            false if words_height > Abs::ZERO => (slack - slack / 4, slack + size.height + gap),
            false => (slack / 2, slack / 2 + size.height + gap),
        };
        let mut fragments = vec![Fragment::picture(x, top, figure.image.0, size, leaf)];
        let base = |n: i64| first + leading * n + self.cx.style.baseline_shift(leading);
        fragments.extend((0..).zip(caption).map(|(n, line)| Fragment::Line(base(n), line)));
        // An ornament parts what stands above it from what stands below.
        if figure.alt.is_none() && figure.caption.is_none() {
            self.flush_next();
        }
        // A figure whose caption calls a note does not float: the note would have to float with it,
        // past notes that are called in between.
        let calls = !self.composer.notes.called.is_empty();
        let floats = !calls && !ctx.noted && !pinned && ctx.lists == 0;
        let solid = SolidItem { height, floats, fragments, ..SolidItem::default() };
        if solid.floats {
            self.column.push_solid(SolidItem { pad: grid, ..solid });
        } else {
            self.gap_above_box(ctx);
            self.column.push_solid(solid);
            self.gap(ctx);
        }
    }

    /// The node of a figure; none of an ornament's.
    pub(super) fn figure_node(&mut self, figure: &Figure, ctx: &BlockContext) -> Option<NodeId> {
        let alt = figure.alt.clone()?;
        Some(self.composer.tree.node(ctx.node, Tag::Figure(Some(alt))))
    }

    /// Whether the author wants a figure where it stands in the text.
    fn is_pinned(&self, figure: &Figure) -> bool {
        self.cx.style.figure.place == Place::Here || figure.attrs.classes.iter().any(|class| class == "here")
    }

    /// A figure whose caption takes the better part of a page: its words follow
    /// the picture as text does, over as many pages as they need.
    fn long_caption(
        &mut self,
        figure: &Figure,
        (leaf, room): (Option<LeafId>, Abs),
        text: StyledText,
        ctx: &BlockContext,
    ) {
        let grid = self.cx.style.leading();
        let measure = self.figure_measure(ctx) - room;
        let size = self.composer.picture_size(figure.image, figure.look, (measure, grid * 2));
        let x = self.beside_marker(room) + self.picture_left(size, measure);
        let fragments = vec![Fragment::picture(x, Abs::ZERO, figure.image.0, size, leaf)];
        let height = size.height + grid / 2;
        self.gap_above_box(ctx);
        self.column.push_solid(SolidItem { height, keep_next: true, fragments, ..SolidItem::default() });
        let ctx = BlockContext {
            alignment: LineAlignment::Justified,
            leading: self.caption_leading(),
            ..ctx.clone()
        };
        let form = self.form(&ctx, Abs::ZERO);
        self.lay(&ctx, text, &form);
        self.gap(&ctx);
        if !ctx.noted {
            self.column.snap();
        }
    }

    /// How wide a figure may be: as the text block, or the column of its note.
    fn figure_measure(&self, ctx: &BlockContext) -> Abs {
        let (measure, _) = self.composer.text_block();
        if ctx.noted { measure - ctx.indents.1 } else { measure }
    }

    /// How far from the left margin a picture stands at least that begins an item with a marker so wide: in books that
    /// are read from the right the marker stands on the other side.
    fn beside_marker(&self, room: Abs) -> Abs {
        if self.cx.is_mirrored() { Abs::ZERO } else { room }
    }

    /// How far from the margin a picture of that size stands, where it may be so wide.
    pub(super) fn picture_left(&self, size: Size, measure: Abs) -> Abs {
        let style = &self.cx.style.figure;
        let room = measure - size.width;
        match line_alignment(style.align.unwrap_or(style.caption_align)) {
            LineAlignment::Left | LineAlignment::Justified if self.cx.is_mirrored() => room,
            LineAlignment::Left | LineAlignment::Justified => Abs::ZERO,
            LineAlignment::Centred => room / 2,
            LineAlignment::Right => room,
        }
    }

    pub(super) fn caption_leading(&self) -> Abs {
        let size = self.cx.style.figure.caption_size.at(self.cx.style.size());
        legible(self.cx.style, size).scale(1.28)
    }

    /// The words of a caption, and what is around them.
    pub(super) fn caption_text(
        &mut self,
        words: &[Inline],
        node: Option<NodeId>,
        ctx: &BlockContext,
    ) -> (StyledText, BlockContext) {
        let style = &self.cx.style.figure;
        let size = style.caption_size.at(ctx.text_style.size);
        let text_style = ctx.text_style.clone().at(size).of(Family::Caption).cased(style.caption_case);
        let node = self.composer.tree.node(node.unwrap_or(ctx.node), Tag::Caption);
        let mut text = self.composer.styled(words, &text_style, node);
        self.take_pending_marks(&mut text);
        (text, BlockContext { alignment: line_alignment(style.caption_align), text_style, ..ctx.clone() })
    }

    pub(super) fn caption_lines(&mut self, text: &StyledText, ctx: &BlockContext) -> Vec<Line> {
        let mut form = self.form(ctx, Abs::ZERO);
        form.hyphenate = false;
        form.display = true;
        self.composer.lines(text, &form)
    }
}

impl Composer<'_> {
    /// How large a picture is: as wide as the author wants it, else at its own
    /// size; never wider than the measure or higher than a page.
    pub(super) fn picture_size(
        &self,
        image: ImageId,
        look: PictureLook,
        (measure, caption): (Abs, Abs),
    ) -> Size {
        let picture = &self.cx.book.images[image.0 as usize];
        let grid = self.cx.style.leading();
        let (_, page) = self.text_block();
        let most = if self.section.kind.is_looked_at() { page } else { page.scale(MOST_HEIGHT) };
        let room = (most - caption - grid).max(grid * 2);
        let own = |pixels: u32| Abs::pt(f64::from(pixels.max(1)) * 72.0 / resolution(picture, measure));
        let (width, height) = (own(picture.width), own(picture.height));
        let wanted =
            look.width.map_or(1.0, |wanted| width_of(wanted, self.cx.style.size(), measure).ratio(width));
        let scale = measure.ratio(width).min(room.ratio(height)).min(wanted);
        Size::new(width.scale(scale), height.scale(scale))
    }
}

/// The width that an author wants, where type is of that size and lines are as
/// long as `room`.
pub(super) fn width_of(wanted: Width, size: Abs, room: Abs) -> Abs {
    match wanted {
        Width::Share(hundredths) => room.scale(hundredths / 100.0),
        Width::Length(number, unit) => in_points(number, unit, size),
    }
}

/// A length as CSS has it (CSS Values and Units 3, §5.2 and §6.2).
fn in_points(number: f64, unit: Unit, size: Abs) -> Abs {
    match unit {
        Unit::Cm => Abs::mm(number * 10.0),
        Unit::Mm => Abs::mm(number),
        Unit::In => Abs::inches(number),
        Unit::Pt => Abs::pt(number),
        Unit::Pc => Abs::pt(number * 12.0),
        Unit::Px => Abs::inches(number / 96.0),
        Unit::Em => size.scale(number),
    }
}

/// Pixels to the inch at which a picture is set when nothing makes it smaller.
fn resolution(picture: &Image, measure: Abs) -> f64 {
    if picture.format == ImageFormat::Svg {
        return DRAWN_RESOLUTION;
    }
    let longer = picture.width.max(picture.height);
    let fills = f64::from(longer) * 72.0 / measure.scale(LEAST_SIDE).to_pt().max(1.0);
    fills.clamp(DRAWN_RESOLUTION, OWN_RESOLUTION)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn pictures_are_set_as_finely_as_printers_want() {
        let picture =
            |width, format| Image { path: String::new(), format, width, height: 400, bytes: Arc::new([]) };
        let measure = Abs::inches(4.0);
        for (width, format, ppi) in [
            (1200, ImageFormat::Png, 300.0),
            (700, ImageFormat::Png, 300.0),
            (500, ImageFormat::Jpeg, 250.0),
            (300, ImageFormat::Png, 200.0),
            (1200, ImageFormat::Svg, 200.0),
        ] {
            assert!((resolution(&picture(width, format), measure) - ppi).abs() < 1e-6, "{width}");
        }
    }
}
