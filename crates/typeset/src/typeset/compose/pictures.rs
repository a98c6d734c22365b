//! Pictures that are no figures: among words, in a table's cell, or beside one
//! another.
//!
//! A line that holds nothing but pictures is a row of them, as large as figures
//! are. Among words a picture is as high as the type, or as wide as its author
//! wants it: then its line has room of its own.

use super::builder::FlowBuilder;
use super::composer::Composer;
use super::context::BlockContext;
use super::figure::{MOST_HEIGHT, width_of};
use super::heading::line_alignment;
use super::line_height::{lift, tallest};
use super::scope::{InlineScope, PictureRoom, WordSource};
use crate::book::picture_row::{self, MOST_BESIDE, is_row};
use crate::book::{Image, ImageFormat, ImageId, Inline, InlineKind, PictureLook};
use crate::diag::{Code, Diagnostic, Span};
use crate::length::{Abs, Size};
use crate::pages::{NodeId, Tag};
use crate::typeset::flow_item::{Fragment, SolidItem};
use crate::typeset::line::{Form, LinePicture, Piece, StyledText};
use crate::typeset::text_style::TextStyle;

/// Pictures that have so many pixels on a side were not made to be as small as a letter.
const LARGE: u32 = 1200;
/// How small such a picture may be set, in points: 5 mm.
const SMALL: f64 = 14.2;
/// By how much pictures of a row may be too wide together and still be made
/// narrower rather than parted into two rows.
const CROWDED: f64 = 1.12;

/// How wide the mark of a note is, in ems.
const CALL: f64 = 0.8;
/// The narrowest room for a picture.
const LEAST_ROOM: Abs = Abs::raw(65_536);
/// What stands between two pictures of a row.
const GAP: &str = "   ";

/// A picture of a line, as the author wrote it.
pub(super) struct Written<'i> {
    pub(super) image: ImageId,
    pub(super) look: PictureLook,
    pub(super) alt: Option<&'i String>,
    pub(super) span: Span,
}

impl FlowBuilder<'_, '_> {
    /// Composes a paragraph in which pictures stand; false when none does.
    pub(super) fn illustrated(
        &mut self,
        inlines: &[Inline],
        node: NodeId,
        first: Abs,
        ctx: &BlockContext,
    ) -> bool {
        if picture_row::pictures(inlines) == 0 {
            return false;
        }
        let mut first = first;
        let mut parts = picture_row::parts(inlines).into_iter().peekable();
        while let Some(part) = parts.next() {
            if is_row(part) {
                self.picture_row(part, node, ctx);
                if parts.peek().is_some() {
                    self.column.keep_next();
                }
            } else {
                self.words_around_pictures(part, node, first, ctx);
            }
            first = Abs::ZERO;
        }
        true
    }

    pub(super) fn words_around_pictures(
        &mut self,
        inlines: &[Inline],
        node: NodeId,
        first: Abs,
        ctx: &BlockContext,
    ) {
        let room = (self.cx.style.measure() - ctx.indents.0 - ctx.indents.1).max(LEAST_ROOM);
        let mut text = self.composer.with_pictures(PictureRoom::Words(room), |composer| {
            composer.styled(inlines, &ctx.text_style, node)
        });
        self.prefix(&mut text);
        let form = self.form(ctx, first);
        // Lines of which one is higher than the type cannot share a leading: they are boxes, each as
        // high as what stands in it. All other paragraphs stay paragraphs, which pages may divide.
        let tall = |piece: &Piece| matches!(piece, Piece::Picture(picture) if picture.size.height > ctx.text_style.size);
        if text.pieces.iter().any(tall) {
            self.stack(ctx, text, &form);
        } else {
            self.lay(ctx, text, &form);
        }
        self.indent_next();
    }

    /// Lays lines of which some are higher than others, each a box of its own.
    fn stack(&mut self, ctx: &BlockContext, text: StyledText, form: &Form) {
        let Some(text) = self.anchored(text) else { return };
        self.start_source_page_in(&text.pieces);
        let lines = self.composer.lines(&text, form);
        let count = lines.len();
        let base = ctx.leading - self.cx.style.leading();
        let rise = base + self.cx.style.size().scale(0.7);
        for (n, line) in lines.into_iter().enumerate() {
            // The first two lines stay together, and the last two: what widows and orphans are to
            // paragraphs.
            let lift = lift(&line, ctx.text_style.size, rise);
            let keep_next = n + 1 < count && (n == 0 || n + 2 == count);
            let fragments = vec![Fragment::Line(lift + base, line)];
            let height = ctx.leading + lift;
            self.column.push_solid(SolidItem { height, keep_next, fragments, ..SolidItem::default() });
        }
        if !ctx.noted {
            self.column.snap();
        }
    }

    /// A line that holds pictures alone: as large as figures, and where they stand.
    fn picture_row(&mut self, inlines: &[Inline], node: NodeId, ctx: &BlockContext) {
        let room = self.cx.style.measure() - ctx.indents.0 - ctx.indents.1;
        // A row is what its pictures would be if each were a figure.
        let style = &self.cx.style.figure;
        let alignment = line_alignment(style.align.unwrap_or(style.caption_align));
        let ctx = &BlockContext { alignment, ..ctx.clone() };
        let mut text = self.composer.row_of_pictures(inlines, &ctx.text_style, node, room);
        self.prefix(&mut text);
        let Some(text) = self.anchored(text) else { return };
        self.start_source_page_in(&text.pieces);
        let mut form = self.form(ctx, Abs::ZERO);
        form.protrude = false;
        let lines = self.composer.lines(&text, &form);
        let base = self.cx.style.size().scale(0.7);
        let grid = self.cx.style.leading();
        self.gap(ctx);
        for line in lines {
            let own = tallest(&line);
            let height = self.cx.up_to_grid(own);
            // A row of pictures takes whole lines of the grid; what it does not fill is put in equal
            // parts above and below it. The baseline of the row is the foot of its pictures.
            let at = (height - own) / 2 + own - base;
            let fragments = vec![Fragment::Line(at, line)];
            self.column.push_solid(SolidItem { height, fragments, ..SolidItem::default() });
            self.column.soft_space(grid / 2);
        }
        self.column.drop_last();
        self.gap(ctx);
        self.flush_next();
    }
}

impl Composer<'_> {
    /// Pictures beside one another: each as wide as its author wants it, the
    /// others with an even share of the line at most.
    pub(super) fn row_of_pictures(
        &mut self,
        inlines: &[Inline],
        text_style: &TextStyle,
        node: NodeId,
        room: Abs,
    ) -> StyledText {
        let pictures = picture_row::pictures(inlines);
        let gap = self.shaper.space(&self.cx.faces.resolve(text_style)) * GAP.len() as i64;
        let gaps = gap * (pictures as i64 - 1);
        let calls = inlines.iter().filter(|inline| matches!(inline.kind, InlineKind::NoteRef(_))).count();
        let room = (room - text_style.size.scale(CALL) * calls as i64).max(LEAST_ROOM);
        // Pictures whose width nobody gave share the line evenly. More of them than stand well beside
        // one another are broken into several lines, and then each is as wide as if it were one of the
        // most.
        let beside = pictures.clamp(1, MOST_BESIDE) as i64;
        let share = ((room - gap * (beside - 1)) / beside).max(LEAST_ROOM);
        let mut text = self.with_pictures(PictureRoom::Row(room, share), |composer| {
            composer.styled(inlines, text_style, node)
        });
        for piece in &mut text.pieces {
            if let Piece::Words(words) = piece
                && words.text == " "
            {
                words.text = GAP.to_owned();
            }
        }
        let total: Abs = text.pieces.iter().map(picture_width).sum::<Abs>() + gaps;
        // A row that is a little too wide is made smaller as a whole, so that its pictures stay in one
        // line and in proportion; one that is much too wide is broken. The thousandth keeps rounding
        // from breaking what was just made to fit.
        if total > room && total <= room.scale(CROWDED) {
            let scale = (room - gaps).ratio(total - gaps) - 0.001;
            for piece in &mut text.pieces {
                if let Piece::Picture(picture) = piece {
                    picture.size =
                        Size::new(picture.size.width.scale(scale), picture.size.height.scale(scale));
                }
            }
        }
        text
    }

    /// Composes a cell in which pictures may stand: a line of it that holds nothing else is a row of them.
    pub(super) fn cell_text(
        &mut self,
        cell: &[Inline],
        text_style: &TextStyle,
        node: NodeId,
        room: Abs,
    ) -> StyledText {
        let room = room.max(LEAST_ROOM);
        let mut text = StyledText::default();
        for (n, part) in picture_row::parts(cell).into_iter().enumerate() {
            if n > 0 {
                text.pieces.push(Piece::Break);
            }
            let words = if is_row(part) {
                self.row_of_pictures(part, text_style, node, room)
            } else {
                self.with_pictures(PictureRoom::Words(room), |composer| {
                    composer.styled(part, text_style, node)
                })
            };
            text.pieces.extend(words.pieces);
        }
        text
    }

    fn with_pictures<T>(&mut self, pictures: PictureRoom, compose: impl FnOnce(&mut Self) -> T) -> T {
        self.scoped(InlineScope { pictures, ..self.scope }, compose)
    }

    /// A picture in the line.
    pub(super) fn line_picture(
        &mut self,
        written: &Written<'_>,
        text_style: &TextStyle,
        node: NodeId,
        out: &mut StyledText,
    ) {
        let size = self.line_picture_size(written, text_style);
        let alt = written.alt.cloned().unwrap_or_default();
        let figure = self.tree.node(node, Tag::Figure(Some(alt)));
        let leaf = self.tree.leaf(figure);
        out.pieces.push(Piece::Picture(LinePicture { image: written.image, size, leaf, link: None }));
    }

    fn line_picture_size(&mut self, written: &Written<'_>, text_style: &TextStyle) -> Size {
        let book = self.cx.book;
        let picture = &book.images[written.image.0 as usize];
        let shape = f64::from(picture.width.max(1)) / f64::from(picture.height.max(1));
        let (_, page) = self.text_block();
        let (room, tallest) = match self.scope.pictures {
            PictureRoom::Tight => (self.cx.style.measure(), text_style.size),
            PictureRoom::Words(room) => (room, page / 2),
            PictureRoom::Row(_, share) if written.look.width.is_none() => {
                let room = (self.cx.style.measure(), Abs::ZERO);
                let own = self.picture_size(written.image, PictureLook::default(), room);
                let scale = share.ratio(own.width).min(1.0);
                return Size::new(own.width.scale(scale), own.height.scale(scale));
            }
            PictureRoom::Row(room, _) => (room, page.scale(MOST_HEIGHT)),
        };
        // In a line of words a picture is as high as it is in print at 300 pixels to the inch, and no
        // higher than the type: a key or a sign, as such pictures are. Whoever wants it larger says
        // how wide.
        let own = Abs::pt(f64::from(picture.height) * 72.0 / 300.0);
        let height = match written.look.width {
            Some(wanted) => width_of(wanted, text_style.size, room).min(room).scale(1.0 / shape).min(tallest),
            None => own.min(text_style.size),
        };
        if written.look.width.is_none() && self.scope.source == WordSource::Manuscript {
            self.collected.findings.extend(too_small(picture, height, written.span));
        }
        Size::new(height.scale(shape).min(self.cx.style.measure()), height)
    }
}

/// Says so when a large picture is set no higher than its line.
fn too_small(picture: &Image, height: Abs, span: Span) -> Option<Diagnostic> {
    let (width, tall) = (picture.width, picture.height);
    if picture.format == ImageFormat::Svg || width.max(tall) < LARGE || height > Abs::pt(SMALL) {
        return None;
    }
    let mm = height.to_pt() * 25.4 / 72.0;
    let message = format!(
        "`{}` has {width} x {tall} pixels and is set {mm:.1} mm high, as words stand beside it",
        picture.path
    );
    let hint = "put an empty line before and after it, or say how wide it should be: `{width=50%}`";
    Some(Diagnostic::new(Code::PictureSmall, Some(span), message).hint(hint))
}

fn picture_width(piece: &Piece) -> Abs {
    match piece {
        Piece::Picture(picture) => picture.size.width,
        _ => Abs::ZERO,
    }
}
