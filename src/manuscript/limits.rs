//! Whether a book holds more of anything than it may (see [`bounds`]).
//!
//! It is asked of the texts as they are parsed, before anything is done that takes
//! longer than reading them: what comes later may then rely on the bounds.

use super::part::Part;
use super::raw::{Attrs, Block, BlockKind, Inline, InlineKind, Item};
use crate::bounds::{self, Bound};
use crate::diag::{Diagnostic, Span};
use std::collections::BTreeSet;

/// What a book holds more of than it may; nothing when all is well.
pub(super) fn exceeded(parts: &[Part]) -> Vec<Diagnostic> {
    let mut count = Count::default();
    for part in parts {
        count.blocks(&part.text.blocks);
        for note in &part.text.notes {
            count.notes += 1;
            count.once(&bounds::NOTES, count.notes, "the book", note.span);
            count.blocks(&note.blocks);
        }
    }
    let last = parts.last().and_then(|part| part.text.blocks.first()).map(|block| block.span);
    let sections = parts.len();
    if bounds::SECTIONS.is_exceeded_by(sections) {
        count.findings.push(Diagnostic::too_much("the book", &bounds::SECTIONS, sections, last));
    }
    count.findings
}

/// What has been counted so far.
#[derive(Default)]
struct Count<'a> {
    blocks: usize,
    notes: usize,
    languages: BTreeSet<&'a str>,
    findings: Vec<Diagnostic>,
}

impl<'a> Count<'a> {
    /// Tells of something that is counted one by one, where it is the first too many.
    fn once(&mut self, bound: &Bound, found: usize, what: &str, span: Span) {
        if found == bound.count() + 1 {
            self.findings.push(Diagnostic::too_much(what, bound, found, span));
        }
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.blocks += 1;
            self.once(&bounds::BLOCKS, self.blocks, "the book", block.span);
            self.block(block);
        }
    }

    fn block(&mut self, block: &'a Block) {
        let span = block.span;
        match &block.kind {
            BlockKind::Heading(heading) => {
                self.attrs(&heading.attrs, span);
                self.paragraph("this heading", &heading.content, span);
            }
            BlockKind::Para(inlines) => self.paragraph("this paragraph", inlines, span),
            BlockKind::Quote(blocks) => self.blocks(blocks),
            BlockKind::Div(attrs, blocks) => {
                self.attrs(attrs, span);
                self.blocks(blocks);
            }
            BlockKind::Verse(verse) => {
                for line in verse.stanzas.iter().flatten() {
                    self.paragraph("this line", &line.content, line.span);
                }
                verse.attribution.iter().for_each(|words| self.paragraph("this attribution", words, span));
            }
            BlockKind::List { items, .. } => items.iter().for_each(|item| self.item(item)),
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    definition.terms.iter().for_each(|term| self.paragraph("this term", term, span));
                    definition.meanings.iter().for_each(|blocks| self.blocks(blocks));
                }
            }
            BlockKind::Table(table) => {
                let rows = std::iter::once(&table.head).chain(&table.rows);
                let cells = rows.clone().map(Vec::len).sum();
                if bounds::CELLS.is_exceeded_by(cells) {
                    let finding = Diagnostic::too_much("this table", &bounds::CELLS, cells, span);
                    self.findings.push(finding.hint("divide it into several tables"));
                }
                rows.flatten().for_each(|cell| self.paragraph("this cell", cell, span));
                table.caption.iter().for_each(|words| self.paragraph("this caption", words, span));
            }
            BlockKind::Figure(figure) => {
                figure.caption.iter().for_each(|words| self.paragraph("this caption", words, span));
            }
            BlockKind::Code { text, .. } => self.length("this listing", text.len(), span),
            BlockKind::SceneBreak | BlockKind::PageMark(_) => {}
        }
    }

    fn item(&mut self, item: &'a Item) {
        self.blocks += 1;
        self.once(&bounds::BLOCKS, self.blocks, "the book", item.span);
        self.blocks(&item.blocks);
    }

    fn paragraph(&mut self, what: &str, inlines: &'a [Inline], span: Span) {
        let bytes = self.inlines(inlines);
        self.length(what, bytes, span);
    }

    fn length(&mut self, what: &str, bytes: usize, span: Span) {
        if bounds::PARAGRAPH.is_exceeded_by(bytes) {
            let finding = Diagnostic::too_much(what, &bounds::PARAGRAPH, bytes, span);
            self.findings.push(finding.hint("leave a blank line between its parts"));
        }
    }

    /// The bytes of the words in `inlines`.
    fn inlines(&mut self, inlines: &'a [Inline]) -> usize {
        let mut bytes = 0;
        for inline in inlines {
            bytes += match &inline.kind {
                InlineKind::Text(text) | InlineKind::Code(text) => text.len(),
                InlineKind::Span(attrs, children) => {
                    self.attrs(attrs, inline.span);
                    self.inlines(children)
                }
                kind => kind.children().map_or(1, |children| self.inlines(children)),
            };
        }
        bytes
    }

    fn attrs(&mut self, attrs: &'a Attrs, span: Span) {
        let Some(lang) = &attrs.lang else { return };
        if self.languages.insert(lang.tag()) {
            self.once(&bounds::LANGUAGES, self.languages.len(), "the book", span);
        }
    }
}
