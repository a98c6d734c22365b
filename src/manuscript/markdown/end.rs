//! Elements that end: what was read inside becomes a block, or a part of one,
//! of the element around.

use super::Builder;
use super::frame::{Frame, Hold};
use crate::manuscript::inlines::{self, Token};
use crate::manuscript::raw::{
    self, Attrs, Block, BlockKind, Definition, Heading, Inline, InlineKind, Item, Note, Table,
};
use crate::manuscript::smart;
use std::ops::Range;

impl Builder<'_> {
    /// Ends the innermost open element and gives it to the one around it.
    pub(super) fn pop(&mut self, range: Option<Range<usize>>) {
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
        let Some(frame) = self.frames.pop() else { return };
        let range = range.unwrap_or_else(|| frame.range.start..end_of(&frame.tokens, frame.range.end));
        self.give(frame, range);
    }

    /// Gives what an element held to the one around it.
    fn give(&mut self, mut frame: Frame, range: Range<usize>) {
        let blocks = std::mem::take(&mut frame.blocks);
        match frame.hold {
            Hold::Blocks => self.top().blocks().extend(blocks),
            Hold::Quote => self.block(range, BlockKind::Quote(blocks)),
            Hold::Item => {
                let span = self.text.span(range);
                let top = self.top();
                top.loose |= frame.loose;
                top.items.push(Item { done: frame.done, blocks, span });
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
                let table = Table { columns, head, rows: rows.collect(), caption: None };
                self.block(range, BlockKind::Table(table));
                self.behind_table(blocks);
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
                let alt = raw::plain(&inlines).trim().to_owned();
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
}

fn end_of(tokens: &[Token], least: usize) -> usize {
    tokens.last().map_or(least, |token| match token {
        Token::Words(at, words) => at + words.len(),
        Token::Literal(range, _) | Token::Node(range, _) => range.end,
        Token::Mark(at, ..) => *at,
    })
}
