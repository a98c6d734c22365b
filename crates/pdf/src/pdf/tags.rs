//! The structure tree of the file from the tree of the pages.
//!
//! What the standards ask of nesting is made good here, so that the typesetter
//! can think in the book's own terms: link annotations come to stand in a Link
//! element, what is neither label nor body in a list item becomes body, entries
//! of the contents hold references, and headings never skip a rank.

use crate::pages::{Child, Labels, LeafId, NodeId, Pages, Scope, Tag as PagesTag, Tree};
use krilla::tagging::{
    BBox, Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree,
};
use std::collections::BTreeMap;
use std::num::NonZeroU16;

/// What painting has noted down of the leaves and links.
pub(super) struct Marks {
    /// The marked content of each leaf, in reading order.
    leaves: Vec<Vec<Identifier>>,
    /// The annotations of each node.
    links: BTreeMap<NodeId, Vec<Identifier>>,
    /// For leaves of headings, what they say.
    headings: Vec<Option<String>>,
    /// For leaves that hold one picture, where it stands.
    pictures: BTreeMap<LeafId, BBox>,
}

impl Marks {
    /// Nothing noted yet.
    pub(super) fn new(pages: &Pages) -> Marks {
        let tree = &pages.tree;
        let mut headings = vec![None; tree.leaves()];
        mark_headings(tree, Tree::ROOT, false, &mut headings);
        Marks {
            leaves: vec![Vec::new(); tree.leaves()],
            links: BTreeMap::new(),
            headings,
            pictures: BTreeMap::new(),
        }
    }

    /// The leaf goes on in that marked content.
    pub(super) fn leaf(&mut self, leaf: LeafId, id: Identifier) {
        self.leaves[leaf.index()].push(id);
    }

    /// The node has that annotation.
    pub(super) fn link(&mut self, node: NodeId, id: Identifier) {
        self.links.entry(node).or_default().push(id);
    }

    /// The leaf says that; kept for headings only.
    pub(super) fn said(&mut self, leaf: LeafId, text: &str) {
        if let Some(title) = &mut self.headings[leaf.index()] {
            title.push_str(text);
        }
    }

    /// The leaf holds a picture there.
    pub(super) fn picture(&mut self, leaf: LeafId, place: BBox) {
        self.pictures.insert(leaf, place);
    }
}

/// Marks the leaves of headings; a note's call in a heading is not its title.
fn mark_headings(tree: &Tree, node: NodeId, inside: bool, headings: &mut [Option<String>]) {
    let node = tree.get(node);
    let inside = match node.tag {
        PagesTag::Heading(_) => true,
        PagesTag::Reference | PagesTag::Note => false,
        _ => inside,
    };
    for child in &node.children {
        match *child {
            Child::Node(id) => mark_headings(tree, id, inside, headings),
            Child::Leaf(leaf) if inside => headings[leaf.index()] = Some(String::new()),
            Child::Leaf(_) => {}
        }
    }
}

/// The tree, with `first` (the cover) before everything.
pub(super) fn tree(pages: &Pages, marks: &Marks, first: Option<TagGroup>) -> TagTree {
    let mut builder = Builder { tree: &pages.tree, marks, rank: 0 };
    let mut tree = TagTree::new();
    if let Some(first) = first {
        tree.push(first);
    }
    for child in builder.children(Tree::ROOT) {
        tree.push(child);
    }
    tree
}

struct Builder<'a> {
    tree: &'a Tree,
    marks: &'a Marks,
    /// The rank of the last heading.
    rank: u16,
}

impl Builder<'_> {
    /// The node with all that is in it; none when nothing was painted for it.
    fn node(&mut self, id: NodeId) -> Option<Node> {
        let node = self.tree.get(id);
        let mut kind = self.kind(id);
        let children = self.children(id);
        if children.is_empty() && !matches!(kind, TagKind::TD(_) | TagKind::TH(_)) {
            return None;
        }
        if let Some(lang) = &node.lang {
            kind.as_any_mut().set_lang(Some(lang.to_string()));
        }
        let children = fit(&node.tag, children);
        let group = TagGroup::with_children(kind, children);
        Some(Node::Group(group))
    }

    /// The children in reading order. Annotations stand at the end of a Link
    /// element, which is put between when the node is another.
    fn children(&mut self, id: NodeId) -> Vec<Node> {
        let node = self.tree.get(id);
        let mut children = Vec::with_capacity(node.children.len());
        for child in &node.children {
            match *child {
                Child::Node(id) => children.extend(self.node(id)),
                Child::Leaf(leaf) => {
                    children.extend(self.marks.leaves[leaf.index()].iter().map(|id| Node::from(*id)));
                }
            }
        }
        let Some(links) = self.marks.links.get(&id) else { return children };
        children.extend(links.iter().map(|link| Node::from(*link)));
        if node.tag == PagesTag::Link {
            return children;
        }
        vec![TagGroup::with_children(Tag::Link, children).into()]
    }

    fn kind(&mut self, id: NodeId) -> TagKind {
        match &self.tree.get(id).tag {
            PagesTag::Heading(rank) => self.heading(id, u16::from(*rank)),
            PagesTag::Link if !self.marks.links.contains_key(&id) => Tag::Span.into(),
            PagesTag::Figure(alt) => Tag::Figure(alt.clone()).with_bbox(self.place(id)).into(),
            other => plain(other),
        }
    }

    fn heading(&mut self, id: NodeId, rank: u16) -> TagKind {
        self.rank = rank.clamp(1, self.rank + 1);
        let mut title = String::new();
        self.title(id, &mut title);
        let level = NonZeroU16::new(self.rank).unwrap_or(NonZeroU16::MIN);
        Tag::Hn(level, Some(title.trim().to_owned())).into()
    }

    fn title(&self, id: NodeId, title: &mut String) {
        for child in &self.tree.get(id).children {
            match *child {
                Child::Node(id) => self.title(id, title),
                Child::Leaf(leaf) => {
                    title.push_str(self.marks.headings[leaf.index()].as_deref().unwrap_or(""));
                }
            }
        }
    }

    /// Where a figure's picture stands.
    fn place(&self, id: NodeId) -> Option<BBox> {
        self.tree.get(id).children.iter().find_map(|child| match child {
            Child::Leaf(leaf) => self.marks.pictures.get(leaf).copied(),
            Child::Node(_) => None,
        })
    }
}

fn numbering(labels: Labels) -> ListNumbering {
    match labels {
        Labels::Bullets => ListNumbering::Disc,
        Labels::Figures => ListNumbering::Decimal,
        Labels::Terms => ListNumbering::None,
    }
}

fn plain(tag: &PagesTag) -> TagKind {
    match tag {
        PagesTag::Document | PagesTag::Div => Tag::Div.into(),
        PagesTag::Part => Tag::Part.into(),
        PagesTag::Sect => Tag::Section.into(),
        PagesTag::P | PagesTag::Heading(_) => Tag::P.into(),
        PagesTag::BlockQuote => Tag::BlockQuote.into(),
        PagesTag::Toc => Tag::TOC.into(),
        PagesTag::TocItem => Tag::TOCI.into(),
        PagesTag::List(labels) => Tag::L(numbering(*labels)).into(),
        PagesTag::ListItem => Tag::LI.into(),
        PagesTag::Label => Tag::Lbl.into(),
        PagesTag::ListBody => Tag::LBody.into(),
        PagesTag::Table => Tag::Table.into(),
        PagesTag::TableRow => Tag::TR.into(),
        PagesTag::TableHeaderCell(Scope::Row) => Tag::TH(TableHeaderScope::Row).into(),
        PagesTag::TableHeaderCell(Scope::Column) => Tag::TH(TableHeaderScope::Column).into(),
        PagesTag::TableCell => Tag::TD.into(),
        PagesTag::Figure(alt) => Tag::Figure(alt.clone()).into(),
        PagesTag::Caption => Tag::Caption.into(),
        PagesTag::Code => Tag::Code.into(),
        PagesTag::Note => Tag::Note.into(),
        PagesTag::Reference => Tag::Reference.into(),
        PagesTag::Link => Tag::Link.into(),
        PagesTag::Span => Tag::Span.into(),
        PagesTag::Emphasis => Tag::Em.into(),
        PagesTag::Strong => Tag::Strong.into(),
    }
}

/// Puts between what the standard wants between (ISO 32000-1 §14.8.4.3).
fn fit(parent: &PagesTag, children: Vec<Node>) -> Vec<Node> {
    match parent {
        PagesTag::ListItem => wrap(children, Tag::LBody.into(), |kind| {
            matches!(kind, Some(TagKind::Lbl(_) | TagKind::LBody(_)))
        }),
        PagesTag::TocItem => wrap(children, Tag::Reference.into(), |kind| {
            use TagKind::{Lbl, NonStruct, P, Reference, TOC};
            matches!(kind, None | Some(TOC(_) | Lbl(_) | Reference(_) | P(_) | NonStruct(_)))
        }),
        _ => children,
    }
}

/// Wraps every stretch of children that don't fit into one `wrapper`. Marked
/// content has no kind.
fn wrap(children: Vec<Node>, wrapper: TagKind, fits: fn(Option<&TagKind>) -> bool) -> Vec<Node> {
    let mut wrapped = Vec::with_capacity(children.len());
    let mut stray = Vec::new();
    for child in children {
        let kind = match &child {
            Node::Group(group) => Some(&group.tag),
            Node::Leaf(_) => None,
        };
        if !fits(kind) {
            stray.push(child);
            continue;
        }
        flush(&mut wrapped, &mut stray, &wrapper);
        wrapped.push(child);
    }
    flush(&mut wrapped, &mut stray, &wrapper);
    wrapped
}

fn flush(wrapped: &mut Vec<Node>, stray: &mut Vec<Node>, wrapper: &TagKind) {
    if !stray.is_empty() {
        wrapped.push(TagGroup::with_children(wrapper.clone(), std::mem::take(stray)).into());
    }
}
