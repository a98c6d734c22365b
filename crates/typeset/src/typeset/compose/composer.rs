//! What all flows of a book are composed with: words to glyphs, the logical
//! structure, and what is gathered on the way.

use super::context::BookContext;
use super::link::{Collected, LinkEnd, LinkSpec};
use super::note_queue::NoteQueue;
use super::rank::Ranks;
use super::scope::{InlineScope, WordSource};
use super::section::{SectionContext, SectionKind};
use crate::book::{AnchorId, Lang, NoteId};
use crate::length::Abs;
use crate::narrow::Nearest;
use crate::pages::{Child, LeafId, NodeId, Tag, Tree};
use crate::terms::Word;
use crate::typeset::line::{Form, Line, LinkId, Mark, StyledText, Words};
use crate::typeset::paragraph::Paragraph;
use crate::typeset::shaper::Shaper;
use crate::typeset::text_style::TextStyle;
use std::sync::Arc;

/// Composes a book, one flow after another.
pub struct Composer<'a> {
    /// What does not change.
    pub cx: &'a BookContext<'a>,
    /// Words to glyphs.
    pub shaper: Shaper<'a>,
    /// The logical structure.
    pub tree: Tree,
    /// What was gathered so far.
    pub collected: Collected,
    /// Notes that were called and have no place yet.
    pub notes: NoteQueue,
    /// The section that is being composed.
    pub(super) section: SectionContext,
    /// What inlines are composed for just now.
    pub(super) scope: InlineScope,
    /// Marks that had no words to stand with: they wait for the next.
    pub(super) pending_marks: Vec<Mark>,
    /// The ranks of headings in the structure.
    pub(super) ranks: Ranks,
}

/// What stood before something was composed on trial.
pub struct Trial {
    tree: Tree,
    pending_marks: Vec<Mark>,
}

impl<'a> Composer<'a> {
    /// A composer for one pass over the book.
    pub fn new(cx: &'a BookContext<'a>, shaper: Shaper<'a>) -> Self {
        Composer {
            cx,
            shaper,
            tree: Tree::default(),
            collected: Collected::default(),
            notes: NoteQueue::default(),
            section: SectionContext::default(),
            scope: InlineScope::default(),
            pending_marks: Vec::new(),
            ranks: Ranks::default(),
        }
    }

    /// What is composed from here on goes into a structure of its own, until [`Composer::end_trial`]
    /// throws it away.
    pub fn begin_trial(&mut self) -> Trial {
        Trial { tree: std::mem::take(&mut self.tree), pending_marks: std::mem::take(&mut self.pending_marks) }
    }

    /// Goes on where the trial began.
    pub fn end_trial(&mut self, trial: Trial) {
        (self.tree, self.pending_marks) = (trial.tree, trial.pending_marks);
    }

    /// Width and depth of the text block of the pages that are composed for.
    pub(super) fn text_block(&self) -> (Abs, Abs) {
        let (measure, depth) = (self.cx.style.measure(), self.cx.style.depth());
        if self.scope.turned { (depth, measure) } else { (measure, depth) }
    }

    /// What the section is that is being composed.
    pub(super) fn section_kind(&self) -> SectionKind {
        self.section.kind
    }

    /// The lines of a text that is never divided.
    pub fn lines(&mut self, text: &StyledText, form: &Form) -> Vec<Line> {
        // Only what goes over pages needs its other ways to be broken; the best comes first.
        let paragraph = Paragraph::new(text, form, &mut self.shaper);
        let best = paragraph.best_first();
        paragraph.lines(&best[0], &mut self.shaper)
    }

    /// Words that the tool adds.
    pub fn words(&mut self, text_style: &TextStyle, node: NodeId, text: impl Into<String>) -> Words {
        let leaf = self.leaf(node);
        self.cx.words_in(text_style, leaf, text)
    }

    /// A term of the tool's, in its own language where that is not the book's.
    pub fn made_word(&mut self, text_style: &TextStyle, node: NodeId, term: Word<'_>) -> Words {
        self.words_of(text_style, node, &term, term.lang)
    }

    /// Words that the tool adds, in that language when it is not the book's.
    pub fn words_of(
        &mut self,
        text_style: &TextStyle,
        node: NodeId,
        words: &str,
        lang: Option<&str>,
    ) -> Words {
        let Some(lang) = lang.and_then(Lang::parse) else { return self.words(text_style, node, words) };
        let mut text_style = text_style.clone();
        let node = self.lang_node(node, Tag::Span, Some(&lang), &mut text_style);
        self.words(&text_style, node, words)
    }

    /// The leaf that words in `node` go to: the last child, when it is one.
    pub fn leaf(&mut self, node: NodeId) -> LeafId {
        // Words of one node that stand side by side are one leaf, as readers of tagged PDF want them; behind a
        // child of another kind a new leaf begins, so that the order of the leaves is that of the words.
        match self.tree.get(node).children.last() {
            Some(Child::Leaf(leaf)) => *leaf,
            _ => self.tree.leaf(node),
        }
    }

    /// Composes with another scope for inlines, and returns to this one.
    pub(super) fn scoped<T>(&mut self, scope: InlineScope, compose: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.scope, scope);
        let made = compose(self);
        self.scope = before;
        made
    }

    /// The scope for words that are repeated from elsewhere.
    pub(super) fn repeated(&self) -> InlineScope {
        InlineScope { source: WordSource::Repeated, ..self.scope }
    }

    /// A new link, whose node stands in `node`.
    pub fn link(&mut self, node: NodeId, aim: LinkEnd, description: String) -> LinkId {
        let node = self.tree.node(node, Tag::Link);
        let number = u32::nearest(self.collected.links.len());
        self.collected.links.push(LinkSpec::new(aim, description));
        LinkId { number, node }
    }

    /// A node for a language, when it differs from what is around it.
    pub(super) fn lang_node(
        &mut self,
        node: NodeId,
        tag: Tag,
        lang: Option<&Lang>,
        text_style: &mut TextStyle,
    ) -> NodeId {
        let inner = self.tree.node(node, tag);
        if let Some(lang) = lang.filter(|lang| **lang != *text_style.lang) {
            text_style.lang = Arc::new(lang.clone());
            self.tree.set_lang(inner, Arc::from(lang.tag()));
        }
        inner
    }

    /// The rank of a heading in the structure.
    pub fn next_rank(&mut self, level: u8) -> u8 {
        self.ranks.next(self.section.depth + level)
    }

    /// Places that links lead to and that wait for words.
    pub fn stray_anchors(&self) -> impl Iterator<Item = AnchorId> {
        self.pending_marks.iter().filter_map(|mark| match mark {
            Mark::Anchor(anchor) => Some(*anchor),
            _ => None,
        })
    }

    /// Calls of the last block that have no place yet.
    pub fn take_called(&mut self) -> Vec<NoteId> {
        std::mem::take(&mut self.notes.called)
    }
}
