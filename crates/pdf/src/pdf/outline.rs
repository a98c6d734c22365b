//! The outline: headings as a tree, which viewers show beside the pages.

use crate::pages::{Destination, OutlineItem, Pages};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::outline::{Outline, OutlineNode};

/// The outline of the pages; `shift` pages stand before the first of them.
pub(super) fn outline(pages: &Pages, shift: usize) -> Outline {
    let mut outline = Outline::new();
    let mut items = pages.outline.as_slice();
    while let Some(node) = branch(pages, shift, &mut items) {
        outline.push_child(node);
    }
    outline
}

/// Takes the first item and all deeper ones that follow it. An item whose
/// place is not in the book is passed over, with its branch.
fn branch(pages: &Pages, shift: usize, items: &mut &[OutlineItem]) -> Option<OutlineNode> {
    loop {
        let (first, rest) = items.split_first()?;
        *items = rest;
        let node = target(pages, shift, first).map(|to| OutlineNode::new(first.title.clone(), to));
        let mut node = node.map(|node| node.with_open(first.level == 1));
        while items.first().is_some_and(|next| next.level > first.level) {
            let inner = branch(pages, shift, items);
            if let (Some(node), Some(inner)) = (&mut node, inner) {
                node.push_child(inner);
            }
        }
        if node.is_some() {
            return node;
        }
    }
}

fn target(pages: &Pages, shift: usize, item: &OutlineItem) -> Option<XyzDestination> {
    let place = pages.destinations.get(item.to.0 as usize)?;
    destination(pages, shift, place)
}

/// A place in the file; none when the book has no such page.
pub(super) fn destination(pages: &Pages, shift: usize, place: &Destination) -> Option<XyzDestination> {
    let page = place.page as usize;
    let point = Point::from_xy(place.at.x.to_f32().max(0.0), place.at.y.to_f32().max(0.0));
    (page < pages.pages.len()).then(|| XyzDestination::new(page + shift, point))
}
