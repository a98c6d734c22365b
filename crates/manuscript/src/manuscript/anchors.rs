//! Every place that a link may lead to: headings, ids, and where they stand.

use super::parsed::ParsedText;
use super::raw::{Attrs, Block, BlockKind, InlineKind};
use super::visit::{Met, visit};
use super::{raw, slug};
use crate::book::{Anchor, AnchorId, Anchors, SectionId};
use crate::diag::{Code, Diagnostic, FileId, Span, nearest};
use std::collections::BTreeMap;

/// The places of a book, and the ids by which authors know them.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub(super) anchors: Anchors,
    /// By file and id.
    here: BTreeMap<(FileId, String), AnchorId>,
    /// By id: all places of that id, whatever their file.
    anywhere: BTreeMap<String, Vec<AnchorId>>,
    /// Each file's first title.
    titles: BTreeMap<FileId, AnchorId>,
}

/// What an id leads to.
pub(super) enum Found {
    /// One place.
    One(AnchorId),
    /// Places in several texts.
    Many,
    /// No place.
    None,
}

impl Places {
    /// The place of `id`, first in the file itself, then in the whole book.
    pub(super) fn find(&self, file: FileId, id: &str) -> Found {
        if let Some(anchor) = self.in_file(file, id) {
            return Found::One(anchor);
        }
        match self.anywhere.get(id).map(Vec::as_slice) {
            Some([one]) => Found::One(*one),
            Some(_) => Found::Many,
            None => Found::None,
        }
    }

    /// The place of `id` in a file.
    pub(super) fn in_file(&self, file: FileId, id: &str) -> Option<AnchorId> {
        self.here.get(&(file, id.to_owned())).copied()
    }

    /// The id, of one file or of all, that is most likely meant by one that is nowhere.
    pub(super) fn near(&self, file: Option<FileId>, id: &str) -> Option<&str> {
        match file {
            Some(file) => {
                let from = (file, String::new());
                let ids = self.here.range(from..).take_while(|((here, _), _)| *here == file);
                nearest(id, ids.map(|((_, id), _)| id.as_str()))
            }
            None => nearest(id, self.anywhere.keys().map(String::as_str)),
        }
    }

    /// By place, the id that leads there from its own text.
    pub(super) fn ids(self) -> BTreeMap<AnchorId, String> {
        self.here.into_iter().map(|((_, id), anchor)| (anchor, id)).collect()
    }

    /// A file's first title.
    pub(super) fn title(&self, file: FileId) -> Option<AnchorId> {
        self.titles.get(&file).copied()
    }
}

/// Defines all places of a book and writes them into the texts.
pub(super) fn define(parts: &mut [ParsedText], findings: &mut Vec<Diagnostic>) -> Places {
    let mut places = Places::default();
    for group in parts.chunk_by_mut(|one, next| one.file == next.file) {
        let mut names = Names {
            file: group[0].file,
            section: group[0].section,
            slugs: BTreeMap::new(),
            counts: BTreeMap::new(),
            titled: false,
            places: &mut places,
            findings,
        };
        // What the author named comes first in the whole file, so that no
        // heading takes a name that is given further down.
        names.each(group, Names::explicit);
        names.each(group, Names::headings);
    }
    places
}

/// The ids of one file.
struct Names<'a> {
    file: FileId,
    section: SectionId,
    /// Slugs that are given, for XML.
    slugs: BTreeMap<String, ()>,
    counts: BTreeMap<String, usize>,
    /// Whether it has a title.
    titled: bool,
    places: &'a mut Places,
    findings: &'a mut Vec<Diagnostic>,
}

impl Names<'_> {
    fn each(&mut self, parts: &mut [ParsedText], give: fn(&mut Self, &mut [Block])) {
        for part in parts {
            self.section = part.section;
            give(self, &mut part.text.blocks);
            part.text.notes.iter_mut().for_each(|note| give(self, &mut note.blocks));
        }
    }

    fn define(&mut self, id: &str, span: Span) -> AnchorId {
        let slugs = &self.slugs;
        let slug = slug::unique(&slug::xml(id), &mut self.counts, |name| slugs.contains_key(name));
        self.slugs.insert(slug.clone(), ());
        let anchor = self.places.anchors.define(Anchor { section: self.section, slug, title: None, span });
        self.places.here.insert((self.file, id.to_owned()), anchor);
        self.places.anywhere.entry(id.to_owned()).or_default().push(anchor);
        anchor
    }

    fn taken(&self, id: &str) -> bool {
        self.places.here.contains_key(&(self.file, id.to_owned()))
    }

    fn attrs(&mut self, attrs: &mut Attrs, span: Span) {
        let Some(id) = attrs.id.clone() else { return };
        let span = attrs.span.unwrap_or(span);
        if self.taken(&id) {
            let message = format!("the id `{id}` is given twice in this file");
            let hint = "change one of the two: links would not know where to lead";
            self.findings.push(Diagnostic::new(Code::IdDuplicate, span, message).hint(hint));
        } else {
            attrs.anchor = Some(self.define(&id, span));
        }
    }

    /// Ids that the author gave.
    fn explicit(&mut self, blocks: &mut [Block]) {
        visit(blocks, &mut |met| match met {
            Met::Block(block) => {
                let span = block.span;
                match &mut block.kind {
                    BlockKind::Heading(heading) => self.attrs(&mut heading.attrs, span),
                    BlockKind::Figure(figure) => self.attrs(&mut figure.attrs, span),
                    BlockKind::Div(attrs, _) => self.attrs(attrs, span),
                    _ => {}
                }
            }
            Met::Inline(inline) => {
                let span = inline.span;
                match &mut inline.kind {
                    InlineKind::Span(attrs, _) => self.attrs(attrs, span),
                    InlineKind::Image { attrs, .. } => self.attrs(attrs, span),
                    _ => {}
                }
            }
            Met::Item(_) | Met::Inlines(..) => {}
        });
    }

    /// A link to a file leads to its title, or else to its first heading.
    fn found_heading(&mut self, level: u8, anchor: AnchorId) {
        let first_title = level == 1 && !self.titled;
        let place = self.places.titles.entry(self.file).or_insert(anchor);
        if first_title {
            *place = anchor;
            self.titled = true;
        }
    }

    /// Headings to which the author gave no id.
    fn headings(&mut self, blocks: &mut [Block]) {
        visit(blocks, &mut |met| {
            let Met::Block(block) = met else { return };
            let BlockKind::Heading(heading) = &mut block.kind else { return };
            let anchor = heading.attrs.anchor.unwrap_or_else(|| {
                let words = slug::github(&raw::plain(&heading.content));
                let words = if words.is_empty() { "section" } else { &words };
                let mut counts = std::mem::take(&mut self.counts);
                let id = slug::unique(words, &mut counts, |name| self.taken(name));
                self.counts = counts;
                self.define(&id, block.span)
            });
            heading.attrs.anchor = Some(anchor);
            self.found_heading(heading.level, anchor);
        });
    }
}
