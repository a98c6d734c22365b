//! What stands on pages in the leaves of their structure.

use super::letters::push_letters;
use crate::pages::{Child, Flow, Item, NodeId, Pages, Role, Tree};

/// What stands on pages of a leaf.
#[derive(Clone, Default)]
pub(super) struct Leaf {
    /// Words of the author's.
    pub(super) is_authors: bool,
    /// Something that is seen.
    pub(super) is_seen: bool,
    /// The letters of the tool's words.
    pub(super) letters: String,
    /// The note whose words they are.
    pub(super) note: Option<Flow>,
}

/// What stands on the pages of each leaf.
pub(super) fn leaves(pages: &Pages) -> Vec<Leaf> {
    let mut leaves = vec![Leaf::default(); pages.tree.leaves()];
    for placed in pages.pages.iter().flat_map(|page| &page.items) {
        let Role::Leaf(leaf) = placed.role else { continue };
        let Some(leaf) = leaves.get_mut(leaf.index()) else { continue };
        match &placed.item {
            Item::Run(run) => match run.origin {
                Some(origin) => {
                    leaf.is_authors = true;
                    leaf.is_seen = true;
                    leaf.note = leaf.note.or(Some(origin.flow).filter(|flow| matches!(flow, Flow::Note(_))));
                }
                None => {
                    push_letters(&mut leaf.letters, &run.text);
                    leaf.is_seen |= !leaf.letters.is_empty();
                }
            },
            Item::Picture(..) | Item::Rule(_) => leaf.is_seen = true,
        }
    }
    leaves
}

/// The letters in a node, unless words of the author's stand in it; `None` for a node without leaves.
pub(super) fn letters_in(tree: &Tree, leaves: &[Leaf], id: NodeId) -> Option<(String, bool)> {
    let (mut letters, mut is_seen, mut any, mut open) = (String::new(), false, false, vec![Child::Node(id)]);
    while let Some(child) = open.pop() {
        match child {
            Child::Node(id) => open.extend(tree.get(id).children.iter().rev()),
            Child::Leaf(leaf) => {
                let leaf = &leaves[leaf.index()];
                if leaf.is_authors {
                    return None;
                }
                any = true;
                is_seen |= leaf.is_seen;
                letters.push_str(&leaf.letters);
            }
        }
    }
    any.then_some((letters, is_seen))
}
