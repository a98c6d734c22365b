//! Every text is in the contents list, and every entry stands once, with the number of
//! the page that it leads to.

use super::Count;
use super::expected::{quoted, titles};
use crate::book::{Body, Book, Content, GeneratedPage, Section, plain};
use crate::diag::{Code, Diagnostic};
use crate::pages::{Child, Flow, Item, LeafId, LinkTarget, NodeId, Pages, Role, Tag, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// An entry: the node of the link on its number, and the leaf of the number.
struct Entry {
    link: NodeId,
    number: LeafId,
}

/// Compares the numbers of all contents lists with the pages that they lead to.
pub(super) fn check(book: &Book, pages: &Pages, findings: &mut Vec<Diagnostic>) -> Count {
    let entries = entries(&pages.tree);
    let has_list = book.sections.iter().any(|section| is_list(&section.content));
    if entries.is_empty() && !has_list {
        return Count::default();
    }
    let numbers = numbers(pages, &entries);
    let targets = targets(pages, &entries);
    findings.extend(unlisted(book, pages, &targets));
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

/// Whether it is a contents list that the tool makes.
fn is_list(content: &Content) -> bool {
    matches!(content, Content::Made(GeneratedPage::Contents))
}

/// Titles of texts to whose page no entry leads.
fn unlisted(book: &Book, pages: &Pages, targets: &BTreeMap<NodeId, Vec<String>>) -> Vec<Diagnostic> {
    let listed: BTreeSet<&str> = targets.values().flatten().map(String::as_str).collect();
    let mut starts: BTreeMap<u32, (u32, &str)> = BTreeMap::new();
    for page in &pages.pages {
        let runs = page.items.iter().filter_map(|placed| match (&placed.item, placed.role) {
            (Item::Run(run), Role::Leaf(_)) => run.origin,
            _ => None,
        });
        for origin in runs {
            if let Flow::Section(section) = origin.flow {
                let here = (origin.stretch, page.label.as_str());
                let first = starts.entry(section).or_insert(here);
                *first = (*first).min(here);
            }
        }
    }
    let missing = titles(book).filter(|(section, heading)| {
        // a title that its text begins with stands on its first page
        let body = book.sections.get(*section as usize).and_then(Section::body);
        let is_first = body.and_then(Body::first_heading).is_some_and(|first| std::ptr::eq(first, *heading));
        is_first && starts.get(section).is_some_and(|(_, label)| !listed.contains(label))
    });
    missing
        .map(|(_, heading)| {
            let message = format!("the contents list would lack “{}”", quoted(&plain(&heading.content)));
            Diagnostic::new(Code::TextLost, None, message).hint(
                "this is a fault of Pamphleteer: these pages are not written; please report it with this text",
            )
        })
        .collect()
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
