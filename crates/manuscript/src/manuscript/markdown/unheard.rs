//! What the author wrote and no edition would show: Markdown drops it without a
//! word, so it is told.

use super::builder::Builder;
use super::frame::Hold;
use crate::diag::{Code, Diagnostic, Span};
use crate::manuscript::depth::too_deep;
use crate::manuscript::html;
use crate::manuscript::inlines::Token;
use crate::manuscript::raw::Block;
use pulldown_cmark::Tag;
use std::ops::Range;

impl Builder<'_> {
    /// Tells of what the parser left out.
    pub(super) fn unread(&mut self, gaps: Vec<Range<usize>>) {
        for gap in gaps {
            let shown: String = self.text.text[gap.clone()].chars().take(40).collect();
            let message = format!("these words would be in no edition: “{}”", shown.trim());
            let hint =
                "divide the table or list that they stand in, or give each row of the table all its cells";
            let span = self.text.span(gap);
            self.findings.push(Diagnostic::new(Code::TextUnread, span, message).hint(hint));
        }
    }

    /// Takes note of the definition that a link uses, and of a title that no edition prints.
    pub(super) fn link_used(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
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

    pub(super) fn links_unused(&mut self) {
        for (label, range) in std::mem::take(&mut self.links) {
            if is_remark(&self.text.text[range.clone()]) {
                continue;
            }
            let message = format!("no link uses the definition `[{label}]`: the line is not printed");
            let hint =
                format!("write [words][{label}] where the link belongs, or `\\[` when the line is text");
            let span = self.trimmed(range);
            self.findings.push(Diagnostic::new(Code::LinkUnused, span, message).hint(hint));
        }
    }

    /// Cells beyond those of the head are not in the Markdown parser's table.
    pub(super) fn lost_cells(&mut self, row: &Range<usize>) {
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

    /// The parser gives up on a table whose rows lack too many cells, and takes
    /// whatever follows for a part of it. That is told, and stands behind the table.
    pub(super) fn behind_table(&mut self, blocks: Vec<Block>) {
        let Some(first) = blocks.first() else { return };
        let message = "the rows of this table lack so many cells that from here on they are not read as rows";
        let hint = "give them as many cells as the head has, or divide the table";
        self.findings.push(Diagnostic::new(Code::TableShape, first.span, message).hint(hint));
        self.top().blocks().extend(blocks);
    }

    pub(super) fn too_deep(&mut self, range: Range<usize>) {
        if !std::mem::replace(&mut self.depth_told, true) {
            self.findings.push(too_deep(self.text.span(range.start..range.start + 1)));
        }
    }

    /// Tells of HTML, of the tags of an element once.
    pub(super) fn html_found(&mut self, html: &str, span: Span) {
        let (name, closes) = html::tag_name(html);
        if closes && self.told.close(&name) {
            return;
        }
        let in_cell = matches!(self.top().hold, Hold::Cell);
        self.findings.push(html::found(html, span, in_cell));
        self.told.open(name);
    }

    /// A tag inside of a line; between doubled signs, as in `<<Hola>>`, it is words in quotation marks,
    /// of which the check on left-over marks tells.
    pub(super) fn inline_html(&mut self, tag: &str, range: Range<usize>) {
        let (before, behind) = (&self.text.text[..range.start], &self.text.text[range.end..]);
        if before.ends_with('<') && behind.starts_with('>') {
            self.top().tokens.push(Token::Words(range.start, tag.to_owned()));
        } else if html::is_understood(tag) {
            self.top().tokens.push(Token::Tag(range, tag.to_owned()));
        } else {
            self.html_found(tag, self.text.span(range.clone()));
            self.top().tokens.push(Token::Literal(range, tag.to_owned()));
        }
    }
}

/// Whether a definition leads nowhere, as Markdown's authors write remarks that nobody is to read:
/// `[//]: # (a remark)`, `[comment]: <> (a remark)`.
fn is_remark(definition: &str) -> bool {
    let address = definition.split_once("]:").and_then(|(_, rest)| rest.split_whitespace().next());
    address.is_some_and(|address| matches!(address, "#" | "<>"))
}
