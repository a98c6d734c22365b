//! The last stage: labels, ids and paths become notes, places and pictures.

mod picture;
mod reference;
mod titles;

use super::anchors::Places;
use super::notes::Numbered;
use super::parsed::ParsedText;
use super::{meta, raw};
use crate::book::typed_words::SCENE_SIGNS;
use crate::book::{
    AnchorId, Attrs, Block, BlockKind, Body, Book, Content, Definition, Div, Heading, Image, ImageId, Inline,
    InlineKind, Item, List, PageMark, Role, Section, Table, Text, Verse, VerseLine, is_invisible, mark_plays,
    plain, without_notes, without_stop,
};
use crate::diag::{Code, Diagnostic, FileId, Severity, Span};
use crate::sources::Sources;
use std::collections::{BTreeMap, BTreeSet};

/// Makes the book.
pub(super) fn book(
    sources: &Sources,
    mut sections: Vec<Section>,
    mut parts: Vec<ParsedText>,
    places: Places,
    numbered: Numbered,
    findings: &mut Vec<Diagnostic>,
) -> Book {
    let texts: BTreeSet<FileId> = parts.iter().map(|part| part.file).collect();
    let mut resolver = Resolver {
        sources,
        texts,
        places,
        numbered,
        images: Vec::new(),
        by_path: BTreeMap::new(),
        refused: BTreeSet::new(),
        file: FileId::default(),
        untitled: Vec::new(),
        strays: BTreeMap::new(),
        guesses: 0,
        role: Role::Chapter,
        unlisted: None,
        findings,
    };
    for part in &mut parts {
        resolver.file = part.file;
        resolver.role = sections[part.section.0 as usize].role;
        if super::sections::first_heading(&part.text.blocks).is_none_or(|(_, level)| level == 1) {
            resolver.unlisted = None;
        }
        let blocks = resolver.blocks(std::mem::take(&mut part.text.blocks));
        sections[part.section.0 as usize].content =
            Content::Text(Body { file: part.file, blocks, play: false });
    }
    resolver.notes(&mut parts);
    resolver.settle_titles();
    resolver.titles_wanted();
    resolver.strays_counted();
    resolver.ornaments();
    mark_plays(&mut sections);
    Book {
        meta: meta(sources),
        sections,
        notes: resolver.numbered.notes,
        anchors: resolver.places.anchors,
        images: resolver.images,
    }
}

struct Resolver<'a> {
    sources: &'a Sources,
    /// The files of the book's texts.
    texts: BTreeSet<FileId>,
    places: Places,
    numbered: Numbered,
    images: Vec<Image>,
    by_path: BTreeMap<String, ImageId>,
    /// Pictures that cannot be used, and that a finding tells of.
    refused: BTreeSet<String>,
    /// The file that is being resolved.
    file: FileId,
    /// Cross-references that print a title: to be checked at the end.
    untitled: Vec<(AnchorId, Span)>,
    /// By each file that links name and the book has not: which finding tells of
    /// it, and how many links more lead there.
    strays: BTreeMap<String, (usize, usize)>,
    /// For how many names a near one was looked for.
    guesses: u32,
    /// What the text is that is being resolved.
    role: Role,
    /// The rank of the heading, if any, that keeps itself and what stands below it
    /// out of the contents.
    unlisted: Option<u8>,
    findings: &'a mut Vec<Diagnostic>,
}

impl Resolver<'_> {
    fn find(&mut self, code: Code, span: Span, message: String, hint: &str) {
        self.findings.push(Diagnostic::new(code, span, message).hint(hint));
    }

    /// The name of the file that is being resolved.
    fn name(&self) -> &str {
        &self.sources.map.file(self.file).name
    }

    fn notes(&mut self, parts: &mut [ParsedText]) {
        let ids: Vec<_> = self.numbered.notes.iter().map(|(id, _)| id).collect();
        for (id, (part, index)) in ids.into_iter().zip(self.numbered.origins.clone()) {
            self.file = parts[part].file;
            let raw = &mut parts[part].text.notes[index];
            let span = raw.span;
            let mut blocks = self.blocks(std::mem::take(&mut raw.blocks));
            if blocks.is_empty() {
                let message = format!("the note `[^{}]` says nothing", raw.label);
                self.find(
                    Code::NoteEmpty,
                    span,
                    message,
                    "write its text after the colon; further paragraphs are indented by four spaces",
                );
                blocks.push(Block { kind: BlockKind::Para(Vec::new()), span });
            }
            self.numbered.notes.get_mut(id).blocks = blocks;
        }
    }

    fn blocks(&mut self, blocks: Vec<raw::Block>) -> Vec<Block> {
        blocks.into_iter().filter_map(|block| self.block(block)).collect()
    }

    fn block(&mut self, block: raw::Block) -> Option<Block> {
        let span = block.span;
        let kind = match block.kind {
            raw::BlockKind::Heading(heading) => self.heading(heading, span)?,
            raw::BlockKind::Para(inlines) => {
                let inlines = self.inlines(inlines);
                if inlines.is_empty() {
                    return None;
                }
                BlockKind::Para(inlines)
            }
            raw::BlockKind::Quote(blocks) => BlockKind::Quote(self.blocks(blocks)),
            raw::BlockKind::Verse(verse) => BlockKind::Verse(self.verse(verse)),
            raw::BlockKind::List { start, numbers, tight, items } => {
                let items = items.into_iter();
                let items = items.map(|item| Item {
                    done: item.done,
                    blocks: self.blocks(item.blocks),
                    span: item.span,
                });
                let items = items.collect();
                BlockKind::List(List { start, numbers, tight, items })
            }
            raw::BlockKind::Definitions(definitions) => {
                BlockKind::Definitions(definitions.into_iter().map(|d| self.definition(d)).collect())
            }
            raw::BlockKind::Table(table) => BlockKind::Table(self.table(table)),
            raw::BlockKind::Figure(figure) => self.figure(figure, span),
            raw::BlockKind::Code { lang, text } => BlockKind::Code { lang, text: Text::new(text) },
            raw::BlockKind::SceneBreak => BlockKind::SceneBreak,
            raw::BlockKind::Div(attrs, blocks) => self.div(attrs, blocks),
            raw::BlockKind::PageMark(label) => BlockKind::PageMark(PageMark { label }),
        };
        Some(Block { kind, span })
    }

    fn heading(&mut self, heading: raw::Heading, span: Span) -> Option<BlockKind> {
        let anchor = heading.attrs.anchor?;
        let braces = heading.attrs.span;
        let content = self.inlines(heading.content);
        let label = without_notes(&content);
        let words = plain(&label);
        let is_blank = |c: char| c.is_whitespace() || is_invisible(c);
        let named = !words.chars().all(is_blank);
        // `# ***` was to be a pause
        let is_sign = |c: char| is_blank(c) || matches!(c, '-' | '_' | '=' | '#') || SCENE_SIGNS.contains(c);
        if words.chars().all(is_sign) {
            self.heading_empty(heading.level, &content, span);
        }
        self.places.anchors.get_mut(anchor).title = named.then(|| without_stop(label));
        let mut attrs = attributes(heading.attrs);
        attrs.anchor = Some(anchor);
        attrs.classes.retain(|class| class != "unnumbered");
        let listed = self.is_listed(heading.level, &mut attrs) && named;
        for class in &attrs.classes {
            match Role::find(class) {
                None => self.unknown_class(class, braces),
                Some(_) if heading.level > 1 => self.role_below_title(class, heading.level, braces),
                Some(_) => {}
            }
        }
        Some(BlockKind::Heading(Heading { level: heading.level, anchor, content, listed, attrs }))
    }

    /// Whether contents lists name a heading. One that is `.unlisted` keeps those
    /// below it out as well, as Pandoc has it.
    fn is_listed(&mut self, level: u8, attrs: &mut Attrs) -> bool {
        let unlisted = attrs.classes.iter().any(|class| class == "unlisted");
        attrs.classes.retain(|class| class != "unlisted");
        if self.unlisted.is_none_or(|above| level <= above) {
            self.unlisted = unlisted.then_some(level);
        }
        self.unlisted.is_none()
    }

    /// Tells of a heading without words; where the text is known by what it is, as
    /// a frontispiece is, that is no more than worth a note.
    fn heading_empty(&mut self, level: u8, content: &[Inline], span: Span) {
        let picture = content.iter().any(|inline| matches!(inline.kind, InlineKind::Image { .. }));
        let (message, hint) = match picture {
            true => (
                "this heading is a picture that nothing describes: contents lists cannot name it",
                "say between its brackets what it shows, ![what it shows](…), or add words",
            ),
            false => (
                "this heading has no words: contents lists cannot name it",
                "write a title behind the `#`; a scene break is `* * *`",
            ),
        };
        let mut finding = Diagnostic::new(Code::TitleMissing, span, message).hint(hint);
        if level == 1 && !matches!(self.role, Role::Chapter) {
            finding.severity = Severity::Note;
        }
        self.findings.push(finding);
    }

    /// Tells of a class that says what a text is, on a heading within one.
    fn role_below_title(&mut self, class: &str, level: u8, span: Option<Span>) {
        if let Some(span) = span {
            let message =
                format!("`.{class}` says what a text is, and a heading of rank {level} begins none");
            self.find(
                Code::ClassUnknown,
                span,
                message,
                "write the heading with one `#`, or delete the class",
            );
        }
    }

    fn unknown_class(&mut self, class: &str, span: Option<Span>) {
        if let Some(span) = span {
            let message = format!("the class `{class}` means nothing here");
            self.find(
                Code::ClassUnknown,
                span,
                message,
                "it is kept for the EPUB, where extra.css may style it",
            );
        }
    }

    fn verse(&mut self, verse: raw::Verse) -> Verse {
        let mut line = |line: raw::VerseLine| VerseLine {
            spaces: line.spaces,
            content: self.inlines(line.content),
            span: line.span,
        };
        let stanzas =
            verse.stanzas.into_iter().map(|stanza| stanza.into_iter().map(&mut line).collect()).collect();
        Verse { stanzas, attribution: verse.attribution.map(|inlines| self.inlines(inlines)) }
    }

    fn definition(&mut self, definition: raw::Definition) -> Definition {
        let terms = definition.terms.into_iter().map(|term| self.inlines(term)).collect();
        let meanings = definition.meanings.into_iter().map(|blocks| self.blocks(blocks)).collect();
        Definition { terms, meanings }
    }

    fn table(&mut self, table: raw::Table) -> Table {
        let mut row = |cells: Vec<Vec<raw::Inline>>| -> Vec<Vec<Inline>> {
            cells.into_iter().map(|cell| self.inlines(cell)).collect()
        };
        let head = row(table.head);
        let rows = table.rows.into_iter().map(&mut row).collect();
        let caption = table.caption.map(|inlines| self.inlines(inlines));
        if let Some([Inline { kind: InlineKind::Anchor(anchor), .. }, words @ ..]) = caption.as_deref() {
            self.places.anchors.get_mut(*anchor).title = Some(title_in_text(words));
        }
        Table { columns: table.columns, head, rows, caption }
    }

    fn div(&mut self, attrs: raw::Attrs, blocks: Vec<raw::Block>) -> BlockKind {
        let known = attrs.classes.iter().position(|class| Div::find(class).is_some());
        let mut attrs = attributes(attrs);
        let div = known.and_then(|at| Div::find(&attrs.classes.remove(at))).unwrap_or(Div::Other);
        let blocks = self.blocks(blocks);
        if let (Div::Caption, Some(anchor), [Block { kind: BlockKind::Para(words), .. }]) =
            (div, attrs.anchor, blocks.as_slice())
        {
            self.places.anchors.get_mut(anchor).title = Some(title_in_text(words));
        }
        BlockKind::Div(div, attrs, blocks)
    }

    fn inlines(&mut self, inlines: Vec<raw::Inline>) -> Vec<Inline> {
        let mut out = Vec::with_capacity(inlines.len());
        for inline in inlines {
            self.inline(inline, &mut out);
        }
        out
    }

    fn inline(&mut self, inline: raw::Inline, out: &mut Vec<Inline>) {
        let span = inline.span;
        let kind = match inline.kind {
            raw::InlineKind::Text(words) if words.is_empty() => return,
            raw::InlineKind::Text(words) => InlineKind::Text(Text::new(words)),
            raw::InlineKind::Code(words) => InlineKind::Code(Text::new(words)),
            raw::InlineKind::Styled(style, children) => styled(style, self.inlines(children)),
            raw::InlineKind::Span(attrs, children) => return self.span(attrs, children, span, out),
            raw::InlineKind::Link { dest, page, children } => {
                return self.link(&dest, page, children, span, out);
            }
            raw::InlineKind::Image { path, title, alt, attrs, .. } => {
                return self.inline_image((path, raw::plain(&title), alt), *attrs, span, out);
            }
            raw::InlineKind::Note { site, .. } => match site.and_then(|site| self.numbered.called_at(site)) {
                Some(call) => InlineKind::NoteRef(call),
                None => return,
            },
            raw::InlineKind::PageMark(label) => InlineKind::PageMark(PageMark { label }),
            raw::InlineKind::Break => InlineKind::Break,
        };
        out.push(Inline { kind, span });
    }

    /// A span: small capitals, an anchor, a language, or what the author wants.
    fn span(&mut self, attrs: raw::Attrs, children: Vec<raw::Inline>, span: Span, out: &mut Vec<Inline>) {
        let mut children = self.inlines(children);
        let at = attrs.span;
        let mut attrs = attributes(attrs);
        let small = attrs.classes.iter().position(|class| class == "smallcaps");
        if let Some(index) = small {
            attrs.classes.remove(index);
        }
        for class in attrs.classes.iter().filter(|class| *class != "small") {
            self.unknown_class(class, at);
        }
        if let Some(anchor) = attrs.anchor.take() {
            out.push(Inline { kind: InlineKind::Anchor(anchor), span });
        }
        if children.is_empty() {
            return;
        }
        if attrs != Attrs::default() {
            children = vec![Inline { kind: InlineKind::Span(attrs, children), span }];
        }
        if small.is_some() {
            children = vec![Inline { kind: InlineKind::SmallCaps(children), span }];
        }
        out.append(&mut children);
    }
}

/// A caption's words as a title in the middle of a sentence: without notes, and
/// without the full stop at the end.
fn title_in_text(words: &[Inline]) -> Vec<Inline> {
    without_stop(without_notes(words))
}

fn attributes(attrs: raw::Attrs) -> Attrs {
    Attrs { anchor: attrs.anchor, classes: attrs.classes, lang: attrs.lang }
}

fn styled(style: raw::InlineStyle, children: Vec<Inline>) -> InlineKind {
    match style {
        raw::InlineStyle::Emph => InlineKind::Emph(children),
        raw::InlineStyle::Strong => InlineKind::Strong(children),
        raw::InlineStyle::Strike => InlineKind::Strike(children),
        raw::InlineStyle::Super => InlineKind::Super(children),
        raw::InlineStyle::Sub => InlineKind::Sub(children),
    }
}
