//! The rows and cells of tables, and what is written in one line of a cell.

use crate::convert::element::{Element, Node};
use crate::convert::model::{Block, Inline, tidy};

/// The rows of a table, not those of tables in it.
pub(super) fn own_rows<'e>(element: &'e Element, rows: &mut Vec<&'e Element>, strays: &mut Vec<&'e Node>) {
    for node in &element.children {
        let Node::Element(child) = node else {
            strays.push(node);
            continue;
        };
        match child.name.as_str() {
            "tr" => {
                strays.extend(child.children.iter().filter(|node| !is_cell(node)));
                rows.push(child);
            }
            "caption" => {}
            "thead" | "tbody" | "tfoot" | "colgroup" | "col" => own_rows(child, rows, strays),
            name if name != "table" && child.find("tr").is_some() => own_rows(child, rows, strays),
            _ => strays.push(node),
        }
    }
}

fn is_cell(node: &Node) -> bool {
    matches!(node, Node::Element(element) if matches!(element.name.as_str(), "td" | "th"))
}

/// The cells of a row.
pub(super) fn cells(row: &Element) -> impl Iterator<Item = &Element> {
    row.elements().filter(|element| matches!(element.name.as_str(), "td" | "th"))
}

/// Blocks as one run of inlines, for cells and captions.
pub(super) fn in_a_line(blocks: Vec<Block>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    flatten(blocks, &mut out);
    tidy(out)
}

fn flatten(blocks: Vec<Block>, out: &mut Vec<Inline>) {
    for block in blocks {
        if !out.is_empty() {
            out.push(Inline::Break);
        }
        match block {
            Block::Heading { words, .. } | Block::Paragraph(words) => out.extend(words),
            Block::Quote(inner) | Block::Division { blocks: inner, .. } => flatten(inner, out),
            Block::Verse(stanzas) => {
                for (_, line) in stanzas.into_iter().flatten() {
                    out.extend(line);
                    out.push(Inline::Break);
                }
            }
            Block::List { items, .. } => items.into_iter().for_each(|item| flatten(item, out)),
            Block::Definitions(list) => {
                for (term, meaning) in list {
                    out.extend(term);
                    flatten(meaning, out);
                }
            }
            Block::Table { head, rows, caption } => {
                for cell in
                    caption.into_iter().chain(head.into_iter().flatten()).chain(rows.into_iter().flatten())
                {
                    out.extend(cell);
                    out.push(Inline::Break);
                }
            }
            Block::Figure { path, alt, caption, .. } => {
                out.push(Inline::Image { path, alt });
                out.extend(caption);
            }
            Block::Code { text, .. } => out.push(Inline::Code(text)),
            Block::PageMark(label) => out.push(Inline::PageMark(label)),
            Block::SceneBreak => {}
        }
    }
}

/// Which columns a cell of a row above reaches into, and how many rows further.
#[derive(Default)]
pub(super) struct Reaching {
    columns: Vec<usize>,
}

impl Reaching {
    /// Leaves the next cells of a row empty that a cell above reaches into.
    pub(super) fn leave_out(&mut self, row: &mut Vec<Vec<Inline>>) {
        while let Some(rows @ 1..) = self.columns.get_mut(row.len()) {
            *rows -= 1;
            row.push(Vec::new());
        }
    }

    /// A cell in these columns reaches over so many rows more.
    pub(super) fn over(&mut self, columns: std::ops::Range<usize>, rows: usize) {
        if self.columns.len() < columns.end {
            self.columns.resize(columns.end, 0);
        }
        self.columns[columns].fill(rows);
    }
}
