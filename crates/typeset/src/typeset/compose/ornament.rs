//! Rules and signs that belong to no text: scene breaks, what stands beside titles,
//! and the boxes that rules make.

use super::builder::FlowBuilder;
use super::context::BlockContext;
use super::heading::line_alignment;
use crate::book::{Block, ImageId};
use crate::length::{Abs, Em, Size};
use crate::pages::{Role, Tag, Tree};
use crate::style::{Alignment, BoxDesign, TitleRules};
use crate::typeset::flow_item::{Fragment, SolidItem};
use crate::typeset::line::{Line, LineAlignment, Piece, StyledText};

/// A drawing is so many times as high as a sign in its place would be large.
const DRAWN: f64 = 2.0;

/// How far down its line of white the rule above a box stands, and the one below it. A line's
/// descenders end above the next line's head, and its capitals begin a quarter down: so there is as
/// much white between box and rule at both ends, and as much between rule and text.
pub(super) const RULE_ABOVE_BOX: f64 = 0.5;
pub(super) const RULE_BELOW_BOX: f64 = 0.02;

impl FlowBuilder<'_, '_> {
    /// A pause between two scenes: its mark between empty lines, or an empty line
    /// alone.
    pub(super) fn scene_break(&mut self, ctx: &BlockContext) {
        let style = &self.cx.style.scene_break;
        self.space(1);
        if let Some(image) = self.cx.book.ornament(&style.mark) {
            let sign = self.drawing(image, style.size.at(ctx.text_style.size), style.align, Role::SceneBreak);
            self.column.push_solid(sign);
            self.column.keep_next();
            self.space(1);
        } else if !style.mark.is_empty() {
            let size = style.size.at(ctx.text_style.size);
            let lines = self.ornament_lines(&style.mark, size, style.align, ctx);
            let down = self.off_the_middle(&lines, ctx.text_style.size);
            let sign = self.signs(lines, down, Role::SceneBreak);
            self.column.push_solid(sign);
            self.column.keep_next();
            self.space(1);
        }
        self.flush_next();
    }

    /// Signs in a line of the grid, or a drawing, which is higher than type is.
    pub(in crate::typeset) fn ornament(
        &mut self,
        words: &str,
        size: Abs,
        align: Alignment,
        ctx: &BlockContext,
    ) {
        if let Some(image) = self.cx.book.ornament(words) {
            let drawing = self.drawing(image, size.scale(DRAWN), align, Role::Ornament);
            return self.column.push_solid(drawing);
        }
        let lines = self.ornament_lines(words, size, align, ctx);
        let signs = self.signs(lines, Abs::ZERO, Role::Ornament);
        self.column.push_solid(signs);
    }

    fn ornament_lines(&mut self, words: &str, size: Abs, align: Alignment, ctx: &BlockContext) -> Vec<Line> {
        let scratch = Tree::default().leaf(Tree::ROOT);
        let words = self.cx.words_in(&ctx.text_style.clone().at(size), scratch, words);
        let mut form =
            self.form(&BlockContext { alignment: line_alignment(align), ..ctx.clone() }, Abs::ZERO);
        form.hyphenate = false;
        self.composer.lines(&StyledText { pieces: vec![Piece::Words(words)] }, &form)
    }

    /// Signs in lines of the grid, and so much below them.
    fn signs(&self, lines: Vec<Line>, down: Abs, role: Role) -> SolidItem {
        let grid = self.cx.style.leading();
        let fragments: Vec<Fragment> =
            (0..).zip(lines).map(|(n, line)| Fragment::Ornament(grid * n + down, line, role)).collect();
        let height = grid * fragments.len().max(1) as i64;
        SolidItem { height, fragments, ..SolidItem::default() }
    }

    /// A drawing of that height in lines of the grid; a wide one is as wide as the
    /// lines and less high. Its middle is that of the white between the baseline above an
    /// empty line and the small letters below one.
    fn drawing(&self, image: ImageId, height: Abs, align: Alignment, role: Role) -> SolidItem {
        let picture = &self.cx.book.images[image.0 as usize];
        let measure = self.cx.style.measure();
        let width = height.scale(f64::from(picture.width) / f64::from(picture.height.max(1)));
        let shrunk = (measure.ratio(width)).min(1.0);
        let size = Size::new(width.scale(shrunk), height.scale(shrunk));
        let left = match line_alignment(align) {
            LineAlignment::Centred => (measure - size.width) / 2,
            LineAlignment::Right => measure - size.width,
            LineAlignment::Left | LineAlignment::Justified if self.cx.is_mirrored() => measure - size.width,
            LineAlignment::Left | LineAlignment::Justified => Abs::ZERO,
        };
        let (grid, text) = (self.cx.style.leading(), self.cx.style.size());
        // half a line of what is higher stands in the white above and below
        let box_height = self.cx.up_to_grid((size.height - grid / 2).max(grid));
        let face = self.composer.shaper.library().face(self.cx.faces.regular());
        let small = text.scale(f64::from(face.x_height) / f64::from(face.units_per_em).max(1.0));
        // the baseline of a line that stood in the first line of the box
        let base = self.cx.style.first_baseline() - self.cx.style.top();
        let middle = (box_height - grid) / 2 + base - small / 2;
        let fragments = vec![Fragment::Picture(left, middle - size.height / 2, image.0, size, role)];
        SolidItem { height: box_height, fragments, ..SolidItem::default() }
    }

    /// How far above the middle between the lines around it the ink of a sign stands: an
    /// asterisk near the height of capitals, a dot on the line. The eye measures white
    /// from the baseline above to the small letters below.
    fn off_the_middle(&self, lines: &[Line], size: Abs) -> Abs {
        let [line] = lines else { return Abs::ZERO };
        let faces: Vec<_> = self.composer.shaper.library().iter().map(|(_, face)| face).collect();
        // The ink of all its glyphs: an asterism is three signs at two heights. A face that has no
        // outlines for them says nothing, and the sign stays where its baseline puts it.
        let (mut low, mut high) = (None, None);
        for run in &line.runs {
            let Some(face) = faces.get(run.run.font as usize) else { continue };
            let units = f64::from(face.units_per_em.max(1));
            for ink in run.run.glyphs.iter().filter_map(|glyph| face.ink(glyph.id)) {
                let [bottom, top] = [ink.low, ink.high].map(|y| run.run.size.scale(f64::from(y) / units));
                low = Some(low.map_or(bottom, |low: Abs| low.min(bottom)));
                high = Some(high.map_or(top, |high: Abs| high.max(top)));
            }
        }
        let (Some(low), Some(high)) = (low, high) else { return Abs::ZERO };
        let face = self.composer.shaper.library().face(self.cx.faces.regular());
        let small = size.scale(f64::from(face.x_height) / f64::from(face.units_per_em).max(1.0));
        (low + high) / 2 - small / 2
    }

    /// The sign below a text's title.
    pub(super) fn title_ornament(&mut self) {
        let style = &self.cx.style.heading;
        if !style.ornament.is_empty() {
            let size = Em::new(1.2).at(self.cx.style.size());
            let ctx = self.cx.block(Tree::ROOT);
            self.space(1);
            self.ornament(&style.ornament, size, style.title_align, &ctx);
            self.column.keep_next();
        }
    }

    /// The rule above or below a text's title: as long as the lines, but short
    /// beside a title in the middle.
    pub(in crate::typeset) fn title_rule(&mut self, side: TitleRules) {
        let style = &self.cx.style.heading;
        if style.title_rules != side && style.title_rules != TitleRules::Both {
            return;
        }
        let measure = self.cx.style.measure();
        let centred = style.title_align == Alignment::Centre;
        let width = if centred { measure / 4 } else { measure };
        let left = if centred { (measure - width) / 2 } else { Abs::ZERO };
        // A rule above stands nearer to what is above it, one below nearer to what is below: the title
        // has the white on both of its sides.
        let share = if side == TitleRules::Above { 0.3 } else { 0.7 };
        let y = self.cx.style.leading().scale(share);
        self.rule(left, y, Size::new(width, self.cx.style.rule_weight()));
        self.column.keep_next();
    }

    /// A box between rules: each takes a line of the grid, in place of the white
    /// around what is set apart.
    pub(super) fn ruled_box(&mut self, blocks: &[Block], ctx: &BlockContext) {
        let headed = self.cx.style.boxed.design == BoxDesign::Headed;
        let node = self.composer.tree.node(ctx.node, Tag::Div);
        let (left, right) = ctx.indents;
        let weight = self.cx.style.rule_weight() * if headed { 3 } else { 1 };
        let size = Size::new(self.cx.style.measure() - left - right, weight);
        let grid = self.cx.style.leading();
        self.rule(left, grid.scale(RULE_ABOVE_BOX), size);
        self.column.keep_next();
        self.flush_next();
        let first = self.column.len();
        self.blocks(blocks, &BlockContext { node, ..ctx.clone() });
        self.column.box_from(first);
        if headed {
            self.gap(ctx);
        } else {
            // The rule takes the place of the white that the last block would have had below it.
            self.column.drop_soft_space();
            self.column.keep_next();
            self.rule(left, grid.scale(RULE_BELOW_BOX), size);
        }
        self.indent_next();
    }

    /// A rule in a line of the grid, so far from the left and so far down it.
    pub(in crate::typeset) fn rule(&mut self, left: Abs, y: Abs, size: Size) {
        let fragments = vec![Fragment::Rule(left, y, size)];
        let height = self.cx.style.leading();
        self.column.push_solid(SolidItem { height, fragments, ..SolidItem::default() });
    }
}
