//! Whether a book holds more of anything than it may (see [`bounds`]).
//!
//! It is asked of the texts as they are parsed, before anything is done that takes
//! longer than reading them: what comes later may then rely on the bounds.

use super::parsed::ParsedText;
use super::raw::{Attrs, Block, BlockKind, Inline, InlineKind};
use super::visit::{Holder, Met, visit};
use crate::bounds::{self, Bound};
use crate::diag::{Diagnostic, FileId, Span};
use std::collections::BTreeSet;

/// What a book holds more of than it may; nothing when all is well.
pub(super) fn exceeded(parts: &mut [ParsedText]) -> Vec<Diagnostic> {
    let mut count = Count::default();
    for part in &mut *parts {
        count.blocks(&mut part.text.blocks);
        for note in &mut part.text.notes {
            count.notes += 1;
            count.once(&bounds::NOTES, count.notes, "the book", note.span);
            count.blocks(&mut note.blocks);
        }
    }
    let last = parts.last().and_then(|part| part.text.blocks.first()).map(|block| block.span);
    let sections = parts.len();
    if bounds::SECTIONS.is_exceeded_by(sections) {
        count.findings.push(Diagnostic::too_much("the book", &bounds::SECTIONS, sections, last));
    }
    count.findings
}

/// The finding on texts that have more marks than a book may have. It is asked before they are parsed, as a tree of
/// so many marks has no room: eight megabytes may be four million of them.
pub(super) fn marks<'t>(texts: impl Iterator<Item = (FileId, &'t str)>) -> Option<Diagnostic> {
    let mut count = 0;
    for (file, text) in texts {
        let mut before = 0;
        for (at, byte) in text.bytes().enumerate() {
            // a row of signs is one mark, but each bracket and each sign that is protected is one of its own
            count += usize::from(match byte {
                b'[' | b'<' | b'\\' | b'&' => true,
                b'*' | b'_' | b'`' | b'~' | b'^' => byte != before,
                _ => false,
            });
            if bounds::MARKS.is_exceeded_by(count) {
                return Some(Diagnostic::too_much(
                    "the book",
                    &bounds::MARKS,
                    count,
                    Span::new(file, at, at + 1),
                ));
            }
            before = byte;
        }
    }
    None
}

/// What has been counted so far.
#[derive(Default)]
struct Count {
    blocks: usize,
    notes: usize,
    languages: BTreeSet<String>,
    findings: Vec<Diagnostic>,
}

impl Count {
    /// Tells of something that is counted one by one, where it is the first too many.
    fn once(&mut self, bound: &Bound, found: usize, what: &str, span: Span) {
        if found == bound.count() + 1 {
            self.findings.push(Diagnostic::too_much(what, bound, found, span));
        }
    }

    fn blocks(&mut self, blocks: &mut [Block]) {
        visit(blocks, &mut |met| match met {
            Met::Block(block) => {
                self.counted(block.span);
                self.block(block);
            }
            Met::Item(item) => self.counted(item.span),
            Met::Inlines(inlines, holder, span) => self.length(named(holder), bytes(inlines), span),
            Met::Inline(Inline { kind: InlineKind::Span(attrs, _), span }) => self.language(attrs, *span),
            Met::Inline(Inline { kind: InlineKind::Link { dest, .. }, span }) => self.address(dest, *span),
            Met::Inline(_) => {}
        });
    }

    fn counted(&mut self, span: Span) {
        self.blocks += 1;
        self.once(&bounds::BLOCKS, self.blocks, "the book", span);
    }

    fn block(&mut self, block: &Block) {
        let span = block.span;
        match &block.kind {
            BlockKind::Heading(heading) => self.language(&heading.attrs, span),
            BlockKind::Div(attrs, _) => self.language(attrs, span),
            BlockKind::Table(table) => {
                let cells = table.head.len() + table.rows.iter().map(Vec::len).sum::<usize>();
                if bounds::CELLS.is_exceeded_by(cells) {
                    let finding = Diagnostic::too_much("this table", &bounds::CELLS, cells, span);
                    self.findings.push(finding.hint("divide it into several tables"));
                }
            }
            BlockKind::Code { text, .. } => self.length("this listing", text.len(), span),
            _ => {}
        }
    }

    fn length(&mut self, what: &str, bytes: usize, span: Span) {
        if bounds::PARAGRAPH.is_exceeded_by(bytes) {
            let finding = Diagnostic::too_much(what, &bounds::PARAGRAPH, bytes, span);
            self.findings.push(finding.hint("leave a blank line between its parts"));
        }
    }

    fn address(&mut self, address: &str, span: Span) {
        if bounds::ADDRESS.is_exceeded_by(address.len()) {
            let finding = Diagnostic::too_much("this address", &bounds::ADDRESS, address.len(), span);
            self.findings.push(
                finding.hint("write a shorter one, or put it between back-quotes, which make no link of it"),
            );
        }
    }

    fn language(&mut self, attrs: &Attrs, span: Span) {
        let Some(lang) = &attrs.lang else { return };
        if !self.languages.contains(lang.tag()) {
            self.languages.insert(lang.tag().to_owned());
            self.once(&bounds::LANGUAGES, self.languages.len(), "the book", span);
        }
    }
}

/// What a finding calls inlines that are too long.
fn named(holder: Holder) -> &'static str {
    match holder {
        Holder::Heading => "this heading",
        Holder::Paragraph => "this paragraph",
        Holder::Line => "this line",
        Holder::Attribution => "this attribution",
        Holder::Term => "this term",
        Holder::Cell => "this cell",
        Holder::Caption => "this caption",
    }
}

/// The bytes of the words in `inlines`; what has no words counts as one.
fn bytes(inlines: &[Inline]) -> usize {
    let bytes = |inline: &Inline| match &inline.kind {
        InlineKind::Text(text) | InlineKind::Code(text) => text.len(),
        kind => kind.children().map_or(1, |children| bytes(children)),
    };
    inlines.iter().map(bytes).sum()
}
