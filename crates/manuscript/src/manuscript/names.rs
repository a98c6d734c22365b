//! The names that authors give to notes and places: where each is written, and where it is used. An
//! editor leads from one to the other by them, offers them, and changes them everywhere at once.

use super::anchors;
use super::links::{self, Dest};
use super::raw::{self, Attrs, Block, BlockKind, Inline, InlineKind};
use super::texts::texts;
use super::visit::{Met, visit};
use crate::book::AnchorId;
use crate::diag::{FileId, Span};
use crate::sources::{Sources, candidates};
use std::collections::BTreeMap;
use std::ops::Range;

/// What is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A note, by its label.
    Note,
    /// A place that links lead to, by its id.
    Place,
}

/// A note or a place, where it has its name.
#[derive(Clone, Debug)]
pub struct Given {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub id: String,
    /// The note's text, the heading, or the braces.
    pub span: Span,
    /// The name alone; none where it follows from a heading's words.
    pub written: Option<Span>,
    /// The words of the note or heading.
    pub words: String,
    /// Of a heading, its rank.
    pub rank: Option<u8>,
}

/// A call or a link.
#[derive(Clone, Debug)]
pub struct Use {
    /// All of it.
    pub span: Span,
    /// The name alone; none where it is spelt in another way, as `%C3%A9` for `é`.
    pub written: Option<Span>,
    /// Where it leads.
    pub target: Target,
}

/// Where a call or a link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// To the note or place of that number among those given.
    Given(usize),
    /// To a text.
    File(FileId),
}

/// All names of a book.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Notes and places in the order of the texts.
    pub given: Vec<Given>,
    /// Calls and links that lead somewhere in the book.
    pub uses: Vec<Use>,
}

/// Finds the names in a book's texts. What is wrong with them is for [`super::parse`] to say.
#[must_use]
pub fn names(sources: &Sources) -> Names {
    let mut unsaid = Vec::new();
    let (_, mut parts) = texts(sources, None, &mut unsaid);
    let ids = anchors::define(&mut parts, &mut unsaid).ids();
    let mut walk = Walk { sources, ids, all: Names::default(), links: Vec::new(), calls: Vec::new() };
    for part in &mut parts {
        walk.blocks(&mut part.text.blocks);
        for note in &mut part.text.notes {
            walk.note(note);
            walk.blocks(&mut note.blocks);
        }
    }
    walk.all.given.sort_by_key(|given| (given.span.file, given.span.start));
    walk.joined()
}

struct Walk<'s> {
    sources: &'s Sources,
    /// By place, the id that leads there.
    ids: BTreeMap<AnchorId, String>,
    all: Names,
    /// Links as written, still to be followed.
    links: Vec<(Span, String)>,
    /// Calls and the labels that they name.
    calls: Vec<(Span, String)>,
}

impl Walk<'_> {
    fn source(&self, span: Span) -> &str {
        let span = self.sources.map.whole(span);
        self.sources.map.file(span.file).text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    fn note(&mut self, note: &raw::Note) {
        let written = self.label(note.span);
        self.all.given.push(Given {
            kind: Kind::Note,
            id: note.label.clone(),
            span: note.span,
            // a note that stands where it is called has no label of its own
            written,
            words: raw::plain_of(&note.blocks),
            rank: None,
        });
    }

    /// The label in the brackets with which a call or a note begins.
    fn label(&self, span: Span) -> Option<Span> {
        let source = self.source(span);
        let start = source.find("[^").filter(|at| source[..*at].trim().is_empty())? + 2;
        let length = source[start..].find(']')?;
        Some(within(span, start..start + length))
    }

    fn blocks(&mut self, blocks: &mut [Block]) {
        visit(blocks, &mut |met| match met {
            Met::Block(block) => self.block(block),
            Met::Inline(inline) => self.inline(inline),
            Met::Item(_) | Met::Inlines(..) => {}
        });
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Heading(heading) => {
                let words = raw::plain(&heading.content);
                self.place(&heading.attrs, block.span, words, Some(heading.level));
            }
            BlockKind::Figure(figure) => self.place(&figure.attrs, block.span, figure.alt.clone(), None),
            BlockKind::Div(attrs, inside) => self.place(attrs, block.span, raw::plain_of(inside), None),
            _ => {}
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Span(attrs, words) => self.place(attrs, inline.span, raw::plain(words), None),
            InlineKind::Image { attrs, alt, .. } => self.place(attrs, inline.span, alt.clone(), None),
            InlineKind::Note { label, .. } => self.calls.push((inline.span, label.clone())),
            InlineKind::Link { dest, .. } => self.links.push((inline.span, dest.clone())),
            _ => {}
        }
    }

    /// A place to link to, where there is one: with the author's id, or a heading's own.
    fn place(&mut self, attrs: &Attrs, span: Span, words: String, rank: Option<u8>) {
        let Some(id) = attrs.anchor.and_then(|anchor| self.ids.get(&anchor)).cloned() else { return };
        let written = attrs.span.filter(|_| attrs.id.is_some()).and_then(|braces| {
            let at = self.source(braces).find(&format!("#{id}"))? + 1;
            Some(within(braces, at..at + id.len()))
        });
        self.all.given.push(Given { kind: Kind::Place, id, span, written, words, rank });
    }

    /// The names, each use with what it leads to.
    fn joined(self) -> Names {
        let mut by_name = BTreeMap::new();
        for (index, given) in self.all.given.iter().enumerate() {
            by_name.entry((given.kind, given.span.file, given.id.as_str())).or_insert(index);
        }
        let note = |file: FileId, label: &str| by_name.get(&(Kind::Note, file, label)).copied();
        let mut uses = Vec::new();
        for (span, label) in &self.calls {
            if let (Some(index), Some(written)) = (note(span.file, label), self.label(*span)) {
                uses.push(Use { span: *span, written: Some(written), target: Target::Given(index) });
            }
        }
        for (span, dest) in &self.links {
            let (name, target) = match links::dest(dest) {
                Dest::Note(label) => (label.clone(), note(span.file, &label).map(Target::Given)),
                Dest::Id(id) => (id.clone(), self.anywhere(span.file, &id).map(Target::Given)),
                Dest::File(path, id) => {
                    let file = self.file(span.file, &path);
                    let place = |id: &String| Some(*by_name.get(&(Kind::Place, file?, id.as_str()))?);
                    match id {
                        Some(id) => (id.clone(), place(&id).map(Target::Given)),
                        None => (path, file.map(Target::File)),
                    }
                }
                Dest::Url(_) | Dest::Scheme(_) => continue,
            };
            if let Some(target) = target {
                let at = self.source(*span).rfind(&name);
                let written = at.map(|at| within(*span, at..at + name.len()));
                uses.push(Use { span: *span, written, target });
            }
        }
        Names { given: self.all.given, uses }
    }

    /// The place of that id: in its own text, else the one place in the book.
    fn anywhere(&self, file: FileId, id: &str) -> Option<usize> {
        let places = self.all.given.iter().enumerate();
        let mut places = places.filter(|(_, given)| given.kind == Kind::Place && given.id == id);
        let first = places.next()?;
        if first.1.span.file == file {
            return Some(first.0);
        }
        let mut rest = places.peekable();
        let alone = rest.peek().is_none();
        rest.find(|(_, given)| given.span.file == file).or(alone.then_some(first)).map(|(index, _)| index)
    }

    fn file(&self, from: FileId, path: &str) -> Option<FileId> {
        let map = &self.sources.map;
        candidates(&map.file(from).name, path).find_map(|path| map.find(&path))
    }
}

/// A part of a span, in bytes of it.
fn within(span: Span, range: Range<usize>) -> Span {
    let start = span.start as usize;
    Span::new(span.file, start + range.start, start + range.end)
}
