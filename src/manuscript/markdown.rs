//! From Markdown events to blocks. The only user of the Markdown parser.

use super::fences::Fence;
use super::inlines::{self, Token};
use super::prepare::{FENCE, Prepared};
use super::raw::{
    Attrs, Block, BlockKind, Definition, Heading, Inline, InlineKind, Item, Note, Style, Table, Text,
};
use super::{shape, smart};
use crate::book::{Align, Lang};
use crate::diag::{Code, Diagnostic, Span};
use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Options, Parser, Tag};
use std::collections::BTreeMap;
use std::ops::Range;

/// How deep blocks, and inlines, may nest; what lies deeper is kept, but one level up.
const MAX_DEPTH: usize = 60;

/// Parses a prepared text.
pub(super) fn parse(text: &Prepared, language: &Lang, findings: &mut Vec<Diagnostic>) -> Text {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_DEFINITION_LIST;
    let mut builder = Builder {
        text,
        language,
        findings,
        frames: Vec::new(),
        ignored: Vec::new(),
        marks: 0,
        notes: Vec::new(),
        html: None,
        depth_told: false,
        links: BTreeMap::new(),
    };
    builder.frames.push(Frame::new(Hold::Blocks, 0..text.text.len()));
    let parser = Parser::new_ext(&text.text, options);
    let links = parser.reference_definitions().iter();
    builder.links = links.map(|(label, link)| (label.to_lowercase(), link.span.clone())).collect();
    for (event, range) in parser.into_offset_iter() {
        builder.event(event, range);
    }
    builder.finish()
}

/// What an open element holds when it ends.
enum Hold {
    /// The whole text, a quote's inside, an item's inside ...
    Blocks,
    Quote,
    Item,
    Meaning,
    Note(String),
    List(Option<u64>),
    Definitions,
    Table(Vec<Align>),
    Row,
    Code(String),
    /// A paragraph; `true` when no event opened it (in a tight list).
    Para(bool),
    Heading(u8),
    Cell,
    Term,
    Styled(Style),
    Link(String),
    Image(String, String),
}

/// An open element.
struct Frame {
    hold: Hold,
    range: Range<usize>,
    blocks: Vec<Block>,
    /// Open divisions: number of the fence, and the blocks inside.
    divs: Vec<(usize, Vec<Block>)>,
    tokens: Vec<Token>,
    items: Vec<Item>,
    definitions: Vec<Definition>,
    cells: Vec<Vec<Inline>>,
    /// Where the last cell ends in the prepared text.
    cells_end: usize,
    rows: Vec<Vec<Vec<Inline>>>,
    loose: bool,
}

impl Frame {
    fn new(hold: Hold, range: Range<usize>) -> Frame {
        Frame {
            hold,
            range,
            blocks: Vec::new(),
            divs: Vec::new(),
            tokens: Vec::new(),
            items: Vec::new(),
            definitions: Vec::new(),
            cells: Vec::new(),
            cells_end: 0,
            rows: Vec::new(),
            loose: false,
        }
    }

    fn holds_blocks(&self) -> bool {
        matches!(self.hold, Hold::Blocks | Hold::Quote | Hold::Item | Hold::Meaning | Hold::Note(_))
    }

    fn blocks(&mut self) -> &mut Vec<Block> {
        self.divs.last_mut().map_or(&mut self.blocks, |(_, blocks)| blocks)
    }
}

struct Builder<'a> {
    text: &'a Prepared,
    language: &'a Lang,
    findings: &'a mut Vec<Diagnostic>,
    frames: Vec<Frame>,
    /// For every open tag: whether it made no frame.
    ignored: Vec<bool>,
    /// How many page marks are placed.
    marks: usize,
    notes: Vec<Note>,
    /// The HTML block that is being read.
    html: Option<String>,
    depth_told: bool,
    /// The link definitions that no link has used yet.
    links: BTreeMap<String, Range<usize>>,
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
            event => self.inline(event, range),
        }
    }

    fn inline(&mut self, event: Event<'_>, range: Range<usize>) {
        if let Hold::Code(_) = self.top().hold {
            if let Event::Text(words) = event {
                self.top().tokens.push(Token::Literal(range, words.into_string()));
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
            Event::SoftBreak => self.top().tokens.push(Token::Words(range.start, " ".to_owned())),
            Event::HardBreak => self.node(range, InlineKind::Break),
            Event::FootnoteReference(label) => {
                let label = label.to_lowercase();
                self.node(range, InlineKind::Note { label, site: usize::MAX });
            }
            Event::InlineHtml(html) => {
                self.html_found(&html, self.text.span(range.clone()));
                self.top().tokens.push(Token::Literal(range, html.into_string()));
            }
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
        while let Some((place, _, _)) = self.text.marks.get(self.marks).filter(|mark| mark.0 < range.end) {
            let piece = &self.text.text[at..(*place).max(at)];
            self.top().tokens.push(Token::Words(at, piece.to_owned()));
            at = (*place).max(at);
            self.inline_marks(at);
        }
        let rest = self.text.text[at..range.end].to_owned();
        self.top().tokens.push(Token::Words(at, rest));
    }

    fn node(&mut self, range: Range<usize>, kind: InlineKind) {
        self.top().tokens.push(Token::Node(range, kind));
    }

    /// Places the page marks that stand at `to` or before, inside a line.
    fn inline_marks(&mut self, to: usize) {
        while let Some((place, label, span)) = self.text.marks.get(self.marks).filter(|mark| mark.0 <= to) {
            let mark = Token::Mark(*place, label.clone(), *span);
            self.marks += 1;
            self.top().tokens.push(mark);
        }
    }

    /// Places the page marks that stand at `to` or before, between blocks.
    fn block_marks(&mut self, to: usize) {
        if !self.top().holds_blocks() {
            return;
        }
        while let Some((_, label, span)) = self.text.marks.get(self.marks).filter(|mark| mark.0 <= to) {
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
            Some(Hold::Styled(Style::Strike)) if !ignored => {
                let double = self.text.text[range.start..].starts_with("~~");
                let style = if double { Style::Strike } else { Style::Sub };
                self.frames.push(Frame::new(Hold::Styled(style), range));
            }
            Some(hold) if !ignored => {
                if let Hold::Para(_) = hold {
                    self.top().loose = true;
                }
                self.frames.push(Frame::new(hold, range));
            }
            _ if deep => self.too_deep(range),
            _ => {}
        }
    }

    /// Takes note of the definition that a link uses, and of a title that no edition prints.
    fn link_used(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        let (Tag::Link { id, title, .. } | Tag::Image { id, title, .. }) = tag else { return };
        self.links.remove(&id.to_lowercase());
        if matches!(tag, Tag::Link { .. }) && !title.trim().is_empty() {
            let message = format!("the link's title “{title}” is printed nowhere");
            let span = self.text.span(range.clone());
            self.findings.push(
                Diagnostic::new(Code::LinkTitle, span, message).hint("delete it, or say it in the text"),
            );
        }
    }

    fn links_unused(&mut self) {
        for (label, range) in std::mem::take(&mut self.links) {
            let message = format!("no link uses the definition `[{label}]`: the line is not printed");
            let hint =
                format!("write [words][{label}] where the link belongs, or `\\[` when the line is text");
            let span = self.trimmed(range);
            self.findings.push(Diagnostic::new(Code::LinkUnused, span, message).hint(hint));
        }
    }

    /// Cells beyond those of the head are not in the Markdown parser's table.
    fn lost_cells(&mut self, row: &Range<usize>) {
        let end = self.top().cells_end;
        let row_end = row.start + self.text.text[row.clone()].trim_end().len();
        let rest = self.text.text.get(end..row_end.max(end)).unwrap_or("");
        let words = rest.trim_matches([' ', '\t', '|']);
        if end > 0 && !words.is_empty() {
            let at = end + rest.find(words).unwrap_or(0);
            let span = self.text.span(at..at + words.len());
            let message = format!("this row has more cells than the head: “{words}” would be lost");
            let hint = "give the head as many cells; write `\\|` for the sign itself";
            self.findings.push(Diagnostic::new(Code::TableShape, span, message).hint(hint));
        }
    }

    fn too_deep(&mut self, range: Range<usize>) {
        if !std::mem::replace(&mut self.depth_told, true) {
            let message =
                format!("quotes, lists or marks stand more than {MAX_DEPTH} deep in one another here");
            let hint = "what lies deeper is kept, but not set further in";
            let span = self.text.span(range.start..range.start + 1);
            self.findings.push(Diagnostic::new(Code::NestingTooDeep, span, message).hint(hint));
        }
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

    /// Ends the innermost open element and gives it to the one around it.
    fn pop(&mut self, range: Option<Range<usize>>) {
        if let Some(range) = &range
            && !self.top().holds_blocks()
            && !matches!(
                self.top().hold,
                Hold::Code(_) | Hold::List(_) | Hold::Table(_) | Hold::Row | Hold::Definitions
            )
        {
            self.inline_marks(range.end.saturating_sub(1));
        }
        if let (Hold::Row, Some(range)) = (&self.top().hold, &range) {
            self.lost_cells(range);
        }
        self.close_divs();
        let Some(mut frame) = self.frames.pop() else { return };
        let range = range.unwrap_or_else(|| frame.range.start..end_of(&frame.tokens, frame.range.end));
        let blocks = std::mem::take(&mut frame.blocks);
        match frame.hold {
            Hold::Blocks => self.top().blocks().extend(blocks),
            Hold::Quote => self.block(range, BlockKind::Quote(blocks)),
            Hold::Item => {
                let span = self.text.span(range);
                let top = self.top();
                top.loose |= frame.loose;
                top.items.push(Item { blocks, span });
            }
            Hold::Meaning => self.meaning(blocks),
            Hold::Note(label) => {
                let span = self.trimmed(range);
                self.notes.push(Note { label, blocks, span });
            }
            Hold::List(start) => {
                let (items, tight) = (frame.items, !frame.loose);
                self.block(range, BlockKind::List { start, tight, items });
            }
            Hold::Definitions => self.block(range, BlockKind::Definitions(frame.definitions)),
            Hold::Table(columns) => {
                let mut rows = frame.rows.into_iter();
                let head = rows.next().unwrap_or_default();
                self.block(
                    range,
                    BlockKind::Table(Table { columns, head, rows: rows.collect(), caption: None }),
                );
            }
            Hold::Row => self.top().rows.push(frame.cells),
            Hold::Code(lang) => self.code(lang, frame.tokens, range),
            hold => self.pop_inlines(hold, frame.tokens, range),
        }
    }

    /// Each line above a definition is a term.
    fn pop_terms(&mut self, tokens: Vec<Token>) {
        let newline = |token: &Token| matches!(token, Token::Words(at, _) if self.text.text.as_bytes().get(*at) == Some(&b'\n'));
        let mut terms = vec![Vec::new()];
        for token in tokens {
            if newline(&token) {
                terms.push(Vec::new());
            } else if let Some(term) = terms.last_mut() {
                term.push(token);
            }
        }
        for term in terms.into_iter().filter(|term| !term.is_empty()) {
            let mut inlines = inlines::fold(term, self.text, self.findings);
            smart::set(&mut inlines, &self.passage_language());
            self.term(inlines);
        }
    }

    fn pop_inlines(&mut self, hold: Hold, tokens: Vec<Token>, range: Range<usize>) {
        if let Hold::Term = hold {
            return self.pop_terms(tokens);
        }
        let mut inlines = inlines::fold(tokens, self.text, self.findings);
        match hold {
            Hold::Styled(style) => self.node(range, InlineKind::Styled(style, inlines)),
            Hold::Link(dest) => self.node(range, InlineKind::Link { dest, page: false, children: inlines }),
            Hold::Image(path, title) => {
                smart::set(&mut inlines, &self.passage_language());
                let alt = super::raw::plain(&inlines).trim().to_owned();
                self.node(range, InlineKind::Image { path, title, alt, attrs: Attrs::default() });
            }
            Hold::Heading(level) => {
                let attrs = inlines::trailing_attrs(&mut inlines, self.findings);
                let language = attrs.lang.clone().unwrap_or_else(|| self.passage_language());
                smart::set(&mut inlines, &language);
                self.block(range, BlockKind::Heading(Heading { level, content: inlines, attrs }));
            }
            hold => {
                smart::set(&mut inlines, &self.passage_language());
                match hold {
                    Hold::Cell => {
                        self.top().cells_end = range.end;
                        self.top().cells.push(inlines);
                    }
                    _ if inlines.is_empty() => {}
                    _ => self.block(range, BlockKind::Para(inlines)),
                }
            }
        }
    }

    fn term(&mut self, inlines: Vec<Inline>) {
        let definitions = &mut self.top().definitions;
        match definitions.last_mut().filter(|last| last.meanings.is_empty()) {
            Some(last) => last.terms.push(inlines),
            None => definitions.push(Definition { terms: vec![inlines], meanings: Vec::new() }),
        }
    }

    fn meaning(&mut self, blocks: Vec<Block>) {
        let definitions = &mut self.top().definitions;
        match definitions.last_mut() {
            Some(last) => last.meanings.push(blocks),
            None => definitions.push(Definition { terms: Vec::new(), meanings: vec![blocks] }),
        }
    }

    fn code(&mut self, lang: String, tokens: Vec<Token>, range: Range<usize>) {
        let pieces = tokens.into_iter().map(|token| match token {
            Token::Literal(_, words) | Token::Words(_, words) => words,
            Token::Node(..) | Token::Mark(..) => String::new(),
        });
        let mut text: String = pieces.collect();
        if !text.ends_with('\n') && !text.is_empty() {
            text.push('\n');
        }
        self.block(range, BlockKind::Code { lang, text });
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

    fn html_block(&mut self, html: &str, range: Range<usize>) {
        self.close_paragraph();
        self.block_marks(range.start);
        let number = html.trim().strip_prefix("<!--").and_then(|rest| rest.strip_prefix(FENCE));
        let number = number.and_then(|rest| rest.strip_suffix("-->")).and_then(|n| n.parse::<usize>().ok());
        match number.and_then(|n| self.text.fences.get(n).map(|fence| (n, fence.clone()))) {
            Some((number, Fence::Open(_, span))) => {
                let open: usize = self.frames.iter().map(|frame| frame.divs.len() + 1).sum();
                if open < MAX_DEPTH {
                    self.top().divs.push((number, Vec::new()));
                } else {
                    let message = "divisions stand too deep in one another here";
                    self.findings.push(Diagnostic::new(Code::NestingTooDeep, span, message));
                }
            }
            Some((_, Fence::Close(span))) => self.close_div(span),
            None => {
                let span =
                    self.text.span(range.start..range.start + self.text.text[range.clone()].trim_end().len());
                self.html_found(html, span);
                let kind = BlockKind::Code { lang: "html".to_owned(), text: html.to_owned() };
                self.block(range, kind);
            }
        }
    }

    fn close_div(&mut self, span: Span) {
        let Some((number, blocks)) = self.top().divs.pop() else {
            let message = "this `:::` closes nothing here";
            let hint =
                "a division ends where it began: in the same quote, list item or note, with the same indent";
            self.findings.push(Diagnostic::new(Code::DivUnopened, span, message).hint(hint));
            return;
        };
        if let Some(Fence::Open(attrs, opening)) = self.text.fences.get(number).cloned() {
            let blocks = shape::div(attrs, blocks, opening.to(span), self.findings);
            self.top().blocks().extend(blocks);
        }
    }

    /// Divisions that are still open where their container ends.
    fn close_divs(&mut self) {
        while let Some(number) = self.top().divs.last().map(|(number, _)| *number) {
            let Some(Fence::Open(attrs, span)) = self.text.fences.get(number) else { return };
            let name = attrs.classes.first().map_or("", String::as_str);
            let message = format!("the division `{name}` that opens here is never closed");
            let hint = "end it with a line `:::`, in the same quote, list item or note, with the same indent";
            let span = *span;
            self.findings.push(Diagnostic::new(Code::DivUnclosed, span, message).hint(hint));
            self.close_div(span);
        }
    }

    fn html_found(&mut self, html: &str, span: Span) {
        let shown: String = html.trim().lines().next().unwrap_or("").chars().take(40).collect();
        let message = format!("`{shown}` is HTML, and a book is no web page");
        let hint = "say it in Markdown: `:::` divisions, `[words]{.class}`, `^1^`; or write `\\<` for the sign itself";
        self.findings.push(Diagnostic::new(Code::HtmlRaw, span, message).hint(hint));
    }

    fn finish(mut self) -> Text {
        self.close_paragraph();
        self.block_marks(usize::MAX);
        self.close_divs();
        self.links_unused();
        let blocks = self.frames.pop().map(|frame| frame.blocks).unwrap_or_default();
        let mut text = Text { blocks, notes: self.notes };
        shape::all(&mut text, self.language, self.findings);
        text
    }
}

fn end_of(tokens: &[Token], least: usize) -> usize {
    tokens.last().map_or(least, |token| match token {
        Token::Words(at, words) => at + words.len(),
        Token::Literal(range, _) | Token::Node(range, _) => range.end,
        Token::Mark(at, ..) => *at,
    })
}

/// What a tag opens; none for what is not ours.
fn hold(tag: Tag<'_>) -> Option<Hold> {
    Some(match tag {
        Tag::Paragraph => Hold::Para(false),
        Tag::Heading { level, .. } => Hold::Heading(level as u8),
        Tag::BlockQuote(_) => Hold::Quote,
        Tag::CodeBlock(CodeBlockKind::Fenced(lang)) => Hold::Code(lang.trim().to_owned()),
        Tag::CodeBlock(CodeBlockKind::Indented) => Hold::Code(String::new()),
        Tag::List(start) => Hold::List(start),
        Tag::Item => Hold::Item,
        Tag::FootnoteDefinition(label) => Hold::Note(label.to_lowercase()),
        Tag::DefinitionList => Hold::Definitions,
        Tag::DefinitionListTitle => Hold::Term,
        Tag::DefinitionListDefinition => Hold::Meaning,
        Tag::Table(columns) => Hold::Table(columns.into_iter().map(align).collect()),
        Tag::TableHead => Hold::Row,
        Tag::TableRow => Hold::Row,
        Tag::TableCell => Hold::Cell,
        Tag::Emphasis => Hold::Styled(Style::Emph),
        Tag::Strong => Hold::Styled(Style::Strong),
        Tag::Strikethrough => Hold::Styled(Style::Strike),
        Tag::Link { link_type: LinkType::Email, dest_url, .. } => Hold::Link(format!("mailto:{dest_url}")),
        Tag::Link { dest_url, .. } => Hold::Link(dest_url.into_string()),
        Tag::Image { dest_url, title, .. } => Hold::Image(dest_url.into_string(), title.into_string()),
        _ => return None,
    })
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::Default,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Centre,
        Alignment::Right => Align::Right,
    }
}
