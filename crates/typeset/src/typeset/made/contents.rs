//! The contents list. Its words and structure are composed once, in reading
//! order; its lines are set again when the page numbers are known.

use crate::book::{Book, Content, GeneratedPage, Inline, Role, SectionId, numbered, plain, without_notes};
use crate::length::{Abs, Em};
use crate::narrow::Nearest;
use crate::pages::{self, LeafId, NodeId, Tag, Tree};
use crate::style::{Style, TitleNumber};
use crate::terms::{Terms, Word};
use crate::typeset::compose::{BlockContext, Composer, FlowBuilder, LinkEnd, SectionContext};
use crate::typeset::flow_item::{FlowItem, Fragment, SolidItem};
use crate::typeset::line::{Line, LineAlignment, LinkId, Piece, StyledText, Words};
use crate::typeset::text_style::TextStyle;
use std::collections::BTreeMap;

/// A contents list before it has its page numbers.
#[derive(Clone, Debug)]
pub struct ContentsPlan {
    /// The section that it is.
    pub section: SectionId,
    entries: Vec<Entry>,
    title: StyledText,
}

#[derive(Clone, Debug)]
struct Entry {
    /// The number of a title, which stands in a column of its own.
    number: StyledText,
    /// A word stands before the number: `Part II`.
    labelled: bool,
    title: StyledText,
    aim: LinkEnd,
    /// Link, node and leaf of the page number.
    label: (LinkId, LeafId),
    level: u8,
    part: bool,
}

/// What the list will say, before it is composed.
struct Listed<'a> {
    title: Vec<Inline>,
    words: Option<Word<'a>>,
    aim: LinkEnd,
    level: u8,
    part: bool,
    /// It is the title of a text.
    title_of_text: bool,
}

/// What the book has to list: titles of texts, and headings as deep as the
/// style asks.
fn listed<'a>(book: &'a Book, style: &Style, notes: bool) -> Vec<Listed<'a>> {
    let mut all = Vec::new();
    for (index, section) in (0u32..).zip(&book.sections) {
        match &section.content {
            Content::Made(GeneratedPage::Notes) if notes => all.push(Listed {
                title: Vec::new(),
                words: Some(Terms::of(&book.meta).notes()),
                aim: LinkEnd::Section(SectionId(index)),
                level: 1,
                part: false,
                title_of_text: true,
            }),
            Content::Made(_) => {}
            Content::Text(_) => of_section(book, SectionId(index), style, &mut all),
        }
    }
    all
}

fn of_section(book: &Book, id: SectionId, style: &Style, all: &mut Vec<Listed<'_>>) {
    let section = &book.sections[id.0 as usize];
    if matches!(
        section.role,
        Role::HalfTitle | Role::TitlePage | Role::Imprint | Role::Dedication | Role::Contents
    ) {
        return;
    }
    let blocks = section.body().map_or(&[][..], |body| &body.blocks);
    for block in blocks {
        let crate::book::BlockKind::Heading(heading) = &block.kind else { continue };
        if heading.listed && u32::from(heading.level) <= style.contents.depth.max(1) {
            all.push(Listed {
                title: without_notes(&heading.content),
                words: None,
                aim: LinkEnd::Anchor(heading.anchor),
                level: section.depth + heading.level,
                part: section.role.rank() > 0 && heading.level == 1,
                title_of_text: heading.level == 1,
            });
        }
    }
}

impl Composer<'_> {
    /// Composes the words of the contents list.
    pub fn contents(&mut self, section: SectionId, node: NodeId, notes: bool) -> ContentsPlan {
        let words = self.cx.terms().contents();
        let rank = self.next_rank(1);
        let heading = self.tree.node(node, Tag::Heading(rank));
        let text_style = self.cx.title_style();
        let title = self.made_word(&text_style, heading, words);
        let list = self.tree.node(node, Tag::Toc);
        let entries = listed(self.cx.book, self.cx.style, notes);
        let entries = entries.into_iter().map(|entry| self.entry(entry, list)).collect();
        ContentsPlan { section, entries, title: StyledText { pieces: vec![Piece::Words(title)] } }
    }

    fn entry(&mut self, listed: Listed<'_>, list: NodeId) -> Entry {
        let item = self.tree.node(list, Tag::TocItem);
        let style = &self.cx.style.contents;
        let of_part = style.part_case.filter(|_| listed.part);
        let of_text = style.title_case.filter(|_| listed.title_of_text && style.depth > 1);
        let case = of_part.or(of_text).unwrap_or(style.case);
        let text_style = self.cx.block(list).text_style.cased(case);
        let node = self.tree.node(item, Tag::P);
        let (number, words) = numbered(&listed.title);
        let number = number.map(|number| self.listed_number(&plain(number), listed.part));
        let mut title = StyledText::default();
        let mut split = 0;
        let name = listed.words.map_or_else(|| plain(&listed.title), |words| words.to_string());
        self.in_link(listed.aim.clone(), name.clone(), node, &mut title, |composer, node, out| match listed
            .words
        {
            Some(words) => {
                let words = composer.made_word(&text_style, node, words);
                out.pieces.push(Piece::Words(words));
            }
            None => {
                if let Some(number) = &number {
                    let leaf = composer.leaf(node);
                    let words = format!("{number} ");
                    out.pieces.push(Piece::Words(composer.cx.words_in(&text_style, leaf, words)));
                    split = out.pieces.len();
                }
                out.pieces.extend(composer.styled_again(words, &text_style, node).pieces);
            }
        });
        let labelled = number.is_some_and(|number| number.contains(' '));
        let number = StyledText { pieces: title.pieces.drain(..split).collect() };
        let reference = self.tree.node(item, Tag::Reference);
        let link = self.link(reference, listed.aim.clone(), self.cx.terms().page_of(&name));
        let leaf = self.tree.leaf(link.node);
        let label = (link, leaf);
        Entry { number, labelled, title, aim: listed.aim, label, level: listed.level, part: listed.part }
    }
}

impl Composer<'_> {
    /// A title's number as the list has it: without the word that would stand before
    /// every chapter's.
    fn listed_number(&self, number: &str, part: bool) -> String {
        let label = self.cx.terms().chapter().to_lowercase();
        let is_label = |word: &&str| !part && word.to_lowercase() == label;
        let words: Vec<&str> = number.split(' ').filter(|word| !is_label(word)).collect();
        words.join(" ")
    }
}

/// Sets the list with the page numbers that are known.
pub fn set_contents(
    composer: &mut Composer<'_>,
    plan: &ContentsPlan,
    label: &dyn Fn(&LinkEnd) -> Option<String>,
) -> Vec<FlowItem> {
    let mut flow = composer.begin(SectionContext { id: Some(plan.section), ..SectionContext::default() });
    flow.sink();
    flow.made_title(plan.title.clone());
    flow.space(2);
    // The column of page numbers is as wide as the longest of them, in figures of 0.6 em, and two at
    // least. It is computed from the labels and not from shaped figures, so that a list set with a
    // guess and one set with the true numbers break alike.
    let widest = plan.entries.iter().filter_map(|entry| label(&entry.aim)).map(|l| l.chars().count()).max();
    let room = Em::new(0.6).at(flow.cx.style.size()) * widest.unwrap_or(3).max(2) as i64;
    let least = plan.entries.iter().map(|entry| entry.level).min().unwrap_or(1);
    let columns = flow.number_columns(&plan.entries);
    let mut part: Option<u8> = None;
    for (n, entry) in plan.entries.iter().enumerate() {
        // A part and its texts are a group: white is above it, and above what follows and is none of it.
        let ends = part.is_some_and(|level| entry.level <= level);
        if n > 0 && (entry.part || ends) {
            flow.space(1);
        }
        part = if entry.part { Some(entry.level) } else { part.filter(|_| !ends) };
        let text = label(&entry.aim).unwrap_or_else(|| "0".to_owned());
        let column = columns.get(&(entry.level, entry.part)).copied().unwrap_or(Abs::ZERO);
        flow.set_entry(entry, &text, Place { level: entry.level - least, room, column });
        if plan.entries.get(n + 1).is_some_and(|next| next.level > entry.level) {
            flow.column.keep_next();
        }
    }
    flow.finish()
}

/// An entry of more lines may go on overleaf.
const LONG_ENTRY: i64 = 8;

/// The lines of a long entry, each a box of its own.
fn line_by_line(fragments: Vec<Fragment>, grid: Abs) -> impl Iterator<Item = SolidItem> {
    let mut boxes: Vec<SolidItem> = Vec::new();
    for mut fragment in fragments {
        let (Fragment::Line(y, _) | Fragment::Ornament(y, ..)) = &mut fragment else { continue };
        let line = usize::nearest((y.to_raw() / grid.to_raw().max(1)).max(0));
        *y = Abs::ZERO;
        if boxes.len() <= line {
            boxes.resize_with(line + 1, || SolidItem { height: grid, ..SolidItem::default() });
        }
        boxes[line].fragments.push(fragment);
    }
    boxes.into_iter()
}

/// Where an entry stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// How deep below the first rank.
    level: u8,
    /// The width of the page numbers.
    room: Abs,
    /// The width of the numbers of titles, with the white behind it; none when zero.
    column: Abs,
}

impl FlowBuilder<'_, '_> {
    /// The width of the numbers of each rank.
    fn number_columns(&mut self, entries: &[Entry]) -> BTreeMap<(u8, bool), Abs> {
        let mut columns = BTreeMap::new();
        for entry in entries.iter().filter(|entry| !entry.number.pieces.is_empty()) {
            let ctx = self.cx.block(Tree::ROOT);
            let white = ctx.text_style.size.scale(0.8);
            let width = self.number_line(entry, Abs::ZERO).map_or(Abs::ZERO, |line| line.extent.1);
            let most: &mut Abs = columns.entry((entry.level, entry.part)).or_insert(Abs::ZERO);
            *most = (width + white).max(*most);
        }
        columns
    }

    /// The number of an entry, so far from the left.
    fn number_line(&mut self, entry: &Entry, left: Abs) -> Option<Line> {
        let ctx = self.cx.block(Tree::ROOT);
        let ctx = BlockContext { alignment: LineAlignment::Left, indents: (left, Abs::ZERO), ..ctx };
        let mut form = self.form(&ctx, Abs::ZERO);
        form.hyphenate = false;
        form.protrude = false;
        self.composer.lines(&entry.number, &form).into_iter().next()
    }

    /// Numbers in figures end at one line, and words begin at one, as in `Part II`.
    fn numbers_end_together(&self, entry: &Entry) -> bool {
        !entry.labelled
            && !matches!(self.cx.style.heading.number, TitleNumber::Word | TitleNumber::ChapterWord)
    }

    /// The lines of an entry, as even as may be, so that none of them is a word alone.
    fn entry_lines(&mut self, title: &StyledText, hang: Abs, left: Abs, right: Abs) -> Vec<Line> {
        let ctx = self.cx.block(Tree::ROOT);
        let ctx = BlockContext { alignment: LineAlignment::Left, indents: (left, right), ..ctx };
        let mut form = self.form(&ctx, -hang);
        form.hyphenate = false;
        form.protrude = false;
        form.display = true;
        self.composer.lines(title, &form)
    }

    fn set_entry(&mut self, entry: &Entry, label: &str, Place { level, room, column }: Place) {
        let ctx = self.cx.block(Tree::ROOT);
        let em = ctx.text_style.size;
        let start = em.scale(1.5 * f64::from(level));
        // An entry with a number begins behind the column of numbers; one without hangs by an em.
        let numbered = !entry.number.pieces.is_empty();
        let (left, hang) = if numbered { (start + column, Abs::ZERO) } else { (start + em, em) };
        let lines = self.entry_lines(&entry.title, hang, left, room + em * 2);
        let last = lines.len().saturating_sub(1) as i64;
        let end = lines.last().map_or(left, |line| line.extent.1);
        let grid = self.cx.style.leading();
        let mut fragments: Vec<Fragment> = Vec::new();
        if let Some(line) = numbered.then(|| self.number_line(entry, start)).flatten() {
            let spare = left - em.scale(0.8) - line.extent.1;
            let moved = if self.numbers_end_together(entry) { spare } else { Abs::ZERO };
            let line = self.number_line(entry, start + moved).unwrap_or(line);
            fragments.push(Fragment::Line(Abs::ZERO, line));
        }
        fragments.extend((0..).zip(lines).map(|(n, line)| Fragment::Line(grid * n, line)));
        if self.cx.style.contents.leaders && !entry.part {
            let leaders = self.leaders(end, room, &ctx.text_style);
            fragments
                .extend(leaders.map(|line| Fragment::Ornament(grid * last, line, pages::Role::Ornament)));
        }
        fragments.extend(self.entry_label(entry, label, &ctx).map(|line| Fragment::Line(grid * last, line)));
        let height = grid * (last + 1);
        // An entry is a box, so that no page ends in the middle of one. Where it has more lines than a
        // page should lose for that, each line is a box of its own.
        if last < LONG_ENTRY {
            self.column.push_solid(SolidItem { height, fragments, ..SolidItem::default() });
        } else {
            self.column.extend(line_by_line(fragments, grid).map(FlowItem::Solid));
        }
    }

    fn entry_label(&mut self, entry: &Entry, label: &str, ctx: &BlockContext) -> Option<Line> {
        let (link, leaf) = entry.label;
        let words = Words { link: Some(link), ..self.cx.words_in(&ctx.text_style, leaf, label) };
        self.right_line(StyledText { pieces: vec![Piece::Words(words)] }, Abs::ZERO, &ctx.text_style)
    }

    /// Dots from the end of a title to the column of page numbers; they stand
    /// below one another.
    fn leaders(&mut self, from: Abs, room: Abs, text_style: &TextStyle) -> Option<Line> {
        // Dots stand on a grid that is counted from the right margin: those of all entries come to
        // stand below one another. Fewer than three would look like a stray ellipsis.
        let step = Em::new(0.62).at(text_style.size);
        let gap = text_style.size / 2;
        let space = self.cx.style.measure() - room - from - gap * 2;
        let dots = space.ratio(step).floor();
        if dots < 3.0 {
            return None;
        }
        let scratch = Tree::default().leaf(Tree::ROOT);
        let mut text_style = text_style.clone();
        text_style.small_caps = false;
        let dot = self.cx.words_in(&text_style, scratch, ".");
        let one = self.right_line(StyledText { pieces: vec![Piece::Words(dot)] }, Abs::ZERO, &text_style)?;
        let width = one.extent.1 - one.extent.0;
        // One word of dots with letterspacing, so that it is one run in the file and not forty.
        text_style.letterspace = step - width;
        let dots = self.cx.words_in(&text_style, scratch, ".".repeat(usize::nearest(dots)));
        self.right_line(StyledText { pieces: vec![Piece::Words(dots)] }, room + gap, &text_style)
    }

    /// A line against the right margin, or so far from it.
    fn right_line(&mut self, text: StyledText, right: Abs, text_style: &TextStyle) -> Option<Line> {
        let ctx = self.cx.block(Tree::ROOT);
        let ctx = BlockContext {
            text_style: text_style.clone(),
            alignment: LineAlignment::Right,
            indents: (Abs::ZERO, right),
            ..ctx
        };
        let mut form = self.form(&ctx, Abs::ZERO);
        form.hyphenate = false;
        form.protrude = false;
        self.composer.lines(&text, &form).into_iter().next()
    }
}
