//! Paragraphs of a word processor, in their order, and the blocks that they make: lists,
//! quotes, verse, captions, tables. Word and OpenDocument files are both read into this.

use super::model::{Block, Book, Inline, plain, tidy};
use super::pauses::{is_ornament, is_scene_break};
use crate::book::stands_among_ideographs;
use std::collections::BTreeMap;

/// What a style says that a paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    #[default]
    Body,
    Heading(u8),
    /// The title of the whole, or what stands with it on the title page.
    Title,
    Subtitle,
    Author,
    Quote,
    Verse,
    Code,
    Caption,
    /// A term with a meaning, and its meaning.
    Term,
    Meaning,
    /// A line of the contents, which are made anew.
    Contents,
}

/// An item of a list: which list, how deep, and its first number when it has numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Numbered {
    pub list: String,
    pub level: usize,
    pub start: Option<u64>,
    /// A further paragraph of the item before.
    pub further: bool,
}

/// A paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    pub words: Vec<Inline>,
    pub role: Role,
    pub item: Option<Numbered>,
    pub centred: bool,
    /// Set in larger type than the text.
    pub large: bool,
    /// All its words are underlined.
    pub underlined: bool,
    /// Begins a page by its own or its style's wish.
    pub page_break: bool,
    /// Begins further in than the text.
    pub indented: bool,
    /// The white space above it, in twentieths of a point.
    pub above: i64,
}

impl Paragraph {
    /// Goes on with the next paragraph, since the end between them is gone: apart by a space, as Pandoc reads it,
    /// but for languages that have none.
    pub(super) fn go_on(&mut self, next: Vec<Inline>) {
        let (own, further) = (plain(&self.words), plain(&next));
        let ends = own.chars().next_back().filter(|c| !c.is_whitespace());
        let begins = further.chars().next().filter(|c| !c.is_whitespace());
        if let (Some(ends), Some(begins)) = (ends, begins)
            && !(stands_among_ideographs(ends) && stands_among_ideographs(begins))
        {
            self.words.push(Inline::Text(" ".into()));
        }
        self.words.extend(next);
    }
}

/// What stands below one another.
#[derive(Clone, Debug)]
pub(super) enum Flow {
    Paragraph(Paragraph),
    Table {
        head: bool,
        rows: Vec<Vec<Vec<Flow>>>,
    },
    /// What came of a text in another format.
    Blocks(Vec<Block>),
}

/// Deeper lists are laid flat.
const MAX_LEVEL: usize = 8;

/// The blocks of a flow.
pub(super) fn blocks(flow: Vec<Flow>, book: &mut Book) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut caption: Option<Vec<Inline>> = None;
    let mut counted = BTreeMap::new();
    let mut flow = flow;
    continue_items(&mut flow);
    let mut flow = flow.into_iter().peekable();
    while let Some(next) = flow.next() {
        match next {
            Flow::Blocks(blocks) => out.extend(blocks),
            Flow::Table { head, rows } => {
                let table = table(head, rows, book);
                out.extend(with_caption(table, caption.take()));
            }
            Flow::Paragraph(first) if first.item.is_some() && !matches!(first.role, Role::Heading(_)) => {
                let mut items = vec![first];
                while let Some(Flow::Paragraph(next)) = flow.next_if(|next| matches!(next, Flow::Paragraph(p) if p.item.is_some() && !matches!(p.role, Role::Heading(_)))) {
                    items.push(next);
                }
                out.extend(lists(items, &mut counted, book));
            }
            Flow::Paragraph(paragraph) => {
                let is_last = flow.peek().is_none_or(|next| !matches!(next, Flow::Table { .. }));
                one(paragraph, &mut out, &mut caption, is_last, book);
            }
        }
    }
    out.extend(caption.map(Block::Paragraph));
    out
}

/// Adds one paragraph to what stands before it.
fn one(
    paragraph: Paragraph,
    out: &mut Vec<Block>,
    caption: &mut Option<Vec<Inline>>,
    before_text: bool,
    book: &mut Book,
) {
    let words = tidy(paragraph.words.clone());
    match paragraph.role {
        Role::Contents => book.leave_out("the source's own contents, which are made anew", plain(&words)),
        Role::Code => {
            let text = lines(&paragraph.words);
            match out.last_mut() {
                Some(Block::Code { text: before, .. }) => {
                    before.push_str(&text);
                    before.push('\n');
                }
                _ if text.trim().is_empty() => {}
                _ => out.push(Block::Code { language: String::new(), text: text + "\n" }),
            }
        }
        _ if words.is_empty() => {}
        Role::Heading(level) => heading(level, words, out),
        // a picture in the style of its caption
        Role::Caption if words.iter().any(|inline| matches!(inline, Inline::Image { .. })) => {
            captioned(words, out, book);
        }
        Role::Caption if !before_text => *caption = Some(words),
        Role::Caption => match out.last_mut() {
            Some(Block::Figure { caption, .. }) if caption.is_empty() => *caption = words,
            Some(Block::Table { caption: caption @ None, .. }) => *caption = Some(words),
            _ => out.push(Block::Paragraph(words)),
        },
        Role::Quote => match out.last_mut() {
            Some(Block::Quote(inner)) => inner.push(Block::Paragraph(words)),
            _ => out.push(Block::Quote(vec![Block::Paragraph(words)])),
        },
        Role::Verse => verse(words, out),
        Role::Term => out.push(Block::Definitions(vec![(words, Vec::new())])),
        Role::Meaning => match out.last_mut() {
            Some(Block::Definitions(list)) => {
                list.last_mut()
                    .into_iter()
                    .for_each(|(_, meaning)| meaning.push(Block::Paragraph(words.clone())));
            }
            _ => out.push(Block::Paragraph(words)),
        },
        _ => paragraph_or_figure(words, paragraph.centred, out, book),
    }
}

/// A picture, or several, with the words below them as caption.
fn captioned(words: Vec<Inline>, out: &mut Vec<Block>, book: &mut Book) {
    let (pictures, rest): (Vec<Inline>, Vec<Inline>) =
        words.into_iter().partition(|inline| matches!(inline, Inline::Image { .. }));
    paragraph_or_figure(pictures, false, out, book);
    if let Some(Block::Figure { caption, .. }) = out.last_mut() {
        *caption = tidy(rest);
    }
}

/// A heading without its pictures, which stand before it.
fn heading(level: u8, mut words: Vec<Inline>, out: &mut Vec<Block>) {
    words.retain(|inline| match inline {
        Inline::Image { path, alt } => {
            out.push(Block::Figure { path: path.clone(), alt: alt.clone(), caption: Vec::new(), id: None });
            false
        }
        _ => true,
    });
    if plain(&words).trim().is_empty() {
        return;
    }
    let id = words.iter().position(|inline| matches!(inline, Inline::Anchor(_))).map(|at| words.remove(at));
    let id = id.and_then(|inline| if let Inline::Anchor(id) = inline { Some(id) } else { None });
    out.push(Block::Heading { level, words: tidy(words), id, class: None });
}

/// Lines of verse: each break ends a line, and so does the paragraph.
fn verse(words: Vec<Inline>, out: &mut Vec<Block>) {
    let lines = words.split(|inline| matches!(inline, Inline::Break)).map(|line| (0, tidy(line.to_vec())));
    let lines: Vec<(usize, Vec<Inline>)> = lines.filter(|(_, line)| !line.is_empty()).collect();
    match out.last_mut() {
        Some(Block::Verse(stanzas)) => match stanzas.last_mut() {
            // a stanza that is one paragraph, or a paragraph to the line
            Some(last) if lines.len() == 1 => last.extend(lines),
            _ => stanzas.push(lines),
        },
        _ => out.push(Block::Verse(vec![lines])),
    }
}

fn paragraph_or_figure(words: Vec<Inline>, in_middle: bool, out: &mut Vec<Block>, book: &mut Book) {
    let is_picture = |inline: &Inline| matches!(inline, Inline::Image { .. });
    let only_pictures = words.iter().all(|inline| {
        is_picture(inline)
            || matches!(inline, Inline::Anchor(_) | Inline::Break)
            || matches!(inline, Inline::Text(t) if t.trim().is_empty())
    });
    if only_pictures && words.iter().any(is_picture) {
        for inline in words {
            if let Inline::Image { path, alt } = inline {
                out.push(Block::Figure { path, alt, caption: Vec::new(), id: None });
            }
        }
    } else if is_scene_break(&plain(&words)) || is_ornament(&plain(&words), in_middle) {
        book.leave_out("signs of scene breaks, which are made anew", plain(&words));
        book.turn("lines of stars into scene breaks");
        scene_break(out);
    } else if in_middle {
        centred(words, out);
    } else {
        out.push(Block::Paragraph(words));
    }
}

/// Adds a line in the middle to those that stand before it.
fn centred(words: Vec<Inline>, out: &mut Vec<Block>) {
    match out.last_mut() {
        Some(Block::Division { class, blocks }) if class == CENTRE => blocks.push(Block::Paragraph(words)),
        _ => out.push(Block::Division { class: CENTRE.to_owned(), blocks: vec![Block::Paragraph(words)] }),
    }
}

/// The class of lines in the middle.
const CENTRE: &str = "centre";

/// Whether there is nothing to be seen in it.
pub(super) fn is_blank(part: &Flow) -> bool {
    matches!(part, Flow::Paragraph(paragraph) if paragraph.is_empty())
}

/// A pause, where text stands before it.
pub(super) fn scene_break(out: &mut Vec<Block>) {
    if !matches!(out.last(), None | Some(Block::SceneBreak | Block::Heading { .. })) {
        out.push(Block::SceneBreak);
    }
}

/// The words of code: breaks end lines, and nothing is styled.
fn lines(words: &[Inline]) -> String {
    let mut out = String::new();
    for inline in words {
        match inline {
            Inline::Break => out.push('\n'),
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Styled(_, inner) | Inline::Link(_, inner) | Inline::Language(_, inner) => {
                out.push_str(&lines(inner));
            }
            _ => {}
        }
    }
    out
}

/// Paragraphs that go on with an item: those without a mark that stand further in, between
/// two items of one list.
fn continue_items(flow: &mut [Flow]) {
    let mut item: Option<Numbered> = None;
    for at in 0..flow.len() {
        let next = item.take();
        let goes_on = next.as_ref().is_some_and(|item| resumes(&flow[at..], item));
        let Flow::Paragraph(paragraph) = &mut flow[at] else { continue };
        if paragraph.item.is_none() && goes_on {
            paragraph.item = next.map(|item| Numbered { further: true, ..item });
        } else if next.is_none() && paragraph.item.as_ref().is_some_and(|item| item.further) {
            // there is no item with which it could go on
            paragraph.item = None;
        }
        item.clone_from(&paragraph.item);
    }
}

/// Whether paragraphs that stand further in come first, and then an item of the same list.
fn resumes(flow: &[Flow], item: &Numbered) -> bool {
    /// No item has more paragraphs.
    const MOST: usize = 12;
    let is_inner = |part: &&Flow| matches!(part, Flow::Paragraph(p) if p.item.is_none() && p.indented && matches!(p.role, Role::Body | Role::Quote));
    let inner = flow.iter().take(MOST).take_while(is_inner).count();
    let next = flow.get(inner).filter(|_| inner > 0);
    matches!(next, Some(Flow::Paragraph(Paragraph { item: Some(next), .. })) if next.list == item.list || next.level > item.level)
}

/// Numbered paragraphs as lists in one another. `counted` says at which number each list that
/// stood before goes on.
fn lists(items: Vec<Paragraph>, counted: &mut BTreeMap<String, u64>, book: &mut Book) -> Vec<Block> {
    let mut at = 0;
    let mut out = Vec::new();
    while at < items.len() {
        let (level, name) = items[at].item.as_ref().map_or((0, ""), |item| (item.level, item.list.as_str()));
        let mut made = list(&items, &mut at, level.min(MAX_LEVEL), book);
        if let Block::List { start: Some(start), items } = &mut made
            && level == 0
        {
            *start = counted.get(name).copied().unwrap_or(*start);
            counted.insert(name.to_owned(), start.saturating_add(items.len() as u64));
        }
        out.push(made);
    }
    out
}

/// The list that begins at `at`, with all items of its level and below. Takes at least one.
fn list(items: &[Paragraph], at: &mut usize, level: usize, book: &mut Book) -> Block {
    let first = items[*at].item.clone();
    let start = first.as_ref().and_then(|item| item.start);
    let name = first.as_ref().map(|item| item.list.clone()).unwrap_or_default();
    let mut out: Vec<Vec<Block>> = Vec::new();
    while let Some(paragraph) = items.get(*at) {
        let Some(item) = &paragraph.item else { break };
        if item.level.min(MAX_LEVEL) < level {
            break;
        }
        if item.level.min(MAX_LEVEL) > level && !out.is_empty() {
            let inner = list(items, at, item.level.min(MAX_LEVEL), book);
            out.last_mut().into_iter().for_each(|last| last.push(inner.clone()));
            continue;
        }
        if !out.is_empty() && !item.further && (item.list != name || item.start.is_some() != start.is_some())
        {
            break;
        }
        *at += 1;
        let mut blocks = Vec::new();
        one(Paragraph { item: None, ..paragraph.clone() }, &mut blocks, &mut None, true, book);
        match out.last_mut().filter(|_| item.further) {
            Some(last) => last.extend(blocks),
            None if blocks.is_empty() => {}
            None => out.push(blocks),
        }
    }
    Block::List { start, items: out }
}

/// A table; one of a single column is no more than a frame.
fn table(head: bool, rows: Vec<Vec<Vec<Flow>>>, book: &mut Book) -> Vec<Block> {
    if rows.iter().map(Vec::len).max().unwrap_or(0) <= 1 {
        let cells: Vec<Flow> = rows.into_iter().flatten().flatten().collect();
        return blocks(cells, book);
    }
    let mut cells: Vec<Vec<Vec<Inline>>> =
        rows.into_iter().map(|row| row.into_iter().map(in_a_line).collect()).collect();
    let head = (head && cells.len() > 1).then(|| cells.remove(0));
    vec![Block::Table { head, rows: cells, caption: None }]
}

fn with_caption(mut table: Vec<Block>, words: Option<Vec<Inline>>) -> Vec<Block> {
    match (table.last_mut(), words) {
        (Some(Block::Table { caption, .. }), words) => *caption = words,
        (_, Some(words)) => table.insert(0, Block::Paragraph(words)),
        _ => {}
    }
    table
}

/// A cell's paragraphs as one run of inlines.
fn in_a_line(flow: Vec<Flow>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for part in flow {
        if !out.is_empty() {
            out.push(Inline::Break);
        }
        match part {
            Flow::Paragraph(paragraph) => out.extend(tidy(paragraph.words)),
            Flow::Table { rows, .. } => {
                for cell in rows.into_iter().flatten() {
                    out.extend(in_a_line(cell));
                    out.push(Inline::Break);
                }
            }
            Flow::Blocks(blocks) => {
                for block in blocks {
                    out.extend(super::visit::into_inlines(block));
                    out.push(Inline::Break);
                }
            }
        }
    }
    tidy(out)
}
