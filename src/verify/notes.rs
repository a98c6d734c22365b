//! Notes and pictures on pages: each is there, and no note begins before the
//! page of its call.

use super::Count;
use super::expected::{Expected, repeated_pictures};
use crate::book::Book;
use crate::diag::{Code, Diagnostic};
use crate::pages::{Child, Item, Pages, Role, Tag, Tree};

/// Every note that is called begins somewhere, on the page of its call or later.
/// Where one note calls another, their places may differ: a foot note may go on
/// behind the text whose end notes hold the other.
pub(super) fn check(
    book: &Book,
    expected: &Expected<'_>,
    pages: &Pages,
    findings: &mut Vec<Diagnostic>,
) -> Count {
    let wanted: Vec<usize> = expected.notes().collect();
    let mut found = 0;
    for index in &wanted {
        let place = pages.notes.get(*index).copied().unwrap_or_default();
        let label = |page: u32| pages.pages.get(page as usize).map_or("", |page| page.label.as_str());
        let message = match (place.call, place.note) {
            (Some(call), Some(note)) if note < call && expected.called_in_text.contains(index) => {
                Some(format!("note stands on page {}, before its call on page {}", label(note), label(call)))
            }
            (_, Some(_)) => None,
            (_, None) => Some("note is on no page".to_owned()),
        };
        match message {
            None => found += 1,
            Some(message) => {
                let note = book.notes.iter().nth(*index).map(|(_, note)| note);
                let label = note.map_or("", |note| note.label.as_str());
                let span = note.map(|note| note.span);
                let message = format!("[^{label}]: the {message}");
                findings.push(Diagnostic::new(Code::NoteMisplaced, span, message).hint(
                    "this is a fault of Pamphleteer: these pages are not written; please report it with this text",
                ));
            }
        }
    }
    Count { wanted: wanted.len(), found }
}

/// The mark of a note stands wherever it is called: a label within a reference, whose leaf
/// has words on some page.
pub(super) fn calls(expected: &Expected<'_>, pages: &Pages, findings: &mut Vec<Diagnostic>) -> Count {
    let mut set = vec![false; pages.tree.leaves()];
    for placed in pages.pages.iter().flat_map(|page| &page.items) {
        if let (Item::Run(run), Role::Leaf(leaf)) = (&placed.item, placed.role) {
            set[leaf.index()] |= !run.text.trim().is_empty();
        }
    }
    let mut found = 0;
    let mut open = vec![(Tree::ROOT, false, false)];
    while let Some((id, refers, marks)) = open.pop() {
        let node = pages.tree.get(id);
        let refers = refers || matches!(node.tag, Tag::Reference);
        let marks = marks || refers && matches!(node.tag, Tag::Label);
        let leaves = node.children.iter().filter(|child| match child {
            Child::Leaf(leaf) => set[leaf.index()],
            Child::Node(_) => false,
        });
        found += usize::from(marks && leaves.count() > 0);
        open.extend(node.children.iter().filter_map(|child| match child {
            Child::Node(inner) => Some((*inner, refers, marks)),
            Child::Leaf(_) => None,
        }));
    }
    let wanted = expected.calls;
    if found < wanted {
        let message = format!("notes are called {wanted} times, and {found} calls are on the pages");
        findings.push(Diagnostic::new(Code::NoteMisplaced, None, message).hint(
            "this is a fault of Pamphleteer: these pages are not written; please report it with this text",
        ));
    }
    Count { wanted, found: found.min(wanted) }
}

/// Every picture is there as often as the book uses it, and no more often. One in a title or a caption may
/// stand on more pages, where its words are repeated.
pub(super) fn pictures(
    book: &Book,
    expected: &Expected<'_>,
    pages: &Pages,
    findings: &mut Vec<Diagnostic>,
) -> Count {
    let mut on_pages = vec![0usize; book.images.len()];
    // those that are read: ornaments, and what is repeated above the rows of a table, are not
    let mut read = vec![0usize; book.images.len()];
    for placed in pages.pages.iter().flat_map(|page| &page.items) {
        if let Item::Picture(image, _) = placed.item
            && let Some(count) = on_pages.get_mut(image as usize)
        {
            *count += 1;
            read[image as usize] += usize::from(matches!(placed.role, Role::Leaf(_)));
        }
    }
    let repeated = repeated_pictures(book);
    let mut count = Count::default();
    for (image, wanted) in &expected.pictures {
        let index = image.0 as usize;
        let found = on_pages.get(index).copied().unwrap_or(0).min(*wanted);
        count.wanted += wanted;
        count.found += found;
        let path = book.images.get(index).map_or("", |image| image.path.as_str());
        let silent = expected.silent.get(image).copied().unwrap_or(0);
        let read = read.get(index).copied().unwrap_or(0) + silent;
        if read > *wanted && !repeated.contains(image) {
            let message = format!(
                "the picture `{path}` would stand too often: in {wanted} places, and on pages {read} times"
            );
            findings.push(Diagnostic::new(Code::PictureLost, None, message));
        }
        if found < *wanted {
            let message = format!(
                "the picture `{path}` would be lost: it stands in {wanted} places, on pages {found} times"
            );
            findings.push(Diagnostic::new(Code::PictureLost, None, message));
        }
    }
    count
}
