//! From Markdown events to blocks. The only user of the Markdown parser.

mod builder;
mod coverage;
mod division;
mod end;
mod frame;
mod open_tags;
mod unheard;

use super::depth::MAX_DEPTH;
use super::fences::Fence;
use super::inlines::{NOTE, Token};
use super::leftover::Leftovers;
use super::prepare::{ItemMark, LiftedMark, Prepared, TURN};
use super::raw::{Block, BlockKind, Inline, InlineKind, InlineStyle, Text};
use super::shape;
use crate::book::{Around, Lang, Numbers, stands_among_ideographs};
use crate::diag::{self, Diagnostic, Span, whole_characters};
use crate::sources::Markup;
use builder::Builder;
use coverage::Coverage;
use frame::{Frame, Hold, hold};
use open_tags::OpenTags;
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::collections::BTreeMap;
use std::ops::Range;

/// Parses a prepared text.
pub(super) fn parse(
    text: &Prepared,
    source: &str,
    language: &Lang,
    markup: Markup,
    findings: &mut Vec<Diagnostic>,
) -> Text {
    let (mut text, mut left) = read(text, source, language, markup, Leftovers::default(), findings);
    left.tell(findings);
    shape::all(&mut text, markup, findings);
    text
}

/// Reads a prepared text; what marks were left over comes to those of `left`.
fn read(
    text: &Prepared,
    source: &str,
    language: &Lang,
    markup: Markup,
    left: Leftovers,
    findings: &mut Vec<Diagnostic>,
) -> (Text, Leftovers) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST;
    let mut builder = Builder {
        text,
        source,
        language,
        markup,
        left,
        findings,
        frames: Vec::new(),
        ignored: Vec::new(),
        marks: 0,
        notes: Vec::new(),
        html: None,
        told: OpenTags::default(),
        depth_told: false,
        links: BTreeMap::new(),
    };
    builder.frames.push(Frame::new(Hold::Blocks, 0..text.text.len()));
    let parser = Parser::new_ext(&text.text, options);
    let links = parser.reference_definitions().iter();
    builder.links = links.map(|(label, link)| (label.to_lowercase(), link.span.clone())).collect();
    let definitions = builder.links.values().cloned().collect();
    let mut coverage = Coverage::of(&text.text, definitions);
    for (event, range) in parser.into_offset_iter() {
        let range = whole_characters(&text.text, range);
        coverage.event(&event, &range);
        builder.event(event, range);
        diag::bound(builder.findings);
    }
    builder.unread(coverage.gaps());
    builder.finish()
}

/// Words that stand by themselves where Markdown reads none, within `around`, a listing's first line or front matter:
/// their marks mean what they mean in a paragraph. None where they have no marks, or are no paragraph.
pub(super) fn words_at(
    words: &str,
    (source, around): (&str, Span),
    (language, markup): (&Lang, Markup),
    left: &mut Leftovers,
    findings: &mut Vec<Diagnostic>,
) -> Option<Vec<Inline>> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | ',' | '.' | '\'' | '"');
    if words.chars().all(is_plain) && !words.contains("www.") && !words.contains(",,") {
        return None;
    }
    let mut piece = Prepared::piece_of(words, source, around);
    piece.define_called_notes(around.start as usize);
    let (text, told) = read(&piece, source, language, markup, std::mem::take(left), findings);
    *left = told;
    match <[Block; 1]>::try_from(text.blocks).ok()? {
        [Block { kind: BlockKind::Para(words), .. }]
            if !text.notes.iter().any(|note| note.label.starts_with(NOTE)) =>
        {
            Some(words)
        }
        _ => None,
    }
}

impl Builder<'_> {
    fn top(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::new(Hold::Blocks, 0..0));
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    /// The language of the innermost open division that has one, else the book's.
    fn passage_language(&self) -> Lang {
        let numbers = self.frames.iter().rev().flat_map(|frame| frame.divs.iter().rev());
        let mut languages = numbers.filter_map(|(number, _)| match self.text.fences.get(*number) {
            Some(Fence::Open(attrs, _)) => attrs.lang.clone(),
            _ => None,
        });
        languages.next().unwrap_or_else(|| self.language.clone())
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::HtmlBlock) => self.html = Some(String::new()),
            Event::Start(tag) => {
                self.link_used(&tag, &range);
                self.start(tag, range);
            }
            Event::End(pulldown_cmark::TagEnd::HtmlBlock) => {
                let html = self.html.take().unwrap_or_default();
                self.html_block(&html, range);
            }
            Event::End(_) => self.end(range),
            Event::Rule => self.block(range, BlockKind::SceneBreak),
            Event::Html(words) => {
                if let Some(html) = &mut self.html {
                    html.push_str(&words);
                }
            }
            Event::Text(_) if self.html.is_some() => {}
            Event::TaskListMarker(done) => self.task(done),
            event => self.inline(event, range),
        }
    }

    /// The item that has just begun is a task.
    fn task(&mut self, done: bool) {
        let item = self.frames.iter_mut().rev().find(|frame| matches!(frame.hold, Hold::Item));
        item.into_iter().for_each(|item| item.done = Some(done));
    }

    fn inline(&mut self, event: Event<'_>, range: Range<usize>) {
        if let Hold::Code(_) = self.top().hold {
            if let Event::Text(words) = event {
                // a cell that was drawn over several lines, in a place where a table is code
                let words = words.replace(TURN, " ");
                self.top().tokens.push(Token::Literal(range, words));
            }
            return;
        }
        self.open_paragraph(&range);
        if !matches!(event, Event::Text(_)) {
            self.inline_marks(range.start);
        }
        match event {
            Event::Text(words) => self.words(&words, range),
            Event::Code(words) => self.node(range, InlineKind::Code(words.into_string())),
            Event::SoftBreak => self.line_end(range),
            Event::HardBreak => self.node(range, InlineKind::Break),
            Event::FootnoteReference(label) => {
                let label = label.to_lowercase();
                self.node(range, InlineKind::Note { label, site: None });
            }
            Event::InlineHtml(html) if html.starts_with("<!--") => {}
            Event::InlineHtml(html) => self.inline_html(&html, range),
            _ => {}
        }
    }

    /// Words, parted where pages of the older edition start.
    fn words(&mut self, words: &str, range: Range<usize>) {
        let exact = self.text.text.get(range.clone()) == Some(words);
        let escaped = exact
            && self.text.text[..range.start].ends_with('\\')
            && words.starts_with(|c: char| c.is_ascii_punctuation());
        self.inline_marks(range.start);
        if !exact {
            self.top().tokens.push(Token::Literal(range, words.to_owned()));
            return;
        }
        let mut at = range.start;
        if escaped {
            self.top().tokens.push(Token::Literal(at..at + 1, words[..1].to_owned()));
            at += 1;
        }
        while let Some(LiftedMark { at: place, .. }) =
            self.text.marks.get(self.marks).filter(|mark| mark.at < range.end)
        {
            let piece = &self.text.text[at..(*place).max(at)];
            self.top().tokens.push(Token::Words(at, piece.to_owned()));
            at = (*place).max(at);
            self.inline_marks(at);
        }
        let rest = self.text.text[at..range.end].to_owned();
        self.top().tokens.push(Token::Words(at, rest));
    }

    /// The end of a line within a paragraph: a space, nothing between ideographs,
    /// or an end of line that the author wants.
    fn line_end(&mut self, range: Range<usize>) {
        let kept = self.markup.keep_lines || self.stands_in("lines");
        if kept && !matches!(self.top().hold, Hold::Heading(_) | Hold::Term | Hold::Image(..)) {
            return self.node(range, InlineKind::Break);
        }
        let marks = ['*', '_', '~', ' ', '>', '\n', '\r'];
        // between Chinese or Japanese letters no space belongs where a line ends
        let before = self.text.text[..range.start].trim_end_matches(marks).chars().next_back();
        let after = self.text.text[range.end..].trim_start_matches(marks).chars().next();
        let joins = before.is_some_and(stands_among_ideographs) && after.is_some_and(stands_among_ideographs);
        let space = if joins { "" } else { " " };
        self.top().tokens.push(Token::Words(range.start, space.to_owned()));
    }

    /// Whether a division of that class is open around what is read.
    fn stands_in(&self, class: &str) -> bool {
        let numbers = self.frames.iter().flat_map(|frame| frame.divs.iter());
        numbers.into_iter().any(|(number, _)| match self.text.fences.get(*number) {
            Some(Fence::Open(attrs, _)) => attrs.classes.iter().any(|known| known == class),
            _ => false,
        })
    }

    fn node(&mut self, range: Range<usize>, kind: InlineKind) {
        self.top().tokens.push(Token::Node(range, kind));
    }

    /// Places the page marks that stand at `to` or before, inside a line.
    fn inline_marks(&mut self, to: usize) {
        while let Some(mark) = self.text.marks.get(self.marks).filter(|mark| mark.at <= to) {
            let mark = Token::Mark(mark.clone());
            self.marks += 1;
            self.top().tokens.push(mark);
        }
    }

    /// Places the page marks that stand at `to` or before, between blocks.
    fn block_marks(&mut self, to: usize) {
        if !self.top().holds_blocks() {
            return;
        }
        while let Some(LiftedMark { label, span, .. }) =
            self.text.marks.get(self.marks).filter(|mark| mark.at <= to)
        {
            let block = Block { kind: BlockKind::PageMark(label.clone()), span: *span };
            self.marks += 1;
            self.top().blocks().push(block);
        }
    }

    /// In a tight list words stand in an item without a paragraph of their own.
    fn open_paragraph(&mut self, range: &Range<usize>) {
        if self.top().holds_blocks() {
            self.block_marks(range.start);
            self.frames.push(Frame::new(Hold::Para(true), range.clone()));
        }
    }

    fn close_paragraph(&mut self) {
        if let Hold::Para(true) = self.top().hold {
            self.pop(None);
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let hold = hold(tag);
        let inline = matches!(hold, Some(Hold::Styled(_) | Hold::Link(_) | Hold::Image(..)));
        if inline {
            self.open_paragraph(&range);
            self.inline_marks(range.start);
        } else {
            self.close_paragraph();
            self.block_marks(range.start);
        }
        let deep = self.frames.len() >= MAX_DEPTH && !matches!(hold, Some(Hold::Para(_)));
        let inside_deep =
            matches!(hold, Some(Hold::Item | Hold::Meaning | Hold::Term | Hold::Row | Hold::Cell))
                && self.top().holds_blocks();
        let ignored = hold.is_none() || deep || inside_deep;
        self.ignored.push(ignored);
        match hold {
            Some(Hold::Styled(InlineStyle::Strike)) if !ignored => {
                let double = self.text.text[range.start..].starts_with("~~");
                let style = if double { InlineStyle::Strike } else { InlineStyle::Sub };
                self.frames.push(Frame::new(Hold::Styled(style), range));
            }
            Some(hold) if !ignored => {
                if let Hold::Para(_) = hold {
                    self.top().loose = true;
                }
                let mark = matches!(hold, Hold::Item).then(|| self.item_mark(&range)).flatten();
                let mut frame = Frame::new(hold, range);
                frame.mark = mark;
                self.frames.push(frame);
            }
            _ if deep => self.too_deep(range),
            _ => {}
        }
    }

    /// How the author numbered an item.
    fn item_mark(&self, range: &Range<usize>) -> Option<ItemMark> {
        let noted = self.text.items.range(range.start..range.start + 8).next().map(|(_, mark)| *mark);
        noted.or_else(|| {
            let words = self.text.text[range.start..].trim_start();
            let digits = words.bytes().take_while(u8::is_ascii_digit).count();
            let number = words[..digits].parse().ok()?;
            let numbers = Numbers { around: Around::Parenthesis, ..Numbers::default() };
            words[digits..].starts_with(')').then_some(ItemMark { number, numbers })
        })
    }

    fn end(&mut self, range: Range<usize>) {
        let ignored = self.ignored.pop().unwrap_or(true);
        let inline = matches!(self.top().hold, Hold::Styled(_) | Hold::Link(_) | Hold::Image(..));
        if !inline {
            self.close_paragraph();
        }
        if !ignored {
            self.pop(Some(range));
        }
    }

    fn block(&mut self, range: Range<usize>, kind: BlockKind) {
        self.close_paragraph();
        let span = self.trimmed(range);
        self.top().blocks().push(Block { kind, span });
    }

    /// The author's bytes behind a range, without the blank at its end.
    fn trimmed(&self, range: Range<usize>) -> Span {
        let end = range.start + self.text.text[range.clone()].trim_end().len();
        self.text.span(range.start..end)
    }

    fn finish(mut self) -> (Text, Leftovers) {
        self.close_paragraph();
        self.block_marks(self.text.text.len());
        self.close_divs();
        self.links_unused();
        let blocks = self.frames.pop().map(|frame| frame.blocks).unwrap_or_default();
        (Text { blocks, notes: self.notes }, self.left)
    }
}
