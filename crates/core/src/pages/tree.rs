//! The logical structure of laid-out pages: the tags of ISO 32000-1 §14.8.
//!
//! The typesetter builds the tree in reading order while it reads the book,
//! before any line is broken; items on pages then say to which leaf they
//! belong. A leaf that runs over several lines or pages is still one leaf, so
//! reading order never depends on where things came to stand.
//!
//! For an accessible file the typesetter provides:
//! - every item of content its leaf, also list numbers, note marks and the
//!   numbers in the contents; leaders, rules and running heads have none;
//! - a note as `Note`, whose first child is a `Label` (with the link back to
//!   the call) followed by its paragraphs, right after the paragraph that
//!   calls it; the call as a `Reference`, which the link to the note names;
//! - a link of the author's as `Link`; a line of the contents as `TocItem`
//!   with a `Link` in it;
//! - list items as `ListItem` of one `Label` and one `ListBody`; table cells
//!   directly in a `TableRow` of a `Table`; a `Figure` with its words, its
//!   `Caption` inside it or beside it;
//! - words for every link and figure: an empty description takes the claim of
//!   PDF/UA from the whole file.
//!
//! The writer sees to the rest: headings that skip a rank are moved up, and
//! what must be wrapped (annotations in `Link`, entries in `Reference`) is.

use crate::narrow::Nearest;
use std::sync::Arc;

/// A node of the tree: an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

/// A leaf of the tree: an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeafId(u32);

/// What stands before the items of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Labels {
    /// The same mark before each.
    Bullets,
    /// Their numbers.
    Figures,
    /// Nothing, or the terms that they define.
    Terms,
}

/// Standard structure types (ISO 32000-1 §14.8.4).
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the standard's own names")]
pub enum Tag {
    Document,
    Part,
    Sect,
    /// A heading of rank 1 to 6.
    Heading(u8),
    P,
    BlockQuote,
    /// Contents list, and one entry of it.
    Toc,
    TocItem,
    List(Labels),
    ListItem,
    Label,
    ListBody,
    Table,
    TableRow,
    TableHeaderCell(Scope),
    TableCell,
    /// A picture, with its words for those who don't see it.
    Figure(Option<String>),
    Caption,
    Code,
    Note,
    /// A note's call.
    Reference,
    Link,
    Span,
    Emphasis,
    Strong,
    Div,
}

/// What a header cell heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Scope {
    Row,
    Column,
}

/// A child of a node, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Child {
    /// A node.
    Node(NodeId),
    /// Content.
    Leaf(LeafId),
}

/// One node.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub tag: Tag,
    /// What is in it, in reading order.
    pub children: Vec<Child>,
    /// BCP 47 tag when it differs from what is around it.
    pub lang: Option<Arc<str>>,
}

/// The whole structure: a document node and what is in it.
#[derive(Clone, Debug)]
pub struct Tree {
    nodes: Vec<Node>,
    leaves: u32,
}

impl Default for Tree {
    fn default() -> Tree {
        Tree { nodes: vec![Node { tag: Tag::Document, children: Vec::new(), lang: None }], leaves: 0 }
    }
}

impl Tree {
    /// The document node.
    pub const ROOT: NodeId = NodeId(0);

    /// Adds a node as the last child of `parent`.
    pub fn node(&mut self, parent: NodeId, tag: Tag) -> NodeId {
        let id = NodeId(u32::nearest(self.nodes.len()));
        self.nodes.push(Node { tag, children: Vec::new(), lang: None });
        self.nodes[parent.0 as usize].children.push(Child::Node(id));
        id
    }

    /// Adds a leaf as the last child of `parent`.
    pub fn leaf(&mut self, parent: NodeId) -> LeafId {
        let id = LeafId(self.leaves);
        self.leaves += 1;
        self.nodes[parent.0 as usize].children.push(Child::Leaf(id));
        id
    }

    /// Puts what stands in the document node of another tree into `under`, as its last
    /// children: what its ids have become.
    pub fn graft(&mut self, under: NodeId, branch: Tree) -> Graft {
        // the document node of the branch is left out
        let graft = Graft { under, nodes: u32::nearest(self.nodes.len()) - 1, leaves: self.leaves };
        self.leaves += branch.leaves;
        for (index, mut node) in branch.nodes.into_iter().enumerate() {
            node.children.iter_mut().for_each(|child| match child {
                Child::Node(id) => *id = graft.node(*id),
                Child::Leaf(id) => *id = graft.leaf(*id),
            });
            if index == 0 {
                self.nodes[under.0 as usize].children.append(&mut node.children);
            } else {
                self.nodes.push(node);
            }
        }
        graft
    }

    /// Says that what is in `node` is in another language.
    pub fn set_lang(&mut self, node: NodeId, lang: Arc<str>) {
        self.nodes[node.0 as usize].lang = Some(lang);
    }

    /// The node of that id.
    #[must_use]
    pub fn get(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// How many nodes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is nothing in the document node.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes[0].children.is_empty()
    }

    /// How many leaves there are.
    #[must_use]
    pub fn leaves(&self) -> usize {
        self.leaves as usize
    }
}

/// What the ids of a tree have become in the one that it was put into.
#[derive(Clone, Copy, Debug)]
pub struct Graft {
    under: NodeId,
    /// What is added to the numbers of nodes, and of leaves.
    nodes: u32,
    leaves: u32,
}

impl Graft {
    /// The id of that node now.
    #[must_use]
    pub fn node(&self, id: NodeId) -> NodeId {
        if id == Tree::ROOT { self.under } else { NodeId(id.0 + self.nodes) }
    }

    /// The id of that leaf now.
    #[must_use]
    pub fn leaf(&self, id: LeafId) -> LeafId {
        LeafId(id.0 + self.leaves)
    }
}

impl NodeId {
    /// The node's number, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl LeafId {
    /// The leaf's number, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}
