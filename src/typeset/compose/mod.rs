//! Composition: the semantic tree becomes a column of slabs, and at the same
//! time the logical structure of the finished pages.

mod block;
mod code;
mod figure;
mod heading;
mod inline;
mod list;
mod note;
mod open;
mod pictures;
mod row;
mod table;
mod turn;
mod verse;

pub use heading::set_of;
pub use inline::mark_voice;
pub use note::FootNote;

use super::geometry::binding;
use super::line::{Breaks, Form, LastLine, Line, LinkId, Mark, Piece, Set, StyledText, Words};
use super::looks::{Faces, Voice};
use super::paragraph::Paragraph;
use super::shape::Shaper;
use super::slab::{Slab, TextSlab};
use crate::book::{AnchorId, Block, Book, Inline, Lang, NoteId, Seen, visit};
use crate::diag::Diagnostic;
use crate::length::{Abs, Binding};
use crate::pages::{Child, Flow, LeafId, NodeId, Tag, Tree};
use crate::style::Style;
use crate::terms::{Terms, Word};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is only known when pages are made, as the pass before had it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// The mark of each note, by its index.
    pub marks: Vec<String>,
    /// The page label of each anchor.
    pub labels: BTreeMap<AnchorId, String>,
    /// How many lines shallower than the text block the pages of the older
    /// edition are that are kept.
    pub fewer: u32,
    /// What is known of the contents lists.
    pub lists: KnownLists,
}

/// What a pass learnt of the contents lists. It stays empty while the lists are
/// as long with their numbers as without, which nearly all are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KnownLists {
    /// The page label of each entry.
    pub labels: BTreeMap<Aim, String>,
    /// How many passes found a list of another length.
    pub tries: u32,
    /// How many pages each list takes at least.
    pub least: Vec<usize>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aim {
    /// Out of the book.
    Url(String),
    /// A place in the book.
    Anchor(AnchorId),
    /// A note.
    Note(NoteId),
    /// A note's call, from 0.
    Call(NoteId, u32),
    /// The first page of a section.
    Section(u32),
}

/// A link whose words are composed.
#[derive(Clone, Debug)]
pub struct LinkSpec {
    /// Where it leads.
    pub aim: Aim,
    /// What it is for.
    pub description: String,
}

/// A heading that was composed.
#[derive(Clone, Debug)]
pub struct Headline {
    /// The section that holds it.
    pub section: u32,
    /// Its rank in the whole book, from 1.
    pub level: u8,
    /// Its rank in its text, from 1; 0 for the titles of parts.
    pub rank: u8,
    /// Where it leads.
    pub aim: Aim,
    /// Its words without notes.
    pub title: Vec<Inline>,
}

/// What is known of a section before it is composed.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// Its index.
    pub section: u32,
    /// How deep below the book it is.
    pub depth: u8,
    /// It is a part, a division or a volume.
    pub part: bool,
    /// It is a page of its own, such as a frontispiece.
    pub alone: bool,
    /// It is an imprint of the author's own.
    pub imprint: bool,
    /// Its paragraphs hang: it is a list of books, or an index.
    pub hanging: bool,
}

/// What is around a block.
#[derive(Clone, Debug)]
pub struct Ctx {
    /// The voice.
    pub voice: Voice,
    /// Indents of the lines.
    pub indents: (Abs, Abs),
    /// Height of the lines.
    pub leading: Abs,
    /// How lines stand.
    pub set: Set,
    /// The node of the structure that it is in.
    pub node: NodeId,
    /// How deep in lists.
    pub lists: u32,
    /// Whether it is in a note.
    pub noted: bool,
}

/// Composes a book.
pub struct Composer<'a> {
    /// The book.
    pub book: &'a Book,
    /// Its style.
    pub style: &'a Style,
    /// The faces of the style.
    pub faces: Faces,
    /// Words to glyphs.
    pub shaper: Shaper<'a>,
    /// The logical structure.
    pub tree: Tree,
    /// What the pass before learnt.
    pub known: &'a Known,
    /// Whether something composed depends on page labels.
    pub asks_pages: bool,
    /// Every link, in order.
    pub links: Vec<LinkSpec>,
    /// Every heading, in order.
    pub headlines: Vec<Headline>,
    /// What is wrong with the book.
    pub findings: Vec<Diagnostic>,
    /// The column that is being composed.
    pub slabs: Vec<Slab>,
    /// Foot notes of the section, in the order of their calls.
    pub foot: Vec<FootNote>,
    /// Notes that wait for their place at the end of the text, or the book.
    pub waiting: Vec<NoteId>,
    /// Calls of the block that is being composed.
    called: Vec<NoteId>,
    /// Marks that had no words to stand with.
    adrift: Vec<Mark>,
    /// The next paragraph begins without an indent.
    flush: bool,
    /// The paragraph that opens the text.
    opening: Option<&'a [Inline]>,
    /// The text's title is yet to come.
    untitled: bool,
    /// The section is a part, a division or a volume.
    part: bool,
    /// The section is a page of its own, such as a frontispiece.
    alone: bool,
    /// The section is an imprint of the author's own.
    imprint: bool,
    /// The section's paragraphs hang.
    hanging: bool,
    /// What comes next stands close to what came before.
    close: bool,
    /// The figure that comes next stands where it is.
    pinned: bool,
    /// What pictures in lines stand in.
    setting: pictures::Setting,
    /// What the next paragraph begins with: a note's number, a list's marker.
    prefix: Option<StyledText>,
    /// Words are repeated from elsewhere: they are not running text.
    quoted: bool,
    /// The rank of the last heading in the structure.
    last_rank: u8,
    /// The section that is being composed.
    section: u32,
    /// The flow of running text that is being composed.
    flow: Flow,
    /// Its depth.
    depth: u8,
    book_lang: Arc<Lang>,
}

impl<'a> Composer<'a> {
    /// A composer for one pass over the book.
    pub fn new(book: &'a Book, style: &'a Style, faces: Faces, shaper: Shaper<'a>, known: &'a Known) -> Self {
        Composer {
            book,
            style,
            faces,
            shaper,
            tree: Tree::default(),
            known,
            asks_pages: false,
            links: Vec::new(),
            headlines: Vec::new(),
            findings: Vec::new(),
            slabs: Vec::new(),
            foot: Vec::new(),
            waiting: Vec::new(),
            called: Vec::new(),
            adrift: Vec::new(),
            flush: true,
            opening: None,
            untitled: true,
            part: false,
            alone: false,
            imprint: false,
            hanging: false,
            close: false,
            pinned: false,
            setting: pictures::Setting::default(),
            prefix: None,
            quoted: false,
            last_rank: 0,
            section: 0,
            flow: Flow::Section(0),
            depth: 0,
            book_lang: Arc::new(book.meta.language.clone()),
        }
    }

    /// What is around the blocks of a text.
    pub fn ctx(&self, node: NodeId) -> Ctx {
        Ctx {
            voice: Voice::text(self.style, self.book_lang.clone()),
            indents: (Abs::ZERO, Abs::ZERO),
            leading: self.style.leading(),
            set: Set::Justified,
            node,
            lists: 0,
            noted: false,
        }
    }

    /// The indents of a block that stands so much further in on the left and on
    /// the right than what is around it. However deep blocks stand in one another,
    /// their lines keep a third of the measure.
    pub fn indented(&self, ctx: &Ctx, left: Abs, right: Abs) -> (Abs, Abs) {
        let (outer_left, outer_right) = ctx.indents;
        let room = (self.style.measure() * 2 / 3 - outer_left - outer_right).max(Abs::ZERO);
        if left + right <= room {
            return (outer_left + left, outer_right + right);
        }
        let share = room.ratio(left + right);
        (outer_left + left.scale(share), outer_right + right.scale(share))
    }

    /// The form of a paragraph there. Lines without spaces to widen are filled by
    /// their letters, where each has its square; else they are left as long as
    /// they come.
    pub fn form(&self, ctx: &Ctx, first: Abs) -> Form {
        let text = &self.style.text;
        let lang = &ctx.voice.lang;
        let justified = ctx.set == Set::Justified && (lang.is_ideographic() || !lang.is_unspaced());
        let limits = match justified {
            true if lang.is_ideographic() => (0.0, IDEOGRAPHS_APART),
            true => (text.expansion.0, text.tracking.get()),
            false => (0.0, 0.0),
        };
        Form {
            set: if ctx.set == Set::Justified && !justified { Set::Left } else { ctx.set },
            measure: self.style.measure(),
            indents: ctx.indents,
            first,
            beside: (0, Abs::ZERO),
            hyphenate: text.hyphenate && matches!(ctx.set, Set::Justified | Set::Left),
            limits,
            protrude: text.protrusion,
            last: LastLine::Natural,
            mirrored: self.is_mirrored(),
            loosest: self.loosest(),
            flow: self.flow,
        }
    }

    /// Adds a paragraph to the column; the slab, unless there are no words.
    pub fn lay(&mut self, ctx: &Ctx, text: StyledText, form: &Form) -> Option<&mut TextSlab> {
        if self.keeps_pages() { self.lay_cut(ctx, text, form) } else { self.lay_whole(ctx, text, form) }
    }

    fn lay_whole(&mut self, ctx: &Ctx, text: StyledText, form: &Form) -> Option<&mut TextSlab> {
        let text = self.anchored(text)?;
        let paragraph = Paragraph::new(&text, form, &mut self.shaper);
        let variants = ranked(paragraph.variants());
        if variants[0].ends.is_empty() {
            return None;
        }
        let one_shape = ctx.noted || ctx.leading != self.style.leading();
        let variants = if one_shape { variants.into_iter().take(1).collect() } else { variants };
        let leading = ctx.leading;
        let slab = TextSlab {
            paragraph,
            variants,
            leading,
            keep_next: false,
            whole: false,
            barrier: false,
            beside: Vec::new(),
            noted: ctx.noted,
            initial: None,
        };
        self.slabs.push(Slab::Text(Box::new(slab)));
        match self.slabs.last_mut() {
            Some(Slab::Text(slab)) => Some(slab),
            _ => None,
        }
    }

    /// The text with the marks that were adrift; none when it has no words:
    /// then its marks wait for the next.
    fn anchored(&mut self, mut text: StyledText) -> Option<StyledText> {
        let stands = |piece: &Piece| match piece {
            Piece::Words(words) => !words.text.trim().is_empty(),
            Piece::Picture(..) => true,
            Piece::Mark(_) | Piece::Break => false,
        };
        if !text.pieces.iter().any(stands) {
            self.adrift.extend(text.pieces.into_iter().filter_map(|piece| match piece {
                Piece::Mark(mark @ (Mark::Anchor(_) | Mark::SourcePage(_))) => Some(mark),
                _ => None,
            }));
            return None;
        }
        let adrift = std::mem::take(&mut self.adrift);
        text.pieces.splice(0..0, adrift.into_iter().map(Piece::Mark));
        Some(text)
    }

    /// Whether blocks fill more than a page, so that they are read as prose and not
    /// looked at as a display.
    pub fn is_long(&self, blocks: &[Block]) -> bool {
        let mut letters = 0;
        visit(blocks, &mut |seen| {
            if let Seen::Words(text, _) = seen {
                letters += text.words.chars().count();
            }
        });
        let line = self.style.measure().ratio(self.style.size().scale(LETTER));
        letters as f64 > line * f64::from(self.style.page.lines)
    }

    /// Whether the book's lines stand as in a mirror, since it is read from the
    /// right.
    pub fn is_mirrored(&self) -> bool {
        binding(self.book) == Binding::Right
    }

    /// The lines of a text that is never divided.
    pub fn lines(&mut self, text: &StyledText, form: &Form) -> Vec<Line> {
        let paragraph = Paragraph::new(text, form, &mut self.shaper);
        let best = ranked(paragraph.variants());
        paragraph.lines(&best[0], &mut self.shaper)
    }

    /// Words that the tool adds.
    pub fn words(&mut self, voice: &Voice, node: NodeId, text: impl Into<String>) -> Words {
        let leaf = self.leaf(node);
        self.words_in(voice, leaf, text)
    }

    /// Words that the tool adds, in a leaf that is there.
    pub fn words_in(&self, voice: &Voice, leaf: LeafId, text: impl Into<String>) -> Words {
        let text = text.into();
        let text = if voice.capitals { voice.lang.capitals(&text) } else { text };
        Words { text, look: self.faces.look(voice), leaf, at: None, span: None, glued: false, link: None }
    }

    /// The words that the tool adds to the book.
    pub fn terms(&self) -> Terms<'a> {
        Terms::of(&self.book.meta)
    }

    /// A term of the tool's, in its own language where that is not the book's.
    pub fn made_word(&mut self, voice: &Voice, node: NodeId, term: Word<'_>) -> Words {
        self.words_of(voice, node, &term, term.lang)
    }

    /// Words that the tool adds, in that language when it is not the book's.
    pub fn words_of(&mut self, voice: &Voice, node: NodeId, words: &str, lang: Option<&str>) -> Words {
        let Some(lang) = lang.and_then(Lang::parse) else { return self.words(voice, node, words) };
        let mut voice = voice.clone();
        let node = self.lang_node(node, Tag::Span, Some(&lang), &mut voice);
        self.words(&voice, node, words)
    }

    /// The leaf that words in `node` go to: the last child, when it is one.
    pub fn leaf(&mut self, node: NodeId) -> LeafId {
        match self.tree.get(node).children.last() {
            Some(Child::Leaf(leaf)) => *leaf,
            _ => self.tree.leaf(node),
        }
    }

    /// White space of so many lines of the grid; of spaces that meet, the
    /// larger counts.
    pub fn space(&mut self, lines: u32) {
        self.elastic_space(&[(lines, 0.0)]);
    }

    /// White space that may have several heights, each with its cost.
    pub fn elastic_space(&mut self, choices: &[(u32, f64)]) {
        let grid = self.style.leading();
        let choices: Vec<_> = choices.iter().map(|(lines, cost)| (grid * i64::from(*lines), *cost)).collect();
        if choices.iter().all(|(height, _)| *height == Abs::ZERO) {
            return;
        }
        match self.slabs.last_mut() {
            Some(Slab::Space { kept: true, .. }) | None => {}
            Some(Slab::Space { choices: known, .. }) => {
                if known[0].0 < choices[0].0 {
                    *known = choices;
                }
            }
            Some(_) => self.slabs.push(Slab::Space { choices, kept: false }),
        }
    }

    /// The last slab must stay with what comes next.
    pub fn keep_next(&mut self) {
        let last = self.slabs.iter_mut().rev().find(|slab| matches!(slab, Slab::Text(_) | Slab::Solid(_)));
        match last {
            Some(Slab::Text(text)) => text.keep_next = true,
            Some(Slab::Solid(solid)) => solid.keep_next = true,
            _ => {}
        }
    }

    /// Says whether words are repeated from elsewhere; what was said before.
    pub fn styled_again_scope(&mut self, quoted: bool) -> bool {
        std::mem::replace(&mut self.quoted, quoted)
    }

    /// The notes that were called and have no place yet.
    pub fn take_called(&mut self) -> Vec<NoteId> {
        std::mem::take(&mut self.called)
    }

    /// Makes ready for a section.
    pub fn begin(&mut self, start: &Start) {
        self.section = start.section;
        self.flow = Flow::Section(start.section);
        self.depth = start.depth;
        self.part = start.part;
        self.alone = start.alone;
        self.imprint = start.imprint;
        self.hanging = start.hanging;
        self.untitled = true;
        self.opening = None;
        self.flush = true;
        self.prefix = None;
        self.slabs.clear();
        self.foot.clear();
    }

    /// A new link, whose node stands in `node`.
    pub fn link(&mut self, node: NodeId, aim: Aim, description: String) -> LinkId {
        let node = self.tree.node(node, Tag::Link);
        let number = self.links.len() as u32;
        self.links.push(LinkSpec { aim, description: shortened(description) });
        LinkId { number, node }
    }

    /// A node for a language, when it differs from what is around it.
    fn lang_node(&mut self, node: NodeId, tag: Tag, lang: Option<&Lang>, voice: &mut Voice) -> NodeId {
        let inner = self.tree.node(node, tag);
        if let Some(lang) = lang.filter(|lang| **lang != *voice.lang) {
            voice.lang = Arc::new(lang.clone());
            self.tree.set_lang(inner, Arc::from(lang.tag()));
        }
        inner
    }
}

/// How wide a letter is in the mean, in ems.
const LETTER: f64 = 0.42;
/// How far the letters of Japanese and Chinese may be set apart or together to
/// fill a line, in ems: then a line of 25 letters can be a letter longer or
/// shorter, as rules on where lines may begin and end require ("Requirements for
/// Japanese Text Layout", W3C, 3.8).
const IDEOGRAPHS_APART: f64 = 0.04;

/// What a link is called stands once for each of its lines, so a title of a
/// whole page is cut, at a word where it has one.
fn shortened(mut description: String) -> String {
    const MOST: usize = 300;
    if let Some((end, _)) = description.char_indices().nth(MOST) {
        let word = description[..end].rfind(' ').unwrap_or(end);
        description.truncate(word);
        description.push('…');
    }
    description
}

/// The ways to break a paragraph, the best first.
fn ranked(variants: &[Breaks]) -> Vec<Breaks> {
    let mut variants = variants.to_vec();
    variants.sort_by(|a, b| a.demerits.total_cmp(&b.demerits));
    variants
}
