//! Tables on pages: each has the rule above its first row and the one below its
//! last, where the style rules tables.
//!
//! The rules of a page have no origin, as words have. But tables follow one
//! another, and so do their rules: each table takes the nearest wide rule above
//! its first words and the first one below its last that no table before it
//! took. A rule that is missing leaves one table without, whichever that is.

use super::Count;
use crate::diag::{Code, Diagnostic};
use crate::length::Abs;
use crate::pages::{Child, Item, NodeId, Pages, Role, Tag, Tree};
use std::collections::BTreeMap;

/// A height on the pages: page, and how far down.
type Height = (usize, Abs);

/// Where the words and pictures of a table stand on one page.
#[derive(Clone, Copy)]
struct TableOnPage {
    top: Abs,
    foot: Abs,
    left: Abs,
    right: Abs,
}

/// A rule, and whether a table has taken it for its own.
struct Ruled {
    at: Height,
    left: Abs,
    right: Abs,
    taken: bool,
}

/// Two rules for each table that has words: one above it and one below.
pub(super) fn check(pages: &Pages, findings: &mut Vec<Diagnostic>) -> Count {
    let mut count = Count::default();
    if !pages.ruled_tables {
        return count;
    }
    let mut rules = rules(pages);
    for parts in tables(pages) {
        let (Some((first, top)), Some((last, foot))) = (parts.first_key_value(), parts.last_key_value())
        else {
            continue;
        };
        let above = rules.iter().rposition(|rule| rule.at <= (*first, top.top) && rule.spans(top));
        let above = take(&mut rules, above);
        let below = rules.iter().position(|rule| rule.at >= (*last, foot.foot) && rule.spans(foot));
        let below = take(&mut rules, below);
        for (side, _) in [("above", above), ("below", below)].iter().filter(|(_, found)| !found) {
            findings.push(lost(pages, *first, side));
        }
        count.wanted += 2;
        count.found += usize::from(above) + usize::from(below);
    }
    count
}

/// Whether there was such a rule to take.
fn take(rules: &mut [Ruled], index: Option<usize>) -> bool {
    index.is_some_and(|index| !std::mem::replace(&mut rules[index].taken, true))
}

impl Ruled {
    /// It is free and begins where the table's words do, or runs along most of
    /// them; long words may reach far past the last column.
    fn spans(&self, part: &TableOnPage) -> bool {
        let shared = self.right.min(part.right) - self.left.max(part.left);
        let begins = self.left <= part.left + Abs::pt(0.5) && shared > Abs::ZERO;
        !self.taken && (begins || shared * 2 >= part.right - part.left)
    }
}

fn lost(pages: &Pages, page: usize, side: &str) -> Diagnostic {
    let label = pages.pages.get(page).map_or("", |page| page.label.as_str());
    let message = format!("the table that begins on page {label} would lose the rule {side} it");
    Diagnostic::new(Code::RuleLost, None, message)
        .hint("this is a fault of Pamphleteer: these pages are not written; please report it with this table")
}

/// The wide rules of all pages, from the top of the first page on.
fn rules(pages: &Pages) -> Vec<Ruled> {
    let mut rules = Vec::new();
    for (number, page) in pages.pages.iter().enumerate() {
        for placed in &page.items {
            if let Item::Rule(size) = placed.item {
                let (left, right) = (placed.at.x, placed.at.x + size.width);
                rules.push(Ruled { at: (number, placed.at.y), left, right, taken: false });
            }
        }
    }
    rules.sort_by_key(|rule| rule.at);
    rules
}

/// Where each table stands, in the order of the book, by page; a table without
/// words has no place.
fn tables(pages: &Pages) -> Vec<BTreeMap<usize, TableOnPage>> {
    let mut table_of = vec![None; pages.tree.leaves()];
    let mut count = 0;
    mark(&pages.tree, Tree::ROOT, None, &mut table_of, &mut count);
    let mut tables = vec![BTreeMap::new(); count];
    for (number, page) in pages.pages.iter().enumerate() {
        let edge = page.frame.at.x + page.frame.size.width;
        for placed in &page.items {
            let Role::Leaf(leaf) = placed.role else { continue };
            let Some(Some(table)) = table_of.get(leaf.index()) else { continue };
            let width = match &placed.item {
                Item::Run(run) => run.width(),
                Item::Picture(_, size) => size.width,
                Item::Rule(_) => continue,
            };
            let left = placed.at.x.max(page.frame.at.x);
            let (y, right) = (placed.at.y, (placed.at.x + width).min(edge));
            let part: &mut TableOnPage =
                tables[*table].entry(number).or_insert(TableOnPage { top: y, foot: y, left, right });
            part.top = part.top.min(y);
            part.foot = part.foot.max(y);
            part.left = part.left.min(left);
            part.right = part.right.max(right);
        }
    }
    tables
}

/// Writes down for each leaf in which table it stands; captions stand outside
/// of the rules, and notes at the foot of the page. A tree is as deep as the
/// book's own divisions, which are bounded.
fn mark(tree: &Tree, id: NodeId, table: Option<usize>, table_of: &mut [Option<usize>], count: &mut usize) {
    let node = tree.get(id);
    let table = match node.tag {
        Tag::Table => {
            *count += 1;
            Some(*count - 1)
        }
        Tag::Caption | Tag::Note => None,
        _ => table,
    };
    for child in &node.children {
        match child {
            Child::Node(child) => mark(tree, *child, table, table_of, count),
            Child::Leaf(leaf) => table_of[leaf.index()] = table,
        }
    }
}
