//! What the editions must hold: the book's running text, flow by flow, what the
//! tool says in the midst of it, and its pictures.

use super::letters::{is_blank, letters};
use crate::book::{
    Admonition, Block, BlockKind, Book, Content, Div, Figure, Heading, ImageId, Inline, List, NoteId, Role,
    Seen, Within, visit, visit_inlines,
};
use crate::diag::Span;
use crate::narrow::Nearest;
use crate::pages::Flow;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that an edition of a book must hold.
pub(super) struct Expected<'b> {
    /// The flows: every text, and every note that is called from one, be it
    /// through other notes.
    pub(super) flows: BTreeMap<Flow, Running<'b>>,
    /// How often each picture is used in those.
    pub(super) pictures: BTreeMap<ImageId, usize>,
    /// How often a picture says nothing, as one that is no more than an ornament.
    pub(super) silent: BTreeMap<ImageId, usize>,
    /// The notes that are called from a text, and not from another note alone.
    pub(super) called_in_text: BTreeSet<usize>,
    /// How often notes are called in the flows.
    pub(super) calls: usize,
    /// How many pauses between scenes the flows have.
    pub(super) scene_breaks: usize,
    /// How many items of lists the flows have.
    pub(super) items: usize,
    /// How many words have nothing in them that is seen, as soft hyphens alone.
    pub(super) unseen: usize,
}

/// The running text of a flow.
#[derive(Default)]
pub(super) struct Running<'b> {
    /// The author's words.
    pub(super) pieces: Vec<Piece<'b>>,
    /// What the tool says among them: each before the piece of that index.
    pub(super) own: Vec<(usize, Own<'b>)>,
}

/// Something that the tool says in the running text.
#[derive(Clone, Copy)]
pub(super) enum Own<'b> {
    /// A cross-reference.
    Reference(&'b Inline),
    /// What stands before an item of a list.
    Item(&'b List, usize),
    /// What an admonition is called.
    Kind(Admonition),
}

impl Own<'_> {
    /// Where its cause stands in the manuscript, and what it is called.
    pub(super) fn named(&self) -> (Option<Span>, &'static str) {
        match self {
            Own::Reference(inline) => (Some(inline.span), "what this cross-reference should print"),
            Own::Item(list, index) => {
                (list.items.get(*index).map(|item| item.span), "what stands before this item")
            }
            Own::Kind(_) => (None, "the name of a note, tip or warning"),
        }
    }
}

/// The lists that are open where a visit is, with what is said before their items.
#[derive(Default)]
struct Lists<'b> {
    /// The list, if its items have labels; the items that were met, and how many there are.
    open: Vec<(Option<&'b List>, usize, usize)>,
}

impl<'b> Lists<'b> {
    fn begin(&mut self, kind: &'b BlockKind) {
        match kind {
            BlockKind::List(list) => self.open.push((Some(list), 0, list.items.len())),
            BlockKind::Definitions(all) => {
                self.open.push((None, 0, all.iter().map(|one| one.meanings.len()).sum()));
            }
            _ => {}
        }
    }

    /// The next item begins, of the innermost list that has one to come.
    fn next(&mut self) -> Option<Own<'b>> {
        self.open.truncate(self.open.iter().rposition(|(_, met, all)| met < all)? + 1);
        let (list, met, _) = self.open.last_mut()?;
        *met += 1;
        list.map(|list| Own::Item(list, *met - 1))
    }
}

/// Words that the author wrote in one go.
#[derive(Clone, Copy)]
pub(super) struct Piece<'b> {
    /// Bytes of the flow before them.
    pub(super) at: u32,
    /// The words.
    pub(super) words: &'b str,
    /// Where they stand in the manuscript.
    pub(super) span: Span,
    /// The edition may have words of its own before them: a note's mark, a
    /// cross-reference, the number of an item.
    pub(super) apart: bool,
}

impl<'b> Expected<'b> {
    /// What a book holds.
    pub(super) fn of(book: &'b Book) -> Expected<'b> {
        let mut expected = Expected {
            flows: BTreeMap::new(),
            pictures: BTreeMap::new(),
            silent: BTreeMap::new(),
            called_in_text: BTreeSet::new(),
            calls: 0,
            scene_breaks: 0,
            items: 0,
            unseen: 0,
        };
        let mut called = Vec::new();
        for (section, index) in book.sections.iter().zip(0u32..) {
            if let Content::Text(body) = &section.content {
                expected.add(Flow::Section(index), &body.blocks, &mut called);
            }
        }
        expected.called_in_text = called.iter().map(|note| note.index()).collect();
        while let Some(note) = called.pop() {
            let flow = Flow::Note(u32::nearest(note.index()));
            if !expected.flows.contains_key(&flow) {
                expected.add(flow, &book.notes.get(note).blocks, &mut called);
            }
        }
        expected
    }

    fn add(&mut self, flow: Flow, blocks: &'b [Block], called: &mut Vec<NoteId>) {
        let (mut running, mut lists, mut apart) = (Running::default(), Lists::default(), true);
        visit(blocks, &mut |seen| {
            let own = match seen {
                Seen::Words(text, span) | Seen::Code(text, span) => {
                    running.pieces.push(Piece { at: text.at, words: &text.words, span, apart });
                    apart = false;
                    let is_unseen = letters(&text.words).next().is_none();
                    self.unseen += usize::from(is_unseen && !text.words.chars().all(is_blank));
                    return;
                }
                Seen::Call(call) => {
                    called.push(call.note);
                    self.calls += 1;
                    None
                }
                Seen::Reference(inline) => Some(Own::Reference(inline)),
                Seen::Block(block) => {
                    lists.begin(&block.kind);
                    if let BlockKind::Figure(Figure { image, alt: None, .. }) = &block.kind {
                        *self.silent.entry(*image).or_default() += 1;
                    }
                    self.scene_breaks += usize::from(matches!(block.kind, BlockKind::SceneBreak));
                    kind_of(&block.kind).map(Own::Kind)
                }
                Seen::Blocks(_, Within::Item) => {
                    let item = lists.next();
                    self.items += usize::from(item.is_some());
                    item
                }
                Seen::Picture(image, _) => {
                    *self.pictures.entry(image).or_default() += 1;
                    return;
                }
                _ => return,
            };
            apart = true;
            running.own.extend(own.map(|own| (running.pieces.len(), own)));
        });
        self.flows.insert(flow, running);
    }

    /// The notes that must be there.
    pub(super) fn notes(&self) -> impl Iterator<Item = usize> {
        self.flows.keys().filter_map(|flow| match flow {
            Flow::Note(index) => Some(*index as usize),
            Flow::Section(_) => None,
        })
    }
}

/// What an admonition is called, unless its author says it in other words.
fn kind_of(kind: &BlockKind) -> Option<Admonition> {
    let BlockKind::Div(Div::Admonition(kind), _, inside) = kind else { return None };
    let titled = matches!(inside.first(), Some(Block { kind: BlockKind::Div(Div::AdmonitionTitle, ..), .. }));
    (!titled).then_some(*kind)
}

/// The titles of texts that every contents list names, in one spelling: those of texts that
/// are read, if they have words.
pub(super) fn titles(book: &Book) -> impl Iterator<Item = (u32, &Heading)> {
    let is_read = |role: Role| {
        !matches!(
            role,
            Role::HalfTitle
                | Role::TitlePage
                | Role::Imprint
                | Role::Dedication
                | Role::Contents
                | Role::Epigraph
                | Role::Frontispiece
        )
    };
    let sections = (0u32..).zip(&book.sections).filter(move |(_, section)| is_read(section.role));
    let titled = sections.filter_map(|(index, section)| Some((index, section.title()?)));
    titled.filter(|(_, heading)| heading.listed && heading.has_words())
}

/// Whether a title says more or less where it is repeated than its words: a reference in it, or a picture.
pub(super) fn leads_on(title: &[Inline]) -> bool {
    let mut leads_on = false;
    visit_inlines(title, &mut |seen| leads_on |= matches!(seen, Seen::Reference(_) | Seen::Picture(..)));
    leads_on
}

/// The pictures that stand in titles and captions: what repeats those repeats them.
pub(super) fn repeated_pictures(book: &Book) -> BTreeSet<ImageId> {
    let mut repeated = BTreeSet::new();
    for title in book.anchors.iter().filter_map(|(_, anchor)| anchor.title.as_deref()) {
        visit_inlines(title, &mut |seen| {
            if let Seen::Picture(image, _) = seen {
                repeated.insert(image);
            }
        });
    }
    repeated
}

/// How many words those pieces hold.
pub(super) fn words_in(pieces: &[Piece<'_>]) -> usize {
    pieces.iter().map(|piece| piece.words.split_whitespace().count()).sum()
}

/// The first words of a text, as a message quotes them.
pub(super) fn quoted(text: &str) -> String {
    const MOST: usize = 60;
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &words[..words[..end].rfind(' ').unwrap_or(end)]),
        None => words,
    }
}
