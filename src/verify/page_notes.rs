//! The titles above notes that stand together on pages: behind a text, or on pages of their own.

use super::above_notes::{self, Above};
use super::leaves::{Leaf, letters_in};
use super::letters::sorted_letters;
use crate::book::Book;
use crate::pages::{Child, Flow, NodeId, Pages, Tag, Tree};

/// What was found.
pub(super) struct Found {
    /// What is wrong with the first of those titles that are not right.
    pub(super) wrong: Option<String>,
    /// Notes have pages of their own.
    pub(super) have_pages: bool,
}

/// Reads the pages in the order of their structure.
pub(super) fn check(book: &Book, pages: &Pages, leaves: &[Leaf]) -> Found {
    let mut reading = Reading { tree: &pages.tree, leaves, groups: vec![Group::default()] };
    reading.walk(Tree::ROOT);
    // notes at the feet of pages stand below no title of the tool's
    let titled = |group: &&Group| matches!(group.all.first(), Some(Above::Title(_))) && group.has_notes();
    let groups: Vec<&Group> = reading.groups.iter().filter(titled).collect();
    let sections = above_notes::sections(book);
    let wrong =
        groups.iter().find_map(|group| above_notes::wrong(book, &sections, &group.all, &sorted_letters));
    Found { wrong, have_pages: groups.iter().any(|group| group.level == Some(1)) }
}

/// Titles of the tool's and notes that nothing else parts.
#[derive(Default)]
struct Group {
    all: Vec<Above>,
    /// The rank of its first title.
    level: Option<u8>,
}

impl Group {
    /// Whether a title of that rank belongs to what follows: notes without a title have none behind them.
    fn ends_before(&self, level: Option<u8>) -> bool {
        self.level.is_none_or(|own| level.is_none_or(|level| level <= own))
    }

    fn has_notes(&self) -> bool {
        self.all.iter().any(|above| matches!(above, Above::Note(_)))
    }
}

struct Reading<'p> {
    tree: &'p Tree,
    leaves: &'p [Leaf],
    groups: Vec<Group>,
}

impl Reading<'_> {
    /// A tree is as deep as the book's own divisions, which are bounded.
    fn walk(&mut self, id: NodeId) {
        let node = self.tree.get(id);
        match node.tag {
            Tag::Note => {
                let note = self.note_in(id);
                self.add(note.map(Above::Note), None);
            }
            Tag::Heading(level) => {
                let title = letters_in(self.tree, self.leaves, id).map(|(letters, _)| letters);
                self.add(title.filter(|title| !title.is_empty()).map(Above::Title), Some(level));
            }
            _ => {
                for child in &node.children {
                    match child {
                        Child::Node(inner) => self.walk(*inner),
                        Child::Leaf(_) => self.add(None, None),
                    }
                }
            }
        }
    }

    /// Adds what comes next; none for what is neither a title of the tool's nor a note.
    fn add(&mut self, above: Option<Above>, level: Option<u8>) {
        let Some(group) = self.groups.last_mut() else { return };
        match above {
            // the notes before it stand at the feet of pages, or below another title
            Some(Above::Title(title)) if group.has_notes() && group.ends_before(level) => {
                self.groups.push(Group { all: vec![Above::Title(title)], level });
            }
            Some(above) => {
                if group.all.is_empty() {
                    group.level = level;
                }
                group.all.push(above);
            }
            None if group.all.is_empty() => {}
            // titles without notes are nothing that is looked for
            None if !group.has_notes() => *group = Group::default(),
            None => self.groups.push(Group::default()),
        }
    }

    /// The note whose words stand in a node.
    fn note_in(&self, id: NodeId) -> Option<Flow> {
        let mut open = vec![Child::Node(id)];
        while let Some(child) = open.pop() {
            match child {
                Child::Node(id) => open.extend(self.tree.get(id).children.iter().rev()),
                Child::Leaf(leaf) => {
                    if let Some(note) = self.leaves.get(leaf.index()).and_then(|leaf| leaf.note) {
                        return Some(note);
                    }
                }
            }
        }
        None
    }
}
