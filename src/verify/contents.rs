//! Every entry of a contents list stands once, with the number of the page that
//! it leads to.

use super::Count;
use crate::diag::{Code, Diagnostic};
use crate::pages::{Child, Item, LeafId, LinkTarget, NodeId, Pages, Role, Tag, Tree};
use std::collections::BTreeMap;

/// An entry: the node of the link on its number, and the leaf of the number.
struct Entry {
    link: NodeId,
    number: LeafId,
}

/// Compares the numbers of all contents lists with the pages that they lead to.
pub(super) fn check(pages: &Pages, findings: &mut Vec<Diagnostic>) -> Count {
    let entries = entries(&pages.tree);
    if entries.is_empty() {
        return Count::default();
    }
    let numbers = numbers(pages, &entries);
    let targets = targets(pages, &entries);
    let mut found = 0;
    for entry in &entries {
        let shown = numbers.get(&entry.number).map_or("", String::as_str);
        let right = targets.get(&entry.link).map_or(&[][..], Vec::as_slice);
        match right {
            [label] if label == shown => found += 1,
            _ => findings.push(Diagnostic::new(
                Code::ContentsNumber,
                None,
                format!(
                    "an entry of the contents list says page `{shown}`, and what it names stands on page `{}`",
                    right.join("`, `")
                ),
            ).hint("this is a fault of Pamphleteer: these pages are not written; please report it")),
        }
    }
    Count { wanted: entries.len(), found }
}

/// The entries of all contents lists, in reading order.
fn entries(tree: &Tree) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut open = vec![(Tree::ROOT, false)];
    while let Some((node, listed)) = open.pop() {
        let tag = &tree.get(node).tag;
        let listed = listed || matches!(tag, Tag::TocItem);
        for child in &tree.get(node).children {
            match child {
                Child::Node(inner) if listed && matches!(tag, Tag::Reference) => {
                    entries.extend(entry(tree, *inner));
                }
                Child::Node(inner) => open.push((*inner, listed)),
                Child::Leaf(_) => {}
            }
        }
    }
    entries
}

fn entry(tree: &Tree, link: NodeId) -> Option<Entry> {
    let leaf = tree.get(link).children.iter().find_map(|child| match child {
        Child::Leaf(leaf) => Some(*leaf),
        Child::Node(_) => None,
    });
    leaf.map(|number| Entry { link, number })
}

/// What each number says on the pages; all of them when it stands more than once.
fn numbers(pages: &Pages, entries: &[Entry]) -> BTreeMap<LeafId, String> {
    let mut numbers: BTreeMap<LeafId, String> =
        entries.iter().map(|entry| (entry.number, String::new())).collect();
    for placed in pages.pages.iter().flat_map(|page| &page.items) {
        if let (Item::Run(run), Role::Leaf(leaf)) = (&placed.item, placed.role)
            && let Some(number) = numbers.get_mut(&leaf)
        {
            number.push_str(run.text.trim());
        }
    }
    numbers
}

/// The labels of the pages that each entry leads to.
fn targets(pages: &Pages, entries: &[Entry]) -> BTreeMap<NodeId, Vec<String>> {
    let mut targets: BTreeMap<NodeId, Vec<String>> =
        entries.iter().map(|entry| (entry.link, Vec::new())).collect();
    for link in pages.pages.iter().flat_map(|page| &page.links) {
        if let Some(labels) = targets.get_mut(&link.node)
            && let LinkTarget::Destination(to) = &link.to
        {
            let page = pages.destinations.get(to.0 as usize).map(|place| place.page as usize);
            labels.extend(page.and_then(|page| pages.pages.get(page)).map(|page| page.label.clone()));
        }
    }
    targets
}
