//! Half title, title page, imprint and colophon.

use crate::book::address;
use crate::length::{Abs, Size};
use crate::narrow::Nearest;
use crate::pages::{NodeId, Tag, Tree};
use crate::style::{Alignment, Case, Family, Style, TitleDesign};
use crate::terms::{Phrase, imprint};
use crate::typeset::compose::{BlockContext, FlowBuilder, LinkEnd};
use crate::typeset::flow_item::{FlowItem, Fragment, SolidItem};
use crate::typeset::line::{Form, Piece, StyledText};
use crate::typeset::paragraph::Paragraph;
use crate::typeset::text_style::TextStyle;

/// How far the frame of a title page stands outside the text block, and how thick
/// and how far inside it its inner lines are, in points.
const FRAME: (f64, f64, f64) = (0.0, 0.5, 4.0);

/// What is too much for a title page is set at these shares of its sizes.
const SHARES: [f64; 10] = [1.0, 0.9, 0.8, 0.72, 0.64, 0.57, 0.5, 0.44, 0.38, 0.3];

/// The sizes of a title page.
struct TitleType {
    /// The style of its smaller words.
    text: TextStyle,
    /// The size of the title.
    title: Abs,
    /// A line.
    grid: Abs,
    /// The white between its groups.
    ninth: Abs,
    /// Where it stands in the structure.
    node: NodeId,
}

impl FlowBuilder<'_, '_> {
    /// The title alone.
    pub fn half_title(&mut self, node: NodeId) {
        let grid = self.cx.style.leading();
        let text_style = self.title_page_style(node).at(self.cx.style.size().scale(1.3));
        let text_style = text_style.cased(self.cx.style.title_page.case);
        self.made_space(grid * i64::from(self.cx.style.page.lines / 4));
        let title = self.cx.book.meta.title.clone();
        self.made_line(&title, &text_style, self.title_page_align(), grid.scale(1.3), node);
    }

    fn title_page_style(&self, node: NodeId) -> TextStyle {
        self.cx.block(node).text_style.of(Family::TitlePage)
    }

    fn title_page_align(&self) -> Alignment {
        self.cx.style.title_page_align()
    }

    /// Title, subtitle, contributors, and the publisher at the foot, as the style
    /// lays them out. Where they are too much for one page they are set smaller and closer, step by
    /// step, until it holds them all.
    pub fn title_page(&mut self, node: NodeId) {
        // Each step is tried in a tree and a column of its own, of which nothing is kept.
        let trial = self.composer.begin_trial();
        let fits = SHARES.into_iter().find(|share| {
            self.lay_title_page(&self.title_type(*share, Tree::ROOT));
            let column = std::mem::take(&mut self.column);
            column.height_since(0) <= self.cx.style.depth() && self.holds_title(*share)
        });
        self.composer.end_trial(trial);
        self.lay_title_page(&self.title_type(fits.unwrap_or(SHARES[SHARES.len() - 1]), node));
    }

    /// The sizes of the title page at that share of the style's own: the title's falls to that of the
    /// names, which stay legible, and white to a line.
    fn title_type(&self, share: f64, node: NodeId) -> TitleType {
        let text = self.title_page_style(node);
        // The title gives way first, since it is the largest by far: at half its size it still stands above
        // names that have lost less than a third. White falls by the square, for it is what readers miss least.
        let small = share.sqrt();
        let title = self.cx.style.title_page.size.at(text.size);
        let text = text.clone().at(text.size.scale(small));
        let title = title.scale(share).max(text.size.scale(1.3).min(title));
        let grid = self.cx.style.leading();
        // The page is divided into ninths of whole lines, so that what stands on it stands on the grid.
        let ninth = f64::from(self.cx.style.page.lines / 9);
        let ninth = grid * i64::from(u32::nearest((ninth * share * share).max(1.0).floor()));
        TitleType { text, title, grid: grid.scale(small), ninth, node }
    }

    /// Whether the longest word of the title has room in a line.
    fn holds_title(&mut self, share: f64) -> bool {
        let of = self.title_type(share, Tree::ROOT);
        let text_style = of.text.clone().at(of.title).cased(self.cx.style.title_page.case);
        let ctx = BlockContext { text_style, ..self.cx.block(Tree::ROOT) };
        let leaf = self.composer.leaf(Tree::ROOT);
        let words = self.cx.words_in(&ctx.text_style, leaf, &self.cx.book.meta.title);
        let form = Form { hyphenate: false, ..self.form(&ctx, Abs::ZERO) };
        let text = StyledText { pieces: vec![Piece::Words(words)] };
        let paragraph = Paragraph::new(&text, &form, &mut self.composer.shaper);
        paragraph.widths(&self.composer.shaper).0 <= self.cx.style.measure() - self.frame_clear() * 2
    }

    fn lay_title_page(&mut self, of: &TitleType) {
        let (grid, ninth) = (of.grid, of.ninth);
        let mut sunk = None;
        match self.cx.style.title_page.design {
            TitleDesign::Classic => {
                self.made_space(ninth);
                self.authors(of);
                self.made_space(ninth);
                self.book_title(of);
            }
            TitleDesign::Framed => {
                self.frame();
                self.made_space(ninth);
                self.authors(of);
                self.made_space(ninth);
                self.book_title(of);
            }
            TitleDesign::Modern => {
                self.heavy_rule();
                self.book_title(of);
                self.made_space(grid * 2);
                self.authors(of);
            }
            TitleDesign::Ruled => {
                self.made_space(ninth);
                self.authors(of);
                self.made_space(ninth);
                self.ruled_title(of);
            }
            TitleDesign::Low => {
                self.made_space(ninth);
                self.book_title(of);
                self.made_space(ninth * 2);
                self.authors(of);
            }
            TitleDesign::Open => {
                self.authors(of);
                self.made_space(ninth * 2);
                self.book_title(of);
            }
            TitleDesign::Parted => {
                self.authors(of);
                self.made_space(grid);
                self.line_across();
                self.book_title(of);
                self.made_space(grid);
                self.line_across();
            }
            TitleDesign::Sunk => {
                self.authors(of);
                sunk = Some(self.column.len());
                self.heavy_rule();
                self.book_title(of);
            }
        }
        self.other_contributors(of);
        self.series(of);
        // What follows is pushed to the foot: the publisher stands where a reader looks for one.
        let mut foot = self.column.len();
        self.publisher(of);
        if let Some(first) = sunk {
            let before = self.column.len();
            self.push_down(first, ninth * 3);
            foot += self.column.len() - before;
        }
        self.push_to_foot(foot);
    }

    /// A heavy rule as long as the lines.
    fn heavy_rule(&mut self) {
        self.title_page_rule(Abs::ZERO, self.cx.style.measure(), self.cx.style.rule_weight() * 4);
    }

    /// A rule as long as the lines.
    fn line_across(&mut self) {
        self.title_page_rule(Abs::ZERO, self.cx.style.measure(), self.cx.style.rule_weight());
    }

    fn authors(&mut self, TitleType { text, grid, node, .. }: &TitleType) {
        let align = self.title_page_align();
        for author in self.cx.book.meta.with_role("aut") {
            let text_style =
                text.clone().at(text.size.scale(1.18)).cased(self.cx.style.title_page_name_case());
            self.made_line(&author.name, &text_style, align, grid.scale(1.35), *node);
        }
    }

    fn book_title(&mut self, TitleType { text, title: size, grid, node, .. }: &TitleType) {
        let (size, node, align) = (*size, *node, self.title_page_align());
        let meta = &self.cx.book.meta;
        let text_style = text.clone().at(size).cased(self.cx.style.title_page.case);
        self.made_line(&meta.title, &text_style, align, size.scale(1.18), node);
        if let Some(subtitle) = &meta.subtitle {
            self.made_space(grid.scale(0.8));
            let text_style = text.clone().at(text.size.scale(1.3));
            let case = if align == Alignment::Left { Case::Roman } else { Case::Italic };
            self.made_line(subtitle, &text_style.cased(case), align, grid.scale(1.3), node);
        }
    }

    /// The title between two rules: two thirds of the measure long, and longer where the
    /// title is, so that it never stands out beyond them.
    fn ruled_title(&mut self, of: &TitleType) {
        let (grid, measure) = (of.grid, self.cx.style.measure());
        let first = self.column.len();
        self.made_space(grid / 2);
        self.book_title(of);
        self.made_space(grid / 2);
        let title = self.column.split_off(first);
        let least = measure * 2 / 3;
        let width = (self.widest_line(&title) + of.text.size * 2).max(least).min(measure);
        let (left, weight) = ((measure - width) / 2, self.cx.style.rule_weight());
        self.title_page_rule(left, width, weight);
        self.column.extend(title);
        self.title_page_rule(left, width, weight);
    }

    /// How wide the widest line of those paragraphs is.
    pub fn widest_line(&mut self, items: &[FlowItem]) -> Abs {
        let mut widest = Abs::ZERO;
        for item in items {
            let FlowItem::Paragraph(text) = item else { continue };
            for line in text.paragraph.lines(&text.variants[0], &mut self.composer.shaper) {
                widest = widest.max(line.extent.1 - line.extent.0);
            }
        }
        widest
    }

    /// A rule of the title page, in a line of the grid.
    fn title_page_rule(&mut self, left: Abs, width: Abs, weight: Abs) {
        self.rule(left, Abs::ZERO, Size::new(width, weight));
        self.column.keep_next();
    }

    /// A double frame around the text block: thick without, thin within.
    fn frame(&mut self) {
        let depth = self.cx.style.depth();
        let measure = self.cx.style.measure();
        let thick = self.cx.style.rule_weight() * 2;
        let box_of = |inset: Abs, weight: Abs| {
            let (width, height) = (measure - inset * 2, depth - inset * 2);
            [
                Fragment::Rule(inset, inset, Size::new(width, weight)),
                Fragment::Rule(inset, inset + height - weight, Size::new(width, weight)),
                Fragment::Rule(inset, inset, Size::new(weight, height)),
                Fragment::Rule(inset + width - weight, inset, Size::new(weight, height)),
            ]
        };
        let (outside, thin, inset) = FRAME;
        let frames = [box_of(Abs::pt(outside), thick), box_of(thick + Abs::pt(inset), Abs::pt(thin))];
        let fragments = frames.into_iter().flatten().collect();
        self.column.push_solid(SolidItem {
            height: self.cx.style.leading(),
            keep_next: true,
            fragments,
            ..SolidItem::default()
        });
    }

    fn other_contributors(&mut self, TitleType { text, grid, node, .. }: &TitleType) {
        let align = self.title_page_align();
        let mut above = *grid * 2;
        for (role, names) in self.cx.book.meta.credits() {
            self.made_space(std::mem::take(&mut above));
            let line = self.cx.terms().credited(role, &names);
            let text_style =
                text.clone().cased(if align == Alignment::Left { Case::Roman } else { Case::Italic });
            self.made_phrase(&line, &text_style, align, grid.scale(1.2), *node);
        }
    }

    /// The series, and which of its volumes this is.
    fn series(&mut self, TitleType { text, grid, node, .. }: &TitleType) {
        let Some(line) = self.cx.book.meta.series_line() else { return };
        let align = self.title_page_align();
        self.made_space(*grid * 2);
        self.made_line(&line, &text.clone().cased(self.cx.style.title_page_name_case()), align, *grid, *node);
    }

    /// The publisher with place and year, under the style's ornament.
    fn publisher(&mut self, TitleType { text, grid, node, .. }: &TitleType) {
        let (meta, grid, node) = (&self.cx.book.meta, *grid, *node);
        let align = self.title_page_align();
        let Some(publisher) = &meta.publisher else { return };
        let style = &self.cx.style.title_page;
        if style.design == TitleDesign::Parted {
            self.line_across();
        }
        if !style.ornament.is_empty() {
            let ctx = self.cx.block(node);
            self.ornament(&style.ornament, text.size.scale(1.6), align, &ctx);
            self.made_space(grid);
        }
        let text_style = text.clone().cased(self.cx.style.title_page_name_case());
        self.made_line(&publisher.name, &text_style, align, grid, node);
        if let Some(place) = meta.place_line() {
            self.made_line(&place, text, align, grid, node);
        }
        if style.design == TitleDesign::Framed {
            self.made_space(grid);
        }
    }

    /// The publisher's page.
    pub fn imprint(&mut self, node: NodeId) {
        let meta = &self.cx.book.meta;
        let groups = imprint(meta, &self.cx.style.text.font);
        let text_style = self.cx.block(node).text_style;
        let text_style = text_style.clone().at(text_style.size.scale(0.8));
        let leading = text_style.size.scale(1.35);
        for group in &groups {
            if !self.column.is_empty() {
                self.made_space(leading.scale(0.8));
            }
            for line in group {
                self.imprint_line(line, &text_style, leading, node);
            }
        }
        self.push_to_foot(0);
    }

    fn imprint_line(&mut self, phrase: &Phrase, text_style: &TextStyle, leading: Abs, node: NodeId) {
        let line = phrase.words();
        let Ok(url) = address(&line) else {
            return self.made_phrase(phrase, text_style, Alignment::Left, leading, node);
        };
        let node = self.composer.tree.node(node, Tag::P);
        let mut text = StyledText::default();
        self.composer.in_link(
            LinkEnd::Url(url.into()),
            line.clone(),
            node,
            &mut text,
            |composer, node, out| {
                let words = composer.words(text_style, node, line);
                out.pieces.push(Piece::Words(words));
            },
        );
        let mut ctx = self.cx.block(node);
        ctx.alignment = crate::typeset::line::LineAlignment::Left;
        ctx.leading = leading;
        self.made_text(text, &ctx);
    }

    /// How and by whom the book was made.
    pub fn colophon(&mut self, node: NodeId) {
        let grid = self.cx.style.leading();
        let text = self.cx.block(node).text_style;
        self.made_space(grid * i64::from(self.cx.style.page.lines / 3));
        let title = self.cx.book.meta.title.clone();
        let align = self.title_page_align();
        self.made_line(&title, &text.clone().cased(Case::Italic), align, grid, node);
        let line = format!(" {}", type_line(self.cx.style));
        let line = Phrase::default().and_word(self.cx.terms().set_in()).and(&line);
        self.made_phrase(&line, &text, align, grid, node);
        self.made_line("Pamphleteer", &text.clone().cased(Case::SmallCaps), align, grid, node);
    }
}

/// The family of the text and its size, as the colophon names them.
pub(in crate::typeset) fn type_line(style: &Style) -> String {
    let points = |length: Abs| (length.to_pt() * 100.0).round() / 100.0;
    format!("{}, {}/{} pt", style.text.font, points(style.size()), points(style.leading()))
}
